"""Posts to cite, of all kinds and full of nasty signs."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.dates.edtf import DateError, read_edtf
from archivist.dates.french import spell_date
from archivist.formats.citation import Citation, Person, to_plain

# What TeX, RIS, JSON, HTML or an eager parser may take for its own.
NASTY = st.sampled_from(
    [
        *"{}%&$#_\\~^\"'`-,;:=@/|<>*.?!«»“”’…œŒéÀçÿ€漢\u00a0\u202f\u2028\x85\t\n😀",
        *(" and ", "--", "TY  - ", "ER  - ", "@online{", "\\textit{", "?`", " ", "ﬁ", "e\u0301"),
    ]
)
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCÉÀéèœ", min_size=1, max_size=8)


def texts():
    """Texts that hold at least a letter."""
    return st.lists(NASTY | LETTERS, max_size=8).flatmap(
        lambda parts: LETTERS.map(lambda letters: "".join((*parts, letters)))
    )


@st.composite
def leaves(draw):
    year = draw(st.integers(1000, 2100).map(str) | st.sampled_from(["201X", "19XX", "0987"]))
    month = "" if "X" in year else draw(st.sampled_from(["", "-01", "-06", "-12", "-21", "-24"]))
    day = draw(st.sampled_from(["", "-01", "-22"])) if month in {"-01", "-06", "-12"} else ""
    return year + month + day + draw(st.sampled_from(["", "", "~", "?", "%"]))


@cache
def read_if_edtf(text):
    """Return the date that *text* is, or None; reading takes long."""
    try:
        return read_edtf(text)
    except DateError:
        return None


def dates():
    ends = leaves() | st.just("..")
    spans = st.builds("{}/{}".format, ends, ends)
    return (leaves() | spans).map(read_if_edtf).filter(bool)


def people():
    whole = st.builds(Person, name=texts(), is_organisation=st.booleans())
    return whole | st.builds(Person, name=texts(), family=texts(), given=texts())


def make_citation(**fields):
    date = fields.pop("date", None) or read_edtf("2018-06-22")
    given = {
        "key": "billet-2018",
        "title": "Un billet",
        "authors": (Person("a.m.o.o.r."),),
        "container": "Archives de l’innovation publique",
        "address": "https://exemple.fr/posts/2018/billet.html",
        "origin": "",
        "language": "fr",
        "partial": False,
        "keywords": (),
    }
    return Citation(date=date, date_words=spell_date(date), **(given | fields))


def citations():
    return st.builds(
        make_citation,
        title=texts(),
        authors=st.lists(people(), min_size=1, max_size=3).map(tuple),
        date=dates(),
        address=st.sampled_from(["", "https://exemple.fr/a_b/posts/2018/billet.html"]),
        origin=st.sampled_from(["", "http://exemple.fr/?p=1&x=~a%20b_c#d{e}"]),
        partial=st.booleans(),
        license=st.sampled_from(["", "CC BY 4.0"]),
        keywords=st.lists(LETTERS, max_size=3).map(tuple),
    )


def each_citation(test):
    """Try *test* on many citations; a machine may be slow."""
    return settings(max_examples=60)(given(citation=citations())(test))


def plain_names(citation):
    return [
        (to_plain(each.family), to_plain(each.given)) if each.family else (to_plain(each.name),)
        for each in citation.authors
    ]


@pytest.fixture
def cite():
    """Return a function from fields to a citation."""
    return lambda date="2018-06-22", **fields: make_citation(date=read_edtf(date), **fields)
