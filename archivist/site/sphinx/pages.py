"""A page on its way to its file: what it is made of, and what tells it from the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from archivist.addresses.owned import NOT_FOUND
from archivist.keys import LENGTH, find_key, take_key
from archivist.site.files.styles import Loaded
from archivist.site.needs import Needs
from archivist.site.pages.head import Frame, Frames
from archivist.site.pages.page import Page, name_inputs
from archivist.site.site import Site, Template
from archivist.site.sphinx.templates import absolutise, squeeze
from archivist.site.text.fragments import lead_from

_REASONS = {
    "template": "gabarit",
    "place": "nom ou adresse du site",
    "settings": "réglages",
    "menu": "menu",
    "style": "feuille de style",
    "loaded": "fichiers que la page charge",
    "title": "titre",
    "summary": "résumé",
    "post": "en-tête du billet",
    "fragment": "texte",
    "body": "texte",
    "marker": "liens morts",
    "picture": "image de l’en-tête",
    "copy": "copie de l’adresse d’origine",
    "correct": "lien de correction",
    "reference": "référence",
    "comments": "commentaires",
    "series": "série",
    "cited_by": "« Cité par »",
    "related": "« À lire aussi »",
    "previous": "billet précédent",
    "next": "billet suivant",
    "entries": "liste",
    "links": "liste",
    "shelves": "liste",
    "years": "liste",
    "choices": "liste",
    "older": "pages voisines",
    "newer": "pages voisines",
    "feeds": "flux",
    "names": "noms",
    "words": "mots",
    "uses": "emplois des mots du glossaire",
    "leads_to": "adresse",
}
"""What readers see of each thing that a page is made of, in French."""


class Context(dict[str, Any]):
    """What a template is given; Sphinx spells it out at each event, for a log nobody reads."""

    def __repr__(self) -> str:
        return "Context(…)"

    def __or__(self, other: Mapping[str, Any]) -> Context:  # type: ignore[override]
        return Context({**self, **other})


class PagePrinter:
    """Writes pages as our templates do, and as other extensions complete them."""

    def __init__(self, builder: StandaloneHTMLBuilder, site: Site) -> None:
        self._builder, self._site = builder, site
        self.loaded = Loaded(Path(builder.outdir))
        given = {**builder.globalcontext, "pathto": lambda name, _: name}
        loaded = take_key(self.loaded.show(site, given))
        settings = take_key(builder.build_info.config_hash)
        self.find_frame = Frames(site, settings, loaded).find
        handlers = (each.handler for each in builder.events.listeners["html-page-context"])
        self.has_listeners = any(not each.__module__.startswith("sphinx.") for each in handlers)
        """Whether an extension that is not Sphinx's own completes what templates are given."""

    def print(self, page: Page, frame: Frame) -> str:
        """Return *page* as its template writes it, with what stands *frame* it."""
        name, template = page.docname, page.template_name
        context = self._make_context(name) | page.show()
        context["archive_canonical"] = frame.find_canonical(page)
        if frame.menu:
            context |= frame.show(page)
            template = self._let_complete(page, context)
            common = {each: context[each] for each in (*self._builder.globalcontext, "pathto")}
            context |= frame.menu.show(name, common, is_own=self.has_listeners)
        html = squeeze(lead_from(name, self._site.find_template(template).render(context)))
        return absolutise(html, self._site.root) if name == NOT_FOUND else html

    def _let_complete(self, page: Page, context: Context) -> str:
        """Let other extensions complete *context*; return the template to use."""
        builder, name, doctree = self._builder, page.docname, None
        if self.has_listeners and name in builder.env.found_docs:
            doctree = builder.env.get_and_resolve_doctree(name, builder, tags=builder.tags)
        # As in Sphinx, what an extension adds to the files of a page is for that page alone.
        scripts, styles = builder._js_files[:], builder._css_files[:]  # noqa: SLF001
        args = (name, page.template_name, context, doctree)
        template = builder.events.emit_firstresult("html-page-context", *args)
        context |= self.loaded.show(self._site, context)
        builder._js_files[:], builder._css_files[:] = scripts, styles  # noqa: SLF001
        return str(template or page.template_name)

    def _make_context(self, page: str) -> Context:
        builder = self._builder
        here = builder.get_target_uri(page)

        def pathto(other: str, resource: bool = False) -> str:
            if resource and "://" in other:
                return other
            return relative_uri(here, other if resource else builder.get_target_uri(other)) or "#"

        own = {
            "pagename": page,
            "pathto": pathto,
            "content_root": "../" * page.count("/") or "./",
            "hasdoc": builder.env.all_docs.__contains__,
        }
        return Context(builder.globalcontext | own)


@dataclass(frozen=True, kw_only=True)
class ForeignPage(Page):
    """A page of an extension that is not ours."""

    given: Mapping[str, Any] = field(default_factory=dict)
    name: str = "page.html"

    @classmethod
    def make(cls, docname: str, given: Mapping[str, Any], template: str) -> ForeignPage:
        """Return the page *docname* of what *template* is *given*."""
        title = str(given.get("title", ""))
        return cls(docname=docname, title=title, given=given, name=template)

    @property
    def template_name(self) -> str:
        """The file of its template."""
        return self.name

    @property
    def needs(self) -> Needs:
        """It may hold anything."""
        return Needs.CODE

    def show(self) -> dict[str, Any]:
        """Return what the template is given."""
        shown = {"archive_title": self.title, "archive_summary": self.summary}
        return shown | {"title": self.title} | dict(self.given)


# Without slots, which make unpickling so many take thrice as long.
@dataclass(frozen=True)
class PageRecord:
    """What a page is made of, in short: the key of each thing."""

    names: tuple[str, ...]
    keys: bytes

    def explain(self, before: PageRecord | None) -> str:
        """Return in French why the page is written, where *before* is what it was."""
        if before is None:
            return "nouvelle page"
        old, new = before.by_name(), self.by_name()
        changed = [name for name in self.names if old.get(name) != new[name]]
        said = dict.fromkeys(_REASONS.get(name, name) for name in changed)
        return f"a changé : {', '.join(said)}" if said else "n’avait pas sa place"

    def by_name(self) -> dict[str, bytes]:
        """Return the key of each thing."""
        starts = range(0, len(self.keys), LENGTH)
        parts = (self.keys[start : start + LENGTH] for start in starts)
        return dict(zip(self.names, parts, strict=True))


def record_page(template: Template, page: Page, frame: Frame) -> PageRecord:
    """Return what tells a page from one that may show something else."""
    kind: object = type(page)
    keys = [find_key(getattr(page, name)) for name in name_inputs(kind)]
    return PageRecord(_name_all(kind), b"".join((template.key, frame.keys, *keys)))


@cache
def _name_all(kind: object) -> tuple[str, ...]:
    frame: object = Frame
    return ("template", *name_inputs(frame), *name_inputs(kind))
