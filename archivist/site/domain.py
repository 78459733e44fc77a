"""The archive as Sphinx's parts find it: a domain, with the library of this build."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from archivist.posts.archive import Archive
from archivist.posts.library import Library
from archivist.posts.post import Post


class ArchiveDomain(Domain):
    """What was read of docs/ before Sphinx read anything; nothing of it is pickled."""

    name = "archive"
    label = "Archives"

    archive: Archive
    """Posts that are not published, and texts, left out."""
    library: Library
    redirects: Mapping[str, str]
    """Where each old address leads: to an address below the root of the site."""

    def merge_domaindata(self, _: Set[str], __: dict[str, Any]) -> None:
        """Take nothing from the processes that read: all of them know the same."""

    def resolve_any_xref(
        self,
        _: BuildEnvironment,
        __: str,
        ___: Builder,
        ____: str,
        _____: addnodes.pending_xref,
        ______: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return nothing: posts have labels of the standard domain."""
        return []


def find_domain(app: Sphinx) -> ArchiveDomain:
    """Return the domain of the build that *app* runs."""
    domain = app.env.domains[ArchiveDomain.name]
    if not isinstance(domain, ArchiveDomain):
        raise TypeError(domain)
    return domain


def find_library(app: Sphinx) -> Library:
    """Return the published posts."""
    return find_domain(app).library


def find_post(app: Sphinx, docname: str) -> Post | None:
    """Return the published post of *docname*, if it is one."""
    return find_domain(app).library.find(docname)
