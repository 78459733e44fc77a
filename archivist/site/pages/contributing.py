"""« Proposer un billet », « Corriger ce billet »: links to the editor of who hosts the sources."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinx.errors import ConfigError

from archivist.dates.today import find_today
from archivist.posts.archive import POSTS
from archivist.posts.scaffold import Draft, compose

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from archivist.site.site import Site

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


def check_repository(_: Sphinx, config: Config) -> None:
    """Refuse a repository that no link can lead to."""
    if config.archive_repository and not config.archive_repository.startswith("https://"):
        raise ConfigError(
            f"archive_repository = {config.archive_repository!r} : écrivez l’adresse du dépôt, "
            "qui commence par https://, ou laissez vide."
        )
    if config.archive_platform not in PLATFORMS:
        names = ", ".join(PLATFORMS)
        raise ConfigError(f"archive_platform = {config.archive_platform!r} : choisissez : {names}.")


def _link(config: Config, template: str, **parts: str) -> str:
    repository = config.archive_repository.rstrip("/")
    escaped = {key: quote(value) for key, value in parts.items()}
    return template.format(repository=repository, branch=quote(config.archive_branch), **escaped)


def link_editor(site: Site, docname: str) -> str:
    """Return where the file of *docname* can be corrected in a browser, if that is known."""
    if not site.config.archive_repository:
        return ""
    edit, _ = PLATFORMS[site.config.archive_platform]
    return _link(site.config, edit, path=f"{site.docs.name}/{docname}.md")


def link_new_post(site: Site) -> str:
    """Return where a post can be written in a browser: a file of its year, already begun."""
    if not site.config.archive_repository:
        return ""
    _, new = PLATFORMS[site.config.archive_platform]
    posts, registers = site.library.posts, site.archive.registers
    # The newest post stands in for today where no commit tells it.
    newest = posts[-1].date.date() if posts else dt.date(2000, 1, 1)
    day = find_today(site.docs) or newest
    draft = Draft(
        title=_TITLE,
        date=day,
        author=next(iter(registers.authors), ""),
        category=next((each.name for each in registers.categories.values()), ""),
    )
    folder = f"{site.docs.name}/{POSTS}/{day.year}"
    text = compose(draft, is_hidden=False)
    return _link(site.config, new, folder=folder, name=_NAME, text=text)
