"""`archivist import` as a maintainer uses it: what it prints, what it returns, what it writes."""

import json
import subprocess
import sys

import pytest
from lxml import html

from archivist.addresses.owned import OWNED_NAMES
from archivist.addresses.slugs import is_slug
from tests.wordpress.conftest import (
    BLOG,
    draw,
    write_export,
    write_item,
    write_medium,
    write_remark,
    write_term,
)


def test_an_import_says_what_it_did(imports, run):
    picture = f'<img src="{BLOG}/wp-content/uploads/absent.png" alt="A">'
    imports.write(
        write_item(
            1, picture, raw=write_remark(5, "Oui") + write_remark(6, "Non", approved="spam")
        ),
        write_item(2, "Deux", status="draft"),
        write_item(3, type="nav_menu_item"),
        write_medium(9, "absent.png", parent=1),
    )
    code, out, err = run("import", "export.xml")

    assert code == 0
    assert out.splitlines() == [
        "export.xml : 4 éléments",
        "",
        "Pertes",
        "     1 × image manquante",
        "",
        "Comptes",
        "  1 billet créé",
        "  1 commentaire gardé",
        "  1 commentaire jugé indésirable, laissé",
        "  1 fichier (images, documents)",
        "  1 brouillon laissé",
        "  1 entrée de menu laissée",
        "  de 1 fichier : 0 à côté des billets, 1 sans copie, 0 sans emploi",
        "  1 passage de texte",
        "",
        "Ensuite",
        "  1 image ou fichier manquant : donnez une copie de wp-content/uploads/ par --media DOSSIER ; --fetch --media DOSSIER les demande à l’ancien blog.",
        "  le blog s’appelait « Un blog » ; --adopt l’écrit, ou dans docs/conf.py :",
        '    project = "Un blog"',
        '    html_baseurl = "https://blog.exemple.fr/", si le site sera à l’adresse du blog',
        "  make html construit le site",
        "  make audit FILE=export.xml compare alors le site avec l’export",
        "  build/import/rapport.html dit chaque perte et chaque doute, où, et que faire",
    ]
    assert "\x1b" not in err


def test_the_counts_sum_exactly(imports, run):
    statuses = ["publish", "draft", "private", "trash", "pending"]
    items = [write_item(each, status=statuses[each % 5], name=f"n{each}") for each in range(1, 30)]
    imports.write(*items, write_medium(99, "a.png"), write_item(98, type="revision"))
    run("import", "export.xml")

    report = json.loads((imports.folder / "build/import/rapport.json").read_text("utf-8"))
    assert report["items"] == 31 == sum(each["count"] for each in report["counts"])
    assert report["conserved"] is True
    written = sum(each["count"] for each in report["counts"] if each["reason"] == "écrit")
    assert written == sum(report["states"].values()) == len(report["posts"])


def test_every_loss_and_doubt_is_in_the_report_with_its_post(imports, run):
    imports.write(write_item(1, '[gallery] <a href="javascript:x()">a</a> <script>b</script>'))
    run("import", "export.xml")

    folder = imports.folder / "build/import"
    (post,) = json.loads((folder / "rapport.json").read_text("utf-8"))["posts"]
    kinds = {note["kind"] for note in post["notes"]}
    assert "code court gardé en texte" in kinds
    assert "adresse interdite, privée ou incomplète retirée" in kinds
    page = html.fromstring((folder / "rapport.html").read_bytes())
    sections = page.findall(".//section")
    assert len(sections) == len(kinds)
    assert all("posts/2016/billet-1.md" in each.text_content() for each in sections)


def test_the_report_shows_text_as_text(imports, run):
    imports.write(write_item(1, '[zut x="<script>alert(1)</script>"]', title="<b>x</b>"))
    run("import", "export.xml")

    assert "<script>alert" not in (imports.folder / "build/import/rapport.html").read_text("utf-8")


