import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive

HEADER = "---\ndate: 2018-06-22\nauthor: amoor\n---\n"
POST = f"{HEADER}\n# Titre\n\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "vide"),
        ("+++\ndate = 1\n+++\n", 1, "TOML"),
        ("---\ndate: 2018-06-22\n\n# Titre\n", 1, "pas fermé"),
        ("---\ntags: [\n---\n\n# T\n", 2, "illisible"),
        (b"---\nauthor: amoor\ntags: \xc9t\xe9\n---\n", 3, "octet 0xC9"),
        (" \n\n", 1, "vide"),
        (POST.encode("utf-16"), 1, "octet 0xFF"),
        (POST.encode() + b"\n\n\x80", 10, "octet 0x80 illisible : enregistrez ce fichier en UTF-8"),
        (f"{POST}{'x' * 8_001}", 8, "ligne de 8001 signes, 8000 au plus : coupez-la."),
        (f"---\nsummary: {'x' * 8_000}\n---\n", 2, "ligne de 8009 signes, 8000 au plus"),
        (HEADER.replace("---\n", "---\n" + "# x\n" * 199, 1) + "# T\n", 1, "pas fermé"),
        (POST.replace("date:", "summary: a\x00b\ndate:"), 2, "caractère de contrôle U+0000"),
        (POST.replace("date:", "summary: [\u202e\ndate:"), 2, "(sens d’écriture) U+202E"),
        (POST.replace("date:", "summary: [\ndate:") + "\x00", 2, "illisible à partir d’ici"),
    ],
)
def test_a_file_that_is_no_post_is_told(check, text, line, message):
    (problem,) = check({"2018/billet.md": text})

    assert problem.startswith(f"docs/posts/2018/billet.md:{line}: ")
    assert message in problem


def test_all_that_a_text_without_a_header_lacks_is_told_at_once(check):
    text = "Un texte.\n\n![](photo.png)\n"

    told = [
        problem.partition(".md:")[2].partition(" : ")[0] for problem in check({"2018/b.md": text})
    ]
    assert told == [
        "1: il manque le titre",
        "1: il manque « author » dans l’en-tête",
        "1: il manque « date » dans l’en-tête",
        "1: l’en-tête manque",
        "3: image absente « photo.png »",
        "3: image sans texte",
    ]


NOTION = """\
# Retour

Created: November 20, 2026 9:00 AM
Auteur: Jeanne
Tags: CNFPT #territoires

Du texte.
"""


@pytest.mark.parametrize(
    ("text", "shift"), [(NOTION, 0), (NOTION.replace("# Retour\n\n", "") + "\n# Retour\n", -2)]
)
def test_the_keys_of_notion_or_pelican_are_told_with_what_is_wrong_in_them(check, text, shift):
    told = [problem.partition(".md:")[2] for problem in check({"2018/billet.md": text})]

    for line, message in (
        (3, "la date « November 20, 2026 9:00 AM » s’écrit ici autrement : écrivez 2026-11-20."),
        (4, "auteur inconnu « Jeanne »"),
        (4, "clé inconnue « Auteur » : ici, cette clé s’appelle « author »."),
        (5, "ce qui suit « # » ne serait pas lu : écrivez « Tags: [CNFPT, territoires] »"),
        (5, "clé inconnue « Tags »"),
    ):
        assert any(each.startswith(f"{line + shift}: {message}") for each in told), message
    lines = f"les lignes {3 + shift} à {5 + shift}"
    assert f"1: l’en-tête manque : commencez par « --- », puis {lines}, puis « --- »." in told
    assert not [each for each in told if "il manque" in each]


def test_what_stands_above_a_header_hides_nothing_of_it(check):
    told = check({"2018/billet.md": f"\n{POST}Texte.".replace("author: amoor", "author: amor")})

    assert [each.partition(".md:")[2] for each in told] == [
        "1: l’en-tête doit commencer à la première ligne : retirez ce qui le précède.",
        "4: auteur inconnu « amor » : vouliez-vous dire « amoor » ?",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{POST}{'é' * 8_000}",
        f"{POST}x".replace("---\n", "---\n" + "# x\n" * 198, 1),
        f"{POST}x".replace("---\n", "--- \t\n"),
        f"{POST}x".replace("\n", "\r"),
        f"{POST}x\n\n---\n\ny\n\n---\n",
    ],
)
def test_a_file_at_the_limits_passes(check, text):
    assert check({"2018/billet.md": text}) == []


