"""No export leaves docs/ that cannot be checked, ends in a traceback, or takes for ever."""

import shutil
import time

import pytest

from archivist.build.docs import check_docs
from archivist.posts.people import read_registers
from archivist.wordpress.comments import write_comment
from archivist.wordpress.convert import Converter
from archivist.wordpress.export.plan import FAILED, Plan
from archivist.wordpress.export.planning import _Planner
from archivist.wordpress.export.wxr import Blog
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.expand import Expander
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.notes import Kind, note_nothing
from archivist.wordpress.staging import CREATED
from archivist.wordpress.text.round_trip import ProvedWriter
from tests.wordpress.conftest import (
    BLOG,
    Import,
    cdata,
    write_item,
    write_medium,
    write_meta,
    write_remark,
    write_term,
)
from tests.wordpress.hostile import Attack

SENTENCE = "Une phrase assez ordinaire, avec des mots. "
BAD = "bon\u202ejour\u0085 \ufdd0\u200b\u2028\ue000x"
CELLS = "<tr>" + "<td>x</td>" * 20 + "</tr>"

LONG = {
    "a long paragraph": SENTENCE * 220,
    "a paragraph of a whole post": SENTENCE * 2_000,
    "a long word": "x" * 9_500,
    "a long heading": f"<h2>{SENTENCE * 250}</h2>",
    "a long cell": f"<table><tr><th>a</th></tr><tr><td>{SENTENCE * 250}</td></tr></table>",
    "a long line of code": f"<pre>{SENTENCE * 250}</pre>",
    "a post of 130 kB": f"{SENTENCE * 10}\n\n" * 300,
    "a post of 400 kB": f"{SENTENCE * 90}\n\n" * 100,
    "a post of 5000 lines": "Une ligne.\n\n" * 2_500,
    "a large table": f"<table>{CELLS.replace('td', 'th')}{CELLS * 120}</table>",
    "a paragraph of 800 links": "<br>".join(['<a href="https://x.fr/">x</a>'] * 800),
}
DEEP = {
    tag: f"avant <{tag}>mot " * 300
    for tag in (
        "span", "b", "div", "blockquote", "ul><li", "dl><dd", "table><tr><td",
        "figure><figcaption",
    )
}  # fmt: skip
DEEP["div, too many to be parsed"] = "avant <div>mot " * 2_500
CODES = {
    "page builders": "".join(f"[vc_{'a' * n}]" for n in range(1, 200)) + "mot",
    "captions": "[caption]" * 900 + "mot" + "[/caption]" * 900,
    "a block's JSON": '<!-- wp:block {"ref":' + "[" * 100_000 + "} /-->mot",
    "unreadable addresses": '<a href="http://[x">mot</a><img src="http://[x">',
    "shared blocks in one another": '<!-- wp:block {"ref":999} /-->' * 3 + "mot",
    "an unclosed note": "mot[footnote]note[/footnote]<textarea>",
    "numbers of no sign": "mot&#0; &#xD800; &#x202E &#99999999999;",
}
ODD = {
    "footnotes that nest": {"raw": write_meta("footnotes", "[" * 100_000)},
    "numbers that are none": {"raw": write_meta("_thumbnail_id", "²")},
    "numbers that are too long": {"raw": write_meta("_thumbnail_id", "9" * 5_000)},
    "an unreadable link": {"link": "http://[x"},
    "an unreadable guid": {"guid": "http://a]:9/"},
    "forbidden signs": {"title": BAD, "excerpt": BAD, "creator": BAD, "name": BAD},
    "a title that shows nothing": {"title": "\u200b"},
    "a title of one long word": {"title": "x" * 500},
    "a long excerpt": {"excerpt": SENTENCE * 400},
    "200 tags": {"raw": "".join(write_term("post_tag", f"t{n}", f"Mot {n}") for n in range(200))},
    "200 authors": {"raw": "".join(write_term("author", f"a{n}", f"Nom {n}") for n in range(200))},
    "the address of a list": {"link": f"{BLOG}/2016/page/2/"},
    "the address of a category": {"link": f"{BLOG}/category/a/"},
    "the address of another": {"link": f"{BLOG}/2016/"},
    "700 kB of comments": {"raw": "".join(write_remark(n, SENTENCE * 200) for n in range(1, 80))},
    "replies in replies": {
        "raw": "".join(write_remark(n, "Oui", parent=n - 1) for n in range(1, 600))
    },
    "comments that answer each other": {
        "raw": "".join(write_remark(n, BAD, author=BAD, parent=n % 3 + 1) for n in range(1, 9))
    },
    "a login that YAML reads": {"creator": "true"},
    "a login that YAML drops": {"creator": "null"},
}
SLUGS = (
    "../../x", "", "...", "a\tb\nc", "a b", "a\u00a0b", "x" * 400, "😀😀", "%2e%2e%2fx", "%00", "%ff",
    "a\u202eb", "a%e2%80%8bb", "a#b", "a$b;c{d}", "index", "feed", "page/2", "/", "a?b", "A", "a",
)  # fmt: skip


