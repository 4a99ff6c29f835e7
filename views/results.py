"""Results of commands, for the text renderers and for the JSON documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from games.errors import Problem
from games.json_values import to_json_value
from lab.analysis.findings import Findings
from lab.atlas.statistics import AtlasSummary
from lab.atlas.thumbnails import AtlasSlice
from lab.design.cases import Design, scenario_label
from lab.runs.estimate import Forecast
from lab.runs.sweep import Progress, SweepSummary
from lab.store.manifest import fingerprint
from scenarios import Review


class Finding(NamedTuple):
    """The result of checking one file."""

    file: str
    problems: tuple[Problem, ...]
    """The errors; a file without any is a valid case."""
    review: Review | None
    """The number of packages and the design checks of a scored case; None for every other case."""

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON."""
        return {
            "file": self.file,
            "ok": not self.problems,
            "problems": [problem._asdict() for problem in self.problems],
            "review": None if self.review is None else self.review.to_dict(),
        }


class CaseFindings(NamedTuple):
    """The results of checking files, in their order."""

    files: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The errors in files that are not valid cases."""
        return tuple(problem for found in self.files for problem in found.problems)

    @property
    def flaws(self) -> tuple[Problem, ...]:
        """The failed design checks of files that are valid cases."""
        return tuple(problem for found in self.files if found.review for problem in found.review.problems)

    def to_dict(self) -> dict[str, Any]:
        """The content of `winset scenarios check --json`."""
        return {
            "schema": "winset/scenarios-check/1",
            "ok": not self.problems,
            "files": [found.to_dict() for found in self.files],
        }


@dataclass(frozen=True, slots=True)
class AtlasResult:
    """The statistics of a map; also pictures, where the class was measured and no file was written."""

    survey: AtlasSummary
    pictures: tuple[AtlasSlice, ...]

    def to_dict(self) -> dict[str, Any]:
        """The statistics alone; the points are in the file."""
        return self.survey.to_dict()


@dataclass(frozen=True, slots=True)
class ReportResult:
    """The findings of a sweep, and the file of the page; None where only the findings were wanted."""

    findings: Findings
    file: str | None

    def to_dict(self) -> dict[str, Any]:
        """The content of `winset report --json`."""
        return self.findings.to_dict() | {"file": self.file}


@dataclass(frozen=True, slots=True)
class SweepResult:
    """The result of `winset sweep` or `winset resume`; a dry run has a forecast and no summary."""

    command: str
    folder: str
    design: Design
    summary: SweepSummary | None
    forecast: Forecast | None
    failures: tuple[dict[str, Any], ...]
    """The first few failed runs of the folder."""

    @property
    def has_failures(self) -> bool:
        """Whether some run of the folder failed, or the sweep stopped early because of failures."""
        return self.summary is not None and (self.summary.failed > 0 or not self.summary.complete)

    def to_dict(self) -> dict[str, Any]:
        """The content of `winset sweep --json` and `winset resume --json`."""
        state = _state(self)
        return to_json_value(
            {
                "schema": f"winset/{self.command}/1",
                "folder": self.folder,
                "name": self.design.name,
                "design": fingerprint(self.design),
                "scenario": scenario_label(self.design),
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


def _state(work: SweepResult) -> Progress:
    """The progress of the session; a dry run has made no run in it."""
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
class CompactionResult:
    """A folder after its small parts were merged into one."""

    folder: str
    before: int
    """Number of parts before the merge."""
    after: int
    rows: int

    def to_dict(self) -> dict[str, Any]:
        """The content of `winset compact --json`."""
        return {
            "schema": "winset/compact/1",
            "folder": self.folder,
            "before": self.before,
            "after": self.after,
            "rows": self.rows,
        }
