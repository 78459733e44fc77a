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
    "citation_author": "creators",
    "citation_publication_date": "date",
    "DC.date": "date",
    "citation_year": "date",
    "citation_public_url": "url",
    "citation_language": "language",
    "DC.type": "itemType",
    "DC.rights": "rights",
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
    assert [each.removesuffix(",") for each in item["creators"]] == [
        to_plain(each.inverted).removesuffix(",") for each in citation.authors
    ]
    assert item["blogTitle"] == citation.container
    assert item.get("url", "") == citation.address
    assert item.get("rights", "") == citation.license
    assert item["language"] == citation.language


@each_citation
def test_a_date_is_as_uncertain_as_it_is(citation):
    tags = dict(list_tags(citation))

    told = read(citation)["date"]
    assert told == tags.get("citation_publication_date", tags.get("DC.date"))
    assert read_edtf(told if "DC.date" in tags else told.replace("/", "-")) == citation.date
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
    assert read(cite(edtf))["date"] == told.get("citation_publication_date", edtf)


def split_author(text):
    """Return the family name and the given one, if any, that Zotero sees in an author.

    https://github.com/zotero/utilities/blob/master/utilities.js, `cleanAuthor`; a comma says
    where a name is parted, else its last space does.
    """
    around = " \u00a0.,/[]:"
    if "," in text:
        family, _, given = text.strip(around).partition(",")
    else:
        given, _, family = text.strip(around).rpartition(" ")
    return (family, given.strip()) if given else (family,)


def test_each_author_has_a_tag_and_an_organisation_is_never_parted(cite):
    authors = (
        Person("a.m.o.o.r."),
        Person("C. D.", "Durand", "Claire"),
        Person("Le Labo & Cie", is_organisation=True),
        Person("DINUM", is_organisation=True),
    )
    found = [value for tag, value in list_tags(cite(authors=authors)) if tag == "citation_author"]

    assert [*map(split_author, found)] == [
        ("a.m.o.o.r",), ("Durand", "Claire"), ("Le Labo & Cie",), ("DINUM",),
    ]  # fmt: skip
