"""Compute all results of a sweep: what `winset report` prints and what its JSON contains.

    analyse_sweep(folder)  ->  summaries, curves along factors, sensitivities, boxes, robustness, differences, failures

Where the caller names no condition, conditions are chosen from the data. The report repeats the rules: words that
are neither rare nor nearly universal; measures of 0 and 1 that are neither; and, for a number that is better high
or low, its worst quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from games.messages import message
from games.short_repr import short_repr
from lab.analysis.baselines import (
    MOST,
    BaselineCases,
    BaselineMean,
    choose_baseline_cases,
    describe_unrepresentative_means,
    play_baselines,
)
from lab.analysis.bootstrap import ReplicatesNeeded, resampling_plan
from lab.analysis.comparison import PairedDifference, compare_arms
from lab.analysis.dataset import Condition, SweepDataset, is_ordered, load_dataset
from lab.analysis.paradox_worlds import EVERY, ParadoxCounts, without_paradox
from lab.analysis.report_document import ArmCurve, FailedRun, MeasureCurve, ReportDocument
from lab.analysis.robustness import Robustness, assess_robustness, direction
from lab.analysis.scenario_discovery import Discovery, discover
from lab.analysis.sensitivity import Sensitivity, factor_sensitivity
from lab.analysis.summaries import ArmSummary, CurvePoint, curve_along, replicates_for_narrow_interval, summarise
from lab.design.cases import Design, case, rerun_command, scenario_label
from lab.design.measure_catalogue import NET_OF
from lab.store.parquet_parts import Folder

RARE_SHARE = 0.02
"""Words and measures of 0 and 1 are examined where their share of the runs is RARE_SHARE to 1 - RARE_SHARE."""
MOST_CONDITIONS = 4
"""Largest number of conditions that are chosen from the data."""
MOST_DISCOVERIES = 12
"""Largest number of pairs of condition and arm that are examined where the caller names no condition. One condition is
always examined.
"""
FEWEST = 20
"""Smallest number of points for a search for boxes."""
MOST_WORDS = 8
"""Largest number of words of one measure that a report lists."""
MOST_FAILURES = 20
"""Largest number of failed runs that a report lists."""
TRACEBACK_LINES = 12
"""Number of traceback lines in a report. The last lines are kept, because they contain the error."""

FULL = Condition("largest_openness", ">=", 1.0)
"""Both countries would sign full opening where this condition holds."""
LEADING = ("share_net", "share_gross", FULL.measure)
"""Measures whose curves come first, in this order."""
GROSS_ALONE = message(
    "{gross} is a gross gain: what opening costs is not taken off. Its net is {net}, which this sweep does not measure."
)
"""Note on a gross measure whose net is not measured."""


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """All results of the analysis of a sweep: everything that `winset report` shows."""

    __repr__ = short_repr

    harvest: SweepDataset
    summaries: tuple[ArmSummary, ...]
    """Summaries of the numeric measures, one for each arm."""
    shares: tuple[ArmSummary, ...]
    """Shares of the words, one for each word and arm."""
    unparadoxical: tuple[ParadoxCounts, ...]
    """Worlds in which the part that is signed falls, and worlds without paradox; () where no world has several gaps, or
    no part that is signed was measured."""
    full: tuple[ArmSummary, ...]
    """Share of the cases in which both would sign full opening, one for each arm; () where openness was not
    measured."""
    courses: tuple[MeasureCurve, ...]
    """Measures along the first factor that has an order."""
    steps: tuple[MeasureCurve, ...]
    """Numeric measures along the one numeric key in which the arms differ, those of `LEADING` first; () otherwise."""
    sensitivities: tuple[Sensitivity, ...]
    """() for a design of fewer than two factors, and for methods that give no sensitivity."""
    enough: tuple[ReplicatesNeeded, ...]
    """Replicates needed for a narrow interval, one entry for each measure; () where the replicates do not differ."""
    discoveries: tuple[Discovery, ...]
    """Boxes for every examined condition, one entry for each arm."""
    passed_over: tuple[str, ...]
    """Conditions that were not examined because there are too many arms."""
    robustness: tuple[Robustness, ...]
    """() where there is one arm only."""
    differences: tuple[PairedDifference, ...]
    """Differences of the arms from one of them; () where there is one arm only."""
    baselines: tuple[BaselineMean, ...]
    """() for a sweep of theory."""
    sample: BaselineCases | None
    """The cases that the baselines play; None where they play none."""
    failures: tuple[FailedRun, ...]
    """The first failed runs, at most `MOST_FAILURES`."""
    warnings: tuple[str, ...]
    """Limits that a reader must consider before using the numbers."""

    def document(self, file: str | None = None) -> ReportDocument:
        """Return all results of the sweep as the document that `winset report --json` prints.

        `file` is the path of the report's page; None where no page was written.
        """
        found, design = self.harvest, self.harvest.design
        return ReportDocument(
            folder=found.folder,
            name=design.name,
            scenario=scenario_label(design),
            kind=design.kind,
            design=found.mark,
            method=design.method,
            seed=design.seed,
            points=design.length,
            different_points=design.different,
            arms=found.arms,
            replicates=design.replicates,
            cases=design.count,
            rows=len(found.frame),
            statuses={
                str(name): int(count) for name, count in found.frame["status"].astype(str).value_counts().items()
            },
            intervals_over=resampling_plan(design, found.different).sentence,
            different_replicates=found.different,
            enough=self.enough,
            measures=self.summaries,
            words=self.shares,
            without_paradox=self.unparadoxical,
            full_opening=self.full,
            courses=(*self.steps, *self.courses),
            sensitivity=self.sensitivities,
            discovery=self.discoveries,
            passed_over=self.passed_over,
            robustness=self.robustness,
            differences=self.differences,
            baselines=self.baselines,
            baseline_cases=None if self.sample is None else self.sample.document(),
            failures=self.failures,
            sessions=found.sessions,
            notes=(*found.notes, *self.warnings),
            file=file,
        )


def analyse_sweep(folder: Folder, where: Sequence[str] = (), against: str | None = None, most: int = MOST) -> Findings:
    """Load the rows of a sweep from its folder and compute all results that `winset report` shows.

    Parameters
    ----------
    folder
        Folder of the sweep.
    where
        Conditions to examine, such as `class = bully`; () chooses them from the data.
    against
        Name of the arm that the others are compared with; None takes the first arm.
    most
        Number of cases of a sweep of talks that each baseline plays, over all arms; 0 plays none. These talks are the
        only runs that this function makes.

    Returns
    -------
    Findings
        All results.

    Raises
    ------
    InputError
        The folder holds no sweep, a condition uses a measure that is not in the data, or `against` is not an arm.
    """
    found = load_dataset(folder)
    for text in where:
        found.of(text)  # raises for a bad condition before any work is done
    numbers, several = found.numbers, len(found.arms) > 1
    chosen: list[str | Condition] = list(where) or list(_worthwhile(found))
    looked = chosen if where else chosen[: max(MOST_DISCOVERIES // len(found.arms), 1)]
    better = [name for name in numbers if direction(name) and several]
    full = summarise(found, FULL) if FULL.measure in numbers else ()
    told = tuple(each for name in numbers for each in summarise(found, name))
    cases = choose_baseline_cases(found, most) if most else None
    played = play_baselines(found, most) if cases is not None else ()
    astray = describe_unrepresentative_means(found.design, cases, played, told) if cases is not None else None
    return Findings(
        harvest=found,
        summaries=told,
        shares=tuple(_shares(found)),
        unparadoxical=without_paradox(found),
        full=full,
        courses=tuple(_courses(found)),
        steps=tuple(_steps(found, told)),
        sensitivities=tuple(_sensitivities(found, chosen)),
        enough=tuple(each for name in numbers if (each := replicates_for_narrow_interval(found, name)) is not None),
        discoveries=tuple(_discoveries(found, looked)),
        passed_over=tuple(str(each) for each in chosen[len(looked) :]) if _roomy(found) else (),
        robustness=tuple(assess_robustness(found, name) for name in better),
        differences=tuple(each for name in numbers if several for each in compare_arms(found, name, against)),
        baselines=played,
        sample=cases,
        failures=tuple(_failures(found)),
        warnings=(*_gross_alone(found.design), *(() if astray is None else (astray,))),
    )


def _gross_alone(design: Design) -> Iterator[str]:
    """Yield a note for every measured gross gain whose net is not measured."""
    if design.kind == "analyse":
        for gross, net in NET_OF.items():
            if gross in design.measures and net not in design.measures:
                yield GROSS_ALONE.format(gross=gross, net=net)


def _shares(found: SweepDataset) -> Iterator[ArmSummary]:
    """Yield the share of every word, arm by arm; the most frequent words first, at most `MOST_WORDS` of a measure."""
    for name in found.design.measures:
        if found.is_word(name):
            for word in list(found.words(name))[:MOST_WORDS]:
                yield from summarise(found, Condition(name, "=", word))


def _courses(found: SweepDataset) -> Iterator[MeasureCurve]:
    """Yield curves along the first factor that has an order, for numbers and for the chosen conditions on words."""
    factor = next((factor.name for factor in found.design.factors if is_ordered(factor)), None)
    if factor is None or len(found.frame) == 0 or found.design.length < 2:
        return
    words = [each for each in _worthwhile(found) if found.is_word(each.measure)]
    for measure in (*found.numbers, *words):
        paths = tuple(ArmCurve(arm=arm, points=curve_along(found, measure, factor, arm)) for arm in found.arms)
        if any(len(path.points) > 1 for path in paths):
            yield MeasureCurve(measure=str(measure), factor=factor, arms=paths)


def numeric_arm_key(design: Design) -> tuple[str, dict[str, float]] | None:
    """Return the one numeric setting in which the arms of a design differ: its key, and its value by name of the arm.

    An arm is a variant of the case that is compared. Returns None where the arms differ in another
    way: in several keys, in words, or in which keys they set. Keys other than the one returned have the same value in
    every arm. No two arms may share a value.
    """
    settings = [dict(arm.settings) for arm in design.arms]
    if len(settings) < 2 or any(each.keys() != settings[0].keys() for each in settings):
        return None
    torn = [key for key in settings[0] if any(each[key] != settings[0][key] for each in settings)]
    if len(torn) != 1:
        return None
    values = [each[torn[0]] for each in settings]
    numbers = [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if len(set(numbers)) < len(values):
        return None
    return torn[0], dict(zip((arm.name for arm in design.arms), numbers, strict=True))


def _steps(found: SweepDataset, told: Sequence[ArmSummary]) -> Iterator[MeasureCurve]:
    """Yield the numeric measures along the key that the arms set, from the summaries of the arms."""
    turned = numeric_arm_key(found.design)
    if turned is None:
        return
    key, places = turned
    names = dict.fromkeys(each.measure for each in told)
    for name in sorted(names, key=lambda each: LEADING.index(each) if each in LEADING else len(LEADING)):
        path = [
            CurvePoint(at=places[each.arm], interval=each.interval, spread=(each.quantiles[0], each.quantiles[-1]))
            for each in told
            if each.measure == name and each.interval is not None and each.quantiles is not None
        ]
        if len(path) > 1:
            points = tuple(sorted(path, key=lambda each: each.at))
            yield MeasureCurve(measure=name, factor=key, arms=(ArmCurve(arm=EVERY, points=points),))


def _sensitivities(found: SweepDataset, chosen: Sequence[str | Condition]) -> Iterator[Sensitivity]:
    """Yield the sensitivities of all numbers and of the conditions on words."""
    if len(found.design.factors) < 2:  # with one factor all variation is due to it
        return
    words = [each for each in chosen if isinstance(each, Condition) and found.is_word(each.measure)]
    for measure in (*found.numbers, *words):
        told = factor_sensitivity(found, measure)
        if told is not None:
            yield told


def _discoveries(found: SweepDataset, looked: Sequence[str | Condition]) -> Iterator[Discovery]:
    """Yield the boxes of every examined condition in every arm."""
    for condition, arm in product(looked, found.arms) if _roomy(found) else ():
        yield discover(found, condition, arm)


def _roomy(found: SweepDataset) -> bool:
    """Return whether there is a factor and enough points for a search for boxes."""
    return bool(found.design.factors) and found.design.length >= FEWEST


def _worthwhile(found: SweepDataset) -> Iterator[Condition]:
    """Yield the conditions that are chosen from the data, in the order of the measures, at most `MOST_CONDITIONS`."""
    made = [condition for name in found.design.measures for condition in _conditions(found, name)]
    yield from made[:MOST_CONDITIONS]


def _conditions(found: SweepDataset, name: str) -> Iterator[Condition]:
    """Yield the conditions on one measure that are worth an examination."""
    if found.is_word(name):
        words = found.words(name)
        total = sum(words.values())
        for word, count in words.items():
            if RARE_SHARE < count / total < 1 - RARE_SHARE:
                yield Condition(name, "=", word)
        return
    cells = found.of(name)
    there = cells[~np.isnan(cells)]
    if not there.size or there.min() == there.max():
        return
    if set(np.unique(there).tolist()) <= {0.0, 1.0}:
        if RARE_SHARE < there.mean() < 1 - RARE_SHARE:
            yield Condition(name, "=", 1.0)
    elif direction(name):
        sign, share = ("<=", 0.25) if direction(name) == "more" else (">=", 0.75)
        yield Condition(name, sign, float(f"{np.quantile(there, share):.3g}"))


def _failures(found: SweepDataset) -> Iterator[FailedRun]:
    """Yield the first failed runs, at most `MOST_FAILURES`."""
    rows: list[dict[str, Any]] = found.failures.head(MOST_FAILURES).astype(object).to_dict("records")  # pyright: ignore[reportAssignmentType]
    for row in rows:
        told = {key: value if isinstance(value, str) else None for key, value in row.items()}
        head = "\n".join((told["traceback"] or "").splitlines()[-TRACEBACK_LINES:]) or None
        yield FailedRun(
            run_id=str(row["run_id"]),
            status=row["status"],
            error_type=told["error_type"],
            error=told["error"],
            traceback=head,
            command=rerun_command(found.design, case(found.design, int(row["number"]))),
        )
