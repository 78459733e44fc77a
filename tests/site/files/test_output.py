"""A second sphinx-build into the same folder shows what a first one into an empty one would."""

from pathlib import Path

import pytest

from tests.conftest import STANDING

HOME = "# Accueil\n\n```{toctree}\n:hidden:\n\nglossaire\ncontribuer\naccessibilite\n```\n"
DOCS = Path(__file__).parents[3] / "docs"
PNG = (Path(__file__).parents[2] / "data/photo.png").read_bytes()

# Files of the maintainer, as they are before an edit.
FILES = {
    f"/{name}": STANDING[name]
    for name in ("authors.yml", "categories.yml", "index.md", "redirects.txt")
} | {"/a-propos.md": (DOCS / "a-propos.md").read_text(encoding="utf-8")}


@pytest.fixture
def rebuild(make_docs, run_sphinx, tmp_path):
    """Return a function from changes to the site, built again over the last, and anew."""

    def run(files, output="out"):
        docs = make_docs(files)
        result = run_sphinx(docs, tmp_path / output, "-q", "-W")
        assert result.returncode == 0, result.stderr
        return tmp_path / output

    return run


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and ".doctrees" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def first(make_post):
    return {
        "2017/un.md": make_post(title="Un", date="2017-01-01", tags="CNFPT", redirect="/vieux/"),
        "2018/deux.md": make_post(title="Deux", tags="Été"),
    }


def edits(make_post):
    return {
        "nothing": {},
        "a new post": {"2019/trois.md": make_post(title="Trois", date="2019-01-01", tags="Neuf")},
        "a new title": {
            "2017/un.md": make_post(title="Autrement", date="2017-01-01", tags="CNFPT")
        },
        "a new tag": {"2018/deux.md": make_post(title="Deux", tags="Autre")},
        "a new date": {"2018/deux.md": make_post(title="Deux", tags="Été", date="2018-02-03")},
        "a post gone": {"2018/deux.md": None},
        "a post moved": {
            "2018/deux.md": None,
            "2016/deux.md": make_post(title="Deux", tags="Été", date="2016-06-22"),
        },
        "a post withdrawn": {"2018/deux.md": make_post(title="Deux", tags="Été", draft="true")},
        "an author renamed": {"/authors.yml": "amoor:\n  name: Autrement\n"},
        "a category described": {
            "/categories.yml": "Innovation publique:\n  description: Autre.\n"
        },
        "an image": {
            "2018/deux.md": make_post(title="Deux", body="![x](deux/photo.png)"),
            "2018/deux/photo.png": PNG,
        },
        "a page gone": {"/a-propos.md": None, "/index.md": HOME},
        "an old address": {"/redirects.txt": "/ancien/ a-propos\n"},
    }


def test_an_incremental_build_equals_a_clean_one(rebuild, first, make_post):
    there = FILES | first
    rebuild(there)

    different = set()
    for edit, changes in edits(make_post).items():
        # From one edit to the next, so that each build undoes the one and does the other.
        wanted = {k: v for k, v in (FILES | first | changes).items() if v is not None}
        again = contents(rebuild(dict.fromkeys(there.keys() - wanted.keys()) | wanted))
        there = wanted
        clean = contents(rebuild({}, output=f"clean after {edit}"))
        both = again.keys() | clean.keys()
        different |= {(edit, name) for name in both if again.get(name) != clean.get(name)}
    assert different == set()


def test_files_of_others_in_the_output_are_left_alone(rebuild, first):
    output = rebuild(first)
    (output / "google123.html").write_text("à moi", encoding="utf-8")

    rebuild({"2018/deux.md": None})

    assert (output / "google123.html").exists()
