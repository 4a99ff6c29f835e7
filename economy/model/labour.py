"""Two skills in one labour market: the aggregate, the wages and the human capital of equations 1, 2 and 4.

Where earlier migrants live, a skill's labour is itself an aggregate of natives and migrants, who replace each
other imperfectly (Ottaviano and Peri 2012): newcomers then press on earlier migrants' wages first. Where there
are none the two are one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.model.batching import total
from economy.parameters import Array, Real

COBB_DOUGLAS = 1e-100
"""Stands for ρ = 0: so small that ln Λ is exact to rounding, so large that no product of it underflows."""


def exponent(sigma: Real) -> Array:
    """The ρ = 1 − 1/σ of equation 1, with σ = 1 as the limit of its neighbours."""
    rho = np.asarray(1 - 1 / np.asarray(sigma, dtype=float))
    return np.where(rho == 0, COBB_DOUGLAS, rho)


def aggregate(unskilled: Array, skilled: Array, weight: Real, rho: Real) -> tuple[Array, Array]:
    """Equation 1, Λ = [(1−θ) E_U^ρ + θ E_S^ρ]^(1/ρ), in logs: ln Λ and the skilled share of the wage bill.

    Takes ln E_U, ln E_S and the weight of S. Given changes ln(E/E⁰) and the baseline's skilled share of the
    wage bill as weight, it returns the change ln(Λ/Λ⁰). Measured from U, so that nothing cancels near σ = 1
    nor where almost everybody leaves.
    """
    growth = np.expm1(rho * (skilled - unskilled))
    bill = 1 + weight * growth
    return unskilled + np.log1p(weight * growth) / rho, weight * (1 + growth) / bill


def log_wages(product: Array, index: Array, labour: Array, theta: Real, sigma: Real, alpha: Real) -> Array:
    """Equation 2, w_k = (1−α) (Y/Λ) θ_k (Λ/E_k)^(1/σ), in logs: (country, skill, column).

    Takes ln Y, ln Λ (country, column) and ln E (country, skill, column).
    """
    level = np.log(1 - alpha) + product - index
    less = level + np.log(1 - theta) + (index - labour[:, 0]) / sigma
    more = level + np.log(theta) + (index - labour[:, 1]) / sigma
    return np.stack([less, more], axis=1)


def log_skill(residents: Array) -> Array:
    """Human capital: ln h of equation 4, h the share of S among the residents; (country, column)."""
    return np.log(residents[:, 1] / total(residents, axis=1))


@dataclass(frozen=True, slots=True)
class Nest:
    """How natives and migrants of one skill replace each other; columns last.

    In a country without earlier migrants the two are one, and its stock and stiffness are 0.
    """

    stock: Array
    """(country, column) share of earlier migrants among the workers, and so in their skill's wage bill."""
    rho: Real
    """1 − 1/σ of the elasticity between the two."""
    stiffness: Array
    """(country, column) 1/σ of it: how much a wage falls when its kind grows beside the other."""


def nest(stock: Array | None, sigma: Real) -> Nest | None:
    """The nest of these columns; None where nobody came earlier."""
    if stock is None:
        return None
    return Nest(stock, exponent(sigma), np.where(stock > 0, 1 / np.asarray(sigma), 0.0))


class Blend(NamedTuple):
    """A skill's labour out of its sides, natives and migrants; one side where both are one."""

    growth: Array
    """(country, skill, column) ln(E/E⁰) of the skill."""
    sides: Array
    """(side, country, skill, column) the same of each side."""
    effective: Array
    """(side, country, skill, column) effective labour."""
    share: Array
    """(side, country, skill, column) in the skill's wage bill; 1 where both sides are one."""


def blend(natives: Array, old: Array, own: Array, migrants: Array, among: Nest | None) -> Blend:
    """The labour of every skill out of the effective labour of its two sides.

    `natives` and `old` are the people of the start; in a country without earlier migrants natives are everyone.
    """
    effective = own + migrants
    growth = np.log(effective / natives)
    if among is None:
        return Blend(growth, growth[None], effective[None], np.ones(()))
    stock = among.stock[:, None]
    mixed = stock > 0
    with np.errstate(all="ignore"):  # a country without earlier migrants divides by their zero, and is passed over
        less = np.where(mixed, np.log(own / natives), growth)
        more = np.where(mixed, np.log(migrants / old), growth)
    both, share = aggregate(less, more, stock, among.rho)
    sides = np.where(mixed, np.stack([own, migrants]), effective)
    return Blend(both, np.stack([less, more]), sides, np.where(mixed, np.stack([1 - share, share]), 1.0))
