"""What a document refers to, by name, what each name leads to now, and what its page prints."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from archivist.site.domain import find_post
from archivist.site.sphinx.ablog import PostList, find_reference
from archivist.words.printed import check_page

logger = logging.getLogger(__name__)

# In Sphinx's metadata of a document, which it forgets and merges with the document.
_KEY = "archive_references"


def _describe_document(env: BuildEnvironment, docname: str) -> object:
    """Return what a link to a document may show or ask of it."""
    if docname not in env.titles:
        return None
    return env.titles[docname].astext(), env.metadata[docname].get("myst_slugs")


def _describe(app: Sphinx, name: str) -> object:
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


def note_names(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the names that the document being read refers to."""
    targets = {node["reftarget"] for node in doctree.findall(addnodes.pending_xref)}
    lists_posts = any(doctree.findall(PostList))
    docname = app.env.current_document.docname
    app.env.metadata[docname][_KEY] = None if lists_posts else tuple(sorted(targets))


def prove_words(app: Sphinx, docname: str, html: str) -> None:
    """Warn, which ends a build, where the page *html* prints other words than its post has."""

    def find_title(name: str) -> str:
        labels = app.env.domains.standard_domain.labels
        title = labels[name][2] if name in labels else (find_reference(app, name) or ("", ""))[1]
        return str(title)

    path = Path(app.env.doc2path(docname))
    fault = check_page(path, html, find_title) if find_post(app, docname) else None
    if fault:
        line, message = fault
        logger.warning("%s", message, location=(docname, line))
