"""What fails inside a build is told in one line: the text at hand, or where it was."""

import pytest
from sphinx.errors import ExtensionError

from archivist.build.messages import tell_failure, tell_warnings
from archivist.errors import ArchiveError


def _fail(docname, error):
    raise error


def _tell(docs, error, docname=""):
    with pytest.raises(type(error)) as caught:
        _fail(docname, error)
    return tell_failure(caught.value, docs)


@pytest.fixture
def docs(make_docs, make_post):
    return make_docs({"2018/billet.md": make_post()})


def test_what_was_foreseen_is_said_as_it_is(docs):
    error = ExtensionError("Handler")
    error.__cause__ = ArchiveError("conf.py : non.")

    assert _tell(docs, error) == "conf.py : non."


def test_what_was_not_names_the_text_at_hand(docs):
    told = _tell(docs, IndexError("list index\nout of range"), "posts/2018/billet")

    assert told.startswith("docs/posts/2018/billet.md:1: le site ne peut se faire de ce passage")
    assert "\n" not in told


def test_what_no_text_explains_names_where_it_was(docs):
    assert _tell(docs, KeyError("x")).endswith("(KeyError : 'x') : signalez-la.")


def test_a_link_that_leads_nowhere_is_told_in_french():
    (line,) = tell_warnings(
        "docs/a.md:3: WARNING: 'myst' cross-reference target not found: '//a' [myst.x]"
    )

    assert line.startswith("docs/a.md:3: lien mort « //a » : ")


def test_a_build_that_breaks_names_the_post(make_site, make_post, monkeypatch):
    def count_words(_):
        raise KeyError("inattendu")

    monkeypatch.setattr("archivist.site.sphinx.builder.count_words", count_words)

    with pytest.raises(ArchiveError, match=r"^docs/[^ ]+\.md:[0-9]+: .*inattendu.*$"):
        make_site({"2018/billet.md": make_post()})
