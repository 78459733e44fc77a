"""What is read of a text beyond CommonMark, as tokens that all readers of it know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from archivist.markdown.html import lead_links, read_html

TASK = "task_sign"
"""The type of the token that says whether a point is done."""
DONE, TO_DO = "☑", "☐"
_STRUCK = {"s_open": "<s>", "s_close": "</s>"}


def reshape(state: StateCore) -> None:
    """Read what stands in the tokens of a text; none of its words is added or goes."""
    for token in state.tokens:
        if token.children:
            token.children = lead_links([_strike(each) for each in token.children], state.md)
    tokens = _drop_titles(read_html(state.tokens, state.md))
    state.tokens = list(_set_figures(list(_sign_tasks(tokens))))


def _strike(part: Token) -> Token:
    """Return what `~~` is in HTML."""
    if part.type not in _STRUCK:
        return part
    return Token("html_inline", "", 0, content=_STRUCK[part.type], level=part.level)


def _drop_titles(tokens: list[Token]) -> list[Token]:
    """Return *tokens* without the title that markdown-it gives `> [!NOTE]`: a box has its own."""
    titles = {at for at, token in enumerate(tokens) if token.type == "alert_title_open"}
    gone = {at + step for at in titles for step in range(3)}
    return [token for at, token in enumerate(tokens) if at not in gone]


def _sign_tasks(tokens: list[Token]) -> Iterator[Token]:
    """Put the sign of each point that `[ ]` or `[x]` begins before its words."""
    sign: list[Token] = []
    for token in tokens:
        if sign and token.type == "inline":
            token.children = [*sign, *(token.children or [])]
            sign = []
        elif sign and token.type != "paragraph_open":
            # - [ ] ## Titre
            yield from _make_paragraph(sign, token)
            sign = []
        if token.type == "list_item_open" and "checked" in token.meta:
            said = DONE if token.meta.pop("checked") else TO_DO
            sign = [Token(TASK, "", 0, content=said), Token("text", "", 0, content=" ")]
        yield token


def _make_paragraph(children: list[Token], near: Token) -> Iterator[Token]:
    """Yield a paragraph of *children* that begins where *near* does."""
    level = near.level + (near.nesting < 0)
    yield Token("paragraph_open", "p", 1, map=near.map, block=True, level=level)
    yield Token("inline", "", 0, map=near.map, block=True, level=level + 1, children=children)
    yield Token("paragraph_close", "p", -1, block=True, level=level)


def _set_figures(tokens: list[Token]) -> Iterator[Token]:
    """Make a figure of each image with a title that has a paragraph, or a line of one, alone."""
    at = 0
    while at < len(tokens):
        images = _list_images(tokens[at : at + 2])
        if any(map(read_title, images)):
            for number, image in enumerate(images):
                yield from _make_figure(image, tokens[at], number)
            at += 3
        else:
            yield tokens[at]
            at += 1


def _list_images(tokens: list[Token]) -> list[Token]:
    """Return the images of a paragraph, which *tokens* begin, if it has nothing but one a line."""
    if [token.type for token in tokens] != ["paragraph_open", "inline"]:
        return []
    children = tokens[1].children or []
    is_alone = all(each.type == "image" for each in children[::2])
    is_cut = all(each.type in {"softbreak", "hardbreak"} for each in children[1::2])
    return children[::2] if is_alone and is_cut else []


def read_title(image: Token) -> str:
    """Return the title of an image, without the spaces around it."""
    return str(image.attrs.get("title", "")).strip()


def _make_figure(image: Token, paragraph: Token, number: int) -> Iterator[Token]:
    """Yield the *image* of a line of a *paragraph*, with its title, if it has one, as a caption."""
    line = (paragraph.map or [0])[0] + number
    near = Token("", "", 0, map=[line, line + 1], level=paragraph.level, block=True)
    title = read_title(image)
    if not title:
        yield from _make_paragraph([image], near)
        return
    del image.attrs["title"]
    caption = Token("text", "", 0, content=title)
    pieces: tuple[tuple[str, Literal[-1, 0, 1], list[Token] | None], ...] = (
        ("figure_open", 1, None),
        ("inline", 0, [image]),
        ("caption_open", 1, None),
        ("inline", 0, [caption]),
        ("caption_close", -1, None),
        ("figure_close", -1, None),
    )
    for kind, nesting, children in pieces:
        near.level -= nesting < 0
        yield replace(near, type=kind, nesting=nesting, children=children)
        near.level += nesting > 0
