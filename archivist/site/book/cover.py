"""The cover of a book, drawn: a title, and what is said under it."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from archivist.drawing import find_font, wrap

_SIZE = (1200, 1800)
_PAPER, _INK = "#1f4e8c", "#ffffff"
_MARGIN, _WIDTH = 120, 960
_TITLE, _BELOW, _LEADING = 128, 56, 1.2
_COLOURS = 32


def draw_cover(title: str, lines: tuple[str, ...]) -> bytes:
    """Return a PNG with *title* and *lines* under it."""
    image = Image.new("RGB", _SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    y = float(2 * _MARGIN)
    heavy = find_font(_TITLE, "Bold")
    light = find_font(_BELOW)
    for text, font in ((title, heavy), *((line, light) for line in lines)):
        for line in wrap(text, partial(pen.textlength, font=font), _WIDTH):
            pen.text((_MARGIN, y), line, font=font, fill=_INK)
            y += font.size * _LEADING
        if font is heavy:
            y += _MARGIN / 2
            pen.rectangle((_MARGIN, y, 2 * _MARGIN, y + 6), fill=_INK)
            y += _MARGIN / 2
    data = BytesIO()
    image.quantize(_COLOURS).save(data, "PNG", optimize=True)
    return data.getvalue()
