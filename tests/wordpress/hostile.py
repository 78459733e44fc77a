"""Exports that mean harm, made up at random out of what broke imports before."""

import random
import string

from tests.wordpress.conftest import BLOG, cdata, write_item, write_medium, write_meta, write_remark

_SIGNS = (
    "\u202e", "\u200b", "\u0085", "\ufdd0", "\ufdd20\ufdd3", "\ufffd", "\u2028", "\u00a0", "\u00ad",
    "\ue000", "\ufeff", "\u0301", "😀", "字", "é", "&#x202E;", "&#0;", "&amp;", "&nbsp;", "]]>",
)  # fmt: skip
_MARKUP = (
    "*", "_", "`", "[", "]", "<", ">", "|", "\\", "{", "}", "!", "~", "^", "#", "-", "+", "=", ":::",
    "$", "%", "(", ")", "@", '"', "'", ";", ",", "/", ":", "\n", "\n\n", "\t", "  ", "---\n", "```",
)  # fmt: skip
_TAGS = (
    "p", "div", "span", "b", "i", "u", "s", "sup", "sub", "small", "kbd", "mark", "code", "pre", "q",
    "em", "a href='x'", "a href='http://[x'", "a href='javascript:x'", "a href='#y'", "h1", "h2",
    "h6", "ul", "ol", "ol start='99999'", "li", "dl", "dt", "dd", "blockquote", "table", "tr", "td",
    "td colspan='9'", "td rowspan='99'", "th", "caption", "thead", "figure", "figcaption", "section",
    "aside", "details", "summary", "iframe src='x'", "video src='x'", "object", "svg", "math",
    "script", "style", "span lang='en'", "abbr title='x'", "p id='y'", "a name='z'", "center", "font",
    "select", "option", "textarea", "form", "template", "noscript", "picture", "ruby", "rt",
)  # fmt: skip
_CODES = (
    "[gallery]", '[gallery ids="1,2,99"]', "[caption]", "[/caption]", '[caption id="a" align="b"]',
    "[row]", "[/row]", "[vc_column a=b]", "[/vc_column]", "[footnote]", "[/footnote]", "[php]",
    "[/php]", "[youtube=x]", "[embed]http://[x[/embed]", "[audio mp3='x.mp3']", "[[row]]", "[a",
    "<!--more-->", "<!--more x-->", "<!--nextpage-->", "<!--", "-->", "<!-- wp:block {\"ref\":9} /-->",
    '<!-- wp:image {"id":[[[[ -->', "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->",
    "<!-- wp:html -->", "<!-- wp:latest-posts /-->", '<sup data-fn="n"></sup>',
    "<img src='http://[x'>", "<img src='data:x'>", f"<img src='{BLOG}/wp-content/uploads/m.png'>",
    f"<a href='{BLOG}/?p=3'>trois</a>", f"<a href='{BLOG}/billet-2/#y'>deux</a>", "<br>", "<hr>",
    f"<a href='{BLOG}/category/x/'>liste</a>", "http://exemple.org/a?b=c&d", "\nhttps://x.fr/v\n",
)  # fmt: skip
_SLUGS = (
    "", "../../x", "...", "a b", "a\tb", "index", "feed", "page", "tag", "2016", "con", "_x", "x" * 300,
    "%e4%bd%a0", "%2e%2e%2f", "%00", "%ff", "😀", "a#b", "a?b=c", "a/b", "a\\b", "A", "a", "b", "x",
    "posts", "archives", "author-x", "a$b;{c}", "a.html", "billet-1", "search.html", "true", "null",
)  # fmt: skip
_LINKS = (
    "", "http://[x", "http://a:99999999/", f"{BLOG}/2016/", f"{BLOG}/?p=1", f"{BLOG}/?p=²",
    f"{BLOG}/category/x/", f"{BLOG}/a/", f"{BLOG}/A/", f"{BLOG}/a.html/b", f"{BLOG}/a.html",
    f"{BLOG}/feed/", f"{BLOG}/page/2/", f"{BLOG}//", "javascript:x", "//", f"{BLOG}/tag/a/",
)  # fmt: skip


