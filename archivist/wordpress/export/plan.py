"""What becomes of the items of an export: which are written, where, and what is known of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from archivist.addresses.old import AddressError, normalise_address
from archivist.addresses.owned import OWNED
from archivist.addresses.web import name_host
from archivist.dates.edtf import FIRST_YEAR, LAST_YEAR
from archivist.errors import ArchiveError
from archivist.syntax.characters import find_sign
from archivist.wordpress.existing import Existing, Written
from archivist.wordpress.export.wxr import Blog, Term, WpItem, read_export
from archivist.wordpress.notes import Kind, Noter, note_nothing

REFUSED, FAILED = "laissés, refusés par la vérification", "laissés, erreur inattendue"
COAUTHOR = "cap-"
"""What a plugin puts before the login of a second author: cap-claire"""
THE_SITE, ANOTHER_BLOG = 0, -1
"""Who has an old address that is no item's of the export."""
_IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".bmp", ".avif")


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A post or page that will be written: *docname* is its file below docs/ without ``.md``."""

    id: int
    is_page: bool
    title: str
    docname: str
    link: str
    date: dt.datetime
    creator: str = ""
    terms: tuple[Term, ...] = ()
    stub: Written | None = None

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.docname.rpartition("/")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Medium:
    """A file of the media library: its address, and the words that go with it."""

    id: int
    parent: int
    order: int
    link: str
    url: str
    title: str
    alt: str
    caption: str

    @property
    def is_image(self) -> bool:
        """Whether it can be shown in a page."""
        return self.url.partition("?")[0].lower().endswith(_IMAGES)


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A post or page that was to be written and is not: *state* is what the report counts it as."""

    docname: str
    state: str
    problems: Sequence[str]


@dataclass(kw_only=True)
class Plan:
    """What an import will do with the items of an export."""

    blog: Blog
    planned: dict[int, Planned] = field(default_factory=dict)
    media: dict[int, Medium] = field(default_factory=dict)
    shared: dict[int, str] = field(default_factory=dict)  # blocks that several posts share
    hidden: set[int] = field(default_factory=set)  # the numbers of items that nobody may see
    paths: dict[str, int] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # by type, and what is done
    anchors: dict[int, dict[str, str]] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)  # keys of authors, by login
    deleted: frozenset[str] = frozenset()  # docnames of what a hand took away
    renamed: dict[str, str] = field(default_factory=dict)  # docnames, by the reserved name wanted
    left: dict[int, Left] = field(default_factory=dict)  # what is written no more
    problems: list[str] = field(default_factory=list)  # of items that could not even be planned
    notes: list[tuple[Kind, str]] = field(default_factory=list)  # of what is no item

    @cached_property
    def _by_parent(self) -> Mapping[int, Sequence[Medium]]:
        found: dict[int, list[Medium]] = {}  # Asked only once all items are known.
        for medium in self.media.values():
            found.setdefault(medium.parent, []).append(medium)
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        return {each.url.rpartition("/")[2].lower(): each.url for each in self.media.values()}

    def find_upload(self, address: str) -> str:
        """Return the address of the file that a bare name calls; any other *address* as it is."""
        return address if "/" in address else self._by_name.get(address.lower(), address)

    def list_media(self, post: int) -> Sequence[Medium]:
        """Return the media attached to a post, in their order."""
        return sorted(self._by_parent.get(post, ()), key=lambda each: (each.order, each.id))

    def sign(self, signatures: Mapping[str, str]) -> None:
        """Have authors have the keys that *signatures* says, by login. Raises ArchiveError."""
        terms = (term.slug for _, term in self.used_terms.items() if term.domain == "author")
        coauthors = {slug.removeprefix(COAUTHOR) for slug in terms}
        known = coauthors | {each.creator for each in self.list_signed()}
        for login in signatures.keys() - known:
            told = f"aucun billet n’est de cet auteur, mais de {', '.join(sorted(known))}."
            raise ArchiveError(f"--author {login}=… : {told}")
        self.signatures = signatures

    def list_signed(self) -> Sequence[Planned]:
        """Return the posts that will be there, and so the lists of what they are filed under."""
        posts = (each for each in self.planned.values() if not each.is_page)
        return [each for each in posts if each.docname not in self.deleted]

    @property
    def used_terms(self) -> dict[tuple[str, str], Term]:
        """What these are filed under."""
        terms = (term for each in self.list_signed() for term in each.terms)
        return {(term.domain, term.slug): term for term in terms}

    @cached_property
    def _by_url(self) -> Mapping[str, Medium]:
        return {medium.url: medium for medium in self.media.values()}

    def find_alone(self, shown: Iterable[str]) -> Iterator[Medium]:
        """Yield the media of the addresses *shown* that are attached to no post that is written."""
        for medium in filter(None, map(self._by_url.get, shown)):
            if medium.parent not in self.planned:
                yield medium

    def ask(self, name: str, number: int) -> str:
        """Return the query by which the blog answered for a *number*, if it gave one: /?p=148."""
        if number <= 0:
            return ""
        folder = normalise_path(self.blog.url).partition("?")[0]
        return f"/{folder}/?{name}={number}".replace("//", "/")

    def list_addresses(self, medium: Medium) -> list[str]:
        """Return the addresses of the page that *medium* had, as redirects are written."""
        own = (f"/{normalise_path(medium.link)}", self.ask("attachment_id", medium.id))
        return [f"/{each}" for each in map(read_address, own) if each]

    def leave(self, problems: Mapping[str, Sequence[str]], state: str) -> None:
        """Write no more the posts and pages that have *problems*, by docname: no link leads there."""
        for number, planned in list(self.planned.items()):
            if found := problems.get(planned.docname):
                left = Left(docname=planned.docname, state=state, problems=found)
                self.left[number] = left
                del self.planned[number]

    def claim_addresses(self, existing: Existing) -> dict[str, int]:
        """Return whose each address is already: an item's by its number, the site's, another blog's."""
        own = {each.docname for each in self.planned.values()}
        host = name_host(self.blog.url)

        def find_owner(name: str) -> int:
            return THE_SITE if existing.hosts.get(name) == host else ANOTHER_BLOG

        names = {address.removesuffix("/").removesuffix(".html") for address in OWNED} - {""}
        for each in self.planned.values():
            names |= {f"{each.date.year}", f"{each.date.year}/{each.date.month:02}"}
        claimed = {f"{post.slug}/": find_owner(post.docname) for post in existing.posts.values()}
        claimed |= {
            each.old: find_owner(each.new) for each in existing.redirects if each.new not in own
        }
        claimed |= {f"{name}{ending}": THE_SITE for name in names for ending in ("/", ".html")}
        return claimed | {f"{each.slug}/": each.id for each in self.planned.values()}


