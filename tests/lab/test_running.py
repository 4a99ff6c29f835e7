"""A sweep comes to its end whatever its runs do, and its rows do not tell who made them."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import errands
import pandas as pd
import pytest
from errands import Errands

from games.errors import InputError
from lab import results, status
from lab.runs.sweep import ExecutionOptions, Progress, resume, sweep
from lab.store.errors import StoreLocked, StoreUnwritable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
POOL = 2
"""Workers of a test's pool."""


def told(folder):
    """What must not depend on who did the runs: the table without times, workers and sessions."""
    return results(folder).drop(columns=["seconds", "worker", "session", "attempt", "traceback"])


def same(one, other):
    """Equal to the last bit."""
    pd.testing.assert_frame_equal(told(one), told(other), check_exact=True)


def alone(folder, design, **how):
    return sweep(design, folder, "serial", ExecutionOptions(make=partial(Errands, **how)))


# -- what comes out


def test_two_hundred_runs_and_three_that_go_wrong(tmp_path):
    wrong = {20: "fault", 90: "spin", 150: "kill"}
    orders = ExecutionOptions(workers=POOL, timeout=0.6, make=partial(Errands, seconds=0.001, wrong=wrong))
    summary = sweep(errands.design(200), tmp_path / "sweep", orders=orders)
    assert (summary.complete, summary.failed) == (True, 3)
    assert (summary.progress.done, summary.progress.failed, summary.progress.seconds_left) == (200, 3, 0)
    frame = results(tmp_path / "sweep").set_index("number")
    assert len(frame) == 200
    assert (frame["status"] == "ok").sum() == 197
    rows = frame.loc[list(wrong), ["status", "error_type", "error"]].astype(str).to_numpy().tolist()
    assert rows == [
        ["error", "ZeroDivisionError", "one over nothing"],
        ["timeout", "lab.runs.scheduler.Late", "took longer than 0.6 s, twice"],
        ["crashed", "lab.runs.scheduler.Lost", "its worker ended in the middle of it, twice"],
    ]
    assert "in fault" in str(frame.loc[20, "traceback"])
    assert "in spin" in str(frame.loc[90, "traceback"])
    assert frame.loc[list(wrong), "gain"].isna().all()
    good = [number for number in range(200) if number not in wrong]
    reference = [errands.figures(errands.design(200), number) for number in good]
    assert frame.loc[good, ["class", "gain", "payoff.host"]].to_numpy().tolist() == [list(row) for row in reference]


@pytest.mark.parametrize("fault", ["leave", "choke"])
def test_a_worker_that_goes_in_its_own_way_costs_one_row(tmp_path, fault):
    orders = ExecutionOptions(workers=POOL, make=partial(Errands, wrong={31: fault}))
    summary = sweep(errands.design(60), tmp_path / "sweep", orders=orders)
    assert (summary.complete, summary.failed) == (True, 1)
    assert status(tmp_path / "sweep").counts == {"ok": 59, "error": 0, "timeout": 0, "crashed": 1}


@pytest.mark.parametrize("executor", ["serial", "processes"])
def test_a_run_that_asks_for_the_end_of_the_program_has_failed(tmp_path, executor):
    make = partial(Errands, wrong={4: "stop"})
    assert sweep(errands.design(10), tmp_path / "sweep", executor, ExecutionOptions(POOL, make=make)).failed == 1
    row = results(tmp_path / "sweep").iloc[4]
    assert (row["status"], row["error_type"], row["error"]) == ("error", "SystemExit", "no more")


def test_a_run_that_hangs_once_is_made_again_and_is_well(tmp_path):
    wrong = {7: "sleep", 23: "kill"}
    (tmp_path / "once").mkdir()
    make = partial(Errands, wrong=wrong, once=str(tmp_path / "once"))
    summary = sweep(
        errands.design(40), tmp_path / "sweep", orders=ExecutionOptions(workers=POOL, timeout=0.6, make=make)
    )
    assert (summary.complete, summary.failed) == (True, 0)
    alone(tmp_path / "reference", errands.design(40))
    same(tmp_path / "sweep", tmp_path / "reference")


@pytest.mark.parametrize("timeout", [0, -1.0, float("nan"), float("inf")])
def test_a_timeout_is_a_number_of_seconds(timeout):
    with pytest.raises(InputError, match="timeout"):
        ExecutionOptions(timeout=timeout)


def test_a_timeout_is_for_one_run_and_not_for_a_chunk(tmp_path):
    """Forty runs of 0.05 s go through a limit of 0.6 s, which all of them together outlast."""
    orders = ExecutionOptions(workers=1, timeout=0.6, make=partial(Errands, seconds=0.05))
    assert sweep(errands.design(40), tmp_path / "sweep", orders=orders).failed == 0


