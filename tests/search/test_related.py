from archivist.search import related
from archivist.search.article import ArticleBlock
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import count_words, read_blocks

LEXIS = Lexis()


def find_related(texts):
    words = {
        name: count_words(read_blocks([ArticleBlock(text)], LEXIS), LEXIS)
        for name, text in texts.items()
    }
    return related.find_related(words, Dictionary())


TEXTS = {
    "a": "Le compost nourrit la terre du potager.",
    "b": "Un potager demande du compost et de l’eau.",
    "c": "Le budget de la commune est voté.",
    "d": "La commune vote son budget participatif.",
    "e": "Une chanson.",
}


def test_posts_on_the_same_things_are_related_best_first():
    related = find_related(TEXTS)

    assert related["a"] == ("b",)
    assert related["d"][0] == "c"


def test_a_post_that_shares_no_word_has_nothing_to_read_next():
    assert find_related(TEXTS)["e"] == ()


def test_no_post_is_related_to_itself_nor_to_more_than_three():
    texts = {str(number): f"Le compost du potager {'terre ' * number}" for number in range(9)}
    texts |= {f"x{number}": f"Autre mot{number}" for number in range(20)}

    for name, found in find_related(texts).items():
        assert name not in found
        assert len(found) <= 3


def test_an_archive_without_common_words_has_no_related_posts():
    assert find_related({"a": "Un compost.", "b": "Une chanson."}) == {"a": (), "b": ()}
    assert find_related({}) == {}
