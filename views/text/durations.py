"""Durations and speeds as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from games.messages import message
from views.wording.screen import number

if TYPE_CHECKING:
    from lab.runs.sweep import Progress


def speed(state: Progress) -> str:
    """Return a text with the number of runs of a sweep that end per second, such as "12 a second"."""
    return message("{runs} a second", runs=number(state.rate, 0 if state.rate >= 10 else 1))


def duration(seconds: float) -> str:
    """Return a number of seconds as text, in the unit that suits it: seconds, minutes or hours, such as "5 min"."""
    if seconds < 1:
        return message("less than a second")
    if seconds < 90:
        return message("{number} s", number=number(seconds, 0))
    minutes = seconds / 60
    if minutes < 90:
        return message("{number} min", number=number(minutes, 0))
    return message("{number} h", number=number(minutes / 60, 1))


def format_estimate(seconds: float) -> str:
    """Return an estimated number of seconds as text, such as "about 5 min"."""
    return duration(seconds) if seconds < 1 else message("about {time}", time=duration(seconds))
