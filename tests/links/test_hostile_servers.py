"""Whatever other servers do, a run ends soon, stays small, notes what it learns, asks the next."""

import datetime as dt
import re
import time
from dataclasses import replace

import pytest

from archivist.__main__ import main
from archivist.commands import links as command
from archivist.errors import ArchiveError
from archivist.links import asking
from archivist.links.answers import Answer, lead_on
from archivist.links.ledger import LinkRecord, is_readable, read_ledger, write_ledger
from archivist.links.memento import find_copy
from tests.conftest import write_docs, write_post
from tests.links.conftest import TODAY, make_web
from tests.links.laboratory import HARM, MOST_MEMORY, Laboratory, run_apart


@pytest.fixture(scope="module")
def laboratory():
    laboratory = Laboratory()
    yield laboratory
    laboratory.close()


# -- Links ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visit(laboratory, tmp_path_factory):
    """See to a link to each of them: its code, what it said, its memory, its time, its docs/."""
    folder = tmp_path_factory.mktemp("links")
    links = "\n".join(f"[x]({laboratory.name_address(name)})" for name in laboratory.ports)
    docs = write_docs(folder, {"2018/billet.md": write_post(body=links)})
    for page in docs.glob("*.md"):
        page.write_text("# Une page\n", encoding="utf-8")
    write_ledger(docs, [seen_before(laboratory, name) for name in laboratory.ports])
    laboratory.asked.clear()
    began = time.monotonic()
    said = run_apart("links", "--timegate", laboratory.name_address("tls-none"), cwd=folder)
    return (*said, time.monotonic() - began, docs)


def seen_before(laboratory, name):
    """Return what an earlier run noted of a server."""
    day = TODAY - dt.timedelta(days=90)
    return LinkRecord(
        address=laboratory.name_address(name),
        state="alive",
        status=200,
        checked=day,
        seen=day,
        copy="https://archive.exemple.fr/1",
        copy_date=day,
    )


def test_there_are_enough_hostile_servers():
    assert len(HARM) >= 12


def test_a_run_asks_every_server_and_ends_soon(visit, laboratory):
    code, said, _, seconds, _ = visit

    # One led to an address that the ledger may not hold: it is told with its place.
    place = r"docs/posts/2018/billet.md:\d+: rien de noté sur http://location-ipv6\S+ : réponse"
    assert (code, len(re.findall(place, said)), "Traceback" in said) == (1, 1, False), said
    assert laboratory.asked >= laboratory.ports.keys()
    assert seconds < 60


def test_a_run_stays_small(visit):
    assert visit[2] < MOST_MEMORY


def test_the_ledger_reads_and_keeps_what_was_known(visit, laboratory):
    ledger, problems = read_ledger(visit[4])

    assert problems == []
    assert {each.copy for each in ledger.values()} == {"https://archive.exemple.fr/1"}
    names = {laboratory.name_address(name): name for name in laboratory.ports}
    assert {names[address] for address in ledger} == laboratory.ports.keys()
    good = ledger[laboratory.name_address("good")]
    assert (good.state, good.seen == good.checked) == ("alive", True)


def test_each_server_is_told_for_what_it_is(visit, laboratory):
    ledger, _ = read_ledger(visit[4])
    told = {
        name: ledger[laboratory.name_address(name)].trouble
        or ledger[laboratory.name_address(name)].status
        for name in laboratory.ports
    }

    assert told == {
        **dict.fromkeys(HARM, 200),
        "good": 200,
        "endless-error": 500,
        **dict.fromkeys(("endless-headers", "endless-header", "large-headers"), "answer"),
        **dict.fromkeys(
            ("endless-status", "endless-hints", "status-of-letters", "no-http"), "answer"
        ),
        **dict.fromkeys(("endless-redirect", "bomb-in-redirect", "bomb-in-bomb"), "loop"),
        **dict.fromkeys(
            ("silent", "drip-headers", "drip-header", "tls-silent", "tls-drip"), "timeout"
        ),
        "slow-redirects": "timeout",
        **dict.fromkeys(("location-latin-1", "location-signs", "location-itself"), "loop"),
        **dict.fromkeys(("location-bracket", "location-port", "location-long"), "address"),
        **dict.fromkeys(("location-scheme", "location-file"), "address"),
        **dict.fromkeys(("location-idn", "location-label", "nothing"), "network"),
        **dict.fromkeys(("year-of-20-digits", "wait-before-now"), 503),
        "two-lengths": "answer",
        "tls-none": "tls",
        "status-999": 999,
        "headers-of-bytes": 404,
        "location-empty": 301,
    }


