"""The addresses that `[name]: https://…` gives, and which of them a text calls."""

from __future__ import annotations

from typing import Any


class LinkDefinitions(dict[str, Any]):
    """What each name of a link leads to; *called* are those that a link or an image asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.called: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return what *key* leads to, as markdown-it asks for it."""
        self.called |= {key} & self.keys()
        return super().get(key, default)

    def list_uncalled(self) -> list[str]:
        """Return the names that nothing asked for, but for those that hide a remark.

        `[//]: # (À relire)` is what Markdown has for a comment.
        """
        remarks = {"", "#"}
        return [
            name
            for name, said in self.items()
            if name not in self.called and said["href"] not in remarks
        ]
