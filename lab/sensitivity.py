"""Which factor drives a measure: Sobol indices, Morris effects, and the exact shares of a full grid.

    design = "sobol"     first-order and total indices (Saltelli et al. 2010, Jansen 1999)
    design = "morris"    mean absolute elementary effects, and their deviation (Morris 1991, Campolongo et al. 2007)
    design = "grid"      the same two indices, exact on the grid: nothing is drawn, and they have no interval

A factor whose levels are words is one factor, however many levels it has: a change of level is a change of it.
Intervals resample whole base points or whole trajectories; those with a missing run are left out, and `n` says how
many remain. Replicates are averaged first: indices are those of the mean over chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from agents.streams import stream
from economy.parameters import Array
from lab.harvests import Condition, Harvest
from lab.intervals import ROOM, outer, resamples, weights
from lab.sampling import STEPS, units

Way = Literal["sobol", "morris", "grid"]
CHANCE = "sensitivity"
"""The stream that resamples."""
FLAT = 1e-12
"""A deviation below this share of the largest value is none: the measure is constant."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of one factor, with the ends of its interval; both None where nothing was drawn."""

    value: float
    low: float | None = None
    high: float | None = None

    def to_dict(self) -> dict[str, float | None]:
        """The index as JSON."""
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one measure hangs on one factor."""

    factor: str
    first: Index | None
    """Share of the variance that the factor explains alone; None for Morris."""
    total: Index
    """Share that it has a part in; for Morris the mean absolute effect, in the measure's unit."""
    deviation: float | None = None
    """For Morris: of the effects, which is large where the factor acts with others, or in a curve."""

    def to_dict(self) -> dict[str, Any]:
        """The share as JSON."""
        return {
            "factor": self.factor,
            "first": None if self.first is None else self.first.to_dict(),
            "total": self.total.to_dict(),
            "deviation": self.deviation,
        }


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Which factors drive one measure in one arm."""

    measure: str
    arm: str
    method: Way
    shares: tuple[Share, ...]
    """In the order of the design; () where `note` says why."""
    n: int
    """Base points, trajectories, or points of the grid that entered."""
    note: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The sensitivity as JSON."""
        return {
            "measure": self.measure,
            "arm": self.arm,
            "method": self.method,
            "n": self.n,
            "factors": [share.to_dict() for share in self.shares],
            "note": self.note,
        }


def drivers(found: Harvest, measure: str | Condition, arm: str | None = None) -> Sensitivity | None:
    """Which factors drive a measure in an arm, the first one unless named; None where the design cannot tell.

    InputError for what was not measured.
    """
    design, arm = found.design, arm or found.arms[0]
    method = design.method
    if not design.factors or method in ("list", "lhs"):
        return None
    cells = found.of(measure)[:, found.arms.index(arm)]
    whole = ~np.isnan(cells).any(axis=1)
    means = np.where(whole, np.where(np.isnan(cells), 0.0, cells).mean(axis=1), np.nan)
    names = [factor.name for factor in design.factors]
    match method:
        case "sobol":
            blocks = means.reshape(-1, len(names) + 2)
            shares, n = sobol(blocks, names, stream(design.seed, 0, CHANCE))
        case "morris":
            blocks = means.reshape(-1, len(names) + 1)
            cube = units("morris", design.points, len(names), design.seed).reshape(*blocks.shape, len(names))
            shares, n = morris(blocks, cube, names, stream(design.seed, 0, CHANCE))
        case _:
            sizes = [len(factor.levels) for factor in design.factors]
            shares, n = grid(means.reshape(sizes), names), int(whole.sum())
    return Sensitivity(str(measure), arm, method, shares, n, None if shares else _why(means, n, method))


