"""Effects of migration on residents: public budget, congestion, training costs. Equation 7."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import sum_terms, total
from economy.model.migration import Border
from economy.model.money.status_quo import RouteEarnings, StatusQuo
from economy.model.pairs import sum_by_host, sum_by_origin, sum_skills
from economy.parameters import Array, Parameters


def externality(p: Parameters, base: Baseline, border: Border, movers: tuple[Array, ...], quo: StatusQuo) -> Array:
    """Congestion and loss of social capital, equation 7: X/Y⁰ = X_max [1 − exp(−χ m̃^γ T^(1−γ) / X_max)].

    m̃ is the inflow over the labour force, or the inflow beyond today's: the sum over all origins of a host and both
    routes, at least 0. A migrant in a corridor that is not managed, or without papers, counts 1 + u; one in a managed
    corridor counts as the root γ of `chi_managed`. So whoever comes with papers instead of without lowers it
    (assumption). The power is computed with logs: then a shared exponent and one exponent for each column give the same
    bits.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    movers
        People who move, (origin, partner, skill, column) for each route, the route with papers first.
    quo
        Status quo of the same columns; read where the conventions count people beyond today's number.

    Returns
    -------
    Array
        (country, column) loss, share of GDP, 0 to X_max.
    """
    burden = 1 + p.unmanaged * (1 - border.managed)
    if np.any(p.chi_managed != 1):
        burden = burden * np.exp(np.log(p.chi_managed) / p.gamma * border.managed)
    burdens = (burden, 1 + p.unmanaged)
    people = [sum_skills(each) for each in movers]
    if p.conventions.crowding == "beyond today":
        today = [sum_skills(route.movers) for route in quo.routes]
        people = [now - then for now, then in zip(_as_many(people, today), today, strict=True)]
    felt = [each * burden for each, burden in zip(people, burdens, strict=False)]
    inflow = np.maximum(sum_by_host(sum_terms(felt)), 0.0) / total(base.labour, axis=1)
    with np.errstate(divide="ignore"):
        crowd = np.exp(p.gamma * np.log(inflow) + (1 - p.gamma) * np.log(p.years))
    return p.xmax * -np.expm1(-p.chi * crowd / p.xmax)


def _as_many(people: list[Array], today: list[Array]) -> list[Array]:
    """The people on each route of `today`; nobody on a route that is missing."""
    return people + [np.zeros_like(people[0])] * (len(today) - len(people))


def fiscal(
    p: Parameters, base: Baseline, border: Border, legs: Sequence[RouteEarnings], earned: Array, before: Array
) -> Array:
    """Net taxes of arrivals less net taxes of leavers, equation 7; net means taxes less public services.

    People without papers pay taxes and use services as others do without a treaty (assumption).

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    legs
        People who move, and their access to services, on each route.
    earned
        (host, column) earnings of the arrivals before fee and levy. Leavers are counted at their pay before.
    before
        (country, skill, column) wages of the status quo, from which leavers' pay follows.

    Returns
    -------
    Array
        (country, column) money.
    """
    service = p.services * base.product / total(base.labour, axis=1)
    left = sum_by_origin(sum_terms([leg.choice.movers for leg in legs]))
    came = sum_by_host(sum_terms([sum_skills(leg.choice.movers) * leg.route.access for leg in legs]))
    forgone = p.tau * total(border.keep * left * before, axis=1)
    return p.tau * earned - service * came - forgone + service * total(left, axis=1)


def residents(
    p: Parameters,
    base: Baseline,
    border: Border,
    legs: Sequence[RouteEarnings],
    earned: Array,
    quo: StatusQuo,
) -> Array:
    """Change for residents as consumers and taxpayers, equation 7: net taxes, congestion, training that leaves.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    legs
        People who move, and their access to services, on each route, the route with papers first.
    earned
        (host, column) earnings of the arrivals before fee and levy.
    quo
        Status quo of the same columns.

    Returns
    -------
    Array
        (country, column) money.
    """
    movers = tuple(leg.choice.movers for leg in legs)
    before = quo.wages(base)
    crowding = externality(p, base, border, movers, quo) * base.product
    return fiscal(p, base, border, legs, earned, before) - crowding - schooling(p, before, sum_terms(movers))


def schooling(p: Parameters, before: Array, movers: Array) -> Array:
    """Public cost of the training that skilled emigrants take along, (country, column) money.

    Parameters
    ----------
    p
        Flat parameters.
    before
        (country, skill, column) wages before the change.
    movers
        (origin, partner, skill, column) people who move, all routes together.

    Returns
    -------
    Array
        (country, column) money.
    """
    return p.train * before[:, 1] * sum_by_origin(movers)[:, 1]
