"""Roles, attributes, labels, notes, and how deep or long a text may be."""

import pytest

from archivist.syntax.allowed import ROLES

RIGHT = {
    "term": "{term}`CNFPT`, {term}`cnfpt`, {term}`le centre <CNFPT>`",
    "ref": "{ref}`billet`, {ref}`cet auteur <author-amoor>`, {ref}`ici`\n\n(ici)=\n## Partie",
    "abbr": "{abbr}`DRH (direction des ressources humaines)`",
    "person": "{person}`Armelle Dufour <Dufour, Armelle>`, {person}`Élise`",
    "organisation": "{organisation}`la 27e Région <27e Région>`, {organisation}`l’État`",
    "sub": "CO{sub}`2`",
    "sup": "Le 1{sup}`er` jour, au XIX{sup}`e` siècle",
}


def test_each_role_of_the_list_is_tried():
    assert RIGHT.keys() == ROLES


@pytest.mark.parametrize("name", sorted(ROLES))
def test_a_role_of_the_list_passes(check_body, name):
    assert check_body(RIGHT[name]) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{doc}`billet`", "rôle inconnu « {doc} » : écrivez un lien, [titre](chemin.md)."),
        ("{download}`x`", "rôle inconnu « {download} » : écrivez un lien, [titre](mon-billet/"),
        ("{any}`x`", "rôle inconnu « {any} » : écrivez un lien"),
        ("{raw}`x`", "rôle inconnu « {raw} » : écrivez ce passage en Markdown."),
        ("{eval}`x`", "rôle inconnu « {eval} » : choisissez parmi : abbr,"),
        ("{Term}`CNFPT`", "rôle inconnu « {Term} » : vouliez-vous dire « term » ?"),
        ("{py:func}`x`", "rôle inconnu « {py:func} »"),
        ("## {kbd}`x`", "rôle inconnu « {kbd} »"),
        ("| {kbd}`x` |\n|---|", "rôle inconnu « {kbd} »"),
        (":::{admonition} {kbd}`x`\ny\n:::", "rôle inconnu « {kbd} »"),
        ("{term}`CNFTP`", "« CNFTP » n’est pas dans le glossaire : vouliez-vous dire « CNFPT » ?"),
        ("{term}`x <zut>`", "« zut » n’est pas dans le glossaire : écrivez le mot sans {term}."),
        ("{person}`!`", "« ! » ne nomme personne : écrivez un nom, en lettres latines."),
        ("{person}`Élise <>`", "«  » ne nomme personne"),
        ("{organisation}`Éé" + "é" * 99 + "`", "« " + "Éé" + "é" * 38 + "… » est trop long : 100"),
        (
            "{person}`<Dufour, Armelle>`",
            "« <Dufour, Armelle> » : écrivez {person}`les mots du texte <Nom, Prénom>`.",
        ),
        ("{organisation}`Un; deux`", "« Un; deux » : écrivez {organisation}`les mots"),
        ("{ref}`zut`", "référence inconnue « zut »"),
        ("{ref}`autheur <author-amor>`", "référence inconnue « author-amor » : vouliez-vous dire"),
    ],
)
def test_a_role_that_leads_nowhere_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(f"9: {told}")


def test_a_reference_to_what_has_no_title_says_its_own_words(check_body):
    assert check_body("(ici)=\n\nTexte. {ref}`ici`") == [
        "11: dites ce que le lecteur lira : {ref}`texte <ici>`."
    ]
    assert check_body("(ici)=\n\nTexte. {ref}`plus haut <ici>`") == []


@pytest.mark.parametrize(
    "body",
    [
        "[bookmarks]{.language-en} [*colour*]{.language-en-GB}",
        "[x](https://exemple.fr){.language-en}",
        "![](billet/vue.png){.decorative}",
        "{nom}, mot{x}, *mot*{.x}, {{ variable }}, {.x}",
    ],
)
def test_attributes_of_the_list_and_other_braces_pass(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("[x]{.rouge}", "« {class=rouge} » n’est pas permis ici : retirez ces accolades."),
        ("[x]{#ici}", "« {id=ici} » n’est pas permis ici"),
        ('[x]{style="color:red"}', "« {style=color:red} » n’est pas permis ici"),
        ("[x]{.language-en .y}", "« {class=language-en y} » n’est pas permis ici"),
        ("[x]{.language-anglais}", "« {class=language-anglais} » n’est pas permis ici"),
        ("[x](https://x.fr){target=_blank}", "« {target=_blank} » n’est pas permis ici"),
        ("![x](billet/vue.png){align=middle}", "« {align=middle} » n’est pas permis ici"),
        ("![x](billet/vue.png){.decorative .left}", "« {class=decorative left} » n’est pas permis"),
        ("`x`{.python}", "« {class=python} » n’est pas permis ici"),
        ("> - [x]{.y}", "« {class=y} » n’est pas permis ici"),
        ("[x]{lang=en}", "{lang=en} est sans effet : écrivez {.language-en}."),
    ],
)
def test_an_attribute_that_is_not_in_the_list_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(f"9: {told}")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("(Ma Partie)=\n## P", "9: étiquette « Ma Partie » : écrivez par exemple « ma-partie »."),
        ("(été)=\n## P", "9: étiquette « été » : écrivez par exemple « ete »."),
        ("(billet)=\n## P", "9: l’étiquette « billet » est déjà prise : choisissez-en une autre."),
        ("(search)=\n## P", "9: l’étiquette « search » est déjà prise"),
        ("(author-amoor)=\n## P", "9: l’étiquette « author-amoor » est déjà prise"),
        ("a[^x]\n\n(x)=\n\n[^x]: y", "11: l’étiquette « x » est déjà prise"),
        ("a\n\n```{note}\n:name: billet\n\ny\n```", "12: l’étiquette « billet » est déjà prise"),
    ],
)
def test_a_label_that_is_none_or_is_taken_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(told)


