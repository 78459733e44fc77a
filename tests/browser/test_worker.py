"""The search of a large archive, whose engine is in a worker."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader

from archivist.site.pages.tools import list_search_page
from archivist.site.sphinx.templates import squeeze

ROOT = Path(__file__).parent.parent.parent
ANSWERED = "#search-status:not(:empty) ~ #search-results[aria-busy=false]"
FORM = 'id="search-form"'
TEMPLATES = Environment(loader=FileSystemLoader(ROOT / "docs/_templates"), autoescape=True)


def ask_ahead(is_large):
    """Return what the page of the search asks for ahead."""
    template = TEMPLATES.get_template("components/search-scripts.html")
    return squeeze(template.render(archive_is_large=is_large, pathto=lambda name, _: name)).strip()


@pytest.fixture
def open_large(open_page):
    """Return a function that searches as in a large archive: with the page, what it asked for."""

    def open_(text, missing=None):
        page, asked = open_page("/"), Counter()
        page.on("request", lambda request: asked.update([request.url.partition("?")[0]]))

        def enlarge(route):
            html = route.fetch().text()
            for small, large in ((FORM, f"{FORM} data-large"), (ask_ahead(False), ask_ahead(True))):
                assert small in html
                html = html.replace(small, large)
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        page.route("**/search.html*", enlarge)
        if missing:
            page.route(missing, lambda route: route.fulfill(status=404, body="Rien"))
        page.goto(page.url + f"search.html?q={text}")
        page.wait_for_selector(ANSWERED, state="attached")
        return page, asked

    return open_


def show(page):
    return page.locator(".result").all_inner_texts(), page.locator("mark").all_inner_texts()


def test_a_worker_answers_as_the_page_itself_does(open_large, open_page):
    here = open_page("/search.html?q=université d’été")
    here.wait_for_selector(ANSWERED, state="attached")

    page, asked = open_large("université d’été")

    assert len(page.workers) == 1
    assert show(page) == show(here)
    assert all(show(page))
    assert not [url for url in asked if url.endswith("/engine.js")]
    assert {url: times for url, times in asked.items() if "/_search/" in url and times > 1} == {}
    page.click("#search-facets label:has-text('2018')")
    page.wait_for_url("**annee=2018")
    page.wait_for_selector("#search-facets label:has-text('2018') :checked")
    assert set(page.locator(".result-about").all_inner_texts()) < set(
        here.locator(".result-about").all_inner_texts()
    )


def test_where_no_worker_can_be_had_the_page_answers_itself(open_large):
    page, _ = open_large("université", missing="**/worker.js")

    assert show(page)[0]


@pytest.mark.parametrize(("posts", "is_large"), [(668, False), (20_000, True)])
def test_a_large_archive_is_searched_in_a_worker(posts, is_large):
    site = SimpleNamespace(
        plan=SimpleNamespace(is_folder=False), library=SimpleNamespace(posts=range(posts))
    )

    assert [page.is_large for page in list_search_page(site)] == [is_large]
