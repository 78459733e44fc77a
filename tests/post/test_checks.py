"""One bad post pins every message; then each rule on its own, and what must pass."""

import datetime as dt
from pathlib import Path

import pytest

from archivist.post.archive import read_archive
from archivist.post.checks import check_archive

PHOTO = (Path(__file__).parent.parent / "data/photo.png").read_bytes()
BAD_POST = Path(__file__).parent.parent / "data/billet-a-corriger.md"


@pytest.fixture
def check(make_docs):
    """Return a function from files to the problems of the archive, as text."""
    return lambda files: [str(each) for each in check_archive(read_archive(make_docs(files)))]


@pytest.fixture
def check_post(check, make_post):
    """Return a function from a post to its problems, without its path."""

    def run(**fields):
        problems = check({"2018/billet.md": make_post(**fields)})
        return [problem.removeprefix("docs/posts/2018/billet.md:") for problem in problems]

    return run


def test_a_bad_post_gets_all_its_messages_at_once_in_order(check):
    problems = check({"2018/a-corriger.md": BAD_POST.read_text(encoding="utf-8")})

    assert problems == [
        "docs/posts/2018/a-corriger.md:2: le 2018-02-30 n’existe pas : vérifiez le jour et le mois.",
        (
            "docs/posts/2018/a-corriger.md:3: la date « été » n’est pas de l’EDTF : écrivez par exemple "
            "2017-11, 2018-22 (été 2018), 2018-06~ (vers juin 2018) ou 2017-11/2018-05."
        ),
        "docs/posts/2018/a-corriger.md:4: auteur inconnu « amor » : vouliez-vous dire « amoor » ?",
        (
            "docs/posts/2018/a-corriger.md:5: catégorie inconnue « Inovation publique » : "
            "vouliez-vous dire « Innovation publique » ?"
        ),
        "docs/posts/2018/a-corriger.md:6: clé inconnue « tag » : vouliez-vous dire « tags » ?",
        (
            "docs/posts/2018/a-corriger.md:7: « source » attend une adresse complète, "
            "qui commence par https://."
        ),
        "docs/posts/2018/a-corriger.md:8: « draft: peut-être » : écrivez true (oui) ou false (non).",
        "docs/posts/2018/a-corriger.md:9: « excerpt: deux » : écrivez un nombre, par exemple 1.",
        "docs/posts/2018/a-corriger.md:10: « summary » est vide : remplissez la ligne ou retirez-la.",
        (
            "docs/posts/2018/a-corriger.md:11: l’adresse « /tag/ » est déjà celle de la liste des "
            "étiquettes : retirez-la."
        ),
        (
            "docs/posts/2018/a-corriger.md:14: le premier titre doit être celui de la page : "
            "« # Pas un titre »."
        ),
        (
            "docs/posts/2018/a-corriger.md:17: lien mort « ../2017/absent.md » : "
            "aucun fichier de ce nom, vérifiez le chemin."
        ),
    ]


@pytest.mark.parametrize("key", ["date", "author"])
def test_a_required_key_that_is_missing_is_told(check_post, key):
    (problem,) = check_post(**{key: None})

    assert problem.startswith(f"1: il manque « {key} »")


def test_a_post_without_title_is_told_where_it_should_be(check_post):
    (problem,) = check_post(title="")

    assert problem == "7: il manque le titre : écrivez « # Titre » en tête du texte."


