"""A comment was written after its post, and not in another century."""

import datetime as dt

import pytest

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive

BEFORE = "est avant le billet, du 2018-06-22 : vérifiez l’une et l’autre."
AHEAD = "est dans plus d’un an : vérifiez l’année."
LATE = "est trente ans après le billet : vérifiez l’année."
TODAY = dt.date(2027, 1, 15)


def write_comments(*days):
    return "".join(f"- author: Anne\n  date: {day}\n  text: Oui.\n" for day in days)


@pytest.fixture
def check_days(make_docs, make_post):
    """Return a function from days of comments, and fields of their post, to the problems."""

    def run(*days, today=None, **fields):
        files = {"2018/x.md": make_post(**fields), "2018/x.comments.yml": write_comments(*days)}
        problems = check_archive(read_archive(make_docs(files)), today)
        return [str(each).removeprefix("docs/posts/2018/x.comments.yml:") for each in problems]

    return run


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2018-06-22", "2018-06-22T00:30:00", "2019-01-01", "2027-01-14"], []),
        # Clocks of two zones.
        (["2018-06-21", "2018-06-21T23:59:00-11:00"], []),
        (["2018-06-20", "2018-06-23"], [f"2: « date: 2018-06-20 » {BEFORE}"]),
        (["1990-01-01T12:00:00Z"], [f"2: « date: 1990-01-01 » {BEFORE}"]),
        (["2018-06-23", "2098-01-01"], [f"5: « date: 2098-01-01 » {AHEAD}"]),
    ],
)
def test_a_day_that_cannot_be_is_told_with_its_line(check_days, days, told):
    assert check_days(*days, today=TODAY) == told


def test_where_the_day_of_the_build_is_not_known_the_post_tells(check_days):
    assert check_days("2027-01-14") == []
    assert check_days("2098-01-01") == [f"2: « date: 2098-01-01 » {LATE}"]


def test_replies_are_looked_at_too(check, make_post):
    reply = "  replies:\n    - author: Zoé\n      date: 2098-01-01\n      text: Oui.\n"
    files = {"2018/x.md": make_post(), "2018/x.comments.yml": write_comments("2018-06-23") + reply}

    assert check(files) == [f"docs/posts/2018/x.comments.yml:6: « date: 2098-01-01 » {LATE}"]


def test_a_post_whose_day_is_not_known_may_be_older_than_its_date(check_days):
    assert check_days("2018-01-05", date_edtf="2018") == []
