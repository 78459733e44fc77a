"""Fixtures shared by the tests of posts: what the checks say of an archive, a post, a text."""

import pytest

from archivist.post.archive import read_archive
from archivist.post.checks import check_archive


@pytest.fixture
def check(make_docs):
    """Return a function from files to the problems of the archive, as text."""
    return lambda files: [str(each) for each in check_archive(read_archive(make_docs(files)))]


@pytest.fixture
def check_post(check, make_post):
    """Return a function from a post to its problems, without its path."""

    def run(**fields):
        problems = check({"2018/billet.md": make_post(**fields)})
        return [problem.removeprefix("docs/posts/2018/billet.md:") for problem in problems]

    return run


@pytest.fixture
def check_body(check, make_post, root):
    """Return a function from a text, line 9 of a post with an image, to its problems."""
    photo = (root / "tests/data/photo.png").read_bytes()

    def run(body):
        problems = check({"2018/billet.md": make_post(body=body), "2018/billet/vue.png": photo})
        return [problem.removeprefix("docs/posts/2018/billet.md:") for problem in problems]

    return run
