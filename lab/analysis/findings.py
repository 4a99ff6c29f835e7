"""Everything that a sweep says, worked out once: what a report prints and what its JSON holds.

    study(folder)  ->  summaries, courses, sensitivities, discoveries, robustness, differences, failures, provenance

Conditions that nobody named are chosen from the data, by rules that the report repeats: words that are neither rare
nor everywhere, truths that hold here and there, and of a number that is good or bad its worst quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from games.json_values import plain
from games.short_repr import short_repr
from lab.analysis.baselines import MOST, Baseline, Sample, beside, fitting, strays
from lab.analysis.bootstrap import Enough, drawn
from lab.analysis.comparison import Difference, differences
from lab.analysis.dataset import Condition, Harvest, harvest, ordered
from lab.analysis.robustness import Robustness, direction, weigh
from lab.analysis.scenario_discovery import Discovery, discover
from lab.analysis.sensitivity import Sensitivity, drivers
from lab.analysis.summaries import Stretch, Summary, along, narrow, summaries
from lab.analysis.worlds import EVERY, Worlds, without_paradox
from lab.design.cases import Design, case, command, subject
from lab.store.parquet_parts import Folder

SELDOM = 0.02
"""Words and truths that hold in a smaller share of the runs, or are missing in one, are not looked into."""
MOST_CONDITIONS = 4
MOST_DISCOVERIES = 12
"""Conditions that nobody named are looked into as long as condition times arm stays below it; one is at least."""
FEWEST = 20
"""Points among which boxes are looked for at all."""
MOST_WORDS = 8
"""Words of one measure that a report tells."""
MOST_FAILURES = 20
HEAD = 12
"""Lines of a traceback that a report tells: the last ones, where the error stands."""

FULL = Condition("largest_openness", ">=", 1.0)
"""Where it holds both would sign full opening."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a measure runs along the design's first ordered factor, an entry an arm; or along what the arms set."""

    measure: str
    factor: str
    arms: tuple[tuple[str, tuple[Stretch, ...]], ...]

    @property
    def unsure(self) -> bool:
        """Whether its bands are intervals; else they are spreads of the runs, as nothing was drawn."""
        return any(
            each.interval is not None and each.interval.low is not None for _, path in self.arms for each in path
        )

    def to_dict(self) -> dict[str, Any]:
        """The course as JSON."""
        paths = [
            {
                "arm": arm,
                "points": [
                    {
                        "at": each.at,
                        "interval": None if each.interval is None else each.interval.to_dict(),
                        "spread": each.spread,
                    }
                    for each in path
                ],
            }
            for arm, path in self.arms
        ]
        return {"measure": self.measure, "factor": self.factor, "arms": paths}


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that did not end well."""

    run_id: str
    status: str
    error_type: str | None
    error: str | None
    traceback: str | None
    """The last lines of it."""
    command: str
    """That makes it again."""

    def to_dict(self) -> dict[str, Any]:
        """The failure as JSON."""
        return {
            "run_id": self.run_id,
            "status": self.status,
            "error_type": self.error_type,
            "error": self.error,
            "traceback": self.traceback,
            "command": self.command,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What a sweep says."""

    __repr__ = short_repr

    harvest: Harvest
    summaries: tuple[Summary, ...]
    """Of numbers, arm by arm."""
    shares: tuple[Summary, ...]
    """Of words: one a word and arm."""
    unparadoxical: tuple[Worlds, ...]
    """The worlds without paradox; () where none is met at several gaps, or openness was not measured."""
    full: tuple[Summary, ...]
    """Share of the points at which both would sign full opening, arm by arm; () where that was not measured."""
    courses: tuple[Course, ...]
    steps: tuple[Course, ...]
    """Numbers along the one numeric key that the arms set, the widest openness first; () where they set others."""
    sensitivities: tuple[Sensitivity, ...]
    enough: tuple[Enough, ...]
    """How many replicates make narrow intervals, a measure each; () where replicates do not differ."""
    discoveries: tuple[Discovery, ...]
    """Of every condition that was looked into: one an arm."""
    passed_over: tuple[str, ...]
    """Conditions worth a look that were not looked into, because the arms are many."""
    robustness: tuple[Robustness, ...]
    """() for a single arm."""
    differences: tuple[Difference, ...]
    baselines: tuple[Baseline, ...]
    """() for a sweep of theory."""
    sample: Sample | None
    """The cases that they play."""
    failures: tuple[Failure, ...]
    """The first twenty."""
    warnings: tuple[str, ...]
    """What a reader must know before the numbers are believed."""

    def to_dict(self) -> dict[str, Any]:
        """The findings as `winset report --json` prints them."""
        found, design = self.harvest, self.harvest.design
        statuses = found.frame["status"].astype(str).value_counts().to_dict()
        return plain(
            {
                "schema": "winset/report/2",
                "folder": found.folder,
                "name": design.name,
                "scenario": subject(design),
                "kind": design.kind,
                "design": found.mark,
                "method": design.method,
                "seed": design.seed,
                "points": design.length,
                "different_points": design.different,
                "arms": list(found.arms),
                "replicates": design.replicates,
                "cases": design.count,
                "rows": len(found.frame),
                "statuses": statuses,
                "intervals_over": drawn(design, found.different).told,
                "different_replicates": found.different,
                "enough": [each.to_dict() for each in self.enough],
                "measures": [each.to_dict() for each in self.summaries],
                "words": [each.to_dict() for each in self.shares],
                "without_paradox": [each.to_dict() for each in self.unparadoxical],
                "full_opening": [each.to_dict() for each in self.full],
                "courses": [each.to_dict() for each in (*self.steps, *self.courses)],
                "sensitivity": [each.to_dict() for each in self.sensitivities],
                "discovery": [each.to_dict() for each in self.discoveries],
                "passed_over": list(self.passed_over),
                "robustness": [each.to_dict() for each in self.robustness],
                "differences": [each.to_dict() for each in self.differences],
                "baselines": [each.to_dict() for each in self.baselines],
                "baseline_cases": None if self.sample is None else self.sample.to_dict(),
                "failures": [each.to_dict() for each in self.failures],
                "sessions": found.sessions,
                "notes": [*found.notes, *self.warnings],
            }
        )


