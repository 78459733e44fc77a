import csv
import io
import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from archivist.build.build import build_site
from archivist.formats.schema_org import write_json_ld
from archivist.site.files import sitemap
from archivist.site.files.cards import SIZE, draw_card
from tests.conftest import ROOT, Site, write_docs, write_post

BASE = "https://exemple.fr/archives/"
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
TITLE = 'Un « titre » & </script> "droit"'
PHOTO = (ROOT / "tests/data/photo.png").read_bytes()
COPY = "https://archive.fr/2019/http://www.amoor.fr/billet/"
POSTS = {
    "/authors.yml": "amoor:\n  name: a.m.o.o.r.\n  link: http://www.amoor.fr/\n"
    "labo:\n  name: Le Labo & Cie\n  type: organisation\n",
    "/links.yml": f"http://www.amoor.fr/billet/:\n  state: alive\n  copy: {COPY}\n  copy_date: 2019-01-02\n",
    "2018/billet/vue.png": PHOTO,
    "2018/billet.md": write_post(
        title=TITLE.replace("<", "\\<"),
        body="Le début du texte.\n\n<!-- more -->\n\nLa suite.",
        tags="CNFPT, Été",
        location="Angers",
        series="Carnets",
        license="CC BY-SA 4.0",
        author="[amoor, labo]",
        copied="2026-11-03",
        featured_image="billet/vue.png",
        featured_alt="Une vue",
        updated="2019-08-02",
        source="http://www.amoor.fr/billet/",
        partial="true",
        redirect="/vieux/",
    ),
    "2017/vague.md": write_post(title="Vague", date="2017-06-01", date_edtf="2017-06"),
    "2016/incertain.md": write_post(title="Incertain", date="2016-07-01", date_edtf="2016-07~"),
    "2018/brouillon.md": write_post(title="Brouillon", draft="true"),
    "2016/billet.md": write_post(
        title="Du même <em>nom</em>, *ou* pas", date="2016-01-01", language="en"
    ),
    "2016/ailleurs.md": write_post(
        title="Ailleurs", date="2016-01-02", canonical_link="https://autre.fr/billet"
    ),
    **{
        f"2015/numero-{day}.md": write_post(title=f"Numéro {day}", date=f"2015-01-{day:02}")
        for day in range(1, 13)
    },
}


def build(tmp_path_factory, **settings):
    folder = tmp_path_factory.mktemp("sharing")
    build_site(write_docs(folder, POSTS), folder / "html", settings)
    return Site(folder / "html")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(tmp_path_factory, html_baseurl=BASE)


@pytest.fixture(scope="module")
def homeless(tmp_path_factory):
    """Return a site that does not know its address, and has a licence."""
    return build(tmp_path_factory, archive_license="Licence Ouverte 2.0")


def read_properties(site, name):
    tags = site.page(name).select("meta[property]")
    return {tag["property"]: tag["content"] for tag in tags}


def test_a_shared_post_shows_its_title_its_beginning_and_its_card(site):
    shown = read_properties(site, "posts/2018/billet.html")

    assert shown["og:title"] == TITLE.replace("« ", "«\xa0").replace(" »", "\xa0»")
    assert shown["og:type"] == "article"
    assert shown["og:url"] == f"{BASE}posts/2018/billet.html"
    assert shown["og:description"] == "Le début du texte."
    assert shown["article:published_time"] == "2018-06-22"
    assert shown["article:modified_time"] == "2019-08-02"
    assert shown["og:image:alt"] == "Une vue"
    own, card = shown, read_properties(site, "posts/2017/vague.html")
    for told, size in ((own, (1600, 900)), (card, SIZE)):
        with Image.open(site.folder / told["og:image"].removeprefix(BASE)) as image:
            assert image.size == size == (int(told["og:image:width"]), int(told["og:image:height"]))
    page = site.page("posts/2016/billet.html")
    assert page.select_one('meta[name="twitter:card"]')["content"] == "summary_large_image"
    assert (shown["og:locale"], read_properties(site, "posts/2016/billet.html")["og:locale"]) == (
        "fr_FR",
        "en_US",
    )
    assert not [
        tag for tag in page.head.find_all(True) if "em>" in str(tag.attrs) + (tag.string or "")
    ]


