import nh3
import pytest

from archivist.syntax.allowed import HTML


@pytest.mark.parametrize("name", sorted(HTML.keys() - {"br", "wbr"}))
def test_an_element_of_the_list_passes_in_a_paragraph_and_on_its_own(check_body, name):
    body = (
        f'Un <{name}>mot</{name}> et *<{name} lang="en">word</{name}>*.\n\n<{name}>\nmot\n</{name}>'
    )

    assert check_body(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "un<br>deux<br/>trois<br />quatre<wbr>cinq<BR>",
        '<abbr title="l’été\u00a0: R&amp;D">x</abbr> <dfn title="« a »" lang="fr-FR">y</dfn>',
        "<span lang='en'>word</span>",
        '<b\nlang="en" >word</b >',
        "<B>mot</b> <b><i>deux</i> *trois* [quatre](billet.md)</b>",
        "| <b>a</b> |\n|---|\n\n> - <kbd>b</kbd>\n\n## <em>c</em>",
        "```{note}\n<b>a</b>\n```",
        "<!-- Relire\n\nceci -->\n\na <!-- et cela --> b",
        "a\n\n<!-- more -->\n\nb",
        "a <!--more--> b",
        "`<script>` \\<script> &lt;script&gt;",
        "```html\n<script>alert(1)</script>\n```",
        "5 < 6, a<b, i <3 vous, <-- ici, <>, < b>, <=, <Prénom>, Map<K, V>",
        "<https://exemple.fr/> <x@exemple.fr>",
        '<a href="billet.md#un-billet">*là*</a>, <a href="https://x.fr/?a=1&b=2" title="x">ici</a>',
        '<a name="haut"></a><a id="bas">mot</a> <font color=red>rouge</font>',
        '<p class="x" id=y align=center style="color: red" data-a-b="c" aria-hidden="true">mot</p>',
        "<p>un</p>\n<p lang='en'>two</p>\ntrois\n<hr noshade>\n<h2>a</h2><h3>b</h3>",
        "<div align='center'>\n\n## a\n\n![x](billet/vue.png)\n\n</div>\n\n### b",
        "<blockquote>\n<p>un</p>\n\n- deux\n\n</blockquote>",
        "<details open>\n<summary>a <b>b</b></summary>\n\n- c\n\n<details>d</details>\n</details>",
        "> <details>\n>\n> a\n>\n> </details>",
        "a\n<p>b</p>",
        "~~a~~ et ~~*b* <b>c</b>~~",
    ],
)
def test_html_that_says_no_more_than_markdown_passes(check_body, body):
    assert check_body(body) == []


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("script", "retirez cette balise, ou écrivez ce passage en Markdown."),
        ("style", "retirez cette balise, ou écrivez"),
        ("svg", "retirez cette balise, ou écrivez"),
        ("math", "retirez cette balise, ou écrivez"),
        ("form", "retirez cette balise, ou écrivez"),
        ("ul", "commencez chaque point par « - », ou « 1. »."),
        ("x-y", "retirez cette balise, ou écrivez"),
        ("iframe", "écrivez un lien, [titre](https://…)."),
        ("object", "écrivez un lien, [titre](https://…)."),
        ("h1", "écrivez « # Titre »."),
        ("li", "commencez chaque point par « - », ou « 1. »."),
        ("td", "cela va dans un bloc qui commence par <table>, sans ligne vide."),
        ("votre", "retirez cette balise, ou écrivez"),
    ],
)
@pytest.mark.parametrize("frame", ["a\n<{0}>b</{0}>", "a\n\n<{0}>\nb\n</{0}>", "> a\n> <{1} x=y>"])
def test_an_element_that_is_not_in_the_list_is_told(check_body, name, advice, frame):
    body = frame.format(name, name.upper())
    line = 9 + body[: body.index("<")].count("\n")

    (problem,) = check_body(body)

    assert problem.startswith(f"{line}: <{name}> n’est pas permis : {advice}")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<b onclick="x()">y</b>', "attribut « onclick » de <b> interdit : retirez-le."),
        ("<b onclick=x>y</b>", "attribut « onclick » de <b> interdit"),
        ("<b srcdoc='x'>y</b>", "attribut « srcdoc » de <b> interdit"),
        ("<b hidden>y</b>", "attribut « hidden » de <b> interdit"),
        ('<p onclick="x()">y</p>', "attribut « onclick » de <p> interdit"),
        ('<details ontoggle="x()">y</details>', "attribut « ontoggle » de <details> interdit"),
        ('<details lang="en">y</details>', "attribut « lang » de <details> interdit"),
        ('<a href="https://x.fr/" onclick="x()">y</a>', "attribut « onclick » de <a> interdit"),
        ('<span STYLE="Display : none">y</span>', "<span> cache son texte, qui serait publié"),
        ('<p style="visibility:hidden">y</p>', "<p> cache son texte, qui serait publié"),
        ('<a href="javascript:x()">y</a>', "adresse « javascript:x() » interdite ici"),
        ('<a href="data:text/html,x">y</a>', "adresse « data:text/html,x » interdite ici"),
        ('<a href="https://localhost/">y</a>', "« https://localhost/ » ne s’ouvre que chez vous"),
        ('<a href="mort.md">y</a>', "lien mort « mort.md »"),
        ('<a href="#mort">y</a>', "aucune partie « #mort »"),
        ('<a href="billet.md"></a>', "lien sans texte « billet.md »"),
        ('[x <a href="billet.md">y</a>](billet.md)', "lien dans un autre lien : gardez l’un"),
        ('<a href="billet.md">x [y](billet.md)</a>', "lien dans un autre lien"),
        ('<a href="billet.md">x <a href="billet.md">y</a></a>', "lien dans un autre lien"),
        ("<details>\n\nx", "balise <details> jamais fermée : ajoutez </details>, dans le même"),
        ("<blockquote>\n<p>x</p>", "balise <blockquote> jamais fermée"),
        ("- <blockquote>x\n\ny", "balise <blockquote> jamais fermée"),
        ("</details>", "balise </details> mal placée : fermez d’abord la dernière ouverte."),
        ("<p>x</h2>", "balise </h2> mal placée"),
        ("<p><blockquote>x</blockquote></p>", "<blockquote> mal placé : fermez d’abord ce qui"),
        ("<summary>x</summary>", "<summary> mal placé : mettez-le en tête de <details>."),
        ("<details>x<summary>y</summary></details>", "<summary> mal placé"),
        ("a <p>b", "<p> est au milieu d’une ligne : mettez-le en tête d’une ligne, après"),
        ("a <hr> b", "<hr> est au milieu d’une ligne"),
        ("<p>**x**</p>", "le Markdown n’est pas lu après du HTML : passez une ligne."),
        ("<p><b>x</p>", "balise <b> jamais fermée : ajoutez </b> dans le même paragraphe."),
        ("~~<b>x~~", "balise </s> mal placée"),
        ('<span lang="anglais_x">y</span>', "langue inconnue « anglais_x » : écrivez un code"),
        ("<b>x", "balise <b> jamais fermée : ajoutez </b> dans le même paragraphe."),
        ("<b>x\n\ny", "balise <b> jamais fermée"),
        ("<b/>", "balise <b> jamais fermée"),
        ("x</b>", "balise </b> mal placée : fermez d’abord la dernière ouverte."),
        ("<b><i>x</b></i>", "balise </b> mal placée"),
        ("<b>*x</b>*", "balise </b> mal placée"),
        ("*<b>x*</b>", "balise </em> mal placée"),
        ("[<b>x](billet.md)</b>", "balise </link> mal placée"),
        ('<b lang="fr" lang="en">x</b>', "HTML mal formé : écrivez ce passage en Markdown."),
        ("</br>", "HTML mal formé"),
        ("<!DOCTYPE html>", "HTML mal formé « <!DOCTYPE html> »"),
        ("<?php echo 1 ?>", "HTML mal formé « <?php echo 1 ?> »"),
        ("a <![CDATA[x]]> b", "HTML mal formé « <![CDATA[x]]> »"),
        ("a <b and c> d", "HTML mal formé « <b and c> »"),
        ('<abbr title="R&eacute;D">x', "« & » entre guillemets, « <abbr title="),
        ('<abbr title="&#82;">x', "« & » entre guillemets, « <abbr title="),
        ("<!-- x", "commentaire jamais fermé : ajoutez « --> », ou retirez « <!-- »."),
        ("x <!-- y", "commentaire jamais fermé"),
        ("<!--> x -->", "commentaire jamais fermé"),
        ("<!---> x", "commentaire jamais fermé"),
        ("<!-- wp:paragraph -->", "commentaire de WordPress « wp:paragraph » : retirez-le."),
        ("a <!-- /wp:list --> b", "commentaire de WordPress « /wp:list »"),
        ("<!--nextpage-->", "commentaire de WordPress « nextpage »"),
    ],
)
def test_html_that_is_broken_or_does_more_is_told(check_body, body, told):
    (problem,) = check_body(body)

    assert problem.startswith(f"9: {told}")


