"""The HTML builder: documents become fragments, fragments pages; a page that is the same is kept.

Sphinx decides by dates what to write, and forgets what other pages show of a document. Here a
document is made into HTML again when it was read again or what it refers to has changed, and a
page is written when what its template is given differs from what it was given last time.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import CONFIG_OK
from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.files import pack
from archivist.search.article import read_article
from archivist.search.inflection import Dictionary
from archivist.search.reading import Reading, read_blocks
from archivist.site.sphinx.ablog import find_post
from archivist.site.sphinx.templates import Templates, absolutise, find_root, shorten
from archivist.site.sphinx.xrefs import resolve_names
from archivist.site.text.excerpts import cut_excerpt
from archivist.site.text.featured import take_featured
from archivist.site.text.fragments import (
    EXCERPTS,
    Fragment,
    count_words,
    find_links,
    find_opening,
    lead_from,
    render_body,
    render_excerpt,
    render_sections,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

# Whose part in pages our templates leave out.
_UNUSED = frozenset({"furo", "sphinx", "sphinx_basic_ng"})
# Templates that show nothing of the site around.
_BARE = frozenset({"redirect.html"})
# Hosts show this page at any address.
_NOT_FOUND = owned.NOT_FOUND
_MEMORY = "memory.pickle"
# Where a document keeps its table of contents, which weighs much in Sphinx's environment.
_TOC = "archive_toc"


@dataclass(slots=True)
class Memory:
    """What a build leaves to the next.

    *fragments* come with what they referred to, *readings* are what the search takes from them;
    *pages* are the digests of what each page shows.
    """

    fragments: dict[str, tuple[str | None, Fragment]] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    dictionary: Dictionary = field(default_factory=Dictionary)


def _load_memory(path: Path) -> Memory:
    if not path.exists():
        return Memory()
    # Written by an earlier build, beside Sphinx's own pickles.
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301


def _digest(page: str, template: str, shown: Mapping[str, Any]) -> bytes:
    """Return what tells a page from one that shows something else."""
    text = repr((page, template, sorted(shown.items())))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _write_anew(path: Path, data: bytes) -> None:
    """Write a file anew: the one there may be that of another site too."""
    try:
        path.unlink(missing_ok=True)
        path.write_bytes(data)
    except FileNotFoundError:
        # Most folders are there: to make each again takes longer than to write.
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class ArchiveBuilder(StandaloneHTMLBuilder):
    """Builds the site, going on from what an earlier build left when ``archive_changed`` is given.

    *pages* are the names of their files, below the output; *files* those of others.
    """

    name = "html"
    # The search is ours.
    search = False
    # What it renders is kept in this process.
    allow_parallel = False

    def init(self) -> None:
        """Prepare what a build needs."""
        super().init()
        self.pages: set[str] = set()
        self.files: set[str] = set()
        self._memory_path = Path(self.doctreedir, _MEMORY)
        self._before = Memory()
        if self.config.archive_changed is not None:
            self._before = _load_memory(self._memory_path)
        self._after = Memory(dictionary=self._before.dictionary)

    def create_template_bridge(self) -> None:
        """Use our templates, on Furo's."""
        self.templates = Templates()

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield nothing: what to render is known once documents are read."""
        yield from ()

    def find_stale(self, read: Set[str]) -> list[str]:
        """Return the documents to render, and keep the fragments of the others."""
        stale = []
        for docname in sorted(self.env.found_docs):
            names = resolve_names(self._app, docname)
            known = self._before.fragments.get(docname)
            if docname in read or known is None or names is None or known[0] != names:
                stale.append(docname)
            else:
                self._after.fragments[docname] = known
                if docname in self._before.readings:
                    self._after.readings[docname] = self._before.readings[docname]
        return stale

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Render a document, whose page is written when all are."""
        names = resolve_names(self._app, docname)
        self._after.fragments[docname] = (names, self._render(docname, doctree))

    def _render(self, docname: str, doctree: nodes.document) -> Fragment:
        post = find_post(self._app, docname)
        featured = take_featured(doctree)
        picture = render_excerpt(self, docname, featured) if featured else ""
        # Before Sphinx's writer adds words of its own.
        opening, length = find_opening(doctree), count_words(doctree)
        excerpt = render_excerpt(self, docname, cut_excerpt(doctree, post)) if post else ""
        head, end, text = render_body(self, doctree, docname).partition("</h1>")
        return Fragment(
            heading=head + end,
            packed=pack(text),
            featured=picture,
            sections=render_sections(self, vars(doctree)[_TOC]),
            excerpt=excerpt,
            opening=opening,
            length=length,
            links=find_links(doctree, docname),
        )

    @property
    def dictionary(self) -> Dictionary:
        """The words of the site, as the dictionary has them."""
        return self._after.dictionary

    def find_fragment(self, docname: str) -> Fragment:
        """Return a document as HTML."""
        return self._after.fragments[docname][1]

    def find_reading(self, docname: str) -> Reading:
        """Return what the search takes from a document, found once for the same document."""
        readings = self._after.readings
        if docname not in readings:
            fragment = self.find_fragment(docname)
            readings[docname] = read_blocks(read_article(fragment.heading + fragment.text))
        return readings[docname]

    def gen_pages_from_extensions(self) -> None:
        """Write the pages of documents, then those of extensions."""
        self.events.emit("fragments-rendered")
        for docname in sorted(self.env.found_docs):
            self.handle_page(docname, self._show_document(docname))
        super().gen_pages_from_extensions()

    def _show_document(self, docname: str) -> dict[str, Any]:
        fragment = self.find_fragment(docname)
        # A post is shown part by part: archivist.site.pages.post.
        body = {} if find_post(self._app, docname) else {"body": self._show_body(fragment)}
        return body | {
            "title": self.env.titles[docname].astext(),
            "archive_summary": shorten(fragment.opening),
        }

    def _show_body(self, fragment: Fragment) -> str:
        body = EXCERPTS.sub(lambda found: self.find_fragment(found[1]).excerpt, fragment.text)
        return fragment.heading + body

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Prepare what rendering needs; docutils would look for its styles for each document."""
        super().prepare_writing(docnames)
        self.docsettings.stylesheet_path = None

    def copy_image_files(self) -> None:
        """Leave it to archivist.site.text.images: Sphinx knows those of what was rendered alone."""

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        **_: object,
    ) -> None:
        """Write a page, unless the last one was made of the same."""
        context = self._make_context(pagename) | addctx
        if templatename not in _BARE:
            templatename = self._complete(pagename, templatename, context)
        shown = {key: value for key, value in context.items() if key not in self._constants}
        digest = _digest(pagename, templatename, shown)
        self._after.pages[pagename] = digest
        name = f"{pagename}{self.out_suffix}"
        self.pages.add(name)
        if not self.config.archive_keeps_pages or self._before.pages.get(pagename) != digest:
            html = lead_from(pagename, self.templates.render(templatename, context))
            if pagename == _NOT_FOUND:
                html = absolutise(html, find_root(self.config.html_baseurl))
            _write_anew(Path(self.outdir, name), html.encode("utf-8"))

    def write_file(self, name: str, data: bytes) -> None:
        """Write a file that is no page, *name* below the output, unless it holds the same."""
        path = Path(self.outdir, name)
        self.files.add(name)
        if not path.exists() or path.read_bytes() != data:
            _write_anew(path, data)

    @cached_property
    def _handlers(self) -> list[Callable[..., str | None]]:
        """Who completes what a template is given: not those that serve Furo's own templates."""
        listeners = sorted(
            self.events.listeners["html-page-context"], key=lambda each: (each.priority, each.id)
        )
        handlers = [listener.handler for listener in listeners]
        return [each for each in handlers if each.__module__.partition(".")[0] not in _UNUSED]

    def _complete(self, page: str, template: str, context: dict[str, Any]) -> str:
        """Complete *context* and return the template to use, as Sphinx's event does.

        Sphinx writes down the whole context each time, for a log that nobody reads.
        """
        results = [handler(self._app, page, template, context, None) for handler in self._handlers]
        return next(filter(None, results), template)

    def _make_context(self, page: str) -> dict[str, Any]:
        here = self.get_target_uri(page)

        def pathto(other: str, resource: bool = False) -> str:
            return relative_uri(here, other if resource else self.get_target_uri(other)) or "#"

        own = {
            "pagename": page,
            "pathto": pathto,
            "content_root": "../" * page.count("/") or "./",
            "hasdoc": self.env.all_docs.__contains__,
        }
        self._constants = {"pathto", "hasdoc", *self.globalcontext}
        return self.globalcontext | own

    def save_memory(self) -> None:
        """Leave to the next build what this one knows."""
        with self._memory_path.open("wb") as file:
            pickle.dump(self._after, file)


