"""A sweep as a process: signals to it and to its group, closed streams, a full disk, a working folder of bad names."""

import json
import os
import pty
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from lab import results, status

HERE = Path(__file__).parent
WINSET = str(Path(sysconfig.get_path("scripts")) / "winset")
DRIVEN = [sys.executable, str(HERE / "driven.py")]
PATIENCE = 120
"""Seconds after which something never comes; it takes one or two where there is time."""

LONG = ["sweep", "paradox", "-o", "rows", "--points", "50000"]
"""A sweep that nobody waits for: a minute and more."""
SHORT = ["sweep", "paradox", "-o", "rows", "--points", "3"]

TALKS = """
schema = 1
scenario = "alike-neighbours"
kind = "simulate"
design = "grid"
replicates = 10
seed = 3
measure = ["agreement", "rounds"]
[[factor]]
key = "agenda.rounds"
values = [4, 8]
"""


def run(folder, *command):
    """A command in a folder, to its end."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)


def begun(folder, *words, terminal=None):
    """A sweep in a group of its own, when it has stored something; `terminal` is all of its streams, and its own."""
    process = subprocess.Popen(
        [*DRIVEN, *LONG, *words],
        cwd=folder,
        text=True,
        stdin=subprocess.DEVNULL if terminal is None else terminal,
        stdout=subprocess.PIPE if terminal is None else terminal,
        stderr=subprocess.PIPE if terminal is None else terminal,
        start_new_session=True,
    )
    until = time.monotonic() + PATIENCE
    while not parts(folder) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    assert parts(folder), process.communicate()
    return process


def parts(folder):
    return list((folder / "rows").glob("runs/*.parquet"))


def ended(process):
    """Its end: (exit code, standard output, standard error); nobody of its group is left."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        with_group(process, signal.SIGKILL)
    return process.returncode, out, err


def with_group(process, sign):
    try:
        os.killpg(process.pid, sign)
    except ProcessLookupError:
        return


# -- signals

REASONS = {
    signal.SIGINT: "interrupted",
    signal.SIGTERM: "stopped by SIGTERM",
    signal.SIGHUP: "stopped by SIGHUP",
}


def to_process(process, sign):
    process.send_signal(sign)


@pytest.mark.parametrize(
    ("sign", "sent"),
    [(signal.SIGTERM, to_process), (signal.SIGINT, with_group), (signal.SIGHUP, with_group)],
    ids=["SIGTERM", "Ctrl-C in the group", "SIGHUP in the group"],
)
def test_a_signal_keeps_every_row_and_says_how_to_go_on(tmp_path, sign, sent):
    process = begun(tmp_path, "-j", "2")
    before = len(results(tmp_path / "rows"))
    sent(process, sign)
    sent(process, sign)
    sent(process, signal.SIGTERM)
    code, out, err = ended(process)
    assert (code, out) == (128 + sign, "")
    assert "every run that came back is stored; go on with: winset resume rows" in err
    assert err.splitlines()[-1] == REASONS[sign]
    assert "Traceback" not in err
    stored = status(tmp_path / "rows")
    assert before <= stored.done < stored.runs
    assert stored.sessions[-1].reason == REASONS[sign]
    assert stored.writer is None


def test_a_terminal_that_closes_ends_the_sweep_in_good_order(tmp_path):
    ours, theirs = pty.openpty()
    process = begun(tmp_path, "-j", "2", terminal=theirs)
    os.close(theirs)
    os.close(ours)
    code, _, _ = ended(process)
    assert code == 128 + signal.SIGHUP
    stored = status(tmp_path / "rows")
    assert 0 < stored.done < 4000
    assert stored.sessions[-1].reason == "stopped by SIGHUP"


def test_a_signal_before_anything_is_there_promises_nothing(tmp_path):
    """`winset resume` would find no sweep."""
    done = run(tmp_path, sys.executable, "-c", EARLY, *SHORT)
    assert done.returncode == 128 + signal.SIGTERM
    assert "resume" not in done.stderr
    assert done.stderr.splitlines()[-1] == "stopped by SIGTERM"


