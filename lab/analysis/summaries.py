"""What came out, arm by arm: means with intervals, spreads, shares of words, and how many replicates are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from economy.parameters import Array
from games.errors import InputError, refuse
from games.short_repr import short_repr
from lab.analysis.bootstrap import Drawn, Enough, Interval, drawn, interval, needed
from lab.analysis.dataset import Condition, Harvest, ordered

SPREAD = (0.05, 0.5, 0.95)
"""Quantiles that a summary tells."""
FINEST = 60
"""Levels of a factor that are told one by one."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One measure in one arm."""

    __repr__ = short_repr

    measure: str
    """Or a word of one, as in `class = bully`: its mean is then the share of runs that said it."""
    arm: str
    interval: Interval | None
    """Around the mean over points and replicates; None where no run gave a number."""
    missing: int
    """Runs of the arm without a number: failed, not made yet, or with nothing to measure."""
    quantiles: tuple[float, float, float] | None
    """5 %, median and 95 % of the runs."""
    least: float | None
    most: float | None

    @property
    def constant(self) -> bool:
        """Whether it never varied."""
        return self.interval is not None and self.least == self.most

    def to_dict(self) -> dict[str, Any]:
        """The summary as JSON."""
        return {
            "measure": self.measure,
            "arm": self.arm,
            "interval": None if self.interval is None else self.interval.to_dict(),
            "missing": self.missing,
            "quantiles": self.quantiles,
            "least": self.least,
            "most": self.most,
        }


def summaries(found: Harvest, measure: str | Condition) -> tuple[Summary, ...]:
    """A numeric measure, or a condition, arm by arm. InputError for what was not measured."""
    cells, what, share = found.of(measure), drawn(found.design, found.different), found.share(measure)
    return tuple(_summary(str(measure), arm, cells[:, at], what, share) for at, arm in enumerate(found.arms))


def _summary(measure: str, arm: str, cells: Array, what: Drawn, share: bool) -> Summary:  # noqa: FBT001
    around, there = interval(cells, what, share=share), cells[~np.isnan(cells)]
    if not there.size:
        return Summary(measure, arm, around, cells.size, None, None, None)
    low, middle, high = np.quantile(there, SPREAD).tolist()
    return Summary(
        measure, arm, around, cells.size - there.size, (low, middle, high), float(there.min()), float(there.max())
    )


def level(rows: Sequence[Summary]) -> bool:
    """Whether a measure has one and the same value in every run of all these arms, and a number in each of them."""
    return all(each.constant for each in rows) and len({each.least for each in rows}) == 1


class Stretch(NamedTuple):
    """A measure at one place of a factor, or between two, in one arm."""

    at: float
    """The level, or the mean of the factor's values in that stretch."""
    interval: Interval | None
    spread: tuple[float, float]
    """5 % and 95 % of the runs there."""


def along(found: Harvest, measure: str | Condition, factor: str, arm: str, most: int = 12) -> tuple[Stretch, ...]:
    """How a measure runs along an ordered factor, everything else as the design has it.

    Few levels stand each for themselves; a range, or many levels, is cut into `most` stretches that hold as many
    points each. Stretches without a number are left out. InputError for a factor that has no order.
    """
    told = next((each for each in found.design.factors if each.name == factor), None)
    if told is None or not ordered(told):
        names = ", ".join(each.name for each in found.design.factors if ordered(each))
        raise refuse(factor, "is no factor with an order", f"write one of: {names or 'none here has one'}")
    places = np.array(found.settings()[factor], dtype=np.float64)
    cells, what = found.of(measure)[:, found.arms.index(arm)], drawn(found.design, found.different)
    cuts = _levels(places) if told.levels and len(told.levels) <= FINEST else _cuts(places, most)
    share = found.share(measure)
    stretches = [_stretch(places[there], cells[there], what, share) for there in cuts]
    return tuple(each for each in stretches if each.interval is not None)


def _levels(places: Array) -> list[Any]:
    """Masks of points, one a level."""
    return [places == level for level in np.unique(places)]


def _cuts(places: Array, most: int) -> list[Any]:
    """Masks of points, one a stretch of as many points each."""
    edges = np.unique(np.quantile(places, np.linspace(0, 1, most + 1)))
    part = np.clip(np.searchsorted(edges, places, side="right") - 1, 0, len(edges) - 2)
    masks = [part == each for each in range(len(edges) - 1)]
    return [mask for mask in masks if mask.any()]  # few points leave some stretches empty


def _stretch(places: Array, cells: Array, what: Drawn, share: bool) -> Stretch:  # noqa: FBT001
    there = cells[~np.isnan(cells)]
    low, high = np.quantile(there, SPREAD[::2]).tolist() if there.size else (np.nan, np.nan)
    # Inside a stretch the points of a block lie apart from each other: each stands for itself.
    alone = what if what.block <= 1 else replace(what, block=1)
    return Stretch(float(places.mean()), interval(cells, alone, share=share), (low, high))


WIDTH = 0.1
"""Of an interval of a share, from end to end, that counts as narrow; for other measures, of its 5 % to 95 % range."""


def narrow(found: Harvest, measure: str) -> Enough | None:
    """How many replicates make a narrow interval of a measure; None where that cannot be judged, or nothing varies."""
    cells = found.of(measure)
    there = cells[~np.isnan(cells)]
    if found.design.replicates < 2 or found.different < 2 or not there.size:
        return None
    low, high = np.quantile(there, SPREAD[::2]).tolist()
    width = WIDTH if found.share(measure) else WIDTH * (high - low)
    try:
        return enough(found, measure, width)
    except InputError:
        return None


def enough(found: Harvest, measure: str, width: float) -> Enough:
    """How many replicates an interval of a measure's mean needs to be no wider than wanted, in the widest arm.

    It counts the chance of replicates alone: that of drawn points shrinks with more points only. InputError for a
    width that is none, and for a sweep with fewer than two replicates to judge the spread by.
    """
    if not width > 0:
        raise refuse("width", f"is {width:g}", "write a width above 0, in the unit of the measure")
    cells = found.of(measure)
    counts = (~np.isnan(cells)).sum(axis=0)
    sums = np.nansum(cells, axis=0)
    means: Array = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    made = int((counts > 0).sum(axis=1).min()) if counts.size else 0
    if made < 2:
        reason = f"{measure} has {made} replicate to judge the spread by"
        raise refuse("replicates", reason, "run two at least, and ten for a judgement worth its name")
    deviation = float(np.nanstd(means, axis=1, ddof=1).max())
    return Enough(measure, width, needed(deviation, width), made, deviation)
