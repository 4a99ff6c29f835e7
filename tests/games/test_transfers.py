"""Who would have to pay whom, for the printed games and by the law that defines the window."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games.bargaining.side_payments import BULLY_NOTE, ORDINAL, outside_money, side_payment, window
from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.security import security
from games.errors import InputError


def paid(game, target=(0, 0)):
    return side_payment(game, target, security(game))


def test_the_printed_bully_has_nothing_to_share():
    found = paid(canon("bully"))
    assert (found.payer, found.payee) == ("Developing", "Developed")
    assert (found.window, found.weak, found.surplus, found.outside_money) == ((1, 1), True, 0, 1)
    assert BULLY_NOTE in found.note
    assert ORDINAL in found.note
    assert "(Defect, Defect) remains: coordination is still needed" in found.note


def test_the_cooperation_game_needs_no_payment():
    found = paid(canon("cooperative"))
    assert (found.payer, found.payee) == (None, None)
    assert (found.window, found.weak, found.surplus, found.outside_money) == ((-2, 2), False, 4, 0)
    assert BULLY_NOTE not in found.note


@pytest.mark.parametrize("gain", [Fraction(1, 2), 1, 3])
def test_a_gain_of_the_migrants_widens_the_window_and_leaves_the_other_equilibrium(gain):
    A, B = canon("bully").payoffs
    game = Bimatrix((A, [[B[0][0] + gain, B[0][1]], B[1]]), *canon_names())
    found = paid(game)
    assert found.window == (1, 1 + gain)
    assert not found.weak
    assert "(Defect, Defect) remains" in found.note


def canon_names():
    return canon("bully").players, canon("bully").actions


def test_the_dilemma_has_no_transfer_that_does_it_when_both_are_tempted():
    found = paid(canon("prisoners-dilemma"))
    assert (found.window, found.weak, found.payer) == (None, None, None)
    assert found.outside_money == 2
    assert "No transfer" in found.note


def test_the_row_player_pays_where_the_column_player_is_tempted():
    found = paid(canon("bully").transpose())
    assert (found.payer, found.payee) == ("Developing", "Developed")
    assert found.window == (-1, -1)


def test_a_player_without_a_choice_sets_no_limit():
    assert window(Bimatrix([[[1, 2]], [[3, 4]]]), (0, 0)) == (None, -1)
    assert window(Bimatrix([[[1]], [[3]]]), (0, 0)) == (None, None)
    found = paid(Bimatrix([[[1, 2]], [[3, 4]]]))
    assert (found.weak, found.payer) == (False, "Row")


def test_a_target_outside_the_table_is_refused():
    with pytest.raises(InputError) as refusal:
        paid(canon("bully"), (2, 0))
    assert refusal.value.problems[0].place == "target"
    with pytest.raises(InputError):
        paid(canon("bully"), (-1, 0))


def limits(game):
    low, high = window(game, (0, 0))
    assert low is not None
    assert high is not None
    return low, high


matrices = st.tuples(*[st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2)] * 2)


@settings(max_examples=150, deadline=None)
@given(matrices, st.integers(-12, 12))
def test_the_target_holds_exactly_for_transfers_inside_the_window(payoffs, doubled):
    game, transfer = Bimatrix(payoffs), Fraction(doubled, 2)
    A, B = game.payoffs
    holds = A[0][0] + transfer >= A[1][0] and B[0][0] - transfer >= max(B[0][1:])
    low, high = limits(game)
    assert holds == (low <= transfer <= high)


def promised(payoffs, own, other, gift):
    """A player's payoffs, u[own][other], once an outsider has promised: the gift at the target, much where only the
    other strays from it."""
    return [
        [x + (gift if (i, j) == (own, other) else 100 if i == own else 0) for j, x in enumerate(line)]
        for i, line in enumerate(payoffs)
    ]


def dominates(one, other):
    return all(x >= y for x, y in zip(one, other, strict=True)) and any(x > y for x, y in zip(one, other, strict=True))


@settings(max_examples=150, deadline=None)
@given(matrices)
def test_outside_money_is_the_least_that_leaves_only_the_target_undominated(payoffs):
    """The definition of Monderer and Tennenholtz (2004), by making the promises and looking at every action."""
    game = Bimatrix(payoffs)
    A, B = game.payoffs[0], tuple(zip(*game.payoffs[1], strict=True))
    tempted = [max(line[0] for line in u) - u[0][0] for u in (A, B)]
    for u, gift in zip((A, B), tempted, strict=True):
        first, *others = promised(u, 0, 0, gift)
        assert all(dominates(first, other) for other in others)
        short, *others = promised(u, 0, 0, gift - Fraction(1, 100))
        assert gift == 0 or any(other[0] > short[0] for other in others), "less, and somebody still gains by leaving"
    assert outside_money(game, (0, 0)) == sum(tempted)


@pytest.mark.parametrize(("above", "payment"), [("0.5000009", 0), ("0.500001", Fraction(1, 10**6))])
def test_a_tie_by_the_game_s_tolerance_asks_for_no_transfer(above, payment):
    """Below a millionth of the range, which is 1, the row player does not mind; from there on it does."""
    game = Bimatrix([[["0.5", 0], [above, 1]], [[1, 0], [1, 0]]], tolerance="1e-6")
    found = paid(game)
    assert found.window is not None
    assert (found.window[0], found.outside_money, found.payer is None) == (payment, payment, not payment)


def test_the_equilibria_that_remain_are_listed_up_to_four():
    def remaining(size):
        payoffs = [[int(row == column) for column in range(size)] for row in range(size)]
        return side_payment(Bimatrix([payoffs] * 2), (0, 0), (Fraction(0), Fraction(0))).note

    assert remaining(2).endswith("(2, 2) remains: coordination is still needed.")
    assert remaining(3).endswith("(2, 2), (3, 3) remain: coordination is still needed.")
    assert remaining(7).endswith("(2, 2), (3, 3), (4, 4), (5, 5) and 2 more remain: coordination is still needed.")
