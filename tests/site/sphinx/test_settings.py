"""Each setting of Sphinx, MyST-Parser, ABlog and Furo works as documented, or is refused by name."""

import configparser
import re
import sys
import tomllib
from pathlib import Path

import ablog.blog
import furo
import pytest
import sphinx
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import docutils_namespace, patch_docutils

from archivist.build.build import build_site
from archivist.errors import ArchiveError
from archivist.site.furo import REFUSED_OPTIONS, WORKING_OPTIONS
from archivist.site.sphinx.settings import FIXED, REFUSED_EXTENSIONS, find_reason, find_refused
from tests.conftest import ROOT, SETTINGS, Site, write_docs, write_post

PHOTO = (ROOT / "tests/data/photo.png").read_bytes()
# Settings of builders that run beside ours, and of Sphinx's own running: they go where they went.
OTHERS = ("latex_", "man_", "texinfo_", "xml_", "linkcheck_", "gettext_", "archive_")
UNSEEN = set(
    """
    author needs_sphinx needs_extensions suppress_warnings show_warning_types nitpicky
    nitpick_ignore_regex tls_verify tls_cacerts user_agent html_domain_indices
    html_baseurl html_theme_options
    """.split()
)

CONF = """
project = "Archives & cie"
project_copyright = "2018, Moi & <toi>"
version, release = "1.2", "1.2.3"
exclude_patterns += ["emporter.md"]
nitpick_ignore = [("std:ref", "inconnu")]
highlight_language = "python"
highlight_options = {"php": {"startinline": True}}
pygments_style, pygments_dark_style = "friendly", "monokai"
templates_path = ["_miens", "_templates"]
html_title = "Titre & cie"
html_logo = "_static/logo.png"
html_favicon = "_static/icone.png"
html_static_path = ["_static", "_autres"]
html_css_files = ["styles/mien.css", ("papier.css", {"media": "print"})]
html_js_files = [("mien.js", {"defer": "defer"})]
html_extra_path = ["_plus"]
html_last_updated_fmt = "année %Y"
html_additional_pages = {"bis": "bis.html"}
html_context = {"mot": "<mot>"}
html_permalinks_icon = "§"
html_show_sphinx = True
html_theme_options = {
    "announcement": "<em>Important</em> & <a href='a-propos.html'>lié</a>",
    "light_css_variables": {"color-brand-primary": "#7c4dff", "font-stack": "Marianne", "mienne": "1"},
    "dark_css_variables": {"color-brand-content": "#d32f2f"},
    "light_logo": "clair.png",
    "dark_logo": "sombre.png",
    "footer_icons": [{
        "name": "GitHub", "url": "https://github.com/moi", "class": "icone",
        "html": "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
    }],
    "source_repository": "https://github.com/moi/archives/",
    "source_branch": "publié",
    "source_directory": "docs/",
}
"""
QUIET = """
nitpick_ignore = [("std:ref", "inconnu")]
copyright = "2018, Moi"
html_logo = "_static/logo.png"
html_theme_options["sidebar_hide_name"] = True
html_permalinks = False
html_show_copyright = False
html_compact_lists = False
"""
BODY = """\
## Partie

- un
- deux

```
def f(): pass
```

```php
echo 1;
```
"""
FILES = {
    "2018/billet.md": write_post(body=BODY),
    "/a-propos.md": "# À propos\n\nVoir {ref}`inconnu`.\n",
    "/_static/logo.png": PHOTO,
    "/_static/icone.png": PHOTO,
    "/_static/clair.png": PHOTO,
    "/_static/sombre.png": PHOTO,
    "/_static/styles/mien.css": "p { width: var(--mienne) }",
    "/_autres/papier.css": "p { color: red }",
    "/_static/mien.js": "1;",
    "/_plus/CNAME": "exemple.fr",
    "/_miens/bis.html": '{% extends "page.html" %}{% block content %}<p id="bis">{{ mot }}</p>{% endblock %}',
    "/_miens/page.html": """\
{% extends "!page.html" %}
{% block extrahead %}<meta name="mien" content="{{ release }}">{% endblock %}
{% block footer %}{{ super() }}<p class="mien">{{ mot }}</p>{% endblock %}
""",
}


