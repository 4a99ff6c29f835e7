"""What happens inside a worker: runs one after another, each under a clock, in a process that outlives nobody.

A worker gets a `Task` once and from then on only numbers of cases; it writes nothing and sends everything back.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from lab.design import Design
from lab.sheaves import Sheaf, bind
from lab.work import Finished, failed

Numbers: TypeAlias = NDArray[np.int64]
"""(case) which cases, by their numbers in the design."""

SLACK = 0.1
"""Share of the limit by which a run may outlast it: the clock is set anew only when so much of it has gone by."""
LATE = ".late"
"""Ending of the files in which a worker leaves the place it was stopped at."""


class Labour(Protocol):
    """What a task makes of a design: something that does runs. `lab.work.Bench` is the usual one."""

    def run(self, number: int) -> Finished:
        """One run, by the number of its case."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker has to know, and what it is called among a worker's tasks."""

    key: str
    make: Callable[[Design], Labour]
    """Must be importable by name in another process."""
    design: Design
    limit: float | None = None
    """Seconds that one run may take, none where it is None."""
    notes: str | None = None
    """Folder of the files that tell where a run was stopped; only for workers of this machine."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A task on its way to those who were not hired for it: packed once, opened once by each."""

    key: str
    content: bytes


_held = threading.local()
"""By thread: what a task's maker made. A Dask worker may have several threads."""


def hire(task: Task) -> None:
    """Begin as a worker of a pool: leave Ctrl-C to the parent, leave with the parent, and take up the task."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    _held.task = task


def toil(numbers: Numbers) -> Sheaf:
    """The runs of these cases, in a process that was hired for a task."""
    return sent(_held.task, numbers)


def pack(task: Task) -> Parcel:
    """Make a parcel of a task."""
    return Parcel(task.key, pickle.dumps(task))


def unpack(parcel: Parcel) -> Task:
    """The task in a parcel."""
    return cast("Task", pickle.loads(parcel.content))  # noqa: S301 - packed by ourselves, a moment ago


def unpacked(parcel: Parcel, numbers: Numbers) -> Sheaf:
    """The runs of these cases, by somebody who gets the task each time and opens it the first time."""
    if getattr(_held, "parcel", None) != parcel.key:
        _held.task, _held.parcel = unpack(parcel), parcel.key
    return sent(_held.task, numbers)


def sent(task: Task, numbers: Numbers) -> Sheaf:
    """The runs of these cases, ready to be sent."""
    return bind(numbers, work(task, numbers))


def work(task: Task, numbers: Numbers) -> list[Finished]:
    """The runs of these cases, wherever this is called; what raises outside a run fails all of them alike."""
    try:
        labour = _labour(task)
    except Exception as error:  # noqa: BLE001 - a design that cannot be set up fails run by run, like everything else
        return [failed(number, error) for number in numbers.tolist()]
    many: Any = getattr(labour, "batch", None)
    if many is not None and task.limit is None:
        return cast("list[Finished]", many(numbers))
    with clock(task) as wind:
        return [_timed(labour, number, wind) for number in numbers.tolist()]


def _timed(labour: Labour, number: int, wind: Callable[[], None]) -> Finished:
    wind()
    try:
        return labour.run(number)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a run that asks for the end of the program has failed
        return failed(number, error)


def _labour(task: Task) -> Labour:
    if getattr(_held, "key", None) != task.key:
        _held.labour, _held.key = task.make(task.design), task.key
    return cast("Labour", _held.labour)


@contextmanager
def clock(task: Task) -> Generator[Callable[[], None]]:
    """Somebody to call at the beginning of every run: a run that outlasts the limit takes its process with it.

    The clock is faulthandler's. It needs no turn of the interpreter, so that it also stops a loop in C, where signals
    and threads of Python's own wait for ever; and it says where the run was.
    """
    if task.limit is None:
        yield lambda: None
        return
    limit, began = task.limit, -1e9
    with _note(task) as note:

        def wind() -> None:
            nonlocal began
            now = time.monotonic()
            if now - began > SLACK * limit:
                faulthandler.dump_traceback_later((1 + SLACK) * limit, exit=True, file=note)
                began = now

        try:
            yield wind
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _note(task: Task) -> Generator[IO[str]]:
    path = Path(os.devnull if task.notes is None else f"{task.notes}/{os.getpid()}{LATE}")
    with path.open("w", encoding="utf-8") as file:
        yield file


def _follow(parent: Any) -> None:
    """Leave when the parent does, however it went."""
    parent.join()
    os._exit(1)
