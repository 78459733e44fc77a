"""A made-up French blog of any size, written for each engine in its own way."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from corpus import Writer

# What research/performance gives its figures for.
SECTIONS = 3
SENTENCES = 9
CATEGORIES = (
    "Innovation publique",
    "Numérique",
    "Participation",
    "Design de service",
    "Formation",
    "Territoires",
    "Données ouvertes",
    "Carnets de terrain",
)
# A real blog of 662 posts has 17,000 words in all their forms; these make 18,000 in 1,000 posts.
LEMMAS = 5_000
TAGS = 30
TAGS_A_POST = 3
FIRST_YEAR, LAST_YEAR = 2006, 2025


@dataclass(frozen=True, kw_only=True, slots=True)
class BlogPost:
    """A post as any engine could publish it; *link* is the slug of an earlier one, with its year."""

    slug: str
    title: str
    date: dt.date
    category: str
    tags: tuple[str, ...]
    opening: str
    sections: tuple[tuple[str, str], ...]
    link: tuple[int, str, str] | None


def _spread_dates(size: int) -> list[dt.date]:
    """Return a day for each post, oldest first, over all the years."""
    first = dt.date(FIRST_YEAR, 1, 1)
    days = (dt.date(LAST_YEAR, 12, 31) - first).days
    return [first + dt.timedelta(days=number * days // size) for number in range(size)]


def make_blog(size: int, tags: int = TAGS, seed: int = 1) -> list[BlogPost]:
    """Return *size* posts under *tags* tags, oldest first, always the same for one *seed*."""
    writer = Writer(seed, LEMMAS)
    chance = random.Random(seed)  # noqa: S311 (no secret)
    names = [f"{forms[0]} {number}" for number, forms in enumerate(writer.words[:tags])]
    posts: list[BlogPost] = []
    for number, date in enumerate(_spread_dates(size)):
        topic = chance.sample(writer.words, 40)
        title = " ".join(forms[0] for forms in topic[:4]).capitalize()
        sections = tuple(
            (topic[4 + each][0].capitalize(), writer.write_text(topic, SENTENCES))
            for each in range(SECTIONS)
        )
        before = chance.choice(posts) if posts else None
        posts.append(
            BlogPost(
                slug=f"billet-{number}",
                title=title,
                date=date,
                category=chance.choice(CATEGORIES),
                tags=tuple(
                    # Each tag is used, however many there are.
                    dict.fromkeys([names[number % tags], *chance.sample(names, TAGS_A_POST - 1)])
                ),
                opening=writer.write_text(topic, 3),
                sections=sections,
                link=(before.date.year, before.slug, before.title) if before else None,
            )
        )
    return posts
