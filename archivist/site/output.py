"""Leave in the output what the sources explain, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archivist.site.images import find_variants
from archivist.site.search import FOLDER
from archivist.site.templates import prints_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.builder import ArchiveBuilder

# Beside Sphinx's own records, the names of the files that a build wrote.
RECORD = "archive-files.txt"


def write_file(app: Sphinx, name: str, text: str) -> None:
    """Write a file that stands beside pages, unless it is there as it is.

    The one there may be that of another site too: it is taken away, never written over.
    """
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    builder.pages.add(name)
    path, data = Path(app.outdir, name), text.encode("utf-8")
    if path.exists() and path.read_bytes() == data:
        return
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Delete the pages and images of earlier builds that no source explains any more."""
    if exception or not prints_site(app):
        return
    builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
    files = builder.pages | {f"_images/{name}" for _, name in app.env.images.values()}
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