def study(folder: Folder, where: Sequence[str] = (), against: str | None = None, most: int = MOST) -> Findings:
    """What a folder says; `where` names conditions to look into, `against` the arm that others are held against.

    `most` is how many cases of a sweep of talks the baselines play as well, 0 for none: nothing else is run here.

    InputError where there is no sweep, for conditions over what was not measured, and for an arm that is none.
    """
    found = harvest(folder)
    for text in where:
        found.of(text)  # what cannot be asked is told before anything is worked out
    numbers, several = found.numbers, len(found.arms) > 1
    chosen: list[str | Condition] = list(where) or list(_worthwhile(found))
    looked = chosen if where else chosen[: max(MOST_DISCOVERIES // len(found.arms), 1)]
    better = [name for name in numbers if direction(name) and several]
    full = summaries(found, FULL) if FULL.measure in numbers else ()
    told = tuple(each for name in numbers for each in summaries(found, name))
    cases = fitting(found, most) if most else None
    played = beside(found, most) if cases is not None else ()
    astray = strays(found.design, cases, played, told) if cases is not None else None
    return Findings(
        harvest=found,
        summaries=told,
        shares=tuple(_shares(found)),
        unparadoxical=without_paradox(found),
        full=full,
        courses=tuple(_courses(found)),
        steps=tuple(_steps(found, told)),
        sensitivities=tuple(_sensitivities(found, chosen)),
        enough=tuple(each for name in numbers if (each := narrow(found, name)) is not None),
        discoveries=tuple(_discoveries(found, looked)),
        passed_over=tuple(str(each) for each in chosen[len(looked) :]) if _roomy(found) else (),
        robustness=tuple(weigh(found, name) for name in better),
        differences=tuple(each for name in numbers if several for each in differences(found, name, against)),
        baselines=played,
        sample=cases,
        failures=tuple(_failures(found)),
        warnings=() if astray is None else (astray,),
    )


def _shares(found: Harvest) -> Iterator[Summary]:
    for name in found.design.measures:
        if found.worded(name):
            for word in list(found.words(name))[:MOST_WORDS]:
                yield from summaries(found, Condition(name, "=", word))


def _courses(found: Harvest) -> Iterator[Course]:
    """Numbers, and words that are neither rare nor everywhere, along the first factor that has an order."""
    factor = next((factor.name for factor in found.design.factors if ordered(factor)), None)
    if factor is None or len(found.frame) == 0 or found.design.length < 2:
        return
    words = [each for each in _worthwhile(found) if found.worded(each.measure)]
    for measure in (*found.numbers, *words):
        paths = tuple((arm, along(found, measure, factor, arm)) for arm in found.arms)
        if any(len(path) > 1 for _, path in paths):
            yield Course(str(measure), factor, paths)


def dial(design: Design) -> tuple[str, dict[str, float]] | None:
    """The one numeric key that arms differ in, and where each arm sets it; None where they differ otherwise.

    Whatever else the arms set, they must all set alike.
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


def _steps(found: Harvest, told: Sequence[Summary]) -> Iterator[Course]:
    """Numbers over what the arms set, made of the summaries of the arms."""
    turned = dial(found.design)
    if turned is None:
        return
    key, places = turned
    names = dict.fromkeys(each.measure for each in told)
    for name in sorted(names, key=lambda each: each != FULL.measure):
        path = [
            Stretch(places[each.arm], each.interval, (each.quantiles[0], each.quantiles[-1]))
            for each in told
            if each.measure == name and each.interval is not None and each.quantiles is not None
        ]
        if len(path) > 1:
            yield Course(name, key, ((EVERY, tuple(sorted(path, key=lambda each: each.at))),))


def _sensitivities(found: Harvest, chosen: Sequence[str | Condition]) -> Iterator[Sensitivity]:
    if len(found.design.factors) < 2:  # one factor drives everything
        return
    words = [each for each in chosen if isinstance(each, Condition) and found.worded(each.measure)]
    for measure in (*found.numbers, *words):
        told = drivers(found, measure)
        if told is not None:
            yield told


def _discoveries(found: Harvest, looked: Sequence[str | Condition]) -> Iterator[Discovery]:
    for condition, arm in product(looked, found.arms) if _roomy(found) else ():
        yield discover(found, condition, arm)


def _roomy(found: Harvest) -> bool:
    """Whether there are points enough to look for boxes among them."""
    return bool(found.design.factors) and found.design.length >= FEWEST


def _worthwhile(found: Harvest) -> Iterator[Condition]:
    """Conditions worth a look, in the order of the measures, and not too many of them."""
    made = [condition for name in found.design.measures for condition in _conditions(found, name)]
    yield from made[:MOST_CONDITIONS]


def _conditions(found: Harvest, name: str) -> Iterator[Condition]:
    if found.worded(name):
        words = found.words(name)
        total = sum(words.values())
        for word, count in words.items():
            if SELDOM < count / total < 1 - SELDOM:
                yield Condition(name, "=", word)
        return
    cells = found.of(name)
    there = cells[~np.isnan(cells)]
    if not there.size or there.min() == there.max():
        return
    if set(np.unique(there).tolist()) <= {0.0, 1.0}:
        if SELDOM < there.mean() < 1 - SELDOM:
            yield Condition(name, "=", 1.0)
    elif direction(name):
        sign, share = ("<=", 0.25) if direction(name) == "more" else (">=", 0.75)
        yield Condition(name, sign, float(f"{np.quantile(there, share):.3g}"))


def _failures(found: Harvest) -> Iterator[Failure]:
    rows: list[dict[str, Any]] = found.failed.head(MOST_FAILURES).astype(object).to_dict("records")  # pyright: ignore[reportAssignmentType]
    for row in rows:
        told = {key: value if isinstance(value, str) else None for key, value in row.items()}
        head = "\n".join((told["traceback"] or "").splitlines()[-HEAD:]) or None
        yield Failure(
            run_id=str(row["run_id"]),
            status=str(row["status"]),
            error_type=told["error_type"],
            error=told["error"],
            traceback=head,
            command=command(found.design, case(found.design, int(row["number"]))),
        )
