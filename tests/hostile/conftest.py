"""Constructs built in batches, each once, and what came of each."""

import fcntl
import json
import os
from dataclasses import dataclass

import pytest

from tests.hostile import unprotected
from tests.hostile.constructs import CONSTRUCTS, HARMLESS, PLANTED, Construct
from tests.hostile.laboratory import build_worlds
from tests.hostile.oracle import Build, Reference, find_effects

# So many are built by one process: it takes seconds to begin.
BATCH = 125
NOTHING = Construct(name="nothing", kind="", files={}, effective=False)

EFFECTIVE = tuple(each for each in CONSTRUCTS if each.effective)
# What is code on purpose is not taken from strangers: see tests/test_overlay.py.
SENT = tuple(each for each in CONSTRUCTS if not each.is_machine)
BATCHES = {
    # Seen to work where nothing guards, by `make soak`.
    "effective": EFFECTIVE,
    "stock": HARMLESS,
    "ours": (*SENT, *HARMLESS),
    "planted": PLANTED,
}


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
        # Who would wait for another process builds what will be asked for next.
        while not self._claim(kind, number, wait=False) and self._build_ahead(kind):
            pass
        self._claim(kind, number, wait=True)
        return json.loads(self._path(kind, number).read_text(encoding="utf-8"))

    def _path(self, kind, number):
        return self.folder / f"{kind}-{number}.json"

    def _build_ahead(self, kind):
        """Build one batch that nobody is at; tell whether there was one."""
        numbers = range(-(-len(BATCHES[kind]) // BATCH))
        left = [number for number in numbers if not self._path(kind, number).exists()]
        return any(self._claim(kind, number, wait=False) for number in left)

    def _claim(self, kind, number, *, wait):
        """Have the batch built unless it is; tell whether it is there, which it is after a *wait*."""
        path = self._path(kind, number)
        with path.with_suffix(".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                return False
            if not path.exists():
                constructs = BATCHES[kind][number * BATCH : (number + 1) * BATCH]
                try:
                    found = self._build(kind, constructs, path.with_suffix(""))
                except LaboratoryError as error:
                    found = {FAILURE: str(error)}
                path.write_text(json.dumps(found), encoding="utf-8")
            return True

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
