"""Executors: this process, processes on this machine, a Dask cluster, MPI ranks, or any `concurrent.futures.Executor`.

A `TaskExecutor` is such an executor with two additions: it is set up with one task, so that only case numbers are sent,
and it continues after a run has crashed a worker.
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

from games.errors import input_error
from lab.runs.interrupts import interruptible
from lab.runs.row_transport import RowBatch
from lab.runs.worker import Numbers, Task, pickle_task, run_packed, run_pickled_task, unpickle_task
from lab.runs.worker_pool import Pool

PATIENCE = "10s"
"""Time that a Dask scheduler may take to answer."""

Losses: TypeAlias = tuple[type[BaseException], ...]
"""Types of errors of a future whose worker has ended."""


class TaskExecutor(Protocol):
    """Interface of the objects that execute the runs of one sweep, in this process, on this machine or on a cluster.

    A caller submits numbers of cases (a case is one run of the design) and receives futures of their rows.
    """

    workers: int
    """Number of workers; a cluster may grow and shrink."""
    losses: Losses
    """Types of errors of a future whose worker has ended."""
    exact: bool
    """Whether a future fails only if its own worker has ended.

    Otherwise the loss of one worker may fail all futures.
    """
    proof: int
    """Number of times that a run must lose its worker on its own before it gets the status `crashed` or `timeout`."""

    def submit(self, numbers: Numbers) -> Future[RowBatch]:
        """Queue the cases with these numbers, to be executed one after another by one worker.

        Returns a future of the batch of their rows. A case is one run of the design.
        """
        ...

    def wait(self, futures: Collection[Future[RowBatch]], seconds: float) -> set[Future[RowBatch]]:
        """Wait until one of the given futures is done, at most `seconds` seconds; return those that are done."""
        ...

    def check_workers(self) -> None:
        """Check that the workers of the executor still run, or do other periodic work; called about once a second."""
        ...

    def close(self) -> None:
        """Stop the executor at once, also during a run, and release all its workers."""
        ...


class SerialExecutor:
    """Executor that executes the runs of a sweep in this process, one after another, while `wait` is called.

    It has no workers of its own: a run that ends its process ends the whole sweep.
    """

    workers = 1
    losses: Losses = ()
    exact = True
    proof = 1

    def __init__(self, task: Task) -> None:
        """Store the task without its time limit, because stopping a run requires another process."""
        self._task = replace(task, limit=None)
        self._waiting: deque[tuple[Future[RowBatch], Numbers]] = deque()

    def submit(self, numbers: Numbers) -> Future[RowBatch]:
        """Queue the cases with these numbers; return a future of the batch of their rows.

        The cases are executed later, when `wait` is called. A case is one run of the design.
        """
        future: Future[RowBatch] = Future()
        self._waiting.append((future, numbers))
        return future

    def wait(self, futures: Collection[Future[RowBatch]], seconds: float) -> set[Future[RowBatch]]:  # noqa: ARG002
        """Execute the cases of the oldest waiting `submit` now, and return those of the given futures that are done.

        `seconds` is not used: the call returns when these cases are done. A signal such as Ctrl-C interrupts it at
        once.
        """
        if self._waiting:
            future, numbers = self._waiting.popleft()
            future.set_result(self.rows(numbers))
        return {future for future in futures if future.done()}

    def rows(self, numbers: Numbers) -> RowBatch:
        """Execute the cases with these numbers in this process now, and return their rows as one batch."""
        with interruptible():
            return run_packed(self._task, numbers)

    def check_workers(self) -> None:
        """Do nothing, because an executor that works in this process has no workers to check."""

    def close(self) -> None:
        """Do nothing, because an executor that works in this process has nothing to release."""


class WrappedExecutor:
    """Executor of a sweep that sends runs to an Executor of another library.

    Examples are the Executor of a Dask client, that of MPI, or one that the caller passes.
    """

    losses: Losses = (BrokenExecutor,)
    exact = False
    proof = 2

    def __init__(
        self,
        errand: Callable[[Numbers], Future[RowBatch]],
        count: Callable[[], int],
        stop: Callable[[], object] = lambda: None,
    ) -> None:
        """`errand` submits cases, `count` returns the current number of workers, `stop` is called by `close`."""
        self._errand, self._count, self._stop = errand, count, stop
        self.workers = max(1, count())

    def submit(self, numbers: Numbers) -> Future[RowBatch]:
        """Submit the cases with these numbers to the wrapped Executor; return a future of the batch of their rows."""
        return self._errand(numbers)

    def wait(self, futures: Collection[Future[RowBatch]], seconds: float) -> set[Future[RowBatch]]:
        """Wait until one of the given futures is done, at most `seconds` seconds; return those that are done."""
        return set(wait(futures, seconds, FIRST_COMPLETED).done)

    def check_workers(self) -> None:
        """Count the workers of the wrapped Executor again and store their number, because it may change."""
        with suppress(OSError):  # no answer: if the cluster is really lost, the futures fail
            self.workers = max(1, self._count())

    def close(self) -> None:
        """Call the function `stop` that was given when this executor was created.

        It ends an Executor that Winset has started, and leaves an Executor that the caller has passed as it is.
        """
        self._stop()


class DaskExecutor(WrappedExecutor):
    """Executor that sends the runs of a sweep to a Dask cluster.

    Dask itself tries a run on several workers before it reports that the run kills them.
    """

    exact = True
    proof = 1


def create_executor(task: Task, executor: Executor | str | None, workers: int | None) -> TaskExecutor:
    """Create the object that executes the runs of a task: in this process, on this machine, or on a cluster.

    Parameters
    ----------
    task
        The task; its time limit applies to every run.
    executor
        None or "processes", "serial", "dask:ADDRESS", "mpi", or an Executor of the caller.
    workers
        Number of workers; None for one per processor, or for what the executor itself has. Not used by "serial" and
        "dask".

    Returns
    -------
    TaskExecutor
        The executor. Call `close` when the work is done.

    Raises
    ------
    InputError
        For another name, a library that is not installed, a scheduler that does not answer, or a time limit that the
        executor cannot enforce.
    """
    if isinstance(executor, Executor):
        return _lent(task, executor, workers or getattr(executor, "_max_workers", 1))
    name, _, address = (executor or "processes").partition(":")
    match name:
        case "processes":
            return Pool(task, workers or cores())
        case "serial":
            return SerialExecutor(task)
        case "dask":
            return _dask(task, address)
        case "mpi":
            return _mpi(task, workers)
        case _:
            hint = "write processes, serial, dask:ADDRESS (as in dask:tcp://127.0.0.1:8786) or mpi"
            raise input_error("--executor", f"{executor!r} is no executor", hint)


def cores() -> int:
    """Return the number of processors of this machine that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _lent(task: Task, executor: Executor, workers: int, stop: Callable[[], object] = lambda: None) -> TaskExecutor:
    if task.limit is not None and isinstance(executor, ThreadPoolExecutor):
        raise input_error("--timeout", "a run in a thread cannot be stopped", "take processes, or leave the limit out")
    parcel = pickle_task(task)  # pickled once: a drawn design may hold a million points
    return WrappedExecutor(
        lambda numbers: executor.submit(run_pickled_task, parcel, numbers), lambda: workers, stop=stop
    )


