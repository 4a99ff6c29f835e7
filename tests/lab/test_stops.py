"""Signals that ask a sweep to stop: noted, never in the middle of a row that is being written, the first one counts."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from processes import PATIENCE, surroundings

from lab import status
from lab.finished_run import SweepStopped
from lab.runs import interrupts
from lab.runs.interrupts import StopRequest, install_handlers, interruptible

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

SIGNS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def send(sign):
    os.kill(os.getpid(), sign)


@pytest.fixture(autouse=True)
def usual(monkeypatch):
    """Signals as a fresh process has them, whoever runs the tests; as before when the test is over."""
    before = {sign: signal.getsignal(sign) for sign in SIGNS}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for sign in SIGNS[1:]:
        signal.signal(sign, signal.SIG_DFL)
    yield
    for sign, handler in before.items():
        signal.signal(sign, handler)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.name)
def test_a_patient_bell_notes_signals_and_the_first_one_is_the_cause(sign):
    with install_handlers() as bell, bell.patience(patient=True):
        send(sign)
        for later in SIGNS:
            send(later)
        assert bell.cause == sign
        with pytest.raises(SweepStopped) as caught:
            bell.raise_if_requested()
    assert caught.value.number == sign
    assert isinstance(caught.value, KeyboardInterrupt)


def test_a_run_of_our_own_process_is_ended_at_once_and_nothing_after_it():
    with install_handlers() as bell, bell.patience(patient=True):
        with pytest.raises(SweepStopped), interruptible():
            send(signal.SIGTERM)
        send(signal.SIGINT)  # the rows are being written now
        with pytest.raises(SweepStopped), interruptible():
            pytest.fail("no other run begins")
        assert bell.cause == signal.SIGTERM


def test_a_stop_that_takes_very_long_can_be_broken_off(monkeypatch):
    monkeypatch.setattr(interrupts, "LONGEST", -1.0)
    bell = StopRequest()
    bell.patient = True
    with pytest.raises(SweepStopped):
        bell.request(signal.SIGTERM)


def test_handlers_are_as_before_and_whoever_ignores_a_signal_goes_on_doing_so():
    """As `nohup` ignores a hang-up."""

    def mine(*_):
        pass

    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, mine)
    with install_handlers() as bell:
        send(signal.SIGHUP)
        assert signal.getsignal(signal.SIGTERM) is mine
        assert signal.getsignal(signal.SIGINT) == bell.request
        assert bell.cause is None
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_the_bell_of_a_process_is_hung_once():
    with install_handlers() as outer, install_handlers() as inner:
        assert inner is outer


def test_in_a_thread_no_signal_is_heard():
    found = []

    def work():
        with install_handlers() as bell:
            found.append((bell.cause, interrupts.comes_from_code()))

    with install_handlers():
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert found == [(None, True)]


def test_a_keyboard_interrupt_without_a_signal_is_told_from_a_stop():
    assert not interrupts.comes_from_code()
    with install_handlers() as bell, bell.patience(patient=True):
        assert interrupts.comes_from_code()
        send(signal.SIGINT)
        assert not interrupts.comes_from_code()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert interrupts.comes_from_code()


# -- a sweep that is stopped, and stopped again while it writes

IMPATIENT = """
import errands, os, signal, sys
from functools import partial
from lab.runs.sweep import ExecutionOptions, sweep
from lab.store import parquet_parts

FOLDER, EXECUTOR, FIRST, *LATER = sys.argv[1:]
sent = []

def kill(name):
    sent.append(name)
    os.kill(os.getpid(), getattr(signal, name))

def write_runs(*given, written=parquet_parts.write_runs):
    if sent:
        for name in LATER:
            kill(name)
    return written(*given)

def tell(state):
    print(state.done, flush=True)
    if state.done >= 20 and not sent:
        kill(FIRST)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parquet_parts.write_runs = write_runs
    make = partial(errands.Errands, seconds=0.005)
    try:
        sweep(errands.design(2000), FOLDER, EXECUTOR, ExecutionOptions(2, make=make), tell)
    except KeyboardInterrupt as stop:
        sys.exit(128 + stop.number)
"""


@pytest.mark.parametrize(
    ("executor", "first", "later"),
    [
        ("serial", "SIGTERM", ["SIGTERM", "SIGTERM"]),
        ("serial", "SIGINT", ["SIGINT"]),
        ("serial", "SIGHUP", ["SIGTERM"]),
        ("processes", "SIGINT", ["SIGINT", "SIGTERM", "SIGINT"]),
        ("processes", "SIGTERM", ["SIGTERM"]),
    ],
)
def test_a_second_signal_while_rows_are_written_loses_none(tmp_path, executor, first, later):
    command = [sys.executable, "-c", IMPATIENT, str(tmp_path / "sweep"), executor, first, *later]
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings(), check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (128 + getattr(signal, first), "")
    stored = status(tmp_path / "sweep")
    assert 20 <= max(map(int, done.stdout.split())) <= stored.done < 2000
    reason = "interrupted" if first == "SIGINT" else f"stopped by {first}"
    assert stored.sessions[-1].reason == reason
    assert stored.writer is None
