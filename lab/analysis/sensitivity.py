"""Global sensitivity: which factor drives a measure.

    design = "sobol"     first-order and total indices (Saltelli et al. 2010, Jansen 1999)
    design = "morris"    mean absolute elementary effects and their standard deviation (Morris 1991,
                         Campolongo et al. 2007)
    design = "grid"      exact shares of the variance of single runs, arms and chance included

A factor whose levels are words is one factor, however many levels it has. Intervals resample whole base points or
whole trajectories. Those with a missing run are left out; `n` is the number that remains. Under "sobol" and "morris"
replicates are averaged first, so the indices are those of the mean over chance.

On a grid, the mean of a cell over its replicates still contains noise, and the variance of such means is too large.
So every variance is computed between two different replicates: the mean, over all pairs r < s, of the covariance over
the grid between replicate r and replicate s. Its expectation is the variance of the true means, also where
replicates share their random numbers across cells. Estimates of a small share can be negative. Intervals resample
whole replicates; pairs of a replicate with itself do not count.

References
----------
Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Design and estimator for the total
sensitivity index. Computer Physics Communications 181(2), 259-270.
Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics Communications 117, 35-43.
Morris, M. D. (1991). Factorial sampling plans for preliminary computational experiments. Technometrics 33(2), 161-174.
Campolongo, F., Cariboni, J. and Saltelli, A. (2007). An effective screening design for sensitivity analysis of large
models. Environmental Modelling and Software 22(10), 1509-1518.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from agents.random_streams import stream
from economy.parameters import Array
from games.documents import Document
from games.messages import Message, message
from games.short_repr import short_repr
from lab.analysis.bootstrap import WEIGHTS_AT_ONCE, Count, percentile_levels, resamples, weights
from lab.analysis.dataset import Condition, SweepDataset, arm_position
from lab.design.sampling import STEPS, unit_points

SensitivityMethod = Literal["sobol", "morris", "grid"]
CHANCE = "sensitivity"
"""Name of the random stream for resampling."""
ARM, CHANCE_ROW = message("arm"), message("chance")
"""Names of two rows that a grid has next to its factors: the arm, and the variation between replicates of one case."""
EVERY_ARM = message("all arms")
"""Value of `Sensitivity.arm` where the arms count as a factor."""
FLAT = 1e-12
"""A measure is constant where its range is at most this share of its largest absolute value (at least 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Document):
    """A sensitivity index with the ends of its interval; both ends are None where there is no interval."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorSensitivity(Document):
    """Sensitivity of one measure to one factor."""

    factor: str
    first: Index | None
    """Share of the variance that the factor explains alone; None for Morris."""
    total: Index
    """Share of the variance in which the factor takes part; for Morris the mean absolute effect, in the measure's
    unit."""
    deviation: float | None = None
    """Morris only: standard deviation of the effects. It is large where the factor interacts or acts non-linearly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity(Document):
    """Sensitivity of one measure to all factors, in one arm."""

    __repr__ = short_repr

    measure: str
    arm: str
    """Name of an arm; `EVERY_ARM` where the arms count as a factor."""
    method: SensitivityMethod
    n: Count
    """Number of base points, trajectories, or points of the grid that were used."""
    replicates: Count = 1
    """Number of replicates that were used. A grid with one replicate cannot separate chance from the factors."""
    factors: tuple[FactorSensitivity, ...]
    """In the order of the design; () where `note` gives the reason."""
    note: str | None = None
    """Why there is no sensitivity; None where there is one."""


def factor_sensitivity(found: SweepDataset, measure: str | Condition, arm: str | None = None) -> Sensitivity | None:
    """Compute how strongly a measure depends on each factor of a sweep.

    Parameters
    ----------
    found
        Data of a sweep.
    measure
        Name of a numeric measure, or a condition.
    arm
        Name of an arm. None takes all arms of a grid, where the arm counts as a factor, and otherwise the first arm.

    Returns
    -------
    Sensitivity or None
        None for a design without factors and for the methods `list` and `lhs`, which allow no such analysis.

    Raises
    ------
    InputError
        The measure is not in the data, or `arm` is not an arm.

    References
    ----------
    Saltelli et al. (2010), Jansen (1999), Morris (1991), Campolongo et al. (2007).
    """
    design = found.design
    method = design.method
    at = arm_position(found, arm or found.arms[0])
    if not design.factors or method in ("list", "lhs"):
        return None
    cells = found.of(measure)
    if method == "grid":
        return _over_grid(found, str(measure), cells, arm)
    cells = cells[:, at]
    whole = ~np.isnan(cells).any(axis=1)
    means = np.where(whole, np.where(np.isnan(cells), 0.0, cells).mean(axis=1), np.nan)
    names = [factor.name for factor in design.factors]
    if method == "sobol":
        blocks = means.reshape(-1, len(names) + 2)
        shares, n = sobol(blocks, names, stream(design.seed, 0, CHANCE))
    else:
        blocks = means.reshape(-1, len(names) + 1)
        cube = unit_points("morris", design.points, len(names), design.seed).reshape(*blocks.shape, len(names))
        shares, n = morris(blocks, cube, names, stream(design.seed, 0, CHANCE))
    note = None if shares else _why(means, n, method)
    return Sensitivity(
        measure=str(measure),
        arm=found.arms[at],
        method=method,
        n=n,
        replicates=design.replicates,
        factors=shares,
        note=note,
    )


