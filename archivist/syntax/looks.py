"""Tell a construct of another tool from what only looks like it."""

from __future__ import annotations

import re

# What GitHub knows between `[!` and `]`, and posts may hold as it is, without a title.
_ALERTS = frozenset({"note", "tip", "important", "warning", "caution"})
_PROSE = re.compile(r"[A-ZÀ-ÖØ-Þ«–—“\"][^{}<>=;\\|]*[.!?…:»”\"]\Z", re.DOTALL)
_FEWEST_SPACES = 2
_LETTERS = re.compile(r"[^\W\d_]|[ ’',.]")


def is_prose(text: str) -> bool:
    """Tell whether *text*, set back as code is, was meant to be read, as a sentence is."""
    bare = text.strip()
    if not _PROSE.fullmatch(bare) or bare.count(" ") < _FEWEST_SPACES:
        return False
    return len(_LETTERS.findall(bare)) >= 0.9 * len(bare)


def is_emoji(found: re.Match[str]) -> bool:
    """Tell whether a name between colons, as `:tada:`, is one that others show a sign for."""
    text, (start, end) = found.string, found.span()
    # « 10:abc:20 », « http://a:b:c » and roles are something else.
    before, after = text[start - 1 : start], text[end : end + 1]
    alone = not (re.match(r"[\w:/\x00]", before) or re.match(r"[\w:`]", after))
    return alone and (is_icon(found[0]) or bool(read_emoji(found[0])))


def read_emoji(name: str) -> str:
    """Return the sign that GitHub and others show for *name*, as `:tada:`, or nothing."""
    # Few texts have any.
    from emoji import emojize  # noqa: PLC0415

    shown = emojize(name, language="alias")
    return "" if shown == name else shown


def is_icon(name: str) -> bool:
    """Tell whether *name* is that of an icon of Material for MkDocs: it says nothing in words."""
    return name.startswith((":material-", ":fontawesome-", ":octicons-", ":simple-", ":fa-"))


def has_note(found: re.Match[str]) -> bool:
    """Tell whether a line `[1] Source` is a note: it is called above."""
    return f"[{found['label']}]" in found.string[: found.start()]


def is_even(found: re.Match[str]) -> bool:
    """Tell whether lines of cells between tabs are a table: as many cells in each."""
    counts = {line.strip("\n").count("\t") for line in found[0].rstrip("\n").split("\n")}
    return len(counts) == 1 and bool(re.search(r"\w\w", found[0]))


def is_callout(found: re.Match[str]) -> bool:
    """Tell whether `> [!info] Titre` is what Obsidian alone reads."""
    is_ours = found["kind"].lower() in _ALERTS and not found["fold"] and not found["title"].strip()
    return not is_ours
