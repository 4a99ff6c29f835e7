"""Intervals hold what they should as often as they say, resample what was drawn, and make nothing up."""

# pyright: reportOptionalMemberAccess=false, reportOptionalOperand=false, reportOperatorIssue=false

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lab.analysis.bootstrap import (
    LEVEL,
    ResamplingPlan,
    bootstrap_interval,
    percentile_levels,
    replicates_for_width,
    wilson,
)

POINTS = ResamplingPlan(block=1, replicates=False, seed=0)
REPLICATES = ResamplingPlan(block=0, replicates=True, seed=0)
BOTH = ResamplingPlan(block=1, replicates=True, seed=0)
NOTHING = ResamplingPlan(block=0, replicates=False, seed=0)


@pytest.mark.parametrize("draws", [10, 40])
def test_intervals_of_normal_draws_hold_their_mean_as_often_as_they_say(draws):
    """Within three binomial standard errors of 95 % over 600 samples."""
    chance, samples = np.random.default_rng(1), 600
    held = 0
    for seed in range(samples):
        found = bootstrap_interval(chance.normal(2, 3, (draws, 1)), ResamplingPlan(1, False, seed))
        held += found.low <= 2 <= found.high
    error = np.sqrt(LEVEL * (1 - LEVEL) / samples)
    assert abs(held / samples - LEVEL) < 3 * error


@pytest.mark.parametrize(
    ("draws", "t"), [(2, 12.706205), (5, 2.776445), (10, 2.262157), (30, 2.045230), (100, 1.984217)]
)
def test_few_draws_widen_the_percentiles_as_hesterberg_says(draws, t):
    """Hesterberg (2015): Phi(-sqrt(n / (n - 1)) t), t the printed 97.5 % quantile of Student's t, n - 1 degrees."""
    tail = NormalDist().cdf(-math.sqrt(draws / (draws - 1)) * t)
    assert percentile_levels(draws) == pytest.approx((tail, 1 - tail), rel=1e-4)


def test_where_nothing_was_drawn_there_is_no_interval():
    found = bootstrap_interval(np.array([[1.0], [5.0]]), NOTHING)
    assert (found.mean, found.low, found.high, found.draws) == (3, None, None, 0)


def test_one_draw_has_no_interval():
    assert bootstrap_interval(np.array([[1.0, 2.0]]), POINTS).low is None
    assert bootstrap_interval(np.array([[1.0], [2.0]]), REPLICATES).low is None


def test_nothing_but_gaps_has_no_mean():
    assert bootstrap_interval(np.full((3, 2), np.nan), BOTH) is None


def test_points_that_were_chosen_are_not_resampled():
    """Points far apart, replicates that agree: chance has moved nothing, and the interval has no width."""
    values = np.repeat([[0.0], [100.0]], 5, axis=1)
    found = bootstrap_interval(values, REPLICATES)
    assert found.low == found.high == found.mean == 50
    assert bootstrap_interval(values, BOTH).low == 0


def test_points_of_a_block_are_resampled_together():
    """Each block holds the same values: means of whole blocks do not vary, those of single points would."""
    values = np.tile([[0.0], [10.0]], (20, 1))
    assert bootstrap_interval(values, ResamplingPlan(2, False, 0)).low == 5
    assert bootstrap_interval(values, POINTS).low < 5


@given(arrays(float, st.tuples(st.integers(1, 9), st.integers(1, 5)), elements=st.floats(-1e6, 1e6) | st.just(np.nan)))
def test_an_interval_holds_its_mean_and_is_the_same_again(values):
    found = bootstrap_interval(values, BOTH)
    assert found == bootstrap_interval(values.copy(), BOTH)
    if found is not None and found.low is not None:
        assert found.low <= found.mean <= found.high
        assert found.n == np.isfinite(values).sum()


@given(st.floats(0.1, 50), st.floats(0.05, 5))
def test_enough_replicates_are_enough_and_no_more_than_that(deviation, width):
    """Checked with SciPy's own t: the interval of so many is narrow enough, that of one less is not."""
    from scipy import stats

    def wide(count):
        return 2 * stats.t.ppf(0.975, count - 1) * deviation / np.sqrt(count)

    count = replicates_for_width(deviation, width)
    assert wide(count) <= width * (1 + 1e-9)
    assert count == 2 or wide(count - 1) > width * (1 - 1e-9)


@pytest.mark.parametrize(
    ("successes", "draws", "low", "high"),
    [(0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (0, 320, 0, 0.01186), (3, 10, 0.1078, 0.6032)],
)
def test_wilsons_interval_is_scipys(successes, draws, low, high):
    from scipy import stats

    theirs = stats.binomtest(successes, draws).proportion_ci(method="wilson")
    assert wilson(successes / draws, draws) == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert wilson(successes / draws, draws) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_that_is_the_same_in_every_draw_has_wilsons_interval_on_the_draws(share):
    """Sixteen points in twenty replicates are twenty draws, not 320."""
    values = np.full((16, 20), share)
    found = bootstrap_interval(values, REPLICATES, share=True)
    assert (found.low, found.high) == wilson(share, 20)
    assert (found.n, found.draws) == (320, 20)
    assert bootstrap_interval(values, REPLICATES).high == share  # a number that is always 1 is no share


def test_a_share_in_between_is_resampled_as_before():
    values = np.repeat([[0.0], [1.0]], 10, axis=1)
    assert bootstrap_interval(values, POINTS, share=True) == bootstrap_interval(values, POINTS)
