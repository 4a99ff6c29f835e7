"""The economy that an atlas stands on: a preset pair of countries, or the economy of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import scenarios
from economy.parameters import Parameters, check, entries, preset
from games.errors import InputError, refuse
from games.exact_numbers import exact, shown
from games.short_repr import short_repr

if TYPE_CHECKING:
    from scenarios import Scenario
    from scenarios.reading import Given
    from scenarios.reading.overlay import Change, Changes

PRESETS = ("symmetric", "asymmetric")
"""The pairs of the source's annex; every other name is a case."""
PLAYERS = ("Host", "Origin")
"""What the countries of a preset are called."""
TABLE = "economy."
"""What stands before a dial's name in a case; before `--set` it may be left out."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One economy and the names of its two countries, host first."""

    __repr__ = short_repr

    name: str
    parameters: Parameters
    players: tuple[str, str]
    changes: tuple[str, ...] = ()
    """What was changed on it, as `--set` takes it."""


def ground(name: Scenario | Given = "symmetric", changes: Changes = ()) -> Ground:
    """The ground of that name, after `--set KEY=VALUE` changes: a preset, a library name, a corridor or a file.

    A scenario, and a dictionary of its tables, has a ground as well; changes may be a dictionary. A KEY that is a
    dial's name stands for economy.KEY. InputError for what cannot be read, for values outside their limits, and for
    a case without an economy.
    """
    if isinstance(name, scenarios.Scenario):
        return _of(name)
    changes = tuple(_written(change) for change in scenarios.as_changes(changes))
    if isinstance(name, str) and name in PRESETS:
        parameters = preset(name).replace(**dict(_moved(change) for change in changes))
        check(parameters, "--set economy")
        return Ground(name, parameters, PLAYERS, changes)
    return _of(scenarios.read(name, [_spelt(change) for change in changes]), changes)


def _of(scenario: Scenario, changes: tuple[str, ...] = ()) -> Ground:
    """The ground of a case."""
    if scenario.parameters is None:
        hint = f"take a case with an [economy] (winset scenarios list), or {' or '.join(PRESETS)}"
        raise refuse(scenario.name, "has no economy to make a map of", hint)
    return Ground(scenario.name, scenario.parameters, scenario.parties, changes)


def _written(change: Change) -> str:
    """A change as `--set` takes it."""
    return change if isinstance(change, str) else f"{change[0]}={change[1]}"


def _spelt(change: str) -> str:
    return TABLE + change if change.partition("=")[0].strip() in entries() else change


def _moved(change: str) -> tuple[str, float]:
    key, _, told = change.partition("=")
    name = key.strip().removeprefix(TABLE)
    if name not in entries():
        raise _no_dial(key.strip())
    try:
        return name, float(exact(told))
    except InputError:
        raise refuse(f"--set {key.strip()}", f"{shown(told)} is no number", "write it like --set gap=4") from None


def _no_dial(key: str) -> InputError:
    reason = "is no dial, and a preset has no other keys"
    return refuse(f"--set {key}", reason, f"write one of: {', '.join(entries())}")
