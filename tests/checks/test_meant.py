"""What was meant, where a post is, links or shows what it should not, is told as it is to be written."""

import re
import shutil

import pytest

from archivist.__main__ import main
from archivist.checks.run import check_archive
from archivist.dates.today import find_today
from archivist.posts.archive import read_archive
from archivist.words.verify import record_words


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("C:/Photos/salle.png", "« C:/Photos/salle.png » est un fichier de votre ordinateur :"),
        ("C:\\Photos\\salle.png", "est un fichier de votre ordinateur :"),
        ("file:///home/moi/salle.png", "est un fichier de votre ordinateur :"),
        (
            "data:image/png;base64,AAAA",
            "image écrite dans le texte « data:image/png;base64,AAAA… »",
        ),
        ("https://exemple.fr/salle.png", "image d’un autre site"),
        ("//exemple.fr/salle.png", "image d’un autre site"),
        ("cid:salle@x", "« cid:salle@x » n’est pas un fichier du billet"),
        ("billet/Salle.png", "vouliez-vous dire « billet/salle.png » ?"),
        ("salle.png", "vouliez-vous dire « billet/salle.png » ?"),
        ("img/salle.jpg", "vouliez-vous dire « billet/salle.png » ?"),
        ("billet/toit.png", "image absente « billet/toit.png » : vérifiez le nom et le dossier."),
        (
            "<billet/Ma salle été.PNG>",
            "renommez le fichier, et écrivez « billet/ma-salle-ete.png ».",
        ),
    ],
)
def test_an_image_that_is_not_here_says_why_and_what_to_write(
    check, make_post, root, address, told
):
    photo = (root / "tests/data/photo.png").read_bytes()
    post = make_post(body=f"![Une salle]({address})")

    (problem,) = check({"2018/billet.md": post, "2018/billet/salle.png": photo})

    assert told in problem


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("www.exemple.fr", "écrivez « https://www.exemple.fr »."),
        ("exemple.gouv.fr", "écrivez « https://exemple.gouv.fr »."),
        ("transport.data.gouv.fr/jeux", "écrivez « https://transport.data.gouv.fr/jeux »."),
        ("file:///home/moi/rapport.pdf", "est un fichier de votre ordinateur"),
        ("Compte rendu été.pdf", "renommez le fichier, et écrivez « compte-rendu-ete.pdf »."),
        ("rapport.pdf", "lien mort « rapport.pdf » : aucun fichier de ce nom"),
    ],
)
def test_a_link_to_another_site_wants_its_beginning(check_post, address, told):
    (problem,) = check_post(body=f"[x]({address})")

    assert told in problem


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("::: warning", "warning"),
        (":::warning", "warning"),
        ("::: tip Titre", "tip"),
        ("::: {.callout-warning}", "warning"),
        ("::: attention", "attention"),
        ("::: danger", "danger"),
        ("::: infos", "note"),
    ],
)
def test_a_box_of_another_tool_is_told_by_its_name_here(check_post, opening, name):
    told = check_post(body=f"{opening}\nTexte.\n:::")

    assert any(f"écrivez « :::{{{name}}} »" in problem for problem in told)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Texte.\n\n## Partie\n\n### Sous", "écrivez « # Retour » au-dessus de « ## Partie »."),
        ("Texte.", "il manque le titre : écrivez « # Retour » en tête du texte."),
    ],
)
def test_a_title_that_the_header_has_is_the_one_to_write(check, make_post, body, told):
    text = make_post(title=None, body=body).replace("category:", "title: Retour\ncategory:")

    first, second = check({"2018/billet.md": text})

    assert "clé inconnue « title » : le titre s’écrit « # Retour »" in first
    assert told in second


def test_a_part_among_others_is_no_title(check_post):
    told = check_post(title=None, body="## Un\n\nTexte.\n\n## Deux\n\nTexte.")

    assert [each.partition(": ")[2] for each in told] == [
        "il manque le titre : écrivez « # Titre » au-dessus de « ## Un »."
    ]


@pytest.mark.parametrize("year", ["18", "20188", "0018", "1066", "2999", "2018/mai"])
def test_a_folder_that_is_no_year_is_told_with_the_right_one(check, make_post, year):
    told = check({f"{year}/billet.md": make_post()})

    assert any("rangez ce billet dans docs/posts/2018/" in problem for problem in told) or (
        "dossier de trop" in told[0]
    )


def test_a_date_of_another_year_than_its_folder_is_told(check, make_post):
    (problem,) = check({"2018/billet.md": make_post(date="2019-01-02")})

    assert problem == (
        "docs/posts/2018/billet.md:2: « date: 2019-01-02 » n’est pas de 2018, l’année du dossier : "
        "corrigez la date, ou rangez ce billet dans docs/posts/2019/."
    )


