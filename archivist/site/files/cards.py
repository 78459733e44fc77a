"""The picture that goes with the address of a page where it is shared: a title and a date."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from urllib.parse import quote

import PIL
from PIL import Image, ImageDraw

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.drawing import find_font, wrap
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile
from archivist.site.site import Site
from archivist.site.text.images import find_shape

# As large as those who show them ask: https://ogp.me/
SIZE = (1200, 630)
_MARGIN = 90
_WIDTH = SIZE[0] - 2 * _MARGIN
_LINES = 5
# Where what stands below a title begins.
_FOOT = 440
_LARGEST, _SMALLEST, _SMALL, _SPACING = 84, 48, 40, 14
# Those of docs/_static/variables.css: the surface is the accent, the letters stand on it.
_GROUND, _LETTERS = (31, 78, 140), (255, 255, 255)
# From the one to the other; what stands below a title is a little paler.
_LIGHTEST, _LIGHT = 15, 13
# Changes when cards are drawn otherwise: they are kept from build to build.
_DRAWING = 2
_SPACES = " \u00a0"
_SHOWN = re.compile('<img [^>]*width="([0-9]+)" height="([0-9]+)"')
# What nobody who shows addresses refuses.
_SHARED, _SMALLEST_SHARED = (".png", ".jpg", ".jpeg", ".gif", ".webp"), 200
_find_font = partial(find_font, weight="Semibold")


@cache
def _is_drawn(sign: str) -> bool:
    """Tell whether the font has *sign*; what it has not, it draws as a box."""
    mask = _find_font(_SMALL).getmask
    return sign in _SPACES or (sign.isprintable() and bytes(mask(sign)) != bytes(mask("\uffff")))


def _clean(text: str) -> str:
    return "".join(filter(_is_drawn, text.replace("\u202f", "\u00a0")))


def _find_end(lines: int, size: int) -> int:
    """Return the first row below a title, whose letters reach a little below their line."""
    return _MARGIN + lines * (size + _SPACING) + _SPACING


def _fit(text: str) -> tuple[str, int]:
    """Return *text* in lines, and the largest size in which they fit; a long one is cut."""
    for size in range(_LARGEST, _SMALLEST, -6):
        lines = wrap(text, _find_font(size).getlength, _WIDTH)
        if _find_end(len(lines), size) <= _FOOT:
            return "\n".join(lines), size
    lines = wrap(text, _find_font(_SMALLEST).getlength, _WIDTH)
    return "\n".join(lines[:_LINES]) + "…" * (len(lines) > _LINES), _SMALLEST


@lru_cache(maxsize=16)
def _draw(text: str, size: int, shade: int, height: int, *, base: int = 0) -> tuple[bytes, bytes]:
    """Return rows of a picture with *text*, as they are and compressed; most are drawn once.

    A row is a byte that says how it is written, 0, and its pixels, two a byte.
    """
    picture = Image.new("L", (SIZE[0] + 2, height))
    where, anchor = (_MARGIN + 2, base or _MARGIN), "ls" if base else None
    draw = ImageDraw.Draw(picture)
    draw.text(where, text, shade, _find_font(size), anchor, spacing=_SPACING)
    picture.putpalette(_list_shades())
    rows = picture.tobytes("raw", "P;4")
    # A higher level takes twice as long for a tenth less.
    packer = zlib.compressobj(2, wbits=-zlib.MAX_WBITS)
    return rows, packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)


@cache
def _list_shades() -> bytes:
    pairs = list(zip(_GROUND, _LETTERS, strict=True))
    return bytes(round(a + (b - a) * n / _LIGHTEST) for n in range(_LIGHTEST + 1) for a, b in pairs)


def _write_chunk(kind: bytes, data: bytes) -> bytes:
    told = kind + data
    return len(data).to_bytes(4, "big") + told + zlib.crc32(told).to_bytes(4, "big")


def _write_png(strips: list[tuple[bytes, bytes]]) -> bytes:
    """Return the picture whose rows are those of *strips*, as https://www.w3.org/TR/png-3/ says."""
    check = zlib.adler32(b"")
    for rows, _ in strips:
        check = zlib.adler32(rows, check)
    packed = b"".join(packed for _, packed in strips)
    head = b"".join(side.to_bytes(4, "big") for side in SIZE) + bytes((4, 3, 0, 0, 0))
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        _write_chunk(b"IHDR", head),
        _write_chunk(b"PLTE", _list_shades()),
        # What begins a stream, its blocks, an empty one that is the last.
        _write_chunk(b"IDAT", b"\x78\x01" + packed + b"\x03\x00" + check.to_bytes(4, "big")),
        _write_chunk(b"IEND", b""),
    ))  # fmt: skip


def draw_card(title: str, below: str, site: str) -> bytes:
    """Return the picture of a page, in PNG: its *title*, what stands *below* it, the *site*."""
    text, size = _fit(_clean(title))
    end = _find_end(text.count("\n") + 1, size)
    return _write_png([
        _draw(text, size, _LIGHTEST, end),
        _draw("", size, _LIGHTEST, _FOOT - end),
        _draw(_clean(below), _SMALL, _LIGHT, 55, base=40),
        _draw(_clean(site), _SMALL, _LIGHT, SIZE[1] - _FOOT - 55, base=45),
    ])  # fmt: skip


def name_card(title: str, below: str, site: str) -> str:
    """Return the file of that picture, below the output; another picture has another."""
    drawn = (PIL.__version__, zlib.ZLIB_RUNTIME_VERSION, _DRAWING)
    told = repr((title, below, site, *drawn)).encode()
    return f"{owned.CARDS}/{hashlib.sha256(told).hexdigest()[:16]}.png"


def describe_card(site: str, post: Post | None = None) -> tuple[str, str, str]:
    """Return what is on the card of *post*, or of all other pages of a *site*, by its name."""
    return (post.title, spell_date(post.shown_date), site) if post else (site, "", "")


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """What stands for a post where its address is shared; *words* say what it shows, if any do."""

    address: str
    words: str
    size: tuple[int, int]


def _measure(site: Site, post: Post) -> tuple[int, int] | None:
    """Return how large the picture of *post* is: its page says, unless its text begins with it."""
    told = _SHOWN.search(site.fragments[post.docname].featured)
    return (
        (int(told[1]), int(told[2])) if told else find_shape(site.docs / post.featured_image).size
    )


def _find_picture(site: Site, post: Post) -> SharedPicture | None:
    name = site.images.get(post.featured_image, "")
    size = _measure(site, post) if name.lower().endswith(_SHARED) else None
    if not size or min(size) < _SMALLEST_SHARED:
        return None
    return SharedPicture(f"_images/{quote(name)}", post.featured_alt, size)


def find_pictures(site: Site) -> dict[str, SharedPicture]:
    """Return the picture of the header of each post, by docname, where others can show it.

    Its address is that below the root.
    """
    posts = site.library.posts if site.base_url else ()
    found = ((post.docname, _find_picture(site, post)) for post in posts)
    return {docname: picture for docname, picture in found if picture}


def list_cards(site: Site) -> Iterator[SiteFile]:
    """Yield the cards, which only pages with a whole address name: those of posts without picture."""
    shown = site.once(find_pictures)
    posts = (post for post in site.library.posts if post.docname not in shown)
    described = (describe_card(site.name, post) for post in (None, *posts))
    cards = {name_card(*told): told for told in described}
    for name, told in cards.items() if site.base_url else ():
        yield SiteFile(name, partial(draw_card, *told), is_fixed=True)
