import os
import unicodedata
from pathlib import Path

import pytest

from archivist.syntax.limits import MOST_POSTS
from tests.conftest import write_post

PHOTO = (Path(__file__).parent.parent / "data/photo.png").read_bytes()
KINDS = (
    ".csv, .docx, .epub, .gif, .jpeg, .jpg, .mp3, .mp4, .odp, .ods, .odt, .ogg, .pdf, .png, .pptx, "
    ".svg, .txt, .webm, .webp, .xlsx"
)


@pytest.fixture
def check_folder(check, make_docs, make_post):
    """Return a function from files, and what to do in docs/posts, to the problems there."""

    def run(files=(), do=None):
        posts = make_docs({"2018/billet.md": make_post(), **dict(files)}) / "posts"
        if do:
            do(posts)
        return [problem.removeprefix("docs/posts/") for problem in check({})]

    return run


@pytest.mark.parametrize(
    "name",
    [
        *("billet/vue.png", "vue.png", "billet/VUE.PNG"),
        f"billet/{'a' * 146}.png",
    ],
)
def test_images_of_a_post_pass(check_folder, name):
    assert check_folder({f"2018/{name}": PHOTO}) == []


@pytest.mark.parametrize(
    "name",
    [
        *("billet.md~", "#billet.md#", ".billet.md.swp", ".#billet.md", "._billet.md"),
        *(".DS_Store", "billet/.DS_Store", "Thumbs.db", "desktop.ini", ".~lock.billet.odt#"),
    ],
)
def test_what_editors_and_systems_leave_behind_is_passed_over(check_folder, name):
    assert check_folder({f"2018/{name}": b"\xff"}) == []


def test_the_lock_that_emacs_makes_is_passed_over(check_folder):
    lock = "2018/.#billet.md"

    assert check_folder(do=lambda posts: (posts / lock).symlink_to("moi@machine:1")) == []


def test_posts_are_counted_and_not_what_goes_with_them(check_folder, monkeypatch):
    assert MOST_POSTS >= 50_000
    monkeypatch.setattr("archivist.posts.tree.MOST_POSTS", 1)
    pictures = {f"2018/billet/{name}.png": PHOTO for name in ("une", "deux")}

    assert check_folder(pictures) == []
    told = check_folder(pictures | {"2018/autre.md": write_post(title="Autre")})
    assert told == ["docs/posts:1: plus de 1 billet : faites-en plusieurs archives."]


def test_an_empty_folder_and_no_folder_pass(check_folder):
    assert check_folder(do=lambda posts: (posts / "2018/billet").mkdir()) == []
    assert check_folder(do=lambda posts: (posts / "2018/billet.md").rename(posts / "../x")) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("vue.png", "rangez ce fichier dans docs/posts/<année>/<nom-du-billet>/."),
        (
            "2018/autre/vue.png",
            "aucun billet « autre.md » à côté de ce dossier : donnez-lui le nom",
        ),
        (
            "2018/billet/x.exe",
            f"ce genre de fichier est interdit : retirez-le (on accepte {KINDS}).",
        ),
        ("2018/billet/x.html", "ce genre de fichier est interdit"),
        ("2018/billet/x.js", "ce genre de fichier est interdit"),
        ("2018/billet/x.bmp", "ce genre de fichier est interdit"),
        ("2018/billet/x", "ce genre de fichier est interdit"),
        ("2018/billet.md.orig", "ce genre de fichier est interdit"),
        ("2018/Mon été.docx", "un billet est un fichier « .md » : renommez-le « mon-ete.md »."),
        ("2018/page.html", "un billet est un fichier « .md » : renommez-le « page.md »."),
        ("2018/autre.MD", "un billet est un fichier « .md » : renommez-le « autre.md »."),
        ("note.txt", "un billet est un fichier « .md » : renommez-le « note.md »."),
        ("2018/.billet.md", "fichier caché : il ne serait pas publié, renommez-le ou retirez-le."),
        ("2018/_billet.md", "fichier caché"),
        ("2018/billet/.x.png", "fichier caché"),
        (f"2018/{'a' * 148}.md", "nom de plus de 150 signes : raccourcissez-le."),
        (f"2018/billet/{'é' * 74}.png", "nom de plus de 150 signes"),
        ("2018/billet/\x1b[2J\n\u202e.exe", "nom illisible"),
    ],
)
def test_a_file_that_is_of_no_use_there_is_told(check_folder, name, told):
    (problem,) = check_folder({name: PHOTO})

    shown = name.replace("\x1b", "\\x1b").replace("\n", "\\x0a").replace("\u202e", "\\x202e")
    assert problem.startswith(f"{shown}:1: {told}")


@pytest.mark.parametrize("folder", [".git", "_build", "2018/.cache"])
def test_a_hidden_folder_is_told_once(check_folder, folder):
    assert check_folder({f"{folder}/{name}": "x" for name in ("a.md", "b.md")}) == [
        f"{folder}:1: fichier caché : il ne serait pas publié, renommez-le ou retirez-le."
    ]


