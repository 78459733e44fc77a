"""Whatever signs a text is made of, it comes back the same."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.text.document import text_of
from archivist.wordpress.text.read_back import read_back
from archivist.wordpress.text.round_trip import ProvedWriter

# What Markdown and MyST take for their own, French spaces, and some words between.
SIGNS = "% : + ( { [ * _ ~ ` | # > - = < & $ ^ ! \\ ) ] } / ; . , ' \" @ « » 0 1 9 a é".split()
PIECES = st.sampled_from(
    [
        *SIGNS,
        *(" ", "\u00a0", "\u202f", "\u2009", "    ", "- ", "> "),
        *"``` ::: --- === *** ~~ +++ %% {ref} {abbr} [^1] (x)= ]( ![ <b> </b> <!-- --> &amp;".split(),
        *"&#35; http://a.fr www.a.fr x@a.fr 1. 2) \\\\ :name: {{x}}".split(),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=14).map("".join)
SHAPES = {
    "a paragraph": "<p>{}</p>",
    "bold": "<p>a<strong>{}</strong>b</p>",
    "a point": "<ul><li>{}</li><li>x</li></ul>",
    "a cell": "<table><tr><th>x</th></tr><tr><td>{}</td></tr></table>",
    "a heading": "<h2>{}</h2>",
    "a quote": "<blockquote><p>{}</p></blockquote>",
    "a link": '<p><a href="https://exemple.fr/">{}</a></p>',
    "a meaning": "<dl><dt>x</dt><dd>{}</dd></dl>",
}


def write_html(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_text(blocks):
    return re.sub("[ \n]+", " ", text_of(blocks)).strip(" \n")


def told(_, __):
    raise AssertionError("nothing may be lost")


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
@example(text="*a_ b`c [d](e) {f}`g` <h> &amp; | \\ 1. # > - + = ~ ^ $")
@example(text="(x)=")
@example(text="% a")
def test_signs_come_back(shape, text):
    blocks = HtmlReader(Surroundings()).read(SHAPES[shape].format(write_html(text)))
    markdown = ProvedWriter(told).prove(blocks)

    assert read_text(read_back(markdown)) == read_text(blocks)
    wanted = re.sub("[ \n]+", " ", text).strip(" ")
    assert wanted in read_text(blocks)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_signs_come_back_line_after_line(texts):
    blocks = HtmlReader(Surroundings()).read(f"<p>{'<br>'.join(map(write_html, texts))}</p>")
    markdown = ProvedWriter(told).prove(blocks)

    assert read_text(read_back(markdown)) == read_text(blocks)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(code=st.lists(PIECES | st.just("\n"), min_size=1, max_size=20).map("".join))
def test_code_comes_back_sign_for_sign(code):
    blocks = HtmlReader(Surroundings()).read(f"<pre>\n{write_html(code)}</pre>")
    markdown = ProvedWriter(told).prove(blocks)

    assert text_of(read_back(markdown)) == text_of(blocks)


TAGS = st.sampled_from(
    "<p> </p> <ul> </ul> <li> </li> <b> </b> <em> <a href='x'> </a> <table> <tr> <td> </td> </table> "
    "<blockquote> </blockquote> <h3> </h3> <pre> </pre> <br> <div> </div> <img src='a.png'> <sup> </sup> "
    "[caption] [/caption] [gallery] <!--more--> <!-- wp:paragraph --> <dl> <dt> <dd> <code> </code>".split(
        " "
    )
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(html=st.lists(TAGS | PIECES, max_size=25).map("".join))
def test_html_in_any_disorder_loses_no_word(html):
    blocks = HtmlReader(Surroundings()).read(html)
    markdown = ProvedWriter(lambda *_: None).prove(blocks)

    words = re.findall(r"\w+", text_of(blocks))
    assert re.findall(r"\w+", text_of(read_back(markdown))) == words
