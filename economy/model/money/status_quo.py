"""The status quo: wages, flows and pay with today's migrants, from which all is measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.market import Clearing
from economy.model.migration import Border, Route, RouteChoice, choose, earnings
from economy.parameters import Array


class RouteEarnings(NamedTuple):
    """A route and its choices and pay at the cleared wages."""

    route: Route
    """The route."""
    choice: RouteChoice
    """Choices of the workers on this route."""
    pay: Array
    """(origin, partner, skill, column) earnings abroad before fee and levy."""

    @property
    def net(self) -> Array:
        """(origin, partner, skill, column) earnings abroad after fee and levy."""
        return self.pay * ((1 - self.route.fee) * (1 - self.route.tax))[:, :, None]

    def record(self) -> TodayRoute:
        """Who moves on the route, for what pay, and with what access to public services."""
        movers = self.choice.movers
        return TodayRoute(movers, self.pay, self.net, np.broadcast_to(self.route.access[:, :, None], movers.shape))


def follow_routes(base: Baseline, border: Border, clearing: Clearing) -> tuple[RouteEarnings, ...]:
    """Choices and pay on every route at the cleared wages: natives earn w⁰e^x, migrants w⁰e^y.

    Parameters
    ----------
    base
        Baseline of the columns.
    border
        Borders of the same columns.
    clearing
        Log wage changes x and y at the fixed point.

    Returns
    -------
    tuple[RouteEarnings, ...]
        One for each route of the border.
    """
    paid = base.wages * np.exp(clearing.y)
    choices = choose(clearing.x, clearing.y, border)
    legs = zip(border.routes, choices, strict=True)
    return tuple(RouteEarnings(route, choice, earnings(paid, route)) for route, choice in legs)


@dataclass(frozen=True, slots=True)
class TodayRoute:
    """Who moves today on one route, and for what pay; (origin, partner, skill, column), 0 where nobody moves today."""

    movers: Array
    """People who move."""
    pay: Array
    """Earnings abroad before fee and levy."""
    net: Array
    """Earnings abroad after fee and levy."""
    access: Array
    """Public services that a mover uses, share of a resident's of the host."""


def record_routes(legs: Sequence[RouteEarnings], count: int) -> tuple[TodayRoute, ...]:
    """Who moves on `count` routes, and for what pay; a route that is missing from `legs` has nobody on it."""
    routes = [leg.record() for leg in legs]
    nobody = np.zeros_like(routes[0].movers)
    return (*routes, *[TodayRoute(nobody, nobody, nobody, nobody)] * (count - len(routes)))


@dataclass(frozen=True, slots=True)
class StatusQuo:
    """The status quo of each column; columns last."""

    x: Array
    """(country, skill, column) ln(w/w⁰) of natives."""
    routes: tuple[TodayRoute, ...]
    """Who moves on each route; there may be more routes than now, where control stops all who have no papers."""

    def wages(self, base: Baseline) -> Array:
        """(country, skill, column) wages of natives."""
        return base.wages * np.exp(self.x)
