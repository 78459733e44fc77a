from urllib.parse import unquote

import pytest

from archivist.errors import ArchiveError, FileError
from archivist.site.sphinx.rgaa import read_criteria
from tests.conftest import WHOLE


def test_the_page_counts_and_dates_our_own_verdicts(live_site):
    page = live_site.page("accessibilite.html")
    rows = page.select("table.rgaa tbody tr")
    results = [row.find_all("td")[2].get_text().strip() for row in rows]

    assert len(rows) == 106
    summary = page.find("p", string=lambda text: text and "106 critères" in text).get_text()
    assert "23\xa0novembre 2026" in summary
    assert f"{sum(each.startswith('Conforme') for each in results)} conformes," in summary
    assert "non audité" in page.main.get_text()


def test_every_page_leads_to_it(live_site):
    for name in ("index.html", "404.html", "tag/index.html"):
        assert live_site.page(name).footer.find(
            "a", string=lambda text: text.startswith("Accessibilité")
        )


@pytest.mark.parametrize(
    "text", ['"1.1":\n  title: x\n  verdict: oui\n', '"1.1":\n  verdict: C\n', '"1.1": x\n']
)
def test_a_verdict_that_is_none_is_told(text):
    with pytest.raises(FileError, match="attend title et verdict"):
        list(read_criteria(text))


def test_an_assessment_on_a_day_that_does_not_exist_is_told_with_its_line(make_site):
    page = "# Accessibilité\n\n```{rgaa} 2019-02-29\n```\n"

    with pytest.raises(ArchiveError, match=r"accessibilite\.md:3: .*le 2019-02-29 n’existe pas"):
        make_site({"/accessibilite.md": page})


def test_a_wrong_assessment_stops_the_build(make_site):
    with pytest.raises(ArchiveError, match=r"rgaa\.yml:1"):
        make_site(WHOLE | {"/rgaa.yml": '"1.1":\n  title: x\n'})


@pytest.mark.parametrize(
    ("contact", "href"),
    [("a@exemple.fr", "mailto:a@exemple.fr"), ("https://exemple.fr/c", "https://exemple.fr/c")],
)
def test_readers_are_told_whom_to_write_to(make_site, contact, href):
    page = make_site(WHOLE, archive_contact=contact).page("accessibilite.html")

    (link,) = page.main.select("a[href*=exemple]")
    assert (link.get_text(), unquote(link["href"])) == (contact, href)
