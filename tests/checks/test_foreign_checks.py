"""What other tools read in a text is told where it stands, and what only looks like it is not."""

import pytest

TOLD = [
    "![[salle.png]]",
    "![[salle.png|300]]",
    "Voir [[autre-billet]].",
    "Voir [[autre-billet|un autre]].",
    "==surligné==",
    "++ajouté++",
    "Un mot ^[une note] puis rien.",
    "H~2~O",
    "m^2^",
    "Bravo :tada: !",
    "Un :material-account: ici.",
    "[TOC]",
    "[[_TOC_]]",
    "* TOC\n{:toc}",
    "{{< youtube abc >}}",
    "{{% notice tip %}}\nTexte.\n{{% /notice %}}",
    "{% include x.html %}",
    "## Une partie {#un-nom}",
    '{{< image src="x.png" caption="Dit \\"oui\\"" >}}',
    "Chez {{ site.title }}.",
    "Un paragraphe.\n{: .legende}",
    'Un [lien](https://exemple.fr){:target="_blank"} ici.',
    "!!! note\n    Texte.",
    '??? tip "Un titre"\n    Texte.',
    "> [!info] Titre\n> Mots.",
    '=== "Onglet"\n    Texte.',
    '--8<-- "fichier.md"',
    "Du texte %%caché%% ici.",
    "Soit $x^2$ le carré.",
    "$$\n\\frac{1}{2}\n$$",
    "[le site] (https://exemple.fr)",
    "Un ** gras ** raté.",
    "Un **gras ** raté.",
    "• un\n• deux",
    "o\tun\no\tdeux",
    "– un\n– deux",
    "— Oui.\n— Non.",
    "aa\tbb\nc\td",
    "| a | b |\n| c | d |",
    "2018. Une année.",
    "Une phrase.\n---",
    "    Un alinéa en retrait.",
    "Dit [1] ici.\n\n[1] La source.",
    "Dit [[1]](#_ftn1) ici.",
]


@pytest.mark.parametrize("body", TOLD)
def test_what_another_tool_reads_is_told_with_its_line(check_post, body):
    told = [
        each for each in check_post(body=f"Du texte.\n\n{body}") if "se lirait tel quel" in each
    ]

    first = 11 + body.count("\n", 0, body.find("{:") if body.startswith(("Un par", "* T")) else 0)
    assert told
    assert int(told[0].partition(":")[0]) in {first, 11, 13}


@pytest.mark.parametrize("body", TOLD)
def test_code_may_hold_it_all(check_post, body):
    assert check_post(body=f"```text\n{body}\n```") == []


@pytest.mark.parametrize(
    "body",
    [
        "Un {{ variable }}, un $x$ et un {x}.",
        "Il est 10:30:00, ou 10 : 30, ou a::b.",
        "Un == b, a === b, `==x==` et \\==x\\==.",
        "Le 3 [sic] et [1] sans note.",
        "De 5 $ à 10 $, ou $5 et $10.",
        "Le C++ et le C++ encore.",
        "Une note[^1] ici.\n\n[^1]: La voici.",
        "Environ ~5 km, ou ~6.",
        "Une [partie](#titre) et [deux] (trois).\n\n## Titre",
        "**gras** et **gras** et ** seul.",
        "| a | b |\n| - | - |\n| c | d |",
        "– Un seul tiret au début.\n\n— Et un autre.",
        "1. Un\n2. Deux",
        "Fin.\n\n---\n\nSuite.",
        "Un titre\n-----\n\nSuite.",
        "- un\n\n      code(x);\n",
        "    x = f(1)\n    y = g(x)\n",
        "Un • au milieu, et 3 · 4.",
        "Taux {sup}`2`, {sub}`2`.",
        "Voir <https://exemple.fr/a==b==c> et https://exemple.fr/?a=%%b%%.",
        "![Une image](billet/a.png){width=300px}",
    ],
)
def test_what_only_looks_like_it_is_not(check_post, body):
    assert not [each for each in check_post(body=body) if "se lirait tel quel" in each]


def test_a_list_in_bullets_is_told_once_however_long(check_post):
    told = check_post(body="\n\n".join(f"• point {number}" for number in range(9)))

    assert len(told) == 1
