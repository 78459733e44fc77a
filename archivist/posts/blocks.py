"""A block such as `{figure}` or `{note}`, cut up as MyST cuts it: argument, options, content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token
from myst_parser.parsers.options import TokenizeError, options_to_tokens

from archivist.syntax.allowed import DIRECTIVES
from archivist.syntax.characters import strip_invisible
from archivist.syntax.foreign import CodeLines

FENCES = frozenset({"fence", "colon_fence"})
# Blocks whose argument is a title, in Markdown.
TITLED = frozenset({"admonition", "list-table", "table"})
# Blocks whose content is no Markdown, besides those of DIRECTIVES.
_VERBATIM = frozenset(
    ("code", "csv-table", "eval-rst", "include", "literalinclude", "math", "parsed-literal",
     "postlist", "raw", "sourcecode", "toctree")
)  # fmt: skip
# How deep markdown-it puts the points of a list that nothing holds.
_POINT = 1
# :width: 300px, and no fence such as :::
_OPTION = re.compile(r"\s*:(?!::)")


# Without slots, which make unpickling so many take thrice as long.
@dataclass(frozen=True, kw_only=True)
class Located:
    """Some text and the line of the file it stands on."""

    text: str
    line: int


@dataclass(kw_only=True, slots=True)
class Block:
    """What a fence says: `{name} argument`, its options, and the content after them."""

    name: str
    """Empty for plain code."""
    argument: str
    """Of plain code, its language."""
    line: int
    content: str
    content_line: int
    closed: bool = True
    """Whether the fence ends before what holds it."""
    head: str = ""
    """The lines of its options, as they were typed."""
    options: dict[str, Located] = field(default_factory=dict)
    broken: int = 0
    """The line where the options stop being options, or 0."""
    outline: tuple[str, ...] = ()
    """The types of the tokens that the content begins with, one level deep."""
    caption: tuple[str, ...] = ()
    """The same of its caption."""
    rows: tuple[int, ...] = ()
    """The number of points in each point of the one list it holds."""

    @property
    def is_verbatim(self) -> bool:
        """Whether the content is no Markdown."""
        known = DIRECTIVES.get(self.name)
        return not self.name or self.name in _VERBATIM or bool(known and known.verbatim)

    @property
    def has_plain_caption(self) -> bool:
        """Whether its caption is one paragraph, and says something."""
        says_something = strip_invisible(self.options["caption"].text)
        return bool(says_something) and self.caption == ("paragraph_open",)


def _read_options(block: Block) -> None:
    """Move the options from the head of the content to where they belong."""
    lines = block.content.split("\n")
    if lines[0].startswith("---"):
        block.broken = block.content_line
    count = next((at for at, line in enumerate(lines) if not _OPTION.match(line)), len(lines))
    block.head = "\n".join(lines[:count])
    try:
        tokens, state = options_to_tokens("\n".join(line.lstrip()[1:] for line in lines[:count]))
    except TokenizeError as error:
        block.broken = block.content_line + error.problem_mark.line
        return
    for key, value in tokens:
        text = value.value if value else ""
        line = block.content_line + key.start.line
        if key.value in block.options:
            block.broken = block.broken or line
        block.options[key.value] = Located(text=text, line=line)
    if state.has_comments:
        block.broken = block.content_line + state.comment_lines[0]
    block.content = "\n".join(lines[count:])
    block.content_line += count


def _read_opening(token: Token) -> tuple[str, str]:
    """Return the name of a block and what follows it; no name for code."""
    first, rest = [*token.info.split(maxsplit=1), "", ""][:2]
    if first.startswith("{") and first.endswith("}"):
        return first[1:-1] or "{}", rest.strip()
    if token.type == "colon_fence":
        return f":::{first}", rest.strip()
    return "", token.info.strip()


def read_block(token: Token, line: int) -> Block:
    """Return what the fence *token*, on *line*, says."""
    name, argument = _read_opening(token)
    block = Block(
        name=name, argument=argument, line=line, content=token.content, content_line=line + 1
    )
    # Where markdown-it found the end of the fence, there is a line that is no content.
    first, after = token.map or (0, 0)
    lines = token.content.count("\n") + (token.content[-1:] not in {"", "\n"})
    block.closed = after - first - 1 > lines
    directive = DIRECTIVES.get(name)
    if name and (directive is None or directive.options):
        _read_options(block)
    if argument and directive and not directive.argument:
        # What follows the name is the first line of the content.
        if block.options:
            block.broken = block.broken or line
        block.content = f"{argument}\n{block.content}"
        block.content_line -= 1
        block.argument = ""
    return block


def read_code(token: Token, line: int, *, is_top: bool = False) -> CodeLines:
    """Return the lines, from *line*, of a *token* that is no text; *is_top* if nothing holds it."""
    first, after = token.map or (0, 0)
    return CodeLines(
        first=line,
        after=line + after - first,
        is_indented=is_top and token.type == "code_block",
        is_html=token.type == "html_block",
    )


def list_outline(tokens: list[Token]) -> tuple[str, ...]:
    """Return the types of *tokens*, one level deep."""
    return tuple(each.type for each in tokens if not each.level and each.nesting >= 0)


def count_rows(tokens: list[Token]) -> tuple[int, ...]:
    """Return how many points each point of the one list in *tokens* has, or 0 if it is none."""
    rows: list[int] = []
    lists: list[list[str]] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == _POINT:
            rows.append(0)
            lists.append([])
        elif token.nesting >= 0 and token.level == _POINT + 1 and lists:
            lists[-1].append(token.type)
        elif token.type == "list_item_open" and token.level == _POINT + 2 and rows:
            rows[-1] += 1
    alone = [held == ["bullet_list_open"] for held in lists]
    return tuple(count if one else 0 for count, one in zip(rows, alone, strict=True))
