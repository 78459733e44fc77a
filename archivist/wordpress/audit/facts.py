"""What a page says besides its text, and an export of the same post: title, date, names, comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin

from archivist.addresses.slugs import to_slug
from archivist.syntax.limits import (
    LONGEST_AUTHOR,
    LONGEST_COMMENT,
    LONGEST_LABEL,
    LONGEST_TITLE,
    MOST_COMMENTS,
    MOST_LABELS,
)
from archivist.wordpress.audit.compare import find_difference
from archivist.wordpress.audit.seen import Seen, squeeze
from archivist.wordpress.export.plan import Plan, Planned, find_moment
from archivist.wordpress.export.wxr import Term, WpComment, WpItem
from archivist.wordpress.html.autop import add_paragraphs
from archivist.wordpress.html.expand import clean_text
from archivist.wordpress.html.inline import Element, find_source, parse
from archivist.wordpress.notes import note_nothing

_LONGEST_SAID = 60
_ROOM = 10  # signs, that a name or a label that was cut may lack of the longest
_KINDS = {"category": ("catégorie", "category/"), "post_tag": ("étiquette", "tag/")}
_BYLINE = ".//*[@class='post-byline']"
SHOWN_REMARKS = ".//*[@class='comments-list']//*[contains(concat(' ', @class, ' '), ' comment ')]"


def read_title(item: WpItem) -> Seen:
    """Return the title of *item* as readers saw it."""
    return Seen().read(parse(clean_text(item.title, note_nothing)))


def is_cut(title: Seen) -> bool:
    """Tell whether a title is too long for one, so that the text begins with the whole of it."""
    return sum(map(len, title.tokens)) + sum(map(len, title.gaps[1:])) > LONGEST_TITLE


def compare_title(item: WpItem, article: Element) -> Iterator[str]:
    """Yield that the title of a page is another, if it is."""
    title = read_title(item)
    wanted = squeeze("".join(title.tokens))
    heading = article.find(".//h1")
    away = frozenset(article.xpath(".//h1//*[contains(@class, 'headerlink')]"))
    found = squeeze("".join(Seen().read(heading, away).tokens)) if heading is not None else ""
    is_start = is_cut(title) and found.endswith("…") and wanted.startswith(found[:-1])
    # One that says nothing has another in its place.
    if wanted and found != wanted and not is_start:
        yield f"titre : « {_shorten(item.title)} » dans l’export, {_quote(_read(heading))} sur le site."


def compare_date(planned: Planned, article: Element) -> Iterator[str]:
    """Yield that the page gives another day, if it does."""
    wanted = planned.date.date().isoformat()
    found = next(iter(article.xpath(f"{_BYLINE}//time/@datetime")), "")
    # A maintainer may have said no more than the year.
    if not found or not wanted.startswith(found):
        yield f"date : {wanted} dans l’export, {found or 'rien'} sur le site."


def compare_authors(
    item: WpItem, plan: Plan, signed_as: Mapping[str, str], article: Element
) -> Iterator[str]:
    """Yield that others sign the page, if they do; *signed_as* has names in docs/ by login."""
    found = [_read(each) for each in article.xpath(f"{_BYLINE}//a[@rel='author']")]
    together = [term for term in item.terms if term.domain == "author"]
    signed = [(term.slug.removeprefix("cap-"), term.name) for term in together]
    shown = list(
        dict.fromkeys(
            _name_author(*each, plan, signed_as) for each in signed or [(item.creator, "")]
        )
    )
    for names in shown:
        # An address is no name, and nothing is none either.
        if all(names) and "@" not in names[0] and not any(_is_named(names, each) for each in found):
            yield f"auteur : « {names[0]} » dans l’export, {_quote(', '.join(found))} sur le site."
    if len(found) > len(shown):
        yield f"auteurs : {len(shown)} dans l’export, {len(found)} sur le site ({', '.join(found)})."


def _name_author(
    login: str, name: str, plan: Plan, signed_as: Mapping[str, str]
) -> tuple[str, ...]:
    """Return what a page may call who has that *login*."""
    authors = plan.blog.authors
    local = login.partition("@")[0].strip()
    said = [signed_as[local]] if local in signed_as else []
    if login in authors:
        return (_bare(authors[login]), *said)
    alike = (shown for known, shown in authors.items() if to_slug(known) == to_slug(login))
    return tuple(map(_bare, (name or login, *alike, *said)))


def _is_named(names: Sequence[str], found: str) -> bool:
    wanted = (squeeze(name).casefold() for name in names)
    is_long = len(found) > LONGEST_AUTHOR - _ROOM
    shown = squeeze(found).casefold()
    return any(shown == each or (is_long and each.startswith(shown)) for each in wanted)


def compare_labels(item: WpItem, plan: Plan, article: Element) -> Iterator[str]:
    """Yield which categories and tags of *item* the page does not show."""
    known = {(term.domain, term.slug): term for term in plan.blog.terms}
    for domain, (what, place) in _KINDS.items():
        links = article.xpath(".//dl[@class='labels']//a")
        found = {_fold(name): name for name in map(_read, _leading_to(links, place))}
        terms = [term for term in item.terms if term.domain == domain]
        for term in terms[: None if len(found) < MOST_LABELS else 0]:
            names = [_name(each) for each in (term, known.get((domain, term.slug), term))]
            if not any(_is_there(name, found) for name in names):
                yield f"{what} : « {names[0]} » dans l’export, absente du site ({', '.join(found.values()) or 'aucune'})."


def _leading_to(links: Sequence[Element], place: str) -> Iterator[Element]:
    return (each for each in links if f"../{place}" in (each.get("href") or ""))


def _is_there(name: str, found: dict[str, str]) -> bool:
    """Tell whether one of the labels *found* is that *name*, cut where it is too long."""
    slug = _fold(name)
    if not slug:
        return any(squeeze(name) in squeeze(each) for each in found.values())
    return slug in found or any(
        slug.startswith(each) for each, label in found.items() if len(label) > LONGEST_LABEL - _ROOM
    )


def _fold(name: str) -> str:
    """Return the letters and figures of a label, whose other signs an import may change."""
    return to_slug(name).replace("-", "").replace("_", "")


def _name(term: Term) -> str:
    return _bare(term.name or unquote(term.slug))


def _bare(text: str) -> str:
    """Return the words of a name as WordPress shows it."""
    return " ".join(html.unescape(re.sub("<[^<>]*>", " ", text)).split())


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as readers see it, without spaces."""

    author: str
    text: str
    shown: str

    def __str__(self) -> str:
        return f"celui de « {_shorten(self.author)} », « {_shorten(self.shown)} »"


