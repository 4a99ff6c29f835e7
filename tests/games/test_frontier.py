"""Efficient rows and bargaining points, against pairwise comparison."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bargaining.frontier import BargainingPoints, bargaining_points, individually_rational, pareto_efficient
from games.errors import InputError


def tables(parties):
    return st.lists(st.lists(st.integers(-4, 4), min_size=parties, max_size=parties), min_size=1, max_size=30).map(
        np.array
    )


def unbeaten(values):
    return [not any((other >= row).all() and (other > row).any() for other in values) for row in values]


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_efficient_rows_are_those_that_no_row_beats(parties):
    @settings(max_examples=150, deadline=None)
    @given(tables(parties))
    def law(values):
        assert pareto_efficient(values).tolist() == unbeaten(values)
        assert pareto_efficient(values / 7 - 1e-13, tolerance=0).tolist() == unbeaten(values)

    law()


@settings(max_examples=60, deadline=None)
@given(tables(3), st.integers(0, 2**32 - 1))
def test_noise_below_the_tolerance_changes_nothing(values, seed):
    noise = np.random.default_rng(seed).uniform(-1e-11, 1e-11, values.shape)
    assert (pareto_efficient(values + noise) == pareto_efficient(values)).all()
    assert bargaining_points(values + noise, (0, 0, 0)) == bargaining_points(values, (0, 0, 0))


def test_equal_rows_are_all_kept():
    assert pareto_efficient([[1, 2], [2, 1], [1, 2], [0, 0], [2, 0]]).tolist() == [True, True, True, False, False]


def test_nothing_has_an_empty_frontier():
    assert pareto_efficient(np.empty((0, 2))).tolist() == []
    assert bargaining_points(np.empty((0, 2)), (0, 0)) == BargainingPoints((), (), (), ())


def test_rational_rows_beat_disagreement_for_someone_and_fail_it_for_nobody():
    assert individually_rational([[0, 0], [1, 0], [1, -1], [2, 3]], (0, 0)).tolist() == [False, True, False, True]


def test_points_by_hand_with_all_ties():
    values = [[6, 0], [3, 1], [2, 1.5], [1.5, 1.5], [0, 2], [2, 1.5], [-1, 9]]
    found = bargaining_points(values, (0, 0))
    # Products 0, 3, 3, 2.25, 0, 3; ideal (6, 2), shares of row 1 (1/2, 1/2); smallest gains 0, 1, 1.5, 1.5, 0, 1.5.
    assert found == BargainingPoints((1, 2, 5), (1,), (2, 5), (0,))


def test_the_disagreement_point_decides_who_is_looked_at():
    assert bargaining_points([[6, 0], [3, 1], [0, 2]], (0, 0.5)) == BargainingPoints((1,), (1,), (1,), (1,))
    assert bargaining_points([[6, 0], [3, 1], [0, 2]], (7, 0)) == BargainingPoints((), (), (), ())


def test_where_nobody_gains_together_every_efficient_row_has_the_largest_product():
    assert bargaining_points([[3, 0], [0, 2], [1, 0]], (0, 0)).nash == (0, 1)


@settings(max_examples=150, deadline=None)
@given(tables(2), st.tuples(st.integers(-4, 4), st.integers(-4, 4)))
def test_points_are_the_best_by_their_own_measure(values, origin):
    found = bargaining_points(values, origin)
    gains = {k: values[k] - origin for k in np.flatnonzero(individually_rational(values, origin)).tolist()}
    if not gains:
        assert found == BargainingPoints((), (), (), ())
        return
    product = max(g.prod() for g in gains.values())
    if product > 0:
        assert found.nash == tuple(k for k, g in gains.items() if g.prod() == product)
    fairest = max(tuple(sorted(g)) for g in gains.values())
    assert found.egalitarian == tuple(k for k, g in gains.items() if tuple(sorted(g)) == fairest)
    total = max(g.sum() for g in gains.values())
    assert found.utilitarian == tuple(k for k, g in gains.items() if g.sum() == total)
    mask = pareto_efficient(values)
    assert all(mask[list(rows)].all() for rows in found)


@settings(max_examples=60, deadline=None)
@given(tables(2), st.sampled_from([2.0, 0.25, 1e6]))
def test_nash_and_kalai_smorodinsky_do_not_depend_on_one_partys_unit(values, unit):
    scaled = values * np.array([unit, 1.0])
    one, other = bargaining_points(values, (0, 0), 1e-12), bargaining_points(scaled, (0, 0), 1e-12)
    assert (one.nash, one.kalai_smorodinsky) == (other.nash, other.kalai_smorodinsky)


@pytest.mark.parametrize(
    ("values", "origin"),
    [([1, 2], (0, 0)), ([[1, np.nan]], (0, 0)), ([[1, 2]], (0,)), ([[1, 2]], (0, np.inf)), (np.empty((3, 0)), ())],
)
def test_what_is_no_table_of_values_is_refused(values, origin):
    with pytest.raises(InputError):
        bargaining_points(values, origin)


@pytest.mark.parametrize("tolerance", [np.nan, -1e-9, np.inf])
def test_a_tolerance_is_an_amount(tolerance):
    for ask in (lambda: bargaining_points([[1, 2]], (0, 0), tolerance), lambda: pareto_efficient([[1, 2]], tolerance)):
        with pytest.raises(InputError, match="tolerance"):
            ask()


def test_values_that_differ_by_less_than_half_a_billionth_are_equal_and_by_more_than_one_are_not():
    """The tolerance by default is 1e-9: values are rounded to its multiples, and gains up to it are none."""
    assert pareto_efficient([[0, 1], [4e-10, 1]]).tolist() == [True, True]
    assert pareto_efficient([[0, 1], [4e-9, 1]]).tolist() == [False, True]
    rows = [[9e-10, 0], [2e-9, 0], [1, -9e-10], [1, -2e-9]]
    assert individually_rational(rows, (0, 0)).tolist() == [False, True, True, False]


@pytest.mark.parametrize(("more", "rows"), [(5e-7, (0, 1)), (2e-6, (1,))])
def test_products_tie_within_a_billionth_of_the_largest(more, rows):
    """Of a thousand, 5e-7 is half a billionth and 2e-6 is two, whatever the size of the product."""
    assert bargaining_points([[1000, 1000], [1000 + more, 1000]], (0, 0)).nash == rows
