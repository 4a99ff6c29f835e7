"""Which clubs of countries are stable: no member gains by leaving alone, no outsider gains by joining alone.

A club is internally stable when no member is better off outside, and externally stable when no outsider is better off
inside. Both conditions consider one move only (d'Aspremont, Jacquemin, Gabszewicz and Weymark 1983; Barrett 1994).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.bargaining.coalitions import MOST_PLAYERS
from games.errors import input_error
from games.exact_numbers import check_slack

Mask: TypeAlias = NDArray[np.bool_]
"""Booleans, one per club."""


class ClubStability(NamedTuple):
    """Which clubs are stable; the array index is the club: its size (n + 1,), or its bitmask (2^n,)."""

    internal: Mask
    """No member is better off leaving alone."""
    external: Mask
    """No outsider is better off joining alone."""

    @property
    def stable(self) -> tuple[int, ...]:
        """Return the clubs, as sizes or as bitmasks, that are stable internally and externally."""
        return tuple(np.flatnonzero(self.internal & self.external).tolist())


def club_sizes(
    members: Callable[[int], float] | ArrayLike,
    outsiders: Callable[[int], float] | ArrayLike,
    countries: int | None = None,
    tolerance: float = 0.0,
) -> ClubStability:
    """Return the stable sizes of a club of identical countries.

    Parameters
    ----------
    members
            Payoff of one member by the size of the club: a function of the size, or an array (n + 1,). The entry for
        size 0 is not used.
    outsiders
        Payoff of one outsider by the size of the club, in the same form. The entry for size n is not used.
    countries
        Number n of countries; needed only when payoffs are functions.
    tolerance
        A country whose gain from moving is at most this amount does not move; at least 0, in the unit of the payoffs.

    Returns
    -------
    ClubStability
        By size of the club, 0 to n.

    Raises
    ------
    InputError
            For arrays of different lengths, for payoffs that are not finite, and for a tolerance that is not a finite
        number of at least 0.

    References
    ----------
    d'Aspremont, Jacquemin, Gabszewicz and Weymark 1983; Barrett 1994.
    """
    check_slack(tolerance)
    inside, outside = _by_size(members, countries, 1), _by_size(outsiders, countries, 0)
    if inside.shape != outside.shape or inside.ndim != 1 or len(inside) < 2:
        raise input_error("members", f"{inside.shape} members, {outside.shape} outsiders", "give (n + 1,) of both")
    gain = inside[1:] - outside[:-1]
    if not np.isfinite(gain).all():
        raise input_error("members", "holds NaN or infinity where a payoff is needed", "give a payoff for every size")
    internal, external = np.ones(len(inside), np.bool_), np.ones(len(inside), np.bool_)
    internal[1:] = gain >= -tolerance
    external[:-1] = gain <= tolerance
    return ClubStability(internal, external)


def club_members(payoffs: ArrayLike, tolerance: float = 0.0) -> ClubStability:
    """Return the stable clubs of countries that differ.

    Parameters
    ----------
    payoffs
        (2^n, n): bitmask of members, country; n from 1 to 16.
    tolerance
        A country whose gain from moving is at most this amount does not move; at least 0, in the unit of the payoffs.

    Returns
    -------
    ClubStability
        By bitmask of the members.

    Raises
    ------
    InputError
            For another shape, for payoffs that are not finite, and for a tolerance that is not a finite number of at
        least 0.

    References
    ----------
    d'Aspremont, Jacquemin, Gabszewicz and Weymark 1983; Barrett 1994.
    """
    check_slack(tolerance)
    values = np.asarray(payoffs, dtype=np.float64)
    if values.ndim != 2 or not 1 <= values.shape[1] <= MOST_PLAYERS or len(values) != 1 << values.shape[1]:
        raise input_error("payoffs", f"has shape {values.shape}", "give (2^n, n): one row for each bitmask of members")
    if not np.isfinite(values).all():
        raise input_error("payoffs", "holds NaN or infinity", "give a payoff for every club and country")
    clubs = np.arange(len(values))
    internal, external = np.ones(len(values), np.bool_), np.ones(len(values), np.bool_)
    for country in range(values.shape[1]):
        without = clubs[clubs >> country & 1 == 0]
        joined = without | 1 << country
        gain = values[joined, country] - values[without, country]
        internal[joined] &= gain >= -tolerance
        external[without] &= gain <= tolerance
    return ClubStability(internal, external)


def _by_size(payoff: Callable[[int], float] | ArrayLike, countries: int | None, first: int) -> NDArray[np.float64]:
    """Return payoffs by size of the club; a function is called from size `first` on, where it has a meaning."""
    if not callable(payoff):
        return np.asarray(payoff, dtype=np.float64)
    if countries is None or countries < 1:
        raise input_error("countries", f"{countries} countries", "say how many there are where payoffs are functions")
    asked: Iterable[float] = (payoff(size) for size in range(first, countries + first))
    return np.array([0.0] * first + list(asked) + [0.0] * (1 - first), dtype=np.float64)
