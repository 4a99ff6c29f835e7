"""Share of worlds without the paradox of adverse interest. A world is met at several productivity gaps and counts once.

    world             everything that a case sets, except the productivity gap
    without paradox   something is signed at the gap nearest to 1, and no gap farther from 1 has less signed
    unsigned          nothing is signed at the gap nearest to 1; the paradox cannot show, and the world is not counted

The amount signed is `largest_openness`. The nearest gap is the one with the smallest |log gap|. Cases of one gap
alone say nothing about the paradox: it needs a comparison of gaps, however many cases sign full opening.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array
from games.documents import Document, Length
from games.messages import message
from lab.analysis.bootstrap import Count, Interval, bootstrap_interval, resampling_plan
from lab.analysis.dataset import SweepDataset
from lab.design.cases import format_setting
from lab.design.factors import Settings
from lab.store.run_ids import canonical

GAP, OPENNESS = "economy.gap", "largest_openness"
"""Key of the productivity gap, and the measure of what is signed."""
EVERY = message("every arm")
"""Name of the arm where all arms are gaps of the same worlds."""

Truth = NDArray[np.bool_]


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
    """Number of counted worlds in which no other gap has less signed."""
    nothing_signed: Count
    """Number of worlds in which nothing is signed at the first gap."""


def without_paradox(found: SweepDataset) -> tuple[ParadoxCounts, ...]:
    """Count the worlds of a sweep in which the paradox of adverse interest does not occur, one entry for each policy.

    A world is everything that a case sets, except the productivity gap (productivity of the host over that of the
    origin). It is without paradox if something is signed at the gap nearest to 1, and no less at any other gap.

    Returns () where openness was not measured, and where no world is met at several gaps. The gaps are either set by
    the arms or the levels of a factor of a grid.
    """
    if OPENNESS not in found.design.measures:
        return ()
    cells = found.of(OPENNESS).mean(axis=2)
    return tuple(_worlds(found, *path) for path in (*_over_arms(found, cells), *_over_levels(found, cells)))


def classify_worlds(openness: Array) -> tuple[Truth, Truth]:
    """Return two arrays with one boolean for each world: whether it counts, and whether it is without paradox.

    `openness` has the shape (world, productivity gap), the gap nearest to 1 first: the share of the willing whom both
    countries agree to admit. A world counts if it has no NaN and something is signed at the first gap. It is without
    paradox if it counts and no other gap has less signed.
    """
    signed = ~np.isnan(openness).any(axis=1) & (openness[:, 0] > 0)
    return signed, signed & (openness[:, 1:] >= openness[:, :1]).all(axis=1)


def _worlds(found: SweepDataset, arm: str, gaps: Sequence[float], openness: Array) -> ParadoxCounts:
    """Count the worlds of one policy from openness of shape (world, gap)."""
    order = sorted(range(len(gaps)), key=lambda at: abs(math.log(gaps[at])))
    openness = openness[:, order]
    missing = np.isnan(openness).any(axis=1)
    signed, without = classify_worlds(openness)
    share = np.where(signed, without.astype(float), np.nan)
    return ParadoxCounts(
        arm=arm,
        gaps=tuple(gaps[at] for at in order),
        interval=bootstrap_interval(share[:, None], resampling_plan(found.design, found.different), share=True),
        worlds=len(openness),
        counted=int(signed.sum()),
        without=int(without.sum()),
        nothing_signed=int((~missing & ~signed).sum()),
        missing=int(missing.sum()),
    )


def _over_arms(found: SweepDataset, cells: Array) -> Iterator[tuple[str, list[float], Array]]:
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
        yield EVERY if len(places) == len(found.arms) else told, gaps, cells[:, places]


def _over_levels(found: SweepDataset, cells: Array) -> Iterator[tuple[str, list[float], Array]]:
    """Yield the gap as a factor of a grid: every combination of the other levels is a world, arm by arm."""
    design = found.design
    place = next((at for at, factor in enumerate(design.factors) if factor.key == GAP), None)
    if design.method != "grid" or place is None or len(design.factors[place].levels) < 2:
        return
    sizes = [len(factor.levels) for factor in design.factors]
    gaps = [float(level) for level in design.factors[place].levels]
    for at, arm in enumerate(found.arms):
        paths = np.moveaxis(cells[:, at].reshape(sizes), place, -1).reshape(-1, len(gaps))
        yield arm, gaps, paths
