"""What was meant is found among however many words, and a long message is shortened."""

import random

import pytest

from archivist.problems import KnownWords, find_nearest, shorten_quotes

CHANCE = random.Random(1)
PARTS = "ra ti on ment pu bli que ser vi ce in no va tion".split()
WORDS = ["-".join(CHANCE.choices(PARTS, k=8)) for _ in range(5_000)]


@pytest.mark.parametrize("at", range(0, 5_000, 500))
def test_a_slip_in_one_of_many_words_is_found(at):
    word = WORDS[at]

    assert KnownWords(WORDS).find_nearest(f"{word[:5]}x{word[7:]}") == word


def test_few_words_are_compared_of_however_many(monkeypatch):
    compared = []
    known = KnownWords(WORDS)
    monkeypatch.setattr(
        "archivist.problems.difflib.get_close_matches",
        lambda _, words, **__: compared.append(len(words)) or [],
    )
    known.find_nearest(WORDS[0])

    assert compared[0] <= 100


def test_nothing_is_found_where_nothing_is_like_it():
    assert find_nearest("zzz", ["abc", "def"]) == ""
    assert KnownWords(WORDS).find_nearest("ωωω") == ""


def test_a_long_quote_is_cut_and_a_short_one_is_not():
    assert shorten_quotes(f"« {'a' * 300} » : non.") == f"« {'a' * 100}… » : non."
    assert shorten_quotes(f"« {'a' * 100} » : non.") == f"« {'a' * 100} » : non."