def _dask(task: Task, address: str) -> TaskExecutor:
    library = _library("distributed", "cluster", "a Dask cluster")
    if not address:
        raise input_error("--executor", "dask has no address", "write it behind a colon: dask:tcp://127.0.0.1:8786")
    try:
        client = library.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as wrong:
        reason = f"no Dask scheduler answers at {address}: {type(wrong).__name__}"
        raise input_error("--executor", reason, "start one with: dask scheduler --host 127.0.0.1") from None
    if task.limit is not None and any(threads > 1 for threads in client.nthreads().values()):
        client.close()
        hint = "start the workers with: dask worker --nthreads 1"
        raise input_error("--timeout", "a run in one of a worker's many threads cannot be stopped", hint)
    executor: Executor = client.get_executor(pure=False)
    # The task is itself a result on the cluster: if the worker that holds it is lost, Dask unpacks the task again.
    held = client.submit(unpickle_task, pickle_task(task), pure=False)
    crew = DaskExecutor(
        lambda numbers: executor.submit(run_packed, held, numbers),
        lambda: sum(client.nthreads().values()),
        client.close,
    )
    crew.losses = (library.KilledWorker,)
    crew.proof = 1 if task.limit is None else 2  # the duration of a second loss shows whether the timer ended it
    return crew


def _mpi(task: Task, workers: int | None) -> TaskExecutor:
    library = _library("mpi4py.futures", "mpi", "MPI")
    executor: Executor = library.MPIPoolExecutor(max_workers=workers)
    return _lent(task, executor, max(1, getattr(executor, "num_workers", 1)), executor.shutdown)


def _library(name: str, extra: str, what: str) -> Any:
    try:
        return import_module(name)
    except (ImportError, RuntimeError):  # mpi4py without an MPI library raises RuntimeError
        raise input_error("--executor", f"{what} needs {name}", f"install it: pip install 'winset[{extra}]'") from None
