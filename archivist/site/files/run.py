"""Leave in the output what the sources explain, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archivist.site.files.search import FOLDER
from archivist.site.sphinx.templates import prints_site
from archivist.site.text.images import find_variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.builder import ArchiveBuilder

# Beside Sphinx's own records, the names of the files that a build wrote.
RECORD = "archive-files.txt"


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Delete the pages and images of earlier builds that no source explains any more."""
    if exception or not prints_site(app):
        return
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    files = builder.pages | builder.files
    files |= {f"_images/{name}" for _, name in app.env.images.values()}
    files |= {f"_images/{name}" for _, name, _ in find_variants(app)}
    files |= {f"_downloads/{name}" for _, name in app.env.dlfiles.values()}
    files |= set(_list_search(Path(app.outdir)))
    # Kept with Sphinx's own records: only what a build of ours wrote is ever deleted.
    record = Path(app.doctreedir, RECORD)
    for stale in sorted(_read_record(record) - files):
        Path(app.outdir, stale).unlink(missing_ok=True)
    record.write_text("\n".join(sorted(files)), encoding="utf-8")


def _list_search(output: Path) -> Iterator[str]:
    paths = (path for path in (output / FOLDER).rglob("*") if path.is_file())
    return (path.relative_to(output).as_posix() for path in paths)


def _read_record(record: Path) -> set[str]:
    return set(record.read_text(encoding="utf-8").split("\n")) if record.exists() else set()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    # When all is written.
    app.connect("build-finished", on_build_finished, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
