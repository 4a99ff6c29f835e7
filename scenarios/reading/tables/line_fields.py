"""Fields that speak of the lines on the table: a line by name, and tables whose keys are lines.

A line is written by its key or its number in the catalogue, `quota_unskilled` or `I01`. What it may hold depends
on how many levels its ladder has, so a table of lines is checked as a whole and tells all its faults at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from games.errors import InputError, Problem, refuse
from games.exact_numbers import exact
from games.text.spelling import nearest
from negotiation.agenda.ladders import Ladder, ladder
from negotiation.agenda.ladders import ladders as catalogue
from scenarios.reading.overlay import items, table
from scenarios.reading.phrases import either, listed, shown
from scenarios.reading.tables.table_base import known

MOST = 10_000
"""The largest score of a level; points are small numbers that people add up in their heads."""

Fault: TypeAlias = tuple[str, str] | None
"""Why a value cannot stand behind a line, and what to write instead; None when it can."""


def words() -> tuple[str, ...]:
    """Every word for a ladder: its key, or its number in the catalogue."""
    ladders = catalogue()
    return (*ladders, *(item.id for item in ladders.values() if item.id))


def on_the_table(word: str, info: ValidationInfo) -> str:
    """The word itself; InputError when it names no ladder, or one that is not on the agenda."""
    key, lines = ladder(word, "").key, known(info).lines
    if lines and key not in lines:
        raise refuse("", f"{word!r} is not on the table", f"write {_near(word, lines)}, or add it to agenda.ladders")
    return word


def _near(word: str, lines: tuple[str, ...]) -> str:
    """The lines that may have been meant: the nearest ones, else all."""
    return either(nearest(word, lines) or lines)


Line = Annotated[str, AfterValidator(on_the_table), WithJsonSchema({"type": "string"})]
"""A line on the table."""


@dataclass(frozen=True, slots=True, eq=False)
class ByLine:
    """A table whose keys are lines on the table."""

    fault: Callable[[Ladder, Any], Fault]
    """What is wrong with the value behind a line."""
    example: str
    """The same table in one line, for a message."""
    value: dict[str, Any]
    """The JSON Schema of one value."""
    complete: bool = False
    """Whether every line on the table has to be there."""

    def check(self, value: Any, info: ValidationInfo) -> dict[str, Any]:
        """The table as it is written; InputError with every line that is wrong."""
        if not isinstance(value, dict):
            raise refuse("", f"should be a table, but is {shown(value)}", f"write one line each, like {self.example}")
        rows = table(value)
        problems = [*self._faults(rows, info), *(self._missing(rows, info) if self.complete else ())]
        if problems:
            raise InputError(*problems)
        return rows

    def _faults(self, rows: dict[str, Any], info: ValidationInfo) -> Iterator[Problem]:
        seen: dict[str, str] = {}
        for word, row in rows.items():
            try:
                item = ladder(on_the_table(word, info))
            except InputError as error:
                yield from (problem._replace(place=word) for problem in error.problems)
                continue
            twin = seen.setdefault(item.key, word)
            if twin != word:
                yield Problem(word, f"is the same line as {twin}", "keep one of the two")
            fault = self.fault(item, row)
            if fault is not None:
                yield Problem(word, *fault)

    def _missing(self, rows: dict[str, Any], info: ValidationInfo) -> Iterator[Problem]:
        """Lines without a row, told together and only where all that is written can be understood."""
        if all(word in words() for word in rows):
            there = {ladder(word).key for word in (*rows, *known(info).lost) if word in words()}
            missing = [key for key in known(info).lines if key not in there]
            if missing:
                hint = f"a line that is worth nothing has zeros, like {missing[0]} = {_zeros(ladder(missing[0]))}"
                yield Problem("", f"does not score {listed(missing)}", hint)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "object", "propertyNames": {"enum": list(words())}, "additionalProperties": self.value}


def _zeros(item: Ladder) -> list[int]:
    return [0] * (len(item.levels) - 1)


def _points(item: Ladder, value: Any) -> Fault:
    """Points are whole numbers, one for each level above today's."""
    row = items(value)
    steps = len(item.levels) - 1
    hint = f"write the points of levels 1 to {steps}, like {item.key} = {list(range(1, steps + 1))}"
    if not isinstance(value, list):
        return f"should be a list of {steps} numbers, but is {shown(value)}", hint
    if len(row) != steps:
        today = "; level 0 scores nothing and is not written" if len(row) == steps + 1 else ""
        return f"has {len(row)} numbers, and the line has {steps} levels above today's", hint + today
    for level, points in enumerate(row, start=1):
        if type(points) is not int:
            return f"scores level {level} with {shown(points)}", "write points as whole numbers"
        if abs(points) > MOST:
            return f"scores level {level} with a number beyond {MOST:,}", "choose a larger unit for the points"
    return None


def _level(item: Ladder, level: Any) -> Fault:
    """A level above today's."""
    top = len(item.levels) - 1
    if type(level) is not int or not 1 <= level <= top:
        return f"names as level {shown(level)}", f"write a level from 1 to {top}, like {item.key} = 1"
    return None


def _factors(item: Ladder, value: Any) -> Fault:
    """Factors are shares, one for each level, today's included."""
    row = items(value)
    levels = len(item.levels)
    hint = f'write the factors of levels 0 to {levels - 1}, like {item.key} = [0, "1/6", 0.5, 1]'
    if not isinstance(value, list):
        return f"should be a list of {levels} factors, but is {shown(value)}", hint
    if len(row) != levels:
        return f"has {len(row)} factors, and the line has {levels} levels, today's included", hint
    for level, factor in enumerate(row):
        try:
            fits = 0 <= exact(factor) <= 1
        except InputError:
            fits = False
        if not fits:
            return f"has {shown(factor)} as its factor at level {level}", "a factor is a share from 0 to 1"
    return None


_ROW = {"type": "array", "items": {"type": "integer", "minimum": -MOST, "maximum": MOST}}
_SHARES = {"type": "array", "items": {"type": ["number", "string"]}}
_STEP = {"type": "integer", "minimum": 1}

Points = Annotated[dict[str, list[int]], ByLine(_points, "quota_unskilled = [1, 2, 3]", _ROW)]
"""Points of the levels above today's; a line that is not named is worth nothing."""

AllPoints = Annotated[dict[str, list[int]], ByLine(_points, "quota_unskilled = [1, 2, 3]", _ROW, complete=True)]
"""The same for every line on the table."""

Least = Annotated[dict[str, int], ByLine(_level, "quota_unskilled = 1", _STEP)]
"""Lines, each with a level that it has to reach."""

Factors = Annotated[dict[str, list[Any]], ByLine(_factors, 'quota_unskilled = [0, "1/6", 0.5, 1]', _SHARES)]
"""Lines, each with what remains of another line's points at each of its levels."""
