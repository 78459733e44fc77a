"""Inputs made to take time, memory or disk from who checks them, and what each really takes.

Those whose name begins with F and a number were first measured on Sphinx as installed. Most of
the others stay just within the caps on size (`LARGEST`, `LONGEST`), where only the way the
text is read can save the reader. One that breaks no rule by itself is signed by nobody we
know: there is something to tell, and what counts is how soon.

Run as a script, this is the process that `open_bench` forks for each input.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import signal
import struct
import sys
import tempfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import pairwise
from subprocess import PIPE, Popen, run
from typing import TYPE_CHECKING, TypeAlias

from PIL import Image

from archivist.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# Just within what a post may weigh and a line may hold; see archivist/syntax/allowed.py.
LARGEST, LONGEST = 190_000, 7_900
LARGEST_IMAGE = 19_000_000

# -- Files ------------------------------------------------------------------------


@dataclass(frozen=True)
class Fifo:
    """A pipe that nobody writes to: who opens it waits for ever."""


@dataclass(frozen=True)
class Folder:
    """An empty folder."""


@dataclass(frozen=True)
class Link:
    """A symbolic link to *target*."""

    target: str


@dataclass(frozen=True)
class Sparse:
    """A file that begins with *head* and claims *size* bytes, of which the disk holds few."""

    size: int
    head: bytes = b""


@dataclass(frozen=True)
class Depths:
    """Folders one inside another, *count* deep, with *text* in the last as `billet.md`."""

    count: int
    text: str


Special: TypeAlias = Fifo | Folder | Link | Sparse | Depths
Files: TypeAlias = dict[str, str | bytes | Special]


@dataclass(frozen=True)
class Input:
    """Files below docs/posts/, made when asked for; *accepted* when nothing is wrong in them."""

    name: str
    files: Callable[[], Files]
    accepted: bool = False


def lay(files: Files, posts: Path) -> None:
    """Write *files* below the folder *posts*, which is made anew."""
    clear(posts)
    posts.mkdir()
    for name, what in files.items():
        path = posts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, what)


def clear(posts: Path) -> None:
    """Remove the folder *posts*, however deep it is."""
    run(["rm", "-rf", posts], check=True)


def _write(path: Path, what: str | bytes | Special) -> None:
    match what:
        case str():
            path.write_bytes(what.encode())
        case bytes():
            path.write_bytes(what)
        case Fifo():
            os.mkfifo(path)
        case Folder():
            path.mkdir(exist_ok=True)
        case Link(target):
            path.symlink_to(target)
        case Sparse(size, head):
            path.write_bytes(head)
            os.truncate(path, size)
        case Depths(count, text):
            _dig(path, count, text)


def _dig(path: Path, count: int, text: str) -> None:
    """Make *count* folders one inside another: no path may be that long, so step by step."""
    path.mkdir()
    here = os.open(path, os.O_RDONLY)
    for _ in range(count):
        os.mkdir("a", dir_fd=here)
        below = os.open("a", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("billet.md", os.O_WRONLY | os.O_CREAT, dir_fd=here)
    os.write(file, text.encode())
    os.close(file)
    os.close(here)


# -- Posts ------------------------------------------------------------------------

POST = "2018/billet.md"
KNOWN, UNKNOWN = "amoor", "personne"


def write(body: str = "Du texte.", *, title: str = "Un billet", **fields: str) -> str:
    """Return the text of a post; *fields* are put into its header as they are."""
    header = {"date": "2018-06-22", "author": KNOWN} | fields
    lines = "\n".join(f"{key}: {value}" for key, value in header.items())
    return f"---\n{lines}\n---\n\n# {title}\n\n{body}\n"


def post(body: str = "Du texte.", **fields: str) -> Files:
    """Return the files of one post."""
    return {POST: write(body, **fields)}


def unsigned(body: str) -> Files:
    """Return the files of one post with an author we do not know."""
    return post(body, author=UNKNOWN)


def fill(unit: str, *, start: str = "", size: int = LARGEST) -> str:
    """Repeat *unit* over *size* bytes, on lines as long as may be, each begun by *start*."""
    line = start + unit * ((LONGEST - len(start)) // len(unit))
    return "\n".join([line] * (size // (len(line.encode()) + 1)))


def rows(unit: str, *, size: int = LARGEST) -> str:
    """Repeat *unit*, lines of its own, over *size* bytes; `{}` in it is a number."""
    longest = len(unit.format(99_999).encode())
    return "".join(unit.format(number) for number in range(10_000, 10_000 + size // longest))


def nest(mark: str, name: str, depth: int, inside: str) -> str:
    """Return *inside* in blocks *name*, *depth* deep."""
    fences = [mark * length for length in range(depth + 2, 2, -1)]
    opened = "".join(f"{fence}{{{name}}}\n" for fence in fences)
    return opened + inside + "\n" + "\n".join(reversed(fences))


def listed(count: int, item: str = "a{}") -> str:
    """Return a list of *count* values for a header, on lines as long as may be."""
    text = ", ".join(item.format(number) for number in range(count))
    return "[" + re.sub(rf"(.{{1,{LONGEST}}}) ", r"\1\n ", text) + "]"


# -- Images -----------------------------------------------------------------------


def illustrated(name: str, image: bytes | Special) -> Files:
    """Return the files of a post that shows *image*."""
    return {POST: write(f"![Une image](billet/{name})"), f"2018/billet/{name}": image}


def gallery(name: str, image: bytes) -> Files:
    """Return the files of a post that shows one *image* as often as it can."""
    text = unsigned(rows(f"![Une image](billet/{name})\n"))
    return text | {f"2018/billet/{name}": image}


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, drawn: bool = True, before: bytes = b"") -> bytes:
    """Return a transparent PNG, of which nothing is drawn when it is not *drawn*."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    data = _zeros(height * (1 + 4 * width)) if drawn else zlib.compress(b"")
    chunks = _chunk(b"IHDR", head) + before + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _zeros(count: int) -> bytes:
    """Return *count* bytes of zero, compressed: one block of them again and again."""
    packer, packed = zlib.compressobj(9, zlib.DEFLATED, -15), 10**6
    block = packer.compress(bytes(packed)) + packer.flush(zlib.Z_FULL_FLUSH)
    rest = packer.compress(bytes(count % packed)) + packer.flush()
    checksum = struct.pack(">HH", count % 65_521, 1)
    return b"\x78\xda" + block * (count // packed) + rest + checksum


def gif(width: int, height: int, frames: int) -> bytes:
    """Return a GIF of *frames*, each of one pixel."""
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00" + b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return head + (frame + b"\x02\x02\x44\x01\x00") * frames + b"\x3b"


def jpeg(width: int, height: int, *, size: int = 0, progressive: bool = False) -> bytes:
    """Return a JPEG that claims to be so large; *size* bytes of markers come before it."""
    file = io.BytesIO()
    Image.effect_noise((512, 512), 64).save(file, "JPEG", progressive=progressive)
    data = file.getvalue()
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0") + 5
    data = data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]
    return data[:2] + b"\xff\xfe\x00\x02" * (size // 4) + data[2:]


def picture(kind: str, width: int, height: int) -> bytes:
    """Return an image that Pillow writes."""
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, kind)
    return file.getvalue()


