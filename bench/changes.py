"""What happens to a blog between two builds: what writers do, what those who care for it do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from blog import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from blog import BlogPost
    from systems import System

    # Given the system, the posts, the last of which is not written yet, and the folder.
    Change = Callable[[System, Sequence[BlogPost], Path], None]


def _find_post(posts: Sequence[BlogPost], number: int) -> BlogPost:
    """Return a post of the middle, another for each *number*."""
    return posts[len(posts) // 2 + number]


def _change_nothing(_: System, __: Sequence[BlogPost], ___: Path) -> None:
    pass


def _add_sentence(post: BlogPost) -> BlogPost:
    (title, text), *rest = post.sections
    return replace(post, sections=((title, f"{text} Une phrase de plus."), *rest))


def change_body(system: System, posts: Sequence[BlogPost], folder: Path) -> None:
    """Add a sentence to a post."""
    system.write(_add_sentence(_find_post(posts, 1)), folder)


def warm_up(system: System, posts: Sequence[BlogPost], folder: Path) -> None:
    """Add a sentence to another post, for a build that nobody measures."""
    system.write(_add_sentence(_find_post(posts, 2)), folder)


def _change_title(system: System, posts: Sequence[BlogPost], folder: Path) -> None:
    post = _find_post(posts, 3)
    system.write(replace(post, title=f"{post.title} autrement"), folder)


def _add_post(system: System, posts: Sequence[BlogPost], folder: Path) -> None:
    system.write(posts[-1], folder)


def _delete_post(_: System, posts: Sequence[BlogPost], folder: Path) -> None:
    linked = {post.link[1] for post in posts if post.link}
    changed = {_find_post(posts, number).slug for number in range(1, 5)}
    old = (post for post in posts[len(posts) // 2 :] if post.slug not in linked | changed)
    post = next(old)
    (folder / f"docs/posts/{post.date.year}/{post.slug}.md").unlink()


def _rename_tag(system: System, posts: Sequence[BlogPost], folder: Path) -> None:
    post = _find_post(posts, 4)
    system.write(replace(post, tags=("Laboratoires ouverts", *post.tags[1:])), folder)


def _append(folder: Path, name: str, text: str) -> None:
    path = folder / "docs" / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _describe_category(_: System, __: Sequence[BlogPost], folder: Path) -> None:
    path = folder / "docs/categories.yml"
    line = f"{CATEGORIES[0]}:\n"
    told = path.read_text(encoding="utf-8")
    text = told.replace(line, f"{line}  description: Ce que l’on apprend en faisant.\n")
    path.write_text(text, encoding="utf-8")


def _style(_: System, __: Sequence[BlogPost], folder: Path) -> None:
    _append(folder, "_static/posts.css", "\narticle p { orphans: 3; }\n")


def _template(_: System, __: Sequence[BlogPost], folder: Path) -> None:
    _append(folder, "_templates/components/footer.html", "<p>Merci de votre visite.</p>\n")


def _set(_: System, __: Sequence[BlogPost], folder: Path) -> None:
    _append(folder, "conf.py", '\ncopyright = "les auteurs"\n')


# One after another, in this order.
COMMON: Mapping[str, Change] = {
    "clean": _change_nothing,
    "no-op": _change_nothing,
    "body of a post": change_body,
    "new post": _add_post,
}
OWN: Mapping[str, Change] = {
    **COMMON,
    "title of a post": _change_title,
    "deleted post": _delete_post,
    "tag of a post": _rename_tag,
    "description of a category": _describe_category,
    "stylesheet": _style,
    "template": _template,
    "setting": _set,
}
