"""What only people read is taken out of what browsers load."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from string import ascii_letters

from rcssmin import cssmin

# Indents, empty lines, and lines that are a comment.
_IDLE = re.compile(r"^\s*(?://.*\n\s*)*", re.MULTILINE)
# A variable as it is set: `--color-link:var(--color-brand-content);`
_SET = re.compile(r"--([\w-]+):([^;{}]*);?")
_NAME = re.compile(r"--([\w-]+)")


def bundle_styles(texts: Iterable[str]) -> str:
    """Return stylesheets as one, without what only people read."""
    return cssmin("\n".join(texts))  # type: ignore[no-any-return]


def squeeze_script(text: str) -> str:
    """Return a script of which no string has several lines, without what only people read."""
    return _IDLE.sub("", text)


def shorten_variables(text: str, kept: Container[str] = ()) -> str:
    """Return a minified stylesheet, its variables under short names but for those that are *kept*.

    One that is always what another is has no name; one that no rule uses is not there.
    """
    times = Counter(name for name, _ in _SET.findall(text))
    same: dict[str, str] = {}
    for name, value in _SET.findall(text[: text.find("}")]):
        known = value if value.startswith("var(") else same.get(value, "")
        if times[name] > 1:
            continue
        if known and name not in kept:
            text = text.replace(f"--{name}:{value};", "").replace(f"var(--{name})", known)
        elif not known:
            same[value] = f"var(--{name})"
    used = {name for name in times if name in kept or f"var(--{name})" in text}
    text = _SET.sub(lambda found: found[0] if found[1] in used else "", text)
    often = (name for name, _ in Counter(_NAME.findall(text)).most_common() if name not in kept)
    short = dict(zip(often, ascii_letters, strict=False))
    return _NAME.sub(lambda found: f"--{short.get(found[1], found[1])}", text)
