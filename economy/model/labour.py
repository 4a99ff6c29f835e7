"""Labour of two skills: the labour aggregate, wages and human capital of equations 1, 2 and 4.

Where there are earlier migrants, the labour of one skill is itself an aggregate of natives and migrants, who are
imperfect substitutes (Ottaviano and Peri 2012). Then new migrants lower the wages of earlier migrants most. Without
earlier migrants, natives and migrants are perfect substitutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.model.batching import total
from economy.parameters import Array, Real

COBB_DOUGLAS = 1e-100
"""Value used for ρ = 0: small enough that ln Λ is exact to rounding, large enough that no product underflows."""


def exponent(sigma: Real) -> Array:
    """The exponent ρ = 1 − 1/σ of equation 1; σ = 1 gives COBB_DOUGLAS, the limit."""
    rho = np.asarray(1 - 1 / np.asarray(sigma, dtype=float))
    return np.where(rho == 0, COBB_DOUGLAS, rho)


def aggregate(unskilled: Array, skilled: Array, weight: Real, rho: Real) -> tuple[Array, Array]:
    """Equation 1, Λ = [(1−θ) E_U^ρ + θ E_S^ρ]^(1/ρ), in logs.

    With changes ln(E/E⁰) as input, and the skilled share of the baseline wage bill as weight, the result is the change
    ln(Λ/Λ⁰). The formula is relative to U, so that it loses no precision near σ = 1 or where almost everybody leaves.

    Parameters
    ----------
    unskilled
        ln E_U.
    skilled
        ln E_S, of the same shape.
    weight
        Weight θ of S, 0 to 1.
    rho
        Exponent ρ, not 0 (see `exponent`).

    Returns
    -------
    tuple[Array, Array]
        ln Λ, and the share of S in the wage bill.
    """
    growth = np.expm1(rho * (skilled - unskilled))
    bill = 1 + weight * growth
    return unskilled + np.log1p(weight * growth) / rho, weight * (1 + growth) / bill


def log_wages(product: Array, index: Array, labour: Array, theta: Real, sigma: Real, alpha: Real) -> Array:
    """Equation 2, w_k = (1−α) (Y/Λ) θ_k (Λ/E_k)^(1/σ), in logs.

    Parameters
    ----------
    product
        (country, column) ln Y.
    index
        (country, column) ln Λ.
    labour
        (country, skill, column) ln E.
    theta
        Weight of S, 0 to 1.
    sigma
        Elasticity of substitution between U and S.
    alpha
        Capital's share of income.

    Returns
    -------
    Array
        (country, skill, column) ln w.
    """
    level = np.log(1 - alpha) + product - index
    less = level + np.log(1 - theta) + (index - labour[:, 0]) / sigma
    more = level + np.log(theta) + (index - labour[:, 1]) / sigma
    return np.stack([less, more], axis=1)


def log_skill(residents: Array) -> Array:
    """Human capital ln h of equation 4, (country, column); h is the share of S among the residents."""
    return np.log(residents[:, 1] / total(residents, axis=1))


@dataclass(frozen=True, slots=True)
class MigrantSubstitution:
    """Substitution between natives and migrants of one skill; columns last.

    In a country without earlier migrants the two are perfect substitutes; its `stock` and `stiffness` are 0.
    """

    stock: Array
    """(country, column) share of earlier migrants among the workers, and so in the wage bill of each skill."""
    rho: Real
    """1 − 1/σ_M, with σ_M the elasticity of substitution between the two."""
    stiffness: Array
    """(country, column) 1/σ_M: fall of the log wage of one side for each log point by which it grows beside the
    other."""


def migrant_substitution(stock: Array | None, sigma: Real) -> MigrantSubstitution | None:
    """The `MigrantSubstitution` of these columns; None where `stock` is None, that is without earlier migrants."""
    if stock is None:
        return None
    return MigrantSubstitution(stock, exponent(sigma), np.where(stock > 0, 1 / np.asarray(sigma), 0.0))


class LabourMix(NamedTuple):
    """Labour of each skill, made of two sides, natives and migrants; of one side where they are perfect substitutes."""

    growth: Array
    """(country, skill, column) ln(E/E⁰) of the skill."""
    sides: Array
    """(side, country, skill, column) ln(E/E⁰) of each side."""
    effective: Array
    """(side, country, skill, column) effective labour."""
    share: Array
    """(side, country, skill, column) share in the wage bill of the skill; 1 where there is one side."""


def mix_labour(natives: Array, old: Array, own: Array, migrants: Array, among: MigrantSubstitution | None) -> LabourMix:
    """Aggregate the effective labour of natives and migrants to the labour of each skill.

    Parameters
    ----------
    natives
        (country, skill, column) natives at the baseline; everybody, where there are no earlier migrants.
    old
        (country, skill, column) earlier migrants at the baseline.
    own
        (country, skill, column) effective labour of natives now.
    migrants
        (country, skill, column) effective labour of migrants now.
    among
        Substitution between natives and migrants; None where no column has earlier migrants.

    Returns
    -------
    LabourMix
        Growth, sides, effective labour and wage-bill shares.
    """
    effective = own + migrants
    growth = np.log(effective / natives)
    if among is None:
        return LabourMix(growth, growth[None], effective[None], np.ones(()))
    stock = among.stock[:, None]
    mixed = stock > 0
    with np.errstate(all="ignore"):  # a country without earlier migrants divides by 0; `where` drops the result
        less = np.where(mixed, np.log(own / natives), growth)
        more = np.where(mixed, np.log(migrants / old), growth)
    both, share = aggregate(less, more, stock, among.rho)
    sides = np.where(mixed, np.stack([own, migrants]), effective)
    return LabourMix(both, np.stack([less, more]), sides, np.where(mixed, np.stack([1 - share, share]), 1.0))
