"""Scored preferences: points for every level of every line, as in scorable games.

    points of a line (0 at level 0)   x   yields of the lines it depends on    added up over the lines
    + bonus of every combination that is reached                               = the score of a package

Each seat, each of its groups at home and the migrants have such a sheet of points. A levy yields nothing unless people
move: its points are multiplied by a factor for the level of places. Points can be compared inside one scenario only,
and there between all parties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, Literal, TypeAlias

import numpy as np

from economy.account_names import HOST_NATIVES, NEW_MIGRANTS, ORIGIN_NATIVES
from games.bargaining.frontier import TOLERANCE
from games.errors import InputError, Problem, input_error
from games.exact_numbers import exact
from games.messages import message
from games.short_repr import short_repr
from games.text.spelling import closest_words
from negotiation.agenda.package_grid import Agenda, Mask
from negotiation.preferences.values import Floats, Preferences, Votes

Role: TypeAlias = Literal["host", "origin", "both"]
"""Net receiver, net sender, or a country that is both in equal measure."""

LevelConditions: TypeAlias = tuple[tuple[str, int], ...]
"""Ladders by key, each with the least level that it has to reach."""

YieldFactors: TypeAlias = tuple[Fraction, ...]
"""The share of a line's points that counts at each level of a line that it depends on; level 0 comes first."""

Levels: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.intp]]

VALUE_UNIT = message("points")

COMPARABLE = message("Points are comparable inside this scenario only, there between all seats, groups and migrants.")
BOTH = message("A country that is host and origin alike counts its natives under host natives.")


@dataclass(frozen=True, slots=True, init=False)
class Bonus:
    """Points for a combination: added once when every named line stands at its least level or above."""

    least: LevelConditions
    points: int
    text: str
    """The reason, in the words of a role card; empty where the seat's own bonus gives it."""

    def __init__(self, least: Mapping[str, int] | Iterable[tuple[str, int]], points: int, text: str = "") -> None:
        """Store the condition, sorted by ladder, and its points.

        Parameters
        ----------
        least
            Least level by ladder key; at least one.
        points
            Points of the combination, a whole number of either sign.
        text
            The reason, in the words of a role card.

        Raises
        ------
        InputError
            When `points` is not a whole number, or when there is no condition.
        """
        condition = tuple(sorted(dict(least).items()))
        if not condition:
            raise input_error("bonus", "has no condition", "name at least one line with the level that it has to reach")
        put = object.__setattr__
        put(self, "least", condition)
        put(self, "points", _whole(points, "bonus.points"))
        put(self, "text", text)


@dataclass(frozen=True, slots=True, init=False)
class ScoreSheet:
    """The points of packages for one seat, one group or the migrants, line by line."""

    __repr__ = short_repr

    points: tuple[tuple[str, tuple[int, ...]], ...]
    """Ladder key and the points of levels 1, 2, ...; a line that is not named has no points at any level."""
    bonuses: tuple[Bonus, ...]

    def __init__(
        self, points: Mapping[str, Sequence[int]] | Iterable[tuple[str, Sequence[int]]], bonuses: Iterable[Bonus] = ()
    ) -> None:
        """Store points by ladder key, from a mapping or from pairs.

        Raises InputError for points that are not whole numbers.
        """
        lines = dict(points).items()
        read = tuple((key, tuple(_whole(each, f"points.{key}") for each in row)) for key, row in lines)
        object.__setattr__(self, "points", read)
        object.__setattr__(self, "bonuses", tuple(bonuses))


@dataclass(frozen=True, slots=True, init=False)
class Yields:
    """Which lines depend on which others, and how strongly: one rule for seats, groups and migrants."""

    __repr__ = short_repr

    factors: tuple[tuple[str, tuple[tuple[str, YieldFactors], ...]], ...]
    """Ladder key, then each ladder that it depends on with the factors of its levels 0, 1, ..."""

    def __init__(self, factors: Mapping[str, Mapping[str, Sequence[Any]]] | None = None) -> None:
        """Store the factors as exact numbers; text such as "1/6" is accepted.

        Raises InputError for what is not a number.
        """
        read = tuple(
            (key, tuple((other, tuple(exact(x, f"yields.{key}.{other}") for x in row)) for other, row in on.items()))
            for key, on in (factors or {}).items()
        )
        object.__setattr__(self, "factors", read)

    def of(self, key: str) -> tuple[tuple[str, YieldFactors], ...]:
        """The lines that a line depends on, each with its factors; empty for an independent line."""
        return dict(self.factors).get(key, ())


NO_YIELDS = Yields()
"""No line depends on another."""


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """A group at home, with its number of votes and its points."""

    __repr__ = short_repr

    name: str
    votes: int
    sheet: ScoreSheet


