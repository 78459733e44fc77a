"""nginx: directives for the server block, and maps (https://nginx.org/en/docs/http/ngx_http_map_module.html)."""

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
from archivist.site.hosts.old import BELOW, LABELS, Leads

# As nginx has it by default for such tables; longer addresses need more.
_BUCKET = 256


def write_headers(root: str) -> str:
    """Return directives for the server block of a site at the folder *root*."""
    lines = ["# Include in the server block.", "charset utf-8;"]
    lines += [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    lines += [f'set $archive_kept "{SHORT}";', 'set $archive_named "$uri?$arg_v";']
    lines += [f'if ($archive_named ~ "{write_long(root)}") {{ set $archive_kept "{LONG}"; }}']
    lines += [f'if ($uri = "{root}{INDEX}") {{ set $archive_kept "{ASKED}"; }}']
    lines += ["add_header Cache-Control $archive_kept;"]
    lines += [
        "gzip on;",
        "gzip_vary on;",
        "gzip_min_length 256;",
        f"gzip_types {' '.join(PACKED)};",
    ]
    for end, kind in TYPES.items():
        lines += [f'location ~ "{re.escape(end)}$" {{ types {{ }} default_type "{kind}"; }}']
    return "\n".join(lines) + "\n"


def write_redirects(old: Leads) -> str:
    """Return maps for the http block; their head says how to use them."""
    root = old.root
    maps = _make_maps(old) | _make_rules(root)
    pairs = [(root + each, root + output_name(each)) for each in old.gone]
    longest = max(len(each.encode()) for found in maps.values() for each, _ in found)
    bucket = max(_BUCKET, 2 ** (longest + 64).bit_length())
    lines = ["# Include in the http block, after these two lines if they are not there yet:"]
    lines += [f"#     map_hash_bucket_size {bucket};", "#     map_hash_max_size 65536;"]
    lines += ["# and in the server block write:"]
    # What asks for most comes first; what is lost is looked for only where nothing is.
    lines += [f"#     if ({name}) {{ return 301 {name}; }}" for _, name in maps if name != _LOST]
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


def _make_maps(old: Leads) -> Maps:
    """Return a map for each thing that *old* addresses ask for."""
    maps: Maps = {}
    for (name, is_bound), pairs in old.sort_out().items():
        variable = f"{'$archive_host' if is_bound else ''}$uri"
        variable = f"{variable}?{name}=$arg_{name}" if name else variable
        called = f"$archive_{'at_host_' if is_bound else ''}{name or 'path'}"
        # nginx heeds no capitals, and refuses a map with the same twice.
        told = {key.lower(): (key, old.root + new) for key, new in _name(pairs, old.root)}
        maps[f'"{variable}"', called] = _quote(told.values())
    return maps


def _name(pairs: Iterable[tuple[OldParts, str]], root: str) -> Iterator[tuple[str, str]]:
    """Yield what nginx would make of each address, and where that leads."""
    for (host, path, query), new in pairs:
        name, _, value = query.partition("=")
        place = f"{host}/{path}" if host else f"{root}{path}"
        yield f"{place}?{name}={quote(value)}" if name else place, new


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
            for asked, kind in LABELS.items()
        },
        ("$request_uri", _LOST): [
            # Never //other.exemple/, which would be another host.
            (f"~^(?<archive_up>{start}(?![/\\x5c]){above}(?:{BELOW})/?(?:[?]|$)", "$archive_up")
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
