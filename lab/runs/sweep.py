"""`sweep`: every run of a design, each stored once, whatever happens on the way.

    design -> store: what is to do -> dispatch: a crew at work -> rows -> store -> summary

An interruption writes what has come back and leaves; `resume` makes the rest. A run that fails is a row like any
other, with its traceback, and the sweep goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias
from uuid import uuid4

from games.exact_numbers import seconds
from games.short_repr import short_repr
from lab.design.cases import Design
from lab.design.reader import Given, plan
from lab.record import Status
from lab.runs.executors import Alone, cores, crew
from lab.runs.interrupts import Bell, hung, interruptible
from lab.runs.row_transport import loose
from lab.runs.scheduler import Rows, dispatch
from lab.runs.vectorised import labour
from lab.runs.worker import Labour, Numbers, Task
from lab.store.errors import ExecutorFailed, further
from lab.store.folder import Store, opened
from lab.store.parquet_parts import Folder
from lab.store.provenance import sessions

ALONE_FOR = 0.2
"""Seconds of work that are not worth a pool: a smaller sweep is over before its first worker has started."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sweep is."""

    count: int
    """Runs of the design."""
    before: int
    """Of these, stored by earlier sessions."""
    done: int
    """Ended in this session."""
    failed: int
    """Of these, how many did not end well."""
    seconds: float
    """Since the first run was sent."""

    @property
    def rate(self) -> float:
        """Runs in a second; 0 before the first."""
        return self.done / self.seconds if self.done and self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds that the rest will take at this rate; None while nobody can know."""
        return (self.count - self.before - self.done) / self.rate if self.rate else None


class Summary(NamedTuple):
    """What a session has come to."""

    __repr__ = short_repr

    folder: Path
    progress: Progress
    complete: bool
    """Whether every run of the design has a row; else too many have failed, as the caller had set it."""
    failed: int
    """Rows in the whole folder that did not end well."""


Report: TypeAlias = Callable[[Progress], object]


@dataclass(frozen=True, slots=True)
class Orders:
    """How a sweep is to be run; none of it changes a row that ends well."""

    workers: int | None = None
    """Processes; None for one a processor."""
    timeout: float | None = None
    """Seconds that one run may take."""
    max_failures: int | None = None
    """Stop when more runs than these have failed in this session; 0 stops at the first."""
    retry: tuple[Status, ...] = ()
    """Which failed runs a resumed sweep tries again."""
    beside: bool = False
    """Begin in a folder that holds files of somebody else; they are left alone."""
    make: Callable[[Design], Labour] = labour
    """Turns a design into what does its runs; importable by name."""

    def __post_init__(self) -> None:
        """InputError for a timeout that is no number of seconds above 0."""
        if self.timeout is not None:
            seconds(self.timeout, "timeout")


def sweep(
    design: Design | Given | None,
    folder: Folder,
    executor: Executor | str | None = None,
    orders: Orders = Orders(),
    progress: Report | None = None,
) -> Summary:
    """Run a design, or what is left of it, into a folder; the rows do not depend on who runs it, or how often.

    `design` is one, or a file, a name or a dictionary as for `plan`; None goes on with the one in the folder.
    `executor` is None (processes of this machine, or this one where the whole work is a fifth of a second),
    "processes", "serial", "dask:ADDRESS", "mpi", or an Executor of the caller's; `progress` is told how far it is
    whenever rows come in, and once a second.

    InputError for a design that does not hold and an executor that is none, StoreRefusal for a folder that cannot be
    used, ExecutorFailed where nobody does the runs. A signal that asks to stop raises `lab.record.Stopped`, which is a
    KeyboardInterrupt, once everything that had come back is stored.
    """
    if design is not None and not isinstance(design, Design):
        design = plan(design)
    with hung() as bell, bell.patience(patient=True), _opened(folder, design, executor, orders) as store:
        task = Task(uuid4().hex, orders.make, store.design, orders.timeout)
        todo = store.todo(orders.retry)
        rows = _heeding(bell, _hired(task, todo, (executor, orders.workers), may_stay=not _killed(store)), store.folder)
        return _gathered(store, rows, len(todo), orders.max_failures, progress or (lambda _: None))


def resume(
    folder: Folder,
    executor: Executor | str | None = None,
    orders: Orders = Orders(),
    progress: Report | None = None,
) -> Summary:
    """Make what a folder still lacks, or tries again. InputError where there is no sweep."""
    return sweep(None, folder, executor, orders, progress)


def _gathered(store: Store, rows: Generator[Rows], todo: int, most: int | None, report: Report) -> Summary:
    """Store rows as they come, and tell how far it is."""
    began, done, failed = time.monotonic(), 0, 0
    count = store.stock.runs
    state = Progress(count, count - todo, 0, 0, 0.0)
    report(state)
    try:
        for some in rows:
            for row in some:
                store.add(row)
            store.beat()
            done += len(some)
            failed += sum(row.status != "ok" for row in some)
            state = Progress(count, count - todo, done, failed, time.monotonic() - began)
            report(state)
            if most is not None and failed > most:
                break
    finally:
        rows.close()
    return Summary(
        store.folder,
        state,
        complete=done >= todo,
        failed=sum(n for status, n in store.stock.counts.items() if status != "ok"),
    )


def _opened(folder: Folder, design: Design | None, executor: Executor | str | None, orders: Orders) -> Store:
    """The store in a folder; a signal may end its opening at once, which has changed nothing then."""
    with interruptible():
        return opened(folder, design, _told(executor, orders), beside=orders.beside)


def _heeding(bell: Bell, rows: Generator[Rows], folder: Path) -> Generator[Rows]:
    """The same rows; between two of them, and before anything else is complained of, the bell is heeded."""
    try:
        for some in rows:
            yield some
            bell.heed()
    except ExecutorFailed as failure:
        bell.heed()  # workers are gone because everybody was asked to leave
        raise ExecutorFailed(
            *(problem._replace(hint=f"{problem.hint}; {further(folder)}") for problem in failure.problems)
        ) from None
    finally:
        rows.close()


def _hired(
    task: Task, todo: Numbers, wanted: tuple[Executor | str | None, int | None], *, may_stay: bool
) -> Generator[Rows]:
    """The rows of these cases, from this process as long as that is quicker, then from the crew that is wanted."""
    if wanted == (None, None) and task.limit is None and may_stay:
        alone, until, size = Alone(task), time.monotonic() + ALONE_FOR, 1
        while len(todo) and time.monotonic() < until:
            yield loose(alone.rows(todo[:size]))
            todo, size = todo[size:], 2 * size
    if not len(todo):
        return
    hands = crew(task, *wanted)
    try:
        yield from dispatch(hands, todo, task.limit)
    finally:
        hands.close()


def _killed(store: Store) -> bool:
    """Whether an earlier session never came to its end: what ended it may be one of the runs."""
    return any(told.get("end") is None for told in sessions(store.folder) if told.get("name") != store.session.name)


def _told(executor: Executor | str | None, orders: Orders) -> str:
    name = executor if isinstance(executor, str) else "processes" if executor is None else type(executor).__name__
    return f"{name}, {orders.workers or cores()} workers" if name == "processes" else name
