"""Read the posts: checked first, drafts and future left out, front matter never shown.

Sphinx sees of a post only its text. The front matter is read by ``archivist.posts``, so
that nothing in it reaches MyST's settings or docutils.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from archivist.addresses.old import resolve_redirects
from archivist.addresses.owned import POSTS
from archivist.checks.context import find_hidden
from archivist.checks.run import check_archive
from archivist.dates.today import WRITTEN, find_today
from archivist.errors import ArchiveError
from archivist.posts.archive import Archive, read_archive
from archivist.posts.file import blank_header
from archivist.posts.library import Library, make_library
from archivist.posts.post import tell_withheld
from archivist.site.domain import ArchiveDomain, find_domain, find_library, find_post
from archivist.site.plan import find_plan
from archivist.site.sphinx.ablog import register_lists
from archivist.site.text.typography import bind_spaces

logger = logging.getLogger(__name__)


class PostReader:
    """Reads docs/ before Sphinx does, and hands what it read to the domain."""

    def __init__(self) -> None:
        self.published: Archive | None = None

    def on_config_inited(self, app: Sphinx, config: Config) -> None:
        """Read and check all posts, and leave out those that are not to be seen.

        Mistakes stop the build before it reads anything, one line each, with exit code 1.
        """
        plan = find_plan(app)
        try:
            today = find_today(app.srcdir)
        except ArchiveError as error:
            raise SystemExit(str(error)) from error
        archive = plan.archive or read_archive(app.srcdir)
        problems = [] if plan.archive else check_archive(archive, today)
        if problems:
            # Not an error of Sphinx's: that would be told to a writer with a traceback.
            raise SystemExit("\n".join(map(str, problems)))
        hidden = frozenset() if plan.is_preview else find_hidden(archive, today)
        self.published = archive.without(hidden)
        for docname in sorted(hidden):
            config.exclude_patterns += [f"{docname}.md", f"{docname}/**"]

    def on_builder_inited(self, app: Sphinx) -> None:
        """Fill the domain, which is there now."""
        fill_domain(app, self.published)

    def on_env_before_read_docs(self, app: Sphinx, env: BuildEnvironment, _: list[str]) -> None:
        """Refuse a document that the checks did not read: it could do anything."""
        unread = sorted(env.found_docs - find_domain(app).archive.docnames().keys())
        if unread:
            message = (
                "ce fichier n’a pas pu être vérifié : mettez-y un fichier simple, ou retirez-le."
            )
            name = Path(app.srcdir).name
            raise SystemExit("\n".join(f"{name}/{docname}.md:1: {message}" for docname in unread))


def fill_domain(app: Sphinx, published: Archive | None) -> None:
    """Give the domain the posts that are *published*."""
    domain = find_domain(app)
    if published is None:
        raise ConfigError("archivist.site.sphinx.posts : config-inited n’a pas eu lieu.")
    domain.archive = published
    posts = published.posts()
    if find_plan(app).is_preview:
        today = find_today(app.srcdir) or WRITTEN
        posts = tuple(replace(post, withheld=tell_withheld(post, today)) for post in posts)
    stated = app.config.archive_license
    if stated:
        posts = tuple(replace(post, license=post.license or stated) for post in posts)
    domain.library = make_library(posts, published.registers, bind_spaces)
    domain.redirects, problems = resolve_redirects(published.redirects, published.addresses())
    for problem in problems:
        logger.info("non publié : %s", problem)
    register_lists(app, domain.library)


def on_source_read(app: Sphinx, docname: str, content: list[str]) -> None:
    """Hand Sphinx the text of a post alone, line numbers kept."""
    post = find_post(app, docname)
    if post:
        content[0] = blank_header(content[0])
        app.env.metadata[docname]["language"] = post.language or "fr"
        # No list of contents asks for it.
        app.env.metadata[docname]["orphan"] = "true"


def _name_posts(env: BuildEnvironment, library: Library) -> None:
    """Name each post `2018/slug` for ``{ref}``, and `slug` where no other post has it."""
    standard = env.domains.standard_domain
    uses = Counter(post.slug for post in library.posts)
    for post in library.posts:
        names = {post.docname.removeprefix(f"{POSTS}/"): True, post.slug: uses[post.slug] == 1}
        for name, is_free in names.items():
            if is_free:
                standard.labels.setdefault(name, (post.docname, "", post.title))
                standard.anonlabels.setdefault(name, (post.docname, ""))
            elif standard.labels.get(name, ("",))[0] == post.docname:
                del standard.labels[name], standard.anonlabels[name]


def name_image(env: BuildEnvironment, uri: str) -> None:
    """Give an image the name of its path: Sphinx numbers those of one name, as they come."""
    docnames, name = env.images[uri]
    own = uri.removeprefix(f"{POSTS}/").replace("/", "--")
    env.images._existing.discard(name)  # noqa: SLF001
    env.images._existing.add(own)  # noqa: SLF001
    env.images[uri] = (docnames, own)


def complete_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Complete what goes by the names of posts, once all documents are read."""
    _name_posts(env, find_library(app))
    for uri in list(env.images):
        name_image(env, uri)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Read the posts with Sphinx, once they are read and checked without it."""
    reader = PostReader()
    app.setup_extension("archivist.site.sphinx.ablog")
    app.add_domain(ArchiveDomain)
    app.add_config_value("archive_license", "", "env", str)
    # After all others: the list of documents must be what the settings finally say.
    app.connect("config-inited", reader.on_config_inited, priority=900)
    # Before all others, who ask the domain.
    app.connect("builder-inited", reader.on_builder_inited, priority=100)
    app.connect("env-before-read-docs", reader.on_env_before_read_docs)
    app.connect("source-read", on_source_read)
    app.connect("env-updated", complete_names)
    return {"env_version": 2, "parallel_read_safe": True, "parallel_write_safe": True}
