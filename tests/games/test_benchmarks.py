"""The benchmarks run; how fast they are is their own business."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.pairs import Measured, Pair, Work, measured, peak

ROOT = Path(__file__).resolve().parents[2]


def run(*words):
    command = [sys.executable, "-m", "benchmarks", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def test_the_quick_run_goes_through_every_comparison_and_agrees():
    done = run("games", "--quick")
    assert (done.returncode, done.stderr) == (0, "")
    for games in ("2x2", "3x3", "4x4", "5x5", "memory of"):
        assert games in done.stdout
    alike = re.findall(r"alike in (\d+) of (\d+)", done.stdout)
    assert len(alike) >= 4
    assert all(same == total for same, total in alike)


def test_a_subject_that_is_none_is_told():
    done = run("weather")
    assert done.returncode == 2
    assert "games" in done.stderr


def busy(turns, answer):
    def run():
        sum(range(turns))
        return answer

    return run


def test_a_pair_is_timed_in_turns_and_its_answers_are_compared():
    found = measured(Pair("counting", Work(busy(100_000, [1, 2]), 2), Work(busy(300_000, [1, 3]), 2)), rounds=3)
    assert found.ratio > 0
    assert found.alike == (1, 2)


@pytest.mark.parametrize(("least", "short"), [(None, False), (10, False), (11, True)])
def test_a_ratio_is_short_only_of_what_is_asked(least, short):
    found = Measured("solving", 2e-5, 2e-4, 10.0, least, (5, 5))
    assert found.short == short
    assert ("SHORT" in str(found)) == short
    assert "10 times as fast" in str(found)
    assert "ours 20 µs, peer 200 µs a game; alike in 5 of 5" in str(found)


def test_memory_is_what_is_held_at_once():
    assert 1_000_000 < peak(lambda: bytearray(1_000_000)) < 1_100_000
