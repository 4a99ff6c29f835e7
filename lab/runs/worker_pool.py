"""A pool of worker processes on this machine. Each worker has its own socket and works on one chunk of cases at a time.

    submit -> queue of chunks -> socket to a worker -> wait returns finished futures: rows, or WorkerLost

Each socket belongs to one worker. So the pool can determine which chunk a lost worker had, and an incomplete answer
does not affect other workers. All work happens inside `wait`, `check_workers` and `close`, in the calling thread. There
are no threads and no locks, so a signal cannot leave a lock held.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import time
from collections import deque
from collections.abc import Collection, Generator
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from games.errors import Problem
from lab.runs.row_transport import RowBatch
from lab.runs.worker import LATE, LENGTH, SAFE_PATH, SLACK, Numbers, Task, send_frame, serve
from lab.runs.worker_process import (
    ORPHANED,
    PATIENCE,
    is_alive,
    join_killed,
    process_context,
    start_fork_server,
    worker_environment,
)
from lab.store.errors import ExecutorFailed

STARTS = 5
"""Number of failed starts in a row after which the pool gives up."""
PAUSE = 0.2
"""Seconds between two attempts to start a worker after a failed start."""
READY = 120.0
"""Seconds that a worker may take to start, if runs have a time limit; the limit is added."""
GRACE = 5.0
"""Seconds after its own time limit at which a silent worker counts as frozen.

Normally its own timer ends it earlier.
"""
ROOM = 1 << 20
"""Requested size of a socket's send buffer in bytes.

It should hold a whole message, so that no side waits for the other.
"""
BREAKDOWNS = tuple(
    getattr(signal, name) for name in ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT") if hasattr(signal, name)
)
"""Signals that a process receives because of its own fault, such as a segmentation fault."""
READ = 1 << 18
"""Largest number of bytes read at a time."""
WORKERS_NOT_STARTED = Problem(
    "--executor",
    "the workers end before they have done anything",
    "can they import what they are to run, and is there memory for them?",
)
"""Problem of workers that end before they have executed a run."""


class WorkerLost(BrokenExecutor):
    """Error of a chunk of runs whose worker process has ended."""

    def __init__(self, words: str | None, *, certain: bool) -> None:
        """`words` is the traceback that the worker's timer wrote when it stopped the worker; None if there is none.

        `certain` is True if the run itself ended the worker: the process exited, or received one of `BREAKDOWNS`. Other
        signals may come from another process.
        """
        super().__init__("the worker is gone")
        self.words, self.certain = words, certain


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Some cases of a design that one worker process executes one after another, and the future of their rows."""

    numbers: Numbers
    future: Future[RowBatch]

    @property
    def long(self) -> bool:
        """Return whether the run in this chunk may take long, so that no other chunk should wait behind it.

        This is so for a chunk of one case: only chunks of short runs hold several cases.
        """
        return len(self.numbers) == 1


@dataclass(slots=True, eq=False)
class PoolWorker:
    """A worker process of a pool on this machine, and the state in which the pool sees it."""

    process: Any
    pid: int
    channel: socket.socket
    parent_pipe: Any
    """Our end of a pipe. The process exits when this end is closed."""
    start: int
    """Number of failed starts in a row before this start."""
    heard: float
    """Time (`time.monotonic`) of the last message from the worker, or of the last chunk sent to it while idle."""
    ready: bool = False
    """Whether the worker has reported that it is ready."""
    chunks: deque[Chunk] = field(default_factory=deque[Chunk])
    """Chunks that were sent to the worker; it works on the first one."""
    received: bytearray = field(default_factory=bytearray)
    """Bytes received, without the frames already processed."""

    @property
    def open(self) -> bool:
        """Return whether this worker process accepts another chunk of runs.

        It accepts one if it is ready and has none, or has only one with several short runs. So one chunk is sent in
        advance, but never behind a run that may be long.
        """
        if not (self.ready and self.chunks):
            return self.ready
        return len(self.chunks) == 1 and not self.chunks[0].long


Chunks: TypeAlias = deque[Chunk]


