import json
import re
from datetime import datetime, timedelta, timezone

import feedparser
import pytest
from lxml import etree, html

from archivist.build.build import build_site
from archivist.site.files.feeds import LENGTH, Outlet
from tests.conftest import Site, write_docs, write_post

BASE = "https://exemple.fr/archives/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
AUTHORS = "amoor:\n  name: a.m.o.o.r.\n  link: http://www.amoor.fr/\nzoe:\n  name: Zoé Œuvrard\n"
BODY = """\
Voir [l’autre](../2017/billet-1.md), {term}`CNFPT`, [dehors](http://exemple.org/?a=1&b=2).

## Une partie

![Une photo](photo/photo.png)

<!-- more -->

La fin[^1], & « < ».

[^1]: Une note.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, root):
    """Return a site of thirty posts, of which one has all that a feed can tell."""
    files = {
        f"2017/billet-{day}.md": write_post(
            title=f"Billet {day}", date=f"2017-01-{day:02}", tags="Été"
        )
        for day in range(1, 29)
    }
    files["2019/photo.md"] = write_post(
        title="Un titre < & « > »",
        license="CC BY 4.0",
        body=BODY,
        date="2019-06-01",
        date_edtf="2019-06~",
        updated="2019-08-02",
        author="[amoor, zoe]",
        category="[Innovation publique, 'Emploi, formation']",
        tags="CNFPT",
        partial="true",
        source="http://www.amoor.fr/photo/",
        language="en",
    )
    files["2019/photo/photo.png"] = (root / "tests/data/photo.png").read_bytes()
    files["2019/brouillon.md"] = write_post(title="Brouillon", date="2019-07-01", draft="true")
    files["/authors.yml"] = AUTHORS
    folder = tmp_path_factory.mktemp("feeds")
    build_site(write_docs(folder, files), folder / "html", {"html_baseurl": BASE})
    return Site(folder / "html")


def atom_files(site):
    return [name for name in site.files() if name.endswith("atom.xml")]


def older_files(site):
    return [name for name in site.files() if re.fullmatch(r".*feed/atom-[0-9]+\.xml", name)]


def read(site, name="feed/atom.xml"):
    parsed = feedparser.parse((site.folder / name).read_bytes(), sanitize_html=False)
    assert not parsed.bozo
    return parsed


def read_json(site, name="feed/feed.json"):
    return json.loads((site.folder / name).read_text(encoding="utf-8"))


def test_the_site_each_category_tag_and_author_has_a_feed(site):
    assert sorted(atom_files(site)) == [
        "author/amoor/feed/atom.xml",
        "author/zoe/feed/atom.xml",
        "category/emploi-formation/feed/atom.xml",
        "category/innovation-publique/feed/atom.xml",
        "feed/atom.xml",
        "tag/cnfpt/feed/atom.xml",
        "tag/ete/feed/atom.xml",
    ]
    assert all(site.has(name.replace("atom.xml", "feed.json")) for name in atom_files(site))


def test_a_reader_of_feeds_finds_every_field_of_a_post(site):
    feed = read(site)
    entry = feed.entries[0]

    assert feed.feed.title == "Archives de l’innovation publique"
    assert feed.feed.links[0].href == BASE
    assert feed.feed.updated == "2019-08-02T12:00:00+00:00"
    assert entry.title == "Un titre < & « > »"
    assert entry.link == f"{BASE}posts/2019/photo.html"
    assert [author.name for author in entry.authors] == ["a.m.o.o.r.", "Zoé Œuvrard"]
    assert entry.authors[0].href == "http://www.amoor.fr/"
    assert [tag.label for tag in entry.tags] == [
        "Innovation publique",
        "Emploi, formation",
        "CNFPT",
    ]
    assert entry.published == "2019-06-01T12:00:00+00:00"
    assert entry.updated == "2019-08-02T12:00:00+00:00"
    assert entry.content[0].language == "en"
    assert entry.summary.startswith("Voir l’autre")
    assert [link.href for link in entry.links if link.rel == "via"] == [
        "http://www.amoor.fr/photo/"
    ]
    assert entry.rights == read_json(site)["items"][0]["_license"]["name"] == "CC BY 4.0"
    assert [link.href for link in entry.links if link.rel == "license"] == [
        "https://creativecommons.org/licenses/by/4.0/"
    ]


def test_a_post_is_of_its_day_wherever_it_is_read(site):
    days = {entry.published[:10] for entry in read(site).entries}
    for hours in (-10, -4, 0, 4, 11):
        zone = timezone(timedelta(hours=hours))
        moments = (datetime.fromisoformat(entry.published) for entry in read(site).entries)
        assert {f"{moment.astimezone(zone):%Y-%m-%d}" for moment in moments} == days


HISTORY = "{http://purl.org/syndication/history/1.0}"


def walk_back(site, name):
    """Return what RFC 5005 has a reader find from the feed *name*: files, and titles of posts."""
    files, titles = [], {}
    while name:
        tree = etree.fromstring((site.folder / name).read_bytes())
        links = {link.get("rel"): link.get("href") for link in tree.findall("a:link", ATOM)}
        assert bool(files) == (tree.find(f"{HISTORY}archive") is not None)
        assert links.get("current", BASE + (files or [name])[0]) == BASE + (files or [name])[0]
        assert links.get("next-archive", "") == (BASE + files[-1] if len(files) > 1 else "")
        files.append(name)
        for entry in tree.findall("a:entry", ATOM):
            titles.setdefault(
                entry.findtext("a:id", namespaces=ATOM), entry.findtext("a:title", namespaces=ATOM)
            )
        name = links.get("prev-archive", "").removeprefix(BASE)
    return files, list(titles.values())


def test_a_reader_of_feeds_finds_its_way_to_the_oldest_post(site):
    files, titles = walk_back(site, "tag/ete/feed/atom.xml")

    assert files == ["tag/ete/feed/atom.xml", "tag/ete/feed/atom-1.xml"]
    assert titles == [f"Billet {day}" for day in range(28, 0, -1)]
    assert len(walk_back(site, "feed/atom.xml")[1]) == 29
    assert walk_back(site, "tag/cnfpt/feed/atom.xml")[0] == ["tag/cnfpt/feed/atom.xml"]


def test_a_feed_says_whether_it_has_all(site):
    for name in atom_files(site):
        tree = etree.fromstring((site.folder / name).read_bytes())
        links = {link.get("rel") for link in tree.findall("a:link", ATOM)}
        assert (tree.find(f"{HISTORY}complete") is not None) == ("prev-archive" not in links)


def test_feeds_of_older_posts_stay_when_a_post_is_added():
    posts = tuple(range(65))

    def fill(count):
        outlet = Outlet(path="", title="", subtitle="", posts=posts[:count])
        return [outlet.list_older(number) for number in range(1, outlet.older_count + 1)]

    for count in range(64):
        assert fill(count + 1)[: len(fill(count))] == fill(count)
        shown = {*Outlet(path="", title="", subtitle="", posts=posts[:count]).newest}
        assert shown.union(*fill(count)) == {*posts[:count]}


def test_all_feeds_are_in_one_list_that_readers_take_in(site):
    outlines = etree.fromstring((site.folder / "flux.opml").read_bytes()).findall("body/outline")

    assert sorted(each.get("xmlUrl").removeprefix(BASE) for each in outlines) == sorted(
        atom_files(site)
    )
    assert site.page("donnees/index.html").select_one('a[href="../flux.opml"]')


def test_texts_are_whole_and_say_what_is_not_held(site):
    content = html.fromstring(read(site).entries[0].content[0].value)

    text = " ".join(content.text_content().split())
    assert "La fin" in text
    assert "Une note." in text
    assert "Publié vers juin 2019." in text
    assert "Seul cet extrait du billet est conservé" in text
    assert "Lien vers" not in text
    assert "#" not in text


def test_all_addresses_are_whole_and_lead_somewhere(site):
    pages = {re.sub(r"index\.html$", "", name) for name in site.files()}
    for name in atom_files(site):
        feed = read(site, name)
        links = [link.href for each in (feed.feed, *feed.entries) for link in each.links]
        for entry in feed.entries:
            tree = html.fromstring(entry.content[0].value)
            links += [*tree.xpath("//@href"), *tree.xpath("//@src")]
        for link in links:
            assert link.startswith(("http://", "https://"))
            if link.startswith(BASE):
                path = link.removeprefix(BASE).partition("#")[0]
                assert re.sub(r"index\.html$", "", path) in pages


def test_json_feeds_tell_the_same_as_atom_feeds(site):
    for name in atom_files(site):
        atom, told = read(site, name), read_json(site, name.replace("atom.xml", "feed.json"))

        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert told["title"] == atom.feed.title
        assert told["feed_url"] == BASE + name.replace("atom.xml", "feed.json")
        assert [(item["id"], item["url"], item["title"]) for item in told["items"]] == [
            (entry.id, entry.link, entry.title) for entry in atom.entries
        ]
        contents = etree.fromstring((site.folder / name).read_bytes()).xpath(
            "//a:content/text()", namespaces=ATOM
        )
        assert [item["content_html"] for item in told["items"]] == contents
        assert all(datetime.fromisoformat(item["date_published"]).tzinfo for item in told["items"])


def find_faults(data, address):
    """Return which rules of RFC 4287, as the W3C's validator checks them, *data* breaks."""
    tree = etree.fromstring(data)

    def find(element, path):
        return element.xpath(path, namespaces=ATOM)

    def one(element, name):
        return len(find(element, f"a:{name}")) == 1

    rules = {
        "root": tree.tag == "{http://www.w3.org/2005/Atom}feed",
        "feed": all(one(tree, name) for name in ("id", "title", "updated")),
        "self": find(tree, "a:link[@rel='self']/@href") == [address],
        "one alternate": all(
            len(find(each, "a:link[@rel='alternate' or not(@rel)]")) == 1
            for each in (tree, *find(tree, "a:entry"))
        ),
        "entries": all(
            one(entry, name)
            for entry in find(tree, "a:entry")
            for name in ("id", "title", "updated", "published", "content")
        ),
        "authors": all(find(entry, "a:author/a:name/text()") for entry in find(tree, "a:entry")),
        "ids": len({*find(tree, "//a:id/text()")}) == len(find(tree, "//a:id")),
        "id form": all(
            re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", i) for i in find(tree, "//a:id/text()")
        ),
        "moments": all(
            re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", moment)
            for moment in find(tree, "//a:updated/text() | //a:published/text()")
        ),
        "order": all(
            find(entry, "a:published/text()") <= find(entry, "a:updated/text()")
            for entry in find(tree, "a:entry")
        ),
        "updated": find(tree, "a:updated/text()")
        == sorted(find(tree, "a:entry/a:updated/text()"))[-1:],
        "types": set(find(tree, "//a:content/@type")) == {"html"},
        "categories": all(find(tree, "//a:category/@term")),
        "safe": not any(
            html.fromstring(text).xpath(
                "//script | //style | //iframe | //@style | //@onclick | //form"
            )
            for text in find(tree, "//a:content/text()")
        ),
    }
    return sorted(name for name, holds in rules.items() if not holds)


