"""Netlify and Cloudflare Pages, which read the same two files, each its own lines of them.

https://docs.netlify.com/manage/routing/redirects/overview/,
https://developers.cloudflare.com/pages/configuration/redirects/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from archivist.addresses import owned
from archivist.addresses.old import split_old
from archivist.site.hosts.headers import (
    ASKED,
    HEADERS,
    INDEX,
    LONG,
    NAMED,
    SHORT,
    TYPES,
    VERSIONED,
)
from archivist.site.hosts.old import LABELS, Leads


def write_headers(root: str) -> str:
    """Return the file `_headers`, for a site at the folder *root*.

    No file is told the same header twice: both hosts would send both.
    """
    rules = {"/*": HEADERS}
    rules |= {f"/*{end.lstrip('/')}": {"Content-Type": kind} for end, kind in TYPES.items()}
    kept = {f"{name}*": LONG for name in NAMED} | dict.fromkeys(VERSIONED, LONG)
    kept |= {f"{owned.SEARCH_FOLDER}/lexicon/*": SHORT, INDEX: ASKED}
    rules |= {f"{root}{name}": {"Cache-Control": time} for name, time in kept.items()}
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in rules.items()
    )


def _write_asked(asked: Mapping[str, str], root: str) -> Iterator[str]:
    """Yield a line for each query, and for what one host alone answers at."""
    for old, new in sorted(asked.items()):
        host, path, query = split_old(old)
        starts = ("https://", "https://www.", "http://", "http://www.") if host else ("",)
        # The query goes with the reader: from the home page to itself it would go round.
        if host or path or new:
            for start in starts:
                place = f"{start}{host}{root if not host else '/'}{quote(path)}"
                words = (place, quote(query, "="), root + quote(new), "301!")
                yield " ".join(filter(None, words))


def write_redirects(old: Leads) -> str:
    """Return the file `_redirects`.

    The first line that fits counts. Netlify leads away from where there is a page only with the
    mark, which Cloudflare does not know: each address has a line for either. Of queries, which
    Cloudflare does not see, the script of the pages knows.
    """
    root = old.root
    # One host first, where all answer: it is asked for more.
    lines = sorted(_write_asked(old.asked, root), key=lambda line: line.startswith("/"))
    lines += [f"{root} {asked}=:name {root}{kind}/:name/ 301!" for asked, kind in LABELS.items()]
    lines += [f"{root} s=:words {root}{owned.SEARCH}.html?q=:words 301!"]
    for path, new in old.paths.items():
        lead = f"{root}{quote(path)} {root}{quote(new)} 301"
        lines += [f"{lead}!", lead]
    lines += [f"{root}{quote(path)} {root}{quote(path)} 410!" for path in old.gone]
    return "".join(f"{line}\n" for line in lines)
