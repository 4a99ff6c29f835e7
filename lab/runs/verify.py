"""Verify a sweep: execute some of its finished runs again and compare them with their rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, cast

import numpy as np

from agents.random_streams import stream
from games.documents import Document
from lab.design.cases import Design
from lab.design.measure import MeasureValue
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.store.parquet_parts import Folder
from lab.store.results import read_stored_design, runs
from lab.store.sweep_status import Count

NEAR = 1e-9
"""Largest accepted difference of a value from its row, relative or absolute. Processors differ in the last bits."""


class VerifyRunner(Protocol):
    """Interface of the objects that execute runs of a design a second time, to verify stored rows."""

    def run(self, number: int) -> Finished:
        """Execute the run of the case with this number in the design, and return its row."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDifference(Document):
    """A measure whose new value differs from the stored one."""

    run_id: str
    measure: str
    row: MeasureValue
    """Stored value."""
    again: MeasureValue
    """New value; also null if the run failed this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Document):
    """Result of a verification: some runs were executed again and compared with their rows."""

    NAME: ClassVar[str] = "verify"

    schema: Literal["winset/verify/1"] = "winset/verify/1"
    ok: bool
    """Whether all runs gave the same values again."""
    checked: Count
    """Number of runs executed again."""
    identical: Count
    """Number of these runs that are equal to the last bit."""
    tolerance: float = NEAR
    """Largest accepted difference, relative or absolute. Processors differ in the last bits."""
    differences: tuple[RowDifference, ...]
    """Values that differ from their row by more than the tolerance."""


def verify(folder: Folder, n: int = 20, make: Callable[[Design], VerifyRunner] = SingleRunner) -> Verdict:
    """Execute some successful runs of a sweep a second time and compare them with their stored rows.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.
    n
        Number of runs, drawn at random with the design's seed; all successful runs if there are fewer.
    make
        Creates the object that executes the runs.

    Returns
    -------
    Verdict
        Number of runs checked, number of identical runs, and all differences.

    Raises
    ------
    InputError
        If there is no sweep.
    StoreRefusal
        If the folder cannot be read, or this Winset would run its design differently.
    """
    design, frame = read_stored_design(folder), runs(folder)
    good = frame[frame["status"] == "ok"]
    drawn = stream(design.seed, 0, "verify").permutation(len(good))[:n]
    worker, found, identical = make(design), list[RowDifference](), 0
    for row in cast("list[dict[str, Any]]", good.iloc[np.sort(drawn)].to_dict("records")):
        same, apart = compare_with_row(design, row, worker.run(row["number"]))
        identical += same
        found += apart
    return Verdict(ok=not found, checked=len(drawn), identical=identical, differences=tuple(found))


def compare_with_row(design: Design, row: Mapping[str, Any], again: Finished) -> tuple[bool, list[RowDifference]]:
    """Compare a run that was executed a second time with its stored row.

    Parameters
    ----------
    design
        The design of the sweep.
    row
        The row by column name; its status is `ok`.
    again
        The new run of the same case.

    Returns
    -------
    tuple[bool, list[RowDifference]]
        Whether every value is the same to the last bit; and the values that differ by more than `NEAR`, or all values
        if the new run failed.
    """
    figures = dict(zip(design.measures, again.measures, strict=False))
    pairs = [(name, figure(row[name]), figures.get(name)) for name in design.measures]
    apart = [
        RowDifference(run_id=row["run_id"], measure=name, row=old, again=new)
        for name, old, new in pairs
        if again.status != "ok" or not _near(old, new)
    ]
    return again.status == "ok" and all(old == new for _, old, new in pairs), apart


def figure(cell: Any) -> MeasureValue:
    """Return the value of a cell in a table of runs: None if the cell is empty (None or NaN), else the cell itself."""
    return None if cell is None or cell != cell else cell  # noqa: PLR0124 - NaN alone differs from itself


def _near(old: MeasureValue, new: MeasureValue) -> bool:
    if isinstance(old, float | int) and isinstance(new, float | int):
        return math.isclose(old, new, rel_tol=NEAR, abs_tol=NEAR)
    return old == new