def _over_grid(found: SweepDataset, measure: str, cells: Array, arm: str | None) -> Sensitivity:
    """Compute the shares of a full grid from values of shape (point, arm, replicate)."""
    design, arms = found.design, found.arms
    kept = cells if arm is None else cells[:, [arm_position(found, arm)]]
    names = [factor.name for factor in design.factors]
    sizes = [len(factor.levels) for factor in design.factors]
    several = kept.shape[1] > 1
    whole = kept[..., ~np.isnan(kept).any(axis=(0, 1))]
    values = np.moveaxis(whole, -1, 0).reshape(whole.shape[-1], *sizes, *([kept.shape[1]] if several else []))
    shares = grid(values, [*names, *([ARM] if several else [])], stream(design.seed, 0, CHANCE))
    means = np.where(np.isnan(kept).any(axis=2), np.nan, np.where(np.isnan(kept), 0.0, kept).mean(axis=2))
    note = None if shares else _why(means.ravel(), len(kept), "grid")
    where = EVERY_ARM if several else arm or arms[0]
    return Sensitivity(
        measure=measure,
        arm=where,
        method="grid",
        n=len(kept),
        replicates=len(values),
        factors=shares,
        note=note,
    )


def sobol(values: Array, names: list[str], chance: np.random.Generator) -> tuple[tuple[FactorSensitivity, ...], int]:
    """Compute how strongly a measure depends on each factor: first-order and total Sobol indices.

    Parameters
    ----------
    values
        Measure, of shape (base point, factors + 2) in Saltelli's order: A, then A with one column of B each, then B.
        Rows with a NaN are left out.
    names
        Names of the factors.
    chance
        Random generator for the intervals.

    Returns
    -------
    tuple
        One `FactorSensitivity` for each factor, and the number of complete base points. There is no share where fewer
        than two base points are complete or the values do not vary.

    References
    ----------
    Saltelli et al. (2010), first-order index; Jansen (1999), total index.
    """
    rows = values[~np.isnan(values).any(axis=1)]
    if len(rows) < 2 or is_constant(rows):
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
        FactorSensitivity(
            factor=name,
            first=_index(value, low, high, at),
            total=_index(value, low, high, count + at),
        )
        for at, name in enumerate(names)
    ), len(rows)


def morris(
    values: Array, cube: Array, names: list[str], chance: np.random.Generator
) -> tuple[tuple[FactorSensitivity, ...], int]:
    """Compute how strongly a measure depends on each factor: mean absolute elementary effects of a Morris design.

    An effect is the change of the measure when a factor crosses its whole range, measured in quantiles of the factor.

    Parameters
    ----------
    values
        Measure, of shape (trajectory, factors + 1). Trajectories with a NaN are left out.
    cube
        Points in the unit cube, of shape (trajectory, factors + 1, factors).
    names
        Names of the factors.
    chance
        Random generator for the intervals.

    Returns
    -------
    tuple
        One `FactorSensitivity` for each factor, and the number of complete trajectories. There is no share where fewer
        than two trajectories are complete or the values do not vary.

    References
    ----------
    Morris (1991), elementary effects; Campolongo et al. (2007), their mean absolute value.
    """
    whole = ~np.isnan(values).any(axis=1)
    rows, steps = values[whole], np.diff(cube[whole], axis=1)
    if len(rows) < 2 or is_constant(rows):
        return (), len(rows)
    moved, leap = np.abs(steps).argmax(axis=2), STEPS / (2 * (STEPS - 1))
    effects = np.zeros((len(rows), len(names)))
    changes = np.diff(rows, axis=1) / (np.sign(np.take_along_axis(steps, moved[..., None], axis=2))[..., 0] * leap)
    np.put_along_axis(effects, moved, changes, axis=1)
    low, high = _ends(np.abs(effects), _same, chance)
    sizes, deviations = np.abs(effects).mean(axis=0), effects.std(axis=0, ddof=1)
    return tuple(
        FactorSensitivity(factor=name, first=None, total=_index(sizes, low, high, at), deviation=float(deviations[at]))
        for at, name in enumerate(names)
    ), len(rows)


