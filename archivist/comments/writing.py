"""Write a file of comments, as an import makes it and a person may go on with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import yaml

from archivist.comments.reading import Comment

_YAML = "tag:yaml.org,2002:"
_WIDE = 1_000_000


class _Dumper(yaml.SafeDumper):
    """Sets a list back from its key, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)


def write_comments(comments: Iterable[Comment]) -> str:
    """Return the file of *comments*, which ``read_comments`` reads as the same ones."""
    return yaml.serialize(_to_list(comments), Dumper=_Dumper, allow_unicode=True, width=_WIDE)


def _to_list(comments: Iterable[Comment]) -> yaml.Node:
    nodes = [yaml.MappingNode(f"{_YAML}map", list(_to_pairs(each))) for each in comments]
    return yaml.SequenceNode(f"{_YAML}seq", nodes, flow_style=False)


def _to_pairs(comment: Comment) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Yield the keys of a comment that say something, with their values."""
    midnight = comment.date.time() == comment.date.min.time()
    date = comment.date.date() if midnight else comment.date
    yield _to_word("author"), _to_word(comment.author)
    yield _to_word("date"), yaml.ScalarNode(f"{_YAML}timestamp", date.isoformat())
    if comment.kind:
        yield _to_word("kind"), _to_word(comment.kind)
    yield _to_word("text"), yaml.ScalarNode(f"{_YAML}str", comment.text, style="|")
    if comment.replies:
        yield _to_word("replies"), _to_list(comment.replies)


def _to_word(text: str) -> yaml.Node:
    return yaml.ScalarNode(f"{_YAML}str", text)
