"""The folder of a sweep: what is done stands in it, whole, and whoever opens it sees what is left to do.

    DIR/
      sweep.json                   the design, frozen: `lab.store.manifest`
      sessions/<utc>-<pid>.json    who worked on it: `lab.store.provenance`
      runs/part-000000.parquet     rows, by the thousand: `lab.store.parquet_parts`
      rounds/part-000000.parquet   moves, where the design keeps them
      .lock                        one writer: `lab.store.write_lock`

Workers write nothing. One writer keys on the identity of runs: a run may be made twice, it is stored once. What was
not written when a process died is made again and comes out the same. To read a sweep takes no lock and no Winset:
every reader of Parquet takes the folder `runs`.

A part that cannot be read is refused by name and never dropped in silence. Move it out of the folder, and `resume`
makes its runs again. Files that are none of ours are left where they are; `winset status` lists them.
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
from lab.record import Finished, Status, Stopped
from lab.store import manifest, parquet_parts, run_index
from lab.store.atomic_files import UNFINISHED, remove_unfinished
from lab.store.errors import StoreDamaged, StoreMismatch, unwritable
from lab.store.manifest import MANIFEST
from lab.store.provenance import SESSION, SESSIONS, Session, begin, end
from lab.store.write_lock import LOCK, Lock

MOST_ROWS = 20_000
"""Rows that wait for their part."""
REPORT = "report.html"
"""What a report is called when nobody names it; it lies beside the rows."""
WRITTEN = {
    "": re.compile(re.escape(MANIFEST)),
    SESSIONS: SESSION,
    parquet_parts.RUNS: parquet_parts.PART,
    parquet_parts.ROUNDS: parquet_parts.PART,
}
"""The names of the files that a writer puts into each folder; their temporary files are Winset's to remove."""
MOST_NAMED = 3
"""Files of somebody else that a message names."""
LONGEST_WAIT = 5.0
"""Seconds that a row waits for its part."""


class Store:
    """A sweep's folder in the hands of its one writer; leaving `with` writes what waits and gives the folder back."""

    def __init__(self, folder: Path, design: Design, stock: run_index.Stock, session: Session, lock: Lock) -> None:
        """Made by `opened`."""
        self.folder = folder
        self.design = design
        self.stock = stock
        self.session = session
        self._lock = lock
        self._part = stock.next_part
        self._waiting: list[parquet_parts.Written] = []
        self._flushed = time.monotonic()

    def todo(self, retry: Iterable[Status] = ()) -> NDArray[np.int64]:
        """The numbers of the cases that are to be made: those without a row, and those to be tried again."""
        return self.stock.todo(retry)

    def add(self, finished: Finished) -> bool:
        """Take a finished run; False for one that has a row already. Writes when enough rows have waited enough.

        Raises StoreUnwritable when they cannot be written; they go on waiting then.
        """
        attempt = self.stock.record(finished.number, finished.status)
        if attempt is None:
            return False
        self._waiting.append(parquet_parts.Written(finished, attempt))
        self.beat()
        return True

    def beat(self) -> None:
        """Write if it is time: to be called now and then while no run ends."""
        if len(self._waiting) >= MOST_ROWS or time.monotonic() - self._flushed >= LONGEST_WAIT:
            self.flush()

    def flush(self) -> None:
        """Write all rows that wait as one part. StoreUnwritable when that cannot be; they go on waiting then."""
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
            # The rename decides: a part that is in place is stored, whatever came after it, an interrupt included.
            if path.exists():
                self._part += 1
            else:
                self._waiting = rows + self._waiting

    def close(self, reason: str = "finished") -> None:
        """Write what waits, close the session and give the folder back, also when something fails on the way."""
        try:
            self.flush()
        except Stopped as stop:  # the stop has taken too long
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

    def _write(self, rows: Sequence[parquet_parts.Written]) -> None:
        numbers = [row.finished.number for row in rows]
        marks = parquet_parts.Marks(self.stock.ids[numbers], self.stock.weights(numbers), self.session.name)
        if self.design.trace:
            parquet_parts.write_rounds(self.folder / parquet_parts.ROUNDS, self._part, rows, marks.ids)
        parquet_parts.write_runs(self.folder / parquet_parts.RUNS, self._part, self.design, rows, marks)


def _reason(error: BaseException | None) -> str:
    """Why a session ends, in the words of its file."""
    if error is None:
        return "finished"
    if isinstance(error, Stopped):
        return error.reason
    return "interrupted" if isinstance(error, KeyboardInterrupt) else type(error).__name__


def opened(
    folder: parquet_parts.Folder,
    design: Design | None = None,
    workers: str | None = None,
    argv: Sequence[str] | None = None,
    *,
    beside: bool = False,
) -> Store:
    """The store in a folder: of this design, begun if nothing is there, or of the design that the folder holds.

    What interrupted writers left half done is swept out. Raises StoreMismatch for a folder of another design,
    scenario or model version, StoreLocked while somebody else writes, StoreDamaged for files that cannot be read,
    StoreUnwritable where nothing can be written, and InputError where there is no sweep to be continued. A folder
    with files of somebody else and no sweep is a StoreMismatch, unless the sweep may be begun `beside` them. Nothing
    is deleted but temporary files of Winset's own, and nothing at all where the folder is refused.
    """
    home = parquet_parts.home_of(folder)
    if design is None:
        manifest.stored(home)
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
    parquet_parts.mend(home)
    found = run_index.take(home, design)
    parquet_parts.clear(home)
    for name, written in WRITTEN.items():
        remove_unfinished(home / name, written)
    for number in parquet_parts.numbers(home / parquet_parts.ROUNDS):
        if number >= found.next_part:  # its runs part was never written
            parquet_parts.path_of(home / parquet_parts.ROUNDS, number).unlink()
    return Store(home, design, found, begin(home, workers, argv), lock)


def _settled(home: Path, design: Design | None) -> Design:
    """The design that the folder and the caller agree on; written down where the folder has none."""
    if design is not None and not (home / MANIFEST).exists():
        if parquet_parts.numbers(home / parquet_parts.RUNS):
            reason, hint = f"holds runs, but no {MANIFEST} that says of what", "put it back, or take another folder"
            raise StoreDamaged(Problem(str(home), reason, hint))
        manifest.write(home, design)
        return design
    told = manifest.stored(home)
    design = manifest.restored(told) if design is None else design
    manifest.compare(home, told, design)
    return design


def _refuse_strange(home: Path) -> None:
    """Raise StoreMismatch for a folder that holds somebody else's files and no sweep."""
    if not home.is_dir() or (home / MANIFEST).exists():
        return
    strange = strangers(home)
    if strange:
        some = ", ".join(strange[:MOST_NAMED]) + (" and more" if len(strange) > MOST_NAMED else "")
        reason = f"this folder holds other files ({some}) and no sweep"
        raise StoreMismatch(Problem(str(home), reason, "name a new folder, or add --force-folder to write beside them"))


def strangers(folder: Path) -> list[str]:
    """Files and folders in a sweep's folder that are none of ours, by their path from there."""
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
    """Whether a file is called like a part, finished or not."""
    whole = name[1 : -len(UNFINISHED)] if name.startswith(".") and name.endswith(UNFINISHED) else name
    return parquet_parts.PART.fullmatch(whole) is not None
