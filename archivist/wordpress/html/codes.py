"""The shortcodes of a post as HTML; those that nobody knows stay text, and are told."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from archivist.wordpress.export.plan import Plan
from archivist.wordpress.html.handlers import make_gallery, name_pictures, write_link
from archivist.wordpress.html.inline import CALL
from archivist.wordpress.html.plugins import ENCLOSING, FOOTNOTES, FORM, Way, find_way, is_word
from archivist.wordpress.html.shortcodes import (
    Example,
    Shortcode,
    find_closings,
    split_shortcodes,
)
from archivist.wordpress.notes import Kind, Noter

# Stand around the number of what is put aside; no text may hold them.
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_ASIDE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_DEEPEST = 20
_STRAY = re.compile(r"\[/(?P<name>[\w-]+)\]")
_TAG = re.compile(r"<[^<>]*>")
_SHOWS = re.compile(r"<(?:img|iframe|object|embed|audio|video)\b|\[", re.IGNORECASE)
# [name key=, [name_of_a_code]
_LIKE_CODE = re.compile(r"\[(?:[\w-]+\s+[\w-]+\s*=|\w+_\w*[\s\]/])", re.ASCII)
_ONLY_NAME = re.compile(r"\[(?!(?:sic|nd[lrate]+|lire|suite)\])[a-z][a-z0-9_-]*\s*/?\]")
_MEDIA = re.compile(
    r"https?://[^\s\"'“”<>\[\]|&]+\.(?:mp3|m4[av]|og[gav]|wav|wma|flac|mp4|webm|mov|pdf|docx?|odt|pptx?"
    r"|xlsx?|ods|zip|jpe?g|png|gif|webp)(?![\w.])",
    re.IGNORECASE,
)


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
        if not self._depth:
            text = self._link_unknown(text)
        self._depth += 1
        expanded = "".join(map(self._expand_piece_of, split_shortcodes(text, _NAMES)))
        self._depth -= 1
        return expanded if self._depth else _STRAY.sub(self._drop_stray, expanded)

    def _expand_piece_of(self, piece: str | Shortcode) -> str:
        if isinstance(piece, Shortcode):
            return self._expand_shortcode(piece)
        # What closes an example closes no code.
        return piece.replace("[/", "&#91;/") if isinstance(piece, Example) else piece

    def _expand_shortcode(self, code: Shortcode) -> str:
        way = find_way(code.name)
        if way is None or is_word(code):
            return code.raw
        made = way.make(self, code)
        if way.is_enclosing:
            return self._keep_enclosed(code, way, made)
        content = code.content or ""
        rest = "" if _is_in(content, made) else self.expand_shortcodes(content)
        if made:
            return f"<figure>{self.put_aside(made)}</figure>{rest}"
        if way.absent:
            self.note(Kind.SHORTCODE_EMPTY, f"{code.name} : {way.absent}")
            return rest
        self._tell_kept(code)
        end = code.raw[len(code.opening) + len(content) :]
        return _show(code.opening) + self.expand_shortcodes(content) + end

    def _keep_enclosed(self, code: Shortcode, way: Way, made: str) -> str:
        if way.absent and (FORM in way.absent or not made.strip()):
            self.note(Kind.SHORTCODE_EMPTY, f"{code.name} : {way.absent}")
        elif code.name.replace("-", "_") not in ENCLOSING.keys() | FOOTNOTES:
            self.note(Kind.LAYOUT_REMOVED, code.name)
        is_apart = made.startswith(("<figure", "<div"))
        return f"<figure>{self.put_aside(made)}</figure>" if is_apart else made

    def _drop_stray(self, found: re.Match[str]) -> str:
        """Return nothing for what closes a part of a page that was closed before."""
        way = find_way(found["name"].lower())
        return "" if way and way.is_enclosing else found[0]

    def call_note(self, text: str) -> str:
        """Return the call of a new footnote that says *text*."""
        label = f"note-{len(self.notes) + 1}"
        self.notes[label] = self.expand_shortcodes(text)
        self.called.append(label)
        return f'<sup {CALL}="{label}"></sup>'

    def _link_unknown(self, text: str) -> str:
        """Return *text* with links where codes that nobody knows name files, and tell these codes."""
        closings = find_closings(text)
        return "".join(
            piece if isinstance(piece, str) else self._link_in(piece, closings)
            for piece in split_shortcodes(text, _UNKNOWN, is_enclosing=False)
        )

    def _link_in(self, code: Shortcode, closings: dict[str, list[int]]) -> str:
        is_alone = code.is_alone and _ONLY_NAME.fullmatch(code.raw)
        files = [] if "<" in code.raw else _MEDIA.findall(code.raw)
        if not (is_alone or files or _LIKE_CODE.match(code.raw) or code.name in closings):
            return code.raw
        self._tell_kept(code)
        pictures = make_gallery(self, code) if name_pictures(self, code) else ""
        linked = _MEDIA.sub(lambda found: write_link(found[0]), code.raw) if files else code.raw
        return f"{linked}<figure>{self.put_aside(pictures)}</figure>" if pictures else linked

    def _tell_kept(self, code: Shortcode) -> None:
        self.note(Kind.SHORTCODE_KEPT, f"{code.name} : {code.opening[:120]}")


def _show(written: str) -> str:
    return html.escape(written, quote=False) if "<" in written else written


def _is_in(content: str, made: str) -> bool:
    """Tell whether *made* says what a code encloses, which is mostly an address."""
    said = html.unescape(_TAG.sub("", content)).strip()
    return not _SHOWS.search(content) and said in html.unescape(made)


class _Known:
    """The names of the shortcodes that are known; or those of all others."""

    def __init__(self, *, is_known: bool) -> None:
        self.is_known = is_known

    def __contains__(self, name: object) -> bool:
        return (find_way(str(name)) is not None) is self.is_known


_NAMES, _UNKNOWN = _Known(is_known=True), _Known(is_known=False)
