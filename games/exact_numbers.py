"""Numbers in and out without loss: the number that a person types is the number that the solver uses.

An int, a Fraction, a Decimal and text such as `2/3` or `1.5e-3` keep their exact value. A float stands for the shortest
decimal that prints it: 0.1 is read as 1/10, so a slider at 0.1 gives a tie where the screen shows a tie.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from sys import float_info
from typing import Any, cast

from games.errors import input_error

LARGEST = 10**300
"""Largest absolute payoff; every accepted number also fits a float."""

DIGITS = "is a whole number of more than 30 digits", "no figure here needs more than twenty"
"""Reason and hint of the message for a number that `long_number` finds."""

LONGEST_UNIT = 10_000
"""Largest common denominator in bits (three thousand digits).

With longer denominators a single product takes so long that no time limit can be kept.
"""

_NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+(?:\.\d*)?|\.\d+)([eE]([+-]?)0*(\d*))?)")
_WHOLE = re.compile(r"\s*[+-]?\d{1,18}\s*", re.ASCII)
_LARGEST_EXPONENT = 400
_LONGEST_EXPONENT = 9
"""Digits of an exponent; Python's decimals end at eighteen."""
_MOST_DECIMALS = 3_000
_MOST_DIGITS = 3_400
"""Digits on each side of a fraction line: as many as the largest numbers with the longest denominators have."""
_FLOATS = 300
"""Powers of ten, up and down, within which a float has its full precision."""
_MOST_WHOLE = 30
_LARGEST_FLOAT = int(float_info.max)
_FOUR_DIGITS = Context(prec=4, Emax=MAX_EMAX, Emin=MIN_EMIN)


class _TooLongError(ValueError):
    """The number has more digits than the solvers can use."""


class _TooLargeError(ValueError):
    """The number is too large to be expanded."""


def exact(value: Any, place: str = "number", hint: str = "") -> Fraction:
    """Return the value as a Fraction; NumPy scalars are read as Python numbers.

    Parameters
    ----------
    value
        An int, float, Fraction, Decimal, NumPy scalar, or text such as `3`, `0.25` or `1/3`.
    place
        File and key or argument name, for the message.
    hint
        What to write instead; by default a hint that fits the reason.

    Returns
    -------
    Fraction
        The exact value, at most 1e300 in size, with a denominator of at most 10,000 bits.

    Raises
    ------
    InputError
        For booleans, NaN, infinity, values that are not numbers, sizes above 1e300, and longer denominators.
    """
    value = value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value
    try:
        number = _read(value)
    except _TooLongError:
        rounded = "round it: 3,000 digits after the point, or below a fraction line, can be counted with"
        raise input_error(place, f"{format_value(value)} has too many digits", hint or rounded) from None
    except _TooLargeError:
        raise input_error(
            place, f"{format_value(value)} is not a number below 1e300", hint or "choose a larger unit"
        ) from None
    if number is None:
        finite = "write a finite number such as 3, 0.25 or 1/3"
        raise input_error(place, f"{format_value(value)} is not a number", hint or finite)
    if abs(number) > LARGEST:
        unit_hint = "choose a unit in which payoffs stay below 1e300"
        raise input_error(place, f"{format_value(value)} is too large", hint or unit_hint)
    return number


def _read(value: Any) -> Fraction | None:
    match value:
        case bool():
            return None
        case int() | Fraction():
            return _short(Fraction(value))
        case float():
            return Fraction(repr(value)) if math.isfinite(value) else None
        case Decimal():
            return _decimal(value)
        case str():
            return _text(value.strip())
        case _:
            return None


def _short(number: Fraction) -> Fraction:
    if number.denominator.bit_length() > LONGEST_UNIT:
        raise _TooLongError
    return number


def _decimal(value: Decimal) -> Fraction | None:
    # "1e1000000000" has few characters but would expand to a billion digits, so the size is checked first.
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or (value and value.adjusted() > _LARGEST_EXPONENT):
        return None
    if value and exponent < -_MOST_DECIMALS:
        raise _TooLongError
    return Fraction(value) if value else Fraction(0)


def _text(value: str) -> Fraction | None:
    found = _NUMBER.fullmatch(value)
    if found is None or (found[3] and found[3][-1] in "eE+-"):
        return None
    if "/" not in value:
        return _written_decimal(value, minus=found[4] == "-", exponent=found[5] or "")
    top, bottom = value.split("/")
    if max(len(top), len(bottom)) > _MOST_DIGITS:
        raise _TooLongError
    return _short(Fraction(int(top), int(bottom))) if int(bottom) else None


def _written_decimal(value: str, *, minus: bool, exponent: str) -> Fraction:
    """Read a decimal from text; `exponent` comes without its sign and without leading zeros."""
    digits = Decimal(re.split("[eE]", value)[0])
    if not digits:
        return Fraction(0)
    if len(exponent) > _LONGEST_EXPONENT:
        raise _TooLongError if minus else _TooLargeError
    number = _decimal(Decimal(value))
    if number is None:
        raise _TooLargeError
    return number


