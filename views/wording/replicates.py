"""Sentences on the replicates of a sweep, for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from views.wording.screen import number

if TYPE_CHECKING:
    from lab.analysis.bootstrap import ReplicatesNeeded


def replicates(count: int, differ: int, enough: Sequence[ReplicatesNeeded]) -> str:
    """Return how many replicates differ, and how many are enough for narrow intervals.

    Parameters
    ----------
    count
        Number of replicates.
    differ
        Number of different replicates.
    enough
        Replicates that are enough, by measure.

    Returns
    -------
    str
        The sentences; "" for one replicate.
    """
    if count < 2:
        return ""
    said = f"{number(differ, 0)} of {number(count, 0)} replicates differ."
    if differ == 1:
        return f"{said} Chance changes nothing here: one replicate is enough."
    wanted = "; ".join(f"{each.measure} {number(each.replicates, 0)} (width {each.width:.2g})" for each in enough)
    return f"{said} Enough for narrow intervals, at the spread seen so far: {wanted}." if wanted else said
