"""The audit finds any word, link, picture or cell that is missing from the site, and any leak."""

import shutil

import pytest
from lxml import html

from archivist.build.build import build_site
from archivist.progress import Progress
from archivist.wordpress.audit.audit import _AROUND, audit_site, prepare_audit
from archivist.wordpress.audit.compare import compare
from archivist.wordpress.audit.places import Places
from archivist.wordpress.audit.seen import Seen
from archivist.wordpress.html.inline import parse
from tests.wordpress.conftest import (
    BLOG,
    Import,
    draw,
    write_item,
    write_medium,
    write_meta,
    write_remark,
    write_term,
)

NB = "\u00a0"
CONTENTS = [
    f"Un mot{NB}: «{NB}deux{NB}»\nsuite <em>penchée</em> et <strong>grasse</strong>.\n\nFin 100{NB}%.",
    "<h2>Une partie</h2>\n<h3>Une autre</h3>\n<ul><li>un</li><li>deux<ol><li>trois</li></ol></li></ul>",
    (
        f'<a href="https://exemple.fr/a?b=c&amp;d=é">dehors</a> <a href="{BLOG}/billet-1/">dedans</a> '
        f'<a href="{BLOG}/tag/ete/">liste</a> <a href="#fin">ici</a>\n\n<h2 id="fin">Fin</h2>\n\nhttps://exemple.fr/v'
    ),
    (
        f'<img src="{BLOG}/wp-content/uploads/a.png" alt="Rouge" width="30"> mot\n\n'
        f'[caption id="x" width="30"]<img src="{BLOG}/wp-content/uploads/b.png" alt="Bleu"> Légende[/caption]\n\n'
        '[gallery ids="101,102"]'
    ),
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2<br>3</td></tr></table>\n"
        "<figure><table><tr><td>4</td><td>5</td></tr></table><figcaption>Dessous</figcaption></figure>"
    ),
    '<table><tr><td colspan="2">Tout</td></tr><tr><td>6</td><td>7</td></tr></table>',
    "<pre>code\n  deux  mots</pre>\n\n<code>a`b</code> x<sup>2</sup> H<sub>2</sub>O <kbd>k</kbd>",
    "<blockquote>cité<cite>Qui</cite></blockquote>\n<dl><dt>Terme</dt><dd>Sens</dd></dl>",
    'Note<sup data-fn="aa11" class="fn"><a href="#aa11">1</a></sup>.',
    f'<a href="{BLOG}/wp-content/uploads/r.pdf">Rapport</a>\n\n<!--more-->\n\nSuite\n\n<!--nextpage-->\n\nPage deux',
    "% ::: +++ {ref}`x` # pas un titre\n\n1984. Une année\n\n- tiret",
]
DEAD_LINKS = """\
https://exemple.fr/a?b=c&d=%C3%A9:
  state: dead
  copy: https://archive.fr/1
  copy_date: 2017-11-03

https://exemple.fr/v:
  state: dead
"""


def write_all():
    notes = write_meta("footnotes", '[{"content":"La note.","id":"aa11"}]')
    for number, content in enumerate(CONTENTS, start=1):
        raw = write_term("post_tag", "ete", "Été") + (notes if "data-fn" in content else "")
        yield write_item(number, content, raw=raw + write_remark(900 + number, "Merci"))
    thumbnail = write_meta("_thumbnail_id", "102")
    yield write_item(40, "Sous une image", raw=thumbnail)
    yield write_item(50, "Une page", type="page", name="une-page")
    yield write_medium(101, "a.png", alt="Rouge")
    yield write_medium(102, "b.png", alt="Bleu", caption="Bé")
    hidden = (
        f"Six mots que nul ne doit jamais lire ici\n\n{BLOG}/wp-admin/edit.php?post=60\n\n127.0.0.1"
    )
    unseen = write_remark(960, "Un commentaire que personne n’a approuvé du tout", approved="0")
    unseen = unseen.replace("203.0.113.77", "127.0.0.1")
    yield write_item(60, hidden, status="private", name="prive", raw=unseen)


