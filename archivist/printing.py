"""What a command prints: it reads as text to a terminal and to a workflow, whatever is in it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOBase
from typing import TextIO

# No-break spaces, which Python calls unprintable.
_SPACES = "\u00a0\u202f"
# What GitHub obeys: ::stop-commands::x that begins a line, ##[add-mask]x anywhere in it. Mistakes
# are annotated by archivist.commands.check.annotate.
# https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_ORDER = re.compile(r"^(\s*):(?=:(?!(?:error|notice) file=))", re.MULTILINE)


def spell_out(text: str) -> str:
    """Return *text* on one line, with the signs spelled out that a terminal may obey."""
    if text.isprintable():
        return text
    return "".join(
        f"\\x{ord(each):02x}" if not each.isprintable() and each not in _SPACES else each
        for each in text
    )


class SafeStream(TextIOBase):
    """Writes lines of plain text on *raw*, with the signs spelled out that *raw* has no code for."""

    def __init__(self, raw: TextIO) -> None:
        self._raw = raw

    def write(self, text: str, /) -> int:
        """Write *text*; what would do something there is spelled out."""
        lines = "\n".join(map(spell_out, text.split("\n")))
        self.draw(_ORDER.sub(r"\1\\x3a", lines).replace("##[", r"##\x5b"))
        return len(text)

    def draw(self, text: str) -> None:
        """Write *text* of ours, which may move about on a terminal."""
        encoding = self._raw.encoding or "utf-8"
        with self._without_reader():
            self._raw.write(text.encode(encoding, "backslashreplace").decode(encoding))

    def flush(self) -> None:
        """Write what waits."""
        with self._without_reader():
            self._raw.flush()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._raw.isatty()

    @contextmanager
    def _without_reader(self) -> Iterator[None]:
        """Go on though nobody reads any more, as `head` does."""
        try:
            yield
        except OSError as error:
            # What waits there would be written, and fail, once more when Python ends.
            with suppress(OSError), open(os.devnull, "wb") as nothing:  # noqa: PTH123
                os.dup2(nothing.fileno(), self._raw.fileno())
            if not isinstance(error, BrokenPipeError):
                raise


def draw(stream: TextIO, text: str) -> None:
    """Write *text* of ours, which may move about on the terminal *stream*."""
    (stream.draw if isinstance(stream, SafeStream) else stream.write)(text)
    stream.flush()


@contextmanager
def safe_printing() -> Iterator[None]:
    """Have all that is printed meanwhile, by whomever, printed as plain text."""
    before = sys.stdout, sys.stderr
    # Either is None where it was closed before the command began.
    sys.stdout, sys.stderr = (each and SafeStream(each) for each in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
