"""Which policy to trust when nobody knows which case will come: regret and satisficing, arm by arm.

    worst       the arm in its least favourable case (Wald's maximin)
    regret      what the arm falls short of the best arm in the same case (Savage 1951); 0 where it is the best
    satisfied   the share of cases in which the arm reaches a threshold (Starr's domain criterion)

A case is a point of the design, in the mean of its replicates; only cases in which every arm has a number count, so
that no arm is spared a hard one. Every case weighs the same: where points are no fair sample of what may come, the
mean and the shares speak of the design and of nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from economy.parameters import Array
from games.errors import refuse
from lab.analysis.bootstrap import Drawn, Interval, drawn, interval
from lab.analysis.dataset import Condition, Harvest

Better = Literal["more", "less"]

MORE = frozenset(
    (
        *("gain", "welfare", "potential_gain", "self_enforcing", "both_gain", "largest_openness", "payoff"),
        *("change", "account", "beat_walk_away", "ratifiable", "zopa", "win_set", "nash", "largest_total"),
        *("agreement", "share_of_joint_maximum", "equity", "value", "ratified"),
    )
)
LESS = frozenset(("distance_to_frontier", "distance_to_nash"))
"""Measures, by their stem, of which more, or less, is better; the others are neither good nor bad in themselves."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one arm stands up to what may come, in the unit of the measure."""

    arm: str
    mean: Interval
    worst: float
    largest_regret: float
    mean_regret: Interval
    satisfied: Interval
    """Share of the cases that reach the threshold."""

    def to_dict(self) -> dict[str, Any]:
        """The standing as JSON."""
        return {
            "arm": self.arm,
            "mean": self.mean.to_dict(),
            "worst": self.worst,
            "largest_regret": self.largest_regret,
            "mean_regret": self.mean_regret.to_dict(),
            "satisfied": self.satisfied.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Robustness:
    """All arms in one measure."""

    measure: str
    better: Better
    threshold: float
    cases: int
    left_out: int
    """Cases in which some arm has no number."""
    standings: tuple[Standing, ...]
    """In the order of the design; () where no case counts."""

    def least_regret(self) -> str | None:
        """The arm whose largest regret is smallest, the first of several; None where no case counts."""
        return min(self.standings, key=lambda each: each.largest_regret).arm if self.standings else None

    def to_dict(self) -> dict[str, Any]:
        """The robustness as JSON."""
        return {
            "measure": self.measure,
            "better": self.better,
            "threshold": self.threshold,
            "cases": self.cases,
            "left_out": self.left_out,
            "least_regret": self.least_regret(),
            "arms": [each.to_dict() for each in self.standings],
        }


def weigh(
    found: Harvest, measure: str | Condition, threshold: float | None = None, better: Better | None = None
) -> Robustness:
    """Arms against what the design lets happen; without a threshold it is the first arm's median.

    InputError for what was not measured, and for a measure that is better neither way unless `better` says which.
    """
    better = better or _better(measure)
    values = _means(found.of(measure))
    return weighed(str(measure), values, found.arms, drawn(found.design, found.different), threshold, better)


def weighed(
    measure: str,
    values: Array,
    arms: tuple[str, ...],
    what: Drawn,
    threshold: float | None = None,
    better: Better = "more",
) -> Robustness:
    """The same from values (case, arm)."""
    whole = np.isfinite(values.sum(axis=1, keepdims=True))
    kept = values[whole[:, 0]]
    if not len(kept):
        return Robustness(measure, better, threshold or 0.0, 0, len(values), ())
    sign = 1.0 if better == "more" else -1.0
    level = float(np.median(kept[:, 0])) if threshold is None else threshold
    reached = (sign * values >= sign * level).astype(float)
    columns = [np.where(whole, each, np.nan) for each in (values, regret(values, better), reached)]
    found: list[Standing] = []
    for at, arm in enumerate(arms):
        mean, regretted, satisfied = (
            interval(each[:, at : at + 1], what, share=each is columns[-1]) for each in columns
        )
        if mean is not None and regretted is not None and satisfied is not None:
            worst, largest = float(sign * (sign * kept[:, at]).min()), float(np.nanmax(columns[1][:, at]))
            found.append(Standing(arm, mean, worst, largest, regretted, satisfied))
    return Robustness(measure, better, level, len(kept), len(values) - len(kept), tuple(found))


def regret(values: Array, better: Better = "more") -> Array:
    """(case, arm) what each arm falls short of the best one in its case, never below 0 (Savage 1951)."""
    return (
        values.max(axis=1, keepdims=True) - values if better == "more" else values - values.min(axis=1, keepdims=True)
    )


def direction(measure: str | Condition) -> Better | None:
    """Which way a measure is better; None where it is neither good nor bad in itself. A condition is better met."""
    stem = "gain" if isinstance(measure, Condition) else measure.partition(".")[0]
    return "more" if stem in MORE else "less" if stem in LESS else None


def _better(measure: str | Condition) -> Better:
    better = direction(measure)
    if better is None:
        raise refuse(str(measure), "is better neither way by itself", 'say which: better = "more", or "less"')
    return better


def _means(cells: Array) -> Array:
    """(point, arm) the mean of the replicates; NaN where one is missing."""
    return cells.mean(axis=2)
