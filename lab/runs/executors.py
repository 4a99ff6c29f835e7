"""Who does the runs: this process, processes of this machine, a Dask cluster, MPI ranks, any Executor.

The seam is `concurrent.futures.Executor`. A crew is one that knows its task, so that only numbers of cases go out,
and that goes on when a run has taken a worker down.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import Any, Protocol, TypeAlias

from games.errors import refuse
from lab.runs.interrupts import interruptible
from lab.runs.row_transport import Sheaf
from lab.runs.worker import Numbers, Task, pack, sent, unpack, unpacked
from lab.runs.worker_pool import Pool

PATIENCE = "10s"
"""How long a scheduler may take to answer."""

Losses: TypeAlias = tuple[type[BaseException], ...]


class Crew(Protocol):
    """Takes cases and promises their rows."""

    workers: int
    """How many work at a time; a cluster may grow and shrink."""
    losses: Losses
    """What a promise raises when the worker that kept it is gone."""
    exact: bool
    """Whether a promise is lost only when its own worker is."""
    proof: int
    """How often a run must take down a worker on its own before it is blamed."""

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Have these cases run, one after another, by one worker."""
        ...

    def wait(self, futures: Collection[Future[Sheaf]], seconds: float) -> set[Future[Sheaf]]:
        """Wait so long at most for one of these; returns those that are done."""
        ...

    def tend(self) -> None:
        """Look after the crew; called about once a second."""
        ...

    def close(self) -> None:
        """Let everybody go at once."""
        ...


class Alone:
    """Our own process: a run is made while somebody waits for it. Nothing here survives a run that ends its process."""

    workers = 1
    losses: Losses = ()
    exact = True
    proof = 1

    def __init__(self, task: Task) -> None:
        """Keep the task, but not its limit: stopping a run takes another process."""
        self._task = replace(task, limit=None)
        self._waiting: deque[tuple[Future[Sheaf], Numbers]] = deque()

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Keep them until somebody waits."""
        future: Future[Sheaf] = Future()
        self._waiting.append((future, numbers))
        return future

    def wait(self, futures: Collection[Future[Sheaf]], seconds: float) -> set[Future[Sheaf]]:  # noqa: ARG002
        """Make the oldest of them now, however long that takes; a signal ends it at once."""
        if self._waiting:
            future, numbers = self._waiting.popleft()
            future.set_result(self.rows(numbers))
        return {future for future in futures if future.done()}

    def rows(self, numbers: Numbers) -> Sheaf:
        """The runs of these cases, now."""
        with interruptible():
            return sent(self._task, numbers)

    def tend(self) -> None:
        """Nobody needs it."""

    def close(self) -> None:
        """Nobody has to go."""


class Lent:
    """An Executor that somebody else runs: a Dask client's, that of MPI, one of a notebook."""

    losses: Losses = (BrokenExecutor,)
    exact = False
    proof = 2

    def __init__(
        self,
        errand: Callable[[Numbers], Future[Sheaf]],
        count: Callable[[], int],
        stop: Callable[[], object] = lambda: None,
    ) -> None:
        """`errand` sends cases to somebody of the executor, `count` tells how many there are to be sent to."""
        self._errand, self._count, self._stop = errand, count, stop
        self.workers = max(1, count())

    def submit(self, numbers: Numbers) -> Future[Sheaf]:
        """Send the cases."""
        return self._errand(numbers)

    def wait(self, futures: Collection[Future[Sheaf]], seconds: float) -> set[Future[Sheaf]]:
        """Wait for the first of them."""
        return set(wait(futures, seconds, FIRST_COMPLETED).done)

    def tend(self) -> None:
        """Count the workers again: they come and go."""
        with suppress(OSError):  # a cluster that does not answer just now, or never again: the runs will tell
            self.workers = max(1, self._count())

    def close(self) -> None:
        """Leave the executor as it was found, or stop it if it was started for us."""
        self._stop()


class Cluster(Lent):
    """A Dask cluster: it has tried a run with several workers before it says that the run kills them."""

    exact = True
    proof = 1


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
    crew = Cluster(
        lambda numbers: executor.submit(sent, held, numbers),
        lambda: sum(client.nthreads().values()),
        client.close,
    )
    crew.losses = (library.KilledWorker,)
    crew.proof = 1 if task.limit is None else 2  # how long it took tells whether it was the clock
    return crew


def _mpi(task: Task, workers: int | None) -> Crew:
    library = _library("mpi4py.futures", "mpi", "MPI")
    executor: Executor = library.MPIPoolExecutor(max_workers=workers)
    return _lent(task, executor, max(1, getattr(executor, "num_workers", 1)), executor.shutdown)


def _library(name: str, extra: str, what: str) -> Any:
    try:
        return import_module(name)
    except (ImportError, RuntimeError):  # mpi4py without an MPI beneath it raises the latter
        raise refuse("--executor", f"{what} needs {name}", f"install it: pip install 'winset[{extra}]'") from None
