from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from archivist.site.pages import words
from archivist.site.pages.words import WordLine, cut

KEYS = st.lists(st.text("abc", min_size=1, max_size=4).map("c".__add__), max_size=40, unique=True)


@given(KEYS, st.integers(100, 900))
def test_each_word_is_on_one_page_of_its_first_letters_that_is_not_too_long(keys, most):
    lines = [WordLine(key, key, Markup("x" * 90)) for key in sorted(keys)]

    pages = dict(cut("c", lines, most))

    assert [line for found in pages.values() for line in found] == lines
    for start, found in pages.items():
        assert all(line.key.startswith(start) for line in found)
        assert len(found) * 90 <= max(most, 90)


def test_a_letter_too_long_for_a_page_leads_to_the_words_of_each(make_site, make_post, monkeypatch):
    monkeypatch.setattr(words, "MOST", 200)
    site = make_site(
        {
            "2018/un.md": make_post(title="Un", body="Compost, carotte, cave, tas."),
            "2018/deux.md": make_post(title="Deux", body="Compost, chou, courge."),
        }
    )

    letter = site.page("mots/c/index.html")
    assert [link["href"] for link in letter.select(".letters + .letters a")] == [
        "../ca/index.html", "../ch/index.html", "../co/index.html",
    ]  # fmt: skip
    part = site.page("mots/co/index.html")
    assert [term.get_text() for term in part.select("dt")] == ["Compost", "courge"]
    assert [link.get_text() for link in part.select(".letters [aria-current]")] == ["C", "Co"]
