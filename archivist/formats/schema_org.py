"""What a page tells in the terms of schema.org (https://schema.org/BlogPosting), as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from archivist.dates.french import find_machine_date
from archivist.formats.citation import Citation, Person
from archivist.formats.licences import find_licence
from archivist.posts.post import Post

# What ends the script that holds it, or begins another.
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A post as its page shows it, beside what its reference says."""

    post: Post
    citation: Citation
    home: str
    """The address of the archive."""
    summary: str
    length: int
    """In words."""
    image: str
    copy: str
    """The address of what another archive keeps of its source, if it is known."""


def drop_empty(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is told without what is not known."""
    return {name: value for name, value in told.items() if value}


def write_json_ld(told: dict[str, Any]) -> Markup:
    """Return *told*, without what is empty, as a script of HTML may hold it."""
    told = {"@context": "https://schema.org", **told}
    text = json.dumps(drop_empty(told), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704


def describe_licence(words: str) -> str | dict[str, str]:
    """Return the address of a licence, else it under the name that *words* give it."""
    return find_licence(words) or (words and {"@type": "CreativeWork", "name": words})


def describe_archive(name: str, home: str) -> dict[str, str]:
    """Return the archive as who publishes."""
    return {"@type": "Organization", "name": name, "url": home}


def _describe_author(person: Person, url: str) -> dict[str, str]:
    kind = "Organization" if person.is_organisation else "Person"
    return drop_empty({"@type": kind, "name": person.name, "url": url})


def _date(citation: Citation) -> str:
    """Return a date as ISO 8601 can say it: of one in doubt, the year that it names."""
    year = citation.date.year
    return find_machine_date(citation.date) or (f"{year:04}" if year else "")


def _list_wholes(shown: Shown) -> list[dict[str, str]]:
    """Return what the post is part of: the archive, and the blog that it comes from."""
    own = {"@type": "Blog", "@id": shown.home, "name": shown.citation.container}
    post = shown.post
    blogs = [
        drop_empty({"@type": "Blog", "name": label.name, "url": post.blog_url})
        for label in post.labels["blog"]
    ]
    return [own, *blogs]


def _only(found: Sequence[Any]) -> Any:  # noqa: ANN401 (as JSON has it)
    return found[0] if len(found) == 1 else list(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """The data of the archive *name* at *home*, which *page* explains.

    *license* is in the words of who stated it; *files* are media types, by names below *home*.
    """

    name: str
    home: str
    page: str
    license: str
    years: str
    """The first and the last, as ISO 8601 has them."""
    files: Mapping[str, str]


def describe_dataset(data: Dataset) -> dict[str, Any]:
    """Return the *data*, as programs that look for some find them."""
    fields = "titre, auteurs, date, catégories, étiquettes, lieux, adresse, licence"
    archive = describe_archive(data.name, data.home)
    return {
        "@type": "Dataset",
        "@id": data.page,
        "url": data.page,
        "name": f"Les billets\u00a0: {data.name}",
        "description": f"Ce qui est su de chaque billet des archives «\u00a0{data.name}\u00a0»\u00a0: {fields}.",
        "creator": archive,
        "publisher": archive,
        "license": describe_licence(data.license),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "temporalCoverage": data.years,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": data.home + file}
            for file, media in data.files.items()
        ],
    }


def describe_posting(shown: Shown) -> dict[str, Any]:
    """Return a post; without an address of the archive nothing could name it."""
    post, citation = shown.post, shown.citation
    archive = describe_archive(citation.container, shown.home)
    copied = post.copied.isoformat() if post.copied else ""
    authors = zip(citation.authors, post.labels["author"], strict=True)
    # Where readers find what stood at the source: here, and in another archive.
    kept = list(filter(None, (citation.address, shown.copy))) if post.source else []
    return {
        "@type": "BlogPosting",
        "@id": citation.address,
        "url": post.canonical_link or citation.address,
        "mainEntityOfPage": citation.address,
        "headline": citation.title,
        "description": shown.summary,
        "author": [_describe_author(person, label.description) for person, label in authors],
        "publisher": archive,
        "datePublished": _date(citation),
        "dateModified": post.updated.isoformat() if post.updated else "",
        "inLanguage": citation.language,
        "articleSection": [label.name for label in post.labels["category"]],
        "keywords": [label.name for label in post.labels["tag"]],
        "wordCount": shown.length,
        "license": describe_licence(citation.license),
        "isBasedOn": post.source,
        "archivedAt": kept and _only(kept),
        "sdDatePublished": copied,
        "sdPublisher": copied and archive,
        "image": shown.image,
        "isPartOf": _only(_list_wholes(shown)),
    }
