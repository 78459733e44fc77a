"""Find WordPress's shortcodes in a text: ``[gallery ids="1,2"]``, ``[caption]…[/caption]``.

The grammar is that of https://codex.wordpress.org/Shortcode_API, and forms that blogs are full
of: ``[youtube=https://…]``, ``[audio:https://…]``, and quotes that an editor made curly. Unlike
WordPress, a quoted value may hold brackets, in pairs: old captions do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

_OPENING = re.compile(r"\[(?P<name>[\w-]+)[=:]?")  # [gallery, [youtube=, [audio:; [/caption]
_CLOSING = re.compile(r"\[/(?P<name>[\w-]+)\]")
_SPACE = r"[\s\u200b]"
# What begins a value, and what ends it: an apostrophe inside is not followed by a space.
_STRAIGHT = [(sign, sign) for sign in ('"', "'")]
_CURLY = [
    (sign, rf"(?:{sign})(?=[\s\u200b/\]])")
    for sign in (
        "&quot;|&#0?34;|&#x22;",
        "&apos;|&#0?39;|&#x27;",
        "[“”„″]|&#82(?:20|21|22|43);|&[lrb]dquo;|&Prime;",
        "[‘’′]|&#82(?:16|17|42);|&[lr]squo;|&prime;",
        "[«»]|&#1(?:71|87);|&[lr]aquo;",
    )
]
# Where a line begins, and ends: after an element too.
_LINE_BEFORE, _LINE_AFTER = re.compile(r"[\n>][ \t]*$"), re.compile(r"[ \t]*(?:[\r\n]|</|<br)")

PLACES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://twitter.com/i/status/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "ted": "https://www.ted.com/talks/{}",
    "polldaddy": "https://poll.fm/{}",
    "archiveorg": "https://archive.org/details/{}",
    "googlevideo": "https://video.google.com/videoplay?docid={}",
    "twitter-follow": "https://twitter.com/{}",
    "twitter-timeline": "https://twitter.com/{}",
}
"""Where what a code plays is to be seen, by what it is called."""


def _quoted(begin: str, end: str) -> str:
    sign = rf"(?!{end})[^\[\]]"
    return rf"(?:{begin})((?:{sign}|\[(?:{sign})*+\])*+){end}"


# "1,2", «un», 'l’[autre]'; 1,2
_QUOTED = "|".join(_quoted(*signs) for signs in (*_STRAIGHT, *_CURLY))
_BARE = rf"((?:(?!{_SPACE}|/\])[^\[\]])++)"
# ids="1,2", or "1,2" alone
_KEY = rf"(?P<key>[\w-]+){_SPACE}*+={_SPACE}*+"
_VALUE = re.compile(rf"{_SPACE}*+(?:{_KEY})?(?:{_QUOTED}|{_BARE})")
_END = re.compile(rf"{_SPACE}*+(?P<alone>/?)\]")  # /], ]


class Example(str):
    """A shortcode that readers saw as it was written: ``[[gallery]]``."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcode:
    """What a shortcode says."""

    name: str
    attributes: Mapping[str, str]
    values: tuple[str, ...]  # those without a name
    content: str | None  # None where nothing can be enclosed
    raw: str  # all of it, as it was written
    is_alone: bool = False  # whether nothing else is on its line

    @property
    def opening(self) -> str:
        """What stands before the content, as it was written."""
        end = -len(f"{self.content}[/{self.name}]") if self.content is not None else None
        return self.raw[:end]


def find_closings(text: str) -> dict[str, list[int]]:
    """Return where each name is closed, in lower case."""
    closings = defaultdict[str, list[int]](list)
    for closing in _CLOSING.finditer(text):
        closings[closing["name"].lower()].append(closing.start())
    return closings


def split_shortcodes(
    text: str, names: Container[str], *, is_enclosing: bool = True
) -> Iterator[str | Shortcode]:
    """Yield the texts and the shortcodes of these *names*, which are in lower case.

    Without *is_enclosing* each is what is between its own brackets, and those in two are text.
    """
    closings = find_closings(text if is_enclosing else "")
    done = 0
    for opening in _OPENING.finditer(text):
        known = opening.start() >= done and opening["name"].lower() in names
        if code := _read(opening, closings) if known else None:
            start, end = opening.start(), opening.start() + len(code.raw)
            escaped = int(_is_doubled(text, start, end))
            if escaped and not is_enclosing:
                continue
            yield from filter(
                None, (text[done : start - escaped], Example(code.raw) if escaped else code)
            )
            done = end + escaped
    if done < len(text):
        yield text[done:]


def _read(opening: re.Match[str], closings: dict[str, list[int]]) -> Shortcode | None:
    """Return the shortcode that begins here, if its bracket is closed.

    *closings* is where each name is closed. Nothing is enclosed in ``[x /]``, nor in ``[[x]]``
    that only shows the code.
    """
    text, name = opening.string, opening["name"].lower()
    parts, at = list[re.Match[str]](), opening.end()
    while part := _VALUE.match(text, at):
        parts.append(part)
        at = part.end()
    end = _END.match(text, at)
    if end is None:
        return None
    stop, content = end.end(), None
    closed = bisect_left(closings[name], stop)
    is_alone = end["alone"] or _is_doubled(text, opening.start(), stop)
    if not is_alone and closed < len(closings[name]):
        content = text[stop : closings[name][closed]]
        stop = closings[name][closed] + len(f"[/{name}]")
    attributes = {part["key"].lower(): _value_of(part) for part in parts if part["key"]}
    values = tuple(_value_of(part) for part in parts if not part["key"])
    return Shortcode(
        name=name, attributes=attributes, values=values, content=content,
        raw=text[opening.start() : stop], is_alone=_is_alone(text, opening.start(), stop),
    )  # fmt: skip


def _is_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 4) : start], text[end : end + 4]
    begins = len(before) == start and not before.strip()
    ends = end + len(after) == len(text) and not after.strip()
    return (begins or bool(_LINE_BEFORE.search(before))) and (
        ends or bool(_LINE_AFTER.match(after))
    )


def _value_of(part: re.Match[str]) -> str:
    return str(part[part.lastindex or 0]).strip()


def _is_doubled(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "[" and text[end : end + 1] == "]"
