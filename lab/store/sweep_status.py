"""The status of a sweep: what is done, what failed, what is left, and which process is writing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from games.display import sentences_html, table_html
from games.json_values import to_json_value
from games.visible_text import visible
from lab.finished_run import Status
from lab.store import parquet_parts
from lab.store.folder import foreign_files
from lab.store.provenance import sessions
from lab.store.results import read_stored_design
from lab.store.run_index import read_run_index
from lab.store.write_lock import holder

SHOWN = 5
"""Largest number of failed runs that a status lists."""


@dataclass(frozen=True, slots=True)
class SweepStatus:
    """Progress of a sweep, and the state of its folder."""

    folder: str
    name: str
    scenario: str
    kind: str
    points: int
    """Number of points of the design."""
    different: int
    """Number of different points; a point may be drawn more than once."""
    cases: int
    """Number of cases of the design."""
    runs: int
    """Number of different runs. If points are drawn among few levels, some cases are the same run."""
    counts: dict[Status, int]
    """Number of runs by their last status."""
    parts: int
    """Number of files in runs/."""
    bytes: int
    """Size of these files on disk."""
    failures: tuple[dict[str, Any], ...]
    """The first few runs that failed, without tracebacks."""
    sessions: tuple[dict[str, Any], ...]
    """Sessions as dictionaries, oldest first."""
    writer: str | None
    """The process that is writing now, or that was killed while it wrote; None if there is none."""
    strangers: tuple[str, ...]
    """Files in the folder that Winset did not write."""

    def __repr__(self) -> str:
        """Return the number of runs done, by status."""
        ended = ", ".join(f"{count:,} {status}" for status, count in self.counts.items() if count)
        writer = f"; {self.writer} is writing" if self.writer else ""
        return visible(f"{self.name} in {self.folder}: {self.done:,} of {self.runs:,} runs ({ended or 'none'}){writer}")

    def _repr_html_(self) -> str:
        """Return the same as an HTML table."""
        rows = [(status, f"{count:,}") for status, count in self.counts.items()]
        table = table_html(f"{self.name}: {self.done:,} of {self.runs:,} runs", ("Status", "Runs"), rows)
        return table + sentences_html(f"{each['run_id'][:8]}: {each['error']}" for each in self.failures)

    @property
    def done(self) -> int:
        """Number of runs that have a row."""
        return sum(self.counts.values())

    def to_dict(self) -> dict[str, Any]:
        """Return the status as `winset status --json` prints it."""
        return to_json_value(
            {
                "schema": "winset/status/1",
                "folder": self.folder,
                "name": self.name,
                "scenario": self.scenario,
                "kind": self.kind,
                "points": self.points,
                "different_points": self.different,
                "cases": self.cases,
                "runs": self.runs,
                "done": self.done,
                "to_do": self.runs - self.done,
                "counts": self.counts,
                "parts": self.parts,
                "bytes": self.bytes,
                "failures": self.failures,
                "sessions": self.sessions,
                "writer": self.writer,
                "strangers": self.strangers,
            }
        )


def status(folder: parquet_parts.Folder) -> SweepStatus:
    """Read the progress of a sweep; it may be running at the same time.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.

    Returns
    -------
    SweepStatus
        Counts, failures, sessions, and the process that is writing.

    Raises
    ------
    InputError
        If there is no sweep.
    StoreRefusal
        If the folder cannot be read.
    """
    home, design = parquet_parts.resolve_folder(folder), read_stored_design(folder)
    stock = read_run_index(home, design)
    failed = np.flatnonzero((stock.state > 1) & (stock.state <= len(stock.counts)))[:SHOWN]
    paths = [
        parquet_parts.path_of(home / parquet_parts.RUNS, number)
        for number in parquet_parts.part_numbers(home / parquet_parts.RUNS)
    ]
    return SweepStatus(
        folder=str(home),
        name=design.name,
        scenario=design.scenario,
        kind=design.kind,
        points=design.length,
        different=design.different,
        cases=design.count,
        runs=stock.runs,
        counts=stock.counts,
        parts=len(paths),
        bytes=sum(path.stat().st_size for path in paths),
        failures=tuple(_failures(home, failed.tolist())),
        sessions=tuple(sessions(home)),
        writer=holder(home),
        strangers=tuple(foreign_files(home)),
    )


def _failures(home: Path, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the rows of some failed runs, without their tracebacks."""
    found: dict[int, dict[str, Any]] = {}
    names = ["run_id", "number", "attempt", "status", "error_type", "error"]
    for number in parquet_parts.part_numbers(home / parquet_parts.RUNS) if numbers else ():
        for batch in parquet_parts.batches(parquet_parts.path_of(home / parquet_parts.RUNS, number), names):
            found |= {row["number"]: row for row in batch.to_pylist() if row["number"] in numbers}
    yield from (found[number] for number in numbers)
