"""Effects of migration on residents: public budget, congestion, training costs. Equation 7."""

from __future__ import annotations

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import sum_terms, total
from economy.model.migration import Border
from economy.model.pairs import sum_by_host, sum_by_origin, sum_skills
from economy.parameters import Array, Parameters


def externality(p: Parameters, base: Baseline, border: Border, movers: tuple[Array, ...]) -> Array:
    """Congestion and loss of social capital, equation 7: X/Y⁰ = 1 − exp(−χ m̃^γ T^(1−γ)).

    m̃ is the inflow over the labour force. A migrant in a corridor that is not managed, or without papers, counts 1 +
    u. The power is computed with logs: then a shared exponent and one exponent for each column give the same bits.

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

    Returns
    -------
    Array
        (country, column) loss, share of GDP, 0 to 1.
    """
    burdens = (1 + p.unmanaged * (1 - border.managed), 1 + p.unmanaged)
    felt = [sum_skills(each) * burden for each, burden in zip(movers, burdens, strict=False)]
    inflow = sum_by_host(sum_terms(felt)) / total(base.labour, axis=1)
    with np.errstate(divide="ignore"):
        burden = np.exp(p.gamma * np.log(inflow) + (1 - p.gamma) * np.log(p.years))
    return -np.expm1(-p.chi * burden)


def fiscal(p: Parameters, base: Baseline, border: Border, movers: Array, earned: Array) -> Array:
    """Net taxes of arrivals less net taxes of leavers, equation 7; net means taxes less public services.

    People without papers pay taxes and use services as others do (assumption).

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    movers
        (origin, partner, skill, column) people who move, all routes together.
    earned
        (host, column) earnings of the arrivals before fee and levy. Leavers are counted at their baseline pay.

    Returns
    -------
    Array
        (country, column) money.
    """
    service = p.services * base.product / total(base.labour, axis=1)
    left = sum_by_origin(movers)
    came = sum_by_host(sum_skills(movers))
    forgone = p.tau * total(border.keep * left * base.wages, axis=1)
    return p.tau * earned - service * came - forgone + service * total(left, axis=1)


def residents(p: Parameters, base: Baseline, border: Border, movers: tuple[Array, ...], earned: Array) -> Array:
    """Change for residents as consumers and taxpayers, equation 7: net taxes, congestion, training that leaves.

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
    earned
        (host, column) earnings of the arrivals before fee and levy.

    Returns
    -------
    Array
        (country, column) money.
    """
    everyone = sum_terms(movers)
    crowding = externality(p, base, border, movers) * base.product
    schooling = p.train * base.wages[:, 1] * sum_by_origin(everyone)[:, 1]
    return fiscal(p, base, border, everyone, earned) - crowding - schooling
