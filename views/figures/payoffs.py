"""The figure of the payoffs that two countries can reach: the four cells, their hull, and named points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from games.messages import join_messages, message
from games.visible_text import visible
from views.figures.base import SMALL, add_axis_name, add_text, empty_figure, width
from views.style.theme import TOKENS, Mode, alpha
from views.wording import screen
from views.wording.screen import numbers, possessive
from views.wording.translation import translate

Point = tuple[float, float]

BOTH_OPEN = (0, 0)
"""The cell in which both open."""

NEAR = 0.035
"""Cells closer than this share of the range share one dot and one label."""

SHORT = 7
"""Names of at most this many letters stay on one line with the word before them."""

ONLY = 5
"""Letters of the word before a short name and the space between them."""

PHONE = 294
"""Width of the plot, in pixels, on a phone 390 pixels wide; a label of two lines must fit left of the leftmost dot."""

ROOM = 0.37
"""Space for labels right of the rightmost dot, as a share of the cells' range; the margin adds 30 pixels."""

CROWDED = 0.17
"""Labels on one side that are closer than this share of the height are moved apart."""


@dataclass(frozen=True, slots=True)
class PayoffPolygon:
    """The data of the figure of the payoffs that two players can reach; a point is (row player, column player)."""

    cells: dict[tuple[int, int], Point]
    """Payoffs of each cell (row action, column action)."""
    stable: frozenset[tuple[int, int]]
    """The cells that are pure equilibria."""
    names: tuple[str, str]
    unit: str
    """Unit of the payoffs, as on the axis."""
    solutions: tuple[tuple[str, Point], ...] = ()
    """Named points that are not cells, such as the Nash solution."""
    whole: bool = False
    """Whether payoffs are ranks; then ticks stand at whole numbers only."""

    @property
    def has_single_best(self) -> bool:
        """Return whether one corner of the polygon is best for both players, so that its efficient edge is a point."""
        return len(_efficient(_hull(np.array(list(self.cells.values()))))) == 1


def polygon(reach: PayoffPolygon, mode: Mode, height: int = 330) -> go.Figure:
    """Draw the payoffs that two players can reach: the convex hull of the four cells of a game, and its efficient edge.

    The two axes have different scales.

    Parameters
    ----------
    reach
        Cells, equilibria and named points.
    mode
        "light" or "dark".
    height
        Height of the figure, in pixels.

    Returns
    -------
    go.Figure
        The figure; payoffs of the row player are horizontal, of the column player vertical.
    """
    colours = TOKENS[mode]
    figure = empty_figure(mode, height, (34, 30, 30, 44))
    points = np.array(list(reach.cells.values()))
    corners = _hull(points)
    _trace(figure, [*corners, corners[0]], colours["edge"], 1, fill=alpha(colours["breakdown"], 0.10))
    _trace(figure, _efficient(corners), colours["ink"], 3)
    _cells(figure, reach, mode)
    for name, point in reach.solutions:
        _solution(figure, name, point, colours, across=point[0] > points[:, 0].mean())
    _axes(figure, reach, points, mode)
    return figure


def _trace(figure: go.Figure, points: list[Point], colour: str, width: float, fill: str | None = None) -> None:
    across, up = zip(*points, strict=True)
    shade: dict[str, Any] = {"fill": "toself", "fillcolor": fill} if fill else {}
    line = {"color": colour, "width": width}
    figure.add_trace(go.Scatter(x=across, y=up, mode="lines", line=line, hoverinfo="skip", **shade))


def _dot(figure: go.Figure, point: Point, **marker: Any) -> None:
    mark = go.Scatter(x=[point[0]], y=[point[1]], mode="markers", marker=marker, hoverinfo="skip", cliponaxis=False)
    figure.add_trace(mark)


def _cells(figure: go.Figure, reach: PayoffPolygon, mode: Mode) -> None:
    """Draw one dot and one label per cluster of cells, lowest first, so that later labels can avoid earlier ones."""
    colours = TOKENS[mode]
    values = np.array(list(reach.cells.values()))
    centre, span = values.mean(0), _span(values)
    sides: list[tuple[str, float]] = []
    for cells in _clusters(reach.cells, span):
        point = reach.cells[cells[0]]
        stable = bool(reach.stable.intersection(cells))
        agreed = stable and BOTH_OPEN in cells
        role = "agreement" if agreed else "breakdown"
        line = {"color": colours[role if stable else "edge"], "width": 2}
        _dot(figure, point, size=14, color=colours[role if stable else "paper"], line=line)
        across, up = (np.array(point) - centre) / span
        ink = colours["agreement_text" if agreed else "ink"]
        if up > abs(across):
            words = _label(cells, reach.names, stable, wide=True)
            add_text(
                figure, point, words, ink, size=SMALL, xanchor="center", yanchor="bottom", yshift=9, align="center"
            )
            continue
        side = "left" if across > 0 else "right"
        lift = _room(sides, side, point[1], CROWDED * span[1])
        words = _label(cells, reach.names, stable, wide=False)
        shift = 13 if across > 0 else -13
        add_text(figure, point, words, ink, size=SMALL, xanchor=side, xshift=shift, align=side, yanchor=lift)
        sides.append((side, point[1]))