class Pool:
    """Executor of a sweep that uses worker processes on this machine.

    They are forked from a server process that has the model loaded, or spawned where that is not possible.
    """

    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)
    exact = True
    proof = 2

    def __init__(self, task: Task, workers: int) -> None:
        """Prepare the pool. Workers start with the first `wait` after a `submit`."""
        self._notes: TemporaryDirectory[str] | None = None
        if task.limit is not None:
            with suppress(OSError):  # on a full disk a stopped run has no traceback
                self._notes = TemporaryDirectory(prefix="winset-", ignore_cleanup_errors=True)
        self._task = replace(task, notes=self._notes and self._notes.name)
        self._context = process_context(task.design.kind)
        self._selector = DefaultSelector()
        self._waiting: Chunks = deque()
        self._staff: list[PoolWorker] = []
        self._failed, self._trouble, self._again = 0, "", 0.0
        self.workers = workers

    def submit(self, numbers: Numbers) -> Future[RowBatch]:
        """Queue the cases with these numbers for one worker process; return a future of the batch of their rows.

        The cases are sent to a worker while `wait` is called.
        """
        chunk = Chunk(numbers, Future())
        self._waiting.append(chunk)
        return chunk.future

    def wait(self, futures: Collection[Future[RowBatch]], seconds: float) -> set[Future[RowBatch]]:
        """Start workers, send them runs and read rows, for at most `seconds`; return those futures that are done.

        Returns earlier as soon as any worker has sent something. Raises ExecutorFailed if no worker can be started.
        """
        self._hire()
        self._send()
        if any(future.done() for future in futures):
            seconds = 0.0
        if self._staff:
            for key, _ in self._selector.select(seconds):
                self._read(key.data)
        else:
            time.sleep(min(PAUSE, seconds))
        self._send()
        return {future for future in futures if future.done()}

    def check_workers(self) -> None:
        """Remove worker processes of the pool that have ended or do not answer.

        The chunk on which such a worker worked fails with WorkerLost; chunks that only waited there are queued again.
        Raises ExecutorFailed if no worker can be started.
        """
        now = time.monotonic()
        for worker in list(self._staff):
            if not is_alive(worker.process) or self._frozen(worker, now):
                self._lose(worker)

    def close(self) -> None:
        """Kill all worker processes of the pool, also during a run, and release all its resources."""
        for worker in self._staff:
            self._end(worker)
        for worker in self._staff:
            join_killed(worker.process)
        self._staff.clear()
        self._selector.close()
        if self._notes is not None:
            self._notes.cleanup()

    # -- start and end of workers

    def _hire(self) -> None:
        """Start as many workers as there is work for. After a failed start, start one at a time."""
        busy = sum(1 for worker in self._staff if worker.chunks)
        missing = min(self.workers, busy + len(self._waiting)) - len(self._staff)
        if self._failed:
            early = time.monotonic() < self._again or any(not worker.ready for worker in self._staff)
            missing = 0 if early else min(missing, 1)
        for _ in range(missing):
            try:
                worker = self._begun()
            except (OSError, EOFError) as error:  # the fork server has ended, or memory or file handles are used up
                self._fail(self._failed, f": {type(error).__name__}: {error}".removesuffix(": "))
                return
            self._staff.append(worker)
            self._selector.register(worker.channel, EVENT_READ, worker)

    def _begun(self) -> PoolWorker:
        safe_path = os.environ.get(SAFE_PATH)
        ours, theirs = socket.socketpair()
        hold, parent_pipe = self._context.Pipe(duplex=False)
        try:
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
            with worker_environment():
                if self._context.get_start_method() == "forkserver":
                    start_fork_server()
                process = self._context.Process(target=serve, args=(self._task, theirs, hold, safe_path))
                process.start()
        except BaseException:
            ours.close()
            parent_pipe.close()
            raise
        finally:
            theirs.close()
            hold.close()
        ours.settimeout(0.0)
        return PoolWorker(process, process.pid, ours, parent_pipe, self._failed, time.monotonic())

    def _fail(self, start: int, trouble: str = "") -> None:
        """Count a failed start. If several workers were started together, they count as one.

        While another worker is ready, the work continues without the missing one. Raises ExecutorFailed after `STARTS`
        failed starts in a row.
        """
        self._trouble, self._again = trouble or self._trouble, time.monotonic() + PAUSE
        if start == self._failed:
            self._failed += 1
        if any(worker.ready for worker in self._staff):
            self._failed = min(self._failed, STARTS - 1)
        elif self._failed >= STARTS:
            raise ExecutorFailed(WORKERS_NOT_STARTED._replace(reason=WORKERS_NOT_STARTED.reason + self._trouble))

    def _lose(self, worker: PoolWorker) -> None:
        """Remove a worker. Its current chunk fails with WorkerLost; chunks sent in advance are queued again."""
        self._staff.remove(worker)
        self._selector.unregister(worker.channel)
        self._end(worker)
        code = join_killed(worker.process)
        if not worker.ready:
            self._fail(worker.start)
        elif worker.chunks:
            certain = code is not None and code != ORPHANED and (code >= 0 or -code in BREAKDOWNS)
            worker.chunks.popleft().future.set_exception(WorkerLost(self._words(worker), certain=certain))
            self._waiting.extendleft(reversed(worker.chunks))

    def _end(self, worker: PoolWorker) -> None:
        """Kill a process.

        If its fork server is dead, `Process.kill` does not work, and the process is killed by its id.
        """
        worker.parent_pipe.close()
        worker.channel.close()
        with suppress(OSError, ValueError):
            if worker.process.exitcode is None:
                worker.process.kill()
            elif is_alive(worker.process):
                os.kill(worker.pid, signal.SIGKILL)

    def _words(self, worker: PoolWorker) -> str | None:
        """Return the traceback that a worker's timer wrote when it stopped the worker; None if there is none."""
        if self._notes is None:
            return None
        note = Path(self._notes.name) / f"{worker.pid}{LATE}"
        with suppress(OSError):
            return note.read_text(encoding="utf-8", errors="replace") or None
        return None

    def _frozen(self, worker: PoolWorker, now: float) -> bool:
        limit, silent = self._task.limit, now - worker.heard
        if limit is None:
            return False
        if not worker.ready:
            return silent > READY + limit
        return bool(worker.chunks) and silent > (1 + SLACK) * limit + GRACE

    # -- send chunks, receive rows

    def _send(self) -> None:
        """Send a chunk to every worker that accepts one, idle workers first."""
        for worker in sorted(self._staff, key=lambda each: len(each.chunks)):
            if not self._waiting:
                return
            if worker.open and not (worker.chunks and self._waiting[0].long):
                self._give(worker, self._waiting.popleft())

    def _give(self, worker: PoolWorker, chunk: Chunk) -> None:
        if not worker.chunks:
            worker.heard = time.monotonic()
        worker.chunks.append(chunk)
        worker.channel.settimeout(PATIENCE)
        try:
            send_frame(worker.channel, pickle.dumps(chunk.numbers, pickle.HIGHEST_PROTOCOL))
            worker.channel.settimeout(0.0)
        except OSError:  # the worker has ended, or is frozen
            worker.chunks.pop()
            self._waiting.appendleft(chunk)
            self._lose(worker)

    def _read(self, worker: PoolWorker) -> None:
        """Read what a worker has sent. If the connection is closed or the data are invalid, the worker is removed."""
        gone = False
        with suppress(BlockingIOError):
            while not gone:
                more = _received(worker.channel)
                worker.received += more
                gone = not more
        try:
            for content in _frames(worker.received):
                self._take(worker, content)
        except Exception:  # noqa: BLE001 - not what `serve` sends: a run has written to the socket
            gone = True
        if gone:
            self._lose(worker)

    def _take(self, worker: PoolWorker, content: bytes) -> None:
        worker.heard = time.monotonic()
        if not content:
            worker.ready, self._failed = True, 0
            return
        sheaf: RowBatch = pickle.loads(content)  # noqa: S301 - made by `serve` in our own process
        worker.chunks.popleft().future.set_result(sheaf)


def _received(channel: socket.socket) -> bytes:
    try:
        return channel.recv(READ)
    except BlockingIOError:
        raise
    except OSError:
        return b""


def _frames(received: bytearray) -> Generator[bytes]:
    """Yield the complete frames at the start of `received` and remove them from it."""
    while len(received) >= LENGTH.size:
        (length,) = LENGTH.unpack_from(received)
        end = LENGTH.size + length
        if len(received) < end:
            return
        content = bytes(received[LENGTH.size : end])
        del received[:end]
        yield content
