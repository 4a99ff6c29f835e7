"""A dial and the places it is moved through: what stands behind `--vary`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from economy.parameters import Array, Entry, entries
from games.errors import InputError, refuse
from games.exact_numbers import exact, shown, whole
from games.short_repr import short_repr
from games.text.spelling import nearest

FORMS = "write NAME=LOW:HIGH:COUNT, NAME=LOW:HIGH:COUNT:log or NAME=a,b,c"
FINEST = 1_000_000
"""Values that one dial may have."""


@dataclass(frozen=True, slots=True)
class Dial:
    """One parameter of the economy and the values it takes, in their order."""

    __repr__ = short_repr

    name: str
    """As in economy/parameters.toml."""
    values: Array
    """(place) within the parameter's limits, no value twice."""

    @property
    def entry(self) -> Entry:
        """What the catalogue says about it: unit, limits, source."""
        return entries()[self.name]


def dial(text: str) -> Dial:
    """The dial of a text: NAME=LOW:HIGH:COUNT in equal steps, the same with `:log` in equal ratios, or NAME=a,b,c.

    Both ends belong to it. InputError for another form, for a name that is no parameter, and for values outside
    the parameter's limits.
    """
    given: Any = text
    if not isinstance(given, str):
        raise refuse("--vary", f"{text!r} is no text", FORMS)
    name, equals, told = (part.strip() for part in text.partition("="))
    if not equals or not name:
        raise refuse("--vary", f"{text!r} is no dial", FORMS)
    entry, place = known(name), f"--vary {name}"
    values = _range(told, place) if ":" in told else _list(told, place)
    if not (values.min() >= entry.low and values.max() <= entry.high):
        reason = f"{told} leaves the limits of {entry.name} (unit: {entry.unit})"
        raise refuse(place, reason, f"keep from {entry.low:g} to {entry.high:g}")
    return Dial(name, values)


def dials_of(given: Any) -> tuple[Dial, ...]:
    """The dials of one text, of a dictionary of values by name, or of several dials and texts.

    Values are a list, an array, or a text such as "1:8:57".
    """
    if isinstance(given, str | Dial):
        given = [given]
    if isinstance(given, Mapping):
        given = [f"{name}={_told(values)}" for name, values in cast("Mapping[Any, Any]", given).items()]
    if not isinstance(given, Iterable):
        raise refuse("--vary", f"{given!r} is no dial", FORMS)
    return tuple(each if isinstance(each, Dial) else dial(each) for each in cast("Iterable[Any]", given))


def _told(values: Any) -> str:
    """Values as the text of a dial has them."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return str(values)
    return ",".join(str(value) for value in cast("Iterable[Any]", values))


def known(name: str) -> Entry:
    """The catalogue's entry of that name; InputError, with the nearest names, where there is none."""
    catalogue = entries()
    if name in catalogue:
        return catalogue[name]
    near = nearest(name, catalogue)
    hint = f"did you mean {' or '.join(near)}?" if near else f"write one of: {', '.join(catalogue)}"
    raise refuse(f"--vary {name}", f"there is no dial called {name!r}", hint)


def _range(told: str, place: str) -> Array:
    """LOW:HIGH:COUNT in equal steps, or with `:log` in equal ratios."""
    parts = [part.strip() for part in told.split(":")]
    if len(parts) < 3 or parts[3:] not in ([], ["log"]):
        raise refuse(place, f"{told!r} is no range", FORMS)
    low, high, count = _number(parts[0], place), _number(parts[1], place), _count(parts[2], place)
    if low > high or (low == high) != (count == 1):
        raise refuse(place, f"{told!r} does not rise from LOW to HIGH", "as in gap=1:8:57, with at least two values")
    if len(parts) == 3:
        return np.linspace(low, high, count)
    if low <= 0:
        raise refuse(place, f"equal ratios cannot begin at {low:g}", "begin above 0, or leave :log out")
    return np.geomspace(low, high, count)


def _list(told: str, place: str) -> Array:
    values = np.array([_number(part, place) for part in told.split(",")])
    if np.unique(values).size < values.size:
        raise refuse(place, f"a value stands twice in {told!r}", "write every value once")
    return values


def _number(text: str, place: str) -> float:
    try:
        return float(exact(text, place))
    except InputError:
        raise refuse(place, f"{shown(text.strip())} is no finite number", FORMS) from None


def _count(text: str, place: str) -> int:
    count = whole(text)
    if count is None or not 0 < count <= FINEST:
        raise refuse(
            place, f"{shown(text.strip())} is no count of values", f"write a whole number from 1 to {FINEST:,}"
        )
    return count
