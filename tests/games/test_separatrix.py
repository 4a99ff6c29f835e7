"""Basins: textbook games, shares that integrals give, and paths followed one by one."""

from fractions import Fraction
from math import log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.equilibria.solve import profile_regret, solve
from games.errors import InputError
from games.two_by_two.basins import basins, rest_points
from games.two_by_two.dynamics import orbit, velocity

HALF = Fraction(1, 2)


def drifting(f0, f1, g0, g1):
    """The game in which action 0 earns f0, f1 over action 1 for the row player, and g0, g1 for the column player."""
    return Bimatrix([[[f0, f1], [0, 0]], [[g0, 0], [g1, 0]]])


# --- Textbook games ---


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("cooperative", {(0, 0): 0.5, (1, 1): 0.5}),
        ("stag-hunt", {(0, 0): 0.5, (1, 1): 0.5}),
        ("coordination", {(0, 0): 0.5, (1, 1): 0.5}),
        ("battle-of-the-sexes", {(0, 0): 0.5, (1, 1): 0.5}),
        ("chicken", {(1, 0): 0.5, (0, 1): 0.5}),
        ("bully", {(1, 1): 1}),
        ("prisoners-dilemma", {(1, 1): 1}),
        ("deadlock", {(1, 1): 1}),
        ("harmony", {(0, 0): 1}),
        ("matching-pennies", {}),
    ],
)
def test_where_the_printed_games_end(name, ends):
    found = basins(canon(name))
    assert dict(found.basins) == ends
    assert found.circles == (not ends)
    assert found.error == 0
    assert len(found.border) == (201 if len(ends) == 2 else 0)


def test_the_basins_of_a_stag_hunt_meet_at_the_mixed_equilibrium():
    """Hofbauer and Sigmund 1998: the border leads from corner to corner through the saddle."""
    game = drifting(3, -1, 3, -1)
    found = basins(game)
    border = found.border
    assert (np.diff(border[:, 0]) >= 0).all()
    assert (np.diff(border[:, 1]) <= 0).all()
    middle = np.interp(0.25, border[:, 0], border[:, 1])
    assert middle == pytest.approx(0.25, abs=1e-3)
    assert found.basins[0].cell == (0, 0)
    assert sum(one.share for one in found.basins) == pytest.approx(1)
    saddle = rest_points(game)[-1]
    assert (saddle.x, saddle.y, saddle.kind) == (Fraction(1, 4), Fraction(1, 4), "saddle")


def test_the_pennies_turn_around_their_centre():
    """Hofbauer and Sigmund 1998: eigenvalues on the imaginary axis, closed orbits."""
    *corners, centre = rest_points(canon("matching-pennies"))
    assert centre == (HALF, HALF, "centre", True)
    assert [(one.kind, one.equilibrium) for one in corners] == [("saddle", False)] * 4


def test_rest_points_of_the_dilemma_and_the_printed_bully():
    kinds = {(one.x, one.y): (one.kind, one.equilibrium) for one in rest_points(canon("prisoners-dilemma"))}
    assert kinds == {
        (1, 1): ("source", False),
        (1, 0): ("saddle", False),
        (0, 1): ("saddle", False),
        (0, 0): ("sink", True),
    }
    assert [one.kind for one in rest_points(Bimatrix([[[1, 1], [1, 0]], [[0, 0], [0, 0]]]))] == ["tied"] * 4


def test_a_share_by_hand():
    """F = y, G = 2x - (1 - x): where columns drift to their action 1 fast enough, rows lose their reason to move.

    The border is 1 - y = 27/4 x (1 - x)^2 for x below 1/3; under it lie 1/3 - 27/4 * 11/324 = 5/48 of the square.
    """
    found = basins(drifting(1, 0, 2, -1))
    assert dict(found.basins) == pytest.approx({(0, 0): 43 / 48, (1, 1): 5 / 48}, abs=1e-8)
    assert 0 < found.error < 1e-8
    swapped = basins(drifting(2, -1, 1, 0))
    assert dict(swapped.basins) == pytest.approx({(0, 0): 43 / 48, (1, 1): 5 / 48}, abs=1e-8)


