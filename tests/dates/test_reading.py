"""A day is read however it is written, where it can mean no other."""

import datetime as dt

import pytest

from archivist.dates.edtf import DateError, read_day
from archivist.dates.reading import list_days, read_any_day

DAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-20", "2026/11/20", "2026.11.20", "2026 11 20", "20261120"),
        *("20/11/2026", "20-11-2026", "20.11.2026", "20 / 11 / 2026", "11/20/2026"),
        *("20 novembre 2026", "20 Novembre 2026", "20 NOV. 2026", "le 20 nov 2026"),
        *("vendredi 20 novembre 2026", "ven. 20 nov. 2026", "vendredi 20/11/2026"),
        *("Nov 20, 2026", "November 20th, 2026", "20 Nov 2026", "20-Nov-2026", "2026, Nov 20"),
        *("Friday, November 20, 2026", "the 20th of November 2026", "@November 20, 2026"),
        *("Fri, 20 Nov 2026 09:00:00 +0100", "Fri, 20 Nov 2026 09:00:00 GMT"),
        *("Fri Nov 20 09:00:00 CET 2026", "Fri Nov 20 2026 09:00:00 GMT+0100 (CET)"),
        *("2026-11-20T09:00:00.000Z", "2026-11-20T09:00:00+01:00", "2026-11-20 09:00:00 +0100"),
        *("2026-11-20T09:00:00+01:00[Europe/Paris]", "2026-11-20 9:00", "2026-11-20 09:00 UTC"),
        *("20/11/2026 10:30", "20/11/2026 à 10h30", "20 novembre 2026 à 10 h 30", "20/11/2026, 9h"),
        *("November 20, 2026 9:00 AM", "20 novembre 2026 09:00"),
    ],
)
def test_a_day_is_read_in_any_form(text):
    assert read_any_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er novembre 2026", dt.date(2026, 11, 1)),
        ("1ᵉʳ août 2018", dt.date(2018, 8, 1)),
        ("3 fevrier 2018", dt.date(2018, 2, 3)),
        ("5/5/2018", dt.date(2018, 5, 5)),
        ("mar. 20 nov. 2018", dt.date(2018, 11, 20)),
        ("Mar 20, 2018", dt.date(2018, 3, 20)),
        ("12 juil. 2018", dt.date(2018, 7, 12)),
    ],
)
def test_months_are_read_by_their_beginning(text, day):
    assert read_any_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        *(
            "05/06/2018",
            "5.6.2018",
            "20/11/26",
            "20 nov 26",
            "20 jui 2018",
            "novembre 2026",
            "2026",
        ),
        *("hier", "", "31 novembre 2026", "2026-02-30", "30/02/2026", "20 brumaire 2026"),
        *("jeudi 20 novembre 2026", "20 novembre 2026 (brouillon)", "2018-06-22/2018-06-25"),
        *("1" * 5000, "20 novembre 2026" + " " * 5000 + "x", "٢٠/١١/٢٠٢٦"),
    ],
)
def test_nothing_is_guessed(text):
    assert read_any_day(text) is None


def test_each_day_that_a_text_may_mean_is_told():
    assert list_days("05/06/2018") == ["2018-06-05", "2018-05-06"]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-20T09:05:00.000Z", "2026-11-20T09:05:00.123456+01:00", "2026-11-20T09:05Z"),
        *("2026-11-20 9:05", "2026-11-20 09:05:00 UTC", "2026-11-20t09:05:00z"),
        *("2026-11-20T09:05:00+01", "2026-11-20 09:05:00 -0500", "2026-11-20T09:05:00,5Z"),
    ],
)
def test_a_moment_of_iso_8601_needs_no_change(text):
    assert read_day(text) == dt.datetime(2026, 11, 20, 9, 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20/11/2026", "la date « 20/11/2026 » s’écrit ici autrement : écrivez 2026-11-20."),
        (
            "05/06/2018",
            "la date « 05/06/2018 » se lit de plusieurs façons : écrivez 2018-06-05 ou 2018-05-06.",
        ),
        (
            "31 novembre 2026",
            "la date « 31 novembre 2026 » n’existe pas : vérifiez le jour et le mois.",
        ),
        (
            "20/11/26",
            "la date « 20/11/26 » n’est pas lisible : écrivez AAAA-MM-JJ, par exemple 2018-06-22.",
        ),
    ],
)
def test_a_date_written_otherwise_is_told_as_it_is_to_be_written(text, told):
    with pytest.raises(DateError) as found:
        read_day(text)
    assert str(found.value) == told
