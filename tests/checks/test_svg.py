import pytest

DANGER = "9: l’image « billet/plan.svg » contient {} : enregistrez-la en PNG."
INKSCAPE = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="210mm" viewBox="0 0 210 297" inkscape:version="1.3" sodipodi:docname="plan.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <sodipodi:namedview pagecolor="#fff"><inkscape:grid type="xygrid" /></sodipodi:namedview>
  <metadata><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>
    <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage" /></cc:Work></rdf:RDF></metadata>
  <defs><linearGradient id="a"><stop style="stop-color:#000" offset="0" /></linearGradient></defs>
  <g inkscape:label="Calque 1" inkscape:groupmode="layer">
    <path style="fill:url(#a);font-family:'DejaVu Sans'" d="M 0,0 L 1,1" sodipodi:nodetypes="cc" />
    <text xml:space="preserve"><tspan sodipodi:role="line">« Été » : R&amp;D</tspan></text>
    <use xlink:href="#a" /></g>
</svg>
"""
EFFECT = '<inkscape:path-effect effect="spiro" />'


def draw(inside="", attributes="", before=""):
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"'
        f' xmlns:h="http://www.w3.org/1999/xhtml" {attributes}>{inside}</svg>'
    )


@pytest.fixture
def check_drawing(check, make_post):
    """Return a function from a drawing to the problems of a post that uses it."""

    def run(data, body="![x](billet/plan.svg)"):
        problems = check({"2018/billet.md": make_post(body=body), "2018/billet/plan.svg": data})
        return [problem.removeprefix("docs/posts/2018/billet.md:") for problem in problems]

    return run


@pytest.mark.parametrize(
    "drawing",
    [
        INKSCAPE,
        INKSCAPE.replace("<defs>", f"<defs>{EFFECT}"),
        draw('<rect fill="url(#a)" style="stroke: URL(#b)"/><use href="#a"/><use x:href="#a"/>'),
        draw("""<rect fill="url( #a )"/><rect fill="url('#a')"/><rect style='fill:url("#a")'/>"""),
        draw("<title>Un plan</title><desc>@import, javascript: et url(x)</desc>"),
        draw("<text>Été</text>", before='<?xml version="1.0"?>\n<!-- x -->'),
        draw("<text>Été</text>", before='<?xml version="1.0" encoding="utf-8"?>').encode(
            "utf-8-sig"
        ),
        INKSCAPE.replace("inkscape:label=", r"inkscape:export-filename='C:\a' inkscape:label="),
        draw("".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(100))),
        draw("<rect/>" * 20_000),
    ],
)
def test_a_drawing_passes(check_drawing, drawing):
    assert check_drawing(drawing) == []


@pytest.mark.parametrize(
    ("drawing", "danger"),
    [
        (draw("<script>alert(1)</script>"), "l’élément <script>"),
        (draw("<h:script>alert(1)</h:script>"), "l’élément <script>"),
        (draw("<metadata><g><script/></g></metadata>"), "l’élément <script>"),
        (draw("<foreignObject/>"), "l’élément <foreignObject>"),
        (draw("<h:p>x</h:p>"), "l’élément <p>"),
        (draw('<a x:href="https://x.fr"/>'), "l’élément <a>"),
        (draw('<image href="x.png"/>'), "l’élément <image>"),
        (draw("<style>@import url(https://x.fr)</style>"), "l’élément <style>"),
        (draw("<animate/>"), "l’élément <animate>"),
        ("<svg/>", "l’élément <svg>"),
        ("<html/>", "l’élément <html>"),
        (draw(attributes='onload="x()"'), "l’attribut « onload »"),
        (draw('<g><rect ONCLICK="x()"/></g>'), "l’attribut « onclick »"),
        (draw('<use x:href="https://x.fr#a"/>'), "l’attribut « href », qui charge autre chose"),
        (draw('<use href="javascript:x()"/>'), "l’attribut « href », qui charge autre chose"),
        (draw('<g xml:base="https://x.fr"/>'), "l’attribut « base », qui charge autre chose"),
        (draw('<rect fill="url(https://x.fr)"/>'), "l’attribut « fill », qui charge autre chose"),
        (draw('<rect style="fill:URL(//x.fr)"/>'), "l’attribut « style », qui charge autre chose"),
        (draw('<rect style="@import x"/>'), "l’attribut « style », qui charge autre chose"),
        (draw('<rect style="fill:u\\72l(x)"/>'), "l’attribut « style », qui charge autre chose"),
        (draw(before="<!DOCTYPE svg>"), "un <!DOCTYPE>"),
        (draw("&x;", before='<!DOCTYPE svg [<!ENTITY x "y">]>'), "un <!DOCTYPE>"),
        (draw('<?xml-stylesheet href="x"?>'), "une instruction de traitement"),
        (draw(before='<?xml-stylesheet href="x"?>'), "une instruction de traitement"),
        (draw() + '<?xml-stylesheet href="x"?>', "une instruction de traitement"),
        (draw("&x;"), "un fichier abîmé"),
        (draw("<rect/>")[:-4], "un fichier abîmé"),
        ("", "un fichier abîmé"),
        (b"\x89PNG", "un fichier abîmé"),
        (draw("<rect/>" * 20_001), "trop d’éléments"),
        (draw(f"<!--{'x' * 500_000}-->"), "plus d’un demi-mégaoctet"),
    ],
)
def test_an_image_that_is_more_than_a_drawing_is_told(check_drawing, drawing, danger):
    assert check_drawing(drawing) == [DANGER.format(danger)]


# What iconv reads as one letter of two bytes, the second of which ends a CDATA for browsers.
JOHAB = draw(
    "<desc><![CDATA[\N{CJK UNIFIED IDEOGRAPH-4E25}]]></desc><script>x()</script><desc><![CDATA[x]]></desc>"
)


@pytest.mark.parametrize(
    "encoding",
    ["JOHAB", "CP1361", "BIG5", "GB18030", "SHIFT_JIS", "EUC-KR", "UTF-7", "UTF-16", "ISO-8859-1"],
)
@pytest.mark.parametrize("drawing", [JOHAB, draw("<rect/>")])
def test_a_drawing_is_read_as_utf_8_or_not_at_all(check_drawing, drawing, encoding):
    declared = f"<?xml version='1.0' encoding='{encoding}'?>"

    told = f"est écrite en « {encoding} » : enregistrez-la en UTF-8, ou en PNG."
    assert check_drawing(declared + drawing) == [f"9: l’image « billet/plan.svg » {told}"]
    assert check_drawing(JOHAB) == [DANGER.format("l’élément <script>")]


def test_a_drawing_in_another_encoding_that_it_does_not_say_is_told(check_drawing):
    for drawing in (draw("<text>Été</text>").encode("latin-1"), draw().encode("utf-16")):
        assert check_drawing(drawing) == [DANGER.format("un fichier abîmé")]


def test_a_drawing_that_shows_itself_without_end_is_told(check_drawing):
    parts = (f'<g id="a{n}">{f"""<use href="#a{n + 1}"/>""" * 10}</g>' for n in range(9))
    fills = (
        f'<pattern id="a{n}">{f"""<rect fill="url(#a{n + 1})"/>""" * 10}</pattern>'
        for n in range(9)
    )

    for drawing in (draw("".join(parts)), draw("".join(fills))):
        assert check_drawing(drawing) == [DANGER.format("trop de copies d’elle-même")]


@pytest.mark.parametrize(
    "body", ["```{figure} billet/plan.svg\n:alt: x\n```", "![x][y]\n\n[y]: billet/plan.svg"]
)
def test_a_drawing_is_looked_at_wherever_it_is_shown(check_drawing, body):
    assert check_drawing(draw("<script/>"), body) == [DANGER.format("l’élément <script>")]


def test_a_drawing_that_is_linked_to_is_looked_at(check_drawing):
    assert check_drawing(draw("<script/>"), "[le plan](billet/plan.svg)") != []
