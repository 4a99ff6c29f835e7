"""When a delegation says yes: each condition alone, and joined."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Hold, Move, Offer
from negotiation.protocols.state import Rules
from negotiation.tactics.acceptance import (
    AcceptanceValues,
    accept_best_recent,
    accept_combined,
    accept_last_round,
    accept_next,
    accept_target,
    any_condition,
)
from negotiation.tactics.brief import Brief, Turn, rank_packages

MILES = np.linspace(0.0, 1.0, 11)
BRIEF = Brief(MILES, MILES > 0.0, np.arange(11, dtype=np.int8)[:, None])
FULL = rank_packages(MILES, BRIEF.signable())


def turn(heard: list[int], rounds: int) -> Turn:
    """Our turn after the other side has made these offers, one a round."""
    moves: list[Move] = [move for package in heard for move in (Hold(0), Offer(1, package))]
    talks = replay_talks(Rules("alternating", 11, ((1,), (1,)), rounds), moves)
    return Turn(BRIEF, FULL, FULL, talks, 0, np.random.default_rng(0))


@pytest.mark.parametrize(("offered", "yes"), [(0.5, True), (0.6, True), (0.4, False)])
def test_what_one_asks_for_and_what_one_plans_to_offer_are_both_enough(offered: float, yes: bool):
    now = turn([5], 30)
    assert accept_target(now, AcceptanceValues(offered, asked=0.5, planned=0.9)) is yes
    assert accept_next(now, AcceptanceValues(offered, asked=0.9, planned=0.5)) is yes


def test_in_the_last_round_anything_that_may_be_signed_will_do():
    nothing = AcceptanceValues(0.1, 1.0, 1.0)
    assert not accept_last_round(turn([1] * 3, 5), nothing)
    assert accept_last_round(turn([1] * 4, 5), nothing)


def test_late_in_the_talks_the_best_of_the_recent_offers_will_do():
    """With 3 of 30 rounds left it looks back over 3 offers; that 9 was offered before is forgotten."""
    good = AcceptanceValues(0.5, 1.0, 1.0)
    assert not accept_best_recent(turn([5] * 26, 30), good)
    assert accept_best_recent(turn([9] * 23 + [5, 4, 5, 5], 30), good)
    assert not accept_best_recent(turn([9] * 23 + [5, 6, 5, 5], 30), good)


@pytest.mark.parametrize(("heard", "yes"), [(89, False), (90, True)])
def test_late_is_the_last_tenth_of_the_rounds(heard: int, yes: bool):
    """Of 100 rounds, 11 are left after 89 offers and 10 after 90."""
    assert accept_best_recent(turn([5] * heard, 100), AcceptanceValues(0.5, 1.0, 1.0)) is yes


def test_either_is_enough():
    late, early = turn([1] * 4, 5), turn([1], 5)
    poor, rich = AcceptanceValues(0.1, 1.0, 1.0), AcceptanceValues(1.0, 1.0, 1.0)
    rule = any_condition(accept_target, accept_last_round)
    assert [rule(early, poor), rule(early, rich), rule(late, poor)] == [False, True, True]
    assert [accept_combined(early, poor), accept_combined(early, rich), accept_combined(late, poor)] == [
        False,
        True,
        True,
    ]
