"""Whether real hosts answer every old address of an imported blog with one 301: nginx, Apache, Caddy.

Run by ``make bench``; they are Debian's. Prints, for each, how many of the addresses of public
posts, pages, pictures, tags and categories lead in one step to a page of the site, and what of
headers and of old queries is not as it was meant.
"""

from __future__ import annotations

import gzip
import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from export import Blogger, write_export

from archivist.addresses.slugs import to_slug
from archivist.site.hosts.headers import ASKED, LONG, SHORT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SIZE = 600_000
ROOT = Path(__file__).parent.parent
TABLE = """https://deux.exemple/?p=10  a-propos
https://deux.exemple/billet-20/  a-propos
/été/50%25-(fait)/  a-propos
/nous/?lang=en  glossaire
/nous/  a-propos
/vieux.html  a-propos
/2016/perdu/  retiré  L’autrice l’a demandé.
"""
# At another host than the blog's own, where that is what tells.
ELSEWHERE = {
    ("www.deux.exemple", "/?p=10"): "/a-propos.html",
    ("deux.exemple", "/billet-20/"): "/a-propos.html",
    ("un.exemple", f"/{quote('été')}/50%25-(fait)/"): "/a-propos.html",
    ("un.exemple", "/nous/?lang=en"): "/glossaire.html",
    ("un.exemple", "/nous/"): "/a-propos.html",
    ("un.exemple", "/vieux.html"): "/a-propos.html",
    ("un.exemple", "/?tag=un-mot"): "/tag/un-mot/",
    ("un.exemple", "/?m=200601"): "/2006/01/",
    ("un.exemple", "/?s=un+mot%26"): "/search.html?q=un+mot%26",
    ("un.exemple", "/a-propos.html/amp/"): "/a-propos.html",
    ("un.exemple", "/2006/01/02/feed/"): "/2006/01/02/",
}
SENT = {
    "/billets.bib": ("application/x-bibtex; charset=utf-8", SHORT),
    "/billets.csv": ("text/csv; charset=utf-8", SHORT),
    "/feed/atom.xml": ("application/atom+xml", SHORT),
    "/feed/feed.json": ("application/feed+json", SHORT),
    "/_search/settings.json": ("application/json", ASKED),
    "/_static/page.js?v=01234567": ("javascript", LONG),
    "/_static/page.js": ("javascript", SHORT),
    "/": ("text/html; charset=utf-8", SHORT),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host says."""

    status: int
    place: str
    headers: dict[str, str]
    text: bytes


def ask(port: int, path: str, host: str = "un.exemple") -> Answer:
    """Return what answers at *path* of this machine, in the name of *host*."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": host, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    parts = urlsplit(headers.get("location", ""))
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    text = answer.read()
    text = gzip.decompress(text) if headers.get("content-encoding") == "gzip" else text
    connection.close()
    return Answer(answer.status, place, headers, text)


def _write_nginx(site: Path, folder: Path, port: int) -> list[str]:
    maps = (site / "nginx-redirects.conf").read_text(encoding="utf-8").splitlines()
    head = [line[1:].strip() for line in maps if line.startswith("#     ")]
    http, server = head[:2], head[2:]
    lines = (
        *("daemon off; pid pid; error_log stderr; worker_processes 1;", "events { }"),
        *("http {", "include /etc/nginx/mime.types; access_log off;", *http),
        f"include {site}/nginx-redirects.conf;",
        f"server {{ listen 127.0.0.1:{port}; root {site};",
        *(f"include {site}/nginx-headers.conf;", *server, "} }"),
    )
    (folder / "nginx.conf").write_text("\n".join(lines), encoding="utf-8")
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def _write_apache(site: Path, folder: Path, port: int) -> list[str]:
    parts = "mpm_event authz_core dir mime headers rewrite deflate filter".split()  # noqa: SIM905
    lines = (
        *(f"LoadModule {part}_module /usr/lib/apache2/modules/mod_{part}.so" for part in parts),
        *(f"ServerRoot {folder}", f"Listen 127.0.0.1:{port}", f"PidFile {folder}/pid"),
        *("ServerName un.exemple", f"ErrorLog {folder}/log", f"DocumentRoot {site}"),
        *("User www-data", "Group www-data", "TypesConfig /etc/mime.types"),
        f"<Directory {site}>\nAllowOverride FileInfo\nOptions FollowSymLinks\n</Directory>",
    )
    (folder / "apache.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return ["apache2", "-f", str(folder / "apache.conf"), "-DFOREGROUND"]


def _write_caddy(site: Path, folder: Path, port: int) -> list[str]:
    text = f"{{\n\tadmin off\n\tauto_https off\n}}\nhttp://:{port} {{\n\troot * {site}\n\timport {site}/caddy.conf\n}}\n"
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


HOSTS: dict[str, Callable[[Path, Path, int], list[str]]] = {
    "nginx": _write_nginx,
    "apache2": _write_apache,
    "caddy": _write_caddy,
}


@contextmanager
def serve(name: str, site: Path, folder: Path) -> Iterator[int]:
    """Have a host serve *site*; give its port."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = HOSTS[name](site, folder, port)
    with (folder / "told").open("w", encoding="utf-8") as told:
        host = subprocess.Popen(command, stdout=told, stderr=told, cwd=folder)  # noqa: S603
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        host.terminate()
        host.wait()


def list_old(items: int) -> Iterator[str]:
    """Yield the old addresses of the blog: of posts, pages and labels, and the feeds of these."""
    for post in islice(Blogger().write_posts(), items):
        if not post.is_public:
            continue
        link = urlsplit(post.link).path
        yield from (
            link,
            f"{link}feed/",
            f"/?p={post.number}" if post.kind == "post" else f"/?page_id={post.number}",
        )
        for kind, name in post.terms:
            folder = "tag" if kind == "post_tag" else "category"
            yield f"/{folder}/{to_slug(name)}/feed/"


def find_faults(port: int, site: Path, addresses: Sequence[str]) -> Iterator[str]:
    """Yield what is not answered as it was meant."""
    for address in addresses:
        answer = ask(port, address)
        there = site / answer.place.lstrip("/")
        if answer.status != http.client.MOVED_PERMANENTLY or not there.exists():
            yield f"{address}: {answer.status} {answer.place}"
    for (host, address), place in ELSEWHERE.items():
        answer = ask(port, address, host)
        if (answer.status, answer.place) != (http.client.MOVED_PERMANENTLY, place):
            yield f"{host}{address}: {answer.status} {answer.place}"
    yield from _find_wrong_headers(port)


def _find_wrong_headers(port: int) -> Iterator[str]:
    for address, (kind, kept) in SENT.items():
        headers = ask(port, address).headers
        is_right = kind in headers.get("content-type", "").lower()
        if (
            not is_right
            or headers.get("cache-control") != kept
            or "content-security-policy" not in headers
        ):
            yield f"{address}: {headers}"
    for address, status, word in (
        ("/perdu/", 404, "introuvable"),
        ("/2016/perdu/", 410, "L’autrice"),
    ):
        answer = ask(port, address)
        if (
            answer.status != status
            or word.encode() not in answer.text
            or LONG in answer.headers.values()
        ):
            yield f"{address}: {answer.status}, not « {word} »"
    if ask(port, "/_search/settings.json").headers.get("content-encoding") != "gzip":
        yield "/_search/settings.json is not compressed"


def make_blog(folder: Path) -> tuple[Path, list[str]]:
    """Return a built site of an imported blog, and its old addresses."""
    docs, site = folder / "docs", folder / "html"
    shutil.copytree(ROOT / "docs", docs)
    items = write_export(folder / "blog.xml", SIZE)
    program = [sys.executable, "-m", "archivist"]
    bring = ["import", str(folder / "blog.xml"), "--docs", str(docs)]
    subprocess.run([*program, *bring], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    with (docs / "redirects.txt").open("a", encoding="utf-8") as table:
        table.write(TABLE)
    build = [
        "build",
        "--docs",
        str(docs),
        "--output",
        str(site),
        "--base-url",
        "https://un.exemple/",
    ]
    subprocess.run([*program, *build], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return site, sorted(set(list_old(items)))


def main() -> int:
    """Ask; return 1 where anything is not as it was meant."""
    status = 0
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        site, addresses = make_blog(folder)
        for host in HOSTS:
            with serve(host, site, folder / host) as port:
                faults = list(find_faults(port, site, addresses))
            print(
                f"{host}: {len(addresses)} old addresses, {len(faults)} faults",
                *faults[:20],
                sep="\n  ",
            )
            status |= bool(faults)
    return status


if __name__ == "__main__":
    sys.exit(main())
