"""What a shortcode says: its words, the addresses and the numbers in it, however they are written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from archivist.wordpress.html.shortcodes import PLACES, Shortcode

_FILE = r"\.(?:mp3|m4[av]|og[gav]|oga|wav|wma|wmv|flac|flv|mp4|webm|mov|pdf|docx?|odt|pptx?|xlsx?|ods|zip|epub)"
IS_FILE = re.compile(rf"{_FILE}$", re.IGNORECASE)
"""The end of what is a file."""
ADDRESS = re.compile(
    rf"(?:https?:)?//\S+|www\.\S+|/\S+\.\w{{2,5}}|[^\s\"<>]+{_FILE}", re.IGNORECASE
)
"""https://…, //…, www.…, /uploads/a.mp3, a.mp3"""
_SOURCE = re.compile(r"<source\b[^<>]*\ssrc=[\"']([^\"'<>]+)[\"']")
# [audio:a.mp3,https://…/b.mp3|titles=Un,Deux]
_BETWEEN = re.compile(r"\s+|,(?=(?:https?:)?//|[^,/\s]+\.\w{3,4}(?:,|$))")
# url:https%3A%2F%2Fexemple.fr|title:Voir, manually,https://exemple.fr
_BUILT_LINK = re.compile(r"(?:.*\|)?url:(?P<url>[^|]*).*|manually,(?P<own>.*)")
# What page builders write for signs that would end a value.
_SIGNS = {"``": '"', "`{`": "[", "`}`": "]", "%22": '"', "%91": "[", "%93": "]"}
_LINKS = ("url", "link", "href", "button_url", "button_link", "link_url", "src")
_NUMBERED = (
    "ids", "include", "images", "gallery_ids", "image_ids", "image", "attachment", "image_id",
    "source",
)  # fmt: skip
# 1,2; media: 1, 2; 12|full
_NUMBERS = re.compile(r"(?:media:)?\s*[0-9]{1,18}(?:[\s,;]+[0-9]{1,18})*[\s,;]*(?:\|\w*)?")
# The attributes of a player or a button whose address is only its looks.
_LOOKS = re.compile(
    "(?:.*_)?(?:poster|splash|thumb.*|image.*|img|icon|logo|cover|background.*|class|style|css|target)"
)


def find_addresses(code: Shortcode) -> Iterator[str]:
    """Yield the addresses in a code, but those of its looks."""
    said = [value for key, value in code.attributes.items() if not _LOOKS.fullmatch(key)]
    content = (code.content or "").strip()
    said += [" ".join(code.values), "" if re.search(r"\s", content) else content]
    said += _SOURCE.findall(content)
    for value in said:
        for piece in html.unescape(value).split("|"):
            for each in map(_lead, _BETWEEN.split(piece.strip())):
                if ADDRESS.fullmatch(each):
                    address = re.sub(r"^www\.", "http://www.", each)
                    yield f"https:{address}" if address.startswith("//") else address


def find_place(code: Shortcode) -> str:
    """Return where what a code calls by a bare number or name is to be seen."""
    said = (code.attributes.get(key, "") for key in ("id", "poll", "username", "src", "url"))
    found = filter(None, (*said, *code.values[:1], (code.content or "").strip()))
    number = html.unescape(next(found, "")).partition("&")[0]
    place = PLACES.get(code.name) or PLACES.get(code.name.rpartition("_")[2], "")
    return place.format(number) if re.fullmatch(r"[\w/.@-]+", number) else ""


def say(code: Shortcode, *keys: str) -> str:
    """Return the first words there are under *keys*."""
    said = _first(code, keys)
    for written, sign in _SIGNS.items():
        said = said.replace(written, sign)
    return said


def _first(code: Shortcode, keys: Iterable[str]) -> str:
    return next(filter(None, (code.attributes.get(key, "") for key in keys)), "")


def find_link(code: Shortcode) -> str:
    """Return where a button leads, or nothing where it says no address."""
    found = (_lead(html.unescape(code.attributes.get(key, ""))) for key in _LINKS)
    return next(
        (each for each in found if re.match(r"(?:https?:)?//|www\.|/\S|mailto:|#\w", each)), ""
    )


def _lead(address: str) -> str:
    """Return an address as it is, of what a page builder writes for it."""
    built = _BUILT_LINK.fullmatch(address)
    return unquote(built["url"] or "") or built["own"] or "" if built else address


def find_numbers(code: Shortcode) -> list[int]:
    """Return the numbers of the pictures that a code names."""
    found = (code.attributes.get(key, "").strip() for key in _NUMBERED)
    return read_numbers(next(filter(_NUMBERS.fullmatch, found), "").partition("|")[0])


def read_numbers(text: str) -> list[int]:
    """Return the numbers in *text*."""
    return [int(each) for each in re.findall("[0-9]{1,18}", text)]
