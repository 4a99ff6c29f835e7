"""What happens inside a worker: runs one after another, each under a clock, in a process that outlives nobody.

A worker gets a `Task` once and from then on only numbers of cases; it writes nothing and sends everything back.
Between a worker of this machine and its parent go frames: eight bytes that tell a length, then so many bytes. A frame
of length 0 says that the worker is alive; the first one says that it is ready.
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
from lab.record import Finished
from lab.runs.interrupts import SIGNALS, unasked
from lab.runs.row_transport import Sheaf, bind
from lab.runs.single_run import failed

Numbers: TypeAlias = NDArray[np.int64]
"""(case) which cases, by their numbers in the design."""

SLACK = 0.1
"""Share of the limit by which a run may outlast it: the clock is set anew only when so much of it has gone by."""
LATE = ".late"
"""Ending of the files in which a worker leaves the place it was stopped at."""
LENGTH = struct.Struct("!Q")
"""How the length of a frame is written."""
SAFE_PATH = "PYTHONSAFEPATH"
"""Set in the environment, it keeps the working folder off the path on which Python looks for modules."""


class Labour(Protocol):
    """What a task makes of a design: something that does runs. `lab.runs.single_run.Bench` is the usual one."""

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


def serve(task: Task, channel: socket.socket, leash: Connection, safe_path: str | None) -> None:
    """The life of a worker of this machine: cases in, rows out, until the parent closes the leash or is gone.

    Ctrl-C is left to the parent. `safe_path` is what the parent's environment says of the working folder.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    if safe_path is None:
        os.environ.pop(SAFE_PATH, None)
    threading.Thread(target=_leave, args=(leash,), daemon=True).start()
    with suppress(OSError, EOFError):  # the parent has closed the channel
        with suppress(Exception):  # every run will fail of the same cause, and tell it
            _labour(task)
        send_frame(channel, b"")
        while True:
            numbers = cast("Numbers", pickle.loads(receive_frame(channel)))  # noqa: S301 - from our own parent
            send_frame(channel, _answer(task, numbers, lambda: send_frame(channel, b"")))


def _answer(task: Task, numbers: Numbers, alive: Callable[[], None]) -> bytes:
    rows = work(task, numbers, alive)
    try:
        return pickle.dumps(bind(numbers, rows), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - a measure that cannot be sent is a fault of the run
        return pickle.dumps(bind(numbers, [failed(number, error) for number in numbers.tolist()]))


def send_frame(channel: socket.socket, content: bytes) -> None:
    """Send one frame."""
    channel.sendall(LENGTH.pack(len(content)) + content)


def receive_frame(channel: socket.socket) -> bytes:
    """The content of the next frame; EOFError when the other side is gone."""
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


def _leave(leash: Connection) -> None:
    """End this process when the other end of the leash is closed: the parent wants it so, or is gone."""
    with suppress(OSError, EOFError):
        leash.recv_bytes()
    os._exit(1)


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


def work(task: Task, numbers: Numbers, alive: Callable[[], None] = lambda: None) -> list[Finished]:
    """The runs of these cases, wherever this is called; what raises outside a run fails all of them alike.

    Where runs have a limit, `alive` is called now and then between them.
    """
    try:
        labour = _labour(task)
    except Exception as error:  # noqa: BLE001 - a design that cannot be set up fails run by run, like everything else
        return [failed(number, error) for number in numbers.tolist()]
    many: Any = getattr(labour, "batch", None)
    if many is not None and task.limit is None:
        return cast("list[Finished]", many(numbers))
    with clock(task, alive) as wind:
        return [_timed(labour, number, wind) for number in numbers.tolist()]


def _timed(labour: Labour, number: int, wind: Callable[[], None]) -> Finished:
    wind()
    try:
        return labour.run(number)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not unasked():
            raise
        return failed(number, error)  # a run that asks for the end of the program has failed


def _labour(task: Task) -> Labour:
    if getattr(_held, "key", None) != task.key:
        _held.labour, _held.key = task.make(task.design), task.key
    return cast("Labour", _held.labour)


@contextmanager
def clock(task: Task, alive: Callable[[], None] = lambda: None) -> Generator[Callable[[], None]]:
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
