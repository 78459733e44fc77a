"""Pagefind's index of the copies: run its binary, keep of its files what the search loads.

Written against Pagefind 1.5.2; ``tests/search/test_pagefind.py`` fails when what is used
here changes. See https://pagefind.app/docs/py-api/ for its service, of which the library's
own client waits a tenth of a second for every page.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import math
import os
import string
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cbor2
from pagefind.service import get_executable

from archivist.files import decompress, pack_gzip
from archivist.search.article import Indexed
from archivist.search.marks import hide, mark_text

# Begins each of its compressed files.
_SIGNATURE = b"pagefind_dcd"
# No language it knows: it would cut words to stems, and we have words.
_LANGUAGE = "zxx"
# Postings to a file of the index, for one page: what a word of a query costs, against the
# length of the list of files, which every search loads. Both grow as the root of the pages.
_CHUNK_SIZE = 24
_LEAST_CHUNK_SIZE = 400
# The words of every page, said to be as many: their true number weighs more in the list of
# pages than it is worth in the order of results, which was measured to be as good without.
_LENGTH = 256
# In the order of their codes, which is that of the names.
_DIGITS = string.digits + string.ascii_lowercase
_ENTRY = "pagefind-entry.json"
_KEPT = ("pagefind.js", "wasm.unknown.pagefind")


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexedPage:
    """What the index knows of a page: *url* is seen from the site's root.

    *shown* is told with a result, *facets* narrow a search; *weight* is its own among pages.
    """

    url: str
    reading: Indexed
    shown: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    weight: float = 1


class IndexingError(Exception):
    """Pagefind did not index the site; the message is its own."""


def write_copy(page: IndexedPage) -> str:
    """Return the copy of *page*, an HTML document that only Pagefind reads."""
    told = {"title": mark_text(page.reading.title)}
    told |= {name: hide(text) for name, text in page.shown.items()}
    head = "\n".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(text)}">'
        for name, text in told.items()
    )
    weight = f' data-pagefind-weight="{page.weight}"' if page.weight != 1 else ""
    return (
        f"<!doctype html><html><head>{head}</head>"
        f"<body data-pagefind-body{weight}>{decompress(page.reading.copy)}</body></html>"
    )


def _requests(pages: Sequence[IndexedPage]) -> Iterator[dict[str, Any]]:
    config = {"force_language": _LANGUAGE, "keep_index_url": True}
    yield {"type": "NewIndex", "config": config}
    for page in pages:
        place = {"url": page.url, "file_path": None}
        yield {"type": "AddFile", "index_id": 0, **place, "file_contents": write_copy(page)}
    # It says that files are written before they are.
    yield {"type": "GetFiles", "index_id": 0}


def _send(service: subprocess.Popen[bytes], requests: Iterable[dict[str, Any]]) -> None:
    assert service.stdin  # noqa: S101 (it was asked for)
    # That it has stopped, and its pipe is closed, is told where its answers are read.
    with suppress(BrokenPipeError, ValueError):
        for number, payload in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": payload})
            service.stdin.write(base64.b64encode(message.encode()) + b",")
        service.stdin.flush()


def _receive(service: subprocess.Popen[bytes], count: int) -> Iterator[dict[str, Any]]:
    """Yield the answers to *count* requests, which it parts by commas; the last has all files."""
    assert service.stdout  # noqa: S101 (it was asked for)
    pieces: list[bytes] = []
    while count:
        read = service.stdout.read1(1 << 20)  # type: ignore[attr-defined]
        if not read:
            raise IndexingError("it stopped before the end")
        *ends, rest = read.split(b",")
        for end in ends:
            answer = b"".join([*pieces, end])
            pieces.clear()
            yield json.loads(base64.b64decode(answer))["payload"]
            count -= 1
        pieces.append(rest)


def _run(requests: Iterable[dict[str, Any]], count: int) -> dict[str, bytes]:
    """Send the *count* *requests* to Pagefind and return the files of the index by their paths."""
    size = max(_LEAST_CHUNK_SIZE, round(_CHUNK_SIZE * math.sqrt(count)))
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(size)}
    executable = get_executable()
    if executable is None:
        raise IndexingError("no program of Pagefind: pip install 'pagefind[bin]'")
    command = [str(executable), "--service"]
    with _running(command, environment) as service:
        # What it answers is read while it is being asked: neither waits for the other.
        sender = threading.Thread(target=_send, args=(service, requests))
        sender.start()
        answer: dict[str, Any] = {}
        for answer in _receive(service, count):
            if answer["type"] == "Error":
                raise IndexingError(answer["message"])
        sender.join()
    # Each is let go once it is read: together they are as long as all texts of the site.
    return {file["path"]: base64.b64decode(file.pop("content")) for file in answer["files"]}


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run *command* for as long as it is asked something."""
    pipe = subprocess.PIPE
    service = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment)  # noqa: S603
    try:
        yield service
    finally:
        service.kill()
        # What it was not told any more is of no matter.
        with suppress(BrokenPipeError):
            service.communicate()