def test_a_title_in_the_header_is_told_where_it_goes(check, make_post):
    text = make_post().replace("date:", "title: Un billet\ndate:")

    (problem,) = check({"2018/billet.md": text})

    assert problem.endswith(
        "clé inconnue « title » : le titre s’écrit « # Titre », sous l’en-tête."
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"tags": ""}, "« tags » est vide"),
        ({"tags": "a,,b"}, "valeur vide"),
        ({"tags": "['!!!']"}, "ni lettre latine ni chiffre"),
        ({"tags": "null"}, "« tags » est vide"),
        ({"tags": "x" * 101}, "trop long"),
        ({"author": "[]"}, "« author » est vide"),
        ({"language": "anglais"}, "langue inconnue « anglais »"),
        ({"excerpt": "9999"}, "écrivez un nombre"),
        ({"source": "http://foo]/"}, "adresse complète"),
        ({"redirect": "/prix-$x/"}, "signe interdit"),
        ({"redirect": "/_static/page.js/"}, "ce n’est pas une page"),
        ({"redirect": "/a/.git/"}, "ce n’est pas une page"),
        ({"redirect": "/x" * 11}, "trop long"),
        ({"tags": "&a {x: *a}"}, "« & » et « * » ont un sens"),
        ({"date": "2018-06-22", "date_edtf": "2017"}, "hors de « date_edtf: 2017 »"),
        ({"date": "22/06/2018"}, "écrivez 2018-06-22"),
        ({"date": "[2018-06-22]"}, "une seule valeur"),
        ({"external_link": "javascript:alert(1)"}, "adresse complète"),
        ({"canonical_link": "https://[x"}, "adresse complète"),
        ({"redirect": "https://exemple.fr/x"}, "gardez ce qui suit le domaine"),
        ({"redirect": "../../x"}, "ne désigne pas une page"),
        ({"image": "photo.jpg"}, "écrivez un nombre"),
        ({"myst": "{enable_extensions: [substitution]}"}, "retirez cette clé"),
        ({"slug": "autre"}, "nom du fichier"),
        ({"category": "emploi"}, "catégorie inconnue"),
        ({"category": "innovation Publique"}, "écrit « Innovation publique »"),
        ({"redirect": "/index.html"}, "est l’accueil"),
        ({"tags": "{a: b}"}, "une seule valeur"),
    ],
)
def test_a_wrong_field_says_what_to_write(check_post, fields, message):
    problems = check_post(**fields)

    assert any(message in problem for problem in problems)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "vide"),
        ("# Titre\n", 1, "l’en-tête manque"),
        ("\n---\ndate: x\n---\n", 1, "première ligne"),
        ("+++\ndate = 1\n+++\n", 1, "TOML"),
        ("---\ndate: 2018-06-22\n\n# Titre\n", 1, "pas fermé"),
        ("---\ntags: [a\n---\n\n# T\n", 2, "illisible"),
        (b"---\nauthor: amoor\ntags: \xc9t\xe9\n---\n", 3, "octet 0xC9"),
    ],
)
def test_a_file_that_is_no_post_is_told(check, text, line, message):
    (problem,) = check({"2018/billet.md": text})

    assert problem.startswith(f"docs/posts/2018/billet.md:{line}: ")
    assert message in problem


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2018/Mon billet.md", "« mon-billet.md »"),
        ("2018/été.md", "« ete.md »"),
        ("2018/genindex.md", "réservé"),
        ("2018/blog-tags.md", "réservé"),
        ("2018/author-amoor.md", "réservé"),
        ("2018/tag.md", "/tag/ est celle de la liste des étiquettes"),
        ("2018/posts.md", "/posts/ est celle du site"),
        ("2018/2018.md", "/2018/ est celle de l’année 2018"),
        ("billet.md", "docs/posts/<année>/"),
        ("2018/06/billet.md", "docs/posts/<année>/"),
    ],
)
def test_a_file_name_that_makes_no_lasting_address_is_told(check, make_post, name, message):
    problems = check({name: make_post()})

    assert message in "\n".join(problems)


def test_a_link_to_a_draft_is_told(check, make_post):
    problems = check(
        {
            "2018/brouillon.md": make_post(draft="true"),
            "2018/billet.md": make_post(body="[voir](brouillon.md)"),
        }
    )

    assert problems == [
        (
            "docs/posts/2018/billet.md:9: « brouillon.md » mène à un billet "
            "qui n’est pas publié : retirez ce lien pour l’instant."
        )
    ]


