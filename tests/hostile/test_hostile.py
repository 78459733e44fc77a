import fcntl
import json
import os
import re
from dataclasses import dataclass

import pytest

from tests.hostile import unprotected
from tests.hostile.constructs import (
    CONSTRUCTS,
    HARMLESS,
    PLANTED,
    Construct,
)
from tests.hostile.laboratory import build_worlds
from tests.hostile.oracle import Build, Reference, find_effects

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
    "(vérification|lecture|rendu des textes|écriture des pages|recherche|publication)"
    "\xa0: [0-9]+,[0-9]\xa0s"
)
# So many are built by one process: it takes seconds to begin.
BATCH = 250
NOTHING = Construct(name="nothing", kind="", files={}, effective=False)

EFFECTIVE = tuple(each for each in CONSTRUCTS if each.effective)
# What is code on purpose is not taken from strangers: see tests/test_overlay.py.
SENT = tuple(each for each in CONSTRUCTS if not each.is_machine)
BATCHES = {"stock": (*EFFECTIVE, *HARMLESS), "ours": (*SENT, *HARMLESS), "planted": PLANTED}


FAILURE = "failure"


class LaboratoryError(Exception):
    """Nothing can be told of the constructs: the message says why."""


@dataclass(frozen=True)
class Result:
    """What came of a construct."""

    code: int
    said: str
    effects: list[str]


class Laboratory:
    """Builds constructs in batches, each once, whichever process of pytest first asks for it."""

    def __init__(self, folder, data, writers):
        self.folder, self.data, self.writers = folder, data, writers
        self.results = {}

    def try_on(self, kind, construct):
        """Return what came of *construct* in the batches of that *kind*."""
        number = BATCHES[kind].index(construct) // BATCH
        if (kind, number) not in self.results:
            self.results[kind, number] = self._share(kind, number)
        found = self.results[kind, number]
        if FAILURE in found:
            pytest.fail(found[FAILURE])
        return Result(**found[construct.name])

    def _share(self, kind, number):
        self.folder.mkdir(exist_ok=True)
        path = self.folder / f"{kind}-{number}.json"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                constructs = BATCHES[kind][number * BATCH : (number + 1) * BATCH]
                try:
                    found = self._build(kind, constructs, path.with_suffix(""))
                except LaboratoryError as error:
                    found = {FAILURE: str(error)}
                path.write_text(json.dumps(found), encoding="utf-8")
            return json.loads(path.read_text(encoding="utf-8"))

    def _build(self, kind, constructs, folder):
        side = "ours" if kind == "ours" else "stock"
        batch = (NOTHING, self._make_rich(side), *constructs)
        outcomes = build_worlds(side, folder, batch, self.writers[side])
        plain, rich = Build(next(outcomes)), Build(next(outcomes))
        for build in (plain, rich):
            if build.code:
                raise LaboratoryError(f"a harmless archive is not built: {build.said}")
        reference = Reference(plain, rich)
        builds = ((outcome.name, Build(outcome)) for outcome in outcomes)
        return {
            name: {
                "code": build.code,
                "said": build.said,
                "effects": find_effects(build, plain, reference),
            }
            for name, build in builds
        }

    def _make_rich(self, side):
        """Return a post that shows all a post may: so that each kind of page is known."""
        text = (self.data / "evier.md").read_text(encoding="utf-8").replace("evier/", "riche/")
        text = text.replace("author:", "canonical_link: https://exemple.org/\nauthor:", 1)
        files = {
            "docs/posts/2018/riche.md": unprotected.enrich(text) if side == "stock" else text,
            "docs/posts/2018/riche/photo.png": (self.data / "photo.png").read_bytes(),
        }
        return Construct(name="rich", kind="", files=files)


@pytest.fixture(scope="session")
def laboratory(request, tmp_path_factory, root):
    conftest = request.config.pluginmanager.get_plugin(str(root / "tests/conftest.py"))
    writers = {"stock": unprotected.write_docs, "ours": conftest.write_docs}
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return Laboratory(shared / "hostile", root / "tests/data", writers)


def each_of(constructs):
    return pytest.mark.parametrize("construct", constructs, ids=lambda construct: construct.name)


@each_of(EFFECTIVE)
def test_it_works_where_nothing_guards(laboratory, construct):
    result = laboratory.try_on("stock", construct)

    aimed = [each for each in result.effects if each.startswith(construct.kind)]
    assert any(construct.expects in each for each in aimed), (result.effects, result.said)


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