def format_value(value: Any) -> str:
    """Return a value for a message: at most 40 characters, also where Python refuses to print the digits."""
    try:
        text = str(value) if isinstance(value, Decimal | Fraction) else repr(value)
    except ValueError:
        # Python refuses to print integers of more than 4,300 digits.
        text = "a very long number"
    return text if len(text) <= 40 else text[:37] + "..."


def parse_integer(text: str) -> int | None:
    """Return the integer that a text holds in plain digits; None for any other text and for more than 18 digits."""
    return int(text) if _WHOLE.fullmatch(text) else None


def is_finite(value: Any) -> bool:
    """Return whether a value is an int or a float that fits a float; false for NaN, infinity and booleans."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return -_LARGEST_FLOAT <= value <= _LARGEST_FLOAT


def long_number(value: Any) -> tuple[str, ...] | None:
    """Return the path to the first integer of more than 30 digits in nested tables and lists; None where there is none.

    The path consists of keys and of list positions counted from 1. Python reads such integers from TOML, but cannot
    print some of them or turn them into a float.
    """
    if isinstance(value, int):
        return () if abs(value) >= 10**_MOST_WHOLE else None
    inside: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, Mapping):
        inside = cast("Mapping[Any, Any]", value).items()
    elif isinstance(value, list | tuple):
        inside = enumerate(cast("Sequence[Any]", value), start=1)
    for key, item in inside:
        found = long_number(item)
        if found is not None:
            return (str(key), *found)
    return None


def parse_tolerance(value: Any, place: str = "tolerance") -> Fraction:
    """Return the share of a payoff range below which payoffs tie, as a Fraction; InputError outside [0, 1)."""
    share = exact(value, place)
    if not 0 <= share < 1:
        hint = "write the share of the payoff range that counts as a tie, such as 1e-6"
        raise input_error(place, f"{format_value(value)} is outside [0, 1)", hint)
    return share


def check_slack(value: float, place: str = "tolerance") -> float:
    """Return an absolute tolerance, unchanged; InputError for a value that is not a finite number of at least 0."""
    if not (is_finite(value) and value >= 0):
        raise input_error(
            place, f"{format_value(value)} is not a finite number of 0 or above", "write 0, or a small amount"
        )
    return value


def check_seconds(value: float, place: str) -> float:
    """Return a time limit, unchanged; InputError for a value that is not a finite number above 0."""
    if not (is_finite(value) and value > 0):
        raise input_error(place, f"{format_value(value)} is not a number of seconds above 0", "write 10, or 0.5")
    return value


def common_denominator(numbers: Iterable[Fraction]) -> int | None:
    """Return the least common denominator of the numbers; None above 10,000 bits."""
    least = 1
    for denominator in {number.denominator for number in numbers}:
        least = math.lcm(least, denominator)
        if least.bit_length() > LONGEST_UNIT:
            return None
    return least


def to_common_unit(numbers: list[Fraction]) -> list[int] | list[Fraction]:
    """Return the numbers multiplied by their common denominator; unchanged where that is longer than 10,000 bits.

    The order is kept. Integers compare about ten times as fast as fractions.
    """
    scale = common_denominator(numbers)
    return numbers if scale is None else [x.numerator * (scale // x.denominator) for x in numbers]


def to_scaled_floats(matrix: Sequence[Sequence[Fraction]]) -> list[list[float]]:
    """Return payoffs as floats, shifted exactly so that the smallest is 1, and scaled so that the largest is below 3.

    The scale is a power of two, so that the floats keep the ratios of differences.
    """
    lowest, highest = min(map(min, matrix)), max(map(max, matrix))
    span = highest - lowest
    # The power of two with 1/2 < span / power < 2.
    exponent = span.numerator.bit_length() - span.denominator.bit_length()
    power = Fraction(2) ** exponent if span else Fraction(1)
    return [[float((x - lowest) / power + 1) for x in row] for row in matrix]


def format_exact(number: Fraction) -> str:
    """Return the number as text that `exact` reads back: `3`, `0.25`, or `1/3` where no float has the exact value."""
    if number.denominator == 1:
        return _digits(number.numerator)
    decimal = repr(float(number)) if abs(number) < LARGEST else "0"
    ends = Fraction(decimal) == number
    return decimal if ends else f"{_digits(number.numerator)}/{_digits(number.denominator)}"


def _digits(number: int) -> str:
    """Return the decimal digits of an integer of any length; `str` stops at 4,300."""
    return str(Decimal(number))


def format_rounded(number: Fraction) -> str:
    """Return the number for a table: as `format_exact` returns it when short, otherwise to four significant digits."""
    longest = max(number.numerator.bit_length(), number.denominator.bit_length())
    text = format_exact(number) if longest < 100 else ""
    if text and len(text) <= 7:
        return text
    if not 1 <= abs(number) * 10**_FLOATS <= 100**_FLOATS:
        # Outside the range of floats, as products of payoffs can be. 0 never gets here, its text is short.
        quotient = _FOUR_DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
        return f"{quotient.normalize():.4g}"
    return f"{float(number):.4g}"
