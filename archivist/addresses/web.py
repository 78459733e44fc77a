"""Addresses of the web: as a writer types them, and the one name that the ledger gives each."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from pathlib import PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from markdown_it.common.normalize_url import normalizeLink

from archivist.addresses.machines import is_public_host, read_host

SCHEMES = frozenset({"http", "https"})
# exemple.fr, transport.data.gouv.fr/jeux
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu|info|io|be|ch|ca|lu|re|nc|pf|gov|gouv|int|edu|bzh|alsace"
    r"|paris|corsica|tech|blog|social|coop|app|dev|tv|uk|de|it|es)(?:[/?#:]|$)",
    re.IGNORECASE,
)
# `https:`, `mailto:`
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def looks_outside(path: str) -> bool:
    """Tell whether *path* looks like the address of another site without its `https://`."""
    return path.startswith("www.") or bool(_DOMAIN.match(path))


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


def point_to(docname: str, target: str) -> str:
    """Return the path by which the document *docname* means *target*, below docs/ too."""
    return posixpath.relpath(target, posixpath.dirname(docname) or ".")


def find_address_fault(address: str, schemes: Container[str]) -> str:
    """Return why other readers cannot open an outside *address*, in French, or nothing."""
    scheme, parts = find_scheme(address), split_address(address)
    if scheme.lower() == "file" or len(scheme) == 1:
        return f"« {address} » est un fichier de votre ordinateur : copiez-le à côté du billet."
    if scheme and scheme not in schemes:
        return f"adresse « {address} » interdite : écrivez https://…, ou mailto:…"
    if scheme in {"", "http", "https"} and (not scheme or parts is None or not parts.hostname):
        return f"adresse incomplète « {address} » : écrivez https://exemple.fr/…"
    return _find_host_fault(address, parts) if parts and parts.hostname else ""


def _find_host_fault(address: str, parts: SplitResult) -> str:
    """Return how the host of *address* lies, or why it is not there for all, in French."""
    host, read = parts.hostname or "", read_host(parts.hostname or "")
    if "@" in parts.netloc:
        # `https://service-public.fr@exemple.fr/` is at exemple.fr.
        told = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return f"« {address} » cache où elle mène avant « @ » : écrivez {told}."
    if not is_public_host(host):
        return f"« {address} » ne s’ouvre que chez vous : donnez l’adresse publique."
    if read[:1].isdigit() and read[-1:].isdigit() and read != host:
        return f"« {address} » cache où elle mène : écrivez {read} à la place de {host}."
    return ""


def name_address(text: str) -> str:
    """Return an outside address, one for all ways of writing it; nothing if it is none.

    `https://Exemple.fr/été#ici` is `https://exemple.fr/%C3%A9t%C3%A9`. One that names its reader,
    or a machine that others cannot reach, is none.
    """
    address = normalizeLink(text.strip())
    parts = split_address(address)
    if parts is None or parts.scheme not in SCHEMES:
        return ""
    if find_address_fault(address, SCHEMES):
        return ""
    return urlunsplit(parts._replace(netloc=parts.netloc.lower(), fragment=""))


def find_host(address: str) -> str:
    """Return the host that answers at *address*."""
    parts = split_address(address)
    return (parts.hostname or "") if parts else ""


def name_host(address: str) -> str:
    """Return the host that answers at *address*, with and without `www.` the same."""
    return find_host(address).removeprefix("www.")


def find_server(address: str) -> str:
    """Return the host that answers at *address*, and the port where it does so elsewhere."""
    parts = split_address(address)
    return parts.netloc.rpartition("@")[2].lower() if parts else ""


def is_same_place(address: str, other: str) -> bool:
    """Tell whether two addresses differ by no more than https, `www.` or a final slash."""
    one, two = (
        each.partition("://")[2].removeprefix("www.").rstrip("/") for each in (address, other)
    )
    return one == two


def name_picture(address: str) -> str:
    """Return what the file at *address* is called, as words."""
    stem = PurePosixPath(urlsplit(address).path).stem
    return " ".join(re.split(r"[-_\s]+", unquote(stem))).strip() or "image"
