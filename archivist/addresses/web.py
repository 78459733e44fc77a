"""Addresses of the web: as a writer types them, and the one name that the ledger gives each."""

from __future__ import annotations

import ipaddress
import posixpath
import re
from collections.abc import Container
from urllib.parse import SplitResult, urlsplit, urlunsplit

from markdown_it.common.normalize_url import normalizeLink

SCHEMES = frozenset({"http", "https"})
# `https:`, `mailto:`
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def find_scheme(text: str) -> str:
    """Return what an address begins with, as `https`, or nothing for a path."""
    found = _SCHEME.match(text)
    return found[1] if found else ""


def split_address(text: str) -> SplitResult | None:
    """Return the parts of an address, or nothing when it has none."""
    try:
        return urlsplit(text)
    except ValueError:
        return None


def resolve_path(docname: str, path: str) -> str:
    """Return the file below docs/ that *path*, written in the document *docname*, means."""
    folder = "" if path.startswith("/") else posixpath.dirname(docname)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def find_address_fault(address: str, schemes: Container[str]) -> str:
    """Return why other readers cannot open an outside *address*, in French, or nothing."""
    scheme, parts = find_scheme(address), split_address(address)
    if scheme and scheme not in schemes:
        return f"adresse « {address} » interdite : écrivez https://…, ou mailto:…"
    if scheme in {"", "http", "https"} and (not scheme or parts is None or not parts.hostname):
        return f"adresse incomplète « {address} » : écrivez https://exemple.fr/…"
    if parts and parts.hostname and _is_private(parts.hostname):
        return f"« {address} » ne s’ouvre que chez vous : donnez l’adresse publique."
    return ""


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".internal"))


def name_address(text: str) -> str:
    """Return an outside address, one for all ways of writing it; nothing if it is none.

    `https://Exemple.fr/été#ici` is `https://exemple.fr/%C3%A9t%C3%A9`. One that names its reader,
    or a machine that others cannot reach, is none.
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
    one, two = (
        each.partition("://")[2].removeprefix("www.").rstrip("/") for each in (address, other)
    )
    return one == two
