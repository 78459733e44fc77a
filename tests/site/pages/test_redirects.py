import json
import re

import pytest

from archivist.site.hosts import apache, caddy, netlify, nginx
from archivist.site.hosts.headers import find_type
from archivist.site.hosts.old import Leads
from archivist.site.hosts.reading import tell_limit
from archivist.syntax.allowed import COMPANIONS
from tests.served import Served


def target_of(page):
    """Return where a redirect page leads, at once."""
    delay, _, url = page.select_one("meta[http-equiv=refresh]")["content"].partition("; url=")
    assert delay == "0"
    return url


@pytest.fixture
def site(make_site, make_post):
    return make_site(
        {
            "2018/billet.md": make_post(redirect="['/2018/06/22/billet/', '/?p=12', /vieux.html]"),
            "2017/bilan.md": make_post(title="Bilan 2017", date="2017-12-31"),
            "2018/bilan.md": make_post(title="Bilan 2018", date="2018-12-31", tags="Été"),
            "/redirects.txt": "/about/ a-propos\n/old/ /about/\n/tag/vieux/ tag/ete\n/?p=3 tag/ete\n",
        }
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("billet/index.html", "../posts/2018/billet.html"),
        ("2018/06/22/billet/index.html", "../../../../posts/2018/billet.html"),
        ("vieux.html", "posts/2018/billet.html"),
        ("about/index.html", "../a-propos.html"),
        ("old/index.html", "../a-propos.html"),
        ("tag/vieux/index.html", "../ete/index.html"),
    ],
)
def test_an_old_address_leads_at_once_to_the_new_one(site, old, new):
    page = site.page(old)

    assert target_of(page) == new
    assert page.select_one("link[rel=canonical]")["href"] == new
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.a["href"] == new
    assert (site.folder / old).parent.joinpath(new).resolve().exists()


def test_a_slug_that_two_posts_share_lets_the_reader_choose(site):
    links = site.page("bilan/index.html").main.find_all("a")

    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Bilan 2017", "../posts/2017/bilan.html"),
        ("Bilan 2018", "../posts/2018/bilan.html"),
    ]


def test_old_queries_are_in_a_table(site):
    table = json.loads((site.folder / "_static/old-addresses.json").read_text(encoding="utf-8"))

    assert table == {"p=12": "posts/2018/billet.html", "p=3": "tag/ete/"}


def test_server_maps_are_written(site):
    netlify, nginx, apache, caddy = (
        (site.folder / name).read_text(encoding="utf-8")
        for name in ("_redirects", "nginx-redirects.conf", ".htaccess", "caddy.conf")
    )

    lead = "/2018/06/22/billet/ /posts/2018/billet.html 301"
    # Where there is a page, Netlify heeds the first alone, and Cloudflare the second.
    assert f"{lead}!\n{lead}\n" in netlify
    assert "/ p=12 /posts/2018/billet.html 301!\n" in netlify
    assert "bilan" not in netlify
    assert '"/?p=12" "/posts/2018/billet.html";' in nginx
    assert '"/posts/2018/billet.html" [R=301,L,NC,QSD]' in apache
    assert '\t"/?p=12" "/posts/2018/billet.html"\n' in caddy


def lead(paths, asked=(), gone=()):
    """Return what each host is told of a site in the folder /blog/."""
    old = Leads(root="/blog/", paths=dict(paths), asked=dict(asked), gone=gone)
    hosts = (netlify.write_redirects, nginx.write_redirects, apache.write_file, caddy.write_file)
    return [write(old) for write in hosts]


def test_server_maps_know_the_folder_of_the_site():
    said = lead({"été/": "x.html"}, {"?p=1": "y.html"}, ("z.html",))

    line = "/blog/%C3%A9t%C3%A9/ /blog/x.html 301"
    assert said[0].endswith(f"{line}!\n{line}\n/blog/z.html /blog/z.html 410!\n")
    assert said[0].startswith("/blog/ p=1 /blog/y.html 301!\n")
    assert '"/blog/été/" "/blog/x.html";' in said[1]
    assert '"/blog/?p=1" "/blog/y.html";' in said[1]
    assert "try_files /blog/404.html =404;" in said[1]
    assert 'RewriteRule "^été/?$" "/blog/x.html" [R=301,L,NC]' in said[2]
    assert r'RewriteRule "^z\.html$" - [G,E=archive_gone:blog/z.html]' in said[2]
    assert '\t"/blog/été/" "/blog/x.html"\n' in said[3]
    assert '\t"/blog/z.html" "/blog/z.html"\n' in said[3]


