"""A table in HTML: what an old post needs of it passes, and nothing else does."""

import nh3
import pytest

from archivist.posts.body import read_body
from archivist.syntax.allowed import HTML, TABLE_HTML


def in_cell(html):
    return f"<table><tr><td>{html}</td></tr></table>"


FULL = """\
<table>
  <caption lang="en">Some <b>figures</b></caption>
  <thead>
    <tr><th scope="col" rowspan="2">An</th><th colspan="2" scope='colgroup'>Sommes</th></tr>
    <tr><th>Un<th-></th><th>Deux</th></tr>
  </thead>
  <tbody>
    <!-- Relire -->
    <tr><th scope="row">2018 &amp; après, 5 < 6</th><td>un<br>deux<wbr/>trois</td>
    <td><ul><li>un<ol><li><em>deux</em></li></ol></li></ul></td></tr>
  </tbody>
  <TBODY><tr><td></td><td colspan="2" rowspan="2" lang="fr">x</td></tr><tr><td></td></tr></TBODY>
  <tfoot><tr><td><a href="https://exemple.fr/?a=1&amp;b=2#c" lang="en"><i>là</i></a>
    <a href="mailto:a@exemple.fr">écrire</a></td></tr></tfoot>
</table>""".replace("<th->", "")


@pytest.mark.parametrize(
    "body",
    [
        FULL,
        f"Du texte.\n{FULL}\n\nDu texte.",
        f"   {in_cell('a')}",
        in_cell("a").upper(),
        "> " + FULL.replace("\n", "\n> "),
        "- point\n\n  " + FULL.replace("\n", "\n  "),
        f":::{{note}}\n{FULL}\n:::",
        f"{in_cell('a')}\n\n{in_cell('b')}",
        "<table>\n</table>",
        in_cell("&lt;script&gt; et <b>gras</b> : 2 < 3"),
        in_cell("<p>un</p><p>deux</p><ul><li><p>trois</p></li></ul>"),
        in_cell('<a href="https://exemple.fr/?a=1&b=2&copy=3" target=_blank rel="x">y</a>'),
        "<table class=wp border='1' width=100%><tr><td align=center nowrap>y</td></tr></table>",
    ],
)
def test_a_table_that_only_shows_words_passes(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize("name", sorted(HTML.keys() - {"br", "wbr"}))
def test_what_may_be_in_a_paragraph_may_be_in_a_cell(check_body, name):
    assert check_body(in_cell(f'a <{name} lang="en">b</{name}> c')) == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<b onclick="x()">y</b>', "attribut « onclick » de <b> interdit : retirez-le."),
        ('<b style="display: none">y</b>', "<b> cache son texte, qui serait publié : retirez-le."),
        ("<script>alert(1)</script>", "<script> n’est pas permis : retirez cette balise"),
        ('<img src="x.png">', "<img> n’est pas permis : écrivez !["),
        ("<b><p>y</p></b>", "<p> mal placé : mettez-le dans une cellule, et dans rien d’autre."),
        ("<div>y</div>", "<div> n’est pas permis"),
        ("<svg/onload=alert(1)>", "<svg> n’est pas permis"),
        ("<b/onclick=alert(1)>y</b>", "HTML mal formé « <b/onclick=alert(1)> »"),
        ("<b onclick=x>y</b>", "attribut « onclick » de <b> interdit"),
        ("<b hidden>y</b>", "attribut « hidden » de <b> interdit"),
        ("<b><!-- y</b>", "commentaire jamais fermé"),
        ("<!-- wp:table -->", "commentaire de WordPress « wp:table »"),
        (
            "<!-- more -->",
            "« <!-- more --> » est à l’intérieur d’un tableau : placez-le en dehors.",
        ),
        ("<table><tr><td>y</td></tr></table>", "<table> mal placé : un tableau ne va pas dans un"),
        ("<tr><td>y</td></tr>", "<tr> mal placé : mettez-le dans <table>, <thead>, <tbody> ou"),
        ("<td>y</td>", "<td> mal placé : mettez-le dans <tr>."),
        ("<li>y</li>", "<li> mal placé : mettez-le dans <ul> ou <ol>."),
        ("<ul>y</ul>", "« y » est hors du tableau"),
        ("<b><ul><li>y</li></ul></b>", "<ul> mal placé : mettez-le dans une cellule, ou dans"),
        ("<caption>y</caption>", "<caption> mal placé : mettez-le dans <table>."),
        ("<b>y", "balise </td> mal placée : fermez d’abord la dernière ouverte."),
        ("y</b>", "balise </b> mal placée"),
        ("<b><i>y</b></i>", "balise </b> mal placée"),
        ("</td><td>", ""),
        ("</td></tr></table>", "balise </td> mal placée"),
        ("<b>" * 16 + "y" + "</b>" * 16, "trop de niveaux imbriqués"),
        ("**y**", "le Markdown n’est pas lu dans un tableau en HTML : "),
        ("[y](billet.md)", "le Markdown n’est pas lu dans un tableau en HTML : "),
        ("de l’Ã©té", "accents abîmés « Ã© »"),
        ("&#x202e;y", "caractère de contrôle (sens d’écriture) U+202E"),
        ('<b lang="fr" lang="en">y</b>', "tableau mal formé : écrivez-le en Markdown."),
        ('<b\u00a0lang="fr">y</b>', "HTML mal formé « <b"),
    ],
)
def test_what_a_cell_may_not_hold_is_told(check_body, html, told):
    problems = check_body(in_cell(html))

    assert [problem for problem in problems if not problem.startswith(f"9: {told}")] == []
    assert bool(problems) == bool(told)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//exemple.fr/",
        "billet.md",
        "#partie",
        "",
        "tel:+33123456789",
        "ftp://exemple.fr/",
        "http:exemple.fr",
        "https://exemple.fr/ x",
        "https:\\\\exemple.fr",
        "HTTPS://exemple.fr/",
        "javascript&amp;colon;alert(1)",
    ],
)
def test_a_link_in_a_cell_leads_to_the_web_or_to_a_mailbox(check_body, href):
    problems = check_body(in_cell(f'<a href="{href}">y</a>'))

    assert [problem for problem in problems if "interdite ici : écrivez https" in problem] != []
    assert read_body(in_cell(f'<a href="{href}">y</a>')).links == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<a href="java&#115;cript:x">y</a>', "« & » entre guillemets, « <a href="),
        ('<a href="javascript&colon;x">y</a>', "« & » entre guillemets"),
        ('<a href="https://">y</a>', "adresse « https:// » interdite ici"),
        ('<a href="https://?x">y</a>', "adresse « https://?x » interdite ici"),
        ('<a href="http://192.168.1.1/">y</a>', "« http://192.168.1.1/ » ne s’ouvre que chez"),
        ("<a>y</a>", 'lien sans adresse : écrivez <a href="https://…">.'),
        ('<a name="x">y</a>', 'lien sans adresse : écrivez <a href="https://…">.'),
        ('<a href="https://x.fr/" onclick="x">y</a>', "attribut « onclick » de <a> interdit"),
        ('<a href="https://x.fr/" href="javascript:x">y</a>', "adresse « javascript:x » interdite"),
        ('<a href="https://x.fr/"></a>', "lien sans texte : écrivez ce qu’on y trouve."),
        ('<a href="https://x.fr/"><a href="https://y.fr/">y</a></a>', "<a> mal placé : mettez-le"),
    ],
)
def test_a_link_in_a_cell_is_checked_as_any_is(check_body, html, told):
    (problem,) = check_body(in_cell(html))

    assert problem.startswith(f"9: {told}")


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        ("<table>\n<tr><td>y</td></tr>", 9, "balise <table> jamais fermée : ajoutez </table>."),
        ("<table>\n<tr><td>y\n</table>", 11, "balise </table> mal placée"),
        ("<table>\n<tr><td>y</table>", 10, "balise </table> mal placée"),
        ("<table>\ny\n<tr><td>z</td></tr></table>", 10, "« y » est hors du tableau : mettez-le"),
        ("<table><tr>\n<b>y</b></tr></table>", 10, "<b> mal placé : mettez-le dans une cellule"),
        ("<table><tr>\n<br></tr></table>", 10, "<br> mal placé"),
        ("<table>\n<td>y</td></table>", 10, "<td> mal placé : mettez-le dans <tr>."),
        ("<table><tr>\n</tr></table>", 10, "ligne de tableau sans cellule : ajoutez <td>"),
        (
            "<table><tr><td>a</td></tr>\n<thead></thead></table>",
            10,
            "<thead> mal placé : <caption>",
        ),
        ("<table><thead></thead>\n<caption>a</caption></table>", 10, "<caption> mal placé : <cap"),
        ("<table><caption>\n<a href='https://x.fr/'>a</a></caption></table>", 10, "<a> mal placé"),
        ("<table>\n</table>\ny", 11, "rien ne suit </table> : passez une ligne."),
        ("<table>\n</table>\n<b>y</b>", 11, "rien ne suit </table>"),
        ("<table>\n</table>\n<!-- more -->", 11, "rien ne suit </table>"),
        ("<table>\n</table></table>", 10, "balise </table> mal placée"),
        ("<table\nonclick='x'></table>", 9, "attribut « onclick » de <table> interdit"),
        ("<table><tr><td colspan='0'></td></tr></table>", 9, "« 0 » cellules : écrivez un nombre"),
        ("<table><tr><td rowspan='100'></td></tr></table>", 9, "« 100 » cellules : écrivez"),
        ("<table><tr><td scope='x'></td></tr></table>", 9, "« scope=x » n’est pas connu"),
        ("<table><tr><td srcdoc='9'></td></tr></table>", 9, "attribut « srcdoc » de <td> interdit"),
        (
            "<table><tr><td>a</td></tr>\n<tr><td rowspan='2'>b</td></tr></table>",
            10,
            "cette cellule",
        ),
        ("<table><tr>\n<td rowspan='2'>a</td></tr><tbody></tbody></table>", 10, "cette cellule"),
        ("<table><tr><td>a</td>\n<td colspan='2'>b</td></tr></table>", 10, "cette cellule"),
        (
            "<table><tr><td>a</td><td rowspan='2'>b</td></tr>\n<tr><td colspan='2'>c</td></tr></table>",
            10,
            "cette cellule en couvre une autre, ou sort du tableau : corrigez colspan ou rowspan.",
        ),
        (f"<table><tr>\n{'<td>a</td>' * 501}</tr></table>", 10, "cette cellule"),
        ("<table/>", 9, "balise <table> jamais fermée"),
        ("<table><tr><td>y", 9, "balise <td> jamais fermée"),
    ],
)
def test_a_table_that_is_not_well_built_is_told_on_its_line(check_body, body, line, told):
    (problem,) = check_body(body)

    assert problem.startswith(f"{line}: {told}")


