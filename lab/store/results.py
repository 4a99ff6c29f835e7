"""Read the rows of a sweep, and find the case of an identity.

    results   one row per case of the design, as a pandas table
    runs      one row per executed run
    moves     one row per move, if the design keeps them
    lookup    the case of an identity
    compact   merge many small parts into one

Only `compact` writes. Reading needs no lock, so a sweep may continue at the same time.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from games.errors import Problem, input_error
from lab.design.cases import Case, Design, case
from lab.store import manifest, parquet_parts, row_columns
from lab.store.atomic_files import sync_folder
from lab.store.errors import StoreDamaged, unwritable
from lab.store.folder import open_store
from lab.store.run_ids import SIZE, identities, texts

if TYPE_CHECKING:
    import pandas as pd

SHORTEST = 6
"""Smallest number of digits that may stand for a whole identity."""


def read_stored_design(folder: parquet_parts.Folder) -> Design:
    """Return the design of the sweep in a folder, as it was frozen when the sweep began.

    Raises StoreMismatch if this Winset would run it differently, and InputError if there is no sweep.
    """
    home = parquet_parts.resolve_folder(folder)
    told = manifest.read_manifest(home)
    design = manifest.restore_design(told)
    manifest.check_same_design(home, told, design)
    return design


def results(folder: parquet_parts.Folder) -> pd.DataFrame:
    """Return the results of a sweep as a table: one row per case, in the order of the design.

    A case is one combination of factor values, arm and replicate. If a run was tried several times, the last attempt
    counts. A point that was drawn several times has its rows as often, so that every drawn point has the same weight: a
    mean over the rows is the mean in the report. Cases that are the same run have the same run_id. If the libraries
    installed here draw other points, each run stays one row.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.

    Returns
    -------
    pandas.DataFrame
        Columns: run_id, number (of the case in the design), the factors, arm, replicate, attempt, status, the measures
        (empty if the run failed), error_type, error, traceback, seconds, worker, session. Cases without a row are
        absent.

    Raises
    ------
    InputError
        If there is no sweep.
    StoreRefusal
        If the folder cannot be read.
    """
    home = parquet_parts.resolve_folder(folder)
    told = manifest.read_manifest(home)
    design, frame = manifest.restore_design(told), runs(home)
    rows = locate_rows(design, frame, alike=manifest.draws_same_points(told, design))
    made = np.flatnonzero(rows >= 0)
    if len(made) == len(frame):
        return frame
    frame = frame.iloc[rows[made]].reset_index(drop=True)
    frame["number"] = made
    return frame


def runs(folder: parquet_parts.Folder) -> pd.DataFrame:
    """Return the stored runs of a sweep as a table: one row per executed run, even if several cases are this run.

    If a run was tried several times, the last attempt counts. The columns are those of `results`.
    """
    home = parquet_parts.resolve_folder(folder)
    design = manifest.restore_design(manifest.read_manifest(home))
    table = _whole(home / parquet_parts.RUNS, row_columns.runs_schema(design)).drop_columns([row_columns.WEIGHT])
    return _latest(table.to_pandas(), ["number"])


def locate_rows(design: Design, frame: pd.DataFrame, *, alike: bool) -> NDArray[np.int64]:
    """Find, for each case of a design, its row in a table of runs.

    Parameters
    ----------
    design
        The design of the sweep.
    frame
        Rows of runs, as `runs` returns them.
    alike
        Whether this installation draws the same points as when the rows were made; see
        `lab.store.manifest.draws_same_points`.

    Returns
    -------
    NDArray[np.int64]
        (case) Position of the row in `frame`: the case's own row, or the row of a case that is the same run; -1 for
        none.
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
    """Return the moves of all runs of a sweep as a table. A move is one step of the simulated talks.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.

    Returns
    -------
    pandas.DataFrame
        One row per move: run_id, attempt, step, party, move, package, told (the move as JSON). If a run was tried
        several times, the last attempt counts for each step. Empty if the design keeps no moves.

    Raises
    ------
    InputError
        If there is no sweep.
    StoreRefusal
        If the folder cannot be read.
    """
    manifest.read_manifest(parquet_parts.resolve_folder(folder))
    table = _whole(parquet_parts.resolve_folder(folder) / parquet_parts.ROUNDS, row_columns.rounds_schema())
    return _latest(table.to_pandas(), ["run_id", "step"])


