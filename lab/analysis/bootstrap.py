"""Bootstrap intervals of means. Only what was drawn at random is resampled.

The points of a grid were chosen, so they are never resampled. Points that were drawn are resampled in the blocks in
which they were drawn. Replicates share their random numbers across points and arms, so whole replicates are
resampled. Where points and replicates were both drawn, both are resampled at the same time: the pigeonhole bootstrap
(Owen 2007). It overestimates the variance somewhat, as do its relatives (Owen and Eckles 2012). Where nothing was drawn
there is no interval. A share that is 0 or 1 in every
draw has Wilson's interval on the number of draws.

The ends of an interval are percentiles of the bootstrap means. They lie farther out than the nominal percentiles, to
correct for a small number of draws: the expanded percentile interval (Hesterberg 2015).

References
----------
Owen, A. B. (2007). The pigeonhole bootstrap. Annals of Applied Statistics 1(2), 386-411.
Owen, A. B. and Eckles, D. (2012). Bootstrapping data arrays of arbitrary order. Annals of Applied Statistics 6(3).
Hesterberg, T. C. (2015). What teachers should know about the bootstrap: resampling in the undergraduate statistics
curriculum. The American Statistician 69(4), 371-386.
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
Statistical Association 22(158), 209-212.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from agents.random_streams import stream
from economy.parameters import Array
from games.documents import Document, Limits
from games.messages import Message, message
from lab.design.cases import Design

LEVEL = 0.95
"""Confidence level of every interval."""
RESAMPLES = 2000
"""Largest number of resamples."""
FEWEST, WORK = 200, 20_000_000
"""Smallest number of resamples, and the number of resampled values (draws x resamples) above which large samples are
resampled less often than `RESAMPLES` times.
"""
WEIGHTS_AT_ONCE = 2_000_000
"""Number of weights that are held in memory at once."""
CACHED_SIZES = 6
"""Number of sample sizes whose resampling weights are cached. Most intervals of a sweep have the same size."""

Count: TypeAlias = Annotated[int, Limits(minimum=0)]
"""A number of things in a JSON document."""

Lots: TypeAlias = NDArray[np.uint16]
"""(resample, draw) how often a draw is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval(Document):
    """A mean and the interval around it."""

    mean: float
    low: float | None
    """None, like `high`, where nothing was drawn or there is one draw only."""
    high: float | None
    n: Count
    """Number of values in the mean."""
    draws: Count
    """Number of independent draws that were resampled.

    The smaller of the two where points and replicates were both resampled; 0 where nothing was drawn.
    """
    level: float = LEVEL
    """Confidence level."""


@dataclass(frozen=True, slots=True)
class ResamplingPlan:
    """What was drawn at random in the design of a sweep (points, replicates), and so what a bootstrap resamples."""

    block: int
    """Number of points that were drawn together; 0 where the points were chosen."""
    replicates: bool
    """Whether replicates differ and are resampled."""
    seed: int
    """Seed of the resampling."""
    alike: bool = False
    """Whether there are several replicates and all of them gave the same results."""

    @property
    def sentence(self) -> Message:
        """Return a sentence for people on what the intervals of means resample, or on why there are no intervals."""
        return _RESAMPLED[min(self.block, 2), self.replicates] if self.block or self.replicates else _NONE[self.alike]


_PER_CENT = f"{100 * LEVEL:.0f}"
_RESAMPLED = {
    (1, False): message("Intervals hold {level} % and resample points.", level=_PER_CENT),
    (2, False): message("Intervals hold {level} % and resample blocks of points.", level=_PER_CENT),
    (0, True): message("Intervals hold {level} % and resample replicates.", level=_PER_CENT),
    (1, True): message("Intervals hold {level} % and resample points and replicates.", level=_PER_CENT),
    (2, True): message("Intervals hold {level} % and resample blocks of points and replicates.", level=_PER_CENT),
}
"""By the number of points that were drawn together (2 for more than one), and by whether replicates are resampled."""
_NONE = {
    False: message("There are no intervals: the points were chosen, and each case was run once."),
    True: message("There are no intervals: the points were chosen, and all replicates came out the same."),
}
"""By whether there are several replicates, all with the same results."""


