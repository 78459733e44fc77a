"""The house is as ARCHITECTURE.md says: small rooms, arrows that go down, names with one meaning."""

import ast
import re
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

import archivist

PACKAGE = Path(archivist.__file__).parent
ROOT = PACKAGE.parent
MOST_MODULES = 14
LONGEST_MODULE = 300
# From the bottom up; a module of the first line is a room of its own.
ROOMS = (
    "errors", "files", "printing", "problems", "progress", "drawing", "reports", "french", "keys", "git", "settings",
    "dates", "syntax", "addresses", "markdown", "pictures", "comments", "posts", "words", "checks", "formats", "search",
    "links", "site", "build", "wordpress", "moving", "mends", "blogs", "commands", "__main__",
)  # fmt: skip
ROOMS_OF_SITE = (
    "settings", "furo", "plan", "domain", "needs", "text", "site", "files", "hosts", "lists", "pages", "folder", "contents",
    "sphinx", "book", "offline", "deposit",
)  # fmt: skip
# Modules that are longer, each with its reason in ARCHITECTURE.md.
LONG = frozenset()


def name_module(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {name_module(path): path for path in sorted(PACKAGE.rglob("*.py"))}
MODULES = {name: path for name, path in SOURCES.items() if path.name != "__init__.py"}


def list_imports(name):
    """Return the modules of ours that *name* imports, those for types included."""
    found = set()
    for node in ast.walk(ast.parse(SOURCES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("archivist"):
            found |= {
                inner if (inner := f"{node.module}.{each.name}") in SOURCES else node.module
                for each in node.names
            }
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names if each.name in SOURCES}
    return found - {"archivist", name}


def rank(name):
    parts = name.split(".")[1:]
    if parts[0] == "site" and len(parts) > 1:
        return ROOMS.index("site"), ROOMS_OF_SITE.index(parts[1])
    return ROOMS.index(parts[0]), 0


def find_circle(graph):
    """Return modules that import one another in a circle, if there are any."""
    done, path = set(), []

    def visit(name):
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        path.append(name)
        circle = next(filter(None, map(visit, sorted(graph[name]))), [])
        path.pop()
        done.add(name)
        return circle

    return next(filter(None, map(visit, sorted(graph))), [])


def test_a_room_holds_at_most_fourteen_modules():
    rooms = Counter(path.parent.relative_to(ROOT).as_posix() for path in MODULES.values())

    assert {room: count for room, count in rooms.items() if count > MOST_MODULES} == {}


def test_no_folder_of_tests_is_passed_over(pytestconfig):
    folders = [path.name for path in Path(__file__).parent.rglob("*") if path.is_dir()]
    passed_over = pytestconfig.getini("norecursedirs")

    assert [name for name in folders if any(fnmatch(name, each) for each in passed_over)] == []


def test_a_module_is_short_or_says_why():
    long = {
        name
        for name, path in MODULES.items()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE
    }

    assert long == LONG


def test_every_room_has_its_place():
    tops = {name.split(".")[1] for name in MODULES}
    inner = {name.split(".")[2] for name in MODULES if name.startswith("archivist.site.")}

    assert (tops - set(ROOMS), inner - set(ROOMS_OF_SITE)) == (set(), set())


@pytest.mark.parametrize("name", MODULES)
def test_no_import_runs_upwards(name):
    upwards = [each for each in list_imports(name) if rank(each) > rank(name)]

    assert upwards == []


def test_no_import_runs_in_a_circle():
    graph = {name: list_imports(name) for name in SOURCES}

    assert find_circle(graph) == []
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


def test_a_public_class_has_a_name_of_its_own():
    names = Counter(
        node.name
        for path in MODULES.values()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )

    assert [name for name, uses in names.items() if uses > 1] == []


def expand(name):
    """Yield the names that `a/{b,c}.py` stands for."""
    found = re.search(r"\{([^{}]*)\}", name)
    if not found:
        yield name
        return
    for part in found[1].split(","):
        yield from expand(name[: found.start()] + part.strip() + name[found.end() :])


@pytest.fixture(scope="module")
def told():
    """Return the modules that ARCHITECTURE.md names, as often as it lists them."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+\.py)` \|", text, re.MULTILINE)
    return [name for row in rows for name in expand(row)]


def test_architecture_lists_each_module_once_and_none_that_is_gone(told):
    there = [path.relative_to(PACKAGE).as_posix() for path in MODULES.values()]

    assert sorted(told) == sorted(there)


def test_each_path_that_architecture_names_is_there():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:archivist|docs|tests|bench|\.github)/[^`\s]+)`", text)

    gone = [
        name
        for each in named
        for name in expand(each)
        if "<" not in name and not list(ROOT.glob(name.rstrip("/")))
    ]
    assert gone == []


def list_named_paths(text):
    """Yield the files that docstrings and comments name, from the root or as modules."""
    yield from re.findall(r"(?<![\w/.])(?:archivist|docs|tests|bench)/[\w/.-]*\w", text)
    yield from re.findall(r"\barchivist(?:\.[a-z_0-9]+)+", text)


def is_there(name):
    if "/" in name:
        return "posts/20" in name or (ROOT / name).exists() or bool(list(ROOT.glob(f"{name}*")))
    # A module, or what one defines: archivist.posts.archive.read_archive
    parent, _, last = name.rpartition(".")
    source = SOURCES.get(parent)
    defined = source and re.search(
        rf"^(?:def|class) {last}\b|^{last}\b", source.read_text(encoding="utf-8"), re.MULTILINE
    )
    return name in SOURCES or bool(defined)


@pytest.mark.parametrize(
    "path",
    [
        *MODULES.values(),
        *(ROOT / "docs/_static").rglob("*.js"),
        *(ROOT / "docs/_static").glob("*.css"),
        ROOT / "docs/conf.py",
        ROOT / "pyproject.toml",
    ],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_each_path_in_a_docstring_or_comment_is_there(path):
    text = path.read_text(encoding="utf-8")

    assert [name for name in list_named_paths(text) if not is_there(name)] == []


def test_a_path_that_is_gone_is_seen():
    assert not is_there("tests/site/test_parsing.py")
    assert not is_there("archivist.site.nothing")
    assert is_there("archivist.site.sphinx.posts")
