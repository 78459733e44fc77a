"""`archivist live` in a browser: a mistake is over the page, and gone once mended."""

import socket
import subprocess
import sys

import pytest
from axe_playwright_python.base import AXE_SCRIPT


@pytest.fixture
def docs(make_docs, make_post):
    return make_docs({"2018/billet.md": make_post(title="Premier")})


@pytest.fixture
def address(docs, tmp_path):
    """The address of the post, served by the command."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "archivist", "live", "--no-browser", "--docs", docs,
               "--work", tmp_path / "live", "--port", port]  # fmt: skip
    with subprocess.Popen(map(str, command), stderr=subprocess.PIPE, text=True) as server:
        said = next(line for line in server.stderr if "Ctrl+C" in line)
        yield said.split()[0]
        server.terminate()


def test_a_mistake_is_shown_over_the_page_and_gone_after_the_fix(address, docs, make_post, browser):
    post = docs / "posts/2018/billet.md"
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("h1:has-text('Premier')")

    post.write_text(make_post(title="Deuxième", author="amor"), encoding="utf-8")
    page.wait_for_selector("#live-problems[role=alert]:has-text('auteur inconnu « amor »')")
    all_of_them = page.locator("#live-problems a").get_attribute("href")
    assert all_of_them == "/_live/erreurs"
    assert page.locator("h1").inner_text().startswith("Premier")

    post.write_text(make_post(title="Deuxième"), encoding="utf-8")
    page.wait_for_selector("h1:has-text('Deuxième')")
    assert page.locator("#live-problems").count() == 0


def test_a_page_that_is_not_there_yet_appears(address, docs, make_post, browser):
    page = browser.new_page()
    page.goto(address.replace("billet", "neuf"))

    (docs / "posts/2018/neuf.md").write_text(make_post(title="Neuf"), encoding="utf-8")

    page.wait_for_selector("h1:has-text('Neuf')")


def test_a_post_that_was_never_right_is_a_page_of_its_mistakes(address, docs, make_post, browser):
    page = browser.new_page()
    page.goto(address.replace("billet", "neuf"))
    post = docs / "posts/2018/neuf.md"
    post.write_text(make_post(title="Neuf", author="amor"), encoding="utf-8")
    page.wait_for_selector("h1:has-text('1 erreur à corriger')")
    assert page.locator("h2").inner_text() == "docs/posts/2018/neuf.md"

    post.write_text(make_post(title="Neuf"), encoding="utf-8")
    page.wait_for_selector("h1:has-text('Neuf')")


def test_the_search_says_why_it_is_off(address, browser):
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector(".site-search label:has-text('pas dans l’aperçu')")

    assert page.locator(".site-search input").is_disabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_mistakes(address, docs, make_post, browser, scheme):
    post = docs / "posts/2018/billet.md"
    page = browser.new_page(color_scheme=scheme)
    page.goto(address)
    post.write_text(make_post(title="Deuxième", author="amor"), encoding="utf-8")
    page.wait_for_selector("#live-problems")

    for place in (address, f"{address.partition('/posts')[0]}/_live/erreurs"):
        page.goto(place)
        page.wait_for_selector(":text('auteur inconnu « amor »')")
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("axe.run()")["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
