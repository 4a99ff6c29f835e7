"""Processes of this machine that do runs: each has a socket of its own and one chunk of cases at a time.

    submit -> waiting chunks -> a socket to a worker -> wait: rows, or WorkerLost

Nobody but its worker writes to a socket, so it is known which chunk a lost worker had, and half an answer disturbs no
other. Everything happens inside `wait`, in the thread that calls it: there are no locks that a signal could leave shut.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Collection, Generator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import forkserver, resource_tracker
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from games.errors import Problem
from lab.design.cases import Kind
from lab.runs.interrupts import SIGNALS
from lab.runs.row_transport import Sheaf
from lab.runs.worker import LATE, LENGTH, SAFE_PATH, SLACK, Numbers, Task, send_frame, serve
from lab.store.errors import ExecutorFailed

THREADS = (*(f"{each}_NUM_THREADS" for each in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")), "VECLIB_MAXIMUM_THREADS")
"""Each worker computes with one thread: two workers of many threads each would only stand in each other's way."""
LOADED = {
    "analyse": ["lab.runs.single_run", "scenarios.analysis.analysis"],
    "simulate": ["lab.runs.single_run", "agents.model"],
}
"""By kind: what the server has loaded when a worker is forked from it."""
STARTS = 5
"""How often in a row a worker may end before it is ready."""
PAUSE = 0.2
"""Seconds between two such starts."""
READY = 120.0
"""Seconds that a worker may take to be ready where runs have a limit."""
GRACE = 5.0
"""Seconds beyond its clock after which a silent worker counts as frozen; its own clock ends it long before."""
PATIENCE = 5.0
"""Seconds for what takes a moment: a full socket to take a chunk, a killed process to be gone."""
ROOM = 1 << 20
"""Bytes that a socket should hold, so that nobody waits while the other side is busy."""
BREAKDOWNS = tuple(
    getattr(signal, name) for name in ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT") if hasattr(signal, name)
)
"""Signals that a process gets for what it does itself."""
READ = 1 << 18
"""Bytes that are read at a time."""
ORPHANED = 255
"""What Python takes for the exit code of a process when the server that forked it is dead."""

UNBORN = Problem(
    "--executor",
    "the workers end before they have done anything",
    "can they import what they are to run, and is there memory for them?",
)


