"""What is said of a post later: an update, an erratum, that things have changed since."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from archivist.dates.edtf import DateError, UncertainDate, read_day
from archivist.dates.french import mark_up_day, spell_date
from archivist.posts.post import Post
from archivist.site.text.excerpts import insert_under_title, is_later
from archivist.site.text.typography import bind_spaces


class _Later(SphinxDirective):
    """A note under a title of ours, which no list shows."""

    has_content = True

    def make_note(self, title: str) -> list[nodes.Node]:
        note = nodes.admonition("", nodes.title("", title), classes=["note", self.name])
        note += self.parse_content_to_nodes()
        return [note]


class _Dated(_Later):
    """A note whose title says when it was added; its argument is AAAA-MM-JJ."""

    required_arguments = 1
    final_argument_whitespace = True
    kind: str

    def run(self) -> list[nodes.Node]:
        try:
            day = read_day(self.arguments[0]).date()
        except DateError as error:
            raise self.error(str(error)) from error
        return self.make_note(f"{self.kind} du {mark_up_day(day).striptags()}")


class Update(_Dated):
    """Something added to a post; it stands in the place of ABlog's."""

    kind = "Mise à jour"


class Erratum(_Dated):
    """A correction of the author's words."""

    kind = "Erratum"


class Outdated(_Later):
    """What has changed since the post was written, told above its text."""

    def run(self) -> list[nodes.Node]:
        """Return the note, whose title says how old the post is once that is known."""
        return self.make_note("")


def _tell_age(date: UncertainDate) -> str:
    """Return « Ce billet date de 2017 »; the date itself where its year is not sure."""
    start, end = date.start, date.end
    if start and end and start.year == end.year and start.years == 1 and not start.is_doubtful:
        return f"Ce billet date de {start.year}"
    return f"Date de ce billet : {spell_date(date)}"


def lift_outdated(doctree: nodes.document, post: Post) -> None:
    """Put what has changed since *post* was written above its text, wherever its writer put it."""
    section = doctree.next_node(nodes.section)
    if section is None:
        return
    notes = list(filter(is_later, doctree.findall(nodes.admonition)))
    for note in reversed([each for each in notes if "outdated" in each["classes"]]):
        note.parent.remove(note)
        note.replace(note[0], nodes.title("", bind_spaces(_tell_age(post.shown_date))))
        insert_under_title(section, note)
