"""The ledger is read strictly and comes back as it was written; a mistake is told with its line."""

import datetime as dt
import unicodedata

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.__main__ import main
from archivist.addresses.web import is_same_place, name_address
from archivist.links.finding import find_links
from archivist.links.ledger import (
    NAME,
    STATES,
    TROUBLES,
    LinkRecord,
    read_ledger,
    spell_ledger,
    write_ledger,
)
from archivist.posts.archive import read_archive

PATHS = st.text(st.characters(codec="utf-8", exclude_characters="#"), max_size=30)
ADDRESSES = st.builds(
    lambda scheme, host, path: name_address(f"{scheme}://{host}/{path}"),
    st.sampled_from(["http", "https"]),
    st.sampled_from(["exemple.fr", "www.été.fr", "a.b:8080", "[2606:4700::1111]"]),
    PATHS | st.just("x" * 1200) | st.just("a: b, [c] {d} 'e' & *f !g %h @i `j`:"),
).filter(bool)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2099, 1, 1))
REASONS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])).map(
    lambda text: unicodedata.normalize("NFC", " ".join(text.split()))
)
COPIES = st.tuples(ADDRESSES, DAYS) | st.just(("", None))


@st.composite
def records(draw):
    state = draw(st.sampled_from([*sorted(STATES), ""]))
    copy, copy_date = draw(COPIES)
    reason = draw(REASONS)
    return LinkRecord(
        address=draw(ADDRESSES),
        state=state,
        status=draw(st.just(0) | st.integers(100, 999)),
        trouble=draw(st.sampled_from([*TROUBLES, ""])),
        moved_to=draw(ADDRESSES) if state == "moved" else "",
        checked=draw(DAYS | st.none()),
        seen=draw(DAYS | st.none()),
        failures=tuple(draw(st.lists(DAYS, max_size=3))),
        copy=copy,
        copy_date=copy_date,
        copy_asked=draw(DAYS | st.none()),
        ignore=bool(reason) and draw(st.booleans()),
        reason=reason,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("docs")


@settings(max_examples=40)
@given(found=st.lists(records(), max_size=5, unique_by=lambda each: each.address))
def test_what_is_written_is_read_back(folder, found):
    write_ledger(folder, found)

    ledger, problems = read_ledger(folder)

    told = [each for each in found if each != LinkRecord(address=each.address)]
    assert [str(each) for each in problems] == []
    assert ledger == {each.address: each for each in told}


@settings(max_examples=40)
@given(found=st.lists(records(), max_size=4, unique_by=lambda each: each.address))
def test_the_order_of_what_is_known_changes_nothing(found):
    assert spell_ledger(found) == spell_ledger(found[::-1])


@given(
    text=st.text(max_size=60) | st.sampled_from(["http://[", "http://a@b.fr", "http://10.0.0.1/"])
)
def test_an_address_has_one_name(text):
    for address in (text, f"https://exemple.fr/{text}"):
        name = name_address(address)
        assert name_address(name) == name


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("http://exemple.fr/a", "https://www.exemple.fr/a/", True),
        ("http://exemple.fr/a", "https://exemple.fr/b", False),
        ("http://exemple.fr/", "https://exemple.fr", True),
    ],
)
def test_https_and_www_are_no_other_place(one, other, expected):
    assert is_same_place(one, other) is expected


