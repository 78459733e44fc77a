from archivist.search.articles import Block, read_article

PAGE = """
<!doctype html><html><head><title>T</title></head><body><nav>Menu</nav>
<article class="page post"><section id="le-titre"><h1>Le titre<a class="headerlink" href="#x">#</a></h1>
<p class="post-byline">le 3 mai</p>
<p>Un <em>mot</em> et<br>un autre.</p>
<ul><li>Un</li><li><p>Deux</p></li></ul>
<section id="suite"><h2>La suite</h2><table><tr><td>a</td><td>b</td></tr></table></section>
<footer class="post-footer">Étiquettes</footer></section></article>
<aside class="related">À lire aussi</aside></body></html>
"""


def test_the_article_is_read_block_by_block_without_what_stands_around():
    assert [
        (block.text.strip(), block.heading, block.anchor) for block in read_article(PAGE.encode())
    ] == [
        ("Le titre", "h1", "le-titre"),
        ("Un mot et un autre.", "", ""),
        ("Un", "", ""),
        ("Deux", "", ""),
        ("La suite", "h2", "suite"),
        ("a", "", ""),
        ("b", "", ""),
    ]


def test_a_page_without_article_says_nothing():
    assert read_article(b"<!doctype html><html><body><p>Liste</p></body></html>") == []


def test_a_block_is_a_value():
    assert Block("a") == Block("a")
