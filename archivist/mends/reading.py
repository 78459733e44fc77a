"""The header of a text as whatever tool wrote it: YAML, TOML, JSON, or lines without a fence.

Nothing in it is run, typed or repeated: each key gives texts. What YAML cannot read is read as
it was meant, one key at a time.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import yaml

from archivist.errors import FileError
from archivist.posts.fields import FIELDS
from archivist.posts.foreign_keys import TITLE, find_foreign
from archivist.syntax.yaml import compose

_DEEPEST = 5
_MOST = 200  # values of a key, and keys of a header
_FENCES = {"---": "YAML", "+++": "TOML"}
# title: …, « Date de publication » : …, "tags":…
_KEY = re.compile(r"(?P<q>[\"']?)(?P<key><<|\w(?:[\w .-]{0,78}\w)?)(?P=q)[ \t]*:(?!//)")
# title = "…"
_PAIR = re.compile(r"\s*(?P<key>[\w.-]{1,40})\s*=\s*(?P<value>.*)")
# Title: …, without a fence
_LINE = re.compile(r"(?P<key>[^\W\d_](?:[\w .-]{0,38}\w)?):(?=[ \t]|$)")
# What no text begins with but a header.
_TELLING = frozenset({TITLE, "date", "tags", "category"})
# What makes « cover.image », « author.name » or « taxonomies.tags » no more than a part of it.
_AROUND = re.compile(r"^(?:taxonomies|params|extra)\.|\.(?:name|src|path|url|file|value)$")
_ITEM = re.compile(r"\s*-(?:\s+|$)")
# "Oui" et "non", but neither 'L'été' nor "Il a dit "oui"".
_CLOSES = re.compile(r"[^\s\"'][\"'][\s,;:.!?)]")
_EATEN = re.compile(r"#[^\s#!]")
# date: &jour 2018-06-22; updated: *jour
_ANCHOR = re.compile(r"\s*&(?P<name>[\w-]+)(?=\s)")
_ALIAS = re.compile(r"\s*\*(?P<name>[\w-]+)\s*")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyValue:
    """A key of a header and the texts it gives; remarks and empty lines have no key.

    *lines* is how it stands in the file, if that may be kept: in YAML that can be read. *eaten*
    is what YAML takes for a remark and was none: « #budget »; *remark* is what was one.
    """

    key: str
    values: tuple[str, ...] = ()
    is_listed: bool = False
    lines: str = ""
    eaten: str = ""
    remark: str = ""

    @property
    def text(self) -> str:
        """Its values on one line."""
        return ", ".join(" ".join(value.split()) for value in self.values).strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignHeader:
    """A header as it was read, and the text below it."""

    pairs: tuple[KeyValue, ...]
    body: str
    is_ours: bool = False
    """Whether it stands between two ``---``, the first on the first line."""


def read_header(text: str) -> ForeignHeader:
    """Return the header of *text*; lines without a fence are one where their keys tell."""
    start = text.lstrip("\ufeff \t\n")
    first, _, rest = start.partition("\n")
    if kind := _FENCES.get(first.rstrip()):
        header, end, body = _cut(rest, first.rstrip())
        pairs = map(_decode, _read_toml(header) if kind == "TOML" else _read_yaml(header))
        is_ours = kind == "YAML" and end == "---" and start == text
        return ForeignHeader(pairs=tuple(pairs), body=body, is_ours=is_ours)
    if start.startswith("{") and (found := _read_json(start)):
        return found
    return _read_lines(text)


def _decode(pair: KeyValue) -> KeyValue:
    """Return *pair* with the signs that its entities stand for: « &amp; », « &#8217; »."""
    values = tuple(_ENTITY.sub(lambda found: unescape(found[0]), each) for each in pair.values)
    return pair if values == pair.values else replace(pair, values=values, lines="")


