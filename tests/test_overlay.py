"""What of a proposal enters the work tree where its preview is built."""

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from archivist.build.build import build_site
from archivist.errors import ArchiveError
from tests.conftest import STANDING

SCRIPT = Path(__file__).parent.parent / ".github/lay_posts_over.py"
POSTS = "docs/posts/2018"
FILE, PROGRAM, LINK, SUBMODULE = "100644", "100755", "120000", "160000"
BASE = {
    "Makefile": b"html:\n",
    "docs/conf.py": b"language = 'fr'\n",
    f"{POSTS}/billet.md": b"# Billet\n",
    f"{POSTS}/ancien.md": b"# Ancien\n",
    f"{POSTS}/retire.md": b"# Retire\n",
}


@dataclass(frozen=True)
class Repository:
    """A checkout of the base, and a proposal that is never checked out."""

    folder: Path

    def git(self, *arguments, said=b"", **environment):
        """Return what git answers, without the end of line."""
        environment = {**os.environ, **environment}
        command = ["git", "-C", self.folder, *arguments]
        result = subprocess.run(
            command, input=said, env=environment, check=True, capture_output=True
        )
        return result.stdout.decode().strip()

    def store(self, data):
        """Return the name under which git keeps *data*."""
        return self.git("hash-object", "-w", "--stdin", said=data)

    def commit(self, files):
        """Write *files* and commit all there is."""
        for name, data in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.git("add", "--all")
        self.git("commit", "--message", "base")

    def propose(self, files):
        """Propose *files* over the base: bytes, a mode and a name of git, or None for none."""
        lines = []
        for name, content in files.items():
            kept = (FILE, self.store(content)) if isinstance(content, bytes) else content
            mode, blob = kept or ("0", "0" * 40)
            lines.append(f"{mode} {blob}\t{name}\0".encode())
        index = {"GIT_INDEX_FILE": str(self.folder / ".git/proposal")}
        self.git("read-tree", "main", **index)
        self.git("update-index", "-z", "--index-info", said=b"".join(lines), **index)
        self.propose_tree(self.git("write-tree", **index))

    def propose_tree(self, tree):
        """Propose the tree of that name over the base."""
        commit = self.git("commit-tree", "-p", "main", "-m", "proposal", tree)
        self.git("update-ref", "refs/heads/proposal", commit)

    def store_tree(self, entries):
        """Return the name of a tree of modes, raw names and names of git, however wrong."""
        data = b"".join(
            mode.encode() + b" " + name + b"\0" + bytes.fromhex(kept)
            for mode, name, kept in entries
        )
        return self.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", said=data)

    def propose_posts(self, entries):
        """Propose a folder of posts as `store_tree` takes it."""
        docs = self.store_tree([("40000", b"posts", self.store_tree(entries))])
        self.propose_tree(self.store_tree([("40000", b"docs", docs)]))

    def lay_over(self):
        """Run the script as the workflow does; return the exit code and the lines it prints."""
        result = subprocess.run(
            [sys.executable, SCRIPT, "main", "proposal"],
            cwd=self.folder,
            capture_output=True,
            check=False,
        )
        assert result.stderr == b""
        return result.returncode, result.stdout.decode().splitlines()

    def files(self):
        """Return the bytes of all files of the work tree, links never followed."""
        paths = [path for path in self.folder.rglob("*") if path.is_symlink() or path.is_file()]
        assert not any(path.is_symlink() for path in paths)
        names = {path.relative_to(self.folder).as_posix(): path for path in paths}
        return {
            name: path.read_bytes() for name, path in names.items() if not name.startswith(".git/")
        }


