"""The words of a post's text and those of its page are the same, whatever it is written with."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from archivist.build.build import build_site
from archivist.checks.run import check_archive
from archivist.errors import ArchiveError
from archivist.posts.archive import read_archive
from archivist.site.plan import BuildPlan
from archivist.site.sphinx import xrefs
from archivist.words import printed
from archivist.words.canonical import WordReader
from archivist.words.printed import find_difference, verify_pages
from archivist.words.verify import record_words
from tests.conftest import ROOT, write_docs, write_post

# -- Texts ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    """\
mot|l’été|12|3 000|x_y|œuvre|« non »|!|?|;|:|--|...|1990.|- |> |`|``|*|**|_|[|]|(|)|<|>|&|&amp;
&nbsp;|&#97;|&check;|&NotEqualTilde;|&hellip|\\|\\*|\\\\|~~|\\||\u00ad|\u200b|\u00a0|\u1680|\u0600
e\u0301|\u0301|ﬁ|{|}|^|$|%|<br>|<wbr>|<!-- r -->|<b>g</b>|<s>x</s>|<q>y</q>|<sup>2</sup>
<abbr title='class="update"'>z</abbr>|https://a.fr|<https://a.fr/b>|{ref}`tag-cnfpt`|{ref}`zero`
{ref}`blog-posts`|{ref}`mots <tag-cnfpt>`|{term}`CNFPT`|{term}`le c <CNFPT>`|{abbr}`A\\B (C)`
{sub}`i`|{person}`Jean <Dupont, Jean>`|{organisation}`Etalab`|[m]{.language-en}|`a  b`|`` a`b ``
~~barré~~|~~|www.a.fr|(https://a.fr/b_(c)).|« https://a.fr/é »|<a href="https://a.fr" class=x>la</a>|<a name=x>
<b class="label">g</b>|<font color=red>f</font>|[ ]|[x]|<p>|<hr>|<!-- more -->|&copy|https\\://a.fr
[l](https://a.fr "t")|![alt](zero/vue.png)|*em*|**gr**|<small>p</small>|<code>a  b</code>|\\
""".replace("\n", "|").split("|")
)
LINES = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
SHAPES = st.sampled_from(
    [
        "{0}", "# {0}", "- {0}\n- {1}\n\n  {2}", "1990. {0}\n7. {1}", "> {0}\n>\n> - {1}",
        "## {0}", "```python\n{0}\n{1}\n```", "    {0}", "Un[^n] mot\n\n[^n]: {0}\n\n    {1}",
        ":::{{note}}\n{0}\n\n> {1}\n:::", ":::{{admonition}} {0}\n{1}\n:::",
        ":::{{update}} 2019-01-05\n{0}[^u]\n\n[^u]: {1}\n:::", ":::{{outdated}}\n{0}\n:::",
        "```{{code-block}} python\n:caption: Un *exemple*\n:linenos:\n\n{0}\n```",
        "| {0} | b |\n|---|---|\n| c | {1} |", "```{{table}} {0}\n| a |\n|---|\n| {1} |\n```",
        "```{{list-table}} {0}\n:header-rows: 1\n\n* - {1}\n* - {2}\n```",
        "```{{figure}} zero/vue.png\n:alt: Vue\n\n{0}\n\n{1}\n```", "{0}\n: {1}\n\n  {2}",
        "- [ ] {0}\n- [x] {1}\n\n1. [X] {2}", "> [!NOTE]\n> {0}\n>\n> {1}", "> [!warning]\n> - {0}",
        "<p align=center>{0}</p>", "<h2 class='x'>{0}</h2>\n\n{1}", "<blockquote>\n<p>{0}</p>\n{1}\n</blockquote>",
        "<details open>\n<summary>{0}</summary>\n\n{1}\n\n</details>", "<div>\n\n{0}\n\n</div>\n\n<hr>\n{1}",
        '![Vue](zero/vue.png "Un titre")\n![Vue](zero/vue.png)\n\n{0}', "```mermaid\n{0}\n```",
        "<table>\n<caption>c</caption>\n<tr><td>{0}<ul><li>u</li></ul></td></tr>\n</table>",
    ]
)  # fmt: skip
BLOCKS = st.builds(lambda shape, texts: shape.format(*texts), SHAPES, st.tuples(*[PARAGRAPHS] * 3))
TEXTS = st.lists(BLOCKS, min_size=1, max_size=3).map("\n\n".join)


def draw(strategy, count):
    """Return *count* texts, always the same: they are checked and built together."""
    drawn = []

    @settings(max_examples=count, phases=[Phase.generate], derandomize=True, database=None)
    @given(strategy)
    def note(text):
        drawn.append(text)

    note()
    assert len(set(drawn)) > count / 2
    return drawn


def keep_accepted(docs):
    """Take out of *docs* the posts that the checks refuse; return how many are left."""
    while refused := {problem.path for problem in check_archive(read_archive(docs))}:
        for path in refused:
            (docs.parent / path).unlink()
    return len(list((docs / "posts").rglob("*.md")))


def test_a_page_shows_the_words_of_its_text(tmp_path):
    folder, texts = tmp_path, draw(TEXTS, 150)
    posts = {f"2018/p{at}.md": write_post(body=text) for at, text in enumerate(texts)}
    picture = (ROOT / "tests/data/photo.png").read_bytes()
    zero = {"2018/zero.md": write_post(title="*Zéro* !", tags="[CNFPT]")}
    docs = write_docs(folder, {**posts, **zero, "2018/zero/vue.png": picture})

    assert keep_accepted(docs) > 20
    build_site(docs, folder / "html", {}, BuildPlan(is_preview=True))
    # What a `{ref}` prints is found there without Sphinx.
    assert verify_pages(docs, folder / "html") == []


# -- Raw texts ---------------------------------------------------------------------------

# What a reader of the raw text sees is §, what leads somewhere or names something ¤, and ¶ what
# nobody may find in a page.
INLINE = st.sampled_from(
    """\
§|*§*|**§** §|~~§~~|`§`|<s>§</s>|<b class="¶" id=¶>§</b>|<span lang="en" style="color: ¶">§</span>
<a href="https://¤.fr/" title=x class="¶">§</a>|<font color="¶">§</font>|<a name="¶">§</a>|<!-- ¶ -->§
§ https://§.fr/§, §|(www.§.fr)|« https://§.fr/§ »|[§](https://a.fr/¤)|[§][nom]|<https://§.fr/>|§[^n]
§\\⏎§|§  ⏎§|§⏎§|&nbsp;§|\\*§\\*|{abbr}`§ (¤)`|{person}`§ <¤>`|CO{sub}`§`|[§]{.language-en}|§<br>§
![](zero/vue.png){.decorative}§|<!-- ¶⏎¶ -->§|§[//]|§ <!-- more --> §|~~*§* <q>§</q>~~
""".replace("\n", "|").split("|")
)
# Where something may be dropped in silence: it is shown, or told.
LOSSY = st.sampled_from([
    "| § | § |\n|---|---|\n| § | § | § |", "| § |\n|---|\n| `§|§` |", "Sources :\n\n[1]: https://§.fr/",
    "[§]: https://§.fr/ '§'\n[b§]: <https://§.fr>", "> [§]: https://§.fr/", "- [§]: https://§.fr/\n- §",
    '§ ![](zero/vue.png "§"){.decorative}', '[![](zero/vue.png "§"){.decorative}](https://a.fr)',
    "```python §\n§\n```", "``` §, § et §\n§\n```", '```js title="§"\n§\n```', "[^z]: §", "§[^y]\n\n[^y]: §\n[^y]: §",
    "<details>§<summary>§</summary></details>", "<p>§", "§</p>", "<p>§\n\n§</p>", "- <details>\n\n§\n\n</details>",
    "<blockquote>\n<p>§</p>\n§\n\n§\n\n</blockquote>", "<center>§</center>\n§", "<ul><li>§</li></ul>",
    "<table><tr><td>§</td></tr></table> §", "<table>\n\n<tr><td>§</td></tr></table>", "<div>§</div>§<hr>§",
    "<table><tr><td><p>§</p><p>§</p></td></tr></table>", "<td>§</td>", "<dl><dt>§</dt></dl>", "<pre>§</pre>",
    ":::{figure} zero/vue.png §\n:alt: ¤\n\n§\n:::", ":::{note} § §\n§\n:::", ":::{table} §\n| § |\n|---|\n:::",
    ":::{image} zero/vue.png\n:alt: ¤\n\n§\n:::", "```{code-block} python §\n§\n```", "::: §\n§\n:::",
    "> [!NOTE] §\n> §", "> [!NOTE]\n> §\n§", "> [!note]", "- [ ] ## §\n- [x]\n- [x] ```\n  §\n  ```", "+++ §", "% §",
    "[§](https://a.fr){% § %}", "§{§}", "# §", "(¤)=\n\n§", "§\n===", "Terme\n: §\n\n  §", "1. §\n1. §\n7. §",
    '![](zero/vue.png "§"){.decorative}\n![](zero/vue.png "§"){.decorative}', "<!-- ¶ --> §", "<!-- ¶\n\n¶ -->\n\n§",
    "[//]: # (¶)\n\n§", "<summary>§</summary>", "<p hidden>§</p>", "<p style='display:none'>§</p>", "<p class='¶' data-x='¶'>§</p>",
    "<table class='¶'><tr><td style='color: ¶'>§ <!-- ¶ --></td></tr></table>", "<!-- ¶ --><p>§</p><!-- ¶ -->",
])  # fmt: skip
SIGNS = {"§": "vu", "¤": "cache", "¶": "tu"}
HIDDEN = re.compile("cache[0-9]+x")


def number_words(texts):
    """Return *texts* with a word of its own for each § and ¤ and ¶."""
    numbers = iter(range(10**9))
    return [
        re.sub("[§¤¶]", lambda sign: f"{SIGNS[sign[0]]}{next(numbers)}x", text.replace("⏎", "\n"))
        for text in texts
    ]


RAW = st.lists(
    st.one_of(
        LOSSY,
        st.builds(
            lambda shape, texts: shape.format(*texts),
            SHAPES.filter(lambda shape: "{{" not in shape and not re.match("```|    ", shape)),
            st.tuples(*[st.lists(INLINE, min_size=1, max_size=3).map(" ".join)] * 3),
        ),
    ),
    min_size=1,
    max_size=2,
).map("\n\n".join)
# What the shapes and pieces call; no word is hidden in it.
CALLED = "\n\n[^n]: §\n\n[nom]: https://a.fr/¤"


def test_each_word_of_a_raw_text_is_on_its_page_and_nothing_else(tmp_path):
    folder, texts = tmp_path, draw(RAW, 200)
    called = [f"{text}\n\n§[^n] [§][nom]{CALLED}" for text in texts]
    posts = {
        f"2018/p{at}.md": write_post(body=text) for at, text in enumerate(number_words(called))
    }
    picture = (ROOT / "tests/data/photo.png").read_bytes()
    docs = write_docs(folder, {**posts, "2018/zero.md": write_post(), "2018/zero/vue.png": picture})

    assert keep_accepted(docs) > 50
    build_site(docs, folder / "html", {}, BuildPlan(is_preview=True))

    for name, raw in posts.items():
        page = folder / f"html/posts/{name[:-3]}.html"
        if (docs / "posts" / name).exists():
            html = page.read_text("utf-8")
            text = BeautifulSoup(html, "lxml").select_one("article").get_text(" ")
            assert set(re.findall(r"vu[0-9]+x", raw)) == set(re.findall(r"vu[0-9]+x", text)), raw
            assert not HIDDEN.search(text), raw
            assert not re.search(r"<!--|tu[0-9]+x", html), raw


# -- Where they differ ------------------------------------------------------------------


def compare(text, html):
    reader = WordReader()
    reader.read(text, 1)
    return find_difference(html, reader)


@pytest.mark.parametrize(
    ("text", "html", "line", "said"),
    [
        ("Un mot.", "<p>Un mat.</p>", 1, "le texte dit « Un mot. », et la page « Un mat. »"),
        ("Un mot.\n\nDeux.", "<p>Un mot.</p>", 3, "et la page « Un mot. »"),
        ("Un mot.", "<p>Un mot.</p><p>Deux.</p>", 1, "la page « Un mot. Deux. »"),
        ("Un[^a].\n\n[^a]: Note.", "<p>Un.</p>", 3, "la page ne montre pas la note « Note. »"),
        ("Un.", '<p>Un.</p><aside class="footnote"><p>A.</p></aside>', 1, "la note « A. »"),
    ],
)
def test_a_page_that_differs_is_told_with_the_passage(text, html, line, said):
    found = compare(text, html)

    assert found is not None
    assert found[0] == line
    assert said in found[1]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un mot.", "<p>Un\n<b>m</b>ot.<a title='class=x' class=\"headerlink\">#</a></p>"),
        ("# T\n\nUn", '<h1>T<a class="headerlink" href="#t">#</a></h1><p>Un</p>'),
        ("Un mot", "<p>Un<br>mot</p><!-- <p>rien</p> -->"),
        ("« à »", "<p>«\u00a0à\u202f»</p>"),
        ("< & >", "<p>&lt; &amp; &gt;</p>"),
        ("| a | b |\n|---|---|", "<table><tr><th>a</th><th>b</th></tr></table>"),
        (":::{tip}\nUn\n:::", '<div class="admonition tip"><p class="admonition-title">Astuce</p>Un</div>'),
        (":::{admonition} T\nUn\n:::", '<div class="admonition-t admonition"><p class="admonition-title">T</p>Un</div>'),
        ("Un[^a].\n\n[^a]: Note.\n\nDeux.",
         '<p>Un<a class="footnote-reference">[1]</a>.</p><p>Deux.</p><aside class="footnote x">\n\
<span class="label">[1]</span><span class="backrefs">(1,2)</span><p>Note.</p></aside>'),
    ],
)  # fmt: skip
def test_what_the_site_adds_is_no_difference(text, html):
    assert compare(text, html) is None


def test_a_build_ends_where_a_page_shows_other_words(make_docs, make_post, tmp_path, monkeypatch):
    docs = make_docs({"2018/billet.md": make_post(body="Un mot.\n\nDeux mots.")})
    for module in (printed, xrefs):
        monkeypatch.setattr(
            module,
            "find_difference",
            lambda html, reader: find_difference(html.replace("Deux", "Dix"), reader),
        )

    with pytest.raises(ArchiveError) as error:
        build_site(docs, tmp_path / "html", {}, BuildPlan(is_preview=True))

    assert str(error.value).startswith("docs/posts/2018/billet.md:11: le texte dit « ")


def test_the_pages_with_all_that_a_post_can_hold_are_those_of_their_posts(sink_site):
    assert verify_pages(sink_site.folder.parent / "docs", sink_site.folder) == []


def test_the_pages_of_a_site_are_compared_with_posts_and_records(make_site, make_post, tmp_path):
    body = "Un {ref}`tag-cnfpt`[^a].\n\n## Deux\n\n## Trois\n\n[^a]: Note."
    post = make_post(body=body, source="https://exemple.fr/", tags="[CNFPT]", updated="2019-01-01")
    site, docs = make_site({"2018/un.md": post, "2018/deux.md": post}), tmp_path / "docs"
    record_words(docs)
    assert verify_pages(docs, site.folder) == []

    page = site.folder / "posts/2018/un.html"
    page.write_text(
        re.sub("Trois(?=<a class=.headerlink)", "Quatre", page.read_text("utf-8")), "utf-8"
    )
    (site.folder / "posts/2018/deux.html").unlink()

    other, changed = map(str, verify_pages(docs, site.folder))
    assert other.startswith("docs/posts/2018/deux.md:1: ce billet n’a pas de page")
    assert changed.startswith("docs/posts/2018/un.md:16: le texte dit « ")
