"""`winset sweep`, `winset resume` and `winset compact`: from arguments to the result of the work."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from games.errors import input_error
from games.exact_numbers import check_seconds
from games.messages import message
from lab.design.cases import Design
from lab.design.reader import plan
from lab.finished_run import STATUSES, Status
from lab.runs.estimate import forecast
from lab.runs.sweep import ExecutionOptions, sweep
from lab.store.atomic_files import MANIFEST
from lab.store.errors import resume_command
from lab.store.results import compact, read_stored_design
from lab.store.sweep_status import status
from views.cli.output import print_error_line
from views.cli.progress import sweep_progress
from views.results.sweep_work import CompactionResult, SweepResult


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """The options of `winset sweep` and `winset resume`, as they are given on the command line."""

    workers: int | None = None
    executor: str | None = None
    timeout: float | None = None
    fail_fast: bool = False
    max_failures: int | None = None
    retry: tuple[str, ...] = ()
    dry: bool = False
    beside: bool = False
    """`--force-folder`."""

    def run_options(self) -> ExecutionOptions:
        """Return the options of the command line as the `ExecutionOptions` with which a sweep is executed.

        Raises InputError for an unknown status in `retry` or an invalid time.
        """
        strange = next((word for word in self.retry if word not in STATUSES[1:]), None)
        if strange is not None:
            raise input_error("--retry", f"{strange!r} is no way to fail", f"write one of: {', '.join(STATUSES[1:])}")
        if self.timeout is not None:
            check_seconds(self.timeout, "--timeout")
        again: tuple[Status, ...] = tuple(word for word in STATUSES if word in self.retry)
        most = 0 if self.fail_fast else self.max_failures
        return ExecutionOptions(self.workers, self.timeout, most, again, beside=self.beside)


def run_design(text: str, folder: str, replicates: int | None, points: int | None, wish: SweepOptions) -> SweepResult:
    """Execute the runs of a design that have no row in a folder yet, and store their rows there.

    A dry run executes a few runs, estimates the time for all, and stores nothing.

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
    SweepResult
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


def resume_folder(folder: str, wish: SweepOptions) -> SweepResult:
    """Execute the runs that the sweep in a folder still lacks, and return what was done.

    `wish` holds the options; `wish.retry` names the statuses of failed runs to try again. A dry run only returns an
    estimate.
    """
    return _worked("resume", read_stored_design(folder), folder, wish)


def _worked(command: Literal["sweep", "resume"], design: Design, folder: str, wish: SweepOptions) -> SweepResult:
    orders = wish.run_options()
    if wish.dry:
        return SweepResult(command, folder, design, None, forecast(design, folder, orders), ())
    with _resumable(folder), sweep_progress() as tell:
        summary = sweep(design, folder, wish.executor, orders, tell)
    return SweepResult(command, folder, design, summary, None, status(folder).failures if summary.failed else ())


@contextmanager
def _resumable(folder: str) -> Generator[None]:
    """When the user stops a sweep, print how to continue it."""
    try:
        yield
    except KeyboardInterrupt as stop:
        print_error_line("")
        print_error_line(_stored(folder, kept=getattr(stop, "kept", True)))
        raise


def _stored(folder: str, *, kept: bool) -> str:
    """What a sweep that was stopped leaves in its folder; `kept` when all rows that came back are stored."""
    command = resume_command(folder)
    if not (Path(folder) / MANIFEST).exists():
        return message("nothing was begun; run it again")
    if kept:
        return message("every run that came back is stored; go on with: {command}", command=command)
    return message("the last runs that came back are not stored; go on with: {command}", command=command)


def compact_folder(folder: str) -> CompactionResult:
    """Merge the many files with the rows of a sweep into one; return the numbers of files before and after.

    Raises StoreRefusal while another process writes to the folder.
    """
    counts = compact(folder)
    return CompactionResult(folder=folder, before=counts.before, after=counts.after, rows=counts.rows)
