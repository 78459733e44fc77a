"""Leave in the output what the sources explain, and nothing else; ready the 404 page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.site.images import find_variants
from archivist.site.redirects import find_root
from archivist.site.templates import prints_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

NOT_FOUND = "404"
_RELATIVE_LINK = re.compile(r'\b(href|src|action)="(?!/|#|[a-z][a-z0-9+.-]*:)')


def absolutise(html: str, root: str) -> str:
    """Return *html*, a page at the root of the site, with links that hold from any address."""
    return _RELATIVE_LINK.sub(rf'\g<1>="{root}', html)


class Output:
    """Knows which pages a build wrote."""

    def __init__(self) -> None:
        self.pages: set[str] = set()

    def on_html_page_context(
        self, _: Sphinx, page: str, __: str, ___: dict[str, Any], ____: nodes.document | None
    ) -> None:
        """Note a page that is written."""
        self.pages.add(page)

    def on_build_finished(self, app: Sphinx, exception: Exception | None) -> None:
        """Delete the pages and images of earlier builds that no source explains any more."""
        if exception or not prints_site(app) or app.config.archive_is_preview:
            return
        files = {f"{page}.html" for page in self.pages | app.env.found_docs}
        files |= {f"_images/{name}" for _, name in app.env.images.values()}
        files |= {f"_images/{name}" for _, name, _ in find_variants(app)}
        files |= {f"_downloads/{name}" for _, name in app.env.dlfiles.values()}
        # Kept with Sphinx's own records: only what a build of ours wrote is ever deleted.
        record = Path(app.doctreedir, "archive-files.txt")
        for stale in sorted(_read_record(record) - files):
            Path(app.outdir, stale).unlink(missing_ok=True)
        record.write_text("\n".join(sorted(files)), encoding="utf-8")
        _finish_not_found(Path(app.outdir), find_root(app.config.html_baseurl))


def _read_record(record: Path) -> set[str]:
    return set(record.read_text(encoding="utf-8").split("\n")) if record.exists() else set()


def _finish_not_found(folder: Path, root: str) -> None:
    page = folder / f"{NOT_FOUND}.html"
    if page.exists():
        html = absolutise(page.read_text(encoding="utf-8"), root)
        page.write_text(html, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    output = Output()
    app.connect("html-page-context", output.on_html_page_context)
    app.connect("build-finished", output.on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
