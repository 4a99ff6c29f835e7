"""The money of a region: all is measured from its status quo, where today's migrants and the leak move."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import total
from economy.model.government import delay_factor, payoffs_and_gain
from economy.model.group_gains import GROUPS, GroupGains, compute_group_gains, incomes_of_status_quo
from economy.model.market import Clearing
from economy.model.migration import Border
from economy.model.money.migrant_accounts import MigrantMoney, migrant_money
from economy.model.money.status_quo import StatusQuo, TodayRoute, follow_routes, record_routes
from economy.model.money_accounts import (
    CellChanges,
    ResourceUse,
    apparatus_cost,
    population_money,
    resource_use,
    sum_results,
    welfare_change,
)
from economy.model.pairs import sum_by_origin, sum_skills
from economy.parameters import Array, Parameters, Real

ROUTES = 2
"""Number of routes with a leak: with papers and without."""


class RegionBefore(NamedTuple):
    """A region in its status quo, columns last."""

    money: Array
    """(country, group, column) money of each group as `compute_group_gains` returns it."""
    guests: Array
    """(country, column) gain of the foreigners who arrive."""
    product: Array
    """(country, column) change of GDP from closed borders."""
    gdp: Array
    """(country, column) GDP."""
    public: Array
    """(country, column) public account of the movers, at the access without a treaty."""
    x: Array
    """(country, skill, column) log wage changes of natives."""
    bills: Array
    """(country, skill, column) wage bills of natives."""
    routes: Array
    """(route, what, origin, partner, skill, column) movers, pay, net pay and access on each route."""
    used: Array
    """(use, column) what the flows use up, in the order of `ResourceUse`."""

    @property
    def quo(self) -> StatusQuo:
        """Wages, flows and pay."""
        return StatusQuo(self.x, tuple(TodayRoute(*route) for route in self.routes))

    @property
    def people(self) -> Array:
        """(origin, partner, column) people with papers."""
        return sum_skills(self.routes[0, 0])


def solve_before(p: Parameters, base: Baseline, border: Border, clearing: Clearing) -> RegionBefore:
    """The status quo of a region.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the status quo of the same columns.
    clearing
        Log wage changes at the fixed point.

    Returns
    -------
    RegionBefore
        Gains, wages and flows; a route that is missing has nobody on it.
    """
    routes = record_routes(follow_routes(base, border, clearing), ROUTES)
    quo = StatusQuo(clearing.x, routes)
    gains = compute_group_gains(p, base, border, clearing, quo)
    flows = np.stack([[each.movers, each.pay, each.net, each.access] for each in routes])
    used = np.stack(resource_use(p, base, border, gains, quo))
    return RegionBefore(
        gains.money, gains.guests, gains.product, gains.gdp, gains.public, clearing.x, gains.bills, flows, used
    )


def nobody_before(base: Baseline, border: Border) -> RegionBefore:
    """The status quo of a region in which nobody moves; `border` gives the shape of the flows."""
    zero = np.zeros_like(base.product)
    return RegionBefore(
        money=np.zeros((len(zero), len(GROUPS), zero.shape[-1])),
        guests=zero,
        product=zero,
        gdp=base.product,
        public=zero,
        x=np.zeros_like(base.wages),
        bills=base.natives * base.wages,
        routes=np.zeros((ROUTES, 4, *border.routes[0].quota.shape)),
        used=np.zeros((len(ResourceUse._fields), zero.shape[-1])),
    )


def money_results(
    p: Parameters, base: Baseline, border: Border, clearing: Clearing, before: RegionBefore, *, accounts: bool
) -> tuple[GroupGains, dict[str, Array]]:
    """Gains of the groups, and payoffs, welfare, GDP, incomes and, where asked for, money accounts.

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
    before
        The same columns in the status quo.
    accounts
        Whether the money accounts are computed.

    Returns
    -------
    tuple[GroupGains, dict[str, Array]]
        The gains from a world in which nobody moves, and results by the names of the fields of `GameCell` and
        `RegionAccounts`, changes from the status quo.
    """
    quo = before.quo
    gains = compute_group_gains(p, base, border, clearing, quo)
    delay = delay_factor(p)
    scale: Real = 1.0 if delay is None else delay
    fixed = apparatus_cost(p, base, border)
    money, guests, product, public = (
        scale * (getattr(gains, name) - getattr(before, name)) for name in ("money", "guests", "product", "public")
    )
    if delay is not None:
        money[:, GROUPS.index("treasury")] -= (1 - delay) * fixed
    results = payoffs_and_gain(p, before.gdp, money, guests, product)
    results["payoffs"] = results["payoffs"] - 100 * p.commitment * sum_by_origin(border.managed)
    results["welfare"] = welfare_change(money, public) / total(before.gdp)
    results["incomes"] = incomes_of_status_quo(p, base, before.bills, before.money, before.gdp)
    if accounts:
        cash = MigrantMoney(*(scale * values for values in migrant_money(p, base, border, gains.legs, quo)))
        used = np.stack(resource_use(p, base, border, gains, quo)) - before.used
        spent = ResourceUse(*(scale * used))
        spent = spent._replace(administration=spent.administration + total(fixed))
        results |= region_account_results(CellChanges(money, product, cash, spent), before.gdp)
    return gains, {**results, "gdp": before.gdp}


def region_account_results(change: CellChanges, gdp: Array) -> dict[str, Array]:
    """Results by the names of the fields of `RegionAccounts`, % of the world's GDP, columns last.

    Parameters
    ----------
    change
        Changes from the status quo.
    gdp
        (country, column) GDP of the status quo.

    Returns
    -------
    dict[str, Array]
        Private and public money are (country, population, column).
    """
    found = population_money(change)
    parts = {name: np.stack(getattr(found, name), axis=1) for name in ("private", "public")}
    return {name: 100 * values / total(gdp) for name, values in {**parts, **sum_results(change)}.items()}
