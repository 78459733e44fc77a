"""Where this machine answers to itself, and why it cannot."""

from __future__ import annotations

import errno
import socket

from archivist.errors import ArchiveError, explain

HERE = "127.0.0.1"
_FIRST_PORT, _LAST_PORT = 8000, 65535


def refuse_port(error: Exception, port: int, word: str) -> ArchiveError:
    """Return why `make` *word* cannot answer at *port* of this machine, and where it can."""
    if port > _LAST_PORT or port < 0:
        why = f"un port est un nombre de 0 à {_LAST_PORT}"
    elif isinstance(error, OSError) and error.errno != errno.EADDRINUSE:
        why = f"ce port est refusé ({explain(error)})"
    else:
        why = "quelque chose répond déjà ici"
    free = next(filter(_is_free, range(max(port, _FIRST_PORT) + 1, _LAST_PORT)), _FIRST_PORT)
    return ArchiveError(f"--port {port} : {why}, essayez make {word} PORT={free}.")


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HERE, port)).close()
    except OSError:
        return False
    return True
