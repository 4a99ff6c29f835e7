"""Figures of sweep results: means along a factor, rows of means, stacked shares, boxes.

    course     a measure along a factor: one line and one band per arm
    ladder     rows with a mean, its interval and its spread: arms, categories, differences, indices
    stack      shares that add up to 100 %, one bar per row
    box        the range of each factor within which a condition holds

Names stand over the rows and at the ends of the lines, so that a figure also fits a phone. Arms are drawn in ink and
differ by line style and name, because colours are reserved for roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from games.messages import message
from views.figures.base import SMALL, add_axis_name, add_text, empty_figure
from views.style.theme import TOKENS, Mode, alpha
from views.wording.translation import translate

Figure: TypeAlias = go.Figure
"""The type of a figure, for modules that hold a figure but do not import Plotly."""

LINE_STYLES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
"""Line styles of the arms, in order; the seventh arm has the first style again."""
BARE = message("no number")
"""Text after the name of a row without a number."""
ROW = 46
"""Height of a row, in pixels."""
FOOT = 44
ALIKE = 1e-9
"""Numbers whose difference is at most this share of their size count as equal: the rest is rounding error."""
APART = 0.075
"""Smallest distance of names at the ends of lines, as a share of the height of the axis."""


def plotly_source() -> str:
    """Return the JavaScript source of plotly.js, for pages that must work without a network."""
    return get_plotlyjs()


@dataclass(frozen=True, slots=True)
class ArmLine:
    """The line of one arm (a variant of a case that is compared) along a factor of a sweep.

    It has the values of the factor, and the mean and the lower and upper end of the band at each value.
    """

    name: str
    at: Sequence[float]
    means: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def line_plot(lines: Sequence[ArmLine], across: str, upward: str, mode: Mode, height: int = 340) -> go.Figure:
    """Draw the means of a measure along a factor, as one line with a band for each arm (variant that is compared).

    With two or more lines, their names stand at the right ends.

    Parameters
    ----------
    lines
        One line per arm.
    across
        Name of the horizontal axis, with its unit.
    upward
        Name of the vertical axis, with its unit.
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
    named = len(lines) > 1
    figure = empty_figure(mode, height, (52, 112 if named else 20, 34, FOOT))
    low, high = _reach([value for line in lines for ends in (line.low, line.high) for value in ends])
    for at, line in enumerate(lines):
        _band(figure, line, colours["ink"], 0.14 if len(lines) < 3 else 0.07)
        stroke = {"color": colours["ink"], "width": 2.25, "dash": LINE_STYLES[at % len(LINE_STYLES)]}
        marks = {"size": 5 if len(line.at) <= 20 else 1, "color": colours["ink"]}
        figure.add_trace(
            go.Scatter(x=line.at, y=line.means, mode="lines+markers", line=stroke, marker=marks, hoverinfo="skip")
        )
    if named:
        _names(figure, lines, (low, high), colours["ink"])
    figure.update_xaxes(title_text=translate(across), nticks=7)
    figure.update_yaxes(range=[low, high], nticks=6)
    add_axis_name(figure, translate(upward), colours["muted"], shift=-44)
    return figure


def _band(figure: go.Figure, line: ArmLine, colour: str, opacity: float) -> None:
    along = [*line.at, *reversed(line.at)]
    around = [*line.high, *reversed(line.low)]
    figure.add_trace(
        go.Scatter(
            x=along,
            y=around,
            mode="lines",
            fill="toself",
            fillcolor=alpha(colour, opacity),
            line={"width": 0},
            hoverinfo="skip",
        )
    )


