"""The array kernel says of every game what the exact solver says."""

import time
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.equilibria.enumeration import enumerate_equilibria
from games.errors import InputError
from games.two_by_two.batch import BLOCK, CLASSES, payoff_differences, solve_many
from games.two_by_two.taxonomy import classify


def random_games(count, low, high, seed):
    return np.random.default_rng(seed).integers(low, high + 1, (count, 2, 2, 2))


def agree(games, tolerance=0.0):
    many = solve_many(games, tolerance)
    for k, payoffs in enumerate(games):
        game = Bimatrix(payoffs, tolerance=tolerance)
        found = enumerate_equilibria(*game.with_exact_ties().payoffs, time.perf_counter() + 10)
        pure = {(x.index(1), y.index(1)) for x, y in found.pairs if max(x) == max(y) == 1}
        assert set(zip(*np.nonzero(many.pure[k]), strict=True)) == pure
        assert many.tied[k] == found.degenerate
        inside = [pair for pair in found.pairs if max(pair[0]) < 1 and max(pair[1]) < 1]
        assert many.mixes[k] == (bool(inside) and not found.degenerate)
        if many.mixes[k]:
            assert many.mixed[k] == pytest.approx([float(inside[0][0][0]), float(inside[0][1][0])], abs=1e-12)
        else:
            assert many.mixed[k].tolist() == [0, 0]
        kind = classify(game)
        assert CLASSES[many.code[k]] == kind.name
        assert (None if many.player[k] < 0 else game.players[many.player[k]]) == kind.player


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 3), (1, 4), (-50, 50)])
def test_agrees_with_the_exact_solver_on_games_with_ties(low, high):
    agree(random_games(250, low, high, seed=high))


@pytest.mark.parametrize("tolerance", [0.15, 1e-6])
def test_agrees_with_the_exact_solver_under_a_tolerance(tolerance):
    agree(random_games(150, 0, 9, seed=5), tolerance)


@pytest.mark.parametrize(
    ("unit", "offset", "tolerance"),
    [(0.1, 0, 0.1), (0.1, 0, 1 / 3), (0.1, 100, 0.2), (1e-7, 0, 0.25), (1, 0, 0.1), (1, 10**15, 0.5), (1e299, 0, 0.3)],
)
def test_agrees_with_the_exact_solver_where_a_difference_is_the_threshold_itself(unit, offset, tolerance):
    # Sums of tenths are the decimals that they print, so that floats alone land on either side of the threshold.
    games = random_games(60, 0, 10, seed=11).astype(np.float64)
    agree(np.vectorize(lambda step: float(f"{offset + step * unit:.15g}"))(games), tolerance)


def test_a_difference_of_a_tenth_is_no_tie_where_a_tenth_of_the_range_counts():
    # 0.3 - 0.2 is below 0.1 in floats.
    payoffs = [[[0.3, 0], [0.2, 1]], [[1, 0], [0, 1]]]
    assert not solve_many([payoffs], tolerance=0.1).tied[0]
    assert not solve_many([payoffs], tolerance="1/10").tied[0]
    assert solve_many([payoffs], tolerance="0.1000001").tied[0]


def test_one_payoff_for_all_is_a_tie_under_every_tolerance():
    assert solve_many(np.full((3, 2, 2, 2), 0.1), tolerance=1e-6).tied.all()


@pytest.mark.parametrize("tolerance", [float("nan"), -1, -1e-9, 1, float("inf"), "a third", True])
def test_a_tolerance_is_a_share_of_the_range(tolerance):
    with pytest.raises(InputError) as refusal:
        solve_many([canon("cooperative").array()], tolerance)
    (problem,) = refusal.value.problems
    assert problem.place == "tolerance"
    assert problem.hint
    with pytest.raises(InputError):
        Bimatrix(canon("cooperative").payoffs, tolerance=tolerance)


