"""The set of possible agreements of a two-player game, and the classic bargaining solutions, in exact numbers.

The feasible set is the convex hull of the cells, because players may choose a cell by lot. All solutions lie on its
upper right edge, between the points at or above the disagreement point:

- Nash (1950): the largest product of gains.
- Kalai and Smorodinsky (1975): gains in proportion to each player's best possible gain.
- Egalitarian (Kalai 1977): equal gains; where the edge ends before that, the largest smaller gain.
- Utilitarian: the largest sum; on a tie, the point of the tied edge that is closest to equal gains.
- Coco (Kalai and Kalai 2013, "cooperative-competitive"): half the largest joint payoff, plus and minus the value of the
  zero-sum game (A - B) / 2. It needs payments between the players, and no disagreement point.

Sums and differences of payoffs across players have a meaning only when payoffs are in one cardinal unit.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, pairwise
from math import inf
from typing import NamedTuple

from games.bimatrix import Bimatrix, Cell, Pair
from games.equilibria.security import zero_sum_value
from games.exact_numbers import to_common_unit


@dataclass(frozen=True, slots=True)
class Solutions:
    """Payoffs (row, column) at the disagreement point and at each solution; None where no agreement is possible."""

    disagreement: Pair
    nash: Pair | None
    kalai_smorodinsky: Pair | None
    egalitarian: Pair | None
    utilitarian: Pair | None
    coco: Pair
    utilitarian_tie: tuple[Pair, Pair] | None = None
    """The ends of the edge on which every point has the largest sum; None without a tie."""


def solutions(game: Bimatrix, disagreement: Pair, deadline: float = inf) -> Solutions:
    """Return all bargaining solutions for one disagreement point.

    Parameters
    ----------
    game
        A two-player game.
    disagreement
        Payoffs (row, column) if no agreement is reached.
    deadline
        A reading of `time.perf_counter()`; infinity for no limit.

    Returns
    -------
    Solutions
        The disagreement point and the solutions; only `coco` when no feasible point is at or above disagreement.

    Raises
    ------
    TimeoutError
        Once the deadline has passed, and as `GameTooLarge` for numbers that are too long.

    References
    ----------
    Nash 1950; Kalai and Smorodinsky 1975; Kalai 1977; Kalai and Kalai 2013.
    """
    edge = bargaining_edge(game, disagreement, deadline)
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
    """Return the cells that no other cell dominates, row by row; the tolerance of the game applies.

    A cell dominates another when it is at least as good for both players and better for one.
    """
    row, column = _ladder(game, 0), _ladder(game, 1)
    (good_x, better_x), (good_y, better_y) = row.noticed(), column.noticed()
    # The column player's best rank among the cells in which the row player has this rank or a higher one.
    best = [-1] * (len(row.values) + 1)
    for x, y in zip(row.steps, column.steps, strict=True):
        best[x] = max(best[x], y)
    for x in reversed(range(len(row.values))):
        best[x] = max(best[x], best[x + 1])
    return tuple(
        cell
        for cell, x, y in zip(game.cells(), row.steps, column.steps, strict=True)
        if best[good_x[x]] < better_y[y] and best[better_x[x]] < good_y[y]
    )


class _Ladder(NamedTuple):
    """A player's payoffs, sorted and ranked."""

    values: list[Fraction]
    """Each payoff once, rising."""
    heights: list[int | Fraction]
    """The same in a unit that is fast to compare."""
    threshold: int | Fraction
    """The smallest difference that is not a tie, in that unit."""
    steps: list[int]
    """For every cell, row by row, the index of its payoff in `values`."""

    def noticed(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return two indices for every rank: the lowest payoff that ties with it, and the lowest that is better."""
        count, heights, threshold = len(self.heights), self.heights, self.threshold
        if not threshold:
            return range(count), range(1, count + 1)
        good, better = [0] * count, [0] * count
        low = high = 0
        for step, here in enumerate(heights):
            while here - heights[low] >= threshold:
                low += 1
            while high < count and heights[high] - here < threshold:
                high += 1
            good[step], better[step] = low, high
        return good, better


def _ladder(game: Bimatrix, player: int) -> _Ladder:
    payoffs = list(chain.from_iterable(game.payoffs[player]))
    *sizes, threshold = to_common_unit([*payoffs, game.threshold(player)])
    # Floats sort fastest and keep the order; exact numbers are compared only where the floats are equal.
    keys = [(float(payoff), size) for payoff, size in zip(payoffs, sizes, strict=True)]
    ladder = _Ladder([], [], threshold, [0] * len(payoffs))
    for cell in sorted(range(len(payoffs)), key=keys.__getitem__):
        if not ladder.heights or sizes[cell] != ladder.heights[-1]:
            ladder.values.append(payoffs[cell])
            ladder.heights.append(sizes[cell])
        ladder.steps[cell] = len(ladder.values) - 1
    return ladder


def largest_total(game: Bimatrix) -> Fraction:
    """Return the largest sum of both payoffs in one cell."""
    return max(a + b for rows in zip(*game.payoffs, strict=True) for a, b in zip(*rows, strict=True))


def surplus(game: Bimatrix, disagreement: Pair) -> Fraction:
    """Return the largest joint payoff in a cell minus the sum of the disagreement payoffs."""
    return largest_total(game) - sum(disagreement)


def equal_split(game: Bimatrix, disagreement: Pair) -> Pair:
    """Return each player's disagreement payoff plus half of the surplus."""
    half = surplus(game, disagreement) / 2
    return disagreement[0] + half, disagreement[1] + half


def coco(game: Bimatrix, deadline: float = inf) -> Pair:
    """Return the cooperative-competitive value (Kalai and Kalai 2013), for payoffs that can be transferred.

    Raises TimeoutError as `solutions` does.
    """
    A, B = game.payoffs
    contest = tuple(tuple(a - b for a, b in zip(*rows, strict=True)) for rows in zip(A, B, strict=True))
    half, edge = largest_total(game) / 2, zero_sum_value(contest, deadline) / 2
    return half + edge, half - edge


def bargaining_edge(game: Bimatrix, disagreement: Pair, deadline: float = inf) -> list[Pair]:
    """Return the efficient edge at or above disagreement, from the row player's worst point to its best.

    Parameters
    ----------
    game
        A two-player game.
    disagreement
        Payoffs (row, column) if no agreement is reached.
    deadline
        A reading of `time.perf_counter()`; infinity for no limit.

    Returns
    -------
    list of pairs
        Corner points (row, column) of the edge; empty when no feasible point is at or above disagreement.

    Raises
    ------
    TimeoutError
        Once the deadline has passed.
    """
    lowest_x, lowest_y = disagreement
    return _flipped(_from(lowest_y, _flipped(_from(lowest_x, _efficient_edge(game, deadline)))))


def _flipped(edge: list[Pair]) -> list[Pair]:
    """Return the edge with the players swapped."""
    return [(y, x) for x, y in reversed(edge)]


def _efficient_edge(game: Bimatrix, deadline: float) -> list[Pair]:
    """Return the corners of the convex hull's efficient edge, x rising, y falling (Andrew's monotone chain, 1979)."""
    edge: list[Pair] = []
    for point in _records(game):
        if time.perf_counter() > deadline:
            raise TimeoutError
        while len(edge) > 1 and _turns_up(edge[-2], edge[-1], point):
            edge.pop()
        edge.append(point)
    return edge


def _records(game: Bimatrix) -> list[Pair]:
    """Return the payoffs of the cells that no other cell dominates, x rising and y falling, without tolerance."""
    row, column = _ladder(game, 0), _ladder(game, 1)
    best = [-1] * len(row.values)
    for x, y in zip(row.steps, column.steps, strict=True):
        best[x] = max(best[x], y)
    records: list[Pair] = []
    highest = -1
    for x in reversed(range(len(best))):
        if best[x] > highest:
            highest = best[x]
            records.append((row.values[x], column.values[highest]))
    return records[::-1]


def _turns_up(first: Pair, middle: Pair, last: Pair) -> bool:
    """Return whether the middle point lies on or under the line from the first to the last."""
    across, along = last[0] - first[0], middle[0] - first[0]
    return (middle[1] - first[1]) * across <= (last[1] - first[1]) * along


def _from(least: Fraction, edge: list[Pair]) -> list[Pair]:
    """Return the part of an edge, x rising, on which x is at least `least`."""
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
    """Return the point with the largest product of gains on a segment.

    On the whole line it is half-way between the points where the line meets the two axes of gains.
    """
    slope = (other[1] - one[1]) / (other[0] - one[0])
    middle = (one[0] + origin[0] - (one[1] - origin[1]) / slope) / 2
    x = min(max(middle, one[0]), other[0])
    return x, _height(one, other, x)


def _equal(edge: list[Pair], origin: Pair) -> Pair:
    return _along(edge, origin, (origin[0] + 1, origin[1] + 1))


def _along(edge: list[Pair], origin: Pair, target: Pair) -> Pair:
    """Return the point where the ray from the origin to the target meets the edge; the nearer end where it misses."""
    right, up = target[0] - origin[0], target[1] - origin[1]
    # Positive left of the ray; it falls along the edge, where x rises and y falls.
    side = [(y - origin[1]) * right - (x - origin[0]) * up for x, y in edge]
    if side[0] <= 0:
        return edge[0]
    for (one, here), (other, there) in pairwise(zip(edge, side, strict=True)):
        if there <= 0:
            share = here / (here - there)
            return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])
    return edge[-1]