def test_what_a_new_post_says_before_its_writer_is_told_once_it_is_no_draft(make_docs, monkeypatch):
    docs = make_docs({})
    monkeypatch.chdir(docs.parent)
    assert main(["new", "Mon billet", "--date", "22/06/2018"]) == 0
    path = docs / "posts/2018/mon-billet.md"
    text = path.read_text(encoding="utf-8")
    assert check_archive(read_archive(docs)) == []

    path.write_text(re.sub("draft: .*\n", "", text), encoding="utf-8")

    told = [str(problem).partition(": ")[2] for problem in check_archive(read_archive(docs))]
    assert told == [
        "« Écrivez ici le début, qu’on lira dans les listes. » : écrivez votre texte à cette place.",
        "« Écrivez ici la suite. » : écrivez votre texte à cette place.",
    ]


def test_a_date_that_may_be_two_is_refused_in_french(make_docs, monkeypatch, capsys):
    monkeypatch.chdir(make_docs({}).parent)

    assert main(["new", "Mon billet", "--date", "05/06/2018"]) == 1
    assert "écrivez 2018-06-05 ou 2018-05-06" in capsys.readouterr().err


@pytest.fixture
def write(make_docs, make_post):
    return make_docs({}), make_post


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("docs/_posts/2026-11-20-mon-billet.md", "docs/posts/2026/mon-billet.md"),
        ("docs/_drafts/x.md", "docs/posts/2018/x.md"),
        ("posts/2018/x.md", "docs/posts/2018/x.md"),
        ("_posts/x.md", "docs/posts/2018/x.md"),
        ("content/post/Été.md", "docs/posts/2018/ete.md"),
    ],
)
def test_a_post_in_the_wrong_place_is_told_where_it_goes(write, monkeypatch, capsys, name, place):
    docs, make_post = write
    path = docs.parent / name
    path.parent.mkdir(parents=True)
    date = None if "2026" in name else "22 juin 2018"
    path.write_text(make_post(date=date), encoding="utf-8")
    monkeypatch.chdir(docs.parent)

    assert main(["check"]) == 1
    right = f"ce billet n’est pas à sa place : rangez-le dans {place}."
    # Where Jekyll has its posts, they are mended.
    mended = " (archivist fix)" if name.startswith("docs/_posts/") else ""
    assert capsys.readouterr().err == f"{name}:1: {right}{mended}\n"
    assert main(["build"]) == 1
    assert right in capsys.readouterr().err
    if not name.startswith("docs/"):
        assert main(["check", name]) == 1
        assert right in capsys.readouterr().err


def test_a_post_where_pages_are_is_told_where_it_goes(check, make_post):
    (problem,) = check({"/2018/x.md": make_post()})

    assert problem == (
        "docs/2018/x.md:2: seul un billet a un en-tête : rangez-le dans docs/posts/2018/x.md."
    )


def test_of_two_new_posts_the_recorded_one_and_then_the_oldest_are_followed(make_docs, make_post):
    source = "https://exemple.fr/billet/"
    docs = make_docs({"2018/archive.md": make_post(tags="territoires", source=source)})
    record_words(docs, [])
    new = {f"2017/{name}.md": make_post(tags="Territoires", date="2017-01-01") for name in "ab"}
    later = {
        "2018/c.md": make_post(tags="[numérique]"),
        "2017/d.md": make_post(tags="[Numérique]", date="2017-02-01"),
    }
    make_docs(new | later)

    told = [(each.path, each.message) for each in check_archive(read_archive(docs))]

    assert told == [
        *(
            (
                f"docs/posts/2017/{name}.md",
                "« Territoires » existe déjà, écrit « territoires » : écrivez-le ainsi.",
            )
            for name in "ab"
        ),
        (
            "docs/posts/2018/c.md",
            "« numérique » existe déjà, écrit « Numérique » : écrivez-le ainsi.",
        ),
    ]


def test_the_example_of_the_guide_passes_as_it_is(root, tmp_path):
    docs = tmp_path / "docs"
    shutil.copytree(root / "docs", docs)
    guide = (root / "docs/contribuer.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```markdown\n(---\n.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    assert examples
    for number, text in enumerate(examples):
        year = re.search(r"^date: (\d{4})", text, re.MULTILINE)[1]
        (docs / f"posts/{year}").mkdir(exist_ok=True)
        (docs / f"posts/{year}/exemple-{number}.md").write_text(text, encoding="utf-8")

    assert check_archive(read_archive(docs), find_today(root / "docs")) == []


def test_what_word_leaves_is_told_by_its_name(check_body):
    assert check_body("Un <span>texte<o:p></o:p></span> ici.") == [
        "9: balise de Word « <o:p> » : retirez-la, avec celle qui la ferme."
    ]
