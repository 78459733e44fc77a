"""« Proposer un billet », « Corriger ce billet »: links to the editor of who hosts the sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from archivist.addresses.owned import POSTS
from archivist.dates.today import find_today
from archivist.errors import ArchiveError
from archivist.posts.scaffold import TITLE, Draft, compose
from archivist.site.site import Site

# Where each host edits a file: {repository}, {branch}, {folder}, and {filename} below it.
_EDITED = {
    "github.com": "{repository}/edit/{branch}/{folder}{{filename}}",
    "gitlab.com": "{repository}/-/edit/{branch}/{folder}{{filename}}",
    "bitbucket.org": "{repository}/src/{branch}/{folder}{{filename}}?mode=edit&at={branch}",
    "codeberg.org": "{repository}/_edit/{branch}/{folder}{{filename}}",
}
# How the link to edit a file becomes one to begin it: GitLab, Forgejo, GitHub.
_BEGUN = (
    ("/-/edit/", "/-/new/", "?file_name={name}&content={text}"),
    ("/_edit/", "/_new/", "?filename={name}&value={text}"),
    ("/edit/", "/new/", "?filename={name}&value={text}"),
)
_OPTION = "html_theme_options"


def find_edit_link(options: Mapping[str, str]) -> str:
    """Return where a ``{filename}`` is edited, by Furo's *options*, or nothing where none says so.

    Raises ArchiveError for what leads nowhere.
    """
    link, repository = options.get("source_edit_link"), options.get("source_repository")
    if link:
        if not link.startswith("https://") or "{filename}" not in link:
            raise ArchiveError(
                f'{_OPTION}["source_edit_link"] : {link} : écrivez une adresse qui commence par '
                "https:// et contient {filename}."
            )
        return link
    if not repository:
        return ""
    address = urlsplit(repository)
    if address.scheme != "https" or address.netloc not in _EDITED:
        raise ArchiveError(
            f'{_OPTION}["source_repository"] : {repository} : écrivez l’adresse du dépôt, en https://, '
            f"sur {', '.join(_EDITED)} ; ailleurs, écrivez aussi source_edit_link, comme "
            "https://exemple.fr/moi/archives/_edit/main/docs/{filename}."
        )
    if not options.get("source_branch"):
        advice = 'écrivez la branche du dépôt, comme "main".'
        raise ArchiveError(f'{_OPTION}["source_branch"] : {advice}')
    folder = options.get("source_directory", "").strip("/")
    return _EDITED[address.netloc].format(
        repository=repository.rstrip("/"),
        branch=quote(options["source_branch"]),
        folder=f"{quote(folder)}/" if folder else "",
    )


def link_editor(site: Site, docname: str) -> str:
    """Return where the file of *docname* can be corrected in a browser, if that is known."""
    link = find_edit_link(site.config.html_theme_options)
    return link.replace("{filename}", quote(f"{docname}.md"))


def link_new_post(site: Site) -> str:
    """Return where a post can be written in a browser: a file of its year, already begun.

    Who writes signs it: nobody's name stands there. Nothing where the host has no such address.
    """
    edit_link = find_edit_link(site.config.html_theme_options)
    begun = [each for each in _BEGUN if each[0] in edit_link]
    if not begun:
        return ""
    edit, new, query = begun[0]
    before, _, after = edit_link.partition("{filename}")[0].rpartition(edit)
    posts, registers = site.library.posts, site.archive.registers
    # The newest post stands in for today where no commit tells it.
    newest = posts[-1].date.date() if posts else dt.date(2000, 1, 1)
    day = find_today(site.docs) or newest
    category = next((each.name for each in registers.categories.values()), "")
    draft = Draft(title=TITLE, date=day, category=category)
    text = quote(compose(draft, is_hidden=False))
    parts = query.format(name="nom-du-billet.md", text=text)
    return f"{before}{new}{after}{POSTS}/{day.year}{parts}"
