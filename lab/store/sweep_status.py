"""The status of a sweep: what is done, what failed, what is left, and which process is writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, ClassVar, Literal, TypeAlias

import numpy as np

from games.display import sentences_html, table_html
from games.documents import Document, Limits
from games.visible_text import visible
from lab.design.cases import Kind
from lab.finished_run import Status
from lab.store import parquet_parts
from lab.store.folder import foreign_files
from lab.store.provenance import Session, read_sessions
from lab.store.results import read_stored_design
from lab.store.run_index import read_run_index
from lab.store.write_lock import holder

SHOWN = 5
"""Largest number of failed runs that a status lists."""

Count: TypeAlias = Annotated[int, Limits(minimum=0)]
"""A number of things."""
PositiveCount: TypeAlias = Annotated[int, Limits(minimum=1)]
"""A number of things of which there is at least one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedAttempt(Document):
    """A run that failed, without its traceback."""

    run_id: str
    number: Count
    """Number of its case in the design, from 0."""
    attempt: PositiveCount
    status: Literal["error", "timeout", "crashed"]
    error_type: str | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepStatus(Document):
    """Progress of a sweep, and the state of its folder."""

    NAME: ClassVar[str] = "status"

    schema: Literal["winset/status/1"] = "winset/status/1"
    folder: str
    name: str
    """Name of the design."""
    scenario: str
    kind: Kind
    points: PositiveCount
    """Number of points of the design."""
    different_points: PositiveCount
    """Number of different points. A point may be drawn more than once where factors have few levels."""
    cases: Count
    """Number of cases of the design: points × arms × replicates."""
    runs: Count
    """Number of different runs. If points are drawn among few levels, some cases are the same run."""
    done: Count
    """Number of runs that have a row."""
    to_do: Count
    """Number of runs without a row."""
    counts: Mapping[Status, Count]
    """Number of runs by their last status."""
    parts: Count
    """Number of files in runs/."""
    bytes: Count
    """Size of these files on disk."""
    failures: tuple[FailedAttempt, ...]
    """The first few runs that failed."""
    sessions: tuple[Session, ...]
    """Sessions, oldest first. A session without an end is still running, or was killed."""
    writer: str | None
    """The process that is writing now, or that was killed while it wrote; null if there is none."""
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
        return table + sentences_html(f"{each.run_id[:8]}: {each.error}" for each in self.failures)


def status(folder: parquet_parts.Folder) -> SweepStatus:
    """Return the progress of the sweep in a folder; it may be running at the same time.

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
    done = sum(stock.counts.values())
    return SweepStatus(
        folder=str(home),
        name=design.name,
        scenario=design.scenario,
        kind=design.kind,
        points=design.length,
        different_points=design.different,
        cases=design.count,
        runs=stock.runs,
        done=done,
        to_do=stock.runs - done,
        counts=stock.counts,
        parts=len(paths),
        bytes=sum(path.stat().st_size for path in paths),
        failures=tuple(_failures(home, failed.tolist())),
        sessions=tuple(read_sessions(home)),
        writer=holder(home),
        strangers=tuple(foreign_files(home)),
    )


def _failures(home: Path, numbers: list[int]) -> Iterator[FailedAttempt]:
    """Yield the last attempts at some failed runs."""
    found: dict[int, FailedAttempt] = {}
    names = [each.name for each in fields(FailedAttempt)]
    for number in parquet_parts.part_numbers(home / parquet_parts.RUNS) if numbers else ():
        for batch in parquet_parts.batches(parquet_parts.path_of(home / parquet_parts.RUNS, number), names):
            found |= {row["number"]: FailedAttempt(**row) for row in batch.to_pylist() if row["number"] in numbers}
    yield from (found[number] for number in numbers)
