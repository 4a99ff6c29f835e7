"""Progress of long work on standard error: a bar in a terminal, else a plain line every ten seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from games.messages import join_messages, message
from views.cli.output import TolerantStderr, print_error_line
from views.text.durations import format_estimate, speed
from views.wording.screen import number
from views.wording.translation import translate

if TYPE_CHECKING:
    from lab.runs.sweep import Progress

Listener: TypeAlias = "Callable[[Progress], None]"

EVERY = 10.0
"""Seconds between two plain lines."""


@contextmanager
def progress(total: int, what: str) -> Generator[Callable[[int], None], None, None]:
    """Context manager: show the progress of long work on standard error. It gives a function to call after each step.

    That function takes the number of items just done. `total` is the number of all items; `what` names them in the
    plural, as in "points". In a terminal a bar is shown, else a line every ten seconds.
    """
    if sys.stderr.isatty():
        with _bar(total, what) as tick:
            yield tick
    else:
        yield _lines(total, what)


@contextmanager
def _bar(total: int, what: str) -> Generator[Callable[[int], None], None, None]:
    terminal: Any = TolerantStderr()
    # rich takes a tenth of a second to load: it is loaded only when a bar is shown.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(translate(what)), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=terminal), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda more: bar.advance(task, more)


def _lines(total: int, what: str) -> Callable[[int], None]:
    done, begun = 0, time.monotonic()
    told = begun

    def tick(more: int) -> None:
        nonlocal done, told
        done, now = done + more, time.monotonic()
        if now - told >= EVERY and done < total:
            told, left = now, (now - begun) * (total - done) / done
            print_error_line(
                message(
                    "{done} of {total} {things}, about {seconds} s to go",
                    done=f"{done:,}",
                    total=f"{total:,}",
                    things=what,
                    seconds=f"{left:,.0f}",
                )
            )

    return tick


@contextmanager
def sweep_progress() -> Generator[Listener]:
    """Context manager: show the progress of a sweep on standard error. It gives a function that takes a `Progress`.

    In a terminal a bar is shown, else a line every ten seconds. The sweep continues when the terminal is gone.
    """
    if sys.stderr.isatty():
        with _sweep_bar() as tell:
            yield tell
    else:
        yield _sweep_lines()


def describe_progress(state: Progress) -> str:
    """Return one line of text with the progress of a sweep: runs done, runs failed, speed, and time left."""
    parts: list[str] = [
        message("{made} of {all} runs", made=number(state.before + state.done, 0), all=number(state.count, 0))
    ]
    if state.failed:
        parts.append(message("{number} failed", number=number(state.failed, 0)))
    parts.append(speed(state))
    if state.seconds_left is not None:
        parts.append(message("{time} to go", time=format_estimate(state.seconds_left)))
    return join_messages(", ", parts)


@contextmanager
def _sweep_bar() -> Generator[Listener]:
    terminal: Any = TolerantStderr()
    # rich takes a tenth of a second to load: it is loaded only when a bar is shown.
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(None), TextColumn("{task.description}"), console=Console(file=terminal), transient=True) as bar:
        task = bar.add_task("")

        def tell(state: Progress) -> None:
            line = translate(describe_progress(state))
            bar.update(task, total=state.count, completed=state.before + state.done, description=line)

        yield tell


def _sweep_lines() -> Listener:
    said = time.monotonic()

    def tell(state: Progress) -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY and state.before + state.done < state.count:
            said = time.monotonic()
            print_error_line(describe_progress(state))

    return tell
