"""Nothing a contributor sends takes more than a second, or 300 MB, to be refused; nor long to build."""

from operator import attrgetter

import pytest

from tests.conftest import write_docs
from tests.hostile.heavy import FAMILIES, find_slow
from tests.hostile.pathological import INPUTS, MEGABYTES, open_bench

REFUSED = [given for given in INPUTS if not given.accepted]
ACCEPTED = [given for given in INPUTS if given.accepted]


@pytest.fixture(scope="session")
def measure(tmp_path_factory):
    """Return a function from an input to what refusing it took; a second of processor at most."""
    docs = write_docs(tmp_path_factory.mktemp("pathological"), {})
    with open_bench(docs) as measure:
        yield measure


@pytest.mark.parametrize("given", REFUSED, ids=attrgetter("name"))
def test_what_is_made_to_exhaust_the_checks_is_refused_before_it_does(given, measure):
    result = measure(given)

    assert result.refused, result
    assert result.megabytes < MEGABYTES, result


@pytest.mark.parametrize("given", ACCEPTED, ids=attrgetter("name"))
def test_what_only_looks_heavy_is_accepted(given, measure):
    result = measure(given)

    assert (result.code, result.first) == (0, "")
    assert result.megabytes < MEGABYTES, result


def test_what_is_accepted_is_built_in_ten_times_what_a_usual_text_takes():
    assert find_slow(FAMILIES) == {}
