"""What a 2x2 table says of its players, counted out on the payoffs of all 576 strict tables and 6,561 tied ones."""

from functools import cache
from itertools import permutations, product

import pytest

from games.bimatrix import Bimatrix
from games.canon import canon
from games.errors import InputError
from games.two_by_two.explanation import CLOSED, OPEN, Dominant, explain

STRICT = list(permutations((1, 2, 3, 4)))
TIED = list(product((0, 1, 2), repeat=4))
ACTIONS, PLAYERS = (0, 1), (0, 1)
CELLS = [(0, 0), (0, 1), (1, 0), (1, 1)]


class Table:
    """The payoffs of two players in the four cells, row by row, and what is said of them."""

    def __init__(self, row, column):
        self.pays = dict(zip(CELLS, row, strict=True)), dict(zip(CELLS, column, strict=True))
        self.said = explain(Bimatrix([[row[:2], row[2:]], [column[:2], column[2:]]]))

    def pay(self, player, own, other):
        return self.pays[player][(own, other) if player == 0 else (other, own)]

    def sign(self, player, first, second):
        gap = self.pays[player][first] - self.pays[player][second]
        return (gap > 0) - (gap < 0)


@cache
def tables():
    return [Table(row, column) for orders in (STRICT, TIED) for row, column in product(orders, repeat=2)]


def test_a_best_reply_pays_no_less_than_the_other_action():
    assert len(tables()) == 576 + 6561
    for table in tables():
        for player, other in product(PLAYERS, ACTIONS):
            best = {own for own in ACTIONS if table.pay(player, own, other) >= table.pay(player, 1 - own, other)}
            assert table.said.best_replies[player][other] == best


def test_a_dominant_action_is_never_worse_and_better_at_least_once():
    for table in tables():
        for player in PLAYERS:
            found = []
            for own in ACTIONS:
                gaps = [table.pay(player, own, other) - table.pay(player, 1 - own, other) for other in ACTIONS]
                if min(gaps) >= 0 < max(gaps):
                    found.append(Dominant(own, strict=min(gaps) > 0))
            assert [table.said.dominant[player]] == (found or [None])


def test_at_an_equilibrium_neither_gains_by_changing_alone():
    for table in tables():
        stable = [
            (i, j)
            for i, j in CELLS
            if table.pay(0, i, j) >= table.pay(0, 1 - i, j) and table.pay(1, j, i) >= table.pay(1, 1 - j, i)
        ]
        assert table.said.equilibria == tuple(stable)


def test_what_both_prefer_is_better_for_each_of_them():
    for table in tables():
        better = {
            (first, second)
            for first, second in product(CELLS, repeat=2)
            if all(pays[first] > pays[second] for pays in table.pays)
        }
        assert len(table.said.both_prefer) == len(better)
        assert set(table.said.both_prefer) == better
        for cell in CELLS:
            assert set(table.said.better_for_both(cell)) == {first for first, second in better if second == cell}


def test_two_equilibria_are_compared_and_no_other_number_of_them():
    for table in tables():
        if len(table.said.equilibria) == 2:
            assert table.said.choice == tuple(table.sign(player, *table.said.equilibria) for player in PLAYERS)
        else:
            assert table.said.choice is None


def test_the_change_of_both_to_their_first_action_is_compared():
    for table in tables():
        assert table.said.opening == tuple(table.sign(player, (0, 0), (1, 1)) for player in PLAYERS)


# ---------------------------------------------------------------------------------------------------- printed games


def test_the_bully_of_table_6_a4_defects_whatever_the_other_does():
    said = explain(canon("bully"))
    assert said.best_replies == ((frozenset({1}), frozenset({1})), (frozenset({0}), frozenset({1})))
    assert said.dominant == (Dominant(1, strict=True), None)
    assert said.equilibria == (CLOSED,)
    assert said.better_for_both(CLOSED) == ()
    assert (said.choice, said.opening) == (None, (-1, 1))


def test_both_prefer_one_equilibrium_of_the_cooperation_game_of_table_6_a2():
    said = explain(canon("cooperative"))
    assert said.dominant == (None, None)
    assert said.equilibria == (OPEN, CLOSED)
    assert said.better_for_both(CLOSED) == (OPEN,)
    assert said.better_for_both(OPEN) == ()
    assert said.choice == said.opening == (1, 1)


def test_the_equilibrium_of_the_prisoners_dilemma_is_worse_for_both():
    said = explain(canon("prisoners-dilemma"))
    assert said.dominant == (Dominant(1, strict=True), Dominant(1, strict=True))
    assert said.equilibria == (CLOSED,)
    assert said.both_prefer == ((OPEN, CLOSED),)


def test_each_equilibrium_of_the_battle_of_the_sexes_is_better_for_one_of_the_two():
    assert explain(canon("battle-of-the-sexes")).choice == (1, -1)


def test_matching_pennies_has_no_equilibrium_in_pure_actions():
    said = explain(canon("matching-pennies"))
    assert (said.equilibria, said.both_prefer, said.choice, said.opening) == ((), (), None, (0, 0))


# ------------------------------------------------------------------------------------------------- ties and refusals


def test_differences_below_the_tolerance_of_the_game_are_ties():
    payoffs = [[["1.0000001", 1], [1, 0]], [[3, 0], [1, 2]]]
    exact, near = explain(Bimatrix(payoffs)), explain(Bimatrix(payoffs, tolerance="1e-6"))
    assert exact.best_replies[0] == (frozenset({0}), frozenset({0}))
    assert near.best_replies[0] == (frozenset({0, 1}), frozenset({0}))
    assert exact.dominant == (Dominant(0, strict=True), None)
    assert near.dominant == (Dominant(0, strict=False), None)
    assert (OPEN, (1, 0)) in exact.both_prefer
    assert (OPEN, (1, 0)) not in near.both_prefer


@pytest.mark.parametrize(("payoffs", "size"), [([[[1, 2]], [[3, 4]]], "1 x 2"), ([[[1, 2]] * 3] * 2, "3 x 2")])
def test_a_game_of_another_size_is_refused(payoffs, size):
    with pytest.raises(InputError) as refusal:
        explain(Bimatrix(payoffs))
    assert str(refusal.value) == f"game: is {size} (hint: give a game of two actions a player)"