class WorkerLost(BrokenExecutor):
    """The worker that had a chunk is gone."""

    def __init__(self, words: str | None, *, certain: bool) -> None:
        """`words` is the traceback that its clock left when it stopped the worker.

        It is `certain` that the run did it where the process left by itself, or broke down; others can kill it, too.
        """
        super().__init__("the worker is gone")
        self.words, self.certain = words, certain


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Cases, and where their rows will be."""

    numbers: Numbers
    future: Future[Sheaf]

    @property
    def long(self) -> bool:
        """Whether its runs may be long: of short ones there are several in a chunk."""
        return len(self.numbers) == 1


@dataclass(slots=True, eq=False)
class Worker:
    """A process, as its pool knows it."""

    process: Any
    pid: int
    channel: socket.socket
    leash: Any
    """The process leaves when this end is closed."""
    start: int
    """How many starts had failed in a row before this one."""
    heard: float
    """When it has last sent something, or got something to do."""
    ready: bool = False
    chunks: deque[Chunk] = field(default_factory=deque[Chunk])
    """What it has been sent; it works on the first one."""
    received: bytearray = field(default_factory=bytearray)

    @property
    def open(self) -> bool:
        """Whether it takes another chunk. One is sent ahead, but nothing waits behind a long run."""
        if not (self.ready and self.chunks):
            return self.ready
        return len(self.chunks) == 1 and not self.chunks[0].long


Chunks: TypeAlias = deque[Chunk]


class Pool:
    """Processes of this machine: forked from a server that has everything loaded, spawned where that cannot be."""

    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)
    exact = True
    proof = 2

    def __init__(self, task: Task, workers: int) -> None:
        """Start nobody yet: workers come with the first cases."""
        self._notes: TemporaryDirectory[str] | None = None
        if task.limit is not None:
            with suppress(OSError):  # on a full disk a stopped run has no traceback
                self._notes = TemporaryDirectory(prefix="winset-", ignore_cleanup_errors=True)
        self._task = replace(task, notes=self._notes and self._notes.name)
        self._context = _context(task.design.kind)
        self._selector = DefaultSelector()
        self._waiting: Chunks = deque()
        self._staff: list[Worker] = []
        self._failed, self._trouble, self._again = 0, "", 0.0
        self.workers = workers

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Have these cases run by whoever is free; they are sent while somebody waits."""
        chunk = Chunk(numbers, Future())
        self._waiting.append(chunk)
        return chunk.future

    def wait(self, futures: Collection[Future[Sheaf]], seconds: float) -> set[Future[Sheaf]]:
        """Do what there is to do until one of these is done, or something else has happened; returns those done."""
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

    def tend(self) -> None:
        """Look for workers that are gone or frozen without a word."""
        now = time.monotonic()
        for worker in list(self._staff):
            if not _alive(worker.process) or self._frozen(worker, now):
                self._lose(worker)

    def close(self) -> None:
        """End the workers, those in the middle of a run, too."""
        for worker in self._staff:
            self._end(worker)
        for worker in self._staff:
            _joined(worker.process)
        self._staff.clear()
        self._selector.close()
        if self._notes is not None:
            self._notes.cleanup()

    # -- workers come and go

    def _hire(self) -> None:
        """Start as many workers as there is work for; after a failed start one after another."""
        busy = sum(1 for worker in self._staff if worker.chunks)
        missing = min(self.workers, busy + len(self._waiting)) - len(self._staff)
        if self._failed:
            early = time.monotonic() < self._again or any(not worker.ready for worker in self._staff)
            missing = 0 if early else min(missing, 1)
        for _ in range(missing):
            try:
                worker = self._begun()
            except (OSError, EOFError) as error:  # the server that forks workers is gone, or there is no room
                self._fail(self._failed, f": {type(error).__name__}: {error}".removesuffix(": "))
                return
            self._staff.append(worker)
            self._selector.register(worker.channel, EVENT_READ, worker)

    def _begun(self) -> Worker:
        safe_path = os.environ.get(SAFE_PATH)
        ours, theirs = socket.socketpair()
        hold, leash = self._context.Pipe(duplex=False)
        try:
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ROOM)
            with surroundings():
                if self._context.get_start_method() == "forkserver":
                    _start_server()
                process = self._context.Process(target=serve, args=(self._task, theirs, hold, safe_path))
                process.start()
        except BaseException:
            ours.close()
            leash.close()
            raise
        finally:
            theirs.close()
            hold.close()
        ours.settimeout(0.0)
        return Worker(process, process.pid, ours, leash, self._failed, time.monotonic())

    def _fail(self, start: int, trouble: str = "") -> None:
        """Count a start that failed; of several workers that were started together one counts.

        As long as another worker is ready the work goes on without the missing one.
        """
        self._trouble, self._again = trouble or self._trouble, time.monotonic() + PAUSE
        if start == self._failed:
            self._failed += 1
        if any(worker.ready for worker in self._staff):
            self._failed = min(self._failed, STARTS - 1)
        elif self._failed >= STARTS:
            raise ExecutorFailed(UNBORN._replace(reason=UNBORN.reason + self._trouble))

    def _lose(self, worker: Worker) -> None:
        """Give up a worker: what it worked on is lost with it, what was sent ahead waits again."""
        self._staff.remove(worker)
        self._selector.unregister(worker.channel)
        self._end(worker)
        code = _joined(worker.process)
        if not worker.ready:
            self._fail(worker.start)
        elif worker.chunks:
            certain = code is not None and code != ORPHANED and (code >= 0 or -code in BREAKDOWNS)
            worker.chunks.popleft().future.set_exception(WorkerLost(self._words(worker), certain=certain))
            self._waiting.extendleft(reversed(worker.chunks))

    def _end(self, worker: Worker) -> None:
        """End a process. Its server tells nothing more once it is dead itself: then the process is killed by its id."""
        worker.leash.close()
        worker.channel.close()
        with suppress(OSError, ValueError):
            if worker.process.exitcode is None:
                worker.process.kill()
            elif _alive(worker.process):
                os.kill(worker.pid, signal.SIGKILL)

    def _words(self, worker: Worker) -> str | None:
        """What the clock of a worker has written down when it stopped it."""
        if self._notes is None:
            return None
        note = Path(self._notes.name) / f"{worker.pid}{LATE}"
        with suppress(OSError):
            return note.read_text(encoding="utf-8", errors="replace") or None
        return None

    def _frozen(self, worker: Worker, now: float) -> bool:
        limit, silent = self._task.limit, now - worker.heard
        if limit is None:
            return False
        if not worker.ready:
            return silent > READY + limit
        return bool(worker.chunks) and silent > (1 + SLACK) * limit + GRACE

    # -- chunks out, rows in

    def _send(self) -> None:
        """Give every open worker a chunk, the idle ones first."""
        for worker in sorted(self._staff, key=lambda each: len(each.chunks)):
            if not self._waiting:
                return
            if worker.open and not (worker.chunks and self._waiting[0].long):
                self._give(worker, self._waiting.popleft())

    def _give(self, worker: Worker, chunk: Chunk) -> None:
        if not worker.chunks:
            worker.heard = time.monotonic()
        worker.chunks.append(chunk)
        worker.channel.settimeout(PATIENCE)
        try:
            send_frame(worker.channel, pickle.dumps(chunk.numbers, pickle.HIGHEST_PROTOCOL))
            worker.channel.settimeout(0.0)
        except OSError:  # it is gone, or frozen
            worker.chunks.pop()
            self._waiting.appendleft(chunk)
            self._lose(worker)

    def _read(self, worker: Worker) -> None:
        """Read what a worker has sent; its end once it has sent nothing more."""
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

    def _take(self, worker: Worker, content: bytes) -> None:
        worker.heard = time.monotonic()
        if not content:
            worker.ready, self._failed = True, 0
            return
        sheaf: Sheaf = pickle.loads(content)  # noqa: S301 - made by `serve` in our own process
        worker.chunks.popleft().future.set_result(sheaf)


