"""Cases out, rows back: chunks of the right size, and the search for the one run that took its worker down.

    numbers -> chunks of a tenth of a second -> a crew -> rows, in the order in which they come back

A worker may be lost because a run takes it down, or because somebody kills it. So the runs of a lost chunk are made
again, each in a chunk of its own. One that loses its worker there, too, is made again while nothing else runs. Only a
run that has taken down a worker on its own twice is blamed; all others have lost nothing but a moment.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Generator, Iterable
from concurrent.futures import CancelledError, Future
from typing import TypeAlias

import numpy as np

from games.errors import Problem
from lab.record import Finished
from lab.runs.executors import Crew
from lab.runs.row_transport import Sheaf, loose
from lab.runs.single_run import failed
from lab.runs.worker import Numbers
from lab.runs.worker_pool import UNBORN
from lab.store.errors import ExecutorFailed

Rows: TypeAlias = list[Finished]
Hands: TypeAlias = dict[Future[Sheaf], tuple[Numbers, float]]
"""By future: the cases that a crew has in hand, and when they were sent."""

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
ROLLS = 5
"""How often in a row a crew may lose a worker that has nothing to do."""

DROPPED = Problem(
    "--executor",
    "it has dropped the runs that it was given; is its scheduler gone?",
    "look after it; every row that came back is stored",
)
UNFIT = "install the same Winset where its workers run, and start them in a folder without modules of such names"


class Lost(RuntimeError):
    """A process ended in the middle of its work."""


class Late(TimeoutError):
    """The run took longer than it may."""


class Queue:
    """The cases that are still to be sent, and how long one takes."""

    def __init__(self, numbers: Numbers) -> None:
        """Take the cases in order."""
        self._numbers, self._at, self._pace = numbers, 0, GUESS
        self._again = deque[int]()

    @property
    def left(self) -> int:
        """How many have to be sent."""
        return len(self._numbers) - self._at + len(self._again)

    def chunk(self, workers: int) -> Numbers:
        """The next cases: a tenth of a second of work, less towards the end, so that all workers finish together.

        A case that has to be made again comes first, in a chunk of its own.
        """
        if self._again:
            return np.array([self._again.popleft()], dtype=np.int64)
        size = min(WORTH / self._pace, self.left / (2 * AHEAD * workers), MOST)
        start, self._at = self._at, min(self._at + max(1, int(size)), len(self._numbers))
        return self._numbers[start : self._at]

    def again(self, numbers: Iterable[int]) -> None:
        """Take cases back, to be sent one by one."""
        self._again.extend(numbers)

    def learn(self, rows: Rows) -> None:
        """Note how long these runs took; what came last counts for half."""
        mean = sum(row.seconds for row in rows) / len(rows)
        self._pace = max(1e-7, mean if self._pace == GUESS else (self._pace + mean) / 2)


def dispatch(crew: Crew, numbers: Numbers, limit: float | None) -> Generator[Rows]:
    """Have these cases run, and yield their rows as they come back; `limit` is what a run's clock is set to.

    An empty list comes where nothing else does, at least once a second. ExecutorFailed for what is no run's fault, such
    as a cluster that goes away.
    """
    hands: Hands = {}
    queue, suspects = Queue(numbers), Suspects(crew, limit)
    beat = time.monotonic()
    while queue.left or hands or suspects.left:
        if suspects.left and not hands:
            yield from suspects.tried()
            continue
        if not suspects.left and not _sent(crew, queue, hands):
            yield from _called(crew)
        done = crew.wait(hands, BEAT)
        if time.monotonic() - beat >= BEAT:
            crew.tend()
            beat = time.monotonic()
        rows: Rows = []
        for future in done:
            rows += _settled(crew, future, *hands.pop(future), queue, suspects)
        yield rows


class Suspects:
    """Runs that have lost their worker, and may have done it: they are tried one at a time, while nothing else runs."""

    def __init__(self, crew: Crew, limit: float | None) -> None:
        """Suspect nobody yet."""
        self._crew, self._limit = crew, limit
        self._lost = Counter[int]()
        self._waiting = deque[int]()

    @property
    def left(self) -> int:
        """How many wait for their trial."""
        return len(self._waiting)

    def add(self, numbers: list[int], seconds: float = 0.0, loss: BaseException | None = None) -> Rows:
        """Suspect these runs. With a loss one run did it on its own: its row comes when that was once too often."""
        if loss is not None:
            (number,) = numbers
            self._lost[number] += 1
            if self._lost[number] >= self._crew.proof:
                return [_ended(number, seconds, self._limit, getattr(loss, "words", None))]
        self._waiting.extend(numbers)
        return []

    def tried(self) -> Generator[Rows]:
        """Every suspect alone, one after another, while the crew does nothing else."""
        while self._waiting:
            number, began = self._waiting.popleft(), time.monotonic()
            yield from _called(self._crew)
            try:
                rows = yield from _awaited(self._crew, np.array([number], dtype=np.int64))
            except self._crew.losses as loss:
                rows = self.add([number], time.monotonic() - began, loss)
            yield rows


def _called(crew: Crew) -> Generator[Rows]:
    """Call the roll: workers that end without any run would make every run look guilty."""
    for _ in range(ROLLS):
        try:
            yield from _awaited(crew, NOBODY)
        except crew.losses:
            continue
        return
    raise ExecutorFailed(UNBORN)


def _awaited(crew: Crew, numbers: Numbers) -> Generator[Rows, None, Rows]:
    """Have these cases run; nothing but empty lists comes until their rows are there, which are returned."""
    future = crew.submit(numbers)
    while not crew.wait([future], BEAT):
        crew.tend()
        yield []
    return _result(crew, future)


def _sent(crew: Crew, queue: Queue, hands: Hands) -> bool:
    """Fill everybody's hands; False when the crew takes nothing."""
    while queue.left and len(hands) < AHEAD * crew.workers:
        chunk = queue.chunk(crew.workers)
        try:
            hands[crew.submit(chunk)] = chunk, time.monotonic()
        except crew.losses:
            queue.again(chunk.tolist())
            return False
    return True


