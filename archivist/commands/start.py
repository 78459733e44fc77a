"""`archivist start`: an archive of one's own, begun from a clone of this one."""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from archivist.addresses.slugs import to_slug
from archivist.build.docs import judge_docs
from archivist.build.inputs import check_docs_folder
from archivist.build.workspace import put_in_place
from archivist.commands.build import add_base_url, add_docs, read_settings
from archivist.commands.check import refuse
from archivist.commands.new import ask
from archivist.dates.today import find_today
from archivist.errors import ArchiveError
from archivist.files import read_text
from archivist.posts.scaffold import Draft, compose, escape_title
from archivist.words.manifest import write_records

_BEGUN = Path(__file__).parent / "begun"
# The archive that clones are made of; one with another name has been begun already.
_FIRST_NAME = "Archives de l’innovation publique"
_REGISTERS = (
    "authors.yml", "blogs.yml", "categories.yml", "exceptions.txt", "links.yml", "redirects.txt",
)  # fmt: skip
_PAGES = ("index.md", "a-propos.md", "glossaire.md")
_OF_POSTS = ("posts", "wordpress.json")
_ONE_LINE = 'écrivez une ligne project = "Nom de l’archive".'
_FORCE = "ajoutez --force pour commencer quand même ; ce qui n’est pas enregistré sera perdu."


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What a new archive is told of itself."""

    name: str
    description: str
    author: str
    key: str
    category: str
    base_url: str
    day: dt.date

    @property
    def post(self) -> str:
        """The file of the first post, below docs/."""
        return f"posts/{self.day.year}/bienvenue.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may follow the command."""
    add_docs(parser)
    parser.add_argument("--name", default="", help="of the archive, on each page")
    parser.add_argument("--description", default="", help="of the archive, in a sentence")
    parser.add_argument("--author", default="", metavar="NAME", help="who signs the first post")
    parser.add_argument("--author-key", default="", metavar="KEY", help="short, in addresses")
    parser.add_argument("--category", default="", metavar="NAME", help="the first one")
    add_base_url(parser)
    parser.add_argument("--force", action="store_true", help="lose what is not committed")


def run(options: argparse.Namespace) -> None:
    """Begin an archive, all of it or nothing; print what is left to do. Raises ArchiveError."""
    docs = options.docs.resolve()
    check_docs_folder(options.docs)
    if not options.force:
        _refuse_loss(docs)
    beginning = _plan(docs, vars(options) | read_settings(options))
    with tempfile.TemporaryDirectory(prefix=".start-", dir=docs.parent) as folder:
        staged = Path(folder) / docs.name
        shutil.copytree(docs, staged, symlinks=True)
        _begin(staged, beginning)
        refuse(judge_docs(staged, find_today(docs))[1])
        readme = _write_readme(docs.parent / "README.md", Path(folder), beginning)
        put_in_place(staged, docs, Path(folder) / "before")
        readme.replace(docs.parent / readme.name)
    print(_fill("done.txt", beginning), end="")


