"""What became of links is noted as it comes: bounded, resumed, and never by guess."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from archivist.__main__ import main
from archivist.addresses.web import name_address
from archivist.commands import links as command
from archivist.links.asking import Answer
from archivist.links.judging import judge
from archivist.links.ledger import NAME, LinkRecord, read_ledger, write_ledger
from tests.conftest import ROOT
from tests.links.conftest import TODAY, make_web, start_server

LINK = "https://exemple.fr/page"


def day(number):
    return TODAY + dt.timedelta(days=number)


def judge_all(*answers, record=None):
    """Return the states that follow *answers*, each with its day."""
    states, record = [], record or LinkRecord(address=LINK)
    for number, answer in answers:
        told = {"status": answer} if isinstance(answer, int) else {"trouble": answer}
        record = judge(record, Answer(address=LINK, **told), day(number))
        states.append(record.state)
    return states


@pytest.mark.parametrize("answer", [404, 410, "name"])
def test_what_knows_that_it_is_gone_is_dead_at_once(answer):
    assert judge_all((0, answer)) == ["dead"]


@pytest.mark.parametrize("answer", [500, 503, "timeout", "tls", "network", "loop"])
def test_what_may_pass_is_dead_after_three_days_over_two_weeks(answer):
    assert judge_all((0, answer), (1, answer), (2, answer)) == ["unreachable"] * 3
    assert judge_all((0, answer), (14, answer)) == ["unreachable"] * 2
    assert judge_all((0, answer), (0, answer), (14, answer))[-1] == "unreachable"
    assert judge_all((0, answer), (7, answer), (14, answer))[-1] == "dead"
    assert judge_all((0, answer), (7, 200), (14, answer), (15, answer))[-1] == "unreachable"


@pytest.mark.parametrize("answer", [401, 403, 429, 451, 999])
def test_a_server_that_sends_robots_away_tells_nothing(answer):
    assert judge_all(*((number, answer) for number in range(0, 90, 10)))[-1] == "unknown"


def test_what_is_dead_stays_so_until_it_is_seen_again():
    assert judge_all((0, 404), (1, 403), (2, 503), (3, 200)) == ["dead", "dead", "dead", "alive"]


def test_a_copy_stays_whatever_becomes_of_the_link():
    record = LinkRecord(address=LINK, copy="https://a.fr/1", copy_date=day(-1), reason="Vu.")

    for answer in (Answer(address=LINK, status=200), Answer(address=LINK, trouble="tls")):
        after = judge(record, answer, TODAY)
        assert (after.copy, after.copy_date, after.reason) == (record.copy, day(-1), "Vu.")


# -- A run ----------------------------------------------------------------------------------------


def test_a_run_notes_what_became_of_each_link(run_links, server):
    ledger = run_links(
        *("here", "absent", "gone", "moved", "aside", "slash", "forbidden"),
        *("broken", "slow", "loop", "busy", "tired"),
    )

    states = {path: (each.state, each.status, each.trouble) for path, each in ledger.items()}
    assert states == {
        "here": ("alive", 200, ""),
        "absent": ("dead", 404, ""),
        "gone": ("dead", 410, ""),
        "moved": ("moved", 200, ""),
        "aside": ("alive", 200, ""),
        "slash": ("alive", 200, ""),
        "forbidden": ("unknown", 403, ""),
        "broken": ("unreachable", 500, ""),
        "slow": ("unreachable", 0, "timeout"),
        "loop": ("unreachable", 0, "loop"),
        "busy": ("alive", 200, ""),
    }
    assert ledger["moved"].moved_to == f"{server.url}/here/nouveau"
    assert {each.checked for each in ledger.values()} == {TODAY}
    assert ledger["here"].seen == TODAY
    assert ledger["absent"].seen is None


def test_what_was_asked_for_lately_is_left_but_what_failed(run_links, server, tmp_path):
    def list_asked():
        asked = {path for _, _, path in server.asked if not path.startswith("/gate/")}
        server.asked.clear()
        return asked

    run_links("here", "broken")
    list_asked()

    run_links(docs=tmp_path / "docs", today=day(1))
    assert list_asked() == {"/broken"}
    run_links(docs=tmp_path / "docs", today=day(1), asks_all=True)
    assert list_asked() == {"/here"}
    run_links(docs=tmp_path / "docs", today=day(31))
    assert list_asked() == {"/here", "/broken"}


def test_a_link_left_alone_is_not_asked_for_and_one_that_is_gone_is_forgotten(
    run_links, server, make_docs, make_post
):
    address = f"{server.url}/absent"
    kept = LinkRecord(address=address, ignore=True, reason="Réservé aux agents.")
    docs = make_docs({"2018/billet.md": make_post(body=f"[là]({address})")})
    write_ledger(docs, [kept, LinkRecord(address=LINK, state="alive")])

    ledger = run_links(docs=docs)

    assert ledger == {"absent": kept}
    assert server.asked == []


def test_a_machine_that_is_cut_off_notes_nothing(hosts, make_docs, make_post, monkeypatch, capsys):
    monkeypatch.setattr(command, "Web", make_web)
    docs = make_docs(
        {"2018/billet.md": make_post(body="[un](http://a.test/) [deux](http://b.test/)")}
    )

    assert main(["links", "--docs", str(docs), "--report", str(docs.parent / "r")]) == 1

    assert "aucun site n’a répondu" in capsys.readouterr().err
    assert read_ledger(docs) == ({}, [])


def test_links_that_are_all_gone_are_noted_where_the_service_answers(
    run_links, make_docs, make_post
):
    docs = make_docs({"2018/billet.md": make_post(body="[un](http://a.test/)")})

    ledger = run_links(docs=docs)

    assert (ledger["http://a.test/"].state, ledger["http://a.test/"].trouble) == ("dead", "name")


# -- Copies ---------------------------------------------------------------------------------------


def test_a_dead_link_has_the_copy_nearest_to_the_post(run_links, server):
    ledger = run_links("gone", "absent", "here")

    service = f"http://service.exemple.test:{server.server_port}"
    assert ledger["gone"].copy == f"{service}/copy/{server.url}/gone"
    assert ledger["gone"].copy_date == dt.date(2017, 11, 3)
    assert (ledger["absent"].copy, ledger["absent"].copy_asked) == ("", TODAY)
    assert (ledger["here"].copy, ledger["here"].copy_asked) == ("", None)
    # The day of the post.
    assert server.days == ["Fri, 22 Jun 2018 12:00:00 GMT"] * 2


def test_copies_of_all_links_are_asked_for_on_demand_and_once(run_links, server, tmp_path):
    run_links("here", "gone", copies_all=True)
    assert len(server.days) == 2
    run_links(docs=tmp_path / "docs", copies_all=True)
    assert len(server.days) == 2


def test_a_copy_of_an_error_page_is_none(run_links):
    ledger = run_links("absent-gateless")

    assert ledger["absent-gateless"].copy == ""


def test_a_service_that_fails_is_asked_again_another_time(run_links, server, tmp_path):
    ledger = run_links("absent-failing")
    assert (ledger["absent-failing"].state, ledger["absent-failing"].copy_asked) == ("dead", None)
    server.days.clear()
    run_links(docs=tmp_path / "docs")
    assert len(server.days) == 1


def test_a_copy_chosen_by_hand_is_kept(run_links, server, tmp_path):
    run_links("gone")
    ledger, _ = read_ledger(tmp_path / "docs")
    own = replace(*ledger.values(), copy="https://archive.exemple.fr/1", copy_date=day(-900))
    write_ledger(tmp_path / "docs", [own])
    server.days.clear()

    after = run_links(docs=tmp_path / "docs", today=day(60), asks_all=True)

    assert (after["gone"].copy, server.days) == (own.copy, [])


# -- Killed in the middle -------------------------------------------------------------------------

RUN = """
import signal
# A shell gives what it starts in the background a deaf ear to it.
signal.signal(signal.SIGINT, signal.default_int_handler)
import sys
from pathlib import Path
import socket
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **options: resolve("127.0.0.1", *rest, **options)
from archivist.commands import links as command
from archivist.links.asking import Politeness
from archivist.__main__ import main
from tests.links.conftest import make_web
command.Web = lambda: make_web(Politeness(interval=0))
sys.exit(main(["links", "--docs", sys.argv[1], "--report", sys.argv[1] + "-report"]))
"""


def run_apart(docs):
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(docs)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_killed_goes_on_where_it_was(make_docs, make_post, kill):
    server = start_server()
    paths = [f"/counted/{number}" for number in range(80)]
    body = "\n".join(f"[x]({server.url}{path})" for path in paths)
    docs = make_docs({"2018/billet.md": make_post(body=body)})
    process = run_apart(docs)
    while len(server.asked) < 15:
        time.sleep(0.01)
    process.send_signal(kill)
    process.wait(10)
    first = len(server.asked)
    known, problems = read_ledger(docs)

    again = run_apart(docs)

    assert again.wait(30) == 0
    assert problems == []
    assert process.returncode != 0
    # A few may have been asked for and not noted.
    assert first - 6 <= len(known) <= first < len(paths)
    times = Counter(path for _, _, path in server.asked)
    assert times.keys() == set(paths)
    # What is noted is not asked for again.
    assert {times[urlsplit(address).path] for address in known} == {1}
    assert len(read_ledger(docs)[0]) == len(paths)
    server.shutdown()
    server.server_close()


# -- What is told ---------------------------------------------------------------------------------


def test_the_command_tells_each_link_with_its_place_and_writes_a_page(
    server, make_docs, make_post, monkeypatch, capsys
):
    monkeypatch.setattr(command, "Web", make_web)
    body = "\n".join(f"[x]({server.url}/{path})" for path in ("here", "gone", "absent", "moved"))
    docs = make_docs({"2018/billet.md": make_post(body=body)})
    monkeypatch.chdir(docs.parent)
    service = f"http://service.exemple.test:{server.server_port}/gate/"

    assert main(["links", "--timegate", service]) == 0

    lines = capsys.readouterr().out.splitlines()
    place = "docs/posts/2018/billet.md:"
    copy = f"copie de 2017 : {service.replace('gate', 'copy')}{server.url}/gone"
    assert f"{place}10: lien mort {server.url}/gone (réponse 410), {copy}" in lines
    assert f"{place}11: lien mort {server.url}/absent (réponse 404)" in lines
    assert (
        f"{place}12: lien déplacé {server.url}/moved, maintenant {server.url}/here/nouveau" in lines
    )
    assert "  2 morts" in lines
    assert "  1 vivant" in lines
    assert lines[0] == "4 adresses d’autres sites, 4 vérifiées cette fois"
    page = (docs.parent / "build/links/rapport.html").read_text(encoding="utf-8")
    assert f"{place}10" in page
    assert f'<a href="{server.url}/gone"' in page


def test_a_wrong_ledger_is_told_and_left_as_it_is(server, make_docs, monkeypatch, capsys):
    monkeypatch.setattr(command, "Web", make_web)
    docs = make_docs({f"/{NAME}": f"{LINK}:\n  stat: dead\n"})

    assert main(["links", "--docs", str(docs)]) == 1

    assert f"docs/{NAME}:2: " in capsys.readouterr().err
    assert (docs / NAME).read_text(encoding="utf-8") == f"{LINK}:\n  stat: dead\n"


def test_the_name_of_a_link_is_that_of_the_tests(server):
    assert name_address(f"{server.url}/here#x") == f"{server.url}/here"
