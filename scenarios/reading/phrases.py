"""Parts of sentences for messages about files."""

from __future__ import annotations

from datetime import date, time
from typing import Any


def describe_value(value: Any) -> str:
    """Return a value of the file as messages show it: short, with its type where that helps."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"the text {value[:40]!r}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case int() | float():
            return f"the number {value}"
        case date() | time():
            return f"the date or time {value}"
        case None:
            return "None"
        case _:
            return f"something of the type {type(value).__name__}"