class Attack:
    """One export, the same for the same *seed*."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def write(self):
        """Return its items, and what stands before them."""
        items = [self._item(number) for number in range(1, 9)]
        items += [
            write_item(9, self._text(3), type="wp_block"),
            write_medium(10, self._slug(), parent=1, alt=self._words(), caption=self._text(1)),
            write_medium(11, "m.png", parent=2, link=self._link(), guid=self._link()),
        ]
        self.chance.shuffle(items)
        return items, "".join(self._category() for _ in range(6)) + self._author()

    def _words(self):
        pieces = [self.chance.choice((*_SIGNS, *_MARKUP, "mot", "Deux mots. ")) for _ in range(6)]
        return "".join(pieces)

    def _slug(self):
        return self.chance.choice((*_SLUGS, self._words()))

    def _link(self):
        return self.chance.choice((*_LINKS, f"{BLOG}/{self._slug()}"))

    def _text(self, size):
        return "".join(self._piece() for _ in range(self.chance.randrange(size * 6)))

    def _piece(self):
        chance = self.chance
        kind = chance.randrange(12)
        if kind < 4:
            return self._words()
        if kind < 7:
            return chance.choice(_CODES)
        if kind < 11:
            tag = chance.choice(_TAGS)
            closed = chance.choice((f"</{tag.split()[0]}>", ""))
            return f"<{tag}>{self._words()}{closed}"
        unit = chance.choice((
            f"<{chance.choice(_TAGS)}>a", chance.choice(_CODES), chance.choice(_MARKUP), "[", "mot ",
            "Une phrase. ", "<br>vers", "mot\n\n",
        ))  # fmt: skip
        return unit * chance.choice((20, 100, 700, 3000))

    def _date(self):
        dates = (
            "2016-09-02 10:00:00",
            "0000-00-00 00:00:00",
            "9999-12-31 23:59:59",
            "1969-01-01",
            "x",
        )
        return self.chance.choice(dates)

    def _term(self):
        domain = self.chance.choice(("category", "post_tag", "author", "post_format", "x"))
        slug = self._slug().translate(dict.fromkeys(map(ord, '<>&"')))
        return f'<category domain="{domain}" nicename="{slug}">{cdata(self._slug())}</category>'

    def _category(self):
        slug, parent, name = (cdata(self.chance.choice((*"abcx", self._slug()))) for _ in range(3))
        return (
            f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>"
            f"{parent}</wp:category_parent><wp:cat_name>{name}</wp:cat_name>"
            f"<wp:category_description>{cdata(self._words())}</wp:category_description></wp:category>"
        )

    def _author(self):
        return (
            f"<wp:author><wp:author_login>claire</wp:author_login><wp:author_display_name>"
            f"{cdata(self._words())}</wp:author_display_name></wp:author>"
        )

    def _remarks(self):
        count = self.chance.choice((0, 0, 1, 3, 40))
        for number in range(1, count + 1):
            parent = self.chance.randrange(count + 1)
            yield write_remark(number, self._text(1), author=self._words(), parent=parent)

    def _item(self, number):
        chance = self.chance
        raw = "".join(self._term() for _ in range(chance.choice((0, 2, 5, 150))))
        raw += "".join(self._remarks())
        notes = ("[" * 5000, '[{"id":"n","content":"<b>x\\ufdd20\\ufdd3"}]', "{}", '[{"id":{}}]')
        raw += write_meta("footnotes", chance.choice(notes))
        raw += write_meta("_thumbnail_id", chance.choice(("11", "²", "9" * 5000, "-1", "")))
        text = "".join(each for each in raw if each in string.whitespace or each >= " ")
        return write_item(
            number, self._text(8), title=self._words(), name=self._slug(), link=self._link(),
            guid=self._link(), excerpt=self._text(1), creator=self._slug(), date=self._date(),
            date_gmt=self._date(), modified=self._date(), raw=text,
            type=chance.choice(("post", "post", "post", "page", "odd\u202etype")),
            status=chance.choice(("publish", "publish", "publish", "draft", "\u009b31m")),
        )  # fmt: skip
