"""The search as a reader has it: what it finds, what it says, and what it does with bad input."""

import json
import random
import re
from functools import partial
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

import pytest

from archivist.build.build import build_site
from archivist.search.tokenizer import fold, split_words
from tests.browser.conftest import opener, serve
from tests.conftest import Site, write_docs, write_post

DATA = Path(__file__).parent.parent / "data"
SEARCH = json.loads((DATA / "search.json").read_text(encoding="utf-8"))
WORDS = json.loads((DATA / "words.json").read_text(encoding="utf-8"))

ANSWERED = "#search-status:not(:empty) ~ #search-results[aria-busy=false]"
TITLES = ".result-title a"


@pytest.fixture(scope="session")
def search_site(tmp_path_factory):
    """Return a site of one-line posts, each with one thing that French does."""
    files = {"/synonymes.txt": "brouette = chariot à roue\n"}
    for number, (slug, (title, text, *more)) in enumerate(SEARCH["documents"].items()):
        fields = {
            "date": f"{2010 + number % 5}-01-{number % 27 + 1:02}",
            "tags": "Pairs" if number % 2 else "Impairs",
        } | (more[0] if more else {})
        body = f"{text}\n\n## Une suite\n\nEncore un peu de texte."
        files[f"{fields['date'][:4]}/{slug}.md"] = write_post(title=title, body=body, **fields)
    folder = tmp_path_factory.mktemp("search")
    build_site(write_docs(folder, files), folder / "html", {})
    return Site(folder / "html")


@pytest.fixture(scope="session")
def search_address(search_site):
    yield from serve(search_site.folder)


@pytest.fixture
def open_search(browser, search_address):
    """Return a function that opens a page of the site of one-line posts."""
    yield from opener(browser, search_address)


@pytest.fixture
def search(open_search):
    """Return a function that asks something and returns the page with the answer."""

    def search(text, options="", **how):
        page = open_search(f"/search.html?q={quote(text)}{options}", **how)
        page.wait_for_selector(ANSWERED, state="attached")
        return page

    return search


def found(page):
    """Return the slugs of the posts found, best first; standing pages left out."""
    links = page.eval_on_selector_all(TITLES, "links => links.map((link) => link.pathname)")
    return [link.rpartition("/")[2].removesuffix(".html") for link in links if "/posts/" in link]


def read_words(text):
    """Return the folded words of *text* in a row."""
    words = re.findall(r"[^\W_]+", fold(normalize("NFC", text)))
    return f" {' '.join(words)} "


def read_notices(page):
    """Return what is told above the results."""
    return page.inner_text("#search-notices").replace("\u00a0", " ")


def ask(page, text):
    """Ask another thing in the box of *page*."""
    page.evaluate("document.getElementById('search-status').textContent = ''")
    page.fill("#search-box", text)
    page.press("#search-box", "Enter")
    page.wait_for_selector(ANSWERED, state="attached")


# -- What is found ----------------------------------------------------------------


def test_each_way_of_typing_french_finds_its_post(search):
    page = search("arrosage")

    wrong = {}
    for text, expected, why in SEARCH["queries"]:
        ask(page, text)
        # In guillemets a phrase is all there is; elsewhere it comes first.
        most = None if re.search('["«“]| [-−]', text) or not expected else len(expected)
        first = found(page)[:most]
        if set(first) != set(expected):
            wrong[text] = (why, expected, first)
    assert wrong == {}


def test_a_query_is_cut_into_words_as_the_index_is(search):
    page = search("arrosage")
    texts = [text for text, _ in WORDS] + [text for _, text, *_ in SEARCH["documents"].values()]

    cut = page.evaluate(
        """async (texts) => {
            const { splitWords } = await import("/_static/search/words.js");
            return texts.map((text) => splitWords(text).map(({ text, key, glued }) => [text, key, glued]));
        }""",
        texts,
    )

    own = [[[each.text, each.key, each.glued] for each in split_words(text)] for text in texts]
    assert cut == own


def test_an_extract_shows_the_text_as_it_was_written_with_what_was_found_marked(search):
    page = search("nœud")
    assert page.inner_text(".result-excerpt").startswith("Le nœud coulant et le contre-nœud.")
    assert page.locator(".result-excerpt mark").all_inner_texts() == ["nœud", "nœud"]

    ask(page, "arrosage")
    assert page.inner_text(".result-excerpt").startswith("On conseille l’arrosage avant")

    ask(page, "patience verte")
    said = "On y lit\u00a0: «\u00a0patience verte\u00a0» en toutes lettres."
    assert page.inner_text(".result-excerpt").startswith(said)


