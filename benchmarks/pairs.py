"""Two ways to the same answers, timed in turns: what slows the machine down for a moment slows both.

A round times the peer and then ours, in CPU seconds of this process, and takes their ratio; the median of all
rounds is told. Times belong to the machine, ratios hardly: only these are asserted. That both count the same
equilibria is looked at before the first round.
"""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from typing import NamedTuple


class Work(NamedTuple):
    """Something to do, and over how many games."""

    run: Callable[[], list[int]]
    """Returns how many equilibria each game has; of very many games the first ones are enough."""
    games: int


class Pair(NamedTuple):
    """Ours and a peer's way to do the same."""

    name: str
    ours: Work
    peer: Work
    least: float | None = None
    """How many times as fast ours must be; None where the peer is only shown."""


class Measured(NamedTuple):
    """The medians of all rounds: CPU seconds a game, and how many times as fast ours is."""

    name: str
    ours: float
    peer: float
    ratio: float
    least: float | None
    alike: tuple[int, int]
    """In how many games both count the same equilibria, and how many were looked at."""

    @property
    def short(self) -> bool:
        """Whether the ratio is less than it must be."""
        return self.least is not None and self.ratio < self.least

    def __str__(self) -> str:
        """One line: ratio, what is asked, times."""
        asked = "" if self.least is None else f" (at least {self.least:,.0f}{': SHORT' if self.short else ''})"
        times = f"ours {_scaled(self.ours)}, peer {_scaled(self.peer)} a game"
        same, total = self.alike
        return f"{self.name}: {_digits(self.ratio)} times as fast{asked}; {times}; alike in {same} of {total}"


def measured(pair: Pair, rounds: int) -> Measured:
    """Warm both up, then time them in turns."""
    counts = list(zip(pair.ours.run(), pair.peer.run(), strict=False))
    turns = [(_seconds(pair.peer), _seconds(pair.ours)) for _ in range(rounds)]
    ratio = median(peer / ours for peer, ours in turns)
    ours, peer = median(ours for _, ours in turns), median(peer for peer, _ in turns)
    alike = sum(one == other for one, other in counts), len(counts)
    return Measured(pair.name, ours, peer, ratio, pair.least, alike)


def _seconds(work: Work) -> float:
    gc.collect()
    start = time.process_time()
    work.run()
    return (time.process_time() - start) / work.games


def peak(run: Callable[[], object]) -> int:
    """The most memory that something holds at once, in bytes."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def _digits(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


def _scaled(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
