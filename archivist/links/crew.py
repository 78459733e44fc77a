"""Several hosts asked at a time, each by one hand: what they answer, as it comes."""

from __future__ import annotations

import queue
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from archivist.addresses.web import find_host
from archivist.links.pace import StoppedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archivist.links.pace import Pace

_Found = TypeVar("_Found")
HANDS = 8


def _group(addresses: Iterable[str]) -> list[list[str]]:
    """Return *addresses* by host, those with most to ask first: they take longest."""
    groups: dict[str, list[str]] = {}
    for address in addresses:
        groups.setdefault(find_host(address), []).append(address)
    return sorted(groups.values(), key=len, reverse=True)


def ask_all(
    addresses: Sequence[str], ask: Callable[[str], _Found], pace: Pace
) -> Iterator[tuple[str, _Found]]:
    """Yield each of *addresses* with what *ask* finds there, in the order of the answers.

    Whoever stops listening, for whatever reason, stops the asking.
    """
    answers: queue.SimpleQueue[tuple[str, _Found] | Exception | None] = queue.SimpleQueue()

    def work(group: list[str]) -> None:
        try:
            for address in group:
                answers.put((address, ask(address)))
        except StoppedError:
            pass
        except Exception as error:  # noqa: BLE001 (raised again where it is heard)
            answers.put(error)
        answers.put(None)

    groups = _group(addresses)
    with ThreadPoolExecutor(HANDS) as pool:
        waiting = [pool.submit(work, group) for group in groups]
        try:
            yield from _listen(answers, len(waiting))
        finally:
            pace.stop()
            pool.shutdown(wait=False, cancel_futures=True)


def _listen(
    answers: queue.SimpleQueue[tuple[str, _Found] | Exception | None], workers: int
) -> Iterator[tuple[str, _Found]]:
    while workers:
        answer = answers.get()
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            workers -= 1
        else:
            yield answer
