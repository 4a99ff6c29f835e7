"""The rows of a sweep, read: what came out, how far it is, whether it comes out the same again.

    results   one row a case of the design, as a pandas table
    runs      one row a run that was made
    moves     one row a move, where the design keeps them
    status    what is done, what failed, what is left
    lookup    the case behind an identity
    verify    some runs made again and held against their rows
    compact   many small parts become one

Nothing here but `compact` writes, and reading needs no lock: a sweep may go on meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from games.display import sentences_html, table_html
from games.errors import Problem, refuse
from games.json_values import plain
from games.visible_text import visible
from lab.design.cases import Case, Design, case
from lab.record import Status
from lab.store import manifest, parquet_parts
from lab.store.atomic_files import commit
from lab.store.errors import StoreDamaged
from lab.store.folder import opened, strangers
from lab.store.provenance import sessions
from lab.store.run_ids import SIZE, identities, texts
from lab.store.run_index import take
from lab.store.write_lock import holder

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 5
"""Failures that a status tells one by one."""
SHORTEST = 6
"""Digits of an identity that may stand for the whole of it."""


def stored(folder: parquet_parts.Folder) -> Design:
    """The design that a folder holds; StoreMismatch when this Winset would run it differently."""
    home = parquet_parts.home_of(folder)
    told = manifest.stored(home)
    design = manifest.restored(told)
    manifest.compare(home, told, design)
    return design


def results(folder: parquet_parts.Folder) -> pd.DataFrame:
    """One row a case, in the order of the design: of several attempts the last one.

    A point that was drawn again has its rows again, so that every point weighs the same: a mean over the rows is the
    mean of the report. Cases that are one run have one run_id. Columns: run_id, number (in the design), the factors,
    arm, replicate, attempt, status, the measures (empty where a run failed), error_type, error, traceback, seconds,
    worker, session. InputError where there is no sweep.
    """
    home = parquet_parts.home_of(folder)
    told = manifest.stored(home)
    design, frame = manifest.restored(told), runs(home)
    rows = placed(design, frame, alike=manifest.alike(told, design))
    made = np.flatnonzero(rows >= 0)
    if len(made) == len(frame):
        return frame
    frame = frame.iloc[rows[made]].reset_index(drop=True)
    frame["number"] = made
    return frame


def runs(folder: parquet_parts.Folder) -> pd.DataFrame:
    """One row a run, however many cases it is; otherwise the same as `results`."""
    home = parquet_parts.home_of(folder)
    design = manifest.restored(manifest.stored(home))
    table = _whole(home / parquet_parts.RUNS, parquet_parts.runs_schema(design)).drop_columns([parquet_parts.WEIGHT])
    return _latest(table.to_pandas(), ["number"])


def placed(design: Design, frame: pd.DataFrame, *, alike: bool) -> NDArray[np.int64]:
    """(case) the place of its row among the runs: its own, or that of the case which is the same run; -1 for none.

    `alike` says that the design draws the points here that the rows are of.
    """
    rows = np.full(design.count, -1, dtype=np.int64)
    rows[frame["number"].to_numpy(dtype=np.int64)] = np.arange(len(frame))
    if alike and (rows < 0).any() and len(frame) and design.different < design.length:
        places = {run_id: place for place, run_id in enumerate(frame["run_id"].tolist())}
        lost = np.flatnonzero(rows < 0)
        known = texts(identities(design)[lost])
        rows[lost] = [places.get(run_id, -1) for run_id in known]
    return rows


def moves(folder: parquet_parts.Folder) -> pd.DataFrame:
    """One row a move of every run whose design keeps them: run_id, attempt, step, party, move, package, told."""
    manifest.stored(parquet_parts.home_of(folder))
    table = _whole(parquet_parts.home_of(folder) / parquet_parts.ROUNDS, parquet_parts.rounds_schema())
    return _latest(table.to_pandas(), ["run_id", "step"])


def _latest(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    ordered = frame.sort_values([*keys, "attempt"], kind="stable")
    last = ordered.drop_duplicates(keys, keep="last").reset_index(drop=True)
    for name in last.select_dtypes("category"):  # words stand in the order in which they were met
        cells = last[name].cat.remove_unused_categories()
        last[name] = cells.cat.reorder_categories(sorted(cells.cat.categories))
    return last


def _whole(folder: Path, schema: Any) -> Any:
    """All parts of a folder as one table; empty, with its columns, where there is none.

    A compaction that comes in between takes parts away: then the folder is read anew.
    """
    arrow: Any = import_module("pyarrow")
    for _ in range(3):
        try:
            tables = [_read(parquet_parts.path_of(folder, number), schema) for number in parquet_parts.numbers(folder)]
        except FileNotFoundError:
            continue
        # Parts that an older version wrote have no weights.
        whole = arrow.concat_tables([schema.empty_table(), *tables], promote_options="default")
        return whole.unify_dictionaries().combine_chunks()
    raise refuse(str(folder), "is being rewritten all the time", "read it again when the other process is done")


def _read(path: Path, schema: Any) -> Any:
    """The table of a part; StoreDamaged where it has other columns. Parts of an older version have no weights."""
    table = parquet_parts.read(path)
    kept = [
        field for field in schema if field.name != parquet_parts.WEIGHT or parquet_parts.WEIGHT in table.schema.names
    ]
    found = [(field.name, field.type) for field in table.schema]
    if found != [(field.name, field.type) for field in kept]:
        hint = f"move it out of the folder; winset resume {path.parents[1]} makes its runs again"
        raise StoreDamaged(Problem(str(path), "does not hold the columns of this sweep", hint))
    return table


def lookup(folder: parquet_parts.Folder, run_id: str) -> tuple[Design, Case]:
    """The design of a folder and the case of an identity, or of its first six digits or more.

    The run need not have been made. InputError where the design has no such run, or several that begin so.
    """
    design, wanted = stored(folder), run_id.strip().lower()
    if not SHORTEST <= len(wanted) <= 2 * SIZE or not set(wanted) <= set("0123456789abcdef"):
        hint = f"write {SHORTEST} to {2 * SIZE} of the digits 0-9 and a-f, as they stand in the column run_id"
        raise refuse("RUN_ID", f"{run_id!r} is none", hint)
    found = {each: number for number, each in enumerate(texts(identities(design)))}
    alike = [each for each in found if each.startswith(wanted)]
    if len(alike) != 1:
        reason = f"{len(alike)} runs of this sweep begin with {wanted}"
        raise refuse("RUN_ID", reason, "write more of its digits" if alike else "see the column run_id of its rows")
    return design, case(design, found[alike[0]])


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a sweep is."""

    folder: str
    name: str
    scenario: str
    kind: str
    points: int
    """Of the design."""
    different: int
    """Of the points, as some may be drawn again."""
    cases: int
    """Of the design."""
    runs: int
    """Cases that are runs of their own: where points are drawn among few levels, some are alike."""
    counts: dict[Status, int]
    """Runs by their last status."""
    parts: int
    bytes: int
    """On disk."""
    failures: tuple[dict[str, Any], ...]
    """The first few runs that did not end well."""
    sessions: tuple[dict[str, Any], ...]
    writer: str | None
    """Who is writing now, or was when it was killed."""
    strangers: tuple[str, ...]
    """Files in the folder that are none of ours."""

    def __repr__(self) -> str:
        """How many runs are done, and how they ended."""
        ended = ", ".join(f"{count:,} {status}" for status, count in self.counts.items() if count)
        writer = f"; {self.writer} is writing" if self.writer else ""
        return visible(f"{self.name} in {self.folder}: {self.done:,} of {self.runs:,} runs ({ended or 'none'}){writer}")

    def _repr_html_(self) -> str:
        """The same as a table."""
        rows = [(status, f"{count:,}") for status, count in self.counts.items()]
        table = table_html(f"{self.name}: {self.done:,} of {self.runs:,} runs", ("Status", "Runs"), rows)
        return table + sentences_html(f"{each['run_id'][:8]}: {each['error']}" for each in self.failures)

    @property
    def done(self) -> int:
        """Runs that have a row."""
        return sum(self.counts.values())

    def to_dict(self) -> dict[str, Any]:
        """The standing as `winset status --json` prints it."""
        return plain(
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


def status(folder: parquet_parts.Folder) -> Standing:
    """How far a sweep is, whoever is at work on it; StoreRefusal for a folder that cannot be read."""
    home, design = parquet_parts.home_of(folder), stored(folder)
    stock = take(home, design)
    failed = np.flatnonzero((stock.state > 1) & (stock.state <= len(stock.counts)))[:SHOWN]
    paths = [
        parquet_parts.path_of(home / parquet_parts.RUNS, number)
        for number in parquet_parts.numbers(home / parquet_parts.RUNS)
    ]
    return Standing(
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
        strangers=tuple(strangers(home)),
    )


def _failures(home: Path, numbers: list[int]) -> Iterator[dict[str, Any]]:
    """The rows of some runs that failed, without their tracebacks."""
    found: dict[int, dict[str, Any]] = {}
    names = ["run_id", "number", "attempt", "status", "error_type", "error"]
    for number in parquet_parts.numbers(home / parquet_parts.RUNS) if numbers else ():
        for batch in parquet_parts.batches(parquet_parts.path_of(home / parquet_parts.RUNS, number), names):
            found |= {row["number"]: row for row in batch.to_pylist() if row["number"] in numbers}
    yield from (found[number] for number in numbers)


class Compacted(NamedTuple):
    """What a compaction did."""

    before: int
    """Parts."""
    after: int
    rows: int


def compact(folder: parquet_parts.Folder) -> Compacted:
    """Make one part of all parts of runs, every attempt kept; nobody sees a half of it, whatever happens on the way.

    Weights are counted anew, so that rows of an older version have one. The moves in rounds/ stay as they are.
    StoreRefusal when the folder is in use or damaged.
    """
    with opened(folder) as store:
        home, design = store.folder, store.design
        found = parquet_parts.numbers(home / parquet_parts.RUNS)
        table = _whole(home / parquet_parts.RUNS, parquet_parts.runs_schema(design))
        if len(found) < 2:
            return Compacted(len(found), len(found), len(table))
        place = table.schema.get_field_index(parquet_parts.WEIGHT)
        weights = store.stock.weights(table["number"].to_numpy())
        table = table.set_column(place, table.schema.field(place), [weights.tolist()])
        order = np.lexsort((table["attempt"].to_numpy(), table["number"].to_numpy()))
        fresh = home / parquet_parts.FRESH
        fresh.mkdir()
        parquet_parts.write_table(fresh, found[-1], table.take(order))
        commit(fresh)
        parquet_parts.swap(home, fresh)
        return Compacted(len(found), 1, len(order))
