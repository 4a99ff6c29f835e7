"""What a sweep says, as figures: means along a factor, arms in rows, drivers, boxes.

    course     a measure along a factor, a line and a band an arm
    ladder     rows of a mean, its interval and its spread: arms, words, differences, indices
    stack      shares that add up to one, a bar a row
    box        where a condition holds, factor by factor, each over its own range

Names stand over the rows and at the ends of the lines, so that a figure reads alike on a phone. Arms are ink: they
differ by the stroke of their line and by their name, for colours belong to roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from views.figures.base import SMALL, blank, over, say
from views.style.theme import TOKENS, Mode, alpha

Figure: TypeAlias = go.Figure
"""For those who hold a figure and do not draw."""

STROKES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
"""Of the lines of arms, in their order; the seventh arm begins again."""
BARE = "no number"
"""Behind the name of a row that has none."""
ROW = 46
"""Pixels of a row."""
FOOT = 44
ALIKE = 1e-9
"""Numbers that differ by less than this share of themselves are one number, and rounding."""
APART = 0.075
"""Names at the ends of lines stand at least this share of the height apart."""


def engine() -> str:
    """The source of plotly.js, for pages that must work without a network."""
    return get_plotlyjs()


@dataclass(frozen=True, slots=True)
class Line:
    """One arm along a factor: places, means, and the ends of the band at each."""

    name: str
    at: Sequence[float]
    means: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def course(lines: Sequence[Line], across: str, upward: str, mode: Mode, height: int = 340) -> go.Figure:
    """Means along a factor, with their bands; the names of several arms stand at the ends of their lines."""
    colours = TOKENS[mode]
    named = len(lines) > 1
    figure = blank(mode, height, (52, 112 if named else 20, 34, FOOT))
    low, high = _reach([value for line in lines for ends in (line.low, line.high) for value in ends])
    for at, line in enumerate(lines):
        _band(figure, line, colours["ink"], 0.14 if len(lines) < 3 else 0.07)
        stroke = {"color": colours["ink"], "width": 2.25, "dash": STROKES[at % len(STROKES)]}
        marks = {"size": 5 if len(line.at) <= 20 else 1, "color": colours["ink"]}
        figure.add_trace(
            go.Scatter(x=line.at, y=line.means, mode="lines+markers", line=stroke, marker=marks, hoverinfo="skip")
        )
    if named:
        _names(figure, lines, (low, high), colours["ink"])
    figure.update_xaxes(title_text=across, nticks=7)
    figure.update_yaxes(range=[low, high], nticks=6)
    over(figure, upward, colours["muted"], shift=-44)
    return figure


def _band(figure: go.Figure, line: Line, colour: str, opacity: float) -> None:
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


def _names(figure: go.Figure, lines: Sequence[Line], ends: tuple[float, float], colour: str) -> None:
    """The names of lines at their right ends, pushed apart where they would lie on each other."""
    step = APART * (ends[1] - ends[0])
    rising = sorted(lines, key=lambda each: each.means[-1])
    last, places = -np.inf, list[float]()
    for line in rising:
        last = max(float(line.means[-1]), last + step)
        places.append(last)
    # What was pushed over the top comes down again, and pushes the others.
    for at in reversed(range(len(places))):
        places[at] = min(places[at], ends[1] - step * (len(places) - at - 0.5))
    for line, place in zip(rising, places, strict=True):
        say(figure, (1, place), line.name, colour, xref="paper", xshift=6, size=SMALL)


@dataclass(frozen=True, slots=True)
class Rung:
    """One row of a ladder."""

    name: str
    mean: float | None
    """None for a row without a number: its name says so, and it has no dot."""
    interval: tuple[float, float] | None = None
    spread: tuple[float, float] | None = None
    """5 % to 95 % of the runs."""
    second: float | None = None
    """A second dot, hollow."""


def ladder(rungs: Sequence[Rung], across: str, mode: Mode, *, zero: bool = False) -> go.Figure:
    """Rows from above: a hairline for the spread, a bar for the interval, a dot for the mean, names over them.

    `zero` draws the line that a difference should not cross.
    """
    colours = TOKENS[mode]
    figure = blank(mode, ROW * len(rungs) + FOOT + 12, (12, 20, 12, FOOT))
    values = [value for rung in rungs for value in _values(rung)]
    low, high = _reach([*values, 0.0] if zero else values)
    if zero:
        line = {"color": colours["edge"], "width": 1}
        figure.add_shape(type="line", x0=0, x1=0, y0=-0.2, y1=len(rungs) - 0.2, line=line, layer="below")
    for at, rung in enumerate(reversed(rungs)):
        _rung(figure, rung, at, mode)
        above = {"xref": "paper", "yanchor": "bottom", "yshift": 8, "bgcolor": colours["paper"]}
        name = rung.name if rung.mean is not None else f"{rung.name}: {BARE}"
        say(figure, (0, at), name, colours["ink"], size=13, **above)
    figure.update_xaxes(range=[low, high], title_text=across, nticks=6)
    figure.update_yaxes(range=[-0.55, len(rungs) - 0.1], showgrid=False, showticklabels=False)
    return figure


def _values(rung: Rung) -> list[float]:
    dots = [each for each in (rung.mean, rung.second) if each is not None]
    return [*dots, *(rung.interval or ()), *(rung.spread or ())]


def _rung(figure: go.Figure, rung: Rung, at: int, mode: Mode) -> None:
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
class Part:
    """One share of every bar of a stack, and how it is inked."""

    name: str
    shares: Sequence[float]
    """In per cent, a bar each, from above."""
    ink: str = "ink"
    """A colour of `views.style.theme`."""
    hatch: str = ""
    """Plotly's name of a pattern: no part is told by its colour alone."""
    strength: float = 1.0


