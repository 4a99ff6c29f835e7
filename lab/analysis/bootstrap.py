"""How sure a mean is: bootstrap intervals that resample what chance has drawn, and nothing else.

Points of a grid were chosen, so that they are never resampled; points that were drawn are, in the blocks in which
they were drawn. Replicates share their chance across points and arms, and are resampled as wholes. Where both are
drawn, both are resampled at once (Owen, Annals of Applied Statistics 1, 2007, the pigeonhole bootstrap: on the safe
side). Where nothing was drawn there is no interval, and none is made up. A share that is 0 or 1 in every draw has
Wilson's interval on the number of draws.

The ends are percentiles of the bootstrap means, taken so much farther out that few draws do not pretend to know more
than they do (Hesterberg, The American Statistician 69, 2015, the expanded percentile interval).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from agents.random_streams import stream
from economy.parameters import Array
from lab.design.cases import Design

LEVEL = 0.95
"""How often an interval holds what it is meant to hold."""
RESAMPLES = 2000
FEWEST, WORK = 200, 20_000_000
"""Resamples of very large samples are fewer: what is resampled times how often stays below WORK."""
ROOM = 2_000_000
"""Weights that are worked with at once."""
KEPT = 6
"""Sizes of sample whose lots are kept: the intervals of a sweep are mostly of one size, and share their lots."""

Lots: TypeAlias = NDArray[np.uint16]
"""(time, draw) how often a draw is taken."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the interval around it."""

    mean: float
    low: float | None
    """None, as `high`, where nothing was drawn, or one draw only."""
    high: float | None
    n: int
    """Values that entered."""
    draws: int
    """Independent draws behind them: what was resampled; 0 where nothing was drawn."""

    def to_dict(self) -> dict[str, Any]:
        """The interval as JSON."""
        return {
            "mean": self.mean,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "draws": self.draws,
            "level": LEVEL,
        }


@dataclass(frozen=True, slots=True)
class Drawn:
    """What chance has drawn in a design."""

    block: int
    """Points that were drawn together; 0 where points were chosen."""
    replicates: bool
    seed: int
    alike: bool = False
    """Whether there are several replicates, and all of them came out the same."""

    @property
    def told(self) -> str:
        """What the intervals of such a design are taken over, as a sentence."""
        sources = [
            *(["points"] if self.block == 1 else ["blocks of points"] if self.block else []),
            *(["replicates"] if self.replicates else []),
        ]
        if not sources and self.alike:
            return "There are no intervals: the points were chosen, and all replicates came out the same."
        if not sources:
            return "There are no intervals: the points were chosen, and each case was run once."
        return f"Intervals hold {100 * LEVEL:.0f} % and resample {' and '.join(sources)}."


def drawn(design: Design, different: int | None = None) -> Drawn:
    """What chance has drawn in a design: points by its method, replicates where they differ.

    `different` is how many of the replicates differ, as far as that is known (`Harvest.different`).
    """
    factors = len(design.factors)
    block = {"lhs": 1, "sobol": factors + 2, "morris": factors + 1}.get(design.method, 0)
    count = design.replicates if different is None else different
    return Drawn(block, count > 1, design.seed, alike=design.replicates > 1 and count == 1)


def interval(values: Array, what: Drawn, *, share: bool = False) -> Interval | None:
    """The mean of values (point, replicate) with its interval; NaN are left out, None where nothing else is there.

    Where the values are a `share`'s (0 or 1) and all the same, resampling has nothing to vary: the interval is then
    Wilson's on the independent draws (Wilson, Journal of the American Statistical Association 22, 1927).
    """
    here = ~np.isnan(values)
    n = int(here.sum())
    if not n:
        return None
    sums, counts = _blocks(np.where(here, values, 0.0), what), _blocks(here.astype(float), what)
    kept = counts.sum(axis=1) > 0
    made = counts.sum(axis=0) > 0
    sums, counts = sums[kept][:, made], counts[kept][:, made]
    mean = float(sums.sum() / counts.sum())
    sides = [len(sums) if what.block else 0, sums.shape[1] if what.replicates else 0]
    random = [side for side in sides if side > 1]
    if not random:
        return Interval(mean, None, None, n, max(sides))
    draws = min(random)
    if share and mean in (0.0, 1.0):
        return Interval(mean, *wilson(mean, draws), n, draws)
    means = _means(sums, counts, (sides[0] > 1, sides[1] > 1), what.seed)
    low, high = np.quantile(means[np.isfinite(means)], outer(draws)).tolist()
    return Interval(mean, min(low, mean), max(high, mean), n, draws)


