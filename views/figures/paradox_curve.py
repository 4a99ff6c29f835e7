"""The figure of the paradox of adverse interest: possible gain and signed gain along the productivity gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from games.messages import message
from views.figures.base import SMALL, add_axis_name, add_text, empty_figure
from views.style.theme import TOKENS, Mode, alpha
from views.wording.screen import number, numbers

HEADROOM = 1.28
"""Upper end of the vertical axis, as a multiple of the largest gain; leaves space for the two values."""

CROWDED = 0.15
"""Share of the gap axis, from its left end, within which the two values stand over the tick labels."""
WORDS = 0.8
"""Share of the height above which the two values stand."""


@dataclass(frozen=True, slots=True)
class ParadoxGains:
    """The paradox curve: possible and signed gain for each productivity gap, in % of the two countries' GDP.

    The gap is the productivity of the host over that of the origin.
    """

    gap: Sequence[float]
    """Productivity ratios, rising; the first and the last are the ends of the dial."""
    possible: Sequence[float]
    """Gain when every willing migrant is admitted."""
    signed: Sequence[float]
    """Gain at the largest openness that is self-enforcing and leaves neither worse off; 0 where there is none."""

    def at(self, gap: float) -> tuple[float, float]:
        """Return the possible and the signed gain at a productivity gap, by linear interpolation on the curve."""
        return float(np.interp(gap, self.gap, self.possible)), float(np.interp(gap, self.gap, self.signed))


def curve(paradox: ParadoxGains, gap: float, words: tuple[str, str], mode: Mode, height: int = 330) -> go.Figure:
    """Draw the possible and the signed gain along the productivity gap, the area between them, and a marker.

    The marker stands at the present gap. Left and right margin equal the inset of a slider's thumb. So the marker
    stands under the thumb at any width.

    Parameters
    ----------
    paradox
        Both gains at each productivity gap.
    gap
        Productivity gap of the marker.
    words
        Text for the possible and for the signed gain at `gap`, with their numbers.
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
    figure = empty_figure(mode, height, (6, 6, 30, 34))
    top = max(HEADROOM * max(*paradox.possible, *paradox.signed), 1.0)
    _line(figure, paradox.gap, paradox.possible, colours["ink"])
    _line(figure, paradox.gap, paradox.signed, colours["agreement"], fill=alpha(colours["breakdown"], 0.13))
    _left_over(figure, paradox, gap, top, mode)
    _scale(figure, paradox, gap, top, mode)
    _here(figure, paradox, gap, words, top, mode)
    return figure


def _line(figure: go.Figure, x: Sequence[float], y: Sequence[float], colour: str, fill: str | None = None) -> None:
    shade: dict[str, Any] = {"fill": "tonexty", "fillcolor": fill} if fill else {}
    line = {"color": colour, "width": 2.5}
    figure.add_trace(go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", cliponaxis=False, **shade))


def _here(figure: go.Figure, paradox: ParadoxGains, gap: float, words: tuple[str, str], top: float, mode: Mode) -> None:
    """Draw the vertical line at the gap, its two dots, and both values at its top, on the side that has more space."""
    colours = TOKENS[mode]
    values = paradox.at(gap)
    line = {"color": colours["edge"], "width": 1}
    figure.add_shape(type="line", x0=gap, x1=gap, y0=values[1], y1=top, line=line, layer="below")
    inks = (colours["ink"], colours["agreement"])
    marker = {"size": 11, "color": inks, "line": {"color": colours["paper"], "width": 2}}
    dots = go.Scatter(x=[gap, gap], y=values, mode="markers", marker=marker, cliponaxis=False, hoverinfo="skip")
    figure.add_trace(dots)
    middle = (paradox.gap[0] + paradox.gap[-1]) / 2
    side = {"xanchor": "right", "xshift": -8} if gap > middle else {"xanchor": "left", "xshift": 8}
    for sentence, ink, drop in zip(words, (colours["ink"], colours["agreement_text"]), (-6, -26), strict=True):
        add_text(figure, (gap, top), sentence, ink, size=14, yshift=drop, **side)


def _left_over(figure: go.Figure, paradox: ParadoxGains, gap: float, top: float, mode: Mode) -> None:
    """Label the area between the curves where it is high enough for the text and away from the marker."""
    first, last = paradox.gap[0], paradox.gap[-1]
    share = 0.80 if gap < first + 0.66 * (last - first) else 0.48
    where = first + share * (last - first)
    possible, signed = paradox.at(where)
    if possible - signed > 0.12 * top:
        middle = signed + 0.5 * (possible - signed)
        add_text(figure, (where, middle), message("left on the table"), TOKENS[mode]["muted"], xanchor="center")


def _scale(figure: go.Figure, paradox: ParadoxGains, gap: float, top: float, mode: Mode) -> None:
    """Set the ticks of both axes. Gain labels stand inside the plot on their grid lines.

    Gain labels that would overlap the two values are left out.
    """
    colours = TOKENS[mode]
    step = _step(top)
    ticks = [float(tick) for tick in np.arange(step, top / HEADROOM + step / 2, step)]
    crowded = gap < paradox.gap[0] + CROWDED * (paradox.gap[-1] - paradox.gap[0])
    named = [tick for tick in ticks if not (crowded and tick > WORDS * top)]
    for tick in named:
        mark = f"{tick:g}\u00a0%" if tick == named[-1] else f"{tick:g}"
        add_text(figure, (0, tick), mark, colours["muted"], xref="paper", yanchor="bottom", size=SMALL)
    first, last = paradox.gap[0], paradox.gap[-1]
    whole = [float(tick) for tick in np.arange(np.ceil(first), last + 1e-9)]
    inner = [f"{tick:g}×" if first < tick < last else "" for tick in whole]
    figure.update_xaxes(range=[first, last], tickvals=whole, ticktext=inner)
    for end, side in ((first, "left"), (last, "right")):  # centred labels would be cut off at the edge of a phone
        below = {
            "yref": "paper",
            "yanchor": "top",
            "yshift": -6,
            "xanchor": side,
            "xshift": -6 if side == "left" else 6,
        }
        add_text(figure, (end, 0), f"{end:g}×", colours["muted"], size=SMALL, **below)
    figure.update_yaxes(range=[-0.02 * top, top], tickvals=ticks, showticklabels=False)
    add_axis_name(figure, message("Gain, % of the two countries’ GDP"), colours["muted"])


def curve_alt(gap: float, possible: float, signed: float) -> str:
    """Return the alternative text of the figure of the paradox curve (`curve`): its numbers in a sentence.

    Parameters
    ----------
    gap
        Productivity gap of the marker.
    possible
        Possible gain there, in % of GDP.
    signed
        Signed gain there, in % of GDP.

    Returns
    -------
    str
        The text.
    """
    could, would = numbers((possible, signed), unit="%")
    return message(
        "At a productivity gap of {gap}× an agreement could bring {possible} of the two countries’ GDP; what both "
        "would sign brings {signed}.",
        gap=number(gap),
        possible=could,
        signed=would,
    )


def _step(top: float) -> float:
    """Return a tick distance (1, 2 or 5 times a power of ten) that gives three to six ticks."""
    rough = top / HEADROOM / 4
    power = 10.0 ** np.floor(np.log10(rough))
    return float(power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough))
