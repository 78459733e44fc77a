"""Rules for what MyST adds to Markdown: blocks, roles, attributes, labels, footnotes."""

from __future__ import annotations

import re
from collections import Counter

from archivist.addresses.slugs import is_slug, to_slug
from archivist.checks.context import Known
from archivist.dates.edtf import DateError, read_day
from archivist.posts.archive import StandingPage
from archivist.posts.blocks import Block
from archivist.posts.body import Mark
from archivist.posts.file import PostFile
from archivist.posts.labels import read_name
from archivist.posts.tokens import read_abbreviation, split_target
from archivist.problems import Faults, find_nearest, suggest
from archivist.syntax.allowed import (
    ADMONITIONS,
    ATTRIBUTES,
    BOXES,
    DIRECTIVES,
    NAME_ROLES,
    PAGE_BLOCKS,
    ROLES,
    Directive,
)
from archivist.syntax.characters import strip_invisible
from archivist.syntax.limits import LONGEST_LABEL, LONGEST_ROLE
from archivist.words.errata import find_corrections

# Where Python ends a line, and so MyST in a block, and a reader of the file does not.
_SEPARATOR = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED_IN_NAMES = re.compile(r"[<>;|\\]")
# What other tools read after a language, and shows nothing: {1,3}, linenos=true
_SETTINGS = re.compile(r"\{[^{}]*\}|(?:\s*(?!title|caption|name|file)[\w.-]+=\S+)+")
# The roles that lead somewhere.
_LINKING = frozenset({"ref", "term"})
# What to write instead of what some tools know and posts may not do.
_INSTEAD = {
    "include": "copiez ici le texte voulu.",
    "literalinclude": "copiez ici le code voulu.",
    **dict.fromkeys(("eval-rst", "raw"), "écrivez ce passage en Markdown."),
    **dict.fromkeys(("toctree", "postlist"), "écrivez des liens, [titre](chemin.md)."),
    "csv-table": "écrivez le tableau en Markdown.",
    "download": "écrivez un lien, [titre](mon-billet/fichier.pdf).",
    **dict.fromkeys(("doc", "any"), "écrivez un lien, [titre](chemin.md)."),
    "glossary": "les mots s’expliquent dans docs/glossaire.md.",
}


def check_blocks(source: PostFile | StandingPage) -> Faults:
    """Refuse a block that is not known, and what its kind does not take."""
    own = frozenset() if isinstance(source, PostFile) else PAGE_BLOCKS
    for block in source.body.blocks:
        if not block.closed:
            message = f"bloc ouvert ligne {block.line} et jamais fermé"
            yield block.line, f"{message} : ajoutez la ligne qui le ferme."
        if block.name in DIRECTIVES:
            yield from _check_shape(block, DIRECTIVES[block.name])
            yield from _check_options(block, DIRECTIVES[block.name])
            yield from _check_content(block)
        elif block.name.startswith((":::", ".")):
            name = _find_block(block.name.lstrip(":").strip(" {}."))
            advice = f"écrivez « :::{{{name}}} », ou du texte simple."
            yield block.line, f"« {block.name} » est sans effet : {advice}"
        elif not block.name and block.argument.startswith("{"):
            yield block.line, f"bloc « {block.argument} » mal écrit : écrivez {{note}}, ou text."
        elif block.name and block.name not in own:
            shown = block.name if block.name == "{}" else f"{{{block.name}}}"
            advice = _INSTEAD.get(block.name) or suggest(block.name, DIRECTIVES)
            yield block.line, f"bloc « {shown} » interdit : {advice}"


# Boxes with a title of their own elsewhere, and the nearest here.
_NEAREST = dict.fromkeys(("example", "abstract", "summary"), "tip")


def _find_block(words: str) -> str:
    """Return the name of the block that was meant by the *words* after `:::`."""
    name = re.split(r"[\s{\[.]+", words.replace("callout-", "").lower())[0]
    if name in DIRECTIVES:
        return name
    return BOXES.get(name) or _NEAREST.get(name) or find_nearest(name, ADMONITIONS) or "note"


def _check_shape(block: Block, known: Directive) -> Faults:
    name = f"« {{{block.name}}} »"
    if known.argument == "required" and not block.argument:
        yield block.line, f"{name} attend quelque chose sur sa ligne, après l’accolade."
    elif block.name == "code-block" and len(block.argument.split()) > 1:
        yield block.line, f"{name} n’attend qu’un mot, le langage : retirez le reste."
    if known.content == "required" and not block.content.strip():
        yield block.line, f"{name} est vide : écrivez son texte dessous, ou retirez-le."
    elif not known.content and block.content.strip():
        yield block.line, f"{name} n’a pas de texte : mettez-le en dehors."


