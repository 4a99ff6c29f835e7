"""Send cases to an executor in chunks of suitable size, receive their rows, and find runs that crash their worker.

    numbers -> chunks of a tenth of a second -> executor -> rows, in the order in which they come back

A worker may be lost because a run crashes it, or because another process kills it. Therefore the runs of a lost chunk
are executed again, each in a chunk of its own. A run that loses its worker again is executed once more while nothing
else runs. Only a run that has crashed a worker on its own as often as the executor requires as proof (usually twice)
gets a row with the status `crashed` or `timeout`. All other runs are only delayed. If the executor is not `exact`, the
runs of lost chunks are tested alone at once.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Generator, Iterable
from concurrent.futures import CancelledError, Future
from typing import TypeAlias

import numpy as np

from games.errors import Problem
from lab.finished_run import Finished
from lab.runs.executors import TaskExecutor
from lab.runs.row_transport import RowBatch, unpack_rows
from lab.runs.single_run import failure_row
from lab.runs.worker import Numbers
from lab.runs.worker_pool import WORKERS_NOT_STARTED
from lab.store.errors import ExecutorFailed

Rows: TypeAlias = list[Finished]
"""Finished runs."""
ChunksInFlight: TypeAlias = dict[Future[RowBatch], tuple[Numbers, float]]
"""Chunks that were sent, by future: their cases, and the time when they were sent (`time.monotonic`, seconds)."""

NO_CASES: Numbers = np.array([], dtype=np.int64)
"""A chunk without cases, to test whether a worker can start."""

WORTH = 0.1
"""Seconds of work in a chunk: long enough that sending it costs little, short enough to share the work evenly."""
AHEAD = 2
"""Number of chunks sent per worker, so that no worker waits for its next chunk."""
MOST = 5000
"""Largest number of cases in a chunk, to limit the size of the answer."""
BEAT = 1.0
"""Seconds after which an empty list is yielded if no run has ended, so that the caller can do periodic work."""
GUESS = 0.05
"""Assumed seconds per run before the first rows have come back."""
MAX_PROBES = 5
"""Number of tests in a row that may lose a worker before the executor counts as failed."""

DROPPED = Problem(
    "--executor",
    "it has dropped the runs that it was given; is its scheduler gone?",
    "look after it; every row that came back is stored",
)
"""Problem of an executor that has cancelled its runs."""
UNFIT = "install the same Winset where its workers run, and start them in a folder without modules of such names"
"""Hint for workers that raise errors outside a run."""


class Lost(RuntimeError):
    """Error in the row of a run whose worker process ended during the run."""


class Late(TimeoutError):
    """Error in the row of a run that exceeded its time limit."""


class Queue:
    """Cases of a design (a case is one run) that are not yet sent to a worker, with an estimate of the time per run."""

    def __init__(self, numbers: Numbers) -> None:
        """Store the case numbers; they are sent in this order."""
        self._numbers, self._at, self._pace = numbers, 0, GUESS
        self._again = deque[int]()

    @property
    def remaining(self) -> int:
        """Return the number of cases in the queue that are not yet sent to a worker."""
        return len(self._numbers) - self._at + len(self._again)

    def chunk(self, workers: int) -> Numbers:
        """Remove the next cases from the queue and return their numbers, as one chunk for one of `workers` workers.

        A chunk holds about `WORTH` seconds of work and at most `MOST` cases. Chunks become smaller near the end, so
        that all workers finish at the same time. Cases that must be executed again come first, each in a chunk of its
        own.
        """
        if self._again:
            return np.array([self._again.popleft()], dtype=np.int64)
        size = min(WORTH / self._pace, self.remaining / (2 * AHEAD * workers), MOST)
        start, self._at = self._at, min(self._at + max(1, int(size)), len(self._numbers))
        return self._numbers[start : self._at]

    def again(self, numbers: Iterable[int]) -> None:
        """Put the cases with these numbers back into the queue; they will be sent to workers one by one."""
        self._again.extend(numbers)

    def update_pace(self, rows: Rows) -> None:
        """Update the estimated seconds per run with the rows of runs that have just ended.

        The mean time of these rows has half of the weight; the old estimate has the other half.
        """
        mean = sum(row.seconds for row in rows) / len(rows)
        self._pace = max(1e-7, mean if self._pace == GUESS else (self._pace + mean) / 2)


def dispatch(crew: TaskExecutor, numbers: Numbers, limit: float | None) -> Generator[Rows]:
    """Execute the runs of cases with an executor, and yield their rows in the order in which they come back.

    A case is one combination of factor values, arm and replicate. Runs whose worker is lost are executed again; a run
    that crashes its worker on its own gets a row with the status `crashed` or `timeout`.

    Parameters
    ----------
    crew
        The executor, already set up for the task.
    numbers
        (case) Numbers of the cases.
    limit
        Time limit of one run in seconds; None for no limit. The workers enforce it; here it separates the status
        `timeout` from `crashed`.

    Yields
    ------
    list[Finished]
        Some finished runs. An empty list comes about once a second while no run ends, except if this process executes
        them.

    Raises
    ------
    ExecutorFailed
        If the executor fails for a reason that is not a run, such as a cluster that disappears.
    """
    hands: ChunksInFlight = {}
    queue, suspects = Queue(numbers), Suspects(crew, limit)
    beat = time.monotonic()
    while queue.remaining or hands or suspects.remaining:
        if suspects.remaining and not hands:
            yield from suspects.test_each()
            continue
        if not suspects.remaining and not _sent(crew, queue, hands):
            yield from _called(crew)
        done = crew.wait(hands, BEAT)
        if time.monotonic() - beat >= BEAT:
            crew.check_workers()
            beat = time.monotonic()
        rows: Rows = []
        for future in done:
            rows += _settled(crew, future, *hands.pop(future), queue, suspects)
        yield rows


class Suspects:
    """Runs of a sweep that may have crashed their worker process.

    They are tested one at a time, while no other run is executed.
    """

    def __init__(self, crew: TaskExecutor, limit: float | None) -> None:
        """Start with no suspects."""
        self._crew, self._limit = crew, limit
        self._lost = Counter[int]()
        self._waiting = deque[int]()

    @property
    def remaining(self) -> int:
        """Return the number of suspect runs that still wait for their test."""
        return len(self._waiting)

    def add(self, numbers: list[int], seconds: float = 0.0, loss: BaseException | None = None) -> Rows:
        """Add runs that may have crashed their worker, or record that a run has lost its worker while it ran alone.

        Parameters
        ----------
        numbers
            Case numbers; exactly one if `loss` is given.
        seconds
            Wall-clock time from sending the run to the loss of its worker.
        loss
            The error of a run that lost its worker while it was alone in its chunk; None only adds suspects.

        Returns
        -------
        list[Finished]
            The row of the run, if it has lost as many workers as the executor requires as proof; else empty.
        """
        if loss is not None:
            (number,) = numbers
            self._lost[number] += 1
            if self._lost[number] >= self._crew.proof:
                return [_ended(number, seconds, self._limit, getattr(loss, "words", None))]
        self._waiting.extend(numbers)
        return []

    def test_each(self) -> Generator[Rows]:
        """Execute every suspect run alone, one after another, and yield its rows as a list.

        A suspect run may have crashed its worker. The list is empty while a run is not done, or if it must be tested
        again.
        """
        while self._waiting:
            number, began = self._waiting.popleft(), time.monotonic()
            yield from _called(self._crew)
            try:
                rows = yield from _awaited(self._crew, np.array([number], dtype=np.int64))
            except self._crew.losses as loss:
                rows = self.add([number], time.monotonic() - began, loss)
            yield rows


def _called(crew: TaskExecutor) -> Generator[Rows]:
    """Test the executor with an empty chunk.

    Otherwise, workers that end without any run would make every run a suspect.
    """
    for _ in range(MAX_PROBES):
        try:
            yield from _awaited(crew, NO_CASES)
        except crew.losses:
            continue
        return
    raise ExecutorFailed(WORKERS_NOT_STARTED)


def _awaited(crew: TaskExecutor, numbers: Numbers) -> Generator[Rows, None, Rows]:
    """Execute these cases and return their rows. Yields empty lists until they are done."""
    future = crew.submit(numbers)
    while not crew.wait([future], BEAT):
        crew.check_workers()
        yield []
    return _result(crew, future)


def _sent(crew: TaskExecutor, queue: Queue, hands: ChunksInFlight) -> bool:
    """Send chunks until every worker has enough; return False if the executor accepts none."""
    while queue.remaining and len(hands) < AHEAD * crew.workers:
        chunk = queue.chunk(crew.workers)
        try:
            hands[crew.submit(chunk)] = chunk, time.monotonic()
        except crew.losses:
            queue.again(chunk.tolist())
            return False
    return True


def _settled(
    crew: TaskExecutor, future: Future[RowBatch], chunk: Numbers, began: float, queue: Queue, suspects: Suspects
) -> Rows:
    """Return the rows of a finished chunk; none if the chunk was lost."""
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
    queue.update_pace(rows)
    return rows


def _result(crew: TaskExecutor, future: Future[RowBatch]) -> Rows:
    """Return the rows of a future that is done.

    Raises a loss as it is. Any other error is a fault of the executor and raises ExecutorFailed.
    """
    try:
        return unpack_rows(future.result())
    except crew.losses:
        raise
    except CancelledError:
        raise ExecutorFailed(DROPPED) from None
    except Exception as fault:
        told = next(iter(str(fault).splitlines()), "")
        reason = f"its workers cannot do the runs: {type(fault).__name__}: {told}"
        raise ExecutorFailed(Problem("--executor", reason, UNFIT)) from fault


def _ended(number: int, seconds: float, limit: float | None, words: str | None) -> Finished:
    """Return the row of a run that ended its worker too often: `timeout` if the timer stopped it, else `crashed`."""
    if limit is not None and (words is not None or seconds >= limit):
        row = failure_row(number, Late(f"took longer than {limit:g} s, twice"), seconds, "timeout")
    else:
        row = failure_row(number, Lost("its worker ended in the middle of it, twice"), seconds, "crashed")
    return row if words is None else row._replace(traceback=words)
