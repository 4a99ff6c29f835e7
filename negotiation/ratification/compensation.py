"""Compensation at home: the least that a country has to pay its losing groups so that they let a package through.

A group that is opposed and gets its whole loss back votes for; with less it stays opposed. At exactly its loss it
could as well abstain: the payment is a lower limit, and anything above it, however little, settles the vote. Groups
that abstain lose nothing, so there is nothing to make good: they are not paid and go on abstaining. The money is the
treasury's; that paying it turns nobody else's vote is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from games.bargaining.frontier import TOLERANCE
from games.errors import refuse
from games.json_values import plain
from negotiation.agenda.package_grid import STATUS_QUO
from negotiation.preferences.values import Floats, Preferences

MOST_GROUPS = 8
"""Every set of groups is tried, and nine groups would double the work of eight."""

PASSES = "the package passes without compensation"
NO_VOTE = "the status quo needs no vote"
NO_LOSER = "no group is opposed, so there is no loss to make good; the package fails for want of votes"

Places = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class Compensation:
    """Who is paid what at home, in the unit of the preferences; None with a reason where no payment is the answer."""

    payments: tuple[tuple[str, float], ...] | None
    """The groups that are paid, by name, each with its loss."""
    total: float | None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The payments as they stand in JSON."""
        payments = None if self.payments is None else dict(self.payments)
        return plain({"payments": payments, "total": self.total, "note": self.reason})


def compensation(preferences: Preferences, party: int, package: int) -> Compensation:
    """The cheapest compensation that lets a package pass in a country; on a tie, the one that pays fewest groups.

    InputError for a country with more than eight groups.
    """
    if package == STATUS_QUO:
        return Compensation(None, None, NO_VOTE)
    row = slice(package, package + 1)
    totals, chosen = _cheapest(preferences, party, row)
    if not np.isfinite(totals[0]):
        return Compensation(None, None, NO_LOSER)
    names, losses = preferences.groups[party], _losses(preferences, party, row)[0]
    paid = tuple((names[at], float(losses[at])) for at in _sets(len(names))[int(chosen[0])])
    return Compensation(paid, float(totals[0])) if paid else Compensation(None, None, PASSES)


def least_payment(preferences: Preferences, party: int) -> Floats:
    """The total of the cheapest compensation for every package in a country, (packages,).

    0 where the country ratifies anyway and for the status quo, infinity where nobody is opposed and it fails all
    the same. InputError for a country with more than eight groups.
    """
    totals, _ = _cheapest(preferences, party, slice(None))
    totals[STATUS_QUO] = 0.0
    return totals


def _cheapest(preferences: Preferences, party: int, rows: slice) -> tuple[Floats, Places]:
    """The least total for some packages and the place among `_sets` of the groups that it pays, (packages,) each."""
    weights = np.array(preferences.weights[party], dtype=np.int64)
    votes, losses = preferences.votes[party][rows], _losses(preferences, party, rows)
    surplus = votes @ weights
    # From against to for a group moves twice its votes; who is not opposed costs nothing and moves nothing.
    swings = np.where(votes < 0, 2 * weights, 0)
    totals, chosen = np.full(len(votes), np.inf), np.zeros(len(votes), dtype=np.intp)
    for place, members in enumerate(_sets(len(weights))):
        payment = losses[:, members].sum(axis=1)
        better = (surplus + swings[:, members].sum(axis=1) > 0) & (payment < totals - TOLERANCE)
        totals[better], chosen[better] = payment[better], place
    return totals, chosen


def _losses(preferences: Preferences, party: int, rows: slice) -> Floats:
    """What each opposed group loses by some packages, (packages, groups); 0 for all others."""
    opposed = preferences.votes[party][rows] < 0
    return np.where(opposed, np.maximum(-preferences.stakes[party][rows], 0.0), 0.0)


def _sets(groups: int) -> list[tuple[int, ...]]:
    """Every set of groups, the small ones first."""
    if groups > MOST_GROUPS:
        raise refuse("groups", f"{groups} groups are too many", f"compensation looks at up to {MOST_GROUPS}")
    return [members for size in range(groups + 1) for members in combinations(range(groups), size)]
