"""What two players could agree on, and where the classic solutions put the agreement, in exact numbers.

The feasible set is the convex hull of the cells: players may draw lots over what they do together. Its upper
right edge between the points at or above disagreement is the line on which all solutions lie:

- Nash (1950): the largest product of gains.
- Kalai and Smorodinsky (1975): gains in proportion to the best that each could hope for.
- Egalitarian (Kalai 1977): equal gains; where the edge ends before that, the largest smaller gain.
- Utilitarian: the largest sum; on a tie, the point of the tied edge that is closest to equal gains.
- Coco (Kalai and Kalai 2013, "cooperative-competitive"): half the largest joint payoff, plus and minus the
  value of the zero-sum game (A - B) / 2. It needs payments between the players, and no disagreement point.

Sums and differences of payoffs across players mean something only where payoffs are in one cardinal unit.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import inf

from games.bimatrix import Bimatrix, Cell, Comparison, Pair
from games.security import value


@dataclass(frozen=True, slots=True)
class Solutions:
    """Payoffs (row, column) at the disagreement point and at each solution; None where nobody can agree."""

    disagreement: Pair
    nash: Pair | None
    kalai_smorodinsky: Pair | None
    egalitarian: Pair | None
    utilitarian: Pair | None
    coco: Pair
    utilitarian_tie: tuple[Pair, Pair] | None = None
    """The ends of the edge on which every point has the largest sum."""


def solutions(game: Bimatrix, disagreement: Pair, deadline: float = inf) -> Solutions:
    """All solutions for one disagreement point; TimeoutError as in `games.security`."""
    edge = bargaining_edge(game, disagreement)
    together = coco(game, deadline)
    if not edge:
        return Solutions(disagreement, None, None, None, None, together)
    best = max(map(sum, edge))
    tied = [point for point in edge if sum(point) == best]
    ideal = max(x for x, _ in edge), max(y for _, y in edge)
    return Solutions(
        disagreement,
        _nash(edge, disagreement),
        _along(edge, disagreement, ideal),
        _equal(edge, disagreement),
        _equal(tied, disagreement),
        together,
        (tied[0], tied[-1]) if len(tied) > 1 else None,
    )


def efficient_cells(game: Bimatrix) -> tuple[Cell, ...]:
    """Cells that no other cell beats: at least as good for both, better for one; the game's tolerance applies."""
    records, for_row, for_column = _records(game), game.comparison(0), game.comparison(1)
    return tuple(cell for cell in game.cells() if not _beaten(game.at(cell), records, for_row, for_column))


def _beaten(point: Pair, records: list[Pair], for_row: Comparison, for_column: Comparison) -> bool:
    """Whether a record beats the point. They rise in x and fall in y: of those good enough, the first has most y."""
    not_worse = bisect_left(records, 1, key=lambda other: int(for_row(other[0], point[0]) >= 0))
    better = bisect_left(records, 1, key=lambda other: for_row(other[0], point[0]))
    return for_column(records[not_worse][1], point[1]) > 0 or (
        better < len(records) and for_column(records[better][1], point[1]) >= 0
    )


def largest_total(game: Bimatrix) -> Fraction:
    """The most that the two can have together in one cell."""
    return max(a + b for a, b in map(game.at, game.cells()))


def surplus(game: Bimatrix, disagreement: Pair) -> Fraction:
    """What payments between the players could share: the largest joint payoff less that of disagreement."""
    return largest_total(game) - sum(disagreement)


def equal_split(game: Bimatrix, disagreement: Pair) -> Pair:
    """Each one's disagreement payoff and half of the surplus."""
    half = surplus(game, disagreement) / 2
    return disagreement[0] + half, disagreement[1] + half


def coco(game: Bimatrix, deadline: float = inf) -> Pair:
    """The cooperative-competitive value: what arbitration gives when payoffs can be passed on."""
    A, B = game.payoffs
    contest = tuple(tuple((a - b) / 2 for a, b in zip(*rows, strict=True)) for rows in zip(A, B, strict=True))
    half, edge = largest_total(game) / 2, value(contest, deadline)
    return half + edge, half - edge


def bargaining_edge(game: Bimatrix, disagreement: Pair) -> list[Pair]:
    """The efficient edge at or above disagreement, from the row player's worst point to its best; empty if none."""
    lowest_x, lowest_y = disagreement
    return _flipped(_from(lowest_y, _flipped(_from(lowest_x, _efficient_edge(game)))))


def _flipped(edge: list[Pair]) -> list[Pair]:
    """The edge seen by the other player."""
    return [(y, x) for x, y in reversed(edge)]


def _efficient_edge(game: Bimatrix) -> list[Pair]:
    """Corners of the convex hull's efficient edge, x rising and y falling (Andrew's monotone chain, 1979)."""
    chain: list[Pair] = []
    for point in _records(game):
        while len(chain) > 1 and _turns_up(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return chain


def _records(game: Bimatrix) -> list[Pair]:
    """Payoffs of the cells that no other cell beats, x rising and y falling."""
    records: list[Pair] = []
    for point in sorted({game.at(cell) for cell in game.cells()}, reverse=True):
        if not records or point[1] > records[-1][1]:
            records.append(point)
    return records[::-1]


def _turns_up(first: Pair, middle: Pair, last: Pair) -> bool:
    """The middle point lies on or under the line from the first to the last."""
    across, along = last[0] - first[0], middle[0] - first[0]
    return (middle[1] - first[1]) * across <= (last[1] - first[1]) * along


def _from(least: Fraction, edge: list[Pair]) -> list[Pair]:
    """The part of an edge, x rising, on which x is at least `least`."""
    kept = [point for point in edge if point[0] >= least]
    for one, other in pairwise(edge):
        if one[0] < least < other[0]:
            return [(least, _height(one, other, least)), *kept]
    return kept


def _height(one: Pair, other: Pair, x: Fraction) -> Fraction:
    return one[1] + (other[1] - one[1]) * (x - one[0]) / (other[0] - one[0])


def _nash(edge: list[Pair], origin: Pair) -> Pair:
    candidates = [*edge, *(_peak(one, other, origin) for one, other in pairwise(edge))]
    return max(candidates, key=lambda point: (point[0] - origin[0]) * (point[1] - origin[1]))


def _peak(one: Pair, other: Pair, origin: Pair) -> Pair:
    """The largest product of gains on a segment: half-way between where its line meets the two axes of gains."""
    slope = (other[1] - one[1]) / (other[0] - one[0])
    middle = (one[0] + origin[0] - (one[1] - origin[1]) / slope) / 2
    x = min(max(middle, one[0]), other[0])
    return x, _height(one, other, x)


def _equal(edge: list[Pair], origin: Pair) -> Pair:
    return _along(edge, origin, (origin[0] + 1, origin[1] + 1))


def _along(edge: list[Pair], origin: Pair, target: Pair) -> Pair:
    """Where the ray from the origin to the target meets the edge; the nearer end where it passes beside it."""
    right, up = target[0] - origin[0], target[1] - origin[1]
    # Positive left of the ray, falling along the edge: x rises on it and y falls.
    side = [(y - origin[1]) * right - (x - origin[0]) * up for x, y in edge]
    if side[0] <= 0:
        return edge[0]
    for (one, here), (other, there) in pairwise(zip(edge, side, strict=True)):
        if there <= 0:
            share = here / (here - there)
            return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
    return edge[-1]
