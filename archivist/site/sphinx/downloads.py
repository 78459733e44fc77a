"""Links to what readers can take away (`{takeaway}`), where the site's maintainer publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_FILES = {
    "archives.epub": "Le livre, au format EPUB",
    "archives.zip": "La copie du site, à lire depuis un dossier",
}
_NOWHERE = "Ces fichiers ne sont pas proposés ici\u00a0: demandez-les à qui publie ce site."


class Takeaway(SphinxDirective):
    """The files below the `archive_takeaway` of conf.py, else whom to ask for them."""

    def run(self) -> list[nodes.Node]:
        """Return a list of links, or one paragraph."""
        folder = self.config.archive_takeaway.rstrip("/")
        if not folder:
            return [nodes.paragraph("", _NOWHERE)]
        files = nodes.bullet_list()
        for name, said in _FILES.items():
            link = nodes.reference("", said, refuri=f"{folder}/{name}", internal=False)
            files += nodes.list_item("", nodes.paragraph("", "", link))
        return [files]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.add_config_value("archive_takeaway", "", "env", str)
    app.add_directive("takeaway", Takeaway)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
