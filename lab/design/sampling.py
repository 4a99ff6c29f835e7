"""Points of the unit cube for designs that are drawn: Latin hypercubes, Sobol points and Morris trajectories.

Drawn once for a whole design, from a stream of its own seed, so that runs are drawn before any of them is made
and a design reads the same on every machine that has the same versions.
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
DRAWN = ("lhs", "sobol", "morris")
"""The methods that draw their points; the others take them as they are written."""

STEPS = 4
"""Levels of a Morris trajectory: it walks on 0, 1/3, 2/3 and 1, in steps of 2/3 (Morris 1991)."""


def length(method: Method, points: int, factors: int) -> int:
    """How many points a drawn design has: `points` times what one draw needs."""
    return points * {"sobol": factors + 2, "morris": factors + 1}.get(method, 1)


def units(method: Method, points: int, factors: int, seed: int) -> Array:
    """(length, factors): the points of a drawn design in the unit cube.

    Sobol points lie as Saltelli (2010) puts them: for each of the base points A, then A with one column of B for
    every factor, then B; this is what SALib's `sobol.analyze(calc_second_order=False)` reads. Morris trajectories
    follow each other, each of one point more than there are factors.
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


def drawn(method: Method, points: int, factors: Sequence[Factor], seed: int) -> Array | None:
    """(length, factors): the points as places on the factors' axes; None for a method that draws none."""
    if method not in DRAWN:
        return None
    cube = units(method, points, len(factors), seed)
    return np.stack([factor.places(column) for factor, column in zip(factors, cube.T, strict=True)], axis=1)


def _saltelli(points: int, factors: int, chance: np.random.Generator) -> Array:
    from scipy.stats import qmc

    both = qmc.Sobol(2 * factors, rng=chance).random(points)
    ours, theirs = both[:, :factors], both[:, factors:]
    laid = np.repeat(ours[:, None, :], factors + 2, axis=1)
    for factor in range(factors):
        laid[:, 1 + factor, factor] = theirs[:, factor]
    laid[:, -1] = theirs
    return laid.reshape(-1, factors)


def _trajectory(factors: int, chance: np.random.Generator) -> Array:
    """One walk through the cube that moves every factor once, in random order and direction."""
    step = STEPS / (2 * (STEPS - 1))
    start = chance.integers(STEPS // 2, size=factors) / (STEPS - 1)
    upwards = chance.random(factors) < 0.5
    order = chance.permutation(factors)
    walk = np.tile(np.where(upwards, start, start + step), (factors + 1, 1))
    for leg, factor in enumerate(order, start=1):
        walk[leg:, factor] += step if upwards[factor] else -step
    return walk
