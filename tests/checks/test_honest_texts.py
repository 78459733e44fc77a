"""What people type in French, which no check may refuse."""

import pytest

TYPOGRAPHY = [
    "« Bonjour ! », dit-il : c’est l'« été »… Quoi ? Non ; si – oui — 10 h 30.",
    "« CAFÉ », Ça, À, É, Ê, ÂGE, CHÂTEAU, PÂQUES, NOËL, Œuvre, Æ, Ÿ, « À »",
    "« Â », « LÀ Â », NÃO, MAÇÃ, « Ã »",
    "\u00ab\u00a0CAFÉ\u00a0\u00bb\u202f! C’est À\u00a0: Â.",
    "“guillemets anglais”, ‘simples’, l’\u200bété, cœur\u00adage",
    "5 < 6, a<b, i <3 vous, 7 > 3, <-, ->, <-->, =>, <=, a << b >> c",
    "#1, n° #2, #Innovation #Public",
    "#Innovation en tête de ligne, puis\n#1 aussi",
    "Il a dit [sic], [...], […], [le maire], [1], [Dupont 2010], [a, b]",
    "[Note] Un mot\n\n[1] Une note à l’ancienne",
    "Voir [Dupont][2010], la figure (a)[1], t[0][1]",
    "C++, C#, R&D, AT&T, F#, .NET, A/B, et/ou, 24/7",
    "100 %, ~20 %, ±3, 10 $, 5 €, 3×4, 2 * 3 * 4, 5*6*7, 10^3, x²",
    "% de réussite\n\n+++\n\n++ très bien\n\n=====",
    "jean.dupont@exemple.fr, @tous, https://exemple.fr/a_b_c?d=e&f#g, www.exemple.fr",
    "a_b_c, snake_case, __init__, *a*b, **a**b, _a_ _b_, 2*a*b",
    "{nom}, { }, {{ variable }}, {a: b}, $x$, $$, ${x}, `{sup}`",
    "Art. L. 123-4, § 3, n°5 ; 10h-12h ; 12/03/2018 ; 06.12.34.56.78 ; 1/2",
    "C:\\Users\\x, \\* \\_ \\[, a|b, | seul, ~~barré~~, ~/docs, /etc/x",
    "🙂 👨‍👩‍👧 ❤️ 🇫🇷 → ✓ ½ № ™ ©",
    "M.&nbsp;X, &eacute;, &lt;b&gt;, &amp;, AT&T;, &zut;, &#233;",
    "[x] (y), (x) [y], [x]: y, (x): y, :x:, ::, :-)",
    "Qui ? Quoi ?\n: rien\n\nTerme\n: une définition\n: une autre",
]
MARKDOWN = [
    "***\n\n---\n\n* * *\n\n___",
    "| a | b |\n|:--|--:|\n| 1 \\| 2 | **3** |\n| 4 |\n\n|a|b|c|",
    "- a\n  - b\n    1. c\n       - d\n\n         e\n\n- f",
    "1) a\n2) b\n\n+ c\n\n* d\n\n3. e",
    "- [ ] à faire\n- [x] fait",
    "> a\n> > b\n> > > c\n>\n> — Auteur, *Livre*",
    "> « a »\nb",
    "a[^1], b[^note].\n\n[^1]: Une note : « c ».\n[^note]: Deux\n    lignes.\n\n    - et plus",
    "le 1{sup}`er`, CO{sub}`2`, 1<sup>er</sup>",
    "## Partie\n\na\n\n### Sous-partie : « b » ?\n\nc\n\nAutre\n-----\n\nd",
    "## 1. Partie\n\n## 1. Partie\n\n## {sup}`x` & C++",
    "`code`, ``co`de``, ` `` `\n\n    code\n\n\tcode\n\n```text\n<<<<<<< [gallery] Ã© {x}\n```",
    "a  \nb\\\nc<br>d",
    "[a][1], [b][], [c]\n\n[1]: https://exemple.fr 'x'\n[b]: <https://exemple.fr/b>\n[c]: #un-billet",
    "<!-- Relire : « a » -->\n\na\n\n<!-- more -->\n\nb",
    "**Question :** quoi ?\n**Réponse :** rien.",
    "*« Entre guillemets »*, **c’est gras**, ***les deux***, *un **deux** trois*",
    'Un [lien vers « CNFPT »](https://exemple.fr/a(b)?c=é#d "Titre"), <https://exemple.fr>.',
]


@pytest.mark.parametrize("body", TYPOGRAPHY + MARKDOWN)
def test_what_people_type_passes(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    "title",
    [
        "« L’été » : 5 < 6 & C++ ?",
        "Retour sur [l’événement](https://exemple.fr) #3",
        "1. Le *vrai* `code` {sup}`er`",
        "À 100 % – ÇA MARCHE !",
        "Qu’est-ce que {term}`CNFPT` ? [sic]",
    ],
)
def test_what_people_call_a_post_passes(check_post, title):
    assert check_post(title=title) == []
