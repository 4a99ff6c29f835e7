"""Numbers in and out without loss: what a person types is what the solver counts with.

An int, a Fraction, a Decimal and text such as `2/3` or `1.5e-3` mean exactly themselves; a float means the
shortest decimal that prints it, so that 0.1 is 1/10 and a slider at 0.1 ties where it looks tied.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from games.errors import refuse

LARGEST = 10**300
"""Payoffs stay below this size, so that every one of them also fits a float."""

LONGEST_UNIT = 10_000
"""Bits of a common denominator, three thousand digits: beyond, single products outlast the patience of the clock."""

_NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?)")
_LONGEST = 400
_SMALLEST_EXPONENT = -400


def exact(value: Any, place: str = "number") -> Fraction:
    """The value as a Fraction; NumPy's numbers are read as the Python numbers that they are.

    Raises InputError for truth values, NaN, infinity, anything that is no number, and sizes beyond 1e300.
    """
    value = value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value
    number = _read(value)
    if number is None:
        raise refuse(place, f"{_shown(value)} is not a number", "write a finite number such as 3, 0.25 or 1/3")
    if abs(number) > LARGEST:
        raise refuse(place, f"{_shown(value)} is too large", "choose a unit in which payoffs stay below 1e300")
    return number


def _read(value: Any) -> Fraction | None:
    match value:
        case bool():
            return None
        case int() | Fraction():
            return Fraction(value)
        case float():
            return Fraction(repr(value)) if math.isfinite(value) else None
        case Decimal():
            return _decimal(value)
        case str():
            return _text(value.strip())
        case _:
            return None


def _decimal(value: Decimal) -> Fraction | None:
    # An exponent of a billion is nine characters to write and a billion digits to expand.
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < _SMALLEST_EXPONENT or value.adjusted() > _LONGEST:
        return None
    return Fraction(value)


def _text(value: str) -> Fraction | None:
    if len(value) > _LONGEST or not _NUMBER.fullmatch(value):
        return None
    if "/" not in value:
        return _decimal(Decimal(value))
    top, bottom = value.split("/")
    return Fraction(int(top), int(bottom)) if int(bottom) else None


def _shown(value: Any) -> str:
    # Python refuses to print whole numbers of more than 4,300 digits.
    long = isinstance(value, int) and value.bit_length() > 999
    text = "a very long number" if long else str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def unit(numbers: Iterable[Fraction]) -> int | None:
    """The least number that makes all of them whole when they are multiplied by it; None beyond 10,000 bits."""
    least = 1
    for denominator in {number.denominator for number in numbers}:
        least = math.lcm(least, denominator)
        if least.bit_length() > LONGEST_UNIT:
            return None
    return least


def comparable(numbers: list[Fraction]) -> list[int] | list[Fraction]:
    """The numbers in one unit that makes all of them whole, where they compare ten times as fast, if there is one."""
    scale = unit(numbers)
    return numbers if scale is None else [x.numerator * (scale // x.denominator) for x in numbers]


def written(number: Fraction) -> str:
    """The number as text that `exact` reads back: `3`, `0.25`, or `1/3` where no decimal ends."""
    if number.denominator == 1:
        return str(number.numerator)
    decimal = repr(float(number))
    return decimal if Fraction(decimal) == number else f"{number.numerator}/{number.denominator}"


def glance(number: Fraction) -> str:
    """The number for a table: as `written` when that is short, else to four significant digits."""
    text = written(number)
    return text if len(text) <= 7 else f"{float(number):.4g}"
