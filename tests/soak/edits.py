"""A small archive that changes at random, as writers and maintainers change theirs."""

import os
import random
import re
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

TAGS = ("CNFPT", "MOOC", "Été", "territoires", "design", "données", "coopération")
CATEGORIES = ("Innovation publique", "Emploi, formation")
AUTHORS = ("amoor", "claire")
WORDS = (
    "budget commune habitant rencontre atelier méthode réseau service usager carte voisin "
    "école rivière marché jardin archive formation élu agent projet récit enquête"
).split()
LINK = "http://exemple.fr/mort"
TEMPLATES = tuple(
    f"_templates/components/{name}.html" for name in ("footer", "entry", "comments", "menu")
)
PHRASES = (
    f"Voir [là]({LINK}).",
    "Avec du *gras*, de l’`code` et {term}`CNFPT`\xa0: « oui » !",
    "- un\n- deux\n- trois",
    "> Cité.\n>\n> Encore.",
    "```python\nprint(1)\n```",
    "| A | B |\n| - | - |\n| 1 | 2 |",
    "Avec {person}`Armelle <Dufour, Armelle>` et {organisation}`Etalab`.",
    "Une note[^n].\n\n[^n]: La voici.",
    "```{note}\nÀ savoir.\n```",
    "(partie-NOMBRE)=\n\n## Une partie\n\nPuis la suite.\n\n### Plus bas\n\nEncore.",
)


@dataclass(frozen=True)
class Post:
    """A post of the model: *links* are numbers of others, *colour* that of its picture."""

    number: int
    year: int
    slug: str
    title: str
    day: int
    tags: tuple[str, ...]
    category: str
    author: str
    parts: tuple[str, ...]
    links: tuple[int, ...] = ()
    reference: int | None = None
    colour: int | None = None
    fields: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    featured: bool = False

    @property
    def name(self) -> str:
        """The path of its file below docs/posts/."""
        return f"{self.year}/{self.slug}.md"


@dataclass
class Model:
    """What the files of docs/ are to hold; *standing* are those that are no posts."""

    chance: random.Random
    posts: dict[int, Post] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)
    next_number: int = 0

    def sentence(self) -> str:
        words = self.chance.choices(WORDS, k=self.chance.randint(4, 12))
        return " ".join(words).capitalize() + "."

    def pick(self) -> Post:
        return self.chance.choice([self.posts[number] for number in sorted(self.posts)])

    def add(self) -> None:
        number = self.next_number
        self.next_number += 1
        parts = [self.sentence() for _ in range(self.chance.randint(1, 4))]
        if self.chance.random() < 0.6:
            parts.insert(self.chance.randint(0, len(parts)), self.chance.choice(PHRASES))
        if self.chance.random() < 0.4:
            parts.insert(1, "<!-- more -->")
        self.posts[number] = Post(
            number=number,
            year=self.chance.randint(2015, 2018),
            slug=f"billet-{number}",
            title=f"{self.sentence()[:-1]} {number}",
            day=self.chance.randint(1, 28),
            tags=tuple(self.chance.sample(TAGS, self.chance.randint(0, 3))),
            category=self.chance.choice(CATEGORIES),
            author=self.chance.choice(AUTHORS),
            parts=tuple(parts),
        )

    def change(self, **values: object) -> None:
        post = self.pick()
        self.posts[post.number] = replace(post, **values)


def add(model: Model) -> None:
    model.add()


def delete(model: Model) -> None:
    if len(model.posts) > 2:
        del model.posts[model.pick().number]


def delete_some(model: Model) -> None:
    for _ in range(3):
        delete(model)


def rename(model: Model) -> None:
    model.change(slug=f"billet-renomme-{model.chance.randint(0, 10**6)}")


def share_slug(model: Model) -> None:
    """Give a post the name of one of another year."""
    one, other = model.pick(), model.pick()
    names = {post.name for post in model.posts.values()}
    if f"{one.year}/{other.slug}.md" not in names:
        model.posts[one.number] = replace(one, slug=other.slug)


def move_year(model: Model) -> None:
    post = model.pick()
    year = model.chance.randint(2012, 2019)
    if f"{year}/{post.slug}.md" not in {each.name for each in model.posts.values()}:
        model.posts[post.number] = replace(post, year=year)


def move_day(model: Model) -> None:
    model.change(day=model.chance.randint(1, 28))


