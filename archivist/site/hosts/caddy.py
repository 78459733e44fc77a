"""Caddy: what to import in the block of a site (https://caddyserver.com/docs/caddyfile)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from archivist.addresses import owned
from archivist.addresses.old import OldParts, output_name
from archivist.site.hosts.headers import ASKED, HEADERS, INDEX, LONG, SHORT, TYPES, write_long
from archivist.site.hosts.old import BELOW, UNTABLED, Leads

_HEAD = """\
# Write in the block of the site, beside `root * /srv/archives`:
#     import /srv/archives/caddy.conf
encode gzip
file_server
"""


def write_file(old: Leads) -> str:
    """Return the file `caddy.conf`: what is sent with each file, and where old addresses lead."""
    root = old.root
    lines = [f'header {name} "{value}"' for name, value in HEADERS.items()]
    for number, (end, kind) in enumerate(TYPES.items()):
        lines += [f"@archive_type_{number} path *{end}"]
        lines += [f'header @archive_type_{number} Content-Type "{kind}"']
    kept = {f"~{write_long(root)}": LONG, f"{root}{INDEX}?": ASKED}
    lines += _write_map("{path}?{query.v}", "archive_kept", kept, SHORT)
    lines += ["header Cache-Control {archive_kept}"]
    names = []
    for source, name, pairs in (*_make_maps(old), *_make_rules(root)):
        names.append(name)
        lines += _write_map(source, name, pairs)
        lines += [f'@{name} not vars {{{name}}} ""']
    lines += [f"redir @{name} {{{name}}} 301" for name in names if name != _LOST]
    gone = {root + each: quote(root + output_name(each)) for each in old.gone}
    lines += _write_map("{path}", "archive_gone", gone)
    lines += ['@archive_gone not vars {archive_gone} ""', 'error @archive_gone "" 410']
    return _HEAD + "\n".join([*lines, *_write_errors(root)]) + "\n"


_LOST = "archive_above"


def _make_maps(old: Leads) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield a map for each thing that *old* addresses ask for: its source, its name, its pairs."""
    for (name, is_bound), pairs in old.sort_out().items():
        source = f"{'{host}' if is_bound else ''}{{path}}"
        source += f"?{name}={{query.{name}}}" if name else ""
        called = f"archive_{'at_host_' if is_bound else ''}{name or 'path'}"
        yield source, called, dict(_name(pairs, old.root))


def _name(pairs: Iterable[tuple[OldParts, str]], root: str) -> Iterator[tuple[str, str]]:
    for (host, path, query), new in pairs:
        for start in (host, f"www.{host}") if host else ("",):
            place = f"{start}/{path}" if host else f"{root}{path}"
            yield f"{place}?{query}" if query else place, quote(root + new)


def _make_rules(root: str) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Yield maps for what needs no table: days, words to search, labels, what was below an address."""
    start = re.escape(root)
    places = {query: re.sub("<([0-9])>", r"${\1}", led) for query, led in UNTABLED.items()}
    asked = {f"~^{start}[?](?:.*&)?{query}": root + place for query, place in places.items()}
    yield "{uri}", "archive_query", asked
    above = (rf"({start}[^/\\?][^?]*?[.]html)/", rf"({start}(?:[^/\\?][^?]*?/)?)")
    yield "{uri}", _LOST, {f"~^{each}(?:{BELOW})/?(?:[?]|$)": "${1}" for each in above}


def _write_map(
    source: str, name: str, pairs: Mapping[str, str], default: str = ""
) -> Iterator[str]:
    """Yield a map; no address has a quote, or braces."""
    lines = (f'\t"{old}" "{new}"' for old, new in pairs.items())
    yield from (f'map "{source}" {{{name}}} {{', *lines, f'\tdefault "{default}"', "}")


def _write_errors(root: str) -> Iterator[str]:
    """Yield what is shown where nothing is, and where what was is gone."""
    is_lost, is_gone = ("expression {err.status_code} == " + code for code in ("404", "410"))
    lines = (
        "header Cache-Control no-store",
        f'@archive_lost {{\n\t\t{is_lost}\n\t\tnot vars {{{_LOST}}} ""\n\t}}',
        f"redir @archive_lost {{{_LOST}}} 301",
        f"@archive_410 {is_gone}",
        "rewrite @archive_410 {archive_gone}",
        f"@archive_404 {is_lost}",
        f"rewrite @archive_404 {root}{owned.NOT_FOUND}.html",
        "file_server",
    )
    yield from ("handle_errors {", *(f"\t{line}" for line in lines), "}")
