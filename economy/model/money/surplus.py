"""Mean gain of a mover in money, by the compensating form, equation 5, and by the equivalent form.

A mover's gain is S = ν(v + logistic) log points of income, and a worker moves when S > 0. The part of the pay abroad
that a mover could lose and still go is 1 − e^(−S). Its mean over the movers is

    g(v) = (1/p) ∫₀^∞ e^(−s) P(S > s) ds = [1 − ₂F₁(1, ν; 1+ν; −e^v)] / p,     p = e^v/(1 + e^v).

It is finite for every ν and needs no cap; it rises from ν/(1+ν) for v → −∞ to 1 for v → ∞.

References
----------
Abramowitz and Stegun (1964), Handbook of Mathematical Functions, 15.3.4.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from economy.parameters import Array, Real

NEAR = 2e-3
"""Distance from a whole ν within which SciPy's ₂F₁ loses precision; there g is interpolated in ν."""
POINTS, WEIGHTS = np.polynomial.legendre.leggauss(32)
"""Points and weights of the integral of the equivalent form, between −1 and 1."""
TAIL = 8.0
"""Distance from νv, in ν, at which its panels are cut."""
NODES = NEAR * np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0])
"""Distances from the whole ν at which g is computed for the interpolation."""


def mean_part(odds: Array, nu: Real) -> Array:
    """Mean part of the pay abroad that a mover could lose and still go, g(v).

    For odds up to 1 the formula is written without a difference, g = ν/(1+ν) (1 + e^v) ₂F₁(1, 1+ν; 2+ν; −e^v). Every
    value depends on its own odds alone.

    Parameters
    ----------
    odds
        (..., column) e^v, odds of moving; where a worker chooses among several hosts, the sum of their e^v.
    nu
        Dispersion of the moving cost, log points; broadcasts with `odds`.

    Returns
    -------
    Array
        (..., column) mean part, between ν/(1+ν) and 1.
    """
    spread, part = np.broadcast_to(np.asarray(nu, dtype=float), odds.shape), np.empty(odds.shape)
    few = odds <= 1
    z, n = odds[few], spread[few]
    part[few] = n / (1 + n) * (1 + z) * _gauss(n + 1, -z)
    whole = np.maximum(np.round(spread), 1.0)
    near = ~few & (np.abs(spread - whole) < NEAR)
    many = ~few & ~near
    part[many] = _large(odds[many], spread[many])
    if near.any():
        part[near] = _interpolate(odds[near], whole[near], (spread - whole)[near])
    return part


def _gauss(b: Array, z: Array) -> Array:
    """Gauss's hypergeometric function ₂F₁(1, b; 1+b; z)."""
    from scipy.special import hyp2f1  # slow to import

    return np.asarray(hyp2f1(1.0, b, 1 + b, z), dtype=np.float64)


def _large(z: Array, nu: Array) -> Array:
    """The part g at odds z above 1."""
    return (1 - _gauss(nu, -z)) * (1 + z) / z


def _interpolate(z: Array, whole: Array, distance: Array) -> Array:
    """The part g at odds z above 1 and ν = whole + distance, by Lagrange's polynomial through NODES."""
    part = np.zeros_like(z)
    for number, node in enumerate(NODES):
        weight = np.ones_like(z)
        for other in np.delete(NODES, number):
            weight = weight * (distance - other) / (node - other)
        part = part + weight * _large(z, whole + node)
    return part


def mean_equivalent(odds: Array, nu: Real, cap: float) -> Array:
    """Mean gain that would make up for staying, as a part of the pay at home: E[e^min(S, cap) − 1 | S > 0].

    It is (1/p) ∫₀^cap e^s P(S > s) ds, by Gauss-Legendre with panels cut at νv and νv ± TAIL ν. Without a cap it is
    infinite for ν of 1 and more. Every value depends on its own odds alone.

    Parameters
    ----------
    odds
        (..., column) e^v, above 0, as in `mean_part`.
    nu
        Dispersion of the moving cost, log points; broadcasts with `odds`.
    cap
        Largest S that counts, log points.

    Returns
    -------
    Array
        (..., column) mean gain, 0 to e^cap − 1.
    """
    spread = np.broadcast_to(np.asarray(nu, dtype=float), odds.shape)
    middle = spread * np.log(odds)
    cut = np.clip(middle, 0.0, cap)
    low, high = np.clip(cut - TAIL * spread, 0.0, cap), np.minimum(cut + TAIL * spread, cap)
    edges, found = (np.zeros_like(cut), low, cut, high, np.full_like(cut, cap)), np.zeros_like(cut)
    for start, end in pairwise(edges):
        half = (end - start) / 2
        for point, weight in zip(POINTS, WEIGHTS, strict=True):
            s = start + half * (point + 1)
            found = found + half * weight * np.exp(s) / (1 + np.exp(np.minimum((s - middle) / spread, 700.0)))
    return found * (1 + odds) / odds
