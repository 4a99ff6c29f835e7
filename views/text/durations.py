"""How far a sweep is, told on standard error: a bar in a terminal, else a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from views.cli.output import Bearable, say
from views.cli.progress import EVERY
from views.wording.screen import number

if TYPE_CHECKING:
    from lab.runs.sweep import Progress

Listener: TypeAlias = "Callable[[Progress], None]"


@contextmanager
def pace() -> Generator[Listener]:
    """Somebody to tell how far a sweep is. A sweep goes on when nobody can read that any more."""
    if sys.stderr.isatty():
        with _bar() as tell:
            yield tell
    else:
        yield _lines()


def told(state: Progress) -> str:
    """How far it is, in a line."""
    failed = f", {number(state.failed, 0)} failed" if state.failed else ""
    made = number(state.before + state.done, 0)
    return f"{made} of {number(state.count, 0)} runs{failed}, {speed(state)}{_left(state)}"


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


def _left(state: Progress) -> str:
    return "" if state.left is None else f", {roughly(state.left)} to go"


@contextmanager
def _bar() -> Generator[Listener]:
    terminal: Any = Bearable()
    # rich takes a tenth of a second to load: only those wait for it who will look at the bar.
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(None), TextColumn("{task.description}"), console=Console(file=terminal), transient=True) as bar:
        task = bar.add_task("")

        def tell(state: Progress) -> None:
            bar.update(task, total=state.count, completed=state.before + state.done, description=told(state))

        yield tell


def _lines() -> Listener:
    said = time.monotonic()

    def tell(state: Progress) -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY and state.before + state.done < state.count:
            said = time.monotonic()
            say(told(state))

    return tell
