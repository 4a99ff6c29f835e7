"""Where something happens: boxes of the factors in which a condition holds far more often than elsewhere.

PRIM, the patient rule induction method (Friedman and Fisher, Statistics and Computing 9, 1999), as scenario
discovery uses it (Bryant and Lempert, Technological Forecasting and Social Change 77, 2010). A box begins as
everything and loses a thin slice at a time, the one whose loss helps most for its size (Kwakkel and Jaxa-Rozen,
Environmental Modelling and Software 79, 2016: so that a level of a few is not lost like a slice of many). Of all the
boxes on the way the one with the best balance of coverage and density is kept, its sides are moved out again where
that costs no density, and sides that chance could have drawn are dropped. What it holds is then put aside, and the
next box is looked for in the rest.

    coverage   share of all cases of interest that the box holds
    density    share of the box's points that are of interest
    p          how often chance alone would do as well as a side does (Bryant and Lempert's quasi-p, binomial)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from agents.random_streams import stream
from economy.parameters import Array
from lab.analysis.dataset import Condition, Harvest, ordered
from lab.design.factors import Value

Mask: TypeAlias = NDArray[np.bool_]
Points: TypeAlias = Mapping[str, Array]
"""By factor: (point) its values; numbers of levels where it has no order."""

SLICE = 0.05
"""Share of a box's points that one step takes, or one level of a factor without an order."""
THINNEST = 0.05
"""Share of all points below which no box shrinks."""
DOUBT = 0.05
"""A side whose p is larger is dropped."""
MOST_BOXES = 3
MOST_POINTS = 20_000
"""More points than these are thinned by lot before boxes are looked for."""


@dataclass(frozen=True, slots=True)
class Side:
    """What a box asks of one factor: to lie between two values, or to be one of some levels."""

    factor: str
    low: float | None = None
    """None where the box reaches the end of the range."""
    high: float | None = None
    levels: tuple[Value, ...] = ()
    """Of a factor without an order."""
    p: float = 0.0

    def holds(self, values: Array) -> Mask:
        """(point) whether values of the factor meet it; levels are then numbers."""
        if self.levels:
            return np.isin(values, self.levels)
        inside = np.ones(len(values), dtype=bool)
        if self.low is not None:
            inside &= values >= self.low
        if self.high is not None:
            inside &= values <= self.high
        return inside

    def to_dict(self) -> dict[str, Any]:
        """The side as JSON."""
        return {
            "factor": self.factor,
            "low": self.low,
            "high": self.high,
            "levels": list(self.levels) or None,
            "p": self.p,
        }


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the space of factors; what it asks of them, and what it holds."""

    sides: tuple[Side, ...]
    """Factors that are not named may be anything."""
    n: int
    """Points inside, of those that no earlier box holds."""
    of_interest: int
    """Of these."""
    coverage: float
    density: float

    def to_dict(self) -> dict[str, Any]:
        """The box as JSON."""
        return {
            "sides": [side.to_dict() for side in self.sides],
            "n": self.n,
            "of_interest": self.of_interest,
            "coverage": self.coverage,
            "density": self.density,
        }


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where a condition holds in one arm."""

    condition: str
    arm: str
    n: int
    """Points; a point is of interest when the condition holds in more than half of its replicates."""
    of_interest: int
    boxes: tuple[Box, ...]
    note: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The discovery as JSON."""
        return {
            "condition": self.condition,
            "arm": self.arm,
            "n": self.n,
            "of_interest": self.of_interest,
            "boxes": [box.to_dict() for box in self.boxes],
            "note": self.note,
        }


def discover(found: Harvest, condition: str | Condition, arm: str | None = None) -> Discovery:
    """Where a condition, such as `class = bully` or `largest_openness < 0.5`, holds in an arm, the first unless named.

    A bare measure holds where it is above a half. InputError for what was not measured.
    """
    arm = arm or found.arms[0]
    cells: Array = found.of(condition)[:, found.arms.index(arm)]
    there = np.flatnonzero(~np.isnan(cells).all(axis=1))
    if len(there) > MOST_POINTS:
        there = np.sort(stream(found.design.seed, 0, "discovery").choice(there, MOST_POINTS, replace=False))
    wanted = np.nanmean(cells[there], axis=1) > 0.5 if len(there) else np.zeros(0, dtype=bool)
    points, names = _points(found, there)
    note = _unfit(wanted, points)
    boxes = () if note else tuple(_named(box, names) for box in boxed(points, wanted, frozenset(names)))
    if not note and not boxes:
        note = "no box holds it more often than chance would"
    return Discovery(str(condition), arm, len(there), int(wanted.sum()), boxes, note)


def boxed(points: Points, wanted: Mask, unordered: frozenset[str] = frozenset()) -> Iterator[Box]:
    """Boxes of the points where `wanted` holds, each among those that no earlier one holds; best first.

    It ends when a box would be no denser than what is left, or than everything, or when three are found.
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
        yield Box(sides, int(held.sum()), hits, hits / all_wanted, hits / int(held.sum()))
        rest &= ~held


