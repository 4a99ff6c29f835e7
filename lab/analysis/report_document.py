"""The JSON document of `winset report`, with the parts that belong to it alone: curves and failed runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from games.documents import Document, Limits
from lab.analysis.baselines import BaselineCasesDocument, BaselineMean
from lab.analysis.bootstrap import Count, ReplicatesNeeded
from lab.analysis.comparison import PairedDifference
from lab.analysis.paradox_worlds import ParadoxCounts
from lab.analysis.robustness import Robustness
from lab.analysis.scenario_discovery import Discovery
from lab.analysis.sensitivity import Sensitivity
from lab.analysis.summaries import ArmSummary, CurvePoint
from lab.design.cases import Kind
from lab.design.sampling import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmCurve(Document):
    """The curve of one arm."""

    arm: str
    """Name of the arm; `every arm` for the curve along the key that the arms set."""
    points: tuple[CurvePoint, ...]
    """Places along the factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCurve(Document):
    """A measure along one factor, or along the numeric key that the arms set."""

    measure: str
    factor: str
    """Name of the factor, or the key that the arms set."""
    arms: tuple[ArmCurve, ...]
    """One curve for each arm; one curve named `every arm` for the key that the arms set."""

    @property
    def has_intervals(self) -> bool:
        """Return whether any of the bands around this curve of a measure is a confidence interval.

        Otherwise the bands show the spread of the runs, because nothing was drawn at random.
        """
        return any(
            each.interval is not None and each.interval.low is not None for path in self.arms for each in path.points
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedRun(Document):
    """A run that failed."""

    run_id: str
    status: Literal["error", "timeout", "crashed"]
    error_type: str | None
    error: str | None
    traceback: str | None
    """Its last lines; None where there is none."""
    command: str
    """Command line that repeats the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument(Document):
    """All results of a sweep: everything that the report's page shows."""

    NAME = "report"

    schema: Literal["winset/report/3"] = "winset/report/3"
    folder: str
    name: str
    scenario: str
    kind: Kind
    design: str
    """Hash of everything that decides on runs and columns."""
    method: Method
    seed: Count
    points: Annotated[int, Limits(minimum=1)]
    different_points: Annotated[int, Limits(minimum=1)]
    """Points that differ: where levels are few, some are drawn again, and count again."""
    arms: tuple[str, ...]
    replicates: Annotated[int, Limits(minimum=1)]
    cases: Count
    rows: Count
    statuses: Mapping[str, Count]
    """Rows by how they ended."""
    intervals_over: str
    """What was drawn at random: intervals are taken over that and nothing else."""
    different_replicates: Count
    """Replicates that differ in what was measured."""
    enough: tuple[ReplicatesNeeded, ...]
    """How many replicates make an interval of that width; empty where replicates do not differ."""
    measures: tuple[ArmSummary, ...]
    """Numbers, arm by arm."""
    words: tuple[ArmSummary, ...]
    """Shares of words, as in `class = bully`, arm by arm."""
    without_paradox: tuple[ParadoxCounts, ...]
    """Worlds that are met at several gaps, one entry for each policy: in how many the part that is signed falls, gross
    and net, and the share in which it falls at no gap. Empty where no world is met at several gaps, or neither
    share_gross nor share_net was measured."""
    full_opening: tuple[ArmSummary, ...]
    """Share of the points at which both would sign full opening, arm by arm; empty where largest_openness was not
    measured."""
    courses: tuple[MeasureCurve, ...]
    """Measures along the one numeric key in which the arms differ, as one curve over all arms; then along the first
    factor that has an order, arm by arm."""
    sensitivity: tuple[Sensitivity, ...]
    """Which factors a measure depends on."""
    discovery: tuple[Discovery, ...]
    """Where in the space of factors a condition holds, in every arm."""
    passed_over: tuple[str, ...]
    """Conditions that were not examined because there are many arms; `--where` names the ones to examine."""
    robustness: tuple[Robustness, ...]
    """Arms by their regret and their least favourable case."""
    differences: tuple[PairedDifference, ...]
    """Arms against one of them, case by case."""
    baselines: tuple[BaselineMean, ...]
    """The sweep beside baselines on the same cases; empty for a sweep of theory."""
    baseline_cases: BaselineCasesDocument | None
    """The cases that every baseline plays, in every arm; null where none is played."""
    failures: tuple[FailedRun, ...]
    """The first twenty failed runs."""
    sessions: tuple[dict[str, Any], ...]
    """What each process that wrote to the folder recorded: start, end, versions, machine."""
    notes: tuple[str, ...]
    file: str | None
    """The page; null where none was asked for."""
