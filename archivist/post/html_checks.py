"""Rules for the HTML in a text: a short list of elements, each closed where it was opened."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import nh3

from archivist.post.markup import HTML, LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.post.archive import Page
    from archivist.post.blocks import Place
    from archivist.post.known import Faults, Known
    from archivist.post.source import Source

_COMMENT = re.compile(r"<!--(?!-?>)(?P<text>(?:(?!--!?>).)*)-->", re.DOTALL)
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)"
    r"(?P<attributes>(?:\s+[a-zA-Z][a-zA-Z0-9-]*=(?:\"[^\"<>&]*\"|'[^'<>&]*'))*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z0-9-]*)=(?:\"([^\"]*)\"|'([^']*)')")
_START = re.compile(r"<[a-zA-Z/!?]")
_LANGUAGE = re.compile(LANGUAGE)
_VOID = frozenset({"br", "wbr"})
_MORE = re.compile(r"\s*more\s*")
_EDITOR = re.compile(r"\s*/?wp:|\s*(?:nextpage|noteaser)\s*$")
_MARKDOWN = re.compile(r"\]\(|\*\*\S|`\S|\{\w+\}`")
# What to write instead of what cannot stay.
_INSTEAD = {
    "a": "écrivez [texte](adresse).",
    "img": "écrivez ![ce qu’on y voit](…).",
    "blockquote": "commencez chaque ligne par « > ».",
    "h1": "écrivez « # Titre ».",
    "h2": "écrivez « ## Titre ».",
    "h3": "écrivez « ### Titre ».",
    "li": "commencez la ligne par « - ».",
    "p": "séparez les paragraphes par une ligne vide.",
    "div": "retirez cette balise, gardez le texte.",
    "center": "retirez cette balise, gardez le texte.",
    "font": "retirez cette balise, gardez le texte.",
    "table": "écrivez le tableau en Markdown.",
    "hr": "écrivez « --- » entre deux lignes vides.",
    **dict.fromkeys(
        ("iframe", "object", "embed", "video", "audio", "frame", "portal"),
        "écrivez un lien, [titre](https://…).",
    ),
}


def check_html(source: Source | Page, _: Known) -> Faults:
    """Refuse elements that load, run, frame, style, or are not closed in their paragraph."""
    for pieces in source.body.html:
        faults = list(dict.fromkeys([*_check_nesting(pieces), *_check_markdown(pieces)]))
        yield from faults
        if not faults and not _is_clean("".join(piece.text for piece in pieces)):
            yield pieces[0].line, "HTML mal formé : écrivez ce passage en Markdown."


def _check_nesting(pieces: list[Place]) -> Faults:
    """Refuse what is not allowed, and what is not closed where it was opened."""
    stack: list[tuple[str, int]] = []
    for sign, name, line in chain.from_iterable(map(_cut, pieces)):
        if sign == "!":
            yield line, name
        elif sign == "more" and stack:
            yield (
                line,
                "« <!-- more --> » est à l’intérieur d’un autre signe : placez-le en dehors.",
            )
        elif sign == "+":
            stack.append((name, line))
        elif sign == "-" and (not stack or stack.pop()[0] != name):
            yield (
                line,
                f"balise </{name.strip('*')}> mal placée : fermez d’abord la dernière ouverte.",
            )
            return
    for name, line in stack:
        yield line, f"balise <{name}> jamais fermée : ajoutez </{name}> dans le même paragraphe."


def _check_markdown(pieces: list[Place]) -> Faults:
    """Refuse Markdown on a line that begins with HTML: readers would see it as typed."""
    if len(pieces) == 1 and _MARKDOWN.search(_TAG.sub("", _COMMENT.sub("", pieces[0].text))):
        yield pieces[0].line, "le Markdown n’est pas lu après du HTML : passez une ligne."


def _cut(piece: Place) -> Iterator[tuple[str, str, int]]:
    """Yield what opens (+), closes (-) or is refused (!) in a piece of HTML, with its line."""
    if piece.text[0] in "+-":
        yield piece.text[0], f"*{piece.text[1:]}", piece.line
        return
    at = 0
    while start := _START.search(piece.text, at):
        line = piece.line + piece.text.count("\n", 0, start.start())
        match = _COMMENT.match(piece.text, start.start()) or _TAG.match(piece.text, start.start())
        if match is None:
            yield "!", _explain(piece.text[start.start() :]), line
            return
        yield from ((sign, name, line) for sign, name in _read_part(match))
        at = match.end()


def _explain(text: str) -> str:
    if text.startswith("<!--"):
        return "commentaire jamais fermé : ajoutez « --> », ou retirez « <!-- »."
    name = re.match(r"</?([a-zA-Z][a-zA-Z0-9-]*)", text)
    if name and name[1].lower() not in HTML:
        return _refuse(name[1].lower())
    return f"HTML mal formé « {text[:20].strip()} » : écrivez ce passage en Markdown."


def _read_part(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield what a comment or a tag does."""
    parts = match.groupdict()
    if "name" not in parts:
        yield from _read_comment(parts["text"])
        return
    name = parts["name"].lower()
    if name not in HTML:
        if not parts["end"]:
            yield "!", _refuse(name)
        return
    for attribute in _ATTRIBUTE.finditer(parts["attributes"]):
        yield from _check_attribute(name, attribute)
    if name not in _VOID:
        yield "-" if parts["end"] else "+", name


def _read_comment(text: str) -> Iterator[tuple[str, str]]:
    if _MORE.fullmatch(text):
        yield "more", ""
    elif _EDITOR.match(text):
        yield "!", f"commentaire de WordPress « {text.strip()[:30]} » : retirez-le."


def _refuse(name: str) -> str:
    instead = _INSTEAD.get(name, "retirez cette balise, ou écrivez ce passage en Markdown.")
    return f"<{name}> n’est pas permis : {instead}"


def _check_attribute(name: str, attribute: re.Match[str]) -> Iterator[tuple[str, str]]:
    key, value = attribute[1].lower(), attribute[2] or attribute[3] or ""
    if key not in HTML[name]:
        yield "!", f"attribut « {key} » de <{name}> interdit : retirez-le."
    elif key == "lang" and not _LANGUAGE.fullmatch(value):
        yield "!", f"langue inconnue « {value} » : écrivez un code, comme en (anglais)."


def _is_clean(html: str) -> bool:
    """Tell whether the sanitiser nh3 keeps *html* as it is: the last word is not ours."""
    bare = _COMMENT.sub("", html)
    cleaned = nh3.clean(bare, tags=set(HTML), attributes=_attributes(), link_rel=None)
    return _list_tags(bare) == _list_tags(cleaned)


@cache
def _attributes() -> dict[str, set[str]]:
    return {name: set(attributes) for name, attributes in HTML.items()}


def _list_attributes(text: str) -> Iterator[str]:
    for name, double, single in _ATTRIBUTE.findall(text):
        yield f"{name.lower()}={double or single}"


def _list_tags(html: str) -> list[tuple[str, ...]]:
    return [
        (match["end"], match["name"].lower(), *sorted(_list_attributes(match["attributes"])))
        for match in _TAG.finditer(html)
    ]