def _room(sides: list[tuple[str, float]], side: str, height: float, least: float) -> str:
    """Return the vertical anchor of a label: "middle", or "top" or "bottom" to avoid a label that is near."""
    near = [other for where, other in sides if where == side and abs(other - height) < least]
    if not near:
        return "middle"
    return "bottom" if height >= near[0] else "top"


def _label(cells: list[tuple[int, int]], names: tuple[str, str], stable: bool, *, wide: bool) -> str:
    host, origin = (_broken(message("only {country}", country=name), not wide and len(name) > SHORT) for name in names)
    words = {
        (0, 0): _broken(screen.BOTH_OPEN, not wide),
        (0, 1): host,
        (1, 0): origin,
        (1, 1): translate(screen.NEITHER),
    }
    lines = [words[cell] for cell in sorted(cells, reverse=True)]
    return "<br>".join([*lines, f"<b>{translate(screen.STABLE)}</b>"] if stable else lines)


def _broken(text: str, broken: bool) -> str:
    """Return a label in the chosen language; `broken`, with a new line after its first word."""
    shown = translate(text)
    return shown.replace(" ", "<br>", 1) if broken else shown


def _clusters(cells: dict[tuple[int, int], Point], span: np.ndarray) -> list[list[tuple[int, int]]]:
    left: list[tuple[int, int]] = sorted(cells, key=lambda cell: cells[cell][1])
    clusters: list[list[tuple[int, int]]] = []
    while left:
        first = np.array(cells[left[0]])
        near = [cell for cell in left if bool((np.abs(np.array(cells[cell]) - first) < NEAR * span).all())]
        clusters.append(near)
        left = [cell for cell in left if cell not in near]
    return clusters


def _solution(figure: go.Figure, name: str, point: Point, colours: Any, *, across: bool) -> None:
    """Draw a named point; its name stands on the left where the point lies `across` the middle."""
    line = {"width": 2, "color": colours["ink"]}
    _dot(figure, point, symbol="diamond", size=11, color=colours["paper"], line=line)
    side: dict[str, Any] = {"xanchor": "right", "xshift": -10} if across else {"xshift": 10}
    add_text(figure, point, name, colours["ink"], size=SMALL, yanchor="bottom", yshift=2, **side)


def _axes(figure: go.Figure, reach: PayoffPolygon, points: np.ndarray, mode: Mode) -> None:
    colours = TOKENS[mode]
    low, high, span = points.min(0), points.max(0), _span(points)
    tall = 0.21 * span[1]
    longest = max(len(name) if len(name) > SHORT else len(name) + ONLY for name in reach.names)
    left, right = (17 + 6.6 * longest) / PHONE, (6.6 * longest - 17) / PHONE
    right = max(ROOM, right / (1 - left - right))
    left = left * (1 + right) / (1 - left)
    ticks: dict[str, Any] = {"dtick": 1} if reach.whole else {"nticks": 6}
    host, origin = reach.names
    figure.update_xaxes(
        range=[low[0] - left * span[0], high[0] + right * span[0]],
        title_text=visible(translate(_axis_name(host, reach.unit))),
        title_font_color=colours["host_text"],
        showgrid=True,
        gridcolor=colours["grid"],
        **ticks,
    )
    figure.update_yaxes(range=[low[1] - tall, high[1] + tall], **ticks)
    add_axis_name(figure, _axis_name(origin, reach.unit), colours["origin_text"], shift=-30)


def _axis_name(country: str, unit: str) -> str:
    return message("{country} payoff, {unit}", country=possessive(country), unit=unit)


def _span(points: np.ndarray) -> np.ndarray:
    """Return the width and the height of the axes for these points."""
    return np.array([width(*ends) for ends in zip(points.min(0), points.max(0), strict=True)])


def _hull(points: np.ndarray) -> list[Point]:
    """Return the corners of the convex hull, counter-clockwise from the leftmost (Andrew's monotone chain)."""
    ordered = sorted({(float(x), float(y)) for x, y in points})
    if len(ordered) < 3:
        return ordered

    def chain(path: list[Point]) -> list[Point]:
        kept: list[Point] = []
        for point in path:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    """Return a value above zero when the path from a over b to c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _efficient(corners: list[Point]) -> list[Point]:
    """Return the corners that no other corner dominates, sorted by the payoff of the row player."""
    kept = [a for a in corners if not any(b != a and b[0] >= a[0] and b[1] >= a[1] for b in corners)]
    return sorted(kept)


def polygon_alt(reach: PayoffPolygon) -> str:
    """Return the alternative text of the figure of the payoff polygon (`polygon`): its numbers in sentences."""
    one, other = (message("only {country} opens", country=name) for name in reach.names)
    corners = {(0, 0): screen.BOTH_OPEN, (0, 1): one, (1, 0): other, (1, 1): screen.NEITHER}
    payoffs = zip(*(numbers([reach.cells[cell][side] for cell in corners]) for side in (0, 1)), strict=True)
    listed = [
        message("{corner}: {host} and {origin}", corner=corner, host=host, origin=origin)
        for corner, (host, origin) in zip(corners.values(), payoffs, strict=True)
    ]
    return message(
        "Payoffs of {host} and {origin}, {unit}, at the four corners. {corners}. The heavy edge is efficient.",
        host=reach.names[0],
        origin=reach.names[1],
        unit=reach.unit,
        corners=join_messages("; ", listed),
    )
