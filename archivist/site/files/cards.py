"""The picture that goes with the address of a page where it is shared: a title and a date."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import PIL
from PIL import Image, ImageDraw, ImageFont

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.drawing import find_font, wrap
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile, keep
from archivist.site.site import Site

# As large as those who show them ask: https://ogp.me/
SIZE = (1200, 630)
_MARGIN = 90
_WIDTH = SIZE[0] - 2 * _MARGIN
_LINES = 5
_LARGEST, _SMALLEST, _SMALL = 84, 48, 40
# Those of docs/_static/variables.css: the surface is the accent, the letters stand on it.
_GROUND, _LETTERS = (31, 78, 140), (255, 255, 255)
# Changes when cards are drawn otherwise: they are kept from build to build.
_DRAWING = 1
_SPACES = " \u00a0"
_find_font = partial(find_font, weight="Semibold")


@cache
def _is_drawn(sign: str) -> bool:
    """Tell whether the font has *sign*; what it has not, it draws as a box."""
    mask = _find_font(_SMALL).getmask
    return sign in _SPACES or (sign.isprintable() and bytes(mask(sign)) != bytes(mask("\uffff")))


def _clean(text: str) -> str:
    return "".join(filter(_is_drawn, text.replace("\u202f", "\u00a0")))


def _fit(text: str) -> tuple[str, ImageFont.FreeTypeFont]:
    """Return *text* in lines, and the largest font in which they fit; a long one is cut."""
    for size in range(_LARGEST, _SMALLEST, -6):
        font = _find_font(size)
        lines = wrap(text, font.getlength, _WIDTH)
        if len(lines) <= _LINES - (size > (_LARGEST + _SMALLEST) // 2):
            return "\n".join(lines), font
    font = _find_font(_SMALLEST)
    lines = wrap(text, font.getlength, _WIDTH)
    return "\n".join(lines[:_LINES]) + "…" * (len(lines) > _LINES), font


def draw_card(title: str, below: str, site: str) -> bytes:
    """Return the picture of a page, in PNG: its *title*, what stands *below* it, the *site*."""
    picture = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(picture)
    text, font = _fit(_clean(title))
    draw.multiline_text((_MARGIN, _MARGIN), text, fill=255, font=font, spacing=14)
    foot, small = SIZE[1] - _MARGIN, _find_font(_SMALL)
    draw.text((_MARGIN, foot - 60), _clean(below), fill=215, font=small, anchor="ls")
    draw.text((_MARGIN, foot), _clean(site), fill=215, font=small, anchor="ls")
    pairs = list(zip(_GROUND, _LETTERS, strict=True))
    shades = [round(low + (high - low) * n / 255) for n in range(256) for low, high in pairs]
    picture.putpalette(shades)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def name_card(title: str, below: str, site: str) -> str:
    """Return the file of that picture, below the output; another picture has another."""
    told = repr((title, below, site, PIL.__version__, _DRAWING)).encode()
    return f"{owned.CARDS}/{hashlib.sha256(told).hexdigest()[:16]}.png"


def describe_card(site: str, post: Post | None = None) -> tuple[str, str, str]:
    """Return what is on the card of *post*, or of all other pages of a *site*, by its name."""
    return (post.title, spell_date(post.shown_date), site) if post else (site, "", "")


def list_cards(site: Site) -> Iterator[SiteFile]:
    """Yield the cards, which only pages with a whole address name; those kept are used again."""
    folder = site.plan.cache / "cards" if site.plan.cache else None
    described = (describe_card(site.name, post) for post in (None, *site.library.posts))
    cards = {name_card(*told): told for told in described}
    for name, told in cards.items() if site.base_url else ():
        kept = folder / Path(name).name if folder else None
        yield SiteFile(name, partial(keep, kept, partial(draw_card, *told)), is_fixed=True)
    if site.base_url and folder and folder.exists():
        for path in folder.iterdir():
            if f"{owned.CARDS}/{path.name}" not in cards:
                path.unlink()
