"""Files that are there as a whole or not at all, whatever happens while they are written.

    a temporary file in the same folder -> fsync -> rename over the place -> fsync of the folder

A process that is killed on the way leaves at most a temporary file, which begins with a dot, ends in `.tmp`, and
is swept away by whoever opens the folder next.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".tmp"
MANIFEST = "sweep.json"
"""The file that makes a folder a sweep's: a design, frozen by `lab.store.manifest`."""


def settle(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Put a file in place, all of it at once; OSError when it cannot be, and then nothing has changed."""
    unfinished = path.with_name(f".{path.name}{UNFINISHED}")
    try:
        with unfinished.open("wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    commit(path.parent)


def commit(folder: Path) -> None:
    """Bring a folder's own entries to the disk, where the system knows such a thing."""
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_unfinished(folder: Path, names: re.Pattern[str]) -> None:
    """Remove the temporary files of `settle` for files with these names; nobody else's file is touched."""
    for path in folder.glob(f".*{UNFINISHED}"):
        if names.fullmatch(path.name[1 : -len(UNFINISHED)]) and path.is_file():
            path.unlink(missing_ok=True)
