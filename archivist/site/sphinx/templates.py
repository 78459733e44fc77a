"""Our templates over Furo's base: all they print is escaped, and each page knows its address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup
from sphinx.errors import ConfigError
from sphinx.jinja2glue import BuiltinTemplateLoader

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.theming import Theme
    from sphinx.util.typing import ExtensionMetadata


# What search engines show of a description.
SUMMARY_LENGTH = 160


def prints_site(app: Sphinx) -> bool:
    """Tell whether the builder prints the site; a book has neither its lists nor its search."""
    return app.builder.name == "html"


class Templates(BuiltinTemplateLoader):
    """Sphinx's loader of templates, which looks at each file once a build."""

    def init(
        self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None
    ) -> None:
        """Prepare to load."""
        super().init(builder, theme, dirs)
        self.environment.auto_reload = False


def _own_templates(app: Sphinx) -> frozenset[str]:
    folders = [Path(app.confdir, folder) for folder in app.config.templates_path]
    return frozenset(
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    )


def on_builder_inited(app: Sphinx) -> None:
    """Escape what our templates print; refuse builders that have no templates of ours.

    Sphinx's Jinja escapes nothing. A template of ours that prints HTML says so with
    ``|safe``; one of Furo's or Sphinx's goes on as its authors meant it.
    """
    if app.builder.format == "html" and app.builder.name not in {"html", "epub"}:
        message = f"le constructeur « {app.builder.name} » n’est pas prévu : employez « html »."
        raise ConfigError(message)
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return
    own = _own_templates(app)
    templates.environment.autoescape = lambda name: name in own


_RELATIVE_LINK = re.compile(r'\b(href|src|action)="(?!/|#|[a-z][a-z0-9+.-]*:)')


def absolutise(html: str, root: str) -> str:
    """Return *html*, a page at the root of the site, with links that hold from any address."""
    return _RELATIVE_LINK.sub(rf'\g<1>="{root}', html)


def find_root(base_url: str) -> str:
    """Return the path of the site on its host, with both slashes."""
    return f"/{urlsplit(base_url).path.strip('/')}/".replace("//", "/")


def find_address(page: str) -> str:
    """Return the address of a *page*, from the root, as readers should quote it."""
    if page == "index":
        return ""
    return page.removesuffix("index") if page.endswith("/index") else f"{page}.html"


def find_whole_address(app: Sphinx, page: str) -> str:
    """Return the lasting address of *page*, or nothing when that of the site is not known."""
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{find_address(page)}" if base else ""


def summarise(html: str) -> str:
    """Return what *html* begins with, as bare text on one line."""
    return shorten(Markup(html).striptags())  # noqa: S704


def shorten(text: str, length: int = SUMMARY_LENGTH) -> str:
    """Return *text* on one line, cut between two words when longer than *length*."""
    # Only the spaces that may break: a no-break one belongs to the words around it.
    text = re.sub(r"[ \n\t]+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0].rstrip(" ,;:") + "…"


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
) -> None:
    """Give each page a title and a summary as text, and its address when the site's is known."""
    context.setdefault("archive_summary", "")
    title = app.env.titles.get(page)
    context["archive_title"] = title.astext() if title else context.get("title", "")
    context["archive_canonical"] = find_whole_address(app, page)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.connect("builder-inited", on_builder_inited)
    app.connect("html-page-context", on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
