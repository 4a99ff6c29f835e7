"""The table of the groups of both countries: what each gains when its country opens alone, and when both open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from views.style.html import BarScale
from views.wording import screen
from views.wording.screen import numbers
from views.wording.translation import to_html
from views.wording.weights import MONEY, PAYOFF, WeighedGain


class Change(NamedTuple):
    """What a group gains in one cell of the game, and its position on it."""

    value: float
    """% of the country's own baseline GDP."""
    position: str = ""
    """In favour, weakly opposed, and so on; "" for none."""


class GroupGain(NamedTuple):
    """What a group gains when its country opens alone, and when both open."""

    group: str
    alone: Change
    both: Change
    role: str
    """Role whose colour the bars have: host or origin."""
    note: str | None = None
    """Small text under the name of a sum; None for a group."""


class GainBlock(NamedTuple):
    """The groups of one country, with their changes of money, under one heading."""

    heading: str
    role: str
    gains: tuple[GroupGain, ...]
    weighed: WeighedGain
    """Sum and government payoff of the country when both open."""
    alone: tuple[Change, Change]
    """Sum and government payoff when the country opens alone."""
    among: str = ""
    """Which other money the sum contains, beside that of the groups above."""


def group_table_html(blocks: Sequence[GainBlock]) -> str:
    """Render an HTML table of groups: for each row of Tables 6.A1 and 6.A3 a bar, a number and a position.

    All bars have one scale.
    """
    rows = [(block, [*block.gains, *_sums(block)]) for block in blocks]
    changes = [change.value for _, own in rows for gain in own for change in (gain.alone, gain.both)]
    low, high = min(0.0, *changes), max(0.0, *changes)
    scale = BarScale(low, max(high - low, 1e-9))
    texts = iter(numbers(changes, plus=True))
    body = "".join(
        _section(block) + "".join(_row(gain, scale, (next(texts), next(texts))) for gain in own) for block, own in rows
    )
    heads = "".join(f'<th scope="col" class="w-wide">{to_html(head)}</th>' for head in (screen.ALONE, screen.TOGETHER))
    return (
        f'<table class="w-t w-gains"><caption class="w-note">{to_html(screen.GAINS_NOTE)}</caption>'
        f'<thead><tr><th scope="col">{to_html(screen.GROUP)}</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _sums(block: GainBlock) -> list[GroupGain]:
    """Return the last two rows of a country: the sum of its groups' money, and the payoff of its government."""
    money, payoff, how, _ = block.weighed
    return [
        GroupGain(MONEY, block.alone[0], Change(money), block.role, note=block.among),
        GroupGain(
            PAYOFF, block.alone[1]._replace(position=screen.PAYOFF), Change(payoff, screen.PAYOFF), block.role, note=how
        ),
    ]


def _section(block: GainBlock) -> str:
    heading = f'<span class="w-{block.role}">{to_html(block.heading)}</span>'
    return f'<tr class="w-sec"><th colspan="3" scope="colgroup">{heading}</th></tr>'


def _row(gain: GroupGain, scale: BarScale, texts: tuple[str, str]) -> str:
    note = f'<br><span class="w-muted w-small">{to_html(gain.note)}</span>' if gain.note else ""
    start = "<tr>" if gain.note is None else '<tr class="w-sum">'
    cells = "".join(
        _cell(change, gain.role, scale, text) for change, text in zip((gain.alone, gain.both), texts, strict=True)
    )
    return f'{start}<th scope="row">{to_html(gain.group)}{note}</th>{cells}</tr>'


def _cell(change: Change, role: str, scale: BarScale, text: str) -> str:
    """Render one cell: the bar, and below it the number and the position."""
    zero, end = scale.place(0), scale.place(change.value)
    style = f"--c:var(--{role});left:{min(zero, end):.1f}%;width:{max(abs(end - zero), 0.4):.1f}%"
    bar = f'<div class="w-bar" style="--zero:{zero:.1f}%"><i style="{style}"></i></div>'
    position = f' <span class="w-pos">{to_html(change.position)}</span>' if change.position else ""
    return f'<td>{bar}<span class="w-num">{text}</span>{position}</td>'
