"""The old addresses of a post, and which of them a built site answers at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from archivist.addresses.old import output_name
from archivist.addresses.owned import OWNED_NAMES
from archivist.wordpress.export.plan import Plan, Planned, normalise_path, read_address
from archivist.wordpress.export.wxr import WpItem

_YEAR = re.compile(r"[0-9]{4}(?:/[0-9]{2})?/")  # whose list there may not be
_QUERIES = "_static/old-addresses.json"


class Answers:
    """What answers on the site in a folder: files, pages that lead on, the table of queries."""

    def __init__(self, output: Path) -> None:
        self._output = output

    @cached_property
    def _asked(self) -> frozenset[str]:
        path = self._output / _QUERIES
        return frozenset(json.loads(path.read_text("utf-8")) if path.is_file() else ())

    def find_silent(self, addresses: Iterable[str], host: str) -> list[str]:
        """Return those of *addresses*, as the site writes old ones, at which nothing answers.

        What the site has at an address of its own is told by the import.
        """
        host = host.removeprefix("www.")
        silent = (each for each in addresses if not self._answers(each, host))
        return [
            each for each in silent if each[:-1] not in OWNED_NAMES and not _YEAR.fullmatch(each)
        ]

    def _answers(self, address: str, host: str) -> bool:
        # p=148 for any host, https://blog.exemple.fr/?p=148 for one
        if {address.removeprefix("?"), f"https://{host}/{address}"} & self._asked:
            return True
        return "?" not in address and (self._output / output_name(address)).is_file()


def list_old(item: WpItem, planned: Planned, plan: Plan) -> Iterator[str]:
    """Yield the old addresses of *item* and of the files attached to it; nothing for none."""
    if item.id > 0:
        yield plan.ask("page_id" if planned.is_page else "p", item.id).lstrip("/")
    for address in (item.link, item.guid):
        plain, _, query = normalise_path(address).partition("?")
        # The number of another is that other's address.
        if not query and plain:
            yield read_address(f"/{plain}")
    for medium in plan.list_media(item.id):
        yield from (address.lstrip("/") for address in plan.list_addresses(medium))