@pytest.mark.parametrize("name", ["2017/vague", "2016/incertain"])
def test_no_day_is_made_up_for_a_date_that_is_not_known(site, name):
    assert "article:published_time" not in read_properties(site, f"posts/{name}.html")


def test_every_page_is_shared_under_its_own_address(site):
    for name in ("index.html", "tag/cnfpt/index.html", "a-propos.html"):
        shown = read_properties(site, name)
        assert shown["og:type"] == "website"
        assert shown["og:url"] == site.page(name).select_one('link[rel="canonical"]')["href"]
        assert shown["og:title"]
        assert site.has(shown["og:image"].removeprefix(BASE))


def read_json_ld(site, name):
    (script,) = site.page(name).select('script[type="application/ld+json"]')
    return json.loads(script.string)


def test_a_post_is_a_blog_posting_to_programs(site):
    told = read_json_ld(site, "posts/2018/billet.html")

    assert told["@context"] == "https://schema.org"
    assert told["@type"] == "BlogPosting"
    assert told["headline"].startswith("Un «")
    assert told["author"] == [
        {"@type": "Person", "name": "a.m.o.o.r.", "url": "http://www.amoor.fr/"},
        {"@type": "Organization", "name": "Le Labo & Cie"},
    ]
    archive = {"@type": "Organization", "name": "Archives de l’innovation publique", "url": BASE}
    assert told["publisher"] == told["sdPublisher"] == archive
    assert told["sdDatePublished"] == "2026-11-03"
    assert told["archivedAt"] == [told["mainEntityOfPage"], COPY] == [told["@id"], COPY]
    assert told["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert told["image"] == f"{BASE}_images/2018--billet--vue.png"
    assert told["datePublished"] == "2018-06-22"
    assert told["dateModified"] == "2019-08-02"
    assert told["isBasedOn"] == "http://www.amoor.fr/billet/"
    assert told["keywords"] == ["CNFPT", "Été"]
    assert told["isPartOf"]["@id"] == BASE
    plain = read_json_ld(site, "posts/2016/billet.html")
    assert plain["inLanguage"] == "en"
    assert not {"license", "archivedAt", "sdDatePublished", "sdPublisher"} & plain.keys()


def test_the_licence_of_the_archive_is_that_of_posts_that_state_none(homeless):
    told = {each["identifiant"]: each["licence"] for each in read_billets(homeless)["billets"]}
    page = homeless.page("posts/2017/vague.html")

    assert told.pop("posts/2018/billet") == "CC BY-SA 4.0"
    assert set(told.values()) == {"Licence Ouverte 2.0"}
    (visible,) = page.select('.provenance a[rel="license"]')
    assert visible["href"] == page.head.select_one('link[rel="license"]')["href"]
    assert page.head.select_one('meta[name="DC.rights"]')["content"] == "Licence Ouverte 2.0"


@pytest.mark.parametrize(("name", "said"), [("2017/vague", "2017-06"), ("2016/incertain", "2016")])
def test_of_a_date_in_doubt_programs_are_told_the_year_alone(site, name, said):
    assert read_json_ld(site, f"posts/{name}.html")["datePublished"] == said


def test_a_post_leads_programs_to_its_references_its_licence_and_its_authors(site):
    page = site.page("posts/2018/billet.html")
    rels = ("cite-as", "describedby", "license", "author")
    found = [
        (rel, link.get("type"), link["href"])
        for rel in rels
        for link in page.head.select(f'link[rel="{rel}"]')
    ]

    assert found == [
        ("cite-as", None, f"{BASE}posts/2018/billet.html"),
        ("describedby", "application/x-bibtex", "billet.bib"),
        ("describedby", "application/x-research-info-systems", "billet.ris"),
        ("describedby", "application/vnd.citationstyles.csl+json", "billet.csl.json"),
        ("license", None, "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("author", None, "http://www.amoor.fr/"),
        ("author", None, "../../author/labo/index.html"),
    ]
    (visible,) = page.select('.provenance a[rel="license"]')
    assert (visible["href"], visible.get_text()) == (found[4][2], "CC BY-SA 4.0")


def test_each_page_of_a_post_and_no_other_has_one_valid_block_of_json_ld(site):
    for name in site.files():
        if name.endswith(".html"):
            blocks = site.page(name).select('script[type="application/ld+json"]')
            assert len(blocks) == name.startswith(("posts/", "donnees/"))
            for block in blocks if name.startswith("posts/") else ():
                told = json.loads(block.string)
                assert told["url"] == site.page(name).select_one('link[rel="canonical"]')["href"]
                assert told["headline"]
                assert told["author"]
                assert told["image"].startswith(BASE)


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1)))
def test_nothing_that_is_told_ends_the_script_around_it(told):
    text = write_json_ld(told)

    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text) == {"@context": "https://schema.org"} | told


