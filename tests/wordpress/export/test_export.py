"""What an export may be, and what is refused: damaged, hostile, or no export at all."""

import pytest

from archivist.errors import ArchiveError
from tests.wordpress.conftest import BLOG, cdata, write_export, write_item, write_meta

_NAMESPACES = [
    (f"{scheme}://wordpress.org/export/{version}/", version)
    for scheme in ("http", "https")
    for version in ("1.0", "1.1", "1.2")
]


def write_bytes(imports, data, name="export.xml"):
    path = imports.folder / name
    path.write_bytes(data)
    return path


def refuse(imports, data):
    """Return why an export of those bytes is refused; nothing may be written."""
    before = imports.files()
    with pytest.raises(ArchiveError) as caught:
        imports.run(files=[write_bytes(imports, data)])
    assert imports.files() == before
    assert [path.name for path in imports.docs.parent.glob(".import-*")] == []
    return str(caught.value).replace(str(imports.folder), "")


@pytest.mark.parametrize(("namespace", "version"), _NAMESPACES)
def test_every_version_is_read(imports, namespace, version):
    text = write_export(write_item(1, "Un"), namespace=namespace, version=version)

    imports.run(files=[write_bytes(imports, text.encode())])

    assert imports.body() == "Un"


def test_a_file_that_says_no_version_is_refused(imports):
    text = write_export(write_item(), version="").encode()

    assert "wp:wxr_version manque" in refuse(imports, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html><body>x</body></html>", "<html> au lieu de <rss>"),
        ("<rss/>", "ce n’est pas un export de WordPress"),
    ],
)
def test_what_is_xml_and_no_export_is_refused(imports, text, said):
    assert said in refuse(imports, text.encode())


@pytest.mark.parametrize("data", [b"", b"  \n", b"# Un billet\n", b"\x89PNG\r\n\x1a\n\x00"])
def test_what_is_no_xml_is_refused_with_its_line(imports, data):
    assert refuse(imports, data).startswith("/export.xml:")


def test_a_truncated_file_is_refused_with_line_and_column(imports):
    text = write_export(write_item(1), write_item(2)).encode()

    for at in (len(text) // 2, len(text) - 20):
        message = refuse(imports, text[:at])
        place, _, said = message.partition(": ")
        assert all(part.isdigit() for part in place.split(":")[1:])
        assert "XML abîmé" in said


def test_a_file_in_another_encoding_is_refused(imports):
    text = write_export(write_item(1, "été")).encode("latin-1")

    assert "XML abîmé" in refuse(imports, text)


def test_a_file_that_names_its_encoding_is_read(imports):
    text = write_export(write_item(1, "été")).replace("UTF-8", "ISO-8859-1", 1)

    imports.run(files=[write_bytes(imports, text.encode("latin-1"))])

    assert imports.body() == "été"


@pytest.mark.parametrize("encoding", ["UTF-7", "UTF-16", "JOHAB", "GB18030", "IBM037"])
def test_an_export_in_an_encoding_of_no_blog_is_refused(imports, encoding):
    text = write_export(write_item(1, "été")).replace("UTF-8", encoding, 1)

    with pytest.raises(ArchiveError, match=f":1: export écrit en « {encoding.lower()} » : conv"):
        imports.run(files=[write_bytes(imports, text.encode())])


def test_a_file_that_is_not_there_is_told(imports):
    with pytest.raises(ArchiveError, match="ne peut pas être lu"):
        imports.run(files=[imports.folder / "absent.xml"])


_BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
_OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_FETCHED = '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'


@pytest.mark.parametrize("dtd", [_BOMB, _OUTSIDE, _FETCHED])
def test_a_dtd_is_refused(imports, dtd):
    text = write_export(write_item(1, "Un")).replace("?>\n", f"?>\n{dtd}\n", 1)
    text = text.replace("<title>Un blog", "<title>&a;" if "ENTITY" in dtd else "<title>Un")

    assert "une DTD" in refuse(imports, text.encode())


def test_an_entity_that_nothing_declares_is_refused(imports):
    text = write_export(write_item(1, "Un")).replace("Un blog", "&bombe;")

    assert "XML abîmé" in refuse(imports, text.encode())


def test_an_export_of_nothing_public_is_refused(imports):
    text = write_export(write_item(1, status="draft"))

    assert "aucun billet ni page publiés" in refuse(imports, text.encode())


def test_control_characters_are_taken_out_and_counted(imports):
    text = write_export(write_item(1, "Un\x02 d\x0beux")).encode()
    line = text[: text.index(b"\x02")].count(b"\n") + 1

    report = imports.run(files=[write_bytes(imports, text)])

    assert imports.body() == "Un deux"
    assert report.controls == {f"export.xml:{line}": 2}
    assert f"export.xml:{line} : 2 caractères" in report.to_html()


def test_blank_lines_before_the_declaration_are_passed_over(imports):
    text = "\ufeff\n\n" + write_export(write_item(1, "Un"))

    imports.run(files=[write_bytes(imports, text.encode())])

    assert imports.body() == "Un"


def test_several_pieces_of_data_are_one_text(imports):
    text = write_export(write_item(1, "MOTS")).replace(
        cdata("MOTS"), "<![CDATA[Un]]>" + cdata(" deux ]]> ") + "trois &amp;eacute; <![CDATA[fin]]>"
    )

    imports.run(files=[write_bytes(imports, text.encode())])

    assert imports.body() == "Un deux ]]> trois é fin"


def test_several_files_are_one_blog(imports):
    first = imports.write(write_item(1, f'<a href="{BLOG}/billet-2/">là</a>'), name="a.xml")
    second = imports.write(write_item(2, "Deux"), write_item(1, "Double"), name="b.xml")

    report = imports.run(files=[first, second])

    assert imports.body() == "[là](billet-2.md)"
    assert report.counts["post", "en double dans les fichiers"] == 1
    assert report.is_conserved


def test_one_damaged_file_of_several_writes_nothing(imports):
    first = imports.write(write_item(1), name="a.xml")
    second = write_bytes(imports, write_export(write_item(2)).encode()[:-30], name="b.xml")
    before = imports.files()

    with pytest.raises(ArchiveError):
        imports.run(files=[first, second])

    assert imports.files() == before


@pytest.mark.parametrize(
    "value", ['a:1:{s:99:"x";b', 'O:8:"stdClass":1:{s:1:"a";R:1;}', "x" * 2_000_000]
)
def test_what_plugins_stored_is_passed_over(imports, value):
    assert imports.convert("Un", raw=write_meta("_extension", value)) == "Un"
    assert "_extension" not in imports.read("posts/2016/billet-1.md")


@pytest.mark.parametrize("value", ["a:1:{", "[", '[{"id": 3}]', '{"a": 1}', "x"])
def test_notes_that_cannot_be_read_crash_nothing(imports, value):
    content = '<p>Un<sup data-fn="aa11" class="fn"><a href="#aa11">1</a></sup></p>'

    assert imports.convert(content, raw=write_meta("footnotes", value)).startswith("Un")


def test_numbers_that_are_none_crash_nothing(imports):
    text = write_export(write_item(1, "Un")).replace("<wp:post_parent>0", "<wp:post_parent>x9")

    imports.run(files=[write_bytes(imports, text.encode())])

    assert imports.body() == "Un"
