"""`archivist rename` and `delete`: posts move or go, and no address is lost."""

import json
import subprocess

import pytest

from archivist.__main__ import main
from archivist.build.build import build_site
from archivist.moving.changes import _put
from archivist.words.manifest import read_records
from tests.conftest import Site

SOURCE = "https://exemple.fr/ancien/"
LEADS = """\
Voir [ceci](../2017/ancien.md), [cela](</posts/2017/ancien.md#la-fin>), [là][1], <b>x</b>,
{ref}`ancien` et {ref}`ceci <2017/ancien>`, mais pas `[code](../2017/ancien.md)`.

```
[code](../2017/ancien.md)
```

[1]: ../2017/ancien.md
"""


@pytest.fixture
def docs(make_docs, make_post, monkeypatch, tmp_path, root):
    monkeypatch.chdir(tmp_path)
    return make_docs(
        {
            "2017/ancien.md": make_post(
                title="Ancien",
                # Of neither year, so that it may go from one to the other.
                date="2016-06-24",
                source=SOURCE,
                featured_image="ancien/vue.png",
                featured_alt="Une vue",
                redirect="[/vieux/]",
                body="![Une vue](ancien/vue.png)\n\nVoir [lui](frere.md), [soi](#la-fin).\n\n## La fin",
            ),
            "2017/ancien/vue.png": (root / "tests/data/photo.png").read_bytes(),
            "2017/ancien.comments.yml": "- author: Luc\n  date: 2017-07-01\n  text: Oui.\n",
            "2017/frere.md": make_post(title="Frère", date="2017-06-23", body="Du texte."),
            "2018/autre.md": make_post(title="Autre", source=SOURCE, body=LEADS),
            "/exceptions.txt": "posts/2017/ancien  folder_year  comme sur le blog d’origine\n",
            "/redirects.txt": "# Anciennes adresses.\n/?p=148   posts/2017/ancien\n",
        }
    )


@pytest.fixture
def run(docs, capsys):
    """Return a function from the words of a command to its status and what it said."""

    def call(*words):
        status = main(list(words))
        said = capsys.readouterr()
        return status, said.out + said.err

    main(["verify", "--record"])
    capsys.readouterr()
    return call


def read_all(docs):
    return {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in docs.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("names", "docname"),
    [
        (["docs/posts/2017/ancien.md", "nouveau"], "posts/2017/nouveau"),
        (["posts/2017/ancien", "2018/nouveau"], "posts/2018/nouveau"),
        (["ancien", "docs/posts/2018/ancien.md"], "posts/2018/ancien"),
    ],
)
def test_a_renamed_post_answers_at_all_its_addresses(docs, run, tmp_path, names, docname):
    status, said = run("rename", *names)
    assert status == 0, said

    build_site(docs, tmp_path / "html", {})
    site = Site(tmp_path / "html")
    assert site.page(f"{docname}.html").h1.get_text().startswith("Ancien")
    assert site.page(f"{docname}.html").select_one(".comments, #commentaires")
    for address in ("posts/2017/ancien.html", "ancien/index.html", "vieux/index.html"):
        page = site.page(address)
        target = page.select_one("meta[http-equiv=refresh]")["content"].partition("url=")[2]
        there = (tmp_path / "html" / address).parent / target
        assert there.resolve() == tmp_path / f"html/{docname}.html"
    queries = json.loads((tmp_path / "html/_static/old-addresses.json").read_text("utf-8"))
    assert queries == {"p=148": f"{docname}.html"}
    assert run("check")[0] == 0
    assert run("verify", "--words")[0] == 0
    assert f"{docname}" in read_records(docs)
    assert "posts/2017/ancien" not in read_records(docs)


def test_links_follow_and_what_is_shown_as_code_stays(docs, run):
    assert run("rename", "ancien", "2018/nouveau")[0] == 0

    text = (docs / "posts/2018/autre.md").read_text(encoding="utf-8")
    assert "[ceci](nouveau.md), [cela](</posts/2018/nouveau.md#la-fin>), [là][1]" in text
    assert "{ref}`nouveau` et {ref}`ceci <2018/nouveau>`" in text
    assert "[1]: nouveau.md" in text
    assert text.count("[code](../2017/ancien.md)") == 2
    own = (docs / "posts/2018/nouveau.md").read_text(encoding="utf-8")
    assert "![Une vue](nouveau/vue.png)" in own
    assert "featured_image: nouveau/vue.png" in own
    assert "[lui](../2017/frere.md), [soi](#la-fin)" in own
    assert not (docs / "posts/2017/ancien").exists()


