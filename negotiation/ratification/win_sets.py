"""The second level of the two-level game: which packages each country's groups would ratify (Putnam 1988).

A country ratifies a package when the votes for it exceed the votes against. Its win-set is every package that it would
ratify. The zone of agreement is the set of packages that lie in all win-sets and at or above every government's
walk-away value. Any approval at home counts: a parliament, a referendum, or groups that a ministry consults.
"""

from __future__ import annotations

import numpy as np

from negotiation.preferences.values import Preferences
from negotiation.protocols.home_vote import is_majority

VALUE_TOLERANCE = 1e-9
"""Values that differ by no more than this count as equal."""

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def support(preferences: Preferences, party: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Votes for minus votes against each package in one country, (packages,)."""
    return preferences.votes[party].astype(np.int64) @ np.array(preferences.weights[party], dtype=np.int64)


def win_set(preferences: Preferences, party: int) -> Mask:
    """The packages that one country would ratify, (packages,)."""
    return is_majority(support(preferences, party))


def win_sets(preferences: Preferences) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """The packages that each country would ratify, (packages, parties)."""
    return np.stack([win_set(preferences, party) for party in range(len(preferences.parties))], axis=1)


def mutually_preferred(preferences: Preferences) -> Mask:
    """The packages that every government strictly prefers to walking away, (packages,); never the status quo."""
    preferred = np.asarray((preferences.values > preferences.walk_away + VALUE_TOLERANCE).all(axis=1))
    if preferences.status_quo is not None:
        preferred[preferences.status_quo] = False
    return preferred


def ratifiable(preferences: Preferences) -> Mask:
    """The packages that every government strictly prefers and every country would ratify, (packages,)."""
    return mutually_preferred(preferences) & win_sets(preferences).all(axis=1)


def zone_of_agreement(preferences: Preferences) -> Mask:
    """The zone of agreement, (packages,): at or above every walk-away value, and ratified by every country.

    The status quo needs no vote. It belongs to the zone when no government's walk-away value is above it. Where every
    package is a signed text, the status quo is no package and is not in the zone.
    """
    at_least = (preferences.values >= preferences.walk_away - VALUE_TOLERANCE).all(axis=1)
    passes = np.asarray(win_sets(preferences).all(axis=1))
    if preferences.status_quo is not None:
        passes[preferences.status_quo] = True
    return at_least & passes


def marginal_groups(preferences: Preferences, party: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The marginal group of each package in one country, (packages,): its place, or -1 where there is none.

    It is the opposed group whose change from against to for lets the package pass; among several, the one with the
    smallest loss. There is none where the country ratifies the package, and where no single group is enough.
    """
    votes, stakes = preferences.votes[party], preferences.stakes[party]
    weights = np.array(preferences.weights[party], dtype=np.int64)
    total = support(preferences, party)[:, None]
    enough = (votes < 0) & ~is_majority(total) & is_majority(total + 2 * weights)
    cost = np.where(enough, -stakes, np.inf)
    return np.where(enough.any(axis=1), cost.argmin(axis=1), -1)


def marginal_group(preferences: Preferences, party: int, package: int) -> str | None:
    """Return the marginal group of one package in one country.

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
    str or None
        Name of the group; None where there is none (see `marginal_groups`).
    """
    at = int(marginal_groups(preferences, party)[package])
    return None if at < 0 else preferences.groups[party][at]


def find_blocking_group(preferences: Preferences, party: int, package: int) -> str | None:
    """Return the group that most likely explains why a country refused a package.

    It is the marginal group where there is one. Where more than one vote would have been needed, or where the vote
    would have passed and the government itself prefers to walk away, it is the group with the largest loss.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    party
        Number of the country that refused, from 0.
    package
        Number of the package in the grid.

    Returns
    -------
    str or None
        Name of the group; None when no group loses by the package and there is no marginal group.
    """
    marginal_one = marginal_group(preferences, party, package)
    stakes = preferences.stakes[party][package]
    if marginal_one is not None or not (stakes < 0).any():
        return marginal_one
    return preferences.groups[party][int(stakes.argmin())]
