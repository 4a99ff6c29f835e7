"""Who does the runs: this process, processes of this machine, a Dask cluster, MPI ranks, any Executor.

The seam is `concurrent.futures.Executor`. A crew is one that knows its task, so that only numbers of cases go out,
and that can be renewed when a run has taken a worker down.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Generator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Protocol, TypeAlias

from games.errors import refuse
from lab.design import Kind
from lab.sheaves import Sheaf
from lab.workers import LATE, Numbers, Task, hire, pack, sent, toil, unpack, unpacked

THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
"""Each worker computes with one thread: two workers of many threads each would only stand in each other's way."""

PATIENCE = "10s"
"""How long a scheduler may take to answer."""
AFTERMATH = 1.0
"""Seconds that a pool takes at most, once its workers are gone, to find that out by itself."""

Losses: TypeAlias = tuple[type[BaseException], ...]


class Crew(Protocol):
    """Takes cases and promises their rows."""

    workers: int
    """How many work at a time; a cluster may grow and shrink."""
    losses: Losses
    """What a promise raises when the worker that kept it is gone."""
    brittle: bool
    """Whether one lost worker costs everything that the crew had in hand."""

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Have these cases run, one after another, by one worker."""
        ...

    def renew(self) -> None:
        """Replace a crew that has lost somebody; what it had in hand is given up."""
        ...

    def tend(self) -> None:
        """Look after the crew; called about once a second."""
        ...

    def last_words(self) -> str | None:
        """Where the last run was that its clock stopped, as a traceback, if that is known."""
        ...

    def close(self) -> None:
        """Let everybody go at once."""
        ...


class Alone:
    """Our own process: a future is done before it is handed out. Nothing here survives a run that ends its process."""

    workers = 1
    losses: Losses = ()
    brittle = False

    def __init__(self, task: Task) -> None:
        """Keep the task, but not its limit: stopping a run takes another process."""
        self._task = replace(task, limit=None)

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Run them now."""
        future: Future[Sheaf] = Future()
        future.set_result(sent(self._task, numbers))
        return future

    def renew(self) -> None:
        """Nobody can be lost."""

    def tend(self) -> None:
        """Nobody needs it."""

    def last_words(self) -> str | None:
        """Nobody was stopped."""

    def close(self) -> None:
        """Nobody has to go."""


