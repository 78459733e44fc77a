import datetime as dt

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from archivist.dates.edtf import read_edtf
from archivist.dates.french import list_times, mark_up_date, spell_date


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2017-11", "novembre 2017"),
        ("2018-22", "été 2018"),
        ("2017-11/2018-05", "entre novembre 2017 et mai 2018"),
        ("2018-06~", "vers juin 2018"),
        ("2018-08-01", "1er août 2018"),
        ("2018-08-11", "11 août 2018"),
        ("2018-08-21", "21 août 2018"),
        ("2018", "2018"),
        ("2017-XX", "2017"),
        ("201X", "années 2010"),
        # -- spans
        ("2017-07/2017-09", "entre juillet et septembre 2017"),
        ("2017-07-12/2017-09-30", "entre le 12 juillet et le 30 septembre 2017"),
        ("2017-07-01/2017-07-12", "entre le 1er et le 12 juillet 2017"),
        ("2017-12-30/2018-01-02", "entre le 30 décembre 2017 et le 2 janvier 2018"),
        ("2018-21/2018-23", "entre le printemps et l’automne 2018"),
        ("2016/2018", "entre 2016 et 2018"),
        ("2018-06/2018", "entre juin 2018 et 2018"),
        ("20XX", "années 2000 à 2090"),
        ("2018-05/2018-05", "mai 2018"),
        # -- open ends
        ("2017-11/..", "à partir de novembre 2017"),
        ("2017-08/", "à partir d’août 2017"),
        ("2017-08-01/", "à partir du 1er août 2017"),
        ("2018-22/..", "à partir de l’été 2018"),
        ("../2018-05", "jusqu’en mai 2018"),
        ("/2018-05-12", "jusqu’au 12 mai 2018"),
        ("../2018-22", "jusqu’à l’été 2018"),
        # -- doubts
        ("2018-06?", "juin 2018 (date incertaine)"),
        ("2018-06%", "vers juin 2018 (date incertaine)"),
        ("2018-06-22~", "vers le 22 juin 2018"),
        ("2018-06~/2018-08", "entre juin 2018 environ et août 2018"),
    ],
)
def test_a_date_is_spelled_as_a_french_reader_expects(edtf, words):
    assert spell_date(read_edtf(edtf)) == words


@pytest.mark.parametrize(
    ("edtf", "machine_forms"),
    [
        ("2018-08-01", ["2018-08-01"]),
        ("2017-11", ["2017-11"]),
        ("2018-22", ["2018"]),
        ("2017-07/2017-09", ["2017-07", "2017-09"]),
        ("../2018-05", ["2018-05"]),
        ("201X", []),
    ],
)
def test_the_time_element_holds_what_is_known_and_no_more(edtf, machine_forms):
    times = BeautifulSoup(str(mark_up_date(read_edtf(edtf))), "lxml").select("time")

    assert [time["datetime"] for time in times] == machine_forms


leaves = st.from_regex(
    r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?|20[0-9]{2}-2[1-4]",
    fullmatch=True,
)


@given(leaves)
def test_marked_up_and_plain_words_are_the_same(edtf):
    date = read_edtf(edtf)

    assert BeautifulSoup(str(mark_up_date(date)), "lxml").get_text() == spell_date(date)


@pytest.mark.parametrize(
    ("edtf", "times"),
    [
        ("2018-07-12", "2018, 12 juillet 2018, juillet 2018, été 2018"),
        ("2018-06~", "2018, juin 2018, été 2018"),
        ("2018-22", "été 2018, 2018"),
        ("2018", "2018"),
        ("2017-12/2018-01", "2017, 2018, décembre 2017, hiver 2017, janvier 2018, hiver 2018"),
        ("2017/..", "2017"),
        ("201X", ""),
    ],
)
def test_a_date_is_found_by_all_that_readers_may_call_it(edtf, times):
    assert ", ".join(list_times(read_edtf(edtf))) == times


@given(st.dates(min_value=dt.date(1, 1, 1)), st.integers(0, 10**6))
def test_a_long_span_has_few_names(first, days):
    last = min(first.toordinal() + days, dt.date.max.toordinal())
    span = f"{first.isoformat()}/{dt.date.fromordinal(last).isoformat()}"

    assert len(list_times(read_edtf(span))) < 60