def _check_options(block: Block, known: Directive) -> Faults:
    values = (value.text for value in block.options.values())
    texts = (block.argument, block.head, block.content, *values)
    if any(_SEPARATOR.search(text) for text in texts):
        yield block.line, "séparateur de lignes invisible dans ce bloc : retapez-le."
    if block.broken:
        yield block.broken, "option illisible : écrivez « :clé: valeur », une par ligne."
        return
    for key, value in block.options.items():
        if key not in known.options:
            advice = suggest(key, known.options)
            yield value.line, f"option inconnue « {key} » de « {{{block.name}}} » : {advice}"
        elif not known.options[key].fullmatch(value.text):
            message = f"option « :{key}: {value.text} » invalide : corrigez-la ou retirez-la."
            yield value.line, message


def _check_content(block: Block) -> Faults:
    """Ask of each kind of block for the content that docutils asks of it."""
    if block.name == "figure" and block.outline and block.outline[0] != "paragraph_open":
        yield block.line, "la légende d’une image est d’abord un paragraphe : commencez par là."
    elif block.name == "table" and block.outline != ("table_open",):
        yield block.line, "« {table} » contient un tableau Markdown, et lui seul."
    elif block.name == "list" and block.outline != ("ordered_list_open",):
        yield block.line, "« {list} » contient une liste à numéros, et elle seule : 1. un point."
    elif block.name == "list-table":
        yield from _check_list_table(block)
    elif "caption" in block.options and not block.has_plain_caption:
        message = "« :caption: » attend du texte, et lui seul : écrivez la légende en une phrase."
        yield block.options["caption"].line, message
    elif block.name in {"update", "erratum"}:
        yield from _check_later(block)


def _check_list_table(block: Block) -> Faults:
    rows = block.rows
    if block.outline != ("bullet_list_open",) or len(set(rows)) != 1 or not rows[0]:
        yield block.line, "« {list-table} » : une liste par ligne, d’autant de points chacune."
        return
    widths = block.options.get("widths")
    if widths and widths.text != "auto" and len(widths.text.split()) != rows[0]:
        yield widths.line, f"« :widths: » attend {rows[0]} nombres, un par colonne."
    for key, count in (("header-rows", len(rows)), ("stub-columns", rows[0])):
        option = block.options.get(key)
        if option and option.text.isdigit() and int(option.text) >= count:
            yield option.line, f"« :{key}: {option.text} » est trop grand pour ce tableau."


def _check_later(block: Block) -> Faults:
    try:
        read_day(block.argument)
    except DateError as error:
        yield block.line, str(error)
    if block.name == "erratum" and block.content.strip() and not find_corrections(block):
        yield block.line, "écrivez « ce qu’on lisait » est devenu « ce qu’on lit », ainsi."


def check_roles(source: PostFile, known: Known) -> Faults:
    """Refuse a role that is not known, a word that is not in the glossary, a dead reference."""
    for role in source.body.roles:
        fault = _find_role_fault(role)
        if not fault and role.name in _LINKING:
            fault = _find_target_fault(role, known)
        if fault:
            yield role.line, fault
        elif role.name in NAME_ROLES:
            yield from _check_name(role, known)


def _find_role_fault(role: Mark) -> str:
    """Return what a role is not, or nothing."""
    if len(role.text) > LONGEST_ROLE:
        size = f"{{{role.name}}} de {len(role.text)} signes, {LONGEST_ROLE} au plus"
        return f"{size} : écrivez-le plus court."
    if role.name not in ROLES:
        advice = _INSTEAD.get(role.name) or suggest(role.name, ROLES)
        return f"rôle inconnu « {{{role.name}}} » : {advice}"
    if role.name == "abbr" and not strip_invisible(read_abbreviation(role.text)):
        return "dites ce qui est abrégé : {abbr}`CNFPT (Centre national…)`."
    return ""


def _find_target_fault(role: Mark, known: Known) -> str:
    """Return why a `{term}` or a `{ref}` leads nowhere, or nothing."""
    words, target = split_target(role.text)
    if role.text.startswith("!"):
        return f"« ! » défait {{{role.name}}} : retirez ce signe, ou le rôle."
    if target != target.strip():
        return f"retirez les espaces autour de « {target.strip()} »."
    if words and not strip_invisible(words):
        return f"dites ce que le lecteur lira : {{{role.name}}}`texte <{target}>`."
    is_term = role.name == "term"
    return _find_term_fault(target, known) if is_term else _find_ref_fault(words, target, known)


def _find_ref_fault(words: str, target: str, known: Known) -> str:
    label = target.lower()
    if label not in known.labels:
        return f"référence inconnue « {label} » : {suggest(label, known.near_labels)}"
    return (
        ""
        if words or known.labels[label]
        else f"dites ce que le lecteur lira : {{ref}}`texte <{label}>`."
    )


