"""What rispy, a RIS reader of others' making, finds in our records."""

import re

import pytest
import rispy

from archivist.dates.edtf import UncertainDate, read_edtf
from archivist.formats.citation import Person, to_plain
from archivist.formats.ris import write_ris
from tests.formats.conftest import each_citation

_DATE = re.compile(
    r"(?P<year>\d{4})/(?P<month>\d\d)?/(?P<day>\d\d)?/(?P<about>vers)?"
    r" ?(?P<season>printemps|été|automne|hiver)?(?: - )?(?P<doubt>date incertaine)?"
)
SEASONS = {"printemps": "21", "été": "22", "automne": "23", "hiver": "24"}


def read_date(text):
    """Return the EDTF date that a RIS date says."""
    found = _DATE.fullmatch(text)
    month = found["month"] or SEASONS.get(found["season"])
    mark = {(0, 0): "", (1, 0): "~", (0, 1): "?", (1, 1): "%"}
    parts = [part for part in (found["year"], month, found["day"]) if part]
    return read_edtf("-".join(parts) + mark[bool(found["about"]), bool(found["doubt"])])


@each_citation
def test_any_post_comes_back_the_same(citation):
    (record,) = rispy.loads(write_ris(citation))

    assert record["type_of_reference"] == "BLOG"
    assert record["id"] == citation.key
    assert record["authors"] == [to_plain(each.inverted) for each in citation.authors]
    assert record["title"] == to_plain(citation.title)
    assert record["secondary_title"] == citation.container
    assert record["language"] == citation.language
    assert record.get("urls", [""]) == [citation.url]
    assert record.get("keywords", []) == list(citation.keywords)
    assert record.get("notes", [""]) == [to_plain(citation.note)]
    assert record.keys() <= {
        *("type_of_reference", "id", "authors", "title", "secondary_title", "year", "date"),
        *("language", "urls", "keywords", "notes"),
    }


@each_citation
def test_a_date_comes_back_as_uncertain_as_it_is(citation):
    (record,) = rispy.loads(write_ris(citation))

    date: UncertainDate = citation.date
    year = date.year
    assert record.get("year", "") == (f"{year:04}" if year else "")
    if date.is_span or (date.start and date.start.years > 1):
        assert record["date"] == citation.date_words
    else:
        assert read_date(record["date"]) == date


@pytest.mark.parametrize(
    ("edtf", "year", "date"),
    [
        ("2018-06-22", "2018", "2018/06/22/"),
        ("2018-06", "2018", "2018/06//"),
        ("2018", "2018", "2018///"),
        ("2018-22", "2018", "2018///été"),
        ("2018-06~", "2018", "2018/06//vers"),
        ("2018-06%", "2018", "2018/06//vers - date incertaine"),
        ("2017-11/2018-05", None, "entre novembre 2017 et mai 2018"),
        ("2017-07/2017-09", "2017", "entre juillet et septembre 2017"),
        ("2017-11/..", None, "à partir de novembre 2017"),
        ("201X", None, "années 2010"),
    ],
)
def test_no_part_of_a_date_is_made_up(cite, edtf, year, date):
    (record,) = rispy.loads(write_ris(cite(edtf)))

    assert (record.get("year"), record["date"]) == (year, date)


def test_lines_end_as_the_format_asks(cite):
    text = write_ris(cite(title="Un\ntitre\r\nER  - ", authors=(Person("é"),)))

    assert text.startswith("TY  - BLOG\r\n")
    assert text.endswith("\r\nER  - \r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert text.count("\r\nER  - ") == 1
