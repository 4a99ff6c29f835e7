"""The state of every case of a design, read from the parts of a folder. Small enough in memory for millions of runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from games.errors import Problem
from lab.design.cases import Design
from lab.finished_run import STATUSES, Status
from lab.store import parquet_parts
from lab.store.errors import StoreMismatch
from lab.store.manifest import fingerprint
from lab.store.run_ids import Ids, identities, parse_run_ids

OPEN, DOUBLE = 0, 255
"""State codes: a case without a row, and a case that is the same run as an earlier one and is never run itself."""

CODES: dict[Status, int] = {status: code for code, status in enumerate(STATUSES, start=1)}
"""Code of the last status of a case in `RunIndex.state`."""

STEP = 65_536
"""Number of runs compared at a time, to limit the memory needed."""


@dataclass(frozen=True, slots=True, eq=False)
class RunIndex:
    """Index of the cases of a design: which are open, and how the others ended; 18 bytes per case."""

    ids: Ids
    """(case) Run_ids."""
    state: NDArray[np.uint8]
    """(case) OPEN, DOUBLE, or the code of the last status."""
    attempts: NDArray[np.uint8]
    """(case) Number of attempts; 255 means 255 or more."""
    next_part: int
    """Number of the next part."""
    doubles: Ids
    """Run_ids of the cases that repeat an earlier case, sorted."""

    @property
    def runs(self) -> int:
        """Return the number of different runs of the design. Cases that repeat an earlier case are not counted."""
        return int((self.state != DOUBLE).sum())

    @property
    def counts(self) -> dict[Status, int]:
        """Return the number of runs of the design by their last status; runs without a row are not counted."""
        return {status: int((self.state == code).sum()) for status, code in CODES.items()}

    def weights(self, numbers: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Return, for each of the runs with these case numbers, how many cases of the design are this same run."""
        runs = self.ids[numbers]
        first, last = (np.searchsorted(self.doubles, runs, side=side) for side in ("left", "right"))
        return 1 + last - first

    def todo(self, retry: Iterable[Status] = ()) -> NDArray[np.int64]:
        """Return the numbers of the cases of the design that are to be run: those without a stored row.

        Cases whose last status is in `retry` are set to OPEN first, and so they are among them.
        """
        self.state[np.isin(self.state, [CODES[status] for status in retry])] = OPEN
        return np.flatnonzero(self.state == OPEN)

    def record(self, number: int, status: Status) -> int | None:
        """Record that the run of the case with this number has ended with this status.

        Returns the number of the attempt, from 1, or None if the case has a row already; then nothing is recorded.
        """
        if self.state[number] != OPEN:
            return None
        self.state[number] = CODES[status]
        self.attempts[number] = min(int(self.attempts[number]) + 1, 255)
        return int(self.attempts[number])


def read_run_index(folder: Path, design: Design) -> RunIndex:
    """Return the state of every case of a design, read from the stored rows in the folder of its sweep.

    Raises StoreDamaged for a Parquet file that cannot be read, and StoreMismatch for a file or a run of another design.
    """
    ids = identities(design)
    order = np.argsort(ids, kind="stable").astype(np.uint32)
    found = parquet_parts.part_numbers(folder / parquet_parts.RUNS)
    empty = np.zeros(len(ids), dtype=np.uint8)
    state = _doubled(ids, order)
    stock = RunIndex(ids, state, empty, found[-1] + 1 if found else 0, np.sort(ids[state == DOUBLE]))
    owner = fingerprint(design)
    for part in found:
        path = parquet_parts.path_of(folder / parquet_parts.RUNS, part)
        for batch in parquet_parts.batches(path, ("run_id", "status", "attempt"), owner):
            rows = batch.to_pydict()
            _enter(stock, _numbers(ids, order, parse_run_ids(rows["run_id"]), path), rows)
    return stock


def _doubled(ids: Ids, order: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the first state of every case: OPEN, or DOUBLE if it repeats an earlier case.

    Works in steps to save memory.
    """
    state = np.zeros(len(ids), dtype=np.uint8)
    for first in range(0, len(ids), STEP):
        run = order[first : first + STEP + 1]
        ranked = ids[run]
        state[run[1:][ranked[1:] == ranked[:-1]]] = DOUBLE
    return state


def _numbers(ids: Ids, order: NDArray[np.uint32], runs: Ids, path: Path) -> NDArray[np.uint32]:
    """Return the case numbers of some runs. Raises StoreMismatch for runs that are not in the design."""
    places = np.searchsorted(ids, runs, sorter=order)
    numbers = order[np.minimum(places, len(order) - 1)]
    strange = int((ids[numbers] != runs).sum())
    if strange:
        hint = "move it out of the folder; it came here from another sweep"
        raise StoreMismatch(Problem(str(path), f"holds {strange} runs that are not in the design", hint))
    return numbers


def _enter(stock: RunIndex, numbers: NDArray[np.uint32], rows: Mapping[str, Sequence[Any]]) -> None:
    """Enter rows into the index; if a run has several attempts, the last one counts."""
    attempts = np.minimum(rows["attempt"], 255).astype(np.uint8)
    codes = np.array([CODES[status] for status in rows["status"]], dtype=np.uint8)
    newer = attempts >= stock.attempts[numbers]
    stock.attempts[numbers[newer]] = attempts[newer]
    stock.state[numbers[newer]] = codes[newer]
