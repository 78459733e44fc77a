"""What a document refers to, by name, what each name leads to now, and what its page prints."""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from archivist.posts.labels import LISTED
from archivist.site.domain import find_post
from archivist.site.sphinx.ablog import PostList, find_reference
from archivist.words.canonical import WordReader
from archivist.words.printed import check_page, find_difference

logger = logging.getLogger(__name__)

# In Sphinx's metadata of a document, which it forgets and merges with the document.
_KEY = "archive_references"
WORDS = "archive_words"
"""Where a post keeps its words while it is read and rendered at once."""


def _describe_document(env: BuildEnvironment, docname: str) -> object:
    """Return what a link to a document may show or ask of it."""
    if docname not in env.titles:
        return None
    return env.titles[docname].astext(), env.metadata[docname].get("myst_slugs")


def _describe(app: Sphinx, name: str) -> tuple[Any, ...]:
    env, standard = app.env, app.env.domains.standard_domain
    lower = name.lower()
    return (
        _describe_document(env, name),
        standard.labels.get(lower),
        standard.anonlabels.get(lower),
        standard._terms.get(lower),  # noqa: SLF001
        find_reference(app, name),
    )


def resolve_names(app: Sphinx, docname: str) -> str | None:
    """Return what the names that *docname* refers to lead to, so as to see a change.

    None when it lists posts, and so refers to all.
    """
    names = app.env.metadata[docname].get(_KEY, ())
    if names is None:
        return None
    return repr([_describe(app, name) for name in names]) if names else ""


def leads_on(app: Sphinx, docname: str, waiting: Set[str]) -> bool:
    """Tell whether all that *docname* refers to is known, though some are *waiting* to be read."""
    names = app.env.metadata[docname].get(_KEY, ())
    return names is not None and all(_is_known(app, name, waiting) for name in names)


def _is_known(app: Sphinx, name: str, waiting: Set[str]) -> bool:
    document, *places, listing = _describe(app, name)
    homes = {place[0] for place in places if place} | ({name} if document else set())
    return bool(homes or listing) and homes.isdisjoint(waiting)


def note_names(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the names that the document being read refers to."""
    links = list(doctree.findall(addnodes.pending_xref))
    targets = {node["reftarget"] for node in links}
    for node in links:
        # [**ici**](#tag-cnfpt): MyST asks nobody else for what it does not find; ABlog knows.
        if node["reftype"] == "myst" and LISTED.fullmatch(f"#{node['reftarget']}"):
            node["reftype"] = "list"
    lists_posts = any(doctree.findall(PostList))
    docname = app.env.current_document.docname
    app.env.metadata[docname][_KEY] = None if lists_posts else tuple(sorted(targets))


def make_finder(app: Sphinx) -> Callable[[str], str]:
    """Return what finds the title that a `{ref}` without words of its own prints."""

    def find_title(name: str) -> str:
        labels = app.env.domains.standard_domain.labels
        title = labels[name][2] if name in labels else (find_reference(app, name) or ("", ""))[1]
        return str(title)

    return find_title


def prove_words(app: Sphinx, docname: str, html: str, known: WordReader | None) -> None:
    """Warn, which ends a build, where the page *html* prints other words than its post has.

    *known* is what was read of them with the text: where it is the same, the file is left alone.
    """
    if not find_post(app, docname) or (known and not find_difference(html, known)):
        return
    fault = check_page(Path(app.env.doc2path(docname)), html, make_finder(app))
    if fault:
        line, message = fault
        logger.warning("%s", message, location=(docname, line))
