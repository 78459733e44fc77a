"""What `make deposit` hands over: a bag that bagit.py finds valid, a WARC that warcio reads back."""

import io
import zipfile
from types import SimpleNamespace

import bagit
import pytest
import yaml
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archivist.__main__ import main
from tests.conftest import write_docs, write_post

BASE = "https://exemple.fr/archives/"
DRAFT = {"draft": "true", "title": "Le secret"}
FILES = {
    "2018/billet.md": write_post(redirect="['/2018/06/22/billet/', '/?p=12']", tags="Été"),
    "2018/brouillon.md": write_post(**DRAFT),
    "2018/brouillon/notes.txt": "Le secret.\n",
    "/.secret": "Le secret.\n",
    "/authors.yml": "amoor:\n  name: Claire Durand\n  family: Durand\n  given: Claire\n",
}
CONF = 'archive_contact = "archives@exemple.fr"\nhtml_theme_options["source_repository"] = "https://github.com/nous/archives"\n'


@pytest.fixture(scope="module")
def deposited(tmp_path_factory):
    """The bag, unpacked; what was said before it could be made; its bytes, and those of another."""
    folder = tmp_path_factory.mktemp("deposit")
    docs = write_docs(folder, FILES)
    with (docs / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(CONF)
    bag = folder / "depot.zip"

    def deposit(*more, environment=()):
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sys.stderr", said)
            for name, value in environment:
                patch.setenv(name, value)
            code = main(["deposit", "--docs", str(docs), "--output", str(bag), *more])
        return code, said.getvalue()

    refused = [deposit(), deposit("--base-url", BASE)]
    made = []
    for _ in range(2):
        assert (
            deposit("--base-url", BASE, environment=[("SOURCE_DATE_EPOCH", "1790000000")])[0] == 0
        )
        made.append(bag.read_bytes())
    zipfile.ZipFile(bag).extractall(folder / "ouvert")
    return SimpleNamespace(folder=folder / "ouvert/depot", refused=refused, made=made)


@pytest.fixture(scope="module")
def records(deposited):
    """What the WARC says, by address."""
    with (deposited.folder / "data/site.warc.gz").open("rb") as file:
        return {
            each.rec_headers.get_header("WARC-Target-URI") or "warcinfo": SimpleNamespace(
                kind=each.rec_type,
                told=each.rec_headers,
                code=each.http_headers and each.http_headers.get_statuscode(),
                sent=each.http_headers,
                data=each.content_stream().read(),
            )
            for each in ArchiveIterator(file)
        }


def test_what_a_deposit_needs_is_told(deposited):
    (no_address, no_day) = deposited.refused

    assert no_address[0] == no_day[0] == 1
    assert "écrivez html_baseurl dans conf.py" in no_address[1]
    assert "SOURCE_DATE_EPOCH=$(date +%s)" in no_day[1]


def test_the_bag_is_valid_and_the_same_whatever_was_made_before(deposited):
    bag = bagit.Bag(str(deposited.folder))

    assert bag.is_valid()
    assert bag.version_info == (1, 0)
    told = {
        name: bag.info[name] for name in ("Contact-Email", "External-Identifier", "Bagging-Date")
    }
    assert told == {
        "Contact-Email": "archives@exemple.fr",
        "External-Identifier": BASE,
        "Bagging-Date": "2026-09-21",
    }
    assert bag.info["Source-Organization"] == "Archives de l’innovation publique"
    assert bag.info["External-Description"].startswith(
        "Archives de l’innovation publique, 1 billet :"
    )
    assert deposited.made[0] == deposited.made[1]


def test_the_bag_has_all_but_what_nobody_is_to_see(deposited):
    data = deposited.folder / "data"
    files = [path for path in data.rglob("*") if path.is_file()]

    for name in (
        *("archives.epub", "site.warc.gz", "copie/index.html", "copie/posts/2018/billet.html"),
        *("donnees/billets.json", "donnees/billets.csv", "donnees/billets.schema.json"),
        *("sources/docs/conf.py", "sources/docs/posts/2018/billet.md"),
    ):
        assert (data / name).is_file()
    assert not [path for path in files if "secret" in path.name or "brouillon" in str(path)]
    assert not [path for path in files if b"Le secret" in path.read_bytes()]


def test_the_sources_say_how_they_are_cited(deposited):
    cited = yaml.safe_load((deposited.folder / "data/CITATION.cff").read_text(encoding="utf-8"))

    assert cited["authors"] == [{"family-names": "Durand", "given-names": "Claire"}]
    assert cited["title"] == "Archives de l’innovation publique"
    assert cited["repository-code"] == "https://github.com/nous/archives"
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")


def test_the_warc_has_what_answers_at_each_address(deposited, records):
    post = records[f"{BASE}posts/2018/billet.html"]
    listing, same = records[f"{BASE}tag/ete/"], records[f"{BASE}tag/ete/index.html"]

    assert (
        Checker(
            SimpleNamespace(inputs=[str(deposited.folder / "data/site.warc.gz")], verbose=False)
        ).process_all()
        == 0
    )
    assert (post.kind, post.code) == ("response", "200")
    assert post.sent.get_header("Content-Type") == "text/html; charset=utf-8"
    assert "default-src 'none'" in post.sent.get_header("Content-Security-Policy")
    assert "Du texte." in post.data.decode()
    assert post.told.get_header("WARC-Date") == "2026-09-21T12:00:00Z"
    assert (
        records[f"{BASE}billets.bib"]
        .sent.get_header("Content-Type")
        .startswith("application/x-bibtex")
    )
    assert (same.kind, same.told.get_header("WARC-Refers-To-Target-URI")) == (
        "revisit",
        f"{BASE}tag/ete/",
    )
    assert same.told.get_header("WARC-Payload-Digest") == listing.told.get_header(
        "WARC-Payload-Digest"
    )
    assert any("archive-posts.css?v=" in address for address in records)
    unknown = {
        address
        for address, each in records.items()
        if each.sent and each.sent.get_header("Content-Type") == "application/octet-stream"
    }
    assert unknown == {f"{BASE}objects.inv"}
    assert not [address for address in records if address.startswith(f"{BASE}_redirects")]


@pytest.mark.parametrize("old", ["2018/06/22/billet/", "?p=12", "billet/"])
def test_the_warc_has_old_addresses_as_what_leads_on(records, old):
    record = records[f"{BASE}{old}"]

    assert record.code == "301"
    assert record.sent.get_header("Location") == f"{BASE}posts/2018/billet.html"