def test_a_label_that_is_given_twice_is_told_in_each_place(check, make_post):
    twice = make_post(body="(ici)=\n\na\n\n```{tip}\n:name: ici\n\nb\n```")

    assert check({"2018/un.md": twice, "2018/deux.md": make_post(body="(ici)=\n\nc")}) == [
        f"docs/posts/2018/{place}: l’étiquette « ici » est déjà prise : choisissez-en une autre."
        for place in ("deux.md:9", "un.md:9", "un.md:14")
    ]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("a[^1]", ["9: la note [^1] n’est écrite nulle part : ajoutez-la."]),
        ("[^1]: x", ["9: la note [^1] n’est appelée nulle part : retirez-la."]),
        ("`[^1]`\n\n[^1]: x", ["11: la note [^1] n’est appelée nulle part : retirez-la."]),
        (
            "a[^1]\n\n[^1]: x\n\n[^1]: y",
            [f"{line}: la note [^1] est écrite deux fois : changez son nom." for line in (11, 13)],
        ),
        (
            "a[^Un]\n\n[^un]: x",
            [
                "9: la note [^Un] n’est écrite nulle part : ajoutez-la.",
                "11: la note [^un] n’est appelée nulle part : retirez-la.",
            ],
        ),
    ],
)
def test_a_note_is_written_once_and_called(check_body, body, told):
    assert check_body(body) == told


@pytest.mark.parametrize(
    "body",
    [
        "a[^1][^2] b[^1]\n\n[^1]: x[^é]\n[^2]: y\n\n    z\n\n[^é]: w",
        "```{admonition} T[^1]\nx\n```\n\n[^1]: y",
        "- a[^1]\n\n  [^1]: x",
        "## P[^1]\n\n| a[^2] |\n|---|\n\n[^1]: x\n[^2]: y",
    ],
)
def test_a_note_may_be_called_from_anywhere(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("[a]: https://x.fr\n[A]: https://y.fr\n\n[a]", 10),
        ("> [a]: https://x.fr\n\n[a]\n\n[a]: https://y.fr", 13),
        ("[a]: https://x.fr\n\n[a]\n\n```{note}\nb\n\n[a]: https://y.fr\n```", 16),
    ],
)
def test_a_name_that_is_given_two_addresses_is_told(check_body, body, line):
    (problem,) = check_body(body)

    assert problem.startswith(f"{line}: « [")
    assert problem.endswith("]: » est déjà donné plus haut : changez son nom.")


def nest_lists(depth):
    return "".join(f"{'  ' * level}- x\n" for level in range(depth))


def nest_blocks(depth):
    fences = [":" * (3 + level) for level in range(depth)]
    return "\n".join([*(f"{fence}{{note}}" for fence in fences[::-1]), "x", *fences])


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (nest_lists(10), 18),
        (nest_blocks(5), 13),
        ("> " * 19 + "x", 9),
        ("*a **b *c **d *e **f *g **h *i **j** k* l** m* n** o* p** q* r** s*", 9),
    ],
)
def test_what_is_nested_too_deep_or_too_long_is_told_once(check_body, body, line):
    (problem,) = check_body(body)

    assert problem.startswith((f"{line}: trop de niveaux", f"{line}: ce billet est trop long"))


@pytest.mark.parametrize(
    "body", [nest_lists(9), nest_blocks(4), "> " * 9 + "x", "***a** b*", "a *b*\n\n" * 1_400]
)
def test_what_people_nest_passes(check_body, body):
    assert check_body(body) == []


def nest_html(*names, words="x"):
    opened = "".join(f"<{name}>" for name in names)
    return opened + words + "".join(f"</{name}>" for name in names[::-1])


