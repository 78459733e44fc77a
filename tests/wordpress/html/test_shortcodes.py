import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.wordpress.html.shortcodes import Shortcode, split_shortcodes

NAMES = {"gallery", "caption", "youtube", "contact-form-7"}


def split(text):
    return list(split_shortcodes(text, NAMES))


def read(text):
    (code,) = split(text)
    return code


@pytest.mark.parametrize(
    "text",
    "|Bonjour|[1]|[...]|[…]|[mod 8]|[voir plus]|[Note]|[gallery|[[|[]|[galleries]|[gallery-2]|"
    "[/gallery]|[gallery a [1]".split("|"),
)
def test_brackets_of_a_writer_are_text(text):
    assert "".join(split(text)) == text


def test_a_shortcode_is_found_in_its_text():
    assert split("Voir [gallery] ici.") == [
        "Voir ",
        Shortcode(name="gallery", attributes={}, values=(), content=None, raw="[gallery]"),
        " ici.",
    ]


def test_a_name_is_in_lower_case():
    assert read("[Contact-Form-7]").name == "contact-form-7"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param('"Le port"', "Le port", id="quotes"),
        pytest.param("'Le port'", "Le port", id="apostrophes"),
        pytest.param("port", "port", id="nothing"),
        pytest.param("80%/2", "80%/2", id="nothing, with signs"),
        pytest.param('""', "", id="an empty value"),
        pytest.param("&quot;Le port&quot;", "Le port", id="an entity"),
        pytest.param("&#039;Le port&#039;", "Le port", id="a number"),
        pytest.param("&#8221;Le port&#8243;", "Le port", id="numbers that differ"),
        pytest.param("”Le port”", "Le port", id="curly quotes"),
        pytest.param("“Le port″", "Le port", id="curly quotes that differ"),
        pytest.param("’L’été’", "L’été", id="curly apostrophes, one inside"),
        pytest.param("«\u00a0Le port\u00a0»", "Le port", id="guillemets"),
        pytest.param('"Dit « ok »"', "Dit « ok »", id="guillemets inside quotes"),
        pytest.param('"Le <em>port</em>"', "Le <em>port</em>", id="HTML"),
        pytest.param('"Le port [1] [sic]"', "Le port [1] [sic]", id="brackets in pairs"),
        pytest.param('"Le\nport"', "Le\nport", id="two lines"),
    ],
)
def test_a_value_may_be_written_with(written, value):
    code = read(f"[gallery title={written} ids='1,2']")

    assert code.attributes == {"title": value, "ids": "1,2"}
    assert code.values == ()


@pytest.mark.parametrize(
    ("text", "attributes", "values"),
    [
        ("[youtube https://y.fr/?v=a&b=1]", {}, ("https://y.fr/?v=a&b=1",)),
        ("[youtube=https://y.fr/?v=a&b=1]", {}, ("https://y.fr/?v=a&b=1",)),
        ('[youtube 123 "Le port" W=640]', {"w": "640"}, ("123", "Le port")),
        ("[gallery ids = '1']", {"ids": "1"}, ()),
        ("[gallery\n\u00a0ids=1\u200b]", {"ids": "1"}, ()),
        ("[gallery ids='1'size='2']", {"ids": "1", "size": "2"}, ()),
        ("[gallery ids=]", {}, ("ids=",)),
    ],
)
def test_what_follows_a_name_is_read(text, attributes, values):
    code = read(text)

    assert (code.attributes, code.values) == (attributes, values)
    assert code.raw == text


def test_a_quote_that_is_never_closed_ends_with_the_bracket():
    code, text = split('[gallery ids="1] Le "port" [2]')

    assert code.values == ()
    assert code.attributes == {"ids": '"1'}
    assert text == ' Le "port" [2]'


@pytest.mark.parametrize(
    ("text", "content", "raw"),
    [
        ("[caption]a [1]\nb[/caption]", "a [1]\nb", "[caption]a [1]\nb[/caption]"),
        ("[caption][/caption]", "", "[caption][/caption]"),
        ("[Caption]a[/captioN]", "a", "[Caption]a[/captioN]"),
        ("[caption]a[gallery]", None, "[caption]"),
        ("[caption]a[/gallery]", None, "[caption]"),
        ("[caption /]a[/caption]", None, "[caption /]"),
        ("[caption a=1/]a[/caption]", None, "[caption a=1/]"),
        (
            "[caption]a[caption]b[/caption]c[/caption]",
            "a[caption]b",
            "[caption]a[caption]b[/caption]",
        ),
    ],
)
def test_a_shortcode_encloses_what_precedes_its_first_end(text, content, raw):
    code = split(text)[0]

    assert (code.content, code.raw) == (content, raw)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Écrivez [[gallery]].", "Écrivez [gallery]."),
        ("[[gallery ids='1' /]]", "[gallery ids='1' /]"),
        ("[[caption]a[/caption]]", "[caption]a[/caption]"),
        ("[[caption]] puis [[/caption]]", "[caption] puis [[/caption]]"),
    ],
)
def test_a_shortcode_in_two_brackets_is_shown(text, shown):
    assert "".join(split(text)) == shown


@pytest.mark.parametrize("text", ["[[gallery]", "[gallery]]", "[gallery]]["])
def test_a_bracket_too_many_is_text(text):
    assert [getattr(piece, "raw", "text") for piece in split(text)].count("[gallery]") == 1
    assert "".join(getattr(piece, "raw", piece) for piece in split(text)) == text


PIECES = st.sampled_from(
    "Le port|été|[1]|[…]|\"|”|'|[gallery|[caption|[/caption]|[caption]|[gallery ids=“1”]|"
    '[youtube "a [b] c"]|[youtube=https://y.fr/]|ids=|]|/]'.split("|")
)


@given(st.lists(PIECES).map(" ".join))
def test_no_sign_is_lost(text):
    assert "".join(getattr(piece, "raw", piece) for piece in split(text)) == text


@given(st.lists(st.sampled_from(["port ", "[1]", "[[gallery]]", "[[caption a='b']c[/caption]]"])))
def test_an_escape_loses_two_brackets_and_nothing_else(pieces):
    shown = [piece[1:-1] if piece.startswith("[[") else piece for piece in pieces]

    assert "".join(split("".join(pieces))) == "".join(shown)
