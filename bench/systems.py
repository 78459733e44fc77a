"""The systems whose builds are measured: how each is given the same blog, and built.

Each is installed in an environment of its own, below .venv-peers, the first time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from blog import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from blog import BlogPost

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-peers"


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """A way to make a site: *write* gives it a post, *commands* build *output* in a folder."""

    name: str
    packages: tuple[str, ...]
    prepare: Callable[[Path], None]
    write: Callable[[BlogPost, Path], None]
    commands: tuple[tuple[str, ...], ...]
    output: str

    def install(self) -> Path:
        """Return the folder of its programs."""
        return install(self.name.split()[0].lower(), self.packages)


def install(name: str, packages: Sequence[str]) -> Path:
    """Return the folder of the programs of *packages*, ours where there are none."""
    if not packages:
        return Path(sys.executable).parent
    folder = PEERS / name
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
        pip = [folder / "bin/pip", "install", "--quiet", *packages]
        subprocess.run(pip, check=True)  # noqa: S603
        (folder / "ready").touch()
    return folder / "bin"


def _write(path: Path, header: str, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{header}---\n\n{body}\n", encoding="utf-8")


def _write_body(post: BlogPost, link: str, more: str = "") -> str:
    """Return the text of *post*; *link* is how another is linked, from its year and slug."""
    opening = post.opening
    if post.link:
        year, slug, title = post.link
        opening += f" Voir [{title}]({link.format(year=year, slug=slug)})."
    sections = (f"## {title}\n\n{text}" for title, text in post.sections)
    return "\n\n".join(filter(None, (opening, more, *sections)))


def _prepare_ours(folder: Path) -> None:
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs", docs, ignore=shutil.ignore_patterns("posts"))
    names = "".join(f"{name}:\n" for name in CATEGORIES)
    (docs / "categories.yml").write_text(names, encoding="utf-8")
    (docs / "exceptions.txt").write_text("", encoding="utf-8")
    (docs / "posts").mkdir()


def _write_ours(post: BlogPost, folder: Path) -> None:
    header = f"date: {post.date}\nauthor: amoor\ncategory: {post.category}\n"
    header += f"tags: [{', '.join(post.tags)}]\n"
    body = _write_body(post, "../{year}/{slug}.md")
    path = folder / f"docs/posts/{post.date.year}/{post.slug}.md"
    _write(path, header, f"# {post.title}\n\n{body}")


_STOCK = """
project = "Blog"
language = "fr"
extensions = ["myst_parser", "ablog"]
html_theme = "furo"
html_baseurl = blog_baseurl = "https://exemple.fr/"
blog_authors = {"amoor": ("a.m.o.o.r.", None)}
blog_post_pattern = ["posts/*/*"]
templates_path = ["_templates"]
html_sidebars = {"**": [
    "sidebar/brand.html", "sidebar/search.html", "sidebar/scroll-start.html",
    "sidebar/navigation.html", "ablog/recentposts.html", "ablog/tagcloud.html",
    "ablog/categories.html", "ablog/archives.html", "sidebar/scroll-end.html",
]}
"""


def _prepare_stock(folder: Path) -> None:
    docs = folder / "docs"
    (docs / "_templates").mkdir(parents=True)
    (docs / "_templates/page.html").write_text('{% extends "furo/page.html" %}', encoding="utf-8")
    (docs / "conf.py").write_text(_STOCK, encoding="utf-8")
    (docs / "index.md").write_text("# Blog\n\n```{postlist} 10\n```\n", encoding="utf-8")


def _write_stock(post: BlogPost, folder: Path) -> None:
    header = f"blogpost: true\ndate: {post.date}\nauthor: amoor\ncategory: {post.category}\n"
    header += f"tags: {', '.join(post.tags)}\n"
    body = _write_body(post, "../{year}/{slug}.md")
    path = folder / f"docs/posts/{post.date.year}/{post.slug}.md"
    _write(path, header, f"# {post.title}\n\n{body}")


def _prepare_pelican(folder: Path) -> None:
    settings = (
        'AUTHOR = "amoor"\nSITENAME = "Blog"\nSITEURL = "https://exemple.fr"\nPATH = "content"\n'
        'TIMEZONE = "Europe/Paris"\nDEFAULT_LANG = "fr"\nDEFAULT_PAGINATION = 10\n'
        'FEED_ALL_ATOM = "feed.xml"\nLOAD_CONTENT_CACHE = True\nCACHE_CONTENT = True\n'
        'CONTENT_CACHING_LAYER = "generator"\n'
    )
    (folder / "content").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(settings, encoding="utf-8")


def _write_pelican(post: BlogPost, folder: Path) -> None:
    header = f"Title: {post.title}\nDate: {post.date}\nSlug: {post.slug}\n"
    header += f"Category: {post.category}\nTags: {', '.join(post.tags)}\n"
    body = _write_body(post, "{{filename}}{slug}.md")
    path = folder / f"content/{post.slug}.md"
    path.write_text(f"{header}\n{body}\n", encoding="utf-8")


def _prepare_nikola(folder: Path) -> None:
    program = PEERS / "nikola/bin/nikola"
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [program, "init", "--quiet", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    settings = folder / "conf.py"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('DEFAULT_LANG = "en"', 'DEFAULT_LANG = "fr"')
    own = 'POSTS = (("posts/*.md", "posts", "post.tmpl"),)\n'
    own += 'NAVIGATION_LINKS = {"fr": ()}\nINDEX_DISPLAY_POST_COUNT = 10\nINDEX_TEASERS = True\n'
    settings.write_text(text + own, encoding="utf-8")
    (folder / "posts").mkdir(exist_ok=True)


def _write_nikola(post: BlogPost, folder: Path) -> None:
    lines = (
        *(f".. title: {post.title}", f".. slug: {post.slug}", f".. date: {post.date} 00:00:00"),
        *(f".. category: {post.category}", f".. tags: {', '.join(post.tags)}"),
    )
    head = "<!--\n" + "\n".join(lines) + "\n-->\n\n"
    body = _write_body(post, "link://slug/{slug}", "<!-- TEASER_END -->")
    (folder / f"posts/{post.slug}.md").write_text(head + body + "\n", encoding="utf-8")


_MKDOCS = """
site_name: Blog
site_url: https://exemple.fr/
theme:
  name: material
  language: fr
