"""Pages that are no text and no list: the search, and what can be taken away as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from archivist.formats.schema_org import Dataset, describe_dataset, write_json_ld
from archivist.site.files.data import TYPES, VERSION, DataField, list_fields
from archivist.site.files.feeds import PAGE as DATA
from archivist.site.files.search import SEARCH
from archivist.site.needs import Needs
from archivist.site.pages.page import Page
from archivist.site.site import Site

MANY_POSTS = 2_000


class Tool(Page):
    """A page that is no text: keys, code and what was found may be on it."""

    @property
    def needs(self) -> Needs:
        """What stands in any text but code."""
        return Needs.RICH


@dataclass(frozen=True, kw_only=True)
class DataPage(Tool):
    """What can be taken away, and what the fields of the data mean."""

    template: ClassVar[str] = "data.html"
    fields: list[DataField]
    json_ld: Markup
    version: int = VERSION


@dataclass(frozen=True, kw_only=True)
class SearchPage(Tool):
    """The search of a site that a host serves."""

    template: ClassVar[str] = "search.html"
    is_listed: ClassVar[bool] = False
    is_large: bool
    """Whether an answer may take longer than a key should wait."""


@dataclass(frozen=True, kw_only=True)
class FolderSearchPage(Tool):
    """The search of a site that is read from a folder."""

    template: ClassVar[str] = "search-in-folder.html"
    is_listed: ClassVar[bool] = False


def _describe(site: Site) -> Markup:
    """Return the data as programs that look for some find them, where they have addresses."""
    posts, home = site.library.posts, site.find_address("index")
    if not (home and posts):
        return Markup()
    data = Dataset(
        name=site.name,
        home=home,
        page=site.find_address(DATA),
        license=site.config.archive_license,
        years=f"{posts[0].date:%Y}/{posts[-1].date:%Y}",
        files=TYPES,
    )
    return write_json_ld(describe_dataset(data))


def list_data_page(site: Site) -> Iterator[Page]:
    """Yield the page about data and feeds."""
    summary = "Suivre ces archives, les citer, les réutiliser."
    yield DataPage(
        docname=DATA,
        title="Données et flux",
        summary=summary,
        fields=list_fields(),
        json_ld=_describe(site),
    )


def list_search_page(site: Site) -> Iterator[Page]:
    """Yield the page of the search."""
    title, summary = "Recherche", "Chercher dans les billets."
    if site.plan.is_folder:
        yield FolderSearchPage(docname=SEARCH, title=title, summary=summary)
    else:
        is_large = len(site.library.posts) > MANY_POSTS
        yield SearchPage(docname=SEARCH, title=title, summary=summary, is_large=is_large)
