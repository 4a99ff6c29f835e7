"""The folder of a sweep: it holds all finished runs, and so it shows which runs are missing.

    DIR/
      sweep.json                   the frozen design: `lab.store.manifest`
      sessions/<utc>-<pid>.json    one file per period of work: `lab.store.provenance`
      runs/part-000000.parquet     rows, thousands per part: `lab.store.parquet_parts`
      rounds/part-000000.parquet   moves, if the design keeps them
      .lock                        lock of the single writer: `lab.store.write_lock`

Workers do not write to the folder. One process writes, and it identifies runs by run_id: a run may be executed twice,
but it is stored once. Rows that were not yet written when a process died are computed again, with the same result.
Reading a sweep needs neither a lock nor Winset: any Parquet reader can open the folder `runs`.

A part that cannot be read raises an error that names the file; its rows are never ignored silently. Move the file out
of the folder, and `resume` computes its runs again. Files that Winset did not write are not touched; `winset status`
lists them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from games.errors import Problem
from lab.design.cases import Design
from lab.finished_run import Finished, Status, SweepStopped
from lab.store import manifest, parquet_parts, row_columns, run_index
from lab.store.atomic_files import UNFINISHED, remove_unfinished
from lab.store.errors import StoreDamaged, StoreMismatch, unwritable
from lab.store.manifest import MANIFEST
from lab.store.provenance import SESSION, SESSIONS, Session, begin, end
from lab.store.write_lock import LOCK, Lock

MOST_ROWS = 20_000
"""Number of waiting rows at which they are written as a part."""
REPORT = "report.html"
"""Default file name of a report, in the folder of the sweep."""
WRITTEN = {
    "": re.compile(re.escape(MANIFEST)),
    SESSIONS: SESSION,
    parquet_parts.RUNS: parquet_parts.PART,
    parquet_parts.ROUNDS: parquet_parts.PART,
}
"""Names of the files that the writer creates, by subfolder ("" is the sweep's folder). Only their temporary files are
removed.
"""
MOST_NAMED = 3
"""Largest number of foreign files that a message names."""
LONGEST_WAIT = 5.0
"""Seconds after which waiting rows are written, even if they are few."""


class Store:
    """The folder of a sweep, opened for writing by one process. It takes finished runs and stores each of them once.

    Leaving `with` writes waiting rows and releases the lock.
    """

    def __init__(self, folder: Path, design: Design, stock: run_index.RunIndex, session: Session, lock: Lock) -> None:
        """Use `open_store` to create a store."""
        self.folder = folder
        self.design = design
        self.stock = stock
        self.session = session
        self._lock = lock
        self._part = stock.next_part
        self._waiting: list[row_columns.AttemptedRun] = []
        self._flushed = time.monotonic()

    def todo(self, retry: Iterable[Status] = ()) -> NDArray[np.int64]:
        """Return the numbers of the cases of the sweep that are to be run, in ascending order.

        These are the cases (a case is one run of the design) without a stored row, and those whose last status is in
        `retry`.
        """
        return self.stock.todo(retry)

    def add(self, finished: Finished) -> bool:
        """Add a finished run to the sweep, to be stored as a row; return False if this run already has a row.

        Waiting rows are written to disk if they are many or old; see `flush_if_due`. Raises StoreUnwritable if they
        cannot be written; they are kept and written later.
        """
        attempt = self.stock.record(finished.number, finished.status)
        if attempt is None:
            return False
        self._waiting.append(row_columns.AttemptedRun(finished, attempt))
        self.flush_if_due()
        return True

    def flush_if_due(self) -> None:
        """Write the rows that wait in memory to the sweep's folder, if they are many or old.

        Call this regularly while no run ends. Raises StoreUnwritable if the rows cannot be written; they are kept and
        written later.
        """
        if len(self._waiting) >= MOST_ROWS or time.monotonic() - self._flushed >= LONGEST_WAIT:
            self.flush()

    def flush(self) -> None:
        """Write all rows that wait in memory to the sweep's folder now, as one Parquet file.

        Raises StoreUnwritable if they cannot be written; they are kept and written later.
        """
        self._flushed = time.monotonic()
        if not self._waiting:
            return
        rows, self._waiting = self._waiting, []
        path = parquet_parts.path_of(self.folder / parquet_parts.RUNS, self._part)
        try:
            self._write(rows)
        except OSError as error:
            raise unwritable(path, error, self.folder) from None
        finally:
            # After the rename the part is stored, even if an interrupt or an error follows.
            if path.exists():
                self._part += 1
            else:
                self._waiting = rows + self._waiting

    def close(self, reason: str = "finished") -> None:
        """Write the rows that wait in memory, end the session of this process, and release the lock of the folder.

        A session is one start of the program on the folder; `reason` says why it ended. The lock is released also if
        writing fails.
        """
        try:
            self.flush()
        except SweepStopped as stop:  # a second signal arrived after `lab.runs.interrupts.LONGEST` seconds
            stop.kept = False
            raise
        finally:
            with suppress(OSError):
                self.session = end(self.folder, self.session, reason)
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close(_reason(error))

    def _write(self, rows: Sequence[row_columns.AttemptedRun]) -> None:
        numbers = [row.finished.number for row in rows]
        marks = row_columns.Marks(self.stock.ids[numbers], self.stock.weights(numbers), self.session.name)
        if self.design.trace:
            parquet_parts.write_rounds(self.folder / parquet_parts.ROUNDS, self._part, rows, marks.ids)
        parquet_parts.write_runs(self.folder / parquet_parts.RUNS, self._part, self.design, rows, marks)


def _reason(error: BaseException | None) -> str:
    """Return the exit reason of a session, as it is written in its file."""
    if error is None:
        return "finished"
    if isinstance(error, SweepStopped):
        return error.reason
    return "interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__


def open_store(
    folder: parquet_parts.Folder,
    design: Design | None = None,
    workers: str | None = None,
    argv: Sequence[str] | None = None,
    *,
    beside: bool = False,
) -> Store:
    """Open the folder of a sweep for writing: begin a sweep, or continue the one in the folder.

    Temporary files of interrupted writers are removed. Nothing else is deleted, and nothing at all if the folder is
    refused.

    Parameters
    ----------
    folder
        Folder of the sweep; created if it does not exist.
    design
        Design to run; None continues the design that the folder holds.
    workers
        Executor and number of workers, recorded in the session.
    argv
        Command line, recorded in the session; None takes `sys.argv`.
    beside
        Whether a sweep may begin in a folder that holds foreign files.

    Returns
    -------
    Store
        The open store, which holds the write lock. Use it in a `with` statement.

    Raises
    ------
    InputError
        If `design` is None and there is no sweep to continue.
    StoreMismatch
        If the folder holds another design, scenario or model version, or foreign files and no sweep.
    StoreLocked
        If another process is writing to the folder.
    StoreDamaged
        If a file cannot be read.
    StoreUnwritable
        If a file cannot be written.
    """
    home = parquet_parts.resolve_folder(folder)
    if design is None:
        manifest.read_manifest(home)
    elif not beside:
        _refuse_strange(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(home, error, home) from None
    lock = Lock(home)
    try:
        return _opened(home, design, lock, workers, argv)
    except OSError as error:
        lock.release()
        raise unwritable(home, error, home) from None
    except BaseException:
        lock.release()
        raise


def _opened(home: Path, design: Design | None, lock: Lock, workers: str | None, argv: Sequence[str] | None) -> Store:
    design = _settled(home, design)
    parquet_parts.restore_old_runs(home)
    found = run_index.read_run_index(home, design)
    parquet_parts.remove_leftovers(home)
    for name, written in WRITTEN.items():
        remove_unfinished(home / name, written)
    for number in parquet_parts.part_numbers(home / parquet_parts.ROUNDS):
        if number >= found.next_part:  # the runs part was not written
            parquet_parts.path_of(home / parquet_parts.ROUNDS, number).unlink()
    return Store(home, design, found, begin(home, workers, argv), lock)


def _settled(home: Path, design: Design | None) -> Design:
    """Return the design on which the folder and the caller agree. Writes the manifest if the folder has none."""
    if design is not None and not (home / MANIFEST).exists():
        if parquet_parts.part_numbers(home / parquet_parts.RUNS):
            reason, hint = f"holds runs, but no {MANIFEST} that says of what", "put it back, or take another folder"
            raise StoreDamaged(Problem(str(home), reason, hint))
        manifest.write_manifest(home, design)
        return design
    told = manifest.read_manifest(home)
    design = manifest.restore_design(told) if design is None else design
    manifest.check_same_design(home, told, design)
    return design


def _refuse_strange(home: Path) -> None:
    """Raise StoreMismatch if the folder holds foreign files and no sweep."""
    if not home.is_dir() or (home / MANIFEST).exists():
        return
    strange = foreign_files(home)
    if strange:
        some = ", ".join(strange[:MOST_NAMED]) + (" and more" if len(strange) > MOST_NAMED else "")
        reason = f"this folder holds other files ({some}) and no sweep"
        raise StoreMismatch(Problem(str(home), reason, "name a new folder, or add --force-folder to write beside them"))


def foreign_files(folder: Path) -> list[str]:
    """Return the files and folders in a sweep's folder that Winset did not write, as sorted relative paths."""
    ours = {
        MANIFEST,
        LOCK,
        SESSIONS,
        REPORT,
        parquet_parts.RUNS,
        parquet_parts.ROUNDS,
        parquet_parts.FRESH,
        parquet_parts.OLD,
    }
    found = [path.name for path in folder.iterdir() if path.name not in ours]
    for name in (parquet_parts.RUNS, parquet_parts.ROUNDS):
        inside = (folder / name).iterdir() if (folder / name).is_dir() else ()
        found += [f"{name}/{path.name}" for path in inside if not _part(path.name)]
    own = {f".{MANIFEST}{UNFINISHED}"}
    return sorted(name for name in found if name not in own)


def _part(name: str) -> bool:
    """Return whether a file name is the name of a part or of its temporary file."""
    whole = name[1 : -len(UNFINISHED)] if name.startswith(".") and name.endswith(UNFINISHED) else name
    return parquet_parts.PART.fullmatch(whole) is not None
