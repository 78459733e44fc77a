"""Our templates over Furo's base: all they print is escaped."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, TemplateNotFound
from jinja2.meta import find_referenced_templates
from sphinx.builders import Builder
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.theming import Theme

from archivist.files import walk
from archivist.keys import take_key
from archivist.site.site import Template

_RELATIVE_LINK = re.compile(r'\b(href|src|action)="(?!/|#|[a-z][a-z0-9+.-]*:)')
# What stands before a line, unless it is code of a kind.
_INDENT = re.compile(r"(<(pre|script|textarea)\b.*?</\2>)|\n[ \t\n]+", re.DOTALL)


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
        # To compile what one page needs takes longer than all that is done to it.
        compiled = Path(builder.doctreedir, "templates")
        compiled.mkdir(parents=True, exist_ok=True)
        self.environment.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        self.environment.autoescape = lambda name: (name or "").removeprefix("!") in own
        self._own = own
        self._read: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        self._found: dict[str, Template] = {}
        self.references: dict[bytes, tuple[str, ...] | None] = {}
        """What each template names, by the key of its text; None where that may be any."""
        # `{% extends "!page.html" %}` in a folder of one’s own leads to our page.html: what begins
        # so is looked for behind the folders of templates_path, of which ours is the last.
        self.templatepathlen = len(paths) - 1

    def find(self, name: str) -> Template:
        """Return the template *name*."""
        if name not in self._found:
            whole, waiting = {}, [name]
            while waiting:
                each = waiting.pop()
                if each not in whole:
                    whole[each], named = self._read_once(each)
                    waiting += named
            key = take_key(sorted(whole.items()))
            self._found[name] = Template(key, partial(self.render, name))
        return self._found[name]

    def _read_once(self, name: str) -> tuple[bytes, tuple[str, ...]]:
        """Return the key of what a file holds, and the templates that it names."""
        if name not in self._read:
            try:
                text, path, _ = self.get_source(self.environment, name)
            except TemplateNotFound:
                text, path = "", ""
            key = take_key(text)
            if key not in self.references:
                found = list(find_referenced_templates(self.environment.parse(text, name, path)))
                self.references[key] = tuple(filter(None, found)) if all(found) else None
            named = self.references[key]
            self._read[name] = key, tuple(self._own) if named is None else named
        return self._read[name]


def _list_own(folder: Path, paths: list[str]) -> frozenset[str]:
    folders = [folder / path for path in paths]
    return frozenset(
        (here / name).relative_to(each).as_posix()
        for each in folders
        for here, _, names in walk(each)
        for name in names
    )


def squeeze(html: str) -> str:
    """Return *html* without its indents and empty lines."""
    return _INDENT.sub(lambda found: found[1] or "\n", html)


def absolutise(html: str, root: str) -> str:
    """Return *html*, a page at the root of the site, with links that hold from any address."""
    return _RELATIVE_LINK.sub(rf'\g<1>="{root}', html)
