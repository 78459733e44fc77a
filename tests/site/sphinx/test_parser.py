"""Markdown is read by MyST with one tokenizer for all documents of a build."""

from archivist.build.build import build_site
from archivist.site.sphinx import parser


def test_a_build_makes_one_tokenizer(make_docs, make_post, tmp_path, monkeypatch):
    made = []
    make = parser.make_tokenizer
    monkeypatch.setattr(parser, "make_tokenizer", lambda *args: made.append(args) or make(*args))
    posts = {f"2018/billet-{n}.md": make_post(title=f"Billet {n}") for n in range(3)}

    build_site(make_docs(posts), tmp_path / "html", {})

    assert len(made) == 1
