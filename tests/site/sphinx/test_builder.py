"""The builder as other people's extensions, other builders and maintainers meet it."""

import pytest

from archivist.__main__ import main
from tests.conftest import WHOLE

PROBE = """\
from docutils import nodes


def complete(app, page, template, context, doctree):
    heads = [] if doctree is None else [node.astext() for node in doctree.findall(nodes.title)][:1]
    app.seen.append((page, template, heads))
    context["metatags"] = f'<meta name="vu" content="{page}">'


def tell(app, exception):
    lines = (f"{page}|{template}|{'|'.join(heads)}" for page, template, heads in app.seen)
    (app.outdir / "vu.txt").write_text("\\n".join(lines), encoding="utf-8")


def setup(app):
    app.seen = []
    app.connect("html-page-context", complete)
    app.connect("build-finished", tell)
"""


@pytest.fixture
def docs(make_docs, make_post):
    posts = {
        f"2018/billet-{day}.md": make_post(title=f"Jour {day}", date=f"2018-06-0{day}")
        for day in (1, 2)
    }
    return make_docs(posts)


@pytest.fixture
def probed(docs, tmp_path, run_sphinx):
    """Return a site that an extension of others took part in."""
    (docs / "sonde.py").write_text(PROBE, encoding="utf-8")
    conf = docs / "conf.py"
    added = '\nimport sys\nsys.path.insert(0, str(__import__("pathlib").Path(__file__).parent))\n'
    added += 'extensions.append("sonde")\n'
    conf.write_text(conf.read_text(encoding="utf-8") + added, encoding="utf-8")
    result = run_sphinx(docs, tmp_path / "out", "-q", "-W")
    assert (result.returncode, result.stderr) == (0, "")
    return tmp_path / "out"


def test_another_extension_completes_each_page_once_with_its_document(probed):
    seen = [line.split("|") for line in (probed / "vu.txt").read_text("utf-8").splitlines()]
    by_page = {page: (template, *heads) for page, template, *heads in seen}

    assert len(seen) == len(by_page)
    assert by_page["posts/2018/billet-1"] == ("post.html", "Jour 1")
    assert by_page["glossaire"] == ("page.html", "Glossaire")
    assert by_page["2018/index"][0] == "listing.html"
    page = (probed / "posts/2018/billet-1.html").read_text("utf-8")
    assert '<meta name="vu" content="posts/2018/billet-1">' in page


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
def test_a_builder_without_pages_is_refused_in_one_line(builder, docs, tmp_path, run_sphinx):
    result = run_sphinx(docs, tmp_path / "out", "-q", "-b", builder)

    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        f"le constructeur « {builder} » n’est pas prévu : employez « html »."
    ]


def test_the_text_builder_writes_each_post(docs, make_docs, tmp_path, run_sphinx):
    make_docs(WHOLE)
    result = run_sphinx(docs, tmp_path / "out", "-q", "-b", "text")

    assert (result.returncode, result.stderr) == (0, "")
    assert "Jour 1" in (tmp_path / "out/posts/2018/billet-1.txt").read_text("utf-8")
    assert "RGAA" in (tmp_path / "out/accessibilite.txt").read_text("utf-8")


def test_a_title_with_markup_is_the_same_text_wherever_it_is_text(make_site, make_post):
    title = "Le 2<sup>e</sup> forum des {abbr}`DGS (directeurs généraux)`, *vite*"
    site = make_site({"2018/forum.md": make_post(title=title)}, html_baseurl="https://exemple.fr/")
    plain = "Le 2e forum des DGS, vite"
    page = site.page("posts/2018/forum.html")

    assert page.title.get_text() == f"{plain} – Archives de l’innovation publique"
    assert page.find("meta", property="og:title")["content"] == plain
    assert page.find("meta", property="og:image:alt")["content"] == plain
    assert site.titles("index.html") == [plain]
    for name in ("billets.json", "billets.bib", "feed/atom.xml", "billets.csv"):
        assert plain in site.texts()[name], name
        assert "&lt;sup" not in site.texts()[name], name


def explain(build, capsys):
    capsys.readouterr()
    assert build("--explain") == 0
    return capsys.readouterr().out.splitlines()


def test_a_build_explains_each_page_that_it_writes(docs, tmp_path, capsys):
    def build(*words):
        return main(["build", "--docs", str(docs), "--output", str(tmp_path / "html"), *words])

    first = explain(build, capsys)
    again = explain(build, capsys)
    post = docs / "posts/2018/billet-1.md"
    post.write_text(post.read_text("utf-8").replace("Du texte.", "Un autre texte."), "utf-8")
    edited = explain(build, capsys)
    conf = docs / "conf.py"
    conf.write_text(conf.read_text("utf-8") + '\nhtml_permalinks_icon = "¶"\n', "utf-8")
    clean = explain(build, capsys)

    assert (
        "construction entière : première construction avec ce code, ou la précédente n’a pas abouti"
        in first
    )
    assert "posts/2018/billet-1.html : nouvelle page" in first
    assert any(line.startswith("aucune page écrite") for line in again)
    reasons = dict(line.split(" : a changé : ") for line in edited if " : a changé : " in line)
    assert "texte" in reasons["posts/2018/billet-1.html"]
    assert "liste" in reasons["index.html"]
    assert "posts/2018/billet-2.html" not in reasons
    assert "construction entière : a changé : le réglage html_permalinks_icon" in clean
