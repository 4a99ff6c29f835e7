"""What a sweep varies: factors with their levels or ranges, and arms with their overrides."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array
from scenarios.reading.overlay import parsed

Value: TypeAlias = Any
"""What `--set` may write: a number, a text, a truth, a list or a table, in its normal form."""

Settings: TypeAlias = dict[str, Value]
"""Dotted keys of the scenario and their values."""

Spread = Literal["uniform", "log-uniform", "normal", "triangular"]
SPREADS: tuple[Spread, ...] = ("uniform", "log-uniform", "normal", "triangular")
"""How a range is filled: evenly, evenly in logarithms, around a mean within the range, or around a peak."""

FEW = 16
"""Numeric levels of which every one is looked at."""
GOLDEN = 0.381966
"""A place inside a range that is no round number of anything."""
EXACT = 2**53
"""Whole floats above it stand for many integers at once and stay floats."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that varies: a key of the scenario and what it is set to."""

    key: str
    """The dotted key, as for `--set`."""
    name: str
    """Its column in the table of rows; the key itself where nothing else is written."""
    levels: tuple[Value, ...] = ()
    """Every value that it takes, in normal form; () for a range."""
    low: float = 0.0
    high: float = 1.0
    spread: Spread = "uniform"
    mean: float = 0.5
    """Centre of a normal spread, peak of a triangular one."""
    deviation: float = 0.25
    """Of a normal spread, before it is cut off at both ends of the range."""
    whole: bool = False
    """Whether a range holds whole numbers only, every one of them as likely as its share of the range."""

    def value(self, place: float) -> Value:
        """The value at a place of its axis: the number of a level, or a number of the range itself."""
        if self.levels:
            return self.levels[int(place)]
        return int(place) if float(place).is_integer() else place

    def values(self, places: NDArray[Any]) -> list[Value]:
        """The values at many places; a range gives whole numbers where it is whole, else floats."""
        if self.levels:
            return [self.levels[place] for place in places.astype(np.int64).tolist()]
        return places.astype(np.int64 if self.whole else np.float64).tolist()

    def places(self, units: Array) -> Array:
        """Places of its axis for numbers of the unit interval: levels in equal parts, ranges by their quantiles."""
        if self.levels:
            return np.minimum(np.floor(units * len(self.levels)), len(self.levels) - 1)
        return self._whole(units) if self.whole else self._quantiles(units, self.low, self.high)

    @property
    def ends(self) -> tuple[Value, ...]:
        """What a check has to look at: both ends, and what lies between them where it may be of another kind."""
        if self.levels:
            return self.levels if len(self.levels) <= FEW or not self._numeric else _extremes(self.levels)
        within = () if self.whole else (self.low + GOLDEN * (self.high - self.low),)
        return (normal(self.low), *within, normal(self.high))

    @property
    def _numeric(self) -> bool:
        return all(isinstance(level, int | float) for level in self.levels)

    def _whole(self, units: Array) -> Array:
        """Whole numbers: the range is widened by a half on both sides, so that its ends get their full share."""
        return np.clip(np.rint(self._quantiles(units, self.low - 0.5, self.high + 0.5)), self.low, self.high)

    def _quantiles(self, units: Array, low: float, high: float) -> Array:
        match self.spread:
            case "log-uniform":
                return low * (high / low) ** units
            case "normal":
                return _normal(units, low, high, self.mean, self.deviation)
            case "triangular":
                return _triangular(units, low, high, self.mean)
            case _:
                return low + (high - low) * units


@dataclass(frozen=True, slots=True)
class Arm:
    """A named set of overrides, such as a policy; every arm meets the same points and the same chance."""

    name: str
    settings: tuple[tuple[str, Value], ...] = ()


BASE = Arm("base")
"""The only arm of a design that names none: the scenario as it is."""


def normal(value: Any) -> Value:
    """One form for values that mean the same: text is read as TOML where it is TOML, whole floats become integers.

    So 2, 2.0 and "2" are one value, and a run has one id, however its design is written. A text that would be read
    as something else keeps its quotation marks, as it would on the command line.
    """
    if not isinstance(value, str):
        return _even(value)
    told = parsed(value)
    if not isinstance(told, str):
        return _even(told)
    return told if parsed(told) == told else json.dumps(told, ensure_ascii=False)


def _even(value: Any) -> Value:
    """The value with whole floats as integers, also inside; text inside of lists is text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    if isinstance(value, Mapping):
        table = cast("Mapping[str, Any]", value)
        return {key: _even(table[key]) for key in sorted(table)}
    return [_even(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value


def _extremes(levels: tuple[Value, ...]) -> tuple[Value, ...]:
    return min(levels), max(levels)


def rounded(value: float) -> float:
    """A step of a grid as people write it: 0.3, not 0.30000000000000004."""
    return float(f"{value:.12g}") if math.isfinite(value) else value


def _normal(units: Array, low: float, high: float, mean: float, deviation: float) -> Array:
    """Quantiles of the normal distribution between the ends."""
    from scipy.special import ndtr, ndtri

    first, last = ndtr((low - mean) / deviation), ndtr((high - mean) / deviation)
    return np.clip(mean + deviation * ndtri(first + (last - first) * units), low, high)


def _triangular(units: Array, low: float, high: float, peak: float) -> Array:
    """Quantiles of the triangular distribution: the inverse of two parabolas that meet at the peak."""
    span = high - low
    rising = low + np.sqrt(units * span * (peak - low))
    falling = high - np.sqrt((1 - units) * span * (high - peak))
    return np.where(units * span < peak - low, rising, falling)
