"""Compare arms, or two sweeps, case by case: same points, same random numbers.

Every arm of a sweep has the same points, and its replicates use the same random numbers. So the difference of two
arms in one case is caused by the policy alone. Intervals are those of `lab.analysis.bootstrap`, over the
differences. Two folders are compared in the same way on the cases that both designs contain; their arms are matched
by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Literal, TypeAlias

import numpy as np

from economy.parameters import Array
from games.documents import Document, Limits
from games.errors import input_error
from games.json_values import to_json_value
from games.messages import Message, message, plural_message
from lab.analysis.bootstrap import Count, Interval, ResamplingPlan, bootstrap_interval, resampling_plan
from lab.analysis.dataset import Condition, SweepDataset, arm_position, load_dataset
from lab.store.parquet_parts import Folder
from lab.store.run_ids import canonical

SAME = 1e-9
"""Two values count as equal when they differ by at most SAME x (1 + the absolute value of the second)."""

_Share: TypeAlias = Annotated[float, Limits(minimum=0, maximum=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDifference(Document):
    """Difference between two arms, or two folders, in one measure: the first minus the second."""

    measure: str
    one: str
    """Name of the first arm or folder."""
    other: str
    """Name of the second arm or folder."""
    interval: Interval | None
    """Mean difference with its interval; None where no case has a number for both."""
    higher: _Share | None
    """Share of the pairs in which the first is higher; None where there is no pair."""
    lower: _Share | None
    """Share of the pairs in which the first is lower."""
    alike: _Share | None
    """Share of the pairs in which both are equal, up to `SAME`."""
    unpaired: Count
    """Number of cases that have a number for one of the two only."""

    @property
    def clear(self) -> bool:
        """Return whether the interval of the mean difference exists and lies on one side of zero."""
        found = self.interval
        return found is not None and found.low is not None and found.high is not None and found.low * found.high > 0


def compare_arms(
    found: SweepDataset, measure: str | Condition, against: str | None = None
) -> tuple[PairedDifference, ...]:
    """Compare every arm (variant of the case) of a sweep with one of its arms, in one measure, case by case.

    Parameters
    ----------
    found
        Data of a sweep.
    measure
        Name of a numeric measure, or a condition.
    against
        Name of the arm that the others are compared with; None takes the first arm.

    Returns
    -------
    tuple[PairedDifference, ...]
        One entry for every other arm: that arm minus `against`.

    Raises
    ------
    InputError
        `against` is not an arm, or the measure is not in the data.
    """
    against = against or found.arms[0]
    base = arm_position(found, against, "against")
    cells, what = found.of(measure), resampling_plan(found.design, found.different)
    return tuple(
        paired_difference(str(measure), (arm, against), (cells[:, at], cells[:, base]), what)
        for at, arm in enumerate(found.arms)
        if at != base
    )


def paired_difference(
    measure: str, names: tuple[str, str], pair: tuple[Array, Array], what: ResamplingPlan
) -> PairedDifference:
    """Compare the values of one measure in two arms or folders, case by case: the first minus the second.

    Parameters
    ----------
    measure
        Name of the measure, for the result.
    names
        Names of the two arms or folders, for the result.
    pair
        Two arrays of shape (point, replicate); NaN where a case has no number.
    what
        What was drawn at random, and so what the interval resamples.

    Returns
    -------
    PairedDifference
        Mean difference with its interval, and the shares of pairs that are higher, lower and equal.
    """
    one, other = pair
    gaps = one - other
    alone = int((np.isnan(one) != np.isnan(other)).sum())
    here = ~np.isnan(gaps)
    if not here.any():
        return PairedDifference(
            measure=measure,
            one=names[0],
            other=names[1],
            interval=None,
            higher=None,
            lower=None,
            alike=None,
            unpaired=alone,
        )
    near = np.isclose(one, other, rtol=SAME, atol=SAME) & here
    gaps = np.where(near, 0.0, gaps)
    higher, lower, alike = (float(each[here].mean()) for each in ((gaps > 0) & ~near, (gaps < 0) & ~near, near))
    return PairedDifference(
        measure=measure,
        one=names[0],
        other=names[1],
        interval=bootstrap_interval(gaps, what),
        higher=higher,
        lower=lower,
        alike=alike,
        unpaired=alone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderDifference(Document):
    """Difference between two folders in one measure and one arm: the first minus the second."""

    arm: str
    """Name of the arm in the first folder."""
    measure: str
    one: str
    """Name of the first folder's design; its path where both designs have the same name."""
    other: str
    """The same of the second folder."""
    interval: Interval | None
    """Mean difference with its interval; None where no case has a number for both."""
    higher: _Share | None
    """Share of the pairs in which the first is higher; None where there is no pair."""
    lower: _Share | None
    """Share of the pairs in which the first is lower."""
    alike: _Share | None
    """Share of the pairs in which both are equal, up to rounding."""
    unpaired: Count
    """Number of cases that have a number for one of the two only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Document):
    """Two sweeps on the cases that both hold, for every common measure and arm: the first minus the second."""

    NAME = "compare"

    schema: Literal["winset/compare/1"] = "winset/compare/1"
    folders: tuple[str, str]
    """Paths of the two folders."""
    names: tuple[str, str]
    """Names of the two designs."""
    pairs: Count
    """Number of cases that both designs contain, whether they have a row yet or not."""
    only: tuple[Count, Count]
    """Number of cases that one design alone contains, for the first and the second."""
    differences: tuple[FolderDifference, ...]
    notes: tuple[str, ...]
    """Sentences about what is not compared."""


def compare(one: Folder, other: Folder) -> Comparison:
    """Compare two sweeps, each in its folder, on the cases that the designs of both contain.

    Cases match when they have the same factor values, arm and replicate. If each folder has exactly one arm, the two
    arms match even if their names differ.

    Parameters
    ----------
    one
        Folder of the first sweep.
    other
        Folder of the second sweep.

    Returns
    -------
    Comparison
        The first minus the second, for every common numeric measure and arm.

    Raises
    ------
    InputError
        A folder holds no sweep, the two vary different factors, or they have no numeric measure, no arm or no point in
        common.
    """
    first, second = load_dataset(one), load_dataset(other)
    measures = [name for name in first.numbers if name in second.numbers]
    if not measures:
        told = " and ".join(", ".join(each.design.measures) for each in (first, second))
        raise input_error(
            "measure", f"the two have no numeric measure in common: {told}", "compare what measures the same"
        )
    arms, places, replicates = _arms(first, second), _places(first, second), _replicates(first, second)
    pairs = len(places[0]) * len(arms) * replicates
    return Comparison(
        folders=(first.folder, second.folder),
        names=(first.design.name, second.design.name),
        differences=tuple(
            _across((first, second), name, (mine, theirs), places, replicates)
            for name in measures
            for mine, theirs in arms
        ),
        pairs=pairs,
        only=(first.design.count - pairs, second.design.count - pairs),
        notes=tuple(_notes(first, second)),
    )


def _across(
    pair: tuple[SweepDataset, SweepDataset],
    name: str,
    arms: tuple[str, str],
    places: tuple[list[int], list[int]],
    replicates: int,
) -> FolderDifference:
    """Return the difference between one arm of the first folder and one of the second, in one measure."""
    cells = [
        each.of(name)[where, each.arms.index(arm), :replicates]
        for each, arm, where in zip(pair, arms, places, strict=True)
    ]
    found = paired_difference(name, _titles(pair), (cells[0], cells[1]), _drawn(pair, places))
    return FolderDifference(arm=arms[0], **{each.name: getattr(found, each.name) for each in fields(found)})


def _titles(pair: tuple[SweepDataset, SweepDataset]) -> tuple[str, str]:
    """Return the display names of two folders: the names of their designs, or their paths where the names are equal."""
    one, other = (each.design.name for each in pair)
    return (one, other) if one != other else (pair[0].folder, pair[1].folder)


def _drawn(pair: tuple[SweepDataset, SweepDataset], places: tuple[list[int], list[int]]) -> ResamplingPlan:
    """Return what was drawn at random in both sweeps.

    Points that were drawn together stay one block only where both sweeps contain all points in the same order.
    """
    one, other = (resampling_plan(each.design, each.different) for each in pair)
    whole = all(where == list(range(each.design.length)) for each, where in zip(pair, places, strict=True))
    block = one.block if whole and one.block == other.block else int(bool(one.block or other.block))
    return ResamplingPlan(block, one.replicates and other.replicates, one.seed)


def _arms(first: SweepDataset, second: SweepDataset) -> list[tuple[str, str]]:
    """Return the pairs of arms that are compared."""
    shared = [(name, name) for name in first.arms if name in second.arms]
    if not shared and len(first.arms) == len(second.arms) == 1:
        return [(first.arms[0], second.arms[0])]
    if not shared:
        told = f"{', '.join(first.arms)} and {', '.join(second.arms)}"
        raise input_error("arm", f"the two have no arm in common: {told}", "call arms that belong together by one name")
    return shared


def _places(first: SweepDataset, second: SweepDataset) -> tuple[list[int], list[int]]:
    """Return the numbers of the common points in both designs, in the order of the first.

    A point that occurs several times in both is paired as often as it occurs in both.
    """
    names = [factor.name for factor in first.design.factors]
    if sorted(names) != sorted(factor.name for factor in second.design.factors):
        told = ", ".join(factor.name for factor in second.design.factors) or "none"
        reason = f"the first varies {', '.join(names) or 'none'}, the second {told}"
        raise input_error("factor", reason, "compare sweeps of the same factors")
    mine, theirs = (_keys(each, names) for each in (first, second))
    known: dict[str, list[int]] = {}
    for place, key in reversed([*enumerate(theirs)]):
        known.setdefault(key, []).append(place)
    shared = [(place, known[key].pop()) for place, key in enumerate(mine) if known.get(key)]
    if not shared:
        raise input_error(
            "factor", "the two have no point in common", "compare sweeps at the same values, or of one seed"
        )
    return [place for place, _ in shared], [place for _, place in shared]


def _keys(found: SweepDataset, names: Sequence[str]) -> list[str]:
    """Return every point of a sweep as canonical JSON text, so that points can be compared."""
    values = found.settings()
    rows = zip(*(values[name] for name in names), strict=True) if names else [()] * found.design.length
    return [canonical([to_json_value(value) for value in row]) for row in rows]


def _replicates(first: SweepDataset, second: SweepDataset) -> int:
    """Return the number of replicates that both designs have."""
    return min(first.design.replicates, second.design.replicates)


def _notes(first: SweepDataset, second: SweepDataset) -> Iterator[Message]:
    """Yield sentences that a reader of the differences needs."""
    one, other = first.design, second.design
    for mine, theirs in ((first, second), (second, first)):
        arms = [name for name in mine.arms if name not in theirs.arms]
        if arms and not len(first.arms) == len(second.arms) == 1:  # single arms are compared whatever their names
            yield plural_message(
                "Only {folder} has the arm {names}.",
                "Only {folder} has the arms {names}.",
                len(arms),
                folder=mine.folder,
                names=", ".join(arms),
            )
        measures = [name for name in mine.design.measures if name not in theirs.design.measures]
        if measures:
            yield plural_message(
                "Only {folder} has the measure {names}.",
                "Only {folder} has the measures {names}.",
                len(measures),
                folder=mine.folder,
                names=", ".join(measures),
            )
    if one.kind == "simulate" and one.seed != other.seed:
        yield message("The seeds differ: the two share no chance, and their differences are wider than need be.")
    for each in (first, second):
        yield from _missing(each)


def _missing(found: SweepDataset) -> Iterator[Message]:
    """Yield sentences on the cases of one folder that have no number."""
    if len(found.failures):
        yield plural_message(
            "{folder}: {number} of {total} runs failed and is left out.",
            "{folder}: {number} of {total} runs failed and are left out.",
            len(found.failures),
            folder=found.folder,
            total=f"{len(found.frame):,}",
        )
    missing = int((found.rows < 0).sum())
    if missing:
        yield plural_message(
            "{folder}: {number} of {total} cases is not made yet.",
            "{folder}: {number} of {total} cases are not made yet.",
            missing,
            folder=found.folder,
            total=f"{found.design.count:,}",
        )
