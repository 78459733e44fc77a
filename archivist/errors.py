"""The two ways to say in French that something cannot be done: for a command, for a line."""

from __future__ import annotations


class ArchiveError(Exception):
    """A command cannot do what was asked: it prints the message, a line a mistake, and exits 1."""


class FileError(Exception):
    """A file, or a part of one, is not what it should be; whoever reads it knows its path."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        """Where, counted from 1."""
        self.message = message
        """What to write instead, in French."""
