"""A list of the old blog, made again from its posts, reads word for word as it did."""

import re
from pathlib import Path

import pytest

LISTING = (Path(__file__).parent.parent / "data/liste-cnfpt.txt").read_text(encoding="utf-8")
MORE = re.compile(r"\s?Continuer la lecture de «\xa0.*?\xa0»\s*")


def posts_of(listing):
    """Yield title and excerpt of each post, in the order of the list."""
    for text in MORE.split(listing):
        title, _, excerpt = text.strip(" \n").partition("\n")
        if title:
            yield title, excerpt.strip("\n")


def gaps(text):
    """Return the words of *text*, and after each the white space that follows it."""
    parts = re.split(r"(\s+)", text.strip())
    return parts[::2], parts[1::2]


def can_break(gap):
    return bool(re.sub("[\u00a0\u202f]", "", gap))


@pytest.fixture
def listed(make_site, make_post):
    """The text of the list, dates and labels aside."""
    posts = list(posts_of(LISTING))
    site = make_site(
        {
            f"2018/billet-{number}.md": make_post(
                title=title,
                body=f"{excerpt}\n\n<!-- more -->\n\nLa suite.",
                date=f"2018-01-{31 - number}",
                tags="CNFPT",
            )
            for number, (title, excerpt) in enumerate(posts)
        }
    )
    page = site.page("tag/cnfpt/index.html")
    for element in page.select(".entry-about, .entry-category"):
        element.decompose()
    return "\n".join(entry.get_text() for entry in page.select(".entry"))


def test_every_word_is_there_in_order(listed):
    assert gaps(listed)[0] == gaps(LISTING)[0]


def test_no_line_can_break_where_it_could_not(listed):
    words, ours = gaps(listed)
    _, theirs = gaps(LISTING)

    broken = [
        words[position]
        for position, (our, their) in enumerate(zip(ours, theirs, strict=True))
        if can_break(our) and not can_break(their)
    ]
    assert broken == []
    assert sum(not can_break(gap) for gap in theirs) > 10