def test_a_blank_line_in_a_table_is_told(check_body):
    first, *others = check_body("<table>\n<tr><td>a</td></tr>\n\n<tr><td>b</td></tr>\n</table>")

    assert first == (
        "9: balise <table> jamais fermée : ajoutez </table>. "
        "Un tableau en HTML n’a pas de ligne vide."
    )
    assert all("cela va dans un bloc qui commence par <table>" in each for each in others)


def test_a_table_inside_a_paragraph_is_told_where_it_goes(check_body):
    problem, *_ = check_body(f"a {in_cell('b')}")

    assert problem.startswith(
        "9: <table> n’est pas permis : écrivez le tableau en Markdown, ou commencez une ligne par"
    )


@pytest.mark.parametrize(
    "body", ["<td>a</td>", "<tr><td>a</td></tr>", "a <td>b</td>", "<ul><li>a</li></ul>"]
)
def test_a_part_of_a_table_is_refused_outside(check_body, body):
    assert check_body(body) != []


def test_a_table_above_the_title_is_told(check, make_post):
    text = make_post(title=None, body=f"{in_cell('a')}\n\n# Un billet\n\nTexte.")

    assert check({"2018/billet.md": text}) == [
        "docs/posts/2018/billet.md:7: rien ne doit précéder le titre : placez ce texte dessous."
    ]


def test_the_links_and_words_of_a_table_are_known(check_body):
    body = read_body("\n" + in_cell('mots <a href="https://exemple.fr/?a&amp;b">là</a>'))

    assert [(link.text, link.line) for link in body.links] == [("https://exemple.fr/?a&b", 2)]
    assert [text.text for text in body.texts] == ["mots", "là"]


def test_nh3_has_the_last_word_on_tables(check_body, monkeypatch):
    given = []
    monkeypatch.setattr(nh3, "clean", lambda html, **rules: given.append(rules) or "a")

    assert check_body(in_cell("a")) == ["9: tableau mal formé : écrivez-le en Markdown."]
    assert [(rules["tags"], rules["attributes"]) for rules in given] == [
        (set(HTML | TABLE_HTML), HTML | TABLE_HTML)
    ]
