"""HTML that posts may not hold, written in Markdown, by the machine of the WordPress import."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from archivist.checks.html import check_html
from archivist.checks.tables import check_tables
from archivist.mends.text.edits import (
    Edit,
    apply_edits,
    close_holes,
    find_lines,
    read_once,
    set_apart,
)
from archivist.mends.text.mending import write_target
from archivist.posts.archive import StandingPage
from archivist.posts.body import Body
from archivist.syntax.allowed import HTML, HTML_VALUES
from archivist.syntax.characters import WORD_TAG
from archivist.syntax.elements import (
    BLOCK,
    CELLS,
    DRAWN,
    INLINE,
    OLD_INLINE,
    PLAYED,
    SILENT,
    SYNONYMS,
)
from archivist.syntax.foreign import hide_code
from archivist.syntax.html import VOID, holds_markdown

# <a href="x" class=y>, </a>, <o:p/>
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>"
)
_ATTRIBUTE = re.compile(
    r"(?P<key>[\w:-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_EDITOR = re.compile(r"[ \t]*<!--\s*/?wp:.*?-->[ \t]*\n?", re.DOTALL)
_KNOWN = (
    BLOCK | INLINE | OLD_INLINE | SILENT | DRAWN | PLAYED | {"center", "nobr", "blink", "marquee"}
)
# What has no end of its own, or may do without.
_ENDLESS = CELLS | VOID | frozenset((
    "dd", "dt", "embed", "hr", "img", "input", "li", "p", "source", "tbody", "tfoot", "thead", "tr",
))  # fmt: skip
_WORD = re.compile(r"\w+")
# {{ site.baseurl }}/images
_ROOT = re.compile(r"\{\{-?\s*(?:site\.(?:base_?)?url|\.Site\.BaseURL|SITEURL)\s*-?\}\}(?=/)")
# <a href="/contact">mots</a>, to somewhere in the archive
_LOCAL = re.compile(
    r"<a\s(?:[^<>]*\s)?href=\"(?![a-zA-Z][\w+.-]*:|//|#)(?P<target>[^\"<>\x00]+)\"[^<>]*>(?P<words>[^<>\[\]\x00]+)</a>"
)
# An element that is cut by empty lines, as WordPress's exporters write it, and where.
_HELD = re.compile(
    r"^ {0,3}<(table|[uod]l)\b(?:(?!<\1\b).)*?</\1>", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_GAP = re.compile(
    r"(?<=>)[ \t]*\n(?:[ \t]*\n)+(?=[ \t]*</?(?:table|caption|col|colgroup|t[rdh]|thead|tbody|tfoot|[uod]l|li|d[td])\b)",
    re.IGNORECASE,
)


def mend_html(text: str) -> str:
    """Return the body *text* with the HTML that may not stay there in Markdown."""
    text = _EDITOR.sub("", text)
    if _GAP.search(text):
        fenced = [each for each in read_once(text).code if not (each.is_html or each.is_indented)]
        held = (found.span() for found in _HELD.finditer(hide_code(text, fenced, 1)))
        text = apply_edits(text, [_close_up(text, start, end) for start, end in held])
    if _LOCAL.search(text):
        # Where it leads is looked up as for other links.
        bare = hide_code(text, read_once(text).code, 1)
        text = apply_edits(text, map(_write_link, _LOCAL.finditer(bare)))
    if WORD_TAG.search(text):
        hidden = hide_code(text, read_once(text).code, 1)
        spans = (found.span() for found in WORD_TAG.finditer(hidden))
        text = apply_edits(text, [Edit(start=start, end=end, text="") for start, end in spans])
    body = read_once(text)
    lines = _list_faults(body)
    if not lines:
        return text
    edits = [*_mend_blocks(text, body, lines), *_mend_lines(text, body, lines)]
    return close_holes(apply_edits(text, edits), text)


def _write_link(found: re.Match[str]) -> Edit:
    link = f"[{found['words']}]({write_target(found['target'])})"
    return Edit(start=found.start(), end=found.end(), text=link)


def _close_up(text: str, start: int, end: int) -> Edit:
    return Edit(start=start, end=end, text=_GAP.sub("\n", text[start:end]))


def _list_faults(body: Body) -> set[int]:
    page = StandingPage(path="", docname="", body=body)
    return {line for rule in (check_html, check_tables) for line, _ in rule(page)}


def _mend_blocks(text: str, body: Body, faulty: set[int]) -> Iterator[Edit]:
    """Yield what each block of HTML that has a fault becomes."""
    starts = find_lines(text)
    for block in body.code:
        if not block.is_html or not faulty.intersection(range(block.first, block.after)):
            continue
        start, end = starts[block.first - 1], starts[block.after - 1]
        html = text[start:end].rstrip("\n")
        mended = _write(_ROOT.sub("", html))
        if _keeps_words(html, mended):
            end = start + len(html)
            yield Edit(start=start, end=end, text=set_apart(text, start, end, mended))


def _write(html: str) -> str:
    """Return a block of HTML as Markdown."""
    if holds_markdown(html) or not _is_whole(html):
        # Markdown stands between the tags, or in the next block.
        return _rewrite(html).strip()
    # Few texts have any; what reads it takes long to load.
    from archivist.wordpress.html.blocks import HtmlReader  # noqa: PLC0415
    from archivist.wordpress.html.inline import Surroundings  # noqa: PLC0415
    from archivist.wordpress.notes import note_nothing  # noqa: PLC0415
    from archivist.wordpress.text.round_trip import ProvedWriter  # noqa: PLC0415
    from archivist.wordpress.text.tidy import shift_headings  # noqa: PLC0415

    blocks = shift_headings(HtmlReader(Surroundings()).read(html))
    remarks = "".join(f"{remark}\n\n" for remark in _REMARK.findall(html))
    return (remarks + ProvedWriter(note_nothing).prove(blocks)).rstrip("\n")


def _is_whole(html: str) -> bool:
    """Tell whether each element of *html* ends in it."""
    opened = list[str]()
    for tag in _TAG.finditer(html):
        name = tag["name"].lower()
        if name in _ENDLESS:
            continue
        if not tag["end"]:
            opened.append(name)
        elif name in opened:
            opened.remove(name)
        else:
            return False
    return not opened


def _keeps_words(html: str, mended: str) -> bool:
    """Tell whether all that readers saw of *html* is in *mended*, in its order."""
    bare = re.sub(r"<(script|style)\b.*?</\1\s*>", "", html, flags=re.DOTALL | re.IGNORECASE)
    words = iter(_WORD.findall(_unescape(mended)))
    return all(word in words for word in _WORD.findall(_unescape(_TAG.sub(" ", bare))))


def _unescape(text: str) -> str:
    return unescape(_REMARK.sub("", text)).replace("\\", "")


def _mend_lines(text: str, body: Body, faulty: set[int]) -> Iterator[Edit]:
    """Yield what each paragraph that has a fault in its HTML becomes."""
    starts, hidden = find_lines(text), hide_code(text, body.code, 1)
    for line in sorted(faulty):
        if any(code.first <= line < code.after for code in body.code):
            continue
        first, after = _find_paragraph(text, starts[line - 1])
        mended = _rewrite(text[first:after], hidden[first:after])
        yield Edit(start=first, end=after, text=mended)


def _find_paragraph(text: str, place: int) -> tuple[int, int]:
    first = text.rfind("\n\n", 0, place)
    after = text.find("\n\n", place)
    return (first + 2 if first >= 0 else 0), (after if after >= 0 else len(text))


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    start: int
    end: int
    target: str
    shown: str


def _rewrite(text: str, hidden: str = "") -> str:
    """Return *text*, some paragraph, with the tags that may stay, and the others as Markdown."""
    edits, opened = list[Edit](), list[_Open]()
    for tag in _TAG.finditer(hidden or text):
        start, end = tag.span()
        name = SYNONYMS.get(tag["name"].lower(), tag["name"].lower())
        values = _read_attributes(text[tag.start("rest") : tag.end("rest")])
        if tag["end"]:
            edits += _close(name, start, end, opened)
        elif name == "a" or (name in HTML and name not in VOID):
            shown, target = _write_tag(name, values), values.get("href", "")
            opened.append(_Open(name=name, start=start, end=end, target=target, shown=shown))
            edits.append(Edit(start=start, end=end, text=shown))
        else:
            # « la balise <body> »: within a sentence, that is its name.
            typed = text[start:end]
            is_named = bool(hidden) and name in {"html", "head", "body"} and not values
            shown = f"\\{typed}" if is_named else _replace(name, values, typed)
            edits.append(Edit(start=start, end=end, text=shown))
    # What is never closed is no mark of anything.
    left = {(each.start, each.end) for each in opened}
    kept = [
        Edit(start=each.start, end=each.end, text="") if (each.start, each.end) in left else each
        for each in edits
    ]
    return apply_edits(text, kept)


def _close(name: str, start: int, end: int, opened: list[_Open]) -> Iterator[Edit]:
    """Yield what an end becomes, and the ends of what was opened since, which it ends too."""
    if not any(each.name == name for each in opened):
        yield Edit(start=start, end=end, text="")
        return
    text = ""
    while True:
        last = opened.pop()
        if last.shown:
            text += f"]({write_target(last.target)})" if last.name == "a" else f"</{last.name}>"
        if last.name == name:
            break
    yield Edit(start=start, end=end, text=text)


def _read_attributes(text: str) -> dict[str, str]:
    return {
        each["key"].lower(): next(
            (each[kind] for kind in ("double", "single", "bare") if each[kind] is not None), ""
        )
        for each in _ATTRIBUTE.finditer(text)
    }


def _write_tag(name: str, values: Mapping[str, str]) -> str:
    """Return the tag of an element that may stay, or the start of a link."""
    if name == "a":
        return "[" if values.get("href") else ""
    kept = [
        f' {key}="{value}"'
        for key, value in values.items()
        if key in HTML[name] and HTML_VALUES[key].fullmatch(value)
    ]
    # It says nothing but what it says of itself.
    return "" if name == "span" and not kept else f"<{name}{''.join(kept)}>"


def _replace(name: str, values: Mapping[str, str], typed: str) -> str:
    """Return what stands in the place of a tag that may not stay."""
    if name in VOID:
        return f"<{name}>"
    if name in {"img", "image"} and values.get("src"):
        width = values.get("width", "").removesuffix("px")
        size = f"{{width={width}px}}" if width.isdigit() and len(width) < 5 else ""  # noqa: PLR2004
        return f"![{values.get('alt', '')}]({write_target(values['src'])}){size}"
    if name in PLAYED and values.get("src", "").startswith("http"):
        title = values.get("title", "")
        return f"[{title}]({values['src']})" if title else f"<{values['src']}>"
    if name == "hr":
        return "\n\n---\n\n"
    if name in _KNOWN or ":" in name:
        return "\n\n" if name in BLOCK and name != "p" else ""
    # <votre nom>: words, that someone put between signs.
    return f"\\{typed}"
