"""Lists and numbers inside sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from games.messages import join_messages, message
from views.wording.screen import numbers


def join_words(words: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """Return words as a list in prose: "a, b and c"."""
    if len(words) < 2:
        return words[0] if words else ""
    most, end = join_messages(", ", words[:-1]), words[-1]
    if last == "or":
        return message("{items} or {last}", items=most, last=end)
    return message("{items} and {last}", items=most, last=end)


def format_short(value: float, *, plus: bool = False) -> str:
    """Format a payoff: three decimals, more for one near 0, without zeros at the end."""
    (text,) = numbers([value], 3, plus=plus)
    return text.rstrip("0").rstrip(".")
