"""The figure of how far two countries open: gross and net gains at every level, and the levels that both sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from games.messages import message
from views.figures.base import SMALL, add_text
from views.figures.panels import (
    Panel,
    add_dial_ticks,
    add_line,
    add_marker,
    add_ticks,
    add_values,
    panel_figure,
)
from views.style.theme import TOKENS, Mode
from views.wording.screen import numbers

THICK = 6
"""Width in pixels of the stretches of levels that both sign."""
NEAR_START, NEAR_END = 0.2, 0.8
"""Up to the first share of the axis a label has no space on the left of its point, from the second on none on the
right."""


@dataclass(frozen=True, slots=True)
class LevelLines:
    """Gains of mutual openings, in % of the two countries' GDP, by level in the unit of the dial."""

    levels: Sequence[float]
    """Levels, rising: willing migrants admitted, or people beyond today's number."""
    gross: Sequence[float]
    net: Sequence[float]
    signed: Sequence[bool]
    """Whether both sign the level: it is self-enforcing and leaves neither government below the status quo."""
    ends: tuple[float, float]
    """Ends of the dial."""
    pool: float | None = None
    """The level at which all who are willing have come to the host; None where the dial ends before."""

    def at(self, level: float) -> tuple[float, float]:
        """Return the gross and the net gain at a level, by linear interpolation."""
        return float(np.interp(level, self.levels, self.gross)), float(np.interp(level, self.levels, self.net))

    @property
    def runs(self) -> list[tuple[int, int]]:
        """Return the stretches of neighbouring levels that both sign: number of the first level, and after the last."""
        edges = np.flatnonzero(np.diff([0, *(int(holds) for holds in self.signed[: self.count]), 0]))
        return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]

    @property
    def best(self) -> int:
        """Return the number of the level with the largest net gain."""
        return int(np.argmax(self.net[: self.count]))

    @property
    def count(self) -> int:
        """Return the number of levels up to the pool; all of them where the dial ends before."""
        return len(self.levels) if self.pool is None else 1 + list(self.levels).index(self.pool)


HERE, HERE_NET = message("gross <b>{gain}</b>"), message("net <b>{gain}</b>")
"""Values at the marker."""


