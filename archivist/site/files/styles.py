"""What pages load: one stylesheet, a second where there is code, and by policy nothing else."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES
from rcssmin import cssmin

from archivist.addresses import owned
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import nodes
    from pygments.style import Style
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STYLESHEET = "_static/archive.css"
CODE_STYLESHEET = "_static/code.css"
# Both keep AA contrast on our surfaces: https://github.com/Quansight-Labs/accessible-pygments
CODE_STYLES = ("a11y-high-contrast-light", "a11y-high-contrast-dark")

# No frame, no object, no script or style in the page itself, nothing from another host.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
# The search runs a WebAssembly module of this site; no text is ever made into script.
SEARCH_POLICY = POLICY | {"script-src": "'self' 'wasm-unsafe-eval'"}
# For all pages alike, so as wide as the widest. A page cannot say the last one of itself.
HEADER_POLICY = SEARCH_POLICY | {"frame-ancestors": "'none'"}
_SEARCHING = frozenset({owned.SEARCH, owned.NOT_FOUND})

# Signs of SVG that an address may hold as they are.
_SAFE_IN_SVG = "/:=?(),'"

# What Sphinx and Furo copy and none of our pages loads as it is.
_UNUSED = (
    "styles",
    "scripts",
    "basic.css",
    "pygments.css",
    "file.png",
    "minus.png",
    "plus.png",
    "debug.css",
    "skeleton.css",
    "doctools.js",
    "documentation_options.js",
    "language_data.js",
    "searchtools.js",
    "sphinx_highlight.js",
    "translations.js",
    "search/in-folder.js",
)


def write_policy(policy: dict[str, str]) -> str:
    """Return *policy* as Content-Security-Policy writes it."""
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _code_rules(light: type[Style], dark: type[Style]) -> Iterator[str]:
    for token, style in light:
        name, other = STANDARD_TYPES.get(token), dark.style_for_token(token)
        colours = f"light-dark(#{style['color']}, #{other['color']})"
        if name and style["color"] and other["color"]:
            weight = "; font-weight: 700" if style["bold"] else ""
            yield f".highlight .{name} {{ color: {colours}{weight} }}"


def write_code_style() -> str:
    """Return the colours of code, light and dark, as CSS."""
    light, dark = map(get_style_by_name, CODE_STYLES)
    return cssmin("\n".join(_code_rules(light, dark)))  # type: ignore[no-any-return]


def bundle_styles(paths: Iterable[Path]) -> str:
    """Return the stylesheets in *paths* as one, without what only people read."""
    return cssmin("\n".join(path.read_text(encoding="utf-8") for path in paths))  # type: ignore[no-any-return]


def write_icon(path: Path) -> str:
    """Return the SVG in *path* as an address that holds it, or nothing; it saves a request."""
    if path.suffix != ".svg":
        return ""
    text = " ".join(path.read_text(encoding="utf-8").split())
    return f"data:image/svg+xml,{quote(text, safe=_SAFE_IN_SVG)}"


def _bundle(app: Sphinx) -> str:
    folder = Path(app.confdir, "_static")
    return bundle_styles(folder / name for name in app.config.archive_stylesheets)


def _versioned(name: str, text: str) -> str:
    """Return an address that changes with the content, so that it can be kept for ever."""
    return f"{name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


class Assets:
    """The stylesheets of one build."""

    def __init__(self) -> None:
        self.styles: dict[str, str] = {}
        self.icon = ""

    def on_builder_inited(self, app: Sphinx) -> None:
        """Prepare the stylesheets, whose addresses pages need."""
        if prints_site(app):
            self.styles = {STYLESHEET: _bundle(app), CODE_STYLESHEET: write_code_style()}
            self.icon = write_icon(Path(app.confdir, app.config.html_favicon or ""))

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Tell a page its stylesheets and its policy."""
        if not prints_site(app):
            return
        texts = (context.get("body"), context.get("archive_text"))
        shown = [*texts, *context.get("archive_entries", ())]
        has_code = any('class="highlight' in html for html in filter(None, shown))
        names = (STYLESHEET, CODE_STYLESHEET) if has_code else (STYLESHEET,)
        context["archive_stylesheets"] = [_versioned(name, self.styles[name]) for name in names]
        context["archive_policy"] = write_policy(SEARCH_POLICY if page in _SEARCHING else POLICY)
        context["archive_icon"] = self.icon

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the stylesheets and the headers for hosts; take away what nothing loads."""
        if exception or not prints_site(app):
            return
        output = Path(app.outdir)
        for name in (*_UNUSED, *app.config.archive_stylesheets):
            _delete(output / "_static" / name)
        for name, text in (self.styles | _host_headers()).items():
            (output / name).write_text(text, encoding="utf-8", newline="\n")


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _host_headers() -> dict[str, str]:
    """Return the files that make usual hosts send our headers, by name."""
    headers = {
        "Content-Security-Policy": write_policy(HEADER_POLICY),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    # Netlify and Cloudflare Pages read the first, nginx includes the second.
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    directives = "".join(
        f'add_header {name} "{value}" always;\n' for name, value in headers.items()
    )
    return {
        owned.NETLIFY_HEADERS: f"/*\n{lines}",
        owned.NGINX_HEADERS: f"# Include in the server block.\n{directives}",
    }


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    assets = Assets()
    app.add_config_value("archive_stylesheets", [], "html", list)
    app.connect("builder-inited", assets.on_builder_inited)
    # After the lists, whose entries may show code.
    app.connect("html-page-context", assets.on_html_page_context, priority=700)
    # After Furo, which writes its colours of code last of all.
    app.connect("build-finished", assets.on_build_finished, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
