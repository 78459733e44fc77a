"""Compare a built site with the blog it was made of, read as plain Markdown: no word may be lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from archivist.addresses.slugs import to_slug
from archivist.blogs.links import LinkWriter, replace_outside_code
from archivist.blogs.source import BlogSource
from archivist.wordpress.audit.audit import Audit
from archivist.wordpress.audit.seen import Seen
from archivist.wordpress.existing import read_existing
from archivist.wordpress.export.links import LinkResolver
from archivist.wordpress.export.media import PostShelf, Store
from archivist.wordpress.export.plan import Planned, read_address
from archivist.wordpress.export.terms import Terms
from archivist.wordpress.export.wxr import WpItem
from archivist.wordpress.html.inline import Element, parse
from archivist.wordpress.notes import note_nothing

# {% include x %}, {{< youtube x >}}, {: .class}, [^1], - [x], :tada:, what shows no word by itself.
_CODES = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{[:#][^{}\n]*\}|\[\^[^\]\s]+\]:?|(?<=[-*+] )\[[ xX]\]"
    r"|(?<![\w:]):[a-z0-9_+-]+:(?![\w:])"
)
_NOTES = re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE)


@dataclass(kw_only=True)
class BlogAudit(Audit):
    """Compares each post of a blog with its page."""

    source: BlogSource

    def _read_items(self) -> Iterator[WpItem]:
        return self.source.read(self.plan)

    def _list_old(self, item: WpItem, _: Planned) -> Iterator[str]:
        """Yield the old addresses of *item*; nothing for what can be none."""
        return map(read_address, self.source.files.list_addresses(self.source.texts[item.id]))

    def _read_export(self, item: WpItem, planned: Planned) -> Seen:
        shelf = PostShelf(planned, self.store, note_nothing)
        writer = LinkWriter(self.source.texts[item.id], self.source.files, self.links, shelf)
        text = replace_outside_code(_CODES, writer.resolve(item.content), lambda _: "")
        markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        page = parse(markdown.render(text))
        title = next(page.iter("h1"), None)
        is_title = title is not None and _is_title(title, writer.text.title)
        seen = Seen(
            lambda each: self.places.lead_source(planned.docname, writer.lead(each)),
            lambda src, alt: (self.places.find_source(planned.docname, writer.place(src)), alt),
        )
        return seen.read(page, frozenset({title} if title is not None and is_title else ()))

    def _compare(self, item: WpItem, wanted: Seen, found: Seen) -> list[str]:
        """Return, in French, what of *item* is not on its page, and what is there that it has not."""
        known = Seen()
        known.say(f"{item.title} {self.source.texts[item.id].text}")
        # What was played is a link that shows its address.
        known.say(" ".join(found.links))
        lost = Counter(wanted.tokens) - Counter(found.tokens)
        words = (token for token in found.tokens if re.match(r"\w", token))
        added = Counter(words) - Counter(known.tokens)
        is_ordered = bool(_NOTES.search(item.content)) or _is_within(wanted.tokens, found.tokens)
        faults = {
            "mots perdus": [*lost],
            "mots en trop": [*added],
            "ordre changé vers": [] if lost or is_ordered else wanted.tokens[:6],
            "liens perdus": [*(Counter(wanted.links) - Counter(found.links))],
            "images perdues": sorted(
                {src for src, *_ in wanted.pictures} - {src for src, *_ in found.pictures}
            ),
        }
        return [f"{what} : {' '.join(each[:12])}." for what, each in faults.items() if each]


def _is_title(heading: Element, title: str) -> bool:
    """Tell whether a *heading* is that of the whole text, which a header may have too."""
    return to_slug("".join(heading.itertext())) == to_slug(title) or not title


def _is_within(wanted: list[str], found: list[str]) -> bool:
    """Tell whether *found* has all of *wanted*, in its order."""
    rest = iter(found)
    return all(token in rest for token in wanted)


def prepare_blog_audit(source: BlogSource, docs: Path, output: Path) -> BlogAudit:
    """Return what compares a blog with the site *output*, built of *docs*. Raises ArchiveError."""
    existing = read_existing(docs)
    plan = source.plan(existing)
    links = LinkResolver(plan, Terms(plan, existing, note_nothing).lists)
    store = Store(plan, links.hosts, source.media.folder, source.files.found)
    return BlogAudit(
        paths=(),
        plan=plan,
        existing=existing,
        output=output,
        links=links,
        store=store,
        source=source,
    )