LINK = "https://exemple.fr/page"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (f"{LINK}:\n  stat: dead", 2, "clé inconnue « stat » : vouliez-vous dire « state » ?"),
        (f"{LINK}:\n  state: mort", 2, "« state: mort » : "),
        (f"{LINK}:\n  state: ded", 2, "vouliez-vous dire « dead » ?"),
        (f"{LINK}:\n  status: 4040", 2, "écrivez trois chiffres, comme 404."),
        (f"{LINK}:\n  state: dead\n  checked: 2026-02-30", 3, "un jour qui existe, AAAA-MM-JJ"),
        (f"{LINK}:\n  checked: hier", 2, "un jour qui existe, AAAA-MM-JJ"),
        (f"{LINK}:\n  failures: 2026-01-01", 2, "attend une liste de jours"),
        (f"{LINK}:\n  failures: [2026-13-01]", 2, "un jour qui existe"),
        (f"{LINK}:\n  ignore: peut-être\n  reason: Oui.", 2, "écrivez true (oui) ou false (non)"),
        (f"{LINK}:\n  ignore: true", 2, "ajoutez « reason: … » dessous."),
        (f"{LINK}:\n  copy: https://archive.fr/1", 2, "ajoutez « copy_date: 2017-11-03 »."),
        (f"{LINK}:\n  copy_date: 2017-11-03", 2, "ajoutez « copy: https://… »."),
        (f"{LINK}:\n  copy: javascript:x\n  copy_date: 2017-11-03", 2, "commence par https://."),
        (
            f"{LINK}:\n  copy: http://10.0.0.1/\n  copy_date: 2017-11-03",
            2,
            "commence par https://.",
        ),
        (f"{LINK}:\n  state: moved", 1, "ajoutez-le."),
        (f"{LINK}:\n  state:", 2, "« state » est vide"),
        (f"{LINK}:", 1, "attend des lignes en retrait parmi : "),
        (f"{LINK}: mort", 1, "attend des lignes en retrait parmi : "),
        (f"{LINK}#partie:\n  state: dead", 1, f"écrivez « {LINK} »."),
        ("page:\n  state: dead", 1, "écrivez https://exemple.fr/…"),
        (f"{LINK}:\n  state: dead\n{LINK}:\n  state: alive", 3, "est déjà donnée ligne 1"),
        (f"{LINK}:\n  reason: &a x", 2, "ajoutez des guillemets"),
        (f"{LINK}:\n  reason: [", 2, "registre des liens illisible"),
        ("- un", 1, "registre des liens illisible"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_write(make_docs, text, line, said, capsys):
    docs = make_docs({f"/{NAME}": text})

    assert main(["check", str(docs)]) == 1

    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"docs/{NAME}:{line}: ")
    assert said in told[0]


def test_a_build_tells_the_mistakes_of_the_ledger(make_docs, tmp_path, capsys):
    docs = make_docs({f"/{NAME}": f"{LINK}:\n  stat: dead\n"})

    assert main(["build", "--docs", str(docs), "--output", str(tmp_path / "html")]) == 1
    assert f"docs/{NAME}:2: clé inconnue « stat »" in capsys.readouterr().err


def test_the_ledger_is_yaml_to_others_too(folder):
    record = LinkRecord(address="https://exemple.fr/a,b?c=d", state="dead", reason="« À » : #1")
    write_ledger(folder, [record])

    read = yaml.safe_load((folder / NAME).read_text(encoding="utf-8"))

    assert read == {record.address: {"state": "dead", "reason": record.reason}}


# -- Which links there are ------------------------------------------------------------------------


def test_all_links_are_found_with_their_places_and_the_oldest_day(make_docs, make_post):
    body = "\n\n".join(
        [
            "[un](https://a.fr/un#partie) et\n[deux](https://a.fr/été)",
            "<https://a.fr/trois>",
            "[là](../2018/autre.md) [moi](mailto:moi@a.fr)",
            '<table>\n<tr><td><a href="https://a.fr/quatre?a=1&amp;b=2">4</a></td></tr>\n</table>',
            "```{figure} billet/photo.png\n:alt: Une\n:target: https://a.fr/cinq\n```",
        ]
    )
    comments = (
        "- author: Claire\n  date: 2018-01-02\n  text: |-\n    Voir\n    <https://a.fr/huit>.\n"
    )
    docs = make_docs(
        {
            "2017/billet.md": make_post(
                date="2017-06-01",
                body=body,
                source="http://a.fr/six",
                external_link="http://a.fr/sept",
            ),
            "2017/billet.comments.yml": comments,
            "2018/autre.md": make_post(date="2018-06-01", body="[un](https://a.fr/un)"),
            "/page.md": "# Page\n\n[dix](https://a.fr/dix)\n",
        }
    )

    links = find_links(read_archive(docs))

    found = {name.partition("a.fr/")[2]: each for name, each in links.items() if "//a.fr" in name}
    assert {name: [str(mention) for mention in each.mentions] for name, each in found.items()} == {
        "un": ["docs/posts/2017/billet.md:11", "docs/posts/2018/autre.md:9"],
        "%C3%A9t%C3%A9": ["docs/posts/2017/billet.md:12"],
        "trois": ["docs/posts/2017/billet.md:14"],
        "quatre?a=1&b=2": ["docs/posts/2017/billet.md:19"],
        "cinq": ["docs/posts/2017/billet.md:24"],
        "six": ["docs/posts/2017/billet.md:5"],
        "sept": ["docs/posts/2017/billet.md:6"],
        "huit": ["docs/posts/2017/billet.comments.yml:5"],
        "dix": ["docs/page.md:3"],
    }
    assert found["un"].day == dt.date(2017, 6, 1)
    assert found["huit"].day == dt.date(2018, 1, 2)
    assert found["dix"].day is None
