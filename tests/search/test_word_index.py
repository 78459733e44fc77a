from archivist.search import word_index
from archivist.search.article import ArticleBlock
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import count_words, read_blocks
from archivist.search.word_index import IndexedWord

LEXIS = Lexis()


def index_words(texts):
    counts = {
        name: count_words(read_blocks([ArticleBlock(text)], LEXIS), LEXIS)
        for name, text in texts.items()
    }
    return word_index.index_words(counts, Dictionary())


def test_words_stand_under_their_initial_with_their_posts_oldest_first():
    letters = index_words(
        {"b": "Des écoles à Nantes.", "a": "Une école.", "c": "Rien.", "d": "Non."}
    )

    assert (
        IndexedWord("école", ("b", "a")) in letters["e"]
        or IndexedWord("écoles", ("b", "a")) in letters["e"]
    )
    assert letters["n"] == [IndexedWord("Nantes", ("b",)), IndexedWord("Non", ("d",))]
    assert list(letters) == sorted(letters)


def test_a_word_of_nearly_all_posts_is_left_out():
    texts = {str(number): "Le jardin public." for number in range(6)}

    assert index_words(texts) == {}


def test_in_a_large_archive_a_word_of_one_post_is_left_out():
    texts = {str(number): f"Billet numéro{'abc'[number % 3]} ici." for number in range(60)}
    texts["0"] += " Unicum."

    assert "u" not in index_words(texts)
