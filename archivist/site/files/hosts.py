"""What hosts are told: the headers to send, and where old addresses lead. One host, one class."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from archivist.addresses import owned
from archivist.addresses.old import QUERIES, is_path, output_name, place_at, split_old
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.files.feeds import list_old_feeds
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.styles import HEADER_POLICY, write_policy
from archivist.site.site import Site

QUERIES_FILE = "_static/old-addresses.json"
# As nginx has it by default for such tables; longer addresses need more.
_BUCKET = 256
# What a query by name asks for, and the folder that has it.
_LABELS = {"tag": "tag", "category_name": "category", "author_name": "author"}
# What WordPress answered below any address: pages and comments of a text, its feed, its other
# shapes; and the days of a month.
_BELOW = r"(?:page/|comment-page-)[0-9]+|[0-9]{1,2}|feed(?:/[a-z0-9]+)?|amp|embed|trackback"


def group_by_slug(posts: Iterable[Post]) -> dict[str, list[Post]]:
    """Return the posts of each slug."""
    found: dict[str, list[Post]] = {}
    for post in posts:
        found.setdefault(post.slug, []).append(post)
    return found


def find_old_paths(site: Site) -> dict[str, str]:
    """Return the new address of each old path, the slugs of posts included."""
    alone = (found[0] for found in group_by_slug(site.library.posts).values() if len(found) == 1)
    paths = {f"{post.slug}/": f"{post.docname}.html" for post in alone} | list_old_feeds(site)
    return paths | {old: new for old, new in site.redirects.items() if is_path(old)}


def find_asked(site: Site) -> dict[str, str]:
    """Return the new address of each old query, and of what one host alone answers at.

    Where that is the site's own host, what the site has there itself is not led away.
    """
    home = urlsplit(site.base_url).hostname or ""
    own = {place_at(home, each) for each in site.archive.addresses().values()} if home else set()
    return {old: new for old, new in site.redirects.items() if not is_path(old) and old not in own}


def find_gone(site: Site) -> tuple[str, ...]:
    """Return the old addresses where a page says why nothing is there any more."""
    return tuple(each.old for each in site.archive.redirects if each.reason)


class Netlify:
    """Netlify and Cloudflare Pages: https://docs.netlify.com/routing/redirects/."""

    @staticmethod
    def write_headers(headers: Mapping[str, str]) -> str:
        """Return the file `_headers`."""
        return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())

    @staticmethod
    def write_redirects(
        paths: Mapping[str, str], asked: Mapping[str, str], gone: Iterable[str], root: str
    ) -> str:
        """Return the file `_redirects`, for a site at the folder *root*.

        Queries of any host are left to the script of the pages, which all such hosts send.
        """
        lines = []
        for old, new in sorted(asked.items()):
            host, path, query = split_old(old)
            # The first line that fits counts; where there is a file, only one with the mark.
            for start in ("https://", "https://www.", "http://", "http://www.") if host else ():
                place = f"{start}{host}/{quote(path)}"
                lines.append(
                    " ".join(filter(None, (place, quote(query, "="), root + quote(new), "301!")))
                )
        lines += [
            f"{root}{quote(old)} {root}{quote(new)} 301" for old, new in sorted(paths.items())
        ]
        lines += [f"{root}{quote(old)} {root}{quote(old)} 410!" for old in sorted(gone)]
        return "".join(f"{line}\n" for line in lines)


class Nginx:
    """nginx: maps to include (https://nginx.org/en/docs/http/ngx_http_map_module.html)."""

    @staticmethod
    def write_headers(headers: Mapping[str, str]) -> str:
        """Return directives for the server block."""
        lines = (f'add_header {name} "{value}" always;\n' for name, value in headers.items())
        return "# Include in the server block.\n" + "".join(lines)

    @staticmethod
    def write_redirects(
        paths: Mapping[str, str], asked: Mapping[str, str], gone: Iterable[str], root: str
    ) -> str:
        """Return maps for the http block; their head says how to use them."""
        maps = _make_maps({**asked, **paths}, root) | _make_rules(root)
        pairs = [(root + old, root + output_name(old)) for old in gone]
        longest = max((len(old.encode()) for found in maps.values() for old, _ in found), default=0)
        bucket = max(_BUCKET, 2 ** (longest + 64).bit_length())
        lines = ["# Include in the http block, after these two lines if they are not there yet:"]
        lines += [f"#     map_hash_bucket_size {bucket};", "#     map_hash_max_size 65536;"]
        lines += ["# and in the server block write:"]
        # What asks for most comes first; what is lost is looked for only where nothing is.
        lines += [
            f"#     if ({name}) {{ return 301 {name}; }}" for _, name in maps if name != _LOST
        ]
        lines += ["#     error_page 404 @archive_lost;", "#     location @archive_lost {"]
        lines += [f"#         if ({_LOST}) {{ return 301 {_LOST}; }}"]
        lines += [f"#         try_files {root}{owned.NOT_FOUND}.html =404;", "#     }"]
        if pairs:
            lines += [
                "#     if ($archive_gone) { return 410; }",
                "#     error_page 410 @archive_gone;",
            ]
            lines += ["#     location @archive_gone { try_files $archive_gone =410; }"]
            lines += _write_map("$uri", "$archive_gone", _quote(pairs))
        if any("$archive_host" in variable for variable, _ in maps):
            bare = [("~^www[.](?<archive_bare>.+)$", "$archive_bare")]
            lines += _write_map("$host", "$archive_host", bare, "$host")
        for (variable, name), pairs in maps.items():
            lines += _write_map(variable, name, pairs)
        return "\n".join(lines) + "\n"