def level_figure(
    lines: LevelLines, at: float, ticks: Sequence[tuple[float, str]], mode: Mode, height: int = 420
) -> go.Figure:
    """Draw gross and net gains by level, the levels that both sign, the best net gain, and a marker at the dial.

    Parameters
    ----------
    lines
        Gains at each level.
    at
        Level on the dial.
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
    colours = TOKENS[mode]
    figure, upper, lower = panel_figure(lines.gross, lines.net, lines.ends, mode, height, (1, 2))
    for panel, values in ((upper, lines.gross), (lower, lines.net)):
        last = lines.count
        add_line(figure, panel, (lines.levels[:last], values[:last]), color=colours["ink"], width=2.5)
        if lines.pool is not None:
            tail = lines.levels[last - 1 :], values[last - 1 :]
            add_line(figure, panel, tail, color=colours["muted"], width=1.5, dash="dot")
        for first, end in lines.runs:
            _signed(figure, panel, (lines.levels[first:end], values[first:end]), colours["agreement"])
        add_ticks(figure, panel, at, lines.ends, mode)
    gross, net = lines.at(at)
    add_marker(figure, upper, at, [(gross, colours["ink"])], mode)
    add_marker(figure, lower, at, [(net, colours["ink"])], mode)
    above, below = numbers((gross, net), 2, plus=True, unit="%")
    add_values(figure, upper, at, lines.ends, [(HERE.format(gain=above), colours["ink"])])
    add_values(figure, lower, at, lines.ends, [(HERE_NET.format(gain=below), colours["ink"])])
    _name_signed(figure, upper, lines, mode)
    _best(figure, lower, lines, mode)
    if lines.pool is not None:
        _pool(figure, lower, lines, mode)
    add_dial_ticks(figure, ticks, mode)
    return figure


def _signed(figure: go.Figure, panel: Panel, points: tuple[Sequence[float], Sequence[float]], colour: str) -> None:
    """Draw a stretch of levels that both sign as a thick line; a single level as a dot."""
    across, up = points
    if len(across) > 1:
        add_line(figure, panel, points, color=colour, width=THICK)
        return
    marker = {"size": 9, "color": colour}
    dot = go.Scatter(
        x=across, y=up, mode="markers", marker=marker, cliponaxis=False, hoverinfo="skip", yaxis=panel.axis
    )
    figure.add_trace(dot)


def _name_signed(figure: go.Figure, panel: Panel, lines: LevelLines, mode: Mode) -> None:
    """Write what the thick stretch means, above the end of the last one."""
    if lines.runs:
        number = lines.runs[-1][1] - 1
        level = lines.levels[number]
        side = _side(lines, level)
        if side["xanchor"] == "center":
            side = {"xanchor": "right", "xshift": -2}
        add_text(
            figure,
            (level, lines.gross[number]),
            message("both sign"),
            TOKENS[mode]["agreement_text"],
            yref=panel.axis,
            yanchor="bottom",
            yshift=8,
            **side,
        )


def _best(figure: go.Figure, panel: Panel, lines: LevelLines, mode: Mode) -> None:
    """Mark the level with the largest net gain by a diamond and its value."""
    colours, number = TOKENS[mode], lines.best
    level, gain = lines.levels[number], lines.net[number]
    line = {"width": 2, "color": colours["ink"]}
    marker = {"symbol": "diamond", "size": 11, "color": colours["paper"], "line": line}
    figure.add_trace(
        go.Scatter(
            x=[level], y=[gain], mode="markers", marker=marker, cliponaxis=False, hoverinfo="skip", yaxis=panel.axis
        )
    )
    (text,) = numbers((gain,), 2, plus=True, unit="%")
    add_text(
        figure,
        (level, gain),
        message("best net {gain}", gain=text),
        colours["ink"],
        yref=panel.axis,
        yanchor="bottom",
        yshift=8,
        bgcolor=colours["paper"],
        **_side(lines, level),
    )


def _pool(figure: go.Figure, panel: Panel, lines: LevelLines, mode: Mode) -> None:
    """Write where all who are willing have come."""
    add_text(
        figure,
        (lines.ends[1], lines.net[-1]),
        message("all who are willing have come"),
        TOKENS[mode]["muted"],
        size=SMALL,
        yref=panel.axis,
        xanchor="right",
        yanchor="top",
        yshift=-4,
        bgcolor=TOKENS[mode]["paper"],
    )


def _side(lines: LevelLines, level: float) -> dict[str, Any]:
    """Return where a label above a level has space: on its left, on its right, or centred."""
    first, last = lines.ends
    if level < first + NEAR_START * (last - first):
        return {"xanchor": "left", "xshift": -4}
    if level > first + NEAR_END * (last - first):
        return {"xanchor": "right", "xshift": 2}
    return {"xanchor": "center"}


def level_alt(lines: LevelLines, at: float, values: tuple[str, str]) -> str:
    """Return the alternative text of the figure of levels (`level_figure`): its numbers in sentences.

    Parameters
    ----------
    lines
        Gains at each level.
    at
        Level on the dial.
    values
        The level on the dial and the level with the largest net gain, as texts.

    Returns
    -------
    str
        The text.
    """
    here, best_level = values
    gross, net, best = numbers((*lines.at(at), lines.net[lines.best]), 2, plus=True, unit="%")
    return message(
        "At {here} output changes by {gross} of the two countries’ GDP, and by {net} net of what moving and crowding "
        "cost. The net gain is largest, {best}, at {level}.",
        here=here,
        gross=gross,
        net=net,
        best=best,
        level=best_level,
    )
