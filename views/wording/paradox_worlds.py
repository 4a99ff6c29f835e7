"""Sentences on worlds without paradox, for terminal and page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from views.wording.screen import number, per_cent

if TYPE_CHECKING:
    from lab.analysis.bootstrap import Interval
    from lab.analysis.paradox_worlds import ParadoxCounts

NOT_COUNTED = "No world is met at several gaps, so that none can be counted as without paradox."
FULL = "Both would sign full opening"


def world_sentences(rows: Sequence[ParadoxCounts], *, brief: bool = False) -> str:
    """Return how many worlds have no paradox, and of how many; "" where none was counted.

    `brief` leaves out which worlds are not counted.
    """
    several = len(rows) > 1
    told = [" ".join(filter(None, (_share(each), *(() if brief else _not_counted(each))))) for each in rows]
    return " ".join(f"{each.arm}: {text}" if several else text for each, text in zip(rows, told, strict=True))


def share_with_interval(around: Interval) -> str:
    """Format a share with its confidence interval, in per cent."""
    low, high = around.low, around.high
    ends = "" if low is None or high is None else f" [{number(100 * low)}, {number(100 * high)}]"
    return per_cent(100 * around.mean) + ends


def _share(each: ParadoxCounts) -> str:
    gap, counted = f"gap {each.gaps[0]:g}", f"{each.counted:,} {_plural(each.counted)}"
    if each.interval is None:
        return (
            f"In none of {each.worlds:,} {_plural(each.worlds)} is anything signed at {gap}: the paradox cannot show."
        )
    return (
        f"Without paradox: {share_with_interval(each.interval)} of the {counted} "
        f"in which something is signed at {gap}; "
        "no other gap signs less there."
    )


def _not_counted(each: ParadoxCounts) -> list[str]:
    told, every = list[str](), f"{each.worlds:,} {_plural(each.worlds)}"
    if each.unsigned and each.interval is not None:
        told.append(f"In {each.unsigned:,} of {every} nothing is signed at gap {each.gaps[0]:g}: they are not counted.")
    if each.missing:
        told.append(f"{each.missing:,} of {every} have no number at some gap: they are not counted.")
    return told


def _plural(count: int) -> str:
    return "world" if count == 1 else "worlds"
