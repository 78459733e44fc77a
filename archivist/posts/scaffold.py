"""A new post, that passes the checks as it is: header filled, title, where to write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from archivist.addresses.slugs import to_slug
from archivist.errors import ArchiveError
from archivist.posts.archive import Archive
from archivist.syntax.characters import find_leftovers, find_sign
from archivist.syntax.limits import LONGEST_NAME, LONGEST_TITLE

# What Markdown would read as its own.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>{}#|~])")
_SENTENCES = ("Écrivez ici le début, qu’on lira dans les listes.", "Écrivez ici la suite.")
_TEXT = f"{_SENTENCES[0]}\n\n<!-- more -->\n\n{_SENTENCES[1]}\n"
TITLE = "Titre du billet"
"""Of a post whose writer is not there to be asked."""
TO_BE_WRITTEN = frozenset({*_SENTENCES, TITLE})
"""What nobody leaves in a post."""
_WHO = "author: # qui signe : une clé de docs/authors.yml, ou votre nom\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What is known of a post before it is written; all but *title* and *date* may be empty.

    *text* is what its writer is to replace.
    """

    title: str
    date: dt.date
    author: str = ""
    category: str = ""
    tags: Sequence[str] = ()
    text: str = _TEXT


def write_draft(draft: Draft, archive: Archive) -> Path:
    """Write the file of *draft* in *archive* and return its path.

    Raises ArchiveError rather than write over a file, or make an address that is none.
    """
    path = archive.docs / "posts" / str(draft.date.year) / f"{_name(draft, archive)}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(compose(draft))
    except FileExistsError as error:
        raise ArchiveError(f"{path.name} existe déjà : choisissez un autre titre.") from error
    return path


def _name(draft: Draft, archive: Archive) -> str:
    """Return the slug of the title, with a number where another has it, as WordPress does."""
    title = " ".join(draft.title.split())
    slug = to_slug(title)[: LONGEST_NAME - 10].strip("-_")
    if not slug or len(title) > LONGEST_TITLE:
        message = f"donnez un titre de {LONGEST_TITLE} signes au plus, avec des lettres."
        raise ArchiveError(f"titre « {title[:40]} » : {message}")
    fault = find_sign(title, in_header=True) or next(find_leftovers(title), "")
    if fault:
        raise ArchiveError(f"titre « {title[:40]} » : {fault}")
    taken = archive.taken_slugs()
    names = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def compose(draft: Draft, *, is_hidden: bool = True) -> str:
    """Return the text of the file of *draft*, not to be published as long as it *is_hidden*."""
    fields = {"date": draft.date, "author": draft.author, "category": draft.category}
    given = {
        key: yaml.safe_dump({key: value}, allow_unicode=True, width=1000)
        for key, value in fields.items()
        if value
    }
    header = "".join(({"date": "", "author": _WHO} | given).values())
    if draft.tags:
        tags = yaml.safe_dump(list(draft.tags), allow_unicode=True, default_flow_style=True)
        header += f"tags: {tags}"
    if is_hidden:
        header += "draft: true # retirez cette ligne pour publier\n"
    return f"---\n{header}---\n\n# {escape_title(draft.title)}\n\n{draft.text}"


def escape_title(title: str) -> str:
    """Return *title* on one line, as Markdown that says it as it is."""
    return _MARKDOWN.sub(r"\\\1", " ".join(title.split()))
