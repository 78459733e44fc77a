import re

import pytest

from tests.hostile.conftest import SENT, each_of
from tests.hostile.constructs import CONSTRUCTS, HARMLESS, PLANTED

# A line of ours to a writer.
MESSAGE = re.compile(r"docs/.+:[0-9]+: \S.*")
# What a build says that goes well.
SUMMARY = re.compile(
    r"[0-9]+ billets?, [0-9]+ pages dans .+"
    r"|[0-9]+ pages écrites, 0 inchangées, aucun avertissement"
    r"|sans l’adresse du site \(html_baseurl\) : .+"
    r"|[0-9,]+\xa0s\xa0: vérification .+"
)
# What it says at the end of each stage, if all takes more than two seconds.
STAGE = re.compile(
    "(vérification|lecture|rendu des textes|écriture des pages|images|recherche|publication)"
    "\xa0: [0-9]+,[0-9]\xa0s"
)


@each_of(SENT)
def test_it_does_nothing_here(laboratory, construct):
    result = laboratory.try_on("ours", construct)

    assert result.effects == []


@each_of(SENT)
def test_it_is_refused_with_its_place_or_harmless(laboratory, construct):
    result = laboratory.try_on("ours", construct)

    lines = [line for line in result.said.splitlines() if not STAGE.fullmatch(line)]
    if result.code == 0:
        assert [line for line in lines if not SUMMARY.fullmatch(line)] == []
        assert len(lines) == 4
    else:
        assert result.code == 1
        assert lines != []
        assert [line for line in lines if not MESSAGE.fullmatch(line)] == []


@pytest.mark.parametrize("kind", ["stock", "ours"])
@each_of(HARMLESS)
def test_the_oracle_is_silent_about_a_harmless_post(laboratory, construct, kind):
    result = laboratory.try_on(kind, construct)

    assert (result.code, result.effects) == (0, []), result.said


@each_of(PLANTED)
def test_the_watch_sees_what_is_planted(laboratory, construct):
    result = laboratory.try_on("planted", construct)

    assert any(construct.expects in each for each in result.effects), (result.effects, result.said)


def test_all_that_was_measured_is_tried():
    measured = {"A": 32, "B": 15, "C": 11, "D": 9, "E": 37}
    names = [
        f"{kind}{number:02}" for kind, last in measured.items() for number in range(1, last + 1)
    ]

    assert sorted(each.known for each in CONSTRUCTS if each.known) == names


def test_no_two_constructs_have_one_name():
    names = [each.name for each in (*CONSTRUCTS, *HARMLESS, *PLANTED)]

    assert len(names) == len(set(names))
