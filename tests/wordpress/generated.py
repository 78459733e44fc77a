"""Exports of blogs that nobody wrote: the same for a seed, each with all that an audit looks at.

Texts are random words; blogs share no name, number or address, so that one archive holds many.
"""

import random
from dataclasses import dataclass, field

from tests.wordpress.conftest import (
    BLOG,
    cdata,
    draw,
    write_export,
    write_item,
    write_medium,
    write_meta,
    write_remark,
    write_term,
)

WORDS = """
    archive atelier bibliothèque brouette carnet châtaigne citoyenne clé concertation coquelicot
    cœur débat dégât école élan enquête façade fête forêt garçon gîte grève habitante haïku hôpital
    île jardin jeudi kiosque l’usager lecture mairie maïs mémoire musée naïve nœud numéro œuvre
    parvis pêche photographie place quartier récit rivière rue saison sœur théâtre tramway usine
    vélo village vœux voisine wagon zèbre zone été où ça déjà
""".split()
ENTITIES = ("&amp;", "&nbsp;:", "&eacute;tude", "l&#8217;eau", "&laquo;&nbsp;", "1 &lt; 2", "🙂")
NAMES = ("Aïcha Benoît", "Zoé d’Été", "Jean-Noël", "Œdipe", "M. L'Heureux", "Chloë Ångström")
CATEGORIES = ("Territoires", "Vie d’ici", "Données ouvertes", "Éducation", "Santé - social")
TAGS = ("été", "CNFPT", "Université d’été", "3D", "tiers-lieux", "c’est dit", "Mots,suite")
MARKS = ("strong", "b", "em", "i", "s", "u", "sup", "sub", "code", "del")
HIDDEN = ("draft", "private", "pending", "future", "trash")


