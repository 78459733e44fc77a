"""What a file of comments may hold, what is said of the rest, and that none of it can do harm."""

import datetime as dt
import time
import unicodedata

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from archivist.comments.reading import Comment, list_comments, read_comments
from archivist.comments.text import check_comment, render_comment
from archivist.comments.writing import write_comments
from archivist.posts.archive import read_archive
from archivist.syntax.limits import LONGEST_COMMENT

FILE = """\
- author: Claire
  date: 2017-11-12T09:30:00+01:00   # l’heure d’été
  text: |-
    Merci pour ce billet !

    À **relire**, voir [là](https://exemple.fr/).
  replies:
    - author: a.m.o.o.r.
      date: 2017-11-13
      text: Avec plaisir.
- author: Un autre blog
  date: 2017-12-01
  kind: pingback
  text: "[…] comme le disait a.m.o.o.r. […]"
"""
ALLOWED = {
    **{name: set() for name in "p br em strong ul li blockquote pre code".split()},
    "ol": {"start"},
    "a": {"href", "rel"},
}
MARKDOWN = st.text(alphabet="ab1. \n>-*_`~[]()!<>&#;:/\\\"'{}|+=\t\0\ud800é\u202e") | st.text()
HOSTILE = st.lists(
    st.sampled_from(
        [
            *("[a](", ")", "<", ">", "javascript:alert(1)", "https://x.fr/", "data:text/html,x"),
            *("![", "](", "\n", "\n\n", "```", "> ", "- ", "1. ", "    ", "*", "**", "`", "\\"),
            *("<script>", "</p>", "<img src=x onerror=y>", "&#106;", "&lt;", '"', "'", " onclick="),
            *("# a", "{ref}`x`", "[^1]", "[^1]: a", "| a |\n|-|", ":::{note}", "{.x}", "[a]: b"),
        ]
    )
).map("".join)


def one(**fields):
    """Return a file of one comment; a field given as None is left out."""
    fields = {"author": "Claire", "date": "2017-11-12", "text": "Merci."} | fields
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


def said(text):
    """Return a file of one comment that says *text*, from line 4 on."""
    block = "\n".join(f"    {line}" for line in text.split("\n"))
    return one(text=f"|-\n{block}")


def faults_of(text):
    return list(read_comments(text)[1])


def elements_of(html):
    return [
        (element.name, set(element.attrs))
        for element in BeautifulSoup(html, "lxml").select("body *")
    ]


def test_comments_are_read_with_their_replies():
    comments, faults = read_comments(FILE)

    assert faults == ()
    assert comments == (
        Comment(
            author="Claire",
            date=dt.datetime(2017, 11, 12, 9, 30),
            text="Merci pour ce billet !\n\nÀ **relire**, voir [là](https://exemple.fr/).",
            replies=(
                Comment(author="a.m.o.o.r.", date=dt.datetime(2017, 11, 13), text="Avec plaisir."),
            ),
        ),
        Comment(
            author="Un autre blog",
            date=dt.datetime(2017, 12, 1),
            text="[…] comme le disait a.m.o.o.r. […]",
            kind="pingback",
        ),
    )
    names = [comment.author for comment in list_comments(comments)]
    assert names == ["Claire", "a.m.o.o.r.", "Un autre blog"]