def test_a_result_tells_its_title_its_date_and_its_category(search):
    page = search("lombrics")

    assert page.inner_text(TITLES) == "Les lombrics du composteur"
    assert re.fullmatch(
        r"\d+(?:er)? janvier 201\d · Innovation publique", page.inner_text(".result-about")
    )


def test_a_result_leads_to_the_section_that_answers(search):
    page = search("suite")

    page.click(".result-sections a >> nth=0")

    page.wait_for_url(re.compile(r"/posts/.*\.html#une-suite:~:text="))


def test_standing_pages_are_found_after_the_posts(search):
    page = search("CNFPT")
    assert page.inner_text(".result-guides h2") == "Pages du site"
    assert "Glossaire" in page.locator(".result-guides h3").all_inner_texts()

    ask(page, "texte")
    assert len(found(page)) == 10
    ask(page, "glossaire")
    assert page.inner_text("#search-results h2:first-child") == "Pages du site"


def test_lists_that_a_query_names_are_above_its_posts(search):
    page = search("arrosage")

    told = {}
    for text, _ in SEARCH["lists"]:
        ask(page, text)
        told[text] = [
            each.replace("\u00a0", " ")
            for each in page.locator(".search-lists li").all_inner_texts()
        ]
    assert told == dict(SEARCH["lists"])

    ask(page, "étiquette apiculture")
    page.click(".search-lists a")
    page.wait_for_url("**/tag/apiculture/")
    assert "Apiculture" in page.inner_text("h1")


def test_lists_of_posts_are_not_found(search):
    page = search("Innovation publique")

    links = page.eval_on_selector_all(TITLES, "links => links.map((link) => link.pathname)")
    assert not any(re.search(r"/(?:index|search|404)\.html$|/$", link) for link in links)


def test_a_phrase_in_quotes_finds_all_pages_that_say_it_and_no_other(search, search_site):
    said = {
        int(path.stem): read_words(json.loads(path.read_bytes())["text"])
        for path in (search_site.folder / "_search/texts").rglob("*.json")
    }
    first = max(said) - len(SEARCH["documents"])
    runs = (text.split() for _, text, *_ in SEARCH["documents"].values())
    drawn = {
        " ".join(words[start : start + length])
        for words in runs
        for length in range(2, 6)
        for start in range(len(words) - length + 1)
    }
    # Those that begin or end within a word of several are another matter.
    phrases = sorted(each for each in drawn if not re.search("[«»]|MonCarnet", each))
    phrases = random.Random(1).sample(phrases, 300)

    page = search("arrosage")
    answers = page.evaluate(
        """async (texts) => {
            const { Engine } = await import("/_static/search/engine.js");
            const engine = await Engine.open();
            const answers = await Promise.all(texts.map((text) => engine.search(text)));
            return answers.map(({ pages }) => pages.map(({ number }) => number));
        }""",
        [f"«\u00a0{phrase}\u00a0»" for phrase in phrases],
    )

    wrong = {}
    for phrase, found_pages in zip(phrases, answers, strict=True):
        right = {number for number, words in said.items() if read_words(phrase) in words}
        if set(found_pages) != right:
            wrong[phrase] = (sorted(found_pages), sorted(right))
    assert first > 0
    assert wrong == {}


# -- What is said -----------------------------------------------------------------


def test_what_stands_for_a_word_is_said_and_there_is_a_way_back(search):
    page = search("arrosage")
    for text, said in (
        ("larrosage", "corrigé : arrosage"),
        ("arros", "complété : arrosage"),
        ("pépinier", "complété : pépinières"),
        ("communal", "remplacé par un mot de la même famille : communaux"),
        ("tardif", "remplacé par un mot de la même famille : tardive"),
        ("arosage", "corrigé : arrosage"),
    ):
        ask(page, text)
        assert f"« {text} » n’est dans aucun billet ; {said}." in read_notices(page)
        assert said in page.inner_text("#search-status").replace("\u00a0", " ")

    page.click("#search-notices a")

    page.wait_for_selector("#search-status:has-text('Aucun résultat')", state="attached")
    assert "tel-quel" in page.url
    assert "« arosage » n’est dans aucun billet" in read_notices(page)


def test_words_of_the_same_family_that_alone_answer_are_said(search):
    page = search("composter")

    assert "un mot de la même famille : « composteur »" in read_notices(page)


