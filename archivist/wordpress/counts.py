"""What became of all that an export holds: how many of each, in French, without a word of WordPress.

In a phrase a dot stands where it agrees with how many there are: « brouillon· laissé· ».
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from archivist.french import join
from archivist.wordpress.export.plan import FAILED, REFUSED
from archivist.wordpress.staging import CREATED, DELETED, KEPT, UNCHANGED, UPDATED

_STATES: Mapping[str, str] = {
    FAILED: "laissé· (erreur inattendue)",
    REFUSED: "laissé· (la vérification refuse ce qui suivrait)",
    CREATED: "créé·",
    UPDATED: "mis· à jour",
    UNCHANGED: "inchangé·",
    KEPT: "gardé· tel· quel· (corrigé· à la main)",
    DELETED: "laissé· (supprimé· à la main)",
}
_MEDIA, _SHARED = "média", "bloc partagé"
# What an item is that is neither a post nor a page, or why it is left.
_ITEMS: Mapping[str, str] = {
    _MEDIA: "fichier· (images, documents)",
    _SHARED: "bloc· de texte commun· à plusieurs billets",
    "état draft": "brouillon· laissé·",
    "état auto-draft": "brouillon· vide· laissé·",
    "état inherit": "ancienne· version· laissée·",
    "état pending": "texte· en attente de relecture, laissé·",
    "état future": "texte· programmé· pour plus tard, laissé·",
    "état private": "texte· privé· laissé·",
    "état trash": "texte· de la corbeille, laissé·",
    "protégé par mot de passe": "texte· protégé· par un mot de passe, laissé·",
    "en double dans les fichiers": "élément· en double, compté· une seule fois",
    "erreur inattendue": "élément· illisible·, laissé·",
    "type nav_menu_item": "entrée· de menu laissée·",
    "type revision": "ancienne· version· laissée·",
    **dict.fromkeys(
        (
            *("type custom_css", "type customize_changeset", "type oembed_cache"),
            *("type user_request", "type wp_template", "type wp_template_part"),
            *("type wp_global_styles", "type wp_navigation", "type wp_font_family"),
            "type wp_font_face",
        ),
        "réglage· ou gabarit· du blog, laissé·",
    ),
}
_OTHER_STATE, _OTHER_FILE = "texte· non publié· laissé·", "fichier· non public· laissé·"
# Why comments are not kept that no reader saw.
_UNSEEN: Mapping[str, str] = {
    "indésirable": "jugé· indésirable·",
    "corbeille": "de la corbeille",
    "non approuvé": "jamais approuvé·",
}


def agree(phrase: str, number: int, *, is_feminine: bool = False) -> str:
    """Return *phrase* as so many have it, all of one gender: « mis· » is « mis », « mises »."""
    ending = "e" * is_feminine + "s" * (number > 1)
    # « telle », « quelles »
    doubled = re.sub("el·", "ell·", phrase) if is_feminine else phrase
    return re.sub("(s?)·", lambda at: at[1] if at[1] == ending else at[1] + ending, doubled)


def _count(number: int, phrase: str) -> str:
    return f"{number} {agree(phrase, number)}"


def count_states(posts: Counter[str], pages: Counter[str], *, is_dry: bool) -> Iterator[str]:
    """Yield what became of posts and pages, or would: « 3 billets et 1 page créés »."""
    for state, phrase in _STATES.items():
        number = posts[state] + pages[state]
        both = ((posts[state], "billet·"), (pages[state], "page·"))
        if said := [_count(each, name) for each, name in both if each]:
            done = agree(phrase, number, is_feminine=not posts[state])
            would = f"serai{'en' * (number > 1)}t " if is_dry else ""
            yield f"{join(said)} {would}{done}"


def count_items(counts: Counter[tuple[str, str]]) -> Iterator[str]:
    """Yield how many there are of what is no public post or page, by what they are."""
    found, others = Counter[str](), Counter[str]()
    for (kind, reason), number in counts.items():
        if kind == "fichier":  # of a blog that is a folder
            found[f"fichier· laissé· ({reason})"] += number
        elif reason.startswith("type ") and reason not in _ITEMS:
            others[kind] += number
        elif kind == "attachment" and reason.startswith("état "):
            found[_OTHER_FILE] += number
        elif reason:
            found[_ITEMS.get(reason, _OTHER_STATE)] += number
    order = {phrase: at for at, phrase in enumerate(_ITEMS.values())}
    for phrase in sorted(found, key=lambda each: (order.get(each, len(_ITEMS)), each)):
        yield _count(found[phrase], phrase)
    if others:
        named = ", ".join(f"{name} ({number})" for name, number in sorted(others.items()))
        yield f"autres contenus d’extensions, laissés : {named}"


def count_remarks(
    kept: int, left: Counter[str], unseen: Counter[str], *, is_dry: bool
) -> Iterator[str]:
    """Yield how many comments are kept, and why others are not."""
    if kept:
        would = f"serai{'en' * (kept > 1)}t " if is_dry else ""
        yield f"{_count(kept, 'commentaire·')} {would}{agree('gardé·', kept)}"
    for reason, number in sorted(left.items()):
        if number:
            yield f"{_count(number, 'commentaire· laissé·')} : {reason}"
    for reason, number in sorted(unseen.items()):
        phrase = _UNSEEN.get(reason, f"d’un autre genre ({reason.removeprefix('genre ')})")
        if number:
            yield _count(number, f"commentaire· {phrase}, laissé·")


def count_media(media: Counter[str]) -> Iterator[str]:
    """Yield how many of the files of the blog posts show, and how many of these are missing."""
    shown, missing, left = (media[key] for key in ("employés", "manquants", "non employés"))
    if shown or missing or left:
        total = _count(shown + missing + left, "fichier·")
        yield f"de {total} : {shown} à côté des billets, {missing} sans copie, {left} sans emploi"


def count_blocks(blocks: int, in_html: int) -> Iterator[str]:
    """Yield how many blocks there are; a text that was Markdown has none."""
    if blocks:
        share = f"{in_html / blocks:.1%}".replace(".", ",").replace("%", "\u00a0%")
        html = f", dont {in_html} avec du HTML ({share})" if in_html else ""
        yield f"{_count(blocks, 'passage·')} de texte{html}"
