"""What a build did that it should not have: to files, to the machine, to other pages, to readers.

An effect is a string that begins with the kind of construct that aims at it.
"""

import gzip
import json
import mimetypes
import posixpath
import re
import sys
import zoneinfo
from collections import Counter
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.hostile.constructs import CANARIES
from tests.hostile.laboratory import ROOT
from tests.hostile.page import Page

# -- Disclosure ---------------------------------------------------------------------------------

# Python's own, the machine's, and what Python asks a system for the kinds of files.
_OURS = [str(ROOT / "archivist"), str(Path(__file__).parent)]
_PYTHON = (
    *mimetypes.knownfiles,
    *zoneinfo.TZPATH,
    sys.prefix,
    sys.base_prefix,
    sys.exec_prefix,
    *_OURS,
)


def _show(data):
    """Return *data* as text to look through, unpacked."""
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    return data.decode("utf-8", "ignore").lower()


def _is_below(path, folders):
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def find_disclosed(outcome, plain):
    """Yield what the site, the messages or the build itself took from where it should not."""
    changed = outcome.files.items() - plain.files.items()
    texts = {name: _show(data) for name, data in sorted(changed)}
    for name, text in (texts | {"its messages": outcome.said.lower()}).items():
        for place, canary in CANARIES.items():
            if canary in text:
                yield f"disclose: what is in the {place} is in {name}"
    mine = tuple(str(outcome.folder / name) for name in ("project", "tmp", "doctrees"))
    for kind, path, *_ in outcome.notes:
        is_ours = _is_below(path, (*_PYTHON, *mine)) or _is_output(outcome, path)
        in_git = _is_below(path, (str(outcome.folder / "project/.git"),))
        if kind == "read" and (in_git or not is_ours) and path != "/dev/null":
            yield f"disclose: the build reads {_short(outcome, path)}"


def _is_output(outcome, path):
    """Tell whether *path* is the site, or beside it a folder to prepare it in."""
    name = path.removeprefix(f"{outcome.folder}/").partition("/")[0]
    return path.startswith(str(outcome.folder)) and (
        name in {"html", "doctrees"} or name.startswith(".html-")
    )


def _short(outcome, path):
    return path.removeprefix(f"{outcome.folder}/")


# -- Code ---------------------------------------------------------------------------------------

_JOKES = {"this.py", "antigravity.py"}
_GIT = re.compile(
    r"\['git', (?:'-c', '[\w.]+=[\w.]*', |'--[\w-]+=?[\w.-]*', )*'log', '-1', '--format=%ct'\]"
)
_FORKS = {
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "pty.spawn",
}
_NETWORK = ("socket.", "ssl.", "urllib.", "webbrowser.")


def find_run(outcome):
    """Yield what was executed that is neither Python's, ours, nor git."""
    if (outcome.folder / "mark").exists():
        yield "run: the mark is there"
    machine = {str(outcome.folder / "project/docs/conf.py")}
    templates = str(outcome.folder / "project/docs/_templates")
    for kind, *details in outcome.notes:
        if kind == "subprocess.Popen" and not _GIT.fullmatch(details[1]):
            yield f"run: {details[1]} is started"
        elif kind in _FORKS:
            yield f"run: {kind} is called"
        elif kind == "exec":
            path = str(Path(outcome.folder, "project", details[0]))
            in_project = _is_below(path, (str(outcome.folder),)) and not path.endswith(">")
            if in_project and path not in machine and not _is_below(path, (templates,)):
                yield f"run: {_short(outcome, path)} is executed"
            if Path(path).name in _JOKES:
                yield f"run: {Path(path).name} is imported"


# -- Files and other pages ----------------------------------------------------------------------


def find_written(outcome, plain):
    """Yield what changed outside the site, and which pages of others changed in it."""
    for name in outcome.changed:
        if name != "mark":
            yield f"write: {name} is changed"
    for kind, path, *_ in outcome.notes:
        temporary = str(outcome.folder / "tmp")
        is_ours = _is_output(outcome, path) or _is_below(path, (temporary,))
        # The folder of the world may be made, as it is already.
        if kind == "write" and not is_ours and path not in {str(outcome.folder), "/dev/null"}:
            yield f"write: the build writes {_short(outcome, path)}"
    if outcome.files:
        yield from _find_clobbered(outcome, plain)
        yield from _find_misplaced(outcome, plain)
        yield from _find_misled(outcome, plain)