def test_a_half_turn_of_the_square_swaps_the_basins_whatever_the_players_units():
    assert dict(basins(drifting(2, -2, 1, -1)).basins) == {(0, 0): 0.5, (1, 1): 0.5}


@pytest.mark.parametrize("ends", [(10**6, -1, 1, -1), (1, -1, 10**6, -3), ("1e300", "-1e-300", "1e-300", "-1e-300")])
def test_payoffs_of_very_unlike_size(ends):
    found = basins(drifting(*ends))
    assert found.error <= 1e-8
    assert found.basins[0].cell == (0, 0)
    assert sum(one.share for one in found.basins) == pytest.approx(1)


def test_a_coarse_tolerance_is_soon_content():
    fine, coarse = basins(drifting(1, -3, 2, -1)), basins(drifting(1, -3, 2, -1), tolerance=0.1)
    assert coarse.error <= 0.1
    assert coarse.basins[0].share == pytest.approx(fine.basins[0].share, abs=0.1)


def test_near_ties_are_ties():
    game = Bimatrix([[[1, 1], ["1.0000001", 0]], [[1, 1], [1, 1]]], tolerance="1e-6")
    assert rest_points(game)[0].kind == "tied"


@pytest.mark.parametrize("ask", [basins, rest_points])
def test_only_squares(ask):
    with pytest.raises(InputError) as refusal:
        ask(Bimatrix([[[1, 2, 3]], [[1, 2, 3]]]))
    assert refusal.value.problems[0].place == "game"


@pytest.mark.parametrize("tolerance", [0, 1, float("nan")])
def test_a_tolerance_is_a_share(tolerance):
    with pytest.raises(InputError) as refusal:
        basins(canon("stag-hunt"), tolerance)
    assert refusal.value.problems[0].place == "tolerance"


# --- Laws ---

squares = st.tuples(*[st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=2)] * 2)


def as_mixtures(rest):
    return (rest.x, 1 - rest.x), (rest.y, 1 - rest.y)


@given(squares)
def test_rest_points_rest_and_are_equilibria_or_corners(payoffs):
    game = Bimatrix(payoffs)
    for rest in rest_points(game):
        row, column = as_mixtures(rest)
        for speeds in velocity(game, [float(p) for p in row], [float(q) for q in column]):
            assert np.abs(speeds).max() < 1e-12
        assert rest.equilibrium == (not any(profile_regret(game, (row, column))))
        assert rest.equilibrium or {rest.x, rest.y} <= {0, 1}


@given(squares)
def test_every_sink_is_a_strict_equilibrium_and_every_strict_equilibrium_a_sink(payoffs):
    game = Bimatrix(payoffs)
    strict = {(one.row, one.column) for one in solve(game, opinion=False).equilibria if one.strict}
    assert strict == {as_mixtures(rest) for rest in rest_points(game) if rest.kind == "sink"}


@given(squares)
def test_ends_are_pure_equilibria_and_share_the_square(payoffs):
    game = Bimatrix(payoffs)
    found = basins(game, tolerance=1e-4)
    assert found.circles == (not found.basins)
    if found.basins:
        assert sum(one.share for one in found.basins) == pytest.approx(1)
    for end in found.basins:
        corner = [rest for rest in rest_points(game) if (rest.x, rest.y) == (1 - end.cell[0], 1 - end.cell[1])]
        assert corner[0].equilibrium


@given(squares)
def test_swapping_the_players_mirrors_the_square(payoffs):
    game = Bimatrix(payoffs)
    mirrored = {cell[::-1]: share for cell, share in basins(game.transpose(), tolerance=1e-6).basins}
    found = dict(basins(game, tolerance=1e-6).basins)
    if len(found) == 2:
        assert mirrored == pytest.approx(found, abs=1e-5)
    else:
        assert len(mirrored) == len(found)


def below(border, x, y):
    return y < np.interp(x, border[:, 0], border[:, 1])


