"""Two panels with one horizontal axis: the gross gain above, the net gain below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import plotly.graph_objects as go

from games.messages import message
from views.figures.base import SMALL, add_text, empty_figure
from views.style.theme import TOKENS, Mode

HEADROOM, PER_LINE = 0.16, 0.17
"""Space above the largest value, as a share of the range of the values: for the marker's values, and for each."""

UPPER, LOWER = (0.56, 1.0), (0.0, 0.43)
"""Parts of the height of the plot that the two panels have."""

CROWDED = 0.15
"""Share of the horizontal axis, from its left end, within which the values at the marker stand over the tick labels."""
WORDS = 0.6
"""Share of the height of a panel above which the values at the marker stand."""
LINE_HEIGHT = 19
"""Distance in pixels of the values at the marker."""

GROSS_AXIS = message("Gross: output, % of the two countries’ GDP")
NET_AXIS = message("Net of what moving and crowding cost")


class Panel(NamedTuple):
    """One panel: its vertical axis, and the ends of that axis."""

    axis: Literal["y", "y2"]
    low: float
    top: float
    high: float
    """Largest value in the panel."""


def panel_figure(
    gross: Sequence[float],
    net: Sequence[float],
    ends: tuple[float, float],
    mode: Mode,
    height: int,
    lines: tuple[int, int],
) -> tuple[go.Figure, Panel, Panel]:
    """Create a figure with two panels that hold these values, without lines.

    Left and right margin equal the inset of a slider's thumb, so that a point stands under the thumb at any width.

    Parameters
    ----------
    gross
        All values of the upper panel, in % of GDP.
    net
        All values of the lower panel, in % of GDP.
    ends
        Left and right end of the horizontal axis.
    mode
        "light" or "dark".
    height
        Height of the figure, in pixels.
    lines
        Number of values at the marker of the upper and of the lower panel.

    Returns
    -------
    tuple[go.Figure, Panel, Panel]
        The figure, the upper panel and the lower one.
    """
    figure = empty_figure(mode, height, (6, 6, 30, 34))
    panels: list[Panel] = []
    places: tuple[tuple[Literal["y", "y2"], tuple[float, float], Sequence[float], str, int], ...] = (
        ("y", UPPER, gross, GROSS_AXIS, lines[0]),
        ("y2", LOWER, net, NET_AXIS, lines[1]),
    )
    for axis, place, values, name, lines_above in places:
        low, high = min(0.0, *values), max(0.0, *values)
        size = max(high - low, 1e-3)
        panel = Panel(axis, low - 0.05 * size, high + (HEADROOM + PER_LINE * lines_above) * size, high)
        options: dict[str, Any] = {"domain": place, "range": [panel.low, panel.top], "anchor": "x"}
        figure.update_layout({f"yaxis{axis[1:]}": options})
        _name(figure, name, place[1], mode)
        panels.append(panel)
    figure.update_xaxes(range=list(ends), anchor="y2")
    return figure, panels[0], panels[1]


def _name(figure: go.Figure, words: str, top: float, mode: Mode) -> None:
    place: dict[str, Any] = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 8}
    add_text(figure, (0, top), words, TOKENS[mode]["muted"], size=SMALL, **place)


def add_line(figure: go.Figure, panel: Panel, points: tuple[Sequence[float], Sequence[float]], **line: Any) -> None:
    """Draw a line in a panel.

    Parameters
    ----------
    figure
        Figure to change in place.
    panel
        The panel.
    points
        Horizontal and vertical coordinates.
    line
        Options of a Plotly line; `fill` is the colour of the area up to the line before.
    """
    shade: dict[str, Any] = {"fill": "tonexty", "fillcolor": line.pop("fill")} if "fill" in line else {}
    across, up = points
    trace = go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip", cliponaxis=False, **shade)
    figure.add_trace(trace.update(yaxis=panel.axis))