KEY = 20
"""Pixels of a line of the key over a stack."""
ROOMY = 9.0
"""Per cent from which a part has room for its number."""


def stack(names: Sequence[str], parts: Sequence[Part], across: str, mode: Mode) -> go.Figure:
    """Bars from above, each as long as the others, cut into their parts; a key over them, numbers where there is room.

    The parts of a bar add up to 100.
    """
    colours = TOKENS[mode]
    top = KEY * -(-len(parts) // 2) + 8  # a phone has room for two names a line
    figure = blank(mode, ROW * len(names) + top + FOOT, (12, 20, top, FOOT))
    places = list(range(len(names)))[::-1]
    for part in parts:
        figure.add_trace(_slab(part, places, mode))
    starts = [0.0] * len(names)
    for part in parts:
        for at, share in enumerate(part.shares):
            if share >= ROOMY:
                middle = (starts[at] + share / 2, places[at] - 0.14)
                say(
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
        say(figure, (0, place + 0.14), name, colours["ink"], size=13, yanchor="bottom", xref="paper")
    key = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    still = {"itemclick": False, "itemdoubleclick": False, "font": {"size": 13}, "bgcolor": "rgba(0,0,0,0)"}
    figure.update_layout(barmode="stack", showlegend=True, legend=key | still)
    figure.update_xaxes(range=[0, 100], title_text=across, nticks=6)
    figure.update_yaxes(range=[-0.5, len(names) - 0.3], showgrid=False, showticklabels=False)
    return figure


def _slab(part: Part, places: Sequence[int], mode: Mode) -> go.Bar:
    colours = TOKENS[mode]
    ink = alpha(colours[part.ink], part.strength)
    # A hatch is ink on paper, so that it reads in grey as well.
    pattern = {"shape": part.hatch, "fgcolor": ink, "bgcolor": colours["paper"], "size": 7, "solidity": 0.35}
    return go.Bar(
        name=part.name,
        x=list(part.shares),
        y=[place - 0.14 for place in places],
        orientation="h",
        width=0.44,
        marker={"color": ink, "line": {"color": colours["paper"], "width": 1}}
        | ({"pattern": pattern} if part.hatch else {}),
        hoverinfo="skip",
    )


@dataclass(frozen=True, slots=True)
class Reach:
    """What a box asks of one factor, as a share of the factor's own range."""

    name: str
    """With the two ends as they are told."""
    parts: Sequence[tuple[float, float]]
    """Stretches of [0, 1]: one for an ordered factor, one a level otherwise."""


def box(reaches: Sequence[Reach], mode: Mode) -> go.Figure:
    """Rows from above: a factor's range as a track, and what the box holds of it as a bar."""
    colours = TOKENS[mode]
    figure = blank(mode, ROW * len(reaches) + 16, (12, 12, 12, 4))
    for at, reach in enumerate(reversed(reaches)):
        track = {"color": colours["rule"], "width": 4}
        figure.add_shape(type="line", x0=0, x1=1, y0=at, y1=at, line=track, layer="below")
        for low, high in reach.parts:
            # Not even the narrowest side disappears.
            middle, half = (low + high) / 2, max((high - low) / 2, 0.004)
            held = {"color": colours["ink"], "width": 9}
            figure.add_shape(type="line", x0=middle - half, x1=middle + half, y0=at, y1=at, line=held)
        say(figure, (0, at), reach.name, colours["ink"], yanchor="bottom", yshift=8, size=13)
    figure.update_xaxes(range=[-0.005, 1.005], visible=False)
    figure.update_yaxes(range=[-0.4, len(reaches) - 0.1], visible=False)
    figure.add_trace(go.Scatter(x=[], y=[], hoverinfo="skip"))
    return figure


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """The range of an axis: what it has to hold, and a little more; never of no width."""
    there = [value for value in values if np.isfinite(value)] or [0.0]
    low, high = min(there), max(there)
    alike = high - low <= ALIKE * max(abs(high), abs(low))
    room = max(abs(high) * 0.1, 0.5) if alike else 0.06 * (high - low)
    return low - room, high + room