def test_words_that_are_not_searched_are_named_as_such(search):
    page = search("arrosage")
    for text, said in (
        ("le la les", "Mots de liaison, que la recherche laisse de côté : « le », « la », « les »"),
        ("l", "Mot de liaison, que la recherche laisse de côté : « l »"),
        ("?!", "Rien à chercher dans « ?! » : ni mot ni nombre"),
    ):
        ask(page, text)
        assert page.inner_text("#search-status").replace("\u00a0", " ") == said


def test_what_is_not_wanted_is_said_and_may_be_all_that_is_asked(search):
    page = search("-halage")

    assert "Sans les billets qui contiennent « halage »" in read_notices(page)
    count = len(SEARCH["documents"]) - 2
    assert page.inner_text("#search-status").startswith(f"{count} résultats")


def test_a_phrase_that_is_nowhere_is_told_with_its_words_to_search(search):
    page = search("« halage chemin »")
    assert "Aucun billet ne contient cette expression exacte" in read_notices(page)

    page.click("#search-notices a")

    page.wait_for_selector(".result")
    assert set(found(page)) == {"liens", "liens2"}


def test_a_word_that_is_nowhere_is_told_with_the_nearest_ones(search):
    page = search("engrezs")
    ask(page, "engrzzs")

    assert page.inner_text("#search-status").startswith("Aucun résultat pour")
    assert "n’est dans aucun billet" in page.inner_text("#search-notices")
    assert page.locator(".search-elsewhere a").count() == 3


def test_what_a_query_lacks_is_told(search):
    page = search("bulbe vitraux")

    assert "Aucun billet ne contient tous ces mots" in page.inner_text("#search-notices")
    assert set(found(page)) == {"bulbe", "vitraux"}


@pytest.mark.parametrize(
    ("text", "said"), [("arrosage", "1 résultat pour"), ("jardiniers", "résultats pour")]
)
def test_the_number_of_results_is_announced(search, text, said):
    page = search(text)

    assert said in page.locator("[role=status]").inner_text()
    assert quote(text) in quote(page.title())


# -- The address ------------------------------------------------------------------


def test_the_address_holds_all_that_was_asked(search):
    page = search("suite", "&annee=2012&etiquette=Pairs&tri=date")

    shown = page.locator(".result-about").all_inner_texts()
    assert shown
    assert all("2012" in each for each in shown)
    assert page.input_value("#search-box") == "suite"
    assert page.input_value("#search-sort") == "date"
    page.wait_for_selector("#search-facets[open] input[value='2012']:checked")


def test_the_back_button_returns_to_what_was_asked_before(search):
    page = search("arrosage")
    ask(page, "engrais")

    page.go_back()

    page.wait_for_selector("#search-status:has-text('arrosage')")
    page.wait_for_selector(ANSWERED, state="attached")
    assert found(page) == ["arrosage"]
    assert page.input_value("#search-box") == "arrosage"


def test_posts_are_sorted_by_date_newest_first(search):
    page = search("suite")
    page.select_option("#search-sort", "date")
    page.wait_for_url("**tri=date")
    page.wait_for_selector(ANSWERED, state="attached")

    links = page.eval_on_selector_all(TITLES, "links => links.map((link) => link.href)")
    years = [int(re.search(r"/posts/(\d+)/", link)[1]) for link in links]
    assert years == sorted(years, reverse=True)
    assert len(years) == 10


def test_facets_tell_what_each_would_leave_and_narrow_the_list(search):
    page = search("suite")
    page.wait_for_selector("#search-facets[open] .facet-choice")
    choice = page.locator("label.facet-choice", has_text="Impairs")
    count = int(choice.locator(".count").inner_text())

    choice.click()

    # All are of one category and one author: neither would narrow anything.
    assert set(page.locator(".facet legend").all_inner_texts()) == {"Année", "Étiquette"}
    page.wait_for_url("**etiquette=Impairs**")
    page.wait_for_selector(f"#search-status:has-text('{count} résultats')")


def test_a_facet_alone_lists_its_posts_the_newest_first(open_search):
    page = open_search("/search.html?etiquette=Impairs&annee=2012")
    page.wait_for_selector(ANSWERED, state="attached")

    links = page.eval_on_selector_all(TITLES, "links => links.map((link) => link.href)")
    assert links
    assert all("/posts/2012/" in link for link in links)
    assert page.inner_text("#search-status") == f"{len(links)} résultats"


