"""Addresses as blogs have them, read as a browser does, or by the one reading that they have."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from archivist.addresses.web import looks_outside

# “https://…”, %22https://…%22, <https://…>
_QUOTES = '["“”„‟‘’«»<>]|%22|%E2%80%9[89A-F]|%C2%(?:AB|BB)'
_BLANKS = r"[\s\u200b\u2060\ufeff]|%E2%80%8B"
_QUOTED = re.compile(rf"(?i)(?:{_BLANKS})*(?:(?:{_QUOTES})+)(.+?)(?:{_QUOTES}|{_BLANKS})*")
_AROUND = re.compile(rf"(?i)^(?:{_BLANKS})+|(?:{_BLANKS})+$")
# http://http://, htpp://, http//, http;//, http:\, feed:http://
_WEB = re.compile(
    r"(?i)(?:feed:(?://)?)?(?:h{0,2}t{1,3}p{1,2}(s?)(?:[:;]?[/\\]{2,}|[:;][/\\])\s*)+(?=[^\s/\\?#])"
)
_FEED = re.compile("(?i)feed://")
_HOST = re.compile(r"[^/\\?#]*")
_OTHER = re.compile(r"(?i)(mailto|tel)\s*:(?://)?(?:\s|%20)*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# No page shows them, wherever they are.
_UNSEEN = re.compile(r"[\u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")


def repair_address(text: str) -> str:
    """Return the address that *text* means; as it stands where that is not sure."""
    quoted = _QUOTED.fullmatch(text)
    text = _AROUND.sub("", re.sub(r"[\t\n\r]", "", quoted[1] if quoted else text))
    text = _UNSEEN.sub(lambda found: quote(found[0]), _FEED.sub("http://", text))
    if found := _WEB.match(text):
        return f"http{found[1].lower()}://{_repair_rest(text[found.end() :])}"
    if text.startswith("//"):
        return f"//{_repair_rest(text[2:])}"
    if found := _OTHER.match(text):
        scheme, rest = found[1].lower(), text[found.end() :]
        return f"{scheme}:{re.sub(' |%20', '', rest) if scheme == 'tel' else rest}"
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    return f"http://{_repair_rest(text)}" if looks_outside(text) else text


def _repair_rest(text: str) -> str:
    """Return what follows `https://`, its host in ASCII."""
    host = _HOST.match(text)[0]  # type: ignore[index]
    path, sign, query = re.fullmatch(r"(?s)([^?#]*)([?#]?)(.*)", text[len(host) :]).groups()  # type: ignore[union-attr]
    named = re.sub(r"\s", "", unquote(host)) if " " in host or "%" in host else host
    if not named.isascii():
        labels = unicodedata.normalize("NFKC", named).lower().split(".")
        named = ".".join(map(_to_ascii, labels))
    return named + path.replace("\\", "/") + sign + query


def _to_ascii(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"
