"""The text of each post, kept from when it is read: for what is made of the words of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.site.ablog_layer import find_post, find_register

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# In Sphinx's metadata of a document, which it forgets and merges with the document.
_KEY = "archive_text"


def find_texts(app: Sphinx) -> dict[str, str]:
    """Return the text of each published post by docname, oldest first."""
    docnames = (entry.post.docname for entry in find_register(app).entries)
    return {docname: app.env.metadata[docname][_KEY] for docname in docnames}


def on_doctree_read(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the text of a post."""
    docname = app.env.current_document.docname
    if find_post(app, docname):
        app.env.metadata[docname][_KEY] = doctree.astext()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.posts")
    app.connect("doctree-read", on_doctree_read)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
