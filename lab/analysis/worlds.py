"""In how many worlds there is no paradox of adverse interest: each world is met at several gaps, and counts once.

    world             everything that a case sets, but the productivity gap
    without paradox   at the gap nearest to 1 something is signed, and at no gap farther from 1 is less signed
    unsigned          at the gap nearest to 1 nothing is signed: the paradox cannot show, and the world is not counted

What is signed is `largest_openness`. The cases of one gap, taken alone, say nothing of the paradox: between equals it
cannot be, however many sign full opening.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array
from games.json_values import plain
from lab.analysis.bootstrap import Interval, drawn, interval
from lab.analysis.dataset import Harvest
from lab.design.cases import written
from lab.design.factors import Settings
from lab.store.run_ids import canonical

GAP, OPENNESS = "economy.gap", "largest_openness"
EVERY = "every arm"
"""Whose worlds they are when all arms are gaps of the same worlds."""

Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Worlds:
    """The worlds of one policy."""

    arm: str
    """The arm; or what its arms set beside the gap."""
    gaps: tuple[float, ...]
    """At which each world is met, the one nearest to 1 first."""
    interval: Interval | None
    """Around the share without paradox among the worlds that count; None where none does."""
    worlds: int
    counted: int
    """In which something is signed at the first gap."""
    without: int
    """Of these, in which no other gap signs less."""
    unsigned: int
    missing: int
    """Worlds that lack a number at some gap."""

    def to_dict(self) -> dict[str, Any]:
        """The worlds as JSON: a summary, and how many worlds it counts."""
        return plain(
            {
                "measure": "without paradox",
                "arm": self.arm,
                "interval": None if self.interval is None else self.interval.to_dict(),
                "missing": self.missing,
                "quantiles": None,
                "least": None,
                "most": None,
                "gaps": self.gaps,
                "worlds": self.worlds,
                "counted": self.counted,
                "without": self.without,
                "nothing_signed": self.unsigned,
            }
        )


def without_paradox(found: Harvest) -> tuple[Worlds, ...]:
    """The worlds of a sweep without paradox, policy by policy.

    () where openness was not measured, and where no world is met at several gaps: these are set by arms, or are the
    levels of a factor of a grid.
    """
    if OPENNESS not in found.design.measures:
        return ()
    cells = found.of(OPENNESS).mean(axis=2)
    return tuple(_worlds(found, *path) for path in (*_over_arms(found, cells), *_over_levels(found, cells)))


def counted(openness: Array) -> tuple[Truth, Truth]:
    """(world) whether it counts, and whether it is without paradox, from what is signed (world, gap)."""
    signed = ~np.isnan(openness).any(axis=1) & (openness[:, 0] > 0)
    return signed, signed & (openness[:, 1:] >= openness[:, :1]).all(axis=1)


def _worlds(found: Harvest, arm: str, gaps: Sequence[float], openness: Array) -> Worlds:
    order = sorted(range(len(gaps)), key=lambda at: abs(math.log(gaps[at])))
    openness = openness[:, order]
    missing = np.isnan(openness).any(axis=1)
    signed, without = counted(openness)
    share = np.where(signed, without.astype(float), np.nan)
    return Worlds(
        arm=arm,
        gaps=tuple(gaps[at] for at in order),
        interval=interval(share[:, None], drawn(found.design, found.different), share=True),
        worlds=len(openness),
        counted=int(signed.sum()),
        without=int(without.sum()),
        unsigned=int((~missing & ~signed).sum()),
        missing=int(missing.sum()),
    )


def _over_arms(found: Harvest, cells: Array) -> Iterator[tuple[str, list[float], Array]]:
    """Arms that differ in the gap alone: every point is a world, and each arm is a gap at which it is met."""
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
        told = ", ".join(f"{key}={written(value)}" for key, value in rest.items()) or "nothing else"
        yield EVERY if len(places) == len(found.arms) else told, gaps, cells[:, places]


def _over_levels(found: Harvest, cells: Array) -> Iterator[tuple[str, list[float], Array]]:
    """The gap as a factor of a grid: every combination of the other levels is a world, arm by arm."""
    design = found.design
    place = next((at for at, factor in enumerate(design.factors) if factor.key == GAP), None)
    if design.method != "grid" or place is None or len(design.factors[place].levels) < 2:
        return
    sizes = [len(factor.levels) for factor in design.factors]
    gaps = [float(level) for level in design.factors[place].levels]
    for at, arm in enumerate(found.arms):
        paths = np.moveaxis(cells[:, at].reshape(sizes), place, -1).reshape(-1, len(gaps))
        yield arm, gaps, paths
