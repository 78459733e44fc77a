"""Every address that the site itself answers at, and whose it is: the one table.

Posts, pages, old addresses and imports may have none of them. What is the site's has its
name here, and those who write it take it from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from archivist.addresses.old import fold_address, output_name
from archivist.files import CHECKSUMS

POSTS, ARCHIVES, FEED, DATA, NAMES, WORDS = "posts", "archives", "feed", "donnees", "noms", "mots"
TITLES = f"{ARCHIVES}/titres"
SEARCH, NOT_FOUND = "search", "404"
SEARCH_FOLDER, CARDS = "_search", "_cards"
SITEMAP, ROBOTS, BUILD = "sitemap.xml", "robots.txt", ".buildinfo"
OPENSEARCH = "opensearch.xml"
DATA_FILES = ("billets.json", "billets.csv", "billets.schema.json")
LIBRARY, MANIFEST = "billets.bib", "manifest.json"
NETLIFY, NETLIFY_HEADERS = "_redirects", "_headers"
NGINX, NGINX_HEADERS = "nginx-redirects.conf", "nginx-headers.conf"
APACHE, CADDY = ".htaccess", "caddy.conf"
HOST_FILES = (NETLIFY, NETLIFY_HEADERS, NGINX, NGINX_HEADERS, APACHE, CADDY)
FEED_FILES = ("atom.xml", "feed.json")
OLDER_FEED = "atom-{}.xml"
"""The file of each feed of older posts, by its number."""
OPML = "flux.opml"
OLD_NAMES = ("atom", "rdf", "rss", "rss2")
OLD_FEEDS = ("", *(f"{name}/" for name in OLD_NAMES))
"""Where WordPress had the feed of the site, below its folder: readers still ask there."""
BIBTEX, RIS, CSL = ".bib", ".ris", ".csl.json"
"""How the names of the references beside a post end."""

STANDING_LISTS: Mapping[str, str] = {
    "": "de l’accueil",
    f"{ARCHIVES}/": "des archives par date",
    f"{TITLES}/": "de la liste des titres",
    "tag/": "de la liste des étiquettes",
    "category/": "de la liste des catégories",
    "author/": "de la liste des auteurs",
}
"""Whose each list is that is there whatever the posts say, as « celle … » goes on."""

FILES: Mapping[str, str] = {
    **dict.fromkeys((f"{SEARCH}.html", OPENSEARCH), "de la recherche"),
    f"{NOT_FOUND}.html": "de la page introuvable",
    SITEMAP: "du plan du site",
    OPML: "de la liste des flux",
    ROBOTS: "des consignes aux moteurs de recherche",
    **dict.fromkeys((*DATA_FILES, LIBRARY), "des données du site"),
    **dict.fromkeys((MANIFEST, CHECKSUMS), "des empreintes du site"),
    **dict.fromkeys(HOST_FILES, "des réglages du serveur"),
    # Sphinx's own, some of which only other settings would make.
    **dict.fromkeys((BUILD, ".nojekyll", "objects.inv", "searchindex.js"), "du site"),
    **dict.fromkeys(("genindex.html", "modindex.html", "py-modindex.html"), "de l’index de Sphinx"),
    **{f"{FEED}/{name}": "du flux du site" for name in FEED_FILES},
}
"""Whose each file is that the site writes by itself."""

_PLAIN = frozenset(fold_address(name) for name in FILES if "." not in name)

FOLDERS: Mapping[str, str] = {
    **dict.fromkeys((f"{POSTS}/", "page/", f"{SEARCH_FOLDER}/", f"{CARDS}/"), "du site"),
    **dict.fromkeys(("_static/", "_images/", "_downloads/", "_sources/"), "du site"),
}
"""Whose each folder is that has no page of its own: page.html beside page/ confuses no host."""

OWNED: Mapping[str, str] = {
    **STANDING_LISTS,
    "location/": "de la liste des lieux",
    "language/": "de la liste des langues",
    "series/": "de la liste des séries",
    "blog/": "de la liste des blogs",
    f"{NAMES}/": "de l’index des noms",
    f"{WORDS}/": "de l’index des mots",
    f"{DATA}/": "de la page des données et des flux",
    **{f"{FEED}/{name}": "du flux du site" for name in OLD_FEEDS},
    **FOLDERS,
    **FILES,
}
"""Whose each address is that no post, page, import or old address may have."""

RESERVED_NAMES: Mapping[str, str] = {
    # Of the example of CONTRIBUTING, and those that references know already.
    **dict.fromkeys(("nom-du-billet", "genindex", "modindex", "py-modindex"), "au site"),
    **dict.fromkeys(("con", "prn", "aux", "nul"), "à Windows"),
    **{f"{port}{number}": "à Windows" for port in ("com", "lpt") for number in range(1, 10)},
}
"""Names that a post may not have though nothing answers there, and whom they are reserved to."""

OWNED_NAMES = frozenset(
    {*RESERVED_NAMES, *(address.split("/")[0].removesuffix(".html") for address in OWNED)}
) - {""} | {"index"}
"""The first parts of all of these: `/<name>/` is no address for a post."""

# tag/cnfpt/page/2, page/1
_LIST_PAGE = re.compile(r"(?:(?P<list>.+)/)?page/[0-9]+")
# tag/cnfpt/feed, tag/cnfpt/feed/rss2, category/emploi/feed/atom.xml
_LIST_FEED = re.compile(
    rf"(?P<list>.+)/{FEED}(?:/(?:{'|'.join(map(re.escape, (*FEED_FILES, *OLD_NAMES)))}|atom-[0-9]+\.xml))?"
)
# Of a label that nobody bears yet too.
_MAY_BE_LIST = re.compile("(?:tag|category|author)/[^/]+")
_PARTS = {
    # WordPress had one there.
    re.compile(rf"comments/{FEED}(?:/.+)?"): "du flux des commentaires",
    re.compile(rf"{WORDS}/[^/]+"): "de l’index des mots",
    re.compile(rf"{FEED}/atom-[0-9]+\.xml"): "du flux du site",
    re.compile(r"sitemap-[0-9]+\.xml"): FILES[SITEMAP],
    # posts/2018/billet.bib
    re.compile(rf"{POSTS}/.+(?:{'|'.join(map(re.escape, (BIBTEX, RIS, CSL)))})"): "d’une référence",
    # _images/2018--billet--vue.png
    re.compile(r"_[a-z]+/.+"): "du site",
}
"""Whose each address is that there are many of."""


def _bare(address: str) -> str:
    """Return what a host may answer at for: `tag` for Tag/, tag.html and tag/index.html."""
    name = fold_address(address).strip("/").removesuffix(".html")
    return re.sub("(?:^|/)index$", "", name)


def _is_file(name: str) -> bool:
    """Tell whether *name* is that of a file, not of a folder: a-propos.html, _headers."""
    return "." in name.rpartition("/")[2] or fold_address(name) in _PLAIN


class Owners:
    """Whose each address is: the site's own; its *lists*, by address; all else, by *files*."""

    def __init__(self, lists: Mapping[str, str], files: Mapping[str, str] | None = None) -> None:
        named = {f"{each}index.html": FOLDERS[each] for each in FOLDERS} | dict(files or {})
        shown = {address: owner for address, owner in OWNED.items() if address not in FOLDERS}
        self._bare = {_bare(address): owner for address, owner in {**lists, **shown}.items()}
        self._files = {fold_address(file): owner for file, owner in named.items()}

    def find(self, address: str) -> str:
        """Return whose *address* is, as « celle … » goes on in French; nothing when it is free.

        What would lie below a file is that file's: a host that has billets.csv has no folder
        of that name.
        """
        file = output_name(address)
        parents = [file[: match.start()] for match in re.finditer("/", file)]
        owners = (self._find(name) for name in (address, *filter(_is_file, parents)))
        return next(filter(None, owners), "")

    def _find(self, address: str) -> str:
        bare = _bare(address)
        owner = self._bare.get(bare) or self._files.get(fold_address(output_name(address)))
        return owner or self._find_part(bare)

    def _find_part(self, bare: str) -> str:
        """Return whose *bare* is among what there are many of."""
        page, feed = _LIST_PAGE.fullmatch(bare), _LIST_FEED.fullmatch(bare)
        if page and (page["list"] or "") in self._bare:
            return "d’une page de liste"
        if feed and (feed["list"] in self._bare or _MAY_BE_LIST.fullmatch(feed["list"])):
            return "du flux d’une liste"
        return next((owner for part, owner in _PARTS.items() if part.fullmatch(bare)), "")