def compare_remarks(item: WpItem, link: str, page: Element) -> Iterator[str]:
    """Yield how the comments on a *page* fall short of those of *item*."""
    wanted = list(_list_wanted(item.remarks, link))[:MOST_COMMENTS]
    found = [_read_remark(each) for each in page.xpath(SHOWN_REMARKS)]
    texts = [[each.text for each in remarks] for remarks in (wanted, found)]
    if sorted(texts[0]) != sorted(texts[1]):
        at = find_difference(*texts)
        places = (str(each[at]) if at < len(each) else "rien" for each in (wanted, found))
        counts = f"{len(wanted)} dans l’export, {len(found)} sur le site"
        yield f"commentaires : {counts} ; au n° {at + 1}, {' dans l’export, '.join(places)} sur le site."
    elif texts[0] != texts[1]:
        at = find_difference(*texts)
        yield f"commentaires : ordre changé au n° {at + 1}, {wanted[at]}."
    else:
        for one, other in zip(wanted, found, strict=True):
            if one.author and not _is_named([one.author], other.author):
                told = f"« {one.author} » dans l’export, « {other.author} » sur le site"
                yield f"commentaire signé {told}, « {_shorten(one.shown)} »."


def _list_wanted(remarks: Sequence[WpComment], link: str) -> Iterator[Remark]:
    """Yield the comments that a page is to show, each followed by its answers."""
    for each in _in_threads(remarks):
        body = parse(add_paragraphs(clean_text(each.text, note_nothing)))
        for picture in body.iter("img"):
            # A comment shows what is said of a picture, or where it is.
            picture.text = picture.get("alt") or _join(link, find_source(picture))
            picture.tag = "span"
        read = Seen().read(body)
        text = squeeze("".join(read.tokens))
        # What says nothing, or too much, is left; the report tells so.
        if text and len(each.text) <= LONGEST_COMMENT:
            name = _bare(clean_text(each.author, note_nothing))
            yield Remark("" if "@" in name else name, text, " ".join(read.tokens))


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _in_threads(remarks: Sequence[WpComment]) -> list[WpComment]:
    """Return comments in their order, each followed by its answers; those in a ring answer none."""
    dated = sorted(remarks, key=lambda one: (find_moment(one.date, one.date_gmt), one.id))
    known = {each.id for each in dated}
    parents = {id(each): each.parent if each.parent in known else None for each in dated}
    rooted = set(map(id, _walk(dated, parents)))
    return _walk(dated, {own: parent if own in rooted else None for own, parent in parents.items()})


def _walk(dated: Sequence[WpComment], parents: Mapping[int, int | None]) -> list[WpComment]:
    below: dict[int | None, list[WpComment]] = {}
    for each in dated:
        below.setdefault(parents[id(each)], []).append(each)
    found, waiting = list[WpComment](), below.pop(None, [])[::-1]
    while waiting:
        found.append(waiting.pop())
        waiting += below.pop(found[-1].id, [])[::-1]
    return found


def _read_remark(element: Element) -> Remark:
    author = next(iter(element.xpath(".//*[@class='comment-author']")), None)
    text = next(iter(element.xpath(".//*[@class='comment-text']")), None)
    marks = frozenset(element.xpath(".//*[contains(@class, 'dead-link')]"))
    tokens = Seen().read(text, marks).tokens if text is not None else []
    return Remark(_read(author), squeeze("".join(tokens)), " ".join(tokens))


def _read(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _quote(text: str) -> str:
    return f"« {_shorten(text)} »" if text else "rien"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_SAID else f"{text[:_LONGEST_SAID]}…"
