"""What can happen from outside: named changes of dials, which shocks.toml tells with their sources."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from economy.parameters import Parameters, Real, entries
from games.errors import refuse

CATALOGUE = Path(__file__).with_name("shocks.toml")


class Push(NamedTuple):
    """What a shock does to one dial: the new value is factor · old + add."""

    dial: str
    factor: float = 1.0
    add: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """Something from outside that changes what an opening is worth."""

    name: str
    id: str = ""
    """Its number in the project's requirements; empty for those that are ours."""
    title: str
    text: str
    """What everybody is told."""
    moves: tuple[Push, ...]
    source: str
    """Where the event and its direction come from; the sizes are assumptions."""


class Shocked(NamedTuple):
    """An economy after shocks."""

    parameters: Parameters
    notes: tuple[str, ...]
    """Where a dial was held at its limit."""


@cache
def shocks() -> Mapping[str, Shock]:
    """Every shock by its name, as in "recession"."""
    told = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            name: Shock(name=name, **facts | {"moves": tuple(Push(**move) for move in facts["moves"])})
            for name, facts in told.items()
        }
    )


def shock(name: str, place: str = "shock") -> Shock:
    """The shock of that name; InputError at `place` names those there are."""
    known = shocks()
    if name not in known:
        raise refuse(place, f"the economy knows no shock called {name!r}", f"write one of: {', '.join(known)}")
    return known[name]


def shocked(parameters: Parameters, names: Iterable[str], place: str = "shocks") -> Shocked:
    """The economy after these shocks, in the order in which they strike; one that is named twice strikes twice.

    Every dial stays within its limits, and the notes say where it would have left them. InputError at `place` for a
    name that is not in the catalogue.
    """
    notes: list[str] = []
    for struck in [shock(name, place) for name in names]:
        for push in struck.moves:
            value, held = _pushed(getattr(parameters, push.dial), push)
            parameters = parameters.replace(**{push.dial: value})
            notes += [f"The shock {struck.name} would drive {push.dial} beyond its limit: {held}."] if held else []
    return Shocked(parameters, tuple(dict.fromkeys(notes)))


def _pushed(value: Real, push: Push) -> tuple[Real, str]:
    """The dial's new value, and in words where it was held at a limit; "" where it was not."""
    entry = entries()[push.dial]
    wanted = np.asarray(value) * push.factor + push.add
    kept = np.clip(wanted, entry.low, entry.high)
    beyond = [limit for limit in (entry.low, entry.high) if np.any((kept == limit) & (wanted != limit))]
    held = " and ".join(f"it stays at {limit:g}" for limit in beyond)
    return (kept if kept.ndim else float(kept)), held
