"""What a spreadsheet opens of the posts is text, whatever a post says."""

import csv
import re

import pytest

from archivist.site.files.data import keep_from_counting, list_fields, write_csv

# As the page of the data says: an apostrophe before what would be a formula.
OURS = re.compile(r"""(^|[;\t\r\n])'(?=(?:[^\S\t\r\n]|["\ufeff])*'*[\t\r=+\-@＝＋－＠])""")
FORMULAS = [
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", "-", "+33 6"),
    *(" =1", "\u00a0=1", '"=1"', "'=1", "''=1", "\ufeff=1", 'a;"=1', "a; =1", "a\t=1", "a\n-1"),
    '=HYPERLINK("https://evil.example/","Cliquez")', "-2+3+cmd|' /C calc'!A0",
]  # fmt: skip
PLAIN = [
    *("", "a", "a=b", "l’an -5", "-5", "+5", "-1,5", "2018-06-22", "2018-06~", "1+1", "a ; b"),
    *("'a", "« = »", "https://exemple.fr/?a=1;b=2", "posts/2018/billet"),
]


def cells_of(row, sign):
    """Return the cells that a spreadsheet may see which parts them by *sign*."""
    return [each.lstrip(' "\u00a0\ufeff') for each in row.split(sign)]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_kept_from_being_one_and_can_be_had_again(cell):
    shown = keep_from_counting(cell)

    for sign in ";\t\n\r":
        assert not any(re.match(r"[=+\-@＝＋－＠]", each) for each in cells_of(shown, sign))
    assert shown[0] not in "\t\r"
    assert OURS.sub(r"\1", shown) == cell


@pytest.mark.parametrize("cell", PLAIN)
def test_what_is_no_formula_stays(cell):
    assert keep_from_counting(cell) == cell


def test_no_cell_of_the_table_is_a_formula():
    billet = {field.name: "=1+1" for field in list_fields()}
    billet |= {"etiquettes": ["=1+1", "x"], "mots": 12, "extrait": True}

    head, *rows = csv.reader(write_csv([billet]).decode("utf-8-sig").splitlines())

    assert not any(cell.startswith("=") for row in rows for cell in row)
    told = dict(zip(head, rows[0], strict=True))
    assert (told["titre"], told["etiquettes"], told["mots"]) == ("'=1+1", "'=1+1|x", "12")
    assert told["extrait"] == "vrai"


def test_the_page_of_the_data_says_so(sink_site):
    assert "une apostrophe devant ce qu’un tableur" in sink_site.page("donnees/index.html").text
