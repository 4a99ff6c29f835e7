"""Compensation at home against every set of losers that could be paid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from games.errors import InputError
from negotiation.agenda.package_grid import STATUS_QUO
from negotiation.preferences.values import Preferences
from negotiation.ratification.compensation import NO_LOSER, NO_VOTE, PASSES, Compensation, compensation, least_payment
from negotiation.ratification.win_sets import marginal_groups, win_set

HAIR = 1e-6
"""What a group gets beyond its loss, so that it does not have to abstain."""


def country(points: Sequence[Sequence[float]], weights: list[int]) -> Preferences:
    """One country whose groups have points, package by package, and vote by their sign."""
    stakes = np.array(points, dtype=np.float64)
    return Preferences(
        parties=("Northmark",),
        groups=(tuple(f"group {at}" for at in range(len(weights))),),
        unit="points",
        values=stakes.sum(axis=1, keepdims=True),
        walk_away=np.zeros(1),
        worth=np.ones(1),
        stakes=(stakes,),
        votes=(np.sign(stakes).astype(np.int8),),
        weights=(tuple(weights),),
        accounts=np.zeros((len(points), 1)),
    )


@st.composite
def countries(draw: st.DrawFn) -> Preferences:
    """The status quo and up to four packages, to up to five groups."""
    weights = draw(st.lists(st.integers(0, 4), min_size=1, max_size=5))
    rows = st.lists(st.integers(-12, 12), min_size=len(weights), max_size=len(weights))
    packages = draw(st.lists(rows, min_size=1, max_size=4))
    return country([[0.0] * len(weights), *packages], weights)


def passes(stakes: list[float], weights: tuple[int, ...]) -> bool:
    """The vote at home, from the groups' points alone."""
    return sum(weight * ((amount > 0) - (amount < 0)) for weight, amount in zip(weights, stakes, strict=True)) > 0


@given(countries())
def test_after_the_payment_the_vote_passes_and_no_cheaper_set_of_losers_does_it(stakes: Preferences):
    for package, row in enumerate(stakes.stakes[0].tolist()):
        losers = [at for at, amount in enumerate(row) if amount < 0]
        totals = [
            -sum(row[at] for at in paid)
            for size in range(len(losers) + 1)
            for paid in combinations(losers, size)
            if passes([HAIR if at in paid else amount for at, amount in enumerate(row)], stakes.weights[0])
        ]
        found = compensation(stakes, 0, package)
        if package == STATUS_QUO:
            assert (found.total, found.reason) == (None, NO_VOTE)
        elif not totals:
            assert (found.payments, found.reason) == (None, NO_LOSER)
        elif min(totals) == 0:
            assert (found.payments, found.reason) == (None, PASSES)
        else:
            assert found.total == min(totals)
            assert found.payments is not None
            paid = dict(found.payments)
            settled = [amount + paid.get(f"group {at}", -HAIR) + HAIR for at, amount in enumerate(row)]
            assert passes(settled, stakes.weights[0])
            assert sum(paid.values()) == found.total


@given(countries())
def test_the_whole_grid_costs_what_its_packages_cost(stakes: Preferences):
    prices = least_payment(stakes, 0)
    ratified = win_set(stakes, 0)
    for package, price in enumerate(prices.tolist()):
        found = compensation(stakes, 0, package)
        if found.total is None:
            assert price == (np.inf if found.reason == NO_LOSER else 0)
            assert (found.reason == PASSES) == (ratified[package] and package != STATUS_QUO)
        else:
            assert price == found.total > 0


@given(countries())
def test_turning_the_marginal_group_alone_is_never_cheaper(stakes: Preferences):
    prices = least_payment(stakes, 0)
    for package, group in enumerate(marginal_groups(stakes, 0).tolist()):
        if group >= 0:
            assert prices[package] <= -stakes.stakes[0][package, group]


def test_two_small_losers_may_be_cheaper_than_the_one_that_would_be_enough():
    stakes = country([[0, 0, 0, 0], [-9, -2, -3, 5]], [4, 2, 2, 3])
    found = compensation(stakes, 0, 1)
    assert found == Compensation((("group 1", 2.0), ("group 2", 3.0)), 5.0)
    assert marginal_groups(stakes, 0)[1] == 0


def test_on_a_tie_fewest_groups_are_paid():
    stakes = country([[0, 0, 0, 0], [-4, -2, -2, 9]], [4, 2, 2, 3])
    assert compensation(stakes, 0, 1).payments == (("group 0", 4.0),)


def test_who_abstains_is_not_paid():
    """A group without a loss is not bought: nobody is opposed, nobody is for, and nothing can be made good."""
    found = compensation(country([[0, 0], [0, 0]], [3, 2]), 0, 1)
    assert found == Compensation(None, None, NO_LOSER)
    losing = compensation(country([[0, 0], [-3, 0]], [3, 2]), 0, 1)
    assert losing.payments == (("group 0", 3.0),)


def test_nine_groups_are_too_many():
    stakes = country([[0] * 9, [1] * 9], [1] * 9)
    with pytest.raises(InputError, match="9 groups are too many"):
        compensation(stakes, 0, 1)