def test_a_decomposed_accent_is_composed():
    (comment,), _ = read_comments(one(author="Zoe\u0301", text="e\u0301te\u0301"))

    assert (comment.author, comment.text) == ("Zoé", "été")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("", 1, "aucun commentaire ici : retirez ce fichier."),
        ("[]\n", 1, "aucun commentaire ici"),
        ("Merci.\n", 1, "une liste est attendue ici : commencez chaque commentaire par « - »."),
        ("author: Claire\n", 1, "une liste est attendue ici"),
        ("- Merci.\n", 1, "ce n’est pas un commentaire : écrivez « - author: … », puis date"),
        (one(author=None), 1, "ce commentaire n’est pas signé : ajoutez « author: Nom »."),
        (one(author='""'), 1, "ce commentaire n’est pas signé"),
        (one(author='"\\u200b"'), 1, "ce commentaire n’est pas signé"),
        (one(author="[a, b]"), 1, "un simple texte est attendu ici, sans crochets ni liste."),
        (one(author='"a\\nb"'), 1, "le nom tient sur une ligne"),
        (one(author="a" * 101), 1, "nom de 101 signes, 100 au plus : coupez-le."),
        (one(author="claire@exemple.fr"), 1, "une adresse électronique n’est pas gardée ici"),
        (one(author='"a\\u202eb"'), 1, "caractère de contrôle (sens d’écriture) U+202E"),
        (one(author='"a\\u200bb"'), 1, "caractère invisible U+200B"),
        (one(date=None), 1, "ce commentaire n’est pas daté : ajoutez « date: 2017-11-12 »."),
        (one(date="12/11/2017"), 2, "date « 12/11/2017 » illisible : écrivez un jour qui existe"),
        (one(date="2017-02-30"), 2, "date « 2017-02-30 » illisible"),
        (one(date="2017-11"), 2, "date « 2017-11 » illisible"),
        (one(date="1017-11-12"), 2, "« date: 1017-11-12 » est hors du temps des blogs"),
        (one(text=None), 1, "ce commentaire est vide : ajoutez « text: … », ou retirez-le."),
        (one(text="~"), 1, "ce commentaire est vide"),
        (one(text='" "'), 3, "ce commentaire est vide : écrivez son texte, ou retirez-le."),
        (one(text="Merci # 3"), 3, "« # » et ce qui le suit se perdraient : mettez-le entre"),
        (one(author="Claire #2"), 1, "« # » et ce qui le suit se perdraient"),
        (one(kind="commentaire"), 4, "« kind: commentaire » inconnu : écrivez pingback ou"),
        (one(replies="Merci."), 4, "une liste est attendue ici"),
        (one(replies="\n  - Merci."), 5, "ce n’est pas un commentaire"),
        (one(email="x@exemple.fr"), 4, "« email » : les données personnelles ne sont pas gardées"),
        (one(author_IP="192.0.2.1"), 4, "« author_IP » : les données personnelles"),
        (one(url="https://exemple.fr/"), 4, "« url » : les données personnelles"),
        (one(athor="x"), 4, "clé inconnue « athor » : vouliez-vous dire « author » ?"),
        (one() + one(date="2017-11-01"), 4, "plus ancien que le commentaire précédent"),
        (one() + "  date: 2017-11-12\n", 4, "« date » est déjà donné ligne 2 : gardez-en un."),
        (one(text="a: b"), 3, "fichier illisible à partir d’ici : vérifiez les retraits et les"),
        (one() + "<<<<<<< HEAD\n", 4, "marque de conflit git « <<<<<<< »"),
        (one(text="&a Merci."), 3, "« & » et « * » ont un sens en YAML"),
        (one(text="*a"), 3, "« & » et « * » ont un sens en YAML"),
        (one(text="!!python/object/apply:os.system [id]"), 3, "« ! » a un sens en YAML"),
        (one(text="!x Merci."), 3, "« ! » a un sens en YAML"),
        ("--- []\n--- []\n", 2, "fichier illisible à partir d’ici"),
        (one(text="a\0b"), 3, "caractère de contrôle U+0000 : retirez-le"),
        ("[" * 100_000, 1, "trop de retraits ou de crochets : aplatissez."),
    ],
)
def test_each_mistake_is_told_with_its_line(text, line, told):
    (fault,) = faults_of(text)

    assert fault[0] == line
    assert fault[1].startswith(told)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("Oui.\n\nVoir\n[là](../billet.md).", 7, "adresse incomplète « ../billet.md » : écrivez"),
        ("[là](#partie)", 4, "adresse incomplète « #partie »"),
        ("[là](//exemple.fr/)", 4, "adresse incomplète « //exemple.fr/ »"),
        ("[là](https:///x)", 4, "adresse incomplète"),
        ("[là](http://192.168.0.1/)", 4, "« http://192.168.0.1/ » ne s’ouvre que chez vous"),
        ("[là](javascript:alert%281%29)", 4, "adresse « javascript:alert%281%29 » interdite"),
        ("[là](JaVaScRiPt:x)", 4, "adresse « JaVaScRiPt:x » interdite"),
        ("[là](&#106;avascript:x)", 4, "adresse « javascript:x » interdite"),
        ("[là](java\\script:x)", 4, "adresse incomplète"),
        ("[là](<javascript:x y>)", 4, "adresse « javascript:x%20y » interdite"),
        ("<javascript:x>", 4, "adresse « javascript:x » interdite"),
        ("[là](data:text/html,x)", 4, "adresse « data:text/html,x » interdite"),
        ("[là](vbscript:x)", 4, "adresse « vbscript:x » interdite"),
        ("[là](tel:0102030405)", 4, "adresse « tel:0102030405 » interdite"),
        ("[](https://exemple.fr/)", 4, "lien sans texte « https://exemple.fr/ »"),
        ("Oui&#x202e;.", 4, "caractère de contrôle (sens d’écriture) U+202E"),
        ("Oui.\n\u202eNon.", 5, "caractère de contrôle (sens d’écriture) U+202E"),
        ("```\nun\n\u202e\n```", 6, "caractère de contrôle (sens d’écriture) U+202E"),
        ("``` des mots perdus\nun\n```", 4, "« des mots perdus » ne se verrait pas"),
        (f"{'> ' * 19}trop", 4, "trop de listes ou de citations imbriquées : aplatissez."),
        ("a" * 20_001, 4, "commentaire de 20001 signes, 20000 au plus : coupez-le en deux."),
    ],
)
def test_each_mistake_of_a_text_is_told_with_its_line(text, line, told):
    (fault,) = faults_of(said(text))

    assert fault[0] == line
    assert fault[1].startswith(told)


