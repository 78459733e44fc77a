"""A built page's article: read back block by block, and what the index takes from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from sys import intern

from lxml import html

from archivist.files import compress
from archivist.search.acronyms import define_acronym, find_acronyms
from archivist.search.marks import ArticleBlock, write_blocks
from archivist.search.tokenizer import (
    WORDS_KEPT,
    Compound,
    find_compounds,
    find_figures,
    read_chunk,
    share_count,
    split_chunks,
    split_words,
)
from archivist.syntax.elements import HEADINGS, INLINE

Words = tuple[tuple[str, str, int], ...]
Acronym = tuple[str, tuple[str, ...]]

_AROUND = (".//nav", ".//script", ".//style", ".//a[@class='headerlink']")


def _walk(element: html.HtmlElement) -> Iterator[ArticleBlock]:
    """Yield the blocks in *element*: text is gathered until another block begins."""
    texts: list[str] = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):  # a comment
            pass
        elif child.tag in INLINE:
            texts.append(" " if child.tag == "br" else child.text_content())
        else:
            yield ArticleBlock("".join(texts))
            texts = []
            if child.tag in HEADINGS:
                # Sphinx puts the id on the section around a heading.
                anchor = child.get("id") or element.get("id") or ""
                yield ArticleBlock(child.text_content(), child.tag, anchor)
            else:
                yield from _walk(child)
        texts.append(child.tail or "")
    yield ArticleBlock("".join(texts))


def read_article(html_text: str) -> list[ArticleBlock]:
    """Return the blocks of an article, given as HTML of ours."""
    article = html.fragment_fromstring(html_text, create_parent="article")
    for path in _AROUND:
        for element in article.findall(path):
            element.drop_tree()
    return [block for block in _walk(article) if block.text.strip()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Indexed:
    """What the index takes from an article: kept as long as the article is the same."""

    title: str
    copy: bytes
    """For Pagefind, in less room, as it is kept for every article."""
    words: Words
    """Those that are searched."""
    compounds: tuple[tuple[str, tuple[str, ...]], ...]
    """Words also typed as one, with their parts."""
    acronyms: tuple[Acronym, ...]


@lru_cache(WORDS_KEPT)
def _read_keys(chunk: str) -> tuple[tuple[str, str], ...]:
    """Return the key of each word in *chunk* that is searched, and the word as it is written."""
    return tuple(
        (intern(token.key), intern(token.text)) for token in read_chunk(chunk) if token.is_searched
    )


def count_words(texts: Iterable[str]) -> Words:
    """Return the keys of the words of *texts* that are searched, the words, and how often."""
    chunks = Counter(chain.from_iterable(map(split_chunks, texts)))
    found: dict[tuple[str, str], int] = {}
    for chunk, times in chunks.items():
        for pair in _read_keys(chunk):
            found[pair] = found.get(pair, 0) + times
    return tuple(map(share_count, found.keys(), found.values()))


@cache
def _share_compound(compound: Compound) -> tuple[str, tuple[str, ...]]:
    """Return *compound* in the form it is kept in, one and the same for all who ask."""
    return compound.joined, compound.parts


def _find_acronyms(texts: Sequence[str]) -> Iterator[Acronym]:
    for text in texts:
        if "(" in text:
            yield from find_acronyms(split_words(text))
    for term, definition in pairwise(texts):
        if term.isupper():
            yield from define_acronym(split_words(term), split_words(definition))


def read_blocks(blocks: Sequence[ArticleBlock]) -> Indexed:
    """Return what the index takes from an article of *blocks*; the first, if any, is the title."""
    texts = [block.text for block in blocks]
    compounds = (
        each
        for text in texts
        for each in sorted({*chain(*map(find_compounds, split_chunks(text))), *find_figures(text)})
    )
    return Indexed(
        title=texts[0] if texts else "",
        copy=compress(write_blocks(blocks)),
        words=count_words(texts),
        compounds=tuple(dict.fromkeys(map(_share_compound, compounds))),
        acronyms=tuple(pair for pair in _find_acronyms(texts) if pair[1]),
    )
