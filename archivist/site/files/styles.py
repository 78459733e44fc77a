"""What pages load: a stylesheet for what they hold, a script, and by policy nothing else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from pygments.style import Style
from pygments.token import STANDARD_TYPES, Text
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.highlighting import PygmentsBridge

from archivist.files import walk
from archivist.problems import suggest
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.minify import bundle_styles, shorten_variables, squeeze_script
from archivist.site.furo import FROM_ELSEWHERE, is_elsewhere
from archivist.site.needs import Needs
from archivist.site.site import Site

# A stylesheet for each kind of page, which differ in what stands around the text.
SHEETS = ("posts", "home", "lists", "indexes")
# Begins a part of our stylesheets that some pages alone load, and goes on to the next of these:
# `/*! home lists */`, `/*! rich */` for what a text needs, `/*! posts-rich */` for both at once,
# `/*! options */`, `/*! all */`.
_PART = re.compile(r"/\*! ([a-z -]+) \*/")
# Options of Furo whose part is left out where conf.py has none of them.
_OPTIONS = ("announcement", "footer_icons", "light_logo")
SCRIPT = "_static/archive.js"
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
# What a page cannot say of itself.
HEADER_POLICY = POLICY | {"frame-ancestors": "'none'"}

# What Sphinx and Furo copy and none of our pages loads as it is.
_UNUSED = frozenset(
    (
        "basic.css", "debug.css", "doctools.js", "documentation_options.js", "file.png",
        "language_data.js", "minus.png", "page.js", "plus.png", "pygments.css", "scripts/furo-extensions.js",
        "scripts/furo.js", "scripts/furo.js.LICENSE.txt", "scripts/furo.js.map",
        "search/in-folder.js", "search/local.js", "search/suggest.js", "search/worker.js", "searchtools.js", "skeleton.css", "sphinx_highlight.js",
        "styles/furo-extensions.css", "styles/furo-extensions.css.map", "styles/furo.css",
        "styles/furo.css.map", "translations.js",
    )
)  # fmt: skip
# What scripts of others ask Sphinx: the language, the root of the site.
_SPHINX_OPTIONS = "_static/documentation_options.js"
# A colour that variables.css gives: `--color-code: light-dark(#fff, #000);`
_COLOUR = re.compile(r"--([\w-]+): light-dark\([^,()]+, ([^,()]+)\);")
_VARIABLE = re.compile(r"var\(\s*--([\w-]+)")


def write_policy(policy: dict[str, str]) -> Markup:
    """Return *policy* as Content-Security-Policy writes it, and an attribute of HTML may."""
    return Markup("; ".join(f"{name} {value}" for name, value in policy.items()))  # noqa: S704


def _code_rules(light: type[Style], dark: type[Style]) -> Iterator[str]:
    """Yield the colours of code, light and dark, as CSS."""
    for token, style in light:
        name = STANDARD_TYPES.get(token)
        colours = (style["color"], dark.style_for_token(token)["color"])
        said = [f"#{colour}" if colour else "currentcolor" for colour in colours]
        rules = {
            f"color: light-dark({', '.join(said)})": any(colours),
            "font-weight: 700": style["bold"],
            "font-style: italic": style["italic"],
        }
        if name and any(rules.values()):
            yield f".highlight .{name} {{ {'; '.join(rule for rule in rules if rules[rule])} }}"


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


def make_icon(site: Site) -> Markup:
    """Return an address that holds the icon of the site, if it is an SVG; it saves a request."""
    path = site.docs / (site.config.html_favicon or "")
    if path.suffix != ".svg":
        return Markup()
    text = " ".join(path.read_text(encoding="utf-8").split())
    # Signs that an address may hold as they are, and an attribute of HTML too.
    return Markup("data:image/svg+xml," + quote(text, safe="/:=?(),'"))  # noqa: S704


def _find_others(site: Site) -> set[str]:
    """Return the variables that stylesheets use which are none of the archive's."""
    config = site.config
    ours = {*config.archive_stylesheets, *config.archive_list_stylesheets}
    folders = (site.docs / path for path in config.html_static_path)
    found = ((here, name) for each in folders for here, _, names in walk(each) for name in names)
    paths = (here / name for here, name in found if name.endswith(".css") and name not in ours)
    return set(_VARIABLE.findall("\n".join(path.read_text(encoding="utf-8") for path in paths)))


def _check_variables(variables: Iterable[tuple[str, str]], used: Collection[str]) -> None:
    """Refuse variables that change nothing: Furo would not say so."""
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


def _find_code_styles(config: Config) -> tuple[type[Style], type[Style]]:
    names = (config.pygments_style, config.pygments_dark_style)
    light, dark = (PygmentsBridge("html", name).formatter_args["style"] for name in names)
    return light, dark


def _find_ground(style: type[Style], letters: str) -> dict[str, str]:
    """Return the variables of Furo that say on what code stands."""
    colour = style.style_for_token(Text)["color"]
    ground, front = style.background_color, f"#{colour}" if colour else letters
    return {"color-code-background": ground, "color-code-foreground": front}


def _read_texts(site: Site, names: Iterable[str]) -> list[str]:
    return [(site.docs / "_static" / name).read_text(encoding="utf-8") for name in names]


