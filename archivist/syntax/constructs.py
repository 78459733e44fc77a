"""What other tools make something of, and readers here would see as it was typed.

Obsidian, Jekyll, Hugo, MkDocs, Pandoc, GitHub, Word and Excel each add signs of their own to
Markdown, or to what is pasted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archivist.syntax.looks import has_note, is_callout, is_emoji, is_even


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreign:
    """A construct of another tool: what it looks like, and what to write instead, in French."""

    name: str
    signs: tuple[str, ...]
    """What it cannot be without, one of these: most texts have none."""
    pattern: re.Pattern[str]
    advice: str
    sees_addresses: bool = False
    """Whether it may hold an address, or be one."""
    is_told: bool = True
    """Whether it is told as such; another rule tells the others."""
    is_one: Callable[[re.Match[str]], bool] = lambda _: True
    """Tells the construct from what only looks like it."""


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


_END = r"[ \t]*$"
# The lines of a paragraph that are typed one below the other, and shown one after the other.
_NO_BREAK = r"(?<![\\ ] )(?<!\\)"


FOREIGN: tuple[Foreign, ...] = (
    Foreign(
        name="table-of-contents",
        signs=("[TOC]", "[toc]", "[[", "${toc}", "{:"),
        pattern=_pattern(
            rf"^[ \t]*(?:\[TOC\]|\[toc\]|\[\[_?(?:TOC|toc)_?\]\]|\$\{{toc\}}|[*-] [^\n]*\n\{{:\s*toc[^}}\n]*\}}){_END}"
        ),
        advice="retirez-le, le site fait le sommaire de chaque billet.",
    ),
    Foreign(
        name="embed",
        signs=("![[",),
        pattern=_pattern(r"!\[\[(?P<target>[^\[\]|\n\x00]+)(?:\|(?P<text>[^\[\]\n]*))?\]\]"),
        advice="écrivez ![ce qu’on y voit](mon-billet/image.png).",
    ),
    Foreign(
        name="wiki-link",
        signs=("[[",),
        pattern=_pattern(
            r"(?<![!\[])\[\[(?P<target>[^\[\]|\n\x00]+)(?:\|(?P<text>[^\[\]\n]*))?\]\](?![(\]])"
        ),
        advice="écrivez [texte](adresse).",
    ),
    Foreign(
        name="word-note-link",
        signs=("(#_ftn", "(#_edn"),
        pattern=_pattern(
            r"\[(?:\x00\x00|\\?\[)(?P<label>[0-9]{1,3})(?:\x00\x00|\\?\])\]"
            r"\(#_(?:ftn|edn)(?P<back>ref)?[0-9]{1,3}\)"
        ),
        advice="écrivez [^1] à l’appel, et « [^1]: texte » sur une ligne à part.",
        sees_addresses=True,
    ),
    Foreign(
        name="word-note",
        signs=("[1]",),
        pattern=_pattern(r"^\[(?P<label>[0-9]{1,3})\](?![(:\[])[ \t]*(?=\S)"),
        advice="écrivez [^1] à l’appel, et « [^1]: texte » sur une ligne à part.",
        is_one=has_note,
    ),
    Foreign(
        name="code",
        signs=("{{<", "{{%", "{%"),
        pattern=_pattern(
            r"\{(?:\{[<%]|%)(?P<code>(?:(?!>\}\}|%\}|\{\{[<%]|\{%|\n[ \t]*\n)[\s\S])*)(?:[>%]\}\}|%\})"
        ),
        advice="remplacez-le par du texte ou un lien.",
        sees_addresses=True,
    ),
    Foreign(
        name="liquid-value",
        signs=("{{",),
        # « {{ variable }} » is what people write of templates; these are what templates hold.
        pattern=_pattern(
            r"\{\{(?P<code>-?[ \t]*(?:(?:site|page|post|layout|include|paginator|content|SITEURL)\b|\.[A-Z]"
            r"|[\"'][^\"'\n{}]*[\"'][ \t]*\|)[^{}\n]*)\}\}"
        ),
        advice="écrivez ce que ce code affichait.",
        sees_addresses=True,
    ),
    Foreign(
        name="attributes",
        signs=("{:",),
        pattern=_pattern(r"[ \t]*\{:(?P<code>[^{}\n]*)\}"),
        advice="retirez-le, le site règle la mise en forme.",
        sees_addresses=True,
    ),
    Foreign(
        name="heading-name",
        signs=("{#",),
        pattern=_pattern(
            r"(?P<text>^#{1,6}[ \t][^\n\x00]*\S)[ \t]*\{#(?P<name>[\w:.-]+)[^{}\n]*\}" + _END
        ),
        advice="retirez-le, l’ancre d’une partie vient de son titre.",
    ),
    Foreign(
        name="box",
        signs=("!!!", "???"),
        pattern=_pattern(
            r"^(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[A-Za-z][\w-]*)(?P<title>[^\n]*)$"
        ),
        advice="écrivez « :::{note} », le texte dessous, puis « ::: ».",
    ),
    Foreign(
        name="callout",
        signs=("[!",),
        pattern=_pattern(
            r"^(?P<indent>[ \t]*)>[ \t]*\[!(?P<kind>[\w-]+)\](?P<fold>[+-]?)(?P<title>[^\n]*)$"
        ),
        advice="écrivez « :::{note} », le texte dessous, puis « ::: ».",
        is_one=is_callout,
    ),
    Foreign(
        name="tab",
        signs=("===",),
        pattern=_pattern(r'^[ \t]*===[!+]?[ \t]+"(?P<title>[^"\n]*)"' + _END),
        advice="mettez ce titre en gras, et le texte dessous, sans retrait.",
    ),
    Foreign(
        name="snippet",
        signs=("8<-",),
        pattern=_pattern(r"^[ \t]*-{1,2}8<-{1,2}[^\n]*$"),
        advice="copiez ici le texte voulu.",
        sees_addresses=True,
    ),
    Foreign(
        name="remark",
        signs=("%%",),
        pattern=_pattern(r"%%(?P<text>(?:(?!%%)[^\x00])+?)%%"),
        advice="retirez-le, ou écrivez <!-- ainsi -->, qui n’est pas publié.",
    ),
    Foreign(
        name="highlight",
        signs=("==",),
        pattern=_pattern(r"(?<![=<>!\w])==(?=\S)(?=[^=\n]*\w)(?P<text>[^=\n]+?)(?<=\S)==(?![=\w])"),
        advice="écrivez <mark>ainsi</mark>.",
    ),
    Foreign(
        name="insertion",
        signs=("++",),
        pattern=_pattern(r"(?<![+\w])\+\+(?=\S)(?P<text>[^+\n]+?)(?<=\S)\+\+(?![+\w])"),
        advice="écrivez <ins>ainsi</ins>.",
    ),
    Foreign(
        name="inline-note",
        signs=("^[",),
        pattern=_pattern(r"\^\[(?P<text>[^\[\]\n]+)\]"),
        advice="écrivez [^1], et « [^1]: texte » sur une ligne à part.",
        sees_addresses=True,
    ),
    Foreign(
        name="superscript",
        signs=("^",),
        pattern=_pattern(r"(?<=\w)\^(?P<text>[^\s^\[\]\x00]{1,20})\^"),
        advice="écrivez {sup}`2`, collé.",
    ),
    Foreign(
        name="subscript",
        signs=("~",),
        pattern=_pattern(r"(?<=\w)(?<!~)~(?P<text>[^\s~\x00]{1,20})~(?!~)"),
        advice="écrivez {sub}`2`, collé.",
    ),
    Foreign(
        name="formula",
        signs=("$",),
        pattern=_pattern(
            r"\$\$(?:(?!\n[ \t]*\n)[^$])+\$\$|\$(?=\S)(?=[^$\n]*(?:\\|\x00|[\^_]))[^$\n]{1,200}(?<=\S)\$(?!\d)"
        ),
        advice="le site ne compose pas de formule, écrivez-la en texte ou en image.",
    ),
    Foreign(
        name="emoji",
        signs=(":",),
        pattern=_pattern(r":[a-z0-9_+-]{2,60}:"),
        advice="mettez le signe lui-même, ou retirez ce nom.",
        is_one=is_emoji,
    ),
    Foreign(
        name="spaced-link",
        signs=("] ", "]\t", "]\n"),
        pattern=_pattern(
            r"(?P<text>!?\[[^\[\]\n]+\])(?:[ \t]+|[ \t]*\n)\("
            r"(?P<target>(?:https?://|www\.|mailto:|\.{0,2}/)[^\s()]+|[^\s()]+\.(?:md|html?|png|jpe?g|pdf))\)"
        ),
        advice="écrivez [texte](https://…), collé.",
        sees_addresses=True,
    ),
    Foreign(
        name="reversed-link",
        is_told=False,
        signs=(")[",),
        pattern=_pattern(
            r"\((?P<text>[^()\n]+)\)\[[ \t]*(?P<target>(?:https?://|www\.)[^\]\s]+)[ \t]*\]"
        ),
        advice="écrivez [texte](https://…), les crochets d’abord.",
        sees_addresses=True,
    ),
    Foreign(
        name="spaced-strong",
        signs=("** ", " **", "**\t"),
        # What is right is gone through too, for what begins inside to begin at its own signs.
        pattern=_pattern(
            r"(?<![*\w])\*\*(?:(?=[^\s*])[^*\n]*[^\s*]\*\*(?!\*)"
            r"|(?P<text>[ \t]+[^*\s](?:[^*\n]*[^*\s])?[ \t]*|[^*\s](?:[^*\n]*[^*\s])?[ \t]+)\*\*(?![*\w]))"
        ),
        advice="écrivez **ainsi**, sans espace à l’intérieur.",
        is_one=lambda found: found["text"] is not None,
    ),
    Foreign(
        name="glued-heading",
        is_told=False,
        signs=("##",),
        pattern=_pattern(r"^(?P<signs>#{2,6})(?P<text>[^\s#\x00][^\n]*)$"),
        advice="laissez une espace après les « # ».",
    ),
    Foreign(
        name="bullets",
        signs=(*"•▪◦●■□‣⁃➢➤►·", "o\t"),
        pattern=_pattern(
            r"(?:^[ \t]*(?:[•▪◦●■□‣⁃➢➤►·][ \t\u00a0\u202f]*|o\t[ \t]*)(?=\S)[^\n]*(?:\n|\Z)(?:[ \t]*\n)*)+"
        ),
        advice="commencez chaque ligne par « - », et laissez une ligne vide avant la première.",
        sees_addresses=True,
    ),
    Foreign(
        name="dashes",
        signs=("\n–", "\n—"),
        pattern=_pattern(
            rf"(?:^[–—][ \t\u00a0\u202f]+(?=\S)[^\n]*{_NO_BREAK}\n)+^[–—][ \t\u00a0\u202f]+(?=\S)[^\n]*$"
        ),
        advice="ces lignes se liront à la suite, commencez chacune par « - », ou séparez-les par une ligne vide.",
        sees_addresses=True,
    ),
    Foreign(
        name="cells",
        signs=("\t",),
        pattern=_pattern(
            r"(?:^(?![-*+>#|\s]|[0-9]+[.)][ \t])[^\t\n\x00]+(?:\t[^\t\n]*)+(?:\n|\Z)){2,}"
        ),
        advice="écrivez un tableau, « | a | b | », avec la ligne « | --- | --- | » sous la première.",
        sees_addresses=True,
        is_one=is_even,
    ),
    Foreign(
        name="table-without-rule",
        signs=("|",),
        pattern=_pattern(
            r"(?:(?<=\n\n)|\A\n*)[ ]{0,3}\|[^\n]*\|[ \t]*\n(?![ ]{0,3}\|[ \t]*:?-)(?:[ ]{0,3}\|[^\n]*\|[ \t]*(?:\n|\Z))+"
        ),
        advice="ajoutez sous la première ligne du tableau « | --- | --- | », une case par colonne.",
        sees_addresses=True,
    ),
    Foreign(
        name="year-as-number",
        signs=("\n1", "\n2"),
        pattern=_pattern(
            r"(?:(?<=\n\n)|\A\n*)[ ]{0,3}(?P<year>[12][0-9]{3})(?P<sign>[.)])[ \t]+(?=\S)"
        ),
        advice="Markdown y voit le numéro d’un point, écrivez « 2018\\. » pour l’année.",
    ),
    Foreign(
        name="line-above-rule",
        signs=("\n---",),
        pattern=_pattern(r"^(?! {0,3}(?:[#>|:`~]|[-*+] |[0-9]+[.)] ))[^\n]*\S[^\n]*\n---[ \t]*$"),
        advice="cette ligne devient un titre, laissez une ligne vide au-dessus de « --- ».",
        sees_addresses=True,
    ),
)


INDENTED = Foreign(
    name="indented-text",
    signs=("    ", "\t"),
    pattern=_pattern(r"(?:^(?: {4}| {0,3}\t)[^\n]*(?:\n|\Z)|^[ \t]*\n)+"),
    advice="quatre espaces en tête de ligne en font du code, retirez-les.",
)
"""What is set back as books do, and is code in Markdown."""
