"""A line that YAML reads otherwise is told as it is to be written."""

import pytest

from archivist.errors import FileError
from archivist.posts.foreign_keys import find_kind
from archivist.syntax.yaml_lines import read_meant


def read(text):
    fields, faults = read_meant(text, find_kind=find_kind)
    return {key: [item.text for item in field.items] for key, field in fields.items()}, faults


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("summary: Un bilan : trois leçons", 'summary: "Un bilan : trois leçons"'),
        ("summary: Un : deux : trois", 'summary: "Un : deux : trois"'),
        ("summary: 'L'été'", 'summary: "L\'été"'),
        ("summary: 'L'été", "summary: \"'L'été\""),
        ('summary: "non fermé', 'summary: "non fermé"'),
        ('summary: Le "mot" : oui', "summary: 'Le \"mot\" : oui'"),
        ('summary: "Oui" et "non"', 'summary: \'"Oui" et "non"\''),
        ("summary: [x](https://exemple.fr/a)", 'summary: "[x](https://exemple.fr/a)"'),
        ("summary: @machin", 'summary: "@machin"'),
        ("summary: `code`", 'summary: "`code`"'),
        ("summary: %TVA", 'summary: "%TVA"'),
        ("summary: **gras**", 'summary: "**gras**"'),
        ("summary: !important", 'summary: "!important"'),
        ("summary: - un", 'summary: "- un"'),
        ("summary: > un", 'summary: "> un"'),
        ("tags: [CNFPT, Formation", "tags: [CNFPT, Formation]"),
        ("tags: [Bilan : 2018, CNFPT]", "tags: ['Bilan : 2018', CNFPT]"),
        ("tags: [CNFPT, #territoires]", "tags: [CNFPT, territoires]"),
        ("tags:CNFPT", "tags: CNFPT"),
        ("  tags: CNFPT", "tags: CNFPT"),
        ("\ttags: CNFPT", "tags: CNFPT"),
        ("tags: #CNFPT", "tags: [CNFPT]"),
        ("tags: CNFPT #territoires", "tags: [CNFPT, territoires]"),
        ("Mots-clés: CNFPT #territoires", "Mots-clés: [CNFPT, territoires]"),
        ("summary: Le bilan du #budget à Angers", 'summary: "Le bilan du #budget à Angers"'),
        ("summary: Le numéro # 3", 'summary: "Le numéro # 3"'),
        ("title: L'été du #budget", 'title: "L\'été du #budget"'),
    ],
)
def test_a_line_is_told_as_it_is_to_be_written_and_read_so(line, right):
    fields, faults = read(f"date: 2018-06-22\n{line}\nauthor: amoor\n")

    ((number, message),) = faults
    assert number == 2
    assert f"écrivez « {right} »" in message
    assert fields == read(f"date: 2018-06-22\n{right}\nauthor: amoor\n")[0]
    assert read(f"date: 2018-06-22\n{right}\n")[1] == []


def test_all_lines_are_told_at_once():
    _, faults = read(
        "summary: Un : deux\ntags: #a\ntitle: 'L'été'\ndate:2018-06-22\ndate: 2019-01-01"
    )

    assert [line for line, _ in faults] == [1, 3, 4, 5, 2]


@pytest.mark.parametrize(
    "text",
    [
        "draft: true # retirez cette ligne pour publier",
        "date: 2018-06-22 # à vérifier\n# une remarque\nauthor: amoor",
        "tags: [CNFPT, Formation] # à revoir",
        "summary: C#, F#, n°#3 et C# 12",
        'summary: "Le bilan du #budget"',
        "summary: >-\n  Le bilan\n  du #budget",
        "source: https://exemple.fr/#ici",
    ],
)
def test_a_remark_and_a_sign_that_is_read_are_not_told(text):
    assert read(text)[1] == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("summary: Le bilan\n  du #budget à\n  Angers", 2, "mettez-la toute sur une ligne"),
        ("summary: Le bilan\n  du #budget", 2, "mettez-la toute sur une ligne"),
        ("summary: Le bilan\n  suite : fin\ndate: x", 2, "mettez-la toute sur une ligne"),
        ("summary: Le bilan\nde l’été\ndate: x", 2, "cette ligne n’a pas de clé"),
    ],
)
def test_a_value_of_several_lines_is_to_be_put_on_one(text, line, message):
    ((number, told),) = read(text)[1]

    assert (number, message in told) == (line, True)


@pytest.mark.parametrize("text", ["tags: [", "juste un texte", "a: b\n- c", "tags: [a,\n  b\nc: d"])
def test_what_nobody_can_tell_is_said_to_be_so(text):
    with pytest.raises(FileError, match="illisible"):
        read(text)
