"""The figure of the paradox of adverse interest: gross and net gains, the less alike two countries are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from games.messages import message
from views.figures.base import add_text
from views.figures.panels import (
    Panel,
    add_dial_ticks,
    add_line,
    add_marker,
    add_ticks,
    add_values,
    panel_figure,
)
from views.style.theme import TOKENS, Mode, alpha
from views.wording.screen import numbers


@dataclass(frozen=True, slots=True)
class ParadoxGains:
    """Gains at each step of a dial, in % of the two countries' GDP."""

    steps: Sequence[float]
    """Values of the dial, rising; the first and the last are its ends."""
    possible: Sequence[float]
    """Gross gain when every willing migrant is admitted."""
    signed_gross: Sequence[float]
    """Gross gain at the largest openness that both sign; 0 where there is none."""
    full_net: Sequence[float]
    """Net gain when every willing migrant is admitted."""
    best_net: Sequence[float]
    """Largest net gain of any openness."""
    signed_net: Sequence[float]
    """Net gain at the largest openness that both sign; 0 where there is none."""

    def place(self, step: float) -> int:
        """Return the number of the step that is nearest to a value of the dial."""
        return min(range(len(self.steps)), key=lambda number: abs(self.steps[number] - step))


FULL, BEST, SIGNED = (
    message("all admitted <b>{gain}</b>"),
    message("best opening <b>{gain}</b>"),
    message("both sign <b>{gain}</b>"),
)
"""Values at the marker."""


def curve(
    paradox: ParadoxGains, at: float, ticks: Sequence[tuple[float, str]], mode: Mode, height: int = 420
) -> go.Figure:
    """Draw gross and net gains along a dial, the part that both sign, and a marker at the dial's value.

    Parameters
    ----------
    paradox
        Gains at each step of the dial.
    at
        Value of the dial.
    ticks
        Value and label of each tick of the dial, from one end to the other.
    mode
        "light" or "dark".
    height
        Height of the figure, in pixels.

    Returns
    -------
    go.Figure
        The figure.
    """
    colours, ends = TOKENS[mode], (paradox.steps[0], paradox.steps[-1])
    gross = (*paradox.possible, *paradox.signed_gross)
    net = (*paradox.full_net, *paradox.best_net, *paradox.signed_net)
    figure, upper, lower = panel_figure(gross, net, ends, mode, height, (2, 3))
    ink, signed, muted = colours["ink"], colours["agreement"], colours["muted"]
    shade = alpha(colours["breakdown"], 0.13)
    for panel, could, would in (
        (upper, paradox.possible, paradox.signed_gross),
        (lower, paradox.best_net, paradox.signed_net),
    ):
        add_line(figure, panel, (paradox.steps, could), color=ink, width=2.5)
        add_line(figure, panel, (paradox.steps, would), color=signed, width=2.5, fill=shade)
        _left_over(figure, panel, (paradox.steps, could, would), at, mode)
        add_ticks(figure, panel, at, ends, mode)
    add_line(figure, lower, (paradox.steps, paradox.full_net), color=muted, width=1.5, dash="dot")
    here = paradox.place(at)
    texts = _values(paradox, here)
    would = colours["agreement_text"]
    add_marker(figure, upper, at, [(paradox.possible[here], ink), (paradox.signed_gross[here], signed)], mode)
    dots = [(paradox.full_net[here], muted), (paradox.best_net[here], ink), (paradox.signed_net[here], signed)]
    add_marker(figure, lower, at, dots, mode)
    add_values(figure, upper, at, ends, [(FULL.format(gain=texts[0]), ink), (SIGNED.format(gain=texts[1]), would)])
    words = [
        (BEST.format(gain=texts[3]), ink),
        (SIGNED.format(gain=texts[4]), would),
        (FULL.format(gain=texts[2]), muted),
    ]
    add_values(figure, lower, at, ends, words)
    add_dial_ticks(figure, ticks, mode)
    return figure


def _values(paradox: ParadoxGains, here: int) -> list[str]:
    """Return the gains at a step as texts, in the order of the fields of `ParadoxGains`."""
    lines = (paradox.possible, paradox.signed_gross, paradox.full_net, paradox.best_net, paradox.signed_net)
    return numbers([line[here] for line in lines], 2, plus=True, unit="%")


def _left_over(
    figure: go.Figure,
    panel: Panel,
    lines: tuple[Sequence[float], Sequence[float], Sequence[float]],
    at: float,
    mode: Mode,
) -> None:
    """Label the area between two lines (x, upper, lower) where it is high enough and away from the marker."""
    steps, could, would = lines
    first, last = steps[0], steps[-1]
    share = 0.80 if at < first + 0.66 * (last - first) else 0.30
    where = round(share * (len(steps) - 1))
    if could[where] - would[where] > 0.14 * (panel.top - panel.low):
        middle = would[where] + 0.5 * (could[where] - would[where])
        add_text(
            figure,
            (steps[where], middle),
            message("left on the table"),
            TOKENS[mode]["muted"],
            xanchor="center",
            yref=panel.axis,
        )


def curve_alt(paradox: ParadoxGains, at: float, value: str) -> str:
    """Return the alternative text of the figure of the paradox (`curve`): its numbers in a sentence.

    Parameters
    ----------
    paradox
        Gains at each step of the dial.
    at
        Value of the dial.
    value
        The same as a text.

    Returns
    -------
    str
        The text.
    """
    possible, signed, full, best, net = _values(paradox, paradox.place(at))
    return message(
        "At {value} on the dial, if all who are willing were admitted output would change by {possible} of the two "
        "countries’ GDP, and {full} net of what moving and crowding cost. The best opening brings {best} net. What "
        "both sign brings {signed} gross and {net} net.",
        value=value,
        possible=possible,
        full=full,
        best=best,
        signed=signed,
        net=net,
    )
