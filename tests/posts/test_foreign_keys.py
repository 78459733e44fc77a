"""Keys of other tools are known by their names, however they are written."""

import pytest

from archivist.posts.fields import FIELDS
from archivist.posts.foreign_keys import TITLE, find_foreign, list_foreign_keys


@pytest.mark.parametrize(
    ("key", "ours"),
    [
        *(("permalink", "redirect"), ("aliases", "redirect"), ("redirect_from", "redirect")),
        *(("lastmod", "updated"), ("last_modified_at", "updated"), ("date-modified", "updated")),
        *(("Mots-clés", "tags"), ("keywords", "tags"), ("MOTS CLÉS", "tags")),
        *(("description", "summary"), ("excerpt", "summary"), ("titre", TITLE), ("title", TITLE)),
        *(
            ("published", "draft"),
            ("publish", "draft"),
            ("status", "draft"),
            ("brouillon", "draft"),
        ),
        *(("categories", "category"), ("authors", "author"), ("lang", "language")),
        *(
            ("image", "featured_image"),
            ("thumbnail", "featured_image"),
            ("cover", "featured_image"),
        ),
        *(
            (key, "")
            for key in ("layout", "comments", "mail", "slug", "weight", "toc", "cssclasses")
        ),
    ],
)
def test_a_key_of_another_tool_is_called_here(key, ours):
    assert find_foreign(key).ours == ours


def test_what_they_are_called_here_is_read_here():
    assert {key.ours for key in list_foreign_keys().values()} <= {*FIELDS, TITLE, ""}


def test_what_nobody_wrote_is_not_known():
    assert find_foreign("tgas") is None
    assert find_foreign("") is None
