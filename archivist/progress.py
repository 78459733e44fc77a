"""How far a long build is: a bar in a terminal, a line a stage elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from archivist.printing import draw

# What a build does, and the share of its time that it takes of a large archive, in hundredths.
STAGES = {
    "vérification": 12, "lecture": 30, "rendu des textes": 1, "écriture des pages": 30,
    "images": 5, "recherche": 20, "publication": 2,
}  # fmt: skip
# A build that takes less is over before its bar is read.
_PATIENCE = 2.0  # seconds
_BETWEEN_DRAWINGS = 0.1  # seconds
_WIDTH = 24


def _spell(seconds: float) -> str:
    return f"{seconds:.1f}\u00a0s".replace(".", ",")


@dataclass
class Progress:
    """Shows on *stream* how far the work is; *seconds* are those each stage took.

    *stages* gives each stage its share of the time, in hundredths.

    Nothing is shown without a stream, or in the first two seconds.
    """

    stream: TextIO | None = None
    stages: Mapping[str, int] = field(default_factory=lambda: STAGES)
    clock: Callable[[], float] = time.monotonic
    seconds: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._began = self._stage_began = self.clock()
        self._drawn = self._began + _PATIENCE
        self._stage, self._done, self._total = "", 0, 0

    def begin(self, stage: str, total: int = 0) -> None:
        """Say that a stage of *stages* begins, with *total* steps once that is known."""
        if stage != self._stage:
            self._end_stage()
        self._stage, self._done, self._total = stage, 0, total
        self.step(0)

    def step(self, steps: int = 1) -> None:
        """Say that *steps* more are done."""
        self._done += steps
        now = self.clock()
        if self.stream and self.stream.isatty() and now > self._drawn:
            self._drawn = now + _BETWEEN_DRAWINGS
            draw(self.stream, f"\r{self._draw(now)}\x1b[K")

    def end(self) -> None:
        """Say that all is done; what was drawn is wiped out."""
        self._end_stage()
        self._stage = ""
        if self.stream and self.stream.isatty():
            draw(self.stream, "\r\x1b[K")

    def _end_stage(self) -> None:
        now = self.clock()
        if self._stage:
            self.seconds[self._stage] = now - self._stage_began
            if self.stream and not self.stream.isatty() and now - self._began > _PATIENCE:
                line = f"{self._stage}\u00a0: {_spell(self.seconds[self._stage])}"
                print(line, file=self.stream, flush=True)
        self._stage_began = now

    def _draw(self, now: float) -> str:
        names = list(self.stages)
        before = sum(self.stages[name] for name in names[: names.index(self._stage)])
        within = min(1.0, self._done / self._total) if self._total else 0.0
        share = (before + within * self.stages[self._stage]) / sum(self.stages.values())
        full = round(share * _WIDTH)
        left = (now - self._began) * (1 - share) / share if share else 0.0
        bar = "█" * full + "░" * (_WIDTH - full)
        count = f" {self._done}/{self._total}" if self._total else ""
        done = f"{share:4.0%}".replace("%", "\u00a0%")
        return f"{bar} {done} {self._stage}{count}, encore {left:.0f}\u00a0s"

    def summarise(self) -> str:
        """Return how long each stage took, on one line."""
        stages = ", ".join(f"{name} {_spell(took)}" for name, took in self.seconds.items())
        return f"{_spell(self.clock() - self._began)}\u00a0: {stages}."