def _latest(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    ordered = frame.sort_values([*keys, "attempt"], kind="stable")
    last = ordered.drop_duplicates(keys, keep="last").reset_index(drop=True)
    for name in last.select_dtypes("category"):  # categories are in order of first appearance
        cells = last[name].cat.remove_unused_categories()
        last[name] = cells.cat.reorder_categories(sorted(cells.cat.categories))
    return last


def _whole(folder: Path, schema: Any) -> Any:
    """Return all parts of a folder as one table; an empty table with the same columns if there are none.

    If a compaction removes parts during the reading, the folder is read again, at most three times in all.
    """
    arrow: Any = import_module("pyarrow")
    for _ in range(3):
        try:
            tables = [
                _read(parquet_parts.path_of(folder, number), schema) for number in parquet_parts.part_numbers(folder)
            ]
        except FileNotFoundError:
            continue
        # Parts that an older version wrote have no weights.
        whole = arrow.concat_tables([schema.empty_table(), *tables], promote_options="default")
        return whole.unify_dictionaries().combine_chunks()
    raise input_error(str(folder), "is being rewritten all the time", "read it again when the other process is done")


def _read(path: Path, schema: Any) -> Any:
    """Return the table of a part; StoreDamaged if it has other columns. Parts of an older version have no weights."""
    table = parquet_parts.read_part(path)
    kept = [field for field in schema if field.name != row_columns.WEIGHT or row_columns.WEIGHT in table.schema.names]
    found = [(field.name, field.type) for field in table.schema]
    if found != [(field.name, field.type) for field in kept]:
        hint = f"move it out of the folder; winset resume {path.parents[1]} makes its runs again"
        raise StoreDamaged(Problem(str(path), "does not hold the columns of this sweep", hint))
    return table


def lookup(folder: parquet_parts.Folder, run_id: str) -> tuple[Design, Case]:
    """Find the case of a sweep whose run has this identity. The run need not have been executed.

    A case is one combination of factor values, arm and replicate.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.
    run_id
        Identity of the run: 32 hexadecimal digits, or the first six or more of them.

    Returns
    -------
    tuple[Design, Case]
        The design in the folder, and the case.

    Raises
    ------
    InputError
        If no run of the design, or more than one, has an identity that begins with these digits.
    StoreRefusal
        If the folder cannot be read.
    """
    design, wanted = read_stored_design(folder), run_id.strip().lower()
    if not SHORTEST <= len(wanted) <= 2 * SIZE or not set(wanted) <= set("0123456789abcdef"):
        hint = f"write {SHORTEST} to {2 * SIZE} of the digits 0-9 and a-f, as they stand in the column run_id"
        raise input_error("RUN_ID", f"{run_id!r} is none", hint)
    found = {each: number for number, each in enumerate(texts(identities(design)))}
    alike = [each for each in found if each.startswith(wanted)]
    if len(alike) != 1:
        reason = f"{len(alike)} runs of this sweep begin with {wanted}"
        raise input_error(
            "RUN_ID", reason, "write more of its digits" if alike else "see the column run_id of its rows"
        )
    return design, case(design, found[alike[0]])


class CompactionCounts(NamedTuple):
    """Result of merging the Parquet files (parts) of a sweep into one: numbers of files and rows."""

    before: int
    """Number of parts before."""
    after: int
    """Number of parts after."""
    rows: int
    """Number of rows in all parts."""


def compact(folder: parquet_parts.Folder) -> CompactionCounts:
    """Merge all Parquet files (parts) with the runs of a sweep into one file. Every attempt is kept.

    The new file replaces the old ones at once, so that readers never see an incomplete state, even after an
    interruption. Weights are computed again, so that rows of an older version get one. The moves in rounds/ are not
    changed.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.

    Returns
    -------
    CompactionCounts
        Number of parts before and after, and number of rows.

    Raises
    ------
    InputError
        If there is no sweep.
    StoreRefusal
        If the folder is in use, damaged or cannot be opened for writing, or if the new part cannot be written; the old
        parts then stay.
    """
    with open_store(folder) as store:
        home, design = store.folder, store.design
        found = parquet_parts.part_numbers(home / parquet_parts.RUNS)
        table = _whole(home / parquet_parts.RUNS, row_columns.runs_schema(design))
        if len(found) < 2:
            return CompactionCounts(len(found), len(found), len(table))
        place = table.schema.get_field_index(row_columns.WEIGHT)
        weights = store.stock.weights(table["number"].to_numpy())
        table = table.set_column(place, table.schema.field(place), [weights.tolist()])
        order = np.lexsort((table["attempt"].to_numpy(), table["number"].to_numpy()))
        fresh = home / parquet_parts.FRESH
        try:
            fresh.mkdir()
            parquet_parts.write_table(fresh, found[-1], table.take(order))
            sync_folder(fresh)
            parquet_parts.replace_runs(home, fresh)
        except OSError as error:
            raise unwritable(fresh, error, home) from None
        return CompactionCounts(len(found), 1, len(order))
