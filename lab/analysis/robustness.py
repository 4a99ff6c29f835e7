"""Compare policies under deep uncertainty: regret and satisficing, arm by arm.

    worst       the value of the arm in its least favourable case (Wald's maximin)
    regret      how far the arm is from the best arm in the same case (Savage 1951); 0 where it is the best
    satisfied   the share of cases in which the arm reaches a threshold (the domain criterion, Starr 1963)

A case is a point of the design, as the mean of its replicates. A case counts only where every arm has a number, so
that all arms are judged on the same cases. All cases have the same weight. Where the points are not a fair sample of
what may happen, the means and shares describe the design only.

References
----------
Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association 46(253),
55-67.
Wald, A. (1945). “Statistical decision functions which minimize the maximum risk”. Annals of Mathematics 46(2).
Starr, M. K. (1963). Product design and decision theory. Prentice-Hall. See also Schneller, G. O. and Sphicas, G. P.
(1983). Decision making under uncertainty: Starr's domain criterion. Theory and Decision 15, 321-336. Neither text was
checked, only that they are cited for this criterion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from economy.parameters import Array
from games.documents import Document
from games.errors import input_error
from lab.analysis.bootstrap import Count, Interval, ResamplingPlan, bootstrap_interval, resampling_plan
from lab.analysis.dataset import Condition, SweepDataset

Better = Literal["more", "less"]
"""Whether higher or lower values of a measure are better."""

MORE = frozenset(
    (
        *("gain", "income", "welfare", "self_enforcing", "both_gain", "largest_openness", "payoff"),
        *("signed_gross", "signed_net", "signed_best", "share_gross", "share_net"),
        *("limit_both", "limit_self_enforcing", "limit_with_levy"),
        *("change", "account", "beat_walk_away", "ratifiable", "zopa", "win_set", "nash", "largest_total"),
        *("agreement", "share_of_joint_maximum", "equity", "value", "ratified"),
    )
)
"""Stems of the measures of which higher values are better.

