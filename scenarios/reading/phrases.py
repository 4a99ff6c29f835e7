"""Pieces of sentences that messages share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any


def shown(value: Any) -> str:
    """A value of the file as a message shows it: short, with its kind where that helps."""
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


def either(words: Iterable[str]) -> str:
    """Words as a choice: `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def listed(words: Iterable[str]) -> str:
    """Words in a row: `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
