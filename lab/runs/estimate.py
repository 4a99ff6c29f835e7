"""Estimate a sweep (`--dry-run`): number of runs and time needed, measured on a few runs executed in this process.

Nothing is written. A run that fails during the estimate does not stop it: the failed run is part of the result.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from lab.design.cases import Design
from lab.design.reader import DesignSource, plan
from lab.finished_run import Finished
from lab.runs.executors import cores
from lab.runs.sweep import ExecutionOptions
from lab.runs.worker import Numbers
from lab.store import manifest
from lab.store.parquet_parts import Folder, resolve_folder
from lab.store.run_index import RunIndex, read_run_index

TRIED = 5
"""Number of runs executed one by one."""
TOGETHER = 250
"""Number of runs executed at once if the design uses the array solver, which is faster for many runs."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Estimate of a sweep before it starts: how many runs it has, how many are left, and how long they take."""

    runs: int
    """Number of different runs of the design."""
    to_do: int
    """Runs without a row, and runs to try again."""
    workers: int
    """Number of processes."""
    tried: int
    """Number of runs on which the estimate is based."""
    failed: tuple[Finished, ...]
    """Rows of the runs executed one by one that failed."""
    pace: float | None
    """Seconds per run of one worker; None if there is nothing to do."""

    @property
    def done(self) -> int:
        """Return the number of runs of the sweep that have a stored row and will not be executed again."""
        return self.runs - self.to_do

    @property
    def seconds(self) -> float:
        """Return the estimated wall-clock time, in seconds, of all runs that are left.

        The time to start the worker processes is not included; 0 if nothing is left.
        """
        return self.to_do * (self.pace or 0.0) / self.workers


def forecast(design: Design | DesignSource, folder: Folder, orders: ExecutionOptions | None = None) -> Forecast:
    """Estimate how many runs a sweep of a design in a folder would execute, and how long they would take.

    A few of these runs are executed in this process to measure the time. Nothing is written.

    Parameters
    ----------
    design
        A design, or a file, a name or a dictionary as `lab.plan` accepts them.
    folder
        Folder of the sweep; it need not exist.
    orders
        Options of the sweep; None for the defaults.

    Returns
    -------
    Forecast
        Number of runs, time per run, and the runs that failed in the trial.

    Raises
    ------
    InputError
        For an invalid design.
    StoreRefusal
        If the folder holds another design or cannot be read.
    """
    design = design if isinstance(design, Design) else plan(design)
    orders, stock = orders or ExecutionOptions(), _stock(design, resolve_folder(folder))
    runs, todo = stock.runs, stock.todo(orders.retry)
    workers = orders.workers or cores()
    if not len(todo):
        return Forecast(runs, 0, workers, 0, (), None)
    labour: Any = orders.make(design)
    few = _spread(todo, TRIED)
    labour.run(int(few[0]))  # not timed: the first run also loads modules and data
    began = time.perf_counter()
    rows = [cast("Finished", labour.run(number)) for number in few.tolist()]
    tried, pace = len(few), (time.perf_counter() - began) / len(few)
    if hasattr(labour, "batch") and orders.timeout is None and len(todo) > TRIED:
        many = _spread(todo, TOGETHER)
        began = time.perf_counter()
        labour.batch(many)
        tried, pace = tried + len(many), (time.perf_counter() - began) / len(many)
    failed = tuple(row for row in rows if row.status != "ok")
    return Forecast(runs, len(todo), workers, tried, failed, pace)


def _stock(design: Design, home: Path) -> RunIndex:
    """Return the state of the folder for this design; all cases are open if there is no sweep."""
    if (home / manifest.MANIFEST).exists():
        manifest.check_same_design(home, manifest.read_manifest(home), design)
    return read_run_index(home, design)


def _spread(numbers: Numbers, most: int) -> Numbers:
    """Return at most `most` of some cases, spread evenly over them."""
    return numbers[np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(np.intp)]
