"""Addresses as blogs have them, and what each means."""

import pytest

from archivist.addresses.repair import repair_address

WEB = "https://exemple.org/x"


@pytest.mark.parametrize(
    "typed",
    [
        WEB,
        "HTTPS://exemple.org/x",
        f"  {WEB}\u00a0",
        "https://exemple.org\n/x",
        f"http://{WEB}",
        "https//exemple.org/x",
        "htpps://exemple.org/x",
        "https;//exemple.org/x",
        "https:///exemple.org/x",
        "https:\\\\exemple.org\\x",
        "https:// exemple.org/x",
        f"”{WEB}”",
        f"%E2%80%9C{WEB}%E2%80%9D",
        f"<{WEB}>",
        f"{WEB}\u200b",
        f"feed:{WEB}",
    ],
)
def test_an_address_with_one_right_reading_is_read_so(typed):
    assert repair_address(typed) == WEB


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://châteaux.exemple.fr/été", "https://xn--chteaux-qwa.exemple.fr/été"),
        ("//Châteaux.exemple.fr/", "//xn--chteaux-qwa.exemple.fr/"),
        ("https://ch%C3%A2teaux.exemple.fr/", "https://xn--chteaux-qwa.exemple.fr/"),
        ("www.exemple.org/x", "http://www.exemple.org/x"),
        ("Mailto: a@exemple.fr", "mailto:a@exemple.fr"),
        ("a@exemple.fr", "mailto:a@exemple.fr"),
        ("tel:+33 1 23%2045", "tel:+3312345"),
        ("https://exemple.org/a\u00a0b", "https://exemple.org/a%C2%A0b"),
    ],
)
def test_an_address_is_written_as_others_read_it(typed, meant):
    assert repair_address(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "/2019/x/", "x.html", "?p=3", "#haut", "", "javascript:x", "ftp://exemple.org/",
        "https://web.archive.org/web/2012/http://exemple.org/", "https://a.fr/?u=http%3A%2F%2Fb.fr",
        "https://exemple.org/%25C3%25A9", "https://a.fr/?q=\\d", "https://https.exemple.org/",
    ],
)  # fmt: skip
def test_what_is_right_or_unsure_stays(typed):
    assert repair_address(typed) == typed
