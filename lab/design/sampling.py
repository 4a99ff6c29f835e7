"""Sampled points of a design: Latin hypercubes, Sobol points and Morris trajectories in the unit cube.

The points are drawn once for the whole design, before any run starts, from a random stream of the design's seed. So
one design has the same points on every machine with the same package versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from agents.random_streams import stream
from economy.parameters import Array
from lab.design.factors import Factor

Method = Literal["grid", "list", "lhs", "sobol", "morris"]
METHODS: tuple[Method, ...] = ("grid", "list", "lhs", "sobol", "morris")
DRAWING_METHODS = ("lhs", "sobol", "morris")
"""The methods that draw their points. The others take the levels as written."""

STEPS = 4
"""Levels of a Morris trajectory: coordinates are 0, 1/3, 2/3 or 1, and a step is 2/3 (Morris 1991)."""


def sample_size(method: Method, points: int, factors: int) -> int:
    """Return how many points (combinations of factor values) a sampling method draws for a design.

    Parameters
    ----------
    method
        Sampling method. "sobol" needs `factors` + 2 points for each base point, "morris" `factors` + 1 for each
        trajectory, "lhs" one.
    points
        Base points (sobol), trajectories (morris) or points (lhs), at least 1.
    factors
        Number of factors.

    Returns
    -------
    int
        Number of points: of the rows that `unit_points` returns for this method, `points` and `factors`.
    """
    return points * {"sobol": factors + 2, "morris": factors + 1}.get(method, 1)


def unit_points(method: Method, points: int, factors: int, seed: int) -> Array:
    """Draw the points of a design (combinations of factor values), with one number from 0 to 1 for every factor.

    Parameters
    ----------
    method
        "lhs", "sobol" or "morris". Any other method is treated as "lhs".
    points
        Points (lhs), base points (sobol; a power of two keeps the sequence balanced) or trajectories (morris).
    factors
        Number of factors: the dimension of the cube.
    seed
        Seed of the design.

    Returns
    -------
    Array
        Shape (`sample_size(method, points, factors)`, factors), values from 0 to 1. Sobol points are ordered for each
        base point as A, then A with one column of B for every factor, then B; SALib's
        `sobol.analyze(calc_second_order=False)` reads this order. Morris trajectories follow each other, each of
        factors + 1 points.

    References
    ----------
    Saltelli et al. (2010), Computer Physics Communications 181, for the order of Sobol points; Morris (1991),
    Technometrics 33, for trajectories.
    """
    chance = stream(seed, 0, f"design {method}")
    match method:
        case "sobol":
            return _saltelli(points, factors, chance)
        case "morris":
            return np.concatenate([_trajectory(factors, chance) for _ in range(points)])
        case _:
            from scipy.stats import qmc

            return qmc.LatinHypercube(factors, rng=chance).random(points)


def draw_points(method: Method, points: int, factors: Sequence[Factor], seed: int) -> Array | None:
    """Draw the points of a design (combinations of factor values) as positions on the axes of its factors.

    A position is the index of a level, or, for a factor with a range, the value itself.

    Parameters
    ----------
    method
        Sampling method of the design.
    points
        Points, base points or trajectories, as for `unit_points`.
    factors
        The factors, which turn a number of the unit interval into a level or a number of their range.
    seed
        Seed of the design.

    Returns
    -------
    Array or None
        Shape (`sample_size(method, points, len(factors))`, len(factors)); None for "grid" and "list", which draw no
        points.
    """
    if method not in DRAWING_METHODS:
        return None
    cube = unit_points(method, points, len(factors), seed)
    return np.stack([factor.places(column) for factor, column in zip(factors, cube.T, strict=True)], axis=1)


def _saltelli(points: int, factors: int, chance: np.random.Generator) -> Array:
    """Sobol points in Saltelli's order: A, A with each column of B in turn, B, for each base point."""
    from scipy.stats import qmc

    both = qmc.Sobol(2 * factors, rng=chance).random(points)
    ours, theirs = both[:, :factors], both[:, factors:]
    laid = np.repeat(ours[:, None, :], factors + 2, axis=1)
    for factor in range(factors):
        laid[:, 1 + factor, factor] = theirs[:, factor]
    laid[:, -1] = theirs
    return laid.reshape(-1, factors)


def _trajectory(factors: int, chance: np.random.Generator) -> Array:
    """One Morris trajectory: it moves every factor once by 2/3, in random order and direction."""
    step = STEPS / (2 * (STEPS - 1))
    start = chance.integers(STEPS // 2, size=factors) / (STEPS - 1)
    upwards = chance.random(factors) < 0.5
    order = chance.permutation(factors)
    walk = np.tile(np.where(upwards, start, start + step), (factors + 1, 1))
    for leg, factor in enumerate(order, start=1):
        walk[leg:, factor] += step if upwards[factor] else -step
    return walk
