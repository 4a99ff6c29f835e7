"""Two skills in one labour market: the aggregate, the wages and the human capital of equations 1, 2 and 4."""

from __future__ import annotations

import numpy as np

from economy.columns import total
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