def _cut(rest: str, fence: str) -> tuple[str, str, str]:
    """Return the lines of a header, its second *fence*, and what is below.

    One that is not closed ends where its keys do.
    """
    lines = rest.split("\n")
    ends = {fence, "..."} if fence == "---" else {fence}
    at = next((at for at, line in enumerate(lines) if line.rstrip() in ends), None)
    if at is not None:
        return "\n".join(lines[:at]), lines[at].rstrip(), "\n".join(lines[at + 1 :])
    is_key = [
        bool(_KEY.match(line) or _PAIR.match(line) or line[:1] in tuple(" \t-")) for line in lines
    ]
    at = is_key.index(False) if False in is_key else len(lines)
    return "\n".join(lines[:at]), "", "\n".join(lines[at:])


def _read_yaml(header: str) -> Iterator[KeyValue]:
    """Yield the keys of a YAML header, each read by itself, and what stands between."""
    anchored: dict[str, str] = {}
    for lines in _split_keys(header):
        found = _KEY.match(lines[0])
        if not found:
            yield KeyValue(key="", lines="\n".join(lines))
            continue
        whole = "\n".join(lines)
        value = whole[found.end() :]
        if anchor := _ANCHOR.match(value):
            value = anchored[anchor["name"]] = value[anchor.end() :]
        elif alias := _ALIAS.fullmatch(value):
            value = anchored.get(alias["name"], value)
        is_as_typed = value == whole[found.end() :]
        whole = whole[: found.end()] + value
        try:
            node = compose(whole, deepest=_DEEPEST)
        except FileError:
            node = None
        if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            key, held = node.value[0]
            pairs = list(flatten(str(key.value), to_plain(held)))
            is_nested = isinstance(held, yaml.MappingNode) or len(pairs) != 1
            after = "" if is_nested else _find_remark(held, whole)
            is_eaten = bool(_EATEN.match(after))
            eaten, remark = (after, "") if is_eaten else ("", after)
            kept = whole if is_as_typed and not is_nested else ""
            yield from (replace(each, lines=kept, eaten=eaten, remark=remark) for each in pairs)
        else:
            yield _mend_pair(found["key"], value)


def _split_keys(header: str) -> Iterator[list[str]]:
    """Yield the lines of each key, and of what stands between: remarks, empty lines."""
    group: list[str] = []
    for line in header.split("\n") if header else ():
        starts = bool(_KEY.match(line)) or line.startswith("#") or not line.strip()
        if starts and group:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _find_remark(value: yaml.Node, whole: str) -> str:
    """Return what YAML takes for a remark behind a *value*, or behind the last of a list."""
    if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.value:
        value = value.value[-1]
    if not isinstance(value, yaml.ScalarNode) or value.style in {"|", ">"}:
        return ""
    after = whole.split("\n")[value.end_mark.line][value.end_mark.column :].strip()
    # Nothing is eaten behind a quote that closes.
    return f"# {after[1:].strip()}" if after and value.style else after


