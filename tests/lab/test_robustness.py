"""Regret and satisficing, against tables that can be done by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lab.analysis.bootstrap import ResamplingPlan
from lab.analysis.robustness import robustness_of_values, savage_regret

GRID = ResamplingPlan(0, False, 0)
NAN = float("nan")

# Rows are states of the world, columns are acts: the second act is never the best by much and never far from it.
PAYOFFS = np.array([[10.0, 7.0, 1.0], [2.0, 6.0, 8.0], [4.0, 5.0, 3.0]])


def test_regret_by_hand():
    """Savage (1951): in every state what an act falls short of the best act in it."""
    assert savage_regret(PAYOFFS).tolist() == [[0, 3, 9], [6, 2, 0], [1, 0, 2]]
    assert savage_regret(PAYOFFS, "less").tolist() == [[9, 6, 0], [0, 4, 6], [1, 2, 0]]


def test_minimax_regret_by_hand():
    found = robustness_of_values("payoff", PAYOFFS, ("a", "b", "c"), GRID, threshold=5)
    assert [each.largest_regret for each in found.arms] == [6, 3, 9]
    assert [each.worst for each in found.arms] == [2, 5, 1]
    assert [each.satisfied.mean for each in found.arms] == pytest.approx([1 / 3, 1, 1 / 3])
    assert found.least_regret == "b"
    assert found.arms[0].mean.low is None, "nothing was drawn"


def test_less_may_be_better():
    found = robustness_of_values("distance", PAYOFFS, ("a", "b", "c"), GRID, threshold=5, better="less")
    assert [each.worst for each in found.arms] == [10, 7, 8]
    assert [each.satisfied.mean for each in found.arms] == pytest.approx([2 / 3, 1 / 3, 2 / 3])


def test_a_case_that_one_arm_lacks_spares_no_arm():
    torn = PAYOFFS.copy()
    torn[1, 2] = NAN
    found = robustness_of_values("payoff", torn, ("a", "b", "c"), GRID, threshold=5)
    assert (found.cases, found.left_out) == (2, 1)
    assert [each.largest_regret for each in found.arms] == [1, 3, 9]


def test_nothing_to_weigh_is_told():
    found = robustness_of_values("payoff", np.full((3, 2), NAN), ("a", "b"), GRID)
    assert (found.cases, found.arms, found.least_regret) == (0, (), None)
    assert found.to_dict()["arms"] == []


@given(arrays(float, st.tuples(st.integers(1, 6), st.integers(1, 4)), elements=st.floats(-1e6, 1e6)))
def test_somebody_has_no_regret_in_every_case(values):
    for way in ("more", "less"):
        found = savage_regret(values, way)
        assert (found >= 0).all()
        assert (found.min(axis=1) == 0).all()