def build(folder, more, files=FILES):
    docs = write_docs(folder, files | {"/conf.py": SETTINGS + more})
    build_site(docs, folder / "html", {})
    return Site(folder / "html")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Return a site with all that works, one with what it says no to, and one as it comes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1546300800")  # 1 January 2019
        folder = tmp_path_factory.mktemp("settings")
        full = build(folder / "full", CONF)
        quiet = build(folder / "quiet", QUIET)
        return full, quiet


@pytest.fixture(scope="module")
def post(sites):
    return sites[0].page("posts/2018/billet.html")


@pytest.fixture(scope="module")
def quiet(sites):
    return sites[1].page("posts/2018/billet.html")


@pytest.fixture(scope="module")
def css(sites):
    return (sites[0].folder / "_static/archive-posts.css").read_text(encoding="utf-8")


def text_of(site, name):
    return (site.folder / name).read_text(encoding="utf-8")


def style(site):
    return text_of(site, "_static/archive-posts.css")


def correct(post):
    return post.select_one(".post-correct a")["href"]


def sheets(post):
    return post.select("link[rel=stylesheet]")


GROUND = "--color-code-background"
# What shows that a setting of CONF works, in the site or in its post.
SEEN = {
    "project": lambda site, _: "Archives & cie" in text_of(site, "billets.json"),
    "project_copyright": lambda _, post: "© 2018, Moi & <toi>" in post.get_text(),
    "version": lambda site, _: b"# Version: 1.2" in (site.folder / "objects.inv").read_bytes(),
    "release": lambda _, post: post.find("meta", {"name": "mien"})["content"] == "1.2.3",
    "exclude_patterns": lambda site, _: not site.has("emporter.html"),
    "nitpick_ignore": lambda site, _: "Voir inconnu." in site.page("a-propos.html").get_text(),
    "highlight_language": lambda _, post: post.select_one(".highlight .k").string == "def",
    "highlight_options": lambda _, post: post.select_one(".highlight-php .k").string == "echo",
    "pygments_style": lambda site, _: f"{GROUND}:#f0f0f0" in style(site),
    "pygments_dark_style": lambda site, _: f"{GROUND}:#272822" in style(site),
    "templates_path": lambda _, post: post.select_one(".site-footer p.mien"),
    "html_title": lambda _, post: post.select_one(".site-brand").get_text() == "Titre & cie",
    "html_logo": lambda site, post: post.find("img", src="../../_static/logo.png"),
    "html_favicon": lambda site, post: post.find(
        "link", rel="icon", href="../../_static/icone.png"
    ),
    "html_static_path": lambda site, _: site.has("_static/papier.css"),
    "html_css_files": lambda site, post: (
        [link.get("media") for link in sheets(post)[1:]] == [None, "print"]
        and site.has("_static/styles/mien.css")
    ),
    "html_js_files": lambda _, post: post.select_one("script[src*='_static/mien.js?v='][defer]"),
    "html_extra_path": lambda site, _: text_of(site, "CNAME") == "exemple.fr",
    "html_last_updated_fmt": lambda _, post: "Mis à jour le année 2019" in post.get_text(),
    "html_additional_pages": lambda site, _: site.page("bis.html").find(id="bis"),
    "html_context": lambda _, post: post.select_one(".mien").string == "<mot>",
    "html_permalinks_icon": lambda _, post: post.select_one(".headerlink").string == "§",
    "html_show_sphinx": lambda _, post: "Construit avec Sphinx" in post.get_text(),
}
OPTIONS_SEEN = {
    "announcement": lambda _, post: post.select_one(".announcement em").string == "Important",
    "light_css_variables": lambda site, _: (
        "--color-brand-primary:#7c4dff;--font-stack:Marianne;--mienne:1" in style(site)
    ),
    "dark_css_variables": lambda site, _: re.search(
        r"--color-brand-primary:#8fbcf5;[^}]*--color-brand-content:#d32f2f", style(site)
    ),
    "light_logo": lambda _, post: post.find("img", class_="only-light", src=re.compile("clair")),
    "dark_logo": lambda _, post: post.find("img", class_="only-dark", src=re.compile("sombre")),
    "footer_icons": lambda _, post: post.select_one(".footer-icons .icone[aria-label=GitHub] svg"),
    "source_repository": lambda _, post: correct(post).startswith(
        "https://github.com/moi/archives/edit/"
    ),
    "source_branch": lambda _, post: "/edit/publi%C3%A9/" in correct(post),
    "source_directory": lambda _, post: correct(post).endswith("/docs/posts/2018/billet.md"),
}
# What the site has, and the one of QUIET has not.
QUIETED = {
    "html_show_copyright": lambda post: "©" in post.get_text(),
    "html_permalinks": lambda post: post.select_one(".headerlink"),
    "html_compact_lists": lambda post: post.select_one(".page ul.simple"),
    "sidebar_hide_name": lambda post: post.select_one(".site-brand").get_text(strip=True),
}


