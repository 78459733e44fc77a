"""What a maintainer is shown of an import: in a terminal, and as a page."""

import re
from collections import Counter

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from lxml import html

from archivist.wordpress.counts import agree, count_items, count_remarks, count_states
from archivist.wordpress.meanings import MEANINGS, Weight
from archivist.wordpress.notes import Kind
from archivist.wordpress.staging import CREATED, KEPT, UPDATED
from tests.test_html import check
from tests.wordpress.conftest import BLOG, write_export, write_item, write_remark


def open_report(imports):
    return html.fromstring((imports.folder / "build/import/rapport.html").read_bytes())


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_every_kind_says_what_it_means_and_what_to_do(kind):
    meaning = MEANINGS[kind]

    assert re.fullmatch("[A-ZÀÉ].*[.]", meaning.means)
    assert re.fullmatch("(?:[A-ZÀÉ`].*[.]|rien[.])", meaning.remedy)
    assert list(Weight).index(meaning.weight) < len(Weight)


def test_what_is_told_agrees_in_number_and_gender():
    posts, pages = Counter({CREATED: 1, UPDATED: 2}), Counter({CREATED: 1, KEPT: 1})

    assert list(count_states(posts, pages, is_dry=False)) == [
        "1 billet et 1 page créés",
        "2 billets mis à jour",
        "1 page gardée telle quelle (corrigée à la main)",
    ]
    assert list(count_states(Counter(), Counter({UPDATED: 2}), is_dry=True)) == [
        "2 pages seraient mises à jour"
    ]
    assert agree("tel· quel·", 2) == "tels quels"


def test_what_is_left_is_told_without_a_word_of_wordpress():
    counts = Counter({
        ("post", "état draft"): 14, ("page", "état draft"): 1, ("post", "état future"): 1,
        ("attachment", "média"): 193, ("nav_menu_item", "type nav_menu_item"): 2,
        ("wpcf7_contact_form", "type wpcf7_contact_form"): 1, ("post", ""): 3,
        ("post", "état perso"): 1, ("wp_template", "type wp_template"): 1,
    })  # fmt: skip

    assert list(count_items(counts)) == [
        "193 fichiers (images, documents)",
        "15 brouillons laissés",
        "1 texte programmé pour plus tard, laissé",
        "2 entrées de menu laissées",
        "1 réglage ou gabarit du blog, laissé",
        "1 texte non publié laissé",
        "autres contenus d’extensions, laissés : wpcf7_contact_form (1)",
    ]


def test_comments_that_are_left_have_their_reason():
    left, unseen = Counter({"sous une page": 2}), Counter({"non approuvé": 2, "genre note": 1})

    assert list(count_remarks(1, left, unseen, is_dry=True)) == [
        "1 commentaire serait gardé",
        "2 commentaires laissés : sous une page",
        "1 commentaire d’un autre genre (note), laissé",
        "2 commentaires jamais approuvés, laissés",
    ]


def test_what_matters_is_first_and_no_line_is_there_twice(imports, run):
    refused = write_item(2, "* " * 4_000)
    imports.write(write_item(1, '<a href="javascript:x()">a</a><hr><script>b</script>'), refused)
    code, out, err = run("import", "export.xml")

    lines = [line.strip() for line in (out + err).splitlines() if line.strip()]
    assert code == 1
    assert len(lines) == len(set(lines))
    order = ("Pertes", "Sans perte", "Comptes", "Ensuite", "make html construit le site")
    assert [lines.index(each) for each in order] == sorted(map(lines.index, order))
    assert err.splitlines()[0] == "Ce qui n’a pas réussi :"
    assert err.endswith("1 ligne à revoir : voir plus haut.\n")
    dry = run("import", "export.xml", "--dry-run")
    assert "n’existent pas encore" in dry[2].splitlines()[0]
    assert "  1 billet serait laissé" in dry[1]


def test_the_page_leads_to_each_post_and_its_source(imports, run):
    imports.write(
        write_item(1, "[zut][/zut] [gallery] [gallery] <!--more Lire-->", title="L’un & l’autre")
    )
    run("import", "export.xml")

    page = open_report(imports)
    (section,) = page.xpath("//section[contains(h3, 'Code court')]")
    links = {link.text: link.get("href") for link in section.iter("a")}
    assert links["L’un & l’autre"] == "../html/posts/2016/billet-1.html"
    source = imports.folder / "build/import" / links["posts/2016/billet-1.md"]
    assert source.resolve() == imports.docs / "posts/2016/billet-1.md"
    assert [each.text_content() for each in section.xpath(".//li//li")].count(
        "gallery : [gallery] ×2"
    ) == 1
    assert page.xpath("//nav//a/@href") == [f"#{each}" for each in page.xpath("//h3/@id")]


def test_what_is_harmless_comes_last_and_is_folded(imports, run):
    imports.write(write_item(1, '<a href="javascript:x()">a</a> <script>b</script>'))
    run("import", "export.xml")

    page = open_report(imports)
    headings = [each.text for each in page.iter("h2")]
    assert headings == ["Sommaire", "Pertes", "Sans perte", "Comptes", "Ensuite"]
    folded = [each.get("open") is None for each in page.iter("details")]
    assert folded == [False, True]


def test_the_page_is_sound_html(imports, run, tmp_path):
    imports.write(write_item(1, '[zut x="<b>&"] <a href="javascript:x()">a</a>', title="<i>&"))
    imports.write(
        *(write_item(each, "[gallery]" * 3, raw=write_remark(each, "Oui")) for each in range(1, 30))
    )
    run("import", "export.xml")

    assert check(imports.folder / "build/import") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_all_readers_and_screens(imports, run, browser, scheme):
    text = (
        f'[gallery]<img src="{BLOG}/wp-content/uploads/{"x" * 90}.png" alt="a"><script>b</script>'
    )
    imports.write(write_item(1, text), write_item(2, "Deux", status="draft"))
    run("import", "export.xml")
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto((imports.folder / "build/import/rapport.html").as_uri())
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run()")["violations"]
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert width == 390


def test_a_blog_is_offered_its_name_and_given_it_when_asked(imports, run):
    head = "<description>Des nouvelles &amp; des idées</description>"
    path = imports.folder / "export.xml"
    path.write_text(write_export(write_item(1), head=head), "utf-8")
    conf = imports.read("conf.py")
    _, out, _ = run("import", "export.xml")

    assert '  project = "Un blog"' in out
    assert "« Des nouvelles & des idées »" in out
    assert imports.read("conf.py") == conf
    _, out, _ = run("import", "export.xml", "--adopt")
    assert '  écrit : docs/conf.py : project = "Un blog"' in out
    assert 'project = "Un blog"\n' in imports.read("conf.py")
    assert run("import", "export.xml")[1].count("Un blog") == 0