@dataclass(frozen=True, slots=True)
class ScoredParty:
    """A voting seat: its government's points and those of its groups at home."""

    __repr__ = short_repr

    name: str
    role: Role
    sheet: ScoreSheet
    groups: tuple[ScoredGroup, ...]
    walk_away: float = 0.0
    """Points without a deal."""


def line_levels(agenda: Agenda, key: str) -> Levels:
    """The levels of one line along its own axis of the grid; the array broadcasts over `agenda.shape`.

    Raises InputError when the line is not on the agenda.
    """
    stranger = _known(agenda, key, "agenda")
    if stranger:
        raise InputError(stranger)
    at = next(at for at, item in enumerate(agenda.ladders) if item.key == key)
    shape = [1] * len(agenda.ladders)
    shape[at] = -1
    return np.arange(agenda.shape[at]).reshape(shape)


def condition_mask(agenda: Agenda, least: LevelConditions) -> Mask:
    """Where all lines stand at their least levels or above; the mask broadcasts over `agenda.shape`.

    An empty condition holds everywhere.
    """
    always = np.ones((1,) * len(agenda.ladders), dtype=np.bool_)
    return reduce(np.logical_and, (line_levels(agenda, key) >= minimum for key, minimum in least), always)


def score(agenda: Agenda, sheet: ScoreSheet, yields: Yields = NO_YIELDS) -> Floats:
    """Compute the score of every package by one sheet.

    Parameters
    ----------
    agenda
        Agenda of n packages. Lines in `agenda.without` stay at level 0.
    sheet
        Points by line and level, and bonuses.
    yields
        Which lines depend on which others.

    Returns
    -------
    ndarray
        Points of every package, (packages,).

    Raises
    ------
    InputError
        When the sheet or the yields do not fit the agenda; it lists all problems at once.
    """
    problems = score_sheet_problems(agenda, sheet, yields)
    if problems:
        raise InputError(*problems)
    tables = [_line(agenda, key, points, yields.of(key)) for key, points in sheet.points if any(points)]
    tables += [bonus.points * condition_mask(agenda, bonus.least).astype(np.float64) for bonus in sheet.bonuses]
    # Tables of the last lines first: the sum grows axis by axis, and hardly any addition is as large as the grid.
    tables.sort(key=lambda table: [size > 1 for size in table.shape])
    total = reduce(np.add, tables, np.zeros((1,) * len(agenda.ladders)))
    return np.broadcast_to(total, agenda.shape).flatten()


def preferences_from_points(
    agenda: Agenda, seats: Sequence[ScoredParty], migrants: ScoreSheet | None, yields: Yields = NO_YIELDS
) -> Preferences:
    """Compute preferences over an agenda from the points of seats, groups and migrants.

    A group votes by the sign of its points.

    Parameters
    ----------
    agenda
        Agenda of n packages.
    seats
        The voting seats. A seat without a vote is left out and enters no total.
    migrants
        Points of migrants, who have no seat; None when the case gives none.
    yields
        Which lines depend on which others, for all sheets.

    Returns
    -------
    Preferences
        Values in points. An account to which no seat and no sheet belongs is missing from `accounts_of`.

    Raises
    ------
    InputError
        When a sheet or the yields do not fit the agenda.
    """
    values = _table(agenda, [seat.sheet for seat in seats], yields)
    stakes = tuple(_table(agenda, [group.sheet for group in seat.groups], yields) for seat in seats)
    accounts = _natives(seats, values)
    if migrants is not None:
        accounts[NEW_MIGRANTS] = score(agenda, migrants, yields)
    return Preferences(
        parties=tuple(seat.name for seat in seats),
        groups=tuple(tuple(group.name for group in seat.groups) for seat in seats),
        unit=VALUE_UNIT,
        values=values,
        walk_away=np.array([seat.walk_away for seat in seats], dtype=np.float64),
        worth=np.ones(len(seats)),
        stakes=stakes,
        votes=tuple(_votes(points) for points in stakes),
        weights=tuple(tuple(group.votes for group in seat.groups) for seat in seats),
        accounts=np.stack(list(accounts.values()), axis=1),
        accounts_of=tuple(accounts),
        notes=(COMPARABLE, *([BOTH] if any(seat.role == "both" for seat in seats) else [])),
    )


def group_sum_mismatches(seat: ScoreSheet, groups: Sequence[ScoredGroup]) -> tuple[str, ...]:
    """Describe, by line, level and bonus, where the points of a seat's groups do not add up to its own.

    Empty when all add up. Then the groups' scores add up to the seat's score in every package, whatever the yields.
    """
    own, theirs = _entries([seat]), _entries([group.sheet for group in groups])
    return tuple(
        f"{entry}: the groups add up to {theirs[entry]}, the seat has {own[entry]}"
        for entry in dict.fromkeys([*own, *theirs])
        if own[entry] != theirs[entry]
    )