def wilson(share: float, draws: int, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a share of so many independent draws (Wilson 1927, formula 1, without continuity correction)."""
    square = float(special.ndtri((1 + level) / 2)) ** 2
    middle = (share + square / (2 * draws)) / (1 + square / draws)
    half = math.sqrt(square / draws * (share * (1 - share) + square / (4 * draws))) / (1 + square / draws)
    return (0.0 if share == 0 else middle - half), (1.0 if share == 1 else middle + half)


def outer(draws: int, level: float = LEVEL) -> tuple[float, float]:
    """Which percentiles of bootstrap means of so many draws make an interval of that level (Hesterberg 2015)."""
    tail = float(special.ndtr(-math.sqrt(draws / (draws - 1)) * student(draws, level)))
    return tail, 1 - tail


def student(draws: int, level: float = LEVEL) -> float:
    """How many standard errors an interval of so many draws reaches to each side."""
    return float(special.stdtrit(draws - 1, (1 + level) / 2))


def resamples(draws: int) -> int:
    """How often a sample of that size is resampled."""
    return int(np.clip(WORK // max(draws, 1), FEWEST, RESAMPLES))


def weights(draws: int, times: int, chance: np.random.Generator) -> Array:
    """(times, draws) how often each of the draws is taken when as many are drawn again with replacement."""
    return chance.multinomial(draws, np.full(draws, 1 / draws), size=times).astype(float)


def _blocks(values: Array, what: Drawn) -> Array:
    """(block, replicate) sums over points that were drawn together; all points are one block where none was drawn."""
    size = what.block or len(values)
    whole = len(values) // size * size
    found = values[:whole].reshape(-1, size, values.shape[1]).sum(axis=1)
    return found if what.replicates else found.sum(axis=1, keepdims=True)


def _means(sums: Array, counts: Array, sides: tuple[bool, bool], seed: int) -> Array:
    """Bootstrap means over the sides that are drawn."""
    blocks, replicates = sums.shape
    return np.concatenate([_step(sums, counts, lots) for lots in _lots((blocks, replicates), sides, seed)])


def _step(sums: Array, counts: Array, lots: tuple[Lots, Lots]) -> Array:
    left, right = (each.astype(float) for each in lots)
    above = ((left @ sums) * right).sum(axis=1)
    # Where nothing is missing every resample holds as many values as the sample itself.
    whole = bool((counts == counts[0, 0]).all())
    below = np.full(len(left), counts.sum()) if whole else ((left @ counts) * right).sum(axis=1)
    return np.divide(above, below, out=np.full(len(left), np.nan), where=below > 0)


@lru_cache(maxsize=KEPT)
def _lots(shape: tuple[int, int], sides: tuple[bool, bool], seed: int) -> tuple[tuple[Lots, Lots], ...]:
    """Lots of both sides, block after block; drawn once for a size, as they follow from it and from the seed alone."""
    chance = stream(seed, 0, "bootstrap")
    largest = max(shape)
    times, step = resamples(largest), max(1, ROOM // largest)
    found: list[tuple[Lots, Lots]] = []
    for first in range(0, times, step):
        here = min(step, times - first)
        left, right = (
            (weights(draws, here, chance) if side else np.ones((here, draws))).astype(np.uint16)
            for draws, side in zip(shape, sides, strict=True)
        )
        found.append((left, right))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Enough:
    """How many replicates an interval of a wanted width needs, at the spread that was seen."""

    measure: str
    width: float
    """From end to end."""
    replicates: int
    """Needed."""
    made: int
    """That the estimate rests on."""
    deviation: float
    """Standard deviation over replicates."""

    def to_dict(self) -> dict[str, Any]:
        """The estimate as JSON."""
        return {
            "measure": self.measure,
            "width": self.width,
            "replicates": self.replicates,
            "made": self.made,
            "deviation": self.deviation,
        }

    def __str__(self) -> str:
        return (
            f"{self.measure}: an interval of width {self.width:g} takes {self.replicates:,} replicates "
            f"at the spread of the {self.made:,} made so far"
        )


def needed(deviation: float, width: float) -> int:
    """Replicates until an interval of the mean is no wider; at least 2."""
    normal = float(special.ndtri((1 + LEVEL) / 2))
    count = max(2, int(np.ceil((2 * normal * deviation / width) ** 2)))
    while 2 * student(count) * deviation / np.sqrt(count) > width:
        count += 1
    return count
