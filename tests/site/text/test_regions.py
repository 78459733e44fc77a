"""A table written in HTML is shown, found and bound as one in Markdown is."""

import json

import pytest

TABLE = """\
<table>
<caption>Agents : <em>deux</em> &amp; plus</caption>
<thead><tr><th scope="col">Année</th><th scope="col">Combien ?</th></tr></thead>
<tbody><tr><td>2018</td><td>10 000 agents, <span lang="en">all of them !</span><br>
<code>x ? y</code> et <a href="https://exemple.fr/?a=1&amp;b=2">le bilan</a></td></tr></tbody>
</table>"""


@pytest.fixture
def site(make_site, make_post):
    body = f"Du texte.\n\n{TABLE}\n\n<!-- more -->\n\n| a |\n|---|\n| b |"
    return make_site(
        {
            "2018/billet.md": make_post(body=body),
            "2018/other.md": make_post(language="en", body=TABLE),
        }
    )


def test_it_scrolls_in_a_region_named_after_its_caption(site):
    regions = site.page("posts/2018/billet.html").select(".scroll[role=region][tabindex='0']")

    assert [each["aria-label"] for each in regions] == [
        "Tableau 1\xa0: Agents\xa0: deux & plus",
        "Tableau 2",
    ]
    assert all(region.find("table") for region in regions)


def test_its_spaces_are_bound_but_in_code_and_other_languages(site):
    table = site.page("posts/2018/billet.html").table
    english = site.page("posts/2018/other.html").table

    assert table.caption.get_text() == "Agents\xa0: deux & plus"
    assert table.find_all("th")[1].get_text() == "Combien\u202f?"
    assert "10\u202f000 agents" in table.get_text()
    assert (table.code.get_text(), table.span.get_text()) == ("x ? y", "all of them !")
    assert english.find_all("th")[1].get_text() == "Combien ?"


def test_what_it_is_made_of_stays_as_it_was_written(site):
    table = site.page("posts/2018/billet.html").table

    assert [each["scope"] for each in table.find_all("th")] == ["col", "col"]
    assert table.a["href"] == "https://exemple.fr/?a=1&b=2"


def test_lists_show_it_where_the_writer_put_it_above_the_fold(site):
    entry = site.page("index.html").select(".entry-excerpt")[-1]

    assert entry.table.a.get_text() == "le bilan"
    assert len(entry.find_all("table")) == 1


def test_its_words_are_found_and_its_tags_are_not(site):
    texts = [json.loads(path.read_bytes()) for path in site.folder.glob("_search/texts/*/*.json")]
    (post,) = [each["text"] for each in texts if each["url"] == "posts/2018/billet.html"]

    assert "bilan" in post
    assert "<" not in post
    assert "td" not in post


def test_code_that_colours_would_take_long_for_is_shown_without(make_site, make_post):
    short, long = "```python\nx = 1\n```", "```python\n" + "x = 1\n" * 600 + "```"
    body = f"{short}\n\n{long}\n\n```aspectj\nclass A\n```\n\n```python\n{'x' * 600}\n```"

    page = make_site({"2018/billet.md": make_post(body=body)}).page("posts/2018/billet.html")

    blocks = page.select("div.highlight")
    assert [bool(block.select("span[class]")) for block in blocks] == [True, False, False, False]
    assert blocks[1].get_text().count("x = 1") == 600


def test_a_heading_that_leads_to_a_file_is_listed_by_its_words(make_site, make_post, root):
    photo = (root / "tests/data/photo.png").read_bytes()
    body = "## [La vue](billet/vue.png)\n\na\n\n## Autre\n\nb"

    page = make_site({"2018/billet.md": make_post(body=body), "2018/billet/vue.png": photo}).page(
        "posts/2018/billet.html"
    )

    links = page.select(".sections a, nav.sections a, details a[href^='#']")
    assert "La vue" in [link.get_text() for link in links]