def _received(channel: socket.socket) -> bytes:
    try:
        return channel.recv(READ)
    except BlockingIOError:
        raise
    except OSError:
        return b""


def _frames(received: bytearray) -> Generator[bytes]:
    """The whole frames at the beginning of what was received; they are taken off."""
    while len(received) >= LENGTH.size:
        (length,) = LENGTH.unpack_from(received)
        end = LENGTH.size + length
        if len(received) < end:
            return
        content = bytes(received[LENGTH.size : end])
        del received[:end]
        yield content


def _alive(process: Any) -> bool:
    """Whether a process is there. Where the server that forked it is dead, the system has to be asked."""
    if process.is_alive():
        return True
    if process.exitcode != ORPHANED or os.name == "nt":
        return False
    try:
        os.kill(process.pid, 0)
    except OSError:
        return False
    return True


def _joined(process: Any) -> int | None:
    """The exit code of a process that was killed, when it is gone; None where it hangs in the system."""
    process.join(PATIENCE)
    code: int | None = process.exitcode
    with suppress(ValueError):
        process.close()
    return code


def _context(kind: Kind) -> Any:
    """How processes begin: never by a bare fork, which would copy the threads' locks as they happen to stand."""
    if "forkserver" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED[kind])
    return context


def _start_server() -> None:
    """Start the server that forks workers, if it does not run. It takes none of the signals that are meant for us.

    The tracker comes first, because starting it unblocks signals.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def surroundings() -> Generator[None]:
    """Processes started meanwhile count one thread for their arithmetic, and find no module in the working folder.

    What the caller has set itself stays as it is.
    """
    wanted = dict.fromkeys(THREADS, "1") | {SAFE_PATH: "1"}
    added = {name: value for name, value in wanted.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]
