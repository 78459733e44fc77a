"""What may follow the name of a block: each kind with all it takes, and with what it does not."""

import pytest

from archivist.posts.body import read_body
from archivist.syntax.allowed import DIRECTIVES

ROWS = "* - a\n  - b\n* - c\n  - d"
NOTES = "note tip hint important seealso attention caution warning danger".split()
RIGHT = {name: f"```{{{name}}}\n:name: ici\n\nDu *texte*.\n```" for name in NOTES} | {
    "admonition": ":::{admonition} Un *titre*\n:name: ici\n\nDu texte.\n\n- point\n:::",
    "update": ":::{update} 2019-01-05\nCorrigé.\n:::",
    "erratum": "```{erratum} 2026-11-20\n« inconus » est devenu « *inconnus* ».\n\nUne remarque.\n```",
    "outdated": "```{outdated}\nTout a *changé*.\n```",
    "figure": (
        "```{figure} billet/vue.png\n:alt: Un homme : « 100 % » & [x]\n:name: ici\n:width: 50px\n"
        ":height: 20px\n:align: left\n:figwidth: 300\n:target: https://exemple.fr/#x\n\nLa *légende*.\n\n- suite\n```"
    ),
    "image": (
        "```{image} billet/vue.png\n:alt: L'été, à 5 %\n:name: ici\n"
        ":width: 50px\n:height: 20px\n:align: right\n```"
    ),
    "table": "```{table} Un *titre*\n| a |\n|---|\n| 1 |\n```",
    "list-table": (
        f"```{{list-table}} Un titre\n:header-rows: 1\n:stub-columns: 1\n:widths: 20 80\n\n{ROWS}\n```"
    ),
    **{name: f"```{{{name}}}\nUn\n\nDeux\n```" for name in ("gallery", "columns", "column")},
    "list": "```{list}\n:type: a\n:reversed:\n\n1. un\n2. deux\n```",
    "code-block": "```{code-block} python\n:caption: Un *titre*\n:linenos:\n\nx = 1\n```",
}


def test_each_block_of_the_list_is_tried():
    assert RIGHT.keys() == DIRECTIVES.keys()


@pytest.mark.parametrize("name", DIRECTIVES)
def test_a_block_of_the_list_passes_with_all_its_options(check_body, name):
    (block,) = read_body(RIGHT[name]).blocks

    assert block.options.keys() == DIRECTIVES[name].options.keys()
    assert check_body(RIGHT[name]) == []