def test_more_results_come_when_asked(search):
    page = search("suite")
    assert page.locator(".result").count() == 10

    page.click("#search-more")

    page.wait_for_selector(f"{ANSWERED} li:nth-child(20)")
    assert page.evaluate("document.activeElement.closest('li').matches(':nth-child(11)')")


# -- The keyboard -----------------------------------------------------------------


def test_the_keyboard_goes_through_the_list_and_back(search):
    page = search("suite")
    page.focus("#search-box")
    focused = "document.activeElement.textContent || document.activeElement.id"
    titles = page.locator(TITLES).all_inner_texts()

    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles[0]
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "search-box"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "search-box"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    assert page.evaluate(focused) == "search-box"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/**")


def test_a_slash_elsewhere_takes_no_focus(search):
    page = search("arrosage")
    page.locator(".site-brand a").focus()

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") != "search-box"


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("path", ["/", "/posts/2010/arrosage.html", "/tag/pairs/", "/2012/"])
def test_the_box_of_every_page_searches(open_search, path, phone):
    page = open_search(path, phone=phone)
    page.fill("#recherche", "arrosage")
    page.press("#recherche", "Enter")

    page.wait_for_url("**/search.html?q=arrosage")
    page.wait_for_selector(ANSWERED, state="attached")
    assert found(page) == ["arrosage"]


def test_results_come_while_typing_and_what_was_half_typed_is_no_step_back(search):
    page = search("engrais")
    before = page.evaluate("history.length")

    page.fill("#search-box", "")
    page.type("#search-box", "lombrics", delay=20)

    page.wait_for_selector("#search-status:has-text('lombrics')")
    page.wait_for_selector(ANSWERED, state="attached")
    assert found(page) == ["lombrics"]
    page.press("#search-box", "Enter")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    page.wait_for_selector("#search-status:has-text('engrais')")
    assert page.input_value("#search-box") == "engrais"


def test_filters_are_taken_away_one_by_one_or_all_at_once(search):
    page = search("suite", "&annee=2012&etiquette=Pairs")
    page.wait_for_selector(".chip")
    assert page.locator(".chip").all_inner_texts() == ["2012", "Pairs"]

    page.click(".chip:has-text('Pairs')")
    page.wait_for_url(re.compile(r"annee=2012$"))
    page.click(".chip-all")

    page.wait_for_url(re.compile(r"\?q=suite$"))
    assert page.locator(".chip").count() == 0


def test_back_from_a_post_leads_to_the_same_place_in_as_many_results(search):
    page = search("suite")
    page.emulate_media(reduced_motion="reduce")
    page.click("#search-more")
    page.wait_for_selector(".result:nth-child(11)")
    count = page.locator(".result").count()
    last = page.locator(".result-title a").last
    last.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    last.click()
    page.wait_for_url("**/posts/**")

    page.go_back()

    page.wait_for_selector(f".result:nth-child({count})")
    page.wait_for_timeout(200)
    assert abs(page.evaluate("scrollY") - place) < 60