def read_map(site):
    tree = etree.fromstring((site.folder / "sitemap.xml").read_bytes())
    return {
        url.findtext("m:loc", namespaces=MAP): url.findtext("m:lastmod", namespaces=MAP)
        for url in tree
    }


def test_the_map_holds_all_pages_that_show_something_and_no_other(site):
    pages = {name for name in site.files() if name.endswith(".html")}
    shown = {
        site.page(name).select_one('link[rel="canonical"]')["href"]
        for name in pages
        if not site.page(name).select_one('meta[http-equiv="refresh"]')
    }

    others = {f"{BASE}404.html", f"{BASE}search.html", f"{BASE}billet/", "https://autre.fr/billet"}
    assert read_map(site).keys() == shown - others


def test_the_map_says_when_a_page_last_changed(site):
    days = read_map(site)

    assert days[f"{BASE}posts/2018/billet.html"] == "2019-08-02"
    assert days[f"{BASE}posts/2017/vague.html"] == "2017-06-01"
    assert days[f"{BASE}tag/cnfpt/"] == days[BASE] == "2019-08-02"
    assert days[f"{BASE}2015/01/"] == "2015-01-12"
    assert days[f"{BASE}a-propos.html"] is None


def test_a_map_that_is_too_long_is_parted(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 2)
    told = [(f"{BASE}{number}", None) for number in range(5)]
    files = dict(sitemap.write_maps(told, BASE))

    index = etree.fromstring(files.pop("sitemap.xml"))
    assert index.xpath("//m:loc/text()", namespaces=MAP) == [BASE + name for name in files]
    found = [
        loc
        for data in files.values()
        for loc in etree.fromstring(data).xpath("//m:loc/text()", namespaces=MAP)
    ]
    assert found == [address for address, _ in told]


def test_an_old_address_names_the_new_one_whole(site, homeless):
    for each, new in (
        (site, f"{BASE}posts/2018/billet.html"),
        (homeless, "../posts/2018/billet.html"),
    ):
        assert each.page("vieux/index.html").select_one("link[rel=canonical]")["href"] == new


def test_robots_are_led_to_the_map(site):
    assert f"Sitemap: {BASE}sitemap.xml\n" in site.texts()["robots.txt"]


SEARCHED = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_a_browser_learns_from_each_page_how_to_search_the_site(site, homeless):
    for name in ("index.html", "posts/2018/billet.html", "tag/cnfpt/index.html"):
        link = site.page(name).select_one("link[rel=search]")
        assert (link["type"], link["title"]) == (
            "application/opensearchdescription+xml",
            "Archives de l’innovation publique",
        )
        assert (site.folder / name).parent.joinpath(link["href"]).exists()
        assert not homeless.page(name).select("link[rel=search]")

    told = etree.parse(site.folder / "opensearch.xml")
    addresses = told.xpath("//o:Url/@template", namespaces=SEARCHED)
    assert addresses == [f"{BASE}search.html?q={{searchTerms}}", f"{BASE}opensearch.xml"]
    assert told.xpath("//o:ShortName/text()", namespaces=SEARCHED) == ["Archives"]


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1))
def test_the_short_name_of_a_site_is_as_short_as_browsers_want(name):
    assert len(sitemap.shorten_name(name)) <= 16


