"""Times and speeds in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from views.wording.screen import number

if TYPE_CHECKING:
    from lab.runs.sweep import Progress


def speed(state: Progress) -> str:
    """Runs in a second."""
    return f"{number(state.rate, 0 if state.rate >= 10 else 1)} a second"


def duration(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 1:
        return "less than a second"
    if seconds < 90:
        return f"{number(seconds, 0)} s"
    minutes = seconds / 60
    return f"{number(minutes, 0)} min" if minutes < 90 else f"{number(minutes / 60, 1)} h"


def roughly(seconds: float) -> str:
    """A time that nobody knows exactly."""
    return duration(seconds) if seconds < 1 else f"about {duration(seconds)}"