SHIFT = """window.shift = 0; window.from = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) { window.shift += entry.value; window.from.push(...entry.sources.map((each) => [each.node.outerHTML?.slice(0, 60), JSON.stringify(each.previousRect), JSON.stringify(each.currentRect)])); }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_nothing_moves_while_results_come(open_search, phone):
    page = open_search("/", phone=phone)
    page.add_init_script(SHIFT)
    page.goto(page.url + "search.html?q=suite")
    page.wait_for_selector(ANSWERED, state="attached")
    page.wait_for_timeout(300)

    assert page.evaluate("window.shift") <= 0.02, page.evaluate("window.from")


# -- Bad input --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "arrosage " * 1200,
        "a" * 10_000,
        "?!… — ; ' \" «» (((",
        "<img src=x onerror=alert(1)> <script>alert(1)</script>",
        "\u202earrosage\u2066 \u200farrosage",
        "🌱 🧑‍🌾 🇫🇷",
        '"" « » "',
        "constructor __proto__ toString",
        "%E0%A4%A",
        "\ue061|\u2060 \u0000",
    ],
)
def test_nothing_that_is_typed_breaks_the_search(search, text):
    page = search(text[:2000])
    ask(page, text)

    assert page.locator("main :is(img, script)").count() == 0
    assert page.inner_text("#search-status")


FAULTS = {
    "dropped": lambda route, body: route.abort(),
    "missing": lambda route, body: route.fulfill(status=404, body="<h1>404</h1>"),
    "portal": lambda route, body: route.fulfill(
        content_type="text/html", body="<!DOCTYPE html><title>Wifi</title><p>Bienvenue</p>"
    ),
    "cut off": lambda route, body: route.fulfill(body=body[: len(body) * 2 // 3]),
}


def test_each_file_of_the_index_at_fault_is_told_and_asked_for_again(
    browser, search_address, search_site
):
    page = browser.new_page()
    asked = f"{search_address}/search.html?q=« un chemin » halagge"
    requests = []
    page.on("request", lambda each: "/_search/" in each.url and requests.append(each.url))
    page.goto(asked)
    page.wait_for_selector(".facet-choice")
    right = found(page), page.inner_text("#search-status")
    assert set(right[0]) == {"liens", "liens2"}
    names = tuple(dict.fromkeys(requests))
    kinds = {name.split("/")[4] for name in names}
    assert kinds == {"settings.json", "words", "lexicon", "texts", "facets"}

    for name in names:
        body = (search_site.folder / name.removeprefix(f"{search_address}/")).read_bytes()
        for fault, answer in FAULTS.items():
            page.unroute_all()
            page.route(name, partial(answer, body=body))
            if page.locator(".search-again").count():
                page.evaluate("document.querySelector('.search-again').className = 'old'")
                page.click(".old")
            else:
                page.goto(asked)
            page.wait_for_selector(".search-again, .facet-choice")
            told = page.inner_text("#search-status" if "facets" not in name else "#search-facets")
            assert "pu se charger" in told, (name, fault)
            assert found(page) == (right[0] if "facets" in name else []), (name, fault)
        page.unroute_all()
        page.click(".search-again")
        page.wait_for_selector(".facet-choice")
        assert (found(page), page.inner_text("#search-status")) == right, name
    assert page.locator(".search-elsewhere a").count() == 3
    page.close()


def test_a_search_that_waits_says_so(browser, search_address):
    page, held = browser.new_page(), []
    page.route("**/_search/settings.json", lambda route: held.append(route))  # noqa: PLW0108 (playwright counts parameters)
    page.goto(f"{search_address}/search.html?q=arrosage")

    page.wait_for_selector("#search-status:has-text('Recherche…')", state="attached")
    assert page.inner_text("#search-count") == "Recherche…"
    for route in held:
        route.continue_()
    page.wait_for_selector(".result")
    page.close()


def test_modules_that_do_not_come_are_told(browser, search_address):
    page = browser.new_page()
    page.route("**/_static/search/ranking.js", lambda route: route.abort())
    page.goto(f"{search_address}/search.html?q=arrosage")

    page.wait_for_selector("#search-count:has-text('n’a pas pu se charger')")
    page.unroute("**/_static/search/ranking.js")
    page.click(".search-again")
    page.wait_for_selector(".result")
    page.close()


def test_a_page_opened_from_a_folder_says_what_to_do(search_site, browser):
    page = browser.new_page()
    page.goto(f"file://{search_site.folder}/search.html?q=arrosage")

    page.wait_for_selector("#search-from-folder:visible")
    assert "make serve" in page.inner_text("#search-from-folder")
    page.close()


# -- Elsewhere --------------------------------------------------------------------


def test_a_missing_address_proposes_the_posts_its_words_find(open_search):
    page = open_search("/2012/01/les-lombrics-du-composteur/")
    page.wait_for_selector("#not-found-results a")

    assert page.inner_text("#not-found-results a >> nth=0") == "Les lombrics du composteur"
    # The date stays on a line.
    assert " " not in page.inner_text("#not-found-results li >> nth=0").partition(" (")[2]


def test_a_missing_address_that_finds_nothing_is_left_as_it_is(open_search):
    page = open_search("/zzyxqwk/")
    page.wait_for_load_state("networkidle")

    assert page.locator("#not-found-results").count() == 0


def test_without_scripts_a_word_leads_to_its_posts(open_search):
    page = open_search("/search.html", java_script_enabled=False)
    page.click("noscript a >> nth=0")
    page.click(".letters a:has-text('H')")
    page.click(".words div:has(dt:text-is('halage')) a >> nth=0")

    page.wait_for_url("**/posts/**/liens*.html")


def test_no_answer_needs_to_make_script_out_of_text(search):
    page = search("arrosage")

    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert "unsafe" not in policy
