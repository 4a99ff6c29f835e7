"""Summarise a sweep arm by arm: means with intervals, quantiles, shares of words, and replicates needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from economy.parameters import Array
from games.documents import Document
from games.errors import InputError, input_error
from games.short_repr import short_repr
from lab.analysis.bootstrap import (
    Count,
    Interval,
    ReplicatesNeeded,
    ResamplingPlan,
    bootstrap_interval,
    replicates_for_width,
    resampling_plan,
)
from lab.analysis.dataset import Condition, SweepDataset, arm_position, is_ordered

SPREAD = (0.05, 0.5, 0.95)
"""Quantiles of a summary."""
FINEST = 60
"""Largest number of levels for which a curve has one place for each level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmSummary(Document):
    """Summary of one measure in one arm."""

    __repr__ = short_repr

    measure: str
    """Name of a measure, or a condition on a word such as `class = bully`; the mean is then the share of runs with
    it."""
    arm: str
    interval: Interval | None
    """Mean over points and replicates with its interval; None where no run has a number."""
    missing: Count
    """Number of runs of the arm without a number: failed, not made yet, or nothing to measure."""
    quantiles: tuple[float, float, float] | None
    """5 %, median and 95 % of the runs."""
    least: float | None
    """Smallest value; None, like `most`, where no run has a number."""
    most: float | None

    @property
    def constant(self) -> bool:
        """Return whether all runs of the arm that have a number have the same value of the measure."""
        return self.interval is not None and self.least == self.most


def summarise(found: SweepDataset, measure: str | Condition) -> tuple[ArmSummary, ...]:
    """Summarise a numeric measure, or a condition such as `class = bully`, over the runs of each arm of a sweep.

    Returns one `ArmSummary` (mean with interval, quantiles) for each arm, in the order of the design. An arm is a
    variant of the case. Raises InputError for a measure that is not in the data.
    """
    cells, what, share = found.of(measure), resampling_plan(found.design, found.different), found.share(measure)
    return tuple(_summary(str(measure), arm, cells[:, at], what, share) for at, arm in enumerate(found.arms))


def _summary(measure: str, arm: str, cells: Array, what: ResamplingPlan, share: bool) -> ArmSummary:  # noqa: FBT001
    """Summarise values of shape (point, replicate) of one arm."""
    around, there = bootstrap_interval(cells, what, share=share), cells[~np.isnan(cells)]
    if not there.size:
        return ArmSummary(
            measure=measure, arm=arm, interval=around, missing=cells.size, quantiles=None, least=None, most=None
        )
    low, middle, high = np.quantile(there, SPREAD).tolist()
    return ArmSummary(
        measure=measure,
        arm=arm,
        interval=around,
        missing=cells.size - there.size,
        quantiles=(low, middle, high),
        least=float(there.min()),
        most=float(there.max()),
    )


def all_equal(rows: Sequence[ArmSummary]) -> bool:
    """Return whether one measure has the same value in all runs of all arms (variants of a case) in these summaries.

    False where an arm has no run with a number.
    """
    return all(each.constant for each in rows) and len({each.least for each in rows}) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint(Document):
    """A measure at one level of a factor, or over a section of its range, in one arm."""

    at: float
    """The level, or the mean value of the factor in the section."""
    interval: Interval | None
    spread: tuple[float, float]
    """5 % and 95 % quantiles of the runs there."""


def curve_along(
    found: SweepDataset, measure: str | Condition, factor: str, arm: str, most: int = 12
) -> tuple[CurvePoint, ...]:
    """Compute the mean of a measure at the values of a factor, in one arm (variant of the case) of a sweep.

    It is averaged over the other factors and the replicates.

    A factor with at most `FINEST` levels has one place for each level. A range, or a factor with more levels, is cut
    into sections of about equally many points.

    Parameters
    ----------
    found
        Data of a sweep.
    measure
        Name of a numeric measure, or a condition.
    factor
        Name of an ordered factor.
    arm
        Name of an arm.
    most
        Largest number of sections.

    Returns
    -------
    tuple[CurvePoint, ...]
        One point of the curve for each place, by rising value of the factor, without places that have no number.

    Raises
    ------
    InputError
        The factor does not exist or has no order, `arm` is not an arm, or the measure is not in the data.
    """
    told = next((each for each in found.design.factors if each.name == factor), None)
    if told is None or not is_ordered(told):
        names = ", ".join(each.name for each in found.design.factors if is_ordered(each))
        raise input_error(factor, "is no factor with an order", f"write one of: {names or 'none here has one'}")
    places = np.array(found.settings()[factor], dtype=np.float64)
    cells, what = found.of(measure)[:, arm_position(found, arm)], resampling_plan(found.design, found.different)
    cuts = _levels(places) if told.levels and len(told.levels) <= FINEST else _cuts(places, most)
    share = found.share(measure)
    stretches = [_stretch(places[there], cells[there], what, share) for there in cuts]
    return tuple(each for each in stretches if each.interval is not None)


