"""Sweeps: execute every run of a design and store each run once, also after interruptions.

    design -> store: list open cases -> dispatch: an executor runs them -> rows -> store -> summary

After an interruption, the rows that have come back are written, and `resume` runs the rest. A run that fails gets a
row with its traceback, and the sweep continues.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias
from uuid import uuid4

from games.exact_numbers import check_seconds
from games.short_repr import short_repr
from lab.design.cases import Design
from lab.design.reader import DesignSource, plan
from lab.finished_run import Status
from lab.runs.executors import SerialExecutor, cores, create_executor
from lab.runs.interrupts import StopRequest, install_handlers, interruptible
from lab.runs.row_transport import unpack_rows
from lab.runs.scheduler import Rows, dispatch
from lab.runs.vectorised import create_runner
from lab.runs.worker import CaseRunner, Numbers, Task
from lab.store.errors import ExecutorFailed, continue_hint
from lab.store.folder import Store, open_store
from lab.store.parquet_parts import Folder
from lab.store.provenance import read_sessions

ALONE_FOR = 0.2
"""Seconds of work that this process does itself, because starting workers would take longer."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of one session of a sweep. A session is one start of the program on the folder of the sweep."""

    count: int
    """Number of runs of the design."""
    before: int
    """Runs stored by earlier sessions."""
    done: int
    """Runs that ended in this session."""
    failed: int
    """Runs that ended in this session and failed."""
    seconds: float
    """Wall-clock time since the start of the first run."""

    @property
    def rate(self) -> float:
        """Return the number of runs that end per second in this session; 0 before the first run has ended."""
        return self.done / self.seconds if self.done and self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Return the estimated seconds until all runs of the sweep have ended; None before the first run has ended."""
        return (self.count - self.before - self.done) / self.rate if self.rate else None


class SweepSummary(NamedTuple):
    """Summary of one session of a sweep: its folder, its progress, and whether every run has a row.

    A session is one start of the program on the folder of the sweep.
    """

    __repr__ = short_repr

    folder: Path
    progress: Progress
    complete: bool
    """Whether every run of the design has a row. False if the session stopped after too many failures."""
    failed: int
    """Rows in the whole folder with a status other than `ok`."""


Report: TypeAlias = Callable[[Progress], object]
"""Receives the progress of a sweep."""


@dataclass(frozen=True, slots=True)
class ExecutionOptions:
    """Options that say how a sweep is executed, such as workers and time limit.

    They do not change the rows of runs that succeed.
    """

    workers: int | None = None
    """Number of processes; None for one per processor."""
    timeout: float | None = None
    """Seconds that one run may take; None for no limit."""
    max_failures: int | None = None
    """Stop when more runs than this have failed in this session; 0 stops at the first failure, None never stops."""
    retry: tuple[Status, ...] = ()
    """Statuses of the runs to execute again."""
    beside: bool = False
    """Whether to begin in a folder that holds foreign files. These files are not changed."""
    make: Callable[[Design], CaseRunner] = create_runner
    """Creates the object that executes the runs of a design. Must be importable by name."""

    def __post_init__(self) -> None:
        """Raise InputError if the timeout is not a finite number above 0."""
        if self.timeout is not None:
            check_seconds(self.timeout, "timeout")


def sweep(
    design: Design | DesignSource | None,
    folder: Folder,
    executor: Executor | str | None = None,
    orders: ExecutionOptions = ExecutionOptions(),
    progress: Report | None = None,
) -> SweepSummary:
    """Execute the runs of a design that have no row in a folder yet, and store their rows in this folder.

    Runs that failed are executed again if `orders.retry` names their status. The measures in the rows do not depend on
    the executor or on interruptions.

    Parameters
    ----------
    design
        A design, or a file, a name or a dictionary as `lab.plan` accepts them; None continues the design in the folder.
    folder
        Folder of the sweep; created if it does not exist.
    executor
        "processes" (on this machine), "serial" (this process), "dask:ADDRESS", "mpi", or an Executor of the caller.
        None takes processes; if neither their number nor a time limit is given, and no earlier session was killed, this
        process does the first 0.2 seconds of work.
    orders
        Number of workers, time limit, and other options.
    progress
        Called with the progress when rows come back, and about once a second while none do (not with "serial").

    Returns
    -------
    SweepSummary
        The folder, the progress, and whether every run has a row.

    Raises
    ------
    InputError
        For an invalid design or an unknown executor.
    StoreRefusal
        If the folder cannot be used.
    ExecutorFailed
        If the executor cannot execute the runs.
    lab.finished_run.SweepStopped
        After a signal, once all rows that have come back are stored. It is a KeyboardInterrupt.
    """
    if design is not None and not isinstance(design, Design):
        design = plan(design)
    with install_handlers() as stop, stop.patience(patient=True), _opened(folder, design, executor, orders) as store:
        task = Task(uuid4().hex, orders.make, store.design, orders.timeout)
        todo = store.todo(orders.retry)
        rows = _stop_between_rows(
            stop, _hired(task, todo, (executor, orders.workers), may_stay=not _killed(store)), store.folder
        )
        return _gathered(store, rows, len(todo), orders.max_failures, progress or (lambda _: None))


def resume(
    folder: Folder,
    executor: Executor | str | None = None,
    orders: ExecutionOptions = ExecutionOptions(),
    progress: Report | None = None,
) -> SweepSummary:
    """Continue the sweep in a folder: execute the runs that have no row yet, and those that are to be tried again.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.
    executor
        As for `sweep`.
    orders
        As for `sweep`; `retry` names the statuses of the runs to try again.
    progress
        As for `sweep`.

    Returns
    -------
    SweepSummary
        The folder, the progress, and whether every run has a row.

    Raises
    ------
    InputError
        If there is no sweep in the folder, or the executor is unknown.
    StoreRefusal
        If the folder cannot be used.
    ExecutorFailed
        If the executor cannot execute the runs.
    lab.finished_run.SweepStopped
        After a signal, once all rows that have come back are stored. It is a KeyboardInterrupt.
    """
    return sweep(None, folder, executor, orders, progress)


def _gathered(store: Store, rows: Generator[Rows], todo: int, most: int | None, report: Report) -> SweepSummary:
    """Store rows as they come back, and report the progress."""
    began, done, failed = time.monotonic(), 0, 0
    count = store.stock.runs
    state = Progress(count, count - todo, 0, 0, 0.0)
    report(state)
    try:
        for some in rows:
            for row in some:
                store.add(row)
            store.flush_if_due()
            done += len(some)
            failed += sum(row.status != "ok" for row in some)
            state = Progress(count, count - todo, done, failed, time.monotonic() - began)
            report(state)
            if most is not None and failed > most:
                break
    finally:
        rows.close()
    return SweepSummary(
        store.folder,
        state,
        complete=done >= todo,
        failed=sum(n for status, n in store.stock.counts.items() if status != "ok"),
    )


def _opened(folder: Folder, design: Design | None, executor: Executor | str | None, orders: ExecutionOptions) -> Store:
    """Open the store of a folder. A signal may interrupt this at once, because no rows can be lost."""
    with interruptible():
        return open_store(folder, design, _told(executor, orders), beside=orders.beside)


def _stop_between_rows(stop: StopRequest, rows: Generator[Rows], folder: Path) -> Generator[Rows]:
    """Yield the same rows. After a signal raise SweepStopped between two of them, or instead of ExecutorFailed."""
    try:
        for some in rows:
            yield some
            stop.raise_if_requested()
    except ExecutorFailed as failure:
        stop.raise_if_requested()  # the workers have ended because the signal went to them, too
        raise ExecutorFailed(
            *(problem._replace(hint=f"{problem.hint}; {continue_hint(folder)}") for problem in failure.problems)
        ) from None
    finally:
        rows.close()


def _hired(
    task: Task, todo: Numbers, wanted: tuple[Executor | str | None, int | None], *, may_stay: bool
) -> Generator[Rows]:
    """Yield the rows of these cases: from this process while that is faster, then from the requested executor."""
    if wanted == (None, None) and task.limit is None and may_stay:
        alone, until, size = SerialExecutor(task), time.monotonic() + ALONE_FOR, 1
        while len(todo) and time.monotonic() < until:
            yield unpack_rows(alone.rows(todo[:size]))
            todo, size = todo[size:], 2 * size
    if not len(todo):
        return
    hands = create_executor(task, *wanted)
    try:
        yield from dispatch(hands, todo, task.limit)
    finally:
        hands.close()


def _killed(store: Store) -> bool:
    """Return whether an earlier session has no end. Then one of the runs may have crashed its process."""
    return any(each.end is None for each in read_sessions(store.folder) if each.name != store.session.name)


def _told(executor: Executor | str | None, orders: ExecutionOptions) -> str:
    name = executor if isinstance(executor, str) else "processes" if executor is None else type(executor).__name__
    return f"{name}, {orders.workers or cores()} workers" if name == "processes" else name
