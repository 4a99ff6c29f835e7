"""The search for the largest openness."""

from dataclasses import replace

import numpy as np
import pytest

from economy.model.payoffs import agreement, solve_bilateral
from economy.parameters import defaults, preset
from economy.policy import largest_openness as openness_limit
from economy.policy.largest_openness import both_gain, conditions_hold, largest_openness, self_enforcing

GAPS = np.array([1.0, 1.5, 2.5, 4.0])
PAIRS = preset("symmetric").replace(gap=GAPS)


def test_the_agreement_found_is_an_equilibrium_better_than_none_and_none_larger_is():
    found = largest_openness(PAIRS)
    for number, gap in enumerate(GAPS):
        levels = solve_bilateral(PAIRS.replace(gap=float(gap), openness=found.grid)).payoffs
        holds = (levels[:, 0, 0, 0] >= np.maximum(levels[:, 0, 1, 0], 0)) & (
            levels[:, 1, 0, 0] >= np.maximum(levels[:, 1, 0, 1], 0)
        )
        assert np.array_equal(holds, found.feasible[number])
        assert found.level[number] == (found.grid[holds].max() if holds.any() else 0)


def test_the_feasible_levels_do_not_start_at_the_first():
    """Tiny deals fail on their fixed cost: whoever halved the interval would find nothing."""
    found = largest_openness(PAIRS)
    first = found.grid[np.argmax(found.feasible, axis=-1)]
    assert found.feasible.any(axis=-1).all()
    assert ((first > 0.01) & (first < 0.1)).all()


def test_the_gain_is_the_one_at_the_level_found():
    found = largest_openness(PAIRS)
    assert found.gain[2] == agreement(PAIRS.replace(gap=2.5, openness=found.level[2])).gdp_gain
    assert found.full[2] == agreement(PAIRS.replace(gap=2.5, openness=1.0)).gdp_gain


def test_without_an_agreement_level_and_gain_are_nothing():
    bully = largest_openness(preset("asymmetric"), np.array([0.05, 0.25]))
    assert bully.level == bully.gain == 0
    assert bully.full > 0.1


def test_self_enforcing_is_never_larger_than_rational():
    rng = np.random.default_rng(0)
    many = defaults().replace(gap=rng.uniform(1, 6, 40), kappa=rng.uniform(0, 1, 40))
    found = largest_openness(many)
    assert (found.level <= found.rational).all()


def test_shape_and_portions_do_not_show(monkeypatch):
    whole = largest_openness(PAIRS.replace(gap=np.array([[1.0, 1.5], [2.5, 4.0]])))
    assert whole.level.shape == (2, 2)
    assert whole.feasible.shape == (2, 2, 100)
    monkeypatch.setattr(openness_limit, "AT_ONCE", 150)
    assert whole.level.ravel() == pytest.approx(largest_openness(PAIRS).level, abs=0)


@pytest.mark.parametrize(
    ("gain", "both", "enforced"),
    [(2e-6, True, True), (0.5e-6, False, True), (0.0, False, True), (-0.5e-6, False, True), (-2e-6, False, False)],
)
def test_a_tie_is_no_gain_and_still_holds(gain, both, enforced):
    """Payoffs range over 1, so a tie is less than 1e-6; closing alone pays as much as if both close."""
    host = np.array([[gain, -1.0], [0.0, 0.0]])
    stakes = replace(solve_bilateral(preset("symmetric")), payoffs=np.stack([host, host.T]))
    assert (bool(both_gain(stakes)), bool(self_enforcing(stakes))) == (both, enforced)


def test_conditions_hold_at_a_margin_of_0_and_not_below():
    assert conditions_hold(np.array([[0.0, 1.0], [0.0, -1e-300]])).tolist() == [True, False]