def _levels(places: Array) -> list[Any]:
    """Return masks of points, one for each level."""
    return [places == level for level in np.unique(places)]


def _cuts(places: Array, most: int) -> list[Any]:
    """Return masks of points, one for each section of about equally many points."""
    edges = np.unique(np.quantile(places, np.linspace(0, 1, most + 1)))
    part = np.clip(np.searchsorted(edges, places, side="right") - 1, 0, len(edges) - 2)
    masks = [part == each for each in range(len(edges) - 1)]
    return [mask for mask in masks if mask.any()]  # with few points some sections are empty


def _stretch(places: Array, cells: Array, what: ResamplingPlan, share: bool) -> CurvePoint:  # noqa: FBT001
    """Summarise the values at one place of a curve."""
    there = cells[~np.isnan(cells)]
    low, high = np.quantile(there, SPREAD[::2]).tolist() if there.size else (np.nan, np.nan)
    # A section contains parts of blocks only, so each point is resampled alone.
    alone = what if what.block <= 1 else replace(what, block=1)
    return CurvePoint(
        at=float(places.mean()), interval=bootstrap_interval(cells, alone, share=share), spread=(low, high)
    )


WIDTH = 0.1
"""Width, from end to end, of an interval that counts as narrow: absolute for a share, and for other measures relative
to the distance between the 5 % and 95 % quantiles.
"""


def replicates_for_narrow_interval(found: SweepDataset, measure: str) -> ReplicatesNeeded | None:
    """Return how many replicates (repetitions with other random numbers) make the interval of a measure's mean narrow.

    Narrow is a width of `WIDTH` for a share, else of `WIDTH` times the distance of the 5 % and 95 % quantiles.

    None where fewer than two replicates differ, where no run has a number, or where no width can be set.
    """
    cells = found.of(measure)
    there = cells[~np.isnan(cells)]
    if found.design.replicates < 2 or found.different < 2 or not there.size:
        return None
    low, high = np.quantile(there, SPREAD[::2]).tolist()
    width = WIDTH if found.share(measure) else WIDTH * (high - low)
    try:
        return replicates_needed(found, measure, width)
    except InputError:
        return None


def replicates_needed(found: SweepDataset, measure: str, width: float) -> ReplicatesNeeded:
    """Compute how many replicates make the interval of a measure's mean as narrow as `width`, in every arm of a sweep.

    A replicate is a repetition with other random numbers. The arm (variant of the case) with the largest spread counts.

    Only the random variation between replicates counts. The variation between drawn points shrinks with more points
    only.

    Parameters
    ----------
    found
        Data of a sweep.
    measure
        Name of a numeric measure, or a condition as text.
    width
        Wanted width of the interval from end to end, above 0, in the unit of the measure.

    Returns
    -------
    ReplicatesNeeded
        Needed replicates, and the spread on which the estimate rests.

    Raises
    ------
    InputError
        `width` is not above 0, the measure is not in the data, or an arm has fewer than two replicates with a
        number.
    """
    if not width > 0:
        raise input_error("width", f"is {width:g}", "write a width above 0, in the unit of the measure")
    cells = found.of(measure)
    counts = (~np.isnan(cells)).sum(axis=0)
    sums = np.nansum(cells, axis=0)
    means: Array = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    made = int((counts > 0).sum(axis=1).min()) if counts.size else 0
    if made < 2:
        reason = f"{measure} has {made} replicate to judge the spread by"
        raise input_error("replicates", reason, "run two at least, and ten for a judgement worth its name")
    deviation = float(np.nanstd(means, axis=1, ddof=1).max())
    return ReplicatesNeeded(
        measure=measure,
        width=width,
        replicates=replicates_for_width(deviation, width),
        made=made,
        deviation=deviation,
    )
