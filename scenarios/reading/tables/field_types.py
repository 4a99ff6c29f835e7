"""Kinds of field with a check of their own: a word out of a list, a code, and a dial of the economy.

They look into catalogues when a file is read, not when this module is, and they speak plainly when they refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from economy.parameters import Entry, check, defaults, entries
from games.errors import InputError, refuse
from games.exact_numbers import is_finite
from games.exact_numbers import shown as written
from games.text.spelling import nearest
from scenarios.reading.phrases import either, shown

NUMBER = re.compile(r"\s*([+-]?\d*[.,]?\d+)\s*(%|per\s?cent)?\s*")
"""A number as people write it into quotation marks."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word out of a list; the nearest ones stand in the message."""

    kind: str
    choices: Callable[[], Iterable[str]]
    refusal: Callable[[str], InputError] | None = None
    """The error for a word that is not on the list, where the list's own package words it."""

    def check(self, word: str) -> str:
        """The word itself; InputError when it is not on the list."""
        choices = list(self.choices())
        if word in choices:
            return word
        if self.refusal is not None:
            raise InputError(*(problem._replace(place="") for problem in self.refusal(word).problems))
        near = nearest(word, choices) or choices
        raise refuse("", f"there is no {self.kind} called {word!r}", f"write {either(near)}")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "enum": list(self.choices())}


@dataclass(frozen=True, slots=True)
class Code:
    """A short word of a fixed form."""

    form: str
    """The form as a regular expression."""
    kind: str
    example: str

    def check(self, word: str) -> str:
        """The word itself; InputError when it has another form."""
        if re.fullmatch(self.form, word) is None:
            raise refuse("", f"is {word[:40]!r}, which is no {self.kind}", f"write {self.example}")
        return word

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^{self.form}$"}


@dataclass(frozen=True, slots=True)
class Dial:
    """A number that moves one dial of the economy, or a word that stands for one."""

    name: str
    word: str | None = None

    @property
    def entry(self) -> Entry:
        """What the economy's catalogue says about the dial."""
        return entries()[self.name]

    def check(self, value: Any) -> float | str:
        """The number; InputError with its range, and with the number that was probably meant."""
        if self.word is not None and value == self.word:
            return self.word
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refuse("", f"should be a number, but is {shown(value)}", self._meant(value))
        if not is_finite(value):
            raise refuse("", f"is {written(value)}, which is no number", self._range())
        try:
            check(defaults().replace(**{self.name: float(value)}), "")
        except InputError:
            reason = f"is {value:g}, outside {self.entry.low:g} to {self.entry.high:g} ({self.entry.unit})"
            raise refuse("", reason, self._percent(value) or self._range()) from None
        return float(value)

    def _range(self) -> str:
        return f"write a number from {self.entry.low:g} to {self.entry.high:g}"

    def _meant(self, value: Any) -> str:
        """What to write instead of something that is no number."""
        match = NUMBER.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return f"{self._range()}, like {self.entry.default:g}" + (f", or {self.word!r}" if self.word else "")
        number = float(match[1].replace(",", "."))
        if not is_finite(number):
            return self._range()
        if match[2] or (self._is_share and number > self.entry.high):
            return self._percent(number) or self._range()
        return f"write {number:g}, without quotation marks"

    def _percent(self, number: float) -> str | None:
        """The share that was meant by a number of per cent; None where that cannot be."""
        if not self._is_share or not self.entry.low <= number / 100 <= self.entry.high:
            return None
        limits = f"{self.entry.low:g} to {self.entry.high:g}"
        return f"write {number / 100:g} if {number:g} per cent is meant; a share goes from {limits}"

    @property
    def _is_share(self) -> bool:
        return self.entry.high <= 1

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        number: dict[str, Any] = {"type": "number", "minimum": self.entry.low, "maximum": self.entry.high}
        text = {"description": f"{self.entry.meaning} ({self.entry.unit}). Source of the default: {self.entry.source}"}
        if self.word is not None:
            return {"anyOf": [number, {"const": self.word}], **text}
        return {**number, **text}
