"""What tests of processes share: their environment, and how long something may take that never comes."""

import os
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 120
"""Seconds after which something never comes; it takes one or two where there is time."""


def surroundings(**more):
    """The environment of a process that finds errands."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}", **more}


def children(parent):
    """The processes below one: its id -> command line. Linux only."""
    found = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                state, above = (path / "stat").read_text().rpartition(")")[2].split()[:2]
                if int(above) == parent and state != "Z":
                    found[int(path.name)] = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    return found


def servers(parent):
    """The servers from which a process has its workers forked."""
    return [pid for pid, line in children(parent).items() if "multiprocessing.forkserver" in line]


def workers(parent):
    """The workers that were forked for a process."""
    return [pid for server in servers(parent) for pid in children(server)]