What could be gained is in neither set: more of it that nobody signs is no better policy.
"""
LESS = frozenset(("distance_to_frontier", "distance_to_nash"))
"""Stems of the measures of which lower values are better. All other measures have no preferred direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmRobustness(Document):
    """Robustness of one arm, in the unit of the measure."""

    arm: str
    mean: Interval
    """Mean over the cases."""
    worst: float
    """Value in the least favourable case."""
    largest_regret: float
    mean_regret: Interval
    satisfied: Interval
    """Share of the cases that reach the threshold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness(Document):
    """Robustness of all arms in one measure."""

    measure: str
    better: Better
    threshold: float
    """Value from which a case counts as satisfied, in the unit of the measure."""
    cases: Count
    """Number of cases in which every arm has a number."""
    left_out: Count
    """Number of cases in which some arm has no number."""
    least_regret: str | None
    """Arm with the smallest largest regret, the first of several; None where no case counts."""
    arms: tuple[ArmRobustness, ...]
    """In the order of the design; () where no case counts."""


def assess_robustness(
    found: SweepDataset, measure: str | Condition, threshold: float | None = None, better: Better | None = None
) -> Robustness:
    """Compute how well each arm (variant of the case) of a sweep does over all points, judged by one measure.

    A point is one combination of factor values; the mean of its replicates counts. The results are the mean, the worst
    case, the regret (distance from the best arm) and the share of points that reach a threshold.

    Parameters
    ----------
    found
        Data of a sweep.
    measure
        Name of a numeric measure, or a condition; a condition counts as 1 where it holds and 0 where it does not.
    threshold
        Value that satisfies, in the unit of the measure; None takes the median of the first arm.
    better
        `more` or `less`; None takes the direction that `direction` returns. A condition that is given as text has none.

    Returns
    -------
    Robustness
        Mean, worst case, regret and share of satisfied cases for every arm.

    Raises
    ------
    InputError
        The measure is not in the data, or it has no preferred direction and `better` is None.

    References
    ----------
    Savage (1951), regret; Wald (1945), maximin; Starr (1963), domain criterion.
    """
    better = better or _better(measure)
    values = _means(found.of(measure))
    return robustness_of_values(
        str(measure), values, found.arms, resampling_plan(found.design, found.different), threshold, better
    )


def robustness_of_values(
    measure: str,
    values: Array,
    arms: tuple[str, ...],
    what: ResamplingPlan,
    threshold: float | None = None,
    better: Better = "more",
) -> Robustness:
    """Compute how well each arm (variant of a case) does over all cases, from an array of values of one measure.

    The results are the mean, the worst case, the regret (distance from the best arm) and the share of cases that reach
    a threshold.

    Parameters
    ----------
    measure
        Name of the measure, for the result.
    values
        Array of shape (case, arm); a case with a NaN is left out.
    arms
        Names of the arms.
    what
        What was drawn at random, and so what the intervals resample.
    threshold
        Value that satisfies; None takes the median of the first arm.
    better
        Whether higher (`more`) or lower (`less`) values are better.

    Returns
    -------
    Robustness
        One entry for every arm. Where no case has a number in every arm, there is none, and the threshold is 0 if none
        is given.
    """
    whole = np.isfinite(values.sum(axis=1, keepdims=True))
    kept = values[whole[:, 0]]
    if not len(kept):
        return Robustness(
            measure=measure,
            better=better,
            threshold=threshold or 0.0,
            cases=0,
            left_out=len(values),
            least_regret=None,
            arms=(),
        )
    sign = 1.0 if better == "more" else -1.0
    level = float(np.median(kept[:, 0])) if threshold is None else threshold
    reached = (sign * values >= sign * level).astype(float)
    columns = [np.where(whole, each, np.nan) for each in (values, savage_regret(values, better), reached)]
    found: list[ArmRobustness] = []
    for at, arm in enumerate(arms):
        mean, regretted, satisfied = (
            bootstrap_interval(each[:, at : at + 1], what, share=each is columns[-1]) for each in columns
        )
        if mean is not None and regretted is not None and satisfied is not None:
            worst, largest = float(sign * (sign * kept[:, at]).min()), float(np.nanmax(columns[1][:, at]))
            found.append(
                ArmRobustness(
                    arm=arm,
                    mean=mean,
                    worst=worst,
                    largest_regret=largest,
                    mean_regret=regretted,
                    satisfied=satisfied,
                )
            )
    return Robustness(
        measure=measure,
        better=better,
        threshold=level,
        cases=len(kept),
        left_out=len(values) - len(kept),
        least_regret=min(found, key=lambda each: each.largest_regret).arm if found else None,
        arms=tuple(found),
    )


def savage_regret(values: Array, better: Better = "more") -> Array:
    """Compute the regret of every arm (variant that is compared) in every case (Savage 1951).

    `values` and the result have the shape (case, arm). Regret is the distance from the best arm of the case; it is
    never negative, and NaN in a case where some arm is NaN.
    """
    return (
        values.max(axis=1, keepdims=True) - values if better == "more" else values - values.min(axis=1, keepdims=True)
    )


def direction(measure: str | Condition) -> Better | None:
    """Return "more" if higher values of a measure are better, and "less" if lower values are better.

    None where the measure has no preferred direction. A `Condition` is better where it holds. A text is read as the
    name of a measure.
    """
    stem = "gain" if isinstance(measure, Condition) else measure.partition(".")[0]
    return "more" if stem in MORE else "less" if stem in LESS else None


def _better(measure: str | Condition) -> Better:
    """Return the preferred direction of a measure. InputError where it has none."""
    better = direction(measure)
    if better is None:
        raise input_error(str(measure), "is better neither way by itself", 'say which: better = "more", or "less"')
    return better


def _means(cells: Array) -> Array:
    """Return the means over replicates, of shape (point, arm); NaN where a replicate is NaN."""
    return cells.mean(axis=2)
