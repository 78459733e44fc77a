"""What a server's answer says: where it leads, how long to wait, what went wrong.

A stranger wrote all of it: what cannot be is as good as not said.
"""

from __future__ import annotations

import http.client
import socket
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

import requests
import urllib3
from markdown_it.common.normalize_url import normalizeLink
from requests.structures import CaseInsensitiveDict
from urllib3.util import Retry

from archivist.links.connection import PrivateError

LATER = "later"
"""The trouble of an address whose host wants to be left alone for now."""
LARGE = "large"
"""That of an answer that is longer than it may be."""
SURPRISE = "surprise"
"""That of an address where something went wrong that nobody thought of."""
LONGEST_ADDRESS = 4000
"""How many signs a server may lead to."""
_PIECE = 65_536  # bytes, read at a time
_BUSY = frozenset({429, 503})
_UNKNOWN_NAMES = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_TROUBLES: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateError, "private"),
    (requests.exceptions.SSLError, "tls"),
    (requests.exceptions.Timeout, "timeout"),
    (TimeoutError, "timeout"),
    # What was cut, which the next would take for an answer that cannot be read.
    (ConnectionError, "network"),
    (http.client.IncompleteRead, "network"),
    (http.client.HTTPException, "answer"),
    (urllib3.exceptions.InvalidHeader, "answer"),
)
# PrivateError is a ValueError.
FAILURES = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came of asking: the status of what is there in the end, or the trouble."""

    address: str
    """Where the redirections led."""
    status: int = 0
    trouble: str = ""
    """One of TROUBLES, LATER, LARGE, or SURPRISE."""
    surprise: str = ""
    """The class of what nobody thought of."""
    is_permanent: bool = False
    """Whether each server on the way said that it moved for good."""
    headers: Mapping[str, str] = field(default_factory=CaseInsensitiveDict)
    body: bytes = b""
    """What is there, or as much of it as came, where it was asked for."""


def read_body(response: requests.Response, most: int) -> tuple[bytes, str]:
    """Return what came, no more than *most* bytes, and what kept the rest from it."""
    if (response.raw.length_remaining or 0) > most:
        return b"", LARGE
    body = bytearray()
    try:
        while piece := response.raw.read(_PIECE, decode_content=False):
            body += piece
            if len(body) > most:
                return b"", LARGE
    except FAILURES as error:
        return bytes(body), name_trouble(error)
    return bytes(body), ""


def lead_on(address: str, location: str) -> str:
    """Return where the *location* that the server of *address* says leads; nothing if nowhere.

    It is read as browsers read it, but for a name and a password, which nobody asked for.
    """
    if len(location) > LONGEST_ADDRESS:
        return ""
    try:
        said = location.encode("latin-1")
        try:
            text = said.decode()
        except UnicodeDecodeError:
            text = quote(said, safe=string.punctuation)
        parts = urlsplit(normalizeLink(urljoin(address, text)))
    except ValueError:
        return ""
    netloc = parts.netloc.rpartition("@")[2]
    found = parts._replace(netloc=netloc, fragment="").geturl()
    return found if len(found) <= LONGEST_ADDRESS else ""


def read_retry_after(status: int, headers: Mapping[str, str], backoff: float) -> float | None:
    """Return the seconds to wait before a retry, *backoff* if the server says none.

    None where the answer is one. What `Retry-After` says: RFC 9110, 10.2.3.
    """
    if status not in _BUSY:
        return None
    try:
        # `120`, `Wed, 21 Oct 2015 07:28:00 GMT`
        return Retry(retry_after_max=999_999_999).parse_retry_after(headers.get("Retry-After", ""))
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return backoff


def name_trouble(error: BaseException) -> str:
    """Return which of TROUBLES kept a server from answering."""
    causes = list(_list_causes(error))
    for kind, trouble in _TROUBLES:
        if any(isinstance(cause, kind) for cause in causes):
            return trouble
    if any(isinstance(each, socket.gaierror) and each.errno in _UNKNOWN_NAMES for each in causes):
        return "name"
    return "address" if any(isinstance(cause, ValueError) for cause in causes) else "network"


def _list_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield *error*, what it wraps, and what that comes from."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            inner = [getattr(each, "reason", None), each.__cause__, each.__context__, *each.args]
            waiting += [one for one in inner if isinstance(one, BaseException)]
