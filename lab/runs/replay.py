"""`replay`: one run of a sweep, made again here and now, and held against its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from games.errors import InputError
from games.json_values import plain
from lab.design.cases import Case, Design, command
from lab.design.measure_catalogue import Figure
from lab.record import Finished
from lab.runs.single_run import Bench
from lab.runs.verify import Difference, figure, held
from lab.store.parquet_parts import Folder
from lab.store.results import lookup, runs
from lab.store.run_ids import Identity, digest
from scenarios.reading.draft import draft


@dataclass(frozen=True, slots=True)
class Found:
    """A run of a sweep: its case, its row if it was made, and the command line that makes it without the sweep."""

    design: Design
    case: Case
    run_id: str
    row: dict[str, Any] | None
    """As `lab.store.results.runs` gives it."""

    @property
    def command(self) -> str:
        """What makes the run on the command line."""
        return command(self.design, self.case)

    @property
    def status(self) -> str | None:
        """How it ended; None while it was not made."""
        return None if self.row is None else str(self.row["status"])

    def figures(self) -> dict[str, Figure]:
        """The measures of its row, None where it did not end well."""
        row = self.row or {}
        return {name: figure(row.get(name)) for name in self.design.measures}


@dataclass(frozen=True, slots=True)
class Replay:
    """A run made again."""

    found: Found
    again: Finished
    reproduced: bool | None
    """Whether every figure is that of its row, within `verify.NEAR`, or it failed alike; None without a row."""
    identical: bool
    """To the last bit."""
    differences: tuple[Difference, ...]
    moved: bool
    """Whether the scenario reads otherwise today than when the sweep began: the command then makes another run."""

    def to_dict(self) -> dict[str, Any]:
        """The replay as `winset replay --json` prints it."""
        found, again = self.found, self.again
        made = dict(zip(found.design.measures, again.measures, strict=False))
        return plain(
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


def find(folder: Folder, run_id: str) -> Found:
    """A run by its identity or the first six digits of it, or more; InputError where that is none, or several."""
    design, wanted = lookup(folder, run_id)
    frame = runs(folder)
    whole = Identity(design).of(wanted).hex()
    rows: list[dict[Any, Any]] = frame[frame["run_id"] == whole].astype(object).to_dict("records")
    row = {str(key): figure(value) for key, value in rows[0].items()} if rows else None
    return Found(design, wanted, whole, row)


def replay(found: Found) -> Replay:
    """Make the run again from the design that the folder holds, and hold it against its row."""
    again = Bench(found.design).run(found.case.number)
    identical, apart = False, list[Difference]()
    reproduced = None
    if found.row is not None and found.status == "ok":
        identical, apart = held(found.design, found.row, again)
        reproduced = again.status == "ok" and not apart
    elif found.row is not None:
        told = (again.status, again.error_type, again.error)
        reproduced = identical = told == tuple(found.row[key] for key in ("status", "error_type", "error"))
    return Replay(found, again, reproduced, identical, tuple(apart), _moved(found.design))


def _moved(design: Design) -> bool:
    """Whether the scenario's file reads otherwise than in the folder, or cannot be read at all."""
    try:
        return digest(draft(design.scenario).content) != digest(design.draft.content)
    except InputError:
        return True