@pytest.fixture(scope="module")
def site(tmp_path_factory, bare_docs):
    """A site built of an import, and all that it was made of."""
    folder = tmp_path_factory.mktemp("audit")
    imports = Import(folder, folder / "docs")
    shutil.copytree(bare_docs, imports.docs)
    media = imports.put("a.png", draw("red"))
    imports.put("b.png", draw("blue"))
    imports.put("r.pdf", b"%PDF-1.4 essai")
    report = imports.run(*write_all(), media=media)
    assert report.problems == []
    # What is told of dead links is no word of the export's.
    (imports.docs / "links.yml").write_text(DEAD_LINKS, encoding="utf-8")
    build_site(imports.docs, folder / "html", {})
    return imports


def prepare(site):
    paths = [site.folder / "export.xml"]
    return prepare_audit(paths, site.docs, site.folder / "html", site.folder / "uploads", {})


def find_page(site, number):
    return site.folder / f"html/posts/2016/billet-{number}.html"


def test_a_site_as_it_was_built_has_no_fault(site):
    audit = prepare(site)
    audit_site(audit, Progress())

    assert audit.faults == []
    assert "copie de 2017" in find_page(site, 3).read_text(encoding="utf-8")
    assert audit.counts["mots"] > 60
    assert audit.counts["images"] == 4


def open_page(path):
    document = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    article = document.find(".//article")
    skipped = set(article.xpath(_AROUND))
    inside = [
        each for each in article.iter() if not skipped.intersection([each, *each.iterancestors()])
    ]
    return document, inside


def list_words(inside):
    """Yield what takes one word out of the page."""
    for at, element in enumerate(inside):
        for where in ("text", "tail"):
            text = getattr(element, where) or ""
            if (where == "tail" and at == 0) or not isinstance(element.tag, str):
                continue
            for word in text.split():
                yield at, where, text.replace(word, "", 1)


def spoil_words(path):
    _, inside = open_page(path)
    for at, where, text in list_words(inside):
        document, again = open_page(path)
        setattr(again[at], where, text)
        yield document


def spoil(path, xpath, change):
    """Yield the page with one element changed, for each that *xpath* finds."""
    count = len([each for each in open_page(path)[1] if each.xpath(xpath)])
    for number in range(count):
        document, inside = open_page(path)
        change([each for each in inside if each.xpath(xpath)][number])
        yield document


def take_out(element):
    element.drop_tree()


SPOILT = {
    "a link leads elsewhere": (
        "self::a[@href]",
        lambda element: element.set("href", "https://ailleurs.fr/"),
    ),
    "a link is gone": (
        "self::a[@href][not(@class='whole-picture')]",
        lambda element: element.drop_tag(),
    ),
    "a picture is gone": ("self::img", take_out),
    "a picture is another": (
        "self::img",
        lambda element: element.set("src", "../../_static/x.png"),
    ),
    "a picture has lost its words": ("self::img[@alt!='']", lambda element: element.set("alt", "")),
    "a cell is gone": ("self::td or self::th", take_out),
    "a cell is no cell": ("self::td or self::th", lambda element: element.drop_tag()),
    "a point is gone": ("self::li", take_out),
    "a point is no point": ("self::li", lambda element: element.drop_tag()),
    "a heading is no heading": ("self::h2 or self::h3", lambda element: element.drop_tag()),
    "a line is not broken": ("self::br", take_out),
    "a code has lost its lines": (
        "self::pre",
        lambda element: element.set("x", "") or flatten(element),
    ),
    "an exponent is none": ("self::sup or self::sub", lambda element: element.drop_tag()),
    "a quote is none": ("self::blockquote", lambda element: element.drop_tag()),
}


def flatten(element):
    for each in element.iter():
        for where in ("text", "tail"):
            setattr(each, where, (getattr(each, where) or "").replace("\n", " "))


def judge(site, pages):
    """Return how many of the spoilt pages there are, and how many of them are found."""
    audit = prepare(site)
    tried = found = 0
    for number, item in {item.id: item for item in audit.list_items()}.items():
        path = find_page(site, number)
        if not path.exists():
            continue
        whole = path.read_bytes()
        for document in pages(path):
            path.write_bytes(html.tostring(document, encoding="utf-8"))
            audit.faults = []
            audit.check(item)
            tried, found = tried + 1, found + bool(audit.faults)
            if not audit.faults:
                print(html.tostring(document.find(".//article"), encoding="unicode"))
            path.write_bytes(whole)
    return tried, found


def test_each_word_that_is_missing_is_found(site):
    tried, found = judge(site, spoil_words)

    assert tried > 60
    assert found == tried