def to_plain(node: yaml.Node) -> Any:  # noqa: ANN401
    """Return what *node* holds as texts, lists and mappings."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): to_plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [to_plain(child) for child in node.value]
    style = node.style if isinstance(node, yaml.ScalarNode) else ""
    is_nothing = not style and node.value in {"null", "Null", "NULL", "~"}
    return "" if is_nothing else node.value


def flatten(key: str, value: Any, depth: int = 0) -> Iterator[KeyValue]:  # noqa: ANN401
    """Yield a key for each value in a value: « cover.image » for the image of the cover."""
    if isinstance(value, dict) and value and depth < _DEEPEST:
        for name, inner in list(value.items())[:_MOST]:
            yield from flatten(f"{key}.{name}" if key else str(name), inner, depth + 1)
    elif isinstance(value, list):
        yield KeyValue(key=key, values=tuple(map(_spell, value[:_MOST])), is_listed=True)
    else:
        yield KeyValue(key=key, values=(_spell(value),) if value != "" else ())


def _spell(value: Any) -> str:  # noqa: ANN401
    """Return a value as text; of one that has parts, its name: {name: Jeanne, url: …}."""
    if isinstance(value, dict):
        name = next((value[key] for key in ("name", "title", "src", "url") if key in value), "")
        return _spell(name) if isinstance(name, str) and name else _spell_all(value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else _spell_all(value)


def _spell_all(value: Any) -> str:  # noqa: ANN401
    return str(value).strip()


def _mend_pair(key: str, raw: str) -> KeyValue:
    """Return what was meant by a key and what follows it, which is no YAML."""
    lines = [line.strip() for line in raw.split("\n")]
    items = [line for line in lines[1:] if line]
    if not lines[0] and items and all(map(_ITEM.match, items)):
        values = tuple(unquote(_ITEM.sub("", line, count=1)) for line in items)
        return KeyValue(key=key, values=tuple(filter(None, values)), is_listed=True)
    text = " ".join(filter(None, (re.sub(r"^[|>][+-]?\d?$", "", lines[0]), *items)))
    if text.startswith("[") and (text.endswith("]") or "](" not in text):
        parts = (unquote(part) for part in text.strip("[]").split(","))
        return KeyValue(key=key, values=tuple(filter(None, parts)), is_listed=True)
    text = unquote(text)
    return KeyValue(key=key, values=(text,) if text else ())


def unquote(text: str) -> str:
    """Return *text* without the quotes around it, those within kept as they are."""
    text = text.strip()
    sign = text[:1]
    if sign not in {'"', "'"}:
        return text
    inner = text[1:].removesuffix(sign)
    at = inner.find(sign)
    if text.endswith(sign) and len(text) > 1 and not _CLOSES.match(inner[max(0, at - 1) : at + 2]):
        return inner.replace("''", "'") if sign == "'" else inner.replace('\\"', '"')
    # « 'L'été » is not closed; « "Oui" et "non" » is whole.
    return text if sign in inner else inner


def _read_toml(header: str) -> Iterator[KeyValue]:
    try:
        yield from flatten("", tomllib.loads(header + "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        for line in header.split("\n"):
            if found := _PAIR.fullmatch(line):
                yield _mend_pair(found["key"], found["value"])


def _read_json(text: str) -> ForeignHeader | None:
    try:
        read, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    pairs = tuple(flatten("", read)) if isinstance(read, dict) else ()
    return ForeignHeader(pairs=pairs, body=text[end:].lstrip(" \t")) if read else None


def _read_lines(text: str) -> ForeignHeader:
    """Return what lines without a fence say: Pelican's at the top, Notion's below the title.

    « Date : 12 mars », as French is written, is a sentence.
    """
    heading, rest = "", text.lstrip("\n")
    if found := re.match(r"#[ \t]+[^\n]+\n\s*", rest):
        heading, rest = f"{found[0].strip()}\n\n", rest[found.end() :]
    header, _, body = rest.partition("\n\n")
    groups = list(_split_keys(header))
    names = [match["key"] for lines in groups if (match := _LINE.match(lines[0]))]
    meant = list(map(find_meaning, names))
    if len(names) < len(groups) or not _TELLING.intersection(meant) or not meant[0]:
        return ForeignHeader(pairs=(), body=text)
    raw = ("\n".join(lines).partition(":")[2] for lines in groups)
    pairs = tuple(_mend_pair(*each) for each in zip(names, raw, strict=True))
    return ForeignHeader(pairs=pairs, body=f"{heading}{body.lstrip(chr(10))}")


def find_meaning(key: str) -> str:
    """Return the key of ours that a *key* of any tool means, or TITLE, or nothing."""
    for each in (key, _AROUND.sub("", key)):
        if each in FIELDS:
            return each
        if found := find_foreign(each):
            return found.ours
        if (lower := each.lower().replace("-", "_")) in FIELDS:
            return lower
    return ""


def mean(pair: KeyValue) -> str:
    """Return the key of ours that *pair* means, or nothing."""
    key = find_meaning(pair.key)
    is_number = all(value.isdigit() for value in pair.values)
    # Our `image` and `excerpt` are numbers; those of others are an address and words.
    return {"image": "featured_image", "excerpt": "summary"}.get(key, key) if not is_number else key
