"""What stock ABlog on Furo gets wrong, each seen to be right here and wrong there.

A check is a function of a builder. It must hold on our archive, and fail on the stack as
installed, built from the same posts: so a check that could not fail shows itself. That it fails
there changes with the stack alone: `make soak` sees it, in as_installed.py.
"""

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.forked import call_sphinx, run_forked

CONF = """
project = "Blog"
language = "fr"
extensions = ["myst_parser", "ablog"]
html_theme = "furo"
blog_title = "Blog"
blog_baseurl = "https://exemple.fr/"
blog_authors = {"amoor": ("a.m.o.o.r.", None)}
blog_post_pattern = ["posts/*/*"]
"""
# Templates are lost with the flag, so ABlog's are put back in Furo's frame.
MENDED = 'skip_injecting_base_ablog_templates = True\ntemplates_path = ["_templates"]\n'


def build_both(*places):
    """Build two sites, of docs and output each, in this process."""
    for docs, out in (places[:2], places[2:]):
        with docutils_namespace():
            Sphinx(docs, docs, out, f"{out}-doctrees", "html", status=None, warning=None).build()


@dataclass
class Builder:
    """Builds posts with one stack, again and again into the same folder."""

    write: Callable
    read: Callable
    folder: Path

    def build(self, files, builder="html"):
        """Return the site, or nothing, and what was said."""
        docs = self.write(self.folder, files)
        output = self.folder / builder
        result = run_forked(call_sphinx, "-q", "-b", builder, docs, output)
        return (self.read(output) if result.returncode == 0 else None), result.stderr

    def build_both(self, files, others):
        """Return the second of two sites that one process builds."""
        first, second = self.write(self.folder / "1", files), self.write(self.folder / "2", others)
        outputs = [str(self.folder / "out-1"), str(self.folder / "out-2")]
        result = run_forked(build_both, first, outputs[0], second, outputs[1])
        assert result.returncode == 0, result.stderr
        return self.read(Path(outputs[1]))


def write_naive(folder, files, *, mended=True):
    docs = folder / "docs"
    if not docs.exists():
        docs.mkdir(parents=True)
        (docs / "conf.py").write_text(CONF + MENDED * mended, encoding="utf-8")
        (docs / "index.md").write_text("# Blog\n\n```{postlist}\n```\n", encoding="utf-8")
        if mended:
            source = Path(find_spec("ablog").origin).parent / "templates"
            shutil.copytree(source / "ablog", docs / "_templates/ablog")
            for path in (docs / "_templates/ablog").glob("*.html"):
                text = path.read_text(encoding="utf-8").replace("block body", "block content")
                path.write_text(text.replace('"layout.html"', '"page.html"'), encoding="utf-8")
    for name, text in files.items():
        path = docs / name[1:] if name.startswith("/") else docs / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    return docs


CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def html_of(site):
    return {
        name: (site.folder / name).read_text(encoding="utf-8")
        for name in site.files()
        if name.endswith(".html")
    }


def main_text(site, name):
    page = site.page(name)
    return (page.main or page.find(role="main") or page).get_text(" ")


# -- Front matter -------------------------------------------------------------


@check
def accented_tags_in_a_list_keep_their_letters(builder, post):
    site, _ = builder.build({"2018/billet.md": post(tags="[Université d’été, CNFPT]")})

    assert any("universite-dete" in name for name in site.files())
    assert not any("u00e9" in name for name in site.files())


@check
def accented_categories_in_a_list_keep_their_letters(builder, post):
    site, _ = builder.build(
        {"2018/billet.md": post(category="[Innovation publique, Œuvre commune]")}
    )

    assert any("oeuvre-commune" in name for name in site.files())


@check
def a_comma_inside_a_category_does_not_cut_it(builder, post):
    site, _ = builder.build({"2018/billet.md": post(category="['Emploi, formation']")})

    assert any("category/emploi-formation" in name for name in site.files())


@check
def variants_of_a_label_take_no_page_from_each_other(builder, post):
    tags = ["CNFPT", "cnfpt", "Université d’été", "Universite\u0301 d'e\u0301te\u0301"]
    site, said = builder.build(
        {f"2018/billet-{n}.md": post(title=f"Billet {n}", tags=tag) for n, tag in enumerate(tags)}
    )
    if site is None:
        assert "« cnfpt » existe déjà, écrit « CNFPT »" in said
        return

    for slug, expected in (
        ("cnfpt", ("Billet 0", "Billet 1")),
        ("universite-dete", ("Billet 2", "Billet 3")),
    ):
        (page,) = [name for name in site.files() if f"tag/{slug}" in name]
        assert all(title in main_text(site, page) for title in expected)


