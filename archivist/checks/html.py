"""Rules for the HTML in a text: a short list of elements, each closed where it was opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from archivist.addresses.web import find_scheme
from archivist.markdown.held import HtmlBlock
from archivist.posts.archive import StandingPage
from archivist.posts.file import PostFile
from archivist.problems import Faults
from archivist.syntax.allowed import (
    BLOCK_HTML,
    DROPPED_ATTRIBUTES,
    HTML,
    HTML_VALUES,
    LINE_HTML,
    PASSED_HTML,
    SCHEMES,
)
from archivist.syntax.html import VOID, Part, clean_html, cut_html
from archivist.syntax.limits import DEEPEST_HTML

_MORE = re.compile(r"\s*more\s*")
_EDITOR = re.compile(r"\s*/?wp:|\s*(?:nextpage|noteaser)\s*$")
_OF_TABLES = "cela va dans un bloc qui commence par <table>, sans ligne vide."
# What to write instead of what cannot stay.
_INSTEAD = {
    "img": "écrivez ![ce qu’on y voit](…).",
    "h1": "écrivez « # Titre ».",
    **dict.fromkeys(("ul", "ol", "li"), "commencez chaque point par « - », ou « 1. »."),
    "table": "écrivez le tableau en Markdown, ou commencez une ligne par <table>.",
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot", "tr", "th", "td"), _OF_TABLES),
    **dict.fromkeys(
        ("iframe", "object", "embed", "video", "audio", "frame", "portal"),
        "écrivez un lien, [titre](https://…).",
    ),
}
# What an attribute should say.
_EXPECTED = {
    "lang": "langue inconnue « {} » : écrivez un code, comme en (anglais).",
    "href": "adresse « {} » interdite ici : écrivez https://… ou mailto:…, sans espace ni crochet.",
    "scope": "« scope={} » n’est pas connu : écrivez row ou col.",
    **dict.fromkeys(("colspan", "rowspan"), "« {} » cellules : écrivez un nombre, de 1 à 99."),
}


# Elements of a block: those that may stand in a line, and the others.
_KNOWN = {**LINE_HTML, **BLOCK_HTML, **dict.fromkeys(PASSED_HTML, frozenset[str]())}
_OF_BLOCKS = BLOCK_HTML.keys() | PASSED_HTML
_MISPLACED = {
    "open": "balise <{0}> jamais fermée : ajoutez </{0}>, dans le même passage.",
    "close": "balise </{0}> mal placée : fermez d’abord la dernière ouverte.",
    "inside": "<{0}> mal placé : fermez d’abord ce qui est ouvert avant.",
    "place": "<{0}> mal placé : mettez-le en tête de <details>.",
}
# What a writer meant nobody to see.
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


_MALFORMED = "HTML mal formé : écrivez ce passage en Markdown."


def check_html(source: PostFile | StandingPage) -> Faults:
    """Refuse elements that load, run, frame, or are not closed where they were opened."""
    html = source.body.html
    for words in source.body.unseen.markdown:
        yield words.line, "le Markdown n’est pas lu après du HTML : passez une ligne."
    for block in html.blocks:
        faults = list(dict.fromkeys(_check_block(block)))
        yield from faults or _check_ends(block)
    for link in html.links:
        yield from ((link.line, fault) for fault in find_faults(_drop_target(link), LINE_HTML))
    for pieces in html.lines:
        faults = list(dict.fromkeys(_check_nesting(pieces)))
        yield from faults
        nested = next(filter(_is_link, pieces), None)
        if nested and not faults:
            yield nested.line, "lien dans un autre lien : gardez l’un des deux."
        elif not faults and not is_clean("".join(piece.text for piece in pieces), HTML):
            yield pieces[0].line, _MALFORMED


def _drop_target(part: Part) -> Part:
    """Return a tag without where it leads, which is told of all links, unless it is no such place."""
    kept = (
        (key, value)
        for key, value in part.attributes
        if key != "href" or find_scheme(value.strip()) not in {"", *SCHEMES}
    )
    return replace(part, attributes=tuple(kept))


def _is_link(piece: Part) -> bool:
    """Tell whether a piece is a link that was not read as one: it is in another."""
    return any("href" in dict(part.attributes) for part in cut_html(piece.text))


def _check_block(block: HtmlBlock) -> Faults:
    """Refuse what a block says, and what it leaves open; what stands in its lines is theirs."""
    for part in cut_html(block.text, block.line):
        if not block.is_read or part.name in _OF_BLOCKS:
            yield from ((part.line, fault) for fault in find_faults(part, _KNOWN))
    if block.fault:
        yield block.fault.line, _MISPLACED[block.fault.why].format(block.fault.name)


def _check_ends(block: HtmlBlock) -> Faults:
    """Refuse the end of what is not allowed, and what was not opened."""
    for part in cut_html(block.text, block.line):
        if part.kind == "end" and part.name not in _KNOWN:
            yield part.line, _MISPLACED["close"].format(part.name)


def _check_nesting(pieces: list[Part]) -> Faults:
    """Refuse what is not allowed, and what is not closed where it was opened."""
    stack: list[tuple[str, int]] = []
    for sign, name, line in chain.from_iterable(map(_cut, pieces)):
        if sign == "!":
            yield line, name
        elif sign == "more" and stack:
            message = "« <!-- more --> » est à l’intérieur d’un autre signe : placez-le en dehors."
            yield line, message
        elif sign == "+":
            stack.append((name, line))
            if sum(not each.startswith("*") for each, _ in stack) > DEEPEST_HTML:
                yield line, f"plus de {DEEPEST_HTML} balises l’une dans l’autre : retirez <{name}>."
                return
        elif sign == "-" and (not stack or stack.pop()[0] != name):
            yield line, _MISPLACED["close"].format(name.strip("*"))
            return
    # What is not allowed was told.
    for name, line in ((name, line) for name, line in stack if name[0] == "*" or name in LINE_HTML):
        yield line, f"balise <{name}> jamais fermée : ajoutez </{name}> dans le même paragraphe."


def _cut(piece: Part) -> Iterator[tuple[str, str, int]]:
    """Yield what opens (+), closes (-) or is refused (!) in a piece of HTML, with its line."""
    if piece.text[0] in "+-":
        yield piece.text[0], f"*{piece.text[1:]}", piece.line
        return
    for part in cut_html(piece.text, piece.line):
        if part.kind == "comment" and _MORE.fullmatch(part.text):
            yield "more", "", part.line
        if part.kind == "start" and part.name in _OF_BLOCKS:
            advice = "mettez-le en tête d’une ligne, après une ligne vide."
            yield "!", f"<{part.name}> est au milieu d’une ligne : {advice}", part.line
            return
        yield from (("!", fault, part.line) for fault in find_faults(_drop_target(part), LINE_HTML))
        if part.kind in {"start", "end"} and part.name not in VOID:
            yield "+" if part.kind == "start" else "-", part.name, part.line


def find_faults(part: Part, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield what a part of HTML is or says that the *known* elements may not."""
    if part.kind == "broken":
        yield _explain(part.text, known)
    elif part.kind == "comment" and _EDITOR.match(part.text):
        yield f"commentaire de WordPress « {part.text.strip()[:30]} » : retirez-le."
    elif part.kind == "start" and part.name not in known:
        yield _refuse(part.name)
    elif part.kind == "start":
        for key, value in part.attributes:
            yield from _find_attribute_fault(part.name, key, value, known[part.name])