def category(slug, name, parent=""):
    return (
        f"<wp:category><wp:category_nicename>{cdata(slug)}</wp:category_nicename>"
        f"<wp:category_parent>{cdata(parent)}</wp:category_parent>"
        f"<wp:cat_name>{cdata(name)}</wp:cat_name></wp:category>"
    )


def lead_to_none(number):
    return f'Voir <a href="{BLOG}/billet-{number}/">ici</a>.'


@pytest.fixture(scope="module")
def attacked(tmp_path_factory, bare_docs):
    """What becomes of one export with all of this in it: the archive, and its report."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(bare_docs, folder / "docs")
    bodies = [*LONG.values(), *DEEP.values(), *CODES.values()]
    items = [write_item(number, body) for number, body in enumerate(bodies, start=1)]
    items += [write_item(number, **fields) for number, fields in enumerate(ODD.values(), start=101)]
    for number, slug in enumerate(SLUGS, start=201):
        raw = write_term("category", f"s{number}", slug) + write_term(
            "post_tag", f"s{number}", slug
        )
        items.append(write_item(number, raw=raw))
    items += [
        write_item(999, 'mot <!-- wp:block {"ref":999} /-->' * 3, type="wp_block"),
        write_medium(998, "a.png", parent=101, link=f"{BLOG}/billet-102/", caption=BAD, alt=BAD),
        write_item(301, "* " * 4_000),
        *(write_item(number, lead_to_none(number - 1)) for number in range(302, 306)),
    ]
    head = category("a", "A1", "b") + category("b", "B1", "c") + category("c", "C1", "a")
    head += category("e", "E1", "e") + category("f", "F1", "absente")
    head += "".join(category(f"n{n}", f"Niveau {n}", f"n{n + 1}") for n in range(600))
    head += "".join(category(slug, f"Rubrique {n}") for n, slug in enumerate(SLUGS))
    terms = "".join(write_term("category", slug, slug) for slug in ("a", "b", "e", "f", "n0"))
    terms += "".join(write_term("category", each, "x") for each in ("../../x", "a b", "a\u202eb"))
    items.append(write_item(401, raw=terms))
    imports = Import(folder, folder / "docs")
    imports.run(files=[imports.write(*items, head=head)])
    return imports


def test_what_is_written_passes_the_check(attacked):
    _, problems = check_docs(attacked.docs)

    assert [str(problem) for problem in problems] == []


def test_all_is_imported_but_what_is_longer_than_any_post(attacked):
    report = attacked.reports[0]
    left = [post["path"] for post in report.posts if post["state"] != CREATED]

    assert report.is_conserved
    assert left == ["posts/2016/billet-301.md"]
    assert report.problems == [
        "docs/posts/2016/billet-301.md:11: trop de signes de Markdown ici : simplifiez ce passage."
    ]


def test_a_post_that_leads_to_one_that_is_left_leads_to_the_old_blog(attacked):
    assert f"({BLOG}/billet-301/)" in attacked.body("posts/2016/billet-302.md")
    assert "(billet-302.md)" in attacked.body("posts/2016/billet-303.md")


@pytest.mark.parametrize("name", DEEP)
def test_no_word_is_lost_where_elements_nest(attacked, name):
    number = [*LONG, *DEEP].index(name) + 1
    text = attacked.body(f"posts/2016/billet-{number}.md")

    assert text.count("avant") == text.count("mot") == DEEP[name].count("mot")


def test_no_word_is_lost_where_a_post_is_long(attacked):
    text = attacked.body("posts/2016/billet-2.md")

    assert " ".join(text.split()) == (SENTENCE * 2_000).strip()
    assert max(map(len, text.split("\n"))) < 8_000


def test_what_is_long_is_excused_and_no_more(attacked):
    lines = attacked.read("exceptions.txt").split("\n")
    long = [line.split()[0] for line in lines if " lengths " in line]

    assert "posts/2016/billet-1" not in long  # A long paragraph is cut into lines.
    assert {"posts/2016/billet-3", "posts/2016/billet-7", "posts/2016/billet-8"} <= set(long)


def test_no_category_is_in_itself_or_in_too_many(attacked):
    registers = read_registers(attacked.docs, "docs")
    parents = {each.name: each.parent for each in registers.categories.values()}

    assert registers.problems == ()
    assert parents["Niveau 3"] == "niveau-4"
    levels = [parent for name, parent in parents.items() if name.startswith("Niveau")]
    # Those that no post is filed under, not even below, are not written.
    assert len(levels) < 20
    assert levels.count("") == 1


def test_what_is_cut_off_is_told(attacked):
    report = attacked.reports[0]
    kinds = {note["kind"] for post in report.posts for note in post["notes"]}
    general = {kind for kind, _ in report.general}

    assert kinds >= {Kind.FLATTENED, Kind.LABEL_LEFT, Kind.SUMMARY_LEFT, Kind.LEFT_OUT}
    assert general >= {Kind.PARENT_LEFT, Kind.OLD_ADDRESS_REFUSED, Kind.LABEL_RENAMED}


def test_an_error_in_one_post_is_told_and_the_others_are_imported(imports, monkeypatch):
    convert = Converter.convert

    def fail(self, item):
        if item.id == 2:
            raise KeyError
        return convert(self, item)

    monkeypatch.setattr(Converter, "convert", fail)
    report = imports.run(write_item(1, lead_to_none(2)), write_item(2), write_item(3))

    assert report.states == {CREATED: 2, FAILED: 1}
    assert report.problems == ["élément 2 (post) : erreur inattendue (KeyError), signalez-la."]
    assert f"{BLOG}/billet-2/" in imports.body()
    assert check_docs(imports.docs)[1] == []


def test_an_error_in_planning_one_item_is_told_and_the_others_are_imported(imports, monkeypatch):
    name = _Planner._name

    def fail(self, item, date):
        if item.id == 2:
            raise KeyError
        return name(self, item, date)

    monkeypatch.setattr(_Planner, "_name", fail)
    report = imports.run(write_item(1, lead_to_none(2)), write_item(2), write_item(3))

    assert report.states == {CREATED: 2}
    assert report.is_conserved
    assert report.problems == ["élément 2 (post) : erreur inattendue (KeyError), signalez-la."]


def test_nothing_is_written_where_docs_would_not_pass(imports, monkeypatch):
    before = imports.files()
    monkeypatch.setattr(
        "archivist.wordpress.export.terms.Terms.describe_authors", lambda *_: ["[:"]
    )
    report = imports.run(write_item(1))

    assert imports.files() == before
    assert "rien n’est écrit : docs/ ne passerait plus la vérification." in report.problems


def test_comments_that_the_check_refuses_are_left_and_the_post_is_not(imports, monkeypatch):
    monkeypatch.setattr("archivist.wordpress.comments.name_author", lambda _: "a@b.fr")
    report = imports.run(write_item(1, raw=write_remark(1, "Oui")))

    assert report.states == {CREATED: 1}
    assert report.remarks["gardés"] == 0
    assert report.remarks["laissés"] == 1
    assert "billet-1.comments.yml:1: une adresse électronique" in report.problems[0]
    assert not (imports.docs / "posts/2016/billet-1.comments.yml").exists()


@pytest.mark.parametrize("seed", [14, 34])
def test_an_export_made_up_of_all_that_leaves_docs_that_pass(imports, seed):
    items, head = Attack(seed).write()
    report = imports.run(files=[imports.write(*items, head=head)])

    assert [str(problem) for problem in check_docs(imports.docs)[1]] == []
    assert report.is_conserved
    assert FAILED not in report.states
    before = imports.files()
    imports.run(files=[imports.folder / "export.xml"])
    assert imports.files() == before


def expand(text):
    return Expander(1, Plan(blog=Blog()), note_nothing, {}).expand(text)


def prove(text):
    return ProvedWriter(note_nothing).prove(HtmlReader(Surroundings()).read(text))


@pytest.mark.parametrize(
    ("read", "unit"),
    [
        *((expand, unit) for unit in (
            "<pre>", "<code>x", "<style", "<textarea", "[code]", "[code ", "<!--more", "<!-- wp:a {",
            '<sup data-fn="a" ', "[gallery a=\"", "[[row", "[su_tab a=1]", "[truc a=1]", "((a ", "$latex a", "[/tab]", "[audio:a,", "&#", "<!--",
        )),
        *((prove, unit) for unit in (
            "<div>", "<ul><li>a", "<b>a</b> ", "<table><tr><td>a", "<dt>a", "\u00a0", "<p>",
        )),
        *((lambda text: write_comment(text, BLOG, note_nothing), unit) for unit in ("<", "[", "*a ")),
    ],
)  # fmt: skip
def test_100_kb_of_one_sign_take_no_longer_than_a_post(read, unit):
    begin = time.process_time()
    read(unit * (100_000 // len(unit)))

    assert time.process_time() - begin < 8
