"""Files that are there as a whole or not at all, whatever happens while they are written.

    a temporary file in the same folder -> fsync -> rename over the place -> fsync of the folder

A process that is killed on the way leaves at most a temporary file, which begins with a dot, ends in `.tmp`, and
is swept away by whoever opens the folder next.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".tmp"
MANIFEST = "sweep.json"
"""The file that makes a folder a sweep's: a design, frozen by `lab.manifest`."""


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


def sweep_out(folder: Path) -> list[Path]:
    """Remove what interrupted writers have left in a folder, and tell what it was."""
    left = [path for path in folder.glob(f".*{UNFINISHED}") if path.is_file()]
    for path in left:
        path.unlink(missing_ok=True)
    return left