def _names(figure: go.Figure, lines: Sequence[ArmLine], ends: tuple[float, float], colour: str) -> None:
    """Write the names of lines at their right ends, moved apart so that they do not overlap."""
    step = APART * (ends[1] - ends[0])
    rising = sorted(lines, key=lambda each: each.means[-1])
    last, places = -np.inf, list[float]()
    for line in rising:
        last = max(float(line.means[-1]), last + step)
        places.append(last)
    # Names above the top of the axis are moved down, and the names below them as well.
    for at in reversed(range(len(places))):
        places[at] = min(places[at], ends[1] - step * (len(places) - at - 0.5))
    for line, place in zip(rising, places, strict=True):
        add_text(figure, (1, place), translate(line.name), colour, xref="paper", xshift=6, size=SMALL)


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One row of a figure with a mean, its confidence interval and its spread (`forest_plot`)."""

    name: str
    mean: float | None
    """None for a row without a number: it has no dot, and its name says so."""
    interval: tuple[float, float] | None = None
    """Lower and upper end of the confidence interval of the mean."""
    spread: tuple[float, float] | None = None
    """5 % to 95 % of the runs."""
    second: float | None = None
    """A second value, drawn as a hollow dot."""


def forest_plot(rungs: Sequence[ForestRow], across: str, mode: Mode, *, zero: bool = False) -> go.Figure:
    """Draw one row for each mean, from top to bottom. The name of a row stands above it.

    A row has a thin line for the spread, a bar for the confidence interval, and a dot for the mean.

    Parameters
    ----------
    rungs
        Rows, from top to bottom.
    across
        Name of the horizontal axis, with its unit.
    mode
        "light" or "dark".
    zero
        Whether to draw a vertical line at 0, as for differences.

    Returns
    -------
    go.Figure
        The figure.
    """
    colours = TOKENS[mode]
    figure = empty_figure(mode, ROW * len(rungs) + FOOT + 12, (12, 20, 12, FOOT))
    values = [value for rung in rungs for value in _values(rung)]
    low, high = _reach([*values, 0.0] if zero else values)
    if zero:
        line = {"color": colours["edge"], "width": 1}
        figure.add_shape(type="line", x0=0, x1=0, y0=-0.2, y1=len(rungs) - 0.2, line=line, layer="below")
    for at, rung in enumerate(reversed(rungs)):
        _rung(figure, rung, at, mode)
        above = {"xref": "paper", "yanchor": "bottom", "yshift": 8, "bgcolor": colours["paper"]}
        name = rung.name if rung.mean is not None else message("{name}: no number", name=rung.name)
        add_text(figure, (0, at), translate(name), colours["ink"], size=13, **above)
    figure.update_xaxes(range=[low, high], title_text=translate(across), nticks=6)
    figure.update_yaxes(range=[-0.55, len(rungs) - 0.1], showgrid=False, showticklabels=False)
    return figure


def _values(rung: ForestRow) -> list[float]:
    dots = [each for each in (rung.mean, rung.second) if each is not None]
    return [*dots, *(rung.interval or ()), *(rung.spread or ())]


def _rung(figure: go.Figure, rung: ForestRow, at: int, mode: Mode) -> None:
    colours = TOKENS[mode]
    strokes: list[tuple[tuple[float, float] | None, dict[str, Any]]] = [
        (rung.spread, {"color": colours["edge"], "width": 1}),
        (rung.interval, {"color": colours["ink"], "width": 4}),
    ]
    for ends, line in strokes:
        if ends is not None:
            figure.add_shape(type="line", x0=ends[0], x1=ends[1], y0=at, y1=at, line=line)
    if rung.second is not None:
        hollow = {"size": 10, "color": colours["paper"], "line": {"width": 2, "color": colours["ink"]}}
        figure.add_trace(_dot(rung.second, at, hollow))
    if rung.mean is not None:
        solid = {"size": 11, "color": colours["ink"], "line": {"width": 2, "color": colours["paper"]}}
        figure.add_trace(_dot(rung.mean, at, solid))


def _dot(across: float, upward: float, marker: dict[str, Any]) -> go.Scatter:
    return go.Scatter(x=[across], y=[upward], mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)


@dataclass(frozen=True, slots=True)
class BarShare:
    """One part of every bar in a figure of stacked bars: its name, its share in each bar, its colour and pattern."""

    name: str
    shares: Sequence[float]
    """Shares in per cent, one per bar, from top to bottom."""
    ink: str = "ink"
    """Name of a colour of `views.style.theme`."""
    hatch: str = ""
    """Plotly's name of a fill pattern; "" for none. Parts must differ by more than colour."""
    strength: float = 1.0
    """Opacity of the colour, in [0, 1]."""


KEY = 20
"""Height of a line of the legend above a stack, in pixels."""
ROOMY = 9.0
"""Smallest share, in per cent, whose number is written on its part."""


