"""What an archive keeps of a site: what answers at each of its addresses, sources, data, facts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from archivist import __version__
from archivist.addresses import owned
from archivist.addresses.old import output_name
from archivist.files import is_left_behind, list_files
from archivist.formats.citation import Person
from archivist.formats.deposit.bag import list_bag
from archivist.formats.deposit.cff import write_cff
from archivist.formats.deposit.warc import Answered, write_warc
from archivist.site.hosts.headers import find_type
from archivist.site.hosts.reading import find_headers, read_redirects
from archivist.site.offline import list_copy

DATA = (*owned.DATA_FILES, owned.LIBRARY)
# What no reader asks for by its name.
_LEFT_OUT = frozenset((*owned.HOST_FILES, owned.BUILD, ".nojekyll", f"{owned.NOT_FOUND}.html"))
# href="_static/archive.css?v=7803241e"
_VERSIONED = re.compile(r'(?:href|src)="([^"?]+[?]v=[0-9a-f]{8})"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Deposit:
    """What is handed over, and what is known of it."""

    name: str
    address: str
    contact: str
    """An e-mail or web address, if one is given."""
    repository: str
    posts: str
    """How many there are, in words."""
    day: dt.date
    """The one on which all is as it is here."""
    authors: tuple[Person, ...]
    docs: Path
    withheld: Collection[str]
    """The docnames of posts that nobody is to see yet."""

    def describe(self) -> dict[str, str]:
        """Return what the bag says of itself."""
        kind = "Contact-Email" if "://" not in self.contact else "Contact-Name"
        told = {
            "Source-Organization": self.name,
            kind: self.contact,
            "External-Identifier": self.address,
            "External-Description": f"{self.name}, {self.posts} : le site comme il répond "
            "(site.warc.gz), une copie à lire sans réseau (copie/index.html), un livre "
            "(archives.epub), les données (donnees/) et les sources (sources/docs/).",
            "Bagging-Date": self.day.isoformat(),
            "Bag-Software-Agent": f"archivist {__version__}",
        }
        return {name: value for name, value in told.items() if value}

    def list_files(
        self, site: Path, copy: Path, book: Path, capture: Path
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the bag: of the *site*, of a *copy* to read from a folder, of the others."""
        self._capture(site, capture)
        return list_bag(self._list_payload(site, copy, (book, capture)), self.describe())

    def _list_payload(
        self, site: Path, copy: Path, others: tuple[Path, ...]
    ) -> Iterator[tuple[str, bytes]]:
        cited = write_cff(
            self.name, self.authors, self.day, url=self.address, repository=self.repository
        )
        yield "CITATION.cff", cited.encode()
        for path in others:
            yield path.name, path.read_bytes()
        for name, data in list_copy(copy):
            yield f"copie/{name}", data
        for name in DATA:
            yield f"donnees/{name}", (site / name).read_bytes()
        for name in sorted(name for name, _ in list_files(self.docs)):
            if not self._hides(name):
                yield f"sources/docs/{name}", (self.docs / name).read_bytes()

    def _hides(self, name: str) -> bool:
        """Tell whether a file of docs/ is a draft's, or none of the archive's."""
        parts = name.split("/")
        is_kept = not any(
            part.startswith((".", "__pycache__")) or is_left_behind(part) for part in parts
        )
        # posts/2018/billet.md, posts/2018/billet.comments.yml, posts/2018/billet/vue.png
        return not is_kept or any(
            name.startswith((f"{post}.", f"{post}/")) for post in self.withheld
        )

    def _capture(self, site: Path, path: Path) -> None:
        """Write what answers at the addresses of the *site* into a WARC."""
        about = {
            "software": f"archivist {__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self.name,
            "description": f"{self.address}, comme ce site répond ; écrit à partir de ses fichiers.",
        }
        # Noon there is the same day nearly everywhere.
        write_warc(path, f"{self.day}T12:00:00Z", about, list_answers(site, self.address))


def list_answers(site: Path, base_url: str) -> Iterator[Answered]:
    """Yield what a host at *base_url* answers at each address of the *site* in a folder.

    Old addresses lead on, as `_redirects` says. What answers at several addresses is there once.
    """
    base = base_url.rstrip("/") + "/"
    rules = (site / owned.NETLIFY_HEADERS).read_text(encoding="utf-8")
    led = dict(read_redirects((site / owned.NETLIFY).read_text(encoding="utf-8")))
    pages = {urljoin(base, output_name(old)) for old in led}
    asked: set[str] = set()
    for name in sorted(name for name, _ in list_files(site)):
        whole = urljoin(base, quote(name))
        if name in _LEFT_OUT or whole in pages:
            continue
        data = (site / name).read_bytes()
        headers = {"Content-Type": find_type(name)} | find_headers(rules, urlsplit(whole).path)
        address = re.sub("(?<=/)index[.]html$", "", whole)
        yield Answered(address=address, headers=headers, data=data)
        if address != whole:
            yield Answered(address=whole, headers=headers, like=address)
        if name.endswith(".html"):
            asked |= {urljoin(whole, each) for each in _VERSIONED.findall(data.decode())}
    for each in sorted(asked):
        plain = each.partition("?")[0]
        headers = {"Content-Type": find_type(plain)} | find_headers(rules, urlsplit(plain).path)
        yield Answered(address=each, headers=headers, like=plain)
    for old, new in sorted(led.items()):
        lead = {"Location": urljoin(base, new)}
        yield Answered(address=urljoin(base, old), status="301 Moved Permanently", headers=lead)
