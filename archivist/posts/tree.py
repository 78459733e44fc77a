"""Rules for the files of docs/posts, before any is read: posts, what goes with them, no more."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from archivist.addresses.owned import POSTS
from archivist.addresses.slugs import to_slug
from archivist.comments.reading import ENDING
from archivist.dates.edtf import FIRST_YEAR, LAST_YEAR
from archivist.dates.reading import read_any_day
from archivist.errors import FileError
from archivist.files import (
    UNREADABLE,
    can_be_read,
    is_left_behind,
    is_safe,
    list_paths,
    list_strays,
    read_text,
    split_words,
    walk,
)
from archivist.french import count
from archivist.posts.documents import find_fault
from archivist.syntax.allowed import ATTACHMENTS, COMPANIONS
from archivist.syntax.limits import (
    LARGEST_COMMENTS,
    LARGEST_FILE,
    LARGEST_HEADER,
    LARGEST_TEXT,
    LONGEST_NAME,
    MOST_POSTS,
    OLD_TIMES,
)

EXCEPTIONS = "exceptions.txt"
"""What old posts are allowed to keep, a line a post and a rule; see `archivist.checks.exceptions`."""
LENGTHS = "lengths"
"""The rule that keeps posts and their comments short: it decides what is read at all."""

LINK = "lien symbolique interdit : mettez le fichier lui-même à cette place."
NO_FILE = "ce n’est pas un fichier : retirez-le."
# docs/posts/<year>/<slug>.md with <slug>.comments.yml, and docs/posts/<year>/<slug>/<image>.
_DEPTH_OF_POST, _DEPTH_OF_IMAGE = 2, 3
_YAML = frozenset({".yml", ".yaml"})
_NO_POST = frozenset(
    {".md", ".markdown", ".mdown", ".mkd", ".rst", ".txt", ".doc", ".docx", ".odt", ".html"}
)


NO_POSTS = frozenset({"_static", "_templates"})
"""The folders of docs/ where nobody has a post."""
# date: 2026-11-20, "date" = "Nov 20, 2026"
_DATE = re.compile(r"(?im)^[\"']?date[\"']?\s*[:=]\s*[\"']?([^\"'\n]*)")
# 2026-11-20-mon-billet, as Jekyll has it, « 2026-11-20 Mon billet »
_DATED = re.compile(r"(?P<day>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})[-_ ]+(?=.)")


def is_year(folder: str) -> bool:
    """Tell whether a folder is named as the year of a post."""
    is_number = re.fullmatch("[0-9]{4}", folder) is not None
    return is_number and FIRST_YEAR <= int(folder) < LAST_YEAR


def split_day(name: str) -> tuple[str, str]:
    """Return the day that the name of a file begins with, or nothing, and the rest of it."""
    found = _DATED.match(name)
    return (found["day"], name[found.end() :]) if found else ("", name)


def name_place(name: str, text: str) -> str:
    """Return where a post belongs, by its date, its name or its folder: docs/posts/2026/x.md."""
    *folders, file = name.split("/")
    date = _DATE.search(text[:LARGEST_HEADER])
    dated, bare = split_day(file)
    day = read_any_day(date[1].strip()) if date else None
    years = [str(day.year) if day else "", *filter(is_year, [dated[:4], *folders])]
    slug = to_slug(bare.partition(".")[0]) or "mon-billet"
    return f"docs/{POSTS}/{next(filter(None, years), '<année>')}/{slug}.md"


def tell_place(path: Path) -> str:
    """Return that a post is where nobody looks, and where it belongs; nothing if it is no text."""
    try:
        place = name_place("/".join(path.parts[-3:]), read_text(path))
    except FileError:
        return ""
    return f"ce billet n’est pas à sa place : rangez-le dans {place}."


def find_misplaced(docs: Path) -> Iterator[tuple[str, str]]:
    """Yield the posts that are where nobody looks, beside *docs* or in it, and what to do."""
    docs = docs.resolve()
    hidden = [path for path in sorted(docs.glob("_*/")) if path.name not in NO_POSTS]
    below = (path for folder in hidden for path in list_paths(folder) if path.suffix == ".md")
    for path in (*list_strays(docs), *below):
        if fault := tell_place(path):
            yield path.relative_to(docs.parent).as_posix(), fault


def find_long(docs: Path) -> frozenset[str]:
    """Return the docnames of the old posts that are allowed to be long."""
    try:
        lines = split_words(read_text(docs / EXCEPTIONS))
        return frozenset(words[0] for _, words in lines if words[1:2] == [LENGTHS])
    except FileError:
        return frozenset()


def check_files(posts: Path, long: Container[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the files below *posts*: path below it, mistake in French, rule.

    *long* are the docnames of the posts that are allowed to be long.
    """
    if posts.is_symlink():
        yield "", LINK, ""
        return
    found = list(_walk(posts))
    for path, name in found:
        docname = f"{posts.name}/{name.removesuffix(ENDING).removesuffix('.md')}"
        times = OLD_TIMES if docname in long else 1
        if fault := _check_file(path, name):
            yield name, fault, ""
        elif fault := _check_length(path, times):
            yield name, fault, LENGTHS
    if sum(path.suffix == ".md" for path, _ in found) > MOST_POSTS:
        yield "", f"plus de {count(MOST_POSTS, 'billet')} : faites-en plusieurs archives.", ""
    for name, fault in _find_twins(name for _, name in found):
        yield name, fault, ""