def stacked_bars(names: Sequence[str], parts: Sequence[BarShare], across: str, mode: Mode) -> go.Figure:
    """Draw bars of equal length that are cut into parts, with a legend above them. The parts of a bar add up to 100.

    Parts that are large enough have their number on them.

    Parameters
    ----------
    names
        Names of the bars, from top to bottom.
    parts
        Parts, from left to right; each holds one share per bar.
    across
        Name of the horizontal axis, with its unit.
    mode
        "light" or "dark".

    Returns
    -------
    go.Figure
        The figure.
    """
    colours = TOKENS[mode]
    top = KEY * -(-len(parts) // 2) + 8  # a phone shows two names per line
    figure = empty_figure(mode, ROW * len(names) + top + FOOT, (12, 20, top, FOOT))
    places = list(range(len(names)))[::-1]
    for part in parts:
        figure.add_trace(_slab(part, places, mode))
    starts = [0.0] * len(names)
    for part in parts:
        for at, share in enumerate(part.shares):
            if share >= ROOMY:
                middle = (starts[at] + share / 2, places[at] - 0.14)
                add_text(
                    figure,
                    middle,
                    f"{share:.0f}",
                    colours["ink"],
                    size=SMALL,
                    xanchor="center",
                    bgcolor=colours["paper"],
                )
            starts[at] += share
    for name, place in zip(names, places, strict=True):
        add_text(figure, (0, place + 0.14), translate(name), colours["ink"], size=13, yanchor="bottom", xref="paper")
    key = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    still = {"itemclick": False, "itemdoubleclick": False, "font": {"size": 13}, "bgcolor": "rgba(0,0,0,0)"}
    figure.update_layout(barmode="stack", showlegend=True, legend=key | still)
    figure.update_xaxes(range=[0, 100], title_text=translate(across), nticks=6)
    figure.update_yaxes(range=[-0.5, len(names) - 0.3], showgrid=False, showticklabels=False)
    return figure


def _slab(part: BarShare, places: Sequence[int], mode: Mode) -> go.Bar:
    colours = TOKENS[mode]
    ink = alpha(colours[part.ink], part.strength)
    # The pattern is drawn in the part's colour on the background, so that it is also visible in grey.
    pattern = {"shape": part.hatch, "fgcolor": ink, "bgcolor": colours["paper"], "size": 7, "solidity": 0.35}
    return go.Bar(
        name=translate(part.name),
        x=list(part.shares),
        y=[place - 0.14 for place in places],
        orientation="h",
        width=0.44,
        marker={"color": ink, "line": {"color": colours["paper"], "width": 1}}
        | ({"pattern": pattern} if part.hatch else {}),
        hoverinfo="skip",
    )


@dataclass(frozen=True, slots=True)
class BoxRange:
    """The range of one factor within a box, as shares of the factor's whole range.

    A box is the region of factor values in which a condition holds.
    """

    name: str
    """Name of the factor, with both ends of the range as text."""
    parts: Sequence[tuple[float, float]]
    """Intervals within [0, 1]: one for an ordered factor, one per level for a categorical one."""


def range_plot(reaches: Sequence[BoxRange], mode: Mode) -> go.Figure:
    """Draw one row for each factor, from top to bottom: its whole range as a thin line, its range in a box as a bar.

    A box is the region of factor values in which a condition holds.
    """
    colours = TOKENS[mode]
    figure = empty_figure(mode, ROW * len(reaches) + 16, (12, 12, 12, 4))
    for at, reach in enumerate(reversed(reaches)):
        track = {"color": colours["rule"], "width": 4}
        figure.add_shape(type="line", x0=0, x1=1, y0=at, y1=at, line=track, layer="below")
        for low, high in reach.parts:
            # A minimum width keeps the narrowest interval visible.
            middle, half = (low + high) / 2, max((high - low) / 2, 0.004)
            held = {"color": colours["ink"], "width": 9}
            figure.add_shape(type="line", x0=middle - half, x1=middle + half, y0=at, y1=at, line=held)
        add_text(figure, (0, at), translate(reach.name), colours["ink"], yanchor="bottom", yshift=8, size=13)
    figure.update_xaxes(range=[-0.005, 1.005], visible=False)
    figure.update_yaxes(range=[-0.4, len(reaches) - 0.1], visible=False)
    figure.add_trace(go.Scatter(x=[], y=[], hoverinfo="skip"))
    return figure


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """Return the range of an axis: all finite values and a margin. The width is never 0."""
    there = [value for value in values if np.isfinite(value)] or [0.0]
    low, high = min(there), max(there)
    alike = high - low <= ALIKE * max(abs(high), abs(low))
    room = max(abs(high) * 0.1, 0.5) if alike else 0.06 * (high - low)
    return low - room, high + room
