"""The code that runs inside a worker: it executes runs one after another, each with a timer.

A worker receives a `Task` once, and after that only case numbers. It writes no rows to disk and sends all rows back.
A worker exits when its parent process dies. A worker on this machine and its parent exchange frames: eight bytes with
the length, then that many bytes. An empty frame reports that the worker is alive; the first one, that it is ready.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from lab.design.cases import Design
from lab.finished_run import Finished
from lab.runs.interrupts import SIGNALS, comes_from_code
from lab.runs.row_transport import RowBatch, pack_rows
from lab.runs.single_run import failure_row

Numbers: TypeAlias = NDArray[np.int64]
"""(case) Numbers of cases in the design."""

SLACK = 0.1
"""Share of the time limit by which a run may exceed it. The timer is restarted only after that share of the limit."""
LATE = ".late"
"""Suffix of the files to which a worker writes the traceback of the run that its timer stopped."""
LENGTH = struct.Struct("!Q")
"""Binary format of the length of a frame."""
SAFE_PATH = "PYTHONSAFEPATH"
"""Environment variable; if set, Python does not search the working folder for modules."""


class CaseRunner(Protocol):
    """Interface of the objects that execute the runs of a design. The default is `lab.runs.single_run.SingleRunner`."""

    def run(self, number: int) -> Finished:
        """Execute the run of the case with this number in the design, and return its row."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """Everything that a worker needs to execute runs of one design, such as the design and the time limit of a run."""

    key: str
    """Identifies the task among the tasks of a worker."""
    make: Callable[[Design], CaseRunner]
    """Creates the object that executes the runs. Must be importable by name in another process."""
    design: Design
    limit: float | None = None
    """Seconds that one run may take; None for no limit."""
    notes: str | None = None
    """Folder for the tracebacks of stopped runs; only for workers on this machine."""


@dataclass(frozen=True, slots=True)
class PickledTask:
    """A pickled task for workers that receive it together with every chunk of runs.

    It is pickled once, and unpickled once per worker.
    """

    key: str
    """Key of the task."""
    content: bytes


_held = threading.local()
"""Per thread: the current task and the object that executes its runs. A Dask worker may have several threads."""


def serve(task: Task, channel: socket.socket, parent_pipe: Connection, safe_path: str | None) -> None:
    """Receive numbers of cases and send back rows of their runs, until the parent closes the socket or dies.

    This is the main function of a worker process. SIGINT is ignored, because the parent handles Ctrl-C.

    Parameters
    ----------
    task
        The task of this worker.
    channel
        Socket to the parent: numbers of cases come in, batches of rows go out.
    parent_pipe
        Read end of a second pipe, on which no data travels. It ends when the parent closes its end or dies; this
        process then exits with code 1.
    safe_path
        Value of `PYTHONSAFEPATH` in the parent's environment; None if it is not set.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    if safe_path is None:
        os.environ.pop(SAFE_PATH, None)
    threading.Thread(target=_leave, args=(parent_pipe,), daemon=True).start()
    with suppress(OSError, EOFError):  # the parent has closed the socket
        with suppress(Exception):  # each run fails for the same reason and stores it in its row
            _labour(task)
        send_frame(channel, b"")
        while True:
            numbers = cast("Numbers", pickle.loads(receive_frame(channel)))  # noqa: S301 - from our own parent
            send_frame(channel, _answer(task, numbers, lambda: send_frame(channel, b"")))


