"""The picture that goes with the address of a page where it is shared: a title and a date."""

from __future__ import annotations

import hashlib
import io
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import PIL
from PIL import Image, ImageDraw

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.drawing import find_font, wrap
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import ImageFont
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.builder import ArchiveBuilder

FOLDER = owned.CARDS
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
        lines = wrap(text, _find_font(size).getlength, _WIDTH)
        if len(lines) <= _LINES - (size > (_LARGEST + _SMALLEST) // 2):
            return "\n".join(lines), _find_font(size)
    lines = wrap(text, _find_font(_SMALLEST).getlength, _WIDTH)
    cut = lines[:_LINES]
    return "\n".join(cut) + "…" * (len(lines) > _LINES), _find_font(_SMALLEST)


def draw_card(title: str, below: str, site: str) -> bytes:
    """Return the picture of a page, in PNG: its *title*, what stands *below* it, the *site*."""
    picture = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(picture)
    text, font = _fit(_clean(title))
    draw.multiline_text((_MARGIN, _MARGIN), text, fill=255, font=font, spacing=14)
    foot, small = SIZE[1] - _MARGIN, _find_font(_SMALL)
    draw.text((_MARGIN, foot - 60), _clean(below), fill=215, font=small, anchor="ls")
    draw.text((_MARGIN, foot), _clean(site), fill=215, font=small, anchor="ls")
    shades = (
        round(ground + (ink - ground) * level / 255)
        for level in range(256)
        for ground, ink in zip(_GROUND, _LETTERS, strict=True)
    )
    picture.putpalette(list(shades))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def name_card(title: str, below: str, site: str) -> str:
    """Return the file of that picture, below the output; another picture has another."""
    told = repr((title, below, site, PIL.__version__, _DRAWING))
    return f"{FOLDER}/{hashlib.sha256(told.encode()).hexdigest()[:16]}.png"


def describe_cards(app: Sphinx) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield what is on the card of each post, by docname, and first, by none, on that of others."""
    site = app.config.project
    yield "", (site, "", "")
    for entry in find_register(app).entries:
        yield entry.post.docname, (entry.title, spell_date(entry.post.shown_date), site)


def _draw_kept(told: tuple[str, str, str], kept: Path | None) -> bytes:
    """Return a card; *kept* is where it is from an earlier build, if that drew it."""
    if kept is None:
        return draw_card(*told)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(draw_card(*told))
        part.replace(kept)
    return kept.read_bytes()


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Draw the cards, which only pages with a whole address name."""
    if exception or not prints_site(app) or not app.config.html_baseurl:
        return
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    pictures = app.config.archive_pictures
    cache_folder = Path(pictures).with_name("cards") if pictures else None
    names = set()
    for _, told in describe_cards(app):
        name = name_card(*told)
        names.add(Path(name).name)
        kept = cache_folder / Path(name).name if cache_folder else None
        if not Path(app.outdir, name).exists():
            builder.write_file(name, _draw_kept(told, kept))
        builder.files.add(name)
    for path in cache_folder.iterdir() if cache_folder and cache_folder.exists() else ():
        if path.name not in names:
            path.unlink()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.text.images")
    app.connect("build-finished", on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