def test_a_folder_with_the_name_of_a_post_is_told(check_folder):
    assert check_folder({"2018/x.md/vue.png": PHOTO, "2018/x/sous/vue.png": PHOTO})[:1] == [
        "2018/x.md:1: dossier de trop : les images vont dans docs/posts/<année>/<nom-du-billet>/."
    ]


@pytest.mark.parametrize("name", ["2018/tuyau.md", "2018/billet/tuyau.png"])
def test_a_pipe_is_told_and_never_read(check_folder, name):
    def make_pipe(posts):
        (posts / name).parent.mkdir(exist_ok=True)
        os.mkfifo(posts / name)

    assert check_folder(do=make_pipe) == [f"{name}:1: ce n’est pas un fichier : retirez-le."]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("2018/lien.md", "absent.md"),
        ("2018/lien.md", "billet.md"),
        ("2018/lien.md", "/etc/passwd"),
        ("2018/lien.md", "lien.md"),
        ("2018/vue.png", "/dev/zero"),
        ("2019", "2018"),
        ("2018/billet", "/"),
    ],
)
def test_a_link_is_told_and_never_followed(check_folder, name, target):
    assert check_folder(do=lambda posts: (posts / name).symlink_to(target)) == [
        f"{name}:1: lien symbolique interdit : mettez le fichier lui-même à cette place."
    ]


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("2018/long.md", 100_000, "ligne de 100000 signes, 8000 au plus : coupez-la."),
        ("2018/long.md", 101_000, "fichier de 101 ko, 100 au plus : faites-en plusieurs billets."),
        ("2018/billet/vue.png", 20_000_000, ""),
        ("2018/billet/vue.png", 20_001_000, "fichier de 20001 ko, 20000 au plus : allégez-le."),
    ],
)
def test_a_file_that_is_too_large_is_told_and_never_read(check_folder, name, size, told):
    def make_large(posts):
        (posts / name).parent.mkdir(exist_ok=True)
        (posts / name).write_bytes(b"")
        os.truncate(posts / name, size)

    assert check_folder(do=make_large) == ([f"{name}:1: {told}"] if told else [])


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("2018/VUE.png", "2018/vue.png"),
        ("2018/billet/Vue.PNG", "2018/billet/vue.png"),
        ("2018/été.png", unicodedata.normalize("NFD", "2018/été.png")),
    ],
)
def test_names_that_some_systems_take_for_one_are_told(check_folder, name, twin):
    (problem,) = check_folder({name: PHOTO, twin: PHOTO})

    assert "Windows et macOS confondent ce nom avec « " in problem


@pytest.mark.parametrize("name", [b"2018/\xe9t\xe9.png", b"2018/\xe9t\xe9.md"])
def test_a_name_that_is_not_utf8_is_told(check_folder, name):
    def make_file(posts):
        Path(os.fsdecode(os.fsencode(posts) + b"/" + name)).write_bytes(PHOTO)

    (problem,) = check_folder(do=make_file)

    assert problem.isprintable()


def test_the_comments_of_a_post_pass_beside_it(check_folder):
    comments = "- author: Claire\n  date: 2018-06-23\n  text: Merci.\n"

    assert check_folder({"2018/billet.comments.yml": comments}) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "2018/autre.comments.yml",
            "aucun billet « autre.md » à côté : donnez à ce fichier le nom du billet.",
        ),
        ("2018/.comments.yml", "fichier caché"),
        ("2018/billet/billet.comments.yml", "rangez ces commentaires à côté de leur billet, dans"),
        ("billet.comments.yml", "rangez ces commentaires à côté de leur billet, dans"),
        ("2018/billet.yml", "des commentaires vont dans « nom-du-billet.comments.yml » :"),
        (
            "2018/billet.comments.yaml",
            "des commentaires vont dans « nom-du-billet.comments.yml » :",
        ),
        ("2018/billet.Comments.yml", "des commentaires vont dans « nom-du-billet.comments.yml » :"),
    ],
)
def test_comments_that_go_with_no_post_are_told_and_never_read(check_folder, name, told):
    (problem,) = check_folder({name: b"\xff"})

    assert problem.startswith(f"{name}:1: {told}")


def test_comments_that_are_too_large_are_told_and_never_read(check_folder):
    (problem,) = check_folder({"2018/billet.comments.yml": "x" * 501_000})

    told = "fichier de 501 ko, 500 au plus : retirez les commentaires les moins utiles."
    assert problem == f"2018/billet.comments.yml:1: {told}"


def test_a_link_to_comments_is_told_and_never_followed(check_folder):
    link = "2018/billet.comments.yml"

    (problem,) = check_folder(do=lambda posts: (posts / link).symlink_to("/etc/passwd"))

    assert problem.startswith(f"{link}:1: lien symbolique interdit")