def test_a_move_to_an_address_with_a_password_is_noted_without(visit, laboratory):
    ledger, _ = read_ledger(visit[4])
    moved = ledger[laboratory.name_address("location-user")]

    assert (moved.state, moved.moved_to) == ("moved", laboratory.name_address("good", "/here"))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"Memento-Datetime": "Fri, 03 Nov 2017 10:00:00 GMT"}, "https://copies.fr/1"),
        ({"Content-Location": "/2"}, None),
        ({"Memento-Datetime": "9" * 20}, "told"),
        ({"Memento-Datetime": f"Fri, 03 Nov {'9' * 20} 10:00:00 GMT"}, "told"),
        ({"Memento-Datetime": f"Fri, 03 Nov 2017 {'9' * 20}:00:00 GMT"}, "told"),
        ({"Memento-Datetime": "Fri, 03 Nov 2017 10:00:00 +" + "9" * 20}, "told"),
        ({"Memento-Datetime": "Fri, 31 Dec 9999 23:59:59 -1200"}, "told"),
        ({"Memento-Datetime": "Fri, 03 Nov 1617 10:00:00 GMT"}, "told"),
        ({"Memento-Datetime": "\xff"}, "told"),
        *(
            ({"Memento-Datetime": "Fri, 03 Nov 2017 10:00:00 GMT", "Content-Location": place}, told)
            for place, told in (
                ("/2", "https://copies.fr/2"),
                ("http://u:p@copies.fr/2", "http://copies.fr/2"),
                ("http://[x", "told"),
                ("javascript:alert(1)", "told"),
                ("http://169.254.169.254/", "told"),
                ("/" + "x" * 50_000, "told"),
            )
        ),
    ],
)
def test_an_archive_service_is_believed_where_it_makes_sense(headers, expected):
    class Service:
        def ask(self, *_):
            return Answer(address="https://copies.fr/1", status=200, headers=headers)

    def find():
        return find_copy(Service(), "https://copies.fr/", "https://exemple.fr/", None, TODAY)

    if expected == "told":
        with pytest.raises(ArchiveError):
            find()
    else:
        assert find() == (expected and (expected, dt.date(2017, 11, 3)))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/a?b#c", "https://exemple.fr/a?b"),
        ("//autre.fr/", "https://autre.fr/"),
        ("https://service-public.fr@autre.fr/", "https://autre.fr/"),
        ("/caf\xc3\xa9", "https://exemple.fr/caf%C3%A9"),
        ("/caf\xe9", "https://exemple.fr/caf%E9"),
        ("/a\r\n b\x01", "https://exemple.fr/a%20b%01"),
        ("http://[x/", ""),
        ("http://\xe2\x84\x80.fr/", ""),
        ("/" + "x" * 10_000, ""),
    ],
)
def test_a_redirection_leads_where_a_browser_would_go(location, expected):
    assert lead_on("https://exemple.fr/ici", location) == expected


def test_what_surprises_at_one_server_is_told_and_the_others_are_asked(
    server, monkeypatch, make_docs, make_post, capsys
):
    ask = asking.ask_server

    def stumble(session, method, address, *rest):
        if address.endswith("/gone"):
            raise RecursionError
        return ask(session, method, address, *rest)

    monkeypatch.setattr(asking, "ask_server", stumble)

    monkeypatch.setattr(command, "Web", make_web)
    body = "\n".join(f"[x]({server.url}/{path})" for path in ("gone", "here"))
    docs = make_docs({"2018/billet.md": make_post(body=body)})

    assert main(["links", "--docs", str(docs), "--report", str(docs.parent / "r")]) == 1

    told = f"docs/posts/2018/billet.md:9: rien de noté sur {server.url}/gone : erreur inattendue"
    assert f"{told} RecursionError" in capsys.readouterr().err
    ledger, problems = read_ledger(docs)
    assert ([*ledger], problems) == ([f"{server.url}/here"], [])


def test_what_the_ledger_could_not_read_back_is_not_written():
    sound = LinkRecord(address="https://exemple.fr/", state="moved", moved_to="https://autre.fr/")

    assert is_readable(sound)
    for moved_to in ("http://u:p@autre.fr/", "http://10.0.0.1/", "javascript:x", "/a"):
        assert not is_readable(replace(sound, moved_to=moved_to))
    assert not is_readable(replace(sound, status=20))
