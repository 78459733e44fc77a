"""What readers of each format share: what is left of a picture, and what was taken out."""

from __future__ import annotations

from dataclasses import dataclass, field

from archivist.pictures.fault import PictureError
from archivist.syntax.limits import LARGEST_PROFILE, MOST_PICTURE_PARTS

UNREADABLE = "est illisible : enregistrez-la à nouveau, en PNG ou en JPEG."
EXIF, XMP, IPTC, TEXT, REMARK = "exif", "xmp", "iptc", "text", "remark"


@dataclass(slots=True)
class Stripped:
    """A picture while what is drawn of it is put together."""

    parts: list[bytes] = field(default_factory=list)
    frames: int = 0
    scans: int = 0
    """How often its pixels are gone through: a JPEG may say a little of all, many times."""
    removed: dict[str, list[bytes]] = field(default_factory=dict)
    """What was taken out, by its kind."""
    steps: int = 0

    def step(self) -> None:
        """Go on to the next part; a picture of too many is none that a program made."""
        self.steps += 1
        if self.steps > MOST_PICTURE_PARTS:
            raise PictureError(UNREADABLE)

    @property
    def data(self) -> bytes:
        """What is left."""
        return b"".join(self.parts)

    def remove(self, kind: str, data: bytes) -> None:
        """Take *data* out."""
        self.removed.setdefault(kind, []).append(data)


def check_profile(profile: bytes) -> bytes:
    """Return a colour profile, or nothing where it is none (https://www.color.org/ICC1v43.pdf)."""
    length = int.from_bytes(profile[:4])
    is_one = profile[36:40] == b"acsp" and 128 <= length <= min(len(profile), LARGEST_PROFILE)  # noqa: PLR2004
    return profile[:length] if is_one else b""
