"""Tags as Zotero and Google Scholar document them."""

import re

import pytest

from archivist.dates.edtf import read_edtf
from archivist.formats.citation import Person, to_plain
from archivist.formats.highwire import list_tags
from tests.formats.conftest import each_citation

# Those that Zotero's "Embedded Metadata" reads, and the field that each fills; of a name that
# fills the same one, the first of this list is taken.
ZOTERO = {
    "citation_title": "title",
    "DC.title": "title",
    "citation_author": "creators",
    "DC.creator": "creators",
    "citation_publication_date": "date",
    "DC.date": "date",
    "citation_year": "date",
    "citation_public_url": "url",
    "citation_language": "language",
    "DC.language": "language",
    "citation_keywords": "tags",
    "DC.type": "itemType",
    "DC.identifier": "identifier",
    "prism.publicationName": "blogTitle",
}
# A full date, or a year alone; Zotero takes a month too.
SCHOLAR_DATE = re.compile(r"\d{4}(/\d\d(/\d\d)?)?")


def read(citation):
    """Return what Zotero fills its fields with."""
    found = {}
    for name, field in ZOTERO.items():
        values = [value for tag, value in list_tags(citation) if tag == name]
        if values:
            found.setdefault(field, values if field == "creators" else values[0])
    return found


@each_citation
def test_zotero_knows_each_tag_and_finds_the_post(citation):
    item = read(citation)

    assert {name for name, _ in list_tags(citation)} <= ZOTERO.keys()
    assert item["itemType"] == "blogPost"
    assert item["title"] == to_plain(citation.title)
    assert item["creators"] == [to_plain(each.inverted) for each in citation.authors]
    assert item["blogTitle"] == citation.container
    assert item.get("url", "") == item.get("identifier", "") == citation.address
    assert item["language"] == citation.language


@each_citation
def test_a_date_is_as_uncertain_as_it_is(citation):
    tags = dict(list_tags(citation))

    assert read_edtf(tags["DC.date"]) == citation.date
    plain = tags.get("citation_publication_date")
    assert read(citation)["date"] == (plain or tags["DC.date"])
    assert plain is None or read_edtf(plain.replace("/", "-")) == citation.date
    for name in ("citation_publication_date", "citation_year"):
        assert SCHOLAR_DATE.fullmatch(tags.get(name, "2018"))


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2018-06-22", {"citation_publication_date": "2018/06/22"}),
        ("2018-06", {"citation_publication_date": "2018/06"}),
        ("2018", {"citation_publication_date": "2018"}),
        ("2018-06~", {"citation_year": "2018"}),
        ("2018-22", {"citation_year": "2018"}),
        ("2017-11/2018-05", {}),
        ("201X", {}),
    ],
)
def test_no_part_of_a_date_is_made_up(cite, edtf, told):
    tags = dict(list_tags(cite(edtf)))

    dates = {"citation_publication_date", "citation_year", "citation_date", "citation_online_date"}
    assert {name: value for name, value in tags.items() if name in dates} == told
    assert tags["DC.date"] == edtf


def test_each_author_has_a_tag(cite):
    tags = list_tags(cite(authors=(Person("a.m.o.o.r."), Person("C. D.", "Durand", "Claire"))))

    for name in ("citation_author", "DC.creator"):
        assert [value for tag, value in tags if tag == name] == ["a.m.o.o.r.", "Durand, Claire"]
