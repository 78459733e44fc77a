from hypothesis import given
from hypothesis import strategies as st

from archivist.search.tokenizer import split_words
from archivist.site.files.suggestions import cut_runs

TEXTS = st.text(st.sampled_from("aàbcdé’ -"), min_size=1, max_size=30)


def find_runs(runs, key):
    """Return the runs that a browser reads for words that begin with *key*: findFiles of suggest.js."""
    first = max((number for number, run in enumerate(runs) if run.start < key), default=0)
    beyond = (n for n, run in enumerate(runs) if run.start > key and not run.start.startswith(key))
    return runs[first : next(beyond, None)]


@given(st.lists(TEXTS, max_size=120, unique=True))
def test_each_title_is_in_a_file_that_is_read_for_any_beginning_of_its_words(texts):
    runs = list(cut_runs((text, "posts/2018/billet.html", "2018") for text in texts))

    assert [run.start for run in runs] == sorted(run.start for run in runs)
    for text in texts:
        line = "\t".join((text, "posts/2018/billet.html", "2018"))
        for key in {token.key for token in split_words(text) if token.is_searched}:
            for length in range(1, len(key) + 1):
                assert any(line in run.lines for run in find_runs(runs, key[:length]))


def test_a_file_holds_labels_then_the_newest_posts_and_each_once():
    told = [("Vélo", "tag/velo/index.html", "Étiquette, 2 billets")]
    told += [
        ("Le vélo, les vélos", "posts/2018/velos.html", "2018"),
        ("Au vélo", "posts/2017/au.html", "2017"),
    ]

    [run] = cut_runs(told)

    assert run.lines == tuple("\t".join(each) for each in told)
