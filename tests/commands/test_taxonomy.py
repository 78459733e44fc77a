"""`archivist tags`: what there is, and what might be tidied."""

import pytest

from archivist.commands.tags import describe_labels
from archivist.posts.archive import read_archive


@pytest.fixture
def describe(make_docs, make_post):
    """Return a function from the tags of some posts to the lines about them."""

    def run(*tags):
        files = {f"2018/billet-{at}.md": make_post(tags=each) for at, each in enumerate(tags)}
        return list(describe_labels(read_archive(make_docs(files))))

    return run


def test_labels_are_counted_the_commonest_first(describe):
    lines = describe("[MOOC, CNFPT]", "[CNFPT]", "[CNFPT, MOOC]")

    assert lines == [
        "Catégories (3)",
        "     3  Innovation publique",
        "     0  Emploi, formation",
        "     0  Œuvre commune",
        "Étiquettes (2)",
        "     3  CNFPT",
        "     2  MOOC",
    ]


def test_near_labels_are_shown_with_the_commoner_to_keep(describe):
    lines = describe("[université d’été]", "[université d’été]", "[universités d’été]")

    assert "        universités d’été  →  université d’été ?" in lines


def test_labels_used_once_are_listed(describe):
    lines = describe("[Zèbre, CNFPT]", "[CNFPT]")

    assert lines[-2:] == ["Employées une seule fois (1)", "        Zèbre"]
