"""Make the content of a post, as WordPress stores it, the HTML that its readers saw.

Blocks lose their comments, known shortcodes become elements, and text typed without tags its
paragraphs: https://developer.wordpress.org/reference/hooks/the_content/.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from archivist.syntax.characters import take_out_signs
from archivist.wordpress.html.autop import add_paragraphs
from archivist.wordpress.html.blocks import CALL, MORE, NEXT_PAGE, NOTE
from archivist.wordpress.html.shortcodes import Shortcode, split_shortcodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Stand around the number of what is put aside; no text may hold them.
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_ASIDE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_CODES = "sourcecode|code|php|css|html|xml|javascript|js|python|bash|sql|java|ruby|perl|text|plain"
_UNTOUCHED = re.compile(
    r"<(?P<tag>pre|code|script|style|textarea)\b[^>]*>.*?</(?P=tag)\s*>"
    rf"|(?<!\[)\[(?P<code>{_CODES})(?P<attributes>(?:\s[^\]]*)?)\](?P<text>.*?)\[/(?P=code)\](?!\])",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_/-]*)\s+(?P<attributes>\{.*?\}\s+)?(?P<empty>/)?-->",
    re.DOTALL,
)
_MORE_TAG = re.compile(r"<!--more(?P<label>.*?)?-->", re.DOTALL)
_NEXT_PAGE_TAG = re.compile(r"<!--nextpage-->")
_NO_TEASER = re.compile(r"<!--noteaser-->")
# An address alone on its line is shown as what it leads to.
_LONE_ADDRESS = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*\r?$", re.MULTILINE)
_ENTITY = re.compile(r"&#(?:x(?P<hex>[0-9a-fA-F]{1,6})|(?P<number>[0-9]{1,7}));")
_CAPTIONED = re.compile(
    r"\s*(?P<shown>(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(?P<caption>.*)",
    re.DOTALL | re.IGNORECASE,
)
_FOOTNOTE = re.compile(r'<sup\b(?=[^>]*\bdata-fn="(?P<id>[^"]+)")[^>]*>.*?</sup>', re.DOTALL)
_WRAPPERS = re.compile(r"(?:vc_|et_pb_|fusion_|mk_|av_)[a-z_]+|row|column|columns?")
_FOOTNOTES = frozenset({"footnote", "ref", "fn", "efn_note", "note"})
# Blocks that are typed text of before blocks.
_CLASSIC = frozenset({"freeform", "core/freeform", "classic", "shortcode"})
_DEEPEST = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Attached:
    """A file of the media library: its address, and the words that go with it."""

    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""

    @property
    def is_image(self) -> bool:
        """Whether it can be shown in a page."""
        path = self.url.partition("?")[0].lower()
        return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp", ".avif"))


class Library(Protocol):
    """What a content may ask of the rest of the export."""

    def find_attached(self, number: int) -> Attached | None:
        """Return the media of that number."""

    def list_attached(self, post: int) -> Sequence[Attached]:
        """Return the media attached to a post, in their order."""

    def find_block(self, number: int) -> str | None:
        """Return the content of a block that several posts share."""


@dataclass
class Expander:
    """Makes HTML of the content of one post; *tell* hears of what is lost or doubtful.

    *notes* are the footnotes that WordPress keeps apart, HTML by id.
    """

    post: int
    library: Library
    tell: Callable[[str, str], None]
    notes: dict[str, str] = field(default_factory=dict)
    _aside: list[str] = field(default_factory=list)
    _called: list[str] = field(default_factory=list)
    _has_more: bool = False

    def expand(self, content: str) -> str:
        """Return the HTML of *content*."""
        text = clean_text(content, self.tell)
        text = self._put_code_aside(text)
        text = self._replace_marks(self._fill_shared(text))
        text = _LONE_ADDRESS.sub(self._link_address, text)
        text = self._bring_back(self._expand_blocks(text))
        text = _FOOTNOTE.sub(self._call_block_note, text)
        return text + self._write_notes(text)

    # -- What is put aside ----------------------------------------------------------------

    def _put_aside(self, text: str) -> str:
        self._aside.append(text)
        return f"{_OPEN}{len(self._aside) - 1}{_CLOSE}"

    def _bring_back(self, text: str) -> str:
        # What was put aside may hold what was put aside before.
        while _ASIDE.search(text):
            text = _ASIDE.sub(lambda found: self._aside[int(found[1])], text)
        return text

    def _put_code_aside(self, text: str) -> str:
        return _UNTOUCHED.sub(self._put_one_aside, text)

    def _put_one_aside(self, found: re.Match[str]) -> str:
        if not found["code"]:
            tag = found["tag"].lower()
            # Paragraphs are made around what stands by itself, which autop has to see.
            inside = found[0].partition(">")[2].rpartition("<")[0]
            opening, closing = found[0].partition(">")[0] + ">", f"</{tag}>"
            return f"{opening}{self._put_aside(inside)}{closing}"
        language = re.search(r"lang(?:uage)?\s*=\s*[\"'“”]?([\w+#.-]+)", found["attributes"] or "")
        name = language[1] if language else found["code"].lower()
        name = "" if name in {"code", "sourcecode", "plain"} else name
        code = html.escape(html.unescape(found["text"].strip("\r\n")), quote=False)
        return f'<pre class="brush: {name}">{self._put_aside(code)}</pre>'

    # -- Blocks ---------------------------------------------------------------------------

    def _fill_shared(self, text: str, depth: int = 0) -> str:
        """Put the blocks that several posts share where they are asked for."""

        def fill(found: re.Match[str]) -> str:
            if found["name"] not in {"block", "core/block"} or not found["empty"]:
                return found[0]
            number = _read_attributes(found).get("ref")
            shared = self.library.find_block(number) if isinstance(number, int) else None
            if shared is None or depth >= _DEEPEST:
                self.tell("bloc partagé introuvable", str(number))
                return ""
            return self._fill_shared(self._put_code_aside(clean_text(shared, self.tell)), depth + 1)

        return _BLOCK.sub(fill, text)

    def _replace_marks(self, text: str) -> str:
        text = _MORE_TAG.sub(self._replace_more, _NO_TEASER.sub("", text))
        return _NEXT_PAGE_TAG.sub(f'<hr class="{NEXT_PAGE}">', text)

    def _replace_more(self, found: re.Match[str]) -> str:
        label = (found["label"] or "").strip()
        if label:
            self.tell("libellé du lien « lire la suite »", label)
        if self._has_more:
            return ""
        self._has_more = True
        return f'<hr class="{MORE}">'

    def _expand_blocks(self, text: str) -> str:
        """Return *text* without the comments of blocks; what stands outside is typed text."""
        written, depth, at = [], 0, 0
        classic: list[bool] = []
        for found in _BLOCK.finditer(text):
            is_typed = classic[-1] if classic else depth == 0
            written.append(self._expand_piece(text[at : found.start()], is_typed=is_typed))
            at = found.end()
            if found["empty"]:
                self._tell_dynamic(found)
            elif found["end"]:
                depth = max(0, depth - 1)
                del classic[-1:]
            else:
                depth += 1
                classic.append(found["name"] in _CLASSIC)
        written.append(self._expand_piece(text[at:], is_typed=depth == 0))
        return "".join(written)

    def _tell_dynamic(self, found: re.Match[str]) -> None:
        if found["name"] not in {"footnotes", "core/footnotes", "more", "nextpage", "spacer"}:
            self.tell("bloc dynamique sans contenu", found["name"])

    def _expand_piece(self, text: str, *, is_typed: bool) -> str:
        text = self._expand_shortcodes(text)
        return add_paragraphs(text) if is_typed and text.strip() else text

    # -- Shortcodes -----------------------------------------------------------------------

    def _expand_shortcodes(self, text: str) -> str:
        return "".join(
            piece if isinstance(piece, str) else self._expand_shortcode(piece)
            for piece in split_shortcodes(text, _NAMES)
        )

    def _expand_shortcode(self, code: Shortcode) -> str:
        if _WRAPPERS.fullmatch(code.name):
            self.tell("code court de mise en page retiré", code.raw.partition("]")[0] + "]")
            return self._expand_shortcodes(code.content or "")
        if code.name in _FOOTNOTES:
            return self._call_note(code)
        made = _SHORTCODES[code.name](self, code)
        if not made:
            self.tell("code court gardé en texte", code.raw[:120])
            return html.escape(code.raw, quote=False) if "<" in code.raw else code.raw
        return f"<figure>{self._put_aside(made)}</figure>" if made.startswith("<") else made

    def _caption(self, code: Shortcode) -> str:
        found = _CAPTIONED.fullmatch(self._expand_shortcodes(code.content or ""))
        if not found:
            return f"<div>{code.content or ''}</div>"
        caption = code.attributes.get("caption") or found["caption"].strip()
        side = code.attributes.get("align", "")
        text = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure class="{side}">{found["shown"]}{text}</figure>'

    def _gallery(self, code: Shortcode) -> str:
        numbers = _numbers(code.attributes.get("ids") or code.attributes.get("include", ""))
        found = [self.library.find_attached(number) for number in numbers]
        if not numbers:
            owner = _numbers(code.attributes.get("id", "")) or [self.post]
            found = list(self.library.list_attached(owner[0]))
        images = [each for each in found if each and each.is_image]
        missing = len(found) - len(images) if numbers else 0
        if missing:
            self.tell("image de galerie introuvable dans l’export", f"{missing} sur {len(found)}")
        links = code.attributes.get("link") != "none"
        return "".join(_show_attached(each, links=links) for each in images)

    def _embed(self, code: Shortcode) -> str:
        address = (code.content or "").strip() or next(iter(code.values), "")
        address = code.attributes.get("url") or code.attributes.get("src") or address
        address = _find_address(code, html.unescape(address))
        return f"<p>{_link(address)}</p>" if address else ""

    def _play(self, code: Shortcode) -> str:
        """Return links to the files that a player would play."""
        values = [value.partition("|")[0] for value in code.values]
        found = [code.attributes.get(key, "") for key in _PLAYED] + values
        inside = re.findall(r'(?:src|href)="([^"]+)"', code.content or "")
        addresses = dict.fromkeys(each for each in (*found, *inside) if "." in each)
        return "".join(f"<p>{_link(each, each.rpartition('/')[2])}</p>" for each in addresses)

    def _playlist(self, code: Shortcode) -> str:
        numbers = _numbers(code.attributes.get("ids", ""))
        found = [self.library.find_attached(number) for number in numbers]
        if not found or None in found:
            return ""
        return "".join(
            f"<p>{_link(each.url, each.title or each.url.rpartition('/')[2])}</p>"
            for each in found
            if each
        )

    # -- Footnotes ------------------------------------------------------------------------

    def _call_note(self, code: Shortcode) -> str:
        text = (code.content or "").strip()
        if not text:
            return code.raw
        label = f"note-{len(self.notes) + 1}"
        self.notes[label] = self._expand_shortcodes(text)
        self._called.append(label)
        return f'<sup {CALL}="{label}"></sup>'

    def _call_block_note(self, found: re.Match[str]) -> str:
        if found["id"] not in self.notes:
            return found[0]
        self._called.append(found["id"])
        return f'<sup {CALL}="{found["id"]}"></sup>'

    def _write_notes(self, text: str) -> str:
        """Return the texts of the footnotes that *text* calls; the others are paragraphs."""
        called = sorted(set(self._called), key=lambda label: text.find(f'{CALL}="{label}"'))
        written = [
            f'<aside {NOTE}="{label}">{self._bring_back(self.notes[label])}</aside>'
            for label in called
        ]
        for label in sorted(self.notes.keys() - set(called)):
            self.tell("note que rien n’appelle", label)
            written.append(f"<p>{self.notes[label]}</p>")
        return "".join(written)

    def _link_address(self, found: re.Match[str]) -> str:
        return found[0].replace(found[1], _link(html.unescape(found[1])))


_PLAYED = (
    "src",
    "mp3",
    "m4a",
    "ogg",
    "wav",
    "wma",
    "flac",
    "mp4",
    "m4v",
    "webm",
    "ogv",
    "wmv",
    "flv",
)
_SHORTCODES: Mapping[str, Callable[[Expander, Shortcode], str]] = {
    "caption": Expander._caption,  # noqa: SLF001
    "wp_caption": Expander._caption,  # noqa: SLF001
    "gallery": Expander._gallery,  # noqa: SLF001
    "audio": Expander._play,  # noqa: SLF001
    "video": Expander._play,  # noqa: SLF001
    "playlist": Expander._playlist,  # noqa: SLF001
    **dict.fromkeys(
        (
            *("embed", "youtube", "vimeo", "dailymotion", "soundcloud", "googlemaps", "twitter"),
            *("tweet", "slideshare", "gist", "iframe"),
        ),
        Expander._embed,  # noqa: SLF001
    ),
}
# Where a number alone leads to.
_PLACES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "gist": "https://gist.github.com/{}",
}


class _Names:
    """The names of the shortcodes that are read."""

    def __contains__(self, name: object) -> bool:
        return name in _SHORTCODES or name in _FOOTNOTES or bool(_WRAPPERS.fullmatch(str(name)))


_NAMES = _Names()


def clean_text(text: str, tell: Callable[[str, str], None]) -> str:
    """Return *text* without the signs that no post may hold, seen or written as entities."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _ENTITY.sub(_read_entity, text)
    clean, taken = take_out_signs(text)
    for sign in taken:
        tell("signe invisible retiré", sign)
    return clean


