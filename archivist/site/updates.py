"""Notes added to a post later: ABlog's `{update}`, dated in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from archivist.post.dates import DateError, read_day
from archivist.site.dates import mark_up_day

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class Update(SphinxDirective):
    """A note whose title says when it was added; its argument is AAAA-MM-JJ."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return the note."""
        try:
            day = read_day(self.arguments[0]).date()
        except DateError as error:
            raise self.error(str(error)) from error
        title = nodes.title("", f"Mise à jour du {mark_up_day(day).striptags()}")
        note = nodes.admonition("", title, classes=["note", "update"])
        note += self.parse_content_to_nodes()
        return [note]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.ablog_layer")
    app.add_directive("update", Update, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
