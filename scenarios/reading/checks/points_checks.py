"""Checks of points, mandates and shocks: every country has a seat, and the points of groups add up to their seat's.

The checks read the raw tables, as `cross_checks` does. A value of a wrong type is skipped here: the schema reports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, TypeAlias

from economy.policy.shocks import shocks as catalogue
from games.display import join_with_and
from games.errors import InputError, Problem
from negotiation.agenda.ladders import ladder
from scenarios.reading.checks.cross_checks import Conflict, conflict_problems
from scenarios.reading.known_names import FileContext
from scenarios.reading.overlay import Loc, Tree, dict_or_empty, list_or_empty
from scenarios.reading.tables.seat_table import RED_LINES

AGENDA: Loc = ("agenda",)

Row: TypeAlias = tuple[int, ...]
"""Points of one line, for levels 1, 2 and so on."""
Condition: TypeAlias = frozenset[tuple[str, int]]
"""The lines of a bonus by key, each with its lowest sufficient level."""

POINTS_ONLY = ("points", "bonuses", "groups")
"""Keys of a seat that have a meaning only in a scored case."""

ADD_UP = "a seat's points are those of its groups added up, line by line: change one of them"


def points_conflicts(tree: Tree, known: FileContext) -> list[Problem]:
    """Return every contradiction about points, mandates and shocks, as problems."""
    agenda = dict_or_empty(tree.values.get("agenda"))
    seats = [dict_or_empty(seat) for seat in list_or_empty(agenda.get("seats"))]
    found = [*_shocks(tree, agenda, known)]
    found += [*_votes(seats), *_sums(seats), *_yields(agenda)] if known.scored else _structural(agenda, seats)
    # If a base was not found, keys that are missing here may stand in it.
    if tree.whole:
        found += _mandates(seats)
        found += _points(tree.values, agenda, seats, known) if known.scored else []
    return conflict_problems(tree, found)


def _points(
    values: dict[str, Any], agenda: dict[str, Any], seats: list[dict[str, Any]], known: FileContext
) -> Iterator[Conflict]:
    """What a scored agenda needs. If no seat has points, the word "scored" is probably the mistake."""
    if "preferences" in agenda and not any("points" in seat or seat.get("groups") for seat in seats):
        hint = "write [[agenda.seats]] for every country, with its points and groups"
        if "economy" in values:
            hint += ', or preferences = "structural": the economy then says what packages are worth'
        needs = ("points", "groups", "seats")
        yield Conflict((*AGENDA, "preferences"), 'is "scored", and no seat has points', hint, needs)
        return
    yield from _missing(agenda, seats)
    if known.sure:
        yield from _empty_chairs(seats, known)


def _missing(agenda: dict[str, Any], seats: list[dict[str, Any]]) -> Iterator[Conflict]:
    """Lines, points and groups that are missing."""
    if "ladders" not in agenda:
        hint = 'write the lines on the table, like ladders = ["I01", "I10"]'
        yield Conflict((*AGENDA, "ladders"), "is missing", hint, ("ladders",))
    for at, seat in enumerate(seats):
        if "points" not in seat:
            hint = "write the points of every line under [agenda.seats.points]"
            yield Conflict((*AGENDA, "seats", at, "points"), "is missing", hint, ("points",))
        if not seat.get("groups"):
            hint = "write at least one under [[agenda.seats.groups]]; they vote on what comes home"
            yield Conflict((*AGENDA, "seats", at, "groups"), "is missing", hint, ("groups",))


def _votes(seats: list[dict[str, Any]]) -> Iterator[Conflict]:
    """In a scored case, votes belong to the groups."""
    for at, seat in enumerate(seats):
        if isinstance(seat.get("votes"), dict):
            hint = "write votes beside each group instead"
            yield Conflict((*AGENDA, "seats", at, "votes"), "belongs to the groups of an economy", hint)


def _empty_chairs(seats: list[dict[str, Any]], known: FileContext) -> Iterator[Conflict]:
    """Countries without a seat."""
    named = [known.find_country(seat.get("country")) for seat in seats]
    empty = [country.name for country in known.countries if country not in named]
    if empty and None not in named:
        hint = f'write [[agenda.seats]] with country = "{empty[0]}" and its points'
        yield Conflict((*AGENDA, "seats"), f"has no seat for {join_with_and(empty)}", hint, ("seats", "country"))


def _structural(agenda: dict[str, Any], seats: list[dict[str, Any]]) -> Iterator[Conflict]:
    """Keys for points in a case whose economy gives the values."""
    keys: list[Loc] = [(*AGENDA, key) for key in ("yields", "migrants") if key in agenda]
    keys += [(*AGENDA, "seats", at, key) for at, seat in enumerate(seats) for key in POINTS_ONLY if key in seat]
    for loc in keys:
        reason = "belongs to a scored agenda, and here the economy says what packages are worth"
        hint = 'write preferences = "scored" under [agenda], or leave it out'
        yield Conflict(loc, reason, hint, ("preferences",))


def _mandates(seats: list[dict[str, Any]]) -> Iterator[Conflict]:
    """A mandate of red lines needs red lines."""
    for at, seat in enumerate(seats):
        if seat.get("mandate") in (RED_LINES, "both") and not seat.get("red_lines"):
            hint = 'write them under [[agenda.seats.red_lines]], or mandate = "win-set"'
            loc = (*AGENDA, "seats", at, "mandate")
            yield Conflict(loc, "binds to red lines, and the seat has none", hint, ("red_lines",))


def _yields(agenda: dict[str, Any]) -> Iterator[Conflict]:
    """Lines that depend on themselves, and lines that are written twice, by key and by number."""
    seen: dict[str, str] = {}
    for word, on in dict_or_empty(agenda.get("yields")).items():
        key, here = _key(word), (*AGENDA, "yields", word)
        if key is None:
            continue
        if seen.setdefault(key, word) != word:
            yield Conflict(here, f"is the same line as {seen[key]}", "keep one of the two")
        for other in dict_or_empty(on):
            if _key(other) == key:
                hint = "a line yields by the levels of another one: name that"
                yield Conflict((*here, other), "lives on itself", hint)


def _shocks(tree: Tree, agenda: dict[str, Any], known: FileContext) -> Iterator[Conflict]:
    """Shocks need names that differ, and a round of the talks."""
    names: set[Any] = set()
    rounds = agenda.get("rounds")
    for at, shock in enumerate(dict_or_empty(item) for item in list_or_empty(tree.values.get("shocks"))):
        if tree.whole:
            yield from _unheard(shock, ("shocks", at), felt="economy" in tree.values and not known.scored)
        name, when = shock.get("name"), shock.get("round")
        if isinstance(name, str) and name in names:
            yield Conflict(("shocks", at, "name"), "is the name of another shock, too", "give each its own")
        names.add(name if isinstance(name, str) else None)
        if type(when) is int and type(rounds) is int and when > rounds > 0:
            yield Conflict(("shocks", at, "round"), f"is {when}, after the last round", f"write 1 to {rounds}")


def _unheard(shock: dict[str, Any], loc: Loc, *, felt: bool) -> Iterator[Conflict]:
    """A shock that changes an economy must be in its catalogue; one that is only a text needs the text."""
    name = shock.get("name")
    if felt and isinstance(name, str) and name not in catalogue():
        reason = f"is {name!r}, a shock that the economy does not know"
        yield Conflict((*loc, "name"), reason, f"write one of: {', '.join(catalogue())}")
    if "text" not in shock and not felt:
        yield Conflict((*loc, "text"), "is missing", 'write text = "An opinion poll comes out."', ("text", "economy"))


# -- sums


def _sums(seats: list[dict[str, Any]]) -> Iterator[Conflict]:
    """Lines and bonuses for which the points of the groups do not add up to their seat's points."""
    for at, seat in enumerate(seats):
        groups = [dict_or_empty(group) for group in list_or_empty(seat.get("groups"))]
        if groups and "points" in seat:
            yield from _lines(seat, groups, (*AGENDA, "seats", at, "points"))
            yield from _bonuses(seat, groups, (*AGENDA, "seats", at, "bonuses"))