def _settled(crew: Crew, future: Future[Sheaf], chunk: Numbers, began: float, queue: Queue, suspects: Suspects) -> Rows:
    """The rows of a chunk; none where it is lost."""
    try:
        rows = _result(crew, future)
    except crew.losses as loss:
        if not crew.exact:
            return suspects.add(chunk.tolist())
        if len(chunk) > 1:
            queue.again(chunk.tolist())
            return []
        certain = getattr(loss, "certain", True)
        return suspects.add(chunk.tolist(), time.monotonic() - began, loss if certain else None)
    queue.learn(rows)
    return rows


def _result(crew: Crew, future: Future[Sheaf]) -> Rows:
    """The rows of a future that is done. What is neither a row nor a loss is a fault of whoever runs the crew."""
    try:
        return loose(future.result())
    except crew.losses:
        raise
    except CancelledError:
        raise ExecutorFailed(DROPPED) from None
    except Exception as fault:
        told = next(iter(str(fault).splitlines()), "")
        reason = f"its workers cannot do the runs: {type(fault).__name__}: {told}"
        raise ExecutorFailed(Problem("--executor", reason, UNFIT)) from fault


def _ended(number: int, seconds: float, limit: float | None, words: str | None) -> Finished:
    """The row of a run that ended its worker twice: `timeout` if it was the clock, else `crashed`."""
    if limit is not None and (words is not None or seconds >= limit):
        row = failed(number, Late(f"took longer than {limit:g} s, twice"), seconds, "timeout")
    else:
        row = failed(number, Lost("its worker ended in the middle of it, twice"), seconds, "crashed")
    return row if words is None else row._replace(traceback=words)