def _find_attribute_fault(name: str, key: str, value: str, known: frozenset[str]) -> Iterator[str]:
    if key in known:
        if not HTML_VALUES[key].fullmatch(value):
            yield _EXPECTED[key].format(value)
    elif not DROPPED_ATTRIBUTES.fullmatch(key):
        yield f"attribut « {key} » de <{name}> interdit : retirez-le."
    elif key == "style" and _HIDDEN.search(value):
        yield f"<{name}> cache son texte, qui serait publié : retirez-le."


def _explain(text: str, known: Mapping[str, frozenset[str]]) -> str:
    if text.startswith("<!--"):
        return "commentaire jamais fermé : ajoutez « --> », ou retirez « <!-- »."
    name = re.match(r"</?([a-zA-Z][a-zA-Z0-9-]*)", text)
    if name and name[1].lower() not in known:
        return _refuse(name[1].lower())
    if "&" in text.partition(">")[0]:
        return f"« & » entre guillemets, « {text[:20].strip()} » : écrivez « &amp; »."
    return f"HTML mal formé « {text[:20].strip()} » : écrivez ce passage en Markdown."


def _refuse(name: str) -> str:
    instead = _INSTEAD.get(name, "retirez cette balise, ou écrivez ce passage en Markdown.")
    return f"<{name}> n’est pas permis : {instead}"


def is_clean(html: str, known: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether the sanitiser nh3 keeps what pages show of *html*: the last word is not ours."""
    bare = clean_html(html, known)
    attributes = {name: set(allowed) for name, allowed in known.items()}
    # Few texts have HTML.
    import nh3  # noqa: PLC0415

    cleaned = nh3.clean(bare, tags=set(known), attributes=attributes, link_rel=None)
    return _list_tags(bare) == _list_tags(cleaned)


def _list_tags(html: str) -> list[tuple[object, ...]]:
    parts = (part for part in cut_html(html) if part.name)
    tags = [(part.kind, part.name, *sorted(part.attributes)) for part in parts]
    # Browsers add those that are left out.
    return [tag for tag in tags if tag[1:] != ("tbody",)]
