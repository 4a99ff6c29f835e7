"""What an agreement costs the treasuries for every person who comes, put where the accounts can see it.

The model knows an apparatus that each country pays out of its own GDP (c_fix) and a sum that the origin pays to the
host (side). Any two bills, one a country, are some apparatus and some sum together:

    c_fix = (H + O) / (Y0 + Y1),    side = c_fix − H / Y0

costs the host H and the origin O, and nobody else a penny. A bill may be negative: it is money received.
"""

from __future__ import annotations

import numpy as np

from economy.model.group_gains import GROUPS
from economy.model.payoffs import Cell, agreement
from economy.parameters import Array, Parameters, Real

HOST, ORIGIN = 0, 1
SKILLED = 1
"""Among the skills of a flow."""


def billed(p: Parameters, each: Real, training: Real) -> Parameters:
    """The parameters with the bills of those who come under them.

    `each` is what a host's treasury pays for an arrival, share of its GDP per worker; `training` the host's share of
    what the training of its skilled arrivals has cost their country. Both countries are hosts of those who come.
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


def _spent(p: Parameters, cell: Cell, host: int) -> Array:
    """One GDP per worker of the host for each of its arrivals."""
    arrivals = _arrivals(cell, host)
    return (arrivals[..., 0] + arrivals[..., SKILLED]) * cell.gdp[..., host] / _workers(p, host)


def _taught(p: Parameters, cell: Cell, host: int) -> Array:
    """The training that a host's skilled arrivals bring along, paid for in the country they come from."""
    home = 1 - host
    less_skilled = p.u1 if home == ORIGIN else p.u0
    bill = cell.incomes[..., home, GROUPS.index("skilled_S")] / 100 * cell.gdp[..., home]
    wage = bill / (_workers(p, home) * (1 - less_skilled))
    return p.train * wage * _arrivals(cell, host)[..., SKILLED]


def _arrivals(cell: Cell, host: int) -> Array:
    """(..., skill) those who come to a host with papers: what an agreement promises is not for others."""
    return (cell.flows - cell.irregular)[..., 1 - host, host, :]