def test_all_mistakes_are_told_at_once():
    text = one(author=None, date="hier", kind="x") + one(text="'[a](b)'", ip="192.0.2.1")

    assert [line for line, _ in faults_of(text)] == [1, 1, 3, 6, 7]


def test_a_mistake_under_empty_lines_is_told_on_its_own():
    assert [line for line, _ in faults_of(one(text="|\n\n\n    [a](b)\n\n"))] == [6]


def test_a_mistake_in_a_folded_text_is_told_where_it_begins():
    assert [line for line, _ in faults_of(one(text=">-\n    un\n\n    [a](b)"))] == [3]


def thread(levels):
    """Return a comment with replies, one in another."""
    lines = []
    for level in range(levels):
        space = "    " * level
        lines += [f"{space}- author: a", f"{space}  date: 2017-11-12", f"{space}  text: x"]
        lines += [f"{space}  replies:"] * (level + 1 < levels)
    return "\n".join(lines)


def test_ten_levels_of_replies_are_read_and_no_more():
    assert faults_of(thread(10)) == []
    assert faults_of(thread(12)) == [
        (41, "plus de 10 niveaux de réponses : rattachez celle-ci au commentaire du dessus.")
    ]
    ((line, told),) = faults_of(thread(500))
    assert (line, told) == (81, "trop de retraits ou de crochets : aplatissez.")


def test_two_thousand_comments_are_read_and_no_more():
    assert faults_of(one() * 2_000) == []
    assert faults_of(one() * 2_001 + one(date="hier")) == [
        (6001, "plus de 2000 commentaires : retirez les moins utiles.")
    ]


def test_what_is_told_of_a_file_is_told_with_its_name(check, make_post):
    post = {"2017/billet.md": make_post(date="2017-06-22")}

    assert check(post | {"2017/billet.comments.yml": FILE}) == []
    (told,) = check({"2017/billet.comments.yml": one(date="hier")})
    assert told.startswith("docs/posts/2017/billet.comments.yml:2: date « hier » illisible : ")
    (told,) = check({"2017/billet.comments.yml": b"- author: \xe9"})
    assert told.startswith("docs/posts/2017/billet.comments.yml:1: octet 0xE9 illisible : ")


def test_a_post_has_the_comments_of_its_year_alone(make_docs, make_post):
    docs = make_docs(
        {
            "2017/billet.md": make_post(date="2017-01-01"),
            "2018/billet.md": make_post(),
            "2018/billet.comments.yml": FILE,
        }
    )

    archive = read_archive(docs)

    assert [len(post.comments) for post in archive.posts()] == [0, 2]
    assert not any(name.endswith("comments.yml") for name in archive.files)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un.\n\nDeux *trois* **quatre** `cinq`.", "<p>Un.</p>\n<p>Deux <em>trois</em> <strong>quatre</strong> <code>cinq</code>.</p>\n"),
        ("un\\\ndeux  \ntrois", "<p>un<br>\ndeux<br>\ntrois</p>\n"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"),
        ("3. un", '<ol start="3">\n<li>un</li>\n</ol>\n'),
        ("> un", "<blockquote>\n<p>un</p>\n</blockquote>\n"),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("[là](https://exemple.fr/?a=b&c=d 'titre')", '<p><a href="https://exemple.fr/?a=b&amp;c=d" rel="nofollow ugc">là</a></p>\n'),
        ("<claire@exemple.fr>", '<p><a href="mailto:claire@exemple.fr" rel="nofollow ugc">claire@exemple.fr</a></p>\n'),
        ("[là](javascript:x)", "<p><a>là</a></p>\n"),
        ("# un", "<p># un</p>\n"),
        ("un\n===", "<p>un\n===</p>\n"),
        ("---", "<p>---</p>\n"),
        ("    un", "<p>un</p>\n"),
        ("![un](https://exemple.fr/un.png)", "<p>![un](https://exemple.fr/un.png)</p>\n"),
        ("<b>un</b> <!-- deux -->", "<p>&lt;b&gt;un&lt;/b&gt; &lt;!-- deux --&gt;</p>\n"),
        ("[un]\n\n[un]: https://exemple.fr/", "<p>[un]</p>\n<p>[un]: https://exemple.fr/</p>\n"),
        ("| a |\n|---|\n| b |", "<p>| a |\n|---|\n| b |</p>\n"),
        ("{ref}`x` [x]{.y} :::{note}", "<p>{ref}<code>x</code> [x]{.y} :::{note}</p>\n"),
        ("un[^1]\n\n[^1]: deux", "<p>un[^1]</p>\n<p>[^1]: deux</p>\n"),
        ("~~un~~ &eacute; \\*", "<p>~~un~~ é *</p>\n"),
    ],
)  # fmt: skip
def test_a_small_markdown_becomes_html_and_the_rest_is_text(text, html):
    assert render_comment(text) == html


