"""The old addresses of a site, and where each leads: what every host is told, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from archivist.addresses import owned
from archivist.addresses.old import QUERIES, OldParts, is_path, place_at, split_old
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.files.feeds import list_old_feeds
from archivist.site.site import Site

LABELS: Mapping[str, str] = {"tag": "tag", "category_name": "category", "author_name": "author"}
"""What a query by name asks for, and the folder that has it."""
UNTABLED: Mapping[str, str] = {
    **{f"{asked}=([^/&]+)": f"{kind}/<1>/" for asked, kind in LABELS.items()},
    "s=([^&]+)": f"{owned.SEARCH}.html?q=<1>",
    "m=([0-9]{4})([0-9]{2})": "<1>/<2>/",
    "m=([0-9]{4})(?:&|$)": "<1>/",
}
"""Patterns of queries that need no table, and where each leads: `<1>` is what its group found."""
BELOW = r"(?:page/|comment-page-)[0-9]+|[0-9]{1,2}|feed(?:/[a-z0-9]+)?|amp|embed|trackback"
"""What WordPress answered below any address: pages and comments of a text, its feed, its other
shapes; and the days of a month."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leads:
    """Where old addresses lead, below the root."""

    root: str
    """The path of the site on its host, with both slashes."""
    paths: Mapping[str, str]
    """The likeliest to be asked for first: some hosts take no more than so many."""
    asked: Mapping[str, str]
    """Queries, and what one host alone answers at."""
    gone: tuple[str, ...] = ()
    """Where a page says why nothing is there any more."""

    @property
    def key(self) -> bytes:
        """What tells them from others."""
        return take_key(self.root, list(self.paths.items()), self.asked, self.gone)

    def sort_out(self) -> dict[tuple[str, bool], list[tuple[OldParts, str]]]:
        """Return the addresses by what a host looks at: a query's name first, one host first."""
        found: dict[tuple[str, bool], list[tuple[OldParts, str]]] = {
            (name, is_bound): [] for name in (*QUERIES, "") for is_bound in (True, False)
        }
        for address, new in {**self.asked, **self.paths}.items():
            parts = split_old(address)
            found[parts.query.partition("=")[0], bool(parts.host)].append((parts, new))
        return {asked: pairs for asked, pairs in found.items() if pairs}


def group_by_slug(posts: Iterable[Post]) -> dict[str, list[Post]]:
    """Return the posts of each slug."""
    found: dict[str, list[Post]] = {}
    for post in posts:
        found.setdefault(post.slug, []).append(post)
    return found


def find_old_paths(site: Site) -> dict[str, str]:
    """Return the new address of each old path: that of posts first, of lists and feeds last."""
    given = {old: new for old, new in site.redirects.items() if is_path(old)}
    alone = (found[0] for found in group_by_slug(site.library.posts).values() if len(found) == 1)
    slugs = {f"{post.slug}/": f"{post.docname}.html" for post in alone}

    def rank(pair: tuple[str, str]) -> tuple[bool, bool, bool, str]:
        old, new = pair
        return new.endswith(".xml"), not new.startswith(f"{owned.POSTS}/"), old not in given, old

    return dict(sorted((slugs | list_old_feeds(site) | given).items(), key=rank))


def find_asked(site: Site) -> dict[str, str]:
    """Return the new address of each old query, and of what one host alone answers at.

    Where that is the site's own host, what the site has there itself is not led away.
    """
    home = urlsplit(site.base_url).hostname or ""
    own = {place_at(home, each) for each in site.archive.addresses().values()} if home else set()
    return {old: new for old, new in site.redirects.items() if not is_path(old) and old not in own}


def find_leads(site: Site) -> Leads:
    """Return all old addresses of *site*."""
    return Leads(
        root=site.root,
        paths=site.once(find_old_paths),
        asked=find_asked(site),
        gone=tuple(sorted(each.old for each in site.archive.redirects if each.reason)),
    )
