"""Cases out, rows back: chunks of the right size, and the search for the one run that took its worker down.

    numbers -> chunks of a tenth of a second -> a crew -> rows, in the order in which they come back

When a worker is lost, everything that its crew had in hand is suspect. A fresh crew then takes the suspects one at
a time: whoever ends a worker again is known by name, and all the others have lost nothing but a moment.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import TypeAlias

import numpy as np

from games.errors import refuse
from lab.executors import Crew
from lab.sheaves import Sheaf, loose
from lab.work import Finished, failed
from lab.workers import Numbers

Rows: TypeAlias = list[Finished]

NOBODY: Numbers = np.array([], dtype=np.int64)

WORTH = 0.1
"""Seconds of work in a chunk: long enough that sending it costs nothing beside, short enough to share fairly."""
AHEAD = 2
"""Chunks in hand for each worker, so that nobody waits for the post."""
MOST = 5000
"""Cases in a chunk at most: their rows have to travel back."""
BEAT = 1.0
"""Seconds after which an empty list is yielded while no run ends, for those who have something to do by the clock."""
GUESS = 0.05
"""Seconds that a run is thought to take before any has come back."""


class Lost(RuntimeError):
    """A process ended in the middle of its work."""


class Late(TimeoutError):
    """The run took longer than it may."""


class Queue:
    """The cases that are still to be sent, and how long one takes."""

    def __init__(self, numbers: Numbers) -> None:
        """Take the cases in order."""
        self._numbers, self._at, self._pace = numbers, 0, GUESS

    @property
    def left(self) -> int:
        """How many have not been sent."""
        return len(self._numbers) - self._at

    def chunk(self, workers: int) -> Numbers:
        """The next cases: a tenth of a second of work, less towards the end, so that all workers finish together."""
        size = min(WORTH / self._pace, self.left / (2 * AHEAD * workers), MOST)
        start, self._at = self._at, min(self._at + max(1, int(size)), len(self._numbers))
        return self._numbers[start : self._at]

    def learn(self, rows: Rows) -> None:
        """Note how long these runs took; what came last counts for half."""
        mean = sum(row.seconds for row in rows) / len(rows)
        self._pace = max(1e-7, mean if self._pace == GUESS else (self._pace + mean) / 2)


def dispatch(crew: Crew, numbers: Numbers, limit: float | None) -> Generator[Rows]:
    """Have all these cases run, and yield their rows as they come back; `limit` is what a run's clock is set to.

    What goes wrong and is no run's fault, such as a cluster that goes away, is raised here, as an InputError.
    """
    queue, hands, beat = Queue(numbers), dict[Future[Sheaf], Numbers](), time.monotonic()
    while queue.left or hands:
        suspects = _sent(crew, queue, hands)
        done = wait(hands, BEAT, FIRST_COMPLETED).done if hands else ()
        if time.monotonic() - beat >= BEAT:
            crew.tend()
            beat = time.monotonic()
        if not done:
            yield []
        for future in done:
            yield from _settled(crew, future, hands.pop(future), queue, suspects)
        if suspects and crew.brittle:
            for future in list(hands):
                yield from _settled(crew, future, hands.pop(future), queue, suspects)
        if suspects:
            yield from one_by_one(crew, np.concatenate(suspects, dtype=np.int64), limit)


def one_by_one(crew: Crew, numbers: Numbers, limit: float | None) -> Generator[Rows]:
    """Every one of these cases alone, so that one which ends its worker cannot hide behind another."""
    yield from _replaced(crew)
    for number in numbers.tolist():
        began = time.monotonic()
        try:
            yield (yield from _awaited(crew, np.array([number])))
        except crew.losses:
            yield [_ended(number, time.monotonic() - began, limit, crew.last_words())]
            yield from _replaced(crew)


def _replaced(crew: Crew) -> Generator[Rows]:
    """Renew a crew and call the roll: workers that end without any run would make every run look guilty."""
    crew.renew()
    try:
        yield from _awaited(crew, NOBODY)
    except crew.losses:
        hint = "can they import what they are to run, and is there memory for them?"
        raise refuse("--executor", "the workers end before they have done anything", hint) from None


def _awaited(crew: Crew, numbers: Numbers) -> Generator[Rows, None, Rows]:
    """Have these cases run; nothing but empty lists comes until their rows are there, which are returned."""
    future = crew.submit(numbers)
    while not wait([future], BEAT).done:
        crew.tend()
        yield []
    return _result(future)


def _sent(crew: Crew, queue: Queue, hands: dict[Future[Sheaf], Numbers]) -> list[Numbers]:
    """Fill everybody's hands; returns the chunk that a broken crew did not take."""
    while queue.left and len(hands) < AHEAD * crew.workers:
        chunk = queue.chunk(crew.workers)
        try:
            hands[crew.submit(chunk)] = chunk
        except crew.losses:
            return [chunk]
    return []


def _settled(
    crew: Crew, future: Future[Sheaf], chunk: Numbers, queue: Queue, suspects: list[Numbers]
) -> Generator[Rows]:
    """The rows of a chunk; or else it joins the suspects."""
    try:
        rows = _result(future)
    except crew.losses:
        suspects.append(chunk)
        return
    queue.learn(rows)
    yield rows


def _result(future: Future[Sheaf]) -> Rows:
    try:
        return loose(future.result())
    except CancelledError:
        hint = "look after it; every row that came back is stored, and `winset resume` makes the rest"
        raise refuse("--executor", "it has dropped the runs that it was given; is its scheduler gone?", hint) from None


def _ended(number: int, seconds: float, limit: float | None, words: str | None) -> Finished:
    """The row of a run that ended its worker a second time: `timeout` if it was the clock, else `crashed`."""
    if limit is not None and (words is not None or seconds >= limit):
        row = failed(number, Late(f"took longer than {limit:g} s, twice"), seconds, "timeout")
    else:
        row = failed(number, Lost("its worker ended in the middle of it, twice"), seconds, "crashed")
    return row if words is None else row._replace(traceback=words)
