"""Which machines everybody can reach, by their IP address, and which one a host is taken for.

Python's own list differs from one version to the next. This one is that of IANA's registries:
https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from urllib.parse import unquote

from archivist.syntax.characters import strip_invisible

_PRIVATE = tuple(
    IPv4Network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # What tells the machines of a cloud their passwords: Azure's is nobody else's.
        "168.63.129.16/32",
    )
)  # fmt: skip
# All that is handed out; of it, what is not for machines: protocols (Teredo), examples.
_GLOBAL = IPv6Network("2000::/3")
_RESERVED = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
# An address of IPv4 is in these, so many bits from the right: NAT64, 6to4.
_EMBEDDED = ((IPv6Network("64:ff9b::/96"), 0), (IPv6Network("2002::/16"), 80))
# `127`, `0177`, `0x7f`: https://url.spec.whatwg.org/#ends-in-a-number-checker
_NUMBER = re.compile("0x[0-9a-f]*|[0-9]+")
_LOCAL = re.compile(
    r"[^.]*|.*\.(?:corp|home|home\.arpa|internal|intra|intranet|lan|local|localdomain|localhost)"
)


def is_public(machine: str) -> bool:
    """Tell whether everybody can reach the *machine* of that IP address."""
    address = ip_address(machine.partition("%")[0])
    if isinstance(address, IPv4Address):
        return not any(address in each for each in _PRIVATE)
    for network, bits in _EMBEDDED:
        if address in network:
            return is_public(str(IPv4Address(int(address) >> bits & 0xFFFFFFFF)))
    return address in _GLOBAL and not any(address in each for each in _RESERVED)


def is_public_host(host: str) -> bool:
    """Tell whether *host*, a name or an IP address however it is written, is there for everybody."""
    name = read_host(host)
    try:
        return is_public(name)
    except ValueError:
        return not _LOCAL.fullmatch(name)


def read_host(host: str) -> str:
    """Return what a browser takes *host* for: a name, or the IP address that numbers stand for.

    `LOCALHOST.` is `localhost`; `127.1`, `0x7f000001` and `2130706433` are `127.0.0.1`. What no
    browser takes for a host is nothing.
    """
    if ":" in host:
        return host
    # `ⓛocal%68ost` is read so too.
    name = unicodedata.normalize("NFKC", strip_invisible(unquote(host))).replace("。", ".")
    name = name.lower().strip(".")
    if not _NUMBER.fullmatch(name.rpartition(".")[2]):
        return name
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return ""
