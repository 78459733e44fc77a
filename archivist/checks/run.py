"""What a post must be to enter the archive: one rule, one generator of (line, message).

A rule takes a post, and what is known around it if it looks there, and yields each mistake it
sees: the line, and in French what is wrong and what to write instead. To add a rule, write it in
the module of its subject, add it to the rules there, and explain it in docs/verifications.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice, product

from archivist.addresses.owned import OWNED_NAMES, POSTS, RESERVED_NAMES
from archivist.addresses.slugs import is_slug, to_slug
from archivist.checks.addresses import check_addresses
from archivist.checks.context import Known, OwnRule, Rule, look_around
from archivist.checks.exceptions import excuse
from archivist.checks.header import FAR_AHEAD, HEADER_RULES, HEADER_RULES_AROUND
from archivist.checks.images import check_images
from archivist.checks.lengths import LENGTH_RULES
from archivist.checks.links import (
    BODY_RULES,
    check_foreign,
    check_leftovers,
    check_links,
    check_template,
)
from archivist.checks.markup import MARKUP_RULES, MARKUP_RULES_AROUND, check_blocks, check_unseen
from archivist.checks.tables import check_tables
from archivist.comments.reading import Discussion
from archivist.posts.archive import Archive, Once, StandingPage, make_anew
from archivist.posts.file import PostFile
from archivist.posts.tree import is_year
from archivist.problems import Faults, Problem, shorten_quotes
from archivist.syntax.characters import find_sign

# A comment may be dated by another clock than its post.
_CLOCKS = dt.timedelta(days=1)
_LONGEST_TALK = dt.timedelta(days=30 * 365)
# More mistakes of one kind in one file teach nothing more.
MOST_OF_A_KIND = 50


def check_file_name(source: PostFile, known: Known) -> Faults:
    """Ask for a place and a name that make a lasting address."""
    folders = source.docname.split("/")[1:-1]
    if len(folders) != 1 or not is_year(folders[0]):
        year = source.day.year if source.day else "<année>"
        yield 1, f"rangez ce billet dans docs/{POSTS}/{year}/, sans autre dossier."
    if not is_slug(source.slug):
        proposal = to_slug(source.slug) or "mon-billet"
        yield 1, f"nom de fichier à changer, il sert d’adresse : « {proposal}.md »."
    elif source.slug in RESERVED_NAMES or source.slug in known.list_labels - OWNED_NAMES:
        owner = RESERVED_NAMES.get(source.slug, "au site")
        yield 1, f"le nom « {source.slug} » est réservé {owner} : changez le nom du fichier."


def check_text(source: PostFile) -> Faults:
    """Tell what the bare text has wrong, seen when it was read, and what YAML makes of it."""
    yield from source.faults
    for field in source.fields.values():
        for item in field.items:
            fault = find_sign(item.text, in_header=True)
            if fault:
                yield item.line, fault


OWN_RULES: tuple[OwnRule, ...] = (
    *(*HEADER_RULES, check_text, check_template),
    *(*BODY_RULES, check_tables, check_leftovers, check_foreign, *MARKUP_RULES, *LENGTH_RULES),
)
RULES_AROUND: tuple[Rule, ...] = (
    *(*HEADER_RULES_AROUND, check_file_name),
    *(check_links, *MARKUP_RULES_AROUND),
)


def check_comments(discussion: Discussion) -> Faults:
    """Tell what a file of comments has wrong, seen when it was read."""
    yield from discussion.faults


def check_comment_dates(discussion: Discussion, known: Known) -> Faults:
    """Refuse what would have been said before its post, or far ahead: it is a slip of the pen."""
    post = known.days.get(discussion.docname)
    for line, day in discussion.days:
        if post and post - day > _CLOCKS:
            yield (
                line,
                f"« date: {day} » est avant le billet, du {post} : vérifiez l’une et l’autre.",
            )
        elif known.today and day - known.today > FAR_AHEAD:
            yield line, f"« date: {day} » est dans plus d’un an : vérifiez l’année."
        elif post and day - post > _LONGEST_TALK:
            yield line, f"« date: {day} » est trente ans après le billet : vérifiez l’année."


_NO_PAGE = "aucune page de ce nom à côté : donnez à ces commentaires le nom de leur page."
# A standing page is the maintainer's: Sphinx tells the rest.
PAGE_RULES = (*BODY_RULES, check_tables, check_blocks, check_unseen)
RULES = (*OWN_RULES, *RULES_AROUND, check_images, check_comments, check_comment_dates)
"""All that a post and its comments are asked."""


def check_archive(
    archive: Archive, today: dt.date | None = None, once: Once = make_anew
) -> list[Problem]:
    """Return every mistake in the archive on the day *today*, in the order of files and lines.

    What a file has wrong by itself is told *once*.
    """
    known = look_around(archive, today, once)
    around = known.sum_up()
    problems = [*archive.problems, *check_addresses(archive)]
    for source in archive.sources:
        name = f"{source.docname}.md"
        problems += once(name, "own", partial(_check_alone, source))
        problems += once(name, around, partial(_check_around, source, known))
        # What is in other files is told by them.
        problems += _tell(source, check_images, check_images(source, known))
    texts = archive.docnames()
    for discussion in archive.discussions:
        if discussion.docname not in texts and not discussion.docname.startswith(f"{POSTS}/"):
            problems.append(Problem(path=discussion.path, line=1, message=_NO_PAGE))
        problems += _tell(discussion, check_comments, check_comments(discussion))
        days = check_comment_dates(discussion, known)
        problems += _tell(discussion, check_comment_dates, days)
    for page, own in product(archive.pages, PAGE_RULES):
        problems += _tell(page, own, own(page))
    for page, rule in product(archive.pages, (check_links, check_images)):
        problems += _tell(page, rule, rule(page, known))
    return sorted(set(excuse(archive, problems)))


def _check_alone(source: PostFile) -> list[Problem]:
    return [each for rule in OWN_RULES for each in _tell(source, rule, rule(source))]


def _check_around(source: PostFile, known: Known) -> list[Problem]:
    return [each for rule in RULES_AROUND for each in _tell(source, rule, rule(source, known))]


def _tell(
    source: PostFile | Discussion | StandingPage, check: Callable[..., Faults], faults: Faults
) -> Iterator[Problem]:
    rule = check.__name__.removeprefix("check_")
    for line, text in islice(faults, MOST_OF_A_KIND):
        yield Problem(path=source.path, line=line, message=shorten_quotes(text), rule=rule)
    for line, _ in islice(faults, 1):
        text = "d’autres erreurs de ce genre suivent : corrigez d’abord celles-ci."
        yield Problem(path=source.path, line=line, message=text, rule=rule)
