"""A sweep that somebody will kill: FOLDER COUNT SECONDS, and DOOM=PLACE:N where it is to kill itself at the Nth part.

It says after every chunk how many runs it has done, and ends with 0 only when all of them are stored.
"""

import io
import os
import sys
from functools import partial
from pathlib import Path

import errands
from errands import Errands

import lab.store.folder
import lab.store.parquet_parts
from lab.runs.sweep import ExecutionOptions, sweep

COUNTED = {"parts": 0}


def due(place):
    """Whether this is the place, and the part, to die at."""
    doomed, _, number = os.environ.get("DOOM", "").partition(":")
    return doomed == place and COUNTED["parts"] == int(number)


def settle(path, write, settled=lab.store.parquet_parts.write_atomically):
    """Put a part in place; or leave half of its bytes and die."""
    COUNTED["parts"] += 1
    settled(path, partial(torn, write) if due("write") else write)


def torn(write, stream):
    whole = io.BytesIO()
    write(whole)
    stream.write(whole.getvalue()[: len(whole.getvalue()) // 2])
    stream.flush()
    os.fsync(stream.fileno())
    errands.kill()


def replace(path, target, replaced=Path.replace):
    """Rename a file; or die a moment before, or a moment after."""
    if due("before"):
        errands.kill()
    done = replaced(path, target)
    if due("after"):
        errands.kill()
    return done


def tell(progress):
    sys.stdout.write(f"{progress.done}\n")
    sys.stdout.flush()


def main(folder, count, seconds):
    lab.store.parquet_parts.write_atomically = settle
    setattr(Path, "replace", replace)  # noqa: B010 - as a fault in the system would strike
    lab.store.folder.LONGEST_WAIT = 0.05
    orders = ExecutionOptions(workers=2, retry=("crashed",), make=partial(Errands, seconds=float(seconds)))
    summary = sweep(errands.design(int(count)), folder, None, orders, tell)
    return 0 if summary.complete and not summary.failed else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
