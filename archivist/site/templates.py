"""Our templates over Furo's base: all they print is escaped, and each page knows its address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


# What search engines show of a description.
SUMMARY_LENGTH = 160


def prints_site(app: Sphinx) -> bool:
    """Tell whether the builder prints with our templates; an EPUB has a theme of its own."""
    return app.builder.name == "html"


def _own_templates(app: Sphinx) -> frozenset[str]:
    folders = [Path(app.confdir, folder) for folder in app.config.templates_path]
    return frozenset(
        path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")
    )


def on_builder_inited(app: Sphinx) -> None:
    """Escape what our templates print; keep them from builders that have another theme.

    Sphinx's Jinja escapes nothing. A template of ours that prints HTML says so with
    ``|safe``; one of Furo's or Sphinx's goes on as its authors meant it.
    """
    if app.builder.format == "html" and app.builder.name not in {"html", "epub"}:
        message = f"le constructeur « {app.builder.name} » n’est pas prévu : employez « html »."
        raise ConfigError(message)
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return
    if not prints_site(app):
        templates.loaders = templates.loaders[templates.templatepathlen :]
        return
    own = _own_templates(app)
    templates.environment.autoescape = lambda name: name in own


def find_address(page: str) -> str:
    """Return the address of a *page*, from the root, as readers should quote it."""
    if page == "index":
        return ""
    return page.removesuffix("index") if page.endswith("/index") else f"{page}.html"


def shorten(text: str, length: int = SUMMARY_LENGTH) -> str:
    """Return *text* on one line, cut between two words when longer than *length*."""
    # Only the spaces that may break: a no-break one belongs to the words around it.
    text = re.sub(r"[ \n\t]+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _summarise(document: nodes.document) -> str:
    """Return the start of a page's first paragraph."""
    first = next(iter(document.findall(nodes.paragraph)), None)
    return shorten(first.astext()) if first else ""


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], document: nodes.document | None
) -> None:
    """Give each page a title and a summary as text, and its address when the site's is known."""
    context["archive_summary"] = context.get("archive_summary") or (
        _summarise(document) if document else ""
    )
    title = app.env.titles.get(page)
    context["archive_title"] = title.astext() if title else context.get("title", "")
    base = app.config.html_baseurl
    context["archive_canonical"] = f"{base.rstrip('/')}/{find_address(page)}" if base else ""


def drop_toctree(
    app: Sphinx, _: str, __: str, context: dict[str, Any], ___: nodes.document | None
) -> None:
    """Keep Furo from making its own menu, which took a third of the time of each page."""
    if prints_site(app):
        context.pop("toctree", None)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("builder-inited", on_builder_inited)
    # Before Furo.
    app.connect("html-page-context", drop_toctree, priority=400)
    app.connect("html-page-context", on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