@pytest.mark.parametrize(
    "body",
    [
        ":::{note} Sur sa ligne.\n:::",
        "~~~{tip}\nx\n~~~",
        "::::{note}\n:::{tip}\nx\n:::\n::::",
        "- ```{note}\n  x\n  ```",
        "> - :::{note}\n>   x\n>   :::",
        "a[^1]\n\n[^1]: b\n\n    ```\n    x\n    ```",
        "```{code-block}\nx\n```",
        "```\n```",
        ">```\n>x\n>```",
        "1. ```\n   x\n   ```\n2. y",
        "   ```\n   x\n  ```  ",
        "    ```\n    x",
        "```{figure} billet/vue.png\n:alt: x\n```",
        "```{list-table}\n:widths: auto\n\n- * a\n  * b\n\n    - c\n\n    d\n```",
        "```{list-table}\n* -\n  - b\n```",
        *(f"```{name}\nx\n```" for name in ("python", "Python", "json", "text", "none", "c++")),
    ],
)
def test_a_block_may_be_written_in_any_way_of_myst(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("```{include} /etc/passwd\n```", "« {include} » interdit : copiez ici le texte voulu."),
        ("```{literalinclude} x\n```", "« {literalinclude} » interdit : copiez ici le code voulu."),
        ("```{eval-rst}\nx\n```", "« {eval-rst} » interdit : écrivez ce passage en Markdown."),
        ("```{raw} html\nx\n```", "« {raw} » interdit : écrivez ce passage en Markdown."),
        ("```{toctree}\nx\n```", "« {toctree} » interdit : écrivez des liens, [titre](chemin.md)."),
        ("```{csv-table}\na\n```", "« {csv-table} » interdit : écrivez le tableau en Markdown."),
        ("```{glossary}\nx\n```", "« {glossary} » interdit : les mots s’expliquent dans docs/"),
        ("```{math}\nx\n```", "« {math} » interdit : vérifiez l’orthographe."),
        ("```{only} html\nx\n```", "« {only} » interdit : vérifiez l’orthographe."),
        ("```{nite}\nx\n```", "« {nite} » interdit : vouliez-vous dire « note » ?"),
        ("```{Note}\nx\n```", "« {Note} » interdit : vouliez-vous dire « note » ?"),
        ("```{}\nx\n```", "« {} » interdit"),
    ],
)
def test_a_block_that_is_not_in_the_list_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(f"9: bloc {told}")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("```{note}\n```", "9: « {note} » est vide"),
        ("```{admonition}\nx\n```", "9: « {admonition} » attend quelque chose sur sa ligne"),
        ("```{update} hier\nx\n```", "9: la date « hier » n’est pas lisible"),
        ("```{update} 2019-02-29\nx\n```", "9: le 2019-02-29 n’existe pas"),
        ("```{erratum} 2019-02-29\n« a » est devenu « b ».\n```", "9: le 2019-02-29 n’existe pas"),
        ("```{image} billet/vue.png\n:alt: x\n\ny\n```", "9: « {image} » n’a pas de texte"),
        ("```{figure} billet/vue.png\n:alt: x\n\n- y\n```", "9: la légende d’une image est"),
        ("```{table} T\nx\n```", "9: « {table} » contient un tableau Markdown, et lui seul."),
        ("```{table}\n| a |\n|---|\n\nx\n```", "9: « {table} » contient un tableau"),
        ("```{code-block} python x\ny\n```", "9: « {code-block} » n’attend qu’un mot"),
        (":::note\nx\n:::", "9: « :::note » est sans effet : écrivez « :::{note} »"),
        (":::\nx\n:::", "9: « ::: » est sans effet"),
        ("```{note\nx\n```", "9: bloc « {note » mal écrit : écrivez {note}, ou text."),
    ],
)
def test_a_block_without_what_its_kind_takes_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(told)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (":alt: x\n:class: y", "11: option inconnue « class » de « {figure} » : choisissez parmi"),
        (":alt: x\n:widht: 9px", "11: option inconnue « widht » de « {figure} » : vouliez-vous"),
        (":alt: x\n:scale: 50", "11: option inconnue « scale » de « {figure} »"),
        (":alt: x\n:width: 10em", "11: option « :width: 10em » invalide"),
        (":alt: x\n:align: top", "11: option « :align: top » invalide"),
        (":alt: x\n:height:", "11: option « :height:  » invalide"),
        (":alt: x\n:alt: y", "11: option illisible : écrivez « :clé: valeur », une par ligne."),
        (":alt: x # y", "10: option illisible"),
    ],
)
def test_an_option_that_is_wrong_is_told_on_its_own_line(check_body, options, told):
    (problem,) = check_body(f"```{{figure}} billet/vue.png\n{options}\n```")

    assert problem.startswith(told)


@pytest.mark.parametrize("options", [":alt:x", ":alt x", "---\nalt: x\n---", ':alt: "x', ":alt: >"])
def test_options_that_cannot_be_read_are_told(check_body, options):
    problems = check_body(f"```{{image}} billet/vue.png\n{options}\n```")

    assert any(problem.startswith("10: option") for problem in problems)


@pytest.mark.parametrize("text", ["y\u2028:::{include} x", "y\u2029z", "y\u2028\u2028z", "\u2028y"])
def test_a_line_that_only_myst_would_see_is_told(check_body, text):
    (problem,) = check_body(f"```{{note}}\n{text}\n```")

    assert problem == "9: séparateur de lignes invisible dans ce bloc : retapez-le."


@pytest.mark.parametrize("text", ["- un", "Un", "1. un\n\nUn"])
def test_a_list_of_other_numbers_is_one_list_with_numbers(check_body, text):
    (problem,) = check_body(f"```{{list}}\n:type: a\n\n{text}\n```")

    assert problem.startswith("9: « {list} » contient une liste à numéros, et elle seule")


