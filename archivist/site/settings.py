"""The archive's own settings in docs/conf.py, judged as posts are: the line, and what to write."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from archivist.addresses.web import SCHEMES, split_address
from archivist.dates.today import ZONE, find_zone_fault
from archivist.problems import Problem, suggest
from archivist.settings import CONF, read_written

_MAIL = re.compile(r"[^\s@:/?,;<>]+@[^\s@:/?,;<>]+\.[^\s@:/?,;<>.]+")
_PAGE = re.compile(r"https?://[^\s@?#]+")
BUILDERS = ("READTHEDOCS_CANONICAL_URL", "CF_PAGES_URL", "CI_PAGES_URL")
"""What Read the Docs, Cloudflare Pages and GitLab call the address of the site that they build."""
# https://0f1e2d3c.archives.pages.dev is that of one build alone.
_ONE_BUILD = re.compile(r"(?<=^https://)[0-9a-f]{8}[.](?=[^./]+[.]pages[.]dev)")
# Of names that are no setting, those that are one but for a letter or two.
_NEAR = 0.85


def find_address_fault(address: str) -> str:
    """Return why nothing of a site can be at *address*, in French, or nothing."""
    parts = split_address(address)
    if not address or (_PAGE.fullmatch(address) and parts and parts.hostname):
        return ""
    scheme, _, rest = address.rpartition("://")
    bare = "".join(re.split(r"[?#]", rest)[0].rpartition("@")[2].split()).lstrip("/")
    place = bare if "." in bare.partition("/")[0] else f"exemple.fr/{bare}"
    advice = f"écrivez {scheme if scheme in SCHEMES else 'https'}://{place}."
    return f"« {address} » n’est pas l’adresse entière d’un site : {advice}"


def find_hosted_address() -> str:
    """Return where the host that builds the site says that it will be, or nothing.

    A setting of conf.py comes before it; Netlify has another address for what is only tried.
    """
    said = os.environ
    if said.get("NETLIFY"):
        is_tried = said.get("CONTEXT", "production") != "production"
        return said.get("DEPLOY_PRIME_URL" if is_tried else "URL", "")
    found = (said[name] for name in BUILDERS if said.get(name))
    return _ONE_BUILD.sub("", next(found, ""))


def _find_contact_fault(contact: str) -> str:
    if not contact or _MAIL.fullmatch(contact):
        return ""
    if _MAIL.fullmatch(contact.partition(":")[2]):
        return f"« {contact} » : écrivez {contact.partition(':')[2]}, sans rien devant."
    if "://" in contact:
        return find_address_fault(contact)
    advice = "écrivez une adresse électronique ou une adresse en https://."
    return f"« {contact} » n’est pas une adresse : {advice}"


def _find_sheets_fault(names: list[str], docs: Path) -> str:
    there = sorted(path.name for path in (docs / "_static").glob("*.css"))
    missing = [name for name in names if not (docs / "_static" / name).is_file()]
    return f"« {missing[0]} » n’est pas dans docs/_static/ : {suggest(missing[0], there)}" if missing else ""  # fmt: skip


def _find_pages_fault(names: list[str], docs: Path) -> str:
    # Pages that are gone from the archive are in no book anyway.
    pages = [path.stem for path in docs.glob("*.md")]
    near = ((name, find_meant(name, pages)) for name in names if name not in pages)
    said = (
        f"pas de page « {name} » : vouliez-vous dire « {page} » ?" for name, page in near if page
    )
    return next(said, "")


TEXTS: Mapping[str, Callable[[str], str]] = {
    "html_baseurl": find_address_fault,
    "archive_takeaway": find_address_fault,
    "archive_contact": _find_contact_fault,
    "archive_license": lambda _: "",
    ZONE: find_zone_fault,
}
LISTS: Mapping[str, Callable[[list[str], Path], str]] = {
    "archive_not_in_book": _find_pages_fault,
    "archive_stylesheets": _find_sheets_fault,
    "archive_list_stylesheets": _find_sheets_fault,
}
"""What each setting of the archive may say, by its name."""
_OLD_SOURCE = 'écrivez html_theme_options = {"source_repository": "https://…", "source_branch": "main", "source_directory": "docs/"}'
GONE: Mapping[str, str] = dict.fromkeys(
    ("archive_repository", "archive_branch", "archive_platform"), _OLD_SOURCE
)
"""Those there were, and what to write instead."""


def judge(name: str, value: object, docs: Path) -> str:
    """Return what is wrong with the *value* of a setting of the archive, in French, or nothing."""
    if name in TEXTS:
        if not isinstance(value, str):
            return "écrivez un texte entre guillemets."
        return TEXTS[name](value)
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        return 'écrivez une liste de noms, comme ["404", "emporter"].'
    return LISTS[name](list(value), docs)


def find_meant(name: str, known: list[str]) -> str:
    """Return the one of the *known* settings that *name* is but for a slip of the pen, or nothing."""
    return next(iter(get_close_matches(name, known, n=1, cutoff=_NEAR)), "")


def check_settings(docs: Path) -> Iterator[Problem]:
    """Yield what is wrong with the settings of the archive in *docs*, as far as conf.py spells it out.

    Sphinx's part judges what is computed, and the settings of all others.
    """
    own = [*TEXTS, *LISTS]
    for name, setting in read_written(docs).items():
        message = ""
        if name in own:
            message = "" if setting.is_computed else judge(name, setting.value, docs)
        elif name in GONE:
            message = f"ce réglage ne sert plus ; {GONE[name]}."
        elif name.startswith("archive_") or (not setting.is_used and find_meant(name, own)):
            message = f"ce réglage n’existe pas ; {suggest(name, own)}"
        if message:
            yield Problem(
                path=f"{docs.name}/{CONF}", line=setting.line, message=f"{name} : {message}"
            )