def add_ticks(figure: go.Figure, panel: Panel, at: float, ends: tuple[float, float], mode: Mode) -> None:
    """Set the ticks of a panel; their labels stand inside the plot, on their grid lines.

    Labels that would overlap the values at the marker are left out.

    Parameters
    ----------
    figure
        Figure to change in place.
    panel
        The panel.
    at
        Place of the marker on the horizontal axis.
    ends
        Left and right end of the horizontal axis.
    mode
        "light" or "dark".
    """
    step = _step(panel.high - min(panel.low, 0.0))
    ticks = [float(tick) for tick in np.arange(np.ceil(panel.low / step), panel.high / step + 0.5) * step]
    crowded = at < ends[0] + CROWDED * (ends[1] - ends[0])
    edge = panel.low + WORDS * (panel.top - panel.low)
    shown = [tick for tick in ticks if abs(tick) > step / 2 and not (crowded and tick > edge)]
    for tick in shown:
        mark = f"{tick:g}".replace("-", "−") + ("\u00a0%" if tick == shown[-1] else "")
        where: dict[str, Any] = {"xref": "paper", "yref": panel.axis, "yanchor": "bottom", "size": SMALL}
        add_text(figure, (0, tick), mark, TOKENS[mode]["muted"], **where)
    figure.update_layout({f"yaxis{panel.axis[1:]}": {"tickvals": ticks, "showticklabels": False}})
    zero: dict[str, Any] = {"color": TOKENS[mode]["edge"], "width": 1}
    figure.add_shape(type="line", x0=ends[0], x1=ends[1], y0=0, y1=0, yref=panel.axis, line=zero, layer="below")


def add_marker(figure: go.Figure, panel: Panel, at: float, dots: Sequence[tuple[float, str]], mode: Mode) -> None:
    """Draw the vertical line of a panel at the dial's value, with a dot on each curve.

    Parameters
    ----------
    figure
        Figure to change in place.
    panel
        The panel.
    at
        Value of the dial.
    dots
        Value and colour of each dot.
    mode
        "light" or "dark".
    """
    colours = TOKENS[mode]
    line = {"color": colours["edge"], "width": 1}
    figure.add_shape(type="line", x0=at, x1=at, y0=panel.low, y1=panel.top, yref=panel.axis, line=line, layer="below")
    inks = [ink for _, ink in dots]
    marker = {"size": 11, "color": inks, "line": {"color": colours["paper"], "width": 2}}
    trace = go.Scatter(
        x=[at] * len(dots),
        y=[value for value, _ in dots],
        mode="markers",
        marker=marker,
        cliponaxis=False,
        hoverinfo="skip",
        yaxis=panel.axis,
    )
    figure.add_trace(trace)


def add_values(
    figure: go.Figure, panel: Panel, at: float, ends: tuple[float, float], words: Sequence[tuple[str, str]]
) -> None:
    """Write values at the top of a panel's marker, on the side with more space.

    Parameters
    ----------
    figure
        Figure to change in place.
    panel
        The panel.
    at
        Place of the marker on the horizontal axis.
    ends
        Left and right end of the horizontal axis.
    words
        Text and colour of each value, from top to bottom.
    """
    side = {"xanchor": "right", "xshift": -8} if at > sum(ends) / 2 else {"xanchor": "left", "xshift": 8}
    for number, (text, ink) in enumerate(words):
        where: dict[str, Any] = {"yref": panel.axis, "size": 14, "yshift": -6 - LINE_HEIGHT * number, **side}
        add_text(figure, (at, panel.top), text, ink, **where)


def add_dial_ticks(figure: go.Figure, ticks: Sequence[tuple[float, str]], mode: Mode) -> None:
    """Set the ticks of the horizontal axis.

    The labels at the ends are not centred, because they would be cut off at the edge of a phone.

    Parameters
    ----------
    figure
        Figure to change in place.
    ticks
        Value and label of each tick, from one end of the axis to the other.
    mode
        "light" or "dark".
    """
    figure.update_xaxes(
        tickvals=[value for value, _ in ticks],
        ticktext=["" if number in {0, len(ticks) - 1} else label for number, (_, label) in enumerate(ticks)],
    )
    for (value, label), side in ((ticks[0], "left"), (ticks[-1], "right")):
        place: dict[str, Any] = {"yref": "paper", "yanchor": "top", "yshift": -6, "xanchor": side}
        shift = -6 if side == "left" else 6
        add_text(figure, (value, 0), label, TOKENS[mode]["muted"], size=SMALL, xshift=shift, **place)


def _step(size: float) -> float:
    """Return a tick distance (1, 2 or 5 times a power of ten) that gives two to five ticks."""
    rough = max(size, 1e-6) / 3
    power = 10.0 ** np.floor(np.log10(rough))
    return float(power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough))
