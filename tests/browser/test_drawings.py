"""A drawing that is written anew looks the same, and runs nothing, on a host that sends no header."""

import io

import pytest
from PIL import Image, ImageChops

from archivist.pictures.fault import PictureError
from archivist.pictures.svg import rewrite_drawing
from tests.checks.test_svg import INKSCAPE, draw

SIZE = 'width="300" height="200" viewBox="0 0 300 200"'
DRAWINGS = {
    "inkscape": INKSCAPE.replace("M 0,0 L 1,1", "M 9,9 L 200,9 L 99,250 Z"),
    "gradients": draw(
        '<defs><linearGradient id="a" gradientTransform="rotate(30)"><stop offset=".1" stop-color="red"/>'
        '<stop offset="1" style="stop-color:blue;stop-opacity:.4"/></linearGradient>'
        '<radialGradient id="b" x:href="#a" cx=".3" fx=".6" r=".7" spreadMethod="reflect"/></defs>'
        '<rect x="9" y="9" width="120" height="90" rx="12" fill="url(#a)" stroke="#222" '
        'stroke-width="5" stroke-dasharray="9 4" stroke-linecap="round"/>'
        '<ellipse cx="220" cy="99" rx="70" ry="60" style="fill:url(#b);fill-opacity:.8"/>', SIZE),
    "masks": draw(
        '<mask id="m"><circle cx="99" cy="99" r="80" fill="#fff"/></mask>'
        '<clipPath id="c"><path d="M0 0H300V120H0Z" clip-rule="evenodd"/></clipPath>'
        '<pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(20)"><path d="M0 0L20 20" stroke="green" stroke-width="3"/></pattern>'
        '<g mask="url(#m)"><g clip-path="url(#c)"><rect width="300" height="200" fill="url(#p)"/></g></g>'
        '<g style="mix-blend-mode:multiply;opacity:.7"><rect x="60" y="60" width="99" height="99" '
        'fill="orange" transform="rotate(12 99 99)"/></g>', SIZE),
    "effects": draw(
        '<filter id="f" x="-20%" width="140%"><feGaussianBlur in="SourceAlpha" stdDeviation="4"/>'
        '<feOffset dx="6" dy="5" result="o"/><feColorMatrix type="saturate" values=".5"/>'
        '<feMerge><feMergeNode in="o"/><feMergeNode in="SourceGraphic"/></feMerge></filter>'
        '<marker id="k" markerWidth="6" markerHeight="6" refX="3" refY="3" orient="auto">'
        '<path d="M0 0L6 3L0 6Z"/></marker><symbol id="s" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/>'
        '</symbol><g filter="url(#f)"><polygon points="20,20 120,30 70,120" fill="teal"/></g>'
        '<path d="M20 150Q150 60 280 150" fill="none" stroke="#333" stroke-width="3" '
        'marker-end="url(#k)"/><use x:href="#s" x="200" y="20" width="60" height="60"/>', SIZE),
    "words": draw(
        '<defs><path id="t" d="M20 150Q150 60 280 150"/></defs><g font-family="sans-serif">'
        '<text x="150" y="40" font-size="24" text-anchor="middle" font-weight="bold" xml:space="preserve">'
        'Un  <tspan fill="red" dy="4" font-style="italic">été</tspan><!-- x --> à Œuvre &lt;3</text>'
        '<text><textPath x:href="#t" startOffset="20%" letter-spacing="2">le long du chemin</textPath>'
        '</text><switch><g systemLanguage="xx"><rect width="300" height="200"/></g>'
        '<rect x="9" y="160" width="60" height="30" fill="purple" visibility="visible"/></switch></g>', SIZE),
}  # fmt: skip
SCRIPT = "<script>document.title='ran'</script>"
HOSTILE = [
    f"<?xml version='1.0' encoding='{encoding}'?>"
    + draw(f"<desc><![CDATA[\N{CJK UNIFIED IDEOGRAPH-4E25}]]></desc>{SCRIPT}<desc><![CDATA[x]]></desc>")
    for encoding in ("JOHAB", "CP1361", "BIG5HKSCS", "GBK", "utf-8", "ascii")
] + [
    draw(f"<desc><![CDATA[</desc>{SCRIPT}]]></desc>"),
    draw(f"<desc>&lt;/desc>{SCRIPT.replace('<', '&lt;')}</desc>"),
    draw("<text>+ADw-script+AD4-document.title='ran'+ADw-/script+AD4-</text>"),
    draw(f"<title></title><metadata>{SCRIPT}</metadata>"),
    draw("""<rect width="9" height="9" style="fill:url(#a" id="&quot; onload=&quot;document.title='ran'"/>"""),
    draw(f"<desc>{'x' * 2000}</desc><text>&#60;script&#62;document.title='ran'&#60;/script&#62;</text>"),
]  # fmt: skip


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 320, "height": 240})
    yield page
    page.close()


def show(page, path, data):
    path.write_bytes(data)
    page.goto(path.as_uri())
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_written_anew_looks_the_same(page, tmp_path, name):
    drawing = DRAWINGS[name].encode()
    before = show(page, tmp_path / "a.svg", drawing)
    after = show(page, tmp_path / "b.svg", rewrite_drawing(drawing))

    assert ImageChops.difference(before, after).getbbox() is None
    # Something is drawn.
    assert len(before.getcolors(1 << 20)) > 2


def test_no_drawing_that_passes_runs_a_script(page, tmp_path):
    passed = 0
    for number, drawing in enumerate(HOSTILE):
        try:
            written = rewrite_drawing(drawing.encode())
        except PictureError:
            continue
        passed += 1
        show(page, tmp_path / f"{number}.svg", written)
        assert page.evaluate("document.title") != "ran"
    assert passed > 3
