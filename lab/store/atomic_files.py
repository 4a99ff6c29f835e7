"""Write files atomically: a reader sees the old file or the complete new file, never a part of one.

    temporary file in the same folder -> fsync -> rename to the final name -> fsync of the folder

If the process is killed during a write, at most a temporary file is left. Its name begins with a dot and ends in
`.tmp`. The next process that opens the folder for writing removes it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".tmp"
"""Suffix of temporary files."""
MANIFEST = "sweep.json"
"""Name of the file that makes a folder the folder of a sweep: the design, frozen by `lab.store.manifest`."""


def write_atomically(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file so that a reader sees the old file or the complete new file, never a part of one.

    `write` receives a temporary file in the same folder and fills it; the temporary file is then renamed to `path`.
    Raises OSError if writing fails. The old file is then unchanged, unless only the final fsync of the folder failed.
    """
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
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the disk store the list of files of a folder now (fsync), so that a renamed file survives a power cut.

    Does nothing on Windows.
    """
    if os.name == "nt":  # a folder cannot be opened on Windows
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_unfinished(folder: Path, names: re.Pattern[str]) -> None:
    """Remove the temporary files that an interrupted `write_atomically` has left in a folder.

    Only those are removed that belong to a file whose name matches the pattern `names`; all other files stay.
    """
    for path in folder.glob(f".*{UNFINISHED}"):
        if names.fullmatch(path.name[1 : -len(UNFINISHED)]) and path.is_file():
            path.unlink(missing_ok=True)