@check
def an_empty_tags_key_makes_no_tag_named_null(builder, post):
    site, said = builder.build({"2018/billet.md": post(tags="")})

    assert site is None
    assert "billet.md:5: " in said


@check
def a_french_date_is_refused_with_its_line(builder, post):
    _, said = builder.build({"2018/billet.md": post(date="5 janvier 2018")})

    assert "billet.md:2: " in said
    assert "Traceback" not in said


@check
def a_day_first_date_is_not_taken_for_another_day(builder, post):
    site, said = builder.build({"2018/billet.md": post(date="05/01/2018")})

    assert site is None
    assert "billet.md:2: " in said


@check
def a_date_with_a_time_zone_is_read(builder, post):
    site, _ = builder.build(
        {"2018/a.md": post(date="2018-01-05T10:00:00+02:00"), "2018/b.md": post()}
    )

    assert site is not None


@check
def a_switch_of_ablog_is_accepted(builder, post):
    site, _ = builder.build({"2018/billet.md": post(nocomments="true")})

    assert site is not None


@check
def an_image_that_is_no_number_is_refused_with_its_line(builder, post):
    _, said = builder.build({"2018/billet.md": post(image="photo.jpg")})

    assert "billet.md:5: " in said
    assert "Traceback" not in said


@check
def a_title_in_the_header_alone_is_refused_with_its_line(builder, post):
    _, said = builder.build(
        {"2018/billet.md": post(title="").replace("date:", "title: Un titre\ndate:")}
    )

    assert "billet.md:2: " in said


@check
def a_post_without_author_is_refused(builder, post):
    site, said = builder.build({"2018/billet.md": post(author=None)})

    assert site is None
    assert "billet.md:1: " in said


# -- Pages --------------------------------------------------------------------


@check
def dates_are_french(builder, post):
    site, _ = builder.build({"2018/billet.md": post(date="2018-01-05")})

    assert not any("January" in html for html in html_of(site).values())


@check
def the_interface_is_french(builder, post):
    site, _ = builder.build({"2018/billet.md": post(tags="CNFPT")})

    said = ("Posted in", "Posts by", "Posts tagged", "Read more", "All posts", "Skip to content")
    assert not any(words in html for html in html_of(site).values() for words in said)


@check
def drafts_and_future_posts_are_nowhere(builder, post):
    site, _ = builder.build(
        {"2018/paru.md": post(), "2026/futur.md": post(title="Xylophone", date="2026-06-01")}
    )

    assert not any("xylophone" in text.lower() for text in site.texts().values())
    assert not any("drafts" in name for name in site.files())


@check
def titles_are_escaped_in_lists(builder, post):
    site, _ = builder.build({"2018/billet.md": post(title="Si a \\< b & c", tags="Q&R")})

    assert not any("a < b & c" in html or ">Q&R" in html for html in html_of(site).values())


@check
def lists_are_valid_html(builder, post):
    site, _ = builder.build({f"2018/billet-{n}.md": post(tags="CNFPT") for n in range(3)})

    for page in site.pages().values():
        assert all(
            child.name == "li"
            for ul in page.find_all("ul")
            for child in ul.find_all(recursive=False)
        )
        ids = [element["id"] for element in page.find_all(id=True)]
        assert len(ids) == len(set(ids))


@check
def a_post_leads_to_its_neighbours(builder, post):
    site, _ = builder.build({"2018/a.md": post(), "2018/b.md": post(date="2018-06-23")})

    assert site.page("posts/2018/a.html").select('a[href="b.html"]')


@check
def an_old_address_leads_on_at_once_and_is_not_indexed(builder, post):
    site, _ = builder.build({"2018/billet.md": post(redirect="vieux")})

    (page,) = [page for name, page in site.pages().items() if "vieux" in name]
    assert page.select_one("meta[http-equiv=refresh]")["content"].startswith("0;")
    assert page.select_one("link[rel=canonical]")
    assert "noindex" in page.select_one("meta[name=robots]")["content"]


