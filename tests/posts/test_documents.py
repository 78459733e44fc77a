import io
import zipfile
import zlib

import pytest

from archivist.posts.documents import find_people, find_place

OTHER = "ce fichier n’est pas ce que dit son nom : enregistrez-le à nouveau."
NO_TEXT = "ce fichier n’est pas du texte : enregistrez-le en UTF-8."
CORE = "<dc:creator>Jeanne &amp; Léa</dc:creator><cp:lastModifiedBy>Paul</cp:lastModifiedBy>"
META = "<meta:initial-creator>Jeanne</meta:initial-creator><dc:creator>Paul</dc:creator>"


def pack(members):
    """Return a ZIP archive of *members*, by name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, kind)
    return file.getvalue()


def office(folder, **members):
    types = {"[Content_Types].xml": "<Types/>", f"{folder}/document.xml": "<w/>"}
    return pack(types | {f"docProps/{name}.xml": text for name, text in members.items()})


def open_document(kind, meta=""):
    kind = f"application/vnd.oasis.opendocument.{kind}"
    return pack({"mimetype": kind, "meta.xml": meta})


DOCUMENTS = {
    "a.pdf": b"%PDF-1.7\n",
    "b.pdf": b"\xef\xbb\xbf\r\n%PDF-1.4",
    "a.docx": office("word"),
    "a.pptx": office("ppt"),
    "a.xlsx": office("xl"),
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
    "a.odp": open_document("presentation"),
    "a.epub": pack({"mimetype": "application/epub+zip"}),
    "a.mp4": b"\0\0\0\x18ftypmp42",
    "a.mp3": b"\xff\xfb\x90\x64",
    "b.mp3": b"ID3\3\0",
    "a.ogg": b"OggS\0",
    "a.webm": b"\x1aE\xdf\xa3\1",
    "a.csv": "nom;ville\nLéa;Angers\n".encode("cp1252"),
    "a.txt": "\ufeff<nom> : Léa\f\n".encode(),
    "b.txt": b"",
}


@pytest.fixture
def check_documents(check, make_post):
    """Return a function from documents beside a post to what is wrong with them."""

    def run(documents):
        files = {f"2018/billet/{name}": data for name, data in documents.items()}
        problems = check({"2018/billet.md": make_post(), **files})
        return [problem.removeprefix("docs/posts/2018/billet/") for problem in problems]

    return run


def test_documents_that_are_what_their_name_says_pass(check_documents):
    assert check_documents(DOCUMENTS) == []


PAGE = b"<html><script>x()</script>"


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        b"<!DOCTYPE html>",
        b"\0\f \t\r\n" + PAGE,
        b" " * 600 + PAGE,
        b"\xef\xbb\xbf<sVg onload='x()'>",
        "\ufeff\f<script>".encode("utf-16-le"),
        "\ufeff<html>".encode("utf-16-be"),
        b'<?xml version="1.0"?><html/>',
        b"<!-- x --><body>",
    ],
)
def test_a_page_under_the_name_of_a_document_is_told(check_documents, page):
    names = [
        "a.pdf",
        "a.docx",
        "a.odt",
        "a.epub",
        "a.mp3",
        "a.mp4",
        "a.ogg",
        "a.webm",
        "a.csv",
        "a.txt",
    ]

    assert sorted(check_documents(dict.fromkeys(names, page))) == sorted(
        f"{name}:1: {OTHER}" for name in names
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", DOCUMENTS["a.xlsx"]),
        ("a.docx", DOCUMENTS["a.odt"]),
        ("a.odt", DOCUMENTS["a.docx"]),
        ("a.ods", DOCUMENTS["a.odt"]),
        ("a.xlsx", b"PK\3\4" + PAGE),
        ("a.epub", DOCUMENTS["a.odt"]),
        ("a.pdf", DOCUMENTS["a.docx"]),
        ("a.pdf", b"<html>%PDF-1.4"),
        ("a.mp4", DOCUMENTS["a.pdf"]),
    ],
)
def test_a_document_of_another_kind_than_its_name_is_told(check_documents, name, data):
    assert check_documents({name: data}) == [f"{name}:1: {OTHER}"]


@pytest.mark.parametrize("data", [b"a\0b", "Léa".encode("utf-16"), b"\x89PNG\r\n\x1a\n\0\0"])
def test_a_text_that_is_none_is_told(check_documents, data):
    assert check_documents({"a.txt": data}) == [f"a.txt:1: {NO_TEXT}"]


@pytest.mark.parametrize(
    ("ending", "data", "names"),
    [
        (".docx", office("word", core=CORE), ["Jeanne & Léa", "Paul"]),
        (".docx", office("word", app="<Company>CD 49</Company>"), ["CD 49"]),
        (".odt", open_document("text", meta=META), ["Jeanne", "Paul"]),
        (".pdf", rb"%PDF-1.4 <</Author (L\351a \(CD 49\))>>", ["Léa (CD 49)"]),
        (".pdf", b"%PDF-1.4 <</Author<FEFF004C00E90061>>>", ["Léa"]),
        (
            ".pdf",
            b"%PDF-1.5 <</Type/ObjStm/N 1>>stream\r\n" + zlib.compress(b"<</Author(Paul)>>"),
            ["Paul"],
        ),
        (".pdf", b"%PDF-1.4 <dc:creator><rdf:li>Paul</rdf:li></dc:creator>", [" Paul "]),
        (".pdf", b"%PDF-1.4 /Author () /Author", []),
        (".epub", pack({"mimetype": "application/epub+zip", "meta.xml": META}), []),
        (".docx", b"PK\3\4" + bytes(26) + b"docProps/core.xml\x4b\x4c", []),
    ],
)
def test_whom_a_document_names_is_found(ending, data, names):
    assert find_people(data, ending) == names


def test_where_a_film_was_made_is_found():
    assert find_place(b"....\xa9xyz\0\x12\x15\xc7+47.4678-000.5500/") == (47.4678, -0.55)
    assert find_place(DOCUMENTS["a.mp4"]) is None


@pytest.mark.parametrize(
    ("ending", "piece"),
    [
        (".pdf", b"/Author ("),
        (".pdf", b"/ObjStm stream\n"),
        (".pdf", b"<dc:creator>"),
        (".docx", b"PK\3\4" + bytes(26) + b"docProps/core.xml"),
        (".odt", b"PK\3\4" + bytes(26) + b"mimetype"),
    ],
)
def test_a_document_of_one_thing_over_and_over_takes_no_time(ending, piece):
    find_people(piece * (20_000_000 // len(piece)), ending)
