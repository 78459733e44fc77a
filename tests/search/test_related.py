import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.search import related
from archivist.search.article import ArticleBlock
from archivist.search.inflection import Dictionary
from archivist.search.lexis import Lexis
from archivist.search.reading import read_blocks
from archivist.search.related import Relations

TEXTS = {
    "a": "Le compost nourrit la terre du potager.",
    "b": "Un potager demande du compost et de l’eau.",
    "c": "Le budget de la commune est voté.",
    "d": "La commune vote son budget participatif.",
    "e": "Une chanson.",
}


class Archive:
    """Posts of which lists are asked for again and again, as by builds that go on."""

    def __init__(self):
        self.lexis, self.dictionary, self.relations = Lexis(), Dictionary(), Relations()

    def find(self, texts):
        posts = {
            name: read_blocks([ArticleBlock(text)], self.lexis) for name, text in texts.items()
        }
        self.relations = pickle.loads(pickle.dumps(self.relations))
        return self.relations.find(posts, self.lexis, self.dictionary)


def find_related(texts):
    return Archive().find(texts)


def test_posts_on_the_same_things_are_related_best_first():
    found = find_related(TEXTS)

    assert found["a"] == ("b",)
    assert found["d"][0] == "c"


def test_a_post_that_shares_no_word_has_nothing_to_read_next():
    assert find_related(TEXTS)["e"] == ()


def test_no_post_is_related_to_itself_nor_to_more_than_three():
    texts = {str(number): f"Le compost du potager {'terre ' * number}" for number in range(9)}
    texts |= {f"x{number}": f"Autre mot{number}" for number in range(20)}

    for name, found in find_related(texts).items():
        assert name not in found
        assert len(found) <= 3


def test_of_posts_as_alike_the_newer_comes_first():
    texts = dict.fromkeys("abcdef", "Le compost du potager.")
    texts |= {f"x{number}": f"Autre mot{number}" for number in range(9)}

    assert find_related(texts)["e"] == ("f", "d", "c")


def test_an_archive_without_common_words_has_no_related_posts():
    assert find_related({"a": "Un compost.", "b": "Une chanson."}) == {"a": (), "b": ()}
    assert find_related({}) == {}


def test_posts_that_stay_the_same_are_not_compared_again(monkeypatch):
    archive = Archive()
    found = archive.find(TEXTS)
    monkeypatch.setattr(related, "Likeness", None)

    assert archive.find(TEXTS) == found


def write_text(chance, words):
    # Some words are in most texts, most are in few, as in French.
    return " ".join(words[int(len(words) * chance.random() ** 3)] for _ in range(15))


def edit(chance, texts, words):
    """Return *texts* after a post came, went, moved, or lost a word to another."""
    names = list(texts)
    name, change = chance.choice(names), chance.randrange(6)
    if change == 0:
        names.insert(chance.randrange(len(names)), f"new{len(texts)}{chance.random()}")
    elif change == 1 and len(names) > 1:
        names.remove(name)
    elif change == 2:
        names.append(names.pop(names.index(name)))
    texts = {each: texts.get(each) or write_text(chance, words) for each in names}
    if change > 2:
        texts[name] = " ".join([*texts[name].split()[1:], chance.choice(words)])
    return texts


@given(st.integers(2, 60), st.integers(5, 200), st.integers(1, 8), st.randoms())
@settings(max_examples=40)
def test_lists_after_edits_are_those_of_an_archive_made_at_once(size, words, edits, chance):
    archive, vocabulary = Archive(), [f"mot{number}" for number in range(words)]
    texts = {f"billet{number}": write_text(chance, vocabulary) for number in range(size)}
    with pytest.MonkeyPatch.context() as patch:
        # Even small archives go on from what they know.
        patch.setattr(related, "_FEW", 1)
        archive.find(texts)
        for _ in range(edits):
            texts = edit(chance, texts, vocabulary)
            assert archive.find(texts) == find_related(texts)
