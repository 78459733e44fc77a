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
import math
import os
import re
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import cbor2
from pagefind.service import get_executable

from archivist.search.copies import END, write_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from archivist.search.copies import Page

# Begins each of its compressed files.
_SIGNATURE = b"pagefind_dcd"
# No language it knows: it would cut words to stems, and we have words.
_LANGUAGE = "zxx"
# Postings to a file of the index, for one page: what a word of a query costs, against the
# length of the list of files, which every search loads. Both grow as the root of the pages.
_CHUNK_SIZE = 60
_LEAST_CHUNK_SIZE = 1000
_BATCH = 36
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ENTRY = "pagefind-entry.json"
_KEPT = re.compile(r"pagefind\.js|wasm\.unknown\.pagefind|index/.*")


class IndexingError(Exception):
    """Pagefind did not index the site; the message is its own."""


def _requests(pages: Sequence[Page]) -> Iterator[dict[str, Any]]:
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
    # It says that files are written before they are.
    yield {"type": "GetFiles", "index_id": 0}


def _send(service: subprocess.Popen[bytes], requests: Sequence[dict[str, Any]]) -> None:
    assert service.stdin  # noqa: S101 (it was asked for)
    # That it has stopped is told where its answers are read.
    with suppress(BrokenPipeError):
        for number, payload in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": payload})
            service.stdin.write(base64.b64encode(message.encode()) + b",")
        service.stdin.flush()


def _receive(service: subprocess.Popen[bytes], count: int) -> Iterator[dict[str, Any]]:
    """Yield the answers to *count* requests, which it parts by commas."""
    assert service.stdout  # noqa: S101 (it was asked for)
    pieces: list[bytes] = []
    while count:
        read = service.stdout.read1(1 << 20)  # type: ignore[attr-defined]
        if not read:
            raise IndexingError("it stopped before the end")
        *ends, rest = read.split(b",")
        for end in ends:
            yield json.loads(base64.b64decode(b"".join([*pieces, end])))["payload"]
            pieces = []
            count -= 1
        pieces.append(rest)


def _run(requests: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    """Send *requests* to Pagefind, in order, and return the files of the index by their paths."""
    size = max(_LEAST_CHUNK_SIZE, round(_CHUNK_SIZE * math.sqrt(len(requests))))
    environment = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(size)}
    executable = get_executable()
    if executable is None:
        raise IndexingError("no program of Pagefind: pip install 'pagefind[bin]'")
    command = [str(executable), "--service"]
    pipe = subprocess.PIPE
    answer: dict[str, Any] = {}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as service:  # noqa: S603
        # What it answers is read while it is being asked: neither waits for the other.
        sender = threading.Thread(target=_send, args=(service, requests))
        sender.start()
        for answer in _receive(service, len(requests)):
            if answer["type"] == "Error":
                service.kill()
                raise IndexingError(answer["message"])
        sender.join()
    return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}


def _unpack(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_SIGNATURE)


def _pack(content: bytes) -> bytes:
    return gzip.compress(_SIGNATURE + content, mtime=0)


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


def _hash(content: bytes) -> str:
    return f"{_LANGUAGE}_{hashlib.sha256(content).hexdigest()[:10]}"


def _sort_filters(files: Mapping[str, bytes], filters: list[list[str]]) -> dict[str, bytes]:
    """Return the content of each filter, by name, its values in order: Pagefind's is by chance."""
    sorted_filters = {}
    for name, old in sorted(filters):
        label, values = cbor2.loads(_unpack(files[f"filter/{old}.pf_filter"]))
        sorted_filters[name] = cbor2.dumps([label, sorted(values)])
    return sorted_filters


def _repack(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pages and filters under names of ours, with the list and the entry file."""
    meta = next(content for path, content in files.items() if path.endswith(".pf_meta"))
    version, pages, chunks, filters, *rest = cbor2.loads(_unpack(meta))
    fragments = [_unpack(files[f"fragment/{old}.pf_fragment"]) for old, _ in pages]
    names = _name_fragments(fragments)
    short = [[name, _round_length(words)] for name, (_, words) in zip(names, pages, strict=True)]
    ordered = _sort_filters(files, filters)
    hashes = [[name, _hash(content)] for name, content in ordered.items()]
    content = cbor2.dumps([version, short, chunks, hashes, *rest])
    entry = json.loads(files[_ENTRY])
    entry["languages"][_LANGUAGE]["hash"] = _hash(content)
    named = zip(names, fragments, strict=True)
    return {
        **{f"fragment/{name}.pf_fragment": _pack(fragment) for name, fragment in named},
        **{f"filter/{_hash(kept)}.pf_filter": _pack(kept) for kept in ordered.values()},
        f"pagefind.{_hash(content)}.pf_meta": _pack(content),
        _ENTRY: json.dumps(entry).encode(),
    }


def write_index(pages: Sequence[Page], output: Path) -> None:
    """Index *pages*, oldest first, into the folder *output*.

    Raises IndexingError when Pagefind refuses.
    """
    files = _run([*_requests(pages)])
    kept = {path: content for path, content in files.items() if _KEPT.fullmatch(path)}
    for path, content in (kept | _repack(files)).items():
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
