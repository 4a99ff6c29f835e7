"""Workers that are lost, frozen, or were never there: every innocent run ends well, and the sweep goes on."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

import errands
import numpy as np
import pytest
from errands import Errands
from processes import PATIENCE, servers, surroundings, workers

import lab.runs.worker_pool
from games.errors import InputError
from lab import results, status
from lab.finished_run import SweepStopped
from lab.runs.sweep import ExecutionOptions, resume, sweep
from lab.runs.worker import Task
from lab.runs.worker_pool import Pool

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for workers in /proc")


def awaited(find):
    """What is found, as soon as something is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = find()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("it never came")


# -- killed from outside


class Raider:
    """Somebody who kills a worker whenever some more rows have come back, so many times."""

    def __init__(self, kills, sign=signal.SIGKILL):
        self.kills, self.sign, self.next = kills, sign, 0
        self.chance = np.random.default_rng(5)

    def __call__(self, progress):
        if self.kills and progress.done >= self.next:
            for pid in self.chance.permutation(workers(os.getpid()))[:1].tolist():
                os.kill(pid, self.sign)
                self.kills, self.next = self.kills - 1, progress.done + int(self.chance.integers(1, 9))


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM], ids=lambda sign: sign.name)
def test_workers_killed_from_outside_blame_no_run_and_stop_no_sweep(tmp_path, sign):
    make = partial(Errands, seconds=0.02)
    raider = Raider(25, sign)
    summary = sweep(errands.design(300), tmp_path, "processes", ExecutionOptions(2, make=make), raider)
    assert raider.kills == 0, "the sweep was over before all kills"
    assert (summary.complete, summary.failed) == (True, 0)
    assert status(tmp_path).counts == {"ok": 300, "error": 0, "timeout": 0, "crashed": 0}


def test_an_innocent_run_may_lose_its_worker_once_in_company_and_once_alone(tmp_path):
    """Where its own worker is killed under it, but not by it."""
    (tmp_path / "once").mkdir()
    make = partial(Errands, wrong=dict.fromkeys(range(40), "kill"), once=str(tmp_path / "once"))
    assert sweep(errands.design(40), tmp_path / "sweep", "processes", ExecutionOptions(2, make=make)).failed == 0


def test_a_run_is_blamed_only_when_it_took_a_worker_down_on_its_own_twice(tmp_path):
    """It is counted in files, because every time its process is gone."""
    make = partial(Counted, folder=str(tmp_path))
    sweep(errands.design(40), tmp_path / "sweep", "processes", ExecutionOptions(2, make=make))
    assert status(tmp_path / "sweep").counts == {"ok": 39, "error": 0, "timeout": 0, "crashed": 1}
    assert len(list(tmp_path.glob("*.7"))) >= 3  # once with others, or where others were; then alone, twice


class Counted(Errands):
    """Errands of which the seventh always ends its worker, and leaves a mark."""

    def __init__(self, design, folder):
        super().__init__(design, wrong={7: "kill"})
        self.folder = folder

    def run(self, number):
        Path(self.folder, f"{time.monotonic_ns()}.{number}").touch()
        return super().run(number)


# -- the server that forks them


SWEPT = """
import errands, sys, signal
from functools import partial
from lab.runs.sweep import ExecutionOptions, sweep
if __name__ == "__main__":
    make = partial(errands.Errands, seconds=0.01)
    tell = lambda progress: print(progress.done, flush=True)
    summary = sweep(errands.design(400), sys.argv[1], "processes", ExecutionOptions(2, make=make), tell)
    sys.exit(0 if summary.complete and not summary.failed else 1)
"""


@pytest.mark.parametrize("when", ["before any worker", "with workers", "and its workers"])
def test_a_server_that_is_killed_stops_no_sweep(tmp_path, when):
    command = [sys.executable, "-c", SWEPT, str(tmp_path / "sweep")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings()
    ) as process:
        try:
            assert process.stdout is not None
            (server,) = awaited(lambda: servers(process.pid))
            if when != "before any worker":
                while int(process.stdout.readline()) < 20:
                    pass
            below = workers(process.pid) if when == "and its workers" else []
            for pid in (server, *below):
                os.kill(pid, signal.SIGKILL)
            _, complaints = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (process.returncode, complaints) == (0, "")
    assert status(tmp_path / "sweep").counts == {"ok": 400, "error": 0, "timeout": 0, "crashed": 0}


