"""Apache: the file `.htaccess`, which it reads where `AllowOverride` has FileInfo.

https://httpd.apache.org/docs/2.4/rewrite/flags.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from archivist.addresses import owned
from archivist.addresses.old import OldParts, output_name
from archivist.site.hosts.headers import (
    ASKED,
    HEADERS,
    INDEX,
    LONG,
    PACKED,
    SHORT,
    TYPES,
    write_long,
)
from archivist.site.hosts.old import BELOW, UNTABLED, Leads

_KEPT = 'Header set Cache-Control "{}"'


def write_file(old: Leads) -> str:
    """Return the file `.htaccess`: what is sent with each file, and where old addresses lead."""
    root = old.root
    lines = ["# Apache heeds this where AllowOverride has FileInfo."]
    lines += ["AddDefaultCharset UTF-8", f"ErrorDocument 404 {root}{owned.NOT_FOUND}.html"]
    lines += ["ErrorDocument 410 /%{reqenv:archive_gone}"] if old.gone else []
    for end, kind in TYPES.items():
        name = re.escape(end).replace("/", "^")
        lines += _nest(f'FilesMatch "{name}$"', [f'ForceType "{kind}"'])
    sent = [f'Header always set {name} "{value}"' for name, value in HEADERS.items()]
    sent += [_KEPT.format(SHORT)]
    long = f""""%{{REQUEST_URI}}?%{{QUERY_STRING}}" =~ m#{write_long(root, "v=")}#"""
    for rule, time in ((long, LONG), (f"%{{REQUEST_URI}} == '{root}{INDEX}'", ASKED)):
        sent += _nest(f'If "{_escape(rule)}"', [_KEPT.format(time)])
    lines += _nest("IfModule mod_headers.c", sent)
    packed = [f"AddOutputFilterByType DEFLATE text/html {' '.join(PACKED)}"]
    lines += _nest("IfModule mod_deflate.c", _nest("IfModule mod_filter.c", packed))
    lines += _nest("IfModule mod_rewrite.c", list(_write_rules(old)))
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _nest(section: str, lines: Iterable[str]) -> list[str]:
    return [f"<{section}>", *(f"  {line}" for line in lines), f"</{section.split(maxsplit=1)[0]}>"]


def _write_rules(old: Leads) -> Iterator[str]:
    """Yield what leads old addresses to the new: queries first, then one host's, then paths."""
    # What another rule led to is led no further.
    yield from (
        "RewriteEngine On",
        'RewriteCond %{ENV:REDIRECT_STATUS} "!^$"',
        "RewriteRule ^ - [L]",
    )
    sorted_out = old.sort_out()
    asked = [
        _lead(each, old.root) for (name, _), pairs in sorted_out.items() if name for each in pairs
    ]
    asked += _lead_queries(old.root)
    # Who asks for nothing passes over all of them.
    yield from ('RewriteCond %{QUERY_STRING} "^$"', f"RewriteRule ^ - [S={len(asked)}]")
    yield from asked
    for path in old.gone:
        page = (old.root + output_name(path)).lstrip("/")
        yield f'RewriteRule "^{_match(path)}$" - [G,E=archive_gone:{page}]'
    yield from (
        _lead(each, old.root)
        for (name, _), pairs in sorted_out.items()
        if not name
        for each in pairs
    )
    # Nothing is below a page; below all else there may be something.
    yield _climb(r"([^/\\].*?[.]html)/", old.root)
    yield from ("RewriteCond %{REQUEST_FILENAME} !-f", "RewriteCond %{REQUEST_FILENAME} !-d")
    yield _climb(r"((?:[^/\\].*?/)?)", old.root)


def _climb(above: str, root: str) -> str:
    return f'RewriteRule "^{above}(?:{BELOW})/?$" "{root}$1" [R=301,L]'


def _lead(pair: tuple[OldParts, str], root: str) -> str:
    """Return the rule of an old address, below its conditions."""
    (host, path, query), new = pair
    name, _, value = query.partition("=")
    lines = []
    if host:
        lines += [f'RewriteCond %{{HTTP_HOST}} "^(?:www[.])?{re.escape(host)}(?::[0-9]+)?$" [NC]']
    if query:
        lines += [f'RewriteCond %{{QUERY_STRING}} "(?:^|&){name}={re.escape(quote(value))}(?:&|$)"']
    place = re.sub(r"[$%\\]", r"\\\g<0>", root + new)
    flags = "R=301,L,NC,QSD" if query else "R=301,L,NC"
    return "\n  ".join([*lines, f'RewriteRule "^{_match(path)}$" "{place}" [{flags}]'])


def _match(path: str) -> str:
    return re.sub("/$", "/?", re.escape(path))


def _lead_queries(root: str) -> Iterator[str]:
    """Yield a rule, below its condition, for each query that needs no table."""
    for query, led in UNTABLED.items():
        place = re.sub("<([0-9])>", r"%\1", led)
        rule = f'RewriteRule "^$" "{root}{place}" [R=301,L,NE{"" if "?" in place else ",QSD"}]'
        yield f'RewriteCond %{{QUERY_STRING}} "(?:^|&){query}"\n  {rule}'
