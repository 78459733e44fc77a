"""Links in a text led to where files are now: their targets change, and no word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from archivist.addresses.web import find_scheme, point_to, resolve_path
from archivist.posts.file import blank_header
from archivist.words.canonical import WordReader

# [texte](a.md), ![vue](<a b.png>), [nom]: a.md, <a href="a.md">, :::{figure} a.png, :target: a.md
_TARGET = re.compile(
    r"""(?:(?:\]\(\s*|\]:[ \t]*)(?P<opened><)?|\bhref=["']?|\bsrc=["']?|^[ \t]*:target:[ \t]*
    |^[\s>*+\-.0-9]*[`~:]{3,}\{(?:figure|image)\}[ \t]*|^featured_image:[ \t]*["']?)
    (?P<path>(?(opened)[^<>\n]+|[^\s<>()"'`\#]+))""",
    re.MULTILINE | re.VERBOSE,
)
_REFERENCE = re.compile(r"\{ref\}`(?:[^`<>]*<)?(?P<path>[^`<>]+?)>?`")


def lead(
    text: str,
    places: tuple[str, str],
    find_place: Callable[[str], str],
    labels: Mapping[str, str],
) -> str:
    """Return the document *text* with its links led to where things are.

    *places* are its docnames, before and after. *find_place* gives the path below docs/ that a
    file has now, nothing for what is none; *labels* what `{ref}` calls posts now, by what it did.
    """
    before, after = places

    def lead_path(path: str) -> str:
        plain, sign, part = path.partition("#")
        if not plain or find_scheme(path) or path.startswith("//"):
            return path
        target = find_place(resolve_path(before, unquote(plain)))
        if not target or target == resolve_path(after, unquote(plain)):
            return path
        led = f"/{target}" if plain.startswith("/") else point_to(after, target)
        return f"{led}{sign}{part}"

    for pattern, change in (
        (_TARGET, lead_path),
        (_REFERENCE, lambda label: labels.get(label.lower(), label)),
    ):
        for match in reversed(list(pattern.finditer(text))):
            led = change(match["path"])
            if led != match["path"]:
                new = text[: match.start("path")] + led + text[match.end("path") :]
                # What is shown as code is what an author says.
                text = new if _list_words(new) == _list_words(text) else text
    return text


def _list_words(text: str) -> list[str]:
    # Whatever the title of what a reference leads to.
    reader = WordReader(lambda _: "titre")
    reader.read(blank_header(text) if text.startswith("---\n") else text, 1)
    return [passage.text for passage in reader.passages]