def test_a_dead_link_names_the_nearest_page(check, make_post):
    (problem,) = check(
        {
            "2017/retour.md": make_post(date="2017-01-01"),
            "2018/billet.md": make_post(body="[voir](../2017/retours.md)"),
        }
    )

    assert problem.endswith("vouliez-vous dire « ../2017/retour.md » ?")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("[x](retour)", "lien mort « retour » : vouliez-vous dire « retour.md » ?"),
        ("[x](retour.html)", "lien mort « retour.html » : vouliez-vous dire « retour.md » ?"),
        ("[x](images\\p.pdf)", "lien mort"),
        ("![x](photo.jpg)", "image absente « photo.jpg »"),
        ("![x](/img/photo.jpg)", "image absente « /img/photo.jpg »"),
        ("```{figure} photo.jpg\n:alt: x\n```", "image absente « photo.jpg »"),
        ("![x](https://exemple.fr/x.jpg)", "image d’un autre site"),
        ("![](retour.png)", "image sans texte"),
        ("```{figure} retour.png\n```", "image sans texte"),
        ("Voir <iframe src=x></iframe>", "<iframe> n’est pas permis"),
        ("<video src=x>", "<video> n’est pas permis"),
        ("[x]{lang=en}", "écrivez {.language-en}"),
        ("[x](https://exemple.fr/){lang=en}", "écrivez {.language-en}"),
        ("<img src=x>", "<img> n’est pas permis : écrivez ![ce qu’on y voit](…)."),
        ("```{raw} html\n<iframe src=x></iframe>\n```", "bloc « {raw} » interdit"),
    ],
)
def test_what_is_not_there_or_not_for_all_readers_is_told(check, make_post, body, message):
    files = {
        "2018/retour.md": make_post(),
        "2018/retour.png": PHOTO,
        "2018/billet.md": make_post(body=body),
    }

    (problem,) = check(files)

    assert problem.startswith("docs/posts/2018/billet.md:9: ")
    assert message in problem


