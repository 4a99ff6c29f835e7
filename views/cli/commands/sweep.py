"""`winset sweep`, `winset resume` and `winset compact`: from arguments to the result of the work."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from games.errors import refuse
from games.exact_numbers import seconds
from lab.design.cases import Design
from lab.design.reader import plan
from lab.record import STATUSES, Status
from lab.runs.estimate import forecast
from lab.runs.sweep import Orders, sweep
from lab.store.atomic_files import MANIFEST
from lab.store.errors import resuming
from lab.store.results import compact, status, stored
from views.cli.output import say
from views.cli.progress import pace
from views.results import Pressed, Work


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of a sweep, as given on the command line."""

    workers: int | None = None
    executor: str | None = None
    timeout: float | None = None
    fail_fast: bool = False
    max_failures: int | None = None
    retry: tuple[str, ...] = ()
    dry: bool = False
    beside: bool = False
    """`--force-folder`."""

    def orders(self) -> Orders:
        """Convert to the options of the lab; InputError for an unknown status in `retry` or an invalid time."""
        strange = next((word for word in self.retry if word not in STATUSES[1:]), None)
        if strange is not None:
            raise refuse("--retry", f"{strange!r} is no way to fail", f"write one of: {', '.join(STATUSES[1:])}")
        if self.timeout is not None:
            seconds(self.timeout, "--timeout")
        again: tuple[Status, ...] = tuple(word for word in STATUSES if word in self.retry)
        most = 0 if self.fail_fast else self.max_failures
        return Orders(self.workers, self.timeout, most, again, beside=self.beside)


def swept(text: str, folder: str, replicates: int | None, points: int | None, wish: Wish) -> Work:
    """Run a design into a folder, or the part of it that is still missing.

    Parameters
    ----------
    text
        Design file, or the name of a design of the library.
    folder
        Folder in which the rows are stored.
    replicates
        Seeds of every talk, at least 1; None for the number in the design.
    points
        Points to draw, at least 1; None for the number in the design.
    wish
        Options of the work.

    Returns
    -------
    Work
        What was done, or for a dry run the forecast.

    Raises
    ------
    InputError
        When the design or an option is wrong.
    StoreRefusal
        When the folder cannot be used.
    """
    changes = {"replicates": replicates, "points": points}
    design = plan(text, {key: value for key, value in changes.items() if value is not None})
    return _worked("sweep", design, folder, wish)


def resumed(folder: str, wish: Wish) -> Work:
    """Make the runs that a folder lacks; `wish.retry` names the statuses of failed runs to try again."""
    return _worked("resume", stored(folder), folder, wish)


def _worked(command: str, design: Design, folder: str, wish: Wish) -> Work:
    orders = wish.orders()
    if wish.dry:
        return Work(command, folder, design, None, forecast(design, folder, orders), ())
    with _resumable(folder), pace() as tell:
        summary = sweep(design, folder, wish.executor, orders, tell)
    return Work(command, folder, design, summary, None, status(folder).failures if summary.failed else ())


@contextmanager
def _resumable(folder: str) -> Generator[None]:
    """When the user stops a sweep, print how to continue it."""
    try:
        yield
    except KeyboardInterrupt as stop:
        if not (Path(folder) / MANIFEST).exists():
            say("\nnothing was begun; run it again")
        elif getattr(stop, "kept", True):
            say(f"\nevery run that came back is stored; go on with: {resuming(folder)}")
        else:
            say(f"\nthe last runs that came back are not stored; go on with: {resuming(folder)}")
        raise


def compacted(folder: str) -> Pressed:
    """Merge the many files of a folder into one; StoreRefusal while another process writes to it."""
    return Pressed(folder, *compact(folder))
