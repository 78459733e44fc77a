"""A post has all that its header says."""

from dataclasses import replace

from archivist.posts.fields import FIELDS
from archivist.posts.file import read_source
from archivist.posts.people import Registers
from archivist.posts.post import to_post
from archivist.syntax.yaml import Field, Scalar

# archivist.addresses.old reads it, for all posts together.
ELSEWHERE = {"redirect"}
EXAMPLES = {"number": "1", "day": "2018-06-22", "edtf": "2018", "switch": "true"}


class Asked(dict):
    """Fields that note which of them are asked for."""

    def __init__(self, fields):
        super().__init__(fields)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)


def write(kind):
    return Field(line=2, items=(Scalar(text=EXAMPLES.get(kind, "x"), line=2),))


def test_every_key_of_the_header_is_read(tmp_path, make_post):
    path = tmp_path / "billet.md"
    path.write_text(make_post(), encoding="utf-8")
    source = read_source(path, shown_as="billet.md", docname="posts/2018/billet")
    fields = Asked({name: write(key.kind) for name, key in FIELDS.items()})

    to_post(replace(source, fields=fields), Registers(authors={}, categories={}))

    assert fields.names == {name for name, key in FIELDS.items() if key.is_read} - ELSEWHERE
