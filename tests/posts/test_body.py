import pytest

from archivist.posts.body import read_body


def links_of(text):
    return [(link.text, link.line) for link in read_body(text, first_line=10).links]


@pytest.mark.parametrize(
    ("text", "title", "level", "line"),
    [
        ("# Titre", "Titre", 1, 10),
        ("\n\n# Un *beau* `titre` & [lien](x.md)", "Un beau titre & lien", 1, 12),
        ("(ancre)=\n\n# Titre", "Titre", 1, 12),
        ("Titre\n=====", "Titre", 1, 10),
        ("## Sous-titre", "Sous-titre", 2, 10),
        ("```\n# code\n```", "", 0, 10),
        ("#Titre", "", 0, 10),
        ("", "", 0, 10),
        ("\n\nTexte.", "", 0, 12),
    ],
)
def test_the_title_is_the_first_heading(text, title, level, line):
    body = read_body(text, first_line=10)

    assert (body.title.text, body.title_level, body.title.line) == (title, level, line)


def test_a_link_knows_its_line():
    assert links_of("un\ndeux [a](a.md)\\\ntrois [b](<b c.md>)") == [("a.md", 11), ("b%20c.md", 12)]


def test_links_by_reference_in_notes_tables_and_directives_are_found():
    text = "[a][r]\n\n[r]: a.md\n\n| x |\n|---|\n| [b](b.md) |\n\n:::{note}\n[c](c.md)\n:::\n\nx[^1]\n\n[^1]: [d](d.md)"

    assert [link for link, _ in links_of(text)] == ["a.md", "b.md", "c.md", "d.md"]


def test_images_are_found_with_what_they_say():
    text = "![Une *photo*](a.png) ![](b.png){.decorative}\n\n```{figure} c.png\n:alt: Un plan\n```"

    assert [
        (image.target, image.line, image.alt, image.decorative) for image in read_body(text).images
    ] == [
        ("a.png", 1, "Une photo", False),
        ("b.png", 1, "", True),
        ("c.png", 3, "Un plan", False),
    ]


def test_a_link_inside_code_is_no_link():
    assert links_of("`[a](a.md)`\n\n```\n[b](b.md)\n```") == []
