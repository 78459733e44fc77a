"""Read the HTML of a post as a document: what it says and how it is built, not how it looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

from lxml import etree, html

from archivist.wordpress.text.document import (
    LINK,
    Break,
    Call,
    Cell,
    Code,
    Definitions,
    Figure,
    Heading,
    List,
    More,
    Note,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Table,
    Target,
    says_nothing,
    text_of,
    tidy,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archivist.wordpress.text.document import Block, Blocks, Marks, Part, Parts

Element: TypeAlias = etree._Element  # noqa: SLF001 (lxml names the type of an element so)

# The class of the marks that stand for `<!--more-->` and `<!--nextpage-->`.
MORE, NEXT_PAGE = "archive-more", "archive-nextpage"
# The attribute of the call of a footnote, and that of its text.
CALL, NOTE = "data-archive-call", "data-archive-note"
# The attribute of a link that is only there to be shown as an address.
BARE = "data-archive-bare"

_CONTAINERS = frozenset(
    [
        "p",
        "div",
        "center",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "main",
        "address",
        "form",
        "fieldset",
        "legend",
        "details",
        "summary",
        "hgroup",
        "figcaption",
        "body",
        "html",
        "caption",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "dd",
        "dt",
        "li",
        "noscript",
        "optgroup",
        "picture",
    ]
)
_BLOCKS = _CONTAINERS | frozenset(
    "h1 h2 h3 h4 h5 h6 ul ol menu dir blockquote pre hr table dl figure".split()  # noqa: SIM905
)
_MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "tt": "code",
    "strike": "s",
    "acronym": "abbr",
    **{
        name: name
        for name in [
            "code",
            "s",
            "del",
            "ins",
            "u",
            "mark",
            "sub",
            "sup",
            "kbd",
            "small",
            "cite",
            "q",
            "var",
            "samp",
            "dfn",
            "abbr",
        ]
    },
}
# What shows nothing of what is in it.
SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "svg",
        "math",
        "canvas",
    ]
)
PLAYED = frozenset({"iframe", "embed", "object", "audio", "video"})
_SIZE = re.compile(r"\s*([0-9]{1,4})(?:px)?\s*")


class Surroundings(Protocol):
    """What the text of a post refers to, in the archive it goes to."""

    def lead(self, address: str) -> str:
        """Return where a link of the old blog leads now, or nothing where it can lead nowhere."""

    def place(self, address: str) -> str:
        """Return where the picture at *address* is now, beside the post."""

    def describe(self, address: str, classes: str) -> str:
        """Return what is known of a picture that has no words of its own."""

    def name(self, anchor: str) -> str:
        """Return the name in the archive of a part of the post, or nothing where none leads."""

    def tell(self, kind: str, text: str) -> None:
        """Note for the report what is lost or doubtful."""


@dataclass
class Reader:
    """Reads one post."""

    around: Surroundings
    _targets: list[str] = field(default_factory=list)

    def read(self, text: str) -> Blocks:
        """Return the blocks of *text*, HTML."""
        root = parse(text)
        blocks: list[Block] = []
        for block in self._read_blocks(root, ()):
            blocks += [Target(name=name) for name in self._targets]
            self._targets.clear()
            blocks.append(block)
        blocks += [Target(name=name) for name in self._targets]
        self._targets.clear()
        return tuple(blocks)

    # -- Blocks ---------------------------------------------------------------------------

    def _read_blocks(self, element: Element, marks: Marks) -> Iterator[Block]:
        """Yield the blocks in *element*; text between them is paragraphs."""
        parts: list[Part] = [Run(text=element.text or "", marks=marks)]
        for child in element:
            self._note_anchor(child)
            if _is_block(child):
                yield from _as_paragraph(parts)
                parts = []
                yield from self._read_block(child, marks)
            else:
                parts += self._read_inline(child, marks)
            parts.append(Run(text=child.tail or "", marks=marks))
        yield from _as_paragraph(parts)

    def _read_block(self, element: Element, marks: Marks) -> Iterator[Block]:
        read = _READERS.get(tag_of(element))
        if read:
            yield from read(self, element, marks)
        elif tag_of(element) in _CONTAINERS:
            yield from self._read_blocks(element, marks)
        else:
            # An inline element around blocks, such as a link around paragraphs.
            yield from self._read_blocks(element, self._mark(element, marks))

    def _read_heading(self, element: Element, marks: Marks) -> Iterator[Block]:
        parts = tidy(self._flatten(element, marks))
        if says_nothing(parts):
            self.around.tell("titre vide", "")
        else:
            yield Heading(level=int(tag_of(element)[1]), parts=parts)

    def _flatten(self, element: Element, marks: Marks) -> Iterator[Part]:
        """Yield the parts of an element that is one piece of text, whatever blocks are in it."""
        for number, block in enumerate(self._read_blocks(element, marks)):
            if number:
                yield Break()
            if isinstance(block, (Paragraph, Heading)):
                yield from block.parts
            else:
                yield Run(text=text_of([block]), marks=marks)

    def _read_quote(self, element: Element, marks: Marks) -> Iterator[Block]:
        blocks = tuple(self._read_blocks(element, marks))
        if blocks:
            yield Quote(blocks=blocks)

    def _read_rule(self, element: Element, _: Marks) -> Iterator[Block]:
        yield More() if MORE in _classes(element) else Rule()

    def _read_list(self, element: Element, marks: Marks) -> Iterator[Block]:
        if not any(tag_of(child) == "li" for child in element):
            # What browsers show of it is what stands in it.
            yield from self._read_blocks(element, marks)
            return
        items: list[list[Block]] = []
        loose: list[Part] = [Run(text=element.text or "", marks=marks)]
        for child in element:
            self._note_anchor(child)
            if tag_of(child) == "li":
                items.append([*_as_paragraph(loose), *self._read_blocks(child, marks)])
                loose = []
            elif _is_block(child):
                items = items or [[]]
                items[-1] += [*_as_paragraph(loose), *self._read_block(child, marks)]
                loose = []
            else:
                loose += self._read_inline(child, marks)
            loose.append(Run(text=child.tail or "", marks=marks))
        items[-1] += _as_paragraph(loose)
        yield List(start=_find_start(element), items=tuple(map(tuple, items)))

    def _read_code(self, element: Element, marks: Marks) -> Iterator[Block]:
        if any(tag_of(child) in {"a", "img"} for child in element.iter()):
            yield from self._read_lines(element, marks)
            return
        for each in list(element.iter("br")):
            each.tail = "\n" + (each.tail or "")
        styled = sorted({tag_of(child) for child in element.iterdescendants()} - {"code", "br", ""})
        if styled:
            self.around.tell("mise en forme dans du code", ", ".join(styled))
        text = "".join(element.itertext()).removeprefix("\n")
        if text.strip():
            yield Code(text=text.rstrip("\n"), language=_find_language(element))

    def _read_lines(self, element: Element, marks: Marks) -> Iterator[Block]:
        """Yield text typed as code, in which there are links, as lines of a paragraph."""
        _mark_lines(element)
        parts: list[Part] = []
        for block in self._read_blocks(element, marks):
            for part in (
                block.parts if isinstance(block, Paragraph) else (Run(text=text_of([block])),)
            ):
                lines = re.split("[\n\u2028]", part.text) if isinstance(part, Run) else []
                parts += [part] if not isinstance(part, Run) else _break_lines(lines, part.marks)
        yield from _as_paragraph(parts)

    def _read_definitions(self, element: Element, marks: Marks) -> Iterator[Block]:
        items: list[tuple[list[Parts], list[Blocks]]] = []
        children = [
            each for child in element for each in (child if tag_of(child) == "div" else [child])
        ]
        if any(
            tag_of(child) not in {"dt", "dd"} and isinstance(child.tag, str) for child in children
        ):
            yield from self._read_blocks(element, marks)
            return
        for child in children:
            self._note_anchor(child)
            if tag_of(child) == "dt":
                if not items or items[-1][1]:
                    items.append(([], []))
                items[-1][0].append(tidy(self._flatten(child, marks)))
            elif tag_of(child) == "dd":
                items = items or [([], [])]
                items[-1][1].append(tuple(self._read_blocks(child, marks)))
        yield from _as_definitions(items)

    def _read_table(self, element: Element, marks: Marks) -> Iterator[Block]:
        caption: Parts = ()
        rows: list[tuple[Cell, ...]] = []
        heads: list[bool] = []
        for row in element.iter("tr", "caption"):
            if next(row.iterancestors("table"), None) is not element:
                continue
            if tag_of(row) == "caption":
                caption = tidy(self._flatten(row, marks))
                continue
            cells = [cell for cell in row if tag_of(cell) in {"td", "th"}]
            rows.append(tuple(self._read_cell(cell, marks) for cell in cells))
            in_head = tag_of(row.getparent()) == "thead"
            heads.append(bool(cells) and (in_head or all(tag_of(cell) == "th" for cell in cells)))
        kept = [(row, head) for row, head in zip(rows, heads, strict=True) if row]
        count = next((at for at, (_, head) in enumerate(kept) if not head), len(kept))
        if kept:
            yield Table(rows=tuple(row for row, _ in kept), head=count, caption=caption)
        elif caption:
            yield Paragraph(parts=caption)

    def _read_cell(self, element: Element, marks: Marks) -> Cell:
        self._note_anchor(element)
        return Cell(
            blocks=tuple(self._read_blocks(element, marks)),
            is_head=tag_of(element) == "th",
            columns=_span(element, "colspan"),
            rows=_span(element, "rowspan"),
        )

    def _read_figure(self, element: Element, marks: Marks) -> Iterator[Block]:
        captions = [child for child in element if tag_of(child) == "figcaption"]
        shown = _only_picture(element)
        if shown is not None and captions:
            yield self._as_figure(element, shown, captions, marks)
            return
        for caption in captions:
            _take_out(caption)
        blocks = list(self._read_blocks(element, marks))
        caption_blocks = [block for each in captions for block in self._read_blocks(each, marks)]
        tables = [block for block in blocks if isinstance(block, Table)]
        is_plain = len(caption_blocks) == 1 and isinstance(caption_blocks[0], Paragraph)
        if len(blocks) == len(tables) == 1 and is_plain and not tables[0].caption:
            parts = caption_blocks[0].parts  # type: ignore[union-attr]
            yield Table(rows=tables[0].rows, head=tables[0].head, caption=parts)
        else:
            yield from (*blocks, *caption_blocks)

    def _as_figure(
        self, element: Element, shown: Element, captions: list[Element], marks: Marks
    ) -> Figure:
        parts = list(self._read_inline(shown, ()))
        picture = next(part for part in parts if isinstance(part, Picture))
        link = next((mark for mark in picture.marks if mark.startswith(LINK)), "")
        bare = Picture(target=picture.target, alt=picture.alt, width=picture.width)
        caption = tuple(block for each in captions for block in self._read_blocks(each, marks))
        return Figure(
            picture=bare,
            caption=caption,
            link=link.removeprefix(LINK),
            align=_find_side(element),
        )

    def _read_note(self, element: Element, marks: Marks) -> Note:
        return Note(label=element.get(NOTE) or "", blocks=tuple(self._read_blocks(element, marks)))

    # -- Pieces of text -------------------------------------------------------------------

    def _read_inline(self, element: Element, marks: Marks) -> Iterator[Part]:
        tag = tag_of(element)
        if tag == "br":
            yield Break(marks=marks)
        elif tag in {"img", "image"}:
            yield from self._read_picture(element, marks)
        elif tag in PLAYED:
            yield from self._read_player(element, marks)
        elif tag in SILENT or not isinstance(element.tag, str):
            self._tell_silent(element)
        elif element.get(CALL):
            yield Call(label=element.get(CALL) or "", marks=marks)
        else:
            yield from self._read_marked(element, self._mark(element, marks))

    def _read_marked(self, element: Element, marks: Marks) -> Iterator[Part]:
        if is_button(element):
            yield Run(text=" ")
        yield Run(text=element.text or "", marks=marks)
        for child in element:
            self._note_anchor(child)
            yield from self._read_inline(child, marks)
            yield Run(text=child.tail or "", marks=marks)

    def _mark(self, element: Element, marks: Marks) -> Marks:
        """Return *marks* with that of *element*, if it makes any difference to who reads."""
        tag = tag_of(element)
        if tag == "a" and element.get("href") is not None:
            return self._mark_link(element, marks)
        name = _MARKS.get(tag, "")
        if name == "abbr" and (element.get("title") or "").strip():
            name = f"abbr:{' '.join((element.get('title') or '').split())}"
        if name and name not in marks:
            return (*marks, name)
        language = element.get("lang") or element.get("xml:lang") or ""
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) and tag == "span":
            return (*marks, f"lang:{language}")
        return marks

    def _mark_link(self, element: Element, marks: Marks) -> Marks:
        if any(mark.startswith(LINK) for mark in marks):
            return marks
        target = self.around.lead(element.get("href") or "")
        title = " ".join((element.get("title") or "").split())
        if title and title not in " ".join("".join(element.itertext()).split()):
            self.around.tell("info-bulle retirée", title)
        return (*marks, f"{LINK}{target}") if target else marks

    def _read_picture(self, element: Element, marks: Marks) -> Iterator[Part]:
        source = find_source(element)
        if not source:
            self.around.tell("image sans adresse", element.get("alt") or "")
            return
        alt = " ".join((element.get("alt") or "").split())
        alt = alt or self.around.describe(source, element.get("class") or "")
        yield Picture(
            target=self.around.place(source), alt=alt, width=_find_width(element), marks=marks
        )

    def _read_player(self, element: Element, marks: Marks) -> Iterator[Part]:
        """Yield a link to what would play by itself, then what it says where it can't."""
        addresses = list(dict.fromkeys(filter(None, find_played(element))))
        for number, address in enumerate(addresses):
            target = self.around.lead(address)
            shown = element.get("title") or element.get("data-archive-name") or address
            if number:
                yield Break(marks=marks)
            if target:
                yield Run(text=shown, marks=(*marks, f"{LINK}{target}"))
            self.around.tell("lecteur devenu lien", address)
        yield Run(text=" ", marks=marks)
        for child in element:
            if tag_of(child) not in {"embed", "param", "source", "track", "object"}:
                yield from self._read_inline(child, marks)
            yield Run(text=child.tail or "", marks=marks)

    def _tell_silent(self, element: Element) -> None:
        if isinstance(element.tag, str):
            self.around.tell("élément sans texte retiré", tag_of(element))
        elif isinstance(element, etree._Comment):  # noqa: SLF001
            self.around.tell("commentaire HTML retiré", "")

    def _note_anchor(self, element: Element) -> None:
        """Note that links lead to *element*."""
        if not isinstance(element.tag, str):
            return
        names = [element.get("id"), element.get("name") if tag_of(element) == "a" else None]
        for name in dict.fromkeys(filter(None, names)):
            target = self.around.name(name or "")
            if target and target not in self._targets:
                self._targets.append(target)


