"""A made-up WordPress export (WXR) of any size, in French, with all that classic posts hold.

`python bench/export.py 600000 blog.xml` writes one of that many bytes.
"""

from __future__ import annotations

import datetime as dt
import html
import random
import re
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from blog import CATEGORIES, LEMMAS
from corpus import TOPIC_WORDS, Writer

from archivist.addresses.slugs import to_slug

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "https://blog.exemple.fr"
# Sentences are drawn from these, so that 100 MB are written in seconds.
SENTENCES = 4_000
TAGS = 80
# How often a post is not public, and how.
HIDDEN = (("draft", ""), ("private", ""), ("publish", "sésame"), ("pending", ""), ("future", ""))
HIDDEN_EVERY = 9
PAGE_EVERY = 25
FIRST_DAY = dt.datetime(2006, 1, 2, 9, 0)  # noqa: DTZ001 (a blog's own clock)

_START = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Un blog</title><link>{host}</link><description></description><language>fr-FR</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{host}</wp:base_site_url><wp:base_blog_url>{host}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[claire]]></wp:author_login>
<wp:author_email><![CDATA[claire@exemple.fr]]></wp:author_email>
<wp:author_display_name><![CDATA[Claire Dubois]]></wp:author_display_name></wp:author>
"""
_ITEM = """<item>
<title><![CDATA[{title}]]></title><link>{link}</link><pubDate>{world:%a, %d %b %Y %H:%M:%S} +0000</pubDate>
<dc:creator><![CDATA[claire]]></dc:creator><guid isPermaLink="false">{guid}</guid><description></description>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date>
<wp:post_date_gmt>{world}</wp:post_date_gmt><wp:post_modified>{date}</wp:post_modified>
<wp:post_modified_gmt>{world}</wp:post_modified_gmt><wp:comment_status>open</wp:comment_status>
<wp:ping_status>open</wp:ping_status><wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status>
<wp:post_parent>{parent}</wp:post_parent><wp:menu_order>0</wp:menu_order><wp:post_type>{kind}</wp:post_type>
<wp:post_password>{password}</wp:post_password><wp:is_sticky>0</wp:is_sticky>
{rest}</item>
"""
_META = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value><![CDATA[{}]]></wp:meta_value></wp:postmeta>\n"
_COMMENT = """<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[{author}]]></wp:comment_author>
<wp:comment_author_email>{login}@exemple.fr</wp:comment_author_email><wp:comment_author_url></wp:comment_author_url>
<wp:comment_author_IP>203.0.113.77</wp:comment_author_IP><wp:comment_date>{date}</wp:comment_date>
<wp:comment_date_gmt>{world}</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>
"""
# What readers do not see of a content.
_UNSEEN = re.compile(r"<!--.*?-->|<[^>]*>|\[/?(?:caption|gallery)[^\]]*\]", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_SECRET = re.compile(r"secret[0-9]+x")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An attachment of a post."""

    number: int
    address: str
    caption: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedPost:
    """A post or page as the blog had it; *comments* are texts, the last not yet approved."""

    number: int
    kind: str
    title: str
    date: dt.datetime
    status: str
    password: str
    content: str
    pictures: tuple[Picture, ...]
    terms: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """Whether all may read it."""
        return self.status == "publish" and not self.password

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return f"billet-{self.number}"

    @property
    def link(self) -> str:
        """Its address."""
        day = "" if self.kind == "page" else f"{self.date:%Y/%m/%d}/"
        return f"{HOST}/{day}{self.slug}/"

    def list_words(self) -> list[str]:
        """Return the words that readers saw in its text."""
        shown = _UNSEEN.sub(" ", self.content)
        if "[gallery" in self.content:
            shown = " ".join((shown, *(each.caption for each in self.pictures[1:])))
        return split_words(shown)


def split_words(text: str) -> list[str]:
    """Return the words of *text*, which may hold HTML's entities."""
    return _WORD.findall(html.unescape(text))


def find_secrets(text: str) -> set[str]:
    """Return the words of *text* that only posts that are not public hold."""
    return set(_SECRET.findall(text))


