"""Shocks: events from outside that change parameters, read from shocks.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from economy.parameters import Parameters, Real, entries
from games.errors import input_error
from games.messages import Message, message

CATALOGUE = Path(__file__).with_name("shocks.toml")
"""File of the shocks, with their sources."""
LIMIT_NOTE = message("The shock {shock} would drive {parameter} beyond its limit: it stays at {limit}.")


class ParameterChange(NamedTuple):
    """Change of one parameter by a shock: the new value is factor · old + add."""

    dial: str
    """Name of the parameter."""
    factor: float = 1.0
    add: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomicShock:
    """An event from outside that changes the payoffs of an opening."""

    name: str
    """Key in shocks.toml, as in "recession"."""
    id: str = ""
    """Number in the project's requirements; empty for shocks that are not in them."""
    title: str
    text: str
    """Text that is shown to all players."""
    moves: tuple[ParameterChange, ...]
    """Changes of parameters."""
    source: str
    """Source of the event and of the direction of its effect; the sizes are assumptions."""


class ShockedEconomy(NamedTuple):
    """An economy after shocks."""

    parameters: Parameters
    """The changed parameters."""
    notes: tuple[str, ...]
    """Messages about parameters that were kept at their limit."""


@cache
def shocks() -> Mapping[str, EconomicShock]:
    """All shocks by name, as in "recession"; read once."""
    told = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return MappingProxyType({name: _shock(name, **facts) for name, facts in told.items()})


def _shock(name: str, title: str, text: str, moves: list[dict[str, Any]], **facts: Any) -> EconomicShock:
    """Make a shock from its table; the texts that people read are messages."""
    changes = tuple(ParameterChange(**move) for move in moves)
    return EconomicShock(name=name, title=Message(title), text=Message(text), moves=changes, **facts)


def shock(name: str, place: str = "shock") -> EconomicShock:
    """Return the shock of this name; InputError at `place` that lists the names when there is none."""
    known = shocks()
    if name not in known:
        raise input_error(place, f"the economy knows no shock called {name!r}", f"write one of: {', '.join(known)}")
    return known[name]


def apply_economic_shocks(parameters: Parameters, names: Iterable[str], place: str = "shocks") -> ShockedEconomy:
    """Apply shocks to an economy in the order given; a shock that is named twice is applied twice.

    Every parameter stays within its limits.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B.
    names
        Names of shocks, as in "recession".
    place
        Place that an error names, as in "case.toml:shocks".

    Returns
    -------
    ShockedEconomy
        The new parameters, and a note for each parameter that was kept at a limit.

    Raises
    ------
    InputError
        A name is not in the catalogue.
    """
    notes: list[str] = []
    for struck in [shock(name, place) for name in names]:
        for push in struck.moves:
            value, limits = _pushed(getattr(parameters, push.dial), push)
            parameters = parameters.replace(**{push.dial: value})
            notes += [LIMIT_NOTE.format(shock=struck.name, parameter=push.dial, limit=f"{limit:g}") for limit in limits]
    return ShockedEconomy(parameters, tuple(dict.fromkeys(notes)))


def _pushed(value: Real, push: ParameterChange) -> tuple[Real, list[float]]:
    """The parameter's new value, and the limits at which it was kept."""
    entry = entries()[push.dial]
    wanted = np.asarray(value) * push.factor + push.add
    kept = np.clip(wanted, entry.low, entry.high)
    limits = [limit for limit in (entry.low, entry.high) if np.any((kept == limit) & (wanted != limit))]
    return (kept if kept.ndim else float(kept)), limits
