"""Rules for the HTML in a text: a short list of elements, each closed where it was opened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from archivist.posts.archive import StandingPage
from archivist.posts.blocks import Located
from archivist.posts.file import PostFile
from archivist.problems import Faults
from archivist.syntax.allowed import HTML, HTML_VALUES
from archivist.syntax.html import VOID, Part, cut_html, holds_markdown, strip_comments
from archivist.syntax.limits import DEEPEST_HTML

_MORE = re.compile(r"\s*more\s*")
_EDITOR = re.compile(r"\s*/?wp:|\s*(?:nextpage|noteaser)\s*$")
_OF_TABLES = "cela va dans un bloc qui commence par <table>, sans ligne vide."
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
    **dict.fromkeys(("div", "center", "font"), "retirez cette balise, gardez le texte."),
    "table": "écrivez le tableau en Markdown, ou commencez une ligne par <table>.",
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot", "tr", "th", "td"), _OF_TABLES),
    "hr": "écrivez « --- » entre deux lignes vides.",
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


def check_html(source: PostFile | StandingPage) -> Faults:
    """Refuse elements that load, run, frame, style, or are not closed in their paragraph."""
    for pieces in source.body.html:
        faults = list(dict.fromkeys(_check_nesting(pieces)))
        # On a line that begins with HTML, readers would see Markdown as typed.
        if len(pieces) == 1 and holds_markdown(pieces[0].text):
            message = "le Markdown n’est pas lu après du HTML : passez une ligne."
            faults.append((pieces[0].line, message))
        yield from faults
        if not faults and not is_clean("".join(piece.text for piece in pieces), HTML):
            yield pieces[0].line, "HTML mal formé : écrivez ce passage en Markdown."


def _check_nesting(pieces: list[Located]) -> Faults:
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
            tag = f"</{name.strip('*')}>"
            yield line, f"balise {tag} mal placée : fermez d’abord la dernière ouverte."
            return
    for name, line in stack:
        yield line, f"balise <{name}> jamais fermée : ajoutez </{name}> dans le même paragraphe."


def _cut(piece: Located) -> Iterator[tuple[str, str, int]]:
    """Yield what opens (+), closes (-) or is refused (!) in a piece of HTML, with its line."""
    if piece.text[0] in "+-":
        yield piece.text[0], f"*{piece.text[1:]}", piece.line
        return
    for part in cut_html(piece.text, piece.line):
        if part.kind == "comment" and _MORE.fullmatch(part.text):
            yield "more", "", part.line
        yield from (("!", fault, part.line) for fault in find_faults(part, HTML))
        if part.name in HTML and part.name not in VOID:
            yield "-" if part.kind == "end" else "+", part.name, part.line


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
            if key not in known[part.name]:
                yield f"attribut « {key} » de <{part.name}> interdit : retirez-le."
            elif not HTML_VALUES[key].fullmatch(value):
                yield _EXPECTED[key].format(value)


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
    """Tell whether the sanitiser nh3 keeps *html* as it is: the last word is not ours."""
    bare = strip_comments(html)
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
