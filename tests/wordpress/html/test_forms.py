"""What an element says by its look, its numbers or its place, and what becomes of it."""

import pytest

from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.notes import Kind
from archivist.wordpress.text.round_trip import ProvedWriter


class Told(Surroundings):
    """Surroundings that keep what they are told."""

    def __init__(self):
        self.notes = []

    def note(self, kind, text):
        self.notes.append((kind, text))


def convert(html):
    around = Told()
    text = ProvedWriter(around.note).prove(HtmlReader(around).read(html))
    return text, around.notes


A, B = '<img src="a.jpg" alt="A">', '<img src="b.jpg" alt="B">'
GALLERY = ":::{gallery}\n![A](a.jpg)\n\n![B](b.jpg)\n:::"
FORMS = [
    ('<span style="text-decoration: line-through;">x</span> y', "<s>x</s> y"),
    ('<font style="text-decoration-line:underline">x</font> y', "<u>x</u> y"),
    ('<p style="font-weight:700">x</p>', "**x**"),
    ('<b style="font-weight:normal">x</b>', "x"),
    ('<div style="FONT-STYLE: italic !important"><p>x</p></div>', "*x*"),
    ('<ul style="font-style:italic"><li>x <em style="font-style:normal">y</em></li></ul>', "- *x* y"),
    ('H<span style="vertical-align:sub">2</span>', "H{sub}`2`"),
    ('<h2 style="font-weight:bold">x</h2>', "## x"),
    ('<a href="https://a.fr/" style="text-decoration:underline">x</a>', "[x](https://a.fr/)"),
    ("<table><tr style='font-weight:bold'><td>x</td><td>y</td></tr></table>",
        ":::{list-table}\n* - **x**\n  - **y**\n:::"),
    ('<ol type="a"><li>x</li><li>y</li></ol>', ":::{list}\n:type: a\n\n1. x\n2. y\n:::"),
    ('<ol style="list-style-type: upper-roman"><li>x</li></ol>',
        ":::{list}\n:type: I\n\n1. x\n:::"),
    ("<ol reversed><li>x</li><li>y</li></ol>", ":::{list}\n:reversed:\n\n2. x\n1. y\n:::"),
    ('<ol><li value="7">x</li><li value="9">y</li><li>z</li></ol>', "7. x\n\n9) y\n10) z"),
    ("<li>x</li><li>y</li><p>z</p>", "- x\n- y\n\nz"),
    ("<dl><dt>T</dt><dt>U</dt><dd>x</dd><dd>y</dd><dt>V</dt></dl>", "T<br>U\n: x\n: y\n\nV"),
    ("<ruby>x<rt>y</rt></ruby>", "x y"),
    ('<pre class="wp-block-verse">x\n  <b>y</b></pre>', "x\\\n\u00a0\u00a0**y**"),
    (f'<figure class="wp-block-gallery"><figure>{A}</figure><figure>{B}</figure></figure>', GALLERY),
    (f'<ul class="wp-block-gallery"><li>{A}</li><li>{B}</li></ul>', GALLERY),
    (f'<div class="gallery"><dl><dt>{A}</dt></dl><dl><dt>{B}</dt><dd>x</dd></dl></div>',
        "::::{gallery}\n![A](a.jpg)\n\n:::{figure} b.jpg\n:alt: B\n\nx\n:::\n::::"),
    (f'<div class="tiled-gallery"><div>{A}{B}</div></div>', GALLERY),
    (f'<div class="gallery">{A}</div>', "![A](a.jpg)"),
    ('<div class="wp-block-columns"><div>x</div><div><p>y</p></div></div>',
        "::::{columns}\n:::{column}\nx\n:::\n\n:::{column}\ny\n:::\n::::"),
    ('<img class="alignright" src="a.jpg" alt="A">x', "![A](a.jpg){align=right}x"),
    (f'<figure class="alignleft">{A}</figure>', "![A](a.jpg){align=left}"),
    ("<table><tr><th>x</th><th>y</th></tr><tr><td>1</td><td style='text-align:right'>2</td></tr></table>",
        "| x | y |\n| --- | ---: |\n| 1 | 2 |"),
]  # fmt: skip


@pytest.mark.parametrize(("html", "markdown"), FORMS)
def test_what_the_form_says_stays(html, markdown):
    assert convert(html) == (markdown, [])


@pytest.mark.parametrize(
    ("html", "markdown", "kind", "told"),
    [
        ('x <span style="color: #f00">y</span>', "x y", Kind.LOOK_LEFT, "color: #f00 y"),
        ('<p class="has-text-align-right">x</p>', "x", Kind.LOOK_LEFT, "text-align: right x"),
        ('<ol start="-2"><li>x</li></ol>', "1. x", Kind.LOOK_LEFT, "start: -2 x"),
        ("<form>x<input><button>y</button></form>", "x y", Kind.TAKEN_AS_TEXT, "xy"),
        ("<svg><text>x</text></svg> y", "x y", Kind.TAKEN_AS_TEXT, "x"),
        ("<math><mi>x</mi><mo>=</mo><mn>2</mn></math>", "x = 2", Kind.TAKEN_AS_TEXT, "x=2"),
        (
            '<div class="wp-block-columns"><div><h2>x</h2></div><div>y</div></div>',
            "## x\n\ny", Kind.LOOK_LEFT, "columns xy",
        ),
    ],
)  # fmt: skip
def test_what_is_lost_of_the_form_is_told_with_its_words(html, markdown, kind, told):
    assert convert(html) == (markdown, [(kind, told)])


@pytest.mark.parametrize(
    "href",
    [
        "https://exemple.org/?u=http%3A%2F%2Fx.fr%2F%25C3%25A9",
        "https://exemple.org/100%",
        "https://châteaux.exemple.fr/été",
        "https://exemple.org/a b",
        "https://exemple.org/?q[]=1",
        "https://exemple.org/a|b",
    ],
)
def test_no_address_costs_the_marks_and_links_beside_it(href):
    text, notes = convert(f'<b>x</b> <a href="{href}">y</a> <a href="https://a.fr/">z</a>')

    assert text.startswith("**x** [y](")
    assert text.endswith(" [z](https://a.fr/)")
    assert notes == []
