"""A WARC (ISO 28500:2017): what answered at each address, as web archives keep and replay it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What answers at *address*; where it is the same as at another, *like* names that."""

    address: str
    status: str = "200 OK"
    headers: Mapping[str, str] = field(default_factory=dict)
    data: bytes = b""
    like: str = ""


def write_warc(
    path: Path, date: str, about: Mapping[str, str], answers: Iterable[Answered]
) -> None:
    """Write *answers* in their order into the file *path*; one that is like another comes after it.

    The same on the same *date*, as 2026-11-27T12:00:00Z, make the same bytes. *about* says of the
    file who wrote it, and of what.
    """
    told = "".join(f"{name}: {value}\r\n" for name, value in about.items()).encode()
    digests: dict[str, str] = {}
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        named = {"WARC-Filename": path.name, **_name(path.name, date)}
        writer.write_record(
            writer.create_warc_record(
                "", "warcinfo", BytesIO(told), len(told), warc_headers_dict=named
            )
        )
        for answer in answers:
            record = _record(writer, answer, _name(answer.address, date), digests)
            digest = record.rec_headers.get_header("WARC-Payload-Digest")
            digests.setdefault(answer.address, digest)
            writer.write_record(record)


def _name(address: str, date: str) -> dict[str, str]:
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{date} {address}")
    return {"WARC-Record-ID": f"<urn:uuid:{name}>", "WARC-Date": date}


def _record(
    writer: WARCWriter, answer: Answered, named: dict[str, str], digests: Mapping[str, str]
) -> ArcWarcRecord:
    size = {} if answer.like else {"Content-Length": str(len(answer.data))}
    headers = StatusAndHeaders(
        answer.status, list({**answer.headers, **size}.items()), protocol="HTTP/1.1"
    )
    more = {"http_headers": headers, "warc_headers_dict": named}
    if answer.like:
        digest, date = digests[answer.like], named["WARC-Date"]
        return writer.create_revisit_record(answer.address, digest, answer.like, date, **more)
    data = BytesIO(answer.data)
    return writer.create_warc_record(answer.address, "response", data, len(answer.data), **more)
