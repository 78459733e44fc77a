"""Make the content of a post, as WordPress stores it, the HTML that its readers saw.

Blocks lose their comments, known shortcodes become elements, and text typed without tags its
paragraphs: https://developer.wordpress.org/reference/hooks/the_content/.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from archivist.syntax.characters import take_out_signs
from archivist.wordpress.export.plan import Plan
from archivist.wordpress.export.wxr import BUILDER, WpItem
from archivist.wordpress.html.autop import add_paragraphs
from archivist.wordpress.html.blocks import MORE, NEXT_PAGE
from archivist.wordpress.html.codes import ShortcodeExpander
from archivist.wordpress.html.handlers import write_link
from archivist.wordpress.html.inline import CALL, NOTE
from archivist.wordpress.notes import Kind, Noter

_NO_LANGUAGE = "sourcecode|source|code|plain|pre|crayon|enlighter|prettify|wp_code|raw_code|cci?"
_CODES = (
    rf"{_NO_LANGUAGE}|cc[ibnewl]{{0,3}}_[a-z0-9]+|php|css|html|xml|javascript|js|jscript|python|bash|shell|sql|java"
    r"|ruby|perl|text|cpp|c|csharp|c#|vb|diff|yaml|json|go|scala|groovy|powershell|objc|r|matlab|latex|tex|math"
)
# What is a piece of a line.
_INLINE_CODES = re.compile(r"latex|tex|math|cci(?:_.*)?")
# What stays as it was typed: <pre>…</pre>, [php]…[/php]; not [[php]]…
_UNTOUCHED = re.compile(
    r"<(?P<tag>pre|code|script|style|textarea)\b[^<>]*>"
    rf"|(?<!\[)\[(?P<code>{_CODES})(?P<attributes>(?:[\s=:][^\[\]]*)?)\]",
    re.IGNORECASE,
)
_TOUCHED = re.compile(
    rf"</(?P<tag>pre|code|script|style|textarea)\s*>|\[/(?P<code>{_CODES})\](?!\])", re.IGNORECASE
)
# <!-- wp:image {"id":9} -->, <!-- /wp:image -->, <!-- wp:block {"ref":9} /-->
_BLOCK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_/-]*)\s+(?P<attributes>\{(?:(?!<!--).)*?\}\s+)?(?P<empty>/)?-->",
    re.DOTALL,
)
# <!--more-->, <!--more La suite-->
_MORE_TAG = re.compile(r"<!--more(?P<label>(?:(?!<!--more).)*?)-->", re.DOTALL)
# An address alone on its line is shown as what it leads to.
_LONE_ADDRESS = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*\r?$", re.MULTILINE)
# &#8238; &#x202E; &#0
_ENTITY = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]++)|(?P<number>[0-9]++));?")
# <sup data-fn="abc" class="fn"><a href="#abc">1</a></sup>
_FOOTNOTE = re.compile(
    r'<sup\b(?=[^<>]*\bdata-fn="(?P<id>[^"<>]+)")[^<>]*>(?:(?!<sup\b).)*?</sup>', re.DOTALL
)
# What code says of its language: [code lang="php"], [code=php]
_LANGUAGE = re.compile(
    r"(?:(?:lang(?:uage)?|type)\s*=\s*|^\s*+[=:]?\s*+(?!\w+\s*=))(?:[\"'“”″«\s]|&#?\w+;)*([\w+#.-]+)"
)
# $latex E = mc^2$
_FORMULA = re.compile(r"\$latex\s+((?:[^$\\\n<]|\\.){1,2000})\$")
# Some words ((and a note, as WP-Footnotes has them)).
_NOTE = re.compile(r"[ \t]?\(\((?!\()(?=[^()\n]* )((?:(?!\(\(|\)\)).){3,2000})\)\)(?!\))")
# [more], [nextpage], on a line of their own
_PAGE_MARK = re.compile(r"^[ \t]*\[(more|nextpage)\][ \t]*$", re.MULTILINE | re.IGNORECASE)
# What a text may hold that is nothing to read, and how the report calls it.
_UNREADABLE = (
    (re.compile(r"<\?"), "il n’y avait que du PHP"),
    (re.compile(r"<script\b", re.IGNORECASE), "il n’y avait qu’un programme (script)"),
    (re.compile(r"<!--\s*wp:(?P<name>[\w/-]+)"), "il n’y avait qu’un bloc sans texte"),
    (re.compile(r"\[(?P<name>[\w-]+)"), "il n’y avait qu’un code court"),
    (re.compile(r"\S"), "il n’y avait rien à lire"),
)
# Blocks that are typed text of before blocks.
_CLASSIC = frozenset(("freeform", "core/freeform", "classic", "shortcode"))
# Blocks without content that say nothing, or are read elsewhere.
_EMPTY = frozenset(("footnotes", "core/footnotes", "more", "nextpage", "spacer"))
_LONGEST_NUMBER = 20  # digits
_DEEPEST = 5
_MOST_SHARED = 500_000  # signs, in one post: each may ask for others again and again


@dataclass
class Expander(ShortcodeExpander):
    """Makes HTML of the content of one post."""

    _has_more: bool = False
    _filled: int = 0  # signs of shared blocks

    def expand(self, content: str) -> tuple[str, ...]:
        """Return the HTML of *content*, then that of each of its footnotes."""
        text = self._put_codes_aside(clean_text(content, self.note))
        text = self._fill_shared(text).replace("<!--noteaser-->", "")
        text = _PAGE_MARK.sub(lambda found: f"<!--{found[1].lower()}-->", text)
        text = _MORE_TAG.sub(self._replace_more, text)
        text = _FORMULA.sub(lambda found: self._write_formula(found[1].strip()), text)
        text = text.replace("<!--nextpage-->", f'<hr class="{NEXT_PAGE}">')
        text = _LONE_ADDRESS.sub(
            lambda found: found[0].replace(found[1], write_link(html.unescape(found[1]))), text
        )
        text = self.bring_back(self._expand_blocks(text))
        text = _FOOTNOTE.sub(self._call_block_note, text)
        return text, *self._write_notes(text)

    def _put_codes_aside(self, text: str) -> str:
        """Return *text* with what is to stay as it was typed put aside."""
        ends = defaultdict[str, list[re.Match[str]]](list)
        for found in reversed(list(_TOUCHED.finditer(text))):
            ends[found[0].strip("</>[] \t\r\n").lower()].append(found)
        written, done = [], 0
        for opening in _UNTOUCHED.finditer(text):
            following = ends[(opening["tag"] or opening["code"]).lower()]
            while following and following[-1].start() < opening.end():
                following.pop()
            if following and opening.start() >= done:
                written.append(text[done : opening.start()])
                inside = text[opening.end() : following[-1].start()]
                written.append(self._put_code_aside(opening, inside))
                done = following[-1].end()
        return "".join([*written, text[done:]])

    def _put_code_aside(self, opening: re.Match[str], text: str) -> str:
        if not opening["code"]:
            # Paragraphs are made around what stands by itself, which autop has to see.
            return f"{opening[0]}{self.put_aside(text)}</{opening['tag'].lower()}>"
        language = _LANGUAGE.search(opening["attributes"] or "")
        name = language[1] if language else opening["code"].lower()
        name = "" if re.fullmatch(_NO_LANGUAGE, name) else re.sub("^cc[a-z]*_", "", name)
        code = html.escape(html.unescape(text.strip("\r\n")), quote=False)
        if _INLINE_CODES.fullmatch(opening["code"].lower()) and "\n" not in code:
            return self._write_formula(code)
        return f'<pre class="brush: {name}">{self.put_aside(code)}</pre>'

    def _write_formula(self, code: str) -> str:
        return f"<code>{self.put_aside(code)}</code>"

    def _fill_shared(self, text: str, depth: int = 0) -> str:
        """Put the blocks that several posts share where they are asked for."""

        def fill(found: re.Match[str]) -> str:
            if found["name"] not in {"block", "core/block"} or not found["empty"]:
                return found[0]
            attributes = _read_json(found["attributes"])
            number = attributes.get("ref") if isinstance(attributes, dict) else None
            shared = self.plan.shared.get(number) if isinstance(number, int) else None
            if shared is None or depth >= _DEEPEST or self._filled > _MOST_SHARED:
                self.note(Kind.SHARED_UNKNOWN, str(number))
                return ""
            self._filled += len(shared)
            kept = self._put_codes_aside(clean_text(shared, self.note))
            return self._fill_shared(kept, depth + 1)

        return _BLOCK.sub(fill, text)

    def _replace_more(self, found: re.Match[str]) -> str:
        if label := (found["label"] or "").strip():
            self.note(Kind.MORE_LABEL, label)
        if self._has_more:
            return ""
        self._has_more = True
        return f'<hr class="{MORE}">'

    def _expand_blocks(self, text: str) -> str:
        """Return *text* without the comments of blocks; what stands outside is typed text."""
        written, at = [], 0
        classic: list[bool] = []  # of each block around, the outermost first
        for found in _BLOCK.finditer(text):
            is_typed = not classic or classic[-1]
            written.append(self._expand_piece(text[at : found.start()], is_typed=is_typed))
            at = found.end()
            if found["empty"]:
                if found["name"] not in _EMPTY:
                    self.note(Kind.DYNAMIC_EMPTY, found["name"])
            elif found["end"]:
                del classic[-1:]
            else:
                classic.append(found["name"] in _CLASSIC)
        written.append(self._expand_piece(text[at:], is_typed=not classic))
        return "".join(written)

    def _expand_piece(self, text: str, *, is_typed: bool) -> str:
        text = self.expand_shortcodes(_NOTE.sub(lambda found: self.call_note(found[1]), text))
        return add_paragraphs(text) if is_typed and text.strip() else text

    def _call_block_note(self, found: re.Match[str]) -> str:
        if found["id"] not in self.notes:
            return found[0]
        self.called.append(found["id"])
        return f'<sup {CALL}="{found["id"]}"></sup>'

    def _write_notes(self, text: str) -> Iterator[str]:
        """Yield the texts of the footnotes that *text* calls; the others are paragraphs."""
        for label in sorted(set(self.called), key=lambda label: text.find(f'{CALL}="{label}"')):
            yield f'<aside {NOTE}="{label}">{self.bring_back(self.notes[label])}</aside>'
        for label in sorted(self.notes.keys() - set(self.called)):
            self.note(Kind.NOTE_UNCALLED, label)
            yield f"<p>{self.notes[label]}</p>"


def clean_text(text: str, note: Noter) -> str:
    """Return *text* without the signs that no post may hold, seen or written as entities."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, taken = take_out_signs(_ENTITY.sub(_read_entity, text))
    for sign in taken:
        note(Kind.SIGN_REMOVED, sign)
    return clean