def test_a_post_that_gets_its_name_back_leads_nowhere_else(docs, run):
    before = read_all(docs)
    assert run("rename", "ancien", "nouveau")[0] == 0
    status, said = run("rename", "nouveau", "ancien")
    assert status == 0, said

    text = (docs / "posts/2017/ancien.md").read_text(encoding="utf-8")
    assert 'redirect: ["/vieux/", "/posts/2017/nouveau.html", "/nouveau/"]' in text
    after = read_all(docs)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"posts/2017/ancien.md"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("absent", "nouveau", "absent : aucun billet de ce nom"),
        ("anciem", "nouveau", "vouliez-vous dire « ancien » ?"),
        ("ancien", "Été à Paris", "écrivez « ete-a-paris »"),
        ("ancien", "18/nouveau", "« 18 » n’est pas une année"),
        ("ancien", "frere", "posts/2017/frere existe déjà"),
        ("ancien", "2017/ancien", "c’est déjà son nom"),
        ("ancien", "search", "est celle de la recherche"),
        ("ancien", "2018/autre", "existe déjà"),
    ],
)
def test_a_name_that_cannot_be_changes_nothing(docs, run, old, new, told):
    before = read_all(docs)
    status, said = run("rename", old, new)

    assert (status, told in said) == (1, True), said
    assert read_all(docs) == before


def test_what_fails_on_its_way_leaves_all_as_it_was(docs, run, monkeypatch):
    before = read_all(docs)

    def fail(path, data):
        if path.name == "manifest.json" and path.is_relative_to(docs) and data:
            raise OSError(28, "plus de place", str(path))
        _put(path, data)

    monkeypatch.setattr("archivist.moving.changes._put", fail)
    assert run("rename", "ancien", "2019/nouveau")[0] == 1
    assert read_all(docs) == before
    assert not (docs / "posts/2019").exists()


def test_exceptions_and_the_ledger_of_imports_follow(docs, run):
    (docs / "posts/2017/ancien.md").write_text(
        (docs / "posts/2017/ancien.md").read_text("utf-8") + "\n#### Trop bas\n", "utf-8"
    )
    (docs / "exceptions.txt").write_text("posts/2017/ancien  headings  Ainsi.\n", "utf-8")
    run("verify", "--record", "docs/posts/2017/ancien.md")
    ledger = {"items": {"1": "posts/2017/ancien"}, "files": {"posts/2017/ancien.md": "autre"}}
    (docs / "wordpress.json").write_text(json.dumps(ledger), "utf-8")
    status, said = run("rename", "ancien", "nouveau")
    assert status == 0, said

    assert (docs / "exceptions.txt").read_text("utf-8") == "posts/2017/nouveau  headings  Ainsi.\n"
    led = json.loads((docs / "wordpress.json").read_text("utf-8"))
    assert led["items"] == {"1": "posts/2017/nouveau"}
    assert led["files"] == {"posts/2017/nouveau.md": "autre"}
    # What an import would write again keeps its addresses elsewhere.
    table = (docs / "redirects.txt").read_text("utf-8")
    assert "/posts/2017/ancien.html  posts/2017/nouveau\n/ancien/  posts/2017/nouveau\n" in table


def test_a_deleted_post_leaves_a_page_that_says_why(docs, run, tmp_path, make_post):
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre", source=SOURCE), "utf-8")
    run("verify", "--record", "docs/posts/2018/autre.md")
    status, said = run("delete", "docs/posts/2017/ancien.md", "--reason", "L’auteur l’a <demandé>.")
    assert status == 0, said

    build_site(docs, tmp_path / "html", {})
    site = Site(tmp_path / "html")
    assert "L’auteur l’a <demandé>." in site.page("posts/2017/ancien.html").main.get_text()
    for address in ("ancien/index.html", "vieux/index.html"):
        assert "posts/2017/ancien.html" in str(site.page(address).meta.parent)
    assert "/posts/2017/ancien.html /posts/2017/ancien.html 410!\n" in site.texts()["_redirects"]
    nginx = site.texts()["nginx-redirects.conf"]
    assert '    "/posts/2017/ancien.html" "/posts/2017/ancien.html";' in nginx
    assert "error_page 410 @archive_gone" in nginx
    assert not (docs / "posts/2017/ancien").exists()
    assert "posts/2017/ancien" not in site.texts()["billets.json"]
    assert (run("check")[0], run("verify", "--words")[0]) == (0, 0)


def test_a_deleted_post_can_lead_to_another(docs, run, tmp_path, make_post):
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre"), "utf-8")
    status, said = run("delete", "ancien", "--redirect", "/posts/2018/autre.html")
    assert status == 0, said

    build_site(docs, tmp_path / "html", {})
    for address in ("posts/2017/ancien.html", "ancien/index.html", "vieux/index.html"):
        assert "2018/autre.html" in (tmp_path / "html" / address).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ancien"], "dites pourquoi"),
        (["ancien", "--reason", "Non.", "--redirect", "a-propos"], "l’un ou l’autre"),
        (["ancien", "--reason", "voir #budget"], "commencerait une remarque"),
        (["absent", "--reason", "Non."], "aucun billet de ce nom"),
        (["ancien", "--redirect", "/absente/"], "aucune page de ce nom"),
        (["ancien", "--reason", "Non."], "docs/posts/2018/autre.md:10: lien mort"),
    ],
)
def test_what_cannot_be_deleted_stays(docs, run, words, told):
    before = read_all(docs)
    status, said = run("delete", *words)

    assert (status, told in said) == (1, True), said
    assert read_all(docs) == before


