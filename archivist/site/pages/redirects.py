"""Old addresses answer: a page at each, a table for `/?p=148`, maps for usual hosts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx.util.osutil import relative_uri

from archivist.addresses import owned
from archivist.addresses.old import output_name
from archivist.dates.french import mark_up_date
from archivist.site.files.feeds import list_old_feeds
from archivist.site.pages.lists import link_from
from archivist.site.sphinx.ablog import Entry, find_register
from archivist.site.sphinx.templates import find_root, prints_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    PageSpec = tuple[str, dict[str, Any], str]

QUERIES_FILE = "_static/old-addresses.json"
NETLIFY_FILE = owned.NETLIFY
NGINX_FILE = owned.NGINX


def _by_slug(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.post.slug, []).append(entry)
    return found


def _all_paths(app: Sphinx) -> dict[str, str]:
    """Return the new address of each old path, the slugs of posts included."""
    paths = {
        f"{slug}/": f"{found[0].post.docname}.html"
        for slug, found in _by_slug(find_register(app).entries).items()
        if len(found) == 1
    }
    paths |= list_old_feeds(app)
    configured: dict[str, str] = app.config.archive_redirects
    paths |= {old: new for old, new in configured.items() if not old.startswith("?")}
    return paths


def _all_queries(app: Sphinx) -> dict[str, str]:
    configured: dict[str, str] = app.config.archive_redirects
    return {old[1:]: new for old, new in sorted(configured.items()) if old.startswith("?")}


def _page_of(address: str) -> str:
    return output_name(address).removesuffix(".html")


def _redirect_page(old: str, new: str) -> PageSpec:
    page = _page_of(old)
    target = relative_uri(f"{page}.html", output_name(new))
    # Who reads the page at an old address of a feed looks there for where it is.
    feed = target if new.endswith(".xml") else ""
    context = {"title": "Adresse déplacée", "archive_target": target, "archive_feed": feed}
    return page, context, "redirect.html"


def _choice_page(slug: str, entries: list[Entry]) -> PageSpec:
    """Return the page of a slug that several posts share, which lets the reader choose."""
    page = f"{slug}/index"
    choices = [
        (entry.title, link_from(page, entry.post.docname), mark_up_date(entry.post.shown_date))
        for entry in entries
    ]
    return page, {"title": "Plusieurs billets", "archive_choices": choices}, "choice.html"


def on_html_collect_pages(app: Sphinx) -> Iterator[PageSpec]:
    """Yield a page for each old path."""
    if not prints_site(app):
        return
    for old, new in _all_paths(app).items():
        yield _redirect_page(old, new)
    for slug, entries in _by_slug(find_register(app).entries).items():
        if len(entries) > 1:
            yield _choice_page(slug, entries)


def write_netlify(paths: Mapping[str, str], root: str) -> str:
    """Return *paths* as Netlify and Cloudflare Pages read them, from the folder *root*."""
    lines = (f"{root}{quote(old)} {root}{quote(new)} 301\n" for old, new in sorted(paths.items()))
    return "".join(lines)


def _nginx_map(variable: str, name: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f"map {variable} {name} {{"
    yield '    default "";'
    for old, new in sorted(pairs):
        yield f'    "{old}" "{quote(new)}";'
    yield "}"


def write_nginx(paths: Mapping[str, str], queries: Mapping[str, str], root: str) -> str:
    """Return maps to include in nginx's `http` block; their head says how to use them."""
    parameters = sorted({query.partition("=")[0] for query in queries})
    names = ["$archive_path", *(f"$archive_{name}" for name in parameters)]
    lines = ["# Include in the http block, after these two lines if they are not there yet:"]
    lines += ["#     map_hash_bucket_size 256;", "#     map_hash_max_size 65536;"]
    lines += ["# and in the server block write:"]
    lines += [f"#     if ({name}) {{ return 301 {name}; }}" for name in names]
    # nginx heeds no capitals, and refuses a map with the same twice.
    pairs = list({old.lower(): (root + old, root + new) for old, new in paths.items()}.values())
    lines += _nginx_map("$uri", "$archive_path", pairs)
    for name in parameters:
        found = [(q, new) for q, new in queries.items() if q.partition("=")[0] == name]
        pairs = [(f"{root}?{query}", root + new) for query, new in found]
        lines += _nginx_map(f'"$uri?{name}=$arg_{name}"', f"$archive_{name}", pairs)
    return "\n".join(lines) + "\n"


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the table of old queries and the server maps."""
    if exception or not prints_site(app):
        return
    root = find_root(app.config.html_baseurl)
    paths, queries = _all_paths(app), _all_queries(app)
    files = {
        QUERIES_FILE: json.dumps(queries, indent=0, ensure_ascii=False) + "\n",
        NETLIFY_FILE: write_netlify(paths, root),
        NGINX_FILE: write_nginx(paths, queries, root),
    }
    for name, text in files.items():
        Path(app.outdir, name).write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.pages.lists")
    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect("build-finished", on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
