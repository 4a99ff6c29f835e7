"""Scenario discovery: boxes of factor values in which a condition holds far more often than elsewhere.

The method is PRIM, the patient rule induction method (Friedman and Fisher 1999), as scenario discovery uses it
(Bryant and Lempert 2010):

1. Peeling. A box starts with all points and loses a thin slice in each step. The slice is the one whose removal
   raises the density most for the number of points removed, so that a small level of an unordered factor is compared
   fairly with a large slice. This is an objective of Kwakkel's EMA Workbench (`ema_workbench.analysis.prim`); Kwakkel
   and Jaxa-Rozen (2016) treat factors of different kinds. Their text was not checked.
2. Choice. Among all boxes on the path, the one with the best balance of coverage and density is kept.
3. Pasting. Its sides are moved out again as long as the density does not fall.
4. Test. Sides that chance could explain are dropped.
5. The points of the box are removed, and the next box is searched among the rest.

    coverage   share of all points of interest that lie in the box
    density    share of the points in the box that are of interest
    p          probability that chance alone does as well as a side does: the one-sided binomial test of the box
               against the box without this side, the quasi-p of the EMA Workbench (Bryant and Lempert: not checked)

References
----------
Friedman, J. H. and Fisher, N. I. (1999). Bump hunting in high-dimensional data. Statistics and Computing 9(2), 123-143.
Bryant, B. P. and Lempert, R. J. (2010). Thinking inside the box: a participatory, computer-assisted approach to
scenario discovery. Technological Forecasting and Social Change 77(1), 34-49.
Kwakkel, J. H. and Jaxa-Rozen, M. (2016). Improving scenario discovery for handling heterogeneous uncertainties and
multinomial classified outcomes. Environmental Modelling and Software 79, 311-321.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from agents.random_streams import stream
from economy.parameters import Array
from games.documents import Document, Limits
from games.messages import Message, message
from lab.analysis.bootstrap import Count
from lab.analysis.dataset import Condition, SweepDataset, arm_position, is_ordered
from lab.design.factors import Value

Mask: TypeAlias = NDArray[np.bool_]
Points: TypeAlias = Mapping[str, Array]
"""Values of every factor by its name, each of shape (point); a factor without an order has the numbers of its
levels."""

SLICE = 0.05
"""Share of the points of a box that one step removes. A factor without an order loses one level instead."""
THINNEST = 0.05
"""Smallest size of a box, as a share of all points."""
LARGEST_P = 0.05
"""A side with a larger p is dropped."""
MOST_BOXES = 3
"""Largest number of boxes for one condition."""
MOST_POINTS = 20_000
"""From more points than this, a random sample of this size is searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxSide(Document):
    """The limits of a box in one factor: two ends of an interval, or a set of levels."""

    factor: str
    low: float | None = None
    """Lower end, inclusive; None where the box reaches the end of the range."""
    high: float | None = None
    """Upper end, inclusive; None where the box reaches the end of the range."""
    levels: tuple[Value, ...] | None = None
    """Allowed levels of a factor without an order; None for ordered factors. Numbers of levels during the search."""
    p: Annotated[float, Limits(minimum=0, maximum=1)] = 0.0
    """Probability that chance alone does as well as this side."""

    def holds(self, values: Array) -> Mask:
        """Return one boolean for each value of the factor: whether it lies within the limits of this side of a box.

        For a factor without an order, the values are the numbers of its levels.
        """
        if self.levels:
            return np.isin(values, self.levels)
        inside = np.ones(len(values), dtype=bool)
        if self.low is not None:
            inside &= values >= self.low
        if self.high is not None:
            inside &= values <= self.high
        return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Document):
    """A region of the factor space in which a condition holds often."""

    sides: tuple[BoxSide, ...]
    """Factors without a side are not limited."""
    n: Count
    """Number of points in the box, without those in an earlier box."""
    of_interest: Count
    """Number of these points that are of interest."""
    coverage: Annotated[float, Limits(minimum=0, maximum=1)]
    """Share of all points of interest that lie in the box, 0 to 1."""
    density: Annotated[float, Limits(minimum=0, maximum=1)]
    """Share of the points in the box that are of interest, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery(Document):
    """Boxes in which a condition holds, for one arm."""

    condition: str
    arm: str
    n: Count
    """Number of points that were searched."""
    of_interest: Count
    """Number of points of interest: the condition holds in more than half of their replicates."""
    boxes: tuple[Box, ...]
    note: str | None = None
    """Why there is no box; None where there is one."""


def discover(found: SweepDataset, condition: str | Condition, arm: str | None = None) -> Discovery:
    """Find the boxes of factor values in which a condition holds more often than elsewhere, in one arm of a sweep.

    A box limits some factors to an interval or to some levels. An arm is a variant of the case.

    Parameters
    ----------
    found
        Data of a sweep.
    condition
        A condition such as `class = bully` or `largest_openness < 0.5`. The bare name of a measure holds at a point
        where its mean over the replicates is above 0.5.
    arm
        Name of an arm; None takes the first.

    Returns
    -------
    Discovery
        At most `MOST_BOXES` boxes; a note where there is none.

    Raises
    ------
    InputError
        The measure is not in the data, or `arm` is not an arm.

    References
    ----------
    Friedman and Fisher (1999); Bryant and Lempert (2010); Kwakkel and Jaxa-Rozen (2016).
    """
    arm = arm or found.arms[0]
    cells: Array = found.of(condition)[:, arm_position(found, arm)]
    there = np.flatnonzero(~np.isnan(cells).all(axis=1))
    if len(there) > MOST_POINTS:
        there = np.sort(stream(found.design.seed, 0, "discovery").choice(there, MOST_POINTS, replace=False))
    wanted = np.nanmean(cells[there], axis=1) > 0.5 if len(there) else np.zeros(0, dtype=bool)
    points, names = _points(found, there)
    note = _unfit(wanted, points)
    boxes = () if note else tuple(_named(box, names) for box in find_boxes(points, wanted, frozenset(names)))
    if not note and not boxes:
        note = message("no box holds it more often than chance would")
    return Discovery(
        condition=str(condition),
        arm=arm,
        n=len(there),
        of_interest=int(wanted.sum()),
        boxes=boxes,
        note=note,
    )


def find_boxes(points: Points, wanted: Mask, unordered: frozenset[str] = frozenset()) -> Iterator[Box]:
    """Yield boxes of factor values in which points of interest are more frequent than elsewhere.

    A point is one combination of factor values; `wanted` says which points are of interest. Each box is searched
    among the points outside all earlier boxes.

    The search ends after `MOST_BOXES` boxes, or when a box is no denser than the remaining points or than all points.

    Parameters
    ----------
    points
        Values of every factor by its name, each of shape (point).
    wanted
        Mask of shape (point): whether the point is of interest.
    unordered
        Names of the factors whose values are numbers of levels without an order.

    Yields
    ------
    Box
        In the order in which they were found. `levels` are still numbers.
    """
    rest, all_wanted = np.ones(len(wanted), dtype=bool), int(wanted.sum())
    for _ in range(MOST_BOXES):
        inside, base = _left(points, wanted, rest), float(wanted[rest].mean()) if rest.any() else 0.0
        if not 0 < base < 1:
            return
        sides = _settled(inside[0], inside[1], unordered, max(round(THINNEST * len(wanted)), 1))
        held = rest & _inside(points, sides)
        hits = int(wanted[held].sum())
        if not sides or not hits or hits / held.sum() <= max(base, all_wanted / len(wanted)):
            return
        n = int(held.sum())
        yield Box(sides=sides, n=n, of_interest=hits, coverage=hits / all_wanted, density=hits / n)
        rest &= ~held


def _left(points: Points, wanted: Mask, rest: Mask) -> tuple[Points, Mask]:
    """Return the points and the mask outside the boxes found so far."""
    return {name: values[rest] for name, values in points.items()}, wanted[rest]


def _settled(points: Points, wanted: Mask, unordered: frozenset[str], least: int) -> tuple[BoxSide, ...]:
    """Find the sides of one box: peel, choose, paste, and drop the sides that chance explains."""
    path = list(_peeled(points, wanted, unordered, least))
    sides = max(path, key=lambda each: _balance(wanted, _inside(points, each)))
    sides = _pasted(points, wanted, sides)
    while sides:
        doubts = [_doubt(points, wanted, sides, at) for at in range(len(sides))]
        worst = int(np.argmax(doubts))
        if doubts[worst] <= LARGEST_P:
            return tuple(replace(side, p=doubt) for side, doubt in zip(sides, doubts, strict=True))
        sides = sides[:worst] + sides[worst + 1 :]
    return ()


def _peeled(points: Points, wanted: Mask, unordered: frozenset[str], least: int) -> Iterator[tuple[BoxSide, ...]]:
    """Yield ever smaller boxes. Each step removes the slice that raises the density most for the points it removes."""
    sides, inside = dict[str, BoxSide](), np.ones(len(wanted), dtype=bool)
    while True:
        yield tuple(sides.values())
        mean, size = wanted[inside].mean(), int(inside.sum())
        best, gain = None, 0.0
        for side in _slices(points, inside, sides, unordered):
            kept = inside & side.holds(points[side.factor])
            left = int(kept.sum())
            if least <= left < size and (wanted[kept].mean() - mean) / (size - left) > gain:
                best, gain = side, (wanted[kept].mean() - mean) / (size - left)
        if best is None:
            return
        sides[best.factor] = best
        inside &= best.holds(points[best.factor])


def _slices(points: Points, inside: Mask, sides: Mapping[str, BoxSide], unordered: frozenset[str]) -> Iterator[BoxSide]:
    """Yield the possible next steps: a slice less at either end of an ordered factor, or one level less."""
    for name, values in points.items():
        here, side = values[inside], sides.get(name, BoxSide(factor=name))
        if name in unordered:
            levels = np.unique(here).tolist()
            yield from (replace(side, levels=tuple(each for each in levels if each != level)) for level in levels[1:])
            yield replace(side, levels=tuple(levels[1:]))
            continue
        low, high = np.quantile(here, (SLICE, 1 - SLICE))
        above, below = here[here > low], here[here < high]
        if above.size:
            yield replace(side, low=float(above.min()))
        if below.size:
            yield replace(side, high=float(below.max()))


def _pasted(points: Points, wanted: Mask, sides: tuple[BoxSide, ...]) -> tuple[BoxSide, ...]:
    """Move sides out again, a slice at a time, as long as the box gains points and loses no density."""
    while (wider := _roomier(points, wanted, sides)) is not None:
        sides = wider
    return sides


def _roomier(points: Points, wanted: Mask, sides: tuple[BoxSide, ...]) -> tuple[BoxSide, ...] | None:
    """Return the box with one side moved out at no loss of density; None where no side can move."""
    now = _inside(points, sides)
    size, density = int(now.sum()), wanted[now].mean()
    for at in range(len(sides)):
        for wider in _wider(points, sides, at, max(round(SLICE * size), 1)):
            tried = (*sides[:at], wider, *sides[at + 1 :])
            there = _inside(points, tried)
            if there.sum() > size and wanted[there].mean() >= density:
                return tried
    return None


def _wider(points: Points, sides: tuple[BoxSide, ...], at: int, step: int) -> Iterator[BoxSide]:
    """Yield one side, moved out at either end by `step` of the points that the other sides admit."""
    side, others = sides[at], _inside(points, sides[:at] + sides[at + 1 :])
    values = np.sort(points[side.factor][others])
    if side.low is not None:
        below = values[values < side.low]
        if below.size:
            yield replace(side, low=float(below[max(len(below) - step, 0)]))
    if side.high is not None:
        above = values[values > side.high]
        if above.size:
            yield replace(side, high=float(above[min(step, len(above)) - 1]))


def _doubt(points: Points, wanted: Mask, sides: tuple[BoxSide, ...], at: int) -> float:
    """Return the p of one side: the chance of as many points of interest in the box if the side had no effect.

    This is the upper tail of a binomial distribution.
    """
    inside, without = _inside(points, sides), _inside(points, sides[:at] + sides[at + 1 :])
    hits, n, share = int(wanted[inside].sum()), int(inside.sum()), float(wanted[without].mean())
    if not hits:
        return 1.0
    return float(special.bdtrc(hits - 1, n, share))


def _inside(points: Points, sides: tuple[BoxSide, ...]) -> Mask:
    """Return a mask of shape (point): whether the point lies within all sides."""
    inside = np.ones(len(next(iter(points.values()))), dtype=bool)
    for side in sides:
        inside &= side.holds(points[side.factor])
    return inside


def _balance(wanted: Mask, inside: Mask) -> float:
    """Return the harmonic mean of coverage and density."""
    hits = int(wanted[inside].sum())
    return 2 * hits / (int(wanted.sum()) + int(inside.sum()))


def _points(found: SweepDataset, there: NDArray[np.int64]) -> tuple[dict[str, Array], dict[str, tuple[Value, ...]]]:
    """Return the factor values at some points, and the levels of the factors without an order.

    Factors without an order are given as the numbers of their levels.
    """
    values, points, names = found.settings(), dict[str, Array](), dict[str, tuple[Value, ...]]()
    for factor in found.design.factors:
        told = [values[factor.name][at] for at in there.tolist()]
        if is_ordered(factor):
            points[factor.name] = np.array(told, dtype=np.float64)
        else:
            levels = list(map(repr, factor.levels))
            points[factor.name] = np.array([levels.index(repr(each)) for each in told], dtype=np.float64)
            names[factor.name] = factor.levels
    return points, names


def _named(box: Box, names: Mapping[str, tuple[Value, ...]]) -> Box:
    """Return the box with levels in place of their numbers."""
    sides = (
        replace(side, levels=tuple(names[side.factor][int(at)] for at in side.levels)) if side.levels else side
        for side in box.sides
    )
    return replace(box, sides=tuple(sides))


def _unfit(wanted: Mask, points: Points) -> Message | None:
    """Return why no box can be searched; None where one can."""
    if not points:
        return message("the design varies no factor")
    if not len(wanted):
        return message("there are no runs to look at")
    if not wanted.any():
        return message("it holds nowhere")
    if wanted.all():
        return message("it holds everywhere")
    return None
