"""Compensation at home: the least that a country has to pay its losing groups so that a package is ratified.

An opposed group that receives its whole loss votes for; with less it stays opposed. With exactly its loss it might also
abstain: the payment is a lower limit, and any larger amount decides the vote. Groups that abstain have no loss; they
are not paid and still abstain. The treasury pays. That the payment changes no other group's vote is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from games.bargaining.frontier import TOLERANCE
from games.errors import input_error
from games.messages import message
from negotiation.preferences.values import Floats, Preferences
from negotiation.protocols.home_vote import Support, is_majority

MOST_GROUPS = 8
"""The most voting groups of a country. Every subset of groups is tried, so each further group doubles the work."""

PASSES = message("the package passes without compensation")
NO_VOTE = message("the status quo needs no vote")
NO_LOSER = message("no group is opposed, so there is no loss to make good; the package fails for want of votes")

Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class Compensation:
    """The groups that are paid at home, or why there is no payment; amounts in the unit of the preferences."""

    payments: tuple[tuple[str, float], ...] | None
    """The groups that are paid, by name, each with its loss."""
    total: float | None
    """The sum of the payments."""
    reason: str | None = None
    """Why there are no payments; None where there are some."""


def compensation(preferences: Preferences, party: int, package: int) -> Compensation:
    """Find the cheapest compensation with which a country ratifies a package.

    Among equally cheap sets of groups, the smallest set is taken.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    party
        Number of the country, from 0.
    package
        Number of the package in the grid.

    Returns
    -------
    Compensation
        The payments and their sum. No payments, with a reason, for the status quo, for a package that passes without
        them, and for one that fails although no group is opposed.

    Raises
    ------
    InputError
        For a country with more than eight groups.
    """
    if package == preferences.status_quo:
        return Compensation(None, None, NO_VOTE)
    row = slice(package, package + 1)
    totals, chosen = _cheapest(preferences, party, row)
    if not np.isfinite(totals[0]):
        return Compensation(None, None, NO_LOSER)
    names, losses = preferences.groups[party], _losses(preferences, party, row)[0]
    paid = tuple((names[at], float(losses[at])) for at in _sets(len(names))[int(chosen[0])])
    return Compensation(paid, float(totals[0])) if paid else Compensation(None, None, PASSES)


def least_payment(preferences: Preferences, party: int) -> Floats:
    """Compute the total of the cheapest compensation for every package in one country.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    party
        Number of the country, from 0.

    Returns
    -------
    ndarray
        Totals, (packages,): 0 for the status quo and where the country ratifies without payment, infinity where no
        group is opposed and the package still fails.

    Raises
    ------
    InputError
        For a country with more than eight groups.
    """
    totals, _ = _cheapest(preferences, party, slice(None))
    if preferences.status_quo is not None:
        totals[preferences.status_quo] = 0.0
    return totals


def _cheapest(preferences: Preferences, party: int, rows: slice) -> tuple[Floats, Places]:
    """The least total for some packages, and the place in `_sets` of the groups that are paid, (packages,) each."""
    weights = np.array(preferences.weights[party], dtype=np.int64)
    votes, losses = preferences.votes[party][rows], _losses(preferences, party, rows)
    surplus = votes @ weights
    # A group that changes from against to for moves the surplus by twice its votes; other groups cost and move nothing.
    swings = np.where(votes < 0, 2 * weights, 0)
    totals, chosen = np.full(len(votes), np.inf), np.zeros(len(votes), dtype=np.intp)
    for place, members in enumerate(_sets(len(weights))):
        payment = losses[:, members].sum(axis=1)
        support: Support = surplus + swings[:, members].sum(axis=1)
        better = is_majority(support) & (payment < totals - TOLERANCE)
        totals[better], chosen[better] = payment[better], place
    return totals, chosen


def _losses(preferences: Preferences, party: int, rows: slice) -> Floats:
    """The loss of each opposed group by some packages, (packages, groups); 0 for all other groups."""
    opposed = preferences.votes[party][rows] < 0
    return np.where(opposed, np.maximum(-preferences.stakes[party][rows], 0.0), 0.0)


def _sets(groups: int) -> list[tuple[int, ...]]:
    """Every subset of groups, the small ones first."""
    if groups > MOST_GROUPS:
        raise input_error("groups", f"{groups} groups are too many", f"compensation looks at up to {MOST_GROUPS}")
    return [members for size in range(groups + 1) for members in combinations(range(groups), size)]