_READERS: Mapping[str, Callable[[Reader, Element, Marks], Iterable[Block]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Reader._read_heading),  # noqa: SLF001
    **dict.fromkeys(("ul", "ol", "menu", "dir"), Reader._read_list),  # noqa: SLF001
    "blockquote": Reader._read_quote,  # noqa: SLF001
    "pre": Reader._read_code,  # noqa: SLF001
    "hr": Reader._read_rule,  # noqa: SLF001
    "table": Reader._read_table,  # noqa: SLF001
    "dl": Reader._read_definitions,  # noqa: SLF001
    "figure": Reader._read_figure,  # noqa: SLF001
    "aside": lambda reader, element, marks: (
        [reader._read_note(element, marks)]  # noqa: SLF001
        if element.get(NOTE)
        else reader._read_blocks(element, marks)  # noqa: SLF001
    ),
}


def parse(text: str) -> Element:
    """Return *text*, HTML, as the children of an element."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    data = f"<html><body><div>{text}</div></body></html>".encode("utf-8", "replace")
    body = html.document_fromstring(data, parser=parser).find("body")
    # What closes the div too early comes after it.
    return body if body is not None else html.Element("body")


def tag_of(element: Element | None) -> str:
    """Return the name of an element, or nothing where it is a comment."""
    return element.tag.lower() if element is not None and isinstance(element.tag, str) else ""


def is_button(element: Element) -> bool:
    """Tell whether *element* is a button, which WordPress shows apart from what it follows."""
    return "wp-block-file__button" in _classes(element)


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _is_block(element: Element) -> bool:
    """Tell whether *element* stands by itself, or has something in it that does."""
    tag = tag_of(element)
    if tag in _BLOCKS:
        return True
    return (
        bool(tag)
        and tag not in SILENT | PLAYED
        and any(tag_of(child) in _BLOCKS for child in element.iter())
    )


def _as_paragraph(parts: list[Part]) -> Iterator[Block]:
    """Yield what stands between two blocks, if it says anything."""
    tidied = tidy(parts)
    if not says_nothing(tidied):
        yield Paragraph(parts=tidied)


def _as_definitions(items: list[tuple[list[Parts], list[Blocks]]]) -> Iterator[Block]:
    """Yield terms with their meanings; as paragraphs, where there is one without the other."""
    if items and all(
        len(terms) == 1 and terms[0] and found and all(found) for terms, found in items
    ):
        yield Definitions(items=tuple((terms[0], tuple(found)) for terms, found in items))
        return
    for terms, found in items:
        yield from (Paragraph(parts=term) for term in terms if not says_nothing(term))
        for blocks in found:
            yield from blocks


def _mark_lines(element: Element) -> None:
    """Put in *element* signs that stay where lines end, and spaces that stay where they begin."""
    element.text = (element.text or "").removeprefix("\n")
    for each in element.iter():
        each.text = _mark_text(each.text or "")
        if each is not element:
            each.tail = _mark_text(each.tail or "")


def _mark_text(text: str) -> str:
    first, *others = text.split("\n")
    return "\u2028".join([first, *(re.sub("^ +", _hold, line) for line in others)])


def _hold(spaces: re.Match[str]) -> str:
    return "\u00a0" * len(spaces[0])


def _break_lines(lines: list[str], marks: Marks) -> Iterator[Part]:
    for number, line in enumerate(lines):
        if number:
            yield Break(marks=marks)
        bare = line.lstrip(" ")
        yield Run(text="\u00a0" * (len(line) - len(bare)) + bare, marks=marks)


def _find_start(element: Element) -> int | None:
    if tag_of(element) != "ol":
        return None
    start = (element.get("start") or "1").strip()
    return int(start) if re.fullmatch("[0-9]{1,9}", start) else 1


_LANGUAGE = re.compile(r"(?:brush:\s*|lang(?:uage)?[-:]\s*)([\w+#.-]+)", re.IGNORECASE)


def _find_language(element: Element) -> str:
    for each in (element, *element.iter("code")):
        found = _LANGUAGE.search(each.get("class") or "")
        if found:
            return found[1].lower()
    return (element.get("lang") or "").lower() if element.get("data-archive-code") else ""


def _span(element: Element, name: str) -> int:
    text = (element.get(name) or "1").strip()
    return max(1, int(text)) if re.fullmatch("[0-9]{1,2}", text) else 1


def _find_width(element: Element) -> int:
    found = _SIZE.fullmatch(element.get("width") or "")
    return int(found[1]) if found else 0


def find_source(element: Element) -> str:
    """Return the address of an image; scripts that load it late keep it elsewhere."""
    source = (element.get("src") or "").strip()
    if source and not source.startswith("data:"):
        return source
    late = (element.get(name) for name in ("data-src", "data-lazy-src", "data-original"))
    return next((each.strip() for each in late if each), "")


def _find_side(element: Element) -> str:
    classes = _classes(element)
    return next((side for side in ("left", "right", "center") if f"align{side}" in classes), "")


def _only_picture(element: Element) -> Element | None:
    """Return the one image of a figure, or the link around it; None when there is more."""
    rest = [child for child in element if tag_of(child) not in {"figcaption", ""}]
    texts = [element.text, *(child.tail for child in element)]
    if len(rest) != 1 or any((text or "").strip() for text in texts):
        return None
    only, images = rest[0], list(rest[0].iter("img"))
    said = "".join(only.itertext())
    inside = {tag_of(each) for each in only.iter()} - {"a", "img", "span", "div", ""}
    if len(images) != 1 or not find_source(images[0]) or said.strip() or inside:
        return None
    links = list(only.iter("a"))
    return (links or images)[0] if len(links) <= 1 else None


def _take_out(element: Element) -> None:
    """Remove *element*, not the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


def find_played(element: Element) -> Iterator[str]:
    """Yield the addresses of what a player plays."""
    yield (element.get("src") or element.get("data") or "").strip()
    for child in element.iter("source", "embed", "param", "iframe", "object"):
        if tag_of(child) != "param":
            yield (child.get("src") or child.get("data") or "").strip()
        elif (child.get("name") or "").lower() in {"movie", "src", "url"}:
            yield (child.get("value") or "").strip()
