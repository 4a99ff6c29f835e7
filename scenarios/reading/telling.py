"""pydantic's findings told as Problems: where, why in plain words, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from games.errors import InputError, Problem
from scenarios.reading.phrases import either, shown
from scenarios.reading.tree import Loc, Tree

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

KINDS = {
    "string_type": ("text", 'text in quotation marks: {key} = "..."'),
    "int_type": ("a whole number", "a whole number: {key} = 1"),
    "int_from_float": ("a whole number", "a whole number: {key} = 1"),
    "float_type": ("a number", "a number: {key} = 0.5"),
    "list_type": ("a list", 'a list in brackets: {key} = ["..."]'),
    "dict_type": ("a table", "a table: its keys under the header [{key}]"),
    "model_type": ("a table", "a table: its keys under the header [{key}]"),
}
"""What a key should have been and an example, by the type of pydantic's error."""

Shape = Mapping[Loc, Mapping[str, "FieldInfo"]]
"""The fields of every table by where it stands; lists count as their items."""


def told(error: ErrorDetails, tree: Tree, shape: Shape) -> list[Problem]:
    """The problems behind one of pydantic's errors; several when another room has found several at once."""
    loc: Loc = tuple(step for step in error["loc"] if step != "[key]")
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return [Problem(tree.place((*loc, *_steps(place))), reason, hint) for place, reason, hint in cause.problems]
    tell = TELLERS.get(error["type"], _wrong)
    return [Problem(tree.place(loc), *tell(error, loc, shape))]


def _missing(_: ErrorDetails, loc: Loc, shape: Shape) -> tuple[str, str]:
    field = shape.get(_table(loc), {}).get(str(loc[-1]))
    example = field.examples[0] if field and field.examples else "..."
    return "is missing", f"write {loc[-1]} = {example}"


def _unknown(_: ErrorDetails, loc: Loc, shape: Shape) -> tuple[str, str]:
    """A key that does not belong here: misspelt, or out of place."""
    key, here = str(loc[-1]), _table(loc)
    known = [field.alias or name for name, field in shape.get(here, {}).items()]
    near = get_close_matches(key, known, n=2, cutoff=0.6)
    if near:
        return "is not a known key", f"write {either(near)}"
    homes = [f"[{'.'.join(str(step) for step in at)}]" for at, fields in shape.items() if key in fields and at]
    if homes:
        return "is not a known key here", f"it belongs to {either(homes)}"
    return "is not a known key", f"keys here are {', '.join(known[:12])}" + (" and more" if len(known) > 12 else "")


def _wrong(error: ErrorDetails, loc: Loc, _: Shape) -> tuple[str, str]:
    """A value of the wrong kind, or outside its bounds."""
    kind, value, limits = error["type"], error["input"], error.get("ctx", {})
    if kind in KINDS:
        expected, example = KINDS[kind]
        key = next((step for step in reversed(loc) if isinstance(step, str)), "")
        return f"should be {expected}, but is {shown(value)}", f"write {example.format(key=key)}"
    if kind in BOUNDS:
        reason, hint = BOUNDS[kind]
        return reason.format(value=value, **limits), hint.format(**limits)
    return f"cannot be {shown(value)}", error["msg"]


BOUNDS = {
    "finite_number": ("is {value}, which is no number", "write a finite number, like 0"),
    "greater_than_equal": ("is {value}, which is too small", "write {ge} or more"),
    "greater_than": ("is {value}, which is too small", "write more than {gt}"),
    "less_than_equal": ("is {value}, which is too large", "write {le} or less"),
    "less_than": ("is {value}, which is too large", "write less than {lt}"),
    "string_too_short": ("is empty", "write some text"),
    "string_too_long": ("is longer than {max_length} characters", "use at most {max_length}"),
}
"""Reason and hint by the type of pydantic's error."""

TELLERS: dict[str, Callable[[ErrorDetails, Loc, Shape], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
}


def _table(loc: Loc) -> Loc:
    """Where the table stands that holds a key, without places in lists."""
    return tuple(step for step in loc[:-1] if isinstance(step, str))


def _steps(place: str) -> Loc:
    """The way into a value that another room gives as text."""
    return tuple(place.split(".")) if place else ()