@pytest.mark.parametrize("data", [b"", b"<html>", PHOTO[: len(PHOTO) // 2]])
def test_an_image_that_cannot_be_read_is_told(check, make_post, data):
    post = make_post(body="![x](billet/vue.png)")

    (problem,) = check({"2018/billet.md": post, "2018/billet/vue.png": data})

    assert problem.startswith("docs/posts/2018/billet.md:9: image illisible")


def test_links_to_pages_files_and_elsewhere_pass(check, make_post):
    body = (
        "[a](billet.md#suite) [b](/a-propos.md) [c](billet/note.pdf) [d](https://exemple.fr/x.md) "
        "[e](#suite) [f](mailto:x@exemple.fr) ![g](billet/vue.png)\n\n## Suite\n\nTexte."
    )

    assert (
        check(
            {
                "2018/billet.md": make_post(body=body),
                "2018/billet/note.pdf": b"%PDF",
                "2018/billet/vue.png": PHOTO,
            }
        )
        == []
    )


def test_a_link_that_leads_nowhere_on_disk_is_told(check, make_docs):
    folder = make_docs({}) / "posts/2018"
    folder.mkdir()
    (folder / "billet.md").symlink_to("absent.md")

    assert check({}) == [
        "docs/posts/2018/billet.md:1: lien symbolique interdit : mettez le fichier lui-même à cette place."
    ]


def test_a_dead_link_in_a_standing_page_is_told(check):
    assert check({"/a-propos.md": "# À propos\n\n[x](posts/2017/absent.md)\n"}) == [
        (
            "docs/a-propos.md:3: lien mort « posts/2017/absent.md » : "
            "aucun fichier de ce nom, vérifiez le chemin."
        )
    ]


def test_an_old_address_that_two_posts_claim_is_told(check, make_post):
    (problem,) = check(
        {
            "2018/un.md": make_post(redirect="/vieux/"),
            "2018/deux.md": make_post(redirect="/vieux/"),
        }
    )

    assert problem == (
        "docs/posts/2018/un.md:5: l’adresse « /vieux/ » est déjà donnée : docs/posts/2018/deux.md:5."
    )


@pytest.mark.parametrize(
    "old", ["/autre/", "/posts/2018/autre.html", "/a-propos.html", "/2018/06/"]
)
def test_an_old_address_that_a_page_has_is_told(check, make_post, old):
    (problem,) = check({"2018/autre.md": make_post(), "2018/billet.md": make_post(redirect=old)})

    assert "est déjà celle d" in problem


@pytest.mark.parametrize(
    ("redirects", "message"),
    [
        ("/a-propos.html a-propos", "celle du fichier docs/a-propos.md"),
        ("/2018/ 2018", "celle de l’année 2018"),
        ("/tag/page/1/ a-propos", "celle d’une page de liste"),
        ("/page/2/ a-propos", "celle d’une page de liste"),
        ("/search.html a-propos", "celle de la recherche"),
        ("/bilan/ posts/2018/bilan", "celle du billet"),
        ("/a.html a-propos\n/a.html/b/ a-propos", "celle d’une autre ancienne adresse"),
        ("/a/ posts", "aucune page « posts »"),
        ("/a/ location", "aucune page « location »"),
    ],
)
def test_an_old_address_that_clashes_is_told(check, make_post, redirects, message):
    problems = check(
        {
            "2017/bilan.md": make_post(date="2017-01-01"),
            "2018/bilan.md": make_post(),
            "/redirects.txt": redirects,
        }
    )

    assert any(message in problem for problem in problems)


def test_a_page_is_preferred_to_an_old_address_of_its_name(check):
    assert (
        check(
            {"/contact.md": "# Contact\n", "/redirects.txt": "/contact/ a-propos\n/nous/ contact\n"}
        )
        == []
    )


@pytest.mark.parametrize(
    "name", ["archives/index.md", "search.md", "billet/index.md", "tag/index.md", "mots/index.md"]
)
def test_a_page_where_something_answers_already_is_told(check, make_post, name):
    (problem,) = check({"2018/billet.md": make_post(), f"/{name}": "# Une page\n"})

    assert problem.startswith(f"docs/{name}:1: l’adresse /{name[:-3]}.html est celle d")


def test_a_link_to_a_post_of_the_future_is_told(make_docs, make_post):
    docs = make_docs(
        {
            "2018/billet.md": make_post(body="[x](../2019/futur.md)"),
            "2019/futur.md": make_post(date="2019-01-01"),
        }
    )

    (problem,) = check_archive(read_archive(docs), dt.date(2018, 12, 31))

    assert "qui n’est pas publié" in str(problem)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Intro.\n\n# Titre", 7, "rien ne doit précéder le titre"),
        ("# Un\n\nTexte.\n\n# Deux", 11, "écrivez « ## Deux »"),
    ],
)
def test_text_around_the_title_is_told(check_post, text, line, message):
    (problem,) = check_post(title="", body=text)

    assert problem.startswith(f"{line}: ")
    assert message in problem


def test_a_wrong_register_is_told(check):
    problems = check({"/authors.yml": "Élodie:\n  nom: x\n", "/categories.yml": "A:\na:\n"})

    assert [problem.split(": ")[0] for problem in problems] == [
        "docs/authors.yml:1",
        "docs/authors.yml:2",
        "docs/categories.yml:2",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2018-06-22 10:30"},
        {"tags": "[]"},
        {"tags": "[Université d’été, CNFPT, Œuvre]"},
        {"tags": "Travail / Emploi, CNFPT"},
        {"category": "Emploi, formation"},
        {"category": "[Innovation publique, 'Emploi, formation']"},
        {"blogpost": "true", "language": "fr", "location": "Angers", "excerpt": "2", "image": "1"},
        {"nocomments": ""},
        {"partial": "oui", "draft": "non"},
        {"redirect": "[/2018/06/22/billet/, '/?p=12']"},
        {"redirect": "/billet/"},
        {"summary": "Un résumé, avec une virgule.", "updated": "2019-01-05"},
        {"title": "Si a < b & c : <b>gras</b> `<i>`"},
        {"date_edtf": "2018-06~"},
        {"body": "```{code-block} markdown\n[x](nulle-part.md)\n```"},
        {"author": "[amoor, amoor]"},
    ],
)
def test_what_is_right_passes_in_silence(check_post, fields):
    assert check_post(**fields) == []


def test_windows_line_ends_and_a_byte_order_mark_pass(check, make_post):
    text = "\ufeff" + make_post(body="[x](billet.md)")

    assert check({"2018/billet.md": text.replace("\n", "\r\n").encode()}) == []
