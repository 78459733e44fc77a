"""A new post passes the checks as it is, and never takes another's place."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from archivist.posts.scaffold import Draft, compose, write_draft

DAY = dt.date(2018, 6, 22)


def draft(title="Mon billet", **known):
    return Draft(title=title, date=DAY, author="amoor", **known)


@pytest.fixture
def write(make_docs, make_post):
    """Return a function that writes a draft in a small archive, and the archive's folder."""
    docs = make_docs({"2018/pris.md": make_post(tags="[CNFPT]")})
    return lambda new: write_draft(new, read_archive(docs)), docs


@pytest.mark.parametrize(
    "title",
    [
        "Retour sur l’université d’été",
        "Si a < b : l’*été* des [données] {ouvertes} | `code` \\ #1",
        "  Trop   d’espaces\n",
        "100 % « utile » : pourquoi ?",
        "tag",
        "search",
    ],
)
def test_a_new_post_passes_the_checks_untouched(write, title):
    write_post, docs = write

    path = write_post(draft(title, category="Innovation publique", tags=("CNFPT", "L’été: 1")))

    assert check_archive(read_archive(docs)) == []
    (source,) = [each for each in read_archive(docs).sources if each.slug == path.stem]
    assert source.body.title.text == " ".join(title.split())


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
)
@given(title=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
def test_any_title_makes_a_right_post_or_is_refused(write, title):
    write_post, docs = write
    try:
        path = write_post(draft(title))
    except ArchiveError:
        return

    problems = check_archive(read_archive(docs))
    path.unlink()
    assert problems == []


def test_a_name_that_is_taken_gets_a_number(write):
    write_post, _ = write

    names = [write_post(draft(title)).name for title in ("Pris", "Pris", "Posts")]

    assert names == ["pris-2.md", "pris-3.md", "posts-2.md"]


def test_a_file_that_is_there_is_never_written_over(write):
    write_post, docs = write
    path = docs / "posts/2018/mon-billet.md"
    path.write_bytes(b"illisible \xff")

    with pytest.raises(ArchiveError, match="existe déjà"):
        write_post(draft())

    assert path.read_bytes() == b"illisible \xff"


@pytest.mark.parametrize("title", ["", "!!!", "日本", "x" * 301])
def test_a_title_that_makes_no_address_is_refused(write, title):
    with pytest.raises(ArchiveError, match="avec des lettres"):
        write[0](draft(title))


def test_what_is_begun_is_hidden_unless_proposed():
    assert "draft: true" in compose(draft())
    assert "draft" not in compose(draft(), is_hidden=False)