def grid(values: Array, names: list[str], chance: np.random.Generator) -> tuple[FactorSensitivity, ...]:
    """Compute which share of a measure's variance over the runs of a grid each factor explains; levels weigh equally.

    Parameters
    ----------
    values
        Measure, of shape (replicate, levels of factor 1, levels of factor 2, ...), without NaN.
    names
        Names of the factors, in the order of the axes.
    chance
        Random generator for the intervals.

    Returns
    -------
    tuple[FactorSensitivity, ...]
        One entry for each factor. With several replicates there is one more for chance, the shares of the factors are
        corrected for it, and all have intervals. () where there is no replicate or the values do not vary.
    """
    count = len(values)
    if not count or is_constant(values):
        return ()
    parts = [*_factor_parts(values), *([_chance_part(values)] if count > 1 else [])]
    pairs = np.stack([*parts, _gram(values - values.mean(axis=tuple(range(1, values.ndim)), keepdims=True))])

    def indices(lots: Array) -> Array:
        found = _between(pairs, lots)
        whole = found[:, -1] + (found[:, -2] if count > 1 else 0.0)
        return np.divide(found[:, :-1], whole[:, None], out=np.zeros_like(found[:, :-1]), where=whole[:, None] > 0)

    value = indices(np.ones((1, count)))[0]
    if count < 2:
        index = [Index(value=float(each)) for each in value]
    else:
        low, high = _pair_ends(indices, count, chance)
        index = [_index(value, low, high, at) for at in range(len(value))]
    rows = [
        FactorSensitivity(factor=name, first=index[2 * at], total=index[2 * at + 1]) for at, name in enumerate(names)
    ]
    return (*rows, *([FactorSensitivity(factor=CHANCE_ROW, first=index[-1], total=index[-1])] if count > 1 else []))


def _index(value: Array, low: Array, high: Array, at: int) -> Index:
    """Return the index at a position of three arrays: values, and lower and upper ends."""
    return Index(value=float(value[at]), low=float(low[at]), high=float(high[at]))


def _factor_parts(values: Array) -> list[Array]:
    """Return two products between replicates for every factor, each of shape (replicate, replicate).

    The first is of its main effect, the second of all effects in which it takes part.
    """
    axes = range(1, values.ndim)
    found: list[Array] = []
    for at in axes:
        alone = values.mean(axis=tuple(each for each in axes if each != at))
        found += [_gram(alone - alone.mean(axis=1, keepdims=True)), _gram(values - values.mean(axis=at, keepdims=True))]
    return found


def _chance_part(values: Array) -> Array:
    """Return half the mean squared difference between two replicates, of shape (replicate, replicate).

    This is the variance within cells.
    """
    square = _gram(values)
    own = np.diag(square)
    return (own[:, None] + own[None, :]) / 2 - square


def _gram(values: Array) -> Array:
    """Return the mean product of the values of two replicates over the cells, of shape (replicate, replicate)."""
    rows = values.reshape(len(values), -1)
    return rows @ rows.T / rows.shape[1]


def _between(pairs: Array, lots: Array) -> Array:
    """Return the mean of every part over the pairs of different replicates, of shape (lot, part).

    `pairs` has the shape (part, replicate, replicate). `lots` has the shape (lot, replicate): how often each replicate
    counts. A single replicate forms a pair with itself.
    """
    if pairs.shape[1] == 1:
        return np.repeat(pairs[None, :, 0, 0], len(lots), axis=0)
    own = np.einsum("prr->pr", pairs)
    above = np.einsum("lr,prs,ls->lp", lots, pairs, lots, optimize=True) - lots**2 @ own.T
    below = lots.sum(axis=1) ** 2 - (lots**2).sum(axis=1)
    return np.divide(above, below[:, None], out=np.zeros_like(above), where=below[:, None] > 0)


def _pair_ends(indices: Callable[[Array], Array], count: int, chance: np.random.Generator) -> tuple[Array, Array]:
    """Return the ends of the intervals of the shares when whole replicates are resampled."""
    lots = weights(count, resamples(count * count), chance)
    lots = lots[(lots > 0).sum(axis=1) > 1]  # a single replicate forms no pair
    low, high = np.quantile(indices(lots), percentile_levels(count), axis=0)
    return low, high


def is_constant(values: Array) -> bool:
    """Return whether all values of an array are equal up to rounding (`FLAT`); True for an empty array."""
    return not values.size or float(np.ptp(values)) <= FLAT * max(1.0, float(np.abs(values).max()))


def _ends(moments: Array, indices: Any, chance: np.random.Generator) -> tuple[Array, Array]:
    """Return the ends of the intervals: rows of moments are resampled, and the indices computed from their means."""
    draws = len(moments)
    times, step = resamples(draws), max(1, WEIGHTS_AT_ONCE // draws)
    found = [
        indices(weights(draws, min(step, times - first), chance) @ moments / draws) for first in range(0, times, step)
    ]
    low, high = np.quantile(np.concatenate(found), percentile_levels(draws), axis=0)
    return low, high


def _same(means: Array) -> Array:
    """Return the means unchanged: the index of Morris is the mean itself."""
    return means


def _why(means: Array, n: int, method: SensitivityMethod) -> Message:
    """Return the reason why there is no share."""
    there = means[~np.isnan(means)]
    if there.size > 1 and is_constant(there):
        return message("it is {value} everywhere: nothing can drive what does not vary", value=f"{there[0]:g}")
    if method == "grid":
        return message("no replicate has a number at every point of the grid: shares of its variance need all of them")
    if method == "sobol":
        return message("{number} base points have all their runs: indices need two at least", number=n)
    return message("{number} trajectories have all their runs: indices need two at least", number=n)
