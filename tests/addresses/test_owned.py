"""The site's own addresses: all are in the table, and nobody else may have one."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from archivist.addresses.old import Redirect, read_redirects
from archivist.addresses.owned import OWNED, OWNED_NAMES, RESERVED_NAMES, Owners
from archivist.build.build import build_site
from archivist.checks.addresses import check_addresses
from archivist.posts.archive import read_archive
from archivist.problems import Problem
from tests.conftest import Site, list_sink_files, write_docs

# What else each name of the site makes no address of a post.
NAMES = sorted(OWNED_NAMES)
SLUGS = sorted(name for name in NAMES if name[0].isalnum() and name.islower() and "." not in name)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Return an archive with all kinds of things in it, and the names of the files of its site."""
    folder = tmp_path_factory.mktemp("plein")
    docs = write_docs(folder, list_sink_files())
    settings = {"html_baseurl": "https://exemple.fr/"}
    build_site(docs, folder / "html", settings)
    return read_archive(docs), Site(folder / "html").files()


SPELLINGS = {
    "as it is": lambda name: name,
    "in capitals": str.upper,
    "in title case": str.title,
    "as a folder": lambda name: f"{name}/",
    "with slashes": lambda name: f"{name}//",
    "with a sign unseen": lambda name: f"{name[0]}\u200b{name[1:]}",
    "escaped": lambda name: "".join(f"%{byte:02X}" for byte in name.encode()),
    "above a folder": lambda name: f"{name}/x/",
    "above a page": lambda name: f"{name}/x.html",
    "with a point": lambda name: name.replace("/", "./"),
    "without its page": lambda name: name.removesuffix("index.html"),
    "without its slash": lambda name: name.removesuffix("/index.html"),
    "without its page, escaped": lambda name: quote(name.removesuffix("index.html").upper()),
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_no_old_address_is_that_of_a_file_that_a_build_writes(full, spell):
    archive, names = full
    lines = [f"/{quote(spell(name), safe='/%')}" for name in names]
    read = list(read_redirects("".join(f"{old} a-propos\n" for old in lines), "redirects.txt"))
    alone = replace(archive, redirects=tuple(each for each in read if isinstance(each, Redirect)))
    problems = [each for each in read if isinstance(each, Problem)]
    problems += [each for each in check_addresses(alone) if "est déjà celle" in each.message]

    refused = {each.line for each in problems if "d’une autre ancienne" not in each.message}
    assert [old for line, old in enumerate(lines, 1) if line not in refused] == []


def test_each_address_of_the_table_is_found_however_it_is_written():
    owners = Owners({})
    for address, owner in OWNED.items():
        for written in (address, address.upper(), address.title()):
            assert owners.find(written) == owner, written
    assert owners.find("donnees.html") == owners.find("Donnees/index.html") != ""


@pytest.mark.parametrize(
    "address",
    [
        "billet/",
        "archives/148/",
        "2018/06/22/billet/",
        "tag/ete/",
        "donnees-2/",
        "?p=148",
        "x/feed/",
    ],
)
def test_what_the_site_does_not_have_is_free(address):
    assert Owners({}).find(address) == ""


def test_no_post_has_a_name_of_the_site(check, make_post):
    problems = check({f"2018/{name}.md": make_post() for name in SLUGS})

    for name in SLUGS:
        (problem,) = (
            each for each in problems if each.startswith(f"docs/posts/2018/{name}.md:1: ")
        )
        wanted = "est réservé " if name in RESERVED_NAMES else f"l’adresse /{name}/ est celle "
        assert wanted in problem
        assert problem.endswith(" : changez le nom du fichier.")


def test_no_page_has_an_address_of_the_site(check):
    # What is hidden is no page; index and 404 are the site's own pages.
    names = {
        address.rstrip("/").removesuffix(".html") for address in OWNED if address[:1] not in "_."
    }
    names = {name for name in names if name not in {"404", ""} and not name.startswith("posts")}
    names -= {"page"}
    names |= {"Noms", "Index", "noms/index", "page/index", "page/2"}
    problems = check({f"/{name}.md": "# Une page\n" for name in names})

    assert {problem.partition(":1: l’adresse /")[0] for problem in problems} == {
        f"docs/{name}.md" for name in names
    }


OLD = [
    *(f"/{address}" for address in OWNED),
    *("/search/", "/mots/a/", "/tag/index.html", "/sitemap.xml/x/", "/index.php", "/page/1/"),
]


@pytest.mark.parametrize("change", [str, str.upper], ids=["as it is", "in capitals"])
def test_no_old_address_is_one_of_the_site(check, make_post, change):
    lines = list(map(change, OLD))
    posts = {
        f"2018/billet-{at}.md": make_post(redirect=f"['{old}']") for at, old in enumerate(lines)
    }
    for files, path in (
        ({"/redirects.txt": "".join(f"{old}  a-propos\n" for old in lines)}, "redirects.txt:{}: "),
        ({"/redirects.txt": "", **posts}, "posts/2018/billet-{}.md:5: "),
    ):
        problems = check(files)
        for at, old in enumerate(lines, start=path.startswith("redirects")):
            assert any(each.startswith(f"docs/{path.format(at)}") for each in problems), old


def test_old_addresses_that_differ_by_capitals_alone_are_one(check):
    (problem,) = check({"/redirects.txt": "/Vieux/ a-propos\n/vieux/ contribuer\n"})

    assert problem == (
        "docs/redirects.txt:2: l’adresse « /vieux/ » est déjà donnée : docs/redirects.txt:1."
    )


def test_the_maps_for_hosts_hold_nothing_that_is_the_sites(make_site, make_post):
    posts = {"2018/billet.md": make_post(redirect="[/Billet/, /2018/06/22/billet/]", tags="Été")}
    site = make_site(posts, html_baseurl="https://exemple.fr/")
    lines = (site.folder / "_redirects").read_text("utf-8").splitlines()
    # `/ p=148 …` is the home page asked for a post.
    old = {line.split()[0] for line in lines if "=" not in line.split()[1]}

    # Those of WordPress's feeds lead to ours.
    assert {each for each in old if Owners({}).find(each[1:]) and "/feed/" not in each} == set()
    assert {"/billet/", "/Billet/", "/2018/06/22/billet/"} <= old
    keys = [
        line.split('"')[1].lower()
        for line in (site.folder / "nginx-redirects.conf").read_text("utf-8").splitlines()
        if line.startswith('    "')
    ]
    assert len(keys) == len(set(keys))
