"""Software at the table: published concession curves, and what no delegation ever does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotiation.moves import Accept, Hold, Offer, Walk
from negotiation.protocols import advance, legal
from negotiation.tactics import EXPONENTS, TACTICS, Brief, aspiration, bid, tactic
from negotiation.talks import Rules, opening, view

RULES = Rules("alternating", packages=16, votes=((1,), (1,)), rounds=6)
GRID = np.indices((4, 4), dtype=np.int8).reshape(2, -1).T
MILES = np.linspace(0.0, 1.0, 16)


def brief(values: np.ndarray, reserve: float = 0.0) -> Brief:
    return Brief(values, values > reserve, GRID)


def random() -> np.random.Generator:
    return np.random.default_rng(0)


@pytest.mark.parametrize("name", TACTICS)
def test_aspiration_falls_from_the_best_to_the_worst_acceptable_value(name: str):
    own = np.array([0.2, 0.5, 1.0])
    asked = [aspiration(own, now, 10, EXPONENTS[name]) for now in range(10)]
    assert (asked[0], asked[-1]) == pytest.approx((1.0, 0.2))
    assert asked == sorted(asked, reverse=True)


def test_boulware_concedes_later_than_linear_and_linear_later_than_conceder():
    """Faratin, Sierra and Jennings (1998), figure 1: alpha(t) = t^(1/beta) for beta = 0.2, 1, 5 at half time."""
    own = np.array([0.0, 1.0])
    half = [aspiration(own, 5, 11, EXPONENTS[name]) for name in ("boulware", "linear", "conceder")]
    assert half == pytest.approx([1 - 0.5**5, 0.5, 1 - 0.5**0.2])


def test_the_first_bid_is_the_best_package_and_later_ones_lean_towards_the_other_side():
    values = np.where(GRID[:, 0] == 3, 1.0, 0.5) + 0.001 * GRID[:, 1]
    every = np.arange(16)
    mine = brief(values)
    assert bid(mine, every, 1.0, None, random()) == 15
    assert bid(mine, every, 1.0, theirs=1, random=random()) == 13


@given(
    st.lists(st.floats(-1, 1), min_size=16, max_size=16),
    st.lists(st.floats(-1, 1), min_size=16, max_size=16),
    st.sampled_from(TACTICS),
    st.sampled_from(TACTICS),
)
def test_nobody_offers_or_accepts_what_is_not_acceptable(mine: list[float], yours: list[float], one: str, other: str):
    briefs = [brief(np.array(mine)), brief(np.array(yours))]
    for each in briefs:
        each.acceptable[0] = False
    seats = [tactic(name, each, random()) for name, each in zip((one, other), briefs, strict=True)]
    talks = opening(RULES)
    while not talks.over and not talks.exhausted and talks.phase == "bargain":
        move = seats[talks.turn](view(talks, talks.turn))
        assert type(move) in legal(talks, talks.turn)
        if isinstance(move, Offer):
            assert briefs[talks.turn].acceptable[move.package]
        if isinstance(move, Accept):
            assert briefs[talks.turn].acceptable[talks.standing]
        talks = advance(talks, move)


def test_with_nothing_acceptable_a_delegation_hears_one_proposal_and_walks():
    poor = tactic("boulware", brief(MILES, reserve=2.0), random())
    start = opening(RULES)
    assert poor(view(start, 0)) == Hold(0)
    heard = advance(start, Offer(0, 3))
    assert isinstance(poor(view(heard, 1)), Walk)


def test_what_has_failed_at_home_is_not_offered_again():
    talks = opening(RULES)._replace(rejected=tuple(range(1, 15)))
    values = MILES.copy()
    mover = tactic("linear", brief(values), random())
    assert mover(view(talks, 0)) == Offer(0, 15)
    spent = talks._replace(rejected=tuple(range(1, 16)))
    assert isinstance(mover(view(spent, 0)), Walk)
