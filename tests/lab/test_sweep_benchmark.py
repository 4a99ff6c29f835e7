"""The benchmark of sweeps runs, and asks for what the specification asks; how fast anybody is is their own business."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.sweeping import MEMORY, MOST, TIMES, Figure, _each

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.full
def test_the_quick_run_goes_every_way():
    command = [sys.executable, "-m", "benchmarks", "lab", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    names = [line.partition(":")[0] for line in done.stdout.splitlines()]
    for name in ("our executor", "our whole sweep, stored", "our executor over Dask", "Mesa's batch_run"):
        assert f"{name}, beside the run itself" in names
    for name in ("Mesa's batch_run beside our executor", "memory of gathering and storing"):
        assert name in names
    assert all(re.search(r": -?[\d.e+-]+ \S", line) for line in done.stdout.splitlines())


def test_what_a_run_costs_is_of_the_parent_and_of_the_workers_after_their_first_run():
    clocks = [(1.0, 5.0), (1.0, 5.5), (1.0, 6.0), (2.0, 9.0), (2.0, 11.0)]
    assert _each(0.0, clocks, 5) == pytest.approx(1e6)
    assert _each(2.5, clocks, 5) == pytest.approx(1.5e6)
    with pytest.raises(ArithmeticError, match="5 of 6"):
        _each(0.0, clocks, 6)


@pytest.mark.parametrize(
    ("figure", "short"),
    [
        (Figure("a", 3.0, "s", most=2.0), True),
        (Figure("a", 2.0, "s", most=2.0), False),
        (Figure("a", 3.0, "s", least=4.0), True),
        (Figure("a", 3.0, "s"), False),
    ],
)
def test_a_figure_knows_whether_it_is_short(figure, short):
    assert figure.short is short
    assert ("SHORT" in str(figure)) is short


def test_the_limits_are_those_of_the_specification():
    assert list(MOST.values()) == [10.0, 40.0, 50.0]
    assert list(TIMES.values()) == [20.0, 10.0]
    assert MEMORY == 64.0
