"""A BagIt bag (RFC 8493): files with what proves that each is whole, and what they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

_HASH = "sha512"
_BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def list_bag(
    payload: Iterable[tuple[str, bytes]], info: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a bag, names and what they hold: those of *payload* first.

    *info* says what is in it; how much, it need not.
    """
    lines, size = [], 0
    for name, data in payload:
        lines.append(_tell(f"data/{name}", data))
        size += len(data)
        yield f"data/{name}", data
    told = {**info, "Payload-Oxum": f"{size}.{len(lines)}"}
    tags = {
        "bagit.txt": _BAGIT,
        "bag-info.txt": "".join(
            f"{name}: {' '.join(value.split())}\n" for name, value in told.items()
        ).encode(),
        f"manifest-{_HASH}.txt": "".join(lines).encode(),
    }
    yield from tags.items()
    yield f"tagmanifest-{_HASH}.txt", "".join(_tell(*tag) for tag in tags.items()).encode()


def _tell(name: str, data: bytes) -> str:
    """Return the line of a manifest; a name may hold no end of line as it is."""
    spelled = name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
    return f"{hashlib.new(_HASH, data).hexdigest()}  {spelled}\n"
