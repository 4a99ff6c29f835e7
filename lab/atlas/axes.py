"""Axes of an atlas: a parameter of the economy and the values it takes, as given by `--vary`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from economy.corridors.opening_searches import openness_is_read
from economy.parameters import Array, Entry, Parameters, entries
from games.errors import InputError, input_error
from games.exact_numbers import exact, format_value, parse_integer
from games.short_repr import short_repr
from games.text.spelling import closest_words

FORMS = "write NAME=LOW:HIGH:COUNT, NAME=LOW:HIGH:COUNT:log or NAME=a,b,c"
"""Hint of an error: the three forms of `--vary`."""
TODAY = ("today", "today_origin")
"""Parameters of today's migrants: above 0 in one of them, places are people, and else shares of the willing."""
OF_SHARES = ("openness", "openness_origin")
"""Parameters that are read where places are shares of the willing."""
OF_PEOPLE = ("expansion", "covered")
"""Parameters that are read where today's number of people is the ceiling."""
FINEST = 1_000_000
"""Largest number of values on one axis."""


@dataclass(frozen=True, slots=True)
class AtlasAxis:
    """One axis of an atlas (a map of games): a parameter of the economy and the values that it takes, in order."""

    __repr__ = short_repr

    name: str
    """Name of the parameter in economy/parameters.toml."""
    values: Array
    """(place) values within the limits of the parameter, each different."""

    @property
    def entry(self) -> Entry:
        """Return the entry of the axis's parameter in the catalogue of parameters, with its unit, limits and source."""
        return entries()[self.name]


def parse_axis(text: str) -> AtlasAxis:
    """Parse the text of one axis of an atlas (a map of games), as the option `--vary` takes it.

    Parameters
    ----------
    text
        NAME=LOW:HIGH:COUNT for COUNT values in equal steps, NAME=LOW:HIGH:COUNT:log for values in equal ratios, or
        NAME=a,b,c for a list. LOW and HIGH are included.

    Returns
    -------
    AtlasAxis
        The parameter and its values.

    Raises
    ------
    InputError
        The text has another form, NAME is not a parameter of the economy, a value is outside the limits of the
        parameter, or a listed value occurs twice.
    """
    given: Any = text
    if not isinstance(given, str):
        raise input_error("--vary", f"{text!r} is no text", FORMS)
    name, equals, told = (part.strip() for part in text.partition("="))
    if not equals or not name:
        raise input_error("--vary", f"{text!r} is no dial", FORMS)
    entry, place = parameter_entry(name), f"--vary {name}"
    values = _range(told, place) if ":" in told else _list(told, place)
    if not (values.min() >= entry.low and values.max() <= entry.high):
        reason = f"{told} leaves the limits of {entry.name} (unit: {entry.unit})"
        raise input_error(place, reason, f"keep from {entry.low:g} to {entry.high:g}")
    return AtlasAxis(name, values)


def parse_axes(given: Any) -> tuple[AtlasAxis, ...]:
    """Return the axes of an atlas (a map of games) from one text or axis, several of them, or a dictionary.

    The dictionary has the values by the name of the parameter: a list, an array, or a text such as "1:8:57". Raises
    InputError as `parse_axis` does, and for anything else.
    """
    if isinstance(given, str | AtlasAxis):
        given = [given]
    if isinstance(given, Mapping):
        given = [f"{name}={_told(values)}" for name, values in cast("Mapping[Any, Any]", given).items()]
    if not isinstance(given, Iterable):
        raise input_error("--vary", f"{given!r} is no dial", FORMS)
    return tuple(each if isinstance(each, AtlasAxis) else parse_axis(each) for each in cast("Iterable[Any]", given))


def check_axes_are_read(axes: Iterable[AtlasAxis], ground: Parameters) -> None:
    """Check that the model reads the parameter of every axis of an atlas, so that the map is not the same everywhere.

    Raises InputError for `openness` where today's number of people is the ceiling, and for `expansion` and `covered`
    where nobody moves today. Where today's number is an axis itself, all of them are read somewhere.
    """
    names = [axis.name for axis in axes]
    if any(name in TODAY for name in names):
        return
    people = not openness_is_read(ground).all()
    for name in names:
        if people and name in OF_SHARES:
            reason = "is not read here: today's number of people is the ceiling"
            raise input_error(f"--vary {name}", reason, "vary expansion, as in expansion=0:4:33")
        if not people and name in OF_PEOPLE:
            reason = "is not read here: nobody moves today"
            raise input_error(f"--vary {name}", reason, "vary openness, or set today, as in --set today=0.2")


def _told(values: Any) -> str:
    """Return values as text, in the form that `parse_axis` parses."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return str(values)
    return ",".join(str(value) for value in cast("Iterable[Any]", values))


def parameter_entry(name: str) -> Entry:
    """Return the entry of one parameter of the economy in the catalogue, with its unit, limits and source.

    Raises InputError, which lists the most similar names, if there is no parameter with this name.
    """
    catalogue = entries()
    if name in catalogue:
        return catalogue[name]
    near = closest_words(name, catalogue)
    hint = f"did you mean {' or '.join(near)}?" if near else f"write one of: {', '.join(catalogue)}"
    raise input_error(f"--vary {name}", f"there is no dial called {name!r}", hint)


def _range(told: str, place: str) -> Array:
    """Parse LOW:HIGH:COUNT (equal steps) or LOW:HIGH:COUNT:log (equal ratios)."""
    parts = [part.strip() for part in told.split(":")]
    if len(parts) < 3 or parts[3:] not in ([], ["log"]):
        raise input_error(place, f"{told!r} is no range", FORMS)
    low, high, count = _number(parts[0], place), _number(parts[1], place), _count(parts[2], place)
    if low > high or (low == high) != (count == 1):
        raise input_error(
            place, f"{told!r} does not rise from LOW to HIGH", "as in gap=1:8:57, with at least two values"
        )
    if len(parts) == 3:
        return np.linspace(low, high, count)
    if low <= 0:
        raise input_error(place, f"equal ratios cannot begin at {low:g}", "begin above 0, or leave :log out")
    return np.geomspace(low, high, count)


def _list(told: str, place: str) -> Array:
    """Parse values that are separated by commas."""
    values = np.array([_number(part, place) for part in told.split(",")])
    if np.unique(values).size < values.size:
        raise input_error(place, f"a value stands twice in {told!r}", "write every value once")
    return values


def _number(text: str, place: str) -> float:
    """Parse a finite number."""
    try:
        return float(exact(text, place))
    except InputError:
        raise input_error(place, f"{format_value(text.strip())} is no finite number", FORMS) from None


def _count(text: str, place: str) -> int:
    """Parse a number of values, from 1 to `FINEST`."""
    count = parse_integer(text)
    if count is None or not 0 < count <= FINEST:
        raise input_error(
            place, f"{format_value(text.strip())} is no count of values", f"write a whole number from 1 to {FINEST:,}"
        )
    return count
