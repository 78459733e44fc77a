import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.site.text.typography import bind_spaces

NO_BREAK, NARROW = "\u00a0", "\u202f"


def mark(text):
    """Write the two spaces so that they can be seen."""
    return text.replace(NO_BREAK, "~").replace(NARROW, "_")


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("Bonjour : « test » ; oui ? non !", "Bonjour~: «~test~»_; oui_? non_!"),
        ("mode :  questions", "mode~:  questions"),
        ("fin\n! Début", "fin_! Début"),
        ("fin\t! Début", "fin_! Début"),
        ("fin \u00a0: suite", "fin~~: suite"),
        # -- numbers and what they count
        ("3 200 inscrits", "3_200 inscrits"),
        ("1 234 567 €", "1_234_567~€"),
        ("10 % de 7,5 millions", "10~% de 7,5~millions"),
        ("12 h 30, 200 km", "12~h~30, 200~km"),
        ("en 2017 200 personnes", "en 2017 200 personnes"),
        ("06 12 34 56 78", "06 12 34 56 78"),
        # -- references, dates, titles
        ("n° 5, art. 3, p. 12", "n°~5, art.~3, p.~12"),
        ("le 22 juin et le 1er août 2018", "le 22~juin et le 1er~août 2018"),
        ("M. Dupont et Mme Élise", "M.~Dupont et Mme~Élise"),
        # -- what is not for us
        ("14:30, 3:1, C++ :: x", "14:30, 3:1, C++ :: x"),
        ("combien inconnus? Par", "combien inconnus? Par"),
        ("https://exemple.fr/?a=1:2", "https://exemple.fr/?a=1:2"),
    ],
)
def test_a_line_does_not_break_where_french_forbids_it(typed, bound):
    assert mark(bind_spaces(typed)) == bound


french = st.text(alphabet="aéM.0123456789 \n:;!?«»%€°hn\u00a0\u202f-") | st.text()


@given(french)
def test_a_second_pass_changes_nothing(text):
    assert bind_spaces(bind_spaces(text)) == bind_spaces(text)


@given(french)
def test_only_spaces_change(text):
    bound = bind_spaces(text)

    assert len(bound) == len(text)
    for before, after in zip(text, bound, strict=True):
        assert before == after or (before in " \n\t" and after in NO_BREAK + NARROW)


@given(french)
def test_no_ordinary_space_is_left_before_a_double_sign(text):
    assert not re.search(r"[ \n\t](?:[;!?»]|:(?!:))|«[ \n\t]", bind_spaces(text))


BODY = """\
Du <code>html : x ?</code> et <span lang="en">words : yes ?</span> !

Une question [suivie d’un lien](https://exemple.fr/a?b=c) ? Et « *un mot* » : **gras** !

Du `code : x ? y` et [english : yes ? no]{.language-en} ; un
! Deux.

```
if x : y ? z ! « w »
```

## Un titre : 10 % ?

## Un autre

| n° 5 | oui ? |
|------|-------|
| a : b | « c » |

Terme ?
: Une définition : la voici.
"""


@pytest.fixture
def site(make_site, make_post):
    return make_site(
        {
            "2018/billet.md": make_post(title="Bilan : 10 % ?", body=BODY, tags="Quoi ?"),
            "2018/resume.md": make_post(title="Autre", summary="'Un résumé : oui ?'"),
            "2018/anglais.md": make_post(title="What ? Yes", language="en", body="A list : x."),
            "/categories.yml": "Innovation publique:\n  description: 'Faire : oui !'\n",
        }
    )


def test_every_part_of_a_post_is_bound_but_code_and_foreign_words(site):
    article = site.page("posts/2018/billet.html").article
    text = mark(article.get_text())

    assert "suivie d’un lien_? Et «~un mot~»~: gras_!" in text
    assert "Du html : x ? et words : yes ?_!" in text
    assert "code : x ? y et english : yes ? no_; un_! Deux." in text
    assert "if x : y ? z ! « w »" in text
    for bound in (
        "Un titre~: 10~%_?",
        "n°~5",
        "oui_?",
        "a~: b",
        "«~c~»",
        "Terme_?",
        "définition~: la",
    ):
        assert bound in text


@pytest.mark.parametrize(
    ("page", "selector", "text"),
    [
        ("posts/2018/billet.html", "title", "Bilan~: 10~%_?"),
        ("posts/2018/billet.html", "h1", "Bilan~: 10~%_?"),
        ("posts/2018/billet.html", ".sections a", "Un titre~: 10~%_?"),
        ("index.html", ".entry-title", "Bilan~: 10~%_?"),
        ("index.html", ".entry-more", "Continuer la lecture de «~Bilan~: 10~%_?~»"),
        ("index.html", ".entry-excerpt", "Un résumé~: oui_?"),
        ("tag/quoi/index.html", "h1", "Quoi_?"),
        ("category/index.html", ".catalogue p", "Faire~: oui_!"),
    ],
)
def test_what_other_pages_show_of_it_is_bound_too(site, page, selector, text):
    assert any(text in mark(element.get_text()) for element in site.page(page).select(selector))


def test_a_post_in_another_language_keeps_its_spaces(site):
    assert "What ? Yes" in site.page("posts/2018/anglais.html").h1.get_text()
    assert "A list : x." in site.page("posts/2018/anglais.html").article.get_text()


def test_a_run_of_spaces_as_long_as_may_be_is_bound_at_once():
    spaces = " " * 7_900

    assert bind_spaces(f"a{spaces}!") == f"a{NARROW * 7_900}!"
    assert bind_spaces(f"a{spaces}b") == f"a{spaces}b"
