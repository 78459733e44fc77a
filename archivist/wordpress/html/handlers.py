"""What each of WordPress's shortcodes becomes: an element, a link, a footnote; else it stays text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from archivist.wordpress.export.plan import Medium, Plan
from archivist.wordpress.html.inline import CALL, name_player
from archivist.wordpress.html.shortcodes import PLACES, Shortcode, split_shortcodes
from archivist.wordpress.notes import Kind, Noter

# Stand around the number of what is put aside; no text may hold them.
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_ASIDE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
# What [caption] holds: <a href="…"><img src="…"></a> The caption
_CAPTIONED = re.compile(
    r"\s*(?P<shown>(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(?P<caption>.*)",
    re.DOTALL | re.IGNORECASE,
)
# Those of page builders: [vc_row], [et_pb_text], [column]
_WRAPPERS = re.compile(r"(?:vc_|et_pb_|fusion_|mk_|av_)[a-z_]+|row|column|columns?")
_DEEPEST = 20
_FOOTNOTES = frozenset(("footnote", "ref", "fn", "efn_note", "note"))
# The attributes of [audio] and [video] that name a file.
_FILES = (
    "src", "mp3", "m4a", "ogg", "wav", "wma", "flac", "mp4", "m4v", "webm", "ogv", "wmv", "flv",
)  # fmt: skip
# Where a number alone leads to.


@dataclass
class ShortcodeExpander:
    """Makes HTML of the shortcodes of one post."""

    post: int
    plan: Plan  # knows the rest of the export
    note: Noter  # hears of what is lost or doubtful
    notes: dict[str, str] = field(default_factory=dict)  # the footnotes: HTML by id
    called: list[str] = field(default_factory=list)  # the ids of those that were called
    _aside: list[str] = field(default_factory=list)
    _depth: int = 0  # how many shortcodes are around

    def put_aside(self, text: str) -> str:
        """Return what stands for *text*, which nothing may touch, until `bring_back`."""
        self._aside.append(text)
        return f"{_OPEN}{len(self._aside) - 1}{_CLOSE}"

    def bring_back(self, text: str) -> str:
        """Return *text* with what was put aside, which may hold what was put aside before."""
        while _ASIDE.search(text):
            text = _ASIDE.sub(lambda found: self._aside[int(found[1])], text)
        return text

    def expand_shortcodes(self, text: str) -> str:
        """Return *text* with HTML for each shortcode that is known, but those in too many others."""
        if self._depth == _DEEPEST:
            self.note(Kind.SHORTCODE_KEPT, text[:120])
            return text
        self._depth += 1
        expanded = "".join(
            piece if isinstance(piece, str) else self._expand_shortcode(piece)
            for piece in split_shortcodes(text, _NAMES)
        )
        self._depth -= 1
        return expanded

    def _expand_shortcode(self, code: Shortcode) -> str:
        if _WRAPPERS.fullmatch(code.name):
            self.note(Kind.LAYOUT_REMOVED, code.raw.partition("]")[0] + "]")
            return self.expand_shortcodes(code.content or "")
        if code.name in _FOOTNOTES:
            return self._call_note(code)
        made = SHORTCODES[code.name](self, code)
        if not made:
            self.note(Kind.SHORTCODE_KEPT, code.raw[:120])
            return html.escape(code.raw, quote=False) if "<" in code.raw else code.raw
        return f"<figure>{self.put_aside(made)}</figure>" if made.startswith("<") else made

    def _call_note(self, code: Shortcode) -> str:
        text = (code.content or "").strip()
        if not text:
            return code.raw
        label = f"note-{len(self.notes) + 1}"
        self.notes[label] = self.expand_shortcodes(text)
        self.called.append(label)
        return f'<sup {CALL}="{label}"></sup>'


def _make_caption(around: ShortcodeExpander, code: Shortcode) -> str:
    found = _CAPTIONED.fullmatch(around.expand_shortcodes(code.content or ""))
    if not found:
        return f"<div>{code.content or ''}</div>"
    caption = code.attributes.get("caption") or found["caption"].strip()
    text = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="{code.attributes.get("align", "")}">{found["shown"]}{text}</figure>'


def _make_gallery(around: ShortcodeExpander, code: Shortcode) -> str:
    numbers = _numbers(code.attributes.get("ids") or code.attributes.get("include", ""))
    found = [around.plan.media.get(number) for number in numbers]
    if not numbers:
        owner = _numbers(code.attributes.get("id", "")) or [around.post]
        found = list(around.plan.list_media(owner[0]))
    images = [each for each in found if each and each.is_image]
    if numbers and len(found) > len(images):
        around.note(Kind.GALLERY_UNKNOWN, f"{len(found) - len(images)} sur {len(found)}")
    links = code.attributes.get("link") != "none"
    return "".join(_show_medium(each, links=links) for each in images)


def _show_medium(medium: Medium, *, links: bool) -> str:
    image = f'<img src="{html.escape(medium.url)}" alt="{html.escape(medium.alt)}">'
    shown = f'<a href="{html.escape(medium.url)}">{image}</a>' if links else image
    caption = f"<figcaption>{medium.caption}</figcaption>" if medium.caption.strip() else ""
    return f"<figure>{shown}{caption}</figure>"


def _make_embed(_: ShortcodeExpander, code: Shortcode) -> str:
    """Return a link to what would be shown: of an address, or a bare number."""
    address = (code.content or "").strip() or next(iter(code.values), "")
    address = code.attributes.get("url") or code.attributes.get("src") or address
    address = html.unescape(address) or code.attributes.get("id", "")
    if address.startswith("//"):
        address = f"https:{address}"
    elif address.startswith("www."):
        address = f"http://{address}"
    elif not address.startswith(("http://", "https://")):
        is_number = re.fullmatch(r"[\w/-]+", address)
        address = PLACES.get(code.name, "").format(address) if is_number else ""
    return f"<p>{write_link(address)}</p>" if address else ""


def _make_player(_: ShortcodeExpander, code: Shortcode) -> str:
    """Return links to the files that a player would play."""
    found = [code.attributes.get(key, "") for key in _FILES]
    found += [value.partition("|")[0] for value in code.values]
    found += re.findall(r'(?:src|href)="([^"]+)"', code.content or "")
    return _link_files((each, "") for each in dict.fromkeys(found) if "." in each)


def _make_playlist(around: ShortcodeExpander, code: Shortcode) -> str:
    found = [around.plan.media.get(each) for each in _numbers(code.attributes.get("ids", ""))]
    return "" if None in found else _link_files((each.url, each.title) for each in found if each)


def _link_files(files: Iterable[tuple[str, str]]) -> str:
    """Return a link to each file, an address and what to show of it."""
    return "".join(
        f"<p>{write_link(address, shown or name_player(address, address.rpartition('/')[2]))}</p>"
        for address, shown in files
    )


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall("[0-9]{1,18}", text)]


def write_link(address: str, shown: str = "") -> str:
    """Return a link to *address*, in HTML."""
    shown = shown or name_player(address, address)
    return f'<a href="{html.escape(address)}">{html.escape(shown, quote=False)}</a>'


_EMBEDS = (
    "embed", "youtube", "vimeo", "dailymotion", "soundcloud", "googlemaps", "twitter", "tweet",
    "slideshare", "gist", "iframe",
)  # fmt: skip
SHORTCODES: Mapping[str, Callable[[ShortcodeExpander, Shortcode], str]] = {
    **dict.fromkeys(("caption", "wp_caption"), _make_caption),
    "gallery": _make_gallery,
    **dict.fromkeys(("audio", "video"), _make_player),
    "playlist": _make_playlist,
    **dict.fromkeys(_EMBEDS, _make_embed),
}
"""What makes HTML of each shortcode, or nothing where it can't."""


class _Names:
    """The names of the shortcodes that are read."""

    def __contains__(self, name: object) -> bool:
        return name in SHORTCODES or name in _FOOTNOTES or bool(_WRAPPERS.fullmatch(str(name)))


_NAMES = _Names()
