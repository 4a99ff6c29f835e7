"""A `repr` of one line: the class, its fields, and the size of long values.

The `repr` of a dataclass prints all its values by default. This one replaces it:

    class Table:
        __repr__ = short_repr

A class with a `__repr__` of its own keeps it when it becomes a dataclass. A NamedTuple accepts one in its body too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from typing import Any, cast

from games.visible_text import visible

LONGEST = 200
"""Characters of the whole text; the fields that do not fit are counted."""
LONGEST_VALUE = 40
COLLECTIONS = (Mapping, AbstractSet, list, tuple)
MOST = 4
"""Items of a list that are written in full."""


def short_repr(self: Any) -> str:
    """Return the class and its fields in one line; strings are cut, arrays and long lists are given by their size.

    Fields that are empty or None are left out.
    """
    parts = [f"{name}={short_value(value)}" for name, value in _fields(self)]
    shown: list[str] = []
    for part in parts:
        if sum(len(each) + 2 for each in shown) + len(part) > LONGEST:
            shown.append(f"and {len(parts) - len(shown)} more")
            break
        shown.append(part)
    return visible(f"{type(self).__name__}({', '.join(shown)})")


def short_value(value: Any) -> str:
    """Return a value in at most about 40 characters."""
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 3]}...")
    if isinstance(value, float):
        return f"{value:.6g}"
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return f"array{value.shape}" if value.shape else str(value)
    if hasattr(value, "_fields"):
        return _named(value)
    if isinstance(value, COLLECTIONS):
        return _several(cast("Collection[Any]", value))
    if is_dataclass(value) or callable(value):
        return _named(value)
    text = repr(value)
    return text if len(text) <= LONGEST_VALUE else _named(value)


def _fields(thing: Any) -> Iterator[tuple[str, Any]]:
    """Return the fields that are neither None nor empty."""
    names = [field.name for field in fields(thing) if field.repr] if is_dataclass(thing) else thing._fields
    for name in names:
        value = getattr(thing, name)
        if value is not None and not (isinstance(value, (str, *COLLECTIONS)) and not value):
            yield name, value


def _several(values: Collection[Any]) -> str:
    """Return a list, a set or a table, in full where that is short, otherwise its length."""
    items = list(values)
    simple = all(isinstance(item, str | bool | int | float | None) for item in items)
    if len(items) <= MOST and simple and not isinstance(values, Mapping):
        text = repr(values)
        if len(text) <= LONGEST_VALUE:
            return text
    return f"<{len(items)} {'entry' if len(items) == 1 else 'entries'}>"


def _named(value: Any) -> str:
    """Return the class of a nested object, with its name where it has one."""
    name = getattr(value, "name", None)
    return f"{type(value).__name__}({short_value(name) if isinstance(name, str) else '...'})"
