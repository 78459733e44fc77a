"""The links and pictures of a text in Markdown, led to where they are now; its words stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin

from markdown_it import MarkdownIt

from archivist.addresses.web import find_scheme
from archivist.blogs.shelves import NOWHERE, BlogFiles
from archivist.blogs.texts import BlogText
from archivist.mends.text.edits import Edit, apply_edits, find_lines, find_opening
from archivist.syntax.allowed import COMPANIONS, PICTURES
from archivist.syntax.foreign import CODE_SPAN
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import PostShelf
from archivist.wordpress.notes import Kind

_CODE = re.compile(
    rf"{CODE_SPAN}"
    r"|\{%-?\s*(?P<tag>highlight|raw)\b.*?\{%-?\s*end(?P=tag)\s*-?%\}",
    re.DOTALL,
)
# What engines write an address as: a name of a text, or a path of the blog.
_NAMED = re.compile(
    r"\{%-?\s*(?:post_url|link)\s+[\"']?(?P<liquid>[^%\"'{}]+?)[\"']?\s*-?%\}"
    r"|\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?[\"“]?(?P<hugo>[^\"”\s<>%{}]+)[\"”]?[^<>%{}]*[>%]\}\}"
)
_PATH = re.compile(
    r"\{\{-?\s*[\"'](?P<path>[^\"'{}]*)[\"']\s*\|\s*"
    r"(?:relative_url|absolute_url|relURL|absURL|url|prepend:\s*site\.\w+(?:\s*\|[^|{}]*)*)\s*-?\}\}"
    r"|\{\{-?\s*site\.(?P<setting>baseurl|url|github\.url)\s*-?\}\}"
)
# [words](target "title"), and what is between the parentheses
_TARGET = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s()<]+(?:\([^\s()]*\)[^\s()]*)*))"
)
# [words](my picture.png), which only some engines read
_SPACED = re.compile(
    r"(?<=\]\()(?P<target>[^\s()<>\"'][^()<>\"'\n]*[ \t][^()<>\"'\n]*\.(?:{}))(?=\s*[\")])".format(
        "|".join(sorted(each[1:] for each in COMPANIONS))
    ),
    re.IGNORECASE,
)
# [1]: target
_DEFINED = re.compile(
    r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*<?(?P<defined>(?!\{[{%])[^\s<>]+)", re.MULTILINE
)
# <a href="…">, {{< figure src="…" >}}, {% include figure.html image_path="…" %}
_IN_TAG = re.compile(r"(?:<[a-zA-Z]|\{[{%][<%]?)[^<>{}]*")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(?P<name>href|src|image_path|url|path|image|link)\s*=\s*(?P<q>[\"'])(?P<value>[^\"'\n]*)(?P=q)"
)
# {filename}../x.md, {static}/images/x.png, @/posts/x.md
_PELICAN = re.compile(r"[{|](?P<kind>filename|static|attach)[}|](?P<name>.*)")


def _apply(text: str, edits: Iterable[Edit], code: list[tuple[int, int]]) -> str:
    """Return *text* with the *edits* that lie in no *code*."""
    outside = (
        each
        for each in edits
        if not any(start < each.end and each.start < end for start, end in code)
    )
    return apply_edits(text, outside)


def find_code(text: str) -> list[tuple[int, int]]:
    """Return where *text* is code."""
    starts = find_lines(text)
    tokens = MarkdownIt("commonmark").parse(text)
    blocks = [each.map for each in tokens if each.type in {"fence", "code_block"} and each.map]
    found = [(starts[first], starts[min(last, len(starts) - 1)]) for first, last in blocks]
    return [*found, *(match.span() for match in _CODE.finditer(text))]


def replace_outside_code(
    pattern: re.Pattern[str], text: str, write: Callable[[re.Match[str]], str]
) -> str:
    """Return *text* with what *pattern* matches written anew, but in code."""
    found = list(pattern.finditer(text))
    changes = (_edit(match.span(), write(match)) for match in found)
    return _apply(text, changes, find_code(text)) if found else text


@dataclass(frozen=True)
class LinkWriter:
    """Leads the links and pictures of the *text* that *shelf* is of."""

    text: BlogText
    files: BlogFiles
    links: LinkResolver
    shelf: PostShelf

    def write(self, body: str) -> str:
        """Return *body* with all its addresses as they are now."""
        body = self.resolve(body)
        return _apply(body, self._list_changes(body), find_code(body))

    def resolve(self, body: str) -> str:
        """Return *body* with the addresses of the blog where engines write how to find them."""
        body = replace_outside_code(_NAMED, body, self._name)
        body = replace_outside_code(_PATH, body, self._spell)
        return replace_outside_code(_SPACED, body, lambda found: f"<{found[0]}>")

    def _name(self, found: re.Match[str]) -> str:
        name, _, part = (found["liquid"] or found["hugo"]).partition("#")
        address = self.files.find_link(name, self.text)
        return (address + (f"#{part}" if part else "")) if address else found[0]

    def _spell(self, found: re.Match[str]) -> str:
        if found["setting"]:
            return self.files.engine.base if found["setting"] == "baseurl" else ""
        path = found["path"]
        return (
            path
            if find_scheme(path)
            else f"{self.files.engine.base}/{quote(path.lstrip('/'), safe='/#?=&%')}"
        )

    def _list_changes(self, body: str) -> Iterator[Edit]:
        for found in _TARGET.finditer(body):
            group = "angled" if found["angled"] is not None else "bare"
            yield from self._change_target(body, found, group)
        for found in _DEFINED.finditer(body):
            yield self._put(found, "defined", self._lead_any(found["defined"]))
        for tag in _IN_TAG.finditer(body):
            for found in _ATTRIBUTE.finditer(body, *tag.span()):
                yield self._put(found, "value", self._lead_attribute(tag[0], found))

    def _put(self, found: re.Match[str], group: str, new: str) -> Edit:
        return _edit(found.span(group), new or found[group])

    def _change_target(self, body: str, found: re.Match[str], group: str) -> Iterator[Edit]:
        opened = find_opening(body, found.start())
        # What no engine of ours knows stays, and is told.
        if opened < 0 or re.search(r"\{[{%<]", found[group]):
            return
        if body[opened - 1 : opened] == "!":
            yield self._put(found, group, self.place(found[group]))
        elif new := self.lead(found[group]):
            yield self._put(found, group, new)
        elif (end := body.find(")", found.end())) >= 0:
            # Nothing is there any more: the words stay.
            yield _edit((opened, opened + 1), "")
            yield _edit((found.start(), end + 1), "")

    def _lead_attribute(self, tag: str, found: re.Match[str]) -> str:
        """Return where an attribute leads: a picture that is shown is put beside the post."""
        is_shown = found["name"] in {"src", "image_path", "image"}
        value = found["value"]
        if is_shown and tag.startswith("<") and not tag.lower().startswith("<img"):
            return value
        if is_shown or self.files.find_file(value, self.text):
            is_picture = PurePosixPath(value.partition("?")[0]).suffix.lower() in PICTURES
            return self.place(value) if is_picture and is_shown else self._lead_any(value)
        return self.lead(value) if found["name"] == "href" else value

    def _lead_any(self, target: str) -> str:
        is_picture = PurePosixPath(target.partition("?")[0]).suffix.lower() in PICTURES
        is_near = self.files.find_file(target, self.text)
        return self.place(target) if is_picture and is_near else self.lead(target) or target

    def place(self, target: str) -> str:
        """Return where the picture *target* is now, beside the post."""
        return self.shelf.place_picture(self.find_address(target))

    def has_picture(self, target: str) -> bool:
        """Tell whether the picture *target* is anywhere."""
        return self.shelf.store.find(self.find_address(target))[1] is not None

    def find_address(self, target: str) -> str:
        """Return the address of a file: of one of the blog's folder by its place there."""
        name = _bare(target)
        return self.files.find_file(name, self.text) or urljoin(self.shelf.planned.link, name)

    def lead(self, target: str) -> str:
        """Return where *target* leads now, or nothing where nobody may be led."""
        found = self._lead(target)
        if found.startswith(NOWHERE):
            self.shelf.note(Kind.ADDRESS_REMOVED, target)
            return ""
        return found

    def _lead(self, target: str) -> str:
        name, _, part = _bare(target).partition("#")
        part = f"#{part}" if part else ""
        if find_scheme(name) or name.startswith("//") or not name:
            return self.links.lead(target, self.shelf)
        if name.endswith((".md", ".markdown")) and (link := self.files.find_link(name, self.text)):
            return self.links.lead(f"{link}{part}", self.shelf)
        if address := self.files.find_file(name, self.text):
            return self.shelf.place_file(address) or address
        return self.links.lead(name + part, self.shelf)


def _bare(target: str) -> str:
    """Return *target* without what an engine begins it with."""
    # Readers of Markdown write braces in hundredths.
    found = _PELICAN.fullmatch(unquote(target) if target.startswith("%7") else target)
    return found["name"] if found else target.removeprefix("@")


def _edit(span: tuple[int, int], text: str) -> Edit:
    return Edit(start=span[0], end=span[1], text=text)
