"""Costs of an agreement for the treasuries that depend on the number of arrivals.

The model has an apparatus that each country pays out of its GDP (c_fix) and a sum that the origin pays to the host
(side). Any two bills, H for the host and O for the origin, can be written with these two parameters:

    c_fix = (H + O) / (Y0 + Y1),    side = c_fix − H / Y0

costs the host H and the origin O, and nobody else anything. A bill may be negative: then it is a receipt.
"""

from __future__ import annotations

import numpy as np

from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell, agreement
from economy.parameters import Array, Parameters, Real

HOST, ORIGIN = 0, 1
"""Index of the country."""
SKILLED = 1
"""Index of skill S among the skills of a flow."""


def add_arrival_costs(p: Parameters, each: Real, training: Real) -> Parameters:
    """Add the bills for arrivals to `c_fix` and `side`.

    Both countries are hosts of those who come. The number of arrivals is that of (L,L) under `p`.

    Parameters
    ----------
    p
        One economy, or a batch of shape B.
    each
        What the treasury of a host pays for one arrival, share of its GDP per worker; broadcasts with B.
    training
        Share of the training cost of its skilled arrivals that a host refunds to their country, 0 to 1.

    Returns
    -------
    changed : Parameters
        The parameters with new `c_fix` and `side`.

    Raises
    ------
    InputError
        A parameter is outside its limits.
    """
    cell = agreement(p)
    spent = [_spent(p, cell, host) * np.asarray(each) for host in (HOST, ORIGIN)]
    taught = [_taught(p, cell, host) * np.asarray(training) for host in (HOST, ORIGIN)]
    host, origin = (spent[at] + taught[at] - taught[1 - at] for at in (HOST, ORIGIN))
    product = cell.gdp[..., HOST], cell.gdp[..., ORIGIN]
    shared = (host + origin) / (product[HOST] + product[ORIGIN])
    return p.replace(c_fix=p.c_fix + shared, side=p.side + (shared - host / product[HOST]))


def _workers(p: Parameters, country: int) -> Real:
    return 1.0 if country == HOST else p.size


def _spent(p: Parameters, cell: GameCell, host: int) -> Array:
    """Cost of 1 GDP per worker of the host for each of its arrivals."""
    arrivals = _arrivals(cell, host)
    return (arrivals[..., 0] + arrivals[..., SKILLED]) * cell.gdp[..., host] / _workers(p, host)


def _taught(p: Parameters, cell: GameCell, host: int) -> Array:
    """Training cost of a host's skilled arrivals, paid in their country of origin."""
    home = 1 - host
    less_skilled = p.u1 if home == ORIGIN else p.u0
    bill = cell.incomes[..., home, GROUPS.index("skilled_S")] / 100 * cell.gdp[..., home]
    wage = bill / (_workers(p, home) * (1 - less_skilled))
    return p.train * wage * _arrivals(cell, host)[..., SKILLED]


def _arrivals(cell: GameCell, host: int) -> Array:
    """(..., skill) people who come to a host with papers; an agreement pays for no others."""
    return (cell.flows - cell.irregular)[..., 1 - host, host, :]