def resampling_plan(design: Design, different: int | None = None) -> ResamplingPlan:
    """Return what was drawn at random in the design of a sweep, and so what the intervals of its means resample.

    Points (combinations of factor values) are drawn by the methods `lhs`, `sobol` and `morris`. Replicates
    (repetitions with other random numbers) count as drawn where they differ.
    `different` is the number of distinct replicates (`SweepDataset.different`); None takes the number of replicates of
    the design.
    """
    factors = len(design.factors)
    block = {"lhs": 1, "sobol": factors + 2, "morris": factors + 1}.get(design.method, 0)
    count = design.replicates if different is None else different
    return ResamplingPlan(block, count > 1, design.seed, alike=design.replicates > 1 and count == 1)


def bootstrap_interval(values: Array, what: ResamplingPlan, *, share: bool = False) -> Interval | None:
    """Compute the mean of the values of a measure in many runs, with its bootstrap interval.

    Parameters
    ----------
    values
        Values of shape (point, replicate). NaN values are left out.
    what
        What was drawn at random, and so what is resampled.
    share
        Whether the values are 0 or 1. If they are then all equal, resampling has nothing to vary, and the interval is
        Wilson's on the number of independent draws.

    Returns
    -------
    Interval or None
        Mean and interval; None where all values are NaN.

    References
    ----------
    Hesterberg (2015), expanded percentile interval; Owen (2007), resampling of points and replicates together;
    Wilson (1927).
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
        return Interval(mean=mean, low=None, high=None, n=n, draws=max(sides))
    draws = min(random)
    if share and mean in (0.0, 1.0):
        low, high = wilson(mean, draws)
        return Interval(mean=mean, low=low, high=high, n=n, draws=draws)
    means = _means(sums, counts, (sides[0] > 1, sides[1] > 1), what.seed)
    low, high = np.quantile(means[np.isfinite(means)], percentile_levels(draws)).tolist()
    return Interval(mean=mean, low=min(low, mean), high=max(high, mean), n=n, draws=draws)


def wilson(share: float, draws: int, level: float = LEVEL) -> tuple[float, float]:
    """Compute Wilson's confidence interval of an observed share, without continuity correction.

    Parameters
    ----------
    share
        Observed share, 0 to 1.
    draws
        Number of independent draws, at least 1.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    tuple of float
        Lower and upper end, both in [0, 1].

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22(158), 209-212. The number of the formula in this
    note was not checked.
    """
    square = float(special.ndtri((1 + level) / 2)) ** 2
    middle = (share + square / (2 * draws)) / (1 + square / draws)
    half = math.sqrt(square / draws * (share * (1 - share) + square / (4 * draws))) / (1 + square / draws)
    return (0.0 if share == 0 else middle - half), (1.0 if share == 1 else middle + half)


def percentile_levels(draws: int, level: float = LEVEL) -> tuple[float, float]:
    """Return the two quantile levels of the bootstrap means that give an interval of this confidence level.

    `draws` is the size of the sample (not the number of resamples), at least 2; `level` is the confidence level, as
    0.95. The interval is wider than the plain one, because a small sample varies more (Hesterberg 2015).
    """
    tail = float(special.ndtr(-math.sqrt(draws / (draws - 1)) * student(draws, level)))
    return tail, 1 - tail


def student(draws: int, level: float = LEVEL) -> float:
    """Return how many standard errors the confidence interval of a mean of `draws` values reaches to each side.

    This is the quantile (1 + `level`) / 2 of Student's t with `draws` - 1 degrees of freedom.
    """
    return float(special.stdtrit(draws - 1, (1 + level) / 2))


def resamples(draws: int) -> int:
    """Return how often a bootstrap resamples a sample of `draws` values: from `FEWEST` to `RESAMPLES` times."""
    return int(np.clip(WORK // max(draws, 1), FEWEST, RESAMPLES))


def weights(draws: int, times: int, chance: np.random.Generator) -> Array:
    """Draw at random how often each value of a sample is taken when a bootstrap resamples it with replacement.

    Parameters
    ----------
    draws
        Size of the sample, and of every resample.
    times
        Number of resamples.
    chance
        Random generator.

    Returns
    -------
    Array
        Counts of shape (times, draws), as floats; every row sums to `draws`.
    """
    return chance.multinomial(draws, np.full(draws, 1 / draws), size=times).astype(float)


def _blocks(values: Array, what: ResamplingPlan) -> Array:
    """Return sums of shape (block, replicate) over points that were drawn together.

    All points form one block where no point was drawn. All replicates form one column where replicates are not
    resampled.
    """
    size = what.block or len(values)
    whole = len(values) // size * size
    found = values[:whole].reshape(-1, size, values.shape[1]).sum(axis=1)
    return found if what.replicates else found.sum(axis=1, keepdims=True)


def _means(sums: Array, counts: Array, sides: tuple[bool, bool], seed: int) -> Array:
    """Return the bootstrap means over the sides (points, replicates) that are resampled."""
    blocks, replicates = sums.shape
    return np.concatenate([_step(sums, counts, lots) for lots in _lots((blocks, replicates), sides, seed)])


def _step(sums: Array, counts: Array, lots: tuple[Lots, Lots]) -> Array:
    """Return the bootstrap means for one batch of weights; NaN for a resample without a value."""
    left, right = (each.astype(float) for each in lots)
    above = ((left @ sums) * right).sum(axis=1)
    # Without missing values every resample has as many values as the sample itself.
    whole = bool((counts == counts[0, 0]).all())
    below = np.full(len(left), counts.sum()) if whole else ((left @ counts) * right).sum(axis=1)
    return np.divide(above, below, out=np.full(len(left), np.nan), where=below > 0)


@lru_cache(maxsize=CACHED_SIZES)
def _lots(shape: tuple[int, int], sides: tuple[bool, bool], seed: int) -> tuple[tuple[Lots, Lots], ...]:
    """Return the resampling weights of both sides in batches.

    They depend on the shape, the sides and the seed only, so they are cached.
    """
    chance = stream(seed, 0, "bootstrap")
    largest = max(shape)
    times, step = resamples(largest), max(1, WEIGHTS_AT_ONCE // largest)
    found: list[tuple[Lots, Lots]] = []
    for first in range(0, times, step):
        here = min(step, times - first)
        left, right = (
            (weights(draws, here, chance) if side else np.ones((here, draws))).astype(np.uint16)
            for draws, side in zip(shape, sides, strict=True)
        )
        found.append((left, right))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicatesNeeded(Document):
    """How many replicates an interval of a wanted width needs, for the observed spread."""

    measure: str
    width: float
    """Width of the interval, from end to end. In a report: 0.1 for a share, else a tenth of the 5 % to 95 % range."""
    replicates: Annotated[int, Limits(minimum=2)]
    """Number of replicates that are needed."""
    made: Annotated[int, Limits(minimum=2)]
    """Number of replicates from which the spread was estimated."""
    deviation: Annotated[float, Limits(minimum=0)]
    """Standard deviation over the replicates."""

    def __str__(self) -> str:
        return message(
            "{measure}: an interval of width {width} takes {replicates} replicates at the spread of the {made} made "
            "so far",
            measure=self.measure,
            width=f"{self.width:g}",
            replicates=f"{self.replicates:,}",
            made=f"{self.made:,}",
        )


def replicates_for_width(deviation: float, width: float) -> int:
    """Return the number of replicates, at least 2, at which the interval of their mean is no wider than `width`.

    `deviation` is the standard deviation over replicates, in the same unit as `width`. The interval is that of
    Student's t at the level `LEVEL`.
    """
    normal = float(special.ndtri((1 + LEVEL) / 2))
    count = max(2, int(np.ceil((2 * normal * deviation / width) ** 2)))
    while 2 * student(count) * deviation / np.sqrt(count) > width:
        count += 1
    return count