def _walk(posts: Path) -> Iterator[tuple[Path, str]]:
    """Yield files, and folders that are hidden or too many; links are never followed."""
    for here, folders, files in walk(posts):
        parent = here.relative_to(posts)
        depth = len(parent.parts) + 1
        odd = [each for each in folders if depth >= _DEPTH_OF_IMAGE or _is_odd(here / each)]
        folders[:] = [each for each in folders if each not in odd]
        kept = [each for each in files if not is_left_behind(each)]
        for each in sorted([*kept, *odd]):
            yield here / each, f"{parent.as_posix()}/{each}" if depth > 1 else each


def _is_odd(folder: Path) -> bool:
    """Tell whether a folder is hidden, or has the name of a post."""
    return folder.name.startswith((".", "_")) or folder.suffix == ".md"


def _check_file(path: Path, name: str) -> str:
    """Return the mistake in one file, or nothing."""
    depth, ending = name.count("/") + 1, path.suffix.lower()
    fault = _check_kind(path)
    if fault:
        return fault
    if path.suffix == ".md":
        return ""
    if path.name.endswith(ENDING):
        return _check_comments(path, depth)
    if depth <= _DEPTH_OF_POST and ending in _NO_POST:
        proposal = to_slug(path.name.partition(".")[0]) or "mon-billet"
        return f"un billet est un fichier « .md » : renommez-le « {proposal}.md »."
    return _check_companion(path, depth)


def _check_kind(path: Path) -> str:
    """Return why *path* is no file that a post may have, or nothing."""
    mode, name = path.lstat().st_mode, path.name
    length = len(os.fsencode(name.removesuffix(ENDING)))
    is_hidden, is_file = name.startswith((".", "_")), stat.S_ISREG(mode)
    folder = "dossier de trop : les images vont dans docs/posts/<année>/<nom-du-billet>/."
    faults = (
        # Nothing of what a link leads to is opened.
        (stat.S_ISLNK(mode), LINK),
        (not name.isprintable(), "nom illisible : renommez-le, en minuscules sans accent."),
        (is_hidden, "fichier caché : il ne serait pas publié, renommez-le ou retirez-le."),
        (stat.S_ISDIR(mode), folder),
        (not is_file, NO_FILE),
        (is_file and not can_be_read(path), UNREADABLE),
        (length > LONGEST_NAME, f"nom de plus de {LONGEST_NAME} signes : raccourcissez-le."),
    )
    return next((message for is_wrong, message in faults if is_wrong), "")


def _check_comments(path: Path, depth: int) -> str:
    """Return the mistake in a file of comments, which lies beside its post."""
    post = path.with_name(f"{path.name.removesuffix(ENDING)}.md")
    if depth != _DEPTH_OF_POST:
        return "rangez ces commentaires à côté de leur billet, dans docs/posts/<année>/."
    if not is_safe(post):
        return f"aucun billet « {post.name} » à côté : donnez à ce fichier le nom du billet."
    return ""


def _check_length(path: Path, times: int) -> str:
    """Return that a post, or its comments, are longer than *times* what is usual, or nothing."""
    if path.suffix == ".md":
        return _check_size(path, times * LARGEST_TEXT, "faites-en plusieurs billets")
    if path.name.endswith(ENDING):
        most = times * LARGEST_COMMENTS
        return _check_size(path, most, "retirez les commentaires les moins utiles")
    return ""


def _check_companion(path: Path, depth: int) -> str:
    """Return the mistake in a file that goes with a post."""
    post = path.parent.with_name(f"{path.parent.name}.md")
    if path.suffix.lower() in _YAML:
        return f"des commentaires vont dans « nom-du-billet{ENDING} » : renommez ou retirez-le."
    if path.suffix.lower() not in COMPANIONS:
        kinds = ", ".join(sorted(COMPANIONS))
        return f"ce genre de fichier est interdit : retirez-le (on accepte {kinds})."
    if depth < _DEPTH_OF_POST or depth > _DEPTH_OF_IMAGE:
        return "rangez ce fichier dans docs/posts/<année>/<nom-du-billet>/."
    if depth == _DEPTH_OF_IMAGE and not is_safe(post):
        return f"aucun billet « {post.name} » à côté de ce dossier : donnez-lui le nom du billet."
    if path.name.count(".") > 1 or "--" in path.name:
        return "un seul point et pas de « -- » dans un nom de fichier : renommez-le."
    fault = _check_size(path, LARGEST_FILE, "allégez-le")
    is_document = path.suffix.lower() in ATTACHMENTS
    return fault or (find_fault(path) if is_document else "")


def _check_size(path: Path, largest: int, advice: str) -> str:
    size = path.lstat().st_size
    message = f"fichier de {size // 1000} ko, {largest // 1000} au plus : {advice}."
    return message if size > largest else ""


def _find_twins(found: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield names that Windows and macOS take for one."""
    names = defaultdict(list)
    for name in found:
        names[unicodedata.normalize("NFC", name).casefold()].append(name)
    for twins in names.values():
        for twin in twins[1:]:
            yield twin, f"Windows et macOS confondent ce nom avec « {twins[0]} » : changez-le."