def retitle(model: Model) -> None:
    model.change(title=f"{model.sentence()[:-1]} {model.chance.randint(0, 999)}")


def retag(model: Model) -> None:
    model.change(tags=tuple(model.chance.sample(TAGS, model.chance.randint(0, 4))))


def reclassify(model: Model) -> None:
    model.change(category=model.chance.choice(CATEGORIES), author=model.chance.choice(AUTHORS))


def rewrite(model: Model) -> None:
    post = model.pick()
    parts = list(post.parts)
    parts[model.chance.randrange(len(parts))] = model.sentence()
    model.posts[post.number] = replace(post, parts=tuple(parts))


def dress(model: Model) -> None:
    post = model.pick()
    phrase = model.chance.choice(PHRASES)
    if phrase not in post.parts and not any("##" in part for part in post.parts):
        model.posts[post.number] = replace(post, parts=(*post.parts, phrase))


def swap(model: Model) -> None:
    """Exchange what two posts hold."""
    one, other = model.pick(), model.pick()
    place = {"number", "year", "slug"}
    values = {key: value for key, value in vars(one).items() if key not in place}
    others = {key: value for key, value in vars(other).items() if key not in place}
    model.posts[one.number] = replace(one, **others)
    model.posts[other.number] = replace(other, **values)


def link(model: Model) -> None:
    model.change(links=(model.pick().number, model.pick().number))


def refer(model: Model) -> None:
    model.change(reference=model.pick().number)


def illustrate(model: Model) -> None:
    """Give a post a picture, another one, or none."""
    model.change(colour=model.chance.choice([None, 0, 100, 200]))


def feature(model: Model) -> None:
    """Put the picture of a post above its text, or no more."""
    post = model.pick()
    model.posts[post.number] = replace(post, featured=not post.featured, colour=post.colour or 100)


def discuss(model: Model) -> None:
    """Give a post comments, others, or none."""
    said = tuple(model.sentence() for _ in range(model.chance.randint(0, 3)))
    model.change(comments=said)


def set_field(model: Model) -> None:
    choices = ((), (("draft", "true"),), (("partial", "true"),), (("summary", "Un résumé."),))
    choices += ((("updated", "2019-02-03"),), (("language", "en"),), (("excerpt", "2"),))
    choices += ((("series", "Feuilleton"),), (("series", "Autre suite"),))
    choices += ((("date_edtf", "2017~"),), (("sticky", "true"),), (("format", "quote"),))
    post = model.pick()
    chosen = model.chance.choice(choices)
    if chosen == (("date_edtf", "2017~"),) and post.year != 2017:
        return
    model.posts[post.number] = replace(post, fields=chosen)


def redirect(model: Model) -> None:
    post = model.pick()
    fields = (("redirect", f"/vieux-{post.number}-{model.chance.randint(0, 99)}/"),)
    model.posts[post.number] = replace(post, fields=fields)


def _append(model: Model, name: str, text: str) -> None:
    model.standing[name] = model.standing[name] + text


def edit_glossary(model: Model) -> None:
    word = f"Mot{model.chance.randint(0, 10**6)}"
    text = model.standing["glossaire.md"]
    model.standing["glossaire.md"] = text.replace(
        "```{glossary}", f"```{{glossary}}\n{word}\n  Défini.\n"
    )


def edit_template(model: Model) -> None:
    name = model.chance.choice(TEMPLATES)
    _append(model, name, f"<p>{model.chance.randint(0, 99)}</p>\n")


def edit_settings(model: Model) -> None:
    """Change what pages show, what a document shows, what all are read by, or nothing."""
    number = model.chance.randint(0, 99)
    choices = [f'html_title = "Titre {number}"', f'archive_contact = "{number}@exemple.fr"']
    choices += [f'html_permalinks_icon = "{number}"', f"# {number}"]
    choices += [f'html_theme_options["announcement"] = "Annonce {number}"']
    _append(model, "conf.py", f"\n{model.chance.choice(choices)}\n")


def assess(model: Model) -> None:
    """Say something else of a file that a page is made of."""
    note = f"\n  note: Essai {model.chance.randint(0, 99)}.\n"
    model.standing["rgaa.yml"] = re.sub(
        r"\n  note: .*\n", note, model.standing["rgaa.yml"], count=1
    )


def edit_style(model: Model) -> None:
    _append(model, "_static/posts.css", f".x {{ margin: {model.chance.randint(1, 99)}px }}\n")