class Pool:
    """Processes of this machine: forked from a server that has everything loaded, spawned where that cannot be."""

    losses: Losses = (BrokenExecutor,)
    brittle = True

    def __init__(self, task: Task, workers: int) -> None:
        """Start nobody yet: workers come with the first cases."""
        self._notes = TemporaryDirectory(prefix="winset-", ignore_cleanup_errors=True)
        self._task, self.workers = replace(task, notes=self._notes.name), workers
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, _context(self._task.design.kind), hire, (self._task,))

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Send the cases to whoever is free."""
        with one_thread():
            return self._pool.submit(toil, numbers)

    def renew(self) -> None:
        """End what is left of the pool, and begin a new one."""
        self._dismiss()
        self.last_words()  # of runs that are suspects only: whoever is guilty will speak again
        self._pool = self._fresh()

    def tend(self) -> None:
        """See to it that a lost worker is noticed.

        A worker that is killed in the middle of its answer leaves half of it in the pipe, and the pool would wait for
        the other half for ever. A pool in good order has found out by itself long before it is looked after.
        """
        if any(not process.is_alive() for process in _processes(self._pool)):
            self._dismiss()

    def last_words(self) -> str | None:
        """The note that a stopped worker has left; it is read once."""
        said = None
        for note in Path(self._notes.name).glob(f"*{LATE}"):
            words = note.read_text(encoding="utf-8", errors="replace")
            if words:
                said = words
                note.unlink(missing_ok=True)
        return said

    def close(self) -> None:
        """End the workers, those in the middle of a run, too."""
        self._dismiss()
        self._notes.cleanup()

    def _dismiss(self) -> None:
        workers, ends = _processes(self._pool), _ends(self._pool)
        manager: Thread | None = getattr(self._pool, "_executor_manager_thread", None)
        self._pool.shutdown(wait=False)
        for process in workers:
            with suppress(OSError, ValueError):
                process.kill()
        for process in workers:
            process.join()
        if manager is not None:
            manager.join(AFTERMATH)
        if manager is not None and manager.is_alive():  # it listens to the dead
            for end in ends:
                end.close()
            manager.join(AFTERMATH)


def _processes(pool: ProcessPoolExecutor) -> list[Any]:
    """The workers of a pool; the standard library has no public word for them."""
    known: dict[int, Any] = getattr(pool, "_processes", None) or {}
    return list(known.values())


def _ends(pool: ProcessPoolExecutor) -> list[Any]:
    """Our ends of its pipes: once they are closed, none of its threads waits for workers that are gone."""
    places = ("_result_queue", "_writer"), ("_call_queue", "_reader")
    found = [getattr(getattr(pool, queue, None), end, None) for queue, end in places]
    return [end for end in found if end is not None]


class Lent:
    """An Executor that somebody else runs: a Dask client's, that of MPI, one of a notebook."""

    brittle = False

    def __init__(
        self,
        errand: Callable[[Numbers], Future[Sheaf]],
        count: Callable[[], int],
        losses: Losses = (BrokenExecutor,),
        stop: Callable[[], object] = lambda: None,
    ) -> None:
        """`errand` sends cases to somebody of the executor, `count` tells how many there are to be sent to."""
        self._errand, self._count, self.losses, self._stop = errand, count, losses, stop
        self.workers = max(1, count())

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Send the cases."""
        return self._errand(numbers)

    def renew(self) -> None:
        """Whoever runs the cluster replaces its workers."""

    def tend(self) -> None:
        """Count the workers again: they come and go."""
        with suppress(OSError):  # a cluster that does not answer just now, or never again: the runs will tell
            self.workers = max(1, self._count())

    def last_words(self) -> str | None:
        """They stay on the machine where the run was."""

    def close(self) -> None:
        """Leave the executor as it was found, or stop it if it was started for us."""
        self._stop()


def crew(task: Task, executor: Executor | str | None, workers: int | None) -> Crew:
    """The crew of that name: None or "processes", "serial", "dask:ADDRESS", "mpi"; or an Executor of the caller's.

    Raises InputError for another name, for a library that is not installed, and for a scheduler that does not answer.
    """
    if isinstance(executor, Executor):
        return _lent(task, executor, workers or getattr(executor, "_max_workers", 1))
    name, _, address = (executor or "processes").partition(":")
    match name:
        case "processes":
            return Pool(task, workers or cores())
        case "serial":
            return Alone(task)
        case "dask":
            return _dask(task, address)
        case "mpi":
            return _mpi(task, workers)
        case _:
            hint = "write processes, serial, dask:ADDRESS (as in dask:tcp://127.0.0.1:8786) or mpi"
            raise refuse("--executor", f"{executor!r} is no executor", hint)


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def one_thread() -> Generator[None]:
    """Children started meanwhile count one thread for their arithmetic, unless the caller has said otherwise."""
    added = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


LOADED = {"analyse": ["lab.work", "scenarios.analysis"], "simulate": ["lab.work", "agents.model"]}
"""By kind: what the server has loaded when a worker is forked from it."""


def _context(kind: Kind) -> Any:
    """How processes begin: never by a bare fork, which would copy the threads' locks as they happen to stand."""
    if "forkserver" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED[kind])
    return context


def _lent(task: Task, executor: Executor, workers: int, stop: Callable[[], object] = lambda: None) -> Crew:
    if task.limit is not None and isinstance(executor, ThreadPoolExecutor):
        raise refuse("--timeout", "a run in a thread cannot be stopped", "take processes, or leave the limit out")
    parcel = pack(task)  # once: a drawn design may hold a million points
    return Lent(lambda numbers: executor.submit(unpacked, parcel, numbers), lambda: workers, stop=stop)


def _dask(task: Task, address: str) -> Crew:
    library = _library("distributed", "cluster", "a Dask cluster")
    if not address:
        raise refuse("--executor", "dask has no address", "write it behind a colon: dask:tcp://127.0.0.1:8786")
    try:
        client = library.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as wrong:
        reason = f"no Dask scheduler answers at {address}: {type(wrong).__name__}"
        raise refuse("--executor", reason, "start one with: dask scheduler --host 127.0.0.1") from None
    if task.limit is not None and any(threads > 1 for threads in client.nthreads().values()):
        client.close()
        hint = "start the workers with: dask worker --nthreads 1"
        raise refuse("--timeout", "a run in one of a worker's many threads cannot be stopped", hint)
    executor: Executor = client.get_executor(pure=False)
    # A result like others: where the worker that holds it is lost, the cluster unpacks the task once more.
    held = client.submit(unpack, pack(task), pure=False)
    return Lent(
        lambda numbers: executor.submit(sent, held, numbers),
        lambda: sum(client.nthreads().values()),
        (library.KilledWorker,),
        client.close,
    )


def _mpi(task: Task, workers: int | None) -> Crew:
    library = _library("mpi4py.futures", "mpi", "MPI")
    executor: Executor = library.MPIPoolExecutor(max_workers=workers)
    return _lent(task, executor, max(1, getattr(executor, "num_workers", 1)), executor.shutdown)


def _library(name: str, extra: str, what: str) -> Any:
    try:
        return import_module(name)
    except (ImportError, RuntimeError):  # mpi4py without an MPI beneath it raises the latter
        raise refuse("--executor", f"{what} needs {name}", f"install it: pip install 'winset[{extra}]'") from None
