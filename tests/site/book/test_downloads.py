import pytest


@pytest.mark.parametrize("address", ["https://exemple.fr/f", "https://exemple.fr/f/"])
def test_the_page_leads_to_what_is_published(make_site, address):
    page = make_site({}, archive_takeaway=address).page("emporter.html")

    links = [link["href"] for link in page.main.select("a.reference.external")]
    assert links == ["https://exemple.fr/f/archives.epub", "https://exemple.fr/f/archives.zip"]


def test_without_an_address_it_says_whom_to_ask(live_site):
    page = live_site.page("emporter.html")

    assert page.main.select("a.reference.external") == []
    assert "demandez-les à qui publie ce site" in page.main.get_text()


def test_every_page_leads_to_it(live_site):
    for name in ("index.html", "tag/index.html"):
        assert live_site.page(name).footer.find("a", string="Emporter l’archive")
