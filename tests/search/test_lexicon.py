import pytest

from archivist.search.article import ArticleBlock, read_blocks
from archivist.search.inflection import Dictionary
from archivist.search.lexicon import Vocabulary, list_entries, write_lexicon


@pytest.fixture
def write(tmp_path):
    """Return a function from texts of pages to the lines of the lexicon's files, by name."""

    def write(*texts):
        vocabulary = Vocabulary()
        for text in texts:
            vocabulary.add_page(read_blocks([ArticleBlock(text)]))
        names = write_lexicon(list_entries(vocabulary, Dictionary()), tmp_path / "lexicon")
        return {
            name: (tmp_path / "lexicon" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
            for name in names
        }

    return write


def test_forms_stand_together_with_the_number_of_their_pages(write):
    files = write("Une fête sportive.", "Des fêtes sportives, des sportives.")

    assert "sportive 1 sportives 1" in files["s"]
    assert "fête 1 fêtes 1" in files["f"]


def test_compounds_and_acronyms_are_told(write):
    files = write("Le demi-tour du Réseau des Jardins (RJ).")

    assert "=demitour demi tour" in files["d"]
    assert ">rj reseau des jardins" in files["r"]


def test_link_words_are_left_out(write):
    assert write("le la les de du") == {}


def test_a_letter_with_many_words_is_parted_by_the_second(write):
    letters = "aeiouy"
    words = [
        f"b{a}{b}{c}{d}{e}"
        for a in letters
        for b in letters
        for c in letters
        for d in letters
        for e in letters[:3]
    ]

    files = write(" ".join(words))

    assert {"ba", "be"} <= files.keys()
    assert all(line.startswith("ba") for line in files["ba"])


def test_numbers_share_a_file(write):
    assert write("En 2019 et 77") == {"0": ["2019 1", "77 1"]}