def _find_clobbered(outcome, plain):
    for name, page in plain.pages.items():
        if name not in outcome.files:
            yield f"write: {name} is gone"
        elif outcome.files[name] != plain.files[name]:
            after = outcome.pages[name]
            if (after.heading, _refreshes(after)) != (page.heading, _refreshes(page)):
                yield f"write: {name} is another page"


def _find_misplaced(outcome, plain):
    """Yield pages where only the site writes, and changed settings of hosts."""
    for name in sorted(outcome.files.keys() - plain.files.keys()):
        if name.endswith(".html") and name.startswith((".", "_")):
            yield f"write: {name} is where only the site writes"
    for name in ("_headers", "nginx-headers.conf"):
        if outcome.files.get(name) != plain.files.get(name):
            yield f"write: {name} is changed"


def _refreshes(page):
    return [
        each.attributes.get("content")
        for each in page.elements
        if each.name == "meta" and each.attributes.get("http-equiv", "").lower() == "refresh"
    ]


_PEACEFUL = re.compile("<p>Une phrase paisible.*?</p>", re.DOTALL)


def _find_misled(outcome, plain):
    """Yield a change in what another post says, or in where it leads."""
    for name, text in plain.texts.items():
        if name.endswith("billet.html"):
            says = _PEACEFUL.findall(text)
            if says and _PEACEFUL.findall(outcome.texts.get(name, "")) != says:
                yield f"write: the text of {name} is changed"
            if says and _find_images(outcome, name) != _find_images(plain, name):
                yield f"write: an image of {name} is changed"
    yield from _find_in_tables(outcome)
    for name, pattern in ((".htaccess", _APACHE), ("caddy.conf", _CADDY)):
        own = set(plain.texts.get(name, "").splitlines())
        for line in outcome.texts.get(name, "").splitlines():
            found = pattern.fullmatch(line)
            if line not in own and (not found or any(map(_leaves, filter(None, found.groups())))):
                yield f"write: {name} says {line}"


def _find_images(build, name):
    """Return what the images of a page show."""
    if name not in build.files:
        return []
    names = (
        each.attributes.get("src", "") for each in build.pages[name].elements if each.name == "img"
    )
    files = (
        posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(each))) for each in names
    )
    return [build.files.get(each) for each in files]


# Lines of the tables of old addresses, as hosts read them.
_NETLIFY = re.compile(r"((?:https?://[a-z0-9._-]+)?/\S*)(?: \S+=\S+)? (/\S*) (?:301!?|410!)")
_APACHE = re.compile(
    r'  (?:RewriteRule "\^\S*\$" "(/[^"\s]*)" \[R=301,L(?:,[A-Z]+)*\]|RewriteRule \^ - \[S=\d+\]|'
    r'RewriteRule "\^\S*\$" - \[G,E=archive_gone:(\S+)\]|RewriteCond %\{[A-Z_]+\} "[^"]*"(?: \[NC\])?)'
    r"|ErrorDocument 410 /%\{reqenv:archive_gone\}"
)
_CADDY = re.compile(
    r'\t"[^"\s{}]*" "(/[^"\s{}]*)"|map "[a-z.{}?=_]+" \{\w+\} \{|\tdefault ""|\}|'
    r'@\w+ not vars \{\w+\} ""|redir @\w+ \{\w+\} 301'
)
_NGINX = re.compile(
    r'    "((?:[a-z0-9._-]+)?/[^"\s]*|~\^[^"\s]*)" "(/[^"\s]*|\$archive_(?:bare|up))";'
)
_NGINX_FRAME = re.compile(r'#.*|map \S+ \$\w+ \{|    default "(?:\$host)?";|\}')


def _find_in_tables(outcome):
    for name, pattern in (("_redirects", _NETLIFY), ("nginx-redirects.conf", _NGINX)):
        for line in outcome.texts.get(name, "").splitlines():
            found = pattern.fullmatch(line)
            is_frame = name.endswith(".conf") and _NGINX_FRAME.fullmatch(line)
            if not is_frame and (not found or _leaves(found[2])):
                yield f"write: {name} says {line}"
    old = json.loads(outcome.texts.get("_static/old-addresses.json", "{}"))
    for target in old.values():
        if _leaves(target):
            yield f"write: an old address leads to {target}"


def _leaves(address):
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc or ".." in address.split("/"))


# -- Network ------------------------------------------------------------------------------------


