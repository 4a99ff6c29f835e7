"""The lock of a folder's single writer. The operating system holds it and releases it when the process ends."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from games.errors import Problem
from games.messages import message
from lab.store.errors import StoreLocked, unwritable

LOCK = ".lock"
"""Name of the lock file."""
NOTE = 1
"""Position of the holder's note in the file. The byte before it is locked; on Windows only the holder can read it."""


class Lock:
    """The right of one process to write to the folder of a sweep.

    It is released by `release`, at the end of `with`, or when the process ends.
    """

    def __init__(self, folder: Path) -> None:
        """Acquire the lock of `folder`.

        Raises StoreLocked if another process holds it or the file system has no locks, and StoreUnwritable if the lock
        file cannot be written.
        """
        self._path = folder / LOCK
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            self._file: BinaryIO = os.fdopen(handle, "r+b", buffering=0)  # unbuffered: a full disk raises at once
        except OSError as error:
            raise unwritable(self._path, error, folder) from None
        try:
            acquired = _acquire(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise _without_locks(folder, error) from None
        if not acquired:
            self._file.close()
            raise _locked(folder)
        try:
            self._tell()
        except OSError as error:
            self._file.close()
            raise unwritable(self._path, error, folder) from None

    def release(self) -> None:
        """Release the right to write to the folder, so that another process can write to it.

        The empty lock file stays, because removing it could remove the lock of the next process.
        """
        if not self._file.closed:
            with suppress(OSError):  # text that stays is overwritten by the next holder
                self._file.seek(0)
                self._file.truncate()
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def _tell(self) -> None:
        """Write the process id and host to the lock file, for the message of StoreLocked."""
        note = json.dumps({"pid": os.getpid(), "host": platform.node()})
        self._file.seek(0)
        self._file.truncate()
        self._file.write(b" " * NOTE + note.encode())


def holder(folder: Path) -> str | None:
    """Return a text that names the process that is writing to the folder of a sweep, or was killed while it wrote.

    None if the lock file of the folder names no process.
    """
    try:
        with (folder / LOCK).open("rb", buffering=0) as file:
            file.seek(NOTE)
            told = json.loads(file.read())
        return message("process {number} on {host}", number=told["pid"], host=told["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _acquire(handle: int) -> bool:
    """Lock an open file without waiting. Return False if another process holds the lock.

    `FileLock` of the same library is not used: it deletes the file on Windows, and where a file system has no locks it
    may use a lock that does not end with its process. `lock_descriptor` does neither.
    """
    from filelock import lock_descriptor  # here, because it loads slowly, and readers of a folder need no lock

    return lock_descriptor(handle, blocking=False)


def _locked(folder: Path) -> StoreLocked:
    reason = f"{holder(folder) or 'another process'} is writing to this folder"
    return StoreLocked(Problem(str(folder), reason, "wait until it is done, or stop it; then begin again"))


def _without_locks(folder: Path, error: OSError) -> StoreLocked:
    reason = f"this file system has no locks: {error.strerror or error}"
    hint = "take a folder on another disk; without a lock two writers could meet"
    return StoreLocked(Problem(str(folder), reason, hint))
