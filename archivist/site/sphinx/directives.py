"""Directives of standing pages: `{contact}`, `{takeaway}`, `{rgaa}` and `{postlist}`."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from archivist.site.sphinx.postlist import CountedPostList, fill_postlists
from archivist.site.sphinx.rgaa import Rgaa

_BEFORE_CONTACT = (
    "Si quelque chose vous empêche de lire ces archives, donnez l’adresse de la page et ce qui "
    "vous gêne à"
)
_WITHOUT_CONTACT = (
    "Si quelque chose vous empêche de lire ces archives, dites-le par le projet qui les héberge, "
    "avec l’adresse de la page et ce qui vous gêne."
)
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


class Contact(SphinxDirective):
    """How to report a problem: the `archive_contact` of conf.py, else the project itself."""

    def run(self) -> list[nodes.Node]:
        """Return one paragraph."""
        contact = self.config.archive_contact
        if not contact:
            return [nodes.paragraph("", nodes.Text(_WITHOUT_CONTACT))]
        address = contact if "://" in contact else f"mailto:{contact}"
        link = nodes.reference("", contact, refuri=address, internal=False)
        return [nodes.paragraph("", "", nodes.Text(f"{_BEFORE_CONTACT} "), link, nodes.Text("."))]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives, and the settings that they show."""
    app.setup_extension("archivist.site.sphinx.posts")
    app.add_config_value("archive_contact", "", "env", str)
    app.add_config_value("archive_takeaway", "", "env", str)
    app.add_directive("contact", Contact)
    app.add_directive("takeaway", Takeaway)
    app.add_directive("rgaa", Rgaa)
    app.add_directive("postlist", CountedPostList, override=True)
    app.connect("doctree-resolved", fill_postlists)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
