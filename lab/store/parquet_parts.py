"""Write and read the rows of a sweep in Parquet files, called parts. A part is complete or absent, never half written.

    runs/part-000000.parquet     one row per finished run
    rounds/part-000000.parquet   one row per move, if the design keeps moves; valid once the runs part exists

The columns and their types depend on the design only, not on the rows. So a part that holds only failed runs has the
same columns as any other part. Other files in these folders are not touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any, Protocol, TypeAlias, cast

from games.errors import InputError, Problem, input_error
from lab.design.cases import Design
from lab.store.atomic_files import remove_unfinished, sync_folder, write_atomically
from lab.store.errors import StoreDamaged, StoreMismatch
from lab.store.row_columns import KEY, AttemptedRun, Marks, rounds_schema, run_columns, runs_schema
from lab.store.run_ids import Ids, texts

RUNS, ROUNDS = "runs", "rounds"
"""Names of the folders of runs and of moves."""
FRESH, OLD = ".runs.new", ".runs.old"
"""Names of folders while runs are rewritten: the new folder being filled, and the old folder that it replaces."""
GROUP = 50_000
"""Largest number of rows in a row group of a part."""
BATCH = 8192
"""Largest number of rows read at a time."""
PART = re.compile(r"part-(\d{6,})\.parquet")
"""Pattern of a part's file name; group 1 is its number."""


class HasFolder(Protocol):
    """Interface of the objects that know the folder of a sweep, such as the summary that `lab.sweep` returns."""

    @property
    def folder(self) -> Any:
        """Return the folder of the sweep as a path."""
        ...


Folder: TypeAlias = str | PathLike[str] | HasFolder
"""The folder of a sweep as callers pass it: a path, or an object that has one."""


def resolve_folder(folder: Folder) -> Path:
    """Return the folder of a sweep as a path, from a path or from an object that has a folder.

    Raises InputError for any other type.
    """
    found: Any = getattr(folder, "folder", folder)
    if not isinstance(found, str | PathLike):
        reason = f"is of the type {type(found).__name__}, which is no folder"
        raise input_error("folder", reason, "pass the folder of a sweep, or what `sweep` has returned")
    return Path(cast("str | PathLike[str]", found))


