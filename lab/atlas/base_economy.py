"""The base economy of an atlas: a preset pair of countries, or the economy of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import scenarios
from economy.conventions import SWITCHES
from economy.parameters import Parameters, check, entries, preset
from games.display import join_with_or
from games.errors import InputError, input_error
from games.exact_numbers import exact, format_value
from games.short_repr import short_repr
from games.text.spelling import closest_words

if TYPE_CHECKING:
    from scenarios import Scenario
    from scenarios.reading import ScenarioSource
    from scenarios.reading.overlay import Change, Changes

PRESETS = ("symmetric", "asymmetric")
"""Pairs of countries in the annex of Alonso; every other name is read as a case."""
PLAYERS = ("Host", "Origin")
"""Names of the two countries of a preset."""
TABLE = "economy."
"""Prefix of a parameter's key in a case. It may be left out in `--set`."""


@dataclass(frozen=True, slots=True)
class AtlasEconomy:
    """The base economy of an atlas (a map of games): the parameters of two countries and their names, host first."""

    __repr__ = short_repr

    name: str
    """Name of the preset or case."""
    parameters: Parameters
    players: tuple[str, str]
    changes: tuple[str, ...] = ()
    """Changes that were made to it, each as `--set` takes it."""


def read_base_economy(name: Scenario | ScenarioSource = "symmetric", changes: Changes = ()) -> AtlasEconomy:
    """Read the base economy of an atlas (a map of games over its parameters) and apply changes to it.

    Parameters
    ----------
    name
        A preset (`symmetric`, `asymmetric`), the name of a case in the library, a corridor, the path of a file, a
        dictionary of the tables of a case, or a `Scenario`.
    changes
        Changes as for `--set KEY=VALUE`, or a dictionary of values by key. The name of a parameter of the economy is
        read as economy.NAME. A `Scenario` is used as it is.

    Returns
    -------
    AtlasEconomy
        Parameters of the economy and the names of the two countries.

    Raises
    ------
    InputError
        Changes are given with a `Scenario`; the case cannot be read or has no economy; a key of a preset is not a
        parameter; or a value is not a number or is outside its limits.
    """
    changes = tuple(_written(change) for change in scenarios.as_changes(changes))
    if isinstance(name, scenarios.Scenario):
        if changes:
            hint = "make them when the case is read: read(name, changes)"
            raise input_error("changes", "a Scenario is used as it is", hint)
        return _of(name)
    if isinstance(name, str) and name in PRESETS:
        parameters = _preset_with(name, changes)
        check(parameters, "--set economy")
        return AtlasEconomy(name, parameters, PLAYERS, changes)
    return _of(scenarios.read(name, [_spelt(change) for change in changes]), changes)


def _of(scenario: Scenario, changes: tuple[str, ...] = ()) -> AtlasEconomy:
    """Return the base economy of a case. InputError where the case has no economy."""
    if scenario.parameters is None:
        hint = f"take a case with an [economy] (winset scenarios list), or {' or '.join(PRESETS)}"
        raise input_error(scenario.name, "has no economy to make a map of", hint)
    return AtlasEconomy(scenario.name, scenario.parameters, scenario.parties, changes)


def _written(change: Change) -> str:
    """Return a change as text, in the form that `--set` takes."""
    return change if isinstance(change, str) else f"{change[0]}={change[1]}"


def _spelt(change: str) -> str:
    """Return a change with the prefix `economy.` before the name of a parameter."""
    name = change.partition("=")[0].strip()
    return TABLE + change if name in entries() or name in SWITCHES else change


def _preset_with(name: str, changes: tuple[str, ...]) -> Parameters:
    """Return a preset with changed parameters and conventions."""
    told = [(change.partition("=")[0].strip().removeprefix(TABLE), change) for change in changes]
    words = {key: _convention(key, change.partition("=")[2]) for key, change in told if key in SWITCHES}
    found = preset(name).replace(**dict(_moved(change) for key, change in told if key not in SWITCHES))
    return found.replace(conventions=found.conventions.replace(**words))


def _convention(name: str, told: str) -> str:
    """Parse the word of a convention; InputError with the most similar words if there is none like it."""
    word, choices = told.strip().strip("\"'"), SWITCHES[name]
    if word not in choices:
        near = closest_words(word, choices) or choices
        reason = f"there is no {name} called {word!r}"
        raise input_error(f"--set {TABLE}{name}", reason, f"write {join_with_or(near)}")
    return word


def _moved(change: str) -> tuple[str, float]:
    """Parse a change of a preset into the name of a parameter and its value."""
    key, _, told = change.partition("=")
    name = key.strip().removeprefix(TABLE)
    if name not in entries():
        raise _no_dial(key.strip())
    try:
        return name, float(exact(told))
    except InputError:
        raise input_error(
            f"--set {key.strip()}", f"{format_value(told)} is no number", "write it like --set gap=4"
        ) from None


def _no_dial(key: str) -> InputError:
    """Return the error for a key that is not a parameter of the economy."""
    reason = "is no dial, and a preset has no other keys"
    return input_error(f"--set {key}", reason, f"write one of: {', '.join(entries())}")