def find_fetched(outcome):
    """Yield what was asked of the network."""
    for hit in outcome.hits:
        yield f"fetch: {hit} is asked for"
    for kind, *details in outcome.notes:
        if kind.startswith(_NETWORK):
            yield f"fetch: {kind} {' '.join(details)}"


# -- Readers ------------------------------------------------------------------------------------

# What Markdown and its blocks become, and what of HTML only says how words are said.
_TEXT = frozenset(
    "a abbr article aside b bdi blockquote body br caption cite code col colgroup dd del dfn div dl "
    "dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd li main mark "
    "nav ol p picture pre q s samp section small span strong sub sup table tbody td tfoot th thead "
    "time tr u ul var wbr".split()
)
_ATTRIBUTES = frozenset(
    "alt class colspan decoding download height href id lang loading rel role rowspan scope src start title "
    "width".split()
)
# What the site draws of how many posts there are.
_DRAWN = frozenset({"line", "rect", "svg", "text"})
_MEASURES = frozenset({"height", "viewbox", "width", "x", "x1", "x2", "y", "y1", "y2"})
_LOADS = frozenset({"src", "srcset", "poster", "data", "background", "xlink:href", "manifest"})
_LEADS = frozenset({"href", "action", "formaction", "ping", "cite", "longdesc"})
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
# Signs that turn text around, that are those of one machine, or that are none.
_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_REFRESH = re.compile(r"[0-9.]+\s*[;,]\s*url=(?P<target>.*)", re.IGNORECASE)


# One for each kind of page, and for what its text needs.
_SHEET = re.compile(r"(?<=^_static/)archive-(?:posts|home|lists|indexes)(?:-rich|-code)?\.css$")


def _scheme(address):
    """Return the scheme of an address as browsers read it, who pass over signs and spaces."""
    bare = re.sub("[\x00-\x20]", "", address).lower()
    found = re.match(r"([a-z][a-z0-9+.-]*):", bare)
    return found[1] if found else ""


def _is_local(address):
    bare = re.sub("[\x00-\x20]", "", address).replace("\\", "/")
    return not _scheme(bare) and not bare.startswith("//")


def _normalise(element, key, value):
    """Return *value* without what differs from a page of ours to another."""
    if key in {"href", "src", "action"} and _is_local(value):
        of_page = element.name == "link" and "stylesheet" not in element.attributes.get("rel", "")
        return (
            "local"
            if of_page
            else _SHEET.sub("archive.css", re.sub(r"^(?:\.{1,2}/)+|[?#].*$", "", value))
        )
    if element.name == "meta" and key == "content":
        refresh = _REFRESH.fullmatch(value)
        if refresh:
            return "refresh" if _is_local(refresh["target"]) else value
        if not element.attributes.get("http-equiv"):
            return "*"
    if key == "href" and element.attributes.get("rel") == "canonical" and _scheme(value) == "https":
        return "local"
    if element.name in _DRAWN and key in _MEASURES:
        return re.sub(r"[0-9.]+", "0", value)
    is_words = key in {"title", "aria-label", "placeholder", "value"}
    return "*" if is_words or (element.name == "link" and key == "hreflang") else value


def _sign(element):
    values = element.attributes.items()
    return element.name, frozenset((key, _normalise(element, key, value)) for key, value in values)


# A page with more large parts than this has the frame of the site around it.
_FRAMED = 3
_ONCE = frozenset({"body", "h1", "head", "html", "main", "title"})


class Reference:
    """What pages of harmless posts hold: what else a page holds was put there."""

    def __init__(self, *outcomes):
        pages = {outcome: outcome.pages for outcome in outcomes}
        self.pages = [page for found in pages.values() for page in found.values()]
        posts = [page for found in pages.values() for name, page in found.items() if _is_post(name)]
        elements = [each for page in self.pages for each in page.elements]
        self.signs = {_sign(each) for each in elements}
        self.attributes = {(each.name, key) for each in elements for key in each.attributes}
        self.styles = {(each.name, each.attributes.get("style")) for each in elements}
        self.texts = {pair for page in self.pages for pair in page.texts if pair[0] != "h1"}
        self.twice = {name for page in self.pages for name in _find_twice(page)}
        self.landmarks = _constants([page.landmarks for page in posts])
        self.classes = _constants([page.classes for page in posts])
        names = _constants([page.names for page in posts])
        self.names = {name: count for name, count in names.items() if name in _ONCE}
        self.places = {place for page in self.pages for place in page.landmarks}
        framed = [set(page.landmarks) for page in self.pages if len(page.landmarks) > _FRAMED]
        self.refreshing = {
            each.name for page in self.pages if _refreshes(page) for each in page.elements
        }
        self.frame = set.intersection(*framed)


