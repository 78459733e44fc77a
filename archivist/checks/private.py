"""What the files of docs/ say of who made them, and where: no mistake, but for their owner to know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archivist.pictures.private import Private, find_private, spell_place, tidy_names
from archivist.posts.archive import Archive
from archivist.posts.documents import FILMS, find_people, find_place
from archivist.problems import Problem
from archivist.syntax.allowed import COMPANIONS, PICTURES
from archivist.syntax.limits import LARGEST_FILE, LARGEST_IMAGE

_STATIC = "_static/"
_WITHHELD = "dans le fichier : le site ne les publie pas, mais ils restent dans le dépôt."
_PUBLISHED = (
    "dans le fichier, publié tel quel : retirez-les de ses propriétés si personne ne doit les lire."
)


def read_private(data: bytes, ending: str) -> Private:
    """Return what a picture or a document, whose name ends in *ending*, says of its makers."""
    if ending in PICTURES:
        return find_private(data, ending)
    place = find_place(data) if ending in FILMS else None
    places = (spell_place(*place),) if place else ()
    return Private(places=places, names=tidy_names(find_people(data, ending)))


def read_file(path: Path) -> Private:
    """Return what the file in *path* says of its makers."""
    ending = path.suffix.lower()
    if ending not in COMPANIONS:
        return Private()
    largest = LARGEST_IMAGE if ending in PICTURES else LARGEST_FILE
    return read_private(path.read_bytes(), ending) if path.stat().st_size <= largest else Private()


def list_private(archive: Archive) -> Iterator[Problem]:
    """Yield what each file says that perhaps nobody meant to say, in the order of files."""
    for name in sorted(archive.files):
        private = read_file(archive.docs / name)
        is_clean = Path(name).suffix.lower() in PICTURES and not name.startswith(_STATIC)
        if private:
            message = f"{private} {_WITHHELD if is_clean else _PUBLISHED}"
            yield Problem(path=f"{archive.docs.name}/{name}", line=1, message=message)
