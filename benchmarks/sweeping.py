"""lab/ beside other ways to make many runs: what a run costs when it does nothing of its own.

Every side makes the same runs, which keep a processor busy for 50 microseconds each, and brings the same numbers
back. What a run costs beside itself is

    (time of the parent + time of every worker from its first run to its last) / runs - the same in a serial loop

in CPU time. So loading libraries in a worker counts for nobody, and a slow machine makes no run longer.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from benchmarks import rivals
from benchmarks.idle import Empty, Idle, Seeded, design, idle
from benchmarks.rivals import WORKERS, Clocks
from lab.runs.executors import Pool, TaskExecutor, create_executor
from lab.runs.scheduler import dispatch
from lab.runs.sweep import ExecutionOptions, sweep
from lab.runs.worker import Task
from lab.store.results import results

ROOT = Path(__file__).resolve().parents[1]

ALONE, WHOLE, DASK = "our executor", "our whole sweep, stored", "our executor over Dask"
MESA, WORKBENCH, JOBLIB = "Mesa's batch_run", "EMA Workbench's evaluator", "joblib"
MOST = {ALONE: 10.0, WHOLE: 40.0, DASK: 50.0}
"""Microseconds that a run may cost beside itself."""
TIMES = {MESA: 20.0, WORKBENCH: 10.0}
"""How many times as much others must cost as our executor."""
MEMORY = 64.0
"""Bytes that a run may take."""


class Figure(NamedTuple):
    """One thing that was measured, and what it must keep to."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def short(self) -> bool:
        """Whether it does not keep to it."""
        above = self.most is not None and self.value > self.most
        return above or (self.least is not None and self.value < self.least)

    def __str__(self) -> str:
        """One line: what, how much, what is asked."""
        limit = self.most if self.least is None else self.least
        word = "at most" if self.least is None else "at least"
        asked = "" if limit is None else f" ({word} {limit:g}{': SHORT' if self.short else ''})"
        return f"{self.name}: {self.value:.3g} {self.unit}{asked}"


class Way(NamedTuple):
    """A way to make many runs."""

    name: str
    run: Callable[[int], float]
    """Makes so many and returns how many microseconds each has cost."""
    share: int = 1
    """Only one in so many is made: what is slow is seen in few."""


