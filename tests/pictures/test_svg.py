from lxml import etree

from archivist.pictures.svg import measure_drawing, rewrite_drawing
from tests.checks.test_svg import INKSCAPE, draw


def test_a_drawing_is_served_as_what_draws_it_and_nothing_else():
    written = rewrite_drawing(INKSCAPE.encode()).decode("ascii")

    assert written == (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' width="210mm" viewBox="0 0 210 297">'
        '<defs><linearGradient id="a"><stop style="stop-color:#000" offset="0"/></linearGradient>'
        "</defs><g>"
        '<path style="fill:url(#a);font-family:\'DejaVu Sans\'" d="M 0,0 L 1,1"/>'
        '<text xml:space="preserve"><tspan>&#171; &#201;t&#233; &#187; : R&amp;D</tspan></text>'
        '<use xlink:href="#a"/></g></svg>'
    )


def test_no_word_of_a_drawing_is_lost():
    text = "<text>Un<!-- x --> deux <tspan>trois</tspan> quatre<x:y/> cinq</text><title>Été</title>"
    written = rewrite_drawing(draw(text.replace("<x:y/>", "")).encode())

    assert "".join(etree.fromstring(written).itertext()) == "Un deux trois quatre cinqÉté"


def test_what_is_written_is_ascii_and_reads_the_same_again():
    drawing = draw(
        '<desc><![CDATA[</desc><script>x()</script>]]></desc><text x="&gt;&quot;&#10;">é</text>'
    )
    written = rewrite_drawing(drawing.encode())

    assert written.isascii()
    assert b"<script" not in written
    assert rewrite_drawing(written) == written


def test_a_drawing_says_how_large_it_is_in_pixels_or_not_at_all():
    sizes = {
        'width="9" height="7.5px"': (9, 7),
        'width="25.4mm" height="1in"': (96, 96),
        'width="100%" height="9"': None,
        'width="9"': None,
        'viewBox="0 0 9 9"': None,
        'width="9" height="0"': None,
    }
    for attributes, size in sizes.items():
        assert measure_drawing(rewrite_drawing(draw("", attributes).encode())) == size