def qoi(width: int, height: int) -> bytes:
    """Return an image whose pixels Pillow reads one by one, in Python."""
    runs = b"\xfd" * -(-width * height // 62)
    return b"qoif" + struct.pack(">IIBB", width, height, 4, 0) + runs + bytes(7) + b"\x01"


def tiff(entries: int) -> bytes:
    """Return a TIFF whose directories lead to one another, for ever."""
    head = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", entries)
    body = b"".join(struct.pack("<HHII", tag, 4, 1, 8) for tag in range(entries))
    return head + body + struct.pack("<I", 8)


def webp(width: int, height: int, frames: int) -> bytes:
    """Return a WebP that claims a size and so many frames, none of which is whole."""
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    chunks = b"VP8X" + struct.pack("<I", 10) + b"\x12\x00\x00\x00" + size
    chunks += b"ANIM" + struct.pack("<I", 6) + bytes(6)
    chunks += (b"ANMF" + struct.pack("<I", 16) + bytes(16)) * frames
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks


def svg(content: str, head: str = "") -> bytes:
    """Return an SVG image."""
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg">{content}</svg>'.encode()


def bomb(levels: int = 12, times: int = 10) -> str:
    """Return a document type whose last entity is *times* to the power *levels* long."""
    names = [f"e{level}" for level in range(levels)]
    pairs = pairwise(names)
    lines = "".join(f'<!ENTITY {new} "{times * ("&" + old + ";")}">' for old, new in pairs)
    return f'<!DOCTYPE svg [<!ENTITY e0 "aaaaaaaaaa">{lines}]>'


# -- What was measured on Sphinx as installed ---------------------------------------


def _table(columns: int, lines: int, cells: int | None = None) -> str:
    row = "|" + "a|" * (columns if cells is None else cells) + "\n"
    return "|" + "a|" * columns + "\n|" + "-|" * columns + "\n" + row * lines


def _include_bomb() -> Files:
    text = "".join(f"```{{include}} b{{}}.md\n```\n{number}\n" for number in range(10))
    return {
        f"2018/b{level}.md": write(text.replace("{}.md", f"{level + 1}.md")) for level in range(10)
    }


def _laughs() -> str:
    lines = ["a0: &a0 [lol, lol, lol]"]
    lines += [f"a{level}: &a{level} [{f'*a{level - 1}, ' * 9}]" for level in range(1, 10)]
    return "\n".join(lines)


def _settings(**values: object) -> str:
    return json.dumps({"enable_extensions": ["substitution"]} | values)


def _doublings() -> str:
    names = {f"a{level}": f"{{{{a{level + 1}}}}}" * 10 for level in range(9)}
    return _settings(substitutions=names | {"a9": "x" * 1000})


_MEASURED = (
    Input("F01 10,000 quotes in one another", lambda: post(">" * 10_000 + " a")),
    Input("F02 10,000 lists on a line", lambda: post("- " * 10_000 + "a")),
    Input(
        "F03 1,000 lists by indentation",
        lambda: post("".join("  " * n + "- a\n" for n in range(1000))),
    ),
    Input("F04 a line of 10 MB", lambda: post("a" * 10**7)),
    Input("F05 10 MB of brackets", lambda: post("[" * 10**7)),
    Input("F06 100 kB of brackets", lambda: post("[" * 10**5)),
    Input("F07 100 kB of images begun", lambda: post("![[" * 33_333)),
    Input("F08 200 kB of emphasis begun", lambda: post("*a **a " * 28_571)),
    Input(
        "F09 backticks of growing length", lambda: post(" ".join("`" * n for n in range(1, 900)))
    ),
    Input("F10 a table of 2,000 columns", lambda: post(_table(2000, 50))),
    Input("F11 a table of 50,000 rows", lambda: post(_table(3, 50_000))),
    Input("F12 a table of short rows", lambda: post(_table(10_000, 3000, 1))),
    Input("F13 300 notes in one another", lambda: post(nest("`", "note", 300, "a"))),
    Input(
        "F14 2,000 reST quotes in one another",
        lambda: post(nest("`", "eval-rst", 1, "".join(" " * n + "a\n\n" for n in range(2000)))),
    ),
    Input(
        "F15 300 reST lists in one another",
        lambda: post(nest("`", "eval-rst", 1, "".join("  " * n + "- a\n\n" for n in range(300)))),
    ),
    Input("F16 a file that includes itself", lambda: post("```{include} billet.md\n```")),
    Input(
        "F17 two files that include each other",
        lambda: {
            "2018/a.md": write("```{include} b.md\n```"),
            "2018/b.md": write("```{include} a.md\n```"),
        },
    ),
    Input("F18 files that include ten times the next", _include_bomb),
    Input(
        "F19 literalinclude of a device",
        lambda: post("```{literalinclude} /../../../../../../dev/zero\n```"),
    ),
    Input("F20 include of a pipe", lambda: post("```{include} tube\n```") | {"2018/tube": Fifo()}),
    Input("F21 a table from a device", lambda: post("```{csv-table}\n:file: /dev/urandom\n```")),
    Input("F22 an image that is a device", lambda: post("![a](/../../../../../../dev/zero)")),
    Input("F23 YAML laughs in an unknown key", lambda: post(rire=f"\n{_laughs()}")),
    Input(
        "F24 YAML laughs in tags",
        lambda: post(tags=f"&t [{'lol, ' * 9}]\n{_laughs()}\nlocation: *a9"),
    ),
    Input(
        "F25 YAML laughs in substitutions",
        lambda: post(myst="\n  " + _laughs().replace("\n", "\n  ")),
    ),
    Input("F26 10,000 YAML lists in one another", lambda: post(tags="[" * 10_000 + "]" * 10_000)),
    Input("F27 a header of 5 MB", lambda: post(summary="a" * 5_000_000)),
    Input("F28 20,000 tags", lambda: post(tags=listed(20_000))),
    Input("F29 2,000 tags", lambda: post(tags=listed(2000))),
    Input(
        "F30 a thousand million lines to emphasize",
        lambda: post("```{code-block} text\n:emphasize-lines: 1-1000000000\na\n```"),
    ),
    Input(
        "F31 a thousand million lines to include",
        lambda: post("```{literalinclude} billet.md\n:lines: 1-1000000000\n```"),
    ),
    Input("F32 a list of 999,999,999 posts", lambda: post("```{postlist} 999999999\n```")),
    Input(
        "F33 a list of posts with excerpts in a post",
        lambda: post("```{postlist} 10\n:excerpts:\n```"),
    ),
    Input(
        "F34 a loop in a substitution",
        lambda: post(
            "{{a}}", myst=_settings(substitutions={"a": "{% for a in range(10**9) %}a{% endfor %}"})
        ),
    ),
    Input("F35 a product in a substitution", lambda: post("{{'a' * 10**10}}", myst=_settings())),
    Input(
        "F36 substitutions of each other",
        lambda: post("{{a}}", myst=_settings(substitutions={"a": "{{b}}", "b": "{{a}}"})),
    ),
    Input("F37 substitutions that multiply", lambda: post("{{a0}}", myst=_doublings())),
    Input("F38 10,000 headings", lambda: post(rows("## Partie {}\n\na\n\n", size=230_000))),
    Input(
        "F39 50,000 footnotes",
        lambda: post("".join(f"a[^{n}]\n\n[^{n}]: a\n\n" for n in range(50_000))),
    ),
    Input(
        "F40 20,000 definitions of links",
        lambda: post(
            "".join(f"[a{n}]\n\n[a{n}]: https://exemple.fr/{n}\n\n" for n in range(20_000))
        ),
    ),
    Input("F41 1 MB of parentheses in Python", lambda: post(f"```python\n{'(' * 10**6}\n```")),
    Input("F42 200 kB of quotes in JavaScript", lambda: post(f"```js\n{chr(34) * 200_000}\n```")),
    Input("F43 a long line of SQL", lambda: post(f"```sql\n{'a=' * 200_000}\n```")),
    Input("F44 100 kB of emphasis in reST", lambda: post(nest("`", "eval-rst", 1, "*a " * 33_333))),
    Input("F45 1 MB of quotes", lambda: post("\"'" * 500_000)),
    Input("F46 100 kB of comments begun", lambda: post("a" + "<!--" * 25_000)),
    Input("F47 100 kB of tags begun", lambda: post("a" + "<a " * 33_333)),
    Input("F48 1 MB of entities", lambda: post("&amp;" * 200_000)),
    Input(
        "F49 a list from a large number on",
        lambda: post("999999999. a\n\n9999999999. a"),
        accepted=True,
    ),
    Input(
        "F50 a table of wide columns",
        lambda: post("```{list-table}\n:widths: 1000000000 1000000000\n* - a\n  - a\n```"),
    ),
    Input("F51 100,000 paragraphs and line breaks", lambda: post("a\\\na\n\n" * 50_000)),
    Input("F52 60,000 paragraphs of 2 MB", lambda: post(("a" * 32 + "\n\n") * 60_000)),
    Input("F53 20,000 unknown roles", lambda: post("{a}`a`\n" * 20_000)),
    Input("F54 2,000 colon fences in one another", lambda: post(nest(":", "note", 2000, "a"))),
    Input(
        "F55 a PNG that claims 50,000 x 50,000",
        lambda: {
            POST: write("```{image} billet/a.png\n:alt: a\n:scale: 50\n```"),
            "2018/billet/a.png": png(50_000, 50_000, drawn=False),
        },
    ),
    Input("F56 1 MB of mathematics", lambda: post(f"```{{math}}\n{'x^2+' * 250_000}\n```")),
    Input("F57 a title of 1 MB", lambda: post(title="a" * 10**6)),
    Input("F58 a long list of classes", lambda: post(f"[a]{{{'.a ' * 33_333}}}")),
    Input("F59 1 MB of addresses begun", lambda: post("a@" * 500_000)),
    Input("F60 10 MB of invisible signs", lambda: post("\u200b" * 3_333_333)),
)

# -- Text -------------------------------------------------------------------------


def _repeated(name: str, unit: str, start: str = "a") -> Input:
    """Make an input of a text that says one thing, on lines as long as may be."""
    return Input(name, lambda: unsigned(fill(unit, start=start)))


def _stacked(name: str, unit: str) -> Input:
    """Make an input of a text that says one thing a line."""
    return Input(name, lambda: unsigned(rows(unit)))


def _links_in_links(mark: str, depth: int) -> str:
    return mark * depth + "a" + "](b)" * depth


_TEXT = (
    _repeated("brackets", "["),
    _repeated("brackets opened and closed", "[]"),
    _repeated("brackets and parentheses", "[a]("),
    _repeated("links whose address never ends", "[a](<b"),
    _repeated("links whose title never ends", '[a](b "'),
    _repeated("images begun", "!["),
    _repeated("emphasis begun", "*a **a _a __a "),
    _repeated("stars", "*"),
    _repeated("underlines between letters", "a_"),
    _repeated("odd runs of stars", "a**b***c*"),
    _repeated("tags of HTML begun", "<"),
    _repeated("elements of HTML", "<b>"),
    _repeated("attributes of HTML begun", "<a b='"),
    _repeated("comments begun", "<!--"),
    _repeated("declarations begun", "<!A "),
    _repeated("sections begun", "<![CDATA["),
    _repeated("entities begun", "&#"),
    _repeated("entities", "&amp;"),
    _repeated("escapes", "\\["),
    _repeated("footnotes begun", "[^a"),
    _repeated("roles begun", "{a}"),
    _repeated("roles with one backtick more", "{a}``b`"),
    _repeated("braces", "{"),
    _repeated("attributes begun", "`a`{.a "),
    _repeated("attributes with a comment begun", "`a`{%"),
    _repeated("WordPress's codes begun", "[caption a="),
    _repeated("quotes on each line", ">", ""),
    Input("lists on each line", lambda: unsigned((("- " * 3900) + "a\n") * 24)),
    Input("definitions on each line", lambda: unsigned(("a\n" + ": " * 3900 + "a\n\n") * 24)),
    _stacked("definitions of links", "[a{0}]: b\n[a{0}]\n"),
    _stacked("definitions of terms", "a\n: b\n\n"),
    _stacked("definitions of terms in one another", "a\n: b\n  : c\n"),
    _stacked("headings", "## a\n"),
    _stacked("headings of one name", "## Partie\n\n"),
    _stacked("titles", "# a\n"),
    _stacked("paragraphs", "a\n\n"),
    _stacked("line breaks", "a\\\n"),
    _stacked("lists", "- a\n"),
    _stacked("lists of lists", "- - - - - - - - a\n"),
    _stacked("quotes and lazy lines", "> > > > > > > > a\nb\n"),
    _stacked("fences in lists", "- ```\n"),
    _stacked("elements of HTML on a line", "<b>a</b>\n"),
    _stacked("one block of HTML", "<div>\n"),
    _stacked("images of other sites in HTML", "<img>\n"),
    Input("labels", lambda: post(rows("(a{})=\n"))),
    _stacked("labels of one name", "(a)=\n"),
    _stacked("terms not in the glossary", "{{term}}`CNFP{}`\n"),
    _stacked("unknown references", "{{ref}}`tag-{}`\n"),
    _stacked("unknown roles", "{{note{}}}`a`\n"),
    _stacked("unknown blocks", "```{{notes{}}}\n```\n"),
    _stacked("unknown options", "```{{note}}\n:nam{0}: a\n:clas{0}: a\n\na\n```\n"),
    _stacked("unknown languages of code", "```pytho{}\n```\n"),
    _stacked("dead links", "[a](bille{}.md)\n"),
    _stacked("dead links to parts", "## Partie {0}\n\n[a](#part-{0})\n\n"),
    _stacked("links to parts", "## Partie {0}\n\n[a](#partie-{0})\n\n"),
    _stacked("absent images", "![](a{}.png)\n"),
    _stacked("footnotes", "[^{0}]: [^{0}]\n"),
    _stacked("footnotes never called", "[^{}]: a\n"),
    _stacked("footnotes in one another", "[^a]: [^b]: [^c]: [^d]: [^e]: a\n"),
    _stacked("rows of a table", "|a|b|\n|-|-|\n|c|d|\n\n"),
    _stacked("tables in lists", "- |a|\n  |-|\n"),
    _stacked("rows of a list-table", "```{{list-table}}\n* - a\n  - b\n```\n"),
    _stacked("marks of conflict", "<<<<<<< a\n"),
    _stacked("broken accents", "Ã©\n"),
    _stacked("private addresses", "<http://127.0.0.1/>\n"),
    Input(
        "a long address used often",
        lambda: post(f"[a]: {'b' * LONGEST}\n\n" + rows("[a]\n", size=180_000)),
    ),
    Input("a wide table", lambda: unsigned(_table(1900, 40))),
    Input("a wide table of short rows", lambda: unsigned(_table(1900, 60_000, 0))),
    Input("a reference of blanks", lambda: unsigned("{ref}`" + fill(" ", start="a") + "a`")),
    Input(
        "a role never closed",
        lambda: unsigned(
            " ".join("{a}" + "`" * n for n in range(1, 120)) + "\n" + fill("a ", size=170_000)
        ),
    ),
    Input(
        "backticks of all lengths",
        lambda: unsigned("\n".join("a" + "`" * n for n in range(1, 600))),
    ),
    Input("links in links", lambda: unsigned("\n".join([_links_in_links("[", 1500)] * 24))),
    Input("images in images", lambda: unsigned("\n".join([_links_in_links("![", 1300)] * 24))),
    Input(
        "images in images, less deep",
        lambda: unsigned("\n".join([_links_in_links("![", 20)] * 1500)),
    ),
    Input(
        "emphasis in emphasis", lambda: unsigned("\n".join(["*a **b " * 550 + "c** d*" * 550] * 24))
    ),
    Input(
        "lists in lists by tabs",
        lambda: unsigned("\n".join("\t" * (n % 300) + "- a" for n in range(1200))),
    ),
    Input("10 notes in one another", lambda: post(nest(":", "note", 10, "a"))),
    Input(
        "notes in one another, full",
        lambda: unsigned(nest(":", "note", 4, fill("*a* ", size=180_000))),
    ),
    Input(
        "notes in one another, full of notes",
        lambda: unsigned(nest(":", "note", 4, rows(":::{{note}}\na\n:::\n", size=180_000))),
    ),
    Input(
        "a note of options", lambda: unsigned(nest("`", "note", 1, rows(":a{}: b\n", size=180_000)))
    ),
    Input("a title of accents on accents", lambda: post(title="e" + "\u0316\u0301" * 3900)),
    Input(
        "a text in another alphabet of lines", lambda: unsigned("a\x0b\x0c\x1c\x85\u2028" * 20_000)
    ),
    Input("line ends of old Macs", lambda: {POST: write(author=UNKNOWN, body="\r" * 180_000)}),
    Input("bytes of zero", lambda: {POST: write().encode() + bytes(180_000)}),
    Input("bytes that are no text", lambda: {POST: write().encode() + b"\xff" * 180_000}),
    Input("a header that never ends", lambda: {POST: "---\n" + "a: b\n" * 37_000}),
    Input("a text of header marks", lambda: {POST: "---\n" * 47_000}),
    Input("blank lines", lambda: {POST: "\n" * 190_000}),
)

# -- Headers ----------------------------------------------------------------------


def _flow(unit: str) -> Files:
    """Return a post whose header is one mapping in braces."""
    header = fill(unit, size=180_000)
    return {POST: f"---\n{{date: 2018-06-22, author: {KNOWN},\n{header}\n}}\n---\n\n# Un billet\n"}


def _many_keys(count: int) -> Files:
    text = "{" + listed(count, "dat{}: a")[1:-1] + "}"
    return {POST: f"---\n{text}\n---\n\n# Un billet\n"}


def _accents() -> str:
    """Return one scalar, over many lines, of accents that Unicode would have sorted."""
    return '"e' + fill("\u0316\u0301", size=180_000).replace("\n", "\\\n") + '"'


_HEADERS = (
    Input("15,000 unknown keys", lambda: _many_keys(15_000)),
    Input("190 unknown keys, nearly known", lambda: post(**{f"dat{n}": "a" for n in range(190)})),
    Input("one key given often", lambda: _flow("tags: a, ")),
    Input("YAML lists in one another", lambda: _flow("[")),
    Input("YAML mappings in one another", lambda: _flow("{a: ")),
    Input(
        "YAML mappings by indentation",
        lambda: post(tags="".join("\n" + " " * n + "a:" for n in range(1, 190))),
    ),
    Input("YAML dashes", lambda: post(tags="\n" + "- " * 3900 + "a")),
    Input("YAML anchors that hold themselves", lambda: post(tags="&a [*a, *a]")),
    Input(
        "YAML merge keys",
        lambda: post(
            location="&a {a: b}", tags="\n" + "".join(f"  a{n}: {{<<: *a}}\n" for n in range(150))
        ),
    ),
    Input(
        "YAML aliases of a long word",
        lambda: post(author=f"[&a {'x' * 7000},\n{fill('*a, ', size=170_000)}]"),
    ),
    Input("YAML anchors", lambda: post(tags=listed(15_000, "&a{0} a{0}"))),
    Input(
        "YAML escapes",
        lambda: post(
            summary='"' + fill("\\U00010000", size=170_000).replace("\n", "\\\n") + '"',
            author=UNKNOWN,
        ),
    ),
    Input("accents on accents", lambda: post(summary=_accents(), author=UNKNOWN)),
    Input("15,000 authors", lambda: post(author=listed(15_000, "amoo{}"))),
    Input("10,000 categories", lambda: post(category=listed(10_000, "Innovation {}"))),
    Input("15,000 languages", lambda: post(language=listed(15_000, "e{}"))),
    Input("commas", lambda: post(tags="a\n  " + fill(",", start="  ", size=170_000))),
    Input("an author of 7,900 signs", lambda: post(author="amoor" * 1500)),
    Input(
        "a category of 170,000 signs",
        lambda: post(category="Innovation\n" + fill("publique ", start="  ", size=170_000)),
    ),
    Input("10,000 redirects", lambda: post(redirect=listed(10_000, "/a{}/"))),
    Input("10,000 redirects from one address", lambda: post(redirect=listed(10_000, "/a/"))),
    Input(
        "redirects from folders in folders",
        lambda: post(redirect=listed(22, "/a{}" + "/a" * 3700)),
    ),
    Input(
        "redirects that are escaped",
        lambda: post(redirect=listed(10_000, "/%2525{}")),
    ),
    Input("a day of 7,900 hyphens", lambda: post(date="2018" + "-06" * 2500)),
    Input("an EDTF date of slashes", lambda: post(date_edtf="2017-11" + "/2018-05" * 900)),
    Input(
        "an EDTF date of brackets",
        lambda: post(date_edtf='"' + "[" * 3900 + "2018" + "]" * 3900 + '"'),
    ),
    Input("an EDTF date of groups", lambda: post(date_edtf="(" * 3900 + "2018" + ")?" * 1900)),
    Input("an EDTF year to a large power", lambda: post(date_edtf="y1e999999999")),
    Input("an address of brackets", lambda: post(source="'https://" + "[" * 7800 + "'")),
    Input("a number of 7,900 digits", lambda: post(excerpt="9" * 7800)),
)

# -- Images -----------------------------------------------------------------------

_NESTED_SVG = 40_000
_IMAGES = (
    Input("a PNG as large as Pillow lets in", lambda: illustrated("a.png", png(9_400, 9_400))),
    Input(
        "a PNG of which nothing is drawn",
        lambda: illustrated("a.png", png(9_400, 9_400, drawn=False)),
    ),
    Input(
        "a PNG of a million parts",
        lambda: illustrated(
            "a.png", png(500, 500, drawn=False, before=_chunk(b"aaAa", b"") * (LARGEST_IMAGE // 12))
        ),
    ),
    Input(
        "a PNG with 100 MB of words packed",
        lambda: illustrated(
            "a.png",
            png(500, 500, drawn=False, before=_chunk(b"zTXt", b"a\x00\x00" + _zeros(10**8))),
        ),
    ),
    Input("a PNG cut short", lambda: illustrated("a.png", png(5_000, 5_000)[:60_000])),
    Input("a PNG of 200 MB", lambda: illustrated("a.png", Sparse(200_000_000, png(500, 500)))),
    Input("a GIF of 100,000 frames", lambda: illustrated("a.gif", gif(50_000, 50_000, 100_000))),
    Input(
        "a GIF of comments",
        lambda: illustrated(
            "a.gif", gif(500, 500, 1)[:19] + (b"\x21\xfe\x01a\x00" * (LARGEST_IMAGE // 5))
        ),
    ),
    Input(
        "a GIF with one long comment",
        lambda: illustrated(
            "a.gif", gif(500, 500, 1)[:19] + b"\x21\xfe" + b"\x01a" * (LARGEST_IMAGE // 2)
        ),
    ),
    Input("a JPEG that claims 65,000 x 65,000", lambda: illustrated("a.jpg", jpeg(65_000, 65_000))),
    Input("a JPEG as large as Pillow lets in", lambda: illustrated("a.jpg", jpeg(9_400, 9_400))),
    Input(
        "a progressive JPEG as large as Pillow lets in",
        lambda: illustrated("a.jpg", jpeg(9_400, 9_400, progressive=True)),
    ),
    Input("a JPEG of remarks", lambda: illustrated("a.jpg", jpeg(500, 600, size=LARGEST_IMAGE))),
    Input(
        "a JPEG of fill bytes", lambda: illustrated("a.jpg", b"\xff\xd8" + b"\xff" * LARGEST_IMAGE)
    ),
    Input(
        "a WebP that claims 16,384 x 16,384", lambda: illustrated("a.webp", webp(16_384, 16_384, 1))
    ),
    Input("a WebP of 100,000 frames", lambda: illustrated("a.webp", webp(500, 500, 100_000))),
    Input("a TIFF called PNG", lambda: illustrated("a.png", tiff(60_000))),
    Input("a QOI called PNG", lambda: illustrated("a.png", qoi(9_000, 9_000))),
    Input(
        "a PostScript called PNG",
        lambda: illustrated(
            "a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9000 9000\n{} loop\n"
        ),
    ),
    Input("one image shown often", lambda: gallery("a.png", png(3_000, 3_000))),
    Input("one drawing shown often", lambda: gallery("a.svg", svg("<g/>" * 15_000))),
    Input("an SVG of entities", lambda: illustrated("a.svg", svg("<text>&e11;</text>", bomb()))),
    Input(
        "an SVG of one long entity",
        lambda: illustrated(
            "a.svg", svg("&a;" * 90_000, f'<!DOCTYPE svg [<!ENTITY a "{"a" * 90_000}">]>')
        ),
    ),
    Input(
        "an SVG of entities from elsewhere",
        lambda: illustrated(
            "a.svg", svg("&a;", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///dev/zero">]>')
        ),
    ),
    Input(
        "an SVG in one another",
        lambda: illustrated("a.svg", svg("<g>" * _NESTED_SVG + "</g>" * _NESTED_SVG)),
    ),
    Input("an SVG of 200,000 elements", lambda: illustrated("a.svg", svg("<g/>" * 200_000))),
    Input(
        "an SVG of attributes",
        lambda: illustrated(
            "a.svg", svg("<g " + "".join(f"a{n}='' " for n in range(90_000)) + "onload=''/>")
        ),
    ),
    Input(
        "an SVG of addresses begun",
        lambda: illustrated("a.svg", svg(f'<path style="{"url( " * 190_000}"/>')),
    ),
)

# -- Files and folders ------------------------------------------------------------

_LONG = "a" * 252
_FOLDERS = (
    Input("a pipe called a post", lambda: {POST: Fifo()}),
    Input("a pipe called an image", lambda: illustrated("a.png", Fifo())),
    Input("a pipe called a folder", lambda: {"2018": Fifo()}),
    Input("a folder called an image", lambda: illustrated("a.png", Folder())),
    Input("a link to a device, called a post", lambda: {POST: Link("/dev/zero")}),
    Input("a link to a device, called an image", lambda: illustrated("a.png", Link("/dev/zero"))),
    Input("a link to what is typed, called a post", lambda: {POST: Link("/dev/stdin")}),
    Input("a link to itself, called a post", lambda: {POST: Link("billet.md")}),
    Input("a link to the folder above", lambda: {POST: write(), "2018/billet": Link("..")}),
    Input("a link to the root", lambda: {"2018": Link("/")}),
    Input("a link to a large file", lambda: {POST: Link("a.txt"), "2018/a.txt": Sparse(2 * 10**9)}),
    Input("a post of 2 GB", lambda: {POST: Sparse(2 * 10**9, write().encode())}),
    Input("an attachment of 2 GB", lambda: post() | {"2018/billet/a.pdf": Sparse(2 * 10**9)}),
    Input("1,500 folders in one another", lambda: {"2018": Depths(1_500, write())}),
    Input("2,000 folders", lambda: {f"2018/a{n}": Folder() for n in range(2_000)} | {POST: "a"}),
    Input("2,000 empty posts", lambda: {f"2018/a{n}.md": "" for n in range(2_000)}),
    Input("2,000 links", lambda: {f"2018/a{n}.md": Link("/dev/zero") for n in range(2_000)}),
    Input("2,000 pipes", lambda: {f"2018/a{n}.md": Fifo() for n in range(2_000)}),
    Input(
        "names as long as may be",
        lambda: {f"2018/{_LONG[:-4]}{n}.md": "" for n in range(1_000, 1_100)},
    ),
    Input("a name of signs", lambda: {f"2018/{'é' * 100}\n\x1b[2J.md": write()}),
)

INPUTS = (*_MEASURED, *_TEXT, *_HEADERS, *_IMAGES, *_FOLDERS)

# -- Measuring --------------------------------------------------------------------

SECONDS, MEGABYTES = 1, 300
# A reader that waits uses no processor: it is stopped after so long.
_PATIENCE = 20
# The system gives no more, so that one input cannot take all there is; the figure comes first.
_CEILING = 2_000_000_000
_TOLD = re.compile(r"docs/[^:]+:[1-9][0-9]*: \S.*\n?")


@dataclass(frozen=True, kw_only=True)
class Result:
    """How `archivist check` ended on an input, in how much time of a processor and memory.

    *code* is that of the process, negative for the signal that stopped it. *refused* is
    whether it told mistakes and nothing else, *first* and *last* what it told.
    """

    code: int
    refused: bool
    first: str
    last: str
    seconds: float
    megabytes: float


@contextmanager
def open_bench(docs: Path, seconds: int = SECONDS) -> Iterator[Callable[[Input], Result]]:
    """Yield a function that lays an input in *docs*, whose posts are lost, and measures it.

    A process that does nothing else has loaded all there is to load, and forks for each input.
    """
    command = [sys.executable, __file__, docs, str(seconds)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) as process:

        def measure(given: Input) -> Result:
            lay(given.files(), docs / "posts")
            process.stdin.write("\n")
            answer = process.stdout.readline()
            clear(docs / "posts")
            return Result(**json.loads(answer))

        yield measure


def measure_all(docs: Path, seconds: int = SECONDS) -> dict[str, Result]:
    """Return what each input takes, by name; *docs* is the folder of an archive to spare."""
    with open_bench(docs, seconds) as measure:
        return {given.name: measure(given) for given in INPUTS}


def _serve(docs: str, seconds: int) -> None:
    """Measure a check each time that a line is read, and print what it took."""
    main(["check", docs])
    for _ in sys.stdin:
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as told:
            print(json.dumps(asdict(_measure(docs, seconds, told))), flush=True)


def _measure(docs: str, seconds: int, told: io.TextIOWrapper) -> Result:
    pid = os.fork()
    if not pid:
        _limit(seconds)
        os.dup2(told.fileno(), 2)
        sys.exit(main(["check", docs]))
    _, status, usage = os.wait4(pid, 0)
    code, first, last, refused = os.waitstatus_to_exitcode(status), "", "", True
    told.seek(0)
    for line in told:
        first, last = first or line[:300], line[:300]
        refused = refused and _TOLD.fullmatch(line) is not None
    return Result(
        code=code,
        refused=code == 1 and bool(first) and refused,
        first=first,
        last=last,
        seconds=usage.ru_utime + usage.ru_stime,
        # Kilobytes, but for macOS.
        megabytes=usage.ru_maxrss / (10**6 if sys.platform == "darwin" else 1024),
    )


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    with suppress(ValueError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (_CEILING, _CEILING))
    signal.alarm(_PATIENCE)


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