def part_numbers(folder: Path) -> list[int]:
    """Return the numbers of the Parquet files (parts) in a folder of rows, in ascending order.

    The folder is runs/ or rounds/ of a sweep; the list is empty if it does not exist.
    """
    names = (PART.fullmatch(path.name) for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted(int(name[1]) for name in names if name)


def path_of(folder: Path, number: int) -> Path:
    """Return the path of the Parquet file (part) with this number in a folder of rows."""
    return folder / f"part-{number:06d}.parquet"


def write_runs(folder: Path, number: int, design: Design, rows: Sequence[AttemptedRun], marks: Marks) -> None:
    """Write the rows of some finished runs of a sweep as one Parquet file (part).

    Parameters
    ----------
    folder
        The folder runs/ of a sweep; created if it does not exist.
    number
        Number of the part, from 0.
    design
        The design; it decides the columns.
    rows
        Finished runs of this design, at least one.
    marks
        Identities, weights and session of the same rows, in the same order.

    Raises
    ------
    OSError
        If writing fails. An incomplete part is never visible.
    """
    arrow: Any = import_module("pyarrow")
    schema = runs_schema(design)
    filled = run_columns(design, rows, marks)
    arrays = [arrow.array(filled[field.name], type=field.type) for field in schema]
    write_table(folder, number, arrow.table(arrays, schema=schema))


def write_rounds(folder: Path, number: int, rows: Sequence[AttemptedRun], ids: Ids) -> None:
    """Write the moves of some finished runs of a sweep as one Parquet file (part).

    Parameters
    ----------
    folder
        The folder rounds/ of a sweep; created if it does not exist.
    number
        Number of the part, the same as in runs/.
    rows
        Finished runs; runs without moves add no rows.
    ids
        (row) Identities of these runs, in the same order.

    Raises
    ------
    OSError
        If writing fails. An incomplete part is never visible.
    """
    arrow: Any = import_module("pyarrow")
    schema = rounds_schema()
    lines = [
        (run_id, attempt, *step)
        for run_id, (finished, attempt) in zip(texts(ids), rows, strict=True)
        for step in finished.steps
    ]
    filled = list(zip(*lines, strict=True)) or [() for _ in schema]
    arrays = [arrow.array(column, type=field.type) for field, column in zip(schema, filled, strict=True)]
    write_table(folder, number, arrow.table(arrays, schema=schema))


def write_table(folder: Path, number: int, table: Any) -> None:
    """Write a table as one Parquet file (part) of a sweep: zstd compression, page checksums, all at once.

    Parameters
    ----------
    folder
        The folder of the parts; created if it does not exist. Its parent must exist.
    number
        Number of the part, from 0. An existing part with this number is replaced.
    table
        A `pyarrow.Table`.

    Raises
    ------
    OSError
        If writing fails. An incomplete part is never visible.
    """
    parquet: Any = import_module("pyarrow.parquet")
    folder.mkdir(exist_ok=True)
    write_atomically(
        path_of(folder, number),
        lambda stream: parquet.write_table(
            table, stream, compression="zstd", row_group_size=GROUP, write_page_checksum=True
        ),
    )


def read_part(path: Path) -> Any:
    """Return the content of one Parquet file (part) of a sweep as a `pyarrow.Table`.

    Raises StoreDamaged, with a hint, if the file cannot be read, and FileNotFoundError if there is none.
    """
    arrow: Any = import_module("pyarrow")
    with _opened(path) as file:
        return arrow.Table.from_batches(file.iter_batches(BATCH), schema=file.schema_arrow)


def batches(path: Path, names: Sequence[str], owner: str | None = None) -> Generator[Any]:
    """Yield some columns of a Parquet file (part) of a sweep in record batches of at most `BATCH` rows.

    Parameters
    ----------
    path
        Path of the part.
    names
        Names of the columns to read.
    owner
        Fingerprint of the design that the part must belong to; None accepts any design.

    Yields
    ------
    pyarrow.RecordBatch
        The next rows.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    StoreDamaged
        If the file cannot be read.
    StoreMismatch
        If the part belongs to another design than `owner`.
    """
    with _opened(path) as file:
        metadata: dict[bytes, bytes] = file.schema_arrow.metadata or {}
        if owner not in {None, json.loads(metadata.get(KEY, b"{}")).get("design")}:
            hint = "move it out of the folder; it came here from another sweep"
            raise StoreMismatch(Problem(str(path), "belongs to another design", hint))
        yield from file.iter_batches(BATCH, columns=list(names))


@contextmanager
def _opened(path: Path) -> Generator[Any]:
    parquet: Any = import_module("pyarrow.parquet")
    try:
        with path.open("rb") as stream, parquet.ParquetFile(stream, page_checksum_verification=True) as file:
            yield file
    except (FileNotFoundError, InputError):
        raise
    except (OSError, ValueError) as error:  # pyarrow's errors are subclasses of these two
        hint = "move it out of the folder; `winset resume` then makes its runs again, the same as before"
        raise StoreDamaged(Problem(str(path), f"cannot be read: {error}", hint)) from None


def replace_runs(home: Path, fresh: Path) -> None:
    """Replace the folder runs/ in the sweep's folder `home` by the folder `fresh`, which holds the rewritten runs.

    After an interruption, `restore_old_runs` and `remove_leftovers` complete the work.
    """
    old = home / OLD
    (home / RUNS).rename(old)
    fresh.rename(home / RUNS)
    sync_folder(home)
    remove_parts(old)


def restore_old_runs(home: Path) -> None:
    """Move the old runs of a sweep back to runs/, if `replace_runs` was interrupted too early.

    That is, before the new runs were in place. Otherwise do nothing.
    """
    old, runs = home / OLD, home / RUNS
    if old.is_dir() and not runs.is_dir():
        old.rename(runs)


def remove_leftovers(home: Path) -> None:
    """Remove the folders that an interrupted `replace_runs` has left in a sweep's folder.

    Call `restore_old_runs` first.
    """
    for left in (home / OLD, home / FRESH):
        if left.is_dir():
            remove_parts(left)


def remove_parts(folder: Path) -> None:
    """Remove a folder of Parquet files (parts) of a sweep, with these files.

    Raises StoreDamaged if the folder also holds files that Winset has not written; these files stay.
    """
    remove_unfinished(folder, PART)
    for path in folder.iterdir():
        if PART.fullmatch(path.name):
            path.unlink()
    try:
        folder.rmdir()
    except OSError:
        reason, hint = "holds files that Winset has not written", "move them to another folder, then run it again"
        raise StoreDamaged(Problem(str(folder), reason, hint)) from None
