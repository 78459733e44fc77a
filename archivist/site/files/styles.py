"""What pages load: one stylesheet, a second where there is code, and by policy nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pygments.token import STANDARD_TYPES, Text
from rcssmin import cssmin
from sphinx.errors import ConfigError
from sphinx.highlighting import PygmentsBridge

from archivist.problems import suggest
from archivist.site.sphinx.furo import FROM_ELSEWHERE, is_elsewhere
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docutils import nodes
    from pygments.style import Style
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STYLESHEET = "_static/archive.css"
CODE_STYLESHEET = "_static/code.css"
# Both keep AA contrast on our surfaces: https://github.com/Quansight-Labs/accessible-pygments
# Others bring a ground of their own.
_CODE_STYLES = ["a11y-high-contrast-light", "a11y-high-contrast-dark"]

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
_UNUSED = frozenset(
    (
        "basic.css", "debug.css", "doctools.js", "documentation_options.js", "file.png",
        "language_data.js", "minus.png", "plus.png", "pygments.css", "scripts/furo-extensions.js",
        "scripts/furo.js", "scripts/furo.js.LICENSE.txt", "scripts/furo.js.map",
        "search/in-folder.js", "searchtools.js", "skeleton.css", "sphinx_highlight.js",
        "styles/furo-extensions.css", "styles/furo-extensions.css.map", "styles/furo.css",
        "styles/furo.css.map", "translations.js",
    )
)  # fmt: skip
# What scripts of others ask Sphinx: the language, the root of the site.
_SPHINX_OPTIONS = "_static/documentation_options.js"
# A colour that variables.css gives: `--color-code: light-dark(#fff, #000);`
_COLOUR = re.compile(r"--([\w-]+): light-dark\([^,()]+, ([^,()]+)\);")
_VARIABLE = re.compile(r"var\(\s*--([\w-]+)")


def write_policy(policy: dict[str, str]) -> str:
    """Return *policy* as Content-Security-Policy writes it."""
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def _code_rules(light: type[Style], dark: type[Style]) -> Iterator[str]:
    for token, style in light:
        name, colours = (
            STANDARD_TYPES.get(token),
            (style["color"], dark.style_for_token(token)["color"]),
        )
        said = [f"#{colour}" if colour else "currentcolor" for colour in colours]
        rules = {
            f"color: light-dark({', '.join(said)})": any(colours),
            "font-weight: 700": style["bold"],
            "font-style: italic": style["italic"],
        }
        if name and any(rules.values()):
            yield f".highlight .{name} {{ {'; '.join(rule for rule in rules if rules[rule])} }}"


def write_code_style(light: type[Style], dark: type[Style]) -> str:
    """Return the colours of code, light and dark, as CSS."""
    return cssmin("\n".join(_code_rules(light, dark)))  # type: ignore[no-any-return]


def _find_ground(style: type[Style], letters: str) -> dict[str, str]:
    """Return the variables of Furo that say on what code stands."""
    colour = style.style_for_token(Text)["color"]
    return {
        "color-code-background": style.background_color,
        "color-code-foreground": f"#{colour}" if colour else letters,
    }


def _declare(variables: Mapping[str, str]) -> str:
    return "".join(f"--{name}: {value};" for name, value in variables.items())


def write_variables(light: Mapping[str, str], dark: Mapping[str, str], known: str) -> str:
    """Return variables of Furo as CSS; *known* is the stylesheet whose values they replace.

    As with Furo, a colour that *known* has in both lights stays in the dark what it was there
    unless *dark* says otherwise; any other value of *light* holds in both.
    """
    if not light and not dark:
        return ""
    kept = {name: value for name, value in _COLOUR.findall(known) if name in light}
    rules = _declare({**kept, **dark})
    return (
        f":root {{ {_declare(light)} }}"
        "@media not print {"
        f':root:has(body[data-theme="dark"]) {{ {rules} }}'
        "@media (prefers-color-scheme: dark) {"
        f':root:not(:has(body[data-theme="light"])) {{ {rules} }} }} }}'
    )


def bundle_styles(texts: Iterable[str]) -> str:
    """Return stylesheets as one, without what only people read."""
    return cssmin("\n".join(texts))  # type: ignore[no-any-return]


def write_icon(path: Path) -> str:
    """Return the SVG in *path* as an address that holds it, or nothing; it saves a request."""
    if path.suffix != ".svg":
        return ""
    text = " ".join(path.read_text(encoding="utf-8").split())
    return f"data:image/svg+xml,{quote(text, safe=_SAFE_IN_SVG)}"


def _check_variables(
    app: Sphinx, variables: Iterable[tuple[str, str]], texts: Iterable[str]
) -> None:
    """Refuse variables that change nothing: Furo would not say so."""
    others = (Path(app.confdir, path) for path in app.config.html_static_path)
    own = [path.read_text(encoding="utf-8") for folder in others for path in folder.rglob("*.css")]
    used = set(_VARIABLE.findall("\n".join([*texts, *own])))
    for name, value in variables:
        if name not in used:
            raise ConfigError(
                f"conf.py : html_theme_options : aucune feuille de style n’emploie « {name} » ; "
                f"{suggest(name, used)}"
            )
        if {"{", "}"} & set(value) or re.search(r"url\([\"']?(?:https?:)?//", value):
            raise ConfigError(
                f"conf.py : html_theme_options : « {name} » : la valeur « {value} » n’est pas admise "
                "dans une feuille de style du site."
            )


def _find_code_styles(app: Sphinx) -> tuple[type[Style], type[Style]]:
    names = (app.config.pygments_style, app.config.pygments_dark_style)
    light, dark = (PygmentsBridge("html", name).formatter_args["style"] for name in names)
    return light, dark


def _bundle(app: Sphinx) -> str:
    """Return the stylesheet of the site, with what conf.py says of it below the first file."""
    options, config = app.config.html_theme_options, app.config
    folder = Path(app.confdir, "_static")
    texts = [(folder / name).read_text(encoding="utf-8") for name in config.archive_stylesheets]
    told = [
        {name: str(value) for name, value in (options.get(option) or {}).items()}
        for option in ("light_css_variables", "dark_css_variables")
    ]
    _check_variables(app, [each for variables in told for each in variables.items()], texts)
    if [config.pygments_style, config.pygments_dark_style] != _CODE_STYLES:
        grounds = zip(_find_code_styles(app), ("black", "white"), strict=True)
        told = [_find_ground(*ground) | own for ground, own in zip(grounds, told, strict=True)]
    light, dark = told
    texts[1:1] = [write_variables(light, dark, "".join(texts[:1]))]
    return bundle_styles(texts)


def _versioned(name: str, text: bytes) -> str:
    """Return an address that changes with the content, so that it can be kept for ever."""
    return f"{name}?v={hashlib.sha256(text).hexdigest()[:8]}"


class Assets:
    """The stylesheets of one build."""

    def __init__(self) -> None:
        self.styles: dict[str, str] = {}
        self.icon = ""
        self.loaded: set[str] = set()
        """What pages load beyond them."""

    def on_builder_inited(self, app: Sphinx) -> None:
        """Prepare the stylesheets, whose addresses pages need."""
        if prints_site(app):
            code = write_code_style(*_find_code_styles(app))
            self.styles = {STYLESHEET: _bundle(app), CODE_STYLESHEET: code}
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
        context["archive_stylesheets"] = [
            _versioned(name, self.styles[name].encode()) for name in names
        ]
        context["archive_policy"] = write_policy(SEARCH_POLICY if page in _SEARCHING else POLICY)
        favicon = context["favicon_url"]
        context["archive_icon"] = self.icon or (
            favicon and context["pathto"](f"_static/{favicon}", 1)
        )
        context["archive_css_files"] = self._list_loaded(app, context, "css_files", "href")
        context["archive_script_files"] = self._list_loaded(app, context, "script_files", "src")

    def _list_loaded(
        self, app: Sphinx, context: dict[str, Any], key: str, address: str
    ) -> list[dict[str, Any]]:
        """Return the attributes of what conf.py or an extension has a page load, in its order.

        *key* is where Sphinx lists the files; an extension may have added to them a bare name.
        """
        files = sorted(context[key], key=lambda file: getattr(file, "priority", 500))
        named = [(str(getattr(file, "filename", file) or ""), file) for file in files]
        others = [each for each in named if each[0].removeprefix("_static/") not in _UNUSED]
        if others and key == "script_files":
            others.insert(0, (_SPHINX_OPTIONS, None))
        loaded = []
        for name, file in others:
            bare = {"rel": "stylesheet"} if address == "href" else {}
            attributes = getattr(file, "attributes", bare)
            if not name or is_elsewhere(name) or "body" in attributes:
                raise ConfigError(f"conf.py : {name or attributes['body']} : {FROM_ELSEWHERE}.")
            self.loaded.add(name)
            path = Path(app.outdir, name)
            whole = _versioned(name, path.read_bytes()) if path.is_file() else name
            loaded.append(attributes | {address: context["pathto"](whole, 1)})
        return loaded

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the stylesheets and the headers for hosts; take away what nothing loads."""
        if exception or not prints_site(app):
            return
        output = Path(app.outdir)
        for name in (*_UNUSED, *app.config.archive_stylesheets):
            if f"_static/{name}" not in self.loaded:
                (output / "_static" / name).unlink(missing_ok=True)
        for folder in (output / "_static/scripts", output / "_static/styles"):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        for name, text in (self.styles | _host_headers()).items():
            (output / name).write_text(text, encoding="utf-8", newline="\n")


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
        "_headers": f"/*\n{lines}",
        "nginx-headers.conf": f"# Include in the server block.\n{directives}",
    }


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    assets = Assets()
    app.add_config_value("archive_stylesheets", [], "html", list)
    app.connect("builder-inited", assets.on_builder_inited)
    # After the lists, whose entries may show code, and extensions, which may load more.
    app.connect("html-page-context", assets.on_html_page_context, priority=900)
    # After Furo, which writes its colours of code last of all.
    app.connect("build-finished", assets.on_build_finished, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
