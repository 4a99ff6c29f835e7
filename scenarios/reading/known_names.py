"""Facts of a file that its fields are checked against, gathered before any check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from economy.corridors.data import corridor_names
from economy.corridors.fitting import Corridor, corridor
from economy.parameters import defaults
from games.errors import InputError, Problem, input_error
from games.messages import message
from games.text.spelling import closest_words
from negotiation.agenda.ladders import NEGOTIATED, ladder
from negotiation.preferences.values import voting_groups
from scenarios.reading.overlay import Tree, dict_or_empty, list_or_empty
from scenarios.scenario import BOTH, ROLES, Country

STRUCTURAL, SCORED = "structural", "scored"
"""Sources of the values of packages: an economy, or points written in the file."""

UNNAMED = (Country(message("Host"), "host"), Country(message("Origin"), "origin"))
"""The countries of an economy for which the file names none."""


@dataclass(frozen=True, slots=True)
class FileContext:
    """The two countries of a case, its corridor if it has one, and the lines of its agenda."""

    countries: tuple[Country, ...]
    """Host, then origin, or two that are `both`, as written; fewer if the file does not name two."""
    corridor: Corridor | None = None
    lines: tuple[str, ...] = ()
    """Keys of the ladders on the agenda; () if they are missing or one of them is unknown."""
    scored: bool = False
    """Whether the values of packages are points written in the file."""
    lost: frozenset[str] = frozenset()
    """Keys that stand in a wrong place of the file. They are not reported as missing."""
    sure: bool = True
    """Whether the countries are certain; False if the file names an unknown corridor, country or role."""

    @classmethod
    def of(cls, tree: Tree) -> FileContext:
        """Return the facts of a file, as far as they can be read; errors are reported by other checks."""
        values, lost = tree.values, frozenset(tree.lost)
        agenda = dict_or_empty(values.get("agenda"))
        scored = _scored(agenda)
        lines = _lines(agenda.get("ladders", [] if scored else list(NEGOTIATED)))
        code = dict_or_empty(values.get("economy")).get("corridor")
        if code not in corridor_names():
            sure = code is None and all(map(_understood, list_or_empty(values.get("countries"))))
            return cls(_written(values) or UNNAMED, None, lines, scored, lost, sure and "countries" not in lost)
        facts = corridor(str(code))
        host = Country(facts.host.name, "host", facts.host.iso3)
        return cls((host, Country(facts.origin.name, "origin", facts.origin.iso3)), facts, lines, scored, lost)

    def find_country(self, word: Any) -> Country | None:
        """Return the country of that name, role or code, in any case; None if there is none."""
        if not isinstance(word, str):
            return None
        return next((country for country in self.countries if country.matches(word)), None)

    def country(self, word: str) -> Country:
        """Return the country of that name, role or code; InputError, with the names there are, if there is none.

        If the countries are not certain, any word is accepted.
        """
        country = self.find_country(word)
        if country is None and not self.sure:
            return Country(word, BOTH)
        if country is None:
            names = [each.name for each in self.countries]
            near = closest_words(word, names, 1) or names
            raise input_error("", f"there is no country called {word!r} in this case", f"write {' or '.join(near)}")
        return country

    def groups(self, name: str, groups: tuple[str, ...]) -> None:
        """Raise InputError for every group that does not vote in the country of that name."""
        country = self.country(name)
        if country not in self.countries:
            return
        place, role = self.countries.index(country), country.role
        voting = [interest.key for interest in voting_groups(defaults(), ROLES.index(role) if role in ROLES else place)]
        problems = [
            Problem(group, f"is no group that votes in {name}", f"write one of: {', '.join(near or voting)}")
            for group in groups
            if group not in voting
            for near in [closest_words(group, voting, 1)]
        ]
        if problems:
            raise InputError(*problems)


def _scored(agenda: Mapping[str, Any]) -> bool:
    """Whether an agenda is scored. If its word is neither of the two, points in a seat decide."""
    word = agenda.get("preferences", STRUCTURAL)
    near = closest_words(word, (STRUCTURAL, SCORED)) if isinstance(word, str) else []
    return (
        near[0] == SCORED
        if near
        else any("points" in dict_or_empty(seat) for seat in list_or_empty(agenda.get("seats")))
    )


def _understood(country: Any) -> bool:
    """Whether an item of `[[countries]]` has a name and a valid role."""
    return "name" in dict_or_empty(country) and dict_or_empty(country).get("role") in (*ROLES, BOTH)


def _written(values: Mapping[str, Any]) -> tuple[Country, ...]:
    """The named countries of `[[countries]]`, in the order of `ROLES`. An unknown role counts as `both`."""
    written = [dict_or_empty(item) for item in list_or_empty(values.get("countries"))]
    return tuple(
        Country(str(item["name"]).strip(), role, str(item["iso3"]) if "iso3" in item else None)
        for role in (*ROLES, BOTH)
        for item in written
        if "name" in item and role == (item["role"] if _understood(item) else BOTH)
    )


def _lines(ladders: Any) -> tuple[str, ...]:
    """Keys of the ladders; () if one of them is unknown."""
    try:
        return tuple(ladder(word).key for word in list_or_empty(ladders))
    except (InputError, TypeError):
        return ()
