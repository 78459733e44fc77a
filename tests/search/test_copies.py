import re

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from archivist.search.article import read_blocks
from archivist.search.marks import END, ArticleBlock, hide, mark_text
from archivist.search.pagefind import IndexedPage, write_copy
from archivist.search.tokenizer import split_words


def indexed(text):
    """Return the words Pagefind would take from a marked *text*: letters and ends of words."""
    cut = ("".join(sign for sign in word if sign.isalnum() or sign == END) for word in text.split())
    return [word.lower() for word in cut if word]


def test_each_word_ends_with_its_mark_and_articles_are_hidden():
    assert indexed(mark_text("L’arrosage du grand jardin.")) == [
        f"arrosage{END}",
        f"grand{END}",
        f"jardin{END}",
    ]


def test_inclusive_forms_are_indexed_as_their_plural():
    assert indexed(mark_text("habitant·e·s élu(e)s")) == [f"habitants{END}", f"élus{END}"]


@given(st.text())
def test_what_is_indexed_is_what_is_searched(text):
    keys = [token.key for token in split_words(text) if token.is_searched]

    assert mark_text(text).count(END) == len(keys)


@given(st.text())
def test_hidden_text_has_no_letter_that_a_search_finds(text):
    plain = "".join(sign for sign in text if ord(sign) < 0x1900)

    assert not any(sign.isalnum() for sign in hide(plain))


@given(st.text())
def test_no_text_writes_markup_or_marks_of_pagefind_into_a_copy(text):
    copy = write_copy(
        IndexedPage(url="x.html", reading=read_blocks([ArticleBlock(text)]), shown={"date": text})
    )

    assert "___PAGEFIND" not in copy
    assert {each.name for each in BeautifulSoup(copy, "lxml").body.find_all()} <= {"p"}


def test_a_heading_keeps_the_anchor_of_its_section():
    copy = write_copy(
        IndexedPage(url="x.html", reading=read_blocks([ArticleBlock("Le sol", "h2", "le-sol")]))
    )

    assert BeautifulSoup(copy, "lxml").h2["id"] == "le-sol"


def test_an_author_cannot_speak_to_pagefind():
    assert not re.search(r"(^| )___", mark_text("___PAGEFIND_WEIGHT___9 ___ _a"))
