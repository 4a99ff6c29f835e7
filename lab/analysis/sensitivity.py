"""Which factor drives a measure: Sobol indices, Morris effects, and the exact shares of a full grid.

    design = "sobol"     first-order and total indices (Saltelli et al. 2010, Jansen 1999)
    design = "morris"    mean absolute elementary effects, and their deviation (Morris 1991, Campolongo et al. 2007)
    design = "grid"      shares of the variance of single runs, arms and chance included

A factor whose levels are words is one factor, however many levels it has: a change of level is a change of it.
Intervals resample whole base points or whole trajectories; those with a missing run are left out, and `n` says how
many remain. Under "sobol" and "morris" replicates are averaged first: indices are those of the mean over chance.

On a grid the mean of a cell over its replicates holds what chance has left in it, and a variance of such means is too
large. So every variance is taken between two different replicates: the mean over all pairs r < s of the covariance
over the grid of what replicate r says and what replicate s says. Its expectation is the variance of the true means,
also where replicates share their chance across cells. Estimates of a small share can fall below 0. Intervals resample
whole replicates, and pairs of a replicate with itself do not count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from agents.random_streams import stream
from economy.parameters import Array
from games.short_repr import short_repr
from lab.analysis.bootstrap import ROOM, outer, resamples, weights
from lab.analysis.dataset import Condition, Harvest
from lab.design.sampling import STEPS, units

Way = Literal["sobol", "morris", "grid"]
CHANCE = "sensitivity"
"""The stream that resamples."""
ARM, RUN = "arm", "chance"
"""The rows of a grid beside its factors: the policy, and what differs between replicates of one case."""
EVERY_ARM = "all arms"
FLAT = 1e-12
"""A deviation below this share of the largest value is none: the measure is constant."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of one factor, with the ends of its interval; both None where there is none."""

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

    __repr__ = short_repr

    measure: str
    arm: str
    """Or `EVERY_ARM`, where arms are compared with each other, as a factor."""
    method: Way
    shares: tuple[Share, ...]
    """In the order of the design; () where `note` says why."""
    n: int
    """Base points, trajectories, or points of the grid that entered."""
    note: str | None = None
    replicates: int = 1
    """That entered; a grid of one replicate cannot tell chance from the rest."""

    def to_dict(self) -> dict[str, Any]:
        """The sensitivity as JSON."""
        return {
            "measure": self.measure,
            "arm": self.arm,
            "method": self.method,
            "n": self.n,
            "replicates": self.replicates,
            "factors": [share.to_dict() for share in self.shares],
            "note": self.note,
        }


def drivers(found: Harvest, measure: str | Condition, arm: str | None = None) -> Sensitivity | None:
    """Which factors drive a measure; None where the design cannot tell.

    Of a grid, over all arms, which count as a factor; else, and where an arm is named, in one arm, by default the
    first. InputError for what was not measured.
    """
    design = found.design
    method = design.method
    if not design.factors or method in ("list", "lhs"):
        return None
    cells = found.of(measure)
    if method == "grid":
        return _over_grid(found, str(measure), cells, arm)
    arm = arm or found.arms[0]
    cells = cells[:, found.arms.index(arm)]
    whole = ~np.isnan(cells).any(axis=1)
    means = np.where(whole, np.where(np.isnan(cells), 0.0, cells).mean(axis=1), np.nan)
    names = [factor.name for factor in design.factors]
    if method == "sobol":
        blocks = means.reshape(-1, len(names) + 2)
        shares, n = sobol(blocks, names, stream(design.seed, 0, CHANCE))
    else:
        blocks = means.reshape(-1, len(names) + 1)
        cube = units("morris", design.points, len(names), design.seed).reshape(*blocks.shape, len(names))
        shares, n = morris(blocks, cube, names, stream(design.seed, 0, CHANCE))
    note = None if shares else _why(means, n, method)
    return Sensitivity(str(measure), arm, method, shares, n, note, design.replicates)


