"""Durations and speeds as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from views.wording.screen import number

if TYPE_CHECKING:
    from lab.runs.sweep import Progress


def speed(state: Progress) -> str:
    """The number of runs in a second."""
    return f"{number(state.rate, 0 if state.rate >= 10 else 1)} a second"


def duration(seconds: float) -> str:
    """A duration in the unit that suits it: seconds, minutes or hours."""
    if seconds < 1:
        return "less than a second"
    if seconds < 90:
        return f"{number(seconds, 0)} s"
    minutes = seconds / 60
    return f"{number(minutes, 0)} min" if minutes < 90 else f"{number(minutes / 60, 1)} h"


def format_estimate(seconds: float) -> str:
    """An estimated duration."""
    return duration(seconds) if seconds < 1 else f"about {duration(seconds)}"
