"""Old stories are recognised, whichever way a table lists them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.equilibria.solve import solve
from games.two_by_two.taxonomy import CLASSES, GameClass, classify

STORIES = {"stag-hunt", "prisoners-dilemma", "chicken", "battle-of-the-sexes", "coordination", "matching-pennies"}
"""Classes that are a matter of payoffs alone."""

games = st.tuples(*[st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2)] * 2)


def test_the_names_of_the_contract_in_its_order():
    assert CLASSES == (
        "stag-hunt",
        "bully",
        "prisoners-dilemma",
        "chicken",
        "harmony",
        "deadlock",
        "battle-of-the-sexes",
        "coordination",
        "matching-pennies",
        "unnamed",
    )


@pytest.mark.parametrize("name", canon_names())
def test_every_printed_game_has_its_own_name(name):
    expected = {"cooperative": GameClass("stag-hunt"), "bully": GameClass("bully", "Developed")}
    assert classify(canon(name)) == expected.get(name, GameClass(name))


def test_the_dominant_side_of_a_bully_is_named_whichever_side_it_is():
    assert classify(canon("bully").transpose()) == GameClass("bully", "Developed")


@pytest.mark.parametrize(
    ("A", "B", "name"),
    [
        # Snyder and Diesing's bully: the weaker side has the preferences of chicken. It is not Table 6.A4's.
        ([[2, 1], [4, 3]], [[3, 4], [2, 1]], "unnamed"),
        # Called hero and leader (Rapoport 1967): battles of the sexes listed crosswise.
        ([[2, 4], [3, 1]], [[2, 3], [4, 1]], "battle-of-the-sexes"),
        ([[2, 3], [4, 1]], [[2, 4], [3, 1]], "battle-of-the-sexes"),
        # A dilemma whose temptation is to open, and one whose players list their actions differently.
        ([[2, 4], [1, 3]], [[2, 1], [4, 3]], "prisoners-dilemma"),
        ([[1, 3], [2, 4]], [[4, 3], [2, 1]], "prisoners-dilemma"),
        # A stag hunt that lists hares first.
        ([[2, 3], [1, 4]], [[2, 1], [3, 4]], "stag-hunt"),
        # Harmony with one dominant side only, and with a tie.
        ([[4, 3], [2, 1]], [[4, 2], [1, 3]], "harmony"),
        ([[4, 3], [2, 1]], [[4, 4], [3, 1]], "harmony"),
        # Deadlock with mutual defection best for all.
        ([[2, 1], [3, 4]], [[2, 3], [1, 4]], "deadlock"),
        ([[0, 0], [0, 0]], [[0, 0], [0, 0]], "unnamed"),
    ],
)
def test_less_usual_listings(A, B, name):
    assert classify(Bimatrix((A, B))).name == name


def test_only_2_by_2_games_are_named():
    assert classify(Bimatrix(np.zeros((2, 2, 3)))) == GameClass("unnamed")


def flipped(game, rows, columns):
    return Bimatrix([[row[:: -1 if columns else 1] for row in matrix[:: -1 if rows else 1]] for matrix in game.payoffs])


@settings(max_examples=300, deadline=None)
@given(games)
def test_stories_do_not_depend_on_the_order_of_actions(payoffs):
    game = Bimatrix(payoffs)
    name = classify(game).name
    others = {classify(flipped(game, rows, columns)).name for rows, columns in product((False, True), repeat=2)}
    assert others == {name} if name in STORIES else not others & STORIES


@settings(max_examples=300, deadline=None)
@given(games, st.integers(1, 5), st.integers(-9, 9))
def test_no_class_depends_on_units_or_on_who_is_listed_first(payoffs, scale, shift):
    game = Bimatrix(payoffs)
    A, B = game.payoffs
    moved = Bimatrix([[[x * scale + shift for x in row] for row in A], B])
    assert classify(game.transpose()) == classify(game) == classify(moved)


def better_for_both(game, one, other):
    return all(x > y for x, y in zip(game.at(one), game.at(other), strict=True))


@settings(max_examples=500, deadline=None)
@given(games)
def test_each_story_has_the_equilibria_that_it_is_told_for(payoffs):
    """What the literature says of each class, asked of the exact solver."""
    game = Bimatrix(payoffs)
    found = solve(game, opinion=False).equilibria
    cells = [(one.row.index(1), one.column.index(1)) for one in found if one.kind == "pure"]
    strict = [cell for cell, one in zip(cells, found, strict=False) if one.strict]
    favourites = [max(cells, key=lambda cell: game.at(cell)[player]) for player in (0, 1)] if cells else []
    match classify(game).name:
        case "stag-hunt":
            assert len(strict) == 2
            assert better_for_both(game, *strict) or better_for_both(game, *reversed(strict))
        case "chicken" | "battle-of-the-sexes":
            assert len(strict) == 2
            assert favourites[0] != favourites[1]
        case "coordination":
            assert len(strict) == 2
            assert not better_for_both(game, *strict)
            assert not better_for_both(game, *reversed(strict))
        case "prisoners-dilemma":
            ((i, j),) = strict
            assert len(found) == 1
            assert better_for_both(game, (1 - i, 1 - j), (i, j))
        case "bully" | "deadlock":
            assert [cells, strict, len(found)] == [[(1, 1)], [(1, 1)], 1]
            assert not better_for_both(game, (0, 0), (1, 1)) or classify(game).name == "bully"
        case "harmony":
            assert (0, 0) in cells
            assert (1, 1) not in cells
        case "matching-pennies":
            assert [one.kind for one in found] == ["mixed"]
        case _:
            assert len(strict) < 2


def test_a_difference_below_the_tolerance_names_no_class():
    A, B = [[1, 0], ["1.0000001", 2]], [[3, 2], [1, 2]]
    assert classify(Bimatrix((A, B))).name == "bully"
    assert classify(Bimatrix((A, B), tolerance=1e-6)).name == "unnamed"
