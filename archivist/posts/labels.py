"""What posts are filed under: tags, categories, authors, places, languages, series, blogs; names.

{person}`Armelle Dufour <Dufour, Armelle>` shows the words before the name between ``<`` and ``>``;
without them the name is the words.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from archivist.addresses.slugs import to_slug
from archivist.posts.fields import SWITCH_WORDS
from archivist.syntax.characters import strip_invisible, take_out_signs
from archivist.syntax.limits import LONGEST_LABEL

if TYPE_CHECKING:
    from babel import Locale

KINDS: Mapping[str, tuple[str, str]] = {
    "tag": ("Étiquette", "Étiquettes"),
    "category": ("Catégorie", "Catégories"),
    "author": ("Auteur", "Auteurs"),
    "location": ("Lieu", "Lieux"),
    "language": ("Langue", "Langues"),
    "series": ("Série", "Séries"),
    "blog": ("Blog", "Blogs"),
}
"""What one label and all of them are called, by kind, which is also their folder of the site."""

# As WordPress writes them: &amp; &#039; &nbsp; not « AT&T »
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
LISTED = re.compile(rf"#(?P<kind>{'|'.join(KINDS)})-(?P<slug>[a-z0-9_-]+)")
"""A link to the list of a label, whatever its words: [**ici**](#tag-cnfpt)."""


@dataclass(frozen=True, slots=True)
class Label:
    """A tag, a category, an author, a place, a language, a series or a blog."""

    kind: str
    """One of KINDS."""
    slug: str
    name: str
    description: str = ""
    """Of a category, of a blog; of an author, the address where readers find them."""
    is_telling: bool = True
    """Whether it sets posts apart: not the one blog that all come from."""

    @property
    def path(self) -> str:
        """Where its list is, below the root of the site."""
        return f"{self.kind}/{self.slug}"


def _find_locale(code: str) -> Locale | None:
    # Few posts are in another language than the site.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def name_language(code: str) -> str:
    """Return what French calls the language of a *code* of BCP 47, or nothing if none has it."""
    locale = _find_locale(code)
    # « anglais » for en.
    return (locale.get_display_name("fr") or code) if locale else ""


def find_locale(code: str) -> str:
    """Return what Open Graph calls the language of a *code*, with its most likely country: en_US."""
    from babel.core import get_global  # noqa: PLC0415

    language, _, country = code.partition("-")
    likely = str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
    return f"{language}_{country.upper() or likely}".rstrip("_")


def spell_language(code: str) -> str:
    """Return a *code* as BCP 47 spells what was meant, as en-US for EN_us, or nothing."""
    spelled = code.replace("_", "-")
    found = str(_find_locale(spelled) or "").replace("_", "-")
    # Babel takes some codes for those of other languages.
    return found if found.partition("-")[0] == spelled.partition("-")[0].lower() else ""


def read_words(text: str) -> str:
    """Return what *text*, HTML without tags, says, on one line: its entities are read, once."""
    return " ".join(_ENTITY.sub(lambda found: html.unescape(found[0]), text).split())


def bare_text(text: str) -> str:
    """Return the words of *text*, HTML, on one line and without the signs that show nothing.

    In NFC, as a header is read: what is written must be found again.
    """
    shown = take_out_signs(read_words(re.sub("<[^<>]*>", " ", text)), in_header=True)[0]
    return normalize("NFC", " ".join(shown.split())) if strip_invisible(shown) else ""


def name_label(name: str) -> str:
    """Return a label that says the same as *name* without what no label may hold."""
    text = bare_text(re.sub("<[^<>]*>", "", name))
    for unwanted, instead in ((r"\s*[,;|]\s*", " – "), (r"\s*/\s*", " / "), (r"[\\`]", "’")):
        text = re.sub(unwanted, instead, text)
    text = text.translate(str.maketrans("[]{}<>“”", '()()‹›""'))
    text = " ".join(text.split())[:LONGEST_LABEL].strip(" /")
    if text.lower() in SWITCH_WORDS:
        text = f"« {text} »"
    if not to_slug(text):
        number = hashlib.sha256(name.encode()).hexdigest()[:6]
        text = f"{text[: LONGEST_LABEL - 7]} {number}".strip()
    return text


@dataclass(frozen=True, slots=True)
class Name:
    """The *words* that a text has, and the name they are *filed* under."""

    words: str
    filed: str


def read_name(text: str) -> Name:
    """Return the name that the *text* of a role marks."""
    words, opened, filed = text.removesuffix(">").rpartition("<")
    if not (opened and text.endswith(">") and words.strip()):
        words = filed = text
    return Name(words.rstrip(), " ".join(filed.split()))


_STANDING_LABELS = frozenset((
    "blog-posts", "blog-archives", "blog-tags", "blog-categories", "blog-authors",
    "blog-locations", "blog-languages", "blog-series", "blog-blogs",
))  # fmt: skip


def name_list_labels(addresses: Iterable[str]) -> frozenset[str]:
    """Return the labels of the lists at *addresses*, `tag/cnfpt/`, as ABlog gives them, in small letters."""
    lists = [address.strip("/").split("/") for address in addresses]
    kinds = {f"{parts[0]}-{parts[1]}" for parts in lists if len(parts) > 1}
    years = {f"archive-{parts[0]}" for parts in lists if parts[0].isdigit()}
    return frozenset(map(str.lower, {*kinds, *years, *_STANDING_LABELS}))
