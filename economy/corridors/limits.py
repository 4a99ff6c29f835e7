"""How far beyond today's number of migrants an agreement holds in a real corridor, and what it brings.

The class of a corridor is a list: it changes with the number of people. There are two limits. *Both gain*: neither
government is below the status quo, which is enough in a binding treaty. *Self-enforcing*: besides, neither gains by
closing alone. Each is given without a payment and with a levy on migrants' earnings.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.money_accounts import MoneyAccounts
from economy.model.payoffs import Stakes, agreement, classify_games, solve_bilateral, solve_with_accounts
from economy.parameters import Array, Parameters
from economy.policy.net_gains import NetGains, largest_level, net_gains

EXPANSIONS = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 4.0])
"""Expansions at which the class of the game is given."""
LEVIES = np.array([0.0, 0.05, 0.10, 0.15, 0.20])
"""Levies that are tried, share of earnings abroad; the host keeps them."""
FARTHEST = 4.0
"""Largest expansion: beyond five times today's number do not read."""
STEPS = 81
"""Number of expansions that are tried, from 0 to the pool of the willing or to FARTHEST."""
OPENNESS = np.array([0.1, 0.25, 0.5, 0.75, 1.0])
"""Levels of openness at which the class of a treaty in force is given."""


class ExpansionLimits(NamedTuple):
    """Largest expansions that hold, share of today's number; NaN where none does."""

    both: float
    """Largest expansion at which neither government is below the status quo."""
    self_enforcing: float
    """Largest expansion at which neither closes alone either."""
    both_with_levy: float
    """The first limit where the best of LEVIES is taken."""
    self_enforcing_with_levy: float
    """The second limit where the best of LEVIES is taken."""


class ExpansionReport(NamedTuple):
    """A corridor with today's migrants and more."""

    pool: float
    """Expansion at which all the willing have come, managed."""
    classes: tuple[str, ...]
    """Class of the game at each of EXPANSIONS."""
    stakes: Stakes
    """Results at EXPANSIONS, shape (6)."""
    accounts: MoneyAccounts
    """Money accounts at EXPANSIONS, shape (6)."""
    limits: ExpansionLimits
    """How far an agreement holds."""
    gains: NetGains
    """Gross and net gains over the expansions that were tried, without a levy."""
    signed_net_with_levy: float
    """Largest net gain of the self-enforcing expansions where the best of LEVIES is taken, % of the pair's GDP."""
    close: float
    """Payoff of the host's government from sending all home, % of GDP."""


def report_expansion(parameters: Parameters) -> ExpansionReport:
    """Solve a corridor at many numbers of people, with and without a levy.

    Parameters
    ----------
    parameters
        One economy with migrants today.

    Returns
    -------
    ExpansionReport
        Classes, limits, gains and accounts.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    pool = expansion_pool(parameters)
    with_levy = net_gains(parameters.replace(tax=LEVIES), expansion_grid(pool), "expansion")
    stakes, accounts = solve_with_accounts(parameters.replace(expansion=EXPANSIONS))
    net = np.where(with_levy.signed, with_levy.net, 0.0)
    return ExpansionReport(
        pool=pool,
        classes=tuple(str(kind) for kind in classify_games(stakes)),
        stakes=stakes,
        accounts=accounts,
        limits=expansion_limits(with_levy),
        gains=with_levy[0],
        signed_net_with_levy=float(net.max()),
        close=close_payoff(parameters),
    )


def expansion_limits(gains: NetGains) -> ExpansionLimits:
    """The limits of a corridor; `gains` has shape (levy), the first levy is 0."""

    def last(holds: NDArray[np.bool_] | np.bool_) -> float:
        return float(largest_level(np.asarray(holds), gains.levels))

    return ExpansionLimits(
        both=last(gains.rational[0]),
        self_enforcing=last(gains.signed[0]),
        both_with_levy=last(gains.rational.any(axis=0)),
        self_enforcing_with_levy=last(gains.signed.any(axis=0)),
    )


def limits_if_covered(parameters: Parameters, covered: float) -> ExpansionLimits:
    """The limits where a treaty reaches `covered` of those who are there already; as in `report_expansion`."""
    grid = expansion_grid(expansion_pool(parameters))
    return expansion_limits(net_gains(parameters.replace(tax=LEVIES, covered=covered), grid, "expansion"))


def expansion_grid(pool: float) -> Array:
    """(STEPS) expansions that are tried, from 0 to the pool of the willing or to FARTHEST."""
    return np.linspace(0.0, min(pool, FARTHEST), STEPS)


def expansion_pool(parameters: Parameters) -> float:
    """Expansion at which all the willing of one economy have come to the host, managed; at least 0."""
    shares = parameters.conventions.replace(ceiling="share")
    today = float(np.asarray(parameters.today_origin))
    everybody = parameters.replace(conventions=shares, openness=1.0, openness_origin=today)
    return max(float(agreement(everybody).inflow[0] / people_share(parameters)) - 1, 0.0)


def people_share(parameters: Parameters) -> Array:
    """(*B) today's migrants in the host, share of its workers."""
    shares = parameters.conventions.replace(ceiling="share")
    return solve_bilateral(parameters.replace(conventions=shares)).inflow[..., 0, 1, 1]


def close_payoff(parameters: Parameters) -> float:
    """Payoff of the host's government from sending all home, without an apparatus, % of GDP; one economy."""
    shares = parameters.conventions.replace(ceiling="share")
    return float(solve_bilateral(parameters.replace(conventions=shares, openness=0.0, c_fix=0.0)).payoffs[0, 0, 1])