def _left(points: Points, wanted: Mask, rest: Mask) -> tuple[Points, Mask]:
    return {name: values[rest] for name, values in points.items()}, wanted[rest]


def _settled(points: Points, wanted: Mask, unordered: frozenset[str], least: int) -> tuple[Side, ...]:
    """Peel, choose, paste, drop what chance explains."""
    path = list(_peeled(points, wanted, unordered, least))
    sides = max(path, key=lambda each: _balance(wanted, _inside(points, each)))
    sides = _pasted(points, wanted, sides)
    while sides:
        doubts = [_doubt(points, wanted, sides, at) for at in range(len(sides))]
        worst = int(np.argmax(doubts))
        if doubts[worst] <= DOUBT:
            return tuple(replace(side, p=doubt) for side, doubt in zip(sides, doubts, strict=True))
        sides = sides[:worst] + sides[worst + 1 :]
    return ()


def _peeled(points: Points, wanted: Mask, unordered: frozenset[str], least: int) -> Iterator[tuple[Side, ...]]:
    """Ever smaller boxes: every step takes the slice whose loss raises the density most for its size."""
    sides, inside = dict[str, Side](), np.ones(len(wanted), dtype=bool)
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


def _slices(points: Points, inside: Mask, sides: Mapping[str, Side], unordered: frozenset[str]) -> Iterator[Side]:
    """What one more step could ask: a little more of either end of a factor, or one of its levels less."""
    for name, values in points.items():
        here, side = values[inside], sides.get(name, Side(name))
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


def _pasted(points: Points, wanted: Mask, sides: tuple[Side, ...]) -> tuple[Side, ...]:
    """Move sides out again, a slice at a time, as long as the box gains points and loses no density."""
    while (wider := _roomier(points, wanted, sides)) is not None:
        sides = wider
    return sides


def _roomier(points: Points, wanted: Mask, sides: tuple[Side, ...]) -> tuple[Side, ...] | None:
    """The same box with one side moved out at no cost; None where there is no such side."""
    now = _inside(points, sides)
    size, density = int(now.sum()), wanted[now].mean()
    for at in range(len(sides)):
        for wider in _wider(points, sides, at, max(round(SLICE * size), 1)):
            tried = (*sides[:at], wider, *sides[at + 1 :])
            there = _inside(points, tried)
            if there.sum() > size and wanted[there].mean() >= density:
                return tried
    return None


def _wider(points: Points, sides: tuple[Side, ...], at: int, step: int) -> Iterator[Side]:
    """One side, moved out at either end by so many points that the others would let in."""
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


def _doubt(points: Points, wanted: Mask, sides: tuple[Side, ...], at: int) -> float:
    """The chance that as many cases of interest lie in the box if this side told nothing: binomial, upper tail."""
    inside, without = _inside(points, sides), _inside(points, sides[:at] + sides[at + 1 :])
    hits, n, share = int(wanted[inside].sum()), int(inside.sum()), float(wanted[without].mean())
    if not hits:
        return 1.0
    return float(special.bdtrc(hits - 1, n, share))


def _inside(points: Points, sides: tuple[Side, ...]) -> Mask:
    inside = np.ones(len(next(iter(points.values()))), dtype=bool)
    for side in sides:
        inside &= side.holds(points[side.factor])
    return inside


def _balance(wanted: Mask, inside: Mask) -> float:
    """The harmonic mean of coverage and density."""
    hits = int(wanted[inside].sum())
    return 2 * hits / (int(wanted.sum()) + int(inside.sum()))


def _points(found: Harvest, there: NDArray[np.int64]) -> tuple[dict[str, Array], dict[str, tuple[Value, ...]]]:
    """The factors' values at some points; levels by their numbers, and those levels, where there is no order."""
    values, points, names = found.settings(), dict[str, Array](), dict[str, tuple[Value, ...]]()
    for factor in found.design.factors:
        told = [values[factor.name][at] for at in there.tolist()]
        if ordered(factor):
            points[factor.name] = np.array(told, dtype=np.float64)
        else:
            levels = list(map(repr, factor.levels))
            points[factor.name] = np.array([levels.index(repr(each)) for each in told], dtype=np.float64)
            names[factor.name] = factor.levels
    return points, names


def _named(box: Box, names: Mapping[str, tuple[Value, ...]]) -> Box:
    """The box with the levels themselves in place of their numbers."""
    sides = (
        replace(side, levels=tuple(names[side.factor][int(at)] for at in side.levels)) if side.factor in names else side
        for side in box.sides
    )
    return replace(box, sides=tuple(sides))


def _unfit(wanted: Mask, points: Points) -> str | None:
    if not points:
        return "the design varies no factor"
    if not len(wanted):
        return "there are no runs to look at"
    if not wanted.any():
        return "it holds nowhere"
    if wanted.all():
        return "it holds everywhere"
    return None
