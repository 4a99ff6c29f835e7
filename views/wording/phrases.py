"""Lists and numbers inside sentences."""

from __future__ import annotations

from collections.abc import Sequence

from views.wording.screen import numbers


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in prose: "a, b and c"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def format_short(value: float, *, plus: bool = False) -> str:
    """Format a payoff: three decimals, more for one near 0, without zeros at the end."""
    (text,) = numbers([value], 3, plus=plus)
    return text.rstrip("0").rstrip(".")