class Blogger:
    """Writes posts, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        writer = Writer(seed, LEMMAS)
        self._chance = random.Random(seed)  # noqa: S311 (no secret)
        topics = [self._chance.sample(writer.words, TOPIC_WORDS) for _ in range(50)]
        self._sentences = [
            writer.write_sentence(topics[number % len(topics)]) for number in range(SENTENCES)
        ]
        self._words = [forms[0] for forms in writer.words]
        self.tags = [f"{word} {number}" for number, word in enumerate(self._words[:TAGS])]
        self._published: list[tuple[str, str]] = []

    # -- Texts ----------------------------------------------------------------------------

    def _say(self, sentences: int) -> str:
        return " ".join(self._chance.choices(self._sentences, k=sentences))

    def _write_paragraph(self) -> str:
        first, second, third = self._chance.choices(self._sentences, k=3)
        told = f"«\u00a0{second.removesuffix('.')}\u00a0»"
        return f"{first} <strong>{third}</strong> {told}\u00a0: est-ce <em>possible</em>\u00a0?"

    def _write_lines(self) -> str:
        return "\n".join(self._chance.choices(self._sentences, k=3))

    def _write_list(self) -> str:
        tag = self._chance.choice(("ul", "ol"))
        items = "".join(f"<li>{self._say(1)}</li>\n" for _ in range(4))
        return f"<{tag}>\n{items}</{tag}>"

    def _write_table(self) -> str:
        rows = "".join(
            f"<tr><td>{self._name(2)}</td><td>{self._chance.randint(1, 999)}</td></tr>\n"
            for _ in range(3)
        )
        head = "<tr><th>Service</th><th>Nombre</th></tr>\n"
        return f"<table>\n<tbody>\n{head}{rows}</tbody>\n</table>"

    def _write_quote(self) -> str:
        return f"<blockquote>{self._say(2)}\n\n{self._say(1)}</blockquote>"

    def _write_link(self) -> str:
        if not self._published:
            return f'Voir <a href="{HOST}/">le blog</a>.'
        link, title = self._chance.choice(self._published)
        return f'{self._say(1)} Voir <a href="{link}">{title}</a>\u00a0; R&amp;D, 50\u00a0% &lt; 1.'

    def _name(self, words: int) -> str:
        return " ".join(self._chance.choices(self._words, k=words)).capitalize()

    def _write_content(self, pictures: tuple[Picture, ...]) -> str:
        """Return a text of all kinds of blocks, in an order by chance."""
        more = (self._write_list, self._write_table, self._write_quote, self._write_lines)
        blocks = [self._chance.choice(more)() for _ in range(2)]
        blocks += [self._write_paragraph() for _ in range(2)]
        blocks += [self._write_link(), f"<h3>{self._name(3)}</h3>\n{self._say(3)}"]
        blocks += _show(pictures)
        self._chance.shuffle(blocks)
        return "\n\n".join((self._say(3), "<!--more-->", *blocks))

    # -- Posts ----------------------------------------------------------------------------

    def _take_pictures(self, number: int) -> tuple[Picture, ...]:
        """Return the pictures of a post: none, one to be shown by itself, or a gallery too."""
        return tuple(
            Picture(
                number=number + each + 1,
                address=f"{HOST}/wp-content/uploads/2016/09/photo-{number + each + 1}.jpg",
                caption=self._name(4),
            )
            for each in range(self._chance.choice((0, 0, 0, 1, 1, 3)))
        )

    def write_post(self, at: int) -> ExportedPost:
        """Return the post that comes after *at* others."""
        number = (at + 1) * 10
        status, password = HIDDEN[at // HIDDEN_EVERY % 5] if at % HIDDEN_EVERY == 4 else ("", "")  # noqa: PLR2004
        pictures = self._take_pictures(number)
        content = self._write_content(pictures)
        secret = f"secret{number}x"
        post = ExportedPost(
            number=number,
            kind="page" if at % PAGE_EVERY == 10 else "post",  # noqa: PLR2004
            title=f"{self._name(4)} {secret}" if status else self._name(4),
            date=FIRST_DAY + dt.timedelta(hours=at * 10),
            status=status or "publish",
            password=password,
            content=f"{content}\n\nUn mot {secret} ici." if status else content,
            pictures=pictures,
            terms=self._choose_terms(),
            comments=tuple(self._say(3) for _ in range(self._chance.randint(0, 3))),
        )
        if post.is_public:
            self._published.append((post.link, post.title))
        return post

    def _choose_terms(self) -> tuple[tuple[str, str], ...]:
        tags = (("post_tag", each) for each in self._chance.sample(self.tags, 3))
        return ("category", self._chance.choice(CATEGORIES)), *tags

    def write_posts(self) -> Iterator[ExportedPost]:
        """Yield posts without end, oldest first."""
        yield from map(self.write_post, count())


def _show(pictures: tuple[Picture, ...]) -> Iterator[str]:
    """Yield what shows *pictures*: the first by itself, the others as a gallery."""
    for picture in pictures[:1]:
        image = f'<img class="wp-image-{picture.number}" src="{picture.address}" alt="Une photo" />'
        yield (
            f'[caption id="attachment_{picture.number}" align="aligncenter" width="300"]'
            f"{image} {picture.caption}[/caption]"
        )
    if pictures[1:]:
        yield f'[gallery ids="{",".join(str(each.number) for each in pictures[1:])}"]'


# -- XML ----------------------------------------------------------------------------------


def _write_item(post: ExportedPost, rest: str) -> str:
    guid = f"{HOST}/?p={post.number}"
    return _ITEM.format(
        **{name: getattr(post, name) for name in ("number", "title", "date", "content", "kind")},
        **{name: getattr(post, name) for name in ("link", "slug", "status", "password")},
        guid=escape(guid),
        excerpt="",
        parent=0,
        rest=rest,
        world=post.date - dt.timedelta(hours=1),
    )


def _write_picture(picture: Picture, post: ExportedPost) -> str:
    name = picture.address.rpartition("/")[2].removesuffix(".jpg")
    return _ITEM.format(
        number=picture.number,
        title=name,
        date=post.date,
        content="",
        link=f"{post.link}{name}/",
        slug=name,
        status="inherit",
        password="",
        guid=picture.address,
        excerpt=picture.caption,
        parent=post.number,
        kind="attachment",
        world=post.date - dt.timedelta(hours=1),
        rest=f"<wp:attachment_url>{picture.address}</wp:attachment_url>\n"
        + _META.format("_wp_attached_file", picture.address.partition("uploads/")[2]),
    )


def _write_comments(post: ExportedPost) -> Iterator[str]:
    first = post.number * 10
    for at, text in enumerate(post.comments):
        is_last = at == len(post.comments) - 1 and at > 0
        date = post.date + dt.timedelta(days=at + 1)
        yield _COMMENT.format(
            number=first + at,
            author=f"Lecteur {at}",
            login=f"lecteur-{at}",
            text=text,
            date=date,
            approved=0 if is_last else 1,
            parent=first if at == 1 else 0,
            world=date - dt.timedelta(hours=1),
        )


def write_item(post: ExportedPost) -> str:
    """Return the XML of *post*, after that of its pictures."""
    pictures = "".join(_write_picture(each, post) for each in post.pictures)
    terms = "".join(
        f'<category domain="{domain}" nicename="{to_slug(name)}"><![CDATA[{name}]]></category>\n'
        for domain, name in post.terms
    )
    rest = terms + _META.format("_edit_last", 1) + "".join(_write_comments(post))
    return pictures + _write_item(post, rest)


def _write_terms(tags: list[str]) -> Iterator[str]:
    for number, name in enumerate(CATEGORIES):
        yield (
            f"<wp:category><wp:term_id>{number}</wp:term_id>"
            f"<wp:category_nicename>{to_slug(name)}</wp:category_nicename><wp:category_parent>"
            f"</wp:category_parent><wp:cat_name><![CDATA[{name}]]></wp:cat_name></wp:category>\n"
        )
    for number, name in enumerate(tags, len(CATEGORIES)):
        yield (
            f"<wp:tag><wp:term_id>{number}</wp:term_id><wp:tag_slug>{to_slug(name)}</wp:tag_slug>"
            f"<wp:tag_name><![CDATA[{name}]]></wp:tag_name></wp:tag>\n"
        )


def write_export(path: Path, size: int, seed: int = 1) -> int:
    """Write an export of about *size* bytes; return how many posts and pages are in it."""
    blogger = Blogger(seed)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        written = file.write(_START.format(host=HOST) + "".join(_write_terms(blogger.tags)))
        items = 0
        for post in blogger.write_posts():
            item = write_item(post)
            file.write(item)
            items += 1
            written += len(item.encode("utf-8"))
            if written >= size:
                break
        file.write("</channel>\n</rss>\n")
    return items


if __name__ == "__main__":
    print(write_export(Path(sys.argv[2]), int(sys.argv[1])), "posts and pages")