def test_a_design_that_cannot_be_set_up_fails_run_by_run(tmp_path):
    summary = sweep(errands.design(30), tmp_path / "sweep", "serial", ExecutionOptions(make=errands.unmade))
    assert (summary.complete, summary.failed) == (True, 30)
    assert set(results(tmp_path / "sweep")["error_type"]) == {"LookupError"}


def test_workers_that_end_before_any_run_are_told_from_runs_that_end_their_worker(tmp_path):
    with pytest.raises(InputError, match="end before they have done anything"):
        sweep(errands.design(30), tmp_path / "sweep", orders=ExecutionOptions(workers=1, make=errands.deadly))
    assert status(tmp_path / "sweep").done == 0


# -- who did it does not matter


def test_rows_do_not_depend_on_workers_executor_or_interruption(tmp_path):
    design = errands.design(300)
    alone(tmp_path / "reference", design)
    make = Errands
    sweep(design, tmp_path / "here", orders=ExecutionOptions(make=make))
    sweep(design, tmp_path / "one", orders=ExecutionOptions(workers=1, make=make))
    sweep(design, tmp_path / "three", orders=ExecutionOptions(workers=3, make=make))
    with ThreadPoolExecutor(2) as threads:
        sweep(design, tmp_path / "threads", threads, ExecutionOptions(make=make))
    stopped = Stopper(after=40)
    with pytest.raises(KeyboardInterrupt):
        sweep(design, tmp_path / "broken", orders=ExecutionOptions(workers=POOL, make=make), progress=stopped)
    assert 0 < status(tmp_path / "broken").done < 300
    resume(tmp_path / "broken", "serial", ExecutionOptions(make=make))
    for name in ("here", "one", "three", "threads", "broken"):
        same(tmp_path / name, tmp_path / "reference")


def test_a_small_sweep_stays_in_this_process(tmp_path):
    sweep(errands.design(20), tmp_path / "sweep", orders=ExecutionOptions(make=Errands))
    assert set(results(tmp_path / "sweep")["worker"]) == {os.getpid()}


def test_a_sweep_that_outlasts_its_beginning_goes_to_processes(tmp_path):
    sweep(errands.design(60), tmp_path / "sweep", orders=ExecutionOptions(make=partial(Errands, seconds=0.02)))
    assert len(set(results(tmp_path / "sweep")["worker"]) - {os.getpid()}) > 0


def test_after_a_kill_nothing_runs_in_this_process(tmp_path):
    """The first session may have been ended by one of its runs; the next one must not be."""
    code = (
        "import errands, sys; from functools import partial; from lab.runs.sweep import ExecutionOptions, sweep\n"
        "make = partial(errands.Errands, wrong={0: 'kill'})\n"
        "sweep(errands.design(20), sys.argv[1], orders=ExecutionOptions(make=make))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "sweep")], env=surroundings(), check=False)
    assert done.returncode == -signal.SIGKILL
    make = partial(Errands, wrong={0: "kill"})
    assert resume(tmp_path / "sweep", orders=ExecutionOptions(make=make)).failed == 1


# -- stopping


class Stopper:
    """Somebody who presses Ctrl-C when so many runs are done."""

    def __init__(self, after):
        self.after = after

    def __call__(self, progress):
        if progress.done >= self.after:
            raise KeyboardInterrupt


def surroundings(**more):
    """The environment of a process that finds errands."""
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}", **more}


