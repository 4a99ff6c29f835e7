"""Why a sweep cannot begin or go on. None of these has touched a row.

InputError
 +-- ExecutorFailed        whoever should do the runs does not: code 2
 +-- StoreRefusal          its folder cannot be used as it stands: code 3
      +-- StoreMismatch    it holds another sweep, or one of another model version
      +-- StoreLocked      another writer is at work in it
      +-- StoreDamaged     one of its files cannot be read
      +-- StoreUnwritable  it must not be written to
           +-- StoreFailed the disk is full or broken: code 74
"""

from __future__ import annotations

import shlex
from os import PathLike
from pathlib import Path

from games.errors import FAILED, FULL, InputError, Problem, StorageFailed
from lab.store.atomic_files import MANIFEST

ROOM = "make room on that disk"
DISK = "look after that disk"
RIGHTS = "check your rights to that folder, or take another one"


class ExecutorFailed(InputError):
    """The workers cannot be started, end without doing anything, or are gone; rows that came back are stored."""


class StoreRefusal(InputError):
    """The folder cannot be used as it stands; everything that it holds is as it was."""


class StoreMismatch(StoreRefusal):
    """It holds another sweep than the one that was asked for; every problem is one difference."""


class StoreLocked(StoreRefusal):
    """Another process is writing to it."""


class StoreDamaged(StoreRefusal):
    """A file in it cannot be read; it is named, and nothing is dropped in silence."""


class StoreUnwritable(StoreRefusal):
    """A file could not be written; no part of it is visible."""


class StoreFailed(StoreUnwritable, StorageFailed):
    """The disk is full or broken."""


def unwritable(path: Path, error: OSError, folder: Path) -> StoreUnwritable:
    """What to say of a file of a sweep's folder that could not be written, by what the system said."""
    full, after = error.errno in FULL, further(folder)
    reason = "the disk is full" if full else f"cannot be written: {error.strerror or error}"
    if error.errno in FAILED:
        return StoreFailed(Problem(str(path), reason, f"{ROOM if full else DISK}, {after}"))
    return StoreUnwritable(Problem(str(path), reason, f"{RIGHTS}, {after}"))


def further(folder: str | PathLike[str]) -> str:
    """How a sweep goes on in this folder; where nothing was begun, it has to be begun."""
    if (Path(folder) / MANIFEST).exists():
        return f"then continue with: {resuming(folder)}"
    return "then run it again"


def resuming(folder: str | PathLike[str]) -> str:
    """The command that goes on with a sweep."""
    return f"winset resume {shlex.quote(str(folder))}"
