"""Replay: execute one run of a sweep again and compare it with its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from games.documents import Document, TextPattern
from games.errors import InputError
from lab.design.cases import Case, Design, Kind, rerun_command
from lab.design.measure import MeasureValue
from lab.finished_run import Finished, Status
from lab.runs.single_run import SingleRunner
from lab.runs.verify import RowDifference, compare_with_row, figure
from lab.store.parquet_parts import Folder
from lab.store.results import lookup, runs
from lab.store.run_ids import RunIdHasher, digest
from lab.store.sweep_status import Count
from scenarios.reading.draft import draft


@dataclass(frozen=True, slots=True)
class SweepRun:
    """A run of a sweep: its case in the design, its identity, and its stored row if it was executed."""

    design: Design
    case: Case
    run_id: str
    row: dict[str, Any] | None
    """The row as `lab.store.results.runs` returns it; None if the run was not executed."""

    @property
    def command(self) -> str:
        """Return the shell command that executes this run of a sweep on its own, without the sweep."""
        return rerun_command(self.design, self.case)

    @property
    def status(self) -> str | None:
        """Return the status in the stored row of this run, such as "ok" or "error"; None if it was not executed."""
        return None if self.row is None else str(self.row["status"])

    def figures(self) -> dict[str, MeasureValue]:
        """Return the stored values of this run by name of the measure.

        Each is None if the run failed or was not executed. A measure is a number or a word that a run is asked for.
        """
        row = self.row or {}
        return {name: figure(row.get(name)) for name in self.design.measures}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunValues(Document):
    """How a run ended, and its measures."""

    status: Status
    error: str | None
    measures: Mapping[str, MeasureValue]
    """Values by name of the measure; null in a run that failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayDocument(Document):
    """One run that was executed again, compared with its row."""

    NAME: ClassVar[str] = "replay"

    schema: Literal["winset/replay/1"] = "winset/replay/1"
    run_id: Annotated[str, TextPattern("^[0-9a-f]{32}$")]
    command: str
    """The shell command that executes the run without the sweep."""
    kind: Kind
    arm: str
    replicate: Count
    settings: Mapping[str, Any]
    """What is changed in the scenario, by dotted key."""
    row: RunValues | None
    """The stored row; null if the run was not executed before."""
    again: RunValues
    """The new run."""
    reproduced: bool | None
    """Whether every value is within 1e-9 of its row, or the error is the same; null without a row."""
    identical: bool
    """Whether all values are equal to the last bit, or the run failed with the same error."""
    differences: tuple[RowDifference, ...]
    """Values that differ from the row by more than 1e-9."""
    scenario_changed: bool
    """Whether the scenario has changed since the sweep began, or cannot be read. Then the command executes another run.
    """


@dataclass(frozen=True, slots=True)
class Replay:
    """A run of a sweep that was executed a second time, compared with its stored row."""

    found: SweepRun
    """The run in the sweep."""
    again: Finished
    """The new run."""
    reproduced: bool | None
    """Whether every value is within `verify.NEAR` of its row, or the error is the same; None without a row."""
    identical: bool
    """Whether all values are equal to the last bit, or the run failed with the same error."""
    differences: tuple[RowDifference, ...]
    """Values that differ from the row by more than `verify.NEAR`."""
    moved: bool
    """Whether the scenario has changed since the sweep began, or cannot be read.

    Then the command executes another run.
    """

    def document(self) -> ReplayDocument:
        """Return the comparison of a repeated run with its stored row, as the document of `winset replay --json`."""
        found, again = self.found, self.again
        made = dict(zip(found.design.measures, again.measures, strict=False))
        row = None
        if found.row is not None:
            row = RunValues(status=found.row["status"], error=found.row["error"], measures=found.figures())
        return ReplayDocument(
            run_id=found.run_id,
            command=found.command,
            kind=found.design.kind,
            arm=found.case.arm,
            replicate=found.case.replicate,
            settings=found.case.settings,
            row=row,
            again=RunValues(
                status=again.status,
                error=again.error,
                measures={name: made.get(name) for name in found.design.measures},
            ),
            reproduced=self.reproduced,
            identical=self.identical,
            differences=self.differences,
            scenario_changed=self.moved,
        )


def find(folder: Folder, run_id: str) -> SweepRun:
    """Find a run of a sweep by its identity.

    Parameters
    ----------
    folder
        Folder of a sweep, or an object that has one, such as the summary of `lab.sweep`.
    run_id
        Identity of the run: 32 hexadecimal digits, or the first six or more of them.

    Returns
    -------
    SweepRun
        The case, and its row if the run was executed.

    Raises
    ------
    InputError
        If there is no sweep, or if no run, or more than one, has an identity that begins with these digits.
    StoreRefusal
        If the folder cannot be read.
    """
    design, wanted = lookup(folder, run_id)
    frame = runs(folder)
    whole = RunIdHasher(design).of(wanted).hex()
    rows: list[dict[Any, Any]] = frame[frame["run_id"] == whole].astype(object).to_dict("records")
    row = {str(key): figure(value) for key, value in rows[0].items()} if rows else None
    return SweepRun(design, wanted, whole, row)


def replay(found: SweepRun) -> Replay:
    """Execute one run of a sweep a second time, with the design in the folder, and compare it with its stored row.

    Parameters
    ----------
    found
        The run, as `find` returns it.

    Returns
    -------
    Replay
        The new run, whether it reproduces the row, and the differences.
    """
    again = SingleRunner(found.design).run(found.case.number)
    identical, apart = False, list[RowDifference]()
    reproduced = None
    if found.row is not None and found.status == "ok":
        identical, apart = compare_with_row(found.design, found.row, again)
        reproduced = again.status == "ok" and not apart
    elif found.row is not None:
        told = (again.status, again.error_type, again.error)
        reproduced = identical = told == tuple(found.row[key] for key in ("status", "error_type", "error"))
    return Replay(found, again, reproduced, identical, tuple(apart), _moved(found.design))


def _moved(design: Design) -> bool:
    """Return whether the scenario differs from the one in the folder, or cannot be read."""
    try:
        return digest(draft(design.scenario).content) != digest(design.draft.content)
    except InputError:
        return True
