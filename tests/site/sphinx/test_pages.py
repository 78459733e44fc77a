"""What a build makes anew: counted, never timed."""

from dataclasses import fields, replace

import pytest
from sphinx.environment import BuildEnvironment

from archivist.build import build
from archivist.comments.reading import ENDING
from archivist.formats import bibtex
from archivist.site import contents
from archivist.site.lists.entries import Entry
from archivist.site.pages.page import Page
from archivist.site.site import Site
from archivist.site.sphinx import pages

ADDRESS = {"html_baseurl": "https://exemple.fr/"}
TEMPLATES = "docs/_templates/"


@pytest.fixture
def docs(make_docs, make_post):
    posts = {
        f"2018/billet-{day}.md": make_post(
            title=f"Jour {day}", date=f"2018-06-0{day}", body=f"Début {day}.\n\nSuite."
        )
        for day in (1, 2, 3, 4)
    }
    return make_docs(posts)


@pytest.fixture
def rebuild(docs, tmp_path, monkeypatch):
    """Return a function from changes of text to the pages that a build prints, and writes.

    A template alone does not begin a build anew.
    """
    read_inputs = build.read_inputs

    def read(*given):
        inputs = read_inputs(*given)
        own = {name: each for name, each in inputs.machine.items() if name.startswith(TEMPLATES)}
        machine = {name: each for name, each in inputs.machine.items() if name not in own}
        others = {f"{name}{ENDING}": each for name, each in own.items()}
        return replace(inputs, machine=machine, files={**inputs.files, **others})

    monkeypatch.setattr(build, "read_inputs", read)
    printed = []
    show = pages.PagePrinter.print
    monkeypatch.setattr(
        pages.PagePrinter,
        "print",
        lambda self, page, frame: printed.append(page.docname) or show(self, page, frame),
    )

    def run(name="", old="", new=""):
        if name:
            path = docs / name
            text = path.read_text("utf-8")
            assert old in text
            path.write_text(text.replace(old, new), "utf-8")
        printed.clear()
        report = build.build_site(docs, tmp_path / "html", ADDRESS)
        return set(printed), report.reasons

    run()
    return run


def test_a_changed_text_shows_its_own_page_and_no_other(rebuild):
    printed, reasons = rebuild("posts/2018/billet-2.md", "Suite.", "Autre suite, plus longue.")

    assert {name for name in printed if not name.startswith("mots/")} == {"posts/2018/billet-2"}
    assert reasons["posts/2018/billet-2"] == "a changé : texte"


def test_a_changed_title_is_shown_where_the_post_is_named(rebuild):
    printed, reasons = rebuild("posts/2018/billet-2.md", "# Jour 2", "# Autre jour")

    assert {"posts/2018/billet-1", "posts/2018/billet-3", "index", "2018/06/index"} <= printed
    assert "posts/2018/billet-4" not in printed - reasons.keys()
    assert "billet suivant" in reasons["posts/2018/billet-1"]
    assert "liste" in reasons["2018/06/index"]
    assert "billet-2/index" not in printed


@pytest.mark.parametrize(
    ("template", "shown", "kept"),
    [
        ("listing.html", {"2018/index"}, {"posts/2018/billet-1", "index", "glossaire"}),
        ("components/citation.html", {"posts/2018/billet-1"}, {"2018/index", "glossaire"}),
        ("components/entry.html", {"2018/index", "index"}, {"posts/2018/billet-1", "glossaire"}),
        ("components/labels.html", {"posts/2018/billet-1"}, {"2018/index", "glossaire"}),
        ("components/menu.html", {"2018/index", "glossaire"}, {"billet-1/index"}),
        ("redirect.html", {"billet-1/index"}, {"2018/index", "posts/2018/billet-1", "glossaire"}),
    ],
)
def test_a_changed_template_shows_anew_only_the_pages_that_use_it(rebuild, template, shown, kept):
    printed, reasons = rebuild(f"_templates/{template}", "<", "\n<")

    assert shown <= printed
    assert shown <= reasons.keys()
    assert not kept & printed


def test_a_template_that_shows_the_same_writes_no_page(rebuild):
    printed, reasons = rebuild("_templates/listing.html", "{%- block content", "{%-  block content")

    assert "2018/index" in printed
    assert reasons == {}


def test_what_no_page_or_file_shows_anew_is_not_made(rebuild, monkeypatch):
    made = []
    monkeypatch.setattr(bibtex, "write_bibtex", lambda _: made.append("bibtex"))
    monkeypatch.setattr(Entry, "html", property(lambda _: made.append("entry")))
    monkeypatch.setattr("archivist.site.files.feeds._to_item", lambda *_: made.append("item"))
    monkeypatch.setattr(
        "archivist.site.hosts.nginx.write_redirects", lambda *_: made.append("nginx")
    )
    monkeypatch.setattr("archivist.site.files.sitemap.write_maps", lambda *_: made.append("map"))
    rebuild("links.yml", "", "")
    (printed, _) = rebuild("_templates/redirect.html", "<main>", "<main >")

    assert "billet-1/index" in printed
    assert made == []


def test_no_page_of_ours_loads_its_document(docs, tmp_path, monkeypatch):
    loaded = []
    resolve = BuildEnvironment.get_and_resolve_doctree
    monkeypatch.setattr(
        BuildEnvironment,
        "get_and_resolve_doctree",
        lambda self, name, *args, **options: (
            loaded.append(name) or resolve(self, name, *args, **options)
        ),
    )
    build.build_site(docs, tmp_path / "html", {})

    assert len(loaded) == len(set(loaded))


def test_no_page_can_see_more_of_the_site_than_its_key_tells(docs, tmp_path, monkeypatch):
    found = []
    list_pages = contents.list_pages

    def look(site):
        for page in list_pages(site):
            found.append(page)
            yield page

    monkeypatch.setattr("archivist.site.sphinx.builder.list_pages", look)
    build.build_site(docs, tmp_path / "html", ADDRESS)
    values = [getattr(page, each.name) for page in found for each in fields(page)]

    assert all(isinstance(page, Page) for page in found)
    assert not [value for value in values if isinstance(value, Site)]