def _tell_variables(site: Site, texts: list[str]) -> str:
    """Return what conf.py says of the variables of *texts*, whose first file it stands below."""
    options, config = site.config.html_theme_options, site.config
    told = [
        {name: str(value) for name, value in (options.get(option) or {}).items()}
        for option in ("light_css_variables", "dark_css_variables")
    ]
    variables = [each for variables in told for each in variables.items()]
    _check_variables(variables, {*_VARIABLE.findall("\n".join(texts)), *site.once(_find_others)})
    if [config.pygments_style, config.pygments_dark_style] != _CODE_STYLES:
        styles = zip(_find_code_styles(config), ("black", "white"), told, strict=True)
        told = [_find_ground(style, letters) | own for style, letters, own in styles]
    light, dark = told
    return write_variables(light, dark, "".join(texts[:1]))


def _cut(site: Site) -> Iterator[tuple[set[str], str]]:
    """Yield all that the stylesheets say, in order, each with the names of what needs it."""
    config = site.config
    texts = _read_texts(site, config.archive_stylesheets)
    lists = _read_texts(site, config.archive_list_stylesheets)
    code = "".join(_code_rules(*_find_code_styles(config)))
    variables = _tell_variables(site, [*texts, *lists])
    told = [("all", text) for text in (*texts[:1], variables, *texts[1:])]
    told += [("home lists indexes", text) for text in lists]
    for names, text in (*told, ("code", code)):
        _, *pieces = _PART.split(f"/*! {names} */{text}")
        yield from ((set(pieces[at].split()), pieces[at + 1]) for at in range(0, len(pieces), 2))


def name_stylesheet(sheet: str, needs: Needs) -> str:
    """Return where the stylesheet is that a kind of page loads when its text *needs* it."""
    return f"_static/archive-{sheet}{f'-{needs.name.lower()}' * bool(needs)}.css"


def _versioned(name: str, text: bytes) -> str:
    """Return an address that changes with the content, so that it can be kept for ever."""
    return f"{name}?v={hashlib.sha256(text).hexdigest()[:8]}"


def make_styles(site: Site) -> dict[str, str]:
    """Return the stylesheets, by name. Raises ConfigError for variables that change nothing."""
    pieces, made = list(_cut(site)), {}
    config, options = site.config, site.config.html_theme_options
    has_options = config.html_logo or any(options.get(name) for name in _OPTIONS)
    # Stylesheets that pages load besides may set any of our variables.
    is_alone = not config.html_css_files and all(
        name.startswith("archivist.") for name in config.extensions
    )
    others = site.once(_find_others)
    always = {"all", "options"} if has_options else {"all"}
    for sheet, needs in product(SHEETS, Needs):
        found = {each.name.lower() for each in Needs if each <= needs}
        held = always | {sheet} | found | {f"{sheet}-{name}" for name in found}
        text = bundle_styles(text for names, text in pieces if names & held)
        made[name_stylesheet(sheet, needs)] = shorten_variables(text, others) if is_alone else text
    return made


def make_script(site: Site) -> str:
    """Return the script that all pages load, without what only people read."""
    return squeeze_script((site.docs / "_static/page.js").read_text(encoding="utf-8"))


def link_script(site: Site) -> str:
    """Return the address of the script that all pages load."""
    return _versioned(SCRIPT, site.once(make_script).encode())


def link_styles(site: Site) -> dict[str, str]:
    """Return the address of each stylesheet, by name."""
    made = site.once(make_styles)
    return {name: _versioned(name, text.encode()) for name, text in made.items()}


class Loaded:
    """What pages load beyond our own, as conf.py or an extension says."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self.names: set[str] = set()
        self._versions: dict[str, str] = {}

    def show(self, site: Site, context: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the template of a page is given, once all others have completed *context*."""
        return {
            "archive_icon": site.once(make_icon) or context.get("favicon_url"),
            "archive_css_files": self._list(context, "css_files", "href"),
            "archive_script_files": self._list(context, "script_files", "src"),
        }

    def _list(self, context: Mapping[str, Any], key: str, address: str) -> list[dict[str, Any]]:
        """Return the attributes of each file, in the order of Sphinx.

        *key* is where Sphinx lists the files; an extension may have added to them a bare name.
        """
        files = sorted(context.get(key, ()), key=lambda file: getattr(file, "priority", 500))
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
            self.names.add(name)
            if name not in self._versions:
                path = self._output / name
                text = path.read_bytes() if path.is_file() else None
                self._versions[name] = name if text is None else _versioned(name, text)
            loaded.append(attributes | {address: context["pathto"](self._versions[name], 1)})
        return loaded


def list_styles(site: Site) -> Iterator[SiteFile]:
    """Yield the stylesheets and the script."""
    for name, text in site.once(make_styles).items():
        yield hold(name, text)
    yield hold(SCRIPT, site.once(make_script))


def list_unused(site: Site, loaded: Container[str]) -> Iterator[str]:
    """Yield what Sphinx and Furo copied, and no page loads: *loaded* is what some do."""
    for name in (
        *sorted(_UNUSED),
        *site.config.archive_stylesheets,
        *site.config.archive_list_stylesheets,
    ):
        if f"_static/{name}" not in loaded:
            yield f"_static/{name}"
