"""Whatever names an export has, of any letters and signs, it comes in whole, and once."""

import re
import shutil
import unicodedata
from collections import defaultdict
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from archivist.posts.fields import split_categories, split_list
from archivist.posts.labels import bare_text, read_words
from archivist.wordpress.notes import Kind
from tests.wordpress.conftest import BLOG, Import, cdata, write_item

CATEGORIES = (
    "Cc", "Cf", "Cn", "Co", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "No",
    "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs",
)  # fmt: skip
# What no XML holds.
NO_XML = {*map(chr, {*range(32)} - {9, 10, 13}), "\ufffe", "\uffff"}
ENTITIES = (
    "&amp;",
    "&#039;",
    "&nbsp;",
    "&lt;",
    "&eacute;",
    "&",
    "<b>",
    ", ",
    " / ",
    "]]>",
    "%e2%80%8b",
)


def make_names():
    """Return a strategy of one name for each kind of sign, so that none is passed over."""
    signs = [
        st.characters(categories=[category], exclude_characters=NO_XML) for category in CATEGORIES
    ]
    names = [
        st.tuples(st.sampled_from(["a", "", "L’é"]), sign, st.sampled_from([*ENTITIES, "", "b"]))
        for sign in signs
    ]
    return st.tuples(*(each.map("".join) for each in names))


def write_named(number, name, others):
    """Return a post whose title, labels, address and author are odd."""
    label, slug, link = others
    slugs = quoteattr(slug)
    raw = f'<category domain="post_tag" nicename={slugs}>{cdata(label)}</category>'
    raw += f'<category domain="category" nicename={slugs}>{cdata(name)}</category>'
    address = f"{BLOG}/2016/{quote(link, safe='')}/"
    return write_item(
        number,
        f"Texte {number}.",
        title=name,
        name=slug,
        link=address,
        creator=f"l{number}",
        raw=raw,
    )


def write_author(number, name):
    shown = f"<wp:author_display_name>{cdata(name)}</wp:author_display_name>"
    return f"<wp:author><wp:author_login>l{number}</wp:author_login>{shown}</wp:author>"


def fold(text):
    """Return what is the same name: its words in composed letters, whatever the capitals."""
    words = read_words(re.sub("<[^<>]*>", "", text))
    return unicodedata.normalize("NFC", words).casefold()


@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.tuples(*[make_names()] * 5))
def test_any_name_comes_in_once_and_what_it_loses_is_told(bare_docs, tmp_path_factory, drawn):
    titles, labels, slugs, links, names = drawn
    folder = tmp_path_factory.mktemp("noms")
    shutil.copytree(bare_docs, folder / "docs")
    imports = Import(folder, folder / "docs")
    rows = enumerate(zip(titles, labels, slugs, links, strict=True), start=1)
    items = [write_named(at, title, others) for at, (title, *others) in rows]
    head = "".join(write_author(at, name) for at, name in enumerate(names, start=1))
    path = imports.write(*items, head=head)

    report = imports.run(files=[path])

    assert report.problems == []
    archive = read_archive(imports.docs)
    assert check_archive(archive) == []
    posts = {post["id"]: post for post in report.posts}
    assert len(archive.sources) == len(posts) == len(items)
    sources = {source.docname: source for source in archive.sources}
    told = defaultdict(str)
    for kind, text in report.general:
        told[kind] += f"{text}\n"
    changed = told[Kind.LABEL_RENAMED] + told[Kind.SIGN_REMOVED]
    changed = unicodedata.normalize("NFC", changed)
    for at, (title, label, name) in enumerate(zip(titles, labels, names, strict=True), start=1):
        source = sources[posts[at]["path"].removesuffix(".md")]
        notes = {note["kind"] for note in posts[at]["notes"]}
        (tag,) = [text for text, _ in split_list(source.fields["tags"])]
        (category,) = split_categories(source.fields["category"], archive.registers)
        author = archive.registers.authors[source.fields["author"].text]
        for had, has in ((label, tag), (title, category[0]), (name, author.name)):
            assert fold(has) == fold(had) or has in changed or not bare_text(had)
        if not notes & {Kind.SIGN_REMOVED, Kind.UNTITLED}:
            assert fold(source.body.title.text) == fold(title) or "<" in title
    before = imports.files()
    imports.run(files=[path])
    assert imports.files() == before