def _lines(seat: dict[str, Any], groups: list[dict[str, Any]], loc: Loc) -> Iterator[Conflict]:
    """Lines whose sum over the groups differs from the seat's points."""
    for word, points in dict_or_empty(seat["points"]).items():
        own, key = _row(points), _key(word)
        parts = [None if key is None else _part(group, key) for group in groups]
        if own is None or None in parts:
            continue
        total = tuple(sum(column) for column in zip_longest(*filter(None, parts), fillvalue=0)) or (0,) * len(own)
        if len(total) == len(own) and total != own:
            apart = tuple(there - here for here, there in zip(own, total, strict=True))
            reason = f"is {_told(own)}, but its groups add up to {_told(total)}, a difference of {_told(apart)}"
            yield Conflict((*loc, word), reason, ADD_UP, ("points", "groups"))


def _part(group: dict[str, Any], key: str) -> Row | None:
    """A group's points for a line, () if it has none; None if they cannot be read."""
    points = group.get("points", {})
    rows = {_key(word): row for word, row in dict_or_empty(points).items()}
    if key in rows:
        return _row(rows[key])
    return () if isinstance(points, dict) and None not in rows else None


def _bonuses(seat: dict[str, Any], groups: list[dict[str, Any]], loc: Loc) -> Iterator[Conflict]:
    """Bonuses whose sum over the groups differs from the seat's."""
    own, theirs = _rewards([seat]), _rewards(groups)
    if own is None or theirs is None:
        return
    for condition in dict.fromkeys([*own, *theirs]):
        if own[condition] != theirs[condition]:
            when = join_with_and(f"{key} at {least} or more" for key, least in sorted(condition))
            reason = f"gives {own[condition]} for {when}, but its groups add up to {theirs[condition]}"
            yield Conflict(loc, reason, ADD_UP, ("bonuses", "groups", "points", "least"))


def _row(row: Any) -> Row | None:
    """Points as a tuple; None unless all are whole numbers."""
    numbers = list_or_empty(row)
    return tuple(numbers) if numbers and all(type(each) is int for each in numbers) else None


def _rewards(tables: list[dict[str, Any]]) -> Counter[Condition] | None:
    """Bonus points by their condition; None if one of them cannot be read."""
    total: Counter[Condition] = Counter()
    for bonus in (dict_or_empty(item) for each in tables for item in list_or_empty(each.get("bonuses"))):
        steps = [(_key(word), level) for word, level in dict_or_empty(bonus.get("least")).items()]
        if type(bonus.get("points")) is not int or not steps or not all(_reachable(*step) for step in steps):
            return None
        total[frozenset((key or "", level) for key, level in steps)] += bonus["points"]
    return total


def _reachable(key: str | None, level: Any) -> bool:
    """Whether a ladder has this level above 0."""
    return key is not None and type(level) is int and 1 <= level < len(ladder(key).levels)


def _key(word: str) -> str | None:
    """The key of the ladder that a word names; None if it names none."""
    try:
        return ladder(word).key
    except InputError:
        return None


def _told(row: Row) -> str:
    """The numbers with commas between them."""
    return ", ".join(str(each) for each in row)