def score_sheet_problems(
    agenda: Agenda, sheet: ScoreSheet, yields: Yields = NO_YIELDS, place: str = "sheet"
) -> tuple[Problem, ...]:
    """List the problems that keep a sheet and yields from fitting an agenda.

    Parameters
    ----------
    agenda
        Agenda that the sheet is used with.
    sheet
        Points by line and level, and bonuses.
    yields
        Which lines depend on which others.
    place
        Where the sheet stands, for messages, as in "case.toml:agenda.seats.Northmark".

    Returns
    -------
    tuple of Problem
        Unknown lines, rows with too few or too many levels, and conditions that are never or always met; empty when
        there are none.
    """
    return tuple(
        problem
        for problem in (
            *(_row(agenda, key, len(row), 1, f"{place}.points.{key}") for key, row in sheet.points),
            *(_row(agenda, other, len(row), 0, f"{place}.yields.{key}.{other}") for key, other, row in _pairs(yields)),
            *(_known(agenda, key, f"{place}.yields.{key}") for key, _ in yields.factors),
            *(_step(agenda, *step, f"{place}.bonuses") for bonus in sheet.bonuses for step in bonus.least),
        )
        if problem is not None
    )


def _known(agenda: Agenda, key: str, place: str) -> Problem | None:
    """The problem with a line that is not on the agenda; None when it is."""
    keys = [item.key for item in agenda.ladders]
    hint = f"write one of: {', '.join(closest_words(key, keys) or keys)}"
    return None if key in keys else Problem(place, f"{key!r} is not on the agenda", hint)


def _row(agenda: Agenda, key: str, size: int, first: int, place: str) -> Problem | None:
    """The problem with a row that should have one number for each level from `first` on; None when it fits."""
    top = _top(agenda, key)
    if top is None or size == top + 1 - first:
        return _known(agenda, key, place)
    return Problem(place, f"holds {size} numbers", f"write one for each of the levels {first} to {top}")


def _step(agenda: Agenda, key: str, least: int, place: str) -> Problem | None:
    """The problem with a condition of a bonus: level 0 is always reached, and a level above the top never is."""
    top = _top(agenda, key)
    if top is None or 1 <= least <= top:
        return _known(agenda, key, place)
    return Problem(place, f"{key} at level {least} is no condition", f"write a level from 1 to {top}")


def _top(agenda: Agenda, key: str) -> int | None:
    return next((len(item.levels) - 1 for item in agenda.ladders if item.key == key), None)


def _pairs(yields: Yields) -> list[tuple[str, str, YieldFactors]]:
    return [(key, other, row) for key, on in yields.factors for other, row in on]


def _whole(points: Any, place: str) -> int:
    if isinstance(points, bool) or not isinstance(points, int):
        raise input_error(place, f"{points!r} is not a whole number", "write points as whole numbers, such as -3")
    return points


def _line(agenda: Agenda, key: str, points: tuple[int, ...], on: tuple[tuple[str, YieldFactors], ...]) -> Floats:
    """The points of a line, by its level and the levels of the lines it depends on; broadcasts over the grid."""
    factors = [np.array(row, dtype=np.float64)[line_levels(agenda, other)] for other, row in on]
    return reduce(np.multiply, factors, np.array((0, *points), dtype=np.float64)[line_levels(agenda, key)])


def _table(agenda: Agenda, sheets: Sequence[ScoreSheet], yields: Yields) -> Floats:
    """The scores of several sheets, (packages, sheets)."""
    table = np.empty((agenda.count, len(sheets)))
    for column, sheet in enumerate(sheets):
        table[:, column] = score(agenda, sheet, yields)
    return table


def _votes(points: Floats) -> Votes:
    return (points > TOLERANCE).astype(np.int8) - (points < -TOLERANCE).astype(np.int8)


def _natives(seats: Sequence[ScoredParty], values: Floats) -> dict[str, Floats]:
    """The points of the seats, added up by account; an account without a seat is left out."""
    held = [ORIGIN_NATIVES if seat.role == "origin" else HOST_NATIVES for seat in seats]
    return {
        account: values[:, [each == account for each in held]].sum(axis=1)
        for account in (HOST_NATIVES, ORIGIN_NATIVES)
        if account in held
    }


def _entries(sheets: Iterable[ScoreSheet]) -> Counter[str]:
    """All entries of some sheets, added up by a description in words."""
    total: Counter[str] = Counter()
    for sheet in sheets:
        for key, row in sheet.points:
            total.update({f"{key}, level {at}": points for at, points in enumerate(row, start=1)})
        for bonus in sheet.bonuses:
            condition = " and ".join(f"{key} at {least}" for key, least in bonus.least)
            total[f"bonus for {condition}"] += bonus.points
    return total
