"""The lock of a folder's single writer. The operating system holds it and releases it when the process ends."""

from __future__ import annotations

import errno
import json
import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from games.errors import Problem
from lab.store.errors import StoreLocked, unwritable

LOCK = ".lock"
"""Name of the lock file."""
BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""Error numbers that a system returns when another process holds the lock."""


class Lock:
    """The right to write to a folder. Released by `release`, at the end of `with`, or when the process ends."""

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
            _take(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise _refused(folder, error) from None
        try:
            self._tell()
        except OSError as error:
            self._file.close()
            raise unwritable(self._path, error, folder) from None

    def release(self) -> None:
        """Release the lock. The empty file stays, because removing it could remove the lock of the next holder."""
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
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps({"pid": os.getpid(), "host": platform.node()}).encode())
        self._file.flush()


def holder(folder: Path) -> str | None:
    """Describe the process that holds the lock, or was killed with it. None if the file names no process."""
    try:
        told = json.loads((folder / LOCK).read_text(encoding="utf-8"))
        return f"process {told['pid']} on {told['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refused(folder: Path, error: OSError) -> StoreLocked:
    if error.errno in BUSY:
        who = holder(folder) or "another process"
        reason, hint = f"{who} is writing to this folder", "wait until it is done, or stop it; then begin again"
    else:
        reason = f"this file system has no locks: {error.strerror or error}"
        hint = "take a folder on another disk; without a lock two writers could meet"
    return StoreLocked(Problem(str(folder), reason, hint))


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        """Lock a byte far after the text, because other processes may still read the text."""
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
