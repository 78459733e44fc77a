"""Old addresses and where they lead: `redirects.txt`, and `redirect:` in posts.

A line is `old/address  new-docname`; `#` starts a comment. An old address is a path of the
old site (`/2017/07/retour/`, `/retour.html`) or a WordPress query (`/?p=148`). The new place
is a page of this site, named as its file below docs/ without ``.md``, or another old address.
Where there is nothing any more, `old/address  retiré  the reason` leaves a page that says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from archivist.files import split_words
from archivist.problems import Problem, suggest

_QUERY = re.compile(r"\?(?:p|page_id|attachment_id|cat)=[0-9]+")
_WORDS_ON_A_LINE = 2
REMOVED = "retiré"
"""What a line says in the place of a page, before the reason."""
# Signs that a file name, an HTML attribute or a server's table would take for its own.
_UNWANTED = re.compile(r"""[\x00-\x20\x7f\\?#<>"'|*:;${}]""")
# feed./
_END_POINTS = re.compile(r"\.+(?=/|$)")
_LONGEST_NAME = 100
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


def normalise_address(text: str) -> str:
    """Return *text* as `some/path/`, `some/file.html` or `?p=148`.

    Raises AddressError when it is none of these, or leads outside the site.
    """
    if "://" in text or text.startswith("//"):
        raise AddressError(f"« {text} » est une adresse complète : gardez ce qui suit le domaine.")
    address = unquote(text).lstrip("/")
    if _QUERY.fullmatch(address):
        return address
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
    if _UNWANTED.search(address) or max(map(len, parts)) > _LONGEST_NAME:
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
        if not reason or old.startswith("?"):
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
            message = f"l’adresse « /{redirect.old} » est déjà donnée : {first.path}:{first.line}."
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
        loop = " → ".join("/" + step for step in path)
        return f"ces adresses tournent en rond : {loop}."
    return f"aucune page « {target} » : {suggest(target, addresses)}"