@pytest.mark.parametrize("case", SPOILT)
def test_each_thing_that_is_spoilt_is_found(site, case):
    tried, found = judge(site, lambda path: spoil(path, *SPOILT[case]))

    assert tried > 0
    assert found == tried


def lose_spaces(path):
    """Yield the page with a no-break space of the author's made a plain one."""
    text = path.read_text("utf-8")
    start = text.index("<article")
    for at in [at for at in range(start, text.index("post-footer")) if text[at] == NB]:
        yield html.fromstring(
            (text[:at] + " " + text[at + 1 :]).encode(), parser=html.HTMLParser(encoding="utf-8")
        )


def test_each_no_break_space_that_is_lost_is_found(site):
    pages = list(lose_spaces(find_page(site, 1)))
    items = {item.id: item for item in prepare(site).list_items()}
    whole = find_page(site, 1).read_bytes()
    for document in pages:
        find_page(site, 1).write_bytes(html.tostring(document, encoding="utf-8"))
        audit = prepare(site)
        audit.check(items[1])
        assert audit.faults
    find_page(site, 1).write_bytes(whole)
    assert len(pages) >= 4


def test_a_picture_put_forward_that_is_gone_is_found(site):
    path = find_page(site, 40)
    whole = path.read_bytes()
    document = html.fromstring(whole, parser=html.HTMLParser(encoding="utf-8"))
    (picture,) = document.xpath(".//*[@class='featured']//img")
    picture.drop_tree()
    path.write_bytes(html.tostring(document, encoding="utf-8"))
    audit = prepare(site)
    audit_site(audit, Progress())
    path.write_bytes(whole)

    url = f"{BLOG}/wp-content/uploads/b.png"
    assert audit.faults == [f"posts/2016/billet-40.html : image à la une absente ({url})."]


def test_a_page_that_is_gone_is_found(site):
    path = find_page(site, 3)
    away = path.rename(path.with_suffix(".away"))
    audit = prepare(site)
    audit_site(audit, Progress())
    away.rename(path)

    assert "posts/2016/billet-3.html : cette page manque." in audit.faults


@pytest.mark.parametrize(
    "name",
    [
        "html/index.html",
        "html/billets.json",
        "html/billets.csv",
        "html/2016/index.html",
        "html/_redirects",
        "docs/posts/2016/billet-1.md",
        "docs/posts/2016/billet-1.comments.yml",
        "docs/categories.yml",
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        "Six mots que nul ne doit jamais lire",
        "Un commentaire que personne n’a approuvé du tout",
        "claire@secret.exemple",
        "203.0.113.77",
    ],
    ids=["a text", "a comment", "an e-mail address", "an IP address"],
)
def test_what_leaks_is_found(site, name, words):
    path = site.folder / name
    whole = path.read_bytes()
    path.write_bytes(whole + f"\n<p>Claire&nbsp;: {words}</p>\n".encode())
    audit = prepare(site)
    audit.find_leaks()
    path.write_bytes(whole)

    assert len(audit.faults) == 1


def test_what_docs_say_themselves_is_no_leak(site):
    said = "Six mots que nul ne doit jamais lire ; claire@secret.exemple, 203.0.113.77, 127.0.0.1"
    pages = [site.docs / "a-propos.md", site.folder / "html/a-propos.html"]
    whole = [path.read_bytes() for path in pages]
    for path, data in zip(pages, whole, strict=True):
        path.write_bytes(data + f"\n<p>{said}</p>\n".encode())
    audit = prepare(site)
    audit.find_leaks()
    for path, data in zip(pages, whole, strict=True):
        path.write_bytes(data)

    assert audit.faults == []


def test_what_was_published_once_and_is_no_more_is_a_leak(site, tmp_path):
    path = tmp_path / "export.xml"
    text = (site.folder / "export.xml").read_text(encoding="utf-8")
    start, item, rest = text.partition(
        f"<item><title><![CDATA[Un billet]]></title><link>{BLOG}/billet-11/"
    )
    rest = rest.replace("<wp:status>publish", "<wp:status>private", 1)
    path.write_text(start + item + rest, encoding="utf-8")
    audit = prepare_audit([path], site.docs, site.folder / "html", site.folder / "uploads", {})
    audit.find_leaks()

    assert any("billet-11.md : des mots d’un texte non publié" in fault for fault in audit.faults)


