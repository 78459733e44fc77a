"""The bytes of a picture without what is not drawn: where, when, by whom and with what it was made.

Pixels stay as they are, and the colour profile. What was taken out is given too: it says how
the picture is to be turned, and what its maker should know of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from archivist.pictures.fault import PictureError
from archivist.pictures.gif import strip_gif
from archivist.pictures.jpeg import strip_jpeg
from archivist.pictures.parts import UNREADABLE, Stripped
from archivist.pictures.png import strip_png
from archivist.pictures.webp import strip_webp

_READERS: Mapping[str, tuple[re.Pattern[bytes], Callable[[bytes], Stripped]]] = {
    "JPEG": (re.compile(rb"\xff\xd8"), strip_jpeg),
    "PNG": (re.compile(rb"\x89PNG\r\n\x1a\n"), strip_png),
    "GIF": (re.compile(rb"GIF8[79]a(?s:.{7})"), strip_gif),
    "WEBP": (re.compile(rb"RIFF(?s:....)WEBP"), strip_webp),
}


def strip(kind: str, data: bytes) -> Stripped:
    """Return the picture in *data* stripped; *kind* is its format as Pillow calls it.

    Raises PictureError when it is of another kind.
    """
    begins, read = _READERS[kind]
    if not begins.match(data):
        raise PictureError(UNREADABLE)
    return read(data)
