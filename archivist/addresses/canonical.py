"""Addresses of other sites, as the ledger names them: one for all ways of writing it."""

from __future__ import annotations

from urllib.parse import urlunsplit

from markdown_it.common.normalize_url import normalizeLink

from archivist.addresses.web import find_address_fault, split_address

SCHEMES = frozenset({"http", "https"})


def name_address(text: str) -> str:
    """Return an outside address without the part of the page it ends with; nothing if it is none.

    One that names its reader, or a machine that others cannot reach, is none.
    """
    address = normalizeLink(text.strip())
    parts = split_address(address)
    if parts is None or parts.scheme not in SCHEMES or "@" in parts.netloc:
        return ""
    if find_address_fault(address, SCHEMES):
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.lower(), fragment=""))


def find_host(address: str) -> str:
    """Return the host that answers at *address*."""
    parts = split_address(address)
    return (parts.hostname or "") if parts else ""


def is_same_place(address: str, other: str) -> bool:
    """Tell whether two addresses differ by no more than https, `www.` or a final slash."""
    return _bare(address) == _bare(other)


def _bare(address: str) -> str:
    _, _, rest = address.partition("://")
    return rest.removeprefix("www.").rstrip("/")
