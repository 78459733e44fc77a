"""The two ways to say in French that something cannot be done: for a command, for a line."""

from __future__ import annotations

import errno
import os

_REASONS = {
    errno.EACCES: "droits insuffisants",
    errno.EDQUOT: "plus de place",
    errno.EIO: "disque abîmé",
    errno.EISDIR: "c’est un dossier",
    errno.ELOOP: "lien qui tourne en rond",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ENOENT: "introuvable",
    errno.ENOSPC: "plus de place sur le disque",
    errno.ENOTDIR: "ce n’est pas un dossier",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "disque en lecture seule",
}


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


def explain(error: OSError) -> str:
    """Return in a few words of French why the system refused."""
    return _REASONS.get(error.errno or 0) or error.strerror or "erreur inconnue"


def tell_error(error: ArchiveError | OSError) -> str:
    """Return what is printed of *error*: of one of the system, the path that failed, and why."""
    if isinstance(error, ArchiveError):
        return str(error)
    if error.errno is None:
        # Not the system's, as that of a picture which is none.
        return " ".join(str(error).split())
    if not error.filename:
        return f"le système a refusé d’écrire ou de lire ({explain(error)})."
    return f"{os.fsdecode(error.filename)} : impossible d’y accéder ({explain(error)})."