def _answer(task: Task, numbers: Numbers, alive: Callable[[], None]) -> bytes:
    rows = run_cases(task, numbers, alive)
    try:
        return pickle.dumps(pack_rows(numbers, rows), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - a measure that cannot be pickled is an error of the run
        return pickle.dumps(pack_rows(numbers, [failure_row(number, error) for number in numbers.tolist()]))


def send_frame(channel: socket.socket, content: bytes) -> None:
    """Send a message to the other side of a socket as one frame: its length in eight bytes, then `content`.

    Raises OSError if the connection is closed.
    """
    channel.sendall(LENGTH.pack(len(content)) + content)


def receive_frame(channel: socket.socket) -> bytes:
    """Wait for the next message from the other side of a socket and return its content.

    Each message is a frame: its length in eight bytes, then the content. Raises EOFError if the other side has closed
    the connection.
    """
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    return _exactly(channel, length)


def _exactly(channel: socket.socket, count: int) -> bytes:
    found = bytearray()
    while len(found) < count:
        more = channel.recv(count - len(found))
        if not more:
            raise EOFError
        found += more
    return bytes(found)


def _leave(parent_pipe: Connection) -> None:
    """Exit this process when the other end of the pipe is closed, on purpose or because the parent has died."""
    with suppress(OSError, EOFError):
        parent_pipe.recv_bytes()
    os._exit(1)


def pickle_task(task: Task) -> PickledTask:
    """Return a task (a design and how to execute its runs) in pickled form, to send it to a worker."""
    return PickledTask(task.key, pickle.dumps(task))


def unpickle_task(parcel: PickledTask) -> Task:
    """Return the task (a design and how to execute its runs) that `pickle_task` has pickled."""
    return cast("Task", pickle.loads(parcel.content))  # noqa: S301 - pickled by `pickle_task`


def run_pickled_task(parcel: PickledTask, numbers: Numbers) -> RowBatch:
    """Execute the cases with these numbers in a worker that receives the task with every call; return their rows.

    The task is unpickled only the first time. The rows are returned as one batch.
    """
    if getattr(_held, "parcel", None) != parcel.key:
        _held.task, _held.parcel = unpickle_task(parcel), parcel.key
    return run_packed(_held.task, numbers)


def run_packed(task: Task, numbers: Numbers) -> RowBatch:
    """Execute the cases of a task with these numbers in this process, and return their rows as one batch."""
    return pack_rows(numbers, run_cases(task, numbers))


def run_cases(task: Task, numbers: Numbers, alive: Callable[[], None] = lambda: None) -> list[Finished]:
    """Execute the cases of a task with these numbers in this process, and return their rows.

    Parameters
    ----------
    task
        The task. If the object that executes its runs cannot be created, all rows have the status `error`.
    numbers
        (case) Numbers of the cases.
    alive
        Called between runs, each time the timer is restarted; never if runs have no time limit.

    Returns
    -------
    list[Finished]
        One row per case, in the same order.
    """
    try:
        labour = _labour(task)
    except Exception as error:  # noqa: BLE001 - if the setup fails, every run fails
        return [failure_row(number, error) for number in numbers.tolist()]
    many: Any = getattr(labour, "batch", None)
    if many is not None and task.limit is None:
        return cast("list[Finished]", many(numbers))
    with clock(task, alive) as wind:
        return [_timed(labour, number, wind) for number in numbers.tolist()]


def _timed(labour: CaseRunner, number: int, wind: Callable[[], None]) -> Finished:
    wind()
    try:
        return labour.run(number)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not comes_from_code():
            raise
        return failure_row(number, error)  # SystemExit raised by a run is an error of the run


def _labour(task: Task) -> CaseRunner:
    if getattr(_held, "key", None) != task.key:
        _held.labour, _held.key = task.make(task.design), task.key
    return cast("CaseRunner", _held.labour)


@contextmanager
def clock(task: Task, alive: Callable[[], None] = lambda: None) -> Generator[Callable[[], None]]:
    """Context manager: stop runs of a task that exceed their time limit. It gives a function to call before every run.

    A run that exceeds the limit ends its process. The timer is `faulthandler.dump_traceback_later`. It does not need
    the interpreter, so that it also stops a loop in C, which signals and Python threads cannot interrupt. It writes the
    traceback of the run. Without a time limit the function does nothing. `alive` is called each time the timer
    restarts.
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
                alive()

        try:
            yield wind
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _note(task: Task) -> Generator[IO[str]]:
    path = Path(os.devnull if task.notes is None else f"{task.notes}/{os.getpid()}{LATE}")
    with path.open("w", encoding="utf-8") as file:
        yield file
