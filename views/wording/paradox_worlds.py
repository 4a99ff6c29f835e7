"""Sentences on the worlds in which the part that is signed falls, and on those without paradox."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from games.messages import join_messages, message, plural_message
from views.wording.screen import number, per_cent

if TYPE_CHECKING:
    from lab.analysis.bootstrap import Interval
    from lab.analysis.paradox_worlds import FallCount, ParadoxCounts

NOT_COUNTED = message("No world is met at several gaps, so that the part that is signed cannot be compared.")
FULL = message("Both would sign full opening")
PARTS = message("The part that is signed")
"""Title of the section with the sentences."""
CHOICES = message(
    "That a smaller part is signed holds under every convention that was tried. That the best net gain rises needs one "
    "of two assumptions: the gain of a mover is what the mover could lose and still go, or the public cost is at most "
    "10 % of GDP."
)
"""What the result rests on."""


def world_sentences(rows: Sequence[ParadoxCounts], *, brief: bool = False) -> str:
    """Return the sentences on the worlds in which the part that is signed falls, for each arm; "" without worlds.

    A world is an economy that is met at several productivity gaps. An arm is a variant of the case that is compared.
    `brief` leaves out the sentences on worlds that are not counted, and on what the result rests on.
    """
    several = len(rows) > 1
    texts = [
        join_messages(" ", [*_falls(each), _without(each), *(() if brief else _not_counted(each))]) for each in rows
    ]
    named = [message("{arm}: {text}", arm=each.arm, text=text) for each, text in zip(rows, texts, strict=True)]
    shown = any(gap.more_to_gain for each in rows for gap in each.comparisons)
    return join_messages(" ", [*(named if several else texts), *([CHOICES] if shown and not brief else [])])


def share_with_interval(around: Interval) -> str:
    """Format a share with its confidence interval as a text in per cent, such as "40.0 % [35.1, 45.2]"."""
    low, high = around.low, around.high
    ends = "" if low is None or high is None else f" [{number(100 * low)}, {number(100 * high)}]"
    return per_cent(100 * around.mean) + ends


def _falls(each: ParadoxCounts) -> Iterator[str]:
    """Equals against the gap that is farthest from 1: where the signed part falls, gross and net."""
    if not each.comparisons:
        return
    farthest = each.comparisons[-1]
    gaps = {"near": f"{each.gaps[0]:g}", "far": f"{farthest.gap:g}"}
    gross, net = (None if found is None else _worlds(found) for found in (farthest.gross, farthest.net))
    if gross is not None and net is not None:
        yield plural_message(
            "From gap {near} to gap {far} the signed share of the gross gain falls in {gross} of {number} world, and "
            "that of the best net gain in {net}.",
            "From gap {near} to gap {far} the signed share of the gross gain falls in {gross} of {number} worlds, and "
            "that of the best net gain in {net}.",
            each.counted,
            gross=gross,
            net=net,
            **gaps,
        )
    elif net is not None:
        yield plural_message(
            "From gap {near} to gap {far} the signed share of the best net gain falls in {net} of {number} world.",
            "From gap {near} to gap {far} the signed share of the best net gain falls in {net} of {number} worlds.",
            each.counted,
            net=net,
            **gaps,
        )
    elif gross is not None:
        yield plural_message(
            "From gap {near} to gap {far} the signed share of the gross gain falls in {gross} of {number} world; the "
            "net was not measured.",
            "From gap {near} to gap {far} the signed share of the gross gain falls in {gross} of {number} worlds; the "
            "net was not measured.",
            each.counted,
            gross=gross,
            **gaps,
        )
    if farthest.more_to_gain is not None:
        yield message(
            "In {worlds} more could be gained at gap {far}, net of what moving and crowding cost, and a smaller part "
            "of it is signed.",
            worlds=_worlds(farthest.more_to_gain),
            far=gaps["far"],
        )


def _worlds(found: FallCount) -> str:
    return message("{count} ({share})", count=f"{found.count:,}", share=share_with_interval(found.interval))


def _without(each: ParadoxCounts) -> str:
    gap = f"{each.gaps[0]:g}"
    if each.interval is None:
        return plural_message(
            "In none of {number} world is anything signed at gap {gap}: the paradox cannot show.",
            "In none of {number} worlds is anything signed at gap {gap}: the paradox cannot show.",
            each.worlds,
            gap=gap,
        )
    return plural_message(
        "Without paradox: {share} of the {number} world in which something is signed at gap {gap}; at no other gap is "
        "a smaller part signed there.",
        "Without paradox: {share} of the {number} worlds in which something is signed at gap {gap}; at no other gap is "
        "a smaller part signed there.",
        each.counted,
        gap=gap,
        share=share_with_interval(each.interval),
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
