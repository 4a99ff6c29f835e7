"""Kill -9 at any moment, anybody: every run is stored once, whole, and is what an undisturbed process makes of it."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from uuid import uuid4

import errands
import numpy as np
import pandas as pd
import pytest
from errands import Errands

from lab import results, status
from lab.runs.sweep import ExecutionOptions, sweep
from lab.store import parquet_parts

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLACES = ("write", "before", "after")
"""Where a sweep kills itself: half-way through a part, just before it is renamed into place, just after."""
LINGER = 30.0
"""Seconds after which a process whose sweep is dead counts as an orphan; it takes hundredths where there is time."""

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for orphans in /proc")


class Doomed:
    """A sweep in a process group of its own; everybody in it carries the same mark."""

    def __init__(self, folder, count, seconds, doom=""):
        self.mark = uuid4().hex
        paths = os.pathsep.join(map(str, (ROOT, HERE)))
        environment = {**os.environ, "PYTHONPATH": paths, "MARK": self.mark, "DOOM": doom}
        command = [sys.executable, str(HERE / "doomed.py"), str(folder), str(count), str(seconds)]
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        )

    def wait_for(self, done):
        """Read until so many runs are done in this session; returns how many."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if int(line) >= done:
                return int(line)
        raise AssertionError("it has ended before anybody killed it")

    def marked(self):
        """Everybody who carries the mark, by process id: the parent's id."""
        found = {}
        for path in Path("/proc").iterdir():
            if path.name.isdigit():
                try:
                    if f"MARK={self.mark}".encode() in (path / "environ").read_bytes():
                        state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
                        found |= {int(path.name): int(parent)} if state != "Z" else {}
                except OSError:
                    continue
        return found

    def workers(self):
        """The processes below the server that the parent has started."""
        found = self.marked()
        return [pid for pid, parent in found.items() if found.get(parent) == self.process.pid]

    def kill(self, whom, chance):
        if whom == "group":
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            os.kill(self.process.pid if whom == "parent" else int(chance.choice(self.workers())), signal.SIGKILL)

    def ended(self):
        """Wait for the end, and for everybody's; returns how it ended."""
        with self.process:  # reads on, closes the pipe, and waits
            assert self.process.stdout is not None
            self.process.stdout.read()
        until = time.monotonic() + LINGER
        while self.marked() and time.monotonic() < until:
            time.sleep(0.02)
        assert self.marked() == {}, "a process has outlived its sweep"
        return self.process.returncode


def whole(folder):
    """Every part can be read, and no run stands twice in them; returns how many stand there."""
    runs = folder / parquet_parts.RUNS
    tables = [
        parquet_parts.read_part(parquet_parts.path_of(runs, number)) for number in parquet_parts.part_numbers(runs)
    ]
    seen = Counter(
        (row["run_id"], row["attempt"]) for table in tables for row in table.select(["run_id", "attempt"]).to_pylist()
    )
    assert set(seen.values()) <= {1}
    assert len(results(folder)) == len({run_id for run_id, _ in seen})
    return len(results(folder))


def told(folder):
    return results(folder)[["run_id", "number", "gap", "arm", "replicate", "status", *errands.MEASURES]]


def dies(folder, count, seconds, deaths, chance):
    """One session: some of its workers are killed one after another, then it ends by the last of the deaths."""
    *workers, last = deaths
    doomed = Doomed(folder, count, seconds, f"{last}:{chance.integers(1, 3)}" if last in PLACES else "")
    done = 0
    for death in workers:
        done = doomed.wait_for(done + int(chance.integers(5, 40)))
        doomed.kill(death, chance)
    if last not in PLACES:
        doomed.wait_for(done + int(chance.integers(5, 40)))
        doomed.kill(last, chance)
    assert doomed.ended() == -signal.SIGKILL
    whole(folder)


def survives(folder, count, seconds, sessions, chance):
    """Go through all deaths, then to the end; the rows are those of an undisturbed sweep in one process."""
    for deaths in sessions:
        dies(folder / "sweep", count, seconds, deaths, chance)
    assert whole(folder / "sweep") < count, "the sweep was over before all its deaths"
    last = Doomed(folder / "sweep", count, seconds)
    assert last.ended() == 0
    assert whole(folder / "sweep") == count
    assert status(folder / "sweep").counts == {"ok": count, "error": 0, "timeout": 0, "crashed": 0}
    assert not list(folder.rglob("*.tmp"))
    sweep(errands.design(count), folder / "reference", "serial", ExecutionOptions(make=Errands))
    pd.testing.assert_frame_equal(told(folder / "sweep"), told(folder / "reference"), check_exact=True)


def test_a_sweep_survives_six_kills(tmp_path):
    sessions = [["worker", "parent"], ["group"], ["write"], ["before"], ["after"]]
    survives(tmp_path, 900, 0.003, sessions, np.random.default_rng(6))


@pytest.mark.full
def test_a_sweep_survives_two_dozen_kills(tmp_path):
    chance = np.random.default_rng(24)
    sessions = [
        *[["worker", "parent"], ["worker", "group"]] * 3,
        *[["parent"]] * 2,
        ["group"],
        *[[place] for place in PLACES * 3],
    ]
    assert sum(map(len, sessions)) == 24
    chance.shuffle(sessions)
    survives(tmp_path, 4000, 0.006, sessions, chance)
