"""What is at an address is asked for politely, briefly, and never of a private machine."""

import socket
import ssl
import threading
import time
from dataclasses import replace

import pytest
import trustme
import urllib3

from archivist.links.asking import LATER, Politeness, Web, read_retry_after
from archivist.links.connection import is_public
from tests.links.conftest import HASTY, make_web


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("here", (200, "")),
        ("absent", (404, "")),
        ("gone", (410, "")),
        ("getonly", (200, "")),
        ("forbidden", (403, "")),
        ("broken", (500, "")),
        ("slow", (0, "timeout")),
        ("loop", (0, "loop")),
        ("long", (0, "loop")),
        ("file", (0, "address")),
        ("busy", (200, "")),
        ("tired", (0, LATER)),
    ],
)
def test_each_answer_is_told_by_its_name(look, path, expected):
    answer = look(path)

    assert (answer.status, answer.trouble) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("moved", ("here/nouveau", True)),
        ("aside", ("here/ailleurs", False)),
        ("here", ("here", False)),
    ],
)
def test_a_redirection_says_where_it_leads_and_whether_for_good(look, server, path, expected):
    answer = look(path)

    assert (answer.address.removeprefix(f"{server.url}/"), answer.is_permanent) == expected
    assert answer.status == 200


def test_what_is_there_is_not_asked_for_twice_and_what_is_not_is_asked_for_whole(look, server):
    look("here")
    look("gone")

    assert [(method, path) for method, _, path in server.asked] == [
        ("HEAD", "/here"),
        ("HEAD", "/gone"),
        ("GET", "/gone"),
    ]


def test_a_server_that_asks_to_wait_is_asked_again_when_it_said(look, server):
    look("busy")

    assert len(server.moments) == 2
    assert server.moments[1] - server.moments[0] >= 1


def test_a_server_that_asks_to_wait_for_long_is_asked_nothing_more(server):
    web = make_web()

    answers = [web.look_at(f"{server.url}/{path}").trouble for path in ("tired", "here")]

    assert answers == [LATER, LATER]
    assert len(server.asked) == 1


def test_a_server_that_never_answers_is_left_alone_in_the_end(server):
    web = make_web(replace(HASTY, timeout=0.2, patience=0.5))

    troubles = [web.look_at(f"{server.url}/slow/{number}").trouble for number in range(3)]

    assert troubles == ["timeout", LATER, LATER]
    assert web.look_at(f"{server.url.replace('site', 'autre')}/here").status == 200


def test_a_huge_body_is_left_where_it_is(look, server):
    assert look("huge").status == 200
    assert server.was_cut.wait(5)
    assert server.sent < 20_000_000


def test_an_answer_that_never_ends_is_cut(look, server):
    began = time.monotonic()

    look("drip")

    assert server.was_cut.wait(2)
    assert time.monotonic() - began < 8


