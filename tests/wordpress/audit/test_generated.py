"""The audit has nothing to say of thirty blogs as they were brought over, and tells each fault put in."""

import shutil

import pytest
from lxml import html

from archivist.build.build import build_site
from archivist.progress import Progress
from archivist.wordpress.audit.audit import audit_site, prepare_audit
from archivist.wordpress.audit.places import Places
from tests.wordpress.conftest import Import, draw
from tests.wordpress.generated import Blog

SEEDS = range(1, 31)


@pytest.fixture(scope="module")
def site(tmp_path_factory, bare_docs):
    """A site built of thirty exports, and all that it was made of."""
    imports = Import(folder := tmp_path_factory.mktemp("blogs"), folder / "docs")
    shutil.copytree(bare_docs, imports.docs)
    for blog in map(Blog, SEEDS):
        (folder / f"{blog.seed}.xml").write_text(blog.write(), encoding="utf-8")
        for name, data in blog.files.items():
            imports.put(name, data)
    report = imports.run(files=list_exports(imports), media=folder / "uploads")
    assert report.problems == []
    build_site(imports.docs, folder / "html", {})
    return imports


def list_exports(site):
    return [site.folder / f"{seed}.xml" for seed in SEEDS]


def prepare(site):
    return prepare_audit(
        list_exports(site), site.docs, site.folder / "html", site.folder / "uploads", {}
    )


@pytest.fixture(scope="module")
def audit(site):
    """An audit, and the items that it compares, by their pages."""
    prepared = prepare(site)
    prepared.items = {
        f"{prepared.plan.planned[item.id].docname}.html": item for item in prepared.list_items()
    }
    return prepared


def test_an_export_is_the_same_for_its_seed_and_another_for_another():
    assert Blog(3).write() == Blog(3).write()
    assert Blog(3).write() != Blog(4).write().replace("blog-4", "blog-3")


def test_thirty_blogs_as_they_were_brought_over_have_no_fault(site):
    audit = prepare(site)
    audit_site(audit, Progress())

    assert audit.faults == []
    told = audit.tell_counts()
    assert told.startswith("150 billets et pages, 2")
    for kind in ("mises en forme", "points de liste", "commentaires", "anciennes adresses"):
        assert kind in told


def judge(audit, name):
    """Return what is told of one page."""
    audit.faults, audit.places = [], Places(audit.existing.docs, audit.output)
    # As when all exports are read, one after another.
    audit.plan.blog.url = f"https://blog-{audit.items[name].id // 1000}.exemple.fr"
    audit.check(audit.items[name])
    start = f"{name} : "
    assert all(fault.startswith(start) for fault in audit.faults)
    return [fault.removeprefix(start) for fault in audit.faults]


def swap(element):
    element.getparent().insert(0, element)


def join(element):
    """Have a paragraph go on in that before it."""
    element.getprevious().append(html.fromstring(f"<span> {element.text}</span>"))
    element.drop_tree()


def say(text):
    return lambda element: setattr(element, "text", text)


def rename(tag):
    return lambda element: setattr(element, "tag", tag)


def put(name, value):
    return lambda element: element.set(name, value)


def cut(element):
    element.text = element.text.rpartition(" ")[0]


def take_off(element):
    element.drop_tag()


def take_out(element):
    element.drop_tree()


