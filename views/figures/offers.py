"""Figures of the offers of a talk: by round in the values of one side, and in payoff space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from games.messages import join_messages, message
from games.visible_text import visible
from views.figures.base import SMALL, add_axis_name, add_text, empty_figure, width
from views.style.theme import TOKENS, Mode, alpha
from views.wording.negotiate import proposal_heading
from views.wording.screen import number
from views.wording.translation import translate

Point = tuple[float, float]

ROLES = ("host", "origin")
"""The role of each party, by its number; the role sets the colour."""

APART = 0.075
"""Smallest distance between numbered dots, as a share of the axis range. Offers closer to one are small dots."""

ROUND, DRAFT = message("Round"), message("draft")
"""Name of the round axis, and of the place of a sealed first draft on it."""

FIRST = 6
"""The round axis shows at least this many rounds."""


@dataclass(frozen=True, slots=True)
class OfferTrack:
    """The offers of one side in some talks: the number of the party, its label, and (round, value) for each offer."""

    party: int
    label: str
    offers: tuple[Point, ...]


def timeline(tracks: Sequence[OfferTrack], axis: str, mine: int, mode: Mode, height: int = 240) -> go.Figure:
    """Draw the value of every offer of the talks to one side, by round.

    A horizontal line at 0 marks the value without a deal.

    A sealed first draft belongs to no round and stands at round 0.

    Parameters
    ----------
    tracks
        The offers of each side; a side without offers is not drawn.
    axis
        Name of the vertical axis, with its unit.
    mine
        Party whose values are shown, 0 (host) or 1 (origin); sets the colour of the axis name.
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
    figure = empty_figure(mode, height, (40, 16, 30, 44))
    points = [point for track in tracks for point in track.offers] or [(0.0, 0.0)]
    rounds = max(FIRST, *(int(at) for at, _ in points))
    low, high = (end(0.0, *(value for _, value in points)) for end in (min, max))
    room = 0.2 * width(low, high)
    line = {"color": colours["edge"], "width": 1}
    figure.add_shape(type="line", x0=-0.6, x1=rounds + 0.6, y0=0, y1=0, line=line, layer="below")
    add_text(figure, (-0.6, 0), message("walking away"), colours["muted"], size=SMALL, yanchor="top")
    firsts = [track.offers[0][1] for track in tracks if track.offers]
    for track in tracks:
        _track(figure, track, firsts, mode)
    # A sealed first draft belongs to no round: it stands at 0.
    drafted = any(at == 0 for at, _ in points)
    step = max(1, -(-rounds // 8))
    ticks = [*([0] if drafted else []), *range(step if drafted and step > 1 else 1, rounds + 1, step)]
    told = [f"{tick}" if tick else translate(DRAFT) for tick in ticks]
    figure.update_xaxes(range=[-0.6, rounds + 0.6], tickvals=ticks, ticktext=told, title_text=translate(ROUND))
    figure.update_yaxes(range=[low - room, high + room], nticks=5)
    add_axis_name(figure, axis, colours[f"{ROLES[mine]}_text"], shift=-36)
    return figure


def _track(figure: go.Figure, track: OfferTrack, firsts: Sequence[float], mode: Mode) -> None:
    """Draw the offers of one side, with its name at its first offer, on the side away from the other party's name."""
    if not track.offers:
        return
    colours, role = TOKENS[mode], ROLES[track.party]
    across, up = zip(*track.offers, strict=True)
    path = go.Scatter(
        x=across,
        y=up,
        mode="lines+markers",
        line={"color": colours[role], "width": 1.5},
        marker={"size": 8, "color": colours[f"{role}_text"], "symbol": "circle" if track.party == 0 else "square"},
        hoverinfo="skip",
        cliponaxis=False,
    )
    figure.add_trace(path)
    at, value = track.offers[0]
    highest = value >= max(firsts) if track.party == 0 else value > min(firsts) or len(firsts) == 1
    above = {"yanchor": "bottom", "yshift": 7} if highest else {"yanchor": "top", "yshift": -7}
    add_text(figure, (at, value), track.label, colours[f"{role}_text"], xshift=-4, **above)


@dataclass(frozen=True, slots=True)
class PayoffSpace:
    """The points of the payoff space of some talks: the value of a package to the host and to the origin.

    A point is (host, origin), in values above walking away. A package is one level for each line of the agenda.
    """

    names: tuple[str, str]
    unit: str
    frontier: tuple[Point, ...]
    """Efficient packages, from the best one for the origin to the best one for the host."""
    nash: Point | None
    """The Nash point; None when there is none."""
    offers: tuple[tuple[int, int, Point], ...]
    """(party, round, point) in the order in which they were made; a sealed first draft has round 0."""
    deal: Point | None = None
    """The signed package; None when there is none, or when it is hidden."""
    ended: bool = False
    """Whether the end of the talks is marked: at the deal, or at "no deal" when `deal` is None."""

    def without_offers(self) -> PayoffSpace:
        """Return a copy of the payoff space that shows the possible packages only, without offers, deal and end."""
        return replace(self, offers=(), deal=None, ended=False)


def draw_payoff_space(shown: PayoffSpace, mode: Mode, height: int = 360) -> go.Figure:
    """Draw the offers of some talks as points: the value to the host is horizontal, the value to the origin vertical.

    The figure also shows the efficient packages, the Nash point and the point without a deal.

    Parameters
    ----------
    shown
        Points to draw.
    mode
        "light" or "dark".
    height
        Height of the figure, in pixels.

    Returns
    -------
    go.Figure
        The figure; host values are horizontal, origin values vertical.
    """
    colours = TOKENS[mode]
    figure = empty_figure(mode, height, (40, 30, 30, 44))
    box = _box(shown)
    x0, x1, y0, y1 = box
    shade: dict[str, Any] = {"fillcolor": alpha(colours["agreement"], 0.08), "line": {"width": 0}, "layer": "below"}
    figure.add_shape(type="rect", x0=0, x1=x1, y0=0, y1=y1, **shade)
    line = {"color": colours["edge"], "width": 1}
    figure.add_shape(type="line", x0=0, x1=0, y0=y0, y1=y1, line=line, layer="below")
    figure.add_shape(type="line", x0=x0, x1=x1, y0=0, y1=0, line=line, layer="below")
    for party in (0, 1):
        _path(figure, shown, party, box, mode)
    _edge(figure, shown, mode)
    _no_deal(figure, shown, mode)
    if shown.deal is not None:
        _dot(figure, shown.deal, size=17, color=colours["agreement"], line={"color": colours["paper"], "width": 2})
        paper = alpha(colours["paper"], 0.8)
        where = {"yanchor": "top", "yshift": -11, "xanchor": "center", "bgcolor": paper}
        add_text(figure, shown.deal, message("<b>the deal</b>"), colours["agreement_text"], **where)
    figure.update_xaxes(
        range=[x0, x1],
        title_text=visible(translate(value_axis(shown.names[0], shown.unit))),
        nticks=7,
        title_font_color=colours["host_text"],
    )
    figure.update_yaxes(range=[y0, y1], nticks=6)
    add_axis_name(figure, value_axis(shown.names[1], shown.unit), colours["origin_text"], shift=-36)
    return figure


def _box(shown: PayoffSpace) -> tuple[float, float, float, float]:
    """Return the axis ranges (x0, x1, y0, y1): they hold all offers, the edge and (0, 0), with space for labels."""
    points = np.array([(0.0, 0.0), *shown.frontier, *(point for *_, point in shown.offers)])
    low, high = points.min(0), points.max(0)
    span = np.array([width(*ends) for ends in zip(low, high, strict=True)])
    (x0, y0), (x1, y1) = low - span * (0.1, 0.16), low + span * (1.12, 1.16)
    return float(x0), float(x1), float(y0), float(y1)


def _edge(figure: go.Figure, shown: PayoffSpace, mode: Mode) -> None:
    colours = TOKENS[mode]
    if len(shown.frontier) > 1:
        across, up = zip(*shown.frontier, strict=True)
        line = {"color": colours["ink"], "width": 2.5}
        figure.add_trace(go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip"))
        at = shown.frontier[len(shown.frontier) // 6]
        where = {"yanchor": "bottom", "xshift": 8, "yshift": 18 if at == shown.nash else 4}
        add_text(figure, at, message("best for the two"), colours["ink"], size=SMALL, **where)
    if shown.nash is not None:
        line = {"width": 2, "color": colours["ink"]}
        _dot(figure, shown.nash, symbol="diamond", size=12, color=colours["paper"], line=line)
        add_text(figure, shown.nash, "Nash", colours["ink"], size=SMALL, xshift=11, yanchor="bottom")


def _no_deal(figure: go.Figure, shown: PayoffSpace, mode: Mode) -> None:
    colours = TOKENS[mode]
    here = shown.ended and shown.deal is None
    line = {"width": 3.5 if here else 2.5, "color": colours["breakdown"]}
    _dot(figure, (0, 0), symbol="x-thin", size=13 if here else 10, line=line)
    said = message("<b>no deal: it ended here</b>") if here else message("no deal")
    below = {"yanchor": "top", "xshift": 8, "yshift": -3}
    add_text(figure, (0, 0), said, colours["breakdown_text"], size=SMALL, bgcolor=alpha(colours["paper"], 0.7), **below)


def _path(figure: go.Figure, shown: PayoffSpace, party: int, box: Sequence[float], mode: Mode) -> None:
    """Draw the offers of one side: numbered dots at least `APART` from each other, small dots between them."""
    colours, role = TOKENS[mode], ROLES[party]
    own = [(number, point) for maker, number, point in shown.offers if maker == party]
    if not own:
        return
    across, up = zip(*(point for _, point in own), strict=True)
    line = {"color": colours[role], "width": 1.5}
    small = {"size": 5, "color": colours[role]}
    figure.add_trace(go.Scatter(x=across, y=up, mode="lines+markers", line=line, marker=small, hoverinfo="skip"))
    spans = np.array([box[1] - box[0], box[3] - box[2]])
    kept: list[tuple[int, Point]] = []
    for index, point in reversed(own):  # newest first: its number is always drawn
        if all(float(np.hypot(*((np.array(point) - other) / spans))) > APART for _, other in kept):
            kept.append((index, point))
    xs, ys = zip(*(point for _, point in kept), strict=True)
    figure.add_trace(
        go.Scatter(
            x=xs,
            y=ys,
            mode="markers+text",
            text=[f"{number}" for number, _ in kept],
            textfont={"size": 11, "color": colours["paper"]},
            marker={"size": 19, "color": colours[f"{role}_text"]},
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    first = own[0][1]
    if party:
        where = {"xanchor": "left", "xshift": -9, "yanchor": "bottom", "yshift": 10}
    else:
        where = {"xanchor": "right", "xshift": 9, "yanchor": "top", "yshift": -10}
    add_text(
        figure,
        first,
        proposal_heading(shown.names[party]),
        colours[f"{role}_text"],
        size=SMALL,
        **where,
    )


def _dot(figure: go.Figure, point: Point, **marker: Any) -> None:
    figure.add_trace(
        go.Scatter(x=[point[0]], y=[point[1]], mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)
    )


def timeline_alt(tracks: Sequence[OfferTrack], digits: int) -> str:
    """Return the alternative text of the figure of the values of all offers by round (`timeline`): its values in words.

    `digits` is the number of decimals of the values.
    """
    listed = [
        join_messages(" ", [track.label, ", ".join(number(value, digits, plus=True) for _, value in track.offers)])
        for track in tracks
        if track.offers
    ]
    return message(
        "Own value of every offer, in their order. {offers}. Zero is walking away.",
        offers=join_messages("; ", listed),
    )


def space_alt(shown: PayoffSpace) -> str:
    """Return the alternative text of the figure of the payoff space (`draw_payoff_space`).

    Its sentences give the values of about five efficient packages and of the deal.
    """
    best = [_both(point) for point in shown.frontier[:: max(len(shown.frontier) // 4, 1)]]
    values = message(
        "Values to {host} and {origin}, {unit}. The best for the two: {points}.",
        host=shown.names[0],
        origin=shown.names[1],
        unit=shown.unit,
        points=join_messages("; ", best),
    )
    if shown.deal is None:
        return values
    return join_messages(" ", [values, message("The deal: {point}.", point=_both(shown.deal))])


def _both(point: Point) -> str:
    return message("{host} and {origin}", host=number(point[0]), origin=number(point[1]))


def value_axis(country: str, unit: str) -> str:
    """Return the name of an axis that shows values to one country, with their unit."""
    return message("Value to {country}, {unit}", country=country, unit=unit)