@pytest.fixture
def make_repository(tmp_path, monkeypatch):
    """Return a function from files to a repository whose base they are."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Camille")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "camille@exemple.fr")

    def make(files):
        repository = Repository(tmp_path / "depot")
        repository.folder.mkdir()
        repository.git("init", "--quiet", "--initial-branch", "main")
        repository.commit(files)
        return repository

    return make


@pytest.fixture
def repository(make_repository):
    return make_repository(BASE)


def ignored(name):
    return (
        f"::notice file={name}::ce fichier n’est pas pris en compte dans l’aperçu : "
        "seuls le sont ceux de docs/posts/, docs/authors.yml, docs/blogs.yml et docs/categories.yml."
    )


def test_posts_become_those_of_the_proposal(repository):
    (repository.folder / POSTS / "oublie.md").write_bytes(b"Hors de git.\n")
    posts = {
        f"{POSTS}/billet.md": b"# Mieux\n",
        "docs/posts/2017/nouveau.md": b"# Nouveau\n",
        f"{POSTS}/renomme.md": BASE[f"{POSTS}/ancien.md"],
        f"{POSTS}/billet/photo.jpg": b"\xff\xd8\0\r\n",
    }
    repository.propose({**posts, f"{POSTS}/ancien.md": None, f"{POSTS}/retire.md": None})

    assert repository.lay_over() == (0, [])
    kept = {name: data for name, data in BASE.items() if not name.startswith("docs/posts/")}
    assert repository.files() == kept | posts


def test_nothing_else_of_the_proposal_enters_and_each_file_is_told(repository):
    outside = {
        ".gitattributes": b"* text=auto\n",
        ".github/workflows/check.yml": b"on: push\n",
        "Makefile": b"html:\n\ttouch canari\n",
        "docs/_templates/x.html": b"x",
        "docs/conf.py": b"1/0\n",
        "docs/docutils.conf": b"[general]\n",
        "docs/posts.py": b"1/0\n",
    }
    inside = {
        "docs/posts/conf.py": b"1/0\n",
        "docs/posts/docutils.conf": b"[general]\n",
        f"{POSTS}/x.py": b"1/0\n",
    }
    repository.propose(outside | inside)

    assert repository.lay_over() == (0, [ignored(name) for name in outside])
    assert repository.files() == BASE | inside


REGISTERS = {
    "docs/authors.yml": b"amoor:\n",
    "docs/blogs.yml": b"exemple:\n",
    "docs/categories.yml": b"Innovation:\n",
}


def test_who_signs_and_the_categories_are_those_of_the_proposal(repository):
    repository.commit(REGISTERS)
    authors = b"amoor:\njeanne: {name: Jeanne Martin}\n"
    repository.propose({"docs/authors.yml": authors})

    assert repository.lay_over() == (0, [])
    assert repository.files() == BASE | REGISTERS | {"docs/authors.yml": authors}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ((LINK, b"/etc/passwd"), "c’est un lien vers un autre fichier"),
        (b"x" * 1_000_001, "ce fichier pèse 1.0 Mo : 1 Mo au plus."),
    ],
)
def test_who_signs_is_a_small_plain_file_or_stays_as_it_was(repository, content, told):
    repository.commit(REGISTERS)
    if isinstance(content, tuple):
        content = content[0], repository.store(content[1])
    repository.propose({"docs/authors.yml": content})

    code, (line,) = repository.lay_over()
    assert (code, told in line) == (1, True)
    assert repository.files() == BASE | REGISTERS


def test_a_proposal_without_registers_leaves_those_of_the_base(repository):
    repository.commit(REGISTERS)
    repository.propose(dict.fromkeys(REGISTERS))

    assert repository.lay_over() == (0, [ignored(name) for name in REGISTERS])
    assert repository.files() == BASE | REGISTERS


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("docs/_posts/x.md", b"---\ndate: 2026-11-20\n---\n", "docs/posts/2026/"),
        ("posts/2026/x.md", b"---\ntitle: X\nauthor: jeanne\n---\n", "docs/posts/2026/"),
        ("docs/2026/x.md", b"---\nauthor: jeanne\n---\n", "docs/posts/2026/"),
        ("_posts/2026-11-20-x.md", b"---\r\nlayout: post\r\n---\r\n", "docs/posts/2026/"),
        ("-x.md", b"+++\ndate = 20/11/2026\n+++\n", "docs/posts/2026/"),
        ("content/x.md", b"---\nauthor: jeanne\n---\n", "docs/posts/<année>/"),
    ],
)
def test_a_post_in_the_wrong_place_is_a_mistake_that_says_where_it_goes(
    repository, name, text, place
):
    repository.propose({name: text, ".github/ISSUE_TEMPLATE/x.md": b"---\ntitle: x\n---\n"})

    assert repository.lay_over() == (
        1,
        [
            ignored(".github/ISSUE_TEMPLATE/x.md"),
            f"::error file={name}::ce billet n’est pas à sa place : rangez-le dans {place}, ou il ne paraîtra pas.",
        ],
    )
    assert repository.files() == BASE


def test_what_the_base_changed_since_is_no_part_of_the_proposal(repository):
    repository.propose({f"{POSTS}/nouveau.md": b"# Nouveau\n"})
    repository.commit({"docs/conf.py": b"language = 'en'\n"})

    assert repository.lay_over() == (0, [])


def test_no_filter_hook_or_attribute_has_a_say(repository):
    canary = repository.folder.parent / "canari"
    repository.git("config", "filter.x.smudge", f"touch '{canary}'; cat")
    repository.git("config", "filter.x.required", "true")
    repository.git("config", "diff.x.textconv", f"touch '{canary}'; cat")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        path = repository.folder / ".git/hooks" / hook
        path.write_text(f"#!/bin/sh\ntouch '{canary}'\n", encoding="utf-8")
        path.chmod(0o755)
    attributes = b"*.md filter=x diff=x ident text eol=crlf working-tree-encoding=UTF-16\n"
    posts = {
        "docs/posts/.gitattributes": attributes,
        f"{POSTS}/billet.md": b"# $Id$\nDeux\r\nlignes\n",
    }
    repository.propose({**posts, ".gitattributes": attributes})
    canary.unlink(missing_ok=True)

    code, _ = repository.lay_over()

    assert code == 0
    assert not canary.exists()
    assert posts.items() <= repository.files().items()


@pytest.mark.parametrize(
    ("mode", "message"),
    [
        (LINK, "c’est un lien vers un autre fichier : mettez ici le fichier lui-même."),
        (SUBMODULE, "c’est un lien vers un autre dépôt : mettez ici les fichiers eux-mêmes."),
    ],
)
def test_a_link_is_refused_and_the_other_posts_are_laid(repository, mode, message):
    kept = (
        repository.store(b"../../../Makefile")
        if mode == LINK
        else repository.git("rev-parse", "main")
    )
    repository.propose({f"{POSTS}/a.md": (mode, kept), f"{POSTS}/b.md": b"# B\n"})

    assert repository.lay_over() == (1, [f"::error file={POSTS}/a.md::{message}"])
    assert repository.files() == BASE | {f"{POSTS}/b.md": b"# B\n"}


def test_a_folder_of_posts_that_is_a_link_is_refused(repository):
    gone = {name: None for name in BASE if name.startswith("docs/posts/")}
    repository.propose({**gone, "docs/posts": (LINK, repository.store(b"../.github"))})

    code, lines = repository.lay_over()

    assert code == 1
    assert [line.partition("::c’est")[0] for line in lines] == ["::error file=docs/posts"]
    assert repository.files() == {name: BASE[name] for name in BASE.keys() - gone.keys()}


@pytest.mark.parametrize("part", [b"..", b".git", b".GIT", b".", b"a/../../.."])
def test_a_name_that_leads_elsewhere_is_refused(repository, part):
    kept = repository.store(b"1/0\n")
    folder = repository.store_tree([(FILE, b"conf.py", kept)])
    repository.propose_posts([("40000", part, folder), (FILE, b"billet.md", kept)])

    code, lines = repository.lay_over()

    path = f"docs/posts/{part.decode()}/conf.py"
    message = "ce nom ne peut pas être celui d’un fichier de docs/posts/ : changez-le."
    assert code == 1
    assert f"::error file={path}::{message}" in lines
    outside = {name: data for name, data in BASE.items() if not name.startswith("docs/posts/")}
    assert repository.files() == outside | {"docs/posts/billet.md": b"1/0\n"}


def test_a_name_that_is_no_utf_8_is_refused(repository):
    repository.propose_posts([(FILE, b"\xe9t\xe9.md", repository.store(b"# E\n"))])

    code, lines = repository.lay_over()

    assert code == 1
    assert r"::error file=docs/posts/\udce9t\udce9.md::ce nom ne peut pas" in lines[-1]


def test_a_name_that_comes_twice_is_laid_once(repository):
    first, second = repository.store(b"# Un\n"), repository.store(b"# Deux\n")
    repository.propose_posts([(FILE, b"a.md", first), (FILE, b"a.md", second)])

    code, lines = repository.lay_over()

    assert code == 1
    assert "::error file=docs/posts/a.md::impossible d’écrire ce fichier" in lines[-1]
    assert repository.files()["docs/posts/a.md"] == b"# Un\n"


def test_a_strange_name_is_kept_and_told_on_one_line(repository):
    name = f'{POSTS}/l’été : « 100 % », "ici"\r\n::error::là.md'
    link = f"{name}.link"
    repository.propose({name: b"# A\n", link: (LINK, repository.store(b"a"))})

    code, lines = repository.lay_over()

    shown = f'{POSTS}/l’été %3A « 100 %25 »%2C "ici"%0D%0A%3A%3Aerror%3A%3Alà.md.link'
    assert code == 1
    assert [line.partition("::c’est")[0] for line in lines] == [f"::error file={shown}"]
    assert repository.files() == BASE | {name: b"# A\n"}


def test_a_program_is_laid_as_a_plain_file(repository):
    repository.propose({f"{POSTS}/a.md": (PROGRAM, repository.store(b"#!/bin/sh\n"))})

    repository.lay_over()

    assert stat.S_IMODE((repository.folder / POSTS / "a.md").stat().st_mode) == 0o644


def test_a_file_that_is_too_large_is_refused(repository):
    repository.propose({f"{POSTS}/a.jpg": bytes(20_500_000), f"{POSTS}/b.jpg": bytes(20_000_000)})

    assert repository.lay_over() == (
        1,
        [f"::error file={POSTS}/a.jpg::ce fichier pèse 20.5 Mo : 20 Mo au plus."],
    )
    assert (repository.folder / POSTS / "b.jpg").stat().st_size == 20_000_000


@pytest.mark.parametrize(
    ("number", "size", "message"),
    [
        (4_998, 1, "ce dossier aurait 5001 fichiers : 5000 au plus."),
        (26, 20_000_000, "ce dossier pèserait 520 Mo : 500 Mo au plus."),
    ],
)
def test_a_folder_that_is_too_large_is_refused_whole(repository, number, size, message):
    kept = (FILE, repository.store(bytes(size)))
    repository.propose({f"{POSTS}/{name}.jpg": kept for name in range(number)})

    assert repository.lay_over() == (1, [f"::error file=docs/posts::{message}"])
    assert repository.files() == BASE


# -- Until the build ------------------------------------------------------------


@pytest.fixture
def archive(make_repository, root, tmp_path, monkeypatch):
    """The archive itself, as a base."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    shutil.copytree(root / "docs", tmp_path / "docs")
    # Whatever its registers hold, posts of tests find what they name.
    for path in (tmp_path / "docs/authors.yml", tmp_path / "docs/categories.yml"):
        text, entries = path.read_text(encoding="utf-8"), STANDING[path.name]
        if entries.partition("\n")[0] not in text:
            path.write_text(text + entries, encoding="utf-8")
    paths = [path for path in (tmp_path / "docs").rglob("*") if path.is_file()]
    return make_repository(
        {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in paths}
    )