def run(*, quick: bool) -> Iterator[Figure]:
    """Every figure in turn; `quick` makes few runs and asserts nothing, to see that all of it works."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # two workers need more than one core
    if quick:
        found = chain(costs(1000, 1), [efficiency(1000), memory(1000, 2000)])
        yield from (figure._replace(most=None, least=None) for figure in found)
        return
    yield from costs(40_000, 3)
    yield efficiency(40_000)
    yield memory(10_000, 1_000_000)


def costs(count: int, rounds: int) -> Iterator[Figure]:
    """What a run costs each way, all ways in turns, and how others compare with us."""
    with _ways() as ways:
        for way in ways if rounds > 1 else ():  # what is loaded on the way is loaded now
            way.run(100 * WORKERS)
        turns = [_turn(ways, count) for _ in range(rounds)]
    found = {way.name: [turn[place] for turn in turns] for place, way in enumerate(ways)}
    for name, each in found.items():
        yield Figure(f"{name}, beside the run itself", median(each), "µs a run", MOST.get(name))
    for name in (MESA, WORKBENCH, JOBLIB):
        if name in found:
            ratio = median(peer / ours for peer, ours in zip(found[name], found[ALONE], strict=True))
            yield Figure(f"{name} beside our executor", ratio, "times the cost", least=TIMES.get(name))


def _turn(ways: list[Way], count: int) -> list[float]:
    """One round: what every way costs, less what the runs cost in a loop."""
    began = time.process_time()
    for _ in range(count // 4):
        idle()
    itself = 1e6 * (time.process_time() - began) / (count // 4)
    return [way.run(count // way.share) - itself for way in ways]


@contextmanager
def _ways() -> Generator[list[Way]]:
    """Ours, and those of others that are installed."""
    ways = [Way(ALONE, _alone), Way(WHOLE, _whole)]
    others = ((MESA, "mesa", rivals.mesa_runs, 8), (WORKBENCH, "ema_workbench", rivals.workbench_runs, 8))
    for name, library, runs, share in (*others, (JOBLIB, "joblib", rivals.joblib_runs, 1)):
        if find_spec(library) is not None:
            ways.append(Way(name, partial(_theirs, runs), share))
    if find_spec("distributed") is None:
        yield ways
        return
    with cluster() as (address, pids):
        yield [*ways, Way(DASK, partial(_dask, address, pids))]


def _each(parent: float, clocks: Clocks, count: int) -> float:
    """Microseconds a run, from the parent's time and the workers' clocks."""
    known: dict[float, list[float]] = {}
    for pid, clock in clocks:
        known.setdefault(pid, []).append(clock)
    made = sum(map(len, known.values()))
    if made != count:
        raise ArithmeticError(f"{made} of {count} runs were made: there is nothing to compare")
    workers = sum(max(each) - min(each) for each in known.values())
    return 1e6 * (parent / count + workers / (count - len(known)))


def _theirs(runs: Callable[[int], Clocks], count: int) -> float:
    began = time.process_time()
    clocks = runs(count)
    return _each(time.process_time() - began, clocks, count)


def _alone(count: int) -> float:
    pool = Pool(Task("idle", Idle, design(count)), WORKERS)
    try:
        return _theirs(partial(_dispatched, pool), count)
    finally:
        pool.close()


def _dispatched(hands: TaskExecutor, count: int) -> Any:
    return [row.measures[:2] for rows in dispatch(hands, np.arange(count), None) for row in rows]


def _whole(count: int) -> float:
    with TemporaryDirectory() as folder:
        began = time.process_time()
        sweep(design(count), folder, orders=ExecutionOptions(WORKERS, make=Seeded))
        parent = time.process_time() - began
        frame = results(folder)
    return _each(parent, zip(frame["gain"], frame["welfare"], strict=True), count)


def _dask(address: str, pids: list[int], count: int) -> float:
    """Over a cluster on this machine: what the scheduler takes counts, too."""
    hands = create_executor(Task("idle", Idle, design(count)), f"dask:{address}", None)
    try:
        began = sum(map(_clock, pids))
        cost = _theirs(partial(_dispatched, hands), count)
        return cost + 1e6 * (sum(map(_clock, pids)) - began) / count
    finally:
        hands.close()


def _clock(pid: int) -> float:
    """CPU seconds of another process, by Linux' name for its clock."""
    return time.clock_gettime((~pid << 3) | 2)


@contextmanager
def cluster() -> Generator[tuple[str, list[int]]]:
    """A Dask scheduler and two workers on loopback: the address, and the scheduler's process id."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _started("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "60")
    workers = [_started("dask_worker", address, *options) for _ in range(WORKERS)]
    try:
        import distributed

        with distributed.Client(address, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=60)
        yield address, [scheduler.pid]
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def _started(command: str, *words: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", f"distributed.cli.{command}", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(line, env=environment, stdout=quiet, stderr=quiet)


def efficiency(count: int) -> Figure:
    """The serial loop's time over that of two workers, who would halve it at best."""
    pool = Pool(Task("idle", Idle, design(count)), WORKERS)
    try:
        _dispatched(pool, 200)
        began = time.perf_counter()
        _dispatched(pool, count)
        together = time.perf_counter() - began
    finally:
        pool.close()
    began = time.perf_counter()
    for _ in range(count):
        idle()
    alone = time.perf_counter() - began
    return Figure("serial loop over two workers, by the clock on the wall", alone / together, f"of {WORKERS}")


def memory(few: int, many: int) -> Figure:
    """What a run takes in the process that gathers a sweep: its highest mark for many runs less that for few."""
    return Figure("memory of gathering and storing", (_mark(many) - _mark(few)) / (many - few), "bytes a run", MEMORY)


def _mark(count: int) -> int:
    """The highest mark of a fresh process that makes so many runs."""
    with multiprocessing.get_context("spawn").Pool(1) as fresh:
        return fresh.apply(_peak, (count,))


def _peak(count: int) -> int:
    with TemporaryDirectory() as folder:
        sweep(design(count), folder, "serial", ExecutionOptions(make=Empty))
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return 1024 * int(found[1]) if found else 0
