"""All that a build reads, told by what it holds and never by its date."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from archivist.build.stat_cache import StatCache
from archivist.errors import ArchiveError
from archivist.files import walk
from archivist.settings import CONF
from archivist.site.settings import find_hosted_address

_CODE = Path(__file__).parent.parent
_ADDRESS = "html_baseurl"
_OWN_CODE = "le code d’archivist"
# What pages are made of, and no document.
_TEMPLATES = "_templates/"
# What pages are given and no document, of the settings there are in conf.py.
_SETTINGS_OF_PAGES = frozenset((
    _ADDRESS, "html_title", "html_short_title", "html_theme_options", "html_logo",
    "html_favicon", "html_css_files", "html_js_files", "html_extra_path", "html_context",
    "html_last_updated_fmt", "html_show_copyright", "copyright", "project_copyright",
    "archive_stylesheets", "archive_list_stylesheets", "archive_timezone", "pygments_style", "pygments_dark_style",
))  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What a site is made of."""

    machine: Mapping[str, str]
    """The hash of what all depends on, by what it is, in French."""
    conf: str
    """The hash of the settings as they are written, in conf.py and in the command."""
    settings: Mapping[str, str]
    """What each of them says, hashed, by its name."""
    files: Mapping[str, str]
    """The other files of docs/, by their path below it, hashed."""
    today: dt.date | None
    """The day of the build."""

    @property
    def code(self) -> str:
        """The hash of the machine itself."""
        return self.machine[_OWN_CODE]

    def tell_settings(
        self, docs: Path, given: Mapping[str, object], before: Inputs | None
    ) -> Inputs:
        """Return the same with its settings; conf.py is run where it is not as *before*."""
        is_known = before and before.conf == self.conf
        if before and is_known:
            return replace(self, settings=before.settings)
        told = read_conf(docs, given)
        return replace(self, settings={name: _hash(value) for name, value in told.items()})

    def explain_clean(self, before: Inputs | None) -> str:
        """Return in French why a build does not go on from what it was *before*."""
        if before is None:
            return "première construction avec ce code, ou la précédente n’a pas abouti"
        if others := _compare(self.machine, before.machine) | self._find_deep_settings(before):
            return f"a changé : {', '.join(sorted(others))}"
        return "le site publié n’est plus comme il avait été construit"

    def find_differences(self, other: Inputs) -> list[str]:
        """Return what is not the same in *other*, in French, or as files below docs/."""
        files = {f"docs/{name}" for name in _compare(self.files, other.files)}
        conf = {f"docs/{CONF}"} if self.conf != other.conf else set()
        return sorted(files | conf | _compare(self.machine, other.machine))

    def find_changed(self, before: Inputs) -> frozenset[str] | None:
        """Return the files of docs/ that are new, gone, or not the same as *before*.

        None when something changed that all depends on: all is to be read again.
        """
        if self.machine != before.machine or self._find_deep_settings(before):
            return None
        return frozenset(_compare(self.files, before.files))

    def loads_the_same(self, before: Inputs) -> bool:
        """Tell whether Sphinx, once loaded, would load the same: settings and templates."""
        changed = _compare(self.files, before.files)
        is_template = any(name.startswith(_TEMPLATES) for name in changed)
        return self.settings == before.settings and not is_template

    def _find_deep_settings(self, before: Inputs) -> set[str]:
        """Return, in French, the settings that texts are read by and that changed."""
        deep = _compare(self.settings, before.settings) - _SETTINGS_OF_PAGES
        return {f"le réglage {name}" for name in deep}


def _compare(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    """Return the names that do not stand for the same in both."""
    return {name for name, _ in one.items() ^ other.items()}


def _hash(value: object) -> str:
    """Return the hash of a value, in no order where it has none."""
    try:
        text = json.dumps(value, default=lambda each: sorted(map(repr, each)), sort_keys=True)
    except TypeError:
        text = repr(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_conf(docs: Path, given: Mapping[str, object]) -> dict[str, object]:
    """Return what each setting of *docs* says, with those *given* in the place of conf.py's.

    A file that Sphinx will refuse says one thing: why.
    """
    # It takes longer to load than to see that nothing has changed.
    from sphinx.config import eval_config_file  # noqa: PLC0415
    from sphinx.errors import ConfigError  # noqa: PLC0415
    from sphinx.util.tags import Tags  # noqa: PLC0415

    try:
        values = eval_config_file(docs / CONF, Tags())
    except ConfigError as error:
        values = {CONF: str(error)}
    told = {name: value for name, value in values.items() if not name.startswith("__")}
    told |= given
    told[_ADDRESS] = told.get(_ADDRESS) or find_hosted_address()
    return {name: value for name, value in told.items() if not isinstance(value, Tags)}


def _list_packages() -> list[str]:
    """Return the installed packages, each with its version: html5lib-1.1.dist-info."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    found = (next(walk(Path(each)), ("", [], []))[1] for each in folders)
    return sorted(name for names in found for name in names if name.endswith(".dist-info"))


def check_docs_folder(docs: Path) -> None:
    """Raise ArchiveError when *docs* is not the folder of a site."""
    if not (docs / CONF).is_file():
        raise ArchiveError(f"{docs} : ce dossier ne contient pas {CONF}, indiquez docs/.")


def read_inputs(
    docs: Path, given: Mapping[str, object], today: dt.date | None, cache: StatCache
) -> Inputs:
    """Return what the site of *docs* is made of on the day *today*, as far as files tell.

    *given* are settings in the place of those of conf.py. Only files are hashed that *cache*
    does not know.
    """
    cache.begin()
    files = cache.hash_files(docs)
    said = sorted((name, repr(value)) for name, value in given.items())
    conf = [files.pop(CONF, ""), said, find_hosted_address()]
    parts: dict[str, object] = {
        "le dossier des sources": str(docs.resolve()),
        "Python": sys.version,
        "les paquets installés": _list_packages(),
        _OWN_CODE: sorted(cache.hash_files(_CODE).items()),
        # Code beside the posts, as an extension of Sphinx.
        "docs/*.py": sorted(item for item in files.items() if item[0].endswith(".py")),
    }
    return Inputs(
        machine={name: _hash(part) for name, part in parts.items()},
        conf=_hash(conf),
        settings={},
        files=files,
        today=today,
    )
