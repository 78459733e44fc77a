"""A site to read from a folder, without a host: its search, and a file that says how to begin.

Browsers refuse modules and all reading of files to a page opened from a folder, so what the
search knows is in one plain script.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.dates.french import spell_date
from archivist.search.files import write_script
from archivist.site.book.book import count_posts, spell_years
from archivist.site.files.search import FOLDER, SEARCH
from archivist.site.sphinx.ablog import find_register
from archivist.site.sphinx.templates import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry
    from archivist.site.sphinx.builder import ArchiveBuilder

_SCRIPT = f"{FOLDER}/search.js"
_PARTS = ("words.js", "nodes.js", "in-folder.js")
_READ_ME = "LISEZ-MOI.txt"


def on_html_collect_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of the search."""
    if app.config.archive_is_folder:
        shown = {"title": "Recherche", "archive_summary": "Chercher dans les billets."}
        yield SEARCH, shown, "search-in-folder.html"


def _describe(builder: ArchiveBuilder, entry: Entry) -> dict[str, str]:
    return {
        "title": entry.title,
        "url": builder.get_target_uri(entry.post.docname),
        "date": spell_date(entry.post.shown_date),
        "opening": shorten(builder.find_fragment(entry.post.docname).opening),
    }


def _write_search(app: Sphinx) -> str:
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    entries = find_register(app).entries
    folder = Path(app.confdir, "_static", "search")
    return write_script(
        [_describe(builder, entry) for entry in entries],
        [builder.find_reading(entry.post.docname).words for entry in entries],
        builder.dictionary,
        [(folder / name).read_text(encoding="utf-8") for name in _PARTS],
    )


def _write_read_me(app: Sphinx) -> str:
    context = {
        "archive_name": app.config.project,
        "archive_address": app.config.html_baseurl,
        "archive_posts": "",
    }
    entries = find_register(app).entries
    if entries:
        context["archive_posts"] = f"{count_posts(entries)} {spell_years(entries)}"
    return app.builder.templates.render(_READ_ME, context)  # type: ignore[no-any-return]


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the script of the search, and what to read first."""
    if exception or not app.config.archive_is_folder:
        return
    for name, text in ((_SCRIPT, _write_search(app)), (_READ_ME, _write_read_me(app))):
        path = Path(app.outdir, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        # The file there may be that of another site too.
        path.unlink(missing_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.builder")
    app.add_config_value("archive_is_folder", default=False, rebuild="", types=bool)
    app.connect("html-collect-pages", on_html_collect_pages)
    app.connect("build-finished", on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
