"""Indices against published answers: Ishigami's function, Sobol's g, a straight line; and against SALib."""

# pyright: reportOptionalMemberAccess=false, reportOptionalOperand=false, reportOperatorIssue=false

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze import morris as salib_morris
from SALib.analyze import sobol as salib_sobol

from lab.analysis.sensitivity import _between, _ends, _pair_ends, grid, is_constant, morris, sobol
from lab.design.sampling import unit_points


def chance():
    return np.random.default_rng(7)


def problem(names, bounds=(0, 1)):
    return {"num_vars": len(names), "names": names, "bounds": [list(bounds)] * len(names)}


def saltelli(function, factors, points):
    return function(unit_points("sobol", points, factors, 3)).reshape(points, factors + 2)


def ishigami(cube, a=7, b=0.1):
    x, y, z = (np.pi * (2 * cube - 1)).T
    return np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)


def g_function(cube, a=(0, 1, 4.5, 9)):
    return np.prod((np.abs(4 * cube - 2) + np.array(a)) / (1 + np.array(a)), axis=1)


def test_ishigami_has_the_indices_of_the_textbook():
    """Ishigami and Homma (1990); Saltelli et al., Global Sensitivity Analysis (2008): a = 7, b = 0.1."""
    shares, n = sobol(saltelli(ishigami, 3, 4096), ["x", "y", "z"], chance())
    assert n == 4096
    assert [share.first.value for share in shares] == pytest.approx([0.3139, 0.4424, 0], abs=0.01)
    assert [share.total.value for share in shares] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    for share, first, total in zip(shares, [0.3139, 0.4424, 0], [0.5576, 0.4424, 0.2437], strict=True):
        assert share.first.low < first < share.first.high
        assert share.total.low < total < share.total.high


def test_the_g_function_has_the_indices_of_its_formula():
    """Sobol (1993): the partial variances are (1/3) / (1 + a)^2, and all of them multiply."""
    a = np.array([0, 1, 4.5, 9])
    parts = (1 / 3) / (1 + a) ** 2
    whole = np.prod(1 + parts) - 1
    totals = [parts[at] * np.prod(1 + np.delete(parts, at)) / whole for at in range(4)]
    shares, _ = sobol(saltelli(g_function, 4, 4096), list("abcd"), chance())
    assert [share.first.value for share in shares] == pytest.approx((parts / whole).tolist(), abs=0.02)
    assert [share.total.value for share in shares] == pytest.approx(totals, abs=0.02)


def test_sobol_is_salibs_to_the_last_digits():
    rows = saltelli(ishigami, 3, 256)
    theirs = salib_sobol.analyze(problem(list("xyz")), rows.ravel(), calc_second_order=False, seed=1)
    ours, _ = sobol(rows, list("xyz"), chance())
    assert [share.first.value for share in ours] == pytest.approx(theirs["S1"].tolist(), abs=1e-10)
    assert [share.total.value for share in ours] == pytest.approx(theirs["ST"].tolist(), abs=1e-10)


def test_sobol_leaves_out_base_points_with_a_missing_run():
    rows = saltelli(ishigami, 3, 64)
    torn = rows.copy()
    torn[5, 2] = torn[9, 0] = np.nan
    told, n = sobol(torn, list("xyz"), chance())
    whole, _ = sobol(np.delete(rows, [5, 9], axis=0), list("xyz"), chance())
    assert n == 62
    assert told == whole


def test_a_straight_line_has_its_coefficients_as_effects():
    """Morris (1991): effects of a linear function are its coefficients everywhere, and do not deviate."""
    slopes = np.array([3.0, -2.0, 0.5, 0.0])
    cube = unit_points("morris", 12, 4, 1).reshape(12, 5, 4)
    shares, n = morris(cube @ slopes, cube, list("abcd"), chance())
    assert n == 12
    assert [share.total.value for share in shares] == pytest.approx(np.abs(slopes).tolist(), abs=1e-12)
    assert [share.deviation for share in shares] == pytest.approx([0, 0, 0, 0], abs=1e-9)
    assert all(share.total.low == pytest.approx(share.total.value) for share in shares)


def test_morris_is_salibs():
    cube = unit_points("morris", 16, 3, 1)
    values = ishigami(cube)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib's own
        theirs = salib_morris.analyze(problem(list("xyz")), cube, values, num_levels=4, seed=1)
    ours, _ = morris(values.reshape(16, 4), cube.reshape(16, 4, 3), list("xyz"), chance())
    assert [share.total.value for share in ours] == pytest.approx(list(theirs["mu_star"]), rel=1e-9)
    assert [share.deviation for share in ours] == pytest.approx(list(theirs["sigma"]), rel=1e-9)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.integers(2, 4))
