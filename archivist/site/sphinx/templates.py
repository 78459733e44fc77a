"""Our templates over Furo's base: all they print is escaped."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.builders import Builder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.theming import Theme

from archivist.files import walk

_RELATIVE_LINK = re.compile(r'\b(href|src|action)="(?!/|#|[a-z][a-z0-9+.-]*:)')


class Templates(BuiltinTemplateLoader):
    """Sphinx's loader of templates, which looks at each file once a build.

    Sphinx's Jinja escapes nothing. A template of ours that prints HTML says so with
    ``|safe``; one of Furo's or Sphinx's goes on as its authors meant it.
    """

    def init(
        self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None
    ) -> None:
        """Prepare to load."""
        super().init(builder, theme, dirs)
        paths = builder.config.templates_path
        own = _list_own(Path(builder.confdir), paths)
        self.environment.auto_reload = False
        self.environment.autoescape = lambda name: (name or "").removeprefix("!") in own
        # `{% extends "!page.html" %}` in a folder of one’s own leads to our page.html: what begins
        # so is looked for behind the folders of templates_path, of which ours is the last.
        self.templatepathlen = len(paths) - 1


def _list_own(folder: Path, paths: list[str]) -> frozenset[str]:
    folders = [folder / path for path in paths]
    return frozenset(
        (here / name).relative_to(each).as_posix()
        for each in folders
        for here, _, names in walk(each)
        for name in names
    )


def absolutise(html: str, root: str) -> str:
    """Return *html*, a page at the root of the site, with links that hold from any address."""
    return _RELATIVE_LINK.sub(rf'\g<1>="{root}', html)
