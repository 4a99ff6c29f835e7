"""Security levels: the payoff that each player can guarantee alone, the default disagreement point.

The security level is the largest payoff that some mixed strategy guarantees whatever the other does. It is the value of
the zero-sum game on the player's own payoffs (von Neumann 1928), found exactly by the simplex method in integers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction
from math import inf

from games.bimatrix import Bimatrix, Matrix, Pair
from games.equilibria.enumeration import to_integers

_STRETCH = 200


def security(game: Bimatrix, deadline: float = inf) -> Pair:
    """Return the security levels (row, column).

    Raises TimeoutError once `time.perf_counter()` has passed the deadline, and `GameTooLarge`, a subclass, for numbers
    that are too long.
    """
    A, B = game.payoffs
    return zero_sum_value(A, deadline), zero_sum_value(tuple(zip(*B, strict=True)), deadline)


def zero_sum_value(payoffs: Matrix, deadline: float = inf) -> Fraction:
    """Return the value of the zero-sum game in which the row player gets `payoffs` and the column player loses them.

    Raises TimeoutError as `security` does.
    """
    columns = tuple(zip(*payoffs, strict=True))
    secured, conceded = max(map(min, payoffs)), min(map(max, columns))
    if secured == conceded:
        return secured
    if len(columns) < len(payoffs):
        # Solved from the other player's side, the same game has fewer and longer rows, which is faster.
        return -zero_sum_value(tuple(tuple(-x for x in column) for column in columns), deadline)
    lowest, highest = min(map(min, payoffs)), max(map(max, payoffs))
    raised = to_integers(payoffs, deadline)
    step = (highest - lowest) / (max(map(max, raised)) - 1)
    return lowest + (1 / _largest_sum([list(row) for row in raised], deadline) - 1) * step


def _largest_sum(M: list[list[int]], deadline: float) -> Fraction:
    """Return the largest sum of y with M y <= 1 and y >= 0, for positive M: one over the value of the game M.

    Pivots stay integers because each divides by the pivot before it (Edmonds 1967). The variable with the steepest gain
    enters; after a step without gain the first one enters (Bland 1977), which prevents cycles. The last column holds
    the bounds, the last row the objective.
    """
    rows, columns = len(M), len(M[0])
    T = [*([*row, 1] for row in M), [-1] * columns + [0]]
    inside, outside = list(range(columns, columns + rows)), list(range(columns))
    scale, gained = 1, True
    while entering := [(T[-1][j] if gained else 0, outside[j], j) for j in range(columns) if T[-1][j] < 0]:
        c = min(entering)[2]
        r = _tightest(T, c, inside)
        gained = T[r][-1] > 0
        scale = _pivot(T, r, c, scale, deadline)
        inside[r], outside[c] = outside[c], inside[r]
    return Fraction(T[-1][-1], scale)


def _tightest(T: list[list[int]], c: int, inside: list[int]) -> int:
    """Return the row that limits the entering variable most; of several, the one whose own variable comes first."""
    positive = [i for i in range(len(inside)) if T[i][c] > 0]
    r = positive[0]
    for i in positive:
        # Ratios of bound to factor, compared without division.
        gap = T[i][-1] * T[r][c] - T[r][-1] * T[i][c]
        if gap < 0 or (gap == 0 and inside[i] < inside[r]):
            r = i
    return r


def _pivot(T: list[list[int]], r: int, c: int, scale: int, deadline: float) -> int:
    """Swap the variables of row r and column c in place; the new scale is the pivot."""
    pivot, head = T[r][c], T[r]
    for i, row in enumerate(T):
        if i != r:
            tail = row[c]
            T[i] = [(x * pivot - tail * y) // scale for x, y in _watched(row, head, deadline)]
            T[i][c] = -tail
    head[c] = scale
    return pivot


def _watched(row: list[int], head: list[int], deadline: float) -> Iterator[tuple[int, int]]:
    """Yield both rows in parallel and check the deadline every 200 entries, because the integers may be long."""
    for start in range(0, len(row), _STRETCH):
        if time.perf_counter() > deadline:
            raise TimeoutError
        stretch = slice(start, start + _STRETCH)
        yield from zip(row[stretch], head[stretch], strict=True)