def test_two_requests_to_a_host_are_apart_whoever_makes_them(server):
    web = make_web(Politeness(interval=0.2))
    threads = [
        threading.Thread(target=web.look_at, args=(f"{server.url}/here/{number}",))
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert max(server.moments) - min(server.moments) >= 0.55


def test_a_name_that_nobody_has_is_told_from_one_that_does_not_answer(hosts):
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()

    assert make_web().look_at("http://disparu.test/").trouble == "name"
    assert make_web().look_at(f"http://ferme.exemple.test:{port}/").trouble == "network"


def test_the_agent_names_the_project_and_no_machine(look, server):
    look("here")

    (agent,) = server.agents
    assert agent.startswith("ArchivesInnovationPublique/")
    assert socket.gethostname() not in agent


def test_no_password_of_this_machine_leaves_it(look, server, monkeypatch, tmp_path):
    rules = tmp_path / "netrc"
    rules.write_text("machine site.exemple.test login moi password secret\n")
    monkeypatch.setenv("NETRC", str(rules))
    seen = []
    monkeypatch.setattr(
        server.RequestHandlerClass,
        "answer_here",
        lambda self: seen.append(self.headers["Authorization"]) or self.send(),
    )

    look("here")

    assert seen == [None]


# -- TLS ------------------------------------------------------------------------------------------


@pytest.fixture
def secure(server):
    """Return the address of the same sites over TLS, and the file of who certifies them."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("site.exemple.test").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with authority.cert_pem.tempfile() as path:
        yield server.url.replace("http:", "https:"), path


def test_a_certificate_that_nobody_vouches_for_is_told_from_a_cut(secure):
    url, authority = secure

    assert make_web(authorities=authority).look_at(f"{url}/here").status == 200
    assert make_web().look_at(f"{url}/here").trouble == "tls"
    other = url.replace("site.", "autre.")
    assert make_web(authorities=authority).look_at(f"{other}/here").trouble == "tls"


def test_an_answer_over_tls_ends_too(secure):
    url, authority = secure
    began = time.monotonic()

    answer = make_web(authorities=authority).ask("HEAD", f"{url}/drip")

    assert answer.trouble == "timeout"
    assert time.monotonic() - began < 2 * HASTY.deadline


# -- Private machines -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", False),
        ("::127.0.0.1", False),
        ("::", False),
        ("0.0.0.0", False),
        ("100.64.0.1", False),
        ("168.63.129.16", False),
        ("172.31.255.255", False),
        ("192.0.0.9", False),
        ("192.0.0.192", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("198.51.100.1", False),
        ("203.0.113.1", False),
        ("255.255.255.255", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::808:808", False),
        ("100::1", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("2002:a9fe:a9fe::1", False),
        ("2002:7f00:1::", False),
        ("3fff::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("64:ff9b::808:808", True),
        ("2002:808:808::1", True),
        ("2001:4860:4860::8888", True),
        ("172.32.0.1", True),
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
    ],
)
def test_only_machines_that_all_can_reach_are_public(machine, expected):
    assert is_public(machine) is expected


def test_a_private_machine_is_asked_nothing_whatever_its_name(server):
    answer = Web(HASTY).look_at(f"{server.url}/here")

    assert (answer.status, answer.trouble) == (0, "private")
    assert server.asked == []


def test_a_private_machine_is_not_even_called(hosts, monkeypatch):
    """A machine that answers to a name beside a public one is passed over too."""
    called = []
    machines = ["10.0.0.1", "64:ff9b::a9fe:a9fe", "8.8.8.8"]
    found = [(0, 0, 0, "", (machine, 80)) for machine in machines]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    def call(place, *_, **__):
        called.append(place[0])
        raise OSError

    monkeypatch.setattr(urllib3.util.connection, "create_connection", call)

    assert Web(HASTY).ask("HEAD", "http://deux.exemple.test/").trouble == "network"
    del found[2]
    assert Web(HASTY).ask("HEAD", "http://deux.exemple.test/").trouble == "private"
    assert called == ["8.8.8.8"]


@pytest.mark.parametrize("name", ["10.0.0.1", "interne.exemple.test"])
def test_a_proxy_leads_to_no_private_machine(server, monkeypatch, name):
    found = [(0, 0, 0, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setenv("http_proxy", f"http://mandataire.exemple.test:{server.server_port}")
    monkeypatch.setenv("no_proxy", "")

    assert Web(HASTY).look_at(f"http://{name}/here").trouble == "private"
    assert server.asked == []


def test_a_proxy_is_held_to_the_same_bounds_and_asked_for_what_only_it_knows(server, monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://mandataire.exemple.test:{server.server_port}")
    monkeypatch.setenv("no_proxy", "")
    began = time.monotonic()

    assert Web(HASTY).ask("GET", "http://ailleurs.test/").status == 404
    assert [path for _, _, path in server.asked] == ["http://ailleurs.test/"]
    monkeypatch.setattr(
        server.RequestHandlerClass,
        "answer_http:",
        server.RequestHandlerClass.answer_drip,
        raising=False,
    )
    assert Web(HASTY).ask("GET", "http://ailleurs.test/").trouble == "timeout"
    assert time.monotonic() - began < 8


def test_a_redirection_to_a_private_machine_is_not_followed(server, monkeypatch):
    # The first machine passes for a public one.
    machines = iter([True])
    monkeypatch.setattr(
        server.RequestHandlerClass,
        "answer_inside",
        lambda self: self.send(302, Location="/here"),
        raising=False,
    )

    answer = Web(HASTY, is_admitted=lambda _: next(machines, False)).look_at(f"{server.url}/inside")

    assert answer.trouble == "private"
    assert [path for _, _, path in server.asked] == ["/inside"]


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [
        (200, "5", None),
        (500, "5", None),
        (429, "5", 5),
        (503, "", 7),
        (503, "bientôt", 7),
        (503, "Wed, 21 Oct 2015 07:28:00 GMT", 0),
        (429, "9" * 400, 999999999),
        (503, "9" * 20, 999999999),
        (503, "9" * 5000, 7),
        (503, "-5", 7),
        (503, f"Fri, 31 Dec {'9' * 20} 23:59:59 GMT", 7),
        (503, "Fri, 31 Dec 0000 23:59:59 GMT", 0),
        (503, "Fri, 31 Dec 9999 23:59:59 -1200", 999999999),
    ],
)
def test_a_wait_is_read_in_seconds_or_as_a_date(status, told, expected):
    assert read_retry_after(status, {"Retry-After": told}, 7) == expected
