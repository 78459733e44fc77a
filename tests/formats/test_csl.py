"""What citeproc, a CSL processor of others' making, finds in our items."""

import json

import pytest
from citeproc.source import DateRange, LiteralDate
from citeproc.source.json import CiteProcJSON
from jsonschema import Draft7Validator

from archivist.dates.edtf import read_edtf
from archivist.formats.citation import to_plain
from archivist.formats.csl import write_csl
from tests.formats.conftest import each_citation, plain_names


@pytest.fixture(scope="module")
def validator(root):
    schema = json.loads((root / "tests/data/csl-json.schema.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def read(citation):
    (item,) = CiteProcJSON(json.loads(write_csl(citation))).values()
    return item


def read_name(name):
    return (name.family, name.given) if "given" in name else (name.literal,)


@each_citation
def test_any_post_is_as_the_schema_says(validator, citation):
    assert list(validator.iter_errors(json.loads(write_csl(citation)))) == []


@each_citation
def test_any_post_comes_back_the_same(citation):
    item = read(citation)

    assert (item.key, item.type) == (citation.key, "post-weblog")
    assert [read_name(name) for name in item.author] == plain_names(citation)
    assert str(item.title) == to_plain(citation.title)
    assert str(item.container_title) == citation.container
    assert item.language == citation.language
    assert str(item.get("URL", "")) == citation.url
    assert str(item.get("keyword", "")) == ", ".join(citation.keywords)
    assert str(item.get("note", "")) == to_plain(citation.note)


def write_part(date):
    """Return what citeproc knows of one date as EDTF."""
    month = date.season + 20 if date.get("season") else date.get("month")
    parts = [f"{part:02}" for part in (month, date.get("day")) if part]
    return "-".join([f"{date.year:04}", *parts]) + ("~" if date.circa else "")


@each_citation
def test_a_date_comes_back_as_uncertain_as_it_is(citation):
    issued = read(citation).issued

    if isinstance(issued, LiteralDate):
        assert issued.text == citation.date_words
    elif isinstance(issued, DateRange):
        ends = f"{write_part(issued.begin)}/{write_part(issued.end)}"
        assert read_edtf(ends) == citation.date
    else:
        assert read_edtf(write_part(issued)) == citation.date


@pytest.mark.parametrize(
    ("edtf", "issued"),
    [
        ("2018-06-22", {"date-parts": [[2018, 6, 22]]}),
        ("2018", {"date-parts": [[2018]]}),
        ("2018-22", {"date-parts": [[2018]], "season": 2}),
        ("2018-06~", {"date-parts": [[2018, 6]], "circa": True}),
        ("2018-06?", {"literal": "juin 2018 (date incertaine)"}),
        ("2017-11/2018-05", {"date-parts": [[2017, 11], [2018, 5]]}),
        ("2018-21/2018-23", {"literal": "entre le printemps et l’automne 2018"}),
        ("2017-11/..", {"literal": "à partir de novembre 2017"}),
        ("201X", {"literal": "années 2010"}),
    ],
)
def test_no_part_of_a_date_is_made_up(cite, edtf, issued):
    assert json.loads(write_csl(cite(edtf)))[0]["issued"] == issued


def test_the_schema_sees_a_mistake(validator, cite):
    (item,) = json.loads(write_csl(cite()))

    for wrong in ({"type": "blog"}, {"issued": {"date-parts": [[]]}}, {"pages": "1"}):
        assert list(validator.iter_errors([item | wrong])) != []
