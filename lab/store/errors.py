"""Errors that stop a sweep before it starts or before it continues. Stored rows are not changed.

InputError
 +-- ExecutorFailed        the workers cannot do the runs: exit code 2
 +-- StoreRefusal          the folder cannot be used as it is: exit code 3
      +-- StoreMismatch    it holds another sweep, or one of another model version
      +-- StoreLocked      another process is writing to it
      +-- StoreDamaged     one of its files cannot be read
      +-- StoreUnwritable  a file cannot be written
           +-- StoreFailed the disk is full or broken: exit code 74
"""

from __future__ import annotations

import shlex
from os import PathLike
from pathlib import Path

from games.errors import FAILED, FULL, InputError, Problem, StorageError
from lab.store.atomic_files import MANIFEST

ROOM = "make room on that disk"
DISK = "look after that disk"
RIGHTS = "check your rights to that folder, or take another one"


class ExecutorFailed(InputError):
    """Error: the workers that execute the runs of a sweep cannot start, end before the first run, or are lost.

    Rows of runs that came back are stored.
    """


class StoreRefusal(InputError):
    """Error: the folder of a sweep cannot be used as it is. Its stored rows are unchanged."""


class StoreMismatch(StoreRefusal):
    """Error: the folder holds another sweep than the requested one. Each problem of the error is one difference."""


class StoreLocked(StoreRefusal):
    """Error: another process is writing to the folder of the sweep."""


class StoreDamaged(StoreRefusal):
    """Error: a file in the folder of a sweep cannot be read.

    The message names the file; its rows are not ignored silently.
    """


class StoreUnwritable(StoreRefusal):
    """Error: a file in the folder of a sweep could not be written. An incomplete file is never visible."""


class StoreFailed(StoreUnwritable, StorageError):
    """Error: a file in the folder of a sweep could not be written, because the disk is full or broken."""


def unwritable(path: Path, error: OSError, folder: Path) -> StoreUnwritable:
    """Return the error for a file of a sweep that could not be written. The caller raises it.

    Parameters
    ----------
    path
        The file that could not be written.
    error
        The error of the operating system.
    folder
        Folder of the sweep, for the hint how to continue.

    Returns
    -------
    StoreUnwritable
        StoreFailed if the disk is full or broken, else StoreUnwritable.
    """
    full, after = error.errno in FULL, continue_hint(folder)
    reason = "the disk is full" if full else f"cannot be written: {error.strerror or error}"
    if error.errno in FAILED:
        return StoreFailed(Problem(str(path), reason, f"{ROOM if full else DISK}, {after}"))
    return StoreUnwritable(Problem(str(path), reason, f"{RIGHTS}, {after}"))


def continue_hint(folder: str | PathLike[str]) -> str:
    """Return a text that says with which command the sweep in this folder continues after an error.

    If the folder holds no sweep, the text says to run the command again.
    """
    if (Path(folder) / MANIFEST).exists():
        return f"then continue with: {resume_command(folder)}"
    return "then run it again"


def resume_command(folder: str | PathLike[str]) -> str:
    """Return the shell command that continues the sweep in this folder: `winset resume` and the quoted folder."""
    return f"winset resume {shlex.quote(str(folder))}"
