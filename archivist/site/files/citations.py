"""What reference managers read of posts: a file of each format beside each, and one of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.formats.bibtex import write_bibtex
from archivist.formats.citation import Citation, Person, make_key
from archivist.formats.csl import write_csl
from archivist.formats.ris import write_ris
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.files.file import SiteFile
from archivist.site.site import Place, Site
from archivist.site.text.typography import bind_spaces

# What each file beside a post is called, its media type, how its name ends, and who writes it.
FORMATS = (
    ("BibTeX", "application/x-bibtex", owned.BIBTEX, write_bibtex),
    ("RIS", "application/x-research-info-systems", owned.RIS, write_ris),
    ("CSL-JSON", "application/vnd.citationstyles.csl+json", owned.CSL, write_csl),
)


class Reference:
    """How a post of the site at *place* is cited, described once and when asked."""

    def __init__(self, place: Place, post: Post, signed: tuple[Person, ...]) -> None:
        self._place, self._post, self._signed = place, post, signed
        self.key = take_key(place.key, post.key, signed)

    @cached_property
    def citation(self) -> Citation:
        """What all formats say."""
        post = self._post
        return Citation(
            key=make_key(post.docname),
            title=post.title,
            authors=self._signed,
            date=post.shown_date,
            date_words=bind_spaces(spell_date(post.shown_date)),
            container=self._place.name,
            address=self._place.find_address(post.docname),
            origin=post.source or post.canonical_link,
            language=post.language or "fr",
            partial=post.partial,
            keywords=tuple(label.name for label in post.labels["tag"]),
            license=post.license,
        )

    @cached_property
    def bibtex(self) -> str:
        """Its entry in BibTeX, which is also on its page and in the file of all."""
        return write_bibtex(self.citation)

    def write(self, write: Callable[[Citation], str]) -> str:
        """Return the file of a format, as its writer makes it."""
        return self.bibtex if write is write_bibtex else write(self.citation)


def list_references(site: Site) -> dict[str, Reference]:
    """Return how each post is cited, by docname, in the order of posts."""
    authors = site.archive.registers.authors.items()
    people = {
        key: Person(each.name, each.family, each.given, each.is_organisation)
        for key, each in authors
    }
    signed = ((post, tuple(people[key] for key in post.authors)) for post in site.library.posts)
    return {post.docname: Reference(site.place, post, who) for post, who in signed}


def list_citations(site: Site) -> Iterator[SiteFile]:
    """Yield the files of each post, and the one of all."""
    references = site.once(list_references)
    for docname, each in references.items():
        for _, _, ending, write in FORMATS:
            yield SiteFile(f"{docname}{ending}", partial(each.write, write), key=each.key)
    key = take_key([each.key for each in references.values()])
    entries = (each.bibtex for each in references.values())
    yield SiteFile(owned.LIBRARY, partial("\n".join, entries), key=key)
