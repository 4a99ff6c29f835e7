"""Promises before play: the dilemma that money cannot end, prices worked out by hand, and the two stages in full.

The model is that of Jackson and Wilkie (2005), Review of Economic Studies 72; the answers are worked out by hand. In
the dilemma 2,2 / -1,4 / 4,-1 / 0,0 each could alone buy the other's cooperation while it defects itself: the other then
gains 0 - (-1) = 1 by leaving, so 4 - 1 = 3 is left. Two times 3 is more than any cell has.
"""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.solve import solve
from games.errors import InputError
from games.two_by_two.promises import promises

CELLS = list(product((0, 1), (0, 1)))
DILEMMA = Bimatrix([[[2, -1], [4, 0]], [[2, 4], [-1, 0]]])


def held(game):
    found = promises(game).cells
    assert all(one.holds == (one.window is not None) for one in found)
    return {one.cell: one.window for one in found if one.window}


def test_in_the_dilemma_neither_cooperation_nor_anything_else_can_be_supported():
    found = promises(DILEMMA)
    assert found.solo == (3, 3)
    assert held(DILEMMA) == {}
    assert "No cell can be supported" in found.note
    assert "not have enough" in found.cells[0].note
    assert all("other would pay" in one.note for one in found.cells[1:])


def test_in_a_milder_dilemma_cooperation_can_be_supported():
    """Ranks read as payoffs: 4 - (2 - 1) = 3 alone, and 3 + 3 is just what mutual cooperation has."""
    found = promises(canon("prisoners-dilemma"))
    assert found.solo == (3, 3)
    assert held(canon("prisoners-dilemma")) == {(0, 0): (0, 0)}
    assert "without payment" in found.cells[0].note


def test_a_hold_up_is_paid_for():
    """A hold-up of our own: building leaves the investor 2 short and is worth 3 to the partner.

    The partner alone can pay the 2 and keep 1; the investor alone has its 0 from staying away.
    """
    game = Bimatrix([[[-2, -2], [0, 0]], [[3, 3], [0, 0]]], ("Investor", "Partner"), (("build", "stay"), ("a", "b")))
    found = promises(game)
    assert found.solo == (0, 1)
    assert held(game) == {(0, 0): (2, 2), (0, 1): (2, 2)}
    assert "only with a payment" in found.cells[0].note


def test_the_printed_bully_needs_exactly_one_unit_as_its_side_payment_does():
    found = promises(canon("bully"))
    assert found.solo == (2, 2)
    assert held(canon("bully")) == {(0, 0): (1, 1), (1, 1): (0, 0)}
    assert "ordinal" in found.note
    assert "do not exclude" in found.note


def test_in_battle_of_the_sexes_each_can_make_sure_of_its_own_favourite():
    assert promises(canon("battle-of-the-sexes")).solo == (2, 2)
    assert held(canon("battle-of-the-sexes")) == {}


def test_where_pennies_match_promises_change_nothing_and_support_nothing_pure():
    assert promises(canon("matching-pennies")).solo == (0, 0)
    assert held(canon("matching-pennies")) == {}


def test_the_better_stag_hunt_is_all_that_is_left():
    assert held(canon("stag-hunt")) == {(0, 0): (0, 0)}


def test_a_bound_that_is_no_fraction_is_rounded_inwards():
    """The row's least payoff is the smaller root of (9 - u)(7 - u) = 3 (u - 0): (19 - sqrt(109)) / 2."""
    game = Bimatrix([[[9, 0], [0, 7]], [[0, 6], [3, 0]]])
    low = held(game)[0, 0][0]
    assert low + 9 == pytest.approx((19 - 109**0.5) / 2, abs=1e-12)
    assert (9 - (low + 9)) * (7 - (low + 9)) <= 3 * (low + 9)


def test_only_2_by_2_games_are_answered():
    with pytest.raises(InputError) as refusal:
        promises(Bimatrix([[[1, 2, 3]], [[1, 2, 3]]]))
    assert refusal.value.problems[0].place == "game"


def test_the_answer_is_plain_json():
    told = promises(canon("bully")).to_dict()
    assert list(told) == ["solo", "cells", "note"]
    assert told["solo"] == [2, 2]
    assert told["cells"][0] == {
        "cell": [0, 0],
        "holds": True,
        "window": [1, 1],
        "note": "Holds only with a payment on path.",
    }
    assert told["cells"][1]["window"] is None


# ------------------------------------------------------------------------------------- the two stages, played in full

PAYOFFS = st.lists(
    st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2), min_size=2, max_size=2
)


