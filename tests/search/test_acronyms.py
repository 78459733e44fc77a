import pytest

from archivist.search.acronyms import (
    check_synonyms,
    define_acronym,
    find_acronyms,
    read_synonyms,
)
from archivist.search.tokenizer import split_words


@pytest.mark.parametrize(
    ("text", "acronym", "expansion"),
    [
        ("l’Office des Plantes de Balcon (OPB) conseille", "opb", "office des plantes de balcon"),
        ("Le RJP (Réseau des jardins partagés) naît", "rjp", "reseau des jardins partages"),
        ("la Maison de l’Eau et du Sol (MES).", "mes", "maison de l eau et du sol"),
    ],
)
def test_an_acronym_beside_its_words_is_understood(text, acronym, expansion):
    found = [pair for pair in find_acronyms(split_words(text)) if pair[1]]

    assert found == [(acronym, tuple(expansion.split()))]


@pytest.mark.parametrize("text", ["une note (PDF) jointe", "(ABC)", "Un titre (sans sigle)", "A ("])
def test_brackets_that_explain_nothing_give_nothing(text):
    assert [pair for pair in find_acronyms(split_words(text)) if pair[1]] == []


def test_a_glossary_defines_its_acronyms():
    term, definition = split_words("OPB"), split_words("Office des plantes de balcon : un service.")

    assert list(define_acronym(term, definition)) == [
        ("opb", ("office", "des", "plantes", "de", "balcon"))
    ]


def test_a_word_of_a_glossary_is_no_acronym():
    assert list(define_acronym(split_words("Terreau"), split_words("Terre enrichie"))) == []


def test_a_text_of_brackets_is_read_at_once():
    assert [pair for pair in find_acronyms(split_words("(" * 80_000)) if pair[1]] == []


def test_names_on_a_line_mean_the_same_from_each_side():
    text = "# Un commentaire\n\nRH = Ressources humaines\nopen source = logiciel libre\nseul\n = \n"

    assert list(read_synonyms(text)) == [
        (("rh",), ("ressources", "humaines")),
        (("open", "source"), ("logiciel", "libre")),
        (("logiciel", "libre"), ("open", "source")),
    ]


def test_a_line_that_names_one_thing_is_told(tmp_path):
    path = tmp_path / "synonymes.txt"
    path.write_text("# vélo\nvélo\nrh = ressources humaines\nvélo = … = cycle\n", encoding="utf-8")
    said = [str(each) for each in check_synonyms(tmp_path)]

    assert [each.split(":")[1] for each in said] == ["2", "4"]
    assert "écrivez « vélo = bicyclette »" in said[0]
    path.write_bytes(b"rh = \xe9t\xe9\n")
    assert len(list(check_synonyms(tmp_path))) == 1
