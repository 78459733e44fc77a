"""Pages that are no text and no list: the search, and what can be taken away as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from archivist.site.files.data import VERSION, DataField, list_fields
from archivist.site.files.feeds import PAGE as DATA
from archivist.site.files.search import SEARCH
from archivist.site.needs import Needs
from archivist.site.pages.page import Page
from archivist.site.site import Site


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
    version: int = VERSION


@dataclass(frozen=True, kw_only=True)
class SearchPage(Tool):
    """The search of a site that a host serves."""

    template: ClassVar[str] = "search.html"
    is_listed: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class FolderSearchPage(Tool):
    """The search of a site that is read from a folder."""

    template: ClassVar[str] = "search-in-folder.html"
    is_listed: ClassVar[bool] = False


def list_data_page(_: Site) -> Iterator[Page]:
    """Yield the page about data and feeds."""
    summary = "Suivre ces archives, les citer, les réutiliser."
    yield DataPage(docname=DATA, title="Données et flux", summary=summary, fields=list_fields())


def list_search_page(site: Site) -> Iterator[Page]:
    """Yield the page of the search."""
    kind = FolderSearchPage if site.plan.is_folder else SearchPage
    yield kind(docname=SEARCH, title="Recherche", summary="Chercher dans les billets.")
