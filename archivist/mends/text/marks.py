"""What a construct within a paragraph becomes: links, marks, notes, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archivist.mends.text.edits import Edit, take_out_line
from archivist.mends.text.mending import Mend, Mending, is_picture, put, write_target
from archivist.syntax.foreign import Found
from archivist.syntax.looks import is_icon, read_emoji

# ![[photo.png|300]], |300x200
_SIZE = re.compile(r"[0-9]{1,4}(?:x[0-9]{1,4})?")


def _take_out(found: Found, mending: Mending) -> Iterator[Edit]:
    yield take_out_line(mending.text, found.start, found.end)


def _wrap(before: str, after: str) -> Mend:
    def mend(found: Found, _: Mending) -> Iterator[Edit]:
        yield put(found, f"{before}{found.group('text')}{after}")

    return mend


def _embed(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `![[salle.png|La salle]]` an image, `![[billet]]` a link."""
    target, words = found.group("target").strip(), found.group("text").strip()
    if not is_picture(target):
        yield from _link(found, mending)
        return
    file = mending.around.find_file(target)
    size = f"{{width={words.partition('x')[0]}px}}" if _SIZE.fullmatch(words) else ""
    path = mending.around.point_to(file) if file else write_target(target)
    yield put(found, f"![{'' if size else words}]({path}){size}")


def _link(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `[[billet|texte]]` a link; where there is no such page, Obsidian shows its words."""
    target, _, part = found.group("target").strip().partition("#")
    path = mending.around.find_page(target) if target else ""
    words = found.group("text").strip() or found.group("target").strip()
    if path:
        yield put(found, f"[{words}]({path})")
    elif part and not target:
        yield put(found, f"[{words}](#{part})")
    else:
        yield put(found, words)


def _glue_link(found: Found, _: Mending) -> Iterator[Edit]:
    target, words = found.group("target"), found.group("text")
    target = f"https://{target}" if target.startswith("www.") else target
    words = words if words.startswith(("[", "![")) else f"[{words}]"
    yield put(found, f"{words}({target})")


def _note(found: Found, mending: Mending) -> Iterator[Edit]:
    yield put(found, mending.call_note(found.group("text")))


def _word_note(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `[1] Source` below a text, and `[1]` in it, a note and its calls."""
    label = found.group("label")
    yield put(found, f"[^{label}]: ")
    for call in re.finditer(rf"(?<![\[\\!])\[{label}\](?![\[(:\]])", found.match.string):
        if call.start() < found.start:
            yield Edit(start=call.start(), end=call.end(), text=f"[^{label}]")


def _word_note_link(found: Found, _: Mending) -> Iterator[Edit]:
    label = found.group("label")
    after = found.match.string[found.end : found.end + 1]
    space = "" if after.isspace() else " "
    yield put(found, f"[^{label}]:{space}" if found.group("back") else f"[^{label}]")


def _sign(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `:tada:` the sign; an icon, which says nothing in words, is taken out."""
    if is_icon(found.typed):
        space = mending.text[found.end : found.end + 1] == " "
        yield Edit(start=found.start, end=found.end + space, text="")
    else:
        yield put(found, read_emoji(found.typed))


def _strong(found: Found, mending: Mending) -> Iterator[Edit]:
    """Make `** gras **` bold: its spaces go outside, where there are none yet."""
    words, text = found.group("text"), mending.text
    before, after = text[: found.start][-1:], text[found.end :][:1]
    left = " " if before.isalnum() and not words[:1].strip() else ""
    right = " " if after.isalnum() and not words[-1:].strip() else ""
    yield put(found, f"{left}**{words.strip()}**{right}")


def _formula(found: Found, mending: Mending) -> Iterator[Edit]:
    """Show a formula as it was typed, in code."""
    around = mending.text[found.start - 1 : found.start] + mending.text[found.end : found.end + 1]
    if "`" not in found.typed + around:
        yield put(found, f"`{' '.join(found.typed.split())}`")


def _remark(found: Found, _: Mending) -> Iterator[Edit]:
    words = found.group("text")
    if "--" not in words and not words.startswith((">", "-")):
        yield put(found, f"<!--{words}-->")


def _year(found: Found, _: Mending) -> Iterator[Edit]:
    year = found.group("year")
    yield put(
        found, found.typed.replace(f"{year}{found.group('sign')}", f"{year}\\{found.group('sign')}")
    )


MARKS: Mapping[str, Mend] = {
    "table-of-contents": _take_out,
    "attributes": _take_out,
    "embed": _embed,
    "wiki-link": _link,
    "word-note-link": _word_note_link,
    "word-note": _word_note,
    "remark": _remark,
    "formula": _formula,
    "highlight": _wrap("<mark>", "</mark>"),
    "insertion": _wrap("<ins>", "</ins>"),
    "superscript": _wrap("{sup}`", "`"),
    "subscript": _wrap("{sub}`", "`"),
    "inline-note": _note,
    "emoji": _sign,
    "spaced-link": _glue_link,
    "reversed-link": _glue_link,
    "spaced-strong": _strong,
    "year-as-number": _year,
}
"""What mends each construct, by its name in `archivist.syntax.constructs`."""
