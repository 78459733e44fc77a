"""« Cité par », and where the words of the glossary appear, over whole sites."""

import posixpath
import random
import re
from pathlib import Path

import pytest

from archivist.build.build import build_site
from tests.conftest import Site, write_docs, write_post
from tests.soak.soak import read_files

PHOTO = (Path(__file__).parents[2] / "data/photo.png").read_bytes()
# Every way in which a post may lead to another; 0 is the number of the one led to.
WAYS = (
    "Voir [ceci](../2017/billet-0.md).",
    "Voir [la fin](../2017/billet-0.md#la-fin).",
    "Voir {ref}`billet-0`.",
    "Voir {ref}`ce billet <2017/billet-0>`.",
    "Voir {ref}`partie-0`.",
    "> Voir [*ceci* encore][ici].\n\n[ici]: ../2017/billet-0.md",
    "- un\n- [deux](../2017/billet-0.md)",
    "| A |\n| - |\n| [ceci](../2017/billet-0.md) |",
    ":::{note}\nVoir {ref}`billet-0`.\n:::",
    "Une note[^n].\n\n[^n]: Voir [ceci](../2017/billet-0.md).",
    "```{figure} SELF/photo.png\n:alt: Une vue\n:target: billet-0.md\n\nLa légende.\n```",
    "[![Une vue](SELF/photo.png)](billet-0.md)",
    "## Après [ceci](billet-0.md)",
)
COUNT = 40


def write(number, body, **fields):
    text = f"{body}\n\n(partie-{number})=\n\n## La fin\n\nFin."
    date = f"2017-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return write_post(title=f"Billet {number}", date=date, body=text, **fields)


def make_archive():
    """Return posts that lead to one another at random, in every way, some twice, some nowhere."""
    chance = random.Random(8)
    files = {}
    for number in range(COUNT):
        ways = {*chance.sample(WAYS, chance.randint(0, 4)), WAYS[number % len(WAYS)]}
        # To itself too, which counts for nothing.
        own = f"billet-{number}"
        parts = [f"[Ici]({own}.md), [là]({own}.md#la-fin), {{ref}}`{own}`."]
        for way in sorted(ways):
            target = chance.randrange(COUNT)
            text = re.sub(r"(billet|partie)-0", rf"\1-{target}", way)
            parts.append(text.replace("SELF", f"billet-{number}"))
        files[f"2017/billet-{number}.md"] = write(number, "\n\n".join(parts))
        files[f"2017/billet-{number}/photo.png"] = PHOTO
    files["2018/brouillon.md"] = write_post(
        title="Brouillon", draft="true", body="[un](../2017/billet-1.md), {term}`CNFPT`"
    )
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("web")
    build_site(write_docs(folder, make_archive()), folder / "html", {})
    return Site(folder / "html")


def targets(page, links):
    """Return the files that *links* of *page* lead to."""
    paths = (link["href"].partition("#")[0] for link in links)
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) for path in paths if path
    ]


def links_of_text(name, page):
    """Return the posts that the text of a post leads to, itself aside."""
    article = page.select_one("article.post")
    for around in article.select("footer.post-footer, nav.sections, .post-byline"):
        around.decompose()
    return {each for each in targets(name, article.select("a")) if each.startswith("posts/")} - {
        name
    }


def test_every_link_between_posts_has_its_backlink_and_there_is_no_other(site):
    posts = {name: page for name, page in site.pages().items() if name.startswith("posts/")}
    backlinks = {name: targets(name, page.select(".cited-by a")) for name, page in posts.items()}
    days = {name: page.select_one("time")["datetime"] for name, page in posts.items()}
    links = {name: links_of_text(name, page) for name, page in posts.items()}

    assert len(posts) == COUNT
    assert sum(map(len, links.values())) > 2 * COUNT
    for name in posts:
        citing = sorted((other for other in posts if name in links[other]), key=days.get)
        assert (name, backlinks[name]) == (name, citing)


def test_a_post_that_none_leads_to_says_nothing(site):
    pages = [page for name, page in site.pages().items() if name.startswith("posts/")]

    for page in pages:
        assert bool(page.select("#_cite-par")) == bool(page.select(".cited-by li"))
    assert any(not page.select("#_cite-par") for page in pages)


def test_backlinks_bear_titles(site):
    titles = {
        name: page.h1.find(string=True)
        for name, page in site.pages().items()
        if name.startswith("posts/")
    }

    for name in titles:
        for link in site.page(name).select(".cited-by a"):
            assert link.get_text() == titles[targets(name, [link])[0]]


def cited_by(site, name="posts/2017/billet-1.html"):
    return [link.get_text() for link in site.page(name).select(".cited-by a")]


def test_a_link_that_comes_or_goes_changes_the_page_of_the_other(make_site, tmp_path):
    link = "[un](billet-1.md) {term}`CNFPT`"
    site = make_site({"2017/billet-1.md": write(1, "Un."), "2017/billet-2.md": write(2, "Deux.")})
    assert (cited_by(site), site.page("glossaire.html").select(".term-uses")) == ([], [])

    site = make_site({"2017/billet-2.md": write(2, link)})
    assert cited_by(site) == ["Billet 2"]
    assert [a["href"] for a in site.page("glossaire.html").select(".term-uses a")] == [
        "posts/2017/billet-2.html"
    ]

    site = make_site({"2017/billet-2.md": write(2, link).replace("# Billet 2", "# Deux")})
    assert cited_by(site) == ["Deux"]

    site = make_site({"2017/billet-2.md": write(2, link, draft="true")})
    assert (cited_by(site), site.page("glossaire.html").select(".term-uses")) == ([], [])

    build_site(tmp_path / "docs", tmp_path / "clean/html", {})
    assert read_files(tmp_path / "clean/html") == read_files(site.folder)


GLOSSARY = """\
# Glossaire

```{glossary}
CNFPT
  Un centre.

DGS
DGA
  Des directeurs.

Mooc
  Un cours.

  Liste
  : Définie dedans.
```
"""


def test_each_word_of_the_glossary_leads_to_the_posts_that_use_it(make_site):
    body = "{term}`CNFPT`, {term}`cnfpt`, {term}`Dga`."
    site = make_site(
        {
            "/glossaire.md": GLOSSARY,
            "2018/trois.md": write_post(title="Trois", date="2018-03-03", body="{term}`DGA`."),
            "2018/un.md": write_post(title="Un", date="2018-01-01", body=body),
            "2018/deux.md": write_post(title="Deux", date="2018-02-02", body="{term}`le <DGS>`."),
        }
    )

    uses = {
        item.find_previous("dt").find(string=True): (
            item.summary.get_text(),
            [(link.get_text(), link["href"]) for link in item.select("a")],
        )
        for item in site.page("glossaire.html").select("dd > .term-uses")
    }
    assert uses == {
        "CNFPT": ("Apparaît dans 1 billet", [("Un", "posts/2018/un.html")]),
        "DGA": (
            "Apparaît dans 3 billets",
            [
                ("Un", "posts/2018/un.html"),
                ("Deux", "posts/2018/deux.html"),
                ("Trois", "posts/2018/trois.html"),
            ],
        ),
    }


def test_no_mark_of_ours_is_left_in_a_page(site):
    for name, text in site.texts().items():
        assert (name, "\ufdd2" in text) == (name, False)
