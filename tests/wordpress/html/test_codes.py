"""What readers see of each plug-in's codes, and what the maintainer is told of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.wordpress.export.plan import Medium, Plan
from archivist.wordpress.export.wxr import Blog
from archivist.wordpress.html.blocks import HtmlReader
from archivist.wordpress.html.expand import Expander
from archivist.wordpress.html.inline import Surroundings
from archivist.wordpress.notes import Kind, note_nothing
from archivist.wordpress.text.document import text_of
from archivist.wordpress.text.round_trip import ProvedWriter
from archivist.wordpress.text.tidy import shift_headings
from tests.wordpress.conftest import BLOG, draw, write_item, write_medium, write_meta

UPLOADS = f"{BLOG}/wp-content/uploads"
FORM = "un formulaire : donnez une adresse où vous écrire"
IMAGES = "des images, que le code ne nomme pas : ajoutez-les"
LINK = f"[{{}}]({UPLOADS}/{{}})"
PDF, MP3 = LINK.format("r.pdf", "r.pdf"), LINK.format("Écouter : x.mp3", "x.mp3")
A, B = (f"[![{name}]({UPLOADS}/{name}.jpg)]({UPLOADS}/{name}.jpg)" for name in "ab")


def write_library(number, name):
    url = f"{UPLOADS}/{name}"
    stem = name.partition(".")[0]
    return Medium(
        id=number, parent=0, order=0, link="", url=url, title=stem, alt=stem, caption=""
    )  # fmt: skip


def read(text, note=note_nothing):
    plan = Plan(blog=Blog())
    names = {1: "a.jpg", 2: "b.jpg", 9: "son.mp3"}
    plan.media = {number: write_library(number, name) for number, name in names.items()}
    return HtmlReader(Surroundings()).read(*Expander(5, plan, note, {}).expand(text))


def show(text, note=note_nothing):
    return ProvedWriter(note).prove(shift_headings(read(text, note)))


def say(text, note=note_nothing):
    return text_of(read(text, note)).strip()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        # Players
        (f"[dewplayer:{UPLOADS}/x.mp3]", MP3),
        (f'[haiku url="{UPLOADS}/x.mp3" title="L&rsquo;été"]', LINK.format("L’été", "x.mp3")),
        ("[audio:son.mp3|titles=Mon son]", LINK.format("Mon son", "son.mp3")),
        (f"[audio:{UPLOADS}/x.mp3,{UPLOADS}/y.mp3]", f"{MP3}\n\n{LINK.format('Écouter : y.mp3', 'y.mp3')}"),
        (f"[powerpress url=“{UPLOADS}/x.mp3”]", MP3),
        (f'[fvplayer src="{UPLOADS}/f.mp4" splash="{UPLOADS}/s.jpg"]', LINK.format("Voir la vidéo : f.mp4", "f.mp4")),
        ("[youtube:http://y.exemple.fr/?v=1]", "[Voir (y.exemple.fr)](http://y.exemple.fr/?v=1)"),
        ("[wpvideo AbC1 w=640]", "[Voir la vidéo (videopress.com)](https://videopress.com/v/AbC1)"),
        ("[slideshare id=123&doc=a&w=425]", "[Voir (slideshare.net)](https://www.slideshare.net/slideshow/embed_code/123)"),
        ("[embedyt] https://y.exemple.fr/1[/embedyt]", "[Voir (y.exemple.fr)](https://y.exemple.fr/1)"),
        ('[vc_video link="https://v.exemple.fr/1"]', "[Voir (v.exemple.fr)](https://v.exemple.fr/1)"),
        (f'[video src="{UPLOADS}/f.mp4"]Dit <b>là</b>[/video]', f"{LINK.format('Voir la vidéo : f.mp4', 'f.mp4')}\n\nDit **là**"),
        ('[twitter-follow username="moi"]', "[Voir (twitter.com)](https://twitter.com/moi)"),
        ("[tweet 12]", "[Voir (twitter.com)](https://twitter.com/i/status/12)"),
        # Documents
        (f'[pdf-embedder url="{UPLOADS}/r.pdf" title="Rapport"]', LINK.format("Rapport", "r.pdf")),
        (f'[pdfjs-viewer url={UPLOADS}/r.pdf viewer_width=600px]', PDF),
        (f'[embeddoc url=&#8221;{UPLOADS}/r.pdf&#8221; viewer="google"]', PDF),
        (f"[gview file=&quot;{UPLOADS}/r.pdf&quot;]", PDF),
        (f'[wonderplugin_pdf src="{UPLOADS}/r.pdf"]', PDF),
        ("[scribd id=12 key=k-1]", "[Voir (scribd.com)](https://www.scribd.com/document/12)"),
        # Buttons
        ('[su_button url="https://x.fr" target="blank"]Voir <b>ici</b>[/su_button]', "[Voir **ici**](https://x.fr)"),
        ("[button link='https://x.fr']Lire[/button]", "[Lire](https://x.fr)"),
        ('[vc_btn title="Aller" link="url:https%3A%2F%2Fx.fr|title:T"]', "[Aller](https://x.fr)"),
        ('[et_pb_button button_url="https://x.fr" button_text="Clic" /]', "[Clic](https://x.fr)"),
        # Panels
        ('[su_tabs][su_tab title="Un"]A[/su_tab][su_tab title="Deux"]B[/su_tab][/su_tabs]', "## Un\n\nA\n\n## Deux\n\nB"),
        ("[spoiler title=«\u00a0Dé\u00a0»]un\n\ndeux[/spoiler]", "## Dé\n\nun\n\ndeux"),
        ('[vc_tta_accordion][vc_tta_section title="S"][vc_column_text]M[/vc_column_text][/vc_tta_section][/vc_tta_accordion]', "## S\n\nM"),
        ('[tabby title="Un"]\n\nA\n\n[tabby title="Deux"]\n\nB\n\n[tabbyending]', "## Un\n\nA\n\n## Deux\n\nB"),
        # Code
        ('[cc lang="bash"]ls -l "a" [b][/cc]', '```bash\nls -l "a" [b]\n```'),
        ("[crayon lang=“js”]a<b[/crayon]", "```js\na<b\n```"),
        ("[code php]x[/code]", "```php\nx\n```"),
        ("[cc_php]x[/cc_php]", "```php\nx\n```"),
        ("[enlighter language='python']\nif a:\n  b\n[/enlighter]", "```python\nif a:\n  b\n```"),
        ('<pre class="EnlighterJSRAW" data-enlighter-language="sql">x</pre>', "```sql\nx\n```"),
        ('<pre lang="php" line="1">x</pre>', "```php\nx\n```"),
        ("Soit [latex]a_1[/latex] et $latex b^2$.", "Soit `a_1` et `b^2`."),
        # Galleries
        ('[slideshow ids="1,2"]', f":::{{gallery}}\n{A}\n\n{B}\n:::"),
        ('[gallery type="slideshow" ids="1,2"]', f":::{{gallery}}\n{A}\n\n{B}\n:::"),
        ('[vc_gallery images="1,2"]', f":::{{gallery}}\n{A}\n\n{B}\n:::"),
        ('[vc_single_image image="1" img_size="full"]', f"![a]({UPLOADS}/a.jpg)"),
        # Boxes, columns, layout
        ("[info]Une info[/info]", "Une info"),
        ('[su_box title="Titre"]Dans[/su_box]', "**Titre**\n\nDans"),
        ("[su_quote cite=“Moi”]Dit[/su_quote]", "> Dit\n>\n> Moi"),
        ("[one_half]A[/one_half][one_half_last]B[/one_half_last]", "A\n\nB"),
        ("<p>[col-md-6]A[/col-md-6][col-md-6]B[/col-md-6]</p>", "A\n\nB"),
        ('[su_row][su_column size="1/2"]A[/su_column][/su_row]', "A"),
        ("[vc_row][vc_column][vc_row]x[/vc_row][/vc_column][/vc_row]", "x"),
        ('[fusion_title size="2"]T[/fusion_title][fusion_text]M[/fusion_text]', "## T\n\nM"),
        ('[et_pb_blurb title="Un %22mot%22" url="https://x.fr"]Corps[/et_pb_blurb]', '## [Un "mot"](https://x.fr)\n\nCorps'),
        ('[av_heading heading="H" tag="h2"]', "## H"),
        ("[vc_raw_html]JTNDcCUzRUJvbmpvdXIlM0MlMkZwJTNF[/vc_raw_html]", "Bonjour"),
        ("[su_dropcap]L[/su_dropcap]es [highlight]mots[/highlight]", "Les <mark>mots</mark>"),
        ("A [toc] [ez-toc] B", "A B"),
        ("[nextpage]", "---"),
        ("A\n\n[more]\n\nB", "A\n\n<!-- more -->\n\nB"),
        # Notes
        ('A [su_tooltip content="B"]mot[/su_tooltip]', "A mot[^note-1]\n\n[^note-1]: B"),
        ("A[mfn]B[/mfn]", "A[^note-1]\n\n[^note-1]: B"),
        ("A ((Une note.)) b", "A[^note-1] b\n\n[^note-1]: Une note."),
        ("[contact-form][contact-field label='Nom' type='name'/][/contact-form]", "Nom"),
    ],
)  # fmt: skip
def test_a_code_becomes(code, shown):
    told = []

    assert show(code, lambda kind, _: told.append(kind)) == shown
    assert Kind.SHORTCODE_KEPT not in told


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ('[contact-form-7 id="12" title="Contact"]', FORM),
        ('[wpforms id="3"]', FORM),
        ("[ninja_form id=1]", FORM),
        ('[gravityform id="1" title="false"]', FORM),
        ("[formidable id=6]", FORM),
        ("[table id=3 /]", "un tableau : recopiez-le du blog"),
        ("[rev_slider accueil]", IMAGES),
        ("[metaslider id=12]", IMAGES),
        ("[nggallery id=2]", IMAGES),
        ("[foogallery id='4']", IMAGES),
        ("[envira-gallery id='4']", IMAGES),
        ("[wpdm_package id='12']", "un document, que le code ne nomme pas"),
        ('[download id="3"]', "un document, que le code ne nomme pas"),
        ("[polls]", "un sondage"),
        ("[woocommerce_cart]", "une liste que le blog dressait, d’articles, d’événements ou de produits"),
        ("[bbp-forum-index]", "une liste que le blog dressait, d’articles, d’événements ou de produits"),
    ],
)  # fmt: skip
def test_what_an_export_does_not_hold_is_told_and_why(code, why):
    told = []

    assert show(code, lambda *each: told.append(each)) == ""
    assert told == [(Kind.SHORTCODE_EMPTY, f"{code.strip('[]').split()[0]} : {why}")]


@pytest.mark.parametrize(
    "text",
    [
        *("[1]", "[sic]", "[…]", "[Lire]", "[ndlr]", "[NDLR : a = b]", "[info]", "[note]", "[more]", "[x-ray]"),
        *("[button]", "[table des matières]", "[[code]]", "f((x))", "((c))", "a [video] b", "[alert] et [tab]"),
    ],
)  # fmt: skip
def test_brackets_that_are_no_codes_stay(text):
    told = []

    assert say(f"Voir {text} ici.", lambda *each: told.append(each)) == f"Voir {text} ici."
    assert {kind for kind, _ in told} <= {Kind.SHORTCODE_KEPT}
    assert text == "[more]" or say(text) == text


def test_an_example_of_a_code_is_shown_whole():
    assert say("[[vc_row]a[/vc_row]]") == "[vc_row]a[/vc_row]"


@pytest.mark.parametrize(
    "code", ['[truc a="1"]', "[truc]x[/truc]", "[un_truc]", "[truc]", f"[truc {UPLOADS}/r.pdf]"]
)
def test_a_code_that_nobody_knows_stays_and_is_told_by_its_name(code):
    told = []

    assert say(code, lambda *each: told.append(each)) == code
    name = re.match(r"\[(\w+)", code)[1]
    assert [(kind, text.partition(" : ")[0]) for kind, text in told] == [
        (Kind.SHORTCODE_KEPT, name)
    ]


def test_files_that_an_unknown_code_names_are_linked_and_shown():
    assert show(f'[truc url="{UPLOADS}/r.pdf"] [machin ids="1,2"]') == (
        f'\\[truc url="<{UPLOADS}/r.pdf>"] \\[machin ids="1,2"]\n\n:::{{gallery}}\n{A}\n\n{B}\n:::'
    )


NAMES = (
    "truc un_truc su_note su_tab tabs button quote highlight tooltip one_half vc_row et_pb_text fusion_tab note ref "
    "video youtube embed gallery playlist contact-form table rev_slider caption toc latex code php vc_raw_html polls"
).split()
WORDS = st.sampled_from("mot été [1] <b>gras</b> (un) « dit »".split(" "))
OPENINGS = st.sampled_from(
    [f"[{name}{said}]" for name in NAMES for said in ("", ' title="titre"', " a=1 /")]
)
CLOSINGS = st.sampled_from([f"[/{name}]" for name in NAMES])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | OPENINGS | CLOSINGS | st.just("\n\n"), max_size=16))
def test_no_word_among_codes_is_lost(pieces):
    words = [f"{each}{at}" for at, each in enumerate("abcdefghijklmnop")]
    text = " ".join(f"{piece} {word}" for piece, word in zip(pieces, words, strict=False))

    # What a code encloses may be the name of a film: it is in the address of a link then.
    found = f"{say(text)} {show(text)}"
    assert [word for word in words[: len(pieces)] if not re.search(rf"\b{word}\b", found)] == []


@given(
    st.lists(
        st.sampled_from(
            ["mot", "[1]", "[sic]", "[ndlr]", "[Lire la suite]", "[…]", "[note]", "[mod 8]"]
        )
    )
)
def test_a_text_without_codes_is_what_it_was(pieces):
    assert say(" ".join(pieces)) == " ".join(pieces)


def test_media_that_codes_name_come_beside_the_post(imports):
    media = imports.put("r.pdf", b"%PDF-1.4 essai")
    imports.put("2016/x.mp3", b"ID3 essai")
    content = (
        f"[pdf-embedder url='{UPLOADS}/r.pdf']\n\n[dewplayer:x.mp3]\n\n[truc f={UPLOADS}/y.mp3]"
    )
    report = imports.run(write_item(1, content), write_medium(8, "2016/x.mp3"), media=media)

    assert imports.body().startswith("[r.pdf](billet-1/r.pdf)\n\n[Écouter : x.mp3](billet-1/x.mp3)")
    assert report.wanted == [f"{UPLOADS}/y.mp3"]


def test_the_terminal_counts_codes_by_their_names(imports):
    report = imports.run(write_item(1, "[truc a=1] [truc a=2] [wpforms id=1] [machin_a]"))
    told = "\n".join(report.advice)

    assert "codes courts gardés en texte : truc (2), machin_a (1)" in told
    assert "codes courts dont le contenu n’est pas dans l’export : wpforms (1)" in told


@pytest.mark.parametrize(
    ("content", "raw", "why"),
    [
        ("", write_meta("_texte", "field_5f2a1b3c4d5e6"), "une extension (ACF)"),
        ("", write_meta("_elementor_data", "[]"), "une extension (Elementor)"),
        ("", "", "le thème ou une extension (ACF…)"),
        ("<?php afficher(); ?>", "", "que du PHP"),
        ("<script>afficher()</script>", "", "qu’un programme (script)"),
        ('<!-- wp:truc/liste {"n":3} /-->', "", "qu’un bloc sans texte (truc/liste)"),
        ("[wpforms id=1]", "", "qu’un code court (wpforms)"),
    ],
)
def test_a_text_that_comes_out_empty_is_told_by_its_name(imports, content, raw, why):
    report = imports.run(write_item(1, content, raw=raw))

    (line,) = [line for line in report.advice if line.startswith("texte vide")]
    assert "posts/2016/billet-1.md" in line
    assert why in line


def test_a_text_of_pictures_is_not_empty(imports):
    media = imports.put("a.png", draw("red"))
    imports.run(write_item(1, f'<img src="{UPLOADS}/a.png" alt="A">'), media=media)

    assert "texte vide, dont le contenu est ailleurs" not in imports.notes()


def test_an_export_without_media_says_which_one_to_ask_for(imports):
    shown = write_item(1, f'<img src="{UPLOADS}/a.png" alt="A">')
    without = "\n".join(imports.run(shown).advice)
    whole = "\n".join(imports.run(shown, write_medium(8, "a.png")).advice)

    assert "« Tout le contenu »" in without
    assert "« Tout le contenu »" not in whole
    assert "--media" in whole
    assert "--fetch" in whole


def test_the_rules_that_an_import_has_excused_are_told(imports):
    report = imports.run(write_item(1, "DÃ©jÃ\u00a0 vu"))

    assert "règles dont exceptions.txt excuse des billets : leftovers (1)" in report.advice
