"""What other tools write is written as it is read here, and nothing of a text is lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archivist.mends.text.around import Around
from archivist.mends.text.body import mend_body, read_plain

AROUND = Around(
    docname="posts/2018/billet",
    docnames=frozenset({"posts/2018/billet", "posts/2017/petit-a-petit", "index"}),
    files=frozenset({"posts/2018/billet/salle.png", "posts/2018/billet/Rapport.pdf"}),
    old={"2017/07/petit/": "posts/2017/petit-a-petit"},
    slugs={"petit-a-petit": "posts/2017/petit-a-petit", "billet": "posts/2018/billet"},
    source="",
)


def mend(body, around=AROUND):
    return mend_body(f"\n# Titre\n\n{body}\n", around).removeprefix("\n# Titre\n\n").rstrip("\n")


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        # Obsidian
        ("![[salle.png|La salle]]", "![La salle](billet/salle.png)"),
        ("![[salle.png|300]]", "![salle](billet/salle.png){width=300px}"),
        ("[[Petit à petit]]", "[Petit à petit](../2017/petit-a-petit.md)"),
        ("[[petit-a-petit|un autre]]", "[un autre](../2017/petit-a-petit.md)"),
        ("[[inconnu|des mots]]", "des mots"),
        ("==mot==", "<mark>mot</mark>"),
        ("un %%caché%% mot", "un <!--caché--> mot"),
        ("x ^[dit ici] y", "x [^1] y\n\n[^1]: dit ici"),
        # Pandoc, MkDocs, kramdown
        ("H~2~O", "H{sub}`2`O"),
        ("m^2^", "m{sup}`2`"),
        ("++mot++", "<ins>mot</ins>"),
        ("Mots.\n{: .legende}", "Mots."),
        ("[a](https://exemple.fr){:target=\"_blank\"}", "[a](https://exemple.fr)"),
        ("[a](https://exemple.fr){target=_blank}", "[a](https://exemple.fr)"),
        ("* TOC\n{:toc}\n\nMots.", "Mots."),
        ("!!! note\n    Un.\n\n    Deux.\n\nAprès.", ":::{note}\nUn.\n\nDeux.\n:::\n\nAprès."),
        ('!!! quote "De qui"\n    Un.', ":::{admonition} De qui\nUn.\n:::"),
        ('=== "Un"\n    Mots.', "**Un**\n\nMots."),
        ("::: warning\nMots.\n:::", ":::{warning}\nMots.\n:::"),
        (":::tip[Un titre]\nMots.\n:::", ":::{admonition} Un titre\nMots.\n:::"),
        ("::: {.callout-note}\nMots.\n:::", ":::{note}\nMots.\n:::"),
        ("::: {.colonnes}\nMots.\n:::", "Mots."),
        ("> [!info] Un titre\n> Mots.", ":::{admonition} Un titre\nMots.\n:::"),
        ("> [!INFO]\n> Mots.\n> Suite.", ":::{note}\nMots.\nSuite.\n:::"),
        # Hugo, Jekyll
        ("{{< youtube abc >}}", "<https://www.youtube.com/watch?v=abc>"),
        ('{{< figure src="salle.png" alt="Salle" >}}', "![Salle](billet/salle.png)"),
        (
            '{{< figure src="salle.png" alt="Salle" caption="La salle." >}}',
            ":::{figure} billet/salle.png\n:alt: Salle\n\nLa salle.\n:::",
        ),
        ("{{< highlight python >}}\nx = 1\n{{< /highlight >}}", "```python\nx = 1\n```"),
        ("{% highlight python %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        ("{{% notice tip %}}\nMots.\n{{% /notice %}}", ":::{tip}\nMots.\n:::"),
        ("[a]({% post_url 2017-07-01-petit-a-petit %})", "[a](../2017/petit-a-petit.md)"),
        ('[a]({{< ref "petit-a-petit.md" >}})', "[a](../2017/petit-a-petit.md)"),
        ("{% raw %}mots{% endraw %}", "mots"),
        ("{% include x.html %}", "<!-- {% include x.html %} -->"),
        ("![Salle]({{ site.baseurl }}/salle.png)", "![Salle](billet/salle.png)"),
        ('{{< figure src="salle.png" alt="Dit \\"oui\\"" >}}', '![Dit "oui"](billet/salle.png)'),
        ('{% img "salle.png", "La salle" %}', "![La salle](billet/salle.png)"),
        ('{% respimg "salle.png", "La salle", page %}', "![La salle](billet/salle.png)"),
        ('{% blockquote\n  "Un mot.",\n  "W3C",\n  "https://exemple.fr"\n%}', "> Un mot.\n>\n> — W3C, https://exemple.fr"),
        ('{% codepen "https://exemple.fr/x" %}', "<https://exemple.fr/x>"),
        ('[a]({{< relref "rien.md" >}})', "[a](rien.md)"),
        ('[a][1]\n\n[1]: {{< relref "/mon blog/rien" >}}', "[a][1]\n\n[1]: /mon%20blog/rien"),
        (
            '<figure>\n<a href="{{ site.baseurl }}/salle.png"><img src="{{ site.baseurl }}/salle.png" alt="Salle"></a></figure>',
            "[![Salle](billet/salle.png)](billet/salle.png)",
        ),
        # GitHub
        ("Bravo :tada: !", "Bravo 🎉 !"),
        # Word, Excel
        ("• un\n• deux", "- un\n- deux"),
        ("Mots :\n• un\no\tsous\n• deux\nFin.", "Mots :\n\n- un\n  - sous\n- deux\n\nFin."),
        ("– un\n– deux", "- un\n- deux"),
        ("— Oui.\n— Non.", "— Oui.\\\n— Non."),
        ("aa\tbb\n1\t2|3", "| aa | bb |\n| --- | --- |\n| 1 | 2\\|3 |"),
        ("Dit [1].\n\n[1] La source.", "Dit [^1].\n\n[^1]: La source."),
        ("Dit[[1]](#_ftn1).\n\n[[1]](#_ftnref1) Source.", "Dit[^1].\n\n[^1]: Source."),
        # Slips of the pen
        ("[a] (https://exemple.fr)", "[a](https://exemple.fr)"),
        ("[a]\n(https://exemple.fr)", "[a](https://exemple.fr)"),
        ("(a)[https://exemple.fr]", "[a](https://exemple.fr)"),
        ("Un ** gras ** mot", "Un **gras** mot"),
        ("Un**gras **mot", "Un**gras **mot"),
        ("##Partie", "## Partie"),
        ("[a](#un-nom)\n\n## Une partie {#un-nom}", "[a](#une-partie)\n\n## Une partie"),
        ("| a | b |\n| c | d |", "| a | b |\n| --- | --- |\n| c | d |"),
        ("2018. Une année.", "2018\\. Une année."),
        ("Une phrase.\n---", "Une phrase.\n\n---"),
        ("Un titre\n---\n\nMots.", "## Un titre\n\nMots."),
        ("    Un alinéa en retrait.", "Un alinéa en retrait."),
        # HTML
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ('Un <img src="salle.png" alt="Salle"> mot', "Un ![Salle](billet/salle.png) mot"),
        ("Un <span>mot<o:p></o:p></span>", "Un <span>mot</span>"),
        (
            "<table>\n  <tr>\n    <td>\n      a\n    </td>\n    \n    <td>\n      b\n    </td>\n  </tr>\n  \n</table>",
            "<table>\n  <tr>\n    <td>\n      a\n    </td>\n    <td>\n      b\n    </td>\n  </tr>\n</table>",
        ),
        ("La balise <body> de la page", "La balise \\<body> de la page"),
        ("<h3>Une partie</h3>\n\n<p>Mots.</p>", "<h2>Une partie</h2>\n\n<p>Mots.</p>"),
        ('Un <a href="/2017/07/petit/">mot</a>.', "Un [mot](../2017/petit-a-petit.md)."),
        ("Un <votre nom> ici", "Un \\<votre nom> ici"),
        ('<iframe src="https://exemple.fr/v" title="Film"></iframe>', "[Film](https://exemple.fr/v)"),
        # Links
        ("[a](www.exemple.fr)", "[a](https://www.exemple.fr)"),
        ("[a](transport.data.gouv.fr)", "[a](https://transport.data.gouv.fr)"),
        ("[a](//exemple.fr/x)", "[a](https://exemple.fr/x)"),
        ("[a](/2017/07/petit/)", "[a](../2017/petit-a-petit.md)"),
        ("[a](petit-a-petit.html#x)", "[a](../2017/petit-a-petit.md#x)"),
        ("[a](rapport.pdf)", "[a](billet/Rapport.pdf)"),
        ("[a](#__comments)", "a"),
        ("[a](#Une-Partie)\n\n## Une partie", "[a](#une-partie)\n\n## Une partie"),
        ("[a](/contact)", "a"),
        ("[](https://exemple.fr)Mots", "Mots"),
        ("[a](https://gouv)", "a"),
        ("![Salle](https://exemple.fr/s.png)", "[Salle](https://exemple.fr/s.png)"),
        ('![x](https://exemple.fr/s.png "La salle")', '[x](https://exemple.fr/s.png "La salle")'),
        ("![Salle](https://exemple.fr/s.png){width=50px}", "[Salle](https://exemple.fr/s.png)"),
        ("[![Salle](https://exemple.fr/s.png)](https://exemple.fr)", "[Salle](https://exemple.fr)"),
        ("![Salle](/salle.png?fit=448%2C93)", "![Salle](billet/salle.png)"),
        ("![Salle][s]\n\n[s]: https://exemple.fr/s.png", "[Salle](https://exemple.fr/s.png)"),
        ("> # Titre", "> ## Titre"),
        ("![](salle-du-conseil.png)", "![salle du conseil](salle-du-conseil.png)"),
    ],
)  # fmt: skip
def test_what_was_meant_is_written(typed, mended):
    assert mend(typed) == mended


def test_an_address_of_the_first_site_leads_there_still():
    around = Around(docname="posts/2018/billet", source="https://exemple.fr/2018/billet/")

    assert mend("[a](/contact)", around) == "[a](https://exemple.fr/contact)"


@pytest.mark.parametrize(
    "body",
    [
        "Du **texte** et [un lien](https://exemple.fr) et `==code==`.",
        "```\n![[salle.png]]\n```",
        ":::{note}\nMots.\n:::",
        "- un\n\n      code(x)",
        "## Un\n\n### Deux\n\n## Trois",
        "<table>\n<tr><td>a</td></tr>\n</table>",
        "![](a.png){.decorative}",
        "Un mot.[^1]\n\n[^1]: Une note.",
    ],
)
def test_what_is_right_stays_as_it_is(body):
    assert mend(body) == body


@pytest.mark.parametrize(
    ("levels", "mended"),
    [
        ([1, 2, 6, 6, 6], [1, 2, 3, 3, 3]),
        ([1, 1, 2, 1], [1, 2, 3, 2]),
        ([1, 4, 2, 3], [1, 2, 2, 3]),
        ([1, 3, 5, 3], [1, 2, 3, 2]),
    ],
)
def test_headings_are_at_the_level_they_mean_and_siblings_stay_siblings(levels, mended):
    def write(numbers):
        return "".join(f"{'#' * each} Titre {at}\n\n" for at, each in enumerate(numbers))

    assert mend_body(write(levels), AROUND) == write(mended)


PIECES = st.sampled_from([
    "![[salle.png]]", "[[petit-a-petit|mot]]", "==mot==", "~~mot~~", ":tada:", "^[mot]", "{% include x %}",
    "{{< youtube abc >}}", "> [!NOTE]\n> mot", "- [ ] mot", "!!! note\n    mot", "{: .x}", "** mot **",
    "[mot] (https://exemple.fr)", "• mot\n• mot", "    Un alinéa de mots.", "mot", "# Mot", "#### Mot",
    "Mot\n---", "Mot.\n---", "2018. Mot", "aa\tbb\nc\td", "| a | b |\n| c | d |", "– un\n– deux", "$x^2$",
    "%%mot%%", "H~2~O", "<b>mot", "</div>", "<div>", "<p>mot</p>", '<img src="salle.png">', "`code`",
    "```\ncode\n```", "::: warning\nmot\n:::", "[mot](#rien)", "[](https://exemple.fr)", "[1] mot",
    "![](https://exemple.fr/x.png)", "*", "**", "<", "[", "]", "`", "|", "{%", "}}", "<!-- mot -->", "\\",
])  # fmt: skip
GAPS = st.sampled_from([" ", "\n", "\n\n", ""])
BODIES = st.lists(st.tuples(PIECES, GAPS), max_size=12).map(
    lambda pairs: "".join(map("".join, pairs))
)


@given(BODIES)
def test_what_was_mended_has_nothing_more_to_mend(body):
    once = mend_body(f"\n# Titre\n\n{body}\n", AROUND)

    assert mend_body(once, AROUND) == once


@given(st.lists(st.integers(1, 6), max_size=8))
def test_headings_keep_their_words(levels):
    body = "\n# Titre\n" + "".join(f"\n{'#' * level} Partie {level}\n\nMots.\n" for level in levels)

    assert read_plain(mend_body(body, AROUND)) == read_plain(body)


@example("::: warning\nmot\n::: Mot\n--- ")
@given(BODIES)
def test_no_word_of_the_author_is_lost(body):
    mended = mend(body)

    for word in ("mot", "Mot", "alinéa", "code", "deux"):
        assert mended.count(word) >= body.count(word)
