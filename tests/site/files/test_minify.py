import pytest

from archivist.site.files.minify import shorten_variables, squeeze_script
from archivist.site.needs import Needs, find_needs
from archivist.site.sphinx.templates import squeeze


def test_a_variable_has_a_short_name_wherever_it_is_set_or_used():
    text = ":root{--ink:red;--link:var(--ink);--idle:1}p{color:var(--link)}@media print{:root{--ink:#000}}"

    assert (
        shorten_variables(text) == ":root{--a:red;}p{color:var(--a)}@media print{:root{--a:#000}}"
    )


def test_variables_of_one_value_are_one_unless_paper_parts_them():
    text = ":root{--ink:red;--link:red;--line:red}p{color:var(--link);fill:var(--ink)}@media print{:root{--line:#000}}"

    assert shorten_variables(text).startswith(":root{--a:red;}p{color:var(--a);fill:var(--a)}")


def test_a_variable_that_is_another_but_on_paper_keeps_its_name():
    text = ":root{--ink:red;--link:var(--ink)}p{color:var(--link)}@media print{:root{--link:#000}}"

    short = shorten_variables(text)

    assert short.count("var(") == 2
    assert len(short) < len(text)


def test_a_variable_that_other_stylesheets_use_keeps_its_name():
    text = ":root{--ink:red;--link:var(--ink);--idle:1}p{color:var(--link)}"

    assert shorten_variables(text, {"link", "idle"}) == (
        ":root{--a:red;--link:var(--a);--idle:1}p{color:var(--link)}"
    )


def test_a_script_is_rid_of_comments_and_indents_and_of_nothing_else():
    text = '// Why.\n\nif (a) {\n  // How.\n  open("https://exemple.fr"); // what\n}\n'

    assert squeeze_script(text) == 'if (a) {\nopen("https://exemple.fr"); // what\n}\n'


def test_a_page_is_rid_of_indents_but_for_code():
    html = (
        "<div>\n\n    <p>Un\n  mot\xa0!\n\xa0?</p>\n  <pre>\n    a\n\n  b</pre>\n  <p>c</p></div>"
    )

    assert squeeze(html) == (
        "<div>\n<p>Un\nmot\xa0!\n\xa0?</p>\n<pre>\n    a\n\n  b</pre>\n<p>c</p></div>"
    )


@pytest.mark.parametrize(
    ("html", "needs"),
    [
        ('<p>Un <a class="reference external" href="x">mot</a>, <em>deux</em>.</p>', Needs.WORDS),
        ('<ul class="simple">\n<li><p>un</p></li>\n</ul>\n<ul><li>deux</li></ul>', Needs.WORDS),
        ("<ul><li>un<ul><li>deux</li></ul></li></ul>", Needs.RICH),
        ("<p><img src='x'></p>", Needs.RICH),
        ("<p><kbd>Entrée</kbd></p>", Needs.RICH),
        ('<p class="update">Plus tard.</p>', Needs.RICH),
        ('<div class="highlight-python"><pre>1</pre></div>', Needs.CODE),
    ],
)
def test_what_a_text_holds_says_what_it_needs(html, needs):
    assert find_needs(html) is needs
