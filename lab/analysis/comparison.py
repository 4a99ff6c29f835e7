"""Which policy does better: arms held against each other case by case, on the same points and the same chance.

Every arm of a sweep meets the same points, and its replicates the same random numbers, so that a difference of two
arms in one case is the policy's doing alone. Intervals are those of `lab.analysis.bootstrap`, over the differences. Two
folders are compared in the same way, wherever they hold the same case; arms are then matched by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from economy.parameters import Array
from games.errors import refuse
from games.json_values import plain
from lab.analysis.bootstrap import Drawn, Interval, drawn, interval
from lab.analysis.dataset import Condition, Harvest, harvest
from lab.store.parquet_parts import Folder
from lab.store.run_ids import canonical

SAME = 1e-9
"""Differences up to this, relative to the larger value or absolute, are none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How one arm, or folder, differs from another in one measure: the first less the second."""

    measure: str
    one: str
    other: str
    interval: Interval | None
    """Around the mean difference; None where no case has both."""
    higher: float | None
    """Share of the pairs in which the first is higher."""
    lower: float | None
    alike: float | None
    unpaired: int
    """Cases that only one of them has a number for."""

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        found = self.interval
        return found is not None and found.low is not None and found.high is not None and found.low * found.high > 0

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON."""
        return {
            "measure": self.measure,
            "one": self.one,
            "other": self.other,
            "interval": None if self.interval is None else self.interval.to_dict(),
            "higher": self.higher,
            "lower": self.lower,
            "alike": self.alike,
            "unpaired": self.unpaired,
        }


def differences(found: Harvest, measure: str | Condition, against: str | None = None) -> tuple[Difference, ...]:
    """Every arm of a sweep against one of them, the first unless named. InputError for an arm that is none."""
    against = against or found.arms[0]
    if against not in found.arms:
        raise refuse("against", f"{against!r} is no arm", f"write one of: {', '.join(found.arms)}")
    cells, base, what = found.of(measure), found.arms.index(against), drawn(found.design, found.different)
    return tuple(
        difference(str(measure), (arm, against), (cells[:, at], cells[:, base]), what)
        for at, arm in enumerate(found.arms)
        if at != base
    )


def difference(measure: str, names: tuple[str, str], pair: tuple[Array, Array], what: Drawn) -> Difference:
    """The first less the second, both (point, replicate), with NaN where a case has no number."""
    one, other = pair
    gaps = one - other
    alone = int((np.isnan(one) != np.isnan(other)).sum())
    here = ~np.isnan(gaps)
    if not here.any():
        return Difference(measure, *names, None, None, None, None, alone)
    near = np.isclose(one, other, rtol=SAME, atol=SAME) & here
    gaps = np.where(near, 0.0, gaps)
    shares = [float(each[here].mean()) for each in ((gaps > 0) & ~near, (gaps < 0) & ~near, near)]
    return Difference(measure, *names, interval(gaps, what), shares[0], shares[1], shares[2], alone)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two folders, measure by measure and arm by arm: the first less the second."""

    folders: tuple[str, str]
    names: tuple[str, str]
    differences: tuple[tuple[str, Difference], ...]
    """(arm, difference)."""
    pairs: int
    """Cases that both folders have a row for."""
    only: tuple[int, int]
    """Cases with a row in one of them alone."""
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The comparison as `winset compare --json` prints it."""
        return plain(
            {
                "schema": "winset/compare/1",
                "folders": list(self.folders),
                "names": list(self.names),
                "pairs": self.pairs,
                "only": list(self.only),
                "differences": [{"arm": arm} | each.to_dict() for arm, each in self.differences],
                "notes": list(self.notes),
            }
        )


def compare(one: Folder, other: Folder) -> Comparison:
    """Two folders on the cases that both hold: same factors, arm and replicate.

    Where each has one arm the two are matched whatever they are called. InputError where a folder holds no sweep, or
    the two have no numeric measure, no arm or no case in common.
    """
    first, second = harvest(one), harvest(other)
    measures = [name for name in first.numbers if name in second.numbers]
    if not measures:
        told = " and ".join(", ".join(each.design.measures) for each in (first, second))
        raise refuse("measure", f"the two have no numeric measure in common: {told}", "compare what measures the same")
    arms, places, replicates = _arms(first, second), _places(first, second), _replicates(first, second)
    pairs = len(places[0]) * len(arms) * replicates
    return Comparison(
        folders=(first.folder, second.folder),
        names=(first.design.name, second.design.name),
        differences=tuple(
            (mine, _across((first, second), name, (mine, theirs), places, replicates))
            for name in measures
            for mine, theirs in arms
        ),
        pairs=pairs,
        only=(first.design.count - pairs, second.design.count - pairs),
        notes=tuple(_notes(first, second)),
    )