def test_no_file_is_told_the_same_header_twice(sink_site):
    text = (sink_site.folder / "_headers").read_text(encoding="utf-8")
    rules = re.findall(r"^(/.*)\n((?:  .*\n)+)", text, re.MULTILINE)

    for name in sink_site.files():
        told = [
            line.partition(":")[0]
            for path, lines in rules
            if re.fullmatch(re.escape(path).replace(r"\*", ".*"), f"/{name}")
            for line in lines.splitlines()
        ]
        assert len(told) == len(set(told)), name


@pytest.mark.parametrize("ending", sorted(COMPANIONS))
def test_the_media_type_of_each_file_that_a_site_may_have_is_known(ending):
    assert find_type(f"posts/2018/billet{ending}") != "application/octet-stream"


def test_a_query_of_the_home_page_does_not_lead_there_for_ever():
    assert "p=1" not in lead({}, {"?p=1": ""})[0]


def test_what_cloudflare_leaves_out_is_told_and_comes_last():
    few, many = ({f"{number}/": "x.html" for number in range(most)} for most in (1000, 1200))

    assert tell_limit(lead(few)[0]) == ""
    assert tell_limit(lead(many, {"?p=1": "y.html"})[0]).startswith(
        "chez Cloudflare Pages, 1000 des 1200 anciennes adresses mènent"
    )


def test_old_addresses_of_posts_come_before_those_of_lists(make_site, make_post):
    files = {"2018/billet.md": make_post(redirect="['/zz/']", tags="Été")}
    files["/redirects.txt"] = "/aa/ tag/ete\n"
    site = make_site(files, html_baseurl="https://exemple.fr/")

    lines = (site.folder / "_redirects").read_text(encoding="utf-8").splitlines()
    order = [line.split(" ")[0] for line in lines if line.endswith(" 301")]
    assert order[:3] == ["/zz/", "/billet/", "/aa/"]
    assert order[3].endswith("/feed/")
    for name in ("_headers", "nginx-headers.conf", ".htaccess", "caddy.conf"):
        said = (site.folder / name).read_text(encoding="utf-8")
        assert "application/x-bibtex" in said
        assert "max-age=31536000, immutable" in said


def test_a_long_address_has_room_in_the_tables_of_nginx():
    long = "été-" * 40
    said = lead({f"{long}/{long}/": "x.html"})[1]

    (size,) = re.findall("map_hash_bucket_size ([0-9]+);", said)
    assert int(size) > len(f"{long}/{long}/".encode())


TABLE = """https://deux.exemple/?p=12  tag/ete
https://deux.exemple/billet/  tag/ete
https://deux.exemple/été/  posts/2017/bilan
https://deux.exemple/  tag/ete
/nous/  a-propos
/nous/?lang=en  glossaire
/tag/vieux/  tag/ete
/dossier/?p=7  a-propos
"""
ASKED = [
    ("https://un.exemple/?p=12", "posts/2018/billet.html"),
    ("https://un.exemple/?p=12&utm=x", "posts/2018/billet.html"),
    ("https://deux.exemple/?p=12", "tag/ete/index.html"),
    ("http://www.deux.exemple/?p=12", "tag/ete/index.html"),
    ("https://un.exemple/billet/", "posts/2018/billet.html"),
    ("https://deux.exemple/billet/", "tag/ete/index.html"),
    ("https://www.deux.exemple/%C3%A9t%C3%A9/", "posts/2017/bilan.html"),
    ("https://un.exemple/%C3%A9t%C3%A9/", ""),
    ("https://deux.exemple/", "tag/ete/index.html"),
    ("https://un.exemple/", "index.html"),
    ("https://un.exemple/nous/", "a-propos.html"),
    ("https://un.exemple/nous/?lang=en", "glossaire.html"),
    ("https://un.exemple/?tag=vieux", "tag/ete/index.html"),
    ("https://un.exemple/dossier/?p=7", "a-propos.html"),
    ("https://un.exemple/?m=2018", "2018/index.html"),
    ("https://un.exemple/?m=20180622", "2018/06/index.html"),
    ("https://un.exemple/2018/06/22/", "2018/06/index.html"),
    ("https://un.exemple/?s=mooc", "search.html"),
    *((f"https://un.exemple/billet/{below}/", "posts/2018/billet.html")
      for below in ("feed", "feed/rss2", "amp", "trackback", "comment-page-1", "2", "page/2")),
    ("https://un.exemple/tag/ete/page/40/", "tag/ete/index.html"),
    ("https://un.exemple/posts/2018/billet.html/amp/", "posts/2018/billet.html"),
    ("https://un.exemple/perdu/feed/", ""),
]  # fmt: skip


