"""Beside a known answer: how our tactics divide a pie, and what patience would have made of it.

Rubinstein (1982): two delegations take turns to propose a division of a pie that shrinks by a factor with every
turn; the only division that neither could better by waiting gives the first mover 1 / (1 + factor), at once. Our
tactics know no discount. In this case of pure conflict they show what they are: rules of thumb over time, whose
delay a discount would punish.
"""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.protocols.moves import Accept, Move, Offer
from negotiation.protocols.playout import run_talks
from negotiation.protocols.state import Mover, Rules, Talks, View
from negotiation.tactics.brief import Brief
from negotiation.tactics.registry import make_tactic

SLICES = 100
SHARES = np.array([np.nan, *np.arange(SLICES + 1) / SLICES])
"""Package k gives party 0 the share (k - 1) / 100 and party 1 the rest; package 0 divides nothing."""

PIES = np.stack([np.nan_to_num(SHARES), np.nan_to_num(1 - SHARES)], axis=1)
GRID = np.arange(SLICES + 2, dtype=np.int8)[:, None]
ROUNDS = 40


def divided(one: Mover, other: Mover, factor: float = 1.0) -> Talks:
    """The factor is a turn's; a round has two."""
    rules = Rules("alternating", SLICES + 2, ((1,), (1,)), ROUNDS, discount=factor**2)
    return run_talks(rules, [one, other], [[lambda _: 1], [lambda _: 1]])


def seated(name: str, party: int) -> Mover:
    own = PIES[:, party]
    return make_tactic(name, Brief(own, np.arange(SLICES + 2) > 0, GRID), np.random.default_rng(party))


def patient(party: int, factor: float) -> Mover:
    """The equilibrium strategy: propose 1 / (1 + factor) for oneself, take what waiting a turn would not better."""
    keeps, takes = 1 / (1 + factor), factor / (1 + factor)

    def move(seen: View) -> Move:
        standing = seen.talks.standing
        if standing is not None and PIES[standing, party] >= takes - 1 / SLICES:
            return Accept(party)
        return Offer(party, 1 + int(np.nanargmin(np.abs(PIES[1:, party] - keeps))))

    return move


def share(talks: Talks) -> tuple[float, int]:
    """What party 0 got of the pie, and after how many turns."""
    assert talks.deal is not None
    turns = next(turn for turn, move in enumerate(talks.moves) if isinstance(move, Accept))
    return float(SHARES[talks.deal]), turns


@pytest.mark.parametrize("factor", [0.5, 0.8, 0.9, 0.99])
def test_patient_delegations_agree_at_once_on_rubinsteins_split(factor: float):
    got, turns = share(divided(patient(0, factor), patient(1, factor), factor))
    assert got == pytest.approx(1 / (1 + factor), abs=0.5 / SLICES)
    assert turns == 1


@pytest.mark.parametrize("factor", [0.5, 0.9])
def test_that_split_is_where_backward_induction_ends_up(factor: float):
    """With a last round the proposer there takes all, and before it leaves the other what waiting is worth to it."""
    keeps = 1.0
    for _ in range(200):
        keeps = 1 - factor * keeps
    assert keeps == pytest.approx(1 / (1 + factor))


@pytest.mark.parametrize(
    ("one", "other", "got", "turns"),
    [
        # Alike, they meet in the middle: the firmer, the later.
        ("conceder", "conceder", 0.5, 4),
        ("linear", "linear", 0.5, 40),
        ("logrolling", "logrolling", 0.5, 40),
        ("boulware", "boulware", 0.5, 70),
        ("tit-for-tat", "tit-for-tat", 0.5, 10),
        # Firmness is paid by whoever concedes, and all of it at the end.
        ("boulware", "conceder", 0.9, 50),
        ("conceder", "boulware", 0.1, 50),
        ("hardliner", "linear", 1.0, 79),
        ("linear", "hardliner", 0.0, 78),
    ],
)
def test_what_our_tactics_make_of_the_pie(one: str, other: str, got: float, turns: int):
    split, number = share(divided(seated(one, 0), seated(other, 1)))
    assert split == pytest.approx(got, abs=0.05)
    assert number == pytest.approx(turns, abs=5)


def test_a_discount_changes_nothing_in_what_they_do_and_everything_in_what_it_is_worth():
    """At a factor of .99 the hardliner's whole pie, after 79 turns, is worth less than half a pie at once."""
    factor = 0.99
    firm, patience = seated("hardliner", 0), seated("linear", 1)
    talks = divided(firm, patience, factor)
    assert talks.moves == divided(firm, seated("linear", 1)).moves
    got, turns = share(talks)
    assert got == 1.0
    assert got * factor**turns < 0.5 < 1 / (1 + factor)