@pytest.mark.parametrize(
    ("options", "rows", "told"),
    [
        ("", "* - a\n  - b\n* - c", "9: « {list-table} » : une liste par ligne"),
        ("", "* a\n* b", "9: « {list-table} » : une liste par ligne"),
        ("", "texte", "9: « {list-table} » : une liste par ligne"),
        ("", "1. - a", "9: « {list-table} » : une liste par ligne"),
        ("", "* - a\n\ntexte", "9: « {list-table} » : une liste par ligne"),
        ("", "* - a\n+ - b", "9: « {list-table} » : une liste par ligne"),
        ("", "* - a\n  + b", "9: « {list-table} » : une liste par ligne"),
        ("", "* texte\n\n  - a\n  - b", "9: « {list-table} » : une liste par ligne"),
        ("", "* - a\n  - b\n\n  texte", "9: « {list-table} » : une liste par ligne"),
        (":widths: 1 2 3", ROWS, "10: « :widths: » attend 2 nombres, un par colonne."),
        (":widths: 1, 2", ROWS, "10: option « :widths: 1, 2 » invalide"),
        (":header-rows: 2", ROWS, "10: « :header-rows: 2 » est trop grand"),
        (":stub-columns: 2", ROWS, "10: « :stub-columns: 2 » est trop grand"),
        (":header-rows: une", ROWS, "10: option « :header-rows: une » invalide"),
    ],
)
def test_a_table_made_of_lists_has_as_many_cells_in_each_row(check_body, options, rows, told):
    (problem,) = check_body(f"```{{list-table}}\n{options}\n\n{rows}\n```")

    assert problem.startswith(told)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("```\nx", 9),
        ("```{note}\nx", 9),
        (":::{note}\nx\n\n::", 9),
        ("```", 9),
        ("```\nx\n``` fin", 9),
        ("````\nx\n```", 9),
        ("```\nx\n~~~", 9),
        ("```\nx\n    ```", 9),
        ("- a\n\n  ```\n  x\n\nb", 11),
        ("- ```\n- b", 9),
        ("- ```\n      ```", 9),
        ("> ```\n> x\n\nb", 9),
        ("> - a\n>   :::{note}\n>   b\n\nc", 10),
        (":::{note}\n```\nx\n:::", 10),
    ],
)
def test_a_block_that_is_never_closed_is_told_where_it_opens(check_body, body, line):
    (problem,) = check_body(body)

    assert problem.startswith(f"{line}: bloc ouvert ligne {line} et jamais fermé")


def test_a_block_in_a_block_that_is_marked_alike_is_told(check_body):
    problems = check_body("```{note}\n```{tip}\nx\n```\n```")

    assert [problem.split(" et ")[0] for problem in problems] == [
        "10: bloc ouvert ligne 10",
        "13: bloc ouvert ligne 13",
    ]


@pytest.mark.parametrize(
    "caption",
    [
        '"[a]: https://e.fr"',
        '"  "',
        '"\u00a0"',
        '"- a"',
        '"> a"',
        '"<!-- a -->"',
        '"(a)="',
        "'***'",
    ],
)
def test_a_caption_is_words_and_nothing_else(check_body, caption):
    problems = check_body(f"```{{code-block}} python\n:caption: {caption}\n\nx\n```")

    told = "10: « :caption: » attend du texte, et lui seul : écrivez la légende en une phrase."
    assert told in problems


def test_a_separator_after_an_option_is_told(check_body):
    (problem,) = check_body("```{list-table} T\n:header-rows: 1\u2028\n\n* - a\n* - b\n```")

    assert problem == "9: séparateur de lignes invisible dans ce bloc : retapez-le."


@pytest.mark.parametrize("content", ["a\n: b\n\n    - c", "> > - b"])
def test_a_list_that_something_else_holds_is_no_row(check_body, content):
    (problem,) = check_body(f"```{{list-table}} T\n{content}\n```")

    assert problem == "9: « {list-table} » : une liste par ligne, d’autant de points chacune."