EDITS = {
    "posts/2016/billet-1.comments.yml": ("commentaires : 1 ", None, None),
    "posts/2016/billet-2.md": ("date : 2016-09-02 ", "date: 2016-09-02", "date: 2016-09-12"),
    "posts/2016/billet-3.comments.yml": ("commentaire signé « Aïcha »", "Aïcha", "Bob"),
    "posts/2016/billet-4.md": ("étiquette : « Été »", "tags: [Été]", "tags: [MOOC]"),
    "posts/2016/billet-5.md": ("auteur : « Claire Dubois »", "author: claire", "author: autre"),
    "posts/2016/billet-6.md": ("titre : « Un billet »", "# Un billet", "# Un autre"),
    "posts/2016/billet-7.md": ("ancienne adresse « /?p=7 »", "redirect: ['/?p=7']\n", ""),
    "posts/2016/billet-11.md": ("mots : ", "pas un titre", "un titre"),
}


def test_what_was_changed_in_docs_is_told_of_the_page_that_shows_it(site, tmp_path):
    docs = tmp_path / "docs"
    shutil.copytree(site.docs, docs)
    with (docs / "authors.yml").open("a", encoding="utf-8") as file:
        file.write("autre:\n  name: Une autre\n")
    for name, (_, before, after) in EDITS.items():
        if before is None:
            (docs / name).unlink()
            continue
        text = (docs / name).read_text(encoding="utf-8")
        assert before in text
        (docs / name).write_text(text.replace(before, after), encoding="utf-8")
    build_site(docs, tmp_path / "html", {})
    paths = [site.folder / "export.xml"]
    audit = prepare_audit(paths, docs, tmp_path / "html", site.folder / "uploads", {})
    audit_site(audit, Progress())

    assert len(audit.faults) == len(EDITS)
    for (name, (told, *_)), fault in zip(
        EDITS.items(), sorted(audit.faults, key=sort_key), strict=True
    ):
        assert fault.startswith(f"{name.partition('.')[0]}.html : {told}")


def sort_key(fault):
    return int(fault.partition("billet-")[2].partition(".")[0])


SAME = {
    "a link without words": ('<a href="/a"></a>mot', "mot"),
    "two links to one place": ('<a href="/a">un</a> <a href="/a">deux</a>', '<a href="/a">un deux</a>'),
    "two that touch": ('<a href="/a">un</a><a href="/a">deux</a>', '<a href="/a">undeux</a>'),
    "a link in a link": ('<a href="/a">un <object><a href="/b">x</a></object></a>', '<a href="/a">un x</a>'),
    "an exponent in an exponent": ("x<sup>2<sup>3</sup></sup>", "x<sup>23</sup>"),
    "a film for all browsers": (
        '<object data="/f.swf"><param name="movie" value="/f.swf"><embed src="/f.swf"></object>',
        '<p><a href="/f.swf">/f.swf</a></p>',
    ),
    "an element that nobody knows": ("<st1:place>Pau</st1:place>, enfin", "Pau, enfin"),
    "code on lines": ("<pre>un<br>deux</pre>", "<pre>un\ndeux</pre>"),
    "a list in parts": (
        '<ol><li value="7">a</li><li>b</li></ol>', '<ol start="7"><li>a</li><li>b</li></ol>',
    ),
    "pictures side by side": (
        '<ul><li><figure><img src="/a.png"><figcaption>Ici</figcaption></figure></li></ul>',
        '<figure><img src="/a.png"><figcaption>Ici</figcaption></figure>',
    ),
    "letters": ('<ol type="a"><li>a</li></ol>', '<ol class="loweralpha simple"><li>a</li></ol>'),
}  # fmt: skip


@pytest.mark.parametrize("case", SAME)
def test_what_reads_the_same_is_the_same(case):
    wanted, found = (Seen().read(parse(text)) for text in SAME[case])

    assert compare(wanted, found, {}) == []


def test_a_part_of_a_page_has_the_name_that_docutils_makes(tmp_path):
    places = Places(tmp_path, tmp_path)

    assert places.lead_source("un", "#La_suite") == places.lead_built("un.html", "#la-suite")
    assert places.lead_source("un", "#la_fin") != places.lead_built("un.html", "#la-suite")