def _read_entity(found: re.Match[str]) -> str:
    """Return the sign of an entity, if it is one that is to be taken out."""
    digits, base = (found["hex"], 16) if found["hex"] else (found["number"], 10)
    # What is no sign at all is shown as U+FFFD.
    number = int(digits, base) if len(digits) <= _LONGEST_NUMBER else 0
    sign = chr(number) if 0 < number <= sys.maxunicode else "\ufffd"
    return sign if take_out_signs(sign)[1] else found[0]


def _read_json(text: str | None) -> object:
    try:
        return json.loads(text or "null")
    except (ValueError, RecursionError):
        return None


def expand_item(item: WpItem, plan: Plan, note: Noter) -> tuple[str, ...]:
    """Return the HTML of the content of *item*, then that of each of its footnotes.

    They are apart, so that what the one leaves open ends there.
    """
    found = _read_json(item.meta.get("footnotes"))
    notes = {
        str(each["id"]): clean_text(str(each.get("content", "")), note)
        for each in (found if isinstance(found, list) else ())
        if isinstance(each, dict) and re.fullmatch(r"[\w-]{1,80}", str(each.get("id", "")))
    }
    return Expander(item.id, plan, note, notes).expand(item.content)


def explain_empty(item: WpItem) -> str:
    """Return, in French, where the words of *item* are, which has none."""
    if builder := item.meta.get(BUILDER):
        return f"son contenu est dans une extension ({builder})"
    for pattern, told in _UNREADABLE:
        if found := pattern.search(item.content):
            return told + (f" ({found['name']})" if pattern.groups else "")
    return "le thème ou une extension (ACF…) la remplissait"
