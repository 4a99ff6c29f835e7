"""Numbers inside sentences."""

from __future__ import annotations

from views.wording.screen import numbers


def format_short(value: float, *, plus: bool = False) -> str:
    """Format a payoff: three decimals, more for one near 0, without zeros at the end."""
    (text,) = numbers([value], 3, plus=plus)
    return text.rstrip("0").rstrip(".")
