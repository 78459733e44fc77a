import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.dates.edtf import DateError, Leaf, read_day, read_edtf, write_edtf


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-06-22", dt.datetime(2018, 6, 22)),
        ("2018-06-22 10:30", dt.datetime(2018, 6, 22, 10, 30)),
        ("2018-06-22T10:30:05", dt.datetime(2018, 6, 22, 10, 30, 5)),
        # The day stays the one the author's clock showed.
        ("2018-06-22T23:30:00+02:00", dt.datetime(2018, 6, 22, 23, 30)),
        ("2018-06-22T00:30:00Z", dt.datetime(2018, 6, 22, 0, 30)),
    ],
)
def test_a_day_is_read_as_iso(text, moment):
    assert read_day(text) == moment


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2018", "date_edtf: 2018"),
        ("2018-06", "date_edtf: 2018-06"),
        ("2018-13-40", "n’existe pas"),
        ("2019-02-29", "n’existe pas"),
        ("22/06/2018", "écrivez 2018-06-22"),
        ("22-06-2018", "écrivez 2018-06-22"),
        ("06/22/2018", "écrivez 2018-06-22"),
        ("5 janvier 2018", "écrivez 2018-01-05"),
        ("1er juin 2018", "écrivez 2018-06-01"),
        ("22/06/18", "AAAA-MM-JJ"),
        ("99999-01-01", "AAAA-MM-JJ"),
        ("hier", "AAAA-MM-JJ"),
        ("", "AAAA-MM-JJ"),
    ],
)
def test_what_is_no_day_says_what_to_write(text, advice):
    with pytest.raises(DateError, match=advice):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("2018", ["2018-01-01", "2018-12-31"], ["2017-12-31", "2019-01-01"]),
        ("2018-06", ["2018-06-01", "2018-06-30"], ["2018-05-31", "2018-07-01"]),
        ("2016-02", ["2016-02-29"], ["2016-03-01"]),
        ("9999-12", ["9999-12-31"], ["2018-01-01"]),
        ("2018-06-22", ["2018-06-22"], ["2018-06-21"]),
        ("2018-22", ["2018-07-14"], ["2017-07-14", "2018-01-15"]),
        ("201X", ["2010-01-01", "2019-12-31"], ["2009-12-31", "2020-01-01"]),
        ("2017-11-XX", ["2017-11-30"], ["2017-12-01"]),
        ("2017-11/2018-05", ["2017-11-01", "2018-05-31"], ["2017-10-31", "2018-06-01"]),
        ("2017-11/..", ["2030-01-01"], ["2017-10-31"]),
        ("/2018-05", ["1990-01-01"], ["2018-06-01"]),
        ("2018-06~", ["2018-07-03"], []),
    ],
)
def test_an_edtf_date_admits_the_days_it_may_be(text, inside, outside):
    date = read_edtf(text)

    assert all(date.admits(dt.date.fromisoformat(day)) for day in inside)
    assert not any(date.admits(dt.date.fromisoformat(day)) for day in outside)


@pytest.mark.parametrize(
    "text",
    ["", "été 2018", "2018-13", "2018-02-30", "2018-05/2017-11", "..", "../..", "/", "2017/2018/2019",
     "[2017..2018]", "Y17000", "-0050", "0000", "2018-~06", "2018-06-22T10:00:00",
     "2018-25", "2018-22~", "2018-22-XX", "201X-22", "201X-06~", "//..", "2017//..", "2018-41", "2018-XX-15", "2018-23/2018-06"],
)  # fmt: skip
def test_what_is_no_edtf_of_level_1_is_refused(text):
    with pytest.raises(DateError):
        read_edtf(text)


@given(st.text() | st.text(alphabet="0123456789-/X~?%.TZ: +"))
def test_no_text_crashes_the_readers(text):
    for read in (read_day, read_edtf):
        try:
            read(text)
        except DateError as error:
            assert str(error)


@pytest.mark.parametrize(
    "text",
    ["2018-02-29", "2017-02-29~", "2018-02-30", "2018-04-31?", "1900-02-29%", "2018-13",
     "2017/2018-02-29", "2018-02-29/..", "199X-02-30"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_no_edtf_date(text):
    with pytest.raises(DateError, match=r"n’existe pas : vérifiez le jour et le mois\."):
        read_edtf(text)


@pytest.mark.parametrize(
    "text", ["0000", "000X", "0000-01-01", "2018-00", "2018-06-00", "2018-02-2X?"]
)
def test_what_no_calendar_has_is_no_edtf_date(text):
    with pytest.raises(DateError):
        read_edtf(text)


def exists(year, month, day):
    try:
        return bool(dt.date(year, month or 1, day or 1))
    except ValueError:
        return False


parts = st.integers(-1, 40)


@given(
    st.integers(-1, 10_000),
    parts,
    parts,
    st.sampled_from([0, 21, 22, 23, 24]),
    st.sampled_from([1, 10, 100]),
)
def test_a_date_is_in_the_calendar_or_cannot_be_made(year, month, day, season, years):
    first = year - year % years
    try:
        leaf = Leaf(year=first, month=month, day=day, season=season, years=years)
    except DateError:
        assert not exists(first, month, day) or (day and not month) or (season and month)
    else:
        assert exists(first, month, day)
        assert dt.date(first, month or leaf.earliest.month, day or 1) == leaf.earliest
        assert leaf.earliest <= leaf.latest


@given(
    st.from_regex(
        r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/([0-9]{4}(-[0-9]{2}){0,2})?)?", fullmatch=True
    )
)
def test_a_date_that_is_read_is_written_the_same(text):
    try:
        date = read_edtf(text)
    except DateError:
        return
    unknown = text.replace("-XX", "")
    assert write_edtf(date) == (f"{unknown}.." if unknown.endswith("/") else unknown)
