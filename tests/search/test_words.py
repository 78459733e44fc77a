import json
import unicodedata
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.search.tokenizer import Compound, find_compounds, find_figures, fold, split_words

CASES = json.loads((Path(__file__).parent.parent / "data/words.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "keys"), CASES)
def test_french_text_is_cut_into_words_where_french_cuts_it(text, keys):
    assert [token.key for token in split_words(text) if token.key] == keys


@given(st.text())
def test_the_tokens_and_the_spaces_between_them_are_all_of_the_text(text):
    shown = "".join(token.text for token in split_words(text))

    assert shown == "".join(unicodedata.normalize("NFC", text).split())


@given(st.text())
def test_a_key_has_neither_accent_nor_capital(text):
    for token in split_words(text):
        assert fold(token.key) == token.key


@pytest.mark.parametrize(
    ("text", "joined", "parts"),
    [
        ("un demi-tour", "demitour", ("demi", "tour")),
        ("l’e-mail", "email", ("e", "mail")),
        ("MonCarnetVert", "moncarnetvert", ("mon", "carnet", "vert")),
        ("la main-d’œuvre", "maindoeuvre", ("main", "d", "oeuvre")),
        ("au 02 99 11 22 33", "0299112233", ("02", "99", "11", "22", "33")),
        ("pour 3 400 euros", "3400", ("3", "400")),
    ],
)
def test_what_is_also_typed_as_one_word_is_known(text, joined, parts):
    found = [*find_figures(text), *chain(*map(find_compounds, text.split()))]
    assert Compound(joined, parts) in found


def test_an_article_makes_no_compound():
    assert list(chain(*map(find_compounds, ("l’arrosage", "d’aujourd’hui,", "qu’Anne")))) == []
