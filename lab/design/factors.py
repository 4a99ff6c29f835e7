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
from scenarios.reading.overlay import parse_value

Value: TypeAlias = Any
"""A value that `--set` accepts, in normal form (see `normalise_value`): a number, text, truth value, list or table."""

Settings: TypeAlias = dict[str, Value]
"""Dotted keys of the scenario, each with its value."""

Spread = Literal["uniform", "log-uniform", "normal", "triangular"]
SPREADS: tuple[Spread, ...] = ("uniform", "log-uniform", "normal", "triangular")
"""Distribution of a drawn factor: uniform, uniform in logarithms, normal cut off at the ends, or triangular."""

FEW = 16
"""Up to this many numeric levels, every level is checked; above, only the smallest and the largest."""
GOLDEN = 0.381966
"""Share of a range at which a check reads one inner value: 1 less 1 / golden ratio, which is not a round number."""
EXACT = 2**53
"""Whole floats of this size or more are kept as floats: from here on, one float stands for several integers."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor, which a sweep varies: a key of the scenario, with the levels or the range of its values."""

    key: str
    """The dotted key, as for `--set`."""
    name: str
    """Its column in the table of rows; the key itself if the design gives no name."""
    levels: tuple[Value, ...] = ()
    """Every value that it takes, in normal form; () for a range."""
    low: float = 0.0
    high: float = 1.0
    spread: Spread = "uniform"
    mean: float = 0.5
    """Centre of a normal spread, peak of a triangular one."""
    deviation: float = 0.25
    """Standard deviation of a normal spread, before it is cut off at both ends of the range."""
    whole: bool = False
    """Whether a range has whole numbers only. Each is drawn with its share of the range's probability."""

    def value(self, place: float) -> Value:
        """Return the value of this factor at a position on its axis.

        The position is the index of a level, or for a range the value itself. A whole float becomes an integer.
        """
        if self.levels:
            return self.levels[int(place)]
        return int(place) if float(place).is_integer() else place

    def values(self, places: NDArray[Any]) -> list[Value]:
        """Return the values of this factor at many positions on its axis, as a list in the same order.

        `places` has one dimension. The values are those of `value`: levels, or numbers of the range, where a whole
        float becomes an integer.
        """
        if self.levels:
            return [self.levels[place] for place in places.astype(np.int64).tolist()]
        if self.whole:
            return places.astype(np.int64).tolist()
        return [int(place) if place.is_integer() else place for place in places.astype(np.float64).tolist()]

    def places(self, units: Array) -> Array:
        """Return positions on the axis of this factor for numbers from 0 to 1, in an array of the same shape.

        For levels a position is the index of a level; all levels have equal parts of the interval. For a range it is
        the quantile of the factor's distribution, so that uniform random numbers give values of this distribution.
        """
        if self.levels:
            return np.minimum(np.floor(units * len(self.levels)), len(self.levels) - 1)
        return self._whole(units) if self.whole else self._quantiles(units, self.low, self.high)

    @property
    def values_to_check(self) -> tuple[Value, ...]:
        """Return the few values of this factor with which the scenario is read when a design is checked.

        For levels: all of them, or the smallest and the largest if there are more than `FEW` and all are numbers. For a
        range: both ends, and one number between them unless the range is whole.
        """
        if self.levels:
            return self.levels if len(self.levels) <= FEW or not self._numeric else _extremes(self.levels)
        within = () if self.whole else (self.low + GOLDEN * (self.high - self.low),)
        return (normalise_value(self.low), *within, normalise_value(self.high))

    @property
    def _numeric(self) -> bool:
        return all(isinstance(level, int | float) for level in self.levels)

    def _whole(self, units: Array) -> Array:
        """Whole numbers: the range is widened by 0.5 on both sides, so that its ends get their full share."""
        return np.clip(np.rint(self._quantiles(units, self.low - 0.5, self.high + 0.5)), self.low, self.high)

    def _quantiles(self, units: Array, low: float, high: float) -> Array:
        """Quantiles of the distribution on [low, high] at `units`, values from 0 to 1."""
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
    """One arm of a design: a variant of the case that is compared with others, as a named set of changed settings.

    Every arm has the same points (combinations of factor values) and the same random numbers.
    """

    name: str
    settings: tuple[tuple[str, Value], ...] = ()
    """Dotted keys of the scenario and their values."""


BASE = Arm("base")
"""The only arm of a design that names none: the scenario without overrides."""


def normalise_value(value: Any) -> Value:
    """Return the value of a setting in one form for all its spellings.

    Text is parsed as TOML if it is TOML, and whole floats become integers. So 2, 2.0 and "2" are one value, and a run
    has one id, whichever spelling the design uses. A text that would be parsed as something else keeps its quotation
    marks, as on the command line.
    """
    if not isinstance(value, str):
        return _even(value)
    told = parse_value(value)
    if not isinstance(told, str):
        return _even(told)
    return told if parse_value(told) == told else json.dumps(told, ensure_ascii=False)


def _even(value: Any) -> Value:
    """The value with whole floats as integers, also inside lists and tables. Text inside a list stays text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    if isinstance(value, Mapping):
        table = cast("Mapping[str, Any]", value)
        return {key: _even(table[key]) for key in sorted(table)}
    return [_even(item) for item in cast("list[Any]", value)] if isinstance(value, list) else value


def _extremes(levels: tuple[Value, ...]) -> tuple[Value, ...]:
    return min(levels), max(levels)


def round_level(value: float) -> float:
    """Return a number, such as a level of a grid, rounded to 12 significant digits: 0.3, not 0.30000000000000004."""
    return float(f"{value:.12g}") if math.isfinite(value) else value


def _normal(units: Array, low: float, high: float, mean: float, deviation: float) -> Array:
    """Quantiles of the normal distribution, cut off at `low` and `high`."""
    from scipy.special import ndtr, ndtri

    first, last = ndtr((low - mean) / deviation), ndtr((high - mean) / deviation)
    return np.clip(mean + deviation * ndtri(first + (last - first) * units), low, high)


def _triangular(units: Array, low: float, high: float, peak: float) -> Array:
    """Quantiles of the triangular distribution: the inverse of its two parabolic pieces, which meet at the peak."""
    span = high - low
    rising = low + np.sqrt(units * span * (peak - low))
    falling = high - np.sqrt((1 - units) * span * (high - peak))
    return np.where(units * span < peak - low, rising, falling)