def _constants(counters):
    """Return what all *counters* count as many times."""
    first, *others = counters
    names = {name for counter in counters for name in counter}
    return {
        name: first[name]
        for name in sorted(names)
        if all(other[name] == first[name] for other in others)
    }


def _is_post(name):
    return bool(re.fullmatch(r"posts/[0-9]+/[^/]+\.html", name))


def _find_twice(page):
    names = Counter(each.attributes["id"] for each in page.elements if each.attributes.get("id"))
    return [name for name, count in names.items() if count > 1]


def find_injected(outcome, plain, reference):
    """Yield what pages, drawings and messages hold that no harmless post puts there."""
    for sign in sorted(set(_CONTROLS.findall(outcome.said))):
        yield f"inject: the messages hold the sign {sign!r}"
    for line in outcome.said.splitlines():
        if line.lstrip().startswith(("::", "##[")):
            yield f"inject: the messages order {line}"
    for name, data in outcome.files.items():
        if plain.files.get(name) != data:
            for fault in _find_faults(outcome, reference, name):
                yield f"inject: {name}: {fault}"


def _find_faults(outcome, reference, name):
    suffix = Path(name).suffix.lower()
    if name.startswith(("_images/", "_downloads/")):
        yield from _find_active(outcome.files[name], Path(name))
    elif suffix == ".html":
        page = outcome.pages[name]
        yield from _find_in_page(page, reference)
        yield from _find_in_layout(page, reference, name)
        yield from (f"the text holds the sign {sign!r}" for sign in _find_signs(page))
    elif suffix == ".xml":
        for text in re.findall(r'<\w+ type="html">(.*?)</', outcome.texts[name], re.DOTALL):
            yield from _find_in_feed(text)


def _find_in_feed(text):
    words = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for element in Page(words).elements:
        if element.name in {"script", "iframe", "object", "embed", "form", "style"}:
            yield f"the feed holds <{element.name}>"
        if any(key.startswith("on") for key in element.attributes):
            yield f"the feed holds a handler on <{element.name}>"


def _find_in_page(page, reference):
    for element in page.elements:
        if _sign(element) not in reference.signs:
            yield from _find_in_element(element, reference)
    for name, text in page.texts:
        if name != "h1" and (name, text) not in reference.texts:
            yield f"<{name}> says {text[:60]}"
    for name in sorted({*_find_twice(page)} - reference.twice):
        yield f"two elements are called {name}"
    if _refreshes(page) and not {each.name for each in page.elements} <= reference.refreshing:
        yield "a page that is read refreshes itself"


def _find_signs(page):
    return sorted(set(_SIGNS.findall(page.text)))


def _find_in_element(element, reference):
    if element.name not in _TEXT:
        yield f"<{element.name}> {element.attributes}"
    for key, value in element.attributes.items():
        yield from _find_in_attribute(element, key, value, reference)


def _find_in_attribute(element, key, value, reference):
    if key not in _ATTRIBUTES and (element.name, key) not in reference.attributes:
        yield f"<{element.name} {key}={value!r}>"
    elif key == "style" and (element.name, value) not in reference.styles:
        if element.name != "col" or not re.fullmatch(r"width: [\d.]+%", value):
            yield f"<{element.name}> is styled {value!r}"
    elif key in _LEADS and _scheme(value) not in _SCHEMES:
        yield f"<{element.name}> leads to {value!r}"
    elif key in _LOADS and not all(map(_is_local, _split_sources(key, value))):
        yield f"<{element.name}> loads {value!r}"


def _split_sources(key, value):
    return (
        [each.split()[0] for each in value.split(",") if each.split()]
        if key == "srcset"
        else [value]
    )


def _find_in_layout(page, reference, name):
    for place in page.landmarks:
        if place not in reference.places:
            yield f"there is a part at {place}"
    if any(place in page.landmarks for place in reference.frame if " " in place):
        for place in sorted(reference.frame - page.landmarks.keys()):
            yield f"no part at {place}"
    if _is_post(name):
        yield from _find_miscounted(page.landmarks, reference.landmarks)
        yield from _find_miscounted(page.classes, reference.classes)
        yield from _find_miscounted(page.names, reference.names)