def test_shares_of_a_sum_over_a_grid_add_up_to_one(slopes, levels):
    axes = np.meshgrid(*[np.arange(levels)] * 3, indexing="ij")
    values = np.tensordot(slopes, np.array(axes, dtype=float), axes=1)
    shares = grid(values[None], list("abc"), chance())
    if is_constant(values):
        assert shares == ()
        return
    assert sum(share.first.value for share in shares) == pytest.approx(1)
    assert [share.first.value for share in shares] == pytest.approx([share.total.value for share in shares], abs=1e-9)


def test_a_pure_interaction_is_in_no_first_order_index():
    values = np.array([[1.0, -1.0], [-1.0, 1.0]])
    for share in grid(values[None], ["a", "b"], chance()):
        assert share.first.value == pytest.approx(0)
        assert share.total.value == pytest.approx(1)


@pytest.mark.parametrize("value", [0.0, 3.7, -1e9])
def test_what_does_not_vary_has_no_indices(value):
    rows = np.full((8, 5), value)
    assert sobol(rows, list("abc"), chance())[0] == ()
    assert morris(rows[:, :4], unit_points("morris", 8, 3, 1).reshape(8, 4, 3), list("abc"), chance())[0] == ()
    assert grid(rows[None], ["a", "b"], chance()) == ()


def noise(sizes, replicates, seed, deviation=1.0):
    return np.random.default_rng(seed).normal(0, deviation, (replicates, *sizes))


def test_pure_noise_gives_shares_whose_intervals_contain_nought():
    """At least nineteen in twenty of 200 grids, and all of it is chance."""
    held = 0
    for seed in range(200):
        *shares, run = grid(noise((4, 5), 8, seed), ["a", "b"], chance())
        held += all(each.first.low <= 0 <= each.first.high for each in shares)
        assert run.factor == "chance"
        assert run.total.value == pytest.approx(1, abs=0.2)
    assert held >= 190


def test_shares_of_a_replicated_grid_are_those_of_the_model_on_average():
    """y = a + b / 2 + noise of variance 4 over four levels of a and three of b: 5/4, 1/6 and 4 of their sum."""
    a, b = np.arange(4.0)[:, None], np.arange(3.0) / 2
    found = np.mean(
        [
            [share.first.value for share in grid(a + b + noise((4, 3), 10, seed, 2), ["a", "b"], chance())]
            for seed in range(300)
        ],
        axis=0,
    )
    whole = 5 / 4 + 1 / 6 + 4
    assert found == pytest.approx([5 / 4 / whole, 1 / 6 / whole, 4 / whole], abs=0.01)


def test_chance_that_is_shared_by_all_cells_is_no_share_of_a_factor():
    """Every replicate adds one number to every cell: the factors explain the same without it."""
    a = np.arange(4.0)[:, None] + np.zeros(3)
    shift = np.random.default_rng(1).normal(0, 5, (30, 1, 1))
    first, second, run = grid(a + shift, ["a", "b"], chance())
    assert first.first.value / (1 - run.total.value) == pytest.approx(1)
    assert second.total.value == pytest.approx(0, abs=1e-12)


def test_replicates_that_agree_leave_no_chance_and_no_width():
    values = np.repeat(np.arange(12.0).reshape(1, 4, 3), 5, axis=0)
    *shares, run = grid(values, ["a", "b"], chance())
    assert run.total.value == pytest.approx(0, abs=1e-12)
    assert [share.first.value for share in shares] == pytest.approx(
        [share.first.value for share in grid(values[:1], ["a", "b"], chance())]
    )
    assert all(share.first.low == pytest.approx(share.first.high) for share in shares)


def test_a_mean_over_pairs_leaves_out_a_replicate_with_itself():
    """Replicates counted 1, 1, 1 and 2, 1, 0 times: (2 (3) + 2 (4) + 2 (5)) / 6 = 4, and 2 (2) (3) / (9 - 5) = 3."""
    products = np.array([[[70.0, 3, 4], [3, 80, 5], [4, 5, 90]]])
    assert _between(products, np.array([[1.0, 1, 1], [2, 1, 0]])).ravel() == pytest.approx([4, 3])


def test_intervals_of_indices_have_the_percentiles_of_few_draws():
    """Of four values 0, 1, 2, 3 the lowest mean is drawn once in 256 times, above the expanded tail of .00012.

    Phi(-sqrt(4 / 3) 3.182) = .00012. At the nominal .025 the ends would be .5 and 2.5: a sum of at most 1 is drawn 5
    times in 256, one of at most 2 is drawn 15 times. Without samples of one replicate alone the lowest sum is 1.
    """
    low, high = _ends(np.arange(4.0)[:, None], lambda means: means, chance())
    assert (low.tolist(), high.tolist()) == ([0], [3])
    assert _pair_ends(lambda lots: lots @ np.arange(4.0) / 4, 4, chance()) == (0.25, 2.75)
