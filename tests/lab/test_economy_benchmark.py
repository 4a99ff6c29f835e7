"""The benchmark of the economy runs, and its peer solves the same model; how fast either is, is their own business."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.damped import payoffs
from benchmarks.economies import RANGES, drawn
from economy.model.payoffs import solve_bilateral
from economy.parameters import preset

ROOT = Path(__file__).resolve().parents[2]


def test_the_quick_run_goes_through_every_comparison_and_agrees():
    command = [sys.executable, "-m", "benchmarks", "economy", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "alike in 200 of 200" in done.stdout
    assert re.search(r"one 2x2 game by itself, warm: \d", done.stdout)
    assert "atlas of 900 games" in done.stdout


def test_damped_repetition_finds_the_same_payoffs():
    economies = drawn(300)
    assert np.abs(payoffs(economies) - solve_bilateral(economies).payoffs).max() < 1e-7


def test_the_peer_knows_every_dial_of_the_model():
    """One after the other, dials that the batch does not draw are moved: both ways must follow."""
    moved = {
        "alpha": 0.4,
        "recip": 0.7,
        "match": 0.3,
        "phi_U": 0.7,
        "phi_S_managed": 1.0,
        "fee": 0.3,
        "fee_managed": 0.1,
        "rho": 0.4,
        "gamma": 1.5,
        "unmanaged": 0.3,
        "years": 4.0,
        "tau": 0.3,
        "services": 0.1,
        "train": 0.5,
        "c_fix": 0.01,
        "c_var": 0.1,
        "tax_host": 0.4,
        "side": 0.01,
        "w_U": 0.7,
        "w_X": 0.5,
        "loss": 1.0,
    }
    base = preset("asymmetric").replace(tax=0.1, gsp=0.3, openness=0.5)
    for name, value in moved.items():
        one = base.replace(**{name: np.array([value])})
        assert not np.allclose(solve_bilateral(one).payoffs, solve_bilateral(base).payoffs, atol=1e-9), name
        assert np.abs(payoffs(one) - solve_bilateral(one).payoffs).max() < 1e-7, name
    assert not RANGES.keys() & moved.keys()