def build(repository):
    """Return the bytes of the site that the work tree makes."""
    output = repository.folder.parent / "html"
    build_site(repository.folder / "docs", output, {})
    return {
        path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }


def plant(canary):
    """Return a program that leaves *canary* behind, and a setting that would show it."""
    program = f"import pathlib; pathlib.Path({str(canary)!r}).touch()\n".encode()
    return program, b"[general]\nsource_link: yes\nsource_url: CANARI\ntitle: CANARI\n"


def test_a_hostile_proposal_builds_the_site_that_its_posts_make(archive, make_post, tmp_path):
    program, setting = plant(tmp_path / "canari")
    post = {f"{POSTS}/bon.md": make_post(title="Bon").encode()}
    conf = (archive.folder / "docs/conf.py").read_bytes()
    hostile = {
        "docs/conf.py": program + conf,
        "docs/docutils.conf": setting,
        "docs/x.py": program,
        "docs/_templates/post.html": b"CANARI",
        "docs/_static/page.js": b"CANARI",
    }
    archive.propose(post | hostile)

    code, lines = archive.lay_over()
    site = build(archive)

    assert (code, sorted(lines)) == (0, sorted(map(ignored, hostile)))
    assert not (tmp_path / "canari").exists()
    archive.commit(post)
    assert site == build(archive)


def test_what_lies_beside_posts_is_refused_or_does_nothing(archive, make_post, tmp_path):
    program, setting = plant(tmp_path / "canari")
    hostile = {
        "docs/posts/conf.py": program,
        "docs/posts/docutils.conf": setting,
        f"{POSTS}/docutils.conf": setting,
        f"{POSTS}/bon.py": program,
        f"{POSTS}/bon/x.py": program,
        f"{POSTS}/__init__.py": program,
    }
    archive.propose({**hostile, f"{POSTS}/bon.md": make_post(title="Bon").encode()})

    assert archive.lay_over() == (0, [])
    try:
        site = build(archive)
    except ArchiveError as error:
        site = {}
        assert "docs/posts/" in str(error)
    assert not (tmp_path / "canari").exists()
    assert [name for name, data in site.items() if b"CANARI" in data] == []
