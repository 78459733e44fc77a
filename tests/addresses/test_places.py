import pytest


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
        ("billet.md", "docs/posts/2018/"),
        ("2018/06/billet.md", "docs/posts/2018/"),
    ],
)
def test_a_file_name_that_makes_no_lasting_address_is_told(check, make_post, name, message):
    problems = check({name: make_post()})

    assert message in "\n".join(problems)


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
