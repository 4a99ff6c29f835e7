"""Millions of 2x2 games at once, in arrays: for the atlas, for sweeps, for a slider that must not lag.

The arrays are cut into blocks that stay in a processor's cache. Per game twelve comparisons are taken, six a
player; read as a number in base 3 they point into a table of classes, which is filled once by the very
definitions of `games.taxonomy`.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.errors import refuse
from games.numerals import LARGEST
from games.taxonomy import CLASSES, DEFINITIONS, Likes, likes

__all__ = ["CLASSES", "Many", "solve_many"]

BLOCK = 8192
"""Games per block: some forty small arrays of this length stay near the processor."""

_PATTERNS = 3 ** len(Likes._fields)
Floats: TypeAlias = NDArray[np.float64]


class Many(NamedTuple):
    """What `solve_many` finds, one entry a game."""

    pure: NDArray[np.bool_]
    """(n, 2, 2) game, row, column: the cell is an equilibrium."""
    mixed: Floats
    """(n, 2) game, player: probability of action 0 in the equilibrium in which both players mix; 0 where none is."""
    mixes: NDArray[np.bool_]
    """(n,): there is such an equilibrium, and it is isolated."""
    tied: NDArray[np.bool_]
    """(n,): some player has two best replies to one action; the game is degenerate, continua may exist."""
    code: NDArray[np.uint8]
    """(n,): the class, as a position in `CLASSES`."""
    player: NDArray[np.int8]
    """(n,): 0 or 1 for the dominant side of a bully, -1 for every other class."""


def solve_many(payoffs: ArrayLike, tolerance: float = 0.0) -> Many:
    """Pure equilibria, the mixed one, ties and the class of every game.

    `payoffs`: (n, 2, 2, 2) game, player, row, column. Differences below `tolerance` times the player's payoff
    range in that game are ties. Raises InputError for another shape and for values that are not finite or exceed 1e300.
    """
    values = np.asarray(payoffs, dtype=np.float64)
    if values.ndim != 4 or values.shape[1:] != (2, 2, 2):
        raise refuse("payoffs", f"has shape {values.shape}", "give (n, 2, 2, 2): game, player, row, column")
    if not (np.abs(values) <= float(LARGEST)).all():
        raise refuse("payoffs", "holds NaN, infinity or a number beyond 1e300", "give finite numbers")
    count = len(values)
    many = Many(
        np.empty((count, 2, 2), np.bool_),
        np.zeros((count, 2)),
        np.empty(count, np.bool_),
        np.empty(count, np.bool_),
        np.empty(count, np.uint8),
        np.empty(count, np.int8),
    )
    for start in range(0, count, BLOCK):
        block = slice(start, start + BLOCK)
        _solve(np.ascontiguousarray(values[block].reshape(-1, 8).T), tolerance, _part(many, block))
    return many


def _part(many: Many, block: slice) -> Many:
    """The same arrays, seen through one block."""
    return Many(
        many.pure[block], many.mixed[block], many.mixes[block], many.tied[block], many.code[block], many.player[block]
    )


def _solve(cells: Floats, tolerance: float, into: Many) -> None:
    """Fill the results of one block; `cells`: (8, n), the row player's four payoffs and the column player's."""
    a00, a01, a10, a11, b00, b01, b10, b11 = cells
    row = _likes(((a00, a01), (a10, a11)), tolerance * np.ptp(cells[:4], axis=0) if tolerance else 0.0)
    column = _likes(((b00, b10), (b01, b11)), tolerance * np.ptp(cells[4:], axis=0) if tolerance else 0.0)
    _pure(row, column, into.pure)
    replies = row.reply_to_open, row.reply_to_defect, column.reply_to_open, column.reply_to_defect
    np.logical_not(np.logical_and.reduce(replies), out=into.tied)
    both_swing = (replies[0] * replies[1] < 0) & (replies[2] * replies[3] < 0)
    into.mixes[:] = both_swing
    _mix(b00 - b01, b10 - b11, both_swing, into.mixed[:, 0])
    _mix(a00 - a10, a01 - a11, both_swing, into.mixed[:, 1])
    classes, players = _tables()
    pattern = _number(row) * np.int32(_PATTERNS) + _number(column)
    np.take(classes, pattern, out=into.code)
    np.take(players, pattern, out=into.player)


def _likes(u: Any, threshold: Floats | float) -> Likes:
    def compare(first: Floats, second: Floats) -> NDArray[np.int8]:
        gap = first - second
        return (gap >= threshold).view(np.int8) - (gap <= -threshold).view(np.int8)

    return likes(compare, u)


def _pure(row: Likes, column: Likes, out: NDArray[np.bool_]) -> None:
    np.logical_and(row.reply_to_open >= 0, column.reply_to_open >= 0, out=out[:, 0, 0])
    np.logical_and(row.reply_to_defect >= 0, column.reply_to_open <= 0, out=out[:, 0, 1])
    np.logical_and(row.reply_to_open <= 0, column.reply_to_defect >= 0, out=out[:, 1, 0])
    np.logical_and(row.reply_to_defect <= 0, column.reply_to_defect <= 0, out=out[:, 1, 1])


def _mix(against_open: Floats, against_defect: Floats, where: NDArray[np.bool_], out: Floats) -> None:
    """The weight on action 0 that makes the opponent indifferent, from the opponent's two payoff gaps."""
    np.divide(against_defect, against_defect - against_open, out=out, where=where)


def _number(player: Likes) -> NDArray[np.int32]:
    """The six comparisons as digits 0, 1, 2 of a number in base 3, the first one leading."""
    number = player[0].astype(np.int32)
    for digit in player[1:]:
        number *= 3
        number += digit
    number += (_PATTERNS - 1) // 2
    return number


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.int8]]:
    """Class code and dominant player for every pattern of comparisons, possible or not."""
    digits = np.indices((3,) * len(Likes._fields), dtype=np.int8).reshape(len(Likes._fields), -1) - np.int8(1)
    row, column = Likes(*digits[:, :, None]), Likes(*digits[:, None, :])
    conditions = [np.broadcast_to(holds(row, column), (_PATTERNS, _PATTERNS)) for _, holds in DEFINITIONS]
    code = np.select(conditions, list(range(len(DEFINITIONS))), len(DEFINITIONS)).astype(np.uint8)
    dominant = np.where(code == CLASSES.index("bully"), np.where(row.defects, 0, 1), -1).astype(np.int8)
    return code.ravel(), dominant.ravel()
