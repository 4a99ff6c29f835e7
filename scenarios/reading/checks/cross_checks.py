"""What the tables of a file must not say about each other.

Looked for in the raw tables, so that it can be told along with the faults of single fields; what cannot be
understood here is passed over, because `form` has a word about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from games.errors import Problem
from scenarios.reading.context import Known
from scenarios.reading.overlay import Loc, Tree, items, table
from scenarios.scenario import BOTH, ROLES

FITTED = "fitted"
"""Says of the openness that it follows from the number of migrants in the data."""

COUNTRY_DIALS = {
    ("host", "gap"): "gap",
    ("origin", "size"): "size",
    ("host", "unskilled"): "u0",
    ("origin", "unskilled"): "u1",
}
"""The dial of the economy that a key of a country moves, by the country's role."""

BLOCKS = ("game", "economy", "agenda")
GAME_OR_ECONOMY = 'write [economy] with corridor = "MAR-ESP", or [game] with canon = "bully"'
TWO_COUNTRIES = 'write two [[countries]], one with role = "host" and one with role = "origin"'
TWO_ALIKE = 'write role = "host" and role = "origin", or with preferences = "scored" twice role = "both"'


class Conflict(NamedTuple):
    """A place in the file that does not go with another one."""

    loc: Loc
    reason: str
    hint: str
    needs: tuple[str, ...] = ()
    """Keys that it counts on: where one of them may stand in the file under another name, nobody can say so."""


def told(tree: Tree, found: Iterable[Conflict]) -> list[Problem]:
    """Conflicts as problems, less those that may follow from a key which is refused already."""
    certain = (conflict for conflict in found if not tree.lost & {*conflict.needs})
    return [Problem(tree.place(conflict.loc), conflict.reason, conflict.hint) for conflict in certain]


def conflicts(tree: Tree, known: Known) -> list[Problem]:
    """Everything in the file that does not go together."""
    values = tree.values
    listed = items(values.get("countries"))
    countries = [table(item) for item in listed]
    found = [*_economy(values), *_seats(values, known)]
    if tree.whole:
        in_corridor = "corridor" in table(values.get("economy"))  # one that nobody knows is refused elsewhere
        found += _blocks(values, known)
        found += _pair(countries, known, in_corridor=in_corridor) if all(map(table, listed)) else ()
    for place, country in enumerate(countries):
        found += _country(country, ("countries", place), table(values.get("economy")), known)
    return told(tree, found)


def _blocks(values: dict[str, Any], known: Known) -> Iterator[Conflict]:
    if not values.keys() & BLOCKS:
        yield Conflict(("economy",), "is missing, and so is [game]", GAME_OR_ECONOMY, BLOCKS)
    if "game" in values and "economy" in values:
        yield Conflict(("game",), "stands beside [economy], and a case has one matrix", "keep one of the two")
    if "agenda" in values and "economy" not in values and not known.scored:
        reason = "needs an economy, or points, that say what packages are worth"
        hint = 'write [economy], or preferences = "scored" with the points of every seat'
        yield Conflict(("agenda",), reason, hint, ("economy", "preferences", "corridor"))


def _economy(values: dict[str, Any]) -> Iterator[Conflict]:
    economy = table(values.get("economy"))
    if "corridor" in economy and "preset" in economy:
        yield Conflict(("economy", "preset"), "stands beside a corridor", "keep one of the two")
    if economy.get("openness") == FITTED and "corridor" not in economy:
        hint = "write a share from 0 to 1, as in openness = 0.25"
        yield Conflict(("economy", "openness"), "can only be fitted to a corridor's migrants", hint, ("corridor",))


def _pair(countries: list[dict[str, Any]], known: Known, *, in_corridor: bool) -> Iterator[Conflict]:
    """Countries without a corridor are one host and one origin; two that are both need points of their own."""
    roles = [country.get("role") for country in countries]
    understood = all(role is None or role in (*ROLES, BOTH) for role in roles)
    alike = known.scored and roles == [BOTH, BOTH]
    if countries and understood and not in_corridor and {*roles} != {*ROLES} and not alike:
        hint = TWO_ALIKE if BOTH in roles else TWO_COUNTRIES
        yield Conflict(("countries",), "should be one host and one origin", hint, ("countries", "role", "corridor"))
    elif len(countries) > len(ROLES):
        yield Conflict(("countries",), f"are {len(countries)}, and a corridor has two", TWO_COUNTRIES)


def _country(country: dict[str, Any], loc: Loc, economy: dict[str, Any], known: Known) -> Iterator[Conflict]:
    facts = known.named(country.get("name"))
    if known.corridor is not None and facts is not None:
        for key, value, choices in (("role", facts.role, (*ROLES, BOTH)), ("iso3", facts.iso3, _codes(country))):
            if country.get(key, value) != value and country[key] in choices:
                reason = f"is {country[key]!r}, but {facts.name} has {value!r} in this corridor"
                yield Conflict((*loc, key), reason, f'write "{value}", or leave it out')
    role = country.get("role") or (facts and facts.role)
    for key in ("gap", "size", "unskilled"):
        if key in country and role == BOTH:
            reason = "compares a host with an origin, and this country is both"
            yield Conflict((*loc, key), reason, "write it in [economy]: gap, size, u0 or u1")
        elif key in country and role in ROLES:
            yield from _dial(key, str(role), economy, (*loc, key))


def _codes(country: dict[str, Any]) -> tuple[Any, ...]:
    """The country's code where it has the form of one; another is refused by its field."""
    code = country.get("iso3")
    return (code,) if isinstance(code, str) and code.isupper() and len(code) == 3 else ()


def _dial(key: str, role: str, economy: dict[str, Any], loc: Loc) -> Iterator[Conflict]:
    dial = COUNTRY_DIALS.get((role, key))
    if dial is None:
        owner = next(owner for owner, name in COUNTRY_DIALS if name == key)
        yield Conflict(loc, f"belongs to the {owner}", f"move it there; it compares the {owner} with the {role}")
    elif dial in economy:
        yield Conflict(loc, f"is also written as economy.{dial}", "keep one of the two")


def _seats(values: dict[str, Any], known: Known) -> Iterator[Conflict]:
    taken: set[str] = set()
    for place, seat in enumerate(items(table(values.get("agenda")).get("seats"))):
        country = known.named(table(seat).get("country"))
        if country is None:
            continue
        if country.name in taken:
            hint = "put everything about a country into one seat"
            yield Conflict(("agenda", "seats", place, "country"), "has a seat already", hint)
        taken.add(country.name)
