from archivist.search.article import ArticleBlock, read_article

ARTICLE = """
<section id="le-titre"><h1>Le titre<a class="headerlink" href="#x">#</a></h1>
<div class="admonition outdated"><p>Dépassé.</p></div><p>Un <em>mot</em> et<br>un autre.</p>
<ul><li>Un</li><li><p>Deux</p></li></ul>
<section id="suite"><h2>La suite</h2><table><tr><td>a</td><td>b</td></tr></table></section>
<nav>Autour</nav></section>
"""


def test_the_article_is_read_block_by_block_without_what_stands_around():
    assert [
        (block.text.strip(), block.heading, block.anchor) for block in read_article(ARTICLE)
    ] == [
        ("Le titre", "h1", "le-titre"),
        ("Un mot et un autre.", "", ""),
        ("Un", "", ""),
        ("Deux", "", ""),
        # What the archive says above a text.
        ("Dépassé.", "", ""),
        ("La suite", "h2", "suite"),
        ("a", "", ""),
        ("b", "", ""),
    ]


def test_an_empty_article_says_nothing():
    assert read_article("<section></section>") == []


def test_a_block_is_a_value():
    assert ArticleBlock("a") == ArticleBlock("a")
