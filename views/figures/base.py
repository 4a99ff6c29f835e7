"""The parts that all figures share: template, empty figure, text on the data."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from games.visible_text import visible
from views.style.theme import ROLES, SANS, TOKENS, Mode
from views.wording.translation import translate

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""Options for Plotly: no tool bar, no zoom; the figure takes the width of its column."""

SMALL = 12
"""Font size in pixels of axis labels and of names on the data. Almost no text is smaller."""


FLAT = 1e-3
"""A range of values up to this width counts as flat: tables and sentences print at most three decimals."""


def width(low: float, high: float) -> float:
    """Return the width of an axis that holds values from `low` to `high`; 1 when that range is at most `FLAT` wide."""
    return high - low if high - low > FLAT else 1.0


def plotly_template(mode: Mode) -> go.layout.Template:
    """Build the Plotly template of all figures for one colour mode.

    It has no frame, horizontal grid lines, no legend and no dragging.
    """
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


def empty_figure(mode: Mode, height: int, margin: tuple[int, int, int, int]) -> go.Figure:
    """Create a Plotly figure without data, with the template of all figures, a height and margins.

    Parameters
    ----------
    mode
        "light" or "dark"; chooses the colours.
    height
        Height of the figure, in pixels.
    margin
        Left, right, top and bottom margin, in pixels.

    Returns
    -------
    go.Figure
        A figure without data.
    """
    left, right, top, bottom = margin
    return go.Figure().update_layout(
        template=plotly_template(mode), height=height, margin={"l": left, "r": right, "t": top, "b": bottom}
    )


def add_text(figure: go.Figure, at: tuple[float, float], words: str, colour: str, **where: Any) -> None:
    """Write text at a point of the figure. By default the text begins at the point and runs to the right.

    Parameters
    ----------
    figure
        Figure to change in place.
    at
        Position (x, y) in data coordinates, or in the reference that `where` sets.
    words
        Text to write; a message is translated. Plotly's own tags, such as `<b>`, are kept.
    colour
        Text colour, in a form that Plotly accepts.
    where
        Options of a Plotly annotation, such as `xanchor` or `yshift` (pixels). `size` is the font size in pixels (13
        by default).
    """
    font = {"color": colour, "size": where.pop("size", 13)}
    place: dict[str, Any] = {"x": at[0], "y": at[1], "xanchor": "left", "yanchor": "middle"}
    figure.add_annotation(place | where, text=visible(translate(words)), font=font)


def add_axis_name(figure: go.Figure, words: str, colour: str, shift: int = 0) -> None:
    """Write the name of the vertical axis of a figure above the axis, horizontally.

    Parameters
    ----------
    figure
        Figure to change in place.
    words
        Name of the axis, with its unit.
    colour
        Text colour, in a form that Plotly accepts.
    shift
        Horizontal distance from the left edge of the plot, in pixels; negative is to the left.
    """
    add_text(
        figure, (0, 1), words, colour, size=SMALL, xref="paper", yref="paper", yanchor="bottom", yshift=8, xshift=shift
    )