def read_billets(site):
    return json.loads((site.folder / "billets.json").read_text(encoding="utf-8"))


def test_the_data_is_what_its_schema_says(site, homeless):
    for each in (site, homeless):
        schema = json.loads((each.folder / "billets.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        assert list(validator.iter_errors(read_billets(each))) == []
        broken = read_billets(each)
        broken["billets"][0]["auteur"] = "?"
        assert list(validator.iter_errors(broken)) != []


def test_the_data_tells_of_each_post_what_is_known_of_it(site):
    told = {billet["identifiant"]: billet for billet in read_billets(site)["billets"]}

    assert len(told) == 17
    billet = told["posts/2018/billet"]
    assert billet["auteurs"] == ["a.m.o.o.r.", "Le Labo & Cie"]
    assert billet["etiquettes"] == ["CNFPT", "Été"]
    assert billet["lieux"] == ["Angers"]
    assert billet["serie"] == "Carnets"
    assert billet["licence"] == "CC BY-SA 4.0"
    assert billet["date_edtf"] == billet["date"] == "2018-06-22"
    assert billet["adresse"] == f"{BASE}posts/2018/billet.html"
    assert billet["extrait"] is True
    assert told["posts/2016/incertain"]["date_edtf"] == "2016-07~"
    assert told["posts/2016/incertain"]["date_en_mots"] == "vers juillet 2016"


def test_a_spreadsheet_finds_the_same(site):
    text = (site.folder / "billets.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    billets = read_billets(site)["billets"]
    assert [row["titre"] for row in rows] == [billet["titre"] for billet in billets]
    assert rows[-1]["etiquettes"] == "CNFPT|Été"
    assert rows[-1]["extrait"] == "vrai"
    assert {len(row) for row in rows} == {len(rows[0])}


def test_the_page_of_the_data_explains_each_field_and_leads_to_the_files(site):
    page = site.page("donnees/index.html")
    names = {code.get_text() for code in page.select("dt code")}

    assert names >= set(read_billets(site)["billets"][-1])
    for link in page.select("article a[href], .page a[href]"):
        assert link["href"].startswith("http") or (site.folder / "donnees" / link["href"]).exists()
    assert "html_baseurl" not in page.text


def test_without_the_address_of_the_site_nothing_names_one(homeless):
    assert not [
        name
        for name in ("sitemap.xml", "robots.txt", "opensearch.xml", "_cards")
        if homeless.has(name)
    ]
    assert not read_properties(homeless, "posts/2018/billet.html")
    assert not homeless.page("posts/2018/billet.html").select('script[type*="ld"]')
    assert read_billets(homeless)["billets"][-1]["adresse"] == "posts/2018/billet.html"
    # Who looks for the feeds is told why there is none.
    follow = homeless.page("donnees/index.html").select_one("h2 + p")
    assert "Ce site ne connaît pas son adresse" in follow.text
    assert "html_baseurl" in follow.find_next("p").text


@given(st.text(max_size=400), st.text(max_size=40))
def test_a_card_is_drawn_whatever_the_title(title, below):
    with Image.open(io.BytesIO(draw_card(title, below, "Archives"))) as card:
        card.load()
        assert card.size == SIZE


def test_cards_go_with_the_posts_they_show(make_docs, make_post, tmp_path):
    settings = {"html_baseurl": BASE}
    docs = make_docs({"2018/un.md": make_post(title="Un"), "2018/deux.md": make_post(title="Deux")})
    build_site(docs, tmp_path / "html", settings)
    before = {path.name for path in (tmp_path / "html/_cards").iterdir()}
    make_docs({"2018/deux.md": make_post(title="Trois")})
    build_site(docs, tmp_path / "html", settings)
    after = {path.name for path in (tmp_path / "html/_cards").iterdir()}
    build_site(docs, tmp_path / "clean", settings)

    assert len(before) == len(after) == 3
    assert len(before & after) == 2
    assert {path.name for path in (tmp_path / "clean/_cards").iterdir()} == after
