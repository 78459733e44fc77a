"""What conf.py may say of Furo, and of the files that pages load: it works, or is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sphinx.config import Config

from archivist.problems import suggest

# Options of Furo that work as it documents them.
WORKING_OPTIONS = (
    "announcement", "dark_css_variables", "dark_logo", "footer_icons", "light_css_variables",
    "light_logo", "sidebar_hide_name", "source_branch", "source_directory", "source_edit_link",
    "source_repository",
)  # fmt: skip
_BUTTONS = "« Corriger ce billet » est au pied de chaque billet dès que source_repository est connu"
_KEYS = "une touche seule ne prend la main à personne (WCAG 2.1.4)"
_SIZES = "écrivez la largeur dans une feuille de style, d’après docs/_static/layout.css"
_MENU = "modifiez le menu, docs/_templates/components/menu.html"
# Those that do nothing here, and what to write instead.
REFUSED_OPTIONS: Mapping[str, str] = {
    "top_of_page_button": _BUTTONS,
    "top_of_page_buttons": _BUTTONS,
    "source_view_link": f"{_BUTTONS} : écrivez source_edit_link",
    "navigation_with_keys": _KEYS,
    "enable_search_shortcuts": _KEYS,
    **dict.fromkeys(("nosidebar", "sidebarwidth", "body_min_width", "body_max_width"), _SIZES),
    **dict.fromkeys(("globaltoc_collapse", "globaltoc_includehidden", "globaltoc_maxdepth"), _MENU),
}
# What an option that does nothing may say.
_NOTHING = ("", "false", "0", "none", "[]")

# What the policy of pages stops in HTML: `<script>`, `style="…"`, `src="https://…"`.
_STOPPED = re.compile(
    r"<(?:script|style|iframe|object)\b|\s(?:style|on\w+)\s*=|\bsrc\s*=\s*[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
_POLICY = "la politique des pages n’admet ni script ni style dans la page, ni rien d’un autre site"
FROM_ELSEWHERE = (
    "la politique des pages n’admet ni script dans la page, ni rien d’un autre site ; "
    "déposez le fichier dans docs/_static/"
)


def is_elsewhere(address: str) -> bool:
    """Tell whether *address* is on another site."""
    return "://" in address or address.startswith("//")


def _is_missing(config: Config, folder: Path, name: str) -> bool:
    return not any((folder / path / name).is_file() for path in config.html_static_path)


def _check_files(config: Config, folder: Path) -> Iterator[str]:
    for name in ("html_logo", "html_favicon"):
        if is_elsewhere(config[name] or ""):
            yield f"{name} : {FROM_ELSEWHERE}."
    for name in ("html_css_files", "html_js_files"):
        for entry in config[name]:
            file, attributes = (entry, {}) if isinstance(entry, str) else entry
            if not file or is_elsewhere(file) or "body" in attributes:
                yield f"{name} : {file or 'body'} : {FROM_ELSEWHERE}."
            elif _is_missing(config, folder, file):
                yield f"{name} : « {file} » n’est pas dans docs/_static/."


def _check_folders(config: Config) -> Iterator[str]:
    for name, own in (("templates_path", "_templates"), ("html_static_path", "_static")):
        if own not in config[name]:
            yield f"{name} : le site a besoin de « {own} » ; gardez-le, en dernier."
    if "_templates" in config.templates_path[:-1]:
        yield "templates_path : vos dossiers passent avant « _templates » ; mettez-le en dernier."


def _check_names(options: Mapping[str, object]) -> Iterator[str]:
    for name, value in options.items():
        where = f'html_theme_options["{name}"]'
        if name in REFUSED_OPTIONS and str(value).lower() not in _NOTHING:
            yield f"{where} : cette option ne sert pas ici ; {REFUSED_OPTIONS[name]}."
        elif name not in WORKING_OPTIONS and name not in REFUSED_OPTIONS:
            yield f"{where} : Furo n’a pas cette option ; {suggest(name, WORKING_OPTIONS)}"


def _check_html(options: Mapping[str, object]) -> Iterator[str]:
    if _STOPPED.search(str(options.get("announcement") or "")):
        yield f'html_theme_options["announcement"] : {_POLICY}.'
    where, icons = 'html_theme_options["footer_icons"]', options.get("footer_icons") or []
    for icon in icons if isinstance(icons, list | tuple) else [{}]:
        if not {"name", "url", "html"} <= icon.keys():
            yield f"{where} : écrivez pour chaque icône « name », « url », « html », et « class »."
        elif _STOPPED.search(icon["html"]):
            yield f"{where} : {icon['name']} : {_POLICY}."


def _check_logos(config: Config, folder: Path) -> Iterator[str]:
    options = config.html_theme_options
    logos = {name: options[name] for name in ("light_logo", "dark_logo") if options.get(name)}
    for name, file in logos.items():
        if _is_missing(config, folder, file):
            yield f'html_theme_options["{name}"] : « {file} » n’est pas dans docs/_static/.'
    if len(logos) == 1:
        (name,) = logos
        yield f'html_theme_options["{name}"] : donnez light_logo et dark_logo, ou html_logo.'
    if options.get("sidebar_hide_name") and not logos and not config.html_logo:
        yield 'html_theme_options["sidebar_hide_name"] : sans logo, le site n’aurait pas de nom.'


def find_refused_options(config: Config, folder: Path) -> Iterator[str]:
    """Yield what *config*, of the conf.py in *folder*, asks of pages that they cannot do."""
    yield from _check_files(config, folder)
    yield from _check_folders(config)
    yield from _check_names(config.html_theme_options)
    yield from _check_html(config.html_theme_options)
    yield from _check_logos(config, folder)
