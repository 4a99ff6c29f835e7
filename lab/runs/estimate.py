"""`--dry-run`: what a sweep would do, and how long it may take, told after a few of its runs were tried here.

Nothing is written. A run that fails in the trial is no error of the forecast: it is told, and better now than at
night.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from lab.design.cases import Design
from lab.design.reader import Given, plan
from lab.record import Finished
from lab.runs.executors import cores
from lab.runs.sweep import Orders
from lab.runs.worker import Numbers
from lab.store import manifest
from lab.store.parquet_parts import Folder, home_of
from lab.store.run_index import Stock, take

TRIED = 5
"""Runs that are made one by one."""
TOGETHER = 250
"""Runs that are made at once where a design goes through the array solver, which is quicker by the dozen."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a sweep would do."""

    runs: int
    """Of the design; cases that are the same run count once."""
    to_do: int
    """Without a row, and those to be tried again."""
    workers: int
    tried: int
    """Runs that the estimate rests on."""
    failed: tuple[Finished, ...]
    """Of the runs that were tried one by one, those that did not end well."""
    pace: float | None
    """Seconds that a run takes one worker; None where there is nothing to do."""

    @property
    def done(self) -> int:
        """Runs that have a row already."""
        return self.runs - self.to_do

    @property
    def seconds(self) -> float:
        """What all of it may take, the start of the workers left out."""
        return self.to_do * (self.pace or 0.0) / self.workers


def forecast(design: Design | Given, folder: Folder, orders: Orders | None = None) -> Forecast:
    """What `lab.sweep` would do with this design in this folder. StoreMismatch where the folder holds another one."""
    design = design if isinstance(design, Design) else plan(design)
    orders, stock = orders or Orders(), _stock(design, home_of(folder))
    runs, todo = stock.runs, stock.todo(orders.retry)
    workers = orders.workers or cores()
    if not len(todo):
        return Forecast(runs, 0, workers, 0, (), None)
    labour: Any = orders.make(design)
    few = _spread(todo, TRIED)
    labour.run(int(few[0]))  # the first one loads what all others find loaded
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


def _stock(design: Design, home: Path) -> Stock:
    """What the folder holds of the design; nothing where there is no sweep."""
    if (home / manifest.MANIFEST).exists():
        manifest.compare(home, manifest.stored(home), design)
    return take(home, design)


def _spread(numbers: Numbers, most: int) -> Numbers:
    """At most so many of some cases, from all over the design."""
    return numbers[np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(np.intp)]