class Unkept(dict[str, Any]):
    """Keeps no document, read or pickled, until the end: together they would fill the memory."""

    def __setitem__(self, name: str, document: Any) -> None:  # noqa: ANN401 (Sphinx's own)
        """Let *document* go; it lies on the disk."""


class DocumentsRead:
    """Knows which documents a build read."""

    def __init__(self) -> None:
        self.docnames: set[str] = set()

    def on_env_before_read_docs(
        self, _: Sphinx, env: BuildEnvironment, docnames: Iterable[str]
    ) -> None:
        """Note the documents that are read."""
        self.docnames = set(docnames)
        env._write_doc_doctree_cache = Unkept()  # noqa: SLF001
        env._pickled_doctree_cache = Unkept()  # noqa: SLF001

    def on_doctree_read(self, app: Sphinx, doctree: nodes.document) -> None:
        """Move the contents of a document from what every build reads to the document."""
        if isinstance(app.builder, ArchiveBuilder):
            docname = app.env.current_document.docname
            vars(doctree)[_TOC] = app.env.tocs[docname]
            app.env.tocs[docname] = nodes.bullet_list()

    def on_env_updated(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Tell Sphinx which documents to render."""
        if isinstance(app.builder, ArchiveBuilder):
            return app.builder.find_stale(self.docnames)
        return sorted(env.found_docs)


def choose_changed(
    app: Sphinx, _: BuildEnvironment, __: set[str], changed: set[str], ___: set[str]
) -> list[str]:
    """Put what is known to have changed in the place of what Sphinx takes from dates."""
    known: frozenset[str] | None = app.config.archive_changed
    if known is not None and app.env.config_status == CONFIG_OK:
        changed.clear()
        changed |= known & app.env.all_docs.keys()
    return []


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Keep what was made, once nothing can fail any more."""
    if not exception and isinstance(app.builder, ArchiveBuilder):
        app.builder.save_memory()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    read = DocumentsRead()
    app.setup_extension("archivist.site.sphinx.posts")
    app.setup_extension("archivist.site.sphinx.xrefs")
    app.add_event("fragments-rendered")
    app.add_builder(ArchiveBuilder, override=True)
    # The documents that changed since the last build, where that is known.
    app.add_config_value("archive_changed", None, "")
    # Whether the pages of that build are in the output.
    app.add_config_value("archive_keeps_pages", default=False, rebuild="", types=bool)
    app.connect("env-get-outdated", choose_changed)
    app.connect("env-before-read-docs", read.on_env_before_read_docs)
    app.connect("doctree-read", read.on_doctree_read)
    # After posts, whose register it stands on.
    app.connect("env-updated", read.on_env_updated, priority=700)
    app.connect("build-finished", on_build_finished, priority=990)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
