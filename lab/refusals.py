"""Why a sweep's folder cannot be used as it stands. All of these leave with code 3, and none has touched a row.

InputError
 +-- StoreRefusal
      +-- StoreMismatch    it holds another sweep, or one of another model version
      +-- StoreLocked      another writer is at work in it
      +-- StoreDamaged     one of its files cannot be read
      +-- StoreUnwritable  the disk is full, or the folder must not be written to
"""

from __future__ import annotations

import errno
from pathlib import Path

from games.errors import InputError, Problem

ROOM = "make room on that disk"
RIGHTS = "check your rights to that folder, or take another one"
NEXT = "then continue with: winset resume {folder}"

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a system says when nothing more fits: on the disk, in the quota, in the file."""


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


def unwritable(path: Path, error: OSError, folder: Path) -> StoreUnwritable:
    """What to say of a file that could not be written, by what the system said."""
    if error.errno in FULL:
        return StoreUnwritable(Problem(str(path), "the disk is full", f"{ROOM}, {NEXT.format(folder=folder)}"))
    reason = f"cannot be written: {error.strerror or error}"
    return StoreUnwritable(Problem(str(path), reason, f"{RIGHTS}, {NEXT.format(folder=folder)}"))
