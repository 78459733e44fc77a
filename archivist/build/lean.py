"""Sphinx without what nobody asks for, and with the rest loaded when it is used."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import Lock

from sphinx.application import Sphinx

# What is loaded for what few builds need: words never seen before, remote pictures, doctests,
# words of English, CSS selectors, texts that are not in UTF-8.
_LATER = (
    *("simplemma", "sphinx.util.requests", "sphinx.ext.doctest", "snowballstemmer"),
    *("soupsieve", "charset_normalizer"),
)
# Sphinx's own builders that no command asks for, and whose settings are none of ours.
_UNASKED = frozenset(
    f"sphinx.builders.{name}"
    for name in ("changes", "dirhtml", "latex", "linkcheck", "manpage", "texinfo", "xml")
)


def load_later(name: str) -> None:
    """Have the module *name* loaded when something of it is used, not when it is imported."""
    spec = None if name in sys.modules else find_spec(name)
    if not spec:
        return
    module, lock = module_from_spec(spec), Lock()

    def load(attribute: str) -> object:
        with lock:
            if sys.modules.get(name) is module:
                del sys.modules[name]
        # Another thread that asks meanwhile waits here.
        loaded = import_module(name)
        vars(module).update(vars(loaded))
        return getattr(loaded, attribute)

    vars(module)["__getattr__"] = load
    sys.modules[name] = module
    parent, _, own = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], own, module)


def load_lean() -> None:
    """Have what few builds need loaded when they do; asked before the rest is loaded."""
    for name in _LATER:
        load_later(name)


class LeanSphinx(Sphinx):
    """Sphinx, ready in two thirds of the time."""

    def setup_extension(self, extname: str) -> None:
        """Load an extension, unless it is a builder that nobody asks for.

        What conf.py adds, a `setup` or an extension of others, may know of any.
        """
        is_ours = all(name.startswith("archivist.") for name in self.config.extensions)
        if extname not in _UNASKED or self.config.setup or not is_ours:
            super().setup_extension(extname)
