"""Turn a title or a label into the last part of its address.

The rule is WordPress's own (``sanitize_title_with_dashes`` after ``remove_accents``,
https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/), because
old addresses are promises. It differs on one point: where WordPress would percent-encode a
letter of another alphabet, the letter is left out, so that a slug is always ASCII.
The cases are in ``tests/data/slugs.json``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import cache
from itertools import chain, count

# What NFKD does not take apart.
_LIGATURES = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "s", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th"}
)
_LONGEST_STEM = 80
_SPACES = re.compile(r"[\s/\u2010-\u2015-]+")
_UNWANTED = re.compile(r"[^a-z0-9_-]")


# The same labels are on many posts.
@cache
def to_slug(text: str) -> str:
    """Return the slug of *text*: lower-case ASCII, digits, hyphens; maybe empty."""
    text = text.lower().translate(_LIGATURES)
    text = _SPACES.sub("-", text.replace(".", "-").replace("×", "x"))
    text = unicodedata.normalize("NFKD", text)
    text = _UNWANTED.sub("", text)
    return re.sub(r"-+", "-", text).strip("-")


def is_slug(text: str) -> bool:
    """Tell whether *text* can be the file name of a post as it stands."""
    return bool(re.fullmatch(r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*", text))


def make_stem(name: str) -> str:
    """Return *name*, without its ending, as that of a file beside a post."""
    return cut_slug(to_slug(name), _LONGEST_STEM) or "fichier"


def cut_slug(slug: str, longest: int) -> str:
    """Return as many whole words of *slug* as *longest* signs hold."""
    if len(slug) > longest:
        slug = re.sub("-[^-]*$", "", slug[: longest + 1])[:longest]
    return slug.strip("-_")


def find_free(stem: str, taken: Container[str], ending: str = "") -> str:
    """Return *stem*, with a number where it is taken, and *ending*."""
    numbered = (f"{stem}-{number}{ending}" for number in count(2))
    return next(each for each in chain((f"{stem}{ending}",), numbered) if each not in taken)