def in_cell(html):
    return f"<table>\n<tr><td>{html}</td></tr>\n</table>"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"Un {nest_html(*['small'] * 5)}", 9),
        (f"Un {nest_html(*['sup'] * 60)}", 9),
        (f"Un {nest_html('b', 'i', 'u', 's', 'span')}", 9),
        (f"Un **{nest_html('sub', 'sub', 'sub', words='*' + nest_html('sub', 'sub') + '*')}**", 9),
        (nest_html(*["small"] * 5), 9),
        (in_cell(nest_html(*["small"] * 5)), 10),
        (in_cell(f"<ul><li>{nest_html(*['sup'] * 5)}</li></ul>"), 10),
    ],
)
def test_html_nests_four_deep_at_most(check_body, body, line):
    (problem,) = check_body(body)

    assert problem.startswith(f"{line}: ")
    assert "l’une dans l’autre" in problem or "niveaux imbriqués" in problem


@pytest.mark.parametrize(
    "html", [nest_html(*["small"] * 4), nest_html("b", "i", "u", "s", words="a<br>b<wbr>c")]
)
def test_html_that_nests_four_deep_passes(check_body, html):
    assert check_body(f"Un **mot *ou* {html}**\n\n{in_cell(html)}") == []


@pytest.mark.parametrize(
    "body",
    [
        "(ici)=\n## Titre[^1]\n\n{ref}`ici`\n\n[^1]: Note.",
        "```{figure} billet/vue.png\n:alt: Vue\n:name: ici\n\nVue[^1]\n```\n{ref}`ici`\n\n[^1]: Note.",
    ],
)
def test_a_title_that_calls_a_note_is_no_words_of_a_reference(check_body, body):
    (problem,) = check_body(body)

    assert problem.endswith("dites ce que le lecteur lira : {ref}`texte <ici>`.")


def test_a_list_in_two_quotes_in_a_box_passes(check_body):
    assert check_body(":::{note}\n> > - x\n:::") == []


@pytest.mark.parametrize("braces", ["{width=300px}", "{height=20}", '{width="50" .decorative}'])
def test_an_image_may_say_how_large_it_is(check_body, braces):
    assert check_body(f"![Une vue](billet/vue.png){braces}") == []


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("![x](billet/vue.png){width=30em}", "9: « {width=30em} » n’est pas permis ici"),
        (
            "![x](billet/vue.png){width=50%}",
            "9: Markdown mal écrit « {width=50%} » : écrivez {width",
        ),
        ('![x](billet/vue.png){height="50%"}', "9: « {height=50%} » n’est pas permis ici"),
        ('![x](billet/vue.png){width="50%"}', "9: « {width=50%} » n’est pas permis ici"),
        ("[x](billet.md){width=3}", "9: « {width=3} » n’est pas permis ici"),
        ("```{image} billet/vue.png\n:alt: x\n:height: 50%\n```", "11: option « :height: 50% »"),
        ("```{image} billet/vue.png\n:alt: x\n:width: 50%\n```", "11: option « :width: 50% »"),
    ],
)
def test_a_size_that_is_none_is_told(check_body, written, told):
    (problem,) = check_body(written)

    assert problem.startswith(told)


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("{ref}`x  <  billet  >`", "retirez les espaces autour de « billet »."),
        ("{term}` CNFPT `", "retirez les espaces autour de « CNFPT »."),
        ("{term}`CNFPT <CNFPT> <CNFPT>`", "« CNFPT> <CNFPT » n’est pas dans le glossaire : "),
        ("{ref}`!x <billet>`", "« ! » défait {ref} : retirez ce signe, ou le rôle."),
        ("{term}`!CNFPT`", "« ! » défait {term} : retirez ce signe, ou le rôle."),
        ("{ref}` <billet>`", "dites ce que le lecteur lira : {ref}`texte <billet>`."),
        (
            "{abbr}`(Centre national)`",
            "dites ce qui est abrégé : {abbr}`CNFPT (Centre national…)`.",
        ),
        (f"{{sup}}`{'a' * 1001}`", "{sup} de 1001 signes, 1000 au plus : écrivez-le plus court."),
    ],
)
def test_a_role_that_the_build_reads_otherwise_is_told(check_body, role, told):
    (problem,) = check_body(f"Un {role} là.")

    assert problem.startswith(f"9: {told}")


@pytest.mark.parametrize(
    "role", ["{term}`le centre <CNFPT>`", "{ref}`x<billet>`", "{ref}`a < b <billet>`"]
)
def test_a_role_is_cut_as_the_build_cuts_it(check_body, role):
    # « a < b <billet> » leads to « b <billet », at the first sign that has words before it.
    assert len(check_body(role)) == role.count(" < ")


def test_addresses_that_are_used_often_are_no_longer_than_a_post_bears(check_body):
    body = f"[n]: https://exemple.fr/{'a' * 7_000}\n\n" + "[n] [n] [n] [n]\n\n" * 20

    (problem,) = check_body(body)

    assert problem == "1: les adresses des liens sont trop longues ensemble : raccourcissez-les."
