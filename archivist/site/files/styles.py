"""What pages load: one stylesheet, a second where there is code, and by policy nothing else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from pygments.styles import get_style_by_name
from pygments.token import STANDARD_TYPES
from rcssmin import cssmin

from archivist.site.files.file import hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pygments.style import Style

    from archivist.site.files.file import SiteFile
    from archivist.site.site import Site

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
_SEARCHING = frozenset({"search", "404"})

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


def _versioned(name: str, text: str) -> str:
    """Return an address that changes with the content, so that it can be kept for ever."""
    return f"{name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"


def make_styles(site: Site) -> dict[str, str]:
    """Return the stylesheets, by name."""
    folder = site.docs / "_static"
    own = bundle_styles(folder / name for name in site.config.archive_stylesheets)
    return {STYLESHEET: own, CODE_STYLESHEET: write_code_style()}


def make_icon(site: Site) -> str:
    """Return the address of the icon of the site."""
    return write_icon(site.docs / (site.config.html_favicon or ""))


def link_styles(site: Site, texts: Iterable[str]) -> list[str]:
    """Return the addresses of what a page that shows *texts* loads."""
    has_code = any('class="highlight' in html for html in texts)
    styles = site.once(make_styles)
    names = (STYLESHEET, CODE_STYLESHEET) if has_code else (STYLESHEET,)
    return [_versioned(name, styles[name]) for name in names]


def choose_policy(page: str) -> str:
    """Return the policy of *page*, a docname."""
    return write_policy(SEARCH_POLICY if page in _SEARCHING else POLICY)


def list_styles(site: Site) -> Iterator[SiteFile]:
    """Yield the stylesheets."""
    for name, text in site.once(make_styles).items():
        yield hold(name, text)


def list_unused(site: Site) -> Iterator[str]:
    """Yield the names of what Sphinx and Furo copied, and none of our pages loads as it is."""
    for name in (*_UNUSED, *site.config.archive_stylesheets):
        yield f"_static/{name}"
