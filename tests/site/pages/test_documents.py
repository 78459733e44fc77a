"""Standing pages: what stands at their head."""

PARTS = "Un mot.\n\n## Une partie\n\nDu texte.\n\n### Un détail\n\nDu texte.\n\n## Une autre\n\nDu texte.\n"


def test_a_page_of_several_parts_has_the_list_of_them_at_its_head(make_site):
    page = make_site({"/a-propos.md": f"# À propos\n\n{PARTS}"}).page("a-propos.html")

    nav = page.select_one("h1 + nav")
    assert nav.summary.get_text() == "Dans cette page"
    links = [(link.get_text(), link["href"]) for link in nav.select("a")]
    assert [name for name, _ in links] == ["Une partie", "Un détail", "Une autre"]
    assert all(page.find(id=target[1:]) for _, target in links)


def test_neither_a_page_of_one_part_nor_the_home_page_has_a_list(make_site):
    site = make_site(
        {"/a-propos.md": "# À propos\n\nDu texte.\n", "/index.md": f"# Accueil\n\n{PARTS}"}
    )

    assert not site.page("a-propos.html").select(".sections")
    assert not site.page("index.html").select(".sections")
