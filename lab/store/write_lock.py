"""One writer for a folder: held by the operating system, so that it ends with its process, however that ends."""

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
BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
"""What a system says when somebody else holds the lock."""


class Lock:
    """The right to write to a folder; given back by `release`, at the end of `with`, or by the process's end."""

    def __init__(self, folder: Path) -> None:
        """Take it; StoreLocked while another process has it, StoreUnwritable where no file can be made."""
        self._path = folder / LOCK
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            self._file: BinaryIO = os.fdopen(handle, "r+b", buffering=0)  # what does not fit is told at once
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
        """Give it back; the file stays, empty, because removing it could take it from the next holder."""
        if not self._file.closed:
            with suppress(OSError):  # a note that stays is overwritten by the next holder
                self._file.seek(0)
                self._file.truncate()
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def _tell(self) -> None:
        """Write down who holds it, for those who are refused."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps({"pid": os.getpid(), "host": platform.node()}).encode())
        self._file.flush()


def holder(folder: Path) -> str | None:
    """Who holds, or held until it was killed, the lock of a folder, in words; None when nobody has said."""
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
        """Lock a byte far behind the text, which others may still read."""
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
