"""What migrants get in money, and what the opening of borders uses up: equations 8 and 11.

Of a flow, those who were there in the status quo are *old*, those who come on top are *new*, and those who were there
and are no more have *returned*. No one is counted twice: M G − M_q G_q = old (G − G_q) + new G − returned G_q.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import sum_terms, total
from economy.model.migration import Border
from economy.model.money.status_quo import RouteEarnings, StatusQuo, TodayRoute, record_routes
from economy.model.pairs import at_host, sum_by_host, sum_by_origin, sum_skills
from economy.parameters import Array, Parameters

OLD, NEW = 0, 1
"""Index of those who were there, the returned included, and of those who come on top."""


class MigrantMoney(NamedTuple):
    """Change of the migrants' money from the status quo; the arrays but `felt` are (old or new, origin, column)."""

    gain: Array
    """Pay abroad after fee and levy, less pay at home."""
    sent: Array
    """What of it they send to their families."""
    public: Array
    """Public services that they use, less the taxes that they pay, against those at home."""
    felt: Array
    """(origin, column) cost of the services by which the access of a treaty differs from that without one.

    The surplus of the movers counts what they are worth, so welfare takes their cost off.
    """


def migrant_money(
    p: Parameters, base: Baseline, border: Border, legs: Sequence[RouteEarnings], quo: StatusQuo
) -> MigrantMoney:
    """Money gain, money sent home and public account of the migrants of each country, equation 8.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    legs
        Choices and pay on each route.
    quo
        Status quo of the same columns.

    Returns
    -------
    MigrantMoney
        Sums over the routes, the hosts and the skills.
    """
    home = (border.keep * quo.wages(base))[:, None]
    services = _services(p, base)
    now = record_routes(legs, len(quo.routes))
    routes = [_route_money(p, *pair, home, services) for pair in zip(now, quo.routes, strict=True)]
    there = services[0][:, :, 0]
    more = [sum_skills(leg.choice.movers) * (leg.route.access - p.access) * there for leg in legs]
    gain, sent, public = (sum_terms(parts) for parts in zip(*routes, strict=True))
    return MigrantMoney(gain, sent, public, sum_by_origin(sum_terms(more)))


def public_accounts(
    p: Parameters, base: Baseline, border: Border, legs: Sequence[RouteEarnings], quo: StatusQuo
) -> Array:
    """(country, column) public account of all who move from each country, at the access without a treaty.

    That of those who moved before is not taken off. What a treaty changes in the access is in the surplus of the
    movers.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    legs
        Choices and pay on each route.
    quo
        Status quo of the same columns; its wages are read.

    Returns
    -------
    Array
        (country, column) money: services used, less taxes, against those at home.
    """
    home = (border.keep * quo.wages(base))[:, None]
    there, here = _services(p, base)
    parts = [sum_skills(leg.choice.movers * (p.access * there - here - p.tau * (leg.pay - home))) for leg in legs]
    return sum_by_origin(sum_terms(parts))


def _services(p: Parameters, base: Baseline) -> tuple[Array, Array]:
    """(origin, partner, skill, column) what one resident uses abroad and at home; the skill has length 1."""
    service = p.services * base.product / total(base.labour, axis=1)
    return at_host(service)[:, :, None], service[:, None, None]


def _route_money(
    p: Parameters, route: TodayRoute, today: TodayRoute, home: Array, services: tuple[Array, Array]
) -> tuple[Array, Array, Array]:
    """Gain, sum sent and public account on one route.

    `home` is the pay at home before, `services` what one resident uses abroad and at home.
    """
    now, then = route.movers, today.movers
    stayed, came, returned = np.minimum(now, then), np.maximum(now - then, 0.0), np.maximum(then - now, 0.0)

    def split(value: Array, before: Array) -> Array:
        """(old or new, origin, column) total of what one mover has now and had before."""
        parts = stayed * (value - before) - returned * before, came * value
        return np.stack([sum_by_origin(sum_skills(part)) for part in parts])

    gain, gain_before = route.net - home, today.net - home
    sent, sent_before = (p.rho * np.maximum(cash, 0.0) for cash in (gain, gain_before))
    there, here = services
    public, public_before = (each.access * there - here - p.tau * (each.pay - home) for each in (route, today))
    return split(gain, gain_before), split(sent, sent_before), split(public, public_before)


def employers_fees(p: Parameters, legal: RouteEarnings) -> Array:
    """(host, column) money that employers pay to recruiters: their share of what a treaty takes off the fee."""
    less = np.maximum(p.fee - legal.route.fee, 0.0)
    return sum_by_host(sum_skills(legal.choice.movers * legal.pay) * (p.fee_employer * less))


def recruiters(legs: Sequence[RouteEarnings]) -> Array:
    """(column) money that movers pay to recruiters and smugglers."""
    return total(sum_terms([sum_by_origin(sum_skills(leg.choice.movers * leg.pay) * leg.route.fee) for leg in legs]))
