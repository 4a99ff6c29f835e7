"""A game says exactly what was meant, or says what is wrong with it."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon
from games.errors import InputError

BULLY = [[[1, 0], [2, 2]], [[3, 2], [1, 2]]]


@pytest.mark.parametrize(
    "payoffs",
    [
        BULLY,
        tuple(tuple(map(tuple, matrix)) for matrix in BULLY),
        np.array(BULLY),
        np.array(BULLY, dtype=float),
        [np.array(BULLY[0]), np.array(BULLY[1], dtype=np.int8)],
        [[[str(x) for x in row] for row in matrix] for matrix in BULLY],
        [[[Decimal(x) for x in row] for row in matrix] for matrix in BULLY],
    ],
)
def test_any_nesting_is_the_same_game(payoffs):
    assert Bimatrix(payoffs).payoffs == canon("bully").payoffs


def test_floats_tie_where_they_look_tied():
    assert (
        Bimatrix([[[0.1, "1/10"]], [[0.3, Decimal("0.3")]]]).payoffs == Bimatrix([[["0.1"] * 2], [["0.3"] * 2]]).payoffs
    )


def test_actions_without_names_are_numbered():
    game = Bimatrix([[[0] * 3] * 2] * 2)
    assert game.actions == (("1", "2"), ("1", "2", "3"))
    assert (game.shape, game.players, game.scale, game.name, game.tolerance) == (
        (2, 3),
        ("Row", "Column"),
        "cardinal",
        None,
        0,
    )


def test_equal_games_are_equal_and_can_stand_in_a_set():
    assert (
        len(
            {
                canon("bully"),
                Bimatrix(BULLY, ("Developed", "Developing"), [["Liberalize", "Defect"]] * 2, "ordinal", "bully"),
            }
        )
        == 1
    )


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"payoffs": []}, "payoffs"),
        ({"payoffs": 3}, "payoffs"),
        ({"payoffs": "12"}, "payoffs"),
        ({"payoffs": [[[1]], [[1]], [[1]]]}, "payoffs"),
        ({"payoffs": [[[1, 2]], [[1], [2]]]}, "payoffs"),
        ({"payoffs": [[[1, 2], [3]], [[1, 2], [3, 4]]]}, "payoffs[0]"),
        ({"payoffs": [[[1]], [[]]]}, "payoffs[1]"),
        ({"payoffs": [[1, 2], [3, 4]]}, "payoffs[0]"),
        ({"payoffs": [[[1, float("nan")]], [[1, 2]]]}, "payoffs[0][0][1]"),
        ({"payoffs": [[[1]], [[float("inf")]]]}, "payoffs[1][0][0]"),
        ({"payoffs": np.zeros((3, 2, 2))}, "payoffs"),
        ({"payoffs": np.zeros((2, 101, 100))}, "payoffs[0]"),
        ({"payoffs": BULLY, "players": ["A"]}, "players"),
        ({"payoffs": BULLY, "players": ["A", "A"]}, "players"),
        ({"payoffs": BULLY, "players": ["A", ""]}, "players"),
        ({"payoffs": BULLY, "players": ["A", "B\n"]}, "players"),
        ({"payoffs": BULLY, "players": ["A", 3]}, "players"),
        ({"payoffs": BULLY, "actions": ["L", "D"]}, "actions[0]"),
        ({"payoffs": BULLY, "actions": [["L", "D"]]}, "actions"),
        ({"payoffs": BULLY, "actions": [["L", "D"], ["L", "x" * 201]]}, "actions[1]"),
        ({"payoffs": BULLY, "scale": "interval"}, "scale"),
        ({"payoffs": BULLY, "name": ""}, "name"),
        ({"payoffs": BULLY, "tolerance": -1}, "tolerance"),
        ({"payoffs": BULLY, "tolerance": 1}, "tolerance"),
    ],
)
def test_what_is_no_game_is_refused_at_its_place(arguments, place):
    with pytest.raises(InputError) as refusal:
        Bimatrix(**arguments)
    (problem,) = refusal.value.problems
    assert problem.place == place
    assert problem.hint


def test_swapping_the_players_twice_is_no_change():
    game = Bimatrix([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [0, 1, 2]]], ("A", "B"), (("u", "d"), ("l", "m", "r")))
    swapped = game.transpose()
    assert (swapped.shape, swapped.players, swapped.actions) == ((3, 2), ("B", "A"), (("l", "m", "r"), ("u", "d")))
    assert all(swapped.at((j, i)) == game.at((i, j))[::-1] for i, j in game.cells())
    assert swapped.transpose() == game


def test_the_array_holds_player_row_column():
    assert canon("bully").array().tolist() == BULLY


def test_a_game_draws_itself():
    assert repr(canon("bully")).splitlines() == [
        "bully (ordinal), Developed chooses the row, Developing the column",
        "             Liberalize   Defect",
        "Liberalize   1, 3         0, 2",
        "Defect       2, 1         2, 2",
    ]
    assert repr(Bimatrix(np.zeros((2, 9, 2)))).splitlines() == [
        "game (cardinal), Row chooses the row, Column the column, 9 x 2"
    ]


# ------------------------------------------------------------------------------------------------------ tolerance


def test_a_difference_below_the_threshold_is_a_tie_and_at_it_is_none():
    compare = Bimatrix([[[0, 10]], [[0, 0]]], tolerance="0.1").comparison(0)
    assert [compare(Fraction(x), Fraction(0)) for x in ("1", "0.999", "0", "-0.999", "-1")] == [1, 0, 0, 0, -1]


def test_without_tolerance_only_equality_is_a_tie():
    compare = canon("bully").comparison(0)
    assert [compare(Fraction(x, 10**30), Fraction(0)) for x in (1, 0, -1)] == [1, 0, -1]


def test_near_ties_among_replies_take_the_higher_value():
    game = Bimatrix([[[0, 100], ["0.5", 3]], [[0, "0.5"], [7, 100]]], tolerance="0.01").with_exact_ties()
    assert game == Bimatrix([[["0.5", 100], ["0.5", 3]], [["0.5", "0.5"], [7, 100]]])


@pytest.mark.parametrize(("tolerance", "middle"), [("0.1", 9), ("0.1001", 10)])
def test_replies_that_differ_by_the_threshold_are_not_settled_to_one_value(tolerance, middle):
    """The range is 10: a difference of 1 is the threshold itself at .1, and below it at .1001."""
    settled = Bimatrix([[[10], [9], [0]], [[0], [0], [0]]], tolerance=tolerance).with_exact_ties()
    assert [row[0] for row in settled.payoffs[0]] == [10, middle, 0]


@given(
    st.lists(st.lists(st.integers(0, 200), min_size=2, max_size=2), min_size=4, max_size=4),
    st.sampled_from(["0", "0.01", "0.1"]),
)
def test_settling_moves_nothing_by_more_than_the_threshold_and_keeps_the_best(columns, tolerance):
    game = Bimatrix([columns, columns], tolerance=tolerance)
    settled = game.with_exact_ties()
    for player in (0, 1):
        moved = [
            (x, y)
            for row, other in zip(game.payoffs[player], settled.payoffs[player], strict=True)
            for x, y in zip(row, other, strict=True)
        ]
        assert all(x == y or 0 < y - x < game.threshold(player) for x, y in moved)
    assert [max(column) for column in zip(*settled.payoffs[0], strict=True)] == [
        max(column) for column in zip(*game.payoffs[0], strict=True)
    ]
