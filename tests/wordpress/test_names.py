"""Labels, authors and numbers of an export: as WordPress showed them, and the same each time."""

import pytest

from archivist.addresses.slugs import to_slug
from archivist.commands.importing import read_signatures
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from archivist.wordpress.staging import CREATED, UNCHANGED
from tests.wordpress.conftest import BLOG, cdata, write_export, write_item, write_term

FULL = {"raw": write_term("category", "outils", "Outils")}


def told(imports, kind):
    """Return what the last report tells of a kind, of no one post."""
    return [text for each, text in imports.reports[-1].general if each == kind]


def write_blog(imports, name, login, shown, number=1):
    """Return the export of another blog, whose one post is by *shown*."""
    author = f"<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name>"
    head = f"{author}{cdata(shown)}</wp:author_display_name></wp:author>"
    text = write_export(write_item(number, creator=login, name=name, link=""), head=head)
    path = imports.folder / f"{name}.xml"
    path.write_text(text.replace(BLOG, f"https://{name}.exemple.fr"), encoding="utf-8")
    return path


def signature(imports, name):
    (line,) = [each for each in imports.header(f"posts/2016/{name}.md") if "author:" in each]
    return line.removeprefix("author: ")


def test_a_login_of_two_blogs_is_two_authors_unless_their_names_are_the_same(imports):
    blogs = [
        write_blog(imports, "un", "admin", "Amélie"),
        write_blog(imports, "deux", "admin", "Béatrice"),
        write_blog(imports, "trois", "chef", "  AMÉLIE "),
        write_blog(imports, "quatre", "b@exemple.fr", "Chloé"),
        write_blog(imports, "cinq", "b@autre.fr", "Denis"),
    ]
    for path in blogs:
        imports.run(files=[path])
    apart = "auteur dont l’identifiant est déjà celui d’un autre, sous une autre clé"
    assert told(imports, apart) == [
        "b (Denis) → b-2 ; si c’est la même personne : --author b=b",
    ]
    before = imports.files()
    assert b"b@" not in before["wordpress.json"]
    for path in blogs:
        assert imports.run(files=[path]).states == {UNCHANGED: 1}

    assert imports.files() == before
    names = ("un", "deux", "trois", "quatre", "cinq")
    assert [signature(imports, name) for name in names] == ["admin", "admin-2", "admin", "b", "b-2"]
    assert imports.read("authors.yml").count("Béatrice") == 1


def test_an_author_whose_name_is_mended_by_hand_keeps_the_key(imports):
    path = write_blog(imports, "un", "admin", "Amelie")
    imports.run(files=[path])
    register = imports.docs / "authors.yml"
    register.write_text(register.read_text("utf-8").replace("Amelie", "Amélie"), "utf-8")
    before = imports.files()

    imports.run(files=[path])

    assert imports.files() == before


def test_a_maintainer_says_who_a_login_is_once(imports):
    path = write_blog(imports, "un", "admin", "L’équipe")
    imports.run(files=[path], signatures=read_signatures(["admin=amoor"]))
    assert signature(imports, "un") == "amoor"

    assert imports.run(files=[path]).states == {UNCHANGED: 1}
    with pytest.raises(ArchiveError, match="aucun billet n’est de cet auteur, mais de admin"):
        imports.run(files=[path], signatures={"absent": "amoor"})


@pytest.mark.parametrize("option", ["admin", "=amoor", "admin=", "admin=Claire Dubois"])
def test_an_option_that_names_nobody_is_told(option):
    with pytest.raises(ArchiveError, match="écrivez par exemple --author admin=claire-dubois"):
        read_signatures([option])


@pytest.mark.parametrize(
    ("name", "label", "slug", "says"),
    [
        ("Recherche &amp; développement", "Recherche & développement", "rd", False),
        ("1&amp;1", "1&1", "11", False),
        ("L&#039;élu", "L'élu", "lelu", False),
        ("&laquo;&nbsp;Oui&nbsp;&raquo;", "« Oui »", "oui", False),
        ("Le &lt;b&gt;", "Le ‹b›", "le-b", True),
        ("a &amp;amp; b", "a &amp – b", "a-b", True),
        ("AT&T &copy", "AT&T &copy", "att-copy", False),
        ("<em>Outils</em>", "Outils", "outils", True),
        ("a, b", "a – b", "a-b", True),
        # As a Mac writes it, and a bracket that Unicode has twice: a header is read in NFC.
        ("Recettes d’e\u0301te\u0301", "Recettes d’été", "recettes-dete", False),
        ("\u2329 a", "\u3008 a", "a", False),
    ],
)
def test_a_label_is_read_as_wordpress_showed_it(imports, name, label, slug, says):
    imports.run(write_item(1, raw=write_term("category", slug, name)))

    assert bool(told(imports, "étiquette écrite autrement")) == says
    labels = read_archive(imports.docs).registers.categories.values()
    assert [each.name for each in labels][-1] == label
    address = f"/category/{slug}/  category/{to_slug(label)}\n"
    assert (address in imports.read("redirects.txt")) == (slug != to_slug(label))
    before = imports.files()
    imports.run(write_item(1, raw=write_term("category", slug, name)))
    assert imports.files() == before