def paid(game, row, column):
    """The game after both have promised: row[i][j] from the row player, column[i][j] from the column player."""
    A, B = game.payoffs
    net = [[Fraction(row[i][j]) - Fraction(column[i][j]) for j in (0, 1)] for i in (0, 1)]
    return Bimatrix(
        (
            [[A[i][j] - net[i][j] for j in (0, 1)] for i in (0, 1)],
            [[B[i][j] + net[i][j] for j in (0, 1)] for i in (0, 1)],
        )
    )


def worst(game, player):
    """The least that the player gets in any equilibrium."""
    return min(one.payoffs[player] for one in solve(game, opinion=False).equilibria)


NOTHING = ((0, 0), (0, 0))
MUCH, LITTLE = 1000, Fraction(1, 1000)


def tries(game, generator, count):
    """Promises of the row player: each cell bought for a hair more than it costs, each cycle, and some at random."""
    B = game.payoffs[1]
    price = {(i, j): max(0, B[i][1 - j] - B[i][j]) + LITTLE for i, j in CELLS}
    for i, j in CELLS:
        bought = {(i, j): price[i, j], (1 - i, j): MUCH}
        yield [[bought.get((k, m), 0) for m in (0, 1)] for k in (0, 1)]
    yield [[0, price[0, 1]], [price[1, 0], 0]]
    yield [[price[0, 0], 0], [0, price[1, 1]]]
    for _ in range(count):
        yield [
            [Fraction(int(x), 4) for x in row] for row in generator.choice([0, 0, 1, 4, 5, 8, 9, 12, 16, 80], (2, 2))
        ]


@settings(max_examples=30, deadline=None)
@given(PAYOFFS, st.integers(0, 2**32 - 1))
def test_no_promise_of_one_side_beats_the_solo_payoff_and_some_come_near(payoffs, seed):
    game = Bimatrix(payoffs)
    generator = np.random.default_rng(seed)
    for player, seen in ((0, game), (1, game.transpose())):
        solo = promises(game).solo[player]
        best = max(worst(paid(seen, promise, NOTHING), 0) for promise in tries(seen, generator, 20))
        assert solo - Fraction(1, 100) <= best <= solo


def on_path(game, cell, payment):
    """The promises that hold the cell with this payment to the row player: the payment, and what leaving would gain."""
    (i, j), (A, B) = cell, game.payoffs
    row, column = ([[Fraction(0)] * 2 for _ in (0, 1)] for _ in (0, 1))
    row[i][j], column[i][j] = max(-payment, Fraction(0)), max(payment, Fraction(0))
    row[1 - i][j] = max(Fraction(0), A[1 - i][j] - A[i][j] - payment)
    column[i][1 - j] = max(Fraction(0), B[i][1 - j] - B[i][j] + payment)
    return row, column


@settings(max_examples=30, deadline=None)
@given(PAYOFFS, st.integers(0, 2**32 - 1), st.integers(0, 4))
def test_what_is_supported_survives_every_promise_tried_and_what_is_not_falls_to_one(payoffs, seed, fifth):
    """At each end of the window and within; a quarter beyond, and in cells that do not hold, someone does better."""
    game = Bimatrix(payoffs)
    generator = np.random.default_rng(seed)
    for one in promises(game).cells:
        low, high = one.window or (Fraction(fifth) - 2,) * 2
        inside = [low, high, low + (high - low) * Fraction(fifth, 4)] if one.holds else []
        beyond = [low - Fraction(1, 4), high + Fraction(1, 4)] if one.holds else [low]
        assert all(gain(game, one.cell, payment, generator) <= 0 for payment in inside)
        assert all(gain(game, one.cell, payment, generator) > 0 for payment in beyond)


def gain(game, cell, payment, generator):
    """The most that either player gains by another announcement, when the worst equilibrium follows."""
    row, column = on_path(game, cell, payment)
    a, b = game.at(cell)
    assert cell in [
        (one.row.index(1), one.column.index(1))
        for one in solve(paid(game, row, column), opinion=False).equilibria
        if one.kind == "pure"
    ]
    gains = []
    sides = ((game, column, a + payment), (game.transpose(), tuple(zip(*row, strict=True)), b - payment))
    for seen, promised, payoff in sides:
        base = paid(seen, NOTHING, promised)
        # Whatever the other has promised can be handed back cell by cell, so its absence is among the replies.
        returned = [
            paid(
                base,
                [[p + q for p, q in zip(*rows, strict=True)] for rows in zip(promise, promised, strict=True)],
                NOTHING,
            )
            for promise in tries(seen, generator, 0)
        ]
        replies = [paid(base, promise, NOTHING) for promise in tries(base, generator, 10)]
        gains.append(max(worst(reply, 0) for reply in [*replies, *returned]) - payoff)
    return max(gains)
