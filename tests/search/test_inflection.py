import pytest

from archivist.search.inflection import Dictionary, group_forms, link_derived
from archivist.search.tokenizer import fold


def group(*forms):
    written = {fold(form): form for form in forms}
    return written, group_forms(written, Dictionary())


@pytest.mark.parametrize(
    "forms",
    [
        ("sportif", "sportives"),
        ("créateur", "créatrice"),
        ("travail", "travaux"),
        ("public", "publiques"),
        ("régional", "régionaux", "régionales"),
        ("plantée", "planter", "plantaient"),
        ("œil", "yeux"),
        ("cheval", "chevaux"),
        ("drone", "drones"),
    ],
)
def test_forms_of_one_word_are_together(forms):
    assert len(group(*forms)[1]) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("commune", "communication"),
        ("défi", "définir"),
        ("été", "être"),
        ("procès", "processus"),
        ("logement", "logiciel"),
        ("prix", "pris"),
        ("vie", "via"),
    ],
)
def test_words_that_look_alike_are_apart(one, other):
    written, groups = group(one, other)

    assert len(groups) == 2
    assert link_derived(groups, written, Dictionary()) == []


@pytest.mark.parametrize(
    ("verb", "noun"),
    [
        ("expérimentent", "expérimentations"),
        ("déclarer", "déclaration"),
        ("financer", "financement"),
        ("jardiner", "jardinage"),
    ],
)
def test_a_verb_and_its_noun_are_linked(verb, noun):
    written, groups = group(verb, noun)

    assert link_derived(groups, written, Dictionary()) == [{0, 1}]


def test_link_words_have_no_forms():
    assert all(len(forms) == 1 for forms in group("est", "sont", "les", "la", "été")[1])
