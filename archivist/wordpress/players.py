"""What to call a link to what plays: a sound, a video."""

from __future__ import annotations

from urllib.parse import unquote

from lxml.html import HtmlElement

from archivist.addresses.web import split_address

_LONGEST_NAME = 80  # signs
# What is done with what plays, by the endings of files, and by what hosts have in their names.
_PLAYED = (
    (
        "Écouter",
        frozenset({"mp3", "m4a", "ogg", "oga", "wav", "wma", "flac", "aac", "opus"}),
        ("soundcloud", "mixcloud", "deezer", "spotify", "bandcamp", "podcast", "ausha", "audio"),
    ),
    (
        "Voir la vidéo",
        frozenset({"mp4", "m4v", "webm", "ogv", "wmv", "flv", "mov", "avi", "mpg", "mpeg"}),
        ("youtube", "youtu.be", "vimeo", "dailymotion", "dai.ly", "wat.tv", "tube.", "video"),
    ),
)


def name_played(element: HtmlElement, address: str) -> str:
    """Return what to call a link to what *element* plays."""
    return " ".join((element.get("title") or "").split()) or name_player(address)


def name_player(address: str, unknown: str = "") -> str:
    """Return what to call a link to what plays at *address*: « Écouter : entretien.mp3 ».

    Where nothing tells what it is, that is *unknown*, or « Voir » with its host.
    """
    parts = split_address(address)
    name = " ".join(unquote(parts.path.rpartition("/")[2]).split()) if parts else ""
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    ending = name.lower().rpartition(".")[2]
    for verb, endings, hosts in _PLAYED:
        if ending in endings and len(name) <= _LONGEST_NAME:
            return f"{verb} : {name}"
        if any(each in host for each in hosts):
            return f"{verb} ({host})"
    return unknown or (f"Voir ({host})" if host else address)
