"""What pybtex, a BibTeX reader of others' making, finds in our entries."""

import re

import pytest
from pybtex.database import parse_string

from archivist.dates.edtf import read_edtf
from archivist.formats.bibtex import write_bibtex
from archivist.formats.citation import Person, make_key, to_plain
from tests.formats.conftest import each_citation, plain_names

# How LaTeX prints what stands for its own signs: https://ctan.org/pkg/symbols-a4
MACROS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
}
# What biblatex takes as it stands.
VERBATIM = {"url", "date"}
_PRINTED = re.compile(r"\{\\(?P<macro>[a-z]+)\}|\\(?P<sign>[%&$#_])|(?P<other>[^{}\\])|[{}]|\\")


def typeset(value):
    """Return what LaTeX prints of a field; a backslash that is none of ours is an error."""
    found = list(_PRINTED.finditer(value))
    assert "\\" not in [match[0] for match in found], value
    assert value.count("{") == value.count("}")
    assert not re.search(r"(?<!\\)[%&$#_~^]", value), value
    assert not re.search(r"--|``|''|,,|<<|>>|[?!]`", value), value
    return "".join(
        MACROS[match["macro"]] if match["macro"] else match["sign"] or match["other"] or ""
        for match in found
    )


def read(text):
    return parse_string(text, "bibtex").entries


def read_person(person):
    family = typeset(" ".join(person.prelast_names + person.last_names))
    given = typeset(" ".join(person.first_names + person.middle_names))
    return (family, given) if given else (family,)


@each_citation
def test_any_post_comes_back_the_same(citation):
    (entry,) = read(write_bibtex(citation)).values()

    fields = {name: typeset(value) for name, value in entry.fields.items() if name not in VERBATIM}
    assert (entry.type, entry.key) == ("online", citation.key)
    assert [read_person(person) for person in entry.persons["author"]] == plain_names(citation)
    assert fields["title"] == to_plain(citation.title)
    assert fields["organization"] == to_plain(citation.container)
    assert fields.get("keywords", "") == ", ".join(citation.keywords)
    assert fields.get("note", "") == to_plain(citation.note)
    assert entry.fields.get("url", "") == re.sub(
        r"[{}]", lambda sign: f"%{ord(sign[0]):X}", citation.url
    )


@each_citation
def test_a_date_comes_back_as_uncertain_as_it_is(citation):
    (entry,) = read(write_bibtex(citation)).values()

    raw = re.search(r"date = \{(.*)\}", write_bibtex(citation))[1]
    assert read_edtf(raw) == citation.date
    assert entry.fields["date"] == raw
    assert not {"year", "month", "day"} & set(entry.fields.keys())


def test_entries_in_one_file_are_told_apart(cite):
    found = [cite(key=f"billet-{year}", title=f"Du }} {year}") for year in (2018, 2017, 2019)]

    assert list(read("\n".join(map(write_bibtex, found)))) == [
        "billet-2018",
        "billet-2017",
        "billet-2019",
    ]


def test_capitals_and_pseudonyms_are_kept_from_styles(cite):
    text = write_bibtex(cite(title="Le CNFPT à l’œuvre", authors=(Person("La 27e Région"),)))

    assert "title = {{Le CNFPT à l’œuvre}}" in text
    assert "author = {{La 27e Région}}" in text


@pytest.mark.parametrize(("code", "name"), [("fr", "french"), ("en-GB", "english"), ("br", None)])
def test_the_language_is_named_as_babel_does(cite, code, name):
    (entry,) = read(write_bibtex(cite(language=code))).values()

    assert entry.fields.get("langid") == name


def test_two_posts_of_one_name_have_two_keys():
    names = ["posts/2017/bilan", "posts/2018/bilan", "posts/2017/bilan-2018"]

    assert [make_key(name) for name in names] == ["bilan-2017", "bilan-2018", "bilan-2018-2017"]
