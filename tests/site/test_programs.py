"""What programs find in a site: entries by their classes, names to refer to, a way to every page."""

import json
from urllib.parse import urldefrag, urljoin

import mf2py
import pytest
from lxml import etree
from sphinx.util.inventory import InventoryFile

from archivist.dates.edtf import read_edtf
from archivist.dates.french import mark_up_date

BASE = "https://exemple.fr/"
EVIER = f"{BASE}posts/2018/evier.html"


def read_items(site, name):
    """Return what a reader of microformats finds on a page."""
    text = (site.folder / name).read_text(encoding="utf-8")
    return mf2py.parse(doc=text, url=BASE + name, html_parser="lxml")["items"]


def find_cards(properties):
    return [card["properties"] for card in properties["author"]]


def test_a_post_is_an_entry_to_readers_of_microformats(sink_site):
    (entry,) = read_items(sink_site, "posts/2018/evier.html")
    told = entry["properties"]

    assert entry["type"] == ["h-entry"]
    assert told["name"] == ["Tout ce qu’un billet peut contenir"]
    assert told["url"] == [EVIER]
    assert told["published"] == ["2018-06"]
    assert told["updated"] == ["2019-01-05"]
    assert find_cards(told) == [{"name": ["a.m.o.o.r."], "url": [f"{BASE}author/amoor/index.html"]}]
    assert told["category"][:3] == ["Innovation publique", "Université d’été", "CNFPT"]
    content = told["content"][0]["value"]
    assert "Un paragraphe avec de l’emphase" in content
    assert "Le texte de la note" in content
    assert not [words for words in ("min de lecture", "D’où vient ce billet") if words in content]
    assert "in-reply-to" not in told


@pytest.mark.parametrize("name", ["index.html", "tag/cnfpt/index.html", "2017/page/1/index.html"])
def test_a_list_is_a_feed_of_entries_that_lead_to_posts(sink_site, name):
    (feed,) = read_items(sink_site, name)
    page = sink_site.page(name)

    assert feed["type"] == ["h-feed"]
    assert feed["properties"]["name"] == [page.h1.find(string=True)]
    assert len(feed["children"]) == len(page.select(".entry")) > 0
    for entry in feed["children"]:
        told = entry["properties"]
        (url,) = told["url"]
        assert sink_site.has(url.removeprefix(BASE))
        assert told["name"]
        assert "Continuer la lecture" not in told["summary"][0]


def test_a_span_of_time_is_no_moment():
    told = [
        str(mark_up_date(read_edtf(text), "dt-published"))
        for text in ("2017-11/2018-05", "2018-22", "2017")
    ]

    assert ["dt-published" in each for each in told] == [False, True, True]


def test_other_sites_can_refer_to_every_list_and_to_nothing_that_is_not_there(sink_site):
    data = (sink_site.folder / "objects.inv").read_bytes()
    found = InventoryFile.loads(data, uri="").data
    labels = {name: item.uri for name, item in found["std:label"].items()}

    assert labels["2018/evier"] == "posts/2018/evier.html"
    for name in ("tag-cnfpt", "category-innovation-publique", "author-amoor", "location-angers"):
        kind, _, slug = name.partition("-")
        assert (name in labels) == sink_site.has(f"{kind}/{slug}/index.html")
    assert labels["series-eviers-dete-la-suite"] == "series/eviers-dete-la-suite/index.html"
    assert {"tag-cnfpt", "author-amoor"} <= labels.keys()
    assert not {"genindex", "modindex", "py-modindex"} & labels.keys()
    uris = {urldefrag(item.uri)[0] for kind in found.values() for item in kind.values()}
    assert {uri for uri in uris if not sink_site.has(uri)} == set()


def list_links(site, page):
    links = (link["href"] for link in site.page(page).select("a[href]"))
    targets = (urldefrag(urljoin(BASE + page, link))[0].partition("?")[0] for link in links)
    return {target.removeprefix(BASE) for target in targets if target.startswith(BASE)}


def test_links_lead_from_the_home_page_to_every_page_of_the_map(sink_site):
    seen, ahead = set(), {"index.html"}
    while ahead:
        page = ahead.pop()
        seen.add(page)
        found = (
            f"{each}index.html" if each.endswith("/") or not each else each
            for each in list_links(sink_site, page)
        )
        ahead |= {each for each in found if each.endswith(".html") and sink_site.has(each)} - seen

    tree = etree.fromstring((sink_site.folder / "sitemap.xml").read_bytes())
    listed = {loc.text.removeprefix(BASE) for loc in tree.iter("{*}loc")}
    assert {
        each
        for each in listed
        if (f"{each}index.html" if each.endswith("/") or not each else each) not in seen
    } == set()


def test_the_data_is_a_dataset_to_programs_that_look_for_some(sink_site):
    (script,) = sink_site.page("donnees/index.html").select('script[type="application/ld+json"]')
    told = json.loads(script.string)

    assert (told["@type"], told["@id"]) == ("Dataset", f"{BASE}donnees/")
    assert told["temporalCoverage"] == "2016/2018"
    assert len(told["description"]) >= 50
    assert "license" not in told
    files = {
        each["contentUrl"].removeprefix(BASE): each["encodingFormat"]
        for each in told["distribution"]
    }
    assert files.keys() == {"billets.json", "billets.csv", "billets.bib"}
    assert all(map(sink_site.has, files))


def test_no_folder_is_empty(sink_site):
    folders = (path for path in sink_site.folder.rglob("*") if path.is_dir())
    assert [path for path in folders if not any(path.iterdir())] == []
