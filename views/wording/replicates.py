"""Sentences on the replicates of a sweep, for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from games.messages import join_messages, message
from views.wording.screen import number

if TYPE_CHECKING:
    from lab.analysis.bootstrap import ReplicatesNeeded


def replicates(count: int, differ: int, enough: Sequence[ReplicatesNeeded]) -> str:
    """Return how many replicates of a sweep differ, and how many are enough for narrow confidence intervals.

    A replicate is one repetition of all runs with other random numbers.

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
    differ_of = message("{differ} of {total} replicates differ.", differ=number(differ, 0), total=number(count, 0))
    if differ == 1:
        return join_messages(" ", [differ_of, message("Chance changes nothing here: one replicate is enough.")])
    if not enough:
        return differ_of
    wanted = [
        message(
            "{measure} {replicates} (width {width})",
            measure=each.measure,
            replicates=number(each.replicates, 0),
            width=f"{each.width:.2g}",
        )
        for each in enough
    ]
    narrow = message(
        "Enough for narrow intervals, at the spread seen so far: {numbers}.", numbers=join_messages("; ", wanted)
    )
    return join_messages(" ", [differ_of, narrow])
