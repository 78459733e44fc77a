"""How long a build takes over each document: the time of the processor, part by part."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from archivist.build.readings import Readings
from archivist.checks import run
from archivist.comments.reading import ENDING
from archivist.site.sphinx.builder import ArchiveBuilder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Times = defaultdict[str, float]


class _Clock:
    """Tells the time of the processor, without that of looking for garbage: it is nobody's."""

    def __init__(self) -> None:
        self._collecting = self._begun = 0.0

    def __call__(self) -> float:
        return time.thread_time() - self._collecting

    def note(self, phase: str, _: object) -> None:
        """Note that a collection begins or ends."""
        if phase == "start":
            self._begun = time.thread_time()
        else:
            self._collecting += time.thread_time() - self._begun


@contextmanager
def time_documents() -> Iterator[Times]:
    """Yield how many seconds each document takes, by docname, filled by the builds meanwhile.

    What is done for all documents at once is not in it.
    """
    times: Times = defaultdict(float)
    clock = _Clock()
    # A post is rendered while it is read: what is within counts once.
    begun: set[str] = set()

    def measure(owner: object, name: str, name_document: Callable[..., str]) -> Any:
        original = getattr(owner, name)

        @wraps(original)
        def timed(*args: Any, **options: Any) -> Any:
            document, before = name_document(*args), clock()
            is_within = document in begun
            begun.add(document)
            try:
                found = original(*args, **options)
                return list(found) if name == "_tell" else found
            finally:
                if not is_within:
                    begun.discard(document)
                    times[document] += clock() - before

        return patch.object(owner, name, timed)

    gc.callbacks.append(clock.note)
    with (
        measure(
            Readings, "once", lambda _, name, *__: name.removesuffix(".md").removesuffix(ENDING)
        ),
        measure(run, "_tell", lambda source, *_: source.docname),
        measure(Builder, "read_doc", lambda _, docname, **__: docname),
        measure(BuildEnvironment, "get_and_resolve_doctree", lambda _, docname, *__: docname),
        measure(ArchiveBuilder, "write_doc", lambda _, docname, *__: docname),
        measure(ArchiveBuilder, "find_reading", lambda _, docname: docname),
        measure(ArchiveBuilder, "_write_page", lambda _, page: page.docname),
    ):
        try:
            yield times
        finally:
            gc.callbacks.remove(clock.note)
