"""What hosts are told: the headers to send, and where old addresses lead. One host, one class."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote

from archivist.addresses import owned
from archivist.addresses.old import output_name
from archivist.keys import take_key
from archivist.posts.post import Post
from archivist.site.files.feeds import list_old_feeds
from archivist.site.files.file import SiteFile, hold
from archivist.site.files.styles import HEADER_POLICY, write_policy
from archivist.site.site import Site

QUERIES_FILE = "_static/old-addresses.json"


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
    return paths | {old: new for old, new in site.redirects.items() if not old.startswith("?")}


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
    def write_redirects(paths: Mapping[str, str], gone: Iterable[str], root: str) -> str:
        """Return the file `_redirects`, for a site at the folder *root*."""
        # Where there is a file, only a line with the mark counts.
        lines = [(quote(old), quote(new), "301") for old, new in sorted(paths.items())]
        lines += [(quote(old), quote(old), "410!") for old in sorted(gone)]
        return "".join(f"{root}{old} {root}{new} {code}\n" for old, new, code in lines)


class Nginx:
    """nginx: maps to include (https://nginx.org/en/docs/http/ngx_http_map_module.html)."""

    @staticmethod
    def write_headers(headers: Mapping[str, str]) -> str:
        """Return directives for the server block."""
        lines = (f'add_header {name} "{value}" always;\n' for name, value in headers.items())
        return "# Include in the server block.\n" + "".join(lines)

    @staticmethod
    def write_redirects(
        paths: Mapping[str, str], queries: Mapping[str, str], gone: Iterable[str], root: str
    ) -> str:
        """Return maps for the http block; their head says how to use them."""
        parameters = sorted({query.partition("=")[0] for query in queries})
        names = ["$archive_path", *(f"$archive_{name}" for name in parameters)]
        lines = ["# Include in the http block, after these two lines if they are not there yet:"]
        lines += ["#     map_hash_bucket_size 256;", "#     map_hash_max_size 65536;"]
        lines += ["# and in the server block write:"]
        lines += [f"#     if ({name}) {{ return 301 {name}; }}" for name in names]
        if pairs := [(root + old, root + output_name(old)) for old in gone]:
            lines += [
                "#     if ($archive_gone) { return 410; }",
                "#     error_page 410 @archive_gone;",
            ]
            lines += ["#     location @archive_gone { try_files $archive_gone =410; }"]
            lines += _write_map("$uri", "$archive_gone", pairs)
        # nginx heeds no capitals, and refuses a map with the same twice.
        once = {old.lower(): (root + old, root + new) for old, new in paths.items()}
        pairs = list(once.values())
        lines += _write_map("$uri", "$archive_path", pairs)
        for name in parameters:
            found = (query for query in queries if query.partition("=")[0] == name)
            pairs = [(f"{root}?{query}", root + queries[query]) for query in found]
            lines += _write_map(f'"$uri?{name}=$arg_{name}"', f"$archive_{name}", pairs)
        return "\n".join(lines) + "\n"


def _write_map(variable: str, name: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    lines = (f'    "{old}" "{quote(new)}";' for old, new in sorted(pairs))
    return [f"map {variable} {name} {{", '    default "";', *lines, "}"]


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
    paths, redirects = site.once(find_old_paths), sorted(site.redirects.items())
    gone = find_gone(site)
    # p=148, for ?p=148
    queries = {old[1:]: new for old, new in redirects if old.startswith("?")}
    tables: dict[str, Callable[[], str]] = {
        QUERIES_FILE: lambda: json.dumps(queries, indent=0, ensure_ascii=False) + "\n",
        owned.NETLIFY: lambda: Netlify.write_redirects(paths, gone, site.root),
        owned.NGINX: lambda: Nginx.write_redirects(paths, queries, gone, site.root),
    }
    key = take_key(paths, queries, gone, site.root)
    return (SiteFile(name, write, key=key) for name, write in tables.items())
