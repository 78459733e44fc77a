"""Read the posts: checked first, drafts and future left out, front matter never shown.

Sphinx sees of a post only its text. The front matter is read by ``archivist.posts``, so
that nothing in it reaches MyST's settings or docutils.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging

from archivist.addresses.old import resolve_redirects
from archivist.addresses.owned import POSTS
from archivist.checks.context import find_hidden
from archivist.checks.run import check_archive
from archivist.dates.today import find_today
from archivist.errors import ArchiveError
from archivist.posts.archive import Archive, read_archive
from archivist.posts.file import blank_header
from archivist.site.sphinx.ablog import complete_posts, find_post, find_register, register_posts
from archivist.site.text.excerpts import mark_ends, more

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from archivist.site.sphinx.ablog import Entry

logger = logging.getLogger(__name__)


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Read and check all posts, and leave out those that are not to be seen.

    Mistakes stop the build before it reads anything, one line each, with exit code 1.
    """
    today = _find_today(app)
    archive = config.archive_read or _read_archive(app, today)
    # It is not for Sphinx to keep.
    config.archive_read = None
    hidden = frozenset() if config.archive_is_preview else find_hidden(archive, today)
    published = archive.without(hidden)
    for docname in sorted(hidden):
        config.exclude_patterns += [f"{docname}.md", f"{docname}/**"]
    register_posts(app, published.posts(), archive.registers)
    config.archive_redirects = _find_redirects(published)
    config.archive_docnames = frozenset(archive.docnames())


def _read_archive(app: Sphinx, today: dt.date | None) -> Archive:
    archive = read_archive(app.srcdir)
    problems = check_archive(archive, today)
    if problems:
        # Not an error of Sphinx's: that would be told to a writer with a traceback.
        raise SystemExit("\n".join(map(str, problems)))
    return archive


def _find_today(app: Sphinx) -> dt.date | None:
    try:
        return find_today(app.srcdir)
    except ArchiveError as error:
        raise ConfigError(str(error)) from error


def _find_redirects(archive: Archive) -> dict[str, str]:
    targets, problems = resolve_redirects(archive.redirects, archive.addresses())
    for problem in problems:
        logger.info("non publié : %s", problem)
    return targets


def on_env_before_read_docs(app: Sphinx, env: BuildEnvironment, _: list[str]) -> None:
    """Refuse a document that the checks did not read: it could do anything."""
    unread = sorted(env.found_docs - app.config.archive_docnames)
    if unread:
        message = "ce fichier n’a pas pu être vérifié : mettez-y un fichier simple, ou retirez-le."
        name = Path(app.srcdir).name
        raise SystemExit("\n".join(f"{name}/{docname}.md:1: {message}" for docname in unread))


def on_source_read(app: Sphinx, docname: str, content: list[str]) -> None:
    """Hand Sphinx the text of a post alone, line numbers kept."""
    post = find_post(app, docname)
    if post:
        content[0] = blank_header(content[0])
        app.env.metadata[docname]["language"] = post.language or "fr"


def on_doctree_read(app: Sphinx, doctree: nodes.document) -> None:
    """Mark where the excerpt of a post ends; let no list of contents ask for the post."""
    docname = app.env.current_document.docname
    if find_post(app, docname):
        mark_ends(doctree)
        app.env.metadata[docname]["orphan"] = "true"


_NO_WORDS = (nodes.raw, nodes.image, nodes.footnote_reference)


def _title_of(env: BuildEnvironment, docname: str) -> str:
    """Return the words of a title, without what is markup in it."""
    title = env.titles[docname].deepcopy()
    for node in list(title.findall(lambda node: isinstance(node, _NO_WORDS))):
        node.parent.remove(node)
    return title.astext().strip(" \n")


def _name_posts(env: BuildEnvironment, entries: Sequence[Entry]) -> None:
    """Name each post `2018/slug` for ``{ref}``, and `slug` where no other post has it."""
    standard = env.domains.standard_domain
    uses = Counter(entry.post.slug for entry in entries)
    for entry in entries:
        post, title = entry.post, entry.title
        names = {post.docname.removeprefix(f"{POSTS}/"): True, post.slug: uses[post.slug] == 1}
        for name, is_free in names.items():
            if is_free:
                standard.labels.setdefault(name, (post.docname, "", title))
                standard.anonlabels.setdefault(name, (post.docname, ""))
            elif standard.labels.get(name, ("",))[0] == post.docname:
                del standard.labels[name], standard.anonlabels[name]


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> None:
    """Complete the register, and what goes by the names of posts."""
    complete_posts(app, {docname: _title_of(env, docname) for docname in env.titles})
    _name_images(env)
    _name_posts(env, find_register(app).entries)


def _name_images(env: BuildEnvironment) -> None:
    """Name each image after its path: Sphinx numbers those of one name, as they come."""
    for uri, (docnames, name) in list(env.images.items()):
        own = uri.removeprefix(f"{POSTS}/").replace("/", "--")
        env.images._existing.discard(name)  # noqa: SLF001 (kept as Sphinx keeps it)
        env.images._existing.add(own)  # noqa: SLF001
        env.images[uri] = (docnames, own)


def _skip(_: object, __: nodes.Node) -> None:
    """Write nothing."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    app.setup_extension("archivist.site.sphinx.ablog")
    app.add_node(more, html=(_skip, _skip))
    app.add_config_value("archive_redirects", {}, "", dict)
    app.add_config_value("archive_docnames", frozenset(), "", frozenset)
    # What `archivist build` has read and checked already.
    app.add_config_value("archive_read", None, "", Archive)
    app.add_config_value("archive_is_preview", default=False, rebuild="env", types=bool)
    # After all others: the list of documents must be what the settings finally say.
    app.connect("config-inited", on_config_inited, priority=900)
    app.connect("env-before-read-docs", on_env_before_read_docs)
    app.connect("source-read", on_source_read)
    app.connect("doctree-read", on_doctree_read)
    app.connect("env-updated", on_env_updated)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