STOPPED = """
import signal, sys, errands
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit that it is ignored
from functools import partial
from lab.runs.sweep import ExecutionOptions, sweep
make = partial(errands.Errands, seconds=0.005)
tell = lambda progress: print(progress.done, flush=True)
try:
    sweep(errands.design(4000), sys.argv[1], orders=ExecutionOptions(workers=2, make=make), progress=tell)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize(
    ("sign", "reason"),
    [(signal.SIGINT, "interrupted"), (signal.SIGTERM, "stopped by SIGTERM")],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_a_sweep_that_is_stopped_keeps_everything_that_came_back(tmp_path, sign, reason):
    command = [sys.executable, "-c", STOPPED, str(tmp_path / "sweep")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings()
    ) as run:
        assert run.stdout is not None
        try:
            done = 0
            while done < 50:
                done = int(run.stdout.readline())
            run.send_signal(sign)
            rest, complaints = run.communicate(timeout=60)
        finally:
            run.kill()
    assert (run.returncode, complaints) == (130, "")
    done = max([done, *map(int, rest.split())])
    stored = status(tmp_path / "sweep")
    assert done <= stored.done < 4000
    assert stored.sessions[-1].reason == reason


def test_stopping_is_as_before_when_the_sweep_is_over(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    alone(tmp_path / "sweep", errands.design(5))
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_sweep_may_run_in_a_thread(tmp_path):
    thread = threading.Thread(target=alone, args=(tmp_path / "sweep", errands.design(5)))
    thread.start()
    thread.join()
    assert status(tmp_path / "sweep").done == 5


def test_too_many_failures_end_a_sweep(tmp_path):
    wrong = dict.fromkeys(range(0, 400, 10), "fault")
    make = partial(Errands, wrong=wrong)
    summary = sweep(
        errands.design(400), tmp_path / "sweep", "processes", ExecutionOptions(POOL, max_failures=0, make=make)
    )
    assert not summary.complete
    assert 0 < status(tmp_path / "sweep").done < 400
    summary = resume(tmp_path / "sweep", "processes", ExecutionOptions(POOL, max_failures=100, make=make))
    assert (summary.complete, summary.failed) == (True, 40)


def test_failed_runs_are_tried_again_when_asked(tmp_path):
    wrong = {3: "fault", 5: "fault"}
    alone(tmp_path / "sweep", errands.design(10), wrong=wrong)
    assert resume(tmp_path / "sweep", "serial", ExecutionOptions(make=Errands)).progress.done == 0
    summary = resume(tmp_path / "sweep", "serial", ExecutionOptions(retry=("error",), make=Errands))
    assert (summary.progress.before, summary.progress.done, summary.failed) == (8, 2, 0)
    alone(tmp_path / "reference", errands.design(10))
    same(tmp_path / "sweep", tmp_path / "reference")


# -- what is said meanwhile


def test_progress_begins_at_what_is_stored_and_ends_at_everything(tmp_path):
    design, told = errands.design(50), []
    with pytest.raises(KeyboardInterrupt):
        sweep(design, tmp_path / "sweep", orders=ExecutionOptions(make=Errands), progress=Stopper(after=3))
    before = status(tmp_path / "sweep").done
    resume(tmp_path / "sweep", orders=ExecutionOptions(POOL, make=Errands), progress=told.append)
    assert (told[0].count, told[0].before, told[0].done, told[0].seconds_left) == (50, before, 0, None)
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert told[-1].before + told[-1].done == 50


def test_progress_knows_the_pace():
    progress = Progress(count=100, before=20, done=30, failed=1, seconds=15.0)
    assert (progress.rate, progress.seconds_left) == (2.0, 25.0)
    assert Progress(100, 20, 0, 0, 0.0).seconds_left is None


def test_while_nothing_comes_back_the_caller_hears_every_second(tmp_path):
    told = []
    orders = ExecutionOptions(workers=1, make=partial(Errands, seconds=1.6))
    sweep(errands.design(1), tmp_path / "sweep", orders=orders, progress=lambda _: told.append(time.monotonic()))
    assert len(told) >= 3


# -- folders that cannot be used


def test_a_full_disk_ends_the_sweep_and_the_next_one_goes_on(tmp_path, monkeypatch):
    design = errands.design(100)

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lab.store.folder.LONGEST_WAIT", 0.0)
        patch.setattr("lab.runs.sweep._gathered", full_after(full, patch))
        with pytest.raises(StoreUnwritable, match="the disk is full"):
            sweep(design, tmp_path / "sweep", orders=ExecutionOptions(POOL, make=Errands))
    assert status(tmp_path / "sweep").done < 100
    assert resume(tmp_path / "sweep", orders=ExecutionOptions(POOL, make=Errands)).complete
    alone(tmp_path / "reference", design)
    same(tmp_path / "sweep", tmp_path / "reference")


def full_after(full, patch):
    """The disk fills up when the sweep has begun."""
    from lab.runs import sweep as sweep_runs

    gathered = sweep_runs._gathered

    def filled(store, rows, *rest):
        def some():
            for number, each in enumerate(rows):
                if number == 3:
                    patch.setattr(os, "fsync", full)
                yield each

        return gathered(store, some(), *rest)

    return filled


def test_a_second_sweep_in_the_folder_is_refused_while_the_first_runs(tmp_path):
    def meanwhile(_):
        with pytest.raises(StoreLocked):
            resume(tmp_path / "sweep", "serial", ExecutionOptions(make=Errands))

    sweep(errands.design(5), tmp_path / "sweep", "serial", ExecutionOptions(make=Errands), meanwhile)


@pytest.mark.parametrize("name", ["ray", "dask", "dask:tcp://127.0.0.1:9", "mpi"])
def test_an_executor_that_is_none_is_refused(tmp_path, name, monkeypatch):
    import lab.runs.executors

    if name == "mpi":
        monkeypatch.setitem(sys.modules, "mpi4py.futures", None)
    if name.startswith("dask:"):
        patience = lab.runs.executors
        monkeypatch.setattr(patience, "PATIENCE", "1s")
    with pytest.raises(InputError, match="executor") as caught:
        sweep(errands.design(5), tmp_path / "sweep", name, ExecutionOptions(make=Errands))
    assert caught.value.problems[0].hint
