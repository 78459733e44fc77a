"""Pagefind's index of the copies: run its binary, keep of its files what the search loads.

Written against Pagefind 1.5.2; ``tests/search/test_pagefind.py`` fails when what is used
here changes. See https://pagefind.app/docs/py-api/ for its service, of which the library's
own client waits a tenth of a second for every page.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import cbor2
from pagefind.service import get_executable

from archivist.search.copies import END, write_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archivist.search.copies import Page

# Begins each of its compressed files.
_SIGNATURE = b"pagefind_dcd"
# No language it knows: it would cut words to stems, and we have words.
_LANGUAGE = "zxx"
# Postings to a file of the index: what one word of a query costs, against the length of the
# list of files, which every search loads.
_CHUNK_SIZE = 3000
_BATCH = 36
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind", "index", "filter")


class IndexingError(Exception):
    """Pagefind did not index the site; the message is its own."""


def _requests(pages: Sequence[Page], output: Path) -> Iterator[dict[str, Any]]:
    config = {"include_characters": END, "force_language": _LANGUAGE, "keep_index_url": True}
    yield {"type": "NewIndex", "config": config}
    for page in pages:
        yield {
            "type": "AddFile",
            "index_id": 0,
            "url": page.url,
            "file_path": None,
            "file_contents": write_copy(page),
        }
    yield {"type": "WriteFiles", "index_id": 0, "output_path": str(output)}


def _send(service: subprocess.Popen[bytes], requests: Sequence[dict[str, Any]]) -> None:
    assert service.stdin  # noqa: S101 (it was asked for)
    for number, payload in enumerate(requests, 1):
        message = json.dumps({"message_id": number, "payload": payload})
        service.stdin.write(base64.b64encode(message.encode()) + b",")
    service.stdin.flush()


def _receive(service: subprocess.Popen[bytes], count: int) -> Iterator[dict[str, Any]]:
    """Yield the answers to *count* requests."""
    assert service.stdout  # noqa: S101 (it was asked for)
    rest = b""
    while count:
        read = service.stdout.read1(1 << 16)  # type: ignore[attr-defined]
        if not read:
            raise IndexingError("it stopped before the end")
        *answers, rest = (rest + read).split(b",")
        for answer in answers:
            yield json.loads(base64.b64decode(answer))["payload"]
        count -= len(answers)


def _run(requests: Sequence[dict[str, Any]]) -> None:
    """Send *requests* to Pagefind, one after the other, in order."""
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_CHUNK_SIZE)}
    command = [str(get_executable()), "--service"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as service:  # noqa: S603
        # What it answers is read while it is being asked: neither waits for the other.
        sender = threading.Thread(target=_send, args=(service, requests))
        sender.start()
        for answer in _receive(service, len(requests)):
            if answer["type"] == "Error":
                raise IndexingError(answer["message"])
        sender.join()
        service.stdin.close()  # type: ignore[union-attr]


def _read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(_SIGNATURE + content, mtime=0))


def _name_fragments(fragments: Sequence[bytes]) -> list[str]:
    """Return a name for each page's file, in the order of the pages.

    A name made of Pagefind's hashes weighs eight bytes in the list of pages, which every
    search loads; one that counts on from the last, half a byte. Names sort as pages do, and
    those of a batch change with what is in it, so that no copy kept by a browser is stale.
    """
    names = []
    for start in range(0, len(fragments), _BATCH):
        batch = fragments[start : start + _BATCH]
        content = hashlib.sha256(b"\0".join(batch)).hexdigest()[:6]
        names += [f"{start // _BATCH:04}{content}/{_DIGITS[i]}" for i in range(len(batch))]
    return names


def _round_length(words: int) -> int:
    """Return *words* as a power of two: ranking asks for no more, and it packs well."""
    return 1 << max(words.bit_length() - 1, 0)


def _repack(raw: Path, output: Path) -> None:
    """Write to *output* the list of pages and their files under short names."""
    (meta,) = raw.glob("*.pf_meta")
    version, pages, *rest = cbor2.loads(_read(meta))
    fragments = [_read(raw / "fragment" / f"{old}.pf_fragment") for old, _ in pages]
    names = _name_fragments(fragments)
    for name, fragment in zip(names, fragments, strict=True):
        _write(output / "fragment" / f"{name}.pf_fragment", fragment)
    short = [[name, _round_length(words)] for name, (_, words) in zip(names, pages, strict=True)]
    content = cbor2.dumps([version, short, *rest])
    # Named after its content: the entry file says which.
    digest = f"{_LANGUAGE}_{hashlib.sha256(content).hexdigest()[:10]}"
    _write(output / f"pagefind.{digest}.pf_meta", content)
    entry = json.loads((raw / "pagefind-entry.json").read_text(encoding="utf-8"))
    entry["languages"][_LANGUAGE]["hash"] = digest
    (output / "pagefind-entry.json").write_text(json.dumps(entry), encoding="utf-8")


def write_index(pages: Sequence[Page], output: Path, work: Path) -> None:
    """Index *pages*, oldest first, into the new folder *output*; *work* is a folder to work in.

    Raises IndexingError when Pagefind refuses.
    """
    raw = work / "pagefind"
    _run([*_requests(pages, raw)])
    output.mkdir(parents=True)
    for name in _KEPT:
        if (raw / name).exists():
            shutil.move(raw / name, output / name)
    shutil.copy(output / "pagefind-entry.json", raw)
    _repack(raw, output)
    shutil.rmtree(raw)