SIGNS = "`*_[]()<>{}#|:-+=~!\\^%&$\"'/.,;@\n\t a1é\u00a0\u200b\u2028\u202e\x00\r"
PIECES = st.sampled_from(
    [
        *(
            "\n\n",
            "```",
            "~~~",
            ":::",
            "::::",
            "\n---\n",
            "<!--",
            "-->",
            "<!-- more -->",
            "![",
            "](",
        ),
        *(
            "\n# T\n",
            "\n### P\n",
            "\n> ",
            "\n- ",
            "\n1. ",
            "\n    ",
            "\n| a |\n|---|\n",
            "\n: b",
            "\\\n",
        ),
        *(
            "[^1]",
            "\n[^1]: ",
            "\n[x]: y\n",
            "[x][x]",
            "[](billet.md#x)",
            "(ici)=\n",
            "{.x}",
            "{#y}",
        ),
        *(
            "{term}`x`",
            "{ref}`ici`",
            "{ref}`a <b>`",
            "{abbr}`x (y)`",
            "{x}`y`",
            "{term}",
            "[caption]",
        ),
        *("\n```{note}\n", "\n:::{figure} x.png\n", "\n```{list-table}\n* - a\n", "\n:name: ici\n"),
        *(
            "\n```{table} T\n",
            "\n:alt: x\n",
            "\n:widths: 1\n",
            "\n```{update} x\n",
            "<b>",
            "</b>",
            "<br>",
        ),
        *("<p x=y>", "<abbr title='x'>", "https://[x", "Ã©", "<<<<<<< x", "\u2028", "\x1b", "text"),
    ]
)
MARKDOWN = st.text() | st.text(SIGNS) | st.lists(PIECES).map("".join)
FIELDS = st.lists(
    st.builds(
        "{}: {}\n".format,
        st.sampled_from(
            "date date_edtf author tags category image redirect source draft x".split()
        ),
        st.text(SIGNS)
        | st.sampled_from(["2018-06-22", "[a, b]", "{a: b}", "oui", "2018/..", "&a"]),
    )
).map("".join)
FILES = [
    *("posts/2018/x.md", "posts/2018/x.png", "posts/2018/x.svg", "contact.md"),
    *("authors.yml", "categories.yml", "redirects.txt", "exceptions.txt"),
]

hard = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def assert_told_well(docs):
    """Ask that each problem has a file that is there, one of its lines, and one line of words."""
    for problem in check_archive(read_archive(docs)):
        assert re.fullmatch(r"docs/[\w./-]*:[1-9][0-9]*: .+\S", str(problem))
        assert re.sub("[\u00a0\u202f]", "", str(problem)).isprintable()
        lines = (docs.parent / problem.path).read_text("utf-8", "replace").splitlines()
        # YAML may tell the end of a text, a line below.
        assert problem.line <= len(lines) + 1


@hard
@given(text=MARKDOWN)
def test_any_text_as_a_post_is_told_well(make_docs, text):
    assert_told_well(make_docs({"2018/billet.md": text}))


@hard
@given(text=MARKDOWN)
def test_any_text_as_a_body_is_told_well(make_docs, text):
    assert_told_well(make_docs({"2018/billet.md": POST + text}))


@hard
@given(fields=FIELDS)
def test_any_text_as_a_header_is_told_well(make_docs, fields):
    assert_told_well(make_docs({"2018/billet.md": f"---\n{fields}---\n\n# Titre\n"}))


@pytest.mark.parametrize("name", FILES)
@hard
@given(data=st.binary() | st.text(SIGNS).map(str.encode))
def test_any_bytes_as_a_file_are_told_well(make_docs, make_post, name, data):
    post = make_post(body="![x](x.png) ![x](x.svg)")

    assert_told_well(make_docs({"2018/billet.md": post, f"/{name}": data}))