TEXT = "//article[contains(@class, 'post')]/section"
WORDS = f"{TEXT}//p[not(@class) and not(ancestor::footer)]"
FAULTS = {
    "all comments are gone": ("//section[contains(@class, 'comments')]", take_out, "commentaires : 3 "),
    "a comment is gone": ("//ol[@class='comment-replies']", take_out, "commentaires : 3 "),
    "a comment is cut": ("//*[@class='comment-text']/p[contains(text(), ' ')]", cut, "commentaires : 3 "),
    "comments are in another order": (
        "//ol[@class='comments-list']/li[2]", swap, "commentaires : ordre changé",
    ),
    "a commenter has another name": ("//*[@class='comment-author']", say("Personne"), "commentaire signé « "),
    "an author is another": ("//a[@rel='author']", say("Une autre"), "auteur : « "),
    "a date is another": ("//*[@class='post-byline']//time", put("datetime", "2004-01-01"), "date : "),
    "a category is another": ("//dl[@class='labels']//a[contains(@href, 'category/')]", say("Rien"), "catégorie : « "),
    "a tag is gone": ("//dl[@class='labels']//dd[a[contains(@href, 'tag/')]]", take_out, "étiquette : « "),
    "a title is another": ("//h1", say("Un autre titre"), "titre : « "),
    "bold is taken off": (f"{TEXT}//strong", take_off, "mise en forme : gras perdu"),
    "italics are taken off": (f"{TEXT}//em", take_off, "mise en forme : italique perdu"),
    "a struck word is asserted": (f"{TEXT}//s", take_off, "mise en forme : barré perdu"),
    "an underline is taken off": (f"{TEXT}//u", take_off, "mise en forme : souligné perdu"),
    "an exponent is none": (f"{TEXT}//sup", take_off, "mise en forme : exposant perdu"),
    "an index is none": (f"{TEXT}//sub", take_off, "mise en forme : indice perdu"),
    "code in a line is none": (f"{TEXT}//p/code", take_off, "mise en forme : code perdu"),
    "words are struck": (f"{TEXT}//em", rename("s"), "mise en forme : barré en trop"),
    "a list begins at another number": (f"{TEXT}//ol", put("start", "99"), "points de liste : "),
    "a list has lost its numbers": (f"{TEXT}//ol", rename("ul"), "points de liste : "),
    "a list counts in letters": (f"{TEXT}//ol", put("type", "a"), "points de liste : "),
    "a list counts down": (f"{TEXT}//ol", put("reversed", ""), "points de liste : "),
    "a link leads elsewhere": (f"{WORDS}/a[text() and contains(@class, 'reference')]", put("href", "https://ailleurs.fr"), "lien : vers "),
    "a link is taken off": (f"{WORDS}/a[text() and contains(@class, 'reference')]", take_off, "lien : vers "),
    "a picture is another": (f"{TEXT}//p//img", put("src", "../../_static/favicon.svg"), "images : "),
    "a picture is gone": (f"{TEXT}//p//img", take_out, "images : "),
    "a picture leads nowhere": (f"{TEXT}//p/a[img]", take_off, "images : "),
    "a picture has lost its words": (f"{TEXT}//p//img", put("alt", ""), "images : "),
    "code has lost its lines": (f"{TEXT}//pre//text()[contains(., '\n')]/..", say("x"), "codes : "),
    "the picture put forward is gone": ("//*[@class='featured']", take_out, "image à la une absente"),
    "a cell is none": (f"{TEXT}//td", take_off, "cellules : "),
    "a heading is none": (f"{TEXT}//h2", rename("p"), "titres : "),
    "a quote is none": (f"{TEXT}//blockquote", rename("div"), "citations : "),
    "a word is gone": (f"{WORDS}[contains(text(), ' ')]", cut, "mots : "),
    "a paragraph is gone": (WORDS, take_out, "mots : "),
    "two paragraphs are one": (f"{WORDS}[not(*) and preceding-sibling::*[1][self::p and not(@class)]]", join, "paragraphes "),
}  # fmt: skip


def find_page(site, audit, xpath):
    """Return the first page with what *xpath* finds, its document and that."""
    for name in audit.items:
        document = html.fromstring(
            (site.folder / "html" / name).read_bytes(), parser=html.HTMLParser(encoding="utf-8")
        )
        if found := document.xpath(xpath):
            return name, document, found[0]
    raise AssertionError(xpath)


@pytest.mark.parametrize("case", FAULTS)
def test_a_page_that_says_something_else_is_told_with_what(site, audit, case):
    xpath, change, told = FAULTS[case]
    name, document, element = find_page(site, audit, xpath)
    path = site.folder / "html" / name
    whole = path.read_bytes()
    change(element)
    path.write_bytes(html.tostring(document, encoding="utf-8"))
    faults = judge(audit, name)
    path.write_bytes(whole)

    assert [fault for fault in faults if fault.startswith(told)], faults
    assert judge(audit, name) == []


def find_file(site, audit, xpath):
    """Return a page that uses a file, and that file."""
    name, _, address = find_page(site, audit, xpath)
    return name, (site.folder / "html" / name).parent / address


def old_page(site, audit):
    name = next(iter(audit.items))
    return name, site.folder / "html" / audit.items[name].slug / "index.html"


def old_query(_, audit):
    return next(iter(audit.items)), audit.output / "_static/old-addresses.json"


IMAGE, FILE = f"{TEXT}//p//img/@src", f"{TEXT}//a[contains(@href, '.pdf')]/@href"
FILES = {
    "a picture is another": (lambda *of: find_file(*of, IMAGE), draw("white"), "images : "),
    "a picture is gone": (lambda *of: find_file(*of, IMAGE), None, "images : "),
    "a file is another": (lambda *of: find_file(*of, FILE), b"%PDF-1.4", "lien : vers "),
    "a file is gone": (lambda *of: find_file(*of, FILE), None, "lien : vers "),
    "an old address is none": (old_page, None, "ancienne adresse « /"),
    "an old number is none": (old_query, b"{}", "ancienne adresse « /?p=1001 »"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_another_is_told_with_its_name(site, audit, case):
    find, data, told = FILES[case]
    name, path = find(site, audit)
    whole = path.read_bytes()
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    audit.__post_init__()
    faults = judge(audit, name)
    path.write_bytes(whole)
    audit.__post_init__()

    assert [fault for fault in faults if fault.startswith(told)], faults
    assert judge(audit, name) == []
