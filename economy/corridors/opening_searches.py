"""Searches over many levels of opening for each economy of a batch: gains net and gross, and limits on people.

Where today's number of migrants is the ceiling, the levels are expansions beyond it, as in
`economy.corridors.limits.report_expansion`; elsewhere they are shares of the willing, as in
`economy.policy.net_gains.net_gains`. The result of an economy does not depend on the others in its batch.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.corridors.limits import expansion_grid, expansion_pool, limits_if_covered
from economy.model.batching import flatten_batch, take_columns
from economy.parameters import Array, Parameters
from economy.policy.largest_openness import AT_ONCE
from economy.policy.net_gains import FINE, NetGains, net_gains

ECONOMIES_AT_ONCE = AT_ONCE // FINE.size
"""Number of economies whose levels of openness are solved at once."""


class OpeningGains(NamedTuple):
    """What could be gained by opening and what is signed of it, one entry for each economy of a batch.

    Gains are % of the pair's GDP, shares are parts of 1.
    """

    potential_gross: Array
    """Gross gain at full opening: the last level."""
    potential_net: Array
    """Net gain at full opening: welfare at the last level; it may be negative."""
    best_net: Array
    """Largest net gain of all levels, at least 0."""
    signed_gross: Array
    """Gross gain at the largest self-enforcing level; 0 where there is none."""
    signed_net: Array
    """Net gain at the largest self-enforcing level; 0 where there is none."""
    signed_best: Array
    """Largest net gain of the self-enforcing levels, at least 0."""
    share_gross: Array
    """`signed_gross` as a part of `potential_gross`."""
    share_net: Array
    """`signed_net` as a part of `best_net`."""


class OpeningLimits(NamedTuple):
    """How many people beyond today's an agreement may admit, share of today's number, one entry for each economy.

    NaN where nobody is in the host today, and where no number holds.
    """

    both: Array
    """Largest number at which neither government is below the status quo."""
    self_enforcing: Array
    """Largest number at which neither closes alone either."""
    with_levy: Array
    """The first limit where the best of `economy.corridors.limits.LEVIES` is taken."""


def search_gains(parameters: Parameters) -> OpeningGains:
    """Search all levels of opening of every economy for the gains that are possible, best and signed.

    Parameters
    ----------
    parameters
        Economies of shape (economy). `openness` or, where today's number is the ceiling, `expansion` is not read.

    Returns
    -------
    OpeningGains
        Arrays of shape (economy).

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    p, _, count = flatten_batch(parameters)
    found = np.empty((len(OpeningGains._fields), count))
    people = ~openness_is_read(p)
    others = np.flatnonzero(~people)
    for first in range(0, others.size, ECONOMIES_AT_ONCE):
        some = others[first : first + ECONOMIES_AT_ONCE]
        found[:, some] = _gain_rows(net_gains(_filled(take_columns(p, some), some.size)))
    for number in np.flatnonzero(people).tolist():
        economy = single_economy(p, number)
        pool = expansion_pool(economy) if economy.today else np.inf
        found[:, number] = _gain_rows(net_gains(economy, expansion_grid(pool), "expansion"))
    return OpeningGains(*found)


def search_limits(parameters: Parameters) -> OpeningLimits:
    """Search the largest numbers of people that hold, with and without a levy, for every economy.

    Parameters
    ----------
    parameters
        Economies of shape (economy). `expansion` and `tax` are not read.

    Returns
    -------
    OpeningLimits
        Arrays of shape (economy).

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    p, _, count = flatten_batch(parameters)
    found = np.full((len(OpeningLimits._fields), count), np.nan)
    for number in np.flatnonzero(~openness_is_read(p) & (np.asarray(p.today) > 0)).tolist():
        economy = single_economy(p, number)
        limits = limits_if_covered(economy, float(economy.covered))
        found[:, number] = limits.both, limits.self_enforcing, limits.both_with_levy
    return OpeningLimits(*found)


def single_economy(parameters: Parameters, number: int) -> Parameters:
    """One economy of a batch of shape (economy), with single numbers."""
    values: dict[str, Any] = {name: np.asarray(value) for name, value in parameters.items().items()}
    return parameters.replace(**{name: float(value[number] if value.ndim else value) for name, value in values.items()})


def openness_is_read(parameters: Parameters) -> NDArray[np.bool_]:
    """(economy) whether the parameter `openness` decides how many may come between two countries.

    Where somebody moves today and the convention says so, today's number of people is the ceiling, and `expansion` and
    `covered` are read instead.
    """
    p, _, count = flatten_batch(parameters)
    nobody = (np.asarray(p.today) <= 0) & (np.asarray(p.today_origin) <= 0)
    return np.broadcast_to(nobody | (p.conventions.ceiling != "people"), count)


def _gain_rows(gains: NetGains) -> Array:
    """(field of OpeningGains, *economy) the figures of some economies."""
    return np.stack(
        [
            gains.potential_gross,
            gains.net[..., -1],
            gains.best_net,
            gains.gross_signed,
            gains.net_signed,
            gains.best_signed,
            gains.share_gross,
            gains.share_net,
        ]
    )


def _filled(p: Parameters, count: int) -> Parameters:
    """The economies with at least one array, so that a batch of equal economies keeps its shape."""
    return p.replace(gap=np.broadcast_to(p.gap, count))
