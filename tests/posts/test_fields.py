import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.errors import FileError
from archivist.syntax.yaml import read_fields


def test_values_stay_as_typed():
    fields = read_fields("date: 2018-13-40\ntags: [no, 1e3, 'l''été']\nopen: yes")

    assert fields["date"].text == "2018-13-40"
    assert [item.text for item in fields["tags"].items] == ["no", "1e3", "l'été"]
    assert fields["open"].text == "yes"


def test_each_value_knows_its_line():
    fields = read_fields("date: 2018-01-01\ntags:\n  - un\n  - deux\n", first_line=2)

    assert fields["date"].line == 2
    assert fields["tags"].line == 3
    assert [item.line for item in fields["tags"].items] == [4, 5]


def test_a_decomposed_accent_is_composed():
    assert read_fields("tags: e\u0301te\u0301")["tags"].text == "été"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("une phrase", 1, "clé: valeur"),
        ("a: 1\nb: 'ouvert\n", 2, "illisible"),
        ("a: 1\n\tb: 2", 2, "illisible"),
        ("a: *x", 1, "ont un sens en YAML"),
        ("a: 1\nb: 2\na: 3", 3, "« a » est déjà donnée ligne 1"),
        ("a: [1, [2]]", 1, "valeur simple"),
        ("? [a, b]\n: c", 1, "valeur simple"),
        ("a: \x00", 1, "caractère"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text, line, message):
    with pytest.raises(FileError, match=message) as caught:
        read_fields(text)

    assert caught.value.line == line


@given(st.text() | st.text(alphabet="ab:-[]{},'\"\n #&*!|>%@`?\t"))
def test_no_text_crashes_the_reader(text):
    try:
        read_fields(text)
    except FileError as error:
        assert error.line >= 1