def sobol(values: Array, names: list[str], chance: np.random.Generator) -> tuple[tuple[Share, ...], int]:
    """Indices from values (base point, factors + 2) in Saltelli's order: A, A with one column of B each, B.

    Also how many base points were whole. () where fewer than two are, or where the values do not vary.
    """
    rows = values[~np.isnan(values).any(axis=1)]
    if len(rows) < 2 or flat(rows):
        return (), len(rows)
    rows = (rows - rows.mean()) / rows.std()
    ours, mixed, theirs = rows[:, :1], rows[:, 1:-1], rows[:, -1:]
    alone, together = theirs * (mixed - ours), (ours - mixed) ** 2 / 2
    moments = np.concatenate([alone, together, ours + theirs, ours**2 + theirs**2], axis=1)

    def indices(means: Array) -> Array:
        variance = means[..., -1:] / 2 - (means[..., -2:-1] / 2) ** 2
        return np.divide(means[..., :-2], variance, out=np.zeros_like(means[..., :-2]), where=variance > FLAT)

    value, (low, high) = indices(moments.mean(axis=0)), _ends(moments, indices, chance)
    count = len(names)
    return tuple(
        Share(
            name,
            first=Index(float(value[at]), float(low[at]), float(high[at])),
            total=Index(*(float(each[count + at]) for each in (value, low, high))),
        )
        for at, name in enumerate(names)
    ), len(rows)


def morris(values: Array, cube: Array, names: list[str], chance: np.random.Generator) -> tuple[tuple[Share, ...], int]:
    """Effects from values (trajectory, factors + 1) at places of the unit cube (trajectory, factors + 1, factors).

    An effect is the change of the measure over a walk across the whole range of a factor, in its quantiles. Also how
    many trajectories were whole. () where fewer than two are, or where the values do not vary.
    """
    whole = ~np.isnan(values).any(axis=1)
    rows, steps = values[whole], np.diff(cube[whole], axis=1)
    if len(rows) < 2 or flat(rows):
        return (), len(rows)
    moved, leap = np.abs(steps).argmax(axis=2), STEPS / (2 * (STEPS - 1))
    effects = np.zeros((len(rows), len(names)))
    changes = np.diff(rows, axis=1) / (np.sign(np.take_along_axis(steps, moved[..., None], axis=2))[..., 0] * leap)
    np.put_along_axis(effects, moved, changes, axis=1)
    low, high = _ends(np.abs(effects), _same, chance)
    sizes, deviations = np.abs(effects).mean(axis=0), effects.std(axis=0, ddof=1)
    return tuple(
        Share(name, None, Index(float(sizes[at]), float(low[at]), float(high[at])), float(deviations[at]))
        for at, name in enumerate(names)
    ), len(rows)


def grid(values: Array, names: list[str]) -> tuple[Share, ...]:
    """Shares of the variance over a full grid, an axis a factor, all levels as likely as each other.

    () where a value is missing, or where they do not vary.
    """
    if np.isnan(values).any() or flat(values):
        return ()
    whole, axes = float(values.var()), range(values.ndim)
    return tuple(
        Share(
            name,
            first=Index(float(values.mean(axis=tuple(each for each in axes if each != at)).var()) / whole),
            total=Index(float(values.var(axis=at).mean()) / whole),
        )
        for at, name in enumerate(names)
    )


def flat(values: Array) -> bool:
    """Whether values do not vary, up to rounding."""
    return not values.size or float(np.ptp(values)) <= FLAT * max(1.0, float(np.abs(values).max()))


def _ends(moments: Array, indices: Any, chance: np.random.Generator) -> tuple[Array, Array]:
    """The ends of the intervals: rows of moments are resampled, and the indices taken of their means."""
    draws = len(moments)
    times, step = resamples(draws), max(1, ROOM // draws)
    found = [
        indices(weights(draws, min(step, times - first), chance) @ moments / draws) for first in range(0, times, step)
    ]
    low, high = np.quantile(np.concatenate(found), outer(draws), axis=0)
    return low, high


def _same(means: Array) -> Array:
    return means


def _why(means: Array, n: int, method: Way) -> str:
    there = means[~np.isnan(means)]
    if there.size > 1 and flat(there):
        return f"it is {there[0]:g} everywhere: nothing can drive what does not vary"
    if method == "grid":
        return "points of the grid are missing: shares of its variance need all of them"
    kind = "base points" if method == "sobol" else "trajectories"
    return f"{n} {kind} have all their runs: indices need two at least"