def test_feeds_break_no_rule_of_atom(site):
    for name in (*atom_files(site), *older_files(site)):
        assert find_faults((site.folder / name).read_bytes(), BASE + name) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<updated>", "<modified>", "feed"),
        ('rel="self"', 'rel="me"', "self"),
        ('rel="via"', 'rel="alternate"', "one alternate"),
        ("+00:00</published>", "</published>", "moments"),
        ('type="html">', 'type="text">', "types"),
        ("urn:uuid:", "uuid:", "id form"),
        ('term="', 'term="" was="', "categories"),
        ("name>", "title>", "authors"),
    ],
)
def test_the_rules_see_what_breaks_them(site, old, new, fault):
    data = (site.folder / "feed/atom.xml").read_text(encoding="utf-8").replace(old, new)
    data = data.replace("</updated>", "</modified>") if "updated" in old else data

    assert fault in find_faults(data.encode(), f"{BASE}feed/atom.xml")


def test_a_feed_has_the_newest_posts_newest_first_and_no_draft(site):
    titles = [entry.title for entry in read(site).entries]

    assert len(titles) == LENGTH
    assert titles[:3] == ["Un titre < & « > »", "Billet 28", "Billet 27"]
    assert not any("Brouillon" in site.texts()[name] for name in atom_files(site))


