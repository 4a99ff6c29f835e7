"""Harsanyi and Selten's two answers, and silence on a tie."""

import numpy as np
import pytest

from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.selection import payoff_dominant, risk_dominant
from games.equilibria.solve import solve


def chosen(game):
    found = solve(game, opinion=False)
    return payoff_dominant(game, found), risk_dominant(game, found)


def test_the_cooperation_game_pays_to_open_and_risk_is_an_exact_tie():
    payoff, risk = chosen(canon("cooperative"))
    assert (payoff.equilibrium, payoff.note) == (0, None)
    assert risk.equilibrium is None
    assert "exact tie" in (risk.note or "")


@pytest.mark.parametrize(("safe", "expected"), [("2.9", 0), ("3.1", 1)])
def test_a_hair_either_way_and_risk_decides(safe, expected):
    A, B = [[5, 1], [safe, safe]], [[5, safe], [1, safe]]
    assert chosen(Bimatrix((A, B)))[1].equilibrium == expected


def test_aumanns_game_pays_for_trust_and_is_safer_without():
    # Aumann 1990, "Nash equilibria are not self-enforcing".
    payoff, risk = chosen(Bimatrix([[[9, 0], [8, 7]], [[9, 8], [0, 7]]]))
    assert (payoff.equilibrium, risk.equilibrium) == (0, 1)


def test_one_equilibrium_selects_itself():
    assert [choice.equilibrium for choice in chosen(canon("bully"))] == [0, 0]


def test_rivals_agree_on_no_favourite():
    payoff, risk = chosen(canon("battle-of-the-sexes"))
    assert (payoff.equilibrium, risk.equilibrium) == (None, None)
    assert payoff.note
    assert risk.note


def test_an_equilibrium_that_is_only_as_good_for_one_player_is_not_payoff_dominant():
    """Both pure equilibria pay the row player 2; the column player gets 2 or 1."""
    payoff, _ = chosen(Bimatrix([[[2, 0], [0, 2]], [[2, 0], [0, 1]]]))
    assert payoff.equilibrium is None


def test_larger_games_have_no_risk_dominance():
    payoff, risk = chosen(Bimatrix([np.diag([3, 2, 1])] * 2))
    assert (payoff.equilibrium, risk.equilibrium) == (0, None)


def test_a_difference_below_the_tolerance_is_a_tie():
    game = Bimatrix([[[5, 1], ["3.0000001", 3]], [[5, 3], [1, 3]]], tolerance=1e-6)
    assert chosen(game)[1].equilibrium is None


def test_nothing_is_selected_from_a_list_that_is_not_complete():
    game = Bimatrix(np.random.default_rng(0).integers(0, 99, (2, 20, 20)))
    found = solve(game, timeout=0.05)
    assert payoff_dominant(game, found).equilibrium is None
    assert risk_dominant(game, found).equilibrium is None


@pytest.mark.parametrize(("loss", "words"), [("1", "an exact tie"), ("1.0000001", "a tie, within the tolerance,")])
def test_a_tie_is_called_exact_only_where_it_is(loss, words):
    game = Bimatrix([[[loss, 0], [0, 1]], [[1, 0], [0, 1]]], tolerance="1e-6")
    risk = risk_dominant(game, solve(game))
    assert risk.equilibrium is None
    assert f"{words} of the deviation losses" in (risk.note or "")
