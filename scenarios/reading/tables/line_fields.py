"""Field types for lines of the agenda: one line by name, and tables whose keys are lines.

A line is written by its key or its number in the catalogue, `quota_unskilled` or `I01`. The allowed values depend on
the number of levels of its ladder. So a table of lines is checked as a whole, and all its errors are raised at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from games.display import join_with_and, join_with_or
from games.errors import InputError, Problem, input_error
from games.exact_numbers import exact
from games.text.spelling import closest_words
from negotiation.agenda.ladders import Ladder, ladder
from negotiation.agenda.ladders import ladders as catalogue
from scenarios.reading.overlay import dict_or_empty, list_or_empty
from scenarios.reading.phrases import describe_value
from scenarios.reading.tables.table_base import file_context

MOST = 10_000
"""Largest score of a level, in absolute value. Points are small numbers that people can add without a computer."""

Fault: TypeAlias = tuple[str, str] | None
"""Why a line cannot have a value, and what to write instead; None if it can."""


def ladder_words() -> tuple[str, ...]:
    """Return every word for a ladder: its key, or its number in the catalogue."""
    ladders = catalogue()
    return (*ladders, *(item.id for item in ladders.values() if item.id))


def require_line(word: str, info: ValidationInfo) -> str:
    """Return the word; InputError if it names no ladder, or one that is not on the agenda."""
    key, lines = ladder(word, "").key, file_context(info).lines
    if lines and key not in lines:
        raise input_error(
            "", f"{word!r} is not on the table", f"write {_near(word, lines)}, or add it to agenda.ladders"
        )
    return word


def _near(word: str, lines: tuple[str, ...]) -> str:
    """The most similar lines, or all, as a choice."""
    return join_with_or(closest_words(word, lines) or lines)


Line = Annotated[str, AfterValidator(require_line), WithJsonSchema({"type": "string"})]
"""A line of the agenda."""


@dataclass(frozen=True, slots=True, eq=False)
class LineTable:
    """A table whose keys are lines of the agenda."""

    fault: Callable[[Ladder, Any], Fault]
    """Returns what is wrong with the value of a line."""
    example: str
    """The same table in one line, for a message."""
    value: dict[str, Any]
    """JSON Schema of one value."""
    complete: bool = False
    """Whether every line of the agenda is required."""
    anywhere: bool = False
    """Whether a line may also be one that is not on the agenda."""

    def check(self, value: Any, info: ValidationInfo) -> dict[str, Any]:
        """Return the table as written; InputError with every line that is wrong."""
        if not isinstance(value, dict):
            raise input_error(
                "", f"should be a table, but is {describe_value(value)}", f"write one line each, like {self.example}"
            )
        rows = dict_or_empty(value)
        problems = [*self._faults(rows, info), *(self._missing(rows, info) if self.complete else ())]
        if problems:
            raise InputError(*problems)
        return rows

    def _faults(self, rows: dict[str, Any], info: ValidationInfo) -> Iterator[Problem]:
        """A problem for every line that is unknown, repeated, or has a wrong value."""
        seen: dict[str, str] = {}
        for word, row in rows.items():
            try:
                item = ladder(word, "") if self.anywhere else ladder(require_line(word, info))
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
        """A problem with the lines that have no value; none if a word in the table is unknown."""
        if all(word in ladder_words() for word in rows):
            there = {ladder(word).key for word in (*rows, *file_context(info).lost) if word in ladder_words()}
            missing = [key for key in file_context(info).lines if key not in there]
            if missing:
                hint = f"a line that is worth nothing has zeros, like {missing[0]} = {_zeros(ladder(missing[0]))}"
                yield Problem("", f"does not score {join_with_and(missing)}", hint)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "object", "propertyNames": {"enum": list(ladder_words())}, "additionalProperties": self.value}


def _zeros(item: Ladder) -> list[int]:
    """Points of 0 for every level above 0."""
    return [0] * (len(item.levels) - 1)


def _points(item: Ladder, value: Any) -> Fault:
    """Points are whole numbers, one for each level above 0."""
    row = list_or_empty(value)
    steps = len(item.levels) - 1
    hint = f"write the points of levels 1 to {steps}, like {item.key} = {list(range(1, steps + 1))}"
    if not isinstance(value, list):
        return f"should be a list of {steps} numbers, but is {describe_value(value)}", hint
    if len(row) != steps:
        today = "; level 0 scores nothing and is not written" if len(row) == steps + 1 else ""
        return f"has {len(row)} numbers, and the line has {steps} levels above today's", hint + today
    for level, points in enumerate(row, start=1):
        if type(points) is not int:
            return f"scores level {level} with {describe_value(points)}", "write points as whole numbers"
        if abs(points) > MOST:
            return f"scores level {level} with a number beyond {MOST:,}", "choose a larger unit for the points"
    return None


def _level(item: Ladder, level: Any, lowest: int = 1) -> Fault:
    """A level is a whole number from `lowest` to the ladder's highest."""
    top = len(item.levels) - 1
    if type(level) is not int or not lowest <= level <= top:
        return f"names as level {describe_value(level)}", f"write a level from {lowest} to {top}, like {item.key} = 1"
    return None


def _any_level(item: Ladder, level: Any) -> Fault:
    """A level is a whole number from 0 to the ladder's highest."""
    return _level(item, level, lowest=0)


def _factors(item: Ladder, value: Any) -> Fault:
    """Factors are shares from 0 to 1, one for each level, level 0 included."""
    row = list_or_empty(value)
    levels = len(item.levels)
    hint = f'write the factors of levels 0 to {levels - 1}, like {item.key} = [0, "1/6", 0.5, 1]'
    if not isinstance(value, list):
        return f"should be a list of {levels} factors, but is {describe_value(value)}", hint
    if len(row) != levels:
        return f"has {len(row)} factors, and the line has {levels} levels, today's included", hint
    for level, factor in enumerate(row):
        try:
            fits = 0 <= exact(factor) <= 1
        except InputError:
            fits = False
        if not fits:
            return f"has {describe_value(factor)} as its factor at level {level}", "a factor is a share from 0 to 1"
    return None


_ROW = {"type": "array", "items": {"type": "integer", "minimum": -MOST, "maximum": MOST}}
_SHARES = {"type": "array", "items": {"type": ["number", "string"]}}
_STEP = {"type": "integer", "minimum": 1}

Points = Annotated[dict[str, list[int]], LineTable(_points, "quota_unskilled = [1, 2, 3]", _ROW)]
"""Points of the levels above 0; a line that is not written has no points."""

AllPoints = Annotated[dict[str, list[int]], LineTable(_points, "quota_unskilled = [1, 2, 3]", _ROW, complete=True)]
"""The same, with every line of the agenda required."""

Least = Annotated[dict[str, int], LineTable(_level, "quota_unskilled = 1", _STEP)]
"""Lines, each with the level that it must reach."""

FixedLevels = Annotated[
    dict[str, int], LineTable(_any_level, "levy = 3", {"type": "integer", "minimum": 0}, anywhere=True)
]
"""Lines, on the agenda or not, each with the level at which it stands."""

Factors = Annotated[dict[str, list[Any]], LineTable(_factors, 'quota_unskilled = [0, "1/6", 0.5, 1]', _SHARES)]
"""Lines, each with a factor from 0 to 1 for each of its levels."""
