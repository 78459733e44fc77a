"""What a page loads: all that it needs, and no more before it is asked for."""

import pytest

from tests.browser.test_accessibility import PAGES

# Yields the rules that a page meets and has not, of all that any page of the site has.
LACKING = """async (names) => {
  const read = (rules, where = "") => [...rules].flatMap((rule) =>
    rule.selectorText ? [[where + rule.selectorText, rule.selectorText]] : rule.cssRules ? read(rule.cssRules, `${where}${rule.conditionText} `) : []);
  const own = new Map([...document.styleSheets].flatMap((sheet) => read(sheet.cssRules)));
  const all = await Promise.all(names.map(async (name) => {
    const sheet = new CSSStyleSheet();
    return read((await sheet.replace(await (await fetch(`/_static/${name}`)).text())).cssRules);
  }));
  const isMet = (selector) => selector.split(/,(?![^(]*\\))/).some((each) => {
    const bare = each.replace(/::[\\w-]+/g, "").replace(/:(hover|focus-visible|focus|visited|popover-open)/g, "").trim().replace(/[>+~]$/, "$& *");
    return bare && document.querySelector(bare);
  });
  return [...new Map(all.flat())].filter(([rule, selector]) => !own.has(rule) && isMet(selector)).map(([rule]) => rule);
}"""
# What a rule is for is not on these pages: floats, sections beside, code that is printed.
IDLE = {
    ":is(h2, h3, h4, h5, h6, hr, pre, table, .literal-block-wrapper, .scroll, .gallery, .columns, .admonition, .post-footer)",
    "(min-width: 68.75rem) article.page",
    "print pre",
}


def test_a_page_lacks_no_rule_that_another_has(open_sink, sink_site, sink_address):
    sheets = [path.name for path in sink_site.folder.glob("_static/archive-*-code.css")]
    posts = [f"/{path}" for path in sink_site.files() if path.startswith("posts/")]
    page = open_sink("/archives/titres/")
    lacking = {}
    for path in {*PAGES, *(each for each in posts if each.endswith(".html")), "/donnees/"}:
        page.goto(sink_address + path)
        lacking[path] = set(page.evaluate(LACKING, sheets)) - IDLE

    assert {path: rules for path, rules in lacking.items() if rules} == {}


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 3), ("/2018/", 3), ("/archives/", 3), ("/mots/a/", 3), ("/search.html", 9)],
)
def test_a_page_asks_for_little_and_for_no_index(browser, sink_address, path, most):
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 (playwright marks it)
    page.goto(sink_address + path, wait_until="networkidle")
    page.close()

    kept = [each.url for each in asked if each.resource_type != "image"]
    assert len(kept) <= most
    assert not [url for url in kept if "_search/" in url or "engine" in url]