def _find_term_fault(target: str, known: Known) -> str:
    if known.has_term(target):
        return ""
    near = find_nearest(target, known.terms.values())
    advice = f"vouliez-vous dire « {near} » ?" if near else "écrivez le mot sans {term}."
    return f"« {target} » n’est pas dans le glossaire : {advice}"


def _check_name(role: Mark, known: Known) -> Faults:
    name = read_name(role.text)
    shown, usual = name.filed[:40], known.names.get(to_slug(name.filed), name.filed)
    if not to_slug(name.filed).strip("_") or not strip_invisible(name.words):
        yield role.line, f"« {shown} » ne nomme personne : écrivez un nom, en lettres latines."
    elif len(name.filed) > LONGEST_LABEL:
        yield role.line, f"« {shown}… » est trop long : {LONGEST_LABEL} signes au plus."
    elif _UNWANTED_IN_NAMES.search(name.words + name.filed):
        yield role.line, f"« {shown} » : écrivez {{{role.name}}}`les mots du texte <Nom, Prénom>`."
    elif usual != name.filed:
        right = f"{{{role.name}}}`{name.words} <{usual}>`"
        yield role.line, f"« {shown} » est déjà dans l’index, écrit « {usual} » : écrivez {right}."


def check_attributes(source: PostFile) -> Faults:
    """Refuse what changes the look or the life of a part of the text."""
    for mark in source.body.attributes:
        allowed = ATTRIBUTES.get(mark.owner, {})
        if mark.name == "lang":
            message = f"{{lang={mark.text}}} est sans effet : écrivez {{.language-{mark.text}}}."
            yield mark.line, message
        elif mark.name not in allowed or not allowed[mark.name].fullmatch(mark.text):
            text = f"{mark.name}={mark.text}"[:40]
            yield mark.line, f"« {{{text}}} » n’est pas permis ici : retirez ces accolades."


def check_labels(source: PostFile, known: Known) -> Faults:
    """Refuse a label that something else has, or that cannot be one."""
    uses = Counter(label.name.lower() for label in source.body.labels)
    notes = {note.text for note in source.body.notes}
    for label in source.body.labels:
        name = label.name.lower()
        if not is_slug(label.name):
            proposal = to_slug(label.name) or "ma-partie"
            yield label.line, f"étiquette « {label.name} » : écrivez par exemple « {proposal} »."
        elif name in known.taken_labels or uses[name] > 1 or name in notes:
            message = f"l’étiquette « {label.name} » est déjà prise : choisissez-en une autre."
            yield label.line, message


def check_notes(source: PostFile) -> Faults:
    """Ask that each footnote is written once and called."""
    notes, calls = source.body.notes, source.body.calls
    written, called = Counter(note.text for note in notes), {call.text for call in calls}
    for call in calls:
        if call.text not in written:
            yield call.line, f"la note [^{call.text}] n’est écrite nulle part : ajoutez-la."
    for note in notes:
        if note.text not in called:
            yield note.line, f"la note [^{note.text}] n’est appelée nulle part : retirez-la."
        elif written[note.text] > 1:
            yield note.line, f"la note [^{note.text}] est écrite deux fois : changez son nom."


def check_doubles(source: PostFile) -> Faults:
    """Refuse two addresses for one name."""
    for double in source.body.doubles:
        yield double.line, f"« [{double.text}]: » est déjà donné plus haut : changez son nom."


def check_unseen(source: PostFile | StandingPage) -> Faults:
    """Refuse what stands in the text, and would be on no page."""
    unseen = source.body.unseen
    for cell in unseen.cells:
        advice = "ajoutez une colonne à son en-tête, ou écrivez « \\| » pour un trait."
        yield cell.line, f"« {cell.text} » est hors du tableau : {advice}"
    for title in unseen.titles:
        advice = "mettez l’image entre deux lignes vides, seule."
        yield title.line, f"la légende « {title.text} » ne se verrait pas : {advice}"
    for link in unseen.definitions:
        advice = "appelez-le, ou faites-en un point, « - <https://…> »."
        yield link.line, f"« {link.text} » n’est appelé nulle part, et ne se verrait pas : {advice}"
    for block in source.body.blocks:
        after = block.argument.partition(" ")[2].strip() if not block.name else ""
        if after and not _SETTINGS.fullmatch(after):
            advice = "passez à la ligne, ou écrivez {code-block} et :caption:."
            yield block.line, f"« {after} » ne se verrait pas : {advice}"


MARKUP_RULES = (check_blocks, check_unseen, check_attributes, check_notes, check_doubles)
MARKUP_RULES_AROUND = (check_roles, check_labels)
