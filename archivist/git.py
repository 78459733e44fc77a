"""What git answers of the repository that a folder is in."""

from __future__ import annotations

import subprocess
from pathlib import Path


def ask_git(folder: Path, *words: str) -> tuple[bytes, str]:
    """Return what git answers, nothing where it cannot, and what it complains of."""
    # No program of the repository's own, nor a repository among the sources.
    options = ("-c", "safe.bareRepository=explicit", "-c", "log.showSignature=false")
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *options, *words],  # noqa: S607
            cwd=folder,
            capture_output=True,
            check=False,
        )
    except OSError:
        return b"", ""
    return (b"" if done.returncode else done.stdout), done.stderr.decode("utf-8", "replace")
