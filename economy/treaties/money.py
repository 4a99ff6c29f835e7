"""The money of a region: all is measured from closed borders, where only the leak moves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import total
from economy.model.government import delay_factor, payoffs_and_gain
from economy.model.group_gains import GROUPS, GroupGains, compute_group_gains, incomes_of_status_quo
from economy.model.market import Clearing
from economy.model.migration import Border
from economy.model.money.migrant_accounts import migrant_money
from economy.model.money.status_quo import StatusQuo, TodayRoute, follow_routes, record_routes
from economy.model.money_accounts import apparatus_cost
from economy.model.pairs import sum_by_origin
from economy.parameters import Array, Parameters

ROUTES = 2
"""Number of routes with a leak: with papers and without."""


class ClosedBorders(NamedTuple):
    """A region with closed borders, columns last."""

    money: Array
    """(country, group, column) money of each group as `compute_group_gains` returns it."""
    guests: Array
    """(country, column) gain of the foreigners who arrive."""
    product: Array
    """(country, column) change of GDP."""
    x: Array
    """(country, skill, column) log wage changes of natives."""
    bills: Array
    """(country, skill, column) wage bills of natives."""
    routes: Array
    """(route, what, origin, partner, skill, column) movers, pay, net pay and access on each route."""


def solve_closed_borders(p: Parameters, base: Baseline, border: Border, clearing: Clearing) -> ClosedBorders:
    """What happens with closed borders; a route that is missing has nobody on it.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Closed borders of the same columns.
    clearing
        Log wage changes at the fixed point.

    Returns
    -------
    ClosedBorders
        Gains, wages and flows.
    """
    quo = StatusQuo(clearing.x, record_routes(follow_routes(base, border, clearing), ROUTES))
    gains = compute_group_gains(p, base, border, clearing, quo)
    flows = np.stack([[each.movers, each.pay, each.net, each.access] for each in record_routes(gains.legs, ROUTES)])
    return ClosedBorders(gains.money, gains.guests, gains.product, clearing.x, gains.bills, flows)


def money_results(
    p: Parameters, base: Baseline, border: Border, clearing: Clearing, closed: ClosedBorders | None
) -> tuple[GroupGains, dict[str, Array]]:
    """Gains of the groups, and payoffs, welfare, GDP and incomes under the money accounts.

    Welfare is the sum of the money accounts less the cost of moving. That is the sum of the groups without the
    families, whose cash the movers give, and with the public account of the movers.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    clearing
        Log wage changes at the fixed point.
    closed
        The same columns with closed borders; None where nobody moves there.

    Returns
    -------
    tuple[GroupGains, dict[str, Array]]
        The gains from a world in which nobody moves, and results by name, from closed borders.
    """
    if closed is None:
        nobody = np.zeros((ROUTES, 4, *border.routes[0].quota.shape))
        bills, zero = base.natives * base.wages, np.zeros_like(base.product)
        money = np.zeros((len(zero), len(GROUPS), zero.shape[-1]))
        closed = ClosedBorders(money, zero, zero, np.zeros_like(base.wages), bills, nobody)
    quo = StatusQuo(closed.x, tuple(TodayRoute(*route) for route in closed.routes))
    gains = compute_group_gains(p, base, border, clearing, quo)
    gdp, delay = base.product + closed.product, delay_factor(p)
    money, guests, product = gains.money - closed.money, gains.guests - closed.guests, gains.product - closed.product
    cash = migrant_money(p, base, border, gains.legs, quo)
    public = total(total(cash.public)) - total(cash.felt)
    if delay is not None:
        money, guests, product, public = delay * money, delay * guests, delay * product, delay * public
        money[:, GROUPS.index("treasury")] -= (1 - delay) * apparatus_cost(p, base, border)
    results = payoffs_and_gain(p, gdp, money, guests, product)
    results["payoffs"] = results["payoffs"] - 100 * p.commitment * sum_by_origin(border.managed)
    families = total(money[:, GROUPS.index("families")])
    results["welfare"] = (total(total(money, axis=1)) + public - families) / total(gdp)
    return gains, {**results, "gdp": gdp, "incomes": incomes_of_status_quo(p, base, closed.bills, closed.money, gdp)}