def edit_page(model: Model) -> None:
    _append(model, "a-propos.md", f"\n{model.sentence()}\n")


def name_author(model: Model) -> None:
    name = f"Claire {model.chance.randint(0, 99)}"
    model.standing["authors.yml"] = f"amoor:\n  name: a.m.o.o.r.\nclaire:\n  name: {name}\n"


def place_category(model: Model) -> None:
    """Make a category part of another, or of none."""
    parent = model.chance.choice(("", f"  parent: {CATEGORIES[0]}\n"))
    said = f"  description: Apprendre {model.chance.randint(0, 9)}.\n"
    text = f"{CATEGORIES[0]}:\n{CATEGORIES[1]}:\n{said}{parent}"
    model.standing["categories.yml"] = text


def judge_link(model: Model) -> None:
    """Say that the link of some sentences is dead, of which day the copy is, or nothing."""
    copy = "  copy: https://archive.fr/1\n  copy_date: 2017-11-03\n"
    entry = f"{LINK}:\n  state: dead\n"
    model.standing["links.yml"] = model.chance.choice(("", entry, entry + copy))


def nothing(_: Model) -> None:
    pass


EDITS = (
    *(add, add, delete, delete_some, rename, share_slug, move_year, move_day, retitle, retitle),
    *(retag, retag, reclassify, rewrite, rewrite, dress, swap, link, refer, illustrate),
    *(
        discuss,
        discuss,
        feature,
        feature,
        set_field,
        redirect,
        edit_glossary,
        edit_template,
        edit_settings,
        edit_style,
        edit_page,
        assess,
    ),
    *(name_author, place_category, judge_link, judge_link, nothing),
)


def _describe_target(model: Model, post: Post, number: int) -> str | None:
    """Return how a post can be linked from another: not if it is hidden, gone, or itself."""
    target = model.posts.get(number)
    if target is None or number == post.number or ("draft", "true") in target.fields:
        return None
    return f"{target.year}/{target.slug}"


def write_text(model: Model, post: Post) -> str:
    """Return the text of the file of *post*."""
    header = {
        "date": f"{post.year}-03-{post.day:02}",
        "author": post.author,
        "category": f'["{post.category}"]',
        "tags": f"[{', '.join(post.tags)}]",
        **dict(post.fields),
    }
    if post.featured and post.colour is not None:
        header["featured_image"] = f"{post.slug}/photo.png"
    parts = list(post.parts)
    for number in post.links:
        target = _describe_target(model, post, number)
        if target:
            parts.append(f"Voir [ceci](../{target}.md).")
    target = _describe_target(model, post, post.reference) if post.reference is not None else None
    if target:
        parts.append(f"Lire {{ref}}`{target}`.")
    if post.colour is not None:
        parts.append(f"![Une couleur]({post.slug}/photo.png)")
    lines = "".join(f"{key}: {value}\n" for key, value in header.items())
    # No two posts may have the same label.
    body = "\n\n".join(parts).replace("NOMBRE", str(post.number))
    return f"---\n{lines}---\n\n# {post.title}\n\n{body}\n"


def write_discussion(post: Post) -> str:
    """Return the text of the file of comments of *post*."""
    start = f"- author: Claire\n  date: {post.year}-12-28\n  text: "
    return "".join(f"{start}{said}\n" for said in post.comments)


def _paint(colour: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (700, 40), (colour, 50, 50)).save(data, "PNG")
    return data.getvalue()


def _files(model: Model) -> dict[str, bytes]:
    files = {f"{name}": text.encode() for name, text in model.standing.items()}
    for post in model.posts.values():
        files[f"posts/{post.name}"] = write_text(model, post).encode()
        if post.comments:
            name = f"posts/{post.year}/{post.slug}.comments.yml"
            files[name] = write_discussion(post).encode()
        if post.colour is not None:
            files[f"posts/{post.year}/{post.slug}/photo.png"] = _paint(post.colour)
    return files


def write_files(model: Model, docs: Path) -> None:
    """Make docs/ what *model* says; a file that changes gets any date, often an old one."""
    wanted = _files(model)
    there = {path for path in (docs / "posts").rglob("*") if path.is_file()}
    for path in there - {docs / name for name in wanted}:
        path.unlink()
    for name, data in wanted.items():
        path = docs / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            date = model.chance.choice([None, 0, 946684800, 1500000000, 2000000000])
            if date is not None:
                os.utime(path, (date, date))