def _unpack(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_SIGNATURE)


def _pack(content: bytes) -> bytes:
    return pack_gzip(_SIGNATURE + content)


def _name_files(contents: Sequence[bytes]) -> list[str]:
    """Return a name for each file, packed, in their order.

    Every search loads the list of all names. One made of Pagefind's hashes weighs five bytes
    there; one that counts on from the last, less than two. The number of a file is that of its
    batch, four figures, times 36, plus the last sign; the names of a batch change with what is
    in it, so that no copy kept by a browser is stale.
    """
    names = []
    for start in range(0, len(contents), len(_DIGITS)):
        batch = contents[start : start + len(_DIGITS)]
        digest = hashlib.sha256(b"\0".join(map(_unpack, batch))).hexdigest()[:6]
        names += [
            f"{start // len(_DIGITS):04}{digest}/{sign}"
            for sign, _ in zip(_DIGITS, batch, strict=False)
        ]
    return names


def _rename(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], bytes]:
    """Return the files that a search loads, still packed, under names of ours, and their entry."""
    meta = next(content for path, content in files.items() if path.endswith(".pf_meta"))
    version, pages, chunks, *rest = cbor2.loads(_unpack(meta))
    fragments = [files[f"fragment/{old}.pf_fragment"] for old, _ in pages]
    postings = [files[f"index/{old}.pf_index"] for *_, old in chunks]
    page_names, chunk_names = _name_files(fragments), _name_files(postings)
    lengths = [[page, _LENGTH] for page in page_names]
    spans = [[*ends, chunk] for (*ends, _), chunk in zip(chunks, chunk_names, strict=True)]
    content = cbor2.dumps([version, lengths, spans, *rest])
    name = f"{_LANGUAGE}_{hashlib.sha256(content).hexdigest()[:10]}"
    entry = json.loads(files[_ENTRY])
    entry["languages"][_LANGUAGE]["hash"] = name
    renamed = {
        **_file("fragment/{}.pf_fragment", page_names, fragments),
        **_file("index/{}.pf_index", chunk_names, postings),
        f"pagefind.{name}.pf_meta": _pack(content),
    }
    return renamed, json.dumps(entry).encode()


def _file(path: str, names: Sequence[str], contents: Sequence[bytes]) -> dict[str, bytes]:
    return {path.format(name): each for name, each in zip(names, contents, strict=True)}


def write_index(pages: Sequence[IndexedPage], output: Path, before: Path) -> None:
    """Index *pages*, oldest first, into the new folder *output*; *before* is an older index.

    Raises IndexingError when Pagefind refuses.
    """
    files = _run(_requests(pages), len(pages) + 2)
    renamed, entry = _rename(files)
    for folder in {(output / path).parent for path in renamed}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, packed in renamed.items():
        content = _unpack(packed)
        # Taken over where it is the same; what Pagefind packed is packed anew.
        if (before / path).exists() and _unpack((before / path).read_bytes()) == content:
            os.link(before / path, output / path)
        else:
            (output / path).write_bytes(_pack(content))
    for path in _KEPT:
        (output / path).write_bytes(files[path])
    (output / _ENTRY).write_bytes(entry)