@pytest.fixture
def two_blogs(make_site, make_post):
    return make_site(
        {
            "2018/billet.md": make_post(redirect="['/?p=12']"),
            "2017/bilan.md": make_post(title="Bilan", date="2017-12-31", tags="Été"),
            "/redirects.txt": TABLE,
        }
    )


def test_hosts_answer_at_all_old_addresses_each_for_its_own(two_blogs):
    served = Served(two_blogs.folder)

    assert [(old, served.follow(old)) for old, _ in ASKED] == ASKED
    # Netlify knows no day of a query, nor what was below an address: the script does.
    tabled = [
        (old, new) for old, new in ASKED if ("?m=" not in old and old[-1] != "/") or "deux" in old
    ]
    assert [(old, served.follow(old, served.ask_netlify)) for old, _ in tabled] == tabled
    # A reader whose host knows no table: the script asks, before the page leads on.
    page = two_blogs.page("nous/index.html")
    assert page.script["data-otherwise"] == "../a-propos.html"
    assert page.select_one("noscript meta[http-equiv=refresh]")


def test_the_site_keeps_its_pages_at_its_own_host(make_site, make_post):
    table = "https://deux.exemple/tag/ete/  a-propos\n"
    files = {"2018/billet.md": make_post(tags="Été"), "/redirects.txt": table}
    site = make_site(files, html_baseurl="https://www.deux.exemple/")

    assert Served(site.folder).follow("https://deux.exemple/tag/ete/") == "tag/ete/index.html"


def test_the_404_page_links_from_the_root_of_the_site(make_site, make_post):
    site = make_site({"2018/billet.md": make_post()}, html_baseurl="https://exemple.fr/blog/")

    page = site.page("404.html")
    links = [
        element[name]
        for name in ("href", "src", "action")
        for element in page.find_all(attrs={name: True})
    ]
    assert links
    assert all(link.startswith(("/blog/", "https://", "#", "data:")) for link in links)
    # What reads the page from another folder still finds all it names.
    names = [
        link.removeprefix("/blog/").partition("?")[0] for link in links if link.startswith("/")
    ]
    assert [name for name in names if name and not site.has(name)] == []


def test_what_was_taken_away_says_why_and_others_may_lead_there(make_site, make_post):
    table = "/2016/perdu/  retiré  Son <auteur> l’a demandé : « non ».\n/perdu/  2016/perdu\n"
    site = make_site({"2018/billet.md": make_post(), "/redirects.txt": table})

    page = site.page("2016/perdu/index.html")
    assert "Son <auteur> l’a demandé" in page.main.get_text()
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert target_of(site.page("perdu/index.html")) == "../2016/perdu/index.html"
    nginx = (site.folder / "nginx-redirects.conf").read_text(encoding="utf-8")
    assert '    "/2016/perdu/" "/2016/perdu/index.html";' in nginx


@pytest.mark.parametrize("line", ["/perdu/  retiré", "/?p=3  retiré  Non."])
def test_what_was_taken_away_has_an_address_and_a_reason(check, make_post, line):
    problems = check({"2018/billet.md": make_post(), "/redirects.txt": line})

    assert len(problems) == 1
    assert "puis « retiré » et la raison" in problems[0]
