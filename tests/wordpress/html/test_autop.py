import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.wordpress.html.autop import add_paragraphs

PARAGRAPHS = {
    "an empty text has none": ("", ""),
    "white space is no text": (" \n\t\n", ""),
    "one line is a paragraph": ("Bonjour.", "<p>Bonjour.</p>"),
    "spaces around it are lost": ("Un.\n\n \t Deux. \n", "<p>Un.</p>\n<p>Deux.</p>"),
    "a blank line parts two": ("Un.\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
    "a line of spaces is blank": ("Un.\n \t\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
    "several blank lines are one": ("Un.\n\n\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
    "lines may end as on Windows": ("Un.\r\n\r\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
    "lines may end as on an old Mac": ("Un.\r\rDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
    "a no-break space is a text": ("Un.\n\n\u00a0", "<p>Un.</p>\n<p>\u00a0</p>"),
    "an inline tag is in one": ("<em>Un</em>.\n\nDeux.", "<p><em>Un</em>.</p>\n<p>Deux.</p>"),
    "a sign is not a tag": ("1 < 2\n\n2 > 1, <3", "<p>1 < 2</p>\n<p>2 > 1, <3</p>"),
}
BREAKS = {
    "a newline is one": ("Un\ndeux", "<p>Un<br />\ndeux</p>"),
    "a newline is one on Windows": ("Un\r\ndeux", "<p>Un<br />\ndeux</p>"),
    "spaces beside it are lost": ("Un  \n  deux", "<p>Un<br />\ndeux</p>"),
    "a tag counts with its newline": ("Un<br>\ndeux", "<p>Un<br />\ndeux</p>"),
    "a tag and a newline apart are two": ("Un<br> \ndeux", "<p>Un<br /><br />\ndeux</p>"),
    "a tag is one without a newline": ("Un<br/>deux", "<p>Un<br />deux</p>"),
    "two tags part paragraphs": ("Un<br>\n<BR />deux", "<p>Un</p>\n<p>deux</p>"),
    "a text keeps two tags apart": ("Un<br>ou<br>deux", "<p>Un<br />ou<br />deux</p>"),
    "none opens a paragraph": ("<br>Un", "<p>Un</p>"),
    "none ends a paragraph": ("Un<br>", "<p>Un</p>"),
    "none ends a part of a block": ("<td>Un<br>\n\nDeux</td>", "<td>Un\n<p>Deux</p></td>"),
    "none follows a block": ("<div>\nUn</div>", "<div>\nUn</div>"),
    "none precedes the end of a block": ("<li>Un\n</li>", "<li>Un\n</li>"),
    "a newline in a tag is none": ('<a\nhref="x">Un</a>', '<p><a\nhref="x">Un</a></p>'),
    "a newline in a comment is none": ("Un<!-- a\n\nb -->", "<p>Un<!-- a\n\nb --></p>"),
    "a comment may hold a sign": ("Un<!-- a > b\nc -->", "<p>Un<!-- a > b\nc --></p>"),
    "an open comment lasts": ("Un<!-- a\n\nb", "<p>Un<!-- a\n\nb</p>"),
    "a picture makes its own": (
        "Un\n<picture>\n<img></picture>",
        "<p>Un\n<picture>\n<img></picture></p>",
    ),
}
BLOCKS = {
    "a heading stands by itself": (
        "Un\n<h2>Titre</h2>\nDeux",
        "<p>Un</p>\n<h2>Titre</h2>\n<p>Deux</p>",
    ),
    "a list has no paragraphs": (
        "<ul>\n<li>Un</li>\n<li>Deux</li>\n</ul>",
        "<ul>\n<li>Un</li>\n<li>Deux</li>\n</ul>",
    ),
    "a table has none": (
        "<table><tr>\n<td>Un</td>\n</tr></table>",
        "<table>\n<tr>\n<td>Un</td>\n</tr>\n</table>",
    ),
    "a cell of several texts has some": ("<td>Un\n\nDeux</td>", "<td>Un\n<p>Deux</p></td>"),
    "a quotation has some": (
        "<blockquote>Un\n\nDeux</blockquote>",
        "<blockquote><p>Un</p>\n<p>Deux</p></blockquote>",
    ),
    "an empty quotation stays": ("<blockquote></blockquote>", "<blockquote></blockquote>"),
    "a paragraph stays one": ("<p>Un</p>\n\n<p>Deux</p>", "<p>Un</p>\n<p>Deux</p>"),
    "a paragraph keeps its class": ('<p class="a">Un</p>', '<p class="a">Un</p>'),
    "a paragraph is closed": ("<p>Un\n\nDeux</p>", "<p>Un</p>\n<p>Deux</p>"),
    "an empty paragraph is left out": ("<p></p>\nUn", "<p>Un</p>"),
    "a rule stands by itself": ("Un\n<hr>\nDeux", "<p>Un</p>\n<hr>\n<p>Deux</p>"),
    "capitals are the same": ("<DIV>\nUn</DIV>", "<DIV>\nUn</DIV>"),
    "a caption is tight": (
        "<figure>\n<img>\n<figcaption>\nUn\n</figcaption>\n</figure>",
        "<figure>\n<img><figcaption>\nUn<br />\n</figcaption></figure>",
    ),
    "a caption of several texts has paragraphs": (
        "<figure>\n<figcaption>Un\n\nDeux</figcaption>\n</figure>",
        "<figure><figcaption>Un\n<p>Deux</p></figcaption></figure>",
    ),
    "a text after a caption stays": (
        "<figcaption>Un</figcaption>\nDeux",
        "<figcaption>Un</figcaption>Deux",
    ),
    "a choice is tight": (
        "<select>\n<option>Un</option>\n<option>Deux</option>\n</select>",
        "<p><select><option>Un</option><option>Deux</option></select></p>",
    ),
    "an object is tight": (
        "<object>\n<param>\n<embed>\n</object>",
        "<p><object><param><embed></object></p>",
    ),
    "an embed without one is not": ("<embed>\nUn", "<p><embed><br />\nUn</p>"),
    "a player is tight": (
        "<video>\n<source>\n<track>\n</video>",
        "<p><video><source><track></video></p>",
    ),
    "a player without sources is not": ("<audio>\nUn</audio>", "<p><audio><br />\nUn</audio></p>"),
}
# A blank line, a line break and a block: none of them is one in there.
INSIDE = "a\n\nb\nc <div> d<br><br>e"


@pytest.mark.parametrize(("text", "html"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_blank_lines_part_paragraphs(text, html):
    assert add_paragraphs(text) == html


@pytest.mark.parametrize(("text", "html"), BREAKS.values(), ids=BREAKS.keys())
def test_line_breaks_are_kept(text, html):
    assert add_paragraphs(text) == html


@pytest.mark.parametrize(("text", "html"), BLOCKS.values(), ids=BLOCKS.keys())
def test_blocks_stand_by_themselves(text, html):
    assert add_paragraphs(text) == html


@pytest.mark.parametrize("name", ["script", "textarea", "svg", "math"])
def test_an_element_that_is_no_text_is_left_alone(name):
    whole = f"<{name}>{INSIDE}</{name}>"

    assert add_paragraphs(f"Un {whole}\nDeux") == f"<p>Un {whole}<br />\nDeux</p>"


@pytest.mark.parametrize("name", ["pre", "style", "PRE"])
def test_a_block_that_is_no_text_is_left_alone(name):
    whole = f"<{name}>{INSIDE}</{name}>"

    assert add_paragraphs(f"Un\n{whole}Deux") == f"<p>Un</p>\n{whole}\n<p>Deux</p>"


def test_an_element_that_is_never_closed_does_not_hide_the_rest():
    assert add_paragraphs("<pre>Un\n\nDeux") == "<pre>Un\n<p>Deux</p>"


WORDS = st.sampled_from(
    ["mot", "été", "l’œuvre", "&amp;", "\u00a0", " ", "\n", "\n\n", "\n \n", "\r\n"]
)
TAGS = st.sampled_from(
    "<br>|<hr>|<p>|</p>|<div>|</div>|<b>|</b>|<blockquote>|</blockquote>|<ul>|<li>|</li>|</ul>|"
    "<pre>|</pre>|<h2>|</h2>|<figcaption>|</figcaption>|<object>|</object>|<source>|<picture>|"
    '<img\nalt="a">|<!-- a\n\nb -->'.split("|")
)


def read(html):
    # Before the first sign, lxml takes a no-break space for white space.
    text = lxml.html.fragment_fromstring("." + html, create_parent="div").text_content()
    return re.sub(r"[ \t\r\n]+", "", text)


@given(st.lists(WORDS | TAGS).map("".join))
def test_no_text_is_lost_or_added(text):
    assert read(add_paragraphs(text)) == read(text)


@given(st.lists(WORDS | TAGS).map("".join))
def test_every_tag_but_breaks_and_paragraphs_is_kept(text):
    def tags(html):
        return re.findall(r"<(?!/?p>|br)[^>]+>", html.replace("\r\n", "\n"))

    assert tags(add_paragraphs(text)) == tags(text)
