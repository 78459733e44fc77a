"""The files that hosts read: the headers to send, and where old addresses lead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from archivist.addresses import owned
from archivist.site.files.file import SiteFile, hold
from archivist.site.hosts import apache, caddy, netlify, nginx
from archivist.site.hosts.old import find_leads
from archivist.site.site import Site

QUERIES_FILE = "_static/old-addresses.json"


def list_host_files(site: Site) -> Iterator[SiteFile]:
    """Yield the files that make usual hosts send our headers."""
    yield hold(owned.NETLIFY_HEADERS, netlify.write_headers(site.root))
    yield hold(owned.NGINX_HEADERS, nginx.write_headers(site.root))


def list_redirect_files(site: Site) -> Iterator[SiteFile]:
    """Yield the table of old queries, and what usual hosts are told of old addresses."""
    old = find_leads(site)
    # p=148, for ?p=148; what one host alone answers at is whole
    table = {each.removeprefix("?"): old.asked[each] for each in sorted(old.asked)}
    files: dict[str, Callable[[], str]] = {
        QUERIES_FILE: lambda: json.dumps(table, indent=0, ensure_ascii=False) + "\n",
        owned.NETLIFY: lambda: netlify.write_redirects(old),
        owned.NGINX: lambda: nginx.write_redirects(old),
        owned.APACHE: lambda: apache.write_file(old),
        owned.CADDY: lambda: caddy.write_file(old),
    }
    return (SiteFile(name, write, key=old.key) for name, write in files.items())
