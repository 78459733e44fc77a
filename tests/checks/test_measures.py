"""A text is measured before it is cut up; what people write is far below."""

import pytest

from archivist.errors import FileError
from archivist.syntax.limits import check_measures


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n" * 3_000, 3_000, "3001 lignes, 3000 au plus"),
        ("a\n" + "b" * 8_001, 2, "ligne de 8001 signes"),
        ("a\n\n" + "[\n" * 1_501, 3, "trop de signes de Markdown"),
        ("*a*\n\n" * 1_400 + ("`" * 1_500 + "\n\n") * 2, 2_803, "trop de signes de Markdown"),
    ],
)
def test_more_than_a_post_holds_is_told_where_it_is(text, line, message):
    with pytest.raises(FileError, match=message) as caught:
        check_measures(text)

    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * 2_999,
        "b" * 8_000,
        "| [a](b.md) | *c* |\n" * 160,
        "**a** et _b_, `c` [d](e.md)\n\n" * 400,
    ],
)
def test_a_long_post_passes(text):
    check_measures(text)
