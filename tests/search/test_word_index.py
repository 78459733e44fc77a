from itertools import groupby

from archivist.search import word_index
from archivist.search.article import ArticleBlock
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import read_blocks
from archivist.search.tables import Tables


def index_words(*texts, standing=()):
    lexis = Lexis()
    readings = [read_blocks([ArticleBlock(text)], lexis) for text in (*standing, *texts)]
    words = word_index.index_words(Tables(readings, lexis), len(standing), Dictionary())
    letters = groupby(words, key=lambda each: each.key[0])
    return {letter: [(each.word, each.posts) for each in found] for letter, found in letters}


def test_words_stand_under_their_initial_with_their_posts_oldest_first():
    letters = index_words("Des écoles à Nantes.", "Une école.", "Rien.", "Non.")

    assert letters["e"] == [("écoles", (0, 1))]
    assert letters["n"] == [("Nantes", (0,)), ("Non", (3,))]
    assert list(letters) == sorted(letters)


def test_words_of_standing_pages_are_left_out():
    letters = index_words("Une école.", "Rien.", standing=["Une école, une ville."])

    assert letters["e"] == [("école", (0,))]
    assert "v" not in letters


def test_a_word_has_its_capital_only_if_it_never_goes_without():
    letters = index_words("Potager. Potager. Nantes.", "Un potager.", "Rien.", "Non.")

    assert letters["p"] == [("potager", (0, 1))]


def test_a_word_of_nearly_all_posts_is_left_out():
    assert index_words(*["Le jardin public."] * 6) == {}


def test_an_archive_without_posts_has_no_words():
    assert index_words() == index_words(standing=["Une école."]) == {}


def test_in_a_large_archive_a_word_of_one_post_is_left_out():
    texts = [f"Billet numéro{'abc'[number % 3]} ici." for number in range(60)]
    texts[0] += " Unicum."

    assert "u" not in index_words(*texts)
