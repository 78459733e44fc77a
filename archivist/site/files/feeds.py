"""Feeds of the newest posts: of the site, and of each category, tag and author.

A feed is read far from the site, so it needs the site's address: without it there is none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.dates.french import spell_date
from archivist.formats.atom import TYPE as ATOM
from archivist.formats.atom import write_atom
from archivist.formats.feed import Feed, Item, Person, name_for_ever, write_whole
from archivist.formats.json_feed import TYPE as JSON
from archivist.formats.json_feed import write_json_feed
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import find_whole_address, prints_site, summarise
from archivist.site.text.fragments import lead_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry, Label
    from archivist.site.sphinx.builder import ArchiveBuilder
    from archivist.site.text.fragments import Fragment

# WordPress gave as many of a list at most.
LENGTH = 20
_KINDS = {
    "category": "Catégorie {}",
    "tag": "Étiquette {}",
    "author": "Billets de {}",
}
FOLDER = owned.FEED
# Names the feeds of the site as the home page does.
PAGE = f"{owned.DATA}/index"
_WRITERS = {
    "atom.xml": ("Atom", ATOM, write_atom),
    "feed.json": ("JSON Feed", JSON, write_json_feed),
}
_ATOM_FILE = owned.FEED_FILES[0]
_NUMBER = re.compile(r"(?:/page/[0-9]+)?/index$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlet:
    """A list that has a feed: *path* is its folder, *entries* its newest posts, newest first."""

    path: str
    title: str
    subtitle: str
    entries: tuple[Entry, ...]

    def name_file(self, name: str) -> str:
        """Return where the file *name* of the feed is, below the site's root."""
        return f"{self.path}/{FOLDER}/{name}".lstrip("/")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as a page names it; *kind* is what people call its format."""

    title: str
    kind: str
    type: str
    url: str


def _newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(reversed(entries[-LENGTH:]))


def _to_outlet(app: Sphinx, label: Label, entries: tuple[Entry, ...]) -> Outlet:
    title = f"{app.config.project} – {_KINDS[label.kind].format(label.name)}"
    # What is told of an author is an address.
    subtitle = "" if label.kind == "author" else label.description
    return Outlet(path=label.path, title=title, subtitle=subtitle, entries=_newest(entries))


def list_outlets(app: Sphinx) -> Iterator[Outlet]:
    """Yield what has a feed: the site first; nothing when its address is not known."""
    register = find_register(app)
    if not app.config.html_baseurl or not register.entries:
        return
    yield Outlet(path="", title=app.config.project, subtitle="", entries=_newest(register.entries))
    for kind in _KINDS:
        for label, entries in register.catalogues[kind].items():
            yield _to_outlet(app, label, entries)


def list_old_feeds(app: Sphinx) -> dict[str, str]:
    """Return the feed that stands at each address where WordPress had one, below the root."""
    old: dict[str, str] = {}
    for outlet in list_outlets(app):
        names = owned.OLD_FEEDS if not outlet.path else owned.OLD_FEEDS[:1]
        old |= {outlet.name_file(name): outlet.name_file(_ATOM_FILE) for name in names}
    return old


def _note(entry: Entry) -> str:
    """Return what must be told of a post beside its text, as HTML of ours."""
    post = entry.post
    notes = []
    if not post.shown_date.known_day:
        notes.append(f"Publié {spell_date(post.shown_date)}.")
    if post.partial:
        notes.append("Seul cet extrait du billet est conservé dans ces archives.")
    return f"<p><em>{' '.join(notes)}</em></p>" if notes else ""


def _to_moment(day: dt.datetime | dt.date) -> dt.datetime:
    """Return *day* in UTC, as a feed asks; the clock of the author is not known."""
    time = day.time() if isinstance(day, dt.datetime) else dt.time()
    return dt.datetime.combine(day, time, dt.UTC)


def _to_item(app: Sphinx, entry: Entry, fragment: Fragment) -> Item:
    post, labels = entry.post, entry.labels
    address = find_whole_address(app, post.docname)
    text = lead_from(post.docname, fragment.featured) + fragment.text + _note(entry)
    published = _to_moment(post.date)
    updated = max(published, _to_moment(post.updated)) if post.updated else published
    return Item(
        id=name_for_ever(app.config.project, post.docname),
        address=address,
        title=entry.title,
        published=published,
        updated=updated,
        authors=tuple(Person(label.name, label.description) for label in labels["author"]),
        labels=tuple(label.name for kind in ("category", "tag") for label in labels[kind]),
        language=post.language or "fr",
        summary=summarise(fragment.excerpt),
        html=write_whole(text, address),
        source=post.source,
    )


class Feeds:
    """The feeds of a build."""

    def __init__(self) -> None:
        self._outlets: dict[str, Outlet] = {}

    def on_fragments_rendered(self, app: Sphinx) -> None:
        """Find what has a feed."""
        self._outlets = {outlet.path: outlet for outlet in list_outlets(app)}

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Name in each page the feed of the site, before it that of its own list."""
        if prints_site(app):
            own = "" if page in {app.config.root_doc, PAGE} else _NUMBER.sub("", page)
            paths = [path for path in dict.fromkeys((own, "")) if path in self._outlets]
            context["archive_feeds"] = [
                FeedLink(self._outlets[path].title, kind, media, self._lead(page, path, name))
                for path in paths
                for name, (kind, media, _) in _WRITERS.items()
                # One way to the feed of the site is enough elsewhere.
                if path == own or media == ATOM
            ]

    def _lead(self, page: str, path: str, name: str) -> str:
        return relative_uri(f"{page}.html", self._outlets[path].name_file(name))

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Write the feeds."""
        if exception or not prints_site(app):
            return
        items = self._write_items(app)
        root, builder = find_whole_address(app, "index"), app.builder
        for outlet in self._outlets.values():
            feed = _to_feed(app, outlet, items)
            for name, (_, _, write) in _WRITERS.items():
                path = outlet.name_file(name)
                builder.write_file(path, write(feed, root + path))  # type: ignore[attr-defined]

    def _write_items(self, app: Sphinx) -> dict[str, Item]:
        """Return each post that a feed has, written once for all."""
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        entries = {
            entry.post.docname: entry
            for outlet in self._outlets.values()
            for entry in outlet.entries
        }
        return {
            docname: _to_item(app, entry, builder.find_fragment(docname))
            for docname, entry in entries.items()
        }


def _to_feed(app: Sphinx, outlet: Outlet, items: Mapping[str, Item]) -> Feed:
    return Feed(
        id=name_for_ever(app.config.project, outlet.path),
        title=outlet.title,
        subtitle=outlet.subtitle,
        home=find_whole_address(app, "/".join(filter(None, (outlet.path, "index")))),
        language="fr",
        items=tuple(items[entry.post.docname] for entry in outlet.entries),
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    feeds = Feeds()
    app.setup_extension("archivist.site.sphinx.builder")
    app.connect("fragments-rendered", feeds.on_fragments_rendered)
    app.connect("html-page-context", feeds.on_html_page_context)
    app.connect("build-finished", feeds.on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
