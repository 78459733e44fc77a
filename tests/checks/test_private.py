import pytest

from archivist.__main__ import main
from tests.pictures import photos
from tests.posts.test_documents import DOCUMENTS, office

WITHHELD = "dans le fichier : le site ne les publie pas, mais ils restent dans le dépôt."
PUBLISHED = (
    "dans le fichier, publié tel quel : retirez-les de ses propriétés si personne ne doit les lire."
)


@pytest.fixture
def tell(make_docs, make_post, capsys):
    """Return a function from files beside a post to what `archivist check` says of them."""

    def run(files, *options):
        docs = make_docs({
            "2018/billet.md": make_post(),
            **{f"2018/billet/{name}": data for name, data in files.items()},
        })  # fmt: skip
        code = main(["check", str(docs), *options])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        return out.replace("docs/posts/2018/billet/", "").splitlines()

    return run


def test_where_and_by_whom_pictures_were_made_is_told(tell):
    place, name = "position (47,47° N, 0,55° O)", "nom (« Jeanne Secret »)"

    *lines, last = tell(
        {"a.jpg": photos.make_jpeg(6), "b.webp": photos.make_webp(), "c.gif": photos.make_gif()}
    )

    assert lines == [f"{file}:1: {place} et {name} {WITHHELD}" for file in ("a.jpg", "b.webp")]
    assert (
        last
        == "2 fichiers où se lit par qui, ou en quel lieu, il a été fait : ce n’est pas une erreur."
    )


def test_whom_a_document_names_is_told(tell):
    core = "<dc:creator>Jeanne</dc:creator><cp:lastModifiedBy>Léa\x1b[2J</cp:lastModifiedBy>"

    (line, _) = tell({"a.docx": office("word", core=core)})

    assert line == f"a.docx:1: noms (« Jeanne », « Léa [2J ») {PUBLISHED}"


def test_notes_are_shown_beside_their_file_on_github(tell):
    (line, _) = tell({"a.png": photos.make_png()}, "--format", "github")

    assert line.startswith("::notice file=a.png,line=1::position (47,47° N, 0,55° O) et nom (")


def test_of_what_says_nothing_nothing_is_told(tell):
    assert tell({**DOCUMENTS, "a.jpg": photos.draw().tobytes()[:99]}) == []
