"""What a query may mean besides words of a text: labels, dates, addresses, titles; their lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from archivist.addresses.slugs import to_slug
from archivist.dates.french import list_times, name_month, name_season_of, spell_month
from archivist.posts.labels import KINDS, Label
from archivist.posts.library import Library
from archivist.posts.post import Post
from archivist.search.lexicon import Listed
from archivist.search.reading import Reading, label_reading
from archivist.search.tokenizer import join_words
from archivist.site.site import Site


def _find_old_slugs(site: Site) -> dict[str, list[str]]:
    """Return the last words of each old address, by the post it leads to."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in site.redirects.items():
        name = old.partition("?")[0].strip("/").rpartition("/")[2].partition(".")[0]
        found[new].append(to_slug(name))
    return found


def _tell(post: Post) -> Iterator[str]:
    """Yield what is said of *post* word by word: its labels, its years, its months."""
    for labels in post.labels.values():
        yield from (label.name for label in labels if label.is_telling)
    ends = (post.shown_date.start, post.shown_date.end)
    yield from (str(leaf.year) for leaf in ends if leaf)
    yield from (name_month(leaf.month) for leaf in ends if leaf and leaf.month)
    yield f"{post.date.year}"


def label_posts(site: Site) -> dict[str, Reading]:
    """Return what the search takes from each post, by docname, with all else that finds it."""
    old = _find_old_slugs(site)
    readings = {}
    for post in site.library.posts:
        reading, title = site.find_reading(post.docname), to_slug(post.title).split("-")
        slugs = (post.slug, *old.get(post.docname, ()))
        # Of an address only what the title does not say, and all of it in one word.
        labels = [*_tell(post), *(slug.replace("-", "") for slug in slugs)]
        labels += (word for slug in slugs for word in slug.split("-") if word not in title)
        filed = f"{post.date.year}", spell_month(post.date.year, post.date.month)
        wholes = [reading.title, *list_times(post.shown_date), *filed]
        readings[post.docname] = label_reading(reading, labels, wholes, site.lexis)
    return readings


def _name_keys(label: Label) -> Iterator[str]:
    yield label.name
    if label.kind == "author":
        words = label.name.split()
        # « Dufour », « Dufour Armelle »
        yield from (words[-1], " ".join([words[-1], *words[:-1]]))


def _join(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(join_words, names))


def _list_labels(library: Library) -> Iterator[Listed]:
    for kind, catalogue in library.catalogues.items():
        for label, posts in catalogue.items():
            name = f"{KINDS[kind][0]} {label.name}"
            yield Listed(_join(_name_keys(label)), f"{label.path}/", len(posts), name)


def _list_times(library: Library) -> Iterator[Listed]:
    years = Counter(post.date.year for post in library.posts)
    for year, count in sorted(years.items()):
        yield Listed(frozenset({str(year)}), f"{year}/", count, f"Année {year}")
    months = Counter((post.date.year, post.date.month) for post in library.posts)
    for (year, month), count in sorted(months.items()):
        name = spell_month(year, month)
        season = f"{name_season_of(month)} {year}"
        yield Listed(_join([name, season]), f"{year}/{month:02}/", count, name.capitalize())


def list_lists(library: Library) -> list[Listed]:
    """Return the lists of posts that a query may mean."""
    return [*_list_labels(library), *_list_times(library)]
