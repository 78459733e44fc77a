"""What the codes of site builders become: shortcodes of Hugo, tags of Liquid as Jekyll has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archivist.mends.text.blocks import is_box, write_box
from archivist.mends.text.edits import Edit, set_apart, take_out_line
from archivist.mends.text.mending import Mend, Mending, is_picture, put, write_target
from archivist.syntax.foreign import Found
from archivist.wordpress.html.shortcodes import PLACES
from archivist.wordpress.text.inline import fence_for

# name, key=value, key="value", "value", value
_WORD = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<double>(?:\\.|[^\"\\])*)\"|'(?P<single>[^']*)'|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"'=]+))"
)
_PLAYERS: Mapping[str, str] = {
    **PLACES,
    "x": "https://x.com/i/status/{}",
}
"""Where what a shortcode plays is to be seen."""
_SOURCES = (
    "src",
    "source",
    "link",
    "url",
    "image",
    "image_path",
    "path",
    "file",
    "filename",
    "id",
    "",
)
_SILENT = frozenset({"assign", "increment", "raw", "endraw", "toc", "rawhtml", "break", "unless"})
_HIGHLIGHTS = frozenset({"highlight", "code", "codeblock", "prettify"})
_NOTICES = frozenset({"notice", "alert", "admonition", "callout", "hint", "box", "block"})
_QUOTES = frozenset({"quote", "blockquote"})
_PUT_ASIDE = re.compile(r"<!-- (?P<code>(?:\{[{%]|-{1,2} ?-?8<).*?) -->", re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteCode:
    """What a shortcode or a tag says: its name, its words and named values, whether it ends one."""

    name: str
    words: tuple[str, ...]
    said: tuple[str, ...]
    """Those of its words that stand between quotes."""
    values: Mapping[str, str]
    is_end: bool

    def find(self, *keys: str) -> str:
        """Return the first value there is of *keys*; "" is for the first word."""
        for key in keys:
            if value := (self.values.get(key, "") if key else next(iter(self.words), "")):
                return value
        return ""


def _read(typed: str) -> SiteCode:
    bare = typed.strip().strip("-").strip()
    is_end = bare.startswith(("/", "end"))
    name, _, rest = re.sub(r"\s", " ", bare.strip("/ \n\t")).partition(" ")
    words, said, values = list[str](), list[str](), dict[str, str]()
    for word in _WORD.finditer(rest):
        value = next((word[each] for each in ("double", "single", "raw", "bare") if word[each]), "")
        value = re.sub(r"\\([\"\\])", r"\1", value) if word["double"] else value
        if word["key"]:
            values[word["key"].lower()] = value
        elif value != ",":
            words.append(value)
            said += [value] if word["bare"] is None else []
    name = name.removesuffix(".html").lower()
    return SiteCode(name=name, words=tuple(words), said=tuple(said), values=values, is_end=is_end)


def _mend_code(found: Found, mending: Mending) -> Iterator[Edit]:
    code = _read(found.group("code"))
    if code.name == "include":
        code = _read(" ".join(found.group("code").strip().split()[1:]))
    edits = list(_find_equal(found, code, mending))
    yield from edits or [_put_aside(found)]


def _put_aside(found: Found) -> Edit:
    """Keep a code that has no equal where its writer sees it, and readers do not."""
    typed = found.typed.replace("--", "- -").strip()
    return put(found, f"<!-- {typed} -->")


def tell_put_aside(before: str, after: str) -> Iterator[str]:
    """Yield, in French, each code of a text as it was *before* that is a remark in what comes *after*."""
    for found in _PUT_ASIDE.finditer(after):
        if found[0] not in before:
            shown = " ".join(found["code"].split())[:60]
            yield f"« {shown} » n’a pas d’équivalent ici : gardé en remarque, que les lecteurs ne voient pas."


def _find_equal(found: Found, code: SiteCode, mending: Mending) -> Iterator[Edit]:
    """Yield what a code comes to, if anything here is its equal."""
    if pair := _find_pair(found, code, mending.text):
        yield from _mend_pair(found, code, mending, pair)
    elif code.name in _SILENT or code.name.removeprefix("end") in _SILENT:
        yield take_out_line(mending.text, found.start, found.end)
    elif code.name in {"ref", "relref", "post_url", "link"}:
        yield from _lead(found, code, mending)
    elif code.name in _QUOTES and code.said:
        yield _quote(found, code, mending)
    elif is_picture(code.find(*_SOURCES).partition("?")[0]):
        yield from _show(found, code, mending)
    else:
        yield from _play(found, code, mending)


def _find_pair(found: Found, code: SiteCode, text: str) -> tuple[int, int] | None:
    """Return where the end of what *code* begins is, if it has one."""
    if code.is_end or code.name not in _HIGHLIGHTS | _NOTICES | _QUOTES | {"comment"}:
        return None
    end = re.compile(rf"\{{[{{%]+[<%]?-?\s*(?:/\s*|end){re.escape(code.name)}\s*-?[>%]?[}}%]+\}}?")
    match = end.search(text, found.end)
    return match.span() if match else None


def _mend_pair(
    found: Found, code: SiteCode, mending: Mending, pair: tuple[int, int]
) -> Iterator[Edit]:
    """Make what is between two codes what they say it is."""
    text = mending.text
    inside = text[found.end : pair[0]].strip("\n")
    if code.name == "comment":
        block = f"<!--{inside}-->" if "--" not in inside else ""
    elif code.name in _HIGHLIGHTS:
        language = code.find("", "lang", "language")
        fence = fence_for(inside, 3)
        block = f"{fence}{language if _LANGUAGE.fullmatch(language) else ''}\n{inside}\n{fence}"
    elif code.name in _NOTICES:
        kind = code.find("type", "kind", "level", "")
        kind = kind if is_box(kind) else "note"
        block = write_box(kind, code.find("title", "heading"), inside.strip())
    else:
        block = "\n".join(f"> {line}".rstrip() for line in inside.strip().split("\n"))
    if block:
        block = set_apart(text, found.start, pair[1], block)
        yield Edit(start=found.start, end=pair[1], text=block)


def _lead(found: Found, code: SiteCode, mending: Mending) -> Iterator[Edit]:
    """Make the name of a post that a link leads to the path of it."""
    target, _, part = code.find("", "path").strip("/").partition("#")
    path = mending.around.find_page(target.removeprefix("_posts/")) if target else ""
    if not path and re.search(r"\](?:\(|:[ \t]*)$", mending.text[: found.start]):
        # Nobody knows that page: the check tells so.
        path = code.find("", "path").partition("#")[0].replace(" ", "%20")
    if path:
        # What stands before it, as `{{ site.baseurl }}`, says where the site is.
        start = mending.text.rfind("(", 0, found.start) + 1
        before = mending.text[start : found.start]
        start = start if re.fullmatch(r"(?:\{\{[^{}]*\}\})?/?", before) else found.start
        yield Edit(start=start, end=found.end, text=f"{path}#{part}" if part else path)


def _quote(found: Found, code: SiteCode, mending: Mending) -> Edit:
    """Make a quotation of the words that a code gives, and of who said them."""
    words, *whose = code.said
    block = f"> {words}" + (f"\n>\n> — {', '.join(whose)}" if whose else "")
    return put(found, set_apart(mending.text, found.start, found.end, block))


def _show(found: Found, code: SiteCode, mending: Mending) -> Iterator[Edit]:
    """Make a picture an image, with its legend where it has one."""
    source = code.find(*_SOURCES)
    words = [*code.said, "", ""][1:] if source in code.said else ["", ""]
    alt = code.find("alt", "title", "caption") or words[0]
    legend = code.find("caption", "legend", "attr") or words[1]
    file = mending.around.find_file(source) if "://" not in source else ""
    path = mending.around.point_to(file) if file else source
    if legend and not re.search(r"[\s]", path):
        block = f":::{{figure}} {path}\n:alt: {alt}\n\n{legend}\n:::"
        block = set_apart(mending.text, found.start, found.end, block)
        yield put(found, block)
    else:
        yield put(found, f"![{alt}]({write_target(path)})")


def _play(found: Found, code: SiteCode, _: Mending) -> Iterator[Edit]:
    """Make what plays by itself a link to it."""
    source = code.find(*_SOURCES)
    address = source if source.startswith(("https://", "http://")) else ""
    if not address and code.name in _PLAYERS and re.fullmatch(r"[\w/-]+", source):
        address = _PLAYERS[code.name].format(source)
    title = code.find("title", "caption")
    if address:
        yield put(found, f"[{title}]({address})" if title else f"<{address}>")


def _mend_value(found: Found, mending: Mending) -> Iterator[Edit]:
    """Take `{{ site.baseurl }}` away where an address begins; give what `{{ "/x" | url }}` says."""
    code = found.group("code").strip()
    literal = re.match(
        r"[\"']([^\"']+)[\"']\s*\|\s*(?:relative_url|absolute_url|prepend|url|relURL|absURL)", code
    )
    after = mending.text[found.end : found.end + 1]
    if literal:
        yield put(found, literal[1])
    elif (
        re.fullmatch(r"(?:site\.(?:base_?url|url)|\.Site\.BaseURL|SITEURL)", code, re.IGNORECASE)
        and after == "/"
    ):
        yield put(found, "")
    else:
        yield _put_aside(found)


CODES: Mapping[str, Mend] = {
    "code": _mend_code,
    "liquid-value": _mend_value,
    "snippet": lambda found, _: iter([_put_aside(found)]),
}
"""What mends each construct, by its name in `archivist.syntax.constructs`."""