@dataclass
class Blog:
    """A blog made up of a *seed*: the XML of its export, and its files by name."""

    seed: int
    items: list = field(default_factory=list)
    files: dict = field(default_factory=dict)

    def __post_init__(self):
        self.random = random.Random(self.seed)
        self.host = f"https://blog-{self.seed}.exemple.fr"
        self.start = self.seed * 1000
        self.slugs = {self.start + n: f"{self.word()}-{self.seed}-{n}" for n in range(1, 6)}
        self.texts = [
            self.paragraph, self.marked, self.linked, self.points, self.numbers, self.table,
            self.heading, self.code, self.quote, self.picture, self.captioned, self.gallery,
            self.lines, self.odd, self.blocks,
        ]  # fmt: skip

    # Words

    def pick(self, values):
        return self.random.choice(values)

    def word(self):
        return self.pick([word for word in WORDS if word.isalpha() and word.isascii()])

    def words(self, least=3, most=9):
        return " ".join(self.random.choices(WORDS, k=self.random.randint(least, most)))

    def sentence(self):
        words = self.words(5, 14)
        words += f" {self.pick(ENTITIES)} {self.words(1, 3)}" if self.random.random() < 0.3 else ""
        return words[0].upper() + words[1:] + self.pick([".", " !", "&nbsp;?", "…"])

    # Pieces of text

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 4)))

    def marked(self):
        mark = self.pick(MARKS)
        return f"{self.words()} <{mark}>{self.words(1, 3)}</{mark}> {self.words()}."

    def linked(self):
        target = self.pick([
            "https://exemple.org/a?b=c&amp;d=%C3%A9", f"/{self.pick(list(self.slugs.values()))}/",
            f"{BLOG}/category/territoires/", f"{BLOG}/wp-content/uploads/rapport-{self.seed}.pdf",
            "#une_suite", f"{BLOG}/?p={self.start + 1}", f"{BLOG}/?p={self.start + 90}",
        ])  # fmt: skip
        return f'{self.words()} <a href="{target}">{self.words(1, 3)}</a> {self.words()}'

    def points(self):
        inner = f"<ul><li>{self.words()}</li><li>{self.words()}</li></ul>"
        return f"<ul><li>{self.words()}{inner}</li><li><b>{self.words(1, 2)}</b> {self.words()}</li></ul>"

    def numbers(self):
        start = self.random.randint(2, 12)
        items = "".join(f"<li>{self.sentence()}</li>" for _ in range(3))
        return f'<ol start="{start}">{items}</ol>'

    def table(self):
        rows = "".join(
            f"<tr><td>{self.words(1, 2)}</td><td>{self.words(1, 2)}</td></tr>" for _ in range(2)
        )
        return f"<table><tr><th>{self.word()}</th><th>{self.word()}</th></tr>{rows}</table>"

    def heading(self):
        return f"<h2>{self.words(2, 4)}</h2>\n\n{self.paragraph()}\n\n<h3>{self.words(2, 4)}</h3>"

    def code(self):
        return f"<pre><code>si {self.word()} &lt; 3:\n    {self.word()}()  # {self.words()}</code></pre>"

    def quote(self):
        return f"<blockquote>{self.sentence()}\n\n{self.sentence()}</blockquote>"

    def image(self):
        name = f"{self.word()}-{self.seed}-{len(self.files)}.png"
        self.files[name] = draw(tuple(self.random.choices(range(256), k=3)))
        return f'<img src="{BLOG}/wp-content/uploads/{name}" alt="{self.words(2, 4)}" width="60" height="40">'

    def picture(self):
        return (
            f'{self.sentence()}\n\n<a href="https://exemple.org/{self.word()}">{self.image()}</a>'
        )

    def captioned(self):
        return f'[caption id="attachment_1" align="alignleft" width="60"]{self.image()} {self.words()}[/caption]'

    def gallery(self):
        return f'[gallery ids="{self.start + 101},{self.start + 102}"]'

    def lines(self):
        return f"{self.words()}\n{self.words()}\n{self.words()}"

    def odd(self):
        """What exports have that means nothing, or the same as something simpler."""
        link = f"https://exemple.org/{self.word()}"
        return self.pick([
            f'{self.words()} <a href="{link}"></a>{self.words()}',
            f'<a href="{link}">{self.words(1, 2)}</a><a href="{link}">{self.words(1, 2)}</a>',
            f'{self.words()} <a href="{link}">{self.words(1, 2)}</a> <a href="{link}">{self.words(1, 2)}</a>',
            f'<object data="{link}.swf"><param name="movie" value="{link}.swf"><embed src="{link}.swf"></object>',
            f"{self.words()} 10<sup><sup>{self.random.randint(2, 99)}</sup></sup> {self.words()}",
            f'<h2 id="une_suite_{self.seed}">{self.words()}</h2>\n\n<a href="#une_suite_{self.seed}">{self.words()}</a>',
            f"<strong></strong>{self.words()} <em> {self.words(1, 2)}</em>",
            f"<st1:place>{self.words(1, 1)}</st1:place>-{self.words()}",
            f"<div><p>{self.sentence()}</p></div><script>x()</script>{self.words()}",
        ])  # fmt: skip

    def blocks(self):
        return "\n\n".join((
            f"<!-- wp:paragraph -->\n<p>{self.sentence()} <strong>{self.words(1, 2)}</strong></p>\n<!-- /wp:paragraph -->",
            f'<!-- wp:heading -->\n<h2 class="wp-block-heading">{self.words(2, 4)}</h2>\n<!-- /wp:heading -->',
            f"<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>{self.words()}</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->",
            f'<!-- wp:image {{"id":9}} -->\n<figure class="wp-block-image">{self.image()}<figcaption>{self.words()}</figcaption></figure>\n<!-- /wp:image -->',
        ))  # fmt: skip

    def content(self):
        pieces = [each() for each in self.random.sample(self.texts, 6)]
        return "\n\n".join([self.paragraph(), "<!--more-->", *pieces])

    # Items

    def remarks(self, number):
        """Two threads, a mention, and what nobody approved."""
        first = number * 10
        for at, (parent, kind) in enumerate(((0, "comment"), (first, "comment"), (0, "pingback"))):
            text = f"{self.sentence()}\n\n<em>{self.words()}</em>"
            author = self.pick(NAMES)
            yield write_remark(
                first + at, text, author=author, parent=parent, kind=kind, day=at + 1
            )
        yield write_remark(first + 9, self.paragraph(), approved="0", author="Indésirable")

    def terms(self):
        for domain, names in (("category", CATEGORIES), ("post_tag", TAGS)):
            for name in self.random.sample(names, 2):
                yield write_term(domain, f"{name.lower().replace(' ', '-')}", name)

    def post(self, number, **fields):
        raw = "".join((*self.terms(), *self.remarks(number)))
        raw += write_meta("_thumbnail_id", f"{self.start + 101}") if number % 2 else ""
        day = f"{self.random.randint(2006, 2019)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        values = {
            "title": f"{self.words(2, 5).capitalize()} {number}", "name": self.slugs[number], "raw": raw,
            "date": f"{day} 10:00:00", "date_gmt": f"{day} 08:00:00", "link": f"{BLOG}/{self.slugs[number]}/",
            "creator": f"redac-{self.seed}-{number % 2}", "guid": f"{BLOG}/?p={number}",
        }  # fmt: skip
        return write_item(number, self.content(), **(values | fields))

    def hidden(self, number, status):
        values = {
            "name": f"cache-{number}",
            "link": f"{BLOG}/?p={number}",
            "title": f"Pas encore {self.words(6, 8)}",
        }
        protected = (
            {"status": "publish", "password": "sésame"} if status == "trash" else {"status": status}
        )
        return write_item(number, f"{BLOG}/wp-admin/\n\n{self.paragraph()}", **(values | protected))

    def write(self):
        """Return the XML of the export."""
        numbers = list(self.slugs)
        items = [self.post(number) for number in numbers[:-1]]
        items.append(self.post(numbers[-1], type="page", raw=""))
        items += [self.hidden(self.start + 90 + at, each) for at, each in enumerate(HIDDEN)]
        for number, name in ((101, "une"), (102, "deux")):
            self.files[f"{name}-{self.seed}.png"] = draw((self.seed * 7 % 256, number, 99))
            alt, parent = self.words(2, 3), numbers[0] if number == 101 else 0
            items.append(
                write_medium(
                    self.start + number, f"{name}-{self.seed}.png", parent, alt, self.words()
                )
            )
        self.files[f"rapport-{self.seed}.pdf"] = f"%PDF-1.4 {self.words()}".encode()
        authors = "".join(
            f"<wp:author><wp:author_login>redac-{self.seed}-{at}</wp:author_login>"
            f"<wp:author_email>redac-{self.seed}-{at}@secret.exemple</wp:author_email>"
            f"<wp:author_display_name>{cdata(f'{self.pick(NAMES)} {self.seed}')}</wp:author_display_name></wp:author>"
            for at in range(2)
        )  # fmt: skip
        return write_export(*items, head=authors).replace(BLOG, self.host)
