"""What a writer or a maintainer may use is told where they look for it."""

import re
import subprocess

import pytest

from archivist.checks.exceptions import EXCUSABLE
from archivist.checks.run import RULES
from archivist.posts.fields import FIELDS
from archivist.syntax.allowed import DIRECTIVES, ROLES


@pytest.fixture
def targets(root):
    text = (root / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def test_make_help_tells_every_target(root, targets):
    told = subprocess.run(
        ["make", "-s", "help"], cwd=root, capture_output=True, text=True, check=True
    ).stdout

    assert {line.split()[0] for line in told.splitlines() if line.startswith("  ")} == targets


@pytest.fixture
def written(root):
    """Return what writers are told of the text of a post."""
    return (root / "docs/ecrire-un-billet.md").read_text(encoding="utf-8")


def test_writers_find_the_guides_where_they_begin(root):
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")

    for name in ("ecrire-un-billet.md", "verifications.md", "tenir-l-archive.md"):
        assert f"]({name})" in text
        assert (root / "docs" / name).exists()


def test_every_header_key_is_explained_to_writers(written):
    assert sorted(key for key in FIELDS if f"`{key}`" not in written) == []


def test_the_ci_runs_the_test_command_of_the_readme(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    commands = [
        line
        for line in (root / ".ci/run").read_text(encoding="utf-8").splitlines()
        if line.startswith("make ")
    ]

    assert commands == ["make test"]
    assert "make test" in readme


def test_the_locked_versions_name_no_registry(root):
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()

    assert all(re.fullmatch(r"(?:#.*|[A-Za-z0-9_.-]+==[^\s@:/]+(?: ;.*)?)", line) for line in lines)


def test_every_rule_is_explained_to_writers(root):
    text = (root / "docs/verifications.md").read_text(encoding="utf-8")
    told = re.findall(r"^- \*\*.*\(`(\w+)`\)$", text, re.MULTILINE)

    names = [rule.__name__.removeprefix("check_") for rule in RULES]
    assert sorted(told) == sorted(names)


def test_every_block_and_role_is_explained_to_writers(written):
    blocks = (
        "note",
        "tip",
        "important",
        "warning",
        "seealso",
        "admonition",
        "update",
        "erratum",
        "outdated",
        "figure",
    )

    assert set(blocks) <= DIRECTIVES.keys()
    assert [name for name in (*blocks, *ROLES) if name not in written] == []


def test_every_rule_with_exceptions_is_explained_to_maintainers(root):
    text = (root / "docs/exceptions.txt").read_text(encoding="utf-8").replace("\n# ", " ")

    names = {rule.__name__.removeprefix("check_") for rule in RULES}
    assert names >= EXCUSABLE
    assert sorted(rule for rule in EXCUSABLE if f"{rule} (" not in text) == []
