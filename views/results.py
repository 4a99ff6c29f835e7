"""Results of commands, as the renderers of text and the JSON documents take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from games.errors import Problem
from games.json_values import plain
from lab.analysis.findings import Findings
from lab.atlas.statistics import Survey
from lab.atlas.thumbnails import Slice
from lab.design.cases import Design, subject
from lab.runs.estimate import Forecast
from lab.runs.sweep import Progress, Summary
from lab.store.manifest import fingerprint
from scenarios import Review


class Finding(NamedTuple):
    """What was found in one file."""

    file: str
    problems: tuple[Problem, ...]
    """Everything for which it is not a case yet."""
    review: Review | None
    """The count and the design checks of a scored case; None for every other one."""

    def to_dict(self) -> dict[str, Any]:
        """The finding as it stands in JSON."""
        return {
            "file": self.file,
            "ok": not self.problems,
            "problems": [problem._asdict() for problem in self.problems],
            "review": None if self.review is None else self.review.to_dict(),
        }


class CaseFindings(NamedTuple):
    """What was found in the files that somebody wanted checked, in their order."""

    files: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything for which a file is not a case yet."""
        return tuple(problem for found in self.files for problem in found.problems)

    @property
    def flaws(self) -> tuple[Problem, ...]:
        """The design checks that fail in files that are cases."""
        return tuple(problem for found in self.files if found.review for problem in found.review.problems)

    def to_dict(self) -> dict[str, Any]:
        """The findings as `winset scenarios check --json` prints them."""
        return {
            "schema": "winset/scenarios-check/1",
            "ok": not self.problems,
            "files": [found.to_dict() for found in self.files],
        }


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map counted, and pictures of it where nobody asked for a file."""

    survey: Survey
    pictures: tuple[Slice, ...]

    def to_dict(self) -> dict[str, Any]:
        """The survey alone: who wants points asks for a file."""
        return self.survey.to_dict()


@dataclass(frozen=True, slots=True)
class Written:
    """What a sweep says, and the file that it was written to; None where a program asked for figures alone."""

    findings: Findings
    file: str | None

    def to_dict(self) -> dict[str, Any]:
        """The findings as `winset report --json` prints them."""
        return self.findings.to_dict() | {"file": self.file}


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
