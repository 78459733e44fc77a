"""Exports made up for the tests, and what becomes of them."""

import io
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from PIL import Image

from archivist.__main__ import main
from archivist.commands.importing import MediaSources, import_export
from tests.conftest import write_docs

BLOG = "https://blog.exemple.fr"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="{ns}excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{ns}">
<channel><title>Un blog</title><link>{blog}</link><language>fr-FR</language>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_blog_url>{blog}</wp:base_blog_url>
<wp:author><wp:author_login>claire</wp:author_login><wp:author_email>claire@secret.exemple</wp:author_email>
<wp:author_display_name><![CDATA[Claire Dubois]]></wp:author_display_name></wp:author>
"""


def cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def write_item(number=1, content="Du texte.", **fields):
    """Return an item of an export; *raw* is XML that goes in as it is."""
    values = {
        "title": "Un billet",
        "link": f"{BLOG}/billet-{number}/",
        "guid": f"{BLOG}/?p={number}",
        "creator": "claire",
        "excerpt": "",
        "date": "2016-09-02 10:00:00",
        "date_gmt": "2016-09-02 08:00:00",
        "modified": "",
        "name": f"billet-{number}",
        "status": "publish",
        "parent": 0,
        "order": 0,
        "type": "post",
        "password": "",
        "sticky": 0,
        "raw": "",
    } | fields
    return f"""<item><title>{cdata(values["title"])}</title><link>{escape(values["link"])}</link>
<dc:creator>{cdata(values["creator"])}</dc:creator><guid>{escape(values["guid"])}</guid>
<content:encoded>{cdata(content)}</content:encoded><excerpt:encoded>{cdata(values["excerpt"])}</excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{values["date"]}</wp:post_date>
<wp:post_date_gmt>{values["date_gmt"]}</wp:post_date_gmt><wp:post_modified>{values["modified"]}</wp:post_modified>
<wp:post_name>{cdata(values["name"])}</wp:post_name><wp:status>{values["status"]}</wp:status>
<wp:post_parent>{values["parent"]}</wp:post_parent><wp:menu_order>{values["order"]}</wp:menu_order>
<wp:post_type>{values["type"]}</wp:post_type><wp:post_password>{cdata(values["password"])}</wp:post_password>
<wp:is_sticky>{values["sticky"]}</wp:is_sticky>{values["raw"]}</item>
"""


def write_medium(number, name, parent=0, alt="", caption="", **fields):
    """Return an attachment, the file *name* of the blog's uploads."""
    url = f"{BLOG}/wp-content/uploads/{name}"
    raw = f"<wp:attachment_url>{cdata(url)}</wp:attachment_url>" + write_meta(
        "_wp_attachment_image_alt", alt
    )
    values = {"type": "attachment", "status": "inherit", "parent": parent, "excerpt": caption}
    values |= {"name": f"media-{number}", "link": f"{BLOG}/media-{number}/", "title": name}
    return write_item(number, "", raw=raw, **(values | fields))


def write_meta(key, value):
    return (
        f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key>"
        f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
    )


def write_term(domain, slug, name):
    return f'<category domain="{domain}" nicename="{slug}">{cdata(name)}</category>'


def write_remark(number, text, *, author="Aïcha", parent=0, approved="1", kind="comment", day=1):  # noqa: PLR0913
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author>{cdata(author)}</wp:comment_author>
<wp:comment_author_email>lecteur@secret.exemple</wp:comment_author_email>
<wp:comment_author_IP>203.0.113.77</wp:comment_author_IP>
<wp:comment_date>2016-10-{day:02} 12:00:00</wp:comment_date>
<wp:comment_date_gmt>2016-10-{day:02} 10:00:00</wp:comment_date_gmt>
<wp:comment_content>{cdata(text)}</wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"""


def write_export(*items, head="", namespace="http://wordpress.org/export/1.2/", version="1.2"):
    """Return the text of an export."""
    start = _HEAD.format(ns=namespace, blog=BLOG, version=version)
    return f"{start}{head}{''.join(items)}</channel></rss>\n"


def draw(colour, size=(60, 40), kind="PNG"):
    """Return the bytes of a picture."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


@dataclass
class Import:
    """An archive, and exports to import into it."""

    folder: Path
    docs: Path
    reports: list = field(default_factory=list)

    def write(self, *items, name="export.xml", **options):
        """Write an export of *items*, and return its path."""
        path = self.folder / name
        path.write_text(write_export(*items, **options), encoding="utf-8")
        return path

    def run(self, *items, media=None, files=None, **options):
        """Import *items*; return the report."""
        paths = files or [self.write(*items)]
        self.reports.append(import_export(paths, self.docs, MediaSources(folder=media), **options))
        return self.reports[-1]

    def put(self, name, data):
        """Put a file in the copy of the blog's uploads, and return the folder of all."""
        path = self.folder / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return self.folder / "uploads"

    def read(self, name):
        """Return the text of a file below docs/."""
        return (self.docs / name).read_text(encoding="utf-8")

    def body(self, name="posts/2016/billet-1.md"):
        """Return the text of a post below its title, without the last line's end."""
        return self.read(name).partition("\n# ")[2].partition("\n\n")[2].removesuffix("\n")

    def header(self, name="posts/2016/billet-1.md"):
        """Return the lines of the header of a post."""
        return self.read(name).split("---\n")[1].splitlines()

    def convert(self, content, *others, **fields):
        """Import one post, and return its text below the title."""
        report = self.run(write_item(1, content, **fields), *others)
        assert report.problems == []
        return self.body()

    def notes(self):
        """Return the kinds of what the last report tells."""
        return [note["kind"] for post in self.reports[-1].posts for note in post["notes"]]

    def files(self):
        """Return what all files of docs/ hold."""
        found = (path for path in self.docs.rglob("*") if path.is_file())
        return {path.relative_to(self.docs).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="session")
def bare_docs(tmp_path_factory):
    """An archive without posts."""
    return write_docs(tmp_path_factory.mktemp("bare"), {})


@pytest.fixture
def imports(tmp_path, bare_docs):
    """An archive without posts, to import into."""
    shutil.copytree(bare_docs, tmp_path / "docs")
    return Import(tmp_path, tmp_path / "docs")


@pytest.fixture
def run(imports, monkeypatch, capsys):
    """Run `archivist` where the archive is; return the exit code and what was said."""
    monkeypatch.chdir(imports.folder)

    def run(*words):
        code = main(list(map(str, words)))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