def test_spaces_are_bound_across_marks_and_not_in_code():
    def bind(text):
        return text.replace(" !", "\u202f!").replace("\n!", "\u202f!")

    html = render_comment("*oui* ! `a !` non\n!\n\nfin\\\n!", bind)

    assert html == ("<p><em>oui</em>\u202f! <code>a !</code> non\u202f!</p>\n<p>fin<br>\n!</p>\n")


@given(MARKDOWN | HOSTILE)
def test_any_text_becomes_html_of_the_allowed_kind(text):
    html = render_comment(text)

    for name, attributes in elements_of(html):
        assert attributes <= ALLOWED[name]
    for link in BeautifulSoup(html, "lxml").select("a[href]"):
        assert link["href"].startswith(("http://", "https://", "mailto:"))
        assert link["rel"] == ["nofollow", "ugc"]
    html.encode("utf-8")
    assert all(line >= 0 for line, _ in check_comment(text))


@given(MARKDOWN | HOSTILE)
def test_what_passes_keeps_all_its_links(text):
    if not list(check_comment(text)):
        assert "<a>" not in render_comment(text)


@given(st.text() | st.text(alphabet="ab:-[]{},'\"\n #&*!|>%@`?\t") | HOSTILE)
def test_no_text_crashes_the_reader(text):
    last = text.count("\n") + 1

    for source in (text, said(text), one(author=text)):
        _, faults = read_comments(source)
        assert all(1 <= line <= last + 5 for line, _ in faults)


def comments_of(replies):
    words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(
        lambda text: unicodedata.normalize("NFC", text)
    )
    lines = st.lists(words | st.just("") | st.just("  a "), min_size=1)
    return st.builds(
        Comment,
        author=words,
        date=st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 1, 1)).map(
            lambda date: date.replace(microsecond=0)
        ),
        text=lines.map(lambda found: "\n".join(found).strip("\n") or "a"),
        kind=st.sampled_from(["", "pingback", "trackback"]),
        replies=replies,
    )


@given(
    st.lists(
        comments_of(st.lists(comments_of(st.just(())), max_size=2).map(tuple)),
        min_size=1,
        max_size=3,
    ).map(tuple)
)
def test_what_is_written_is_read_as_the_same(comments):
    assert read_comments(write_comments(comments))[0] == comments


def test_a_written_file_reads_well():
    comments, _ = read_comments(FILE)

    assert (
        write_comments(comments)
        == """\
- author: Claire
  date: 2017-11-12T09:30:00
  text: |-
    Merci pour ce billet !

    À **relire**, voir [là](https://exemple.fr/).
  replies:
    - author: a.m.o.o.r.
      date: 2017-11-13
      text: |-
        Avec plaisir.
- author: Un autre blog
  date: 2017-12-01
  kind: pingback
  text: |-
    […] comme le disait a.m.o.o.r. […]
"""
    )


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "[",
            "![",
            "[a](",
            "[a](b)",
            "](",
            "*",
            "*a ",
            "**a*",
            "_a*b",
            "`",
            "` ``",
            "<http:a",
            "<",
        ),
        *(
            "> ",
            "- ",
            "1. ",
            "- a\n",
            "> a\n\n",
            "~~~\n",
            "&#1;",
            "\\",
            "a  \n",
            "[a](<",
            "[a](b '",
        ),
    ],
)
def test_no_text_takes_long(piece):
    text = (piece * LONGEST_COMMENT)[:LONGEST_COMMENT]
    start = time.process_time()

    render_comment(text)
    list(check_comment(text))

    assert time.process_time() - start < 5


def test_brackets_of_all_comments_together_are_counted():
    comment = "- author: A\n  date: 2018-01-02\n  text: |-\n    a" + "[" * 11_000 + "\n"

    assert faults_of(comment * 2) == [(1, "trop de crochets « [ » : simplifiez ces commentaires.")]