def _read_entity(found: re.Match[str]) -> str:
    """Return the sign of an entity, if it is one that is to be taken out."""
    number = int(found["hex"], 16) if found["hex"] else int(found["number"])
    if number in {9, 10, 13} or not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:  # noqa: PLR2004
        return found[0]
    sign = chr(number)
    return sign if take_out_signs(sign)[1] else found[0]


def read_notes(text: str) -> dict[str, str]:
    """Return the footnotes in the metadata of a post, HTML by id."""
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return {}
    notes = found if isinstance(found, list) else []
    return {
        str(note["id"]): str(note.get("content", ""))
        for note in notes
        if isinstance(note, dict) and re.fullmatch(r"[\w-]{1,80}", str(note.get("id", "")))
    }


def _read_attributes(found: re.Match[str]) -> dict[str, object]:
    try:
        read = json.loads(found["attributes"] or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall("[0-9]{1,18}", text)]


def _link(address: str, shown: str = "") -> str:
    return f'<a href="{html.escape(address)}">{html.escape(shown or address, quote=False)}</a>'


def _find_address(code: Shortcode, value: str) -> str:
    """Return where an embed leads, from an address or a bare number."""
    value = value or code.attributes.get("id", "")
    if value.startswith("//"):
        return f"https:{value}"
    if value.startswith(("http://", "https://")):
        return value
    if value.startswith("www."):
        return f"http://{value}"
    place = _PLACES.get(code.name)
    return place.format(value) if place and re.fullmatch(r"[\w/-]+", value) else ""


def _show_attached(attached: Attached, *, links: bool) -> str:
    image = f'<img src="{html.escape(attached.url)}" alt="{html.escape(attached.alt)}">'
    shown = f'<a href="{html.escape(attached.url)}">{image}</a>' if links else image
    caption = f"<figcaption>{attached.caption}</figcaption>" if attached.caption.strip() else ""
    return f"<figure>{shown}{caption}</figure>"
