"""Sweeps as the command line asks for them: a design and a folder from text to what came of it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from games.errors import refuse
from games.exact_numbers import seconds
from games.json_values import plain
from lab.design.cases import Design, subject
from lab.design.reader import plan
from lab.runs.estimate import Forecast, forecast
from lab.runs.single_run import STATUSES, Status
from lab.runs.sweep import Orders, Progress, Summary, sweep
from lab.store.atomic_files import MANIFEST
from lab.store.errors import resuming
from lab.store.manifest import fingerprint
from lab.store.results import compact, status, stored
from views.cli.output import say
from views.text.durations import pace


@dataclass(frozen=True, slots=True)
class Work:
    """What `winset sweep` and `winset resume` come to; a dry run has a forecast in the place of a summary."""

    command: str
    folder: str
    design: Design
    summary: Summary | None
    forecast: Forecast | None
    failures: tuple[dict[str, Any], ...]
    """The first few runs of the folder that did not end well."""

    @property
    def unwell(self) -> bool:
        """Whether some run of the folder failed, or the sweep gave up because of it."""
        return self.summary is not None and (self.summary.failed > 0 or not self.summary.complete)

    def to_dict(self) -> dict[str, Any]:
        """The work as `winset sweep --json` and `winset resume --json` print it."""
        state = _state(self)
        return plain(
            {
                "schema": f"winset/{self.command}/1",
                "folder": self.folder,
                "name": self.design.name,
                "design": fingerprint(self.design),
                "scenario": subject(self.design),
                "kind": self.design.kind,
                "method": self.design.method,
                "points": self.design.length,
                "different_points": self.design.different,
                "arms": [arm.name for arm in self.design.arms],
                "replicates": self.design.replicates,
                "seed": self.design.seed,
                "cases": self.design.count,
                "runs": state.count,
                "before": state.before,
                "done": state.done,
                "failed": state.failed,
                "to_do": state.count - state.before - state.done,
                "complete": self.summary is not None and self.summary.complete,
                "failed_in_all": self.summary.failed if self.summary else None,
                "seconds": state.seconds if self.summary else None,
                "failures": self.failures,
                "forecast": _forecast(self.forecast),
            }
        )


def _state(work: Work) -> Progress:
    """How far it is; a dry run has done nothing."""
    if work.summary is not None:
        return work.summary.progress
    told = work.forecast
    return Progress(told.runs, told.done, 0, 0, 0.0) if told else Progress(0, 0, 0, 0, 0.0)


def _forecast(told: Forecast | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "workers": told.workers,
        "tried": told.tried,
        "failed": [{"error_type": row.error_type, "error": row.error} for row in told.failed],
        "seconds_a_run": told.pace,
        "seconds": told.seconds,
    }


@dataclass(frozen=True, slots=True)
class Wish:
    """How the work is to be done, as options say it."""

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
        """The same for the lab; InputError for what cannot be tried again, and for a time that is none."""
        strange = next((word for word in self.retry if word not in STATUSES[1:]), None)
        if strange is not None:
            raise refuse("--retry", f"{strange!r} is no way to fail", f"write one of: {', '.join(STATUSES[1:])}")
        if self.timeout is not None:
            seconds(self.timeout, "--timeout")
        again: tuple[Status, ...] = tuple(word for word in STATUSES if word in self.retry)
        most = 0 if self.fail_fast else self.max_failures
        return Orders(self.workers, self.timeout, most, again, beside=self.beside)


def swept(text: str, folder: str, replicates: int | None, points: int | None, wish: Wish) -> Work:
    """A design run into a folder, or as much of it as is left; InputError and StoreRefusal as `lab.sweep` has them."""
    changes = {"replicates": replicates, "points": points}
    design = plan(text, {key: value for key, value in changes.items() if value is not None})
    return _worked("sweep", design, folder, wish)


def resumed(folder: str, wish: Wish) -> Work:
    """What a folder lacks, made; `wish.retry` says which failed runs are tried again."""
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
    """Whoever stops a sweep hears how it goes on."""
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


@dataclass(frozen=True, slots=True)
class Pressed:
    """A folder after its small parts became one."""

    folder: str
    before: int
    """Parts."""
    after: int
    rows: int

    def to_dict(self) -> dict[str, Any]:
        """The same as `winset compact --json` prints it."""
        return {
            "schema": "winset/compact/1",
            "folder": self.folder,
            "before": self.before,
            "after": self.after,
            "rows": self.rows,
        }


def compacted(folder: str) -> Pressed:
    """Make one part of a folder's many; StoreRefusal while somebody writes to it."""
    return Pressed(folder, *compact(folder))
