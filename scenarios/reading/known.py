"""What other tables of the file need to know of its countries, gathered before anything is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from economy.corridors import Corridor, corridor, corridor_names
from economy.parameters import defaults
from games.errors import InputError, Problem, refuse
from negotiation.preferences import interests
from scenarios.reading.tree import items, table
from scenarios.scenario import ROLES, Country

UNNAMED = (Country("Host", "host"), Country("Origin", "origin"))
"""The countries of an economy that nobody has named."""


@dataclass(frozen=True, slots=True)
class Known:
    """The two countries of the case, the corridor's own where it has one."""

    countries: tuple[Country, ...]
    """Host, then origin; fewer where the file fails to say."""
    corridor: Corridor | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Known:
        """What a file says of its countries, as far as it can be understood; faults are found elsewhere."""
        code = table(values.get("economy")).get("corridor")
        if code in corridor_names():
            facts = corridor(str(code))
            host, origin = facts.host, facts.origin
            return cls((Country(host.name, "host", host.iso3), Country(origin.name, "origin", origin.iso3)), facts)
        written = [table(item) for item in items(values.get("countries"))]
        countries = (
            Country(str(item["name"]).strip(), role, str(item["iso3"]) if "iso3" in item else None)
            for role in ROLES
            for item in written
            if item.get("role") == role and "name" in item
        )
        return cls(tuple(countries) or UNNAMED)

    def named(self, word: Any) -> Country | None:
        """The country of that name, role or code, in any case; None when there is none."""
        if not isinstance(word, str):
            return None
        return next((country for country in self.countries if country.answers_to(word)), None)

    def country(self, word: str) -> Country:
        """The country of that name, role or code; InputError names those there are."""
        country = self.named(word)
        if country is None:
            names = [each.name for each in self.countries]
            near = get_close_matches(word.title(), names, n=1, cutoff=0.5) or names
            raise refuse("", f"there is no country called {word!r} in this case", f"write {' or '.join(near)}")
        return country

    def groups(self, name: str, groups: tuple[str, ...]) -> None:
        """InputError for every group that does not vote in the country of that name."""
        voting = [interest.key for interest in interests(defaults(), ROLES.index(self.country(name).role))]
        problems = [
            Problem(group, f"is no group that votes in {name}", f"write one of: {', '.join(near or voting)}")
            for group in groups
            if group not in voting
            for near in [get_close_matches(group, voting, n=1, cutoff=0.5)]
        ]
        if problems:
            raise InputError(*problems)
