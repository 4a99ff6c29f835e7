"""Numbers inside sentences."""

from __future__ import annotations

from views.wording.screen import numbers


def format_short(value: float, *, plus: bool = False) -> str:
    """Format a payoff as a text without zeros at the end: three decimals, more for a number near 0."""
    (text,) = numbers([value], 3, plus=plus)
    return text.rstrip("0").rstrip(".")