@settings(max_examples=50)
@given(squares, st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_paths_end_where_they_are_said_to(payoffs, x, y):
    """A path that has come to rest lies by the component of the equilibrium that its basin names."""
    game = Bimatrix(payoffs)
    found = basins(game, tolerance=1e-6)
    assume(found.basins)
    border = found.border
    if len(border):
        height = np.interp(x, border[:, 0], border[:, 1])
        assume(abs(y - height) > 0.05)
        low = (1, 1) if (1, 1) in dict(found.basins) else (1, 0)
        rising = low == (1, 0)
        side_of_low = y > height if rising else y < height
        cell = low if side_of_low else (1 - low[0], 1 - low[1])
    else:
        cell = found.basins[0].cell
    course = orbit(game, (x, 1 - x), (y, 1 - y), duration=300, steps=600)
    row, column = course.row[-1], course.column[-1]
    assume(max(np.abs(speeds).max() for speeds in velocity(game, row, column)) < 1e-3)
    solved = solve(game, opinion=False)
    at_end = next(
        k
        for k, one in enumerate(solved.equilibria)
        if one.kind == "pure" and (one.row[1 - cell[0]], one.column[1 - cell[1]]) == (0, 0)
    )
    component = next(
        parts for parts in solved.components if any(at_end in solved.subsets[part].vertices for part in parts)
    )
    hulls = [[solved.equilibria[k] for k in solved.subsets[part].vertices] for part in component]
    assert min(distance(hull, row[0], column[0]) for hull in hulls) < 0.02


def distance(hull, x, y):
    """How far the point lies from the rectangle that a maximal Nash subset of a 2x2 game is."""
    xs, ys = [float(one.row[0]) for one in hull], [float(one.column[0]) for one in hull]
    return max(min(xs) - x, x - max(xs), min(ys) - y, y - max(ys), 0)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=4, max_size=4))
def test_the_border_is_a_level_line(sizes):
    f0, f1, g0, g1 = sizes
    border = basins(drifting(f0, -f1, g0, -g1), tolerance=1e-3).border
    inside = border[((border > 1e-4) & (border < 1 - 1e-4)).all(axis=1)]
    x, y = inside[:, 0], inside[:, 1]
    level = -g0 * np.log(1 - x) - g1 * np.log(x) + f0 * np.log(1 - y) + f1 * np.log(y)
    p, q = g1 / (g0 + g1), f1 / (f0 + f1)
    saddle = -g0 * log(1 - p) - g1 * log(p) + f0 * log(1 - q) + f1 * log(q)
    assert np.abs(level - saddle).max() < 1e-6


@settings(max_examples=25)
@given(st.lists(st.integers(1, 4), min_size=4, max_size=4), st.booleans())
def test_shares_are_what_a_fine_grid_counts(sizes, differ):
    """H separates the square into four parts at the saddle; counting cells of a grid finds the two basins."""
    f0, f1, g0, g1 = sizes
    game = drifting(f0, -f1, g0, -g1) if not differ else drifting(-f1, f0, -g0, g1)
    share = dict(basins(game).basins)[(1, 0) if differ else (1, 1)]
    middles = (np.arange(400) + 0.5) / 400
    x, y = np.meshgrid(middles, middles, indexing="ij")
    P = -g0 * np.log(1 - x) - g1 * np.log(x)
    Q = -f0 * np.log(1 - y) - f1 * np.log(y)
    p, q = g1 / (g0 + g1), f1 / (f0 + f1)
    deep_x = P + g0 * log(1 - p) + g1 * log(p)
    deep_y = Q + f0 * log(1 - q) + f1 * log(q)
    low = np.where((x < p) & (y < q), True, np.where(x < p, deep_x > deep_y, (y < q) & (deep_y > deep_x)))
    assert low.mean() == pytest.approx(share, abs=2e-3)


@pytest.mark.parametrize("name", canon_names())
def test_a_border_lies_in_the_square(name):
    border = basins(canon(name)).border
    assert ((border >= 0) & (border <= 1)).all()
