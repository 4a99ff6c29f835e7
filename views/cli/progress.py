"""How far a long piece of work is, told on standard error: a bar in a terminal, else a plain line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from views.cli.output import Bearable, say

EVERY = 10.0
"""Seconds between two plain lines."""


@contextmanager
def progress(total: int, what: str) -> Generator[Callable[[int], None], None, None]:
    """Somebody to tell how many more of `total` are done; `what` they are, as in "points"."""
    if sys.stderr.isatty():
        with _bar(total, what) as tick:
            yield tick
    else:
        yield _lines(total, what)


@contextmanager
def _bar(total: int, what: str) -> Generator[Callable[[int], None], None, None]:
    terminal: Any = Bearable()
    # rich takes a tenth of a second to load: only those wait for it who will look at the bar.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(what), TimeRemainingColumn())
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
            say(f"{done:,} of {total:,} {what}, about {left:,.0f} s to go")

    return tick
