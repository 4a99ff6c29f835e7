"""Replay: execute one run of a sweep again and compare it with its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from games.errors import InputError
from games.json_values import to_json_value
from lab.design.cases import Case, Design, rerun_command
from lab.design.measure_catalogue import MeasureValue
from lab.finished_run import Finished
from lab.runs.single_run import SingleRunner
from lab.runs.verify import RowDifference, compare_with_row, figure
from lab.store.parquet_parts import Folder
from lab.store.results import lookup, runs
from lab.store.run_ids import RunIdHasher, digest
from scenarios.reading.draft import draft


@dataclass(frozen=True, slots=True)
class SweepRun:
    """A run of a sweep: its case, its row if it was executed, and the command that executes it without the sweep."""

    design: Design
    case: Case
    run_id: str
    row: dict[str, Any] | None
    """The row as `lab.store.results.runs` returns it; None if the run was not executed."""

    @property
    def command(self) -> str:
        """The shell command that executes the run."""
        return rerun_command(self.design, self.case)

    @property
    def status(self) -> str | None:
        """Status of the row; None if the run was not executed."""
        return None if self.row is None else str(self.row["status"])

    def figures(self) -> dict[str, MeasureValue]:
        """Return the measures of the row by name; None if the run failed or was not executed."""
        row = self.row or {}
        return {name: figure(row.get(name)) for name in self.design.measures}


@dataclass(frozen=True, slots=True)
class Replay:
    """A run that was executed again, compared with its row."""

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

    def to_dict(self) -> dict[str, Any]:
        """Return the replay as `winset replay --json` prints it."""
        found, again = self.found, self.again
        made = dict(zip(found.design.measures, again.measures, strict=False))
        return to_json_value(
            {
                "schema": "winset/replay/1",
                "run_id": found.run_id,
                "command": found.command,
                "kind": found.design.kind,
                "arm": found.case.arm,
                "replicate": found.case.replicate,
                "settings": found.case.settings,
                "row": None
                if found.row is None
                else {"status": found.status, "error": found.row["error"], "measures": found.figures()},
                "again": {
                    "status": again.status,
                    "error": again.error,
                    "measures": {name: made.get(name) for name in found.design.measures},
                },
                "reproduced": self.reproduced,
                "identical": self.identical,
                "differences": [each._asdict() for each in self.differences],
                "scenario_changed": self.moved,
            }
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
    """Execute a run again, with the design in the folder, and compare it with its row.

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