# -- By hand --------------------------------------------------------------------------------------


@pytest.fixture
def commit(tmp_path):
    """Return a function that commits what there is."""

    def run_git(*words):
        name = ["-c", "user.name=x", "-c", "user.email=x@exemple.fr"]
        subprocess.run(["git", *name, *words], cwd=tmp_path, check=True, capture_output=True)

    def make():
        run_git("init", "-q")
        run_git("add", "-A")
        run_git("commit", "-qm", "x")

    return make


@pytest.mark.parametrize("has_git", [True, False])
def test_a_post_renamed_by_hand_is_told_with_what_to_write(docs, run, commit, make_post, has_git):
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre", source=SOURCE), "utf-8")
    old, new = docs / "posts/2018/autre.md", docs / "posts/2018/neuf.md"
    if has_git:
        (docs / "manifest.json").unlink()
        commit()
    old.rename(new)
    status, said = run("check")
    assert status == 1
    (line,) = said.splitlines()
    assert line.startswith("docs/posts/2018/autre.md:1: ce billet n’est plus là, et")
    redirect = 'redirect: ["/posts/2018/autre.html", "/autre/"]'
    assert redirect in line
    assert ("de docs/posts/2018/neuf.md" in line) == has_git

    new.write_text(new.read_text("utf-8").replace("author:", f"{redirect}\nauthor:"), "utf-8")
    assert run("check") == (0, "")


def test_a_new_post_without_a_header_hides_no_post_that_is_gone(docs, run, commit, make_post):
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre", source=SOURCE), "utf-8")
    commit()
    (docs / "posts/2018/autre.md").unlink()
    (docs / "posts/2018/neuf.md").write_text("# Neuf\n\nDu texte.\n", "utf-8")
    status, said = run("check")

    assert status == 1
    assert "docs/posts/2018/autre.md:1: ce billet n’est plus là, et" in said
    assert "docs/posts/2018/neuf.md:1: l’en-tête manque" in said


def test_a_draft_or_a_post_that_went_with_its_addresses_kept_is_not_told(
    docs, run, commit, make_post
):
    draft = docs / "posts/2018/essai.md"
    draft.write_text(make_post(title="Essai", draft="true"), "utf-8")
    (docs / "posts/2018/autre.md").write_text(make_post(title="Autre", source=SOURCE), "utf-8")
    commit()
    draft.unlink()
    assert run("delete", "ancien", "--reason", "Non.")[0] == 0

    assert run("check") == (0, "")


def test_a_post_that_nobody_knows_yet_leaves_no_old_address(docs, run, commit, make_post):
    commit()
    (docs / "posts/2018/essai.md").write_text(make_post(title="Essai"), "utf-8")
    assert run("rename", "essai", "neuf")[0] == 0

    assert (docs / "posts/2018/neuf.md").read_text("utf-8") == make_post(title="Essai")


def test_a_draft_goes_without_a_reason(docs, run, make_post):
    (docs / "posts/2018/essai.md").write_text(make_post(title="Essai", draft="true"), "utf-8")
    before = (docs / "redirects.txt").read_bytes()

    assert run("delete", "essai") == (0, "docs/posts/2018/essai.md est retiré\n")
    assert (docs / "redirects.txt").read_bytes() == before


@pytest.mark.parametrize(
    "header",
    [
        "redirect:\n  - /a/\n  - /b/\nauthor: amoor",
        "redirect: /a/, /b/\n# une remarque\nauthor: amoor",
        "author: amoor\nredirect: [\n  /a/, /b/\n]",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_old_addresses_join_those_there_are(docs, run, make_post, header, end):
    text = make_post(title="Essai").replace("author: amoor", header).replace("\n", end)
    (docs / "posts/2018/essai.md").write_bytes(text.encode())
    status, said = run("rename", "essai", "neuf")
    assert status == 0, said

    new = (docs / "posts/2018/neuf.md").read_bytes().decode()
    line = 'redirect: ["/a/", "/b/", "/posts/2018/essai.html", "/essai/"]'
    assert f"{end}{line}{end}" in new
    assert new.count("redirect") == 1
    assert ("# une remarque" in new) == ("# une remarque" in text)


def test_a_name_that_was_none_gets_one(docs, run, make_post):
    (docs / "posts/2018/Mon Billet.md").write_text(make_post(title="Mien"), "utf-8")
    (docs / "posts/2018/suite.md").write_text(make_post(body="[a](<Mon Billet.md>)"), "utf-8")
    status, said = run("rename", "docs/posts/2018/Mon Billet.md", "mon-billet")
    assert status == 0, said

    assert "[a](<mon-billet.md>)" in (docs / "posts/2018/suite.md").read_text("utf-8")
    assert run("check") == (0, "")
