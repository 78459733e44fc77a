"""The HTML builder: documents become fragments, fragments pages; a page that is the same is kept.

It replaces Sphinx's builder `html`, under the same name. Sphinx decides by dates what to write,
and forgets what other pages show of a document. Here a document is made into HTML again when it
was read again or what it refers to has changed, and a page is written when what its template is
given differs from what it was given last time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from archivist.addresses import owned
from archivist.files import compress
from archivist.posts.library import name_lists
from archivist.search.article import read_article
from archivist.search.reading import Reading, read_blocks
from archivist.site.contents import list_files, list_pages
from archivist.site.domain import find_domain, find_post
from archivist.site.files.file import hold
from archivist.site.files.run import Output
from archivist.site.files.sitemap import list_maps
from archivist.site.files.styles import list_unused
from archivist.site.pages.page import Page
from archivist.site.plan import find_plan, prints_site
from archivist.site.site import Site
from archivist.site.sphinx.memory import Memory, load_memory, save_memory
from archivist.site.sphinx.pages import ForeignPage, PagePrinter, record_page
from archivist.site.sphinx.reading import TOC, DocumentRenderer, DocumentsRead, choose_changed
from archivist.site.sphinx.templates import Templates
from archivist.site.sphinx.xrefs import WORDS, prove_words, resolve_names
from archivist.site.text.excerpts import cut_excerpt
from archivist.site.text.featured import take_featured
from archivist.site.text.fragments import (
    Fragment,
    count_words,
    find_links,
    find_opening,
    render_body,
    render_excerpt,
    render_sections,
)
from archivist.site.text.names import list_names
from archivist.site.text.typography import bind_spaces

# Alabaster comes with Sphinx, whatever the theme.
_THEMES = frozenset({"alabaster", "furo", "sphinx_basic_ng"})
_NOT_FOUND = owned.NOT_FOUND
# What is made once a build, and weighs much.
_MADE = ("site", "_printer", "is_alone")


class ArchiveBuilder(DocumentRenderer):
    """Builds the site, going on from what an earlier build left when its plan knows what changed."""

    name = "html"
    epilog = "Les pages d’archivist, dont le constructeur remplace celui de Sphinx : %(outdir)s."
    # The search is ours.
    search = False
    # What it renders is kept in this process.
    allow_parallel = False

    def init(self) -> None:
        """Prepare what a build needs."""
        super().init()
        # Nothing is copied there, and a folder that is empty helps nobody.
        self._sources_dir = Path(self.outdir)
        self._leave_out_theme()
        self._memory_path = Path(self.doctreedir, "memory.pickle")
        self._last: Memory | None = None
        self.begin()

    def begin(self) -> None:
        """Prepare a build, which goes on from the last one of this builder if there was one."""
        for made in _MADE:
            vars(self).pop(made, None)
        self._rendered = set()
        self.plan = find_plan(self._app)
        self.reasons: dict[str, str] = {}
        """Why each page that was written was, by docname."""
        self._mapped: list[str] = []
        self._before = Memory()
        if self.plan.changed is not None:
            self._before = self._last or load_memory(self._memory_path)
        known = self._before.files if self.plan.keeps_pages else {}
        self.output = Output(Path(self.outdir), known)
        self._after = Memory(
            dictionary=self._before.dictionary,
            lexis=self._before.lexis,
            relations=self._before.relations,
            references=self._before.references,
            files=self.output.keys,
        )
        self.templates.references = self._after.references

    def _leave_out_theme(self) -> None:
        """Disconnect what completes the pages of themes' own templates, which none of ours is."""
        for listener in list(self.events.listeners["html-page-context"]):
            if listener.handler.__module__.partition(".")[0] in _THEMES:
                self.events.disconnect(listener.id)

    def create_template_bridge(self) -> None:
        """Use our templates, on Furo's."""
        self.templates = Templates()

    def get_outdated_docs(self) -> Iterator[str]:
        """Yield nothing: what to render is known once documents are read."""
        yield from ()

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
        body = render_body(self, doctree, docname)
        prove_words(self._app, docname, body, vars(doctree).get(WORDS))
        head, end, text = body.partition("</h1>")
        return Fragment(
            heading=head + end,
            packed=compress(text),
            featured=picture,
            sections=render_sections(self, vars(doctree)[TOC]),
            excerpt=excerpt,
            opening=opening,
            length=length,
            links=find_links(doctree, docname),
        )

    @cached_property
    def site(self) -> Site:
        """All that pages and files are made of; there once documents are rendered."""
        domain = find_domain(self._app)
        bodies = domain.archive.bodies()
        standing = sorted(self.env.found_docs - domain.library.positions.keys())
        return Site(
            name=str(self.config.project),
            base_url=str(self.config.html_baseurl or ""),
            config=self.config,
            docs=Path(self.srcdir),
            plan=self.plan,
            archive=domain.archive,
            library=domain.library,
            redirects=domain.redirects,
            titles={name: bind_spaces(bodies[name].title.text) for name in standing},
            fragments={docname: known[1] for docname, known in self._after.fragments.items()},
            find_reading=self.find_reading,
            lexis=self._after.lexis,
            relations=self._after.relations,
            dictionary=self._after.dictionary,
            names={name: list_names(self.env, name) for name in domain.library.positions},
            images={uri: name for uri, (_, name) in self.env.images.items()},
            downloads={str(uri): str(name) for uri, (_, name) in self.env.dlfiles.items()},
            find_template=self.templates.find,
        )

    def find_reading(self, docname: str) -> Reading:
        """Return what the search takes from a document, found once for the same document."""
        readings = self._after.readings
        if docname not in readings:
            fragment = self._after.fragments[docname][1]
            blocks = read_article(fragment.heading + fragment.text)
            readings[docname] = read_blocks(blocks, self._after.lexis)
        return readings[docname]

    def gen_pages_from_extensions(self) -> None:
        """Write our pages, then those of extensions."""
        self.events.emit("fragments-rendered")
        for page in list_pages(self.site):
            self._write_page(page)
        super().gen_pages_from_extensions()

    def dump_inventory(self) -> None:
        """Write what other sites refer to by name: all lists too, and nothing that is not there."""
        standard, pages = self.env.domains.standard_domain, self._after.pages
        lists = name_lists(find_domain(self._app).library).items()
        labels = {name: (page, "", title) for name, (page, title) in lists} | standard.labels
        known = {
            "labels": {name: each for name, each in labels.items() if each[0] in pages},
            "anonlabels": {
                name: each for name, each in standard.anonlabels.items() if each[0] in pages
            },
        }
        before = {name: standard.data[name] for name in known}
        standard.data.update(known)
        try:
            super().dump_inventory()
        finally:
            standard.data.update(before)

    def copy_image_files(self) -> None:
        """Leave it to archivist.site.files.pictures: Sphinx knows those of what was rendered alone."""

    copy_download_files = copy_image_files

    def handle_page(
        self,
        pagename: str,
        addctx: dict[str, Any],
        templatename: str = "page.html",
        **_: object,
    ) -> None:
        """Write a page of another extension."""
        self._write_page(ForeignPage.make(pagename, addctx, templatename))

    @cached_property
    def _printer(self) -> PagePrinter:
        return PagePrinter(self, self.site)

    def _write_page(self, page: Page) -> None:
        """Write a page, unless the last one was made of the same."""
        name, frame = page.docname, self._printer.find_frame(page)
        record = record_page(self.templates.find(page.template_name), page, frame)
        before = self._before.pages.get(name) if self.plan.keeps_pages else None
        self._after.pages[name] = record
        file = f"{name}{self.out_suffix}"
        self.output.names.add(file)
        if page.is_listed and name != _NOT_FOUND:
            self._mapped.append(name)
        if before == record and not self._printer.has_listeners:
            return
        if self.output.write(hold(file, self._printer.print(page, frame))):
            self.reasons[name] = record.explain(before)

    def write_files(self) -> None:
        """Write all that is no page, and leave nothing that no source explains."""
        site = self.site
        self.output.delete(list_unused(site, self._printer.loaded.names))
        for file in (*list_files(site), *list_maps(site, self._mapped)):
            self.output.write(file)
        self.output.drop_stale(Path(self.doctreedir))

    def end(self) -> None:
        """Keep what was made, once nothing can fail any more."""
        self._last = self._after
        for made in _MADE:
            vars(self).pop(made, None)
        if not self.plan.is_kept:
            save_memory(self._memory_path, self._after)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write what is no page, after Furo, which writes its colours of code last of all."""
    if not exception and isinstance(app.builder, ArchiveBuilder) and prints_site(app):
        app.builder.write_files()
        app.builder.end()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Put our builder in the place of Sphinx's."""
    read = DocumentsRead()
    app.setup_extension("archivist.site.sphinx.posts")
    app.add_event("fragments-rendered")
    app.add_builder(ArchiveBuilder, override=True)
    app.add_config_value("archive_stylesheets", [], "html", list)
    app.add_config_value("archive_list_stylesheets", [], "html", list)
    app.connect("env-get-outdated", choose_changed)
    app.connect("env-before-read-docs", read.on_env_before_read_docs)
    app.connect("doctree-read", read.on_doctree_read)
    # After posts, whose names it stands on.
    app.connect("env-updated", read.on_env_updated, priority=700)
    app.connect("build-finished", on_build_finished, priority=900)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