@pytest.mark.parametrize(("name", "shows"), [*SEEN.items(), *OPTIONS_SEEN.items()])
def test_a_setting_that_works_is_seen(sites, post, name, shows):
    assert shows(sites[0], post)


@pytest.mark.parametrize(("name", "shows"), QUIETED.items())
def test_a_setting_that_says_no_takes_away(post, quiet, name, shows):
    assert shows(post)
    assert not shows(quiet)


def test_a_logo_says_the_name_that_is_hidden(post, quiet):
    assert post.select_one(".site-brand img")["alt"] == ""
    assert quiet.select_one(".site-brand img")["alt"] == "Archives de l’innovation publique"


def test_what_is_dark_with_furo_is_dark_here():
    pattern, ours = r"--([\w-]+): light-dark", ROOT / "docs/_static/variables.css"
    theirs = (furo.THEME_PATH / "static/styles/furo.css").read_text(encoding="utf-8")
    text = ours.read_text(encoding="utf-8")
    dark = "".join(re.findall(r"body\[data-theme=dark\]\{([^}]*)\}", theirs))

    named = set(re.findall(r"--([\w-]+):", text))
    own = {"color-code-background", "color-code-foreground", "color-on-brand", "color-focus"}
    assert set(re.findall(pattern, text)) - own == set(re.findall(r"--([\w-]+):", dark)) & named


def test_what_furo_and_sphinx_would_load_is_not(sites):
    for page in ("index.html", "posts/2018/billet.html"):
        loaded = str(sites[0].page(page).head) + str(sites[0].page(page).find_all("script"))
        assert not re.search(r"furo|basic\.css|pygments\.css|doctools|sphinx_highlight", loaded)
    assert not sites[0].has("_static/styles/furo.css")
    assert sites[0].has("_static/documentation_options.js")
    assert not sites[1].has("_static/documentation_options.js")


def test_what_a_template_prints_is_escaped_behind_a_folder_of_ones_own(sites, post):
    assert post.select_one(".mien").get_text() == "<mot>"
    assert "<title>Un billet – Titre &amp; cie</title>" in text_of(
        sites[0], "posts/2018/billet.html"
    )


# -- What is refused, without a build --


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    return write_docs(tmp_path_factory.mktemp("docs"), {"2017/billet.md": write_post()})


@pytest.fixture(scope="module")
def known(docs):
    """Return Sphinx's settings with all that conf.py loads, and what conf.py says."""
    folder = docs.parent / "app"
    folder.mkdir()
    with patch_docutils(folder), docutils_namespace():
        app = Sphinx(docs, docs, folder, folder, "html", status=None)
    return app.config.values, app.config._raw_config