def _refuse_loss(docs: Path) -> None:
    """Raise ArchiveError where an archive is there that nobody could take back."""
    name = str(_find_settings(read_text(docs / "conf.py"))["project"].value)
    if name != _FIRST_NAME:
        raise ArchiveError(f"« {name} » est une archive déjà commencée : {_FORCE}")
    # No program of the repository's own.
    command = ["git", "-c", "core.fsmonitor=false", "status", "--porcelain", "."]
    try:
        status = subprocess.run(  # noqa: S603
            command, cwd=docs, capture_output=True, text=True, check=True
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise ArchiveError(f"sans dépôt git, rien ne pourrait être repris : {_FORCE}") from error
    if status:
        told = ", ".join(line[3:] for line in status.splitlines()[:3])
        raise ArchiveError(f"enregistrez d’abord ces changements, git commit ({told}), ou {_FORCE}")


def _plan(docs: Path, given: Mapping[str, str]) -> Beginning:
    """Return what is given, or answered by who can type. Raises ArchiveError."""

    def find(key: str, question: str) -> str:
        option = key.replace("_", "-")
        missing = f'{question.lower()} : ajoutez --{option} "…", rien n’a été écrit.'
        return re.sub(r"\s*\n\s*", " ", given[key] or ask(question, missing)).strip()

    name = find("name", "Nom de l’archive")
    description = find("description", "En une phrase, ce qu’elle garde")
    author = find("author", "Nom de qui signe le premier billet")
    if not (name and description and author):
        raise ArchiveError("il faut un nom, une phrase et qui signe : rien n’a été écrit.")
    return Beginning(
        name=name,
        description=description,
        author=author,
        key=given["author_key"] or to_slug(author),
        category=given["category"] or "Carnet",
        base_url=given["base_url"],
        # Later ones would wait for the next commit.
        day=find_today(docs) or dt.datetime.now().astimezone().date(),
    )


def _fill(name: str, beginning: Beginning) -> str:
    """Return one of the first texts, which names the archive and its post."""
    shown = {"name": beginning.name, "description": beginning.description, "post": beginning.post}
    if name.endswith(".md"):
        shown = {key: escape_title(value) for key, value in shown.items()}
    return Template(read_text(_BEGUN / name)).substitute(shown)


def _begin(docs: Path, beginning: Beginning) -> None:
    """Make of *docs* the folder of an archive with one post."""
    for name in _OF_POSTS:
        path = docs / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    write_records(docs, {})
    entries = {
        "authors.yml": {beginning.key: {"name": beginning.author}},
        "categories.yml": {beginning.category: {"description": beginning.description}},
    }
    for name in _REGISTERS:
        entry = yaml.safe_dump(entries[name], allow_unicode=True) if name in entries else ""
        (docs / name).write_text(_read_remarks(docs / name) + entry, encoding="utf-8")
    for name in _PAGES:
        _write_page(docs / name, _fill(name, beginning))
    _write_settings(
        docs / "conf.py",
        {"project": beginning.name, "html_baseurl": beginning.base_url}
        | dict.fromkeys(
            ("archive_contact", "archive_license", "archive_takeaway", "source_repository"), ""
        ),
    )
    _sign_example(docs / "contribuer.md", beginning)
    post = docs / beginning.post
    post.parent.mkdir(parents=True)
    draft = Draft(
        title="Bienvenue",
        date=beginning.day,
        author=beginning.key,
        category=beginning.category,
        tags=["Vie de l’archive"],
        text=_fill("bienvenue.md", beginning),
    )
    post.write_text(compose(draft, is_hidden=False), encoding="utf-8")


def _read_remarks(path: Path) -> str:
    """Return the remarks that a file begins with."""
    text = read_text(path) if path.exists() else ""
    return "".join(re.findall(r"\A(?:#.*\n)+", text))


def _write_page(path: Path, text: str) -> None:
    """Write *text*; parts of the page under other headings than its own stay as they are."""
    parts = dict(_cut(read_text(path))) if path.exists() else {}
    ours = dict(_cut(text))
    # The new page has the order of the old one.
    path.write_text("".join((parts | ours).values()), encoding="utf-8")


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a page by its heading; what stands before the first has none."""
    for part in re.split(r"(?m)^(?=## )", text):
        yield (part.partition("\n")[0] if part.startswith("## ") else ""), part


def _sign_example(path: Path, beginning: Beginning) -> None:
    """Have the example for writers name an author and a category that are there."""
    said = {"author": beginning.key, "category": beginning.category}
    text = re.sub(
        rf"(?m)^({'|'.join(said)}): .*\n",
        lambda found: yaml.safe_dump({found[1]: said[found[1]]}, allow_unicode=True),
        read_text(path),
    )
    path.write_text(text, encoding="utf-8")


def _find_settings(source: str) -> dict[str, ast.Constant]:
    """Return where *source* says what is one word or number, in tables of settings too."""
    found: dict[str, ast.expr] = {}
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ArchiveError(f"docs/conf.py:{error.lineno} : {_ONE_LINE}") from error
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found |= {
                str(key.value): value for key, value in pairs if isinstance(key, ast.Constant)
            }
    plain = {name: each for name, each in found.items() if isinstance(each, ast.Constant)}
    if "project" not in plain:
        raise ArchiveError(f"docs/conf.py : {_ONE_LINE}")
    return plain


def _write_settings(path: Path, values: Mapping[str, str]) -> None:
    """Have conf.py say *values*, each where it says another of that name."""
    source = read_text(path)
    lines = [line.encode() for line in source.splitlines(keepends=True)]
    for name, node in _find_settings(source).items():
        if name in values and node.lineno == node.end_lineno:
            line, said = lines[node.lineno - 1], _quote(values[name])
            kept = line[: node.col_offset], line[node.end_col_offset :]
            lines[node.lineno - 1] = said.encode().join(kept)
    path.write_bytes(b"".join(lines))


def adopt(docs: Path, name: str, description: str, base_url: str) -> list[str]:
    """Have the archive in *docs* called as a blog was; return what was written, a line each.

    Its address is written where there is none, its description on a home page of the same name as
    before. Raises ArchiveError where conf.py names no archive.
    """
    said = _find_settings(read_text(docs / "conf.py"))
    before = str(said["project"].value)
    is_placed = "html_baseurl" not in said or said["html_baseurl"].value
    values = {"project": name} | ({} if is_placed or not base_url else {"html_baseurl": base_url})
    _write_settings(docs / "conf.py", values)
    written = [f"docs/conf.py : {key} = {_quote(value)}" for key, value in values.items()]
    home = docs / "index.md"
    if home.exists() and read_text(home).startswith(f"# {escape_title(before)}\n"):
        shown = {"name": escape_title(name), "description": escape_title(description)}
        text = Template(read_text(_BEGUN / home.name)).substitute(shown)
        _write_page(home, text.replace("\n\n\n", "\n\n"))
        written.append(f"docs/index.md : {name}, « {description} »")
    return written


def _quote(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_readme(path: Path, folder: Path, beginning: Beginning) -> Path:
    """Write in *folder* the README at *path*, its first lines those of the new archive."""
    _, mark, rest = read_text(path).partition("\n> ") if path.exists() else ("", "", "")
    readme = folder / path.name
    readme.write_text(_fill("readme.md", beginning) + mark + rest, encoding="utf-8")
    return readme