@pytest.mark.full
@pytest.mark.parametrize("lowest", [0, 1])
def test_agrees_with_the_exact_solver_on_a_random_million(lowest):
    """Every one of the million is compared: equal games are solved exactly once, and four payoffs make 65,536 games."""
    games = random_games(1_000_000, lowest, lowest + 3, seed=lowest)
    different, which = np.unique(games.reshape(-1, 8), axis=0, return_inverse=True)
    different = different.reshape(-1, 2, 2, 2)
    agree(different)
    for of_all, of_different in zip(solve_many(games), solve_many(different), strict=True):
        assert (of_all == of_different[which]).all()


@pytest.mark.full
@pytest.mark.parametrize("unit", [1, 1e-12, 1e12])
def test_agrees_with_the_exact_solver_on_many_thousand_games_of_any_unit(unit):
    # A power of ten is no binary fraction, so equal payoffs must stay the same floats: none is computed twice.
    values = np.arange(-9, 10) * unit
    agree(values[random_games(15_000, 0, 18, seed=3)])


def test_the_printed_games_at_once():
    many = solve_many(np.stack([canon(name).array() for name in canon_names()]))
    assert [CLASSES[code] for code in many.code] == [classify(canon(name)).name for name in canon_names()]
    assert many.player.tolist() == [-1, 0] + [-1] * 8
    assert many.pure[1].tolist() == [[False, False], [False, True]]
    assert many.mixed[0].tolist() == [0.5, 0.5]


def test_blocks_do_not_show():
    games = random_games(BLOCK + 7, 0, 5, seed=9)
    whole, last = solve_many(games), solve_many(games[BLOCK - 3 :])
    for one, other in zip(whole, last, strict=True):
        assert (one[BLOCK - 3 :] == other).all()


def test_no_games_are_solved_too():
    assert [len(part) for part in solve_many(np.empty((0, 2, 2, 2)))] == [0] * 6


@pytest.mark.parametrize("payoffs", [np.zeros((2, 2, 2)), np.full((1, 2, 2, 2), np.nan), np.full((1, 2, 2, 2), 1e305)])
def test_what_are_no_games_is_refused(payoffs):
    with pytest.raises(InputError):
        solve_many(payoffs)


def test_a_difference_is_0_exactly_where_the_game_calls_it_a_tie():
    """Also where the gap is the limit to the last decimal, which floats miss on one side or the other."""
    limit = 10**-6
    found = []
    for tenths, steps in product(range(1, 10), (-2, -1, 0, 1, 2)):
        first = f"0.{tenths}"
        other = str(Decimal(first) - Decimal("1e-6") - steps * Decimal("1e-15"))
        game = Bimatrix(([[first, 0], [other, 1]], [[first, other], [0, 1]]), tolerance="1e-6")
        payoffs = game.array()
        row = payoff_differences(payoffs[0], (0, 0), (1, 0), limit)
        column = payoff_differences(payoffs[1], (0, 0), (0, 1), limit)
        gap = row.item()
        assert gap == column.item() == -payoff_differences(payoffs[0], (1, 0), (0, 0), limit).item()
        A, B = game.payoffs
        assert (gap > 0) - (gap < 0) == game.comparison(0)(A[0][0], A[1][0]) == game.comparison(1)(B[0][0], B[0][1])
        found.append((steps, gap > 0))
    assert {steps for steps, seen in found if seen} == {0, 1, 2}
    assert {steps for steps, seen in found if not seen} == {-2, -1}


def test_differences_of_many_games_are_those_of_each():
    payoffs = np.random.default_rng(2).integers(0, 3, (4, 5, 2, 2)).astype(float)
    many = payoff_differences(payoffs, (0, 0), (1, 1), 1e-6)
    assert many.shape == (4, 5)
    assert np.array_equal(many, payoffs[..., 0, 0] - payoffs[..., 1, 1])
    assert many[2, 3] == payoff_differences(payoffs[2, 3], (0, 0), (1, 1), 1e-6)
