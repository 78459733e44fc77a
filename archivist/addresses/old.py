"""Old addresses and where they lead: `redirects.txt`, and `redirect:` in posts.

A line is `old/address  new-docname`; `#` starts a comment. An old address is a path of the
old site (`/2017/07/retour/`, `/retour.html`) or a WordPress query (`/?p=148`, `/nous/?lang=en`);
of several blogs, it may name one: `https://blog.exemple/?p=148` answers there alone. The new place
is a page of this site, named as its file below docs/ without ``.md``, or another old address.
Where there is nothing any more, `old/address  retiré  the reason` leaves a page that says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from archivist.files import split_words
from archivist.problems import Problem, suggest

QUERIES = ("p", "page_id", "attachment_id", "cat", "author", "lang")
"""What queries of an old address may ask for, the one that says most first."""
_QUERY = re.compile(
    rf"(?:{'|'.join(QUERIES[:5])})=[0-9]+|lang=[^\x00-\x20\x7f\\?#<>\"'|*:;${{}}&=/]+"
)
# https://www.blog.exemple:8080/2017/
_HOST = re.compile(r"(?:https?:)?//(?P<host>[^/?#]*)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_HOST_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_PARTS = re.compile(r"(?:https://(?P<host>[^/]+)/)?(?P<path>[^?]*)(?:\?(?P<query>.*))?", re.DOTALL)
_WORDS_ON_A_LINE = 2
REMOVED = "retiré"
"""What a line says in the place of a page, before the reason."""
# Signs that a file name, an HTML attribute or a server's table would take for its own.
_UNWANTED = re.compile(r"""[\x00-\x20\x7f\\?#<>"'|*:;${}]""")
# feed./
_END_POINTS = re.compile(r"\.+(?=/|$)")
_LONGEST_NAME = 200  # bytes, as long as WordPress makes them, and a file system takes
_LONGEST_ADDRESS = 300
_DEEPEST = 10
# The folders of the site's posts, and what a host may take for one of them: posts/2018/billet
_OURS = re.compile(r"posts(?:/[0-9]+(?:/[^/.]+)?)?")
_HOME = frozenset({"index", "index.html", "index.php"})


class AddressError(ValueError):
    """The text is not an old address; the message says in French what to write."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Redirect:
    """An old address, the docname (or other old address) it leads to, and where that is said."""

    old: str
    new: str
    path: str
    line: int
    reason: str = ""
    """Why nothing is there any more, where it leads nowhere."""

    @property
    def name(self) -> str:
        """What others that lead to it call it, as a page: posts/2017/billet."""
        return self.old.removesuffix(".html").rstrip("/")


class OldParts(NamedTuple):
    """An old address: the *host* that alone answers, if one is named, *path*, *query*."""

    host: str
    path: str
    query: str


def split_old(address: str) -> OldParts:
    """Return the parts of an old *address* as `normalise_address` gives it."""
    found = _PARTS.fullmatch(address)
    return OldParts(*(part or "" for part in found.groups())) if found else OldParts("", "", "")


def is_path(address: str) -> bool:
    """Tell whether a page can answer at an old *address*: no query, nor one host alone."""
    return "?" not in address and "://" not in address


def spell_address(address: str) -> str:
    """Return an old *address* as writers give it."""
    return address if "://" in address else f"/{address}"


def place_at(host: str, address: str) -> str:
    """Return an old *address* of any host as that of one *host*."""
    return f"https://{host.lower().removeprefix('www.')}/{address}"


def normalise_address(text: str) -> str:
    """Return *text* as `some/path/`, `some/file.html` or `?p=148`, of one host or of any.

    Raises AddressError when it is none of these, or leads outside the site.
    """
    host, rest = _cut_host(text)
    address = unquote(rest).lstrip("/")
    path, _, query = address.partition("?")
    if not _QUERY.fullmatch(query):
        path, query = address, ""
    elif path in _HOME:
        path = ""
    if path or not (query or host):
        path = _normalise_path(path, text)
    address = f"{path}?{query}" if query else path
    return place_at(host, address) if host else address


def _cut_host(text: str) -> tuple[str, str]:
    """Return the host that *text* names, in ASCII and without port, and the rest."""
    found = _HOST.fullmatch(text)
    if not found:
        return "", text
    try:
        host = found["host"].partition(":")[0].encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not _HOST_NAME.fullmatch(host):
        raise AddressError(f"« {text} » : écrivez par exemple https://exemple.fr/2017/mon-billet/.")
    return host, found["rest"]


def _normalise_path(address: str, text: str) -> str:
    parts = address.rstrip("/").split("/")
    if not address or any(part in {"", ".", ".."} for part in parts):
        advice = "écrivez par exemple /2017/mon-billet/."
        raise AddressError(f"« {text} » ne désigne pas une page : {advice}")
    fault = _find_fault(address, parts)
    if fault:
        raise AddressError(f"« {text} » {fault}")
    # Only pages are served as such; /x.php has to be a folder, with a page inside.
    return "/".join(parts) + ("" if parts[-1].endswith(".html") else "/")


def _find_fault(address: str, parts: list[str]) -> str:
    """Return why *address*, cut in *parts*, cannot be that of an old page, or nothing."""
    if len(parts) > _DEEPEST or len(address) > _LONGEST_ADDRESS:
        return "est trop long pour une adresse : raccourcissez-la."
    if _UNWANTED.search(address) or max(len(part.encode()) for part in parts) > _LONGEST_NAME:
        return "contient un signe interdit, ou un mot trop long."
    if any(part.startswith(("_", ".")) for part in parts):
        return "commence par « _ » ou « . » : ce n’est pas une page."
    if parts[0].casefold() in _HOME:
        return "est l’accueil : donnez l’ancienne adresse du billet."
    if _OURS.fullmatch("/".join(parts).casefold()):
        return f"est dans le dossier du site : écrivez « /{address}.html »."
    return ""


def fold_address(address: str) -> str:
    """Return *address* as Windows, macOS and nginx compare it: in small letters.

    Signs that are not seen, and a point that ends a name, do not count either.
    """
    if not address.isascii():
        seen = "".join(sign for sign in address if unicodedata.category(sign) != "Cf")
        address = unicodedata.normalize("NFC", seen)
    return _END_POINTS.sub("", address.casefold())


def output_name(address: str) -> str:
    """Return the file that answers at *address*, below the output folder."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def read_redirects(text: str, path: str) -> Iterator[Redirect | Problem]:
    """Yield the redirects of *text*, a redirects file shown to writers as *path*."""
    for number, words in split_words(text):
        try:
            yield _read_line(words, path, number)
        except AddressError as error:
            yield Problem(path=path, line=number, message=str(error))


def _read_line(words: list[str], path: str, number: int) -> Redirect:
    if words[1:2] == [REMOVED]:
        old, reason = normalise_address(words[0]), " ".join(words[_WORDS_ON_A_LINE:])
        if not reason or not is_path(old):
            advice = f"écrivez l’adresse d’une page, puis « {REMOVED} » et la raison en une phrase"
            raise AddressError(f"{advice} : /ancien/  {REMOVED}  L’autrice l’a demandé.")
        return Redirect(old=old, new="", path=path, line=number, reason=reason)
    if len(words) != _WORDS_ON_A_LINE:
        advice = "écrivez l’ancienne adresse, une espace, puis la page"
        raise AddressError(f"{advice} : /ancien/  a-propos")
    old, new = words
    return Redirect(old=normalise_address(old), new=new.strip("/"), path=path, line=number)


def resolve_redirects(
    redirects: Iterable[Redirect], addresses: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the address each old address finally leads to, chains followed.

    *addresses* gives the address of each page and listing by its name. An address whose page
    says why it is gone leads nowhere; others may lead to it. Two places for one old address,
    loops, and unknown targets come back as problems.
    """
    table: dict[str, Redirect] = {}
    problems = []
    for redirect in redirects:
        first = table.setdefault(fold_address(redirect.old), redirect)
        if first is not redirect:
            shown = spell_address(redirect.old)
            message = f"l’adresse « {shown} » est déjà donnée : {first.path}:{first.line}."
            problems.append(Problem(path=redirect.path, line=redirect.line, message=message))
    targets = {}
    gone = {redirect.name: redirect.old for redirect in table.values() if redirect.reason}
    addresses = {**gone, **addresses}
    for redirect in table.values():
        if redirect.reason:
            continue
        *steps, end = _follow(redirect, table, addresses)
        if end in addresses:
            targets[redirect.old] = addresses[end]
        else:
            message = _explain_dead_end([redirect.old, *steps, end], addresses)
            problems.append(Problem(path=redirect.path, line=redirect.line, message=message))
    return targets, problems


def _follow(
    redirect: Redirect, table: Mapping[str, Redirect], addresses: Mapping[str, str]
) -> Iterator[str]:
    """Yield each place *redirect* leads to, up to a page, a dead end or a second visit."""
    seen = {redirect.old}
    while True:
        yield redirect.new
        new = fold_address(redirect.new)
        following = table.get(new) or table.get(new + "/")
        if redirect.new in addresses or following is None or following.old in seen:
            return
        seen.add(following.old)
        redirect = following


def _explain_dead_end(path: list[str], addresses: Mapping[str, str]) -> str:
    target = path[-1]
    if target.rstrip("/") in {step.rstrip("/") for step in path[:-1]}:
        loop = " → ".join(map(spell_address, path))
        return f"ces adresses tournent en rond : {loop}."
    return f"aucune page « {target} » : {suggest(target, addresses)}"