def _across(
    pair: tuple[Harvest, Harvest],
    name: str,
    arms: tuple[str, str],
    places: tuple[list[int], list[int]],
    replicates: int,
) -> Difference:
    cells = [
        each.of(name)[where, each.arms.index(arm), :replicates]
        for each, arm, where in zip(pair, arms, places, strict=True)
    ]
    return difference(name, _titles(pair), (cells[0], cells[1]), _drawn(pair, places))


def _titles(pair: tuple[Harvest, Harvest]) -> tuple[str, str]:
    """What two folders are called: their designs, or their paths where these have one name."""
    one, other = (each.design.name for each in pair)
    return (one, other) if one != other else (pair[0].folder, pair[1].folder)


def _drawn(pair: tuple[Harvest, Harvest], places: tuple[list[int], list[int]]) -> Drawn:
    """What chance has drawn in both; points that were drawn together stay so only where all of them are there."""
    one, other = (drawn(each.design, each.different) for each in pair)
    whole = all(where == list(range(each.design.length)) for each, where in zip(pair, places, strict=True))
    block = one.block if whole and one.block == other.block else int(bool(one.block or other.block))
    return Drawn(block, one.replicates and other.replicates, one.seed)


def _arms(first: Harvest, second: Harvest) -> list[tuple[str, str]]:
    """Arms that are held against each other."""
    shared = [(name, name) for name in first.arms if name in second.arms]
    if not shared and len(first.arms) == len(second.arms) == 1:
        return [(first.arms[0], second.arms[0])]
    if not shared:
        told = f"{', '.join(first.arms)} and {', '.join(second.arms)}"
        raise refuse("arm", f"the two have no arm in common: {told}", "call arms that belong together by one name")
    return shared


def _places(first: Harvest, second: Harvest) -> tuple[list[int], list[int]]:
    """The points that both hold, in the order of the first; one that both draw again is a pair as often as both do."""
    names = [factor.name for factor in first.design.factors]
    if sorted(names) != sorted(factor.name for factor in second.design.factors):
        told = ", ".join(factor.name for factor in second.design.factors) or "none"
        reason = f"the first varies {', '.join(names) or 'none'}, the second {told}"
        raise refuse("factor", reason, "compare sweeps of the same factors")
    mine, theirs = (_keys(each, names) for each in (first, second))
    known: dict[str, list[int]] = {}
    for place, key in reversed([*enumerate(theirs)]):
        known.setdefault(key, []).append(place)
    shared = [(place, known[key].pop()) for place, key in enumerate(mine) if known.get(key)]
    if not shared:
        raise refuse("factor", "the two have no point in common", "compare sweeps at the same values, or of one seed")
    return [place for place, _ in shared], [place for _, place in shared]


def _keys(found: Harvest, names: Sequence[str]) -> list[str]:
    """Every point in one spelling."""
    values = found.settings()
    rows = zip(*(values[name] for name in names), strict=True) if names else [()] * found.design.length
    return [canonical([plain(value) for value in row]) for row in rows]


def _replicates(first: Harvest, second: Harvest) -> int:
    return min(first.design.replicates, second.design.replicates)


def _notes(first: Harvest, second: Harvest) -> Iterator[str]:
    """What a reader of the differences has to know."""
    one, other = first.design, second.design
    for mine, theirs in ((first, second), (second, first)):
        if not len(first.arms) == len(second.arms) == 1:  # else the two are held against each other by whatever name
            yield from _alone(mine, "arm", mine.arms, theirs.arms)
        yield from _alone(mine, "measure", mine.design.measures, theirs.design.measures)
    if one.kind == "simulate" and one.seed != other.seed:
        yield "The seeds differ: the two share no chance, and their differences are wider than need be."
    for each in (first, second):
        if len(each.failed):
            yield f"{each.folder}: {len(each.failed):,} of {len(each.frame):,} runs failed and are left out."
        missing = int((each.rows < 0).sum())
        if missing:
            yield f"{each.folder}: {missing:,} of {each.design.count:,} cases are not made yet."


def _alone(found: Harvest, what: str, names: Sequence[str], known: Sequence[str]) -> Iterator[str]:
    """What is not held against anything, because the other folder has none of it."""
    alone = [name for name in names if name not in known]
    if alone:
        yield f"Only {found.folder} has the {what}{'s' if len(alone) > 1 else ''} {', '.join(alone)}."
