"""« Proposer un billet », « Corriger ce billet »: links to the editor of who hosts the sources."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx.errors import ConfigError

from archivist.addresses.owned import POSTS
from archivist.dates.today import find_today
from archivist.posts.people import read_registers
from archivist.posts.scaffold import Draft, compose
from archivist.site.sphinx.ablog import find_post, find_register
from archivist.site.sphinx.templates import prints_site

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

# Where each platform edits a file, and where it begins one: {repository}, {branch}, {path},
# {folder}, {name}, {text}.
PLATFORMS = {
    "github": (
        "{repository}/edit/{branch}/{path}",
        "{repository}/new/{branch}/{folder}?filename={name}&value={text}",
    ),
    "gitlab": (
        "{repository}/-/edit/{branch}/{path}",
        "{repository}/-/new/{branch}/{folder}?file_name={name}&content={text}",
    ),
    "forgejo": (
        "{repository}/_edit/{branch}/{path}",
        "{repository}/_new/{branch}/{folder}?filename={name}&value={text}",
    ),
}
_NAME = "nom-du-billet.md"
_TITLE = "Titre du billet"


def on_config_inited(_: Sphinx, config: Config) -> None:
    """Refuse a repository that no link can lead to."""
    if config.archive_repository and not config.archive_repository.startswith("https://"):
        raise ConfigError(
            f"archive_repository = {config.archive_repository!r} : écrivez l’adresse du dépôt, "
            "qui commence par https://, ou laissez vide."
        )
    if config.archive_platform not in PLATFORMS:
        names = ", ".join(PLATFORMS)
        raise ConfigError(f"archive_platform = {config.archive_platform!r} : choisissez : {names}.")


def _link(app: Sphinx, template: str, **parts: str) -> str:
    config = app.config
    repository = config.archive_repository.rstrip("/")
    escaped = {key: quote(value) for key, value in parts.items()}
    return template.format(repository=repository, branch=quote(config.archive_branch), **escaped)


def link_editor(app: Sphinx, docname: str) -> str:
    """Return where the file of *docname* can be corrected in a browser."""
    edit, _ = PLATFORMS[app.config.archive_platform]
    return _link(app, edit, path=f"{Path(app.srcdir).name}/{docname}.md")


def link_new_post(app: Sphinx) -> str:
    """Return where a post can be written in a browser: a file of its year, already begun."""
    _, new = PLATFORMS[app.config.archive_platform]
    entries = find_register(app).entries
    # The newest post stands in for today where no commit tells it.
    newest = entries[-1].post.date.date() if entries else dt.date(2000, 1, 1)
    day = find_today(Path(app.srcdir)) or newest
    registers = read_registers(Path(app.srcdir), "")
    draft = Draft(
        title=_TITLE,
        date=day,
        author=next(iter(registers.authors), ""),
        category=next((each.name for each in registers.categories.values()), ""),
    )
    folder = f"{Path(app.srcdir).name}/{POSTS}/{day.year}"
    return _link(app, new, folder=folder, name=_NAME, text=compose(draft, is_hidden=False))


class Links:
    """The link to begin a post, made once a build."""

    def __init__(self) -> None:
        self.propose = ""

    def on_env_updated(self, app: Sphinx, _: object) -> list[str]:
        """Make the link, once posts are known."""
        self.propose = link_new_post(app) if app.config.archive_repository else ""
        return []

    def on_html_page_context(
        self, app: Sphinx, page: str, _: str, context: dict[str, Any], __: nodes.document | None
    ) -> None:
        """Hand the links to the templates, where the repository is known."""
        if not prints_site(app) or not app.config.archive_repository:
            return
        context["archive_propose"] = self.propose
        if find_post(app, page):
            context["archive_correct"] = link_editor(app, page)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    links = Links()
    app.setup_extension("archivist.site.sphinx.posts")
    app.add_config_value("archive_repository", "", "html", str)
    app.add_config_value("archive_branch", "main", "html", str)
    app.add_config_value("archive_platform", "github", "html", str)
    app.connect("config-inited", on_config_inited)
    # After posts, whose register it stands on.
    app.connect("env-updated", links.on_env_updated, priority=600)
    app.connect("html-page-context", links.on_html_page_context)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
