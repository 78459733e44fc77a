"""Short keys, by which what is shown is told from what the last build showed."""

from __future__ import annotations

import hashlib

LENGTH = 8  # bytes
_NOTHING = bytes(LENGTH)


def take_key(*parts: object) -> bytes:
    """Return a key of *parts*, of all that they say of themselves."""
    data = repr(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=LENGTH).digest()


def find_key(value: object) -> bytes:
    """Return the key that *value* has, else one made of its parts, or of all that it says."""
    key = getattr(value, "key", None)
    if isinstance(key, bytes):
        return key
    if value is None or value in ("", ()):
        return _NOTHING
    return take_key(*map(find_key, value)) if isinstance(value, tuple) else take_key(value)