def refuse(item: WpItem) -> str:
    """Return why *item* is not written, in French, or nothing."""
    if item.type not in {"post", "page"}:
        return f"type {item.type}"
    if item.status != "publish":
        return f"état {item.status or 'inconnu'}"
    return "protégé par mot de passe" if item.protected else ""


def explain_failure(item: WpItem, error: Exception) -> str:
    """Return in French that *item* met with an *error* that nobody foresaw."""
    kind = type(error).__name__
    return f"élément {item.id} ({item.type}) : erreur inattendue ({kind}), signalez-la."


def read_address(address: str, note: Noter = note_nothing) -> str:
    """Return *address* as the site writes old ones, or nothing when it can be none."""
    try:
        old = normalise_address(address)
    except AddressError as error:
        note(Kind.OLD_ADDRESS_REFUSED, str(error))
        return ""
    # A file of redirects has spaces between addresses.
    if old.split() == [old] and not find_sign(old, in_header=True):
        return old
    note(Kind.OLD_ADDRESS_REFUSED, old)
    return ""


def normalise_path(address: str) -> str:
    """Return the path of an old address, so that two that are the same page are the same."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = unquote(parts.path).strip("/").lower()
    return f"{path}?{parts.query}" if parts.query else path


def key_of(blog: Blog, number: int) -> str:
    """Return what tells an item from all others, of other blogs too."""
    return f"{blog.url.rstrip('/')}?p={number}"


def find_moment(date: str, date_gmt: str) -> dt.datetime:
    """Return the moment of a *date* of the blog's own clock, and that of the world's."""
    local, world = _read_date(date), _read_date(date_gmt)
    if local is None:
        local = world or dt.datetime(FIRST_YEAR, 1, 1)  # noqa: DTZ001 (a zone is given below)
    offset = round((local - world).total_seconds() / 900) * 900 if world else 0
    zone = dt.timezone(dt.timedelta(seconds=offset)) if abs(offset) <= 50_400 else dt.UTC  # noqa: PLR2004
    return local.replace(tzinfo=zone)


def _read_date(text: str) -> dt.datetime | None:
    try:
        date = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return date if FIRST_YEAR <= date.year < LAST_YEAR else None


def read_items(paths: Iterable[Path], blog: Blog) -> Iterator[WpItem]:
    """Yield the items of all files, each under a number of its own."""
    known: dict[int, int] = {}
    for path in paths:
        blog.version = ""  # Each file says its version itself.
        for item in read_export(path, blog):
            yield replace(item, id=_find_number(item, known))


def _find_number(item: WpItem, known: dict[int, int]) -> int:
    """Return the number of *item*; below 0 where its export gives none, or another's.

    Two items of one number are one where they have the same title and address. *known* is what
    each number was given to.
    """
    said = hash((item.title, item.link))
    whole = f"{item.title}\n{item.link}\n{item.guid}\n{item.slug}\n{item.date}"
    made = (-int(hashlib.sha256(each.encode()).hexdigest()[:13], 16) for each in (item.link, whole))
    numbers = (max(item.id, 0), *(made if item.link else [*made][1:]))
    return next(
        (each for each in numbers if each and known.setdefault(each, said) == said), item.id
    )
