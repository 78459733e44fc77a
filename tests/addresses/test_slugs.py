import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.addresses.slugs import is_slug, to_slug

CASES = json.loads((Path(__file__).parent.parent / "data/slugs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("title", "slug"), CASES)
def test_a_title_gives_the_address_wordpress_gave_it(title, slug):
    assert to_slug(title) == slug


@given(st.text())
def test_a_slug_is_ascii_and_its_own_slug(text):
    slug = to_slug(text)

    assert slug.isascii()
    assert to_slug(slug) == slug


@pytest.mark.parametrize("name", ["retour", "retour-2", "snake_case", "2018"])
def test_a_slug_can_name_a_file(name):
    assert is_slug(name)


@pytest.mark.parametrize(
    "name", ["", "Retour", "été", "a b", "a.txt", "-a", "a-", "a\n", "a#b", "a%20b"]
)
def test_anything_else_cannot_name_a_post(name):
    assert not is_slug(name)
