"""Patience: the published thresholds, the printed tables, and deviations played out round by round."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.bargaining.repeated import folk_theorem, grim_trigger, tit_for_tat
from games.bargaining.side_payments import ORDINAL
from games.bimatrix import Bimatrix
from games.canon import canon
from games.equilibria.equilibrium import Equilibrium
from games.equilibria.security import security
from games.equilibria.solve import solve
from games.errors import InputError

HALF = Fraction(1, 2)


def dilemma(T, R, P, S):
    return Bimatrix([[[R, S], [T, P]], [[R, T], [S, P]]], actions=[["Cooperate", "Defect"]] * 2)


# --- Published answers ---


def test_axelrod_s_dilemma():
    """Axelrod 1984, The Evolution of Cooperation: T, R, P, S = 5, 3, 1, 0."""
    game = dilemma(5, 3, 1, 0)
    assert grim_trigger(game).overall == (HALF, None, None)
    assert tit_for_tat(game).overall == (Fraction(2, 3), None, None)
    assert [one.least for one in tit_for_tat(game).players] == [Fraction(2, 3)] * 2
    assert (grim_trigger(game).threats, grim_trigger(game).note) == ((1, 1), None)


@given(st.lists(st.integers(-20, 20), min_size=4, max_size=4, unique=True))
def test_axelrod_s_thresholds_for_every_dilemma(payoffs):
    S, P, R, T = sorted(payoffs)
    game = dilemma(T, R, P, S)
    leaving, turns = Fraction(T - R, T - P), Fraction(T - R, R - S)
    assert grim_trigger(game).overall.least == leaving
    assert tit_for_tat(game).overall.least == (max(leaving, turns) if turns < 1 else None)


def test_cournot_s_duopoly():
    """Gibbons 1992, Game Theory for Applied Economists, 2.3.C: half the monopoly quantity each needs 9/17."""
    quantities = [Fraction(1, 4), Fraction(3, 8), Fraction(1, 3)]
    profits = [[mine * (1 - mine - other) for other in quantities] for mine in quantities]
    found = grim_trigger(Bimatrix([profits, list(zip(*profits, strict=True))]))
    assert found.overall == (Fraction(9, 17), None, None)
    assert found.threats == (Fraction(1, 9), Fraction(1, 9))


@pytest.mark.parametrize("firms", [2, 3, 10])
def test_bertrand_s_oligopoly(firms):
    """Tirole 1988, The Theory of Industrial Organization, 6.3: n firms that share a monopoly need 1 - 1/n."""
    share = Fraction(1, firms)
    assert grim_trigger(dilemma(1, share, 0, 0), reversion=(1, 1)).overall.least == 1 - share


# --- The printed tables ---


def test_no_patience_keeps_the_printed_bully_at_liberalisation():
    game = canon("bully")
    for found in (grim_trigger(game), tit_for_tat(game)):
        assert found.players[0].least is None
        assert found.players[1] == (0, None, None)
        assert found.overall.least is None
        assert "gets 1 at (Liberalize, Liberalize) and can make sure of 2 alone" in str(found.overall.note)
        assert found.note == ORDINAL
    assert folk_theorem(game).verdict == "out of reach"


def test_the_cooperation_game_asks_for_no_patience():
    game = canon("cooperative")
    assert grim_trigger(game).overall == tit_for_tat(game).overall == (0, None, None)
    assert folk_theorem(game).verdict == "within reach"


def test_taking_turns_beats_tit_for_tat_where_two_temptations_are_better_than_two_rewards():
    found = tit_for_tat(canon("chicken"))
    assert found.overall.least is None
    assert "every other round: 4 and 2 in turns for 3" in str(found.overall.note)
    assert grim_trigger(canon("chicken")).overall.least == HALF


def test_a_threat_that_is_no_worse_keeps_nobody():
    found = tit_for_tat(canon("matching-pennies"))
    assert "the threat is no worse" in str(found.players[1].note)
    assert not found.players[1].keeps(HALF)


# --- Which threat, which target ---


def test_the_threat_may_be_named_and_by_default_is_the_worst_for_each_deviator():
    game = canon("chicken")
    assert grim_trigger(game).threats == (2, 2)
    kind = next(one for one in solve(game).equilibria if one.kind == "mixed")
    assert grim_trigger(game, reversion=kind).threats == kind.payoffs == (Fraction(5, 2), Fraction(5, 2))
    lenient = grim_trigger(game, reversion=(1, 0))
    assert lenient.threats == (4, 2)
    assert [one.least for one in lenient.players] == [None, HALF]


@pytest.mark.parametrize(
    "reversion", [(0, 0), (5, 5), Equilibrium((HALF, HALF), (HALF, HALF), (HALF, HALF), "mixed", strict=False)]
)
def test_a_threat_that_is_no_equilibrium_is_refused(reversion):
    with pytest.raises(InputError) as refusal:
        grim_trigger(canon("prisoners-dilemma"), reversion=reversion)
    assert refusal.value.problems[0].place == "reversion"


def test_an_equilibrium_of_another_game_is_refused():
    wide = solve(Bimatrix([[[1, 0, 0], [0, 1, 0]]] * 2)).equilibria[0]
    with pytest.raises(InputError):
        grim_trigger(canon("coordination"), reversion=wide)
    with pytest.raises(InputError) as refusal:
        grim_trigger(canon("matching-pennies"), reversion=(0, 0))
    assert "`solve`" in refusal.value.problems[0].hint


def test_a_threat_that_rewards_the_patient_sets_an_upper_limit():
    game = canon("battle-of-the-sexes")
    found = grim_trigger(game, (0, 0), reversion=(1, 1))
    assert found.players[1] == (0, HALF, None)
    assert found.overall.keeps(HALF)
    assert not found.overall.keeps(0.6)
    assert not found.overall.keeps(1)


def test_two_players_may_need_unlike_patience():
    # Row is tempted by 4 and fears 0: at least 1/4. Column loses 1 today and gains 4 later: at most 1/5.
    game = Bimatrix([[[3, 0], [4, 0]], [[3, 2], [0, 7]]])
    found = grim_trigger(game, reversion=(1, 1))
    assert [(one.least, one.most) for one in found.players] == [(Fraction(1, 4), None), (0, Fraction(1, 5))]
    assert "No one discount factor" in str(found.overall.note)


def test_any_cell_may_be_the_target():
    game = dilemma(5, 3, 1, 0)
    turned = Bimatrix([matrix[::-1] for matrix in game.payoffs])
    assert grim_trigger(turned, (1, 0)).overall == grim_trigger(game).overall
    assert tit_for_tat(turned, (1, 0)).overall == tit_for_tat(game).overall
    for plan in (grim_trigger, tit_for_tat, folk_theorem):
        for cell in [(2, 0), (-1, 0)]:
            with pytest.raises(InputError) as refusal:
                plan(game, cell)
            assert refusal.value.problems[0].place == "target"


def test_tit_for_tat_is_for_two_actions_each():
    with pytest.raises(InputError) as refusal:
        tit_for_tat(Bimatrix([[[1, 2, 3]], [[1, 2, 3]]]))
    assert refusal.value.problems[0].hint == "use grim trigger"


def test_a_player_without_a_choice_needs_no_patience():
    found = grim_trigger(Bimatrix([[[1, 2]], [[3, 4]]]))
    assert found.players[0] == (0, None, None)
    assert found.players[1].least is None


def test_when_time_runs_out_the_threat_is_what_is_known():
    game = Bimatrix([[[0, 3], [3, 1]], [[0, 1], [1, 0]]])
    assert "can make sure of 1.8 alone" in str(grim_trigger(game).overall.note)
    found = grim_trigger(game, timeout=1e-9)
    assert "harsher threat may exist" in str(found.note)
    assert "the threat gives it more: 3" in str(found.overall.note)
    with pytest.raises(InputError) as refusal:
        grim_trigger(canon("matching-pennies"), timeout=1e-9)
    assert refusal.value.problems[0].place == "timeout"


def test_near_ties_are_ties():
    near = Bimatrix([[[1, 0], ["1.0000001", 1]], [[1, 1], [0, 1]]], tolerance="1e-6")
    assert tit_for_tat(near).overall == (0, None, None)
    assert folk_theorem(near).verdict == "at the edge"


# --- Laws ---

squares = st.tuples(*[st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2)] * 2)
tables = st.tuples(*[st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2)] * 2)
discounts = st.fractions(0, Fraction(99, 100), max_denominator=100)


def worth(stream, cycle, discount):
    """The average discounted payoff of what comes first and of what then comes round for ever."""
    first = sum(x * discount**t for t, x in enumerate(stream))
    round_ = sum(x * discount**t for t, x in enumerate(cycle)) / (1 - discount ** len(cycle))
    return (1 - discount) * (first + discount ** len(stream) * round_)


@given(squares, discounts)
def test_tit_for_tat_is_kept_where_no_plan_of_three_rounds_and_a_cycle_does_better(payoffs, discount):
    game = Bimatrix(payoffs)
    A, _ = game.payoffs
    best = max(
        worth(played[:3], played[3:], discount)
        for acts in product((0, 1), repeat=5)
        # Against tit for tat the other's action is one's own of the round before; the cycle is met from its own end.
        for played in [[A[act][before] for act, before in zip(acts, (0, *acts[:4]), strict=True)]]
        if acts[4] == acts[2]
    )
    assert tit_for_tat(game).players[0].keeps(discount) == (best <= A[0][0])


@given(tables, discounts)
def test_grim_trigger_is_kept_where_no_single_deviation_pays(payoffs, discount):
    game = Bimatrix(payoffs)
    equilibria = solve(game, opinion=False).equilibria
    A, B = game.payoffs
    ways = [[A[1][0]], B[0][1:]]
    for player, reward in enumerate(game.at((0, 0))):
        worst = min(one.payoffs[player] for one in equilibria)
        pays = any(worth([once], [worst], discount) > reward for once in ways[player])
        assert grim_trigger(game).players[player].keeps(discount) == (not pays)


@given(squares, st.integers(1, 5), st.integers(-9, 9))
def test_units_do_not_matter(payoffs, scale, shift):
    A, B = payoffs
    moved = Bimatrix([[[x * scale + shift for x in row] for row in A], B])
    for plan in (grim_trigger, tit_for_tat):
        before, after = plan(Bimatrix(payoffs)), plan(moved)
        assert [one[:2] for one in before.players] == [one[:2] for one in after.players]
        assert before.overall[:2] == after.overall[:2]
    assert folk_theorem(moved).verdict == folk_theorem(Bimatrix(payoffs)).verdict


@given(squares)
def test_swapping_the_players_swaps_the_answer(payoffs):
    game = Bimatrix(payoffs, players=("Host", "Origin"))
    for plan in (grim_trigger, tit_for_tat):
        assert plan(game.transpose()).players == plan(game).players[::-1]


@given(tables)
def test_what_is_out_of_reach_is_kept_by_no_patience_near_one(payoffs):
    game = Bimatrix(payoffs)
    found, levels = folk_theorem(game), security(game)
    below = [x < level for x, level in zip(game.at((0, 0)), levels, strict=True)]
    assert (found.verdict == "out of reach") == any(below)
    if any(below):
        assert grim_trigger(game).overall.most is not None or grim_trigger(game).overall.least is None
