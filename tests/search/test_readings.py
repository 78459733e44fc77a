import pickle
import unicodedata
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.search.article import ArticleBlock
from archivist.search.lexis import Lexis
from archivist.search.reading import Heading, read_blocks
from archivist.search.tokenizer import Compound, split_words


def read(*texts):
    """Return what is read of blocks, the first of which is the title, and the words by number."""
    lexis = Lexis()
    blocks = [ArticleBlock(texts[0], "h1", "a"), *map(ArticleBlock, texts[1:])]
    return read_blocks(blocks, lexis), lexis


def spell(reading, lexis):
    return [lexis.forms[number] for number in array("I", reading.words)]


@given(st.text())
def test_a_text_is_the_row_of_its_words(text):
    reading, lexis = read(text)

    words = [token for token in split_words(text) if token.key]
    assert spell(reading, lexis) == [word.text for word in words]
    assert [lexis.keys[number] for number in array("I", reading.words)] == [w.key for w in words]


@given(st.text())
def test_nothing_of_a_text_is_lost_but_the_length_of_its_spaces(text):
    shown = read(text)[0].text

    assert shown.split() == unicodedata.normalize("NFC", text).split()


def test_no_break_spaces_stay_where_they_are():
    assert read("Le titre", "On  lit\n«\u00a0oui\u202f!\u00a0»")[0].text == (
        "Le titre\nOn lit «\u00a0oui\u202f!\u00a0»"
    )


def test_a_heading_is_known_by_the_words_it_takes():
    lexis = Lexis()
    blocks = [
        ArticleBlock("Le titre", "h1", "t"),
        ArticleBlock("Un, deux."),
        ArticleBlock("Fin", "h2"),
    ]

    assert read_blocks(blocks, lexis).headings == (
        Heading(0, 2, 1, "t", "Le titre"),
        Heading(4, 1, 2, "", "Fin"),
    )


def test_what_is_also_typed_as_one_word_is_kept_in_a_fixed_order():
    reading, _ = read("Un e-mail", "Le demi-tour, 3 400 euros. Un e-mail.")

    assert reading.compounds == (
        Compound("3400", ("3", "400")),
        Compound("demitour", ("demi", "tour")),
        Compound("email", ("e", "mail")),
    )


def test_words_keep_their_numbers_from_build_to_build():
    reading, lexis = read("Un jardin", "L’arrosage d’un jardin.")
    kept = pickle.loads(pickle.dumps(lexis))

    again = read_blocks([ArticleBlock("Des outils"), ArticleBlock("Un jardin")], kept)
    assert spell(reading, kept) == spell(reading, lexis)
    assert spell(again, kept) == ["Des", "outils", "Un", "jardin"]
    assert len(set(zip(kept.forms, kept.keys, strict=True))) == len(kept.forms)


@pytest.mark.parametrize("other", [("A", "b c"), ("A b", "c"), ("A", "b", "c"), ("A", "b d")])
def test_a_digest_tells_two_texts_apart(other):
    assert read("A", "b\nc")[0].digest == read("A", "b c")[0].digest
    assert (read(*other)[0].digest == read("A", "b c")[0].digest) == (other == ("A", "b c"))
