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
        ("details", "retirez cette balise, ou écrivez"),
        ("x-y", "retirez cette balise, ou écrivez"),
        ("iframe", "écrivez un lien, [titre](https://…)."),
        ("object", "écrivez un lien, [titre](https://…)."),
        ("a", "écrivez [texte](adresse)."),
        ("p", "séparez les paragraphes par une ligne vide."),
        ("div", "retirez cette balise, gardez le texte."),
        ("font", "retirez cette balise, gardez le texte."),
        ("h2", "écrivez « ## Titre »."),
        ("li", "commencez la ligne par « - »."),
        ("blockquote", "commencez chaque ligne par « > »."),
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
        ("<b class='x'>y</b>", "attribut « class » de <b> interdit : retirez-le."),
        ('<b onclick="x()">y</b>', "attribut « onclick » de <b> interdit"),
        ('<span STYLE="color:red">y</span>', "attribut « style » de <span> interdit"),
        ('<b title="x">y</b>', "attribut « title » de <b> interdit"),
        ('<br clear="all">', "attribut « clear » de <br> interdit"),
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
        ('<abbr title="R&D">x', "« & » entre guillemets, « <abbr title="),
        ('<abbr title="&#82;">x', "« & » entre guillemets, « <abbr title="),
        ("<br title=x>", "HTML mal formé « <br title=x> »"),
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


@pytest.mark.parametrize(
    "body",
    [
        "<b>a <!-- more --> b</b>",
        "*a <!-- more --> b*",
        "**a <!--more-->**",
        "[a <!-- more -->](billet.md)",
        "<b>\n<!-- more -->\n</b>",
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