def _find_miscounted(counts, constants):
    for name, count in constants.items():
        if counts[name] != count:
            yield f"{counts[name]} times {name} and not {count}"


# -- Drawings and attachments -------------------------------------------------------------------

_ACTIVE = frozenset(
    ".css .htaccess .htm .html .js .json .mjs .php .pht .phtml .rst .shtml .swf .svgz .wasm .xht "
    ".xhtml .xml .xsl".split()
)
_PLAIN = frozenset({".csv", ".txt"})
_IN_DRAWINGS = {
    "a script": r"<(?:[\w-]+:)?script\b",
    "html": r"foreignobject|1999/xhtml|<(?:[\w-]+:)?(?:iframe|embed|object|html|body)\b",
    "a handler": r"[\s\"'/]on\w+\s*=|<(?:[\w-]+:)?handler\b|xml-events",
    "a declaration": r"<!doctype|<!entity|<!\[",
    "an instruction": r"<\?(?!xml\s)",
    "another encoding": r"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8)",
    "a scheme": r"(?:javascript|vbscript|data\s*:\s*(?!image/(?:png|jpeg|gif|webp)))\s*:",
    "something of elsewhere": r"\b(?:href|src)\s*=\s*[\"'](?!#|data:image/(?:png|jpeg|gif|webp))",
    "a style of elsewhere": r"@import|url\((?!\s*[\"']?\s*#)|image-set\(|\bsrc\(",
    "a changing address": r"attributename\s*=\s*[\"']?(?:xlink:)?href",
}


def _find_active(data, path):
    """Yield why a file that a reader opens by its own address could run."""
    if path.suffix.lower() in _ACTIVE or path.name.startswith((".", "_")):
        yield "a file that hosts or browsers obey"
    elif path.suffix.lower() == ".svg":
        yield from _find_in_drawing(data)
    elif path.suffix not in _PLAIN and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield "markup under the name of something else"


def _find_in_drawing(data):
    if data.startswith(b"\x1f\x8b") or b"\0" in data:
        yield "a drawing that cannot be read"
        return
    text = data.decode("utf-8", "replace").lower()
    # The names of languages that XML speaks, none of which is asked for.
    bare = re.sub(
        r"xmlns(?::\w+)?\s*=\s*([\"'])http://www\.w3\.org/(?:2000/svg|1999/xlink)\1", "", text
    )
    for what, pattern in _IN_DRAWINGS.items():
        if re.search(pattern, bare):
            yield f"the drawing holds {what}"


# -----------------------------------------------------------------------------------------------


class Build:
    """An outcome of the laboratory, read: the files of the site, and its pages once asked for."""

    def __init__(self, outcome):
        self.folder = outcome.folder
        self.code, self.said = outcome.code, outcome.said
        self.notes, self.changed, self.hits = outcome.events, outcome.changed, outcome.hits
        found = (path for path in outcome.site.rglob("*") if path.is_file())
        self.files = {
            path.relative_to(outcome.site).as_posix(): path.read_bytes() for path in found
        }

    @cached_property
    def texts(self):
        kinds = (".html", ".xml", ".json", ".conf")
        return {
            name: data.decode("utf-8", "replace")
            for name, data in self.files.items()
            if name.endswith(kinds) or name in {"_redirects", ".htaccess"}
        }

    @cached_property
    def pages(self):
        return _Pages(self)


@lru_cache(maxsize=256)
def _read_page(text):
    """Return a page; many builds write the same ones."""
    return Page(text)


class _Pages(dict):
    """Pages by the name of their file, parsed when asked for."""

    def __init__(self, build):
        own = (name for name in build.files if name.endswith(".html") and name[0] != "_")
        super().__init__(dict.fromkeys(own))
        self._texts = build.texts

    def __getitem__(self, name):
        page = super().get(name) or _read_page(self._texts[name])
        self[name] = page
        return page

    def items(self):
        return [(name, self[name]) for name in self]

    def values(self):
        return [self[name] for name in self]


def find_effects(build, plain, reference):
    """Return what *build* did; *plain* is the build without it, *reference* what is harmless."""
    effects = [
        *find_disclosed(build, plain),
        *find_run(build),
        *find_written(build, plain),
        *find_fetched(build),
        *find_injected(build, plain, reference),
    ]
    if build.code < 0:
        effects.append("run: the build does not end")
    return list(dict.fromkeys(effects))
