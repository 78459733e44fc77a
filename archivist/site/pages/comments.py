"""What was said of a post where it first appeared, under its text; closed until a reader asks.

It belongs to the page alone: no list, search or reading time knows of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from archivist.comments.reading import Comment, list_comments
from archivist.comments.text import render_comment
from archivist.dates.french import mark_up_day, name_month
from archivist.site.text.dead_links import Marker
from archivist.site.text.typography import bind_spaces

# From this level on, replies are no longer set back: comments.css.
FLAT_LEVEL = 5


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as its page shows it, in a *language* or in that of the site, ""."""

    comment: Comment
    language: str
    level: int = 1
    above: str = ""
    mark: Callable[[str], str] = str

    @property
    def author(self) -> str:
        """Who speaks."""
        return self._bind(self.comment.author)

    @property
    def answers(self) -> str:
        """Whom it answers, where that is not seen by its place."""
        return self.above if self.level >= FLAT_LEVEL else ""

    @property
    def is_mention(self) -> bool:
        """Whether another site spoke of the post, rather than someone here."""
        return bool(self.comment.kind)

    @property
    def date(self) -> Markup:
        """The day it was written."""
        return mark_up_day(self.comment.date.date())

    @property
    def text(self) -> Markup:
        """What it says."""
        return Markup(self.mark(render_comment(self.comment.text, self._bind)))  # noqa: S704

    def _bind(self, text: str) -> str:
        return text if self.language else bind_spaces(text)

    @property
    def replies(self) -> list[ShownComment]:
        """What was answered to it."""
        return [
            ShownComment(each, self.language, self.level + 1, self.author, self.mark)
            for each in self.comment.replies
        ]


@dataclass(frozen=True, slots=True)
class Section:
    """The comments of a post that answer no other, and what is said of them all."""

    comments: tuple[ShownComment, ...]

    @property
    def summary(self) -> str:
        """How many there are, and of when."""
        found = list(list_comments(shown.comment for shown in self.comments))
        days = [comment.date.date() for comment in found]
        mentions = sum(bool(comment.kind) for comment in found)
        counts = ((len(found) - mentions, "commentaire"), (mentions, "mention"))
        # « 12 commentaires et 1 mention d’époque »
        words = (f"{each:,} {word}{'s' * (each > 1)}" for each, word in counts if each)
        said = bind_spaces(f"{' et '.join(words).replace(',', ' ')} d’époque")
        return f"{said}, {spell_span(min(days), max(days))}"


def spell_span(first: dt.date, last: dt.date) -> str:
    """Return « en novembre 2017 », « d’avril à mai 2018 » or « de mars 2017 à mai 2018 »."""
    start, end = name_month(first.month), f"{name_month(last.month)} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"en {end}"
    year = "" if first.year == last.year else f" {first.year}"
    before = "d’" if start.startswith(("a", "o")) else "de "
    return f"{before}{start}{year} à {end}"


def show_comments(language: str, comments: tuple[Comment, ...], marker: Marker) -> Section | None:
    """Return the *comments* of a post in a *language*, if it has any."""
    language = "" if language == "fr" else language
    shown = tuple(ShownComment(each, language, mark=marker.mark) for each in comments)
    return Section(shown) if shown else None
