"""What we use of ABlog's insides is as it was when the layer was written."""

import inspect
import re
from importlib.metadata import version
from pathlib import Path

import ablog.blog
import ablog.post
import pytest
from ablog.blog import Blog, Catalog, Collection, Post
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from archivist.site.sphinx import ablog as ablog_layer


def test_ablog_is_the_version_the_layer_was_written_against():
    assert version("ablog") == "0.11.13"


def test_the_clock_is_read_where_the_layer_stops_it():
    assert "TOMORROW" in inspect.getsource(Blog.register)
    assert "TOMORROW" in inspect.getsource(Post.__init__)
    assert ablog.blog.FUTURE.year == 9999


def test_the_blog_is_one_dictionary_a_process():
    assert "self.__dict__ = self._dict" in inspect.getsource(Blog.__init__)


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (Collection.__init__, ["self", "catalog", "label", "name", "href", "path", "page"]),
        (Blog.register, ["self", "docname", "info"]),
        (Catalog.add, ["self", "post"]),
    ],
)
def test_what_the_layer_calls_takes_what_it_gives(function, parameters):
    assert list(inspect.signature(function).parameters) == parameters


def test_every_handler_the_layer_replaces_is_connected_by_ablog():
    connected = inspect.getsource(ablog.setup)

    assert [name for name in ablog_layer._REPLACED if name not in connected] == []


def test_of_ablog_only_references_are_still_answered(make_docs, tmp_path):
    docs = make_docs({})
    with docutils_namespace():
        app = Sphinx(docs, docs, tmp_path / "out", tmp_path / "doctrees", "html", status=None)

    handlers = {each.handler for listeners in app.events.listeners.values() for each in listeners}
    assert {each.__name__ for each in handlers if each.__module__.startswith("ablog")} == {
        "missing_reference"
    }


def test_only_the_layer_knows_ablog():
    package = Path(inspect.getfile(ablog_layer)).parent.parent

    users = [
        path.name
        for path in package.rglob("*.py")
        if re.search(r"^(?:from|import) ablog", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(users) == ["ablog.py"]
