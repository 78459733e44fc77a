"""Give the text of a WordPress post its paragraphs, as WordPress does when it shows it.

The rule is that of ``wpautop`` (https://developer.wordpress.org/reference/functions/wpautop/):
blank lines part paragraphs, other line breaks are kept, blocks stand by themselves.
It differs where WordPress's own HTML is broken, and browsers repair it: what is opened here
is closed, nothing is put inside a script or a drawing, and tags in capitals are tags.

A text is cut into a list that alternates: text, tag, text, … tag, text. What must stay as it
is, a comment or a whole ``<pre>``, counts as one tag.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator

from archivist.syntax.elements import BLOCK

# WordPress's own list lacks some that stand by themselves, and has some that show nothing.
_LACKING = {"body", "center", "dir", "html", "main", "noscript", "optgroup"}
_BLOCKS = "|".join(sorted(BLOCK - _LACKING | {"area", "col", "colgroup", "map", "style"}))
_WHOLE = "pre|script|style|textarea|svg|math"  # What is left as it is, with all that is in it.


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# <p, </p, <!--, <?php; <pre whole
_OPENING = _compile(rf"<(?:!--|(?P<whole>{_WHOLE})(?=[\s/>])|[/!?]?[a-z])")
_ENDING = _compile(rf"(?P<kind>--|</(?P<whole>{_WHOLE})\s*)?>")  # >, -->, </pre>
# <p>, <div class="a">; </p>, and what is a block and its end: <hr>, <pre>…</pre>
_BLOCK = _compile(rf"<(?:{_BLOCKS})(?=[\s/>])")
_BLOCK_END = _compile(rf"</(?:{_BLOCKS})(?=[\s>])")
_BLOCK_WHOLE = _compile(r"(?s)<hr(?=[\s/>])|<(?:pre|style)(?=[\s>]).*</")
# For line breaks WordPress looks at how a name begins: <picture> is as good as <p>.
_LIKE_BLOCK = _compile(rf"</?(?:{_BLOCKS})")
# Before which no line ends: <li>, </ul>, <pre>
_NO_BREAK_BEFORE = _compile("</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)")
_BR = _compile(r"<br\s*/?>")
_PARAGRAPH = _compile(r"<p(?=[\s>])")
_QUOTE = _compile(r"<blockquote(?=[\s>])")
_SPACE = " \t\n\f\v"  # White space as HTML has it: a no-break space is a text.
_BLANK_LINE = re.compile(rf"\n[{_SPACE}]*\n")
# A run of spaces is tried once, from its beginning.
_LINE_END = re.compile(rf"(?<![{_SPACE}])[{_SPACE}]*\n[{_SPACE}]*")
# Where the first is in a text, no space stays before the second, nor after the third.
_TIGHT = tuple(
    tuple(map(_compile, rule))
    for rule in (
        ("<option", "<option", "</option"),
        ("</object", "</object|</?(?:param|embed)", "<object|</?(?:param|embed)"),
        ("<source|<track", "</audio|</video|<source|<track", "<audio|<video|<source|<track"),
        ("<figcaption", "<figcaption", "</figcaption"),
    )
)


def add_paragraphs(text: str) -> str:
    """Return the HTML that WordPress shows for *text* as it is stored."""
    pieces = _join_breaks(list(_cut(text.replace("\r\n", "\n").replace("\r", "\n"))))
    _part_blocks(pieces)
    _tighten(pieces)
    return "\n".join(filter(None, map(_wrap, _split_at_blank_lines(pieces))))


def _cut(text: str) -> Iterator[str]:
    """Yield text and tags by turns, a text first and last."""
    # Where tags can end, comments (--), and each element that is left whole
    ends = defaultdict[str, list[int]](list)
    for ending in _ENDING.finditer(text):
        ends[""].append(ending.end())
        ends[(ending["whole"] or ending["kind"] or "").lower()].append(ending.end())
    done = 0
    for opening in _OPENING.finditer(text):
        end = _end_of(opening, ends) if opening.start() >= done else 0
        if end:
            yield text[done : opening.start()]
            yield text[opening.start() : end]
            done = end
    yield text[done:]


def _end_of(opening: re.Match[str], ends: dict[str, list[int]]) -> int:
    """Return where a tag ends, or 0 if it is none."""
    comment = opening[0] == "<!--"
    for kind in ["--"] if comment else [(opening["whole"] or "").lower(), ""]:
        found = bisect_left(ends[kind], opening.end())
        if found < len(ends[kind]):
            return ends[kind][found]
    # Browsers take what follows for a comment too.
    return len(opening.string) if comment else 0


def _join_breaks(pieces: list[str]) -> list[str]:
    """Return the pieces with a blank line for each two line breaks."""
    joined = pieces[:1]
    for tag, text in zip(pieces[1::2], pieces[2::2], strict=True):
        before = "".join(joined[-2:-1])
        if _BR.match(tag) and _BR.match(before) and not joined[-1].strip(_SPACE):
            del joined[-2:]
            joined[-1] += "\n\n" + text
        else:
            joined += [tag, text]
    return joined


def _part_blocks(pieces: list[str]) -> None:
    """Put a blank line before each block begins, and after it ends."""
    for at in range(1, len(pieces), 2):
        if _BLOCK.match(pieces[at]):
            pieces[at - 1] += "\n\n"
        if _BLOCK_END.match(pieces[at]) or _BLOCK_WHOLE.match(pieces[at]):
            pieces[at + 1] = "\n\n" + pieces[at + 1]


def _tighten(pieces: list[str]) -> None:
    """Take away the spaces that would become lines inside a player, or a list."""
    for needed, before, after in _TIGHT:
        if not any(map(needed.match, pieces[1::2])):
            continue
        for at in range(1, len(pieces), 2):
            if before.match(pieces[at]):
                pieces[at - 1] = pieces[at - 1].rstrip(_SPACE)
            if after.match(pieces[at]):
                pieces[at + 1] = pieces[at + 1].lstrip(_SPACE)


def _split_at_blank_lines(pieces: list[str]) -> Iterator[list[str]]:
    """Yield lists of pieces, again a text first and last."""
    part: list[str] = []
    for at, piece in enumerate(pieces):
        first, *others = [piece] if at % 2 else _BLANK_LINE.split(piece)
        part.append(first)
        for other in others:
            yield part
            part = [other]
    yield part


def _wrap(part: list[str]) -> str:
    """Return the HTML of what stands between two blank lines."""
    part = [part[0].lstrip(_SPACE), *part[1:]]
    part[-1] = part[-1].rstrip(_SPACE)
    begins, part, ends = _take_off_blocks(part)
    if len(part) == 1 and not part[0].strip(_SPACE):
        # <p> or </p> alone: what it belongs to is a paragraph already.
        return "".join(tag for tag in (begins, ends) if tag.lower() not in {"<p>", "</p>"})
    ends = "" if ends.lower() == "</p>" else ends
    if _PARAGRAPH.match(begins):
        return _show(["", begins, *part, "</p>", "", ends, ""])
    if not begins or _QUOTE.match(begins):
        return _show(["", begins, "", "<p>", *part, "</p>", "", ends, ""])
    return _show(["", begins, *part, ends, ""])


def _take_off_blocks(part: list[str]) -> tuple[str, list[str], str]:
    """Return the block that a part begins with, what is between, and the blocks at its end."""
    begins, ends = "", deque[str]()
    while len(part) > 1 and _BLOCK_END.match(part[-2]) and not part[-1]:
        ends.appendleft(part[-2])
        del part[-2:]
    if len(part) > 1 and _LIKE_BLOCK.match(part[1]) and not part[0]:
        begins, part = part[1], part[2:]
    return begins, part, "".join(ends)


def _show(pieces: list[str]) -> str:
    """Return the pieces with their line breaks, but for those that a block makes itself."""
    shown = list(_mark_lines(pieces))
    needless = {at for at in range(3, len(shown), 2) if _is_needless(shown, at)}
    return "".join(piece for at, piece in enumerate(shown) if at not in needless)


def _mark_lines(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces with a tag for each line break; one that is there already counts."""
    yield from pieces[:1]
    for tag, text in zip(pieces[1::2], pieces[2::2], strict=True):
        marked = bool(_BR.match(tag))
        yield "<br />" if marked else tag
        first, *lines = _LINE_END.split(text)
        if marked and text.startswith("\n"):
            first = "\n" + lines.pop(0)
        yield first
        for line in lines:
            yield "<br />"
            yield "\n" + line


def _is_needless(pieces: list[str], at: int) -> bool:
    """Tell whether a line break stands at the edge of a block."""
    if pieces[at] != "<br />":
        return False
    if not pieces[at - 1].strip(_SPACE) and _LIKE_BLOCK.match(pieces[at - 2]):
        return True
    # Nothing follows where a paragraph ends.
    after = pieces[at + 2] if at + 2 < len(pieces) else ""
    return not pieces[at + 1].strip(_SPACE) and (not after or bool(_NO_BREAK_BEFORE.match(after)))
