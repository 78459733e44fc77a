"""Each engine gives a text the address that its readers had."""

import pytest

from archivist.blogs.engines import recognise
from archivist.blogs.texts import BlogText, read_blog_text

POST = "_posts/2018-06-02-mon-billet.md"


@pytest.mark.parametrize(
    ("files", "name", "header", "address"),
    [
        ({"_config.yml": ""}, POST, "", "/2018/06/02/mon-billet.html"),
        ({"_config.yml": "permalink: pretty"}, POST, "categories: a B", "/a/b/2018/06/02/mon-billet/"),
        ({"_config.yml": "permalink: none"}, POST, "category: A b", "/a b/mon-billet.html"),
        ({"_config.yml": "permalink: /blog/:year/:i_month/:slug"}, POST, "", "/blog/2018/6/mon-billet.html"),
        ({"_config.yml": "permalink: /:nimporte/:title/"}, POST, "", ""),
        ({"_config.yml": "baseurl: /b"}, POST, "permalink: /x/y/", "/b/x/y/"),
        ({"_config.yml": "collections: {posts: {permalink: '/:title/'}}"}, POST, "", "/mon-billet/"),
        ({"hugo.toml": ""}, "content/posts/Mon Été.md", "date: 2018-06-02", "/posts/mon-été/"),
        ({"hugo.toml": ""}, "content/posts/x/index.md", "date: 2018-06-02\nslug: y", "/posts/y/"),
        ({"hugo.toml": "uglyURLs = true"}, "content/a/x.md", "date: 2018-06-02", "/a/x.html"),
        ({"config.yaml": "permalinks: {a: '/:year/:title/'}"}, "content/a/x.md", "date: 2018-06-02\ntitle: Le Titre", "/2018/le-titre/"),
        ({"hugo.toml": ""}, "content/a/x.fr.md", "date: 2018-06-02", "/fr/a/x/"),
        ({"hugo.toml": ""}, "content/a/x.md", "url: /tout/autre.html", "/tout/autre.html"),
        ({"config.toml": "base_url = 'https://x.fr/b'"}, "content/a/2018-06-02-Été.md", "", "/b/a/ete/"),
        ({"config.toml": "base_url = 'https://x.fr'"}, "content/a/x/index.md", "slug: y", "/a/y/"),
        ({"pelicanconf.py": ""}, "content/x.md", "title: Un Été\ndate: 2018-06-02", "/un-ete.html"),
        ({"pelicanconf.py": "ARTICLE_URL = '{category}/{date:%Y-%m}/{slug}/'"}, "content/Ma ville/x.md", "slug: y\ndate: 2018-06-02", "/ma-ville/2018-06/y/"),
        ({".eleventy.js": ""}, "posts/2018-06-02-x.md", "", "/posts/x/"),
        ({".eleventy.js": "", "blog/blog.json": '{"permalink": "/b/{{ page.fileSlug }}/"}'}, "blog/x.md", "date: 2018-06-02", "/b/x/"),
        ({".eleventy.js": ""}, "x.md", "permalink: '/{{ page.date | lisible }}/'", ""),
    ],
)  # fmt: skip
def test_the_address_of_a_text(make_blog, files, name, header, address):
    blog = make_blog({**files, "content/vide.txt": "", name: f"---\n{header}\n---\nTexte.\n"})
    if not any(each.startswith("content") for each in (name, *files)):
        (blog / "content/vide.txt").unlink()
        (blog / "content").rmdir()
    engine = recognise(blog)

    text = read_blog_text(blog / name, name, engine.find_defaults(name))
    assert engine.find_address(text) == address


def test_a_year_of_two_figures_is_one_where_jekyll_reads_it_so():
    short, other = (BlogText(f"{folder}/18-06-22-x.md", "", "", ()) for folder in ("_posts", "a"))

    assert short.date is not None
    assert (short.date.year, short.stem, other.date) == (2018, "x", None)