def test_the_dry_run_says_what_would_be_and_writes_nothing(imports, run):
    imports.write(write_item(1))
    before = imports.files()
    _, dry, _ = run("import", "export.xml", "--dry-run")

    assert imports.files() == before
    assert not (imports.folder / "build").exists()
    assert "  1 billet serait créé" in dry.splitlines()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent.xml"], "absent.xml : ce fichier ne peut pas être lu"),
        (["export.xml", "--media", "absent"], "--media absent : ni dossier ni fichier de ce nom."),
        (["export.xml", "--fetch"], "--fetch demande --media DOSSIER"),
        (["export.xml", "--docs", "absent"], "absent"),
        (["coupe.xml"], "coupe.xml:"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_1(imports, run, words, said):
    imports.write(write_item(1))
    (imports.folder / "coupe.xml").write_text(write_export(write_item(1))[:-40], "utf-8")
    before = imports.files()
    code, out, err = run("import", *words)

    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert said in err
    assert imports.files() == before


def test_a_map_says_where_files_are(imports, run):
    imports.put("ailleurs/photo de vacances.png", draw("red"))
    url = f"{BLOG}/wp-content/uploads/2016/a.png"
    (imports.folder / "plan.txt").write_text(
        f"# adresse  fichier\n{url}  uploads/ailleurs/photo de vacances.png\n", "utf-8"
    )
    imports.write(write_item(1, f'<img src="{url}" alt="A">'))
    code, _, _ = run("import", "export.xml", "--media", "plan.txt")

    assert code == 0
    assert (imports.docs / "posts/2016/billet-1/a.png").read_bytes() == draw("red")


def test_import_build_and_audit_follow_each_other(imports, run):
    imports.write(write_item(1, "Un mot et un autre"), write_item(2, "Deux"))
    run("import", "export.xml")
    assert run("check")[0] == 0
    assert run("build", "--output", "html")[0] == 0
    code, out, _ = run("import", "export.xml", "--audit", "--output", "html")
    counted = "2 billets et pages, 6 mots, 2 titres, 2 dates, 2 auteurs, 4 anciennes adresses"
    assert (code, out) == (0, f"Comparés : {counted}\n")

    page = imports.folder / "html/posts/2016/billet-1.html"
    page.write_text(page.read_text("utf-8").replace("et un autre", "et autre"), "utf-8")
    code, _, err = run("import", "export.xml", "--audit", "--output", "html")
    assert code == 1
    assert err.startswith("posts/2016/billet-1.html : mots : 5 dans l’export, 4 sur le site")


def test_a_progress_bar_is_for_terminals_only(imports):
    imports.write(write_item(1))
    words = "import export.xml".split()
    done = subprocess.run(
        [sys.executable, "-m", "archivist", *words],
        cwd=imports.folder,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "█" not in done.stderr + done.stdout


HOSTILE = [
    "../../../hors.png",
    "..%2f..%2fhors.png",
    "2016/../../../../hors.png",
    "/etc/passwd",
    "C:\\hors.png",
    "a%00.png",
    ".htaccess",
    "x" * 300 + ".png",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_never_leaves_the_folder_of_its_post(imports, name):
    imports.put("ici.png", draw("red"))
    (imports.folder / "hors.png").write_bytes(draw("blue"))
    outside = {path for path in imports.folder.rglob("*") if imports.docs not in path.parents}
    content = f'<img src="{BLOG}/wp-content/uploads/{name}" alt="A"> <a href="{BLOG}/wp-content/uploads/{name}">b</a>'
    imports.run(
        write_item(1, content), write_medium(9, name, parent=1), media=imports.folder / "uploads"
    )

    after = {path for path in imports.folder.rglob("*") if imports.docs not in path.parents}
    assert after - outside <= {imports.folder / "export.xml"}
    assert draw("blue") not in imports.files().values()
    made = {path for path in imports.files() if path.endswith((".png", ".jpg", "passwd"))}
    assert all(path.startswith(("posts/2016/billet-1/", "_static/")) for path in made)


def test_a_link_to_elsewhere_in_the_uploads_is_not_followed(imports):
    (imports.folder / "secret.png").write_bytes(draw("blue"))
    imports.put("a.png", draw("red")).joinpath("lien.png").symlink_to(imports.folder / "secret.png")
    content = f'<img src="{BLOG}/wp-content/uploads/lien.png" alt="A">'
    imports.run(write_item(1, content), media=imports.folder / "uploads")

    assert draw("blue") not in imports.files().values()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"<html><script>alert(1)</script></html>"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        ("a.png", b""),
    ],
)
def test_a_picture_that_is_none_is_stood_in_for_and_told(imports, name, data):
    media = imports.put(name, data)
    imports.run(write_item(1, f'<img src="{BLOG}/wp-content/uploads/{name}" alt="A">'), media=media)

    assert data not in [content for content in imports.files().values() if content]
    assert {"image illisible", "image refusée"} & set(imports.notes())
    assert "image manquante" in imports.notes()


def test_a_post_or_page_with_an_address_of_the_site_gets_another_name(imports, run):
    names = sorted({name for name in OWNED_NAMES if is_slug(name)} | {"2016", "tag-x", "Noms"})
    items = []
    for at, name in enumerate(names):
        post, page = 2 * at + 1, 2 * at + 2
        raw = write_term("post_tag", f"t{at}", "Été") + write_term("category", "x", "X")
        items += [
            write_item(post, name=name, link=f"{BLOG}/{name}/", raw=raw),
            write_item(page, name=f"autre-{at}", type="page", link=f"{BLOG}/{name}.html"),
            write_medium(1000 + at, "a.png", parent=post, link=f"{BLOG}/{name}/feed/"),
        ]
        items.append(write_item(2000 + at, name=name, type="page", link=f"{BLOG}/x/{name}/"))
    imports.write(*items)
    code, out, err = run("import", "export.xml")

    assert (code, err.replace("\r", "\n").count("docs/")) == (0, 0)
    assert f"{2 * len(names)} × nom réservé, changé" in out
    assert run("check", "docs")[0] == 0
    assert (imports.docs / "posts/2016/billet-noms.md").exists()
    assert (imports.docs / "page-noms.md").exists()
    report = (imports.folder / "build/import/rapport.json").read_text("utf-8")
    assert "noms (post " in report
    assert "→ posts/2016/billet-noms.md" in report
    # What is free is kept, what is the site's is not.
    assert "/x/noms/  page-noms" in imports.read("redirects.txt")
    assert "/noms/" not in imports.read("posts/2016/billet-noms.md").partition("redirect:")[2]
    before = imports.files()
    assert run("import", "export.xml")[0] == 0
    assert imports.files() == before


def test_what_the_check_refuses_is_left_out_alone_and_told(imports, run):
    refused = write_item(2, "* " * 4_000, raw=write_remark(5, "Oui"))
    imports.write(write_item(1, "Un"), refused, write_item(3, "Trois", type="page", name="trois"))
    dry = run("import", "export.xml", "--dry-run")
    code, out, err = run("import", "export.xml")

    assert (code, dry[0]) == (1, 1)
    told = "docs/posts/2016/billet-2.md:11: trop de signes"
    assert told in err
    assert told in dry[2]
    assert "  1 billet laissé (la vérification refuse ce qui suivrait)" in out
    names = {name for name in imports.files() if "posts/" in name or name == "trois.md"}
    assert names == {"posts/2016/billet-1.md", "trois.md"}
    assert "billet-2" not in imports.read("wordpress.json")
    assert run("check", "docs")[0] == 0
    imports.write(refused.replace("* ", "mot "))
    assert run("import", "export.xml")[0] == 0
    assert (imports.docs / "posts/2016/billet-2.comments.yml").exists()


def test_a_mistake_that_was_there_before_is_told_and_no_post_pays_for_it(imports, run):
    (imports.docs / "redirects.txt").write_text("/vieux/  nulle-part\n", "utf-8")
    imports.write(write_item(1, "Un"), write_item(2, "Deux", name="vieux"))
    code, _, err = run("import", "export.xml")

    assert code == 1
    assert run("check", "docs")[2] in err
    assert (imports.docs / "posts/2016/billet-1.md").exists()
    assert (imports.docs / "posts/2016/vieux-2.md").exists()


def test_old_addresses_that_lead_nowhere_are_not_written(imports, run):
    raw = write_term("post_tag", "vieux", "Été")
    # The list of the tag goes with the one post that bears it.
    imports.write(write_item(1, "Un"), write_item(2, "* " * 4_000, raw=raw))
    run("import", "export.xml")

    assert "/tag/vieux/" not in imports.read("redirects.txt")
    assert run("check", "docs")[0] == 0
