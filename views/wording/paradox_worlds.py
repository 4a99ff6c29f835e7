"""Sentences on worlds without paradox, for terminal and page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from games.messages import join_messages, message, plural_message
from views.wording.screen import number, per_cent

if TYPE_CHECKING:
    from lab.analysis.bootstrap import Interval
    from lab.analysis.paradox_worlds import ParadoxCounts

NOT_COUNTED = message("No world is met at several gaps, so that none can be counted as without paradox.")
FULL = message("Both would sign full opening")


def world_sentences(rows: Sequence[ParadoxCounts], *, brief: bool = False) -> str:
    """Return the sentences on the share of worlds without paradox, for each arm; "" where nothing was counted.

    A world is an economy that is met at several productivity gaps. An arm is a variant of the case that is compared.
    `brief` leaves out the sentences on worlds that are not counted.
    """
    several = len(rows) > 1
    texts = [join_messages(" ", [_share(each), *(() if brief else _not_counted(each))]) for each in rows]
    named = [message("{arm}: {text}", arm=each.arm, text=text) for each, text in zip(rows, texts, strict=True)]
    return join_messages(" ", named if several else texts)


def share_with_interval(around: Interval) -> str:
    """Format a share with its confidence interval as a text in per cent, such as "40.0 % [35.1, 45.2]"."""
    low, high = around.low, around.high
    ends = "" if low is None or high is None else f" [{number(100 * low)}, {number(100 * high)}]"
    return per_cent(100 * around.mean) + ends


def _share(each: ParadoxCounts) -> str:
    gap = f"{each.gaps[0]:g}"
    if each.interval is None:
        return plural_message(
            "In none of {number} world is anything signed at gap {gap}: the paradox cannot show.",
            "In none of {number} worlds is anything signed at gap {gap}: the paradox cannot show.",
            each.worlds,
            gap=gap,
        )
    return plural_message(
        "Without paradox: {share} of the {number} world in which something is signed at gap {gap}; no other gap signs "
        "less there.",
        "Without paradox: {share} of the {number} worlds in which something is signed at gap {gap}; no other gap signs "
        "less there.",
        each.counted,
        share=share_with_interval(each.interval),
        gap=gap,
    )


def _not_counted(each: ParadoxCounts) -> Iterator[str]:
    if each.nothing_signed and each.interval is not None:
        yield plural_message(
            "In {unsigned} of {number} world nothing is signed at gap {gap}: they are not counted.",
            "In {unsigned} of {number} worlds nothing is signed at gap {gap}: they are not counted.",
            each.worlds,
            unsigned=f"{each.nothing_signed:,}",
            gap=f"{each.gaps[0]:g}",
        )
    if each.missing:
        yield plural_message(
            "{missing} of {number} world have no number at some gap: they are not counted.",
            "{missing} of {number} worlds have no number at some gap: they are not counted.",
            each.worlds,
            missing=f"{each.missing:,}",
        )
