"""What is wrong with a picture."""

from __future__ import annotations


class PictureError(Exception):
    """A picture cannot be published; its message says in French what it is, and what to do."""