plugins:
  - search
  - blog:
      blog_dir: .
      pagination_per_page: 10
  - tags
"""


def _prepare_mkdocs(folder: Path) -> None:
    (folder / "docs/posts").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Blog\n", encoding="utf-8")


def _write_mkdocs(post: BlogPost, folder: Path) -> None:
    header = f"date: {post.date}\ncategories: [{post.category}]\ntags: [{', '.join(post.tags)}]\n"
    body = _write_body(post, "{slug}.md", "<!-- more -->")
    _write(folder / f"docs/posts/{post.slug}.md", header, f"# {post.title}\n\n{body}")


_ZENSICAL = """
[project]
site_name = "Blog"
site_url = "https://exemple.fr/"
[project.theme]
language = "fr"
[project.plugins.search]
[project.plugins.tags]
"""


def _prepare_zensical(folder: Path) -> None:
    (folder / "docs/posts").mkdir(parents=True)
    (folder / "zensical.toml").write_text(_ZENSICAL, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Blog\n", encoding="utf-8")
    tags = "# Étiquettes\n\n<!-- material/tags -->\n"
    (folder / "docs/tags.md").write_text(tags, encoding="utf-8")


_HUGO = """
baseURL = "https://exemple.fr/"
languageCode = "fr"
title = "Blog"
[taxonomies]
  tag = "tags"
  category = "categories"
[pagination]
  pagerSize = 10
"""
_HUGO_LAYOUTS = {
    "baseof": '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{{ .Title }}'
    "</title></head><body><nav>{{ range site.Taxonomies.categories }}"
    '<a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a>{{ end }}</nav>'
    '<main>{{ block "main" . }}{{ end }}</main></body></html>',
    "single": '{{ define "main" }}<article><h1>{{ .Title }}</h1>{{ .Content }}'
    '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    "</article>{{ end }}",
    "list": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ range (.Paginate .Pages).Pages }}'
    '<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>{{ .Summary }}</article>'
    '{{ end }}{{ template "_internal/pagination.html" . }}{{ end }}',
}


def _prepare_hugo(folder: Path) -> None:
    (folder / "layouts/_default").mkdir(parents=True)
    (folder / "content/posts").mkdir(parents=True)
    (folder / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    for name, text in _HUGO_LAYOUTS.items():
        (folder / f"layouts/_default/{name}.html").write_text(text, encoding="utf-8")


def _write_hugo(post: BlogPost, folder: Path) -> None:
    header = f'title: "{post.title}"\ndate: {post.date}\ncategories: ["{post.category}"]\n'
    header += f"tags: [{', '.join(post.tags)}]\n"
    body = _write_body(post, '{{{{< relref "posts/{slug}.md" >}}}}', "<!--more-->")
    _write(folder / f"content/posts/{post.slug}.md", header, body)


def _index(folder: str) -> tuple[str, ...]:
    return ("python", "-m", "pagefind", "--site", folder, "--silent")


_BUILD = ("archivist", "build", "--docs", "docs", "--output", "html")
OURS = System(
    name="archivist",
    packages=(),
    prepare=_prepare_ours,
    write=_write_ours,
    commands=((*_BUILD, "--base-url", "https://exemple.fr/"),),
    output="html",
)
# Without feeds, cards and all else that names the address of the site.
HOMELESS = replace(OURS, name="archivist, without address", commands=(_BUILD,))
STOCK = System(
    name="Sphinx + ABlog + Furo, as installed",
    packages=(),
    prepare=_prepare_stock,
    write=_write_stock,
    commands=(("python", "-m", "sphinx", "-Q", "docs", "html"),),
    output="html",
)
SYSTEMS: Sequence[System] = (
    OURS,
    STOCK,
    System(
        name="MkDocs-Material",
        packages=("mkdocs-material", "mkdocs<2"),
        prepare=_prepare_mkdocs,
        write=_write_mkdocs,
        commands=(("mkdocs", "build", "--quiet"),),
        output="site",
    ),
    System(
        # It has no blog: no lists but those of tags, no feeds; all pages are in each menu.
        name="Zensical (no blog: plain pages)",
        packages=("zensical",),
        prepare=_prepare_zensical,
        write=_write_mkdocs,
        commands=(("zensical", "build"),),
        output="site",
    ),
    System(
        name="Nikola + Pagefind",
        # Without Jinja, Nikola waits two seconds at each start to say that a plug-in lacks it.
        packages=("nikola", "jinja2", "pagefind[bin]"),
        prepare=_prepare_nikola,
        write=_write_nikola,
        commands=(("nikola", "build", "--quiet"), _index("output")),
        output="output",
    ),
    System(
        name="Pelican + Pagefind",
        packages=("pelican[markdown]", "pagefind[bin]"),
        prepare=_prepare_pelican,
        write=_write_pelican,
        commands=(("pelican", "content", "--quiet"), _index("output")),
        output="output",
    ),
    System(
        name="Hugo + Pagefind",
        packages=("hugo", "pagefind[bin]"),
        prepare=_prepare_hugo,
        write=_write_hugo,
        commands=(("hugo", "--quiet"), _index("public")),
        output="public",
    ),
)