def _over_grid(found: Harvest, measure: str, cells: Array, arm: str | None) -> Sensitivity:
    """Shares over the grid, from values (point, arm, replicate)."""
    design, arms = found.design, found.arms
    kept = cells if arm is None else cells[:, [arms.index(arm)]]
    names = [factor.name for factor in design.factors]
    sizes = [len(factor.levels) for factor in design.factors]
    several = kept.shape[1] > 1
    whole = kept[..., ~np.isnan(kept).any(axis=(0, 1))]
    values = np.moveaxis(whole, -1, 0).reshape(whole.shape[-1], *sizes, *([kept.shape[1]] if several else []))
    shares = grid(values, [*names, *([ARM] if several else [])], stream(design.seed, 0, CHANCE))
    means = np.where(np.isnan(kept).any(axis=2), np.nan, np.where(np.isnan(kept), 0.0, kept).mean(axis=2))
    note = None if shares else _why(means.ravel(), len(kept), "grid")
    where = EVERY_ARM if several else arm or arms[0]
    return Sensitivity(measure, where, "grid", shares, len(kept), note, len(values))


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


def grid(values: Array, names: list[str], chance: np.random.Generator) -> tuple[Share, ...]:
    """Shares of the variance of single runs over a full grid, from values (replicate, an axis a factor).

    All levels are as likely as each other. With several replicates there is a row for chance, the shares of the
    factors are corrected for it, and all have intervals. () without a replicate, or where the values do not vary.
    """
    count = len(values)
    if not count or flat(values):
        return ()
    parts = [*_factor_parts(values), *([_chance_part(values)] if count > 1 else [])]
    pairs = np.stack([*parts, _gram(values - values.mean(axis=tuple(range(1, values.ndim)), keepdims=True))])

    def indices(lots: Array) -> Array:
        found = _between(pairs, lots)
        whole = found[:, -1] + (found[:, -2] if count > 1 else 0.0)
        return np.divide(found[:, :-1], whole[:, None], out=np.zeros_like(found[:, :-1]), where=whole[:, None] > 0)

    value = indices(np.ones((1, count)))[0]
    low, high = (None, None) if count < 2 else _pair_ends(indices, count, chance)
    index = [
        Index(float(each), *((None, None) if low is None or high is None else (float(low[at]), float(high[at]))))
        for at, each in enumerate(value)
    ]
    rows = [Share(name, first=index[2 * at], total=index[2 * at + 1]) for at, name in enumerate(names)]
    return (*rows, *([Share(RUN, first=index[-1], total=index[-1])] if count > 1 else []))


def _factor_parts(values: Array) -> list[Array]:
    """For every factor two products between replicates: of what it explains alone, and of all it has a part in."""
    axes = range(1, values.ndim)
    found: list[Array] = []
    for at in axes:
        alone = values.mean(axis=tuple(each for each in axes if each != at))
        found += [_gram(alone - alone.mean(axis=1, keepdims=True)), _gram(values - values.mean(axis=at, keepdims=True))]
    return found


def _chance_part(values: Array) -> Array:
    """(replicate, replicate) half the mean squared difference between two replicates: the variance within cells."""
    square = _gram(values)
    own = np.diag(square)
    return (own[:, None] + own[None, :]) / 2 - square


def _gram(values: Array) -> Array:
    """(replicate, replicate) the mean over cells of the product of what two replicates say."""
    rows = values.reshape(len(values), -1)
    return rows @ rows.T / rows.shape[1]


def _between(pairs: Array, lots: Array) -> Array:
    """(lot, part) the mean of every part (part, replicate, replicate) over pairs of different replicates.

    `lots` (lot, replicate) tells how often each replicate counts. A single replicate is its own pair.
    """
    if pairs.shape[1] == 1:
        return np.repeat(pairs[None, :, 0, 0], len(lots), axis=0)
    own = np.einsum("prr->pr", pairs)
    above = np.einsum("lr,prs,ls->lp", lots, pairs, lots, optimize=True) - lots**2 @ own.T
    below = lots.sum(axis=1) ** 2 - (lots**2).sum(axis=1)
    return np.divide(above, below[:, None], out=np.zeros_like(above), where=below[:, None] > 0)


def _pair_ends(indices: Callable[[Array], Array], count: int, chance: np.random.Generator) -> tuple[Array, Array]:
    """The ends of the intervals of shares when whole replicates are resampled."""
    lots = weights(count, resamples(count * count), chance)
    lots = lots[(lots > 0).sum(axis=1) > 1]  # one replicate alone has no pair
    low, high = np.quantile(indices(lots), outer(count), axis=0)
    return low, high


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
        return "no replicate has a number at every point of the grid: shares of its variance need all of them"
    kind = "base points" if method == "sobol" else "trajectories"
    return f"{n} {kind} have all their runs: indices need two at least"
