"""Turn pydantic's errors into `Problem`: the place, the reason in plain words, and what to write instead."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from games.errors import InputError, Problem
from games.text.toml_scalars import suggest_number
from scenarios.reading.overlay import At, Loc, Tree
from scenarios.reading.phrases import describe_value

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
}
"""What a key should hold, by the type of pydantic's error."""

Fields = Mapping[At, Mapping[str, "FieldInfo"]]
"""The fields of every table, by the table's position."""


def translate_error(error: ErrorDetails, tree: Tree, fields: Fields) -> list[Problem]:
    """Return the problems that one of pydantic's errors stands for.

    Parameters
    ----------
    error
        One item of `ValidationError.errors()`.
    tree
        The tables that were validated; it gives the place of each value, and the keys that are not missing.
    fields
        The fields of every table, whose examples stand in hints.

    Returns
    -------
    list[Problem]
        One problem; several, or none, if the cause is an InputError of Winset.
    """
    loc: Loc = tuple(step for step in error["loc"] if step != "[key]")
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return [
            Problem(tree.place((*loc, *_steps(place))), reason, hint)
            for place, reason, hint in cause.problems
            if place not in tree.lost or not reason.startswith("is missing")
        ]
    found = _missing(loc, fields) if error["type"] == "missing" else _wrong(error, loc)
    return [Problem(tree.place(loc), *found)]


def _missing(loc: Loc, fields: Fields) -> tuple[str, str]:
    """Reason and hint for a missing key."""
    field = fields.get(_table(loc), {}).get(str(loc[-1]))
    example = field.examples[0] if field and field.examples else "..."
    return "is missing", f"write {loc[-1]} = {example}"


def _wrong(error: ErrorDetails, loc: Loc) -> tuple[str, str]:
    """Reason and hint for a value of a wrong type, or outside its limits."""
    kind, value = error["type"], error["input"]
    limits = {name: f"{limit:g}" if isinstance(limit, float) else limit for name, limit in error.get("ctx", {}).items()}
    if kind in EXPECTED:
        return f"should be {EXPECTED[kind]}, but is {describe_value(value)}", _instead(EXPECTED[kind], value, loc)
    if kind in BOUNDS:
        reason, hint = BOUNDS[kind]
        return reason.format(value=value, **limits), _per_cent(value, error.get("ctx", {})) or hint.format(**limits)
    return f"cannot be {describe_value(value)}", error["msg"]


def _instead(expected: str, value: Any, loc: Loc) -> str:
    """What to write instead of a value of a wrong type: the same value in the right form, if there is one."""
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    match expected:
        case "text":
            return f'write text in quotation marks: {key} = "{f"{value}" if plain else "..."}"'
        case "a list":
            word = json.dumps(value if isinstance(value, str) else "...", ensure_ascii=False)
            return f"write a list in brackets: {key} = [{word}]"
        case "a table":
            header = f"[[{key}]]" if isinstance(loc[-1], int) else f"[{key}]"
            return f"write a table: its keys under the header {header}"
        case _:
            return _number(expected, value, key)


def _number(expected: str, value: Any, key: str) -> str:
    """The number that a text probably means, or a whole number near a fraction."""
    whole = expected == "a whole number"
    meant = suggest_number(value, whole=whole)
    if meant is not None:
        return f"write {key} = {meant}, without quotation marks"
    if isinstance(value, float) and whole and math.isfinite(value):
        return f"write {expected}: {key} = {max(1, round(value))}"
    return f"write {expected}: {key} = {1 if whole else 0.5}"


def _per_cent(value: Any, limits: Mapping[str, Any]) -> str | None:
    """The share that a number of per cent probably means; None if it is none."""
    largest = limits.get("le")
    if largest is None or not 0 < largest <= 1 or not 2 <= value <= 100 * largest:
        return None
    return f"write {value / 100:g} if {value:g} per cent is meant; {largest:g} is the largest"


BOUNDS = {
    "finite_number": ("is {value}, which is no number", "write a finite number, like 0"),
    "greater_than_equal": ("is {value}, which is too small", "write {ge} or more"),
    "greater_than": ("is {value}, which is too small", "write more than {gt}"),
    "less_than_equal": ("is {value}, which is too large", "write {le} or less"),
    "less_than": ("is {value}, which is too large", "write less than {lt}"),
    "extra_forbidden": ("is not a known key", "see the keys with `winset scenarios schema`"),
    "string_too_short": ("is empty", "write some text"),
    "string_too_long": ("is longer than {max_length} characters", "use at most {max_length}"),
}
"""Reason and hint, by the type of pydantic's error."""


def _table(loc: Loc) -> At:
    """The position of the table that holds a key, without indices of lists."""
    return tuple(step for step in loc[:-1] if isinstance(step, str))


def _steps(place: str) -> Loc:
    """The path into a value, from a dotted text."""
    return tuple(place.split(".")) if place else ()
