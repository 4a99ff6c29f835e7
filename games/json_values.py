"""Results as plain JSON values: the one place that decides how a number is printed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, cast

DIGITS = 12
"""Significant digits of a printed float. The last bits of a float differ between processors, so they are dropped."""


def to_json_value(value: Any) -> Any:
    """Return the value as dicts, lists, strings, ints, bools and floats, ready for `json.dumps`.

    Floats are rounded to 12 significant digits; fractions with denominator 1 become ints; -0.0 becomes 0.0; the keys of
    mappings become strings.

    Raises ValueError for NaN and infinity: a result that holds one is a bug of the code that computed it. Raises
    TypeError for a value that has no JSON form.
    """
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return _rounded(value)
        case Fraction():
            return value.numerator if value.denominator == 1 else _rounded(float(value))
        case _ if hasattr(value, "tolist"):  # an array or a number of numpy, which this module does not load
            return to_json_value(value.tolist())
        case _:
            return _container(value)


def _container(value: Any) -> Any:
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value)
        return {str(key): to_json_value(item) for key, item in pairs.items()}
    if isinstance(value, Iterable):
        return [to_json_value(item) for item in cast("Iterable[object]", value)]
    raise TypeError(f"{type(value).__name__} has no plain form")


def _rounded(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"a result holds {value}")
    return float(f"{value:.{DIGITS}g}") + 0.0
