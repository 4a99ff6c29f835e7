"""Results of `winset sweep`, `winset resume` and `winset compact`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from games.json_values import to_json_value
from lab.design.cases import Design, scenario_label
from lab.runs.estimate import Forecast
from lab.runs.sweep import Progress, SweepSummary
from lab.store.manifest import fingerprint


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
