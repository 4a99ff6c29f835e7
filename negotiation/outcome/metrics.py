"""The quality of a deal, measured against all packages of the same agenda.

Values of different parties are made comparable in two ways, which are never mixed. Totals use `worth`, the value of one
unit of each party in the common unit. Distances and equity use gains over walking away, divided by the party's largest
gain in any package that no government would refuse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from economy.account_names import NEW_MIGRANTS
from games.bargaining.frontier import bargaining_points, individually_rational, pareto_efficient
from games.documents import Document
from negotiation.preferences.values import Preferences
from negotiation.ratification.win_sets import VALUE_TOLERANCE, ratifiable


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics(Document):
    """A deal compared with the frontier; None where a government gains in no package that nobody would refuse."""

    share_of_joint_maximum: float | None
    """Total gain over walking away, as a share of the largest total that no government would refuse."""
    distance_to_frontier: float | None
    """Distance to the nearest efficient package, in normalised gains."""
    distance_to_nash: float | None
    """Distance to the nearest Nash point, in normalised gains."""
    equity: float | None
    """The smallest normalised gain over the largest: 1 when all gain the same, 0 when a party gains nothing."""


def metrics(preferences: Preferences, package: int | None) -> Metrics:
    """Compute the metrics of the package that was signed, or of no agreement, which is worth 0 to everybody.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    package
        Number of the package in the grid; None for no agreement.

    Returns
    -------
    Metrics
        Compared with all packages of the agenda.
    """
    gains = preferences.values - preferences.walk_away
    possible = individually_rational(preferences.values, preferences.walk_away)
    span = gains[possible].max(axis=0, initial=0.0)
    if not (span > 0).all():
        return Metrics(share_of_joint_maximum=None, distance_to_frontier=None, distance_to_nash=None, equity=None)
    shares = gains / span
    gained = 0.0 - preferences.walk_away if package is None else gains[package]
    mine = gained / span
    totals = gains @ preferences.worth
    nash = list(bargaining_points(preferences.values, preferences.walk_away).nash)
    frontier = pareto_efficient(preferences.values)
    largest = mine.max()
    return Metrics(
        share_of_joint_maximum=float(gained @ preferences.worth / totals[possible].max()),
        distance_to_frontier=_nearest(shares[frontier], mine),
        distance_to_nash=_nearest(shares[nash], mine),
        equity=float(max(mine.min(), 0.0) / largest) if largest > 0 else 0.0,
    )


@dataclass(frozen=True, slots=True)
class TotalGain:
    """The gain of all accounts, new migrants included, in the unit of the accounts.

    Where the accounts are money it is welfare: their sum less the cost of moving. In points it is their sum.
    """

    possible: float
    """The largest gain in any package, whether or not a government would refuse it."""
    parts: dict[str, float]
    """The amount of each account in that package."""
    cost_of_moving: float | None
    """The cost of moving in that package, which is taken off the sum of the parts; None where nothing is taken off."""
    signable: float
    """The largest gain in a package that all governments prefer and all countries would ratify; 0 without one."""
    realised: float
    """The gain in the package that was signed; 0 without one."""

    @property
    def out_of_reach(self) -> bool:
        """Whether less than half of the possible gain could have been signed."""
        return self.signable < self.possible / 2


def measure_total_gain(preferences: Preferences, package: int | None) -> TotalGain | None:
    """Compare the total gain of the package that was signed with the largest possible one.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    package
        Number of the package in the grid; None for no agreement.

    Returns
    -------
    TotalGain or None
        None where no package has a positive total, and where the preferences have no account of new migrants.
    """
    totals, money = preferences.totals, preferences.money
    best = int(totals.argmax())
    if NEW_MIGRANTS not in preferences.accounts_of or totals[best] <= VALUE_TOLERANCE:
        return None
    return TotalGain(
        possible=float(totals[best]),
        parts=dict(zip(preferences.accounts_of, preferences.accounts[best].tolist(), strict=True)),
        cost_of_moving=None if money is None else float(money.cost_of_moving[best]),
        signable=float(totals[ratifiable(preferences)].max(initial=0.0)),
        realised=0.0 if package is None else float(totals[package]),
    )


def _nearest(
    cloud: np.ndarray[tuple[int, int], np.dtype[np.float64]], point: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    return float(np.sqrt(((cloud - point) ** 2).sum(axis=1)).min())
