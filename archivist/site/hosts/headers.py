"""What hosts are to send with each file: the policy, its media type, how long it may be kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archivist.addresses import owned
from archivist.files import CHECKSUMS
from archivist.site.files.styles import HEADER_POLICY, write_policy

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": write_policy(HEADER_POLICY),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What is sent with every file."""

_UTF8 = "; charset=utf-8"
TYPES: Mapping[str, str] = {
    owned.BIBTEX: f"application/x-bibtex{_UTF8}",
    owned.RIS: f"application/x-research-info-systems{_UTF8}",
    owned.CSL: "application/vnd.citationstyles.csl+json",
    ".csv": f"text/csv{_UTF8}",
    ".epub": "application/epub+zip",
    ".opml": "text/x-opml",
    ".webmanifest": "application/manifest+json",
    "atom.xml": "application/atom+xml",
    "/feed.json": "application/feed+json",
    "/opensearch.xml": "application/opensearchdescription+xml",
    ".schema.json": "application/schema+json",
    f"/{CHECKSUMS}": f"text/plain{_UTF8}",
}
"""The media type of what hosts do not know, by how the address ends."""
_OFFICE = "application/vnd.oasis.opendocument."
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_USUAL: Mapping[str, str] = {
    ".css": f"text/css{_UTF8}", ".docx": f"{_OPEN_XML}wordprocessingml.document",
    ".gif": "image/gif", ".html": f"text/html{_UTF8}", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
    ".js": f"text/javascript{_UTF8}", ".json": "application/json", ".mp3": "audio/mpeg",
    ".mp4": "video/mp4", ".odp": f"{_OFFICE}presentation", ".ods": f"{_OFFICE}spreadsheet",
    ".odt": f"{_OFFICE}text", ".ogg": "audio/ogg", ".pdf": "application/pdf", ".png": "image/png",
    ".pptx": f"{_OPEN_XML}presentationml.presentation", ".svg": "image/svg+xml",
    ".txt": f"text/plain{_UTF8}", ".webm": "video/webm", ".webp": "image/webp",
    ".xlsx": f"{_OPEN_XML}spreadsheetml.sheet", ".xml": "application/xml",
    ".zip": "application/zip",
}  # fmt: skip
PACKED = (
    "text/css", "text/javascript", "application/javascript", "text/plain", "text/xml",
    "application/json", "application/xml", "image/svg+xml",
    *sorted({each.removesuffix(_UTF8) for each in TYPES.values()} - {TYPES[".epub"], "text/plain"}),
)  # fmt: skip
"""The media types that are smaller when they are compressed, beside HTML."""

LONG = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
ASKED = "no-cache"
"""How long a file may be kept: for ever where its name tells what it holds, a moment, or no longer
than the host says that it is the same."""
NAMED = (f"{owned.CARDS}/", f"{owned.SEARCH_FOLDER}/texts/", f"{owned.SEARCH_FOLDER}/words/")
"""The folders whose files have other names when they hold something else."""
VERSIONED = ("_static/*.css", "_static/page.js")
"""What pages name with `?v=` and what it holds, for hosts that see no query."""
INDEX = f"{owned.SEARCH_FOLDER}/settings.json"
"""What names all the others of the search: an old one would lead to files that are gone."""


def find_type(name: str) -> str:
    """Return the media type of the file *name*."""
    ends = (kind for end, kind in {**TYPES, **_USUAL}.items() if f"/{name}".endswith(end))
    return next(ends, "application/octet-stream")


def write_long(root: str, before: str = "") -> str:
    """Return a pattern of what may be kept for ever: the path, `?`, and what `v` says, *before* it."""
    return rf"^{re.escape(root)}(?:(?:{'|'.join(NAMED)})|_(?:search|static)/[^?]+[?]{before}[0-9a-f]{{8}}$)"
