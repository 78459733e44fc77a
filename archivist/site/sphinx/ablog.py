"""What ABlog gives, and all contact with its insides: references to lists, and `{postlist}`.

It answers references (``{ref}`tag-cnfpt```) and knows the syntax of ``{postlist}``. What it
prints, reads from front matter or decides by the clock is ours: archivist.posts.library holds
the posts. Written against ABlog 0.11.13; ``tests/site/sphinx/test_ablog.py`` fails when what is
used here changes.
"""

from __future__ import annotations

from ablog.blog import Blog
from ablog.post import CheckFrontMatter, PostList, PostListDirective
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from archivist.posts.library import Library, name_lists

__all__ = [
    "PostList",  # the node of a `{postlist}`, which archivist.site.sphinx.directives fills
    "PostListDirective",
    "find_reference",
    "register_lists",
]

_REPLACED = frozenset(
    {
        "config_inited",
        "builder_inited",
        "process_posts",
        "purge_posts",
        "process_postlist",
        "generate_archive_pages",
        "generate_atom_feeds",
        "html_page_context",
    }
)


def register_lists(app: Sphinx, library: Library) -> None:
    """Have references lead to the lists of *library*, at our addresses."""
    # ABlog keeps one blog a process.
    Blog._dict = {}  # noqa: SLF001
    Blog(app).references = name_lists(library)


def find_reference(app: Sphinx, name: str) -> tuple[str, str] | None:
    """Return the page and the title that ``{ref}`` gives a list by *name*, if it is one."""
    return Blog(app).references.get(name)  # type: ignore[no-any-return]


def _disconnect_replaced(app: Sphinx) -> None:
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            handler = listener.handler
            if handler.__module__.startswith("ablog") and handler.__name__ in _REPLACED:
                app.disconnect(listener.id)
    app.registry.transforms.remove(CheckFrontMatter)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Load ABlog and keep of it what the site stands on."""
    app.setup_extension("ablog")
    _disconnect_replaced(app)
    # It was its reading of posts that was not safe, and that is ours now.
    app.extensions["ablog"].parallel_read_safe = True
    return {"parallel_read_safe": True, "parallel_write_safe": True}
