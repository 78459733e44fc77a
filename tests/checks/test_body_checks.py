from pathlib import Path

import pytest

AT = "docs/posts/2018/billet.md:9: "
PHOTO = (Path(__file__).parent.parent / "data/photo.png").read_bytes()


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


def test_a_post_without_title_is_told_where_it_should_be(check_post):
    (problem,) = check_post(title="")

    assert problem == "7: il manque le titre : écrivez « # Titre » en tête du texte."


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Intro.\n\n# Titre", 7, "rien ne doit précéder le titre"),
        ("```{note}\nIntro.\n```\n\n# Titre", 7, "rien ne doit précéder le titre"),
        ("# Un\n\nTexte.\n\n# Deux", 11, "écrivez « ## Deux »"),
        ("#Titre", 7, "espace manquante après « # » : écrivez « # Titre »."),
        ("#", 7, "le titre est vide"),
        ("# \u200b", 7, "le titre est vide"),
        ("## Titre", 7, "celui de la page : « # Titre »."),
        ("Un beau\ntitre\n-----", 7, "celui de la page : « # Un beau titre »."),
        ("# " + "x" * 301, 7, "titre de 301 signes, 300 au plus"),
        ("- # Titre", 7, "titre"),
        ("> # Titre", 7, "titre"),
    ],
)
def test_text_around_the_title_is_told(check_post, text, line, message):
    (problem,) = check_post(title="", body=text)

    assert problem.startswith(f"{line}: ")
    assert message in problem


@pytest.mark.parametrize(
    "text", ["Titre\n=====", "\n\n# *Titre* `x` #", "<!-- Relu -->\n\n# Titre", "(ici)=\n# Titre"]
)
def test_a_title_may_be_written_in_any_way_of_markdown(check_post, text):
    assert check_post(title="", body=text) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("### A", "9: un niveau de titre est sauté : écrivez « ## A »."),
        (
            "## A\n\n### B\n\n## C\n\n#### D",
            "15: un niveau de titre est sauté : écrivez « ### D ».",
        ),
        ("## A\n\n##", "11: titre de partie vide"),
        ("## \u200b", "9: titre de partie vide"),
    ],
)
def test_a_heading_that_is_empty_or_too_deep_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(told)


@pytest.mark.parametrize(
    "body",
    ["## A\n\n### B\n\n#### C\n\n## D", "## A\n\n> #### B\n\n### C", "####### A", "Partie\n------"],
)
def test_headings_that_go_down_one_by_one_pass(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("![x](<vue 2.png>)", "image mal nommée « vue%202.png »"),
        ("![x](été.png)", "image mal nommée"),
        ("![x](//exemple.fr/x.png)", "image d’un autre site « //exemple.fr/x.png »"),
        (
            "![x](data:image/png;base64,AA)",
            "image écrite dans le texte « data:image/png;base64,AA… »",
        ),
        ("![x](/_static/favicon.svg)", "l’image « /_static/favicon.svg » n’est pas à ce billet"),
        ("![x](autre/vue.png)", "l’image « autre/vue.png » n’est pas à ce billet"),
        ("![x](billet/note.pdf)", "« billet/note.pdf » n’est pas une image"),
        ("[![](billet/vue.png)](billet.md)", "image sans texte"),
        ("```{image} billet/vue.png\n```", "image sans texte"),
    ],
)
def test_an_image_that_is_elsewhere_or_says_nothing_is_told(check, make_post, body, told):
    files = {
        "2018/billet.md": make_post(body=body),
        "2018/billet/vue.png": PHOTO,
        "2018/billet/note.pdf": b"%PDF",
        "2018/autre.md": make_post(),
        "2018/autre/vue.png": PHOTO,
    }

    (problem,) = check(files)

    assert problem.startswith(f"docs/posts/2018/billet.md:9: {told}")


@pytest.mark.parametrize(
    "body",
    [
        "![Une « vue »](billet/vue.png 'Angers')",
        "![](billet/vue.png){.decorative}",
        "![x](/posts/2018/billet/vue.png)",
        "[![x](billet/vue.png)](https://exemple.fr)",
        "![x][v]\n\n[v]: billet/vue.png",
        "| ![x](billet/vue.png) |\n|---|",
    ],
)
def test_an_image_of_the_post_passes(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize("data", [b"", b"<html>", PHOTO[: len(PHOTO) // 2]])
def test_an_image_that_cannot_be_read_is_told(check, make_post, data):
    post = make_post(body="![x](billet/vue.png)")

    (problem,) = check({"2018/billet.md": post, "2018/billet/vue.png": data})

    assert problem.startswith(f"{AT}l’image « billet/vue.png » est illisible")


def test_an_image_is_of_the_kind_its_name_says(check, make_post):
    post = make_post(body="![x](billet/vue.jpg)")

    (problem,) = check({"2018/billet.md": post, "2018/billet/vue.jpg": PHOTO})

    assert problem.startswith(f"{AT}l’image « billet/vue.jpg » est en PNG, et son nom")


@pytest.mark.parametrize("alt", ["`vue`", "<b></b>", "\u3164"])
def test_an_image_whose_words_do_not_reach_the_page_is_without_text(check_body, alt):
    (problem,) = check_body(f"![{alt}](billet/vue.png)")

    assert problem.startswith("9: image sans texte : ")
