"""The text of each post, kept from when it is read: for what is made of the words of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.site.ablog_layer import find_post, find_register

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata


def _texts(env: BuildEnvironment) -> dict[str, str]:
    return vars(env).setdefault("archive_texts", {})  # type: ignore[no-any-return]


def find_texts(app: Sphinx) -> dict[str, str]:
    """Return the text of each published post by docname, oldest first."""
    texts = _texts(app.env)
    return {entry.post.docname: texts[entry.post.docname] for entry in find_register(app).entries}


def on_doctree_read(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the text of a post."""
    docname = app.env.current_document.docname
    if find_post(app, docname):
        _texts(app.env)[docname] = doctree.astext()


def on_env_purge_doc(_: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the text of a post that is read anew or gone."""
    _texts(env).pop(docname, None)


def on_env_merge_info(
    _: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment
) -> None:
    """Take over the texts that another process read."""
    found = _texts(other)
    _texts(env).update({name: found[name] for name in docnames if name in found})


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.posts")
    app.connect("doctree-read", on_doctree_read)
    app.connect("env-purge-doc", on_env_purge_doc)
    app.connect("env-merge-info", on_env_merge_info)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
