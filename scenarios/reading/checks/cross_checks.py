"""Contradictions between the tables of a scenario file.

The checks read the raw tables, so that contradictions are reported together with the errors of single fields. A value
of a wrong type is skipped here: the schema reports it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from economy.policy.terms import PLACES
from games.errors import Problem
from games.exact_numbers import is_finite
from negotiation.agenda.ladders import ladder
from scenarios.reading.known_names import FileContext
from scenarios.reading.overlay import Loc, Tree, dict_or_empty, list_or_empty
from scenarios.scenario import BOTH, ROLES

COUNTRY_DIALS = {
    ("host", "gap"): "gap",
    ("origin", "size"): "size",
    ("host", "unskilled"): "u0",
    ("origin", "unskilled"): "u1",
}
"""The parameter of the economy that a key of a country sets, by the country's role and the key."""

BLOCKS = ("game", "economy", "agenda")
GAME_OR_ECONOMY = 'write [economy] with corridor = "MAR-ESP", or [game] with canon = "bully"'
TWO_COUNTRIES = 'write two [[countries]], one with role = "host" and one with role = "origin"'
TWO_ALIKE = 'write role = "host" and role = "origin", or with preferences = "scored" twice role = "both"'


class Conflict(NamedTuple):
    """A place in the file that contradicts another one."""

    loc: Loc
    reason: str
    hint: str
    needs: tuple[str, ...] = ()
    """Keys on which the conflict depends. If one of them may stand elsewhere in the file, it is not reported."""


def conflict_problems(tree: Tree, found: Iterable[Conflict]) -> list[Problem]:
    """Return conflicts as problems, without those that depend on a key which is refused already."""
    certain = (conflict for conflict in found if not tree.lost & {*conflict.needs})
    return [Problem(tree.place(conflict.loc), conflict.reason, conflict.hint) for conflict in certain]


def find_conflicts(tree: Tree, known: FileContext) -> list[Problem]:
    """Return every contradiction between the tables of the file, as problems."""
    values = tree.values
    listed = list_or_empty(values.get("countries"))
    countries = [dict_or_empty(item) for item in listed]
    found = [*_economy(values), *_stake(values, known), *_places(values, known), *_seats(values, known)]
    found += _structural(values, known)
    if tree.whole:
        in_corridor = "corridor" in dict_or_empty(values.get("economy"))  # an unknown one is refused elsewhere
        found += _blocks(values, known)
        found += _pair(countries, known, in_corridor=in_corridor) if all(map(dict_or_empty, listed)) else ()
    for place, country in enumerate(countries):
        found += _country(country, ("countries", place), dict_or_empty(values.get("economy")), known)
    return conflict_problems(tree, found)


