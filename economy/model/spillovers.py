"""What migration does to those who neither move nor compete: the public purse, crowding, the school bill."""

from __future__ import annotations

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import added, swap, total
from economy.model.migration import Border
from economy.parameters import Array, Parameters


def externality(p: Parameters, base: Baseline, border: Border, movers: tuple[Array, ...]) -> Array:
    """Congestion and lost social capital, equation 7: X/Y⁰ = 1 − exp(−χ m̃^γ T^(1−γ)), (country, column).

    m̃ is the inflow over the labour force; a migrant from a corridor that is not managed, and one without
    papers, counts 1 + u. `movers` are (origin, skill, column) by route. The power is written with logs: a
    shared exponent and one exponent a column then give the same bits.
    """
    burdens = (1 + p.unmanaged * (1 - border.managed), 1 + p.unmanaged)
    felt = [swap(total(each, axis=1)) * burden for each, burden in zip(movers, burdens, strict=False)]
    inflow = added(felt) / total(base.labour, axis=1)
    with np.errstate(divide="ignore"):
        burden = np.exp(p.gamma * np.log(inflow) + (1 - p.gamma) * np.log(p.years))
    return -np.expm1(-p.chi * burden)


def fiscal(p: Parameters, base: Baseline, border: Border, movers: Array, earned: Array) -> Array:
    """Taxes less services of those who came, less those of those who left, equation 7; (country, column).

    `earned` (host, column) is what arrivals earn before fee and levy; leavers are counted at their old pay.
    People without papers pay and use as others do (assumption).
    """
    service = p.services * base.product / total(base.labour, axis=1)
    left = total(movers, axis=1)
    forgone = p.tau * total(border.keep * movers * base.wages, axis=1)
    return p.tau * earned - service * swap(left) - forgone + service * left


def residents(p: Parameters, base: Baseline, border: Border, movers: tuple[Array, ...], earned: Array) -> Array:
    """Equation 7: the change for residents as consumers and taxpayers, money, (country, column).

    `movers` are (origin, skill, column) by route, with papers first.
    """
    everyone = added(movers)
    crowding = externality(p, base, border, movers) * base.product
    schooling = p.train * base.wages[:, 1] * everyone[:, 1]
    return fiscal(p, base, border, everyone, earned) - crowding - schooling
