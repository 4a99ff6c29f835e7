"""Count the worlds in which the part that is signed falls. A world is met at several gaps, and counts once.

    world             everything that a case sets, except the productivity gap
    counted           something is signed at the gap nearest to 1
    falls             at another gap a smaller part of what could be gained is signed than at the gap nearest to 1
    without paradox   the part that is signed falls at no other gap
    unsigned          nothing is signed at the gap nearest to 1; the paradox cannot show, and the world is not counted

There are two parts, and both are counted: `share_gross`, of the gross gain at full opening, and `share_net`, of the
best net gain. Without paradox is said of the net part where it is measured. The nearest gap is the one with the
smallest |log gap|. Cases of one gap alone say nothing about the paradox: it needs a comparison of gaps.

References
----------
Alonso and Santos Arteaga (2020), "International migratory agreements: the paradox of adverse interest", IZA Journal of
Development and Migration 11(1).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from economy.evidence.unlikeness import ROUNDING
from economy.parameters import Array
from games.documents import Document, Length
from games.messages import message
from lab.analysis.bootstrap import Count, Interval, ResamplingPlan, bootstrap_interval, resampling_plan
from lab.analysis.dataset import SweepDataset
from lab.design.cases import format_setting
from lab.design.factors import Settings
from lab.store.run_ids import canonical

GAP = "economy.gap"
"""Key of the productivity gap."""
GROSS, NET, BEST = "share_gross", "share_net", "best_net"
"""The measures of the parts that are signed, and that of the best net gain."""
EVERY = message("every arm")
"""Name of the arm where all arms are gaps of the same worlds."""

Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class FallCount(Document):
    """The number of counted worlds in which something holds at one gap."""

    count: Count
    interval: Interval
    """Their share of the counted worlds, with its interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapComparison(Document):
    """The worlds at one gap, compared with the same worlds at the gap nearest to 1; None where it is not measured."""

    gap: float
    gross: FallCount | None
    """A smaller part of the gross gain at full opening is signed."""
    net: FallCount | None
    """A smaller part of the best net gain is signed."""
    more_to_gain: FallCount | None
    """The best net gain is larger, and a smaller part of it is signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParadoxCounts(Document):
    """Counts of the worlds under one policy. It has all keys of a summary; those of single runs are always None."""

    measure: Literal["without paradox"] = field(init=False, default="without paradox")
    arm: str
    """Name of the arm; for arms that set the gap, their other settings, or `EVERY`."""
    interval: Interval | None
    """Share without paradox among the counted worlds, with its interval; None where no world is counted."""
    missing: Count
    """Number of worlds without a number at some gap."""
    quantiles: None = field(init=False, default=None)
    least: None = field(init=False, default=None)
    most: None = field(init=False, default=None)
    gaps: Annotated[tuple[float, ...], Length(minimum=2)]
    """Gaps at which each world is met, the one nearest to 1 first."""
    worlds: Count
    """Number of worlds."""
    counted: Count
    """Number of worlds in which something is signed at the first gap."""
    without: Count
    """Number of counted worlds in which the part that is signed falls at no other gap."""
    nothing_signed: Count
    """Number of worlds in which nothing is signed at the first gap."""
    comparisons: tuple[GapComparison, ...]
    """One for each gap but the first, in the order of `gaps`; () where no world is counted."""


class WorldPaths:
    """The worlds of one policy: for each measure an array of shape (world, gap), the gap nearest to 1 first."""

    def __init__(self, parts: Mapping[str, Array]) -> None:
        """Keep the arrays by name of the measure; `share_gross` or `share_net` must be there."""
        self._parts = parts
        values = [values for values in (parts.get(GROSS), parts.get(NET)) if values is not None]
        self.missing: Truth = np.any([np.isnan(each).any(axis=1) for each in values], axis=0)
        """(world) whether some gap has no number."""
        self.counted: Truth = ~self.missing & (values[0][:, 0] > ROUNDING)
        """(world) whether something is signed at the first gap."""

    def falls(self, name: str) -> Truth | None:
        """Return whether the part is smaller than at the first gap, (world, other gap); None if it is not measured."""
        part = self._parts.get(name)
        return None if part is None else part[:, 1:] < part[:, :1] - ROUNDING

    @property
    def more_and_smaller(self) -> Truth | None:
        """Whether the best net gain is larger than at the first gap and the net part smaller, (world, other gap).

        None where one of the two is not measured.
        """
        best, falls = self._parts.get(BEST), self.falls(NET)
        return None if best is None or falls is None else (best[:, 1:] > best[:, :1]) & falls

    @property
    def without(self) -> Truth:
        """(world) whether it counts and the part that is signed, net where measured, falls at no other gap."""
        falls = self.falls(NET) if NET in self._parts else self.falls(GROSS)
        return self.counted & ~np.asarray(falls).any(axis=1)


def without_paradox(found: SweepDataset) -> tuple[ParadoxCounts, ...]:
    """Count the worlds of a sweep in which the part that is signed falls, and those without paradox, for each policy.

    A world is everything that a case sets, except the productivity gap (productivity of the host over that of the
    origin). It is without paradox if something is signed at the gap nearest to 1, and no smaller part of what could be
    gained at any other gap.

    Returns () where no part that is signed was measured, and where no world is met at several gaps. The gaps are either
    set by the arms or the levels of a factor of a grid.
    """
    measured = found.design.measures
    if not {GROSS, NET} & {*measured}:
        return ()
    cells = {name: found.of(name).mean(axis=2) for name in (GROSS, NET, BEST) if name in measured}
    return tuple(_worlds(found, *path, cells) for path in (*_over_arms(found), *_over_levels(found)))


Selection = Callable[[Array], Array]
"""From cells of shape (point, arm) to values of shape (world, gap), in the order of the gaps of a policy."""


def _worlds(
    found: SweepDataset, arm: str, gaps: Sequence[float], select: Selection, cells: Mapping[str, Array]
) -> ParadoxCounts:
    """Count the worlds of one policy."""
    order = sorted(range(len(gaps)), key=lambda at: abs(math.log(gaps[at])))
    ordered = tuple(gaps[at] for at in order)
    paths = WorldPaths({name: select(values)[:, order] for name, values in cells.items()})
    plan = resampling_plan(found.design, found.different)
    known = bool(paths.counted.any())
    return ParadoxCounts(
        arm=arm,
        gaps=ordered,
        interval=_share(paths.without, paths, plan),
        worlds=paths.counted.size,
        counted=int(paths.counted.sum()),
        without=int(paths.without.sum()),
        nothing_signed=int((~paths.missing & ~paths.counted).sum()),
        missing=int(paths.missing.sum()),
        comparisons=tuple(_comparison(gap, at, paths, plan) for at, gap in enumerate(ordered[1:])) if known else (),
    )


def _comparison(gap: float, at: int, paths: WorldPaths, plan: ResamplingPlan) -> GapComparison:
    """Compare the worlds at one gap, number `at` of the other gaps, with those at the first."""

    def count(holds: Truth | None) -> FallCount | None:
        if holds is None:
            return None
        share = _share(holds[:, at], paths, plan)
        if share is None:
            return None
        return FallCount(count=int((holds[:, at] & paths.counted).sum()), interval=share)

    return GapComparison(
        gap=gap,
        gross=count(paths.falls(GROSS)),
        net=count(paths.falls(NET)),
        more_to_gain=count(paths.more_and_smaller),
    )


def _share(holds: Truth, paths: WorldPaths, plan: ResamplingPlan) -> Interval | None:
    """The share of the counted worlds in which something holds; None where no world is counted."""
    share = np.where(paths.counted, holds.astype(float), np.nan)
    return bootstrap_interval(share[:, None], plan, share=True)


def _over_arms(found: SweepDataset) -> Iterator[tuple[str, list[float], Selection]]:
    """Yield groups of arms that differ in the gap alone: every point is a world, and each arm is one of its gaps."""
    groups: dict[str, tuple[Settings, list[float], list[int]]] = {}
    for at, arm in enumerate(found.design.arms):
        rest = dict(arm.settings)
        if GAP in rest:
            gap = float(rest.pop(GAP))
            _, gaps, places = groups.setdefault(canonical(rest), (rest, [], []))
            gaps.append(gap)
            places.append(at)
    several = [group for group in groups.values() if len(group[1]) > 1]
    for rest, gaps, places in several:
        told = ", ".join(f"{key}={format_setting(value)}" for key, value in rest.items()) or message("nothing else")
        yield EVERY if len(places) == len(found.arms) else told, gaps, _columns(places)


def _columns(places: list[int]) -> Selection:
    return lambda cells: cells[:, places]


def _over_levels(found: SweepDataset) -> Iterator[tuple[str, list[float], Selection]]:
    """Yield the gap as a factor of a grid: every combination of the other levels is a world, arm by arm."""
    design = found.design
    place = next((at for at, factor in enumerate(design.factors) if factor.key == GAP), None)
    if design.method != "grid" or place is None or len(design.factors[place].levels) < 2:
        return
    sizes = [len(factor.levels) for factor in design.factors]
    gaps = [float(level) for level in design.factors[place].levels]
    for at, arm in enumerate(found.arms):
        yield arm, gaps, _grid(at, sizes, place)


def _grid(arm: int, sizes: list[int], place: int) -> Selection:
    return lambda cells: np.moveaxis(cells[:, arm].reshape(sizes), place, -1).reshape(-1, sizes[place])