@pytest.mark.parametrize("href", ["javascript&colon;x()", "java&#115;cript:x", "tel&#58;1"])
def test_an_address_that_hides_what_it_is_is_told(check_body, href):
    told = check_body(f'<a href="{href}">y</a>')

    assert [each for each in told if "« & » entre guillemets, « <a href=" in each] != []


@pytest.mark.parametrize(
    "body",
    [
        "<b>a <!-- more --> b</b>",
        "*a <!-- more --> b*",
        "**a <!--more-->**",
        "[a <!-- more -->](billet.md)",
        "<b>\n<!-- more -->\n</b>",
        "<p><b>\n<!-- more --></b></p>",
    ],
)
def test_a_cut_inside_another_sign_is_told(check_body, body):
    line = 9 + body[: body.index("<!--")].count("\n")

    assert check_body(body) == [
        f"{line}: « <!-- more --> » est à l’intérieur d’un autre signe : placez-le en dehors."
    ]


@pytest.mark.parametrize(
    "body", ["<!-- more --> **suite**", "<!-- x -->[y](mort.md)", "<b>\n**x** {term}`y`\n</b>"]
)
def test_markdown_that_html_takes_as_it_is_is_told(check_body, body):
    assert check_body(body) != []


def test_nh3_has_the_last_word(check_body, monkeypatch):
    assert check_body("a <b>c</b>") == []
    monkeypatch.setattr(nh3, "clean", lambda *_, **__: "a c")

    assert check_body("a <b>c</b>") == ["9: HTML mal formé : écrivez ce passage en Markdown."]


def test_nh3_is_given_the_list_and_no_more(check_body, monkeypatch):
    given = []
    monkeypatch.setattr(nh3, "clean", lambda html, **rules: given.append(rules) or html)
    check_body("a <b>c</b>")

    assert [(rules["tags"], rules["attributes"]) for rules in given] == [(set(HTML), HTML)]
