"""What the text of a post becomes, case by case."""

import shutil

import pytest
from PIL import Image

from archivist.checks.run import check_archive
from archivist.posts.archive import read_archive
from archivist.wordpress.text.read_back import read_back
from tests.pictures.photos import make_jpeg
from tests.wordpress.conftest import BLOG, Import, draw, write_item, write_medium, write_meta

NB, THIN = "\u00a0", "\u202f"

# Each: what it is about, what WordPress stores, what we write.
TEXTS = [
    ("a single newline is a line break", "Un\ndeux\n\nTrois", "Un\\\ndeux\n\nTrois"),
    (
        "a block loses its comments",
        '<!-- wp:paragraph {"align":"center"} -->\n<p>Un</p>\n<!-- /wp:paragraph -->',
        "Un",
    ),
    (
        "no-break spaces stay",
        f"Qui{NB}? «{THIN}moi{THIN}» 3&nbsp;000",
        f"Qui{NB}? «{THIN}moi{THIN}» 3{NB}000",
    ),
    ("a year that begins a line is no list", "1984. Une année", "1984\\. Une année"),
    ("a bracket after a number is no list", "2) Deux", "2\\) Deux"),
    ("a sign that begins a line is no heading", "# dièse", "\\# dièse"),
    ("a plus that begins a line is no list", "+ plus", "\\+ plus"),
    ("a dash that begins a line is no list", "- moins", "\\- moins"),
    ("a dash before a no-break space is a dash", f"–{NB}moins", f"–{NB}moins"),
    ("a greater-than that begins a line is no quote", "&gt; plus grand", "\\> plus grand"),
    ("equals under a line make no heading", "Titre\n===", "Titre\\\n\\==="),
    ("dashes under a line make no heading", "Titre\n---", "Titre\\\n\\---"),
    ("dashes alone are no rule", "<p>- - -</p>", "\\- - -"),
    ("a percent that begins a line is seen", "% visible", "\\% visible"),
    ("colons make no block", "::: note", "\\::: note"),
    ("a colon after a line makes no definition", "Un\n: deux", "Un\\\n\\: deux"),
    ("three pluses are seen", "+++ suite", "\\+++ suite"),
    ("a name between brackets is no target", "(ici)=", "\\(ici)="),
    ("braces before a quote are no role", "{ref}`là` et {term}", "{ref}\\`là\\` et {term}"),
    ("braces before code are no role", "{ref}<code>là</code>", "{ref}<code>là</code>"),
    ("braces after code are no attributes", "<code>a</code>{b}", "`a`\\{b}"),
    (
        "a sign written as an entity stays a sign",
        "&lt;mot&gt; &amp;eacute; R&amp;D",
        "\\<mot> \\&eacute; R&D",
    ),
    ("a dollar is a dollar", "5 $ et 6 $, $x$", "5 $ et 6 $, $x$"),
    ("bars, tildes and strokes are themselves", "a|b ~~c~~ ~d \\ e", "a|b \\~\\~c\\~\\~ ~d \\\\ e"),
    (
        "underscores inside words are left alone",
        "un_deux_trois _quatre_",
        "un_deux_trois \\_quatre\\_",
    ),
    ("stars are stars", "2*3*4 **cinq**", "2\\*3\\*4 \\*\\*cinq\\*\\*"),
    (
        "a mark of a note is no note",
        "[^1] et [2] et [mot](lien)",
        "\\[^1] et \\[2] et \\[mot](lien)",
    ),
    ("a name with an address is no definition", "[mot]: adresse", "\\[mot]: adresse"),
    ("smileys, arrows and fractions stay", "(c) :-) --> 1/2 ... --", "(c) :-) --> 1/2 ... --"),
    ("straight and curly quotes stay", "\"a\" 'b' “c” ‘d’ l’e", "\"a\" 'b' “c” ‘d’ l’e"),
    ("emoji and decomposed accents stay", "🎈 👩‍🔬 e\u0301te\u0301", "🎈 👩‍🔬 e\u0301te\u0301"),
    (
        "spaces that begin a line go, no-break ones stay",
        f"    un\n\n{NB}{NB}deux",
        "un\n\n&nbsp;&nbsp;deux",
    ),
    ("a paragraph of a no-break space stays", "Un\n\n&nbsp;\n\nDeux", "Un\n\n&nbsp;\n\nDeux"),
    ("a thin space at the end stays", f"Un{THIN}", "Un&#8239;"),
    (
        "an address in a text is text",
        "voir x@exemple.fr, https://exemple.fr/ et www.exemple.fr, http://a",
        "voir x@exemple.fr, https\\://exemple.fr/ et www\\.exemple.fr, http://a",
    ),
    ("double entities are decoded once", "&amp;amp; &#8217; &#xE9;", "\\&amp; ’ é"),
    ("end of data inside a text stays", "Fin ]]> là", "Fin ]]> là"),
    ("two breaks in a row make two paragraphs", "Un<br /><br />Deux", "Un\n\nDeux"),
    (
        "two breaks in a row of a block are two",
        "<!-- wp:paragraph --><p>Un<br><br>Deux</p><!-- /wp:paragraph -->",
        "Un\\\n\\\nDeux",
    ),
    ("a break at the end, which nobody sees, goes", "<p>Un<br /></p>", "Un"),
]
MARKS = [
    ("bold and italics", "<b>gras</b> <i>penché</i>", "**gras** *penché*"),
    (
        "a mark glued to another is HTML",
        "<strong>a<em>b</em></strong><em>c</em>",
        "**a*b***<em>c</em>",
    ),
    ("spaces move out of marks", "<em> un </em>deux", "*un* deux"),
    ("no-break spaces move out of marks", f"<strong>un{NB}</strong>: deux", f"**un**{NB}: deux"),
    (
        "guillemets glued to letters are bold in HTML",
        f"a<b>«{NB}b{NB}»</b>c",
        f"a<strong>«{NB}b{NB}»</strong>c",
    ),
    ("bold inside italics", "<em><strong>tout</strong></em>", "***tout***"),
    ("a mark of spaces alone goes", "un<em> </em>deux", "un deux"),
    ("indices and exponents", "CO<sub>2</sub> m<sup>3</sup>", "CO{sub}`2` m{sup}`3`"),
    ("an exponent with a mark in it", "m<sup><em>e</em></sup>", "m<sup>*e*</sup>"),
    ("acronyms with what they mean", '<abbr title="Une ville">V</abbr>', "{abbr}`V (Une ville)`"),
    ("old acronyms", '<acronym title="Une ville">V</acronym>', "{abbr}`V (Une ville)`"),
    ("keys", "<kbd>Ctrl</kbd>", "<kbd>Ctrl</kbd>"),
    (
        "what was struck out or added",
        "<strike>a</strike> <del>b</del> <ins>c</ins>",
        "<s>a</s> <del>b</del> <ins>c</ins>",
    ),
    (
        "fonts and colours go, words stay",
        '<font color="red">mot</font> <span style="color:red">là</span>',
        "mot là",
    ),
    ("a word of another language", '<span lang="en">open</span>', '<span lang="en">open</span>'),
    ("code with a quote in it", "<code>a`b</code>", "``a`b``"),
    ("code between quotes", "<code>`a`</code>", "`` `a` ``"),
    ("teletype is code", "<tt>ls -l</tt>", "`ls -l`"),
]
BLOCKS = [
    ("a list in a list", "<ul><li>un\n<ol><li>a</li><li>b</li></ol></li></ul>", "- un\n  1. a\n  2. b"),
    (
        "a list that begins at three",
        '<ul><li>un\n<ol start="3"><li>c</li><li>d</li></ol></li></ul>',
        "- un\n\n  3. c\n  4. d",
    ),
    ("a list without points is its text", "<ol>\n1/ un<br>2/ deux</ol>", "1/ un\\\n2/ deux"),
    ("two lists in a row", "<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
    ("two numbered lists in a row", "<ol><li>a</li></ol>\n<ol><li>b</li></ol>", "1. a\n\n1) b"),
    ("a break in a point", "<ul><li>un<br />deux</li></ul>", "- un\\\n  deux"),
    ("paragraphs in a point", "<ul><li><p>un</p><p>deux</p></li></ul>", "- un\n\n  deux"),
    ("an empty point", "<ul><li></li><li>b</li></ul>", "-\n- b"),
    ("a list right in a list", "<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
    ("text between points", "<ul><li>a</li>b</ul>", "- a\n\n  b"),
    (
        "a simple table",
        "<table><tr><th>A</th><th>B|C</th></tr><tr><td>1</td><td>2<br>3</td></tr></table>",
        "| A | B\\|C |\n| --- | --- |\n| 1 | 2<br>3 |",
    ),
    (
        "a table without heads",
        "<table><tr><td>1</td><td>2</td></tr></table>",
        ":::{list-table}\n* - 1\n  - 2\n:::",
    ),
    (
        "a table whose rows have heads",
        "<table><tr><th>A</th><td>1</td></tr><tr><th>B</th><td>2</td></tr></table>",
        ":::{list-table}\n:stub-columns: 1\n\n* - A\n  - 1\n* - B\n  - 2\n:::",
    ),
    (
        "a list in a table",
        "<table><tr><th>A</th></tr><tr><td><ul><li>x</li></ul></td></tr></table>",
        ":::{list-table}\n:header-rows: 1\n\n* - A\n* - - x\n:::",
    ),
    (
        "a table with its caption",
        "<table><caption>Dépenses</caption><tr><th>A</th></tr><tr><td>1</td></tr></table>",
        ":::{table} Dépenses\n| A |\n| --- |\n| 1 |\n:::",
    ),
    (
        "a table with a large cell",
        '<table><tr><td colspan="2">Tout</td></tr><tr><td>a</td><td>b &amp; c</td></tr></table>',
        '<table>\n<tr><td colspan="2">Tout</td></tr>\n<tr><td>a</td><td>b &amp; c</td></tr>\n</table>',
    ),
    (
        "a figure around a table",
        ("<!-- wp:table -->\n<figure><table><tbody><tr><td>1</td></tr></tbody></table>"
        "<figcaption>Légende</figcaption></figure>\n<!-- /wp:table -->"),
        ":::{list-table} Légende\n* - 1\n:::",
    ),
    (
        "code with a language and quotes",
        '<pre class="brush: python">a\n\n  ```\n&lt;b&gt;</pre>',
        "````python\na\n\n  ```\n<b>\n````",
    ),
    ("a code that is no block is left alone", "<pre>[gallery]\n\n**a**</pre>", "```\n[gallery]\n\n**a**\n```"),
    (
        "words marked in code are all there",
        "<pre><cite>Qui</cite>\n  vers <b>un</b> deux\n</pre>",
        "```\nQui\n  vers un deux\n```",
    ),
    ("code of a block", "<!-- wp:code -->\n<pre><code>a &amp;&amp; b</code></pre>\n<!-- /wp:code -->", "```\na && b\n```"),
    ("a shortcode of code", '[sourcecode language="php"]\n<?php echo 1; ?>\n[/sourcecode]', "```php\n<?php echo 1; ?>\n```"),
    (
        "a poem with a link is lines",
        '<pre>Un <a href="https://exemple.fr/">vers</a>\n  deux</pre>',
        f"Un [vers](https://exemple.fr/)\\\n{NB}{NB}deux",
    ),
    ("headings begin below the title", "<h1>Un</h1>\n<h4>Deux</h4>", "## Un\n\n##### Deux"),
    ("headings of a theme go up", "<h3>Un</h3>\n<h4>Deux</h4>", "## Un\n\n### Deux"),
    ("hashes that end a heading", "<h2>En C #</h2>", "## En C \\#"),
    ("an empty heading goes", "<h2></h2>\n<h2>Un</h2>", "## Un"),
    ("a quote with its source", "<blockquote><p>a</p><cite>b</cite></blockquote>", "> a\n>\n> <cite>b</cite>"),
    ("a quote typed over two paragraphs", "<blockquote>a\n\nb</blockquote>", "> a\n>\n> b"),
    ("a division goes, its text stays", '<div class="x">\n\n<b>gras</b>\n\n</div>', "**gras**"),
    ("definitions", "<dl><dt>T</dt><dd><p>a</p><p>b</p></dd></dl>", "T\n: a\n\n  b"),
    ("a term without meaning is a paragraph", "<dl><dt>T</dt></dl>", "T"),
    ("a rule", "Un\n<hr />\nDeux", "Un\n\n---\n\nDeux"),
    (
        "what readers unfold is folded",
        "<details><summary>a</summary>b</details>",
        "<details>\n<summary>a</summary>\n\nb\n\n</details>",
    ),
    ("capitals and tags left open", "<P>un<P>deux<BR>trois", "un\n\ndeux\\\ntrois"),
    ("centred text and Word's own tags", "<center>un</center><p>de<o:p></o:p>ux</p>", "un\n\ndeux"),
    ("scripts and styles go", "<script>a < b\n\nc</script>Un<style>x{}</style>", "Un"),
    ("a form keeps its words", '<form action="/x"><label>Nom</label> <input name="q"></form>', "Nom"),
    ("columns, in the order of reading",
        ("<!-- wp:columns --><div><!-- wp:column --><div><!-- wp:paragraph --><p>a</p>"
        "<!-- /wp:paragraph --></div><!-- /wp:column --><!-- wp:column --><div><p>b</p></div>"
        "<!-- /wp:column --></div><!-- /wp:columns -->"), "a\n\nb"),
    ("a button is a link",
        '<!-- wp:button --><div><a href="https://exemple.fr/">Aller</a></div><!-- /wp:button -->',
        "[Aller](https://exemple.fr/)"),
    ("a comment of HTML goes", "<!-- secret -->Un", "Un"),
    ("the mark of an excerpt", "Un\n\n<!--more-->\n\nDeux", "Un\n\n<!-- more -->\n\nDeux"),
    ("only the first mark counts", "Un<!--more Lire-->\n\nDeux<!--more-->", "Un\n\n<!-- more -->\n\nDeux"),
    ("all pages in one", "Un\n\n<!--nextpage-->\n\nDeux", "Un\n\n---\n\nDeux"),
    ("text beside blocks has its paragraphs", "Un\n\ndeux\n<!-- wp:separator --><hr/><!-- /wp:separator -->", "Un\n\ndeux\n\n---"),
]  # fmt: skip
LINKS = [
    (
        "a button beside a link to the same file is not glued to it",
        '<a href="https://exemple.fr/a">un</a><a href="https://exemple.fr/a" class="wp-block-file__button">deux</a>',
        "[un deux](https://exemple.fr/a)",
    ),
    (
        "an address with brackets",
        '<a href="https://exemple.fr/Été_(saison)">é</a>',
        "[é](<https://exemple.fr/Été_(saison)>)",
    ),
    (
        "a bracket in a link",
        '<a href="https://exemple.fr/">a]b</a>',
        "[a\\]b](https://exemple.fr/)",
    ),
    (
        "an exclamation before a link",
        'Oh !<a href="https://exemple.fr/">a</a>',
        "Oh \\![a](https://exemple.fr/)",
    ),
    (
        "an address with spaces",
        "<a href='https://exemple.fr/a b'>a</a>",
        "[a](https://exemple.fr/a%20b)",
    ),
    (
        "an address without quotes",
        "<a href=https://exemple.fr/a>a</a>",
        "[a](https://exemple.fr/a)",
    ),
    ("an address alone on its line", "https://exemple.fr/a_b_c", "<https://exemple.fr/a_b_c>"),
    ("a link to whom to write", '<a href="mailto:x@exemple.fr">x</a>', "[x](mailto:x@exemple.fr)"),
    (
        "a link around a picture's words",
        '<a href="https://exemple.fr/"><b>a</b></a>',
        "[**a**](https://exemple.fr/)",
    ),
    ("an address that runs is no link", '<a href="javascript:alert(1)">a</a>', "a"),
    ("an address of a machine is no link", '<a href="http://192.168.0.1/x">a</a>', "a"),
    ("a link to nowhere leads to the post", '<a href="#">a</a>', "[a](billet-1.md)"),
    ("a link to the home page", f'<a href="{BLOG}/">a</a>', "[a](/index.md)"),
    (
        "an unknown address of the blog stays",
        f'<a href="{BLOG}/wp-login.php">a</a>',
        f"[a]({BLOG}/wp-login.php)",
    ),
    (
        "a path of the blog is completed",
        '<a href="/vieux/dossier/">a</a>',
        f"[a]({BLOG}/vieux/dossier/)",
    ),
]
SHORTCODES = [
    ("a shortcode of code in no language", "[sourcecode]\na\n[/sourcecode]", "```\na\n```"),
    ("what is between brackets is no shortcode", "[1] [...] [mod 8] [voir plus]", "\\[1] \\[...] \\[mod 8] \\[voir plus]"),
    ("an unknown shortcode is text", '[mon-extension id="3"]', '\\[mon-extension id="3"]'),
    ("a shortcode told as an example", "[[gallery]]", "\\[gallery]"),
    ("the frames of page makers go", "[vc_row][vc_column]Un[/vc_column][/vc_row]", "Un"),
    ("an embed is a link", '[embed width="9"]https://exemple.fr/v1[/embed]', "[Voir (exemple.fr)](https://exemple.fr/v1)"),
    ("a video by its address", "[youtube https://exemple.fr/v2]", "[Voir (exemple.fr)](https://exemple.fr/v2)"),
    ("a video by its old address", "[youtube=https://exemple.fr/v3]", "[Voir (exemple.fr)](https://exemple.fr/v3)"),
    ("a video by its number", "[dailymotion id=x7]", "[Voir la vidéo (dailymotion.com)](https://www.dailymotion.com/video/x7)"),
    ("a frame is a link", '<iframe src="https://exemple.fr/e"></iframe>', "[Voir (exemple.fr)](https://exemple.fr/e)"),
    ("a frame with a title", '<iframe src="//exemple.fr/e" title="Carte"></iframe>', "[Carte](https://exemple.fr/e)"),
    (
        "an old object is a link",
        '<object><param name="movie" value="https://exemple.fr/v.swf"><embed src="https://exemple.fr/v.swf"></object>',
        "[Voir (exemple.fr)](https://exemple.fr/v.swf)",
    ),
    (
        "a block of an embed",
        ('<!-- wp:embed {"url":"https://exemple.fr/t"} -->\n<figure><div>\nhttps://exemple.fr/t\n</div>'
        "<figcaption>Vu</figcaption></figure>\n<!-- /wp:embed -->"),
        "<https://exemple.fr/t>\n\nVu",
    ),
    ("a note between brackets", "Un[footnote]La <em>note</em>.[/footnote].", "Un[^note-1].\n\n[^note-1]: La *note*."),
]  # fmt: skip


def cases(*groups):
    return [pytest.param(*case[1:], id=case[0]) for group in groups for case in group]


BECOMING = (*TEXTS, *MARKS, *BLOCKS, *LINKS, *SHORTCODES)


@pytest.fixture(scope="module")
def become(tmp_path_factory, bare_docs):
    """An import of all these texts, each a post."""
    folder = tmp_path_factory.mktemp("become")
    shutil.copytree(bare_docs, folder / "docs")
    imported = Import(folder, folder / "docs")
    items = (write_item(number, text) for number, (_, text, _) in enumerate(BECOMING, start=1))
    assert imported.run(*items).problems == []
    return imported


@pytest.mark.parametrize(
    ("number", "expected"),
    [pytest.param(n, case[2], id=case[0]) for n, case in enumerate(BECOMING, start=1)],
)
def test_it_becomes(become, number, expected):
    name = f"billet-{number}.md"
    assert become.body(f"posts/2016/{name}") == expected.replace("billet-1.md", name)


def test_a_note_of_a_block_comes_from_its_metadata(imports):
    content = (
        '<!-- wp:paragraph --><p>Un<sup data-fn="aa11" class="fn"><a href="#aa11">1</a></sup>.</p>'
        "<!-- /wp:paragraph --><!-- wp:footnotes /-->"
    )
    notes = write_meta("footnotes", '[{"content":"La <em>note</em>.","id":"aa11"}]')

    assert imports.convert(content, raw=notes) == "Un[^aa11].\n\n[^aa11]: La *note*."


def test_notes_made_with_word_lead_there_and_back(imports):
    content = 'Un<a href="#_ftn1" name="_ftnref1">[1]</a>.\n\n<a href="#_ftnref1" name="_ftn1">[1]</a> Deux.'

    assert imports.convert(content) == (
        "(billet-1-ftnref1)=\n\nUn[\\[1\\]](#billet-1-ftn1).\n\n"
        "(billet-1-ftn1)=\n\n[\\[1\\]](#billet-1-ftnref1) Deux."
    )


def test_a_part_that_has_a_name_keeps_it(imports):
    content = '<h2 id="suite">La suite</h2>\n<a href="#suite">là</a> <a href="#nulle-part">non</a>'

    assert imports.convert(content) == (
        "(suite)=\n\n## La suite\n\n[là](#suite) [non](billet-1.md)"
    )


def test_a_name_that_two_posts_have_is_told_apart(imports):
    content = '<h2 id="suite">La suite</h2>'
    imports.run(write_item(1, content), write_item(2, content))

    assert "(billet-1-suite)=" in imports.body()
    assert "(billet-2-suite)=" in imports.body("posts/2016/billet-2.md")


@pytest.mark.parametrize(
    "address",
    [
        f"{BLOG}/billet-2/",
        f"{BLOG}/billet-2",
        f"{BLOG}/billet-2/?utm_source=x",
        f"{BLOG}/?p=2",
        "http://www.blog.exemple.fr/?p=2",
        f"{BLOG}/billet-2/#more-2",
        f"{BLOG}/billet-2/2/",
        "/billet-2/",
        "../billet-2/",
    ],
)
def test_a_link_to_another_post_leads_to_its_file(imports, address):
    imports.run(
        write_item(1, f'<a href="{address}">là</a>'),
        write_item(2, "Deux", date="2014-01-02 00:00:00"),
    )

    assert imports.body() == "[là](../2014/billet-2.md)"


def test_a_link_to_a_part_of_another_post_leads_there(imports):
    imports.run(
        write_item(1, f'<a href="{BLOG}/billet-2/#fin">là</a>'),
        write_item(2, '<h2 id="fin">Fin</h2>'),
    )

    assert imports.body() == "[là](billet-2.md#fin)"


def test_a_link_to_an_old_dated_address_leads_to_the_post(imports):
    imports.run(
        write_item(1, f'<a href="{BLOG}/2014/01/02/billet-2/">là</a>'),
        write_item(2, "Deux", link=f"{BLOG}/2014/01/02/billet-2/"),
    )

    assert imports.body() == "[là](billet-2.md)"


def test_a_link_to_what_is_not_published_is_text(imports):
    imports.run(
        write_item(1, f'<a href="{BLOG}/?p=2">là</a>'),
        write_item(2, "Deux", status="private", link=f"{BLOG}/secret/"),
    )

    assert imports.body() == "là"
    assert "lien vers un texte non publié retiré" in imports.notes()


def test_a_link_to_a_list_leads_to_ours(imports):
    term = '<category domain="post_tag" nicename="ete-2"><![CDATA[Été]]></category>'
    imports.run(write_item(1, f'<a href="{BLOG}/tag/ete-2/">là</a>', raw=term))

    assert imports.body() == "[là](#tag-ete)"


def test_pictures_of_the_blog_come_beside_the_post(imports):
    media = imports.put("2016/09/Été.png", draw("red", size=(300, 200)))
    content = f'<img src="{BLOG}/wp-content/uploads/2016/09/%C3%89t%C3%A9-150x100.png" alt="L’été" width="150" />'

    imports.run(write_item(1, content), media=media)

    assert imports.body() == "![L’été](billet-1/ete.png){width=150px}"
    assert (imports.docs / "posts/2016/billet-1/ete.png").read_bytes() == draw(
        "red", size=(300, 200)
    )


def test_a_name_written_with_decomposed_accents_is_the_same(imports):
    media = imports.put("2016/09/e\u0301te\u0301.png", draw("red"))
    imports.run(
        write_item(1, f'<img src="{BLOG}/wp-content/uploads/2016/09/été.png?w=640" alt="a">'),
        media=media,
    )

    assert imports.body() == "![a](billet-1/ete.png)"
    assert imports.reports[-1].missing == {}


def test_what_a_picture_says_of_its_maker_stays_in_it_and_is_told(imports):
    media = imports.put("2016/09/photo.jpg", photo := make_jpeg(6))
    url = f"{BLOG}/wp-content/uploads/2016/09/photo.jpg"

    imports.run(write_item(1, f'<img src="{url}" alt="a">'), media=media)

    assert (imports.docs / "posts/2016/billet-1/photo.jpg").read_bytes() == photo
    (note,) = imports.reports[-1].posts[0]["notes"]
    assert note == {
        "kind": "fichier où se lit par qui, ou en quel lieu, il a été fait",
        "text": f"{url} : position (47,47° N, 0,55° O) et nom (« Jeanne Secret »)",
    }


def test_a_photo_that_is_too_large_is_made_smaller_and_upright(imports):
    image = Image.linear_gradient("L").resize((4_000, 4_100))
    media = imports.put("photo.jpg", make_jpeg(6, image))

    imports.run(
        write_item(1, f'<img src="{BLOG}/wp-content/uploads/photo.jpg" alt="a">'), media=media
    )

    assert imports.notes() == ["image convertie ou réduite"]
    with Image.open(imports.docs / "posts/2016/billet-1/photo.jpg") as small:
        assert small.size == (2560, 2498)
        # Dark above, it is dark on the right once it is turned.
        assert (
            small.convert("L").getpixel((2500, 999)) < 99 < small.convert("L").getpixel((60, 999))
        )
        assert not small.getexif()


def test_two_pictures_of_one_name_are_two(imports):
    media = imports.put("2016/09/photo.png", draw("red"))
    imports.put("2016/10/photo.png", draw("blue"))
    content = "".join(
        f'<img src="{BLOG}/wp-content/uploads/2016/{month}/photo.png" alt="a">'
        for month in ("09", "10")
    )
    imports.run(write_item(1, content), media=media)

    assert imports.body() == "![a](billet-1/photo.png)![a](billet-1/photo-2.png)"
    assert (imports.docs / "posts/2016/billet-1/photo-2.png").read_bytes() == draw("blue")


def test_a_missing_picture_is_stood_in_for_and_told(imports):
    url = f"{BLOG}/wp-content/uploads/2016/09/photo.jpg"
    imports.run(write_item(1, f'<img src="{url}" alt="Une photo">'))

    assert imports.body() == "![Une photo](billet-1/photo.jpg)"
    assert imports.reports[-1].missing == {"posts/2016/billet-1/photo.jpg": url}
    assert check_archive(read_archive(imports.docs)) == []


def test_a_picture_without_words_takes_those_of_the_library(imports):
    content = f'<img class="wp-image-9" src="{BLOG}/wp-content/uploads/photo.jpg">'

    assert imports.convert(content, write_medium(9, "photo.jpg", alt="Une photo")) == (
        "![Une photo](billet-1/photo.jpg)"
    )


@pytest.mark.parametrize(
    "caption",
    [
        'caption="La <em>légende</em> « ok »"]{}[/caption]',
        "]{} La <em>légende</em> « ok »[/caption]",
    ],
    ids=["as an attribute", "after the picture"],
)
def test_a_caption_makes_a_figure(imports, caption):
    media = imports.put("p.png", draw("red"))
    url = f"{BLOG}/wp-content/uploads/p.png"
    shown = f'<a href="https://exemple.fr/"><img src="{url}" alt="Alt: « a »" width="30" /></a>'
    content = '[caption id="x" align="alignright" width="30" ' + caption.format(shown)
    imports.run(write_item(1, content), media=media)

    assert imports.body() == (
        ':::{figure} billet-1/p.png\n:alt: "Alt: « a »"\n:width: 30px\n:align: right\n'
        ':target: "https://exemple.fr/"\n\nLa *légende* « ok »\n:::'
    )


def test_a_gallery_shows_its_pictures_in_its_order(imports):
    media = imports.put("a.png", draw("red"))
    imports.put("b.png", draw("blue"))
    others = (write_medium(8, "a.png", alt="A"), write_medium(9, "b.png", alt="B", caption="Bé"))
    imports.run(write_item(1, '[gallery ids="9,8" link="none"]'), *others, media=media)

    assert imports.body() == (
        "::::{gallery}\n:::{figure} billet-1/b.png\n:alt: B\n\nBé\n:::\n\n"
        "![A](billet-1/a.png)\n::::"
    )


def test_a_gallery_without_numbers_shows_what_is_attached(imports):
    others = (
        write_medium(8, "a.png", parent=1, order=2, alt="A"),
        write_medium(9, "b.png", parent=1, order=1, alt="B"),
        write_medium(7, "c.png", parent=3, alt="C"),
    )
    imports.run(write_item(1, '[gallery link="none"]'), *others)

    shown = "![B](billet-1/b.png)\n\n![A](billet-1/a.png)"
    assert imports.body() == f":::{{gallery}}\n{shown}\n:::"


def test_a_gallery_of_nothing_stays_as_text_and_is_told(imports):
    assert imports.convert("[gallery]") == "\\[gallery]"
    assert "code court gardé en texte" in imports.notes()


def test_a_document_comes_beside_the_post_too(imports):
    media = imports.put("2016/rapport final.pdf", b"%PDF-1.4 essai")
    imports.run(
        write_item(1, f'<a href="{BLOG}/wp-content/uploads/2016/rapport%20final.pdf">Rapport</a>'),
        media=media,
    )

    assert imports.body() == "[Rapport](billet-1/rapport-final.pdf)"


def test_sounds_and_films_are_links_to_their_files(imports):
    media = imports.put("son.mp3", b"ID3 essai")
    imports.put("film.mp4", b"\x00\x00\x00 ftypmp42")
    url = f"{BLOG}/wp-content/uploads"
    content = f'[audio mp3="{url}/son.mp3"][/audio]\n\n[video width="640" mp4="{url}/film.mp4"][/video]\n\n[audio {url}/son.mp3]'
    imports.run(write_item(1, content), media=media)

    sound = "[Écouter : son.mp3](billet-1/son.mp3)"
    assert imports.body() == f"{sound}\n\n[Voir la vidéo : film.mp4](billet-1/film.mp4)\n\n{sound}"


def test_a_list_of_sounds_is_a_list_of_links(imports):
    media = imports.put("son.mp3", b"ID3 essai")
    imports.run(write_item(1, '[playlist ids="9"]'), write_medium(9, "son.mp3"), media=media)

    assert imports.body() == "[son.mp3](billet-1/son.mp3)"


def test_a_block_that_posts_share_is_in_each(imports):
    shared = write_item(
        9, "<!-- wp:paragraph --><p>Commun</p><!-- /wp:paragraph -->", type="wp_block"
    )

    assert imports.convert('Un\n<!-- wp:block {"ref":9} /-->', shared) == "Un\n\nCommun"


def test_a_shared_block_that_is_not_there_is_told(imports):
    assert imports.convert('Un\n<!-- wp:block {"ref":9} /-->') == "Un"
    assert "bloc partagé introuvable" in imports.notes()


def test_broken_accents_are_told_and_never_repaired(imports):
    assert imports.convert("DÃ©jÃ\u00a0 vu") == "DÃ©jÃ\u00a0 vu"
    assert "accents abîmés dans l’original" in imports.notes()


def test_signs_that_change_the_direction_are_taken_out_and_told(imports):
    assert imports.convert("un\u202edeux &#x202E;trois") == "undeux trois"
    assert imports.notes().count("signe invisible retiré") == 2


def test_a_post_said_to_be_markdown_is_told(imports):
    imports.convert("*un*", raw=write_meta("_wpcom_is_markdown", "1"))

    assert "billet marqué comme du Markdown par une extension" in imports.notes()


def test_all_that_is_written_reads_back(imports):
    content = "\n\n".join(case[1] for case in (*TEXTS, *MARKS, *BLOCKS[:20]))

    assert read_back(imports.convert(content))
    assert "relecture de l’ensemble" not in imports.notes()