def test_signs_that_show_nothing_are_taken_out_of_names_and_told(imports):
    raw = write_term("post_tag", "ete", "É\u202et\u200bé") + write_term("category", "n", "N\ufffd")
    imports.run(files=[write_blog(imports, "un", "x", "Zo\u0085é")])
    imports.run(write_item(2, title="Un\u009d ti\u202etre\ufffd", raw=raw))

    assert told(imports, "signe invisible retiré") == [
        "Été : caractère de contrôle (sens d’écriture) U+202E",
        "Été : caractère invisible U+200B",
        "N : caractère perdu lors d’une conversion U+FFFD",
    ]
    assert told(imports, "étiquette écrite autrement") == []
    assert imports.read("posts/2016/billet-2.md").endswith("# Un titre\n\nDu texte.\n")
    assert "Zo é" in imports.read("authors.yml")


TEXTS = (
    "Outils", "« Outils »", "“Outils”", "(Outils)", "a : b", "a ? b", "oui !", "R&amp;D", "a&nbsp;b",
    "<b>gras</b>", "<i>it</i>", "un <b>gras</b> ici", "a<br>b", "[a]", "a]b", "[a](b)", "`c`",
    "<code>c</code>", "a &lt; b", "&lt;a&gt;", "*", "_a_", "!a", "a|b", "a\\b", "日本", "<s>x</s>",
    "a<sup>2</sup>", "{a}", "&amp;amp;", f'<img src="{BLOG}/wp-content/uploads/a.png" alt="A">',
    f'vue <img src="{BLOG}/wp-content/uploads/a.png" alt="A">', "mot " * 400,
)  # fmt: skip


def test_a_link_to_a_list_may_have_any_text(imports):
    links = [f'<a href="{BLOG}/category/outils/">{text}</a>' for text in TEXTS]
    cells = "".join(f"<table><tr><td>{link}</td><td>b</td></tr></table>" for link in links[:9])
    contents = [*(f"<p>Voir {link}.</p>" for link in links), *links[9:11], *links[-3:-1], cells]
    imports.run(*(write_item(at, text, **FULL) for at, text in enumerate(contents, start=1)))

    assert imports.reports[-1].problems == []
    assert imports.reports[-1].states == {CREATED: len(contents)}
    for at in range(1, len(contents)):
        assert "#category-outils" in imports.read(f"posts/2016/billet-{at}.md"), contents[at - 1]
    assert imports.read(f"posts/2016/billet-{len(contents)}.md").count("#category-outils") == 9
    assert imports.run(*(write_item(at, text, **FULL) for at, text in enumerate(contents, 1)))
    assert imports.reports[-1].states == {UNCHANGED: len(contents)}


def write_numbered(text, number):
    return text.replace("<wp:post_id>7</wp:post_id>", number)


@pytest.mark.parametrize("number", ["", "<wp:post_id>0</wp:post_id>", "<wp:post_id>7</wp:post_id>"])
def test_items_without_a_number_of_their_own_are_posts(imports, number):
    titles = ("Un", "Deux", "Trois")
    items = [
        write_item(7, title, title=title, name=name, link=f"{BLOG}/{title}/")
        for title, name in zip(titles, ("un", "", "trois"), strict=True)
    ]
    items += [write_item(7, f"{each}", title=each, name="", link="") for each in ("A b", "日本")]
    text = write_numbered(write_export(*items, items[0]), number)
    path = imports.folder / "export.xml"
    path.write_text(text, encoding="utf-8")

    report = imports.run(files=[path])

    assert report.states == {CREATED: 5}
    assert report.counts["post", "en double dans les fichiers"] == 1
    for name, body in (("un", "Un"), ("deux", "Deux"), ("trois", "Trois"), ("a-b", "A b")):
        assert imports.body(f"posts/2016/{name}.md") == body
    assert [each for each in imports.files() if "=" in each] == []
    assert "?p=-" not in "".join(imports.read(f"posts/2016/{each}.md") for each in ("un", "a-b"))
    before = imports.files()
    assert imports.run(files=[path]).states == {UNCHANGED: 5}
    assert imports.files() == before


def test_what_a_hand_took_out_of_docs_does_not_come_back(imports):
    raw = write_term("post_tag", "ete-2", "Été") + write_term("category", "rd", "Recherche")
    items = (
        write_item(1, f'Lire <a href="{BLOG}/billet-2/">là</a>.', raw=raw),
        write_item(2, "Deux", raw=write_term("category", "seule", "Seule"), creator="robert"),
        write_item(3, "Trois", type="page", name="contact", link=f"{BLOG}/nous/contact/"),
    )
    imports.run(*items)
    (imports.docs / "contact.md").unlink()
    (imports.docs / "posts/2016/billet-2.md").unlink()
    for name in ("redirects.txt", "categories.yml", "authors.yml"):
        path = imports.docs / name
        gone = ("contact", "/tag/ete-2/", "Seule", "robert")
        lines = path.read_text("utf-8").splitlines()
        kept = (line for line in lines if not any(each in line for each in gone))
        path.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    before = imports.files()

    report = imports.run(*items)

    assert report.problems == []
    after = imports.files()
    assert imports.body() == f"Lire [là]({BLOG}/billet-2/)."
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"posts/2016/billet-1.md", "wordpress.json"}
    again = imports.files()
    imports.run(*items)
    assert imports.files() == again