@check
def no_feed_has_links_that_lead_nowhere(builder, post):
    site, _ = builder.build(
        {"2018/a.md": post(body="[b](b.md)"), "2018/b.md": post(date="2018-06-23")}
    )

    feeds = [
        (site.folder / name).read_text(encoding="utf-8")
        for name in site.files()
        if name.endswith(".xml")
    ]
    assert not any(
        'href="b.html' in feed or "href=&quot;" in feed or 'href="posts/' in feed for feed in feeds
    )
    assert not any('posts/2018/b.html"' in feed and 'href="../' in feed for feed in feeds)
    assert not any("<updated>2" in feed.partition("<entry>")[0] for feed in feeds)


# -- References ---------------------------------------------------------------


@check
def two_posts_of_one_slug_do_not_share_a_label(builder, post):
    _, said = builder.build(
        {
            "2017/bilan.md": post(title="Bilan 2017", date="2017-12-31"),
            "2018/bilan.md": post(title="Bilan 2018", date="2018-12-31"),
            "2018/autre.md": post(body="{ref}`bilan`"),
        }
    )

    assert "autre.md:9: " in said


@check
def a_reference_to_a_post_leads_to_a_place_that_exists(builder, post):
    site, _ = builder.build(
        {"2018/billet.md": post(), "2018/autre.md": post(body="{ref}`là <billet>`")}
    )

    link = site.page("posts/2018/autre.html").find("a", string="là")
    _, _, anchor = link["href"].partition("#")
    assert not anchor or site.page("posts/2018/billet.html").find(id=anchor)


@check
def a_slip_in_a_post_list_does_not_list_everything(builder, post):
    page = "---\norphan: true\n---\n\n# Liste\n\n```{postlist}\n:category: Inovation\n```\n"
    site, _ = builder.build({"2018/billet.md": post(title="Un billet"), "/liste.md": page})

    assert "Un billet" not in main_text(site, "liste.html")


# -- Building again -----------------------------------------------------------


@check
def the_home_page_shows_a_new_post(builder, post):
    builder.build({"2018/billet.md": post()})
    site, _ = builder.build({"2018/neuf.md": post(title="Un neuf")})

    assert "Un neuf" in main_text(site, "index.html")


@check
def the_home_page_shows_a_new_title(builder, post):
    builder.build({"2018/billet.md": post()})
    site, _ = builder.build({"2018/billet.md": post(title="Autrement dit")})

    assert "Autrement dit" in main_text(site, "index.html")


@check
def a_deleted_post_is_gone_with_its_labels(builder, post):
    builder.build({"2018/parti.md": post(tags="CNFPT"), "2018/autre.md": post()})
    site, _ = builder.build({"2018/parti.md": None})

    assert not any(
        "parti" in name or "cnfpt" in name for name in site.files() if ".doctrees" not in name
    )


@check
def two_sites_built_in_one_process_do_not_mix(builder, post):
    site = builder.build_both(
        {"2018/un.md": post(title="Le premier")}, {"2018/deux.md": post(title="Le second")}
    )

    assert not any("Le premier" in html for html in html_of(site).values())


@check
def a_book_holds_posts_and_pages_only(builder, post):
    site, _ = builder.build(
        {"2018/billet.md": post(tags="CNFPT", redirect="vieux")}, builder="epub"
    )

    (book,) = [name for name in site.files() if name.endswith(".epub")]
    names = zipfile.ZipFile(site.folder / book).namelist()
    assert any("billet" in name for name in names)
    assert not any(word in name for name in names for word in ("cnfpt", "vieux", "drafts", "tag/"))


# -----------------------------------------------------------------------------


@pytest.fixture
def helpers(request):
    return request.config.pluginmanager.get_plugin(str(Path(__file__).parents[2] / "conftest.py"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda function: function.__name__)
def test_it_is_right_here(check, helpers, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")

    check(Builder(helpers.write_docs, helpers.Site, tmp_path), helpers.write_post)


def test_no_page_is_an_error_page_as_all_are_there(helpers, tmp_path, live_site):
    def stock(folder, files):
        return write_naive(folder, files, mended=False)

    site, said = Builder(stock, helpers.Site, tmp_path).build(
        {"2018/billet.md": helpers.write_post()}
    )

    assert said.count("WARNING") == 0
    assert all("ERROR: This page was generated" in html for html in html_of(site).values())
    assert not any("ERROR: This page was generated" in html for html in html_of(live_site).values())