def _blocks(values: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """A case needs a game, an economy or an agenda, one matrix only, and a source of values for its agenda."""
    if not values.keys() & BLOCKS:
        yield Conflict(("economy",), "is missing, and so is [game]", GAME_OR_ECONOMY, BLOCKS)
    if "game" in values and "economy" in values:
        yield Conflict(("game",), "stands beside [economy], and a case has one matrix", "keep one of the two")
    if "agenda" in values and "economy" not in values and not known.scored:
        reason = "needs an economy, or points, that say what packages are worth"
        hint = 'write [economy], or preferences = "scored" with the points of every seat'
        yield Conflict(("agenda",), reason, hint, ("economy", "preferences", "corridor"))


def _economy(values: dict[str, Any]) -> Iterator[Conflict]:
    """A corridor excludes a preset."""
    economy = dict_or_empty(values.get("economy"))
    if "corridor" in economy and "preset" in economy:
        yield Conflict(("economy", "preset"), "stands beside a corridor", "keep one of the two")


def _stake(values: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """Only a corridor with migrants today has a stake, and it agrees with the expansion of the economy."""
    stake = dict_or_empty(values.get("agenda")).get("stake")
    expansion = dict_or_empty(values.get("economy")).get("expansion", stake)
    loc = ("agenda", "stake")
    if stake is None:
        return
    if known.corridor is None:
        hint = "leave it out, or write [economy] with a corridor"
        yield Conflict(loc, "counts people beyond today's number, and only a corridor has one", hint, ("corridor",))
    elif known.corridor.kind == "in force":
        reason = "has no meaning: free movement is in force, and the stake is that treaty, with openness 1"
        yield Conflict(loc, reason, "leave it out")
    elif is_finite(stake) and is_finite(expansion) and stake != expansion:
        reason = f"is {stake:g}, but economy.expansion is {expansion:g}, and both are the same number"
        yield Conflict(loc, reason, "keep one of the two")


def _places(values: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """The places of a corridor are its stake, not a line; nobody can add to today's number where it is 0."""
    economy = dict_or_empty(values.get("economy"))
    written = list_or_empty(dict_or_empty(values.get("agenda")).get("ladders"))
    for at, key in enumerate(known.lines) if not known.scored else ():
        loc = ("agenda", "ladders", at) if at < len(written) else ("agenda", "ladders")
        field = ladder(key).field
        if known.corridor is not None and field in PLACES:
            hint = "leave it out, and write the number as agenda.stake, as in stake = 1.0"
            yield Conflict(loc, f"{key!r} gives places, and those of a corridor are its stake", hint)
        elif field == "expansion" and known.corridor is None and not economy.get("today"):
            hint = 'take "quota_unskilled" or "free_movement", or write economy.today'
            yield Conflict(loc, f"{key!r} adds to today's number, and nobody moves today", hint, ("corridor", "today"))


def _structural(values: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """A scored case does not read the convention of votes: its groups vote by their points."""
    if known.scored and "stands" in dict_or_empty(values.get("agenda")):
        reason = "is read only where the economy gives the values"
        yield Conflict(("agenda", "stands"), reason, "leave it out", ("preferences",))


def _pair(countries: list[dict[str, Any]], known: FileContext, *, in_corridor: bool) -> Iterator[Conflict]:
    """Without a corridor, countries are one host and one origin; two with the role `both` need a scored case."""
    roles = [country.get("role") for country in countries]
    understood = all(role is None or role in (*ROLES, BOTH) for role in roles)
    alike = known.scored and roles == [BOTH, BOTH]
    if countries and understood and not in_corridor and {*roles} != {*ROLES} and not alike:
        hint = TWO_ALIKE if BOTH in roles else TWO_COUNTRIES
        yield Conflict(("countries",), "should be one host and one origin", hint, ("countries", "role", "corridor"))
    elif len(countries) > len(ROLES):
        yield Conflict(("countries",), f"are {len(countries)}, and a corridor has two", TWO_COUNTRIES)


def _country(country: dict[str, Any], loc: Loc, economy: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """A country must agree with its corridor, and its keys must belong to its role."""
    facts = known.find_country(country.get("name"))
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
    """The country's code, if it has the form of one; its field reports any other."""
    code = country.get("iso3")
    return (code,) if isinstance(code, str) and code.isupper() and len(code) == 3 else ()


def _dial(key: str, role: str, economy: dict[str, Any], loc: Loc) -> Iterator[Conflict]:
    """A key of a country must belong to its role and not be written in [economy] as well."""
    dial = COUNTRY_DIALS.get((role, key))
    if dial is None:
        owner = next(owner for owner, name in COUNTRY_DIALS if name == key)
        yield Conflict(loc, f"belongs to the {owner}", f"move it there; it compares the {owner} with the {role}")
    elif dial in economy:
        yield Conflict(loc, f"is also written as economy.{dial}", "keep one of the two")


def _seats(values: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """A country has one seat."""
    taken: set[str] = set()
    for place, seat in enumerate(list_or_empty(dict_or_empty(values.get("agenda")).get("seats"))):
        country = known.find_country(dict_or_empty(seat).get("country"))
        if country is None:
            continue
        if country.name in taken:
            hint = "put everything about a country into one seat"
            yield Conflict(("agenda", "seats", place, "country"), "has a seat already", hint)
        taken.add(country.name)