def test_a_worker_whose_server_is_dead_does_not_outlive_its_pool():
    """Nobody tells its parent any more how it ended."""
    pool = Pool(Task("test", partial(Errands, wrong={0: "spin"}), errands.design(5)), 1)
    try:
        promise = pool.submit(np.array([0]))
        while not workers(os.getpid()):
            pool.wait([promise], 0.1)
        (worker,), (server,) = workers(os.getpid()), servers(os.getpid())
        os.kill(server, signal.SIGKILL)
        awaited(lambda: server not in servers(os.getpid()))
    finally:
        pool.close()
    awaited(lambda: not running(worker))


def running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# -- frozen, or silent


@pytest.fixture
def brisk(monkeypatch):
    """A frozen worker is given up sooner."""
    monkeypatch.setattr(lab.runs.worker_pool, "GRACE", 0.5)


@pytest.mark.usefixtures("brisk")
def test_a_frozen_worker_costs_one_row_where_runs_have_a_limit(tmp_path):
    orders = ExecutionOptions(2, timeout=0.5, make=partial(Errands, wrong={5: "freeze"}))
    assert sweep(errands.design(20), tmp_path, orders=orders).failed == 1
    assert status(tmp_path).counts == {"ok": 19, "error": 0, "timeout": 1, "crashed": 0}


@pytest.mark.usefixtures("brisk")
def test_a_worker_that_somebody_freezes_costs_nothing(tmp_path):
    (tmp_path / "once").mkdir()
    make = partial(Errands, wrong={5: "freeze", 11: "freeze"}, once=str(tmp_path / "once"))
    assert sweep(errands.design(20), tmp_path / "sweep", orders=ExecutionOptions(2, timeout=0.5, make=make)).failed == 0


def test_long_chunks_of_short_runs_are_not_taken_for_frozen(tmp_path, monkeypatch):
    """Together they take much longer than one may."""
    monkeypatch.setattr(lab.runs.worker_pool, "GRACE", 0.5)
    monkeypatch.setattr("lab.runs.scheduler.WORTH", 5.0)
    monkeypatch.setattr("lab.runs.scheduler.GUESS", 1e-3)
    orders = ExecutionOptions(1, timeout=1.0, make=partial(Errands, seconds=0.05))
    assert sweep(errands.design(100), tmp_path, orders=orders).failed == 0
    assert results(tmp_path)["worker"].nunique() == 1


@pytest.mark.parametrize("fault", ["scribble", "interrupt"])
def test_what_a_run_does_to_its_worker_is_told_in_its_row(tmp_path, fault):
    make = partial(Errands, wrong={3: fault})
    assert sweep(errands.design(20), tmp_path, "processes", ExecutionOptions(2, make=make)).failed == 1
    row = results(tmp_path).iloc[3]
    told = {"scribble": ("crashed", "lab.runs.scheduler.Lost"), "interrupt": ("error", "KeyboardInterrupt")}
    assert (row["status"], row["error_type"]) == told[fault]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_run_of_our_own_process_that_raises_an_interrupt_interrupts_nobody(tmp_path):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert (
            sweep(
                errands.design(20), tmp_path, "serial", ExecutionOptions(make=partial(Errands, wrong={3: "interrupt"}))
            ).failed
            == 1
        )
    finally:
        signal.signal(signal.SIGINT, before)


# -- never there


def test_workers_that_cannot_begin_are_told_with_the_way_to_go_on(tmp_path):
    with pytest.raises(InputError, match="end before they have done anything") as caught:
        sweep(errands.design(30), tmp_path / "my sweep", orders=ExecutionOptions(1, make=errands.deadly))
    assert f"winset resume '{tmp_path}/my sweep'" in caught.value.problems[0].hint
    assert resume(tmp_path / "my sweep", "serial", ExecutionOptions(make=Errands)).complete


def test_no_worker_can_be_started_and_the_reason_is_told(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lab.runs.worker_pool, "PAUSE", 0.0)
    monkeypatch.setattr(forkserver, "ensure_running", full)
    with pytest.raises(InputError, match="No space left on device"):
        sweep(errands.design(30), tmp_path, "processes", ExecutionOptions(2, make=Errands))
    assert status(tmp_path).done == 0


def test_a_stop_that_takes_the_workers_along_is_no_fault_of_the_executor(tmp_path, monkeypatch):
    """A signal to everybody: the workers may be gone before the parent has looked at its own signal."""
    monkeypatch.setattr(lab.runs.worker_pool, "PAUSE", 0.0)

    def asked(*_):
        os.kill(os.getpid(), signal.SIGTERM)
        raise ConnectionRefusedError

    monkeypatch.setattr(forkserver, "ensure_running", asked)
    with pytest.raises(SweepStopped) as caught:
        sweep(errands.design(30), tmp_path, "processes", ExecutionOptions(2, make=Errands))
    assert caught.value.number == signal.SIGTERM
