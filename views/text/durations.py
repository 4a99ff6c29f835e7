"""Durations and speeds as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from games.messages import message
from views.wording.screen import number

if TYPE_CHECKING:
    from lab.runs.sweep import Progress


def speed(state: Progress) -> str:
    """The number of runs in a second."""
    return message("{runs} a second", runs=number(state.rate, 0 if state.rate >= 10 else 1))


def duration(seconds: float) -> str:
    """A duration in the unit that suits it: seconds, minutes or hours."""
    if seconds < 1:
        return message("less than a second")
    if seconds < 90:
        return message("{number} s", number=number(seconds, 0))
    minutes = seconds / 60
    if minutes < 90:
        return message("{number} min", number=number(minutes, 0))
    return message("{number} h", number=number(minutes / 60, 1))


def format_estimate(seconds: float) -> str:
    """An estimated duration."""
    return duration(seconds) if seconds < 1 else message("about {time}", time=duration(seconds))
