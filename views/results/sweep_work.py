"""Results of `winset sweep`, `winset resume` and `winset compact`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from games.documents import Document, Length, Limits
from lab.design.cases import Design, Kind, scenario_label
from lab.design.sampling import Method
from lab.runs.estimate import Forecast
from lab.runs.sweep import Progress, SweepSummary
from lab.store.manifest import fingerprint
from lab.store.sweep_status import Count, FailedAttempt, PositiveCount


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTrial(Document):
    """A run that failed during the estimate of a dry run."""

    error_type: str | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastDocument(Document):
    """Estimate of a sweep, measured on a few runs."""

    workers: PositiveCount
    """Number of processes."""
    tried: Count
    """Number of runs on which the estimate is based."""
    failed: tuple[FailedTrial, ...]
    """Those of them that failed."""
    seconds_a_run: float | None
    """Seconds per run of one worker; null if there is nothing to do."""
    seconds: Annotated[float, Limits(minimum=0)]
    """Estimated seconds for all runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepFacts(Document):
    """What `winset sweep` and `winset resume` print."""

    schema: str
    folder: str
    name: str
    """Name of the design."""
    design: str
    """Hash of everything that decides the runs and the columns. It identifies the design on every figure."""
    scenario: str
    kind: Kind
    method: Method
    points: PositiveCount
    """Number of points of the design."""
    different_points: PositiveCount
    """Number of different points. A point may be drawn more than once where factors have few levels."""
    arms: Annotated[tuple[str, ...], Length(minimum=1)]
    replicates: PositiveCount
    seed: Count
    cases: Count
    """Number of cases of the design: points × arms × replicates."""
    runs: Count
    """Number of different runs. If points are drawn among few levels, some cases are the same run."""
    before: Count
    """Runs stored by earlier sessions."""
    done: Count
    """Runs that ended in this session."""
    failed: Count
    """Runs that ended in this session and failed."""
    to_do: Count
    """Runs without a row."""
    complete: bool
    """Whether every run has a row. False after a dry run, and if the session stopped after too many failures."""
    failed_in_all: int | None
    """Failed runs in the whole folder; null after a dry run."""
    seconds: float | None
    """Seconds from the first run to the last; null after a dry run."""
    failures: tuple[FailedAttempt, ...]
    """The first few failed runs of the folder."""
    forecast: ForecastDocument | None
    """Estimate of a dry run; null otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepDocument(SweepFacts):
    """A design that was run into a folder; with --dry-run, an estimate of that."""

    NAME: ClassVar[str] = "sweep"

    schema: Literal["winset/sweep/1"] = "winset/sweep/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeDocument(SweepFacts):
    """The missing runs of a sweep, executed; with --dry-run, an estimate of that."""

    NAME: ClassVar[str] = "resume"

    schema: Literal["winset/resume/1"] = "winset/resume/1"


@dataclass(frozen=True, slots=True)
class SweepResult:
    """Result of `winset sweep` or `winset resume`: the summary of what was done, or for a dry run an estimate."""

    command: Literal["sweep", "resume"]
    folder: str
    design: Design
    summary: SweepSummary | None
    forecast: Forecast | None
    failures: tuple[FailedAttempt, ...]
    """The first few failed runs of the folder."""

    @property
    def has_failures(self) -> bool:
        """Return whether some run in the folder of the sweep failed, or the sweep stopped early because of failures.

        False after a dry run.
        """
        return self.summary is not None and (self.summary.failed > 0 or not self.summary.complete)

    def document(self) -> SweepDocument | ResumeDocument:
        """Return the result of a sweep as the document of `winset sweep --json` or `winset resume --json`."""
        state, design = _state(self), self.design
        return {"sweep": SweepDocument, "resume": ResumeDocument}[self.command](
            folder=self.folder,
            name=design.name,
            design=fingerprint(design),
            scenario=scenario_label(design),
            kind=design.kind,
            method=design.method,
            points=design.length,
            different_points=design.different,
            arms=tuple(arm.name for arm in design.arms),
            replicates=design.replicates,
            seed=design.seed,
            cases=design.count,
            runs=state.count,
            before=state.before,
            done=state.done,
            failed=state.failed,
            to_do=state.count - state.before - state.done,
            complete=self.summary is not None and self.summary.complete,
            failed_in_all=self.summary.failed if self.summary else None,
            seconds=state.seconds if self.summary else None,
            failures=self.failures,
            forecast=_forecast(self.forecast) if self.forecast else None,
        )


def _state(work: SweepResult) -> Progress:
    """The progress of the session; a dry run has made no run in it."""
    if work.summary is not None:
        return work.summary.progress
    told = work.forecast
    return Progress(told.runs, told.done, 0, 0, 0.0) if told else Progress(0, 0, 0, 0, 0.0)


def _forecast(told: Forecast) -> ForecastDocument:
    return ForecastDocument(
        workers=told.workers,
        tried=told.tried,
        failed=tuple(FailedTrial(error_type=row.error_type, error=row.error) for row in told.failed),
        seconds_a_run=told.pace,
        seconds=told.seconds,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactionResult(Document):
    """A folder after its small parts were merged into one."""

    NAME: ClassVar[str] = "compact"

    schema: Literal["winset/compact/1"] = "winset/compact/1"
    folder: str
    before: Count
    """Number of parts before the merge."""
    after: Count
    """Number of parts after the merge."""
    rows: Count
    """Number of rows in all parts."""
