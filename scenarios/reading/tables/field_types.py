"""Field types with a check of their own: a word of a list, a code, and a parameter of the economy.

They read catalogues when a file is checked, not when this module is imported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from economy.parameters import Entry, check, defaults, entries
from games.display import join_with_or
from games.errors import InputError, input_error
from games.exact_numbers import format_value as written
from games.exact_numbers import is_finite
from games.text.spelling import closest_words
from scenarios.reading.phrases import describe_value

NUMBER = re.compile(r"\s*([+-]?\d*[.,]?\d+)\s*(%|per\s?cent)?\s*")
"""A number in quotation marks, perhaps with a per cent sign or a decimal comma."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word of a list. The error message gives the most similar ones."""

    kind: str
    """What the word names, for messages."""
    choices: Callable[[], Iterable[str]]
    """Returns the allowed words."""
    refusal: Callable[[str], InputError] | None = None
    """Returns the error for any other word, if the package that owns the list words it."""

    def check(self, word: str) -> str:
        """Return the word; InputError if it is not on the list."""
        choices = list(self.choices())
        if word in choices:
            return word
        if self.refusal is not None:
            raise InputError(*(problem._replace(place="") for problem in self.refusal(word).problems))
        near = closest_words(word, choices) or choices
        raise input_error("", f"there is no {self.kind} called {word!r}", f"write {join_with_or(near)}")

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
    """What the word is, for messages."""
    example: str

    def check(self, word: str) -> str:
        """Return the word; InputError if it has another form."""
        if re.fullmatch(self.form, word) is None:
            raise input_error("", f"is {word[:40]!r}, which is no {self.kind}", f"write {self.example}")
        return word

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^{self.form}$"}


@dataclass(frozen=True, slots=True)
class ParameterField:
    """A number for one parameter of the economy."""

    name: str
    """Name of the parameter."""

    @property
    def entry(self) -> Entry:
        """The catalogue's entry of the parameter: range, unit, meaning and source."""
        return entries()[self.name]

    def check(self, value: Any) -> float:
        """Return the number; InputError with the range, and with the number that was probably meant."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise input_error("", f"should be a number, but is {describe_value(value)}", self._meant(value))
        if not is_finite(value):
            raise input_error("", f"is {written(value)}, which is no number", self._range())
        try:
            check(defaults().replace(**{self.name: float(value)}), "")
        except InputError:
            reason = f"is {value:g}, outside {self.entry.low:g} to {self.entry.high:g} ({self.entry.unit})"
            raise input_error("", reason, self._percent(value) or self._range()) from None
        return float(value)

    def _range(self) -> str:
        return f"write a number from {self.entry.low:g} to {self.entry.high:g}"

    def _meant(self, value: Any) -> str:
        """What to write instead of a value that is not a number."""
        match = NUMBER.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            return f"{self._range()}, like {self.entry.default:g}"
        number = float(match[1].replace(",", "."))
        if not is_finite(number):
            return self._range()
        if match[2] or (self._is_share and number > self.entry.high):
            return self._percent(number) or self._range()
        return f"write {number:g}, without quotation marks"

    def _percent(self, number: float) -> str | None:
        """The share that a number of per cent probably means; None if it is outside the range."""
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
        return {**number, **text}
