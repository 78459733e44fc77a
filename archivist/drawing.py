"""Letters for drawn pictures, the same on all machines: Source Sans Pro."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import ImageFont


@cache
def find_font(size: int, weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Return the font of *size* pixels; *weight* is `Regular`, `Semibold` or `Bold`."""
    path = files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf"
    # The other engine that lays letters out is not there on all machines.
    engine = ImageFont.Layout.BASIC
    return ImageFont.truetype(BytesIO(path.read_bytes()), size, layout_engine=engine)


def wrap(text: str, measure: Callable[[str], float], width: float) -> list[str]:
    """Return *text* in lines, none longer than *width* unless a single word is."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