_LOST = "$archive_above"
# Of a variable of nginx and the one that is made of it, the pairs that say how.
Maps = dict[tuple[str, str], list[tuple[str, str]]]


def _make_maps(old: Mapping[str, str], root: str) -> Maps:
    """Return a map for each thing that *old* addresses ask for: a query first, one host first."""
    found: dict[tuple[bool, str], dict[str, tuple[str, str]]] = {}
    for address, new in old.items():
        host, path, query = split_old(address)
        name, _, value = query.partition("=")
        place = f"{host}/{path}" if host else f"{root}{path}"
        key = f"{place}?{name}={quote(value)}" if name else place
        # nginx heeds no capitals, and refuses a map with the same twice.
        found.setdefault((bool(host), name), {})[key.lower()] = (key, root + new)
    found.setdefault((False, ""), {})
    maps = {}
    for name in (*QUERIES, ""):
        for is_bound in (True, False):
            variable = "$archive_host$uri" if is_bound else "$uri"
            variable = f'"{variable}?{name}=$arg_{name}"' if name else variable
            variable = f'"{variable}"' if is_bound and not name else variable
            if pairs := found.get((is_bound, name)):
                called = f"$archive_{'at_host_' if is_bound else ''}{name or 'path'}"
                maps[variable, called] = _quote(pairs.values())
    return maps


def _make_rules(root: str) -> Maps:
    """Return maps for what needs no table: days, words to search, what was below an address."""
    start = re.escape(root)
    year, month = "(?<archive_y>[0-9]{4})", "(?<archive_m>[0-9]{2})"
    return {
        ('"$uri?m=$arg_m"', "$archive_day"): [
            (f"~^{start}[?]m={year}$", f"{root}$archive_y/"),
            (f"~^{start}[?]m={year}{month}", f"{root}$archive_y/$archive_m/"),
        ],
        ('"$uri?s=$arg_s"', "$archive_search"): [
            (f"~^{start}[?]s=(?<archive_s>.+)$", f"{root}{owned.SEARCH}.html?q=$archive_s")
        ],
        # What was asked, letter by letter: what it says once decoded might end a header.
        **{
            (f'"$uri?{asked}=$arg_{asked}"', f"$archive_{asked}"): [
                (f"~^{start}[?]{asked}=(?<archive_label>[^/]+)$", f"{root}{kind}/$archive_label/")
            ]
            for asked, kind in _LABELS.items()
        },
        ("$request_uri", _LOST): [
            # Never //other.exemple/, which would be another host.
            (f"~^(?<archive_up>{start}(?![/\\x5c]){above}(?:{_BELOW})/?(?:[?]|$)", "$archive_up")
            for above in ("[^?]+?[.]html)/", "(?:[^?]*?/)?)")
        ],
    }


def _quote(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(old, quote(new)) for old, new in sorted(pairs)]


def _write_map(
    variable: str, name: str, pairs: Iterable[tuple[str, str]], default: str = ""
) -> list[str]:
    lines = (f'    "{old}" "{new}";' for old, new in pairs)
    return [f"map {variable} {name} {{", f'    default "{default}";', *lines, "}"]


def list_host_files(site: Site) -> Iterator[SiteFile]:
    """Yield the files that make usual hosts send our headers."""
    headers = {
        "Content-Security-Policy": write_policy(HEADER_POLICY),
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    yield hold(owned.NETLIFY_HEADERS, Netlify.write_headers(headers))
    yield hold(owned.NGINX_HEADERS, Nginx.write_headers(headers))


def list_redirect_files(site: Site) -> Iterator[SiteFile]:
    """Yield the table of old queries, and the tables of old addresses for usual hosts."""
    paths, asked, gone = site.once(find_old_paths), find_asked(site), find_gone(site)
    # p=148, for ?p=148; what one host alone answers at is whole
    table = {old.removeprefix("?"): asked[old] for old in sorted(asked)}
    tables: dict[str, Callable[[], str]] = {
        QUERIES_FILE: lambda: json.dumps(table, indent=0, ensure_ascii=False) + "\n",
        owned.NETLIFY: lambda: Netlify.write_redirects(paths, asked, gone, site.root),
        owned.NGINX: lambda: Nginx.write_redirects(paths, asked, gone, site.root),
    }
    key = take_key(paths, asked, gone, site.root)
    return (SiteFile(name, write, key=key) for name, write in tables.items())
