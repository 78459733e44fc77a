"""Where a post comes from: first published where and when, what is held, under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archivist.dates.french import mark_up_date, mark_up_day
from archivist.site.sphinx.ablog import find_post
from archivist.site.sphinx.templates import prints_site
from archivist.words.manifest import NAME

if TYPE_CHECKING:
    from docutils import nodes
    from markupsafe import Markup
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from archivist.posts.post import Post
    from archivist.site.sphinx.builder import ArchiveBuilder


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What the foot of a post says of its origin; *site* names the host of *source*, if any."""

    published: Markup
    site: str
    site_url: str
    source: str
    partial: bool
    copied: Markup | None
    license: str


def describe_provenance(post: Post) -> Provenance | None:
    """Return what is known of the origin of *post*, None for one written here without licence."""
    if not (post.source or post.license):
        return None
    address = urlsplit(post.source)
    return Provenance(
        published=mark_up_date(post.shown_date),
        site=address.netloc,
        site_url=f"{address.scheme}://{address.netloc}/",
        source=post.source,
        partial=post.partial,
        copied=mark_up_day(post.copied) if post.copied else None,
        license=post.license,
    )


def on_html_page_context(
    app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
) -> None:
    """Hand the template of a post what it says of its origin."""
    post = find_post(app, page) if prints_site(app) else None
    if post:
        context["archive_provenance"] = describe_provenance(post)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Hand readers the checksums of the words, where there are any."""
    records = Path(app.srcdir, NAME)
    if not exception and prints_site(app) and records.is_file():
        builder: ArchiveBuilder = app.builder  # type: ignore[assignment]
        builder.write_file(NAME, records.read_bytes())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.ablog")
    app.connect("html-page-context", on_html_page_context)
    app.connect("build-finished", on_build_finished)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