@pytest.fixture
def refuse(known, docs):
    """Return a function from settings to what is said of them."""

    def run(**settings):
        values, said = known
        config = Config(said | settings)
        for name, option in values.items():
            if name not in config:
                config.add(name, option.default, option.rebuild, option.valid_types)
        return find_refused(config, docs)

    return run


def options(**more):
    return {"html_theme_options": more}


def test_the_settings_of_the_site_are_all_admitted(refuse):
    assert refuse() == []


def test_every_setting_of_sphinx_myst_ablog_and_furo_is_either_seen_or_refused(known):
    seen = {*SEEN, *QUIETED, *UNSEEN, "copyright"}
    names = {name for name in known[0] if not name.startswith(OTHERS)}

    assert names - seen - set(FIXED) - {name for name in names if find_reason(name)} == set()
    assert {name for name in seen if find_reason(name)} == set()


def test_every_setting_that_is_not_seen_is_refused_with_a_reason(refuse, known):
    names = [name for name in known[0] if name in FIXED or find_reason(name)]

    for name in names:
        said = refuse(**{name: "autre chose"})
        # One that an other follows, as root_doc does master_doc, is told with it.
        assert any(re.fullmatch(rf"{name} : .{{15,}} ; .+\.", line) for line in said)


def test_every_setting_of_ablog_is_refused_by_name():
    assert [each[0] for each in ablog.blog.CONFIG if not find_reason(each[0])] == []


def test_every_option_of_furo_works_or_is_refused():
    theme = configparser.ConfigParser()
    theme.read(furo.THEME_PATH / "theme.conf", encoding="utf-8")
    basic = tomllib.loads((Path(sphinx.__file__).parent / "themes/basic/theme.toml").read_text())

    named = {*theme["options"], *basic["options"]}
    assert named == {*WORKING_OPTIONS, *REFUSED_OPTIONS}
    assert {*OPTIONS_SEEN, "sidebar_hide_name", "source_edit_link"} == set(WORKING_OPTIONS)


@pytest.mark.parametrize("name", REFUSED_OPTIONS)
def test_an_option_that_does_nothing_is_refused_by_name(refuse, name):
    (line,) = refuse(**options(**{name: "True"}))

    assert line.startswith(f'html_theme_options["{name}"] : cette option ne sert pas ici ; ')


@pytest.mark.parametrize("name", REFUSED_EXTENSIONS)
def test_an_extension_that_cannot_work_is_refused_by_name(refuse, name):
    (line,) = refuse(extensions=[name])

    assert line.startswith(f"extensions : « {name} » ne sert pas ici ; ")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"html_tilte": "x"}, "html_tilte : ce réglage n’existe pas ; vouliez-vous dire « html_title » ?"),
        ({"archive_repository": "https://github.com/moi/archives"}, "archive_repository : ce réglage ne sert plus ; écrivez html_theme_options"),
        ({"exclude_patterns": ["posts/2017"]}, "exclude_patterns : « posts/2017 » écarte posts/2017/billet.md ; "),
        ({"html_logo": "https://exemple.fr/logo.png"}, "html_logo : la politique des pages"),
        ({"html_favicon": "//exemple.fr/logo.png"}, "html_favicon : la politique des pages"),
        ({"html_css_files": ["https://exemple.fr/a.css"]}, "html_css_files : https://exemple.fr/a.css : la politique"),
        ({"html_css_files": ["absent.css"]}, "html_css_files : « absent.css » n’est pas dans docs/_static/."),
        ({"html_js_files": [(None, {"body": "1;"})]}, "html_js_files : body : la politique"),
        ({"templates_path": ["_miens"]}, "templates_path : le site a besoin de « _templates »"),
        ({"templates_path": ["_templates", "_miens"]}, "templates_path : vos dossiers passent avant"),
        ({"html_static_path": []}, "html_static_path : le site a besoin de « _static »"),
        (options(anouncement="x"), 'html_theme_options["anouncement"] : Furo n’a pas cette option ; vouliez-vous dire « announcement » ?'),
        (options(announcement="<b style='color: red'>x</b>"), 'html_theme_options["announcement"] : la politique'),
        (options(footer_icons=[{"name": "x", "url": "/"}]), 'html_theme_options["footer_icons"] : écrivez pour chaque icône'),
        (options(footer_icons=[{"name": "x", "url": "/", "html": "<img src='https://x.fr'>"}]), 'html_theme_options["footer_icons"] : x : la politique'),
        (options(light_logo="absent.png", dark_logo="favicon.svg"), 'html_theme_options["light_logo"] : « absent.png » n’est pas'),
        (options(light_logo="favicon.svg"), 'html_theme_options["light_logo"] : donnez light_logo et dark_logo'),
        (options(sidebar_hide_name=True), 'html_theme_options["sidebar_hide_name"] : sans logo'),
        (options(source_repository="exemple.fr"), 'html_theme_options["source_repository"] : exemple.fr : écrivez'),
        ({"html_baseurl": "exemple.fr/archives"}, "html_baseurl : « exemple.fr/archives » n’est pas l’adresse entière d’un site : écrivez https://exemple.fr/archives."),
        ({"archive_timezone": "Europe/London"}, 'archive_timezone : écrivez archive_timezone = "Europe/London" sur une ligne'),
    ],
)  # fmt: skip
def test_what_could_not_work_is_told_with_what_to_write(refuse, settings, said):
    (line,) = refuse(**settings)

    assert line.startswith(said)