EARLY = """
import os, signal
import lab.store.folder
import views.cli.app

def settled(home, design):
    os.kill(os.getpid(), signal.SIGTERM)

if __name__ == "__main__":
    lab.store.folder._settled = settled
    views.cli.app.main()
"""


# -- streams that are closed, or that nobody reads


@pytest.mark.parametrize("line", ["--executor serial 2>&-", "-j 2 <&- >&- 2>&-"])
def test_a_sweep_needs_no_streams(tmp_path, line):
    done = run(tmp_path, "sh", "-c", " ".join(["exec", WINSET, *SHORT, line]))
    assert (done.returncode, done.stderr) == (0, "")
    assert status(tmp_path / "rows").counts["ok"] == status(tmp_path / "rows").runs


def test_a_sweep_whose_output_nobody_reads_is_made_to_its_end(tmp_path):
    read, write = os.pipe()
    os.close(read)
    command = [WINSET, *SHORT, "--executor", "serial"]
    done = subprocess.run(command, cwd=tmp_path, stdout=write, stderr=write, text=True, check=False, timeout=PATIENCE)
    os.close(write)
    assert done.returncode == 141
    stored = status(tmp_path / "rows")
    assert stored.done == stored.runs
    assert stored.sessions[-1].reason == "finished"


# -- a disk that is full

FULL = """
import resource, signal, sys
from views.cli.app import main
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    main()
"""


def on_a_full_disk(folder, *words):
    return run(folder, sys.executable, "-c", FULL, *words)


def test_a_disk_that_is_full_at_the_lock_is_told_and_every_row_stays(tmp_path):
    assert run(tmp_path, WINSET, *SHORT).returncode == 0
    before = status(tmp_path / "rows").done
    done = on_a_full_disk(tmp_path, "resume", "rows", "--json")
    assert done.returncode == 74, done.stderr
    assert "the disk is full" in done.stderr
    assert "then continue with: winset resume rows" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["error"]["problems"][0]["reason"] == "the disk is full"
    assert status(tmp_path / "rows").done == before


def test_a_disk_that_is_full_before_anything_is_there_promises_nothing(tmp_path):
    done = on_a_full_disk(tmp_path, *SHORT)
    assert done.returncode == 74
    assert "resume" not in done.stderr
    assert "run it again" in done.stderr


# -- a working folder that holds modules of unlucky names

NAMES = ["scenarios.py", "random.py", "lab/__init__.py", "socket.py", "negotiation.py"]


@pytest.fixture
def unlucky(tmp_path):
    """The folder of somebody who gives files such names; importing one of them fails."""
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("raise RuntimeError('a module of the working folder')\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("workers", [["--executor", "serial"], ["-j", "2"]], ids=["serial", "processes"])
def test_workers_import_nothing_from_the_working_folder(unlucky, workers):
    (unlucky / "talks.toml").write_text(TALKS, encoding="utf-8")
    done = run(unlucky, WINSET, "sweep", "talks.toml", "-o", "rows", *workers)
    assert done.returncode == 0, done.stderr
    assert "working folder" not in done.stderr
    assert status(unlucky / "rows").counts["ok"] == 20


def test_a_tactic_of_the_working_folder_is_found_beside_unlucky_names(unlucky):
    text = "from negotiation.protocols.moves import Hold\n\ndef patient(view):\n    return Hold(view.party)\n"
    (unlucky / "mine.py").write_text(text, encoding="utf-8")
    done = run(unlucky, WINSET, "simulate", "alike-neighbours", "--mover", "Ardenia=mine:patient", "--json")
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_a_command_run_as_a_module_is_the_same(unlucky):
    """As `mpiexec ... python -P -m mpi4py.futures -m views.cli.app` runs it."""
    done = run(unlucky, sys.executable, "-P", "-m", "views.cli.app", *SHORT, "--executor", "serial")
    assert done.returncode == 0, done.stderr
    assert status(unlucky / "rows").done == status(unlucky / "rows").runs
