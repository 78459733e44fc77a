import pytest

from archivist.formats.citation import Person
from archivist.formats.iso690 import list_pieces
from tests.formats.conftest import each_citation

CLAIRE = Person("Claire Lefèvre", "Lefèvre", "Claire")


def write(citation):
    return "".join(piece.text for piece in list_pieces(citation)).replace("\u202f", " ")


def test_a_reference_reads_as_iso_690_in_french(cite):
    citation = cite("2018-06~", authors=(CLAIRE,), title="Un titre", partial=True)

    assert write(citation) == (
        "LEFÈVRE, Claire. «\u00a0Un titre\u00a0» (extrait). Archives de l’innovation publique"
        " [en ligne], vers juin 2018. Disponible à l’adresse\u00a0:"
        " https://exemple.fr/posts/2018/billet.html"
    )


@pytest.mark.parametrize(
    ("address", "origin", "end"),
    [
        ("", "", "22 juin 2018."),
        ("", "http://b.fr/", "22 juin 2018. Paru d’abord à l’adresse\u00a0: http://b.fr/"),
        ("https://a.fr/", "", "22 juin 2018. Disponible à l’adresse\u00a0: https://a.fr/"),
        (
            "https://a.fr/",
            "http://b.fr/",
            "Disponible à l’adresse\u00a0: https://a.fr/ ; paru d’abord à l’adresse\u00a0: http://b.fr/",
        ),
    ],
)
def test_it_gives_the_addresses_that_are_known(cite, address, origin, end):
    assert write(cite(address=address, origin=origin)).endswith(end)


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ([Person("a.m.o.o.r.")], "a.m.o.o.r. «"),
        ([Person("La 27e Région")], "La 27e Région. «"),
        ([CLAIRE, Person("a.m.o.o.r.")], "LEFÈVRE, Claire et a.m.o.o.r. «"),
        ([CLAIRE, CLAIRE, Person("x")], "LEFÈVRE, Claire, LEFÈVRE, Claire et x. «"),
    ],
)
def test_who_signs_stands_first_as_signed(cite, authors, names):
    assert write(cite(authors=tuple(authors))).startswith(names)


@each_citation
def test_the_title_stands_in_it_letter_for_letter(citation):
    pieces = list_pieces(citation)

    assert [piece.text for piece in pieces if piece.kind == "title"] == [citation.title]
    assert citation.date_words in pieces[-1].text