def test_a_setting_that_says_what_is_so_anyway_is_admitted(refuse):
    assert refuse(blog_title="Blog", numfig=False, **options(top_of_page_buttons=[])) == []


def test_sphinx_build_says_the_same(make_docs, run_sphinx, tmp_path):
    docs = make_docs({"/conf.py": f"{SETTINGS}\nblog_title = 'Notre blog'\n"})

    result = run_sphinx(docs, tmp_path / "out", "-q")

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("conf.py : blog_title : ce réglage ne sert pas ici ; écrivez html_title")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (
            'html_theme_options["light_css_variables"] = {"color-brand-primery": "red"}',
            "aucune feuille",
        ),
        ('html_theme_options["source_repository"] = "http://x"', "écrivez l’adresse du dépôt"),
    ],
)
def test_sphinx_build_tells_in_one_line_what_shows_when_pages_are_written(
    make_docs, run_sphinx, tmp_path, setting, said
):
    docs = make_docs({"/conf.py": f"{SETTINGS}\n{setting}\n"})

    result = run_sphinx(docs, tmp_path / "out", "-q")

    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("conf.py : html_theme_options")
    assert said in line


@pytest.mark.parametrize(
    ("light", "said"),
    [
        ({"color-brand-primery": "red"}, "« color-brand-primery » ; vouliez-vous dire « color-brand-primary » ?"),
        ({"font-stack": "x } body { display: none"}, "« font-stack » : la valeur"),
    ],
)  # fmt: skip
def test_a_variable_that_changes_nothing_is_told(make_site, light, said):
    with pytest.raises(ArchiveError) as caught:
        make_site({}, **options(light_css_variables=light))

    assert said in str(caught.value)


EXTENSION = """
def setup(app):
    app.add_css_file("{file}")
    return {{"parallel_read_safe": True}}
"""


@pytest.mark.parametrize("file", ["https://exemple.fr/a.css", "a.css"])
def test_what_an_extension_loads_is_printed_or_refused(tmp_path, monkeypatch, file):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/une_extension.py").write_text(EXTENSION.format(file=file), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "lib")
    monkeypatch.delitem(sys.modules, "une_extension", raising=False)
    more = 'extensions.append("une_extension")\n'

    if "://" in file:
        with pytest.raises(ArchiveError, match=r"https://exemple\.fr/a\.css : la politique"):
            build(tmp_path, more, {})
    else:
        site = build(tmp_path, more, {})
        assert [link["href"] for link in sheets(site.page("index.html"))][1:] == ["_static/a.css"]
