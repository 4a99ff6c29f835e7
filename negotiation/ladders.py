"""The ladders of the issue catalogue, read from `ladders.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from games.errors import refuse

CORRIDOR = ("places", "recognition", "fee", "levy", "levy_split", "partnership", "phasing")
"""The corridor agenda: every ladder moves one parameter of the economy, one to one."""

SIDE_PAYMENTS = frozenset({"cash", "linkage", "gain_tax", "skill_partnership"})
"""The kinds that `without = ["side payments"]` holds at level 0; compensation at home stays."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One negotiable issue with its ordered levels; level 0 is today's practice."""

    key: str
    name: str
    levels: tuple[str, ...]
    """In the words of a schedule."""
    plain: tuple[str, ...]
    """The same levels in everyday words."""
    values: tuple[float, ...]
    """What each level sets `field` to."""
    field: str
    """The field of `economy.terms.Terms` that the ladder moves."""
    unit: str
    conceded_by: str
    """`host`, `origin` or `both`: in whose schedule the line stands."""
    kind: str
    """`commitment`, or the side payment that this line is."""
    payer: str
    """Who pays a side payment; empty for a commitment."""
    lives_on: str
    """The ladder without which this one is nothing, as a split is without a levy; mostly empty."""
    source: str

    @property
    def is_side_payment(self) -> bool:
        """Whether the line moves money or training between accounts instead of binding a rule."""
        return self.kind in SIDE_PAYMENTS


@cache
def ladders() -> Mapping[str, Ladder]:
    """The catalogue by key, in the order of the file."""
    entries = tomllib.loads(Path(__file__).with_name("ladders.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: _ladder(key, entry) for key, entry in entries.items()})


def ladder(key: str, place: str = "ladder") -> Ladder:
    """The ladder of that key; InputError at `place` names the nearest ones when there is none."""
    catalogue = ladders()
    if key not in catalogue:
        near = get_close_matches(key, catalogue, n=3) or list(catalogue)
        raise refuse(place, f"there is no ladder called {key!r}", f"write one of: {', '.join(near)}")
    return catalogue[key]


def _ladder(key: str, entry: Mapping[str, Any]) -> Ladder:
    return Ladder(
        key=key,
        name=entry["name"],
        levels=tuple(entry["levels"]),
        plain=tuple(entry["plain"]),
        values=tuple(entry["values"]),
        field=entry["field"],
        unit=entry["unit"],
        conceded_by=entry["conceded_by"],
        kind=entry["kind"],
        payer=entry.get("payer", ""),
        lives_on=entry.get("lives_on", ""),
        source=entry["source"],
    )
