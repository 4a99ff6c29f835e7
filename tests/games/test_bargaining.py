"""The table of spec and paper for the printed games, hand-checked points, and the axioms that define each solution."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bargaining.solutions import coco, efficient_cells, equal_split, solutions, surplus
from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.security import security

games = st.tuples(*[st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2)] * 2)
"""Payoffs of 2 x 3 games."""


@pytest.mark.parametrize(
    ("name", "levels", "agreed", "total", "shared"),
    [("cooperative", (3, 3), (5, 5), 10, 4), ("bully", (2, 2), (2, 2), 4, 0)],
)
def test_the_printed_games(name, levels, agreed, total, shared):
    game = canon(name)
    assert security(game) == levels
    found = solutions(game, security(game))
    assert found.nash == found.kalai_smorodinsky == found.egalitarian == found.utilitarian == agreed
    assert found.coco == equal_split(game, levels) == agreed
    assert surplus(game, levels) == shared
    assert surplus(game, (Fraction(0), Fraction(0))) == total


def test_efficient_cells_of_the_printed_games():
    assert efficient_cells(canon("bully")) == ((0, 0), (1, 1))
    assert efficient_cells(canon("cooperative")) == ((0, 0),)
    assert efficient_cells(canon("prisoners-dilemma")) == ((0, 0), (0, 1), (1, 0))


def points(*cells, disagreement=(0, 0)):
    """A game of one row whose cells are these payoffs, bargained over from the disagreement point."""
    game = Bimatrix([[[x for x, _ in cells]], [[y for _, y in cells]]])
    return solutions(game, (Fraction(disagreement[0]), Fraction(disagreement[1])))


def test_a_triangle_by_hand():
    # The edge from (0, 2) to (6, 0): y = 2 - x / 3.
    found = points((0, 0), (6, 0), (0, 2))
    assert found.nash == (3, 1)
    assert found.kalai_smorodinsky == (3, 1)
    assert found.egalitarian == (Fraction(3, 2), Fraction(3, 2))
    assert found.utilitarian == (6, 0)


def test_a_kinked_edge_tells_kalai_and_smorodinsky_from_nash():
    # (0, 10) - (7, 7) - (10, 0): Nash stays at the kink; with the kink cut to the left they part.
    found = points((0, 0), (0, 10), (4, 10), (10, 0))
    assert found.nash == (5, Fraction(25, 3))
    assert found.kalai_smorodinsky == (Fraction(25, 4), Fraction(25, 4))


def test_the_disagreement_point_moves_the_agreement():
    assert points((0, 0), (6, 0), (0, 2), disagreement=(3, 0)).nash == (Fraction(9, 2), Fraction(1, 2))


def test_nobody_agrees_to_less_than_disagreement():
    found = points((0, 0), (6, 0), (0, 2), disagreement=(4, 1))
    assert (found.nash, found.kalai_smorodinsky, found.egalitarian, found.utilitarian) == (None,) * 4


def test_where_only_one_can_gain_the_other_keeps_its_level():
    found = points((0, 1), (5, 1), disagreement=(0, 1))
    assert found.nash == found.kalai_smorodinsky == found.egalitarian == found.utilitarian == (5, 1)


def test_a_tied_edge_is_told_and_its_fairest_point_shown():
    found = points((0, 4), (4, 0), disagreement=(1, 0))
    assert found.utilitarian_tie == ((1, 3), (4, 0))
    assert found.utilitarian == (Fraction(5, 2), Fraction(3, 2))


def test_the_edge_may_end_before_gains_are_equal():
    assert points((0, 3), (1, 2), disagreement=(0, 0)).egalitarian == (1, 2)
    assert points((3, 0), (2, 1), disagreement=(0, 0)).egalitarian == (2, 1)


def gains(point, origin):
    return point[0] - origin[0], point[1] - origin[1]


@settings(max_examples=150, deadline=None)
@given(games)
def test_each_solution_is_best_by_its_own_measure_among_cells_and_lotteries(payoffs):
    game = Bimatrix(payoffs)
    origin = security(game)
    found = solutions(game, origin)
    if found.nash is None:
        return
    cells = [game.at(cell) for cell in game.cells()]
    mixes = [
        ((a[0] * k + b[0] * (6 - k)) / 6, (a[1] * k + b[1] * (6 - k)) / 6)
        for a in cells
        for b in cells
        for k in range(7)
    ]
    good = [gains(mix, origin) for mix in mixes if mix[0] >= origin[0] and mix[1] >= origin[1]]
    nash, fair, total = (gains(point, origin) for point in (found.nash, found.egalitarian, found.utilitarian))
    for x, y in good:
        assert x * y <= nash[0] * nash[1]
        assert min(x, y) <= min(fair)
        assert x + y <= sum(total)


@settings(max_examples=100, deadline=None)
@given(games, st.integers(1, 5), st.integers(-9, 9))
def test_nash_and_kalai_smorodinsky_do_not_depend_on_units(payoffs, scale, shift):
    game = Bimatrix(payoffs)
    A, B = game.payoffs
    moved = Bimatrix([[[x * scale + shift for x in row] for row in A], B])
    before, after = solutions(game, security(game)), solutions(moved, security(moved))
    for name in ("nash", "kalai_smorodinsky"):
        one, other = getattr(before, name), getattr(after, name)
        assert (one is None) == (other is None)
        assert one is None or other == (one[0] * scale + shift, one[1])


POINTS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian", "coco")


@settings(max_examples=100, deadline=None)
@given(games, st.fractions(Fraction(1, 9), 9, max_denominator=9), st.tuples(*[st.integers(-9, 9)] * 2))
def test_in_a_unit_that_both_share_every_point_moves_with_the_payoffs(payoffs, scale, shifts):
    game = Bimatrix(payoffs)
    moved = Bimatrix(
        [[[x * scale + shift for x in row] for row in M] for M, shift in zip(game.payoffs, shifts, strict=True)]
    )
    before, after = solutions(game, security(game)), solutions(moved, security(moved))
    for name in POINTS:
        point = getattr(before, name)
        moves = point and tuple(x * scale + shift for x, shift in zip(point, shifts, strict=True))
        assert getattr(after, name) == moves
    assert efficient_cells(moved) == efficient_cells(game)


@settings(max_examples=100, deadline=None)
@given(games, st.permutations(range(2)), st.permutations(range(3)))
def test_what_actions_are_called_does_not_matter(payoffs, rows, columns):
    game = Bimatrix(payoffs)
    named = Bimatrix([[[M[i][j] for j in columns] for i in rows] for M in game.payoffs])
    assert solutions(named, security(named)) == solutions(game, security(game))
    assert {(rows[i], columns[j]) for i, j in efficient_cells(named)} == set(efficient_cells(game))


@settings(max_examples=100, deadline=None)
@given(games)
def test_swapping_the_players_swaps_every_point(payoffs):
    game = Bimatrix(payoffs)
    swapped = game.transpose()
    one, other = solutions(game, security(game)), solutions(swapped, security(swapped))
    for name in POINTS:
        point = getattr(one, name)
        assert getattr(other, name) == (point and point[::-1])
    assert set(efficient_cells(swapped)) == {(j, i) for i, j in efficient_cells(game)}


@settings(max_examples=100, deadline=None)
@given(games, st.sampled_from([0, "0.1", "0.4"]))
def test_efficient_cells_are_those_that_no_cell_beats(payoffs, tolerance):
    game = Bimatrix(payoffs, tolerance=tolerance)
    row, column = game.comparison(0), game.comparison(1)

    def beats(one, other):
        signs = row(game.at(one)[0], game.at(other)[0]), column(game.at(one)[1], game.at(other)[1])
        return min(signs) >= 0 and max(signs) > 0

    unbeaten = {cell for cell in game.cells() if not any(beats(other, cell) for other in game.cells())}
    assert set(efficient_cells(game)) == unbeaten


def test_coco_of_a_zero_sum_game_is_its_value_and_of_a_team_game_half_of_the_best():
    # Kalai and Kalai 2013, Quarterly Journal of Economics 128: the two cases that the value joins.
    assert coco(Bimatrix([[[-2, 3], [3, -4]], [[2, -3], [-3, 4]]])) == (Fraction(1, 12), Fraction(-1, 12))
    assert coco(Bimatrix([[[1, 2], [3, 8]]] * 2)) == (8, 8)