def test_each_page_names_the_feed_of_the_site_and_a_list_its_own(site):
    def named(page):
        links = site.page(page).select('link[rel="alternate"]')
        return [(link["type"], link["href"]) for link in links]

    assert named("posts/2019/photo.html") == [("application/atom+xml", "../../feed/atom.xml")]
    assert named("index.html") == [
        ("application/atom+xml", "feed/atom.xml"),
        ("application/feed+json", "feed/feed.json"),
    ]
    assert named("tag/ete/index.html")[0] == ("application/atom+xml", "feed/atom.xml")
    assert named("tag/ete/page/1/index.html")[0] == ("application/atom+xml", "../../feed/atom.xml")


@pytest.mark.parametrize("old", ["feed/", "feed/rss2/", "tag/ete/feed/", "author/zoe/feed/"])
def test_old_addresses_of_feeds_lead_to_them(site, old):
    page = site.page(f"{old}index.html")
    target = page.select_one('link[rel="alternate"]')["href"]

    assert (site.folder / old / target).resolve().exists()
    assert f"/archives/{old} " in site.texts()["_redirects"]


def test_without_the_address_of_the_site_there_is_no_feed(make_site, make_post):
    site = make_site({"2018/billet.md": make_post()})

    assert atom_files(site) == []
    assert not site.has("feed/index.html")
    assert not site.has("flux.opml")
    assert not site.page("index.html").select('link[rel="alternate"]')


def test_feeds_change_only_when_a_post_they_hold_does(make_docs, make_post, tmp_path):
    posts = {
        f"2018/billet-{day}.md": make_post(
            title=f"Billet {day}", date=f"2018-01-{day:02}", tags=tag
        )
        for day, tag in ((1, "Un"), (2, "Deux"))
    }
    settings = {"html_baseurl": BASE}
    build_site(make_docs(posts), tmp_path / "html", settings)
    feeds = {path: path.read_bytes() for path in (tmp_path / "html").rglob("feed/*.*")}
    edited = {"2018/billet-2.md": make_post(title="Deux", date="2018-01-02", tags="Deux")}
    build_site(make_docs(edited), tmp_path / "html", settings)

    changed = {path.parts[-3] for path, data in feeds.items() if path.read_bytes() != data}
    assert changed == {"html", "deux", "amoor", "innovation-publique"}
