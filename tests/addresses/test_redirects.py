import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.addresses.old import (
    AddressError,
    Redirect,
    normalise_address,
    read_redirects,
    resolve_redirects,
    split_old,
)
from archivist.problems import Problem

ADDRESSES = {
    "a-propos": "a-propos.html",
    "posts/2017/bilan": "posts/2017/bilan.html",
    "tag/ete": "tag/ete/",
}


def resolve(text):
    read = list(read_redirects(text, "docs/redirects.txt"))
    redirects = [each for each in read if isinstance(each, Redirect)]
    targets, problems = resolve_redirects(redirects, ADDRESSES)
    return targets, [str(each) for each in (*read, *problems) if isinstance(each, Problem)]


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/2017/07/12/bilan/", "2017/07/12/bilan/"),
        ("2017/07/12/bilan", "2017/07/12/bilan/"),
        ("/bilan.html", "bilan.html"),
        ("/?p=148", "?p=148"),
        ("/%C3%A9t%C3%A9/", "été/"),
        ("/nous/?lang=en", "nous/?lang=en"),
        ("/blog/?p=148", "blog/?p=148"),
        ("http://www.Un.Exemple:8080/bilan", "https://un.exemple/bilan/"),
        ("//châteaux.fr/?p=1", "https://xn--chteaux-qwa.fr/?p=1"),
        (f"/{'mot-' * 44}fin/", f"{'mot-' * 44}fin/"),
    ],
)
def test_an_old_address_is_taken_in_any_usual_form(typed, address):
    assert normalise_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "/", "../x", "/a/../b", "/a//b", "https:///a", "https://moi@exemple.fr/a", "/a\\b", "/a?x=1",
     "/a#b", "/%2e%2e/x", "/a\x00b", "C:/x", "/?p=abc"],
)  # fmt: skip
def test_an_address_that_leads_elsewhere_is_refused(typed):
    with pytest.raises(AddressError):
        normalise_address(typed)


@given(st.text() | st.text(alphabet="./%2eab?p=1\\:#"))
def test_no_address_leads_out_of_the_site(typed):
    try:
        address = normalise_address(typed)
    except AddressError:
        return
    address = split_old(address).path
    assert ".." not in address.split("/")
    assert not address.startswith("/")


def test_redirects_are_read_with_comments_and_blank_lines():
    targets, problems = resolve(
        "# rien\n\n/vieux/  a-propos  # note\n/?p=1 posts/2017/bilan\n/ete/ tag/ete/\n"
    )

    assert targets == {
        "vieux/": "a-propos.html",
        "?p=1": "posts/2017/bilan.html",
        "ete/": "tag/ete/",
    }
    assert problems == []


def test_a_chain_leads_to_its_end():
    targets, problems = resolve("/un/ /deux/\n/deux/ trois\n/trois/ a-propos\n")

    assert set(targets.values()) == {"a-propos.html"}
    assert problems == []


def test_a_loop_is_shown_as_a_path():
    targets, problems = resolve("/un/ deux\n/deux/ un\n")

    assert targets == {}
    assert (
        problems[0] == "docs/redirects.txt:1: ces adresses tournent en rond : /un/ → /deux → /un."
    )


def test_a_double_names_the_line_of_the_first():
    _, problems = resolve("/un/ a-propos\n/un posts/2017/bilan\n")

    assert problems == [
        "docs/redirects.txt:2: l’adresse « /un/ » est déjà donnée : docs/redirects.txt:1."
    ]


def test_an_address_of_one_host_is_another_than_that_of_all():
    targets, problems = resolve(
        "/?p=1 a-propos\nhttps://un.fr/?p=1 posts/2017/bilan\nhttp://www.un.fr/?p=1 a-propos\n"
    )

    assert targets == {"?p=1": "a-propos.html", "https://un.fr/?p=1": "posts/2017/bilan.html"}
    assert problems == [
        "docs/redirects.txt:3: l’adresse « https://un.fr/?p=1 » est déjà donnée : docs/redirects.txt:2."
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/un/ a-propo", "aucune page « a-propo » : vouliez-vous dire « a-propos » ?"),
        ("/un/", "une espace, puis la page"),
        ("/un/ deux trois", "une espace, puis la page"),
        ("../un a-propos", "ne désigne pas une page"),
    ],
)
def test_a_wrong_line_says_what_to_write(line, message):
    _, problems = resolve(f"\n{line}\n")

    assert problems[0].startswith("docs/redirects.txt:2: ")
    assert message in problems[0]


@pytest.mark.parametrize(
    ("old", "is_possible"),
    [
        ("/posts/billet/", True),
        ("/posts/2018/05/billet/", True),
        ("/posts/", False),
        ("/Posts/2018/", False),
        ("/posts/2018/billet", False),
    ],
)
def test_an_old_folder_of_posts_may_answer_but_where_posts_are_now(old, is_possible):
    try:
        normalise_address(old)
    except AddressError as error:
        assert not is_possible
        assert "dans le dossier du site" in str(error)
    else:
        assert is_possible
