"""What the tables of a file need to know of each other, gathered before anything is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from economy.corridors import Corridor, corridor, corridor_names
from economy.parameters import defaults
from games.errors import InputError, Problem, refuse
from games.text.spelling import nearest
from negotiation.agenda.ladders import CORRIDOR, ladder
from negotiation.preferences.values import interests
from scenarios.reading.overlay import Tree, items, table
from scenarios.scenario import BOTH, ROLES, Country

STRUCTURAL, SCORED = "structural", "scored"
"""Where the values of packages come from: an economy, or points written in the file."""

UNNAMED = (Country("Host", "host"), Country("Origin", "origin"))
"""The countries of an economy that nobody has named."""


@dataclass(frozen=True, slots=True)
class Known:
    """The two countries of the case, the corridor's own where it has one, and what is on the table."""

    countries: tuple[Country, ...]
    """Host, then origin, or two that are both as written; fewer where the file fails to say."""
    corridor: Corridor | None = None
    lines: tuple[str, ...] = ()
    """The ladders on the agenda by key; none where they are missing or one of them cannot be understood."""
    scored: bool = False
    """Whether packages are worth the points that the file writes."""
    lost: frozenset[str] = frozenset()
    """Keys that stand in the wrong place of the file, and so are not missing."""
    sure: bool = True
    """Whether the countries are known; False where the file names a corridor, a country or a role that is none."""

    @classmethod
    def of(cls, tree: Tree) -> Known:
        """What a file says, as far as it can be understood; faults are found elsewhere."""
        values, lost = tree.values, frozenset(tree.lost)
        agenda = table(values.get("agenda"))
        scored = _scored(agenda)
        lines = _lines(agenda.get("ladders", [] if scored else list(CORRIDOR)))
        code = table(values.get("economy")).get("corridor")
        if code not in corridor_names():
            sure = code is None and all(map(_understood, items(values.get("countries"))))
            return cls(_written(values) or UNNAMED, None, lines, scored, lost, sure and "countries" not in lost)
        facts = corridor(str(code))
        host = Country(facts.host.name, "host", facts.host.iso3)
        return cls((host, Country(facts.origin.name, "origin", facts.origin.iso3)), facts, lines, scored, lost)

    def named(self, word: Any) -> Country | None:
        """The country of that name, role or code, in any case; None when there is none."""
        if not isinstance(word, str):
            return None
        return next((country for country in self.countries if country.answers_to(word)), None)

    def country(self, word: str) -> Country:
        """The country of that name, role or code; InputError names those there are."""
        country = self.named(word)
        if country is None and not self.sure:
            return Country(word, BOTH)
        if country is None:
            names = [each.name for each in self.countries]
            near = nearest(word, names, 1) or names
            raise refuse("", f"there is no country called {word!r} in this case", f"write {' or '.join(near)}")
        return country

    def groups(self, name: str, groups: tuple[str, ...]) -> None:
        """InputError for every group that does not vote in the country of that name."""
        country = self.country(name)
        if country not in self.countries:
            return
        place, role = self.countries.index(country), country.role
        voting = [interest.key for interest in interests(defaults(), ROLES.index(role) if role in ROLES else place)]
        problems = [
            Problem(group, f"is no group that votes in {name}", f"write one of: {', '.join(near or voting)}")
            for group in groups
            if group not in voting
            for near in [nearest(group, voting, 1)]
        ]
        if problems:
            raise InputError(*problems)


def _scored(agenda: Mapping[str, Any]) -> bool:
    """Whether an agenda means to be scored; where its word is none of the two, points in a seat decide."""
    word = agenda.get("preferences", STRUCTURAL)
    near = nearest(word, (STRUCTURAL, SCORED)) if isinstance(word, str) else []
    return near[0] == SCORED if near else any("points" in table(seat) for seat in items(agenda.get("seats")))


def _understood(country: Any) -> bool:
    """Whether an item of `[[countries]]` has a name and a role that can be used."""
    return "name" in table(country) and table(country).get("role") in (*ROLES, BOTH)


def _written(values: Mapping[str, Any]) -> tuple[Country, ...]:
    """The countries of `[[countries]]` that have a name, in their order at the table; a wrong role counts as both."""
    written = [table(item) for item in items(values.get("countries"))]
    return tuple(
        Country(str(item["name"]).strip(), role, str(item["iso3"]) if "iso3" in item else None)
        for role in (*ROLES, BOTH)
        for item in written
        if "name" in item and role == (item["role"] if _understood(item) else BOTH)
    )


def _lines(ladders: Any) -> tuple[str, ...]:
    try:
        return tuple(ladder(word).key for word in items(ladders))
    except (InputError, TypeError):
        return ()
