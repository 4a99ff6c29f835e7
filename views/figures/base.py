"""The paper that figures are drawn on: template, axes, words on the data."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from games.visible_text import visible
from views.style.theme import ROLES, SANS, TOKENS, Mode

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""Plotly's own settings: a still picture that follows the width of its column."""

SMALL = 12
"""Pixels of axis labels and of names on the data; nothing is written smaller."""


FLAT = 1e-3
"""Values that lie closer together cannot be told apart: tables and sentences have three decimals at most."""


def width(low: float, high: float) -> float:
    """The width that an axis gives these values; 1 where all of them are as good as equal."""
    return high - low if high - low > FLAT else 1.0


def template(mode: Mode) -> go.layout.Template:
    """Axes without boxes, horizontal hairlines, no legend; nothing can be dragged."""
    colours = TOKENS[mode]
    axis: dict[str, Any] = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": False,
        # plain numbers up to a million and down to a millionth, then 2e-7: never plotly's own 200p or 5k
        "exponentformat": "e",
        "minexponent": 6,
        "separatethousands": True,
        "tickfont": {"size": SMALL, "color": colours["muted"]},
        "title": {"font": {"size": SMALL, "color": colours["muted"]}, "standoff": 8},
    }
    line: dict[str, Any] = {
        "showline": True,
        "linecolor": colours["edge"],
        "linewidth": 1,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": colours["edge"],
    }
    return go.layout.Template(
        layout={
            "font": {"family": SANS, "size": 13, "color": colours["ink"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 36, "r": 12, "t": 28, "b": 44},
            "showlegend": False,
            "hovermode": False,
            "dragmode": False,
            "separators": ".,",
            "colorway": [colours[role] for role in ROLES],
            "xaxis": axis | line,
            "yaxis": axis | {"showgrid": True, "gridcolor": colours["grid"], "gridwidth": 1},
            "annotationdefaults": {"showarrow": False, "font": {"size": 13, "color": colours["ink"]}, "align": "left"},
        }
    )


def blank(mode: Mode, height: int, margin: tuple[int, int, int, int]) -> go.Figure:
    """An empty figure of a height in pixels; margins are left, right, top, bottom."""
    left, right, top, bottom = margin
    return go.Figure().update_layout(
        template=template(mode), height=height, margin={"l": left, "r": right, "t": top, "b": bottom}
    )


def say(figure: go.Figure, at: tuple[float, float], words: str, colour: str, **where: Any) -> None:
    """Write words on the data, from the point to the right unless `where` says otherwise."""
    font = {"color": colour, "size": where.pop("size", 13)}
    place: dict[str, Any] = {"x": at[0], "y": at[1], "xanchor": "left", "yanchor": "middle"}
    figure.add_annotation(place | where, text=visible(words), font=font)


def over(figure: go.Figure, words: str, colour: str, shift: int = 0) -> None:
    """Name the vertical axis above it, horizontally, `shift` pixels right of the plot's edge."""
    say(figure, (0, 1), words, colour, size=SMALL, xref="paper", yref="paper", yanchor="bottom", yshift=8, xshift=shift)
