"""Millions of 2x2 games at once, in arrays: for the atlas, for sweeps and for sliders that must react at once.

The arrays are cut into blocks that fit into a processor's cache. Each game needs twelve comparisons, six per player.
Read as a number in base 3 they index a table of answers, eight bytes each, which is filled once by the definitions of
`games.two_by_two.taxonomy`. Only the probabilities of a mixed equilibrium are computed game by game.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.bimatrix import Bimatrix, Cell
from games.errors import input_error
from games.exact_numbers import LARGEST
from games.exact_numbers import parse_tolerance as share_of_range
from games.short_repr import short_repr
from games.two_by_two.taxonomy import CLASSES, DEFINITIONS, CellComparisons, compare_cells

__all__ = ["CLASSES", "BatchSolutions", "payoff_differences", "solve_many"]

BLOCK = 8192
"""Games per block: their payoffs and some thirty small arrays stay in the processor's cache."""

Floats: TypeAlias = NDArray[np.float64]

_ROUNDING = 2.0**-49
"""Share of a player's largest payoff: more than the rounding error of a float comparison with a threshold."""
_SMALLEST = 1e-320

_PATTERNS = 3 ** len(CellComparisons._fields)
_ANSWER = np.dtype(
    [("pure", np.bool_, (2, 2)), ("mixes", np.bool_), ("tied", np.bool_), ("code", np.uint8), ("player", np.int8)]
)


class BatchSolutions(NamedTuple):
    """The answer of `solve_many`, one entry per game; all but `mixed` are views of one array, eight bytes per game."""

    __repr__ = short_repr

    pure: NDArray[np.bool_]
    """(n, 2, 2) game, row, column: whether the cell is an equilibrium."""
    mixed: Floats
    """(n, 2) game, player: probability of action 0 in the equilibrium in which both players mix; 0 without one."""
    mixes: NDArray[np.bool_]
    """(n,): whether there is such an equilibrium; it is isolated."""
    tied: NDArray[np.bool_]
    """(n,): whether some player has two best replies to one action; the game is degenerate, and continua may exist."""
    code: NDArray[np.uint8]
    """(n,): the class, as an index into `CLASSES`."""
    player: NDArray[np.int8]
    """(n,): 0 or 1 for the dominant player of a bully, -1 for every other class."""


def solve_many(payoffs: ArrayLike, tolerance: float | str | Fraction = 0) -> BatchSolutions:
    """Return pure equilibria, the mixed equilibrium, ties and the class of every game.

    Parameters
    ----------
    payoffs
        (n, 2, 2, 2): game, player, row, column; finite, at most 1e300 in size.
    tolerance
            Differences below this share of the player's payoff range in that game are ties, exactly as in a `Bimatrix`
        with that tolerance; in [0, 1).

    Returns
    -------
    BatchSolutions
        One entry per game.

    Raises
    ------
    InputError
        For another shape, for values that are not finite or exceed 1e300, and for a tolerance outside [0, 1).
    """
    share = share_of_range(tolerance)
    values = np.asarray(payoffs, dtype=np.float64)
    if values.ndim != 4 or values.shape[1:] != (2, 2, 2):
        raise input_error("payoffs", f"has shape {values.shape}", "give (n, 2, 2, 2): game, player, row, column")
    answers, mixed = np.empty(len(values), _ANSWER), np.zeros((len(values), 2))
    found = BatchSolutions(
        answers["pure"], mixed, answers["mixes"], answers["tied"], answers["code"], answers["player"]
    )
    packed, table = answers.view(np.uint64), _table()
    for start in range(0, len(values), BLOCK):
        block = slice(start, start + BLOCK)
        seen = _seen(values[block])
        patterns = _patterns(seen, float(share))
        for place in _doubtful(seen, float(share)):
            patterns[place] = _pattern(Bimatrix(values[start + place], tolerance=share))
        np.take(table, patterns, out=packed[block], mode="clip")
        _mix(seen, found.mixes[block], mixed[block])
    return found


def payoff_differences(payoffs: Floats, cell: Cell, other: Cell, tolerance: float) -> Floats:
    """Return by how much one player prefers a cell to another, 0 for a tie.

    A tie is the same as for `Bimatrix.comparison`; where rounding could decide, that method is called.

    Parameters
    ----------
    payoffs
        (*B, 2, 2): payoffs of one player, row, column, after any batch axes B.
    cell
        The first cell (row, column).
    other
        The second cell (row, column).
    tolerance
        Share of the payoff range below which payoffs tie, in [0, 1).

    Returns
    -------
    array of float
        (*B,): payoff in `cell` minus payoff in `other`, 0 for a tie.
    """
    a, b, c, d = (payoffs[..., row, column] for row in (0, 1) for column in (0, 1))
    most, least = np.maximum(np.maximum(a, b), np.maximum(c, d)), np.minimum(np.minimum(a, b), np.minimum(c, d))
    threshold = np.asarray(tolerance * (most - least))
    gap = np.asarray(payoffs[(..., *cell)] - payoffs[(..., *other)])
    tied = np.asarray(np.abs(gap) < threshold)
    rounding = _ROUNDING * np.maximum(np.abs(most), np.abs(least))
    doubtful = (threshold > 0) & (gap != 0) & (np.abs(np.abs(gap) - threshold) <= rounding)
    for at in map(tuple, np.argwhere(doubtful)):
        game = Bimatrix((payoffs[at], payoffs[at]), tolerance=tolerance)
        tied[at] = game.comparison(0)(game.at(cell)[0], game.at(other)[0]) == 0
    return np.where(tied, 0.0, gap)


def _seen(block: Floats) -> Floats:
    """Return each player's payoffs from that player's side: (own action, action of the other, player, game)."""
    numbers, largest = block.ravel(), float(LARGEST)
    # The `not` makes the check fail for NaN too, because NaN compares false with everything.
    if not (np.minimum.reduce(numbers) >= -largest and np.maximum.reduce(numbers) <= largest):
        raise input_error("payoffs", "holds NaN, infinity or a number beyond 1e300", "give finite numbers")
    seen = np.empty((2, 2, 2, len(block)))
    seen[:, :, 0] = block[:, 0].transpose(1, 2, 0)
    seen[:, :, 1] = block[:, 1].transpose(2, 1, 0)
    return seen


def _patterns(seen: Floats, tolerance: float) -> NDArray[np.intp]:
    """Return the number of each game's pattern: its comparisons in the order of `_ORDER`, the row player's first."""
    threshold = tolerance * (seen.max(axis=(0, 1)) - seen.min(axis=(0, 1))) if tolerance else None
    # Three digits in base 3, for both actions of the other and both players at once.
    digits = _compared(seen[0], seen[1], threshold)
    digits *= 3
    digits += _compared(seen[:, 0], seen[:, 1], threshold)
    digits *= 3
    digits += _compared(seen[0], seen[1, ::-1], threshold)
    numbers = np.multiply(digits[0], 27, dtype=np.int16)
    numbers += digits[1]
    patterns = np.multiply(numbers[0], _PATTERNS, dtype=np.intp)
    patterns += numbers[1]
    return patterns


def _doubtful(seen: Floats, tolerance: float) -> list[int]:
    """Return the games in which floats cannot decide on which side of the threshold a difference lies."""
    if not tolerance:
        return []
    most, least = seen.max(axis=(0, 1)), seen.min(axis=(0, 1))
    threshold, error = tolerance * (most - least), _ROUNDING * np.maximum(np.abs(most), np.abs(least)) + _SMALLEST
    near = np.zeros(most.shape, np.bool_)
    for first, second in ((seen[0], seen[1]), (seen[:, 0], seen[:, 1]), (seen[0], seen[1, ::-1])):
        gap = np.abs(first - second)
        # Equal floats are equal decimals: a tie under every tolerance.
        near |= ((gap > 0) & (np.abs(gap - threshold) <= error)).any(axis=0)
    return np.flatnonzero(near.any(axis=0)).tolist()


def _pattern(game: Bimatrix) -> int:
    """Return the number of one game's pattern, computed in exact numbers."""
    A, B = game.payoffs
    number = 0
    for player, payoffs in enumerate((A, tuple(zip(*B, strict=True)))):
        compared = compare_cells(game.comparison(player), payoffs)._asdict()
        for name in _ORDER:
            number = 3 * number + compared[name] + 1
    return number


def _compared(first: Floats, second: Floats, threshold: Floats | None) -> NDArray[np.int8]:
    """Return 2 where the first payoff is better, 0 where the second is, 1 for a tie."""
    if threshold is None:
        return (first > second).view(np.int8) + (first >= second).view(np.int8)
    gap = first - second
    # If gap and threshold are both 0, only the first comparison is true: the result is 1, a tie.
    return (gap >= threshold).view(np.int8) + (gap > -threshold).view(np.int8)


def _mix(seen: Floats, mixes: NDArray[np.bool_], mixed: Floats) -> None:
    """Write the probabilities of action 0 that leave the opponent indifferent.

    They follow from the differences between the opponent's own two actions.
    """
    both = np.flatnonzero(mixes)
    stay, leave = np.take(seen, both, axis=-1)
    against_open, against_defect = stay - leave
    column, row = against_defect / (against_defect - against_open)
    rows, columns = mixed.T
    rows[both], columns[both] = row, column


_ORDER = ("reply_to_open", "guest_when_open", "straight", "reply_to_defect", "guest_when_defect", "crossed")
"""The comparisons of one player, in the order of the digits in `_patterns`."""


@cache
def _table() -> NDArray[np.uint64]:
    """Return the answer for every pattern of comparisons, possible or not, each packed into one integer."""
    digits = np.indices((3,) * len(_ORDER), dtype=np.int8).reshape(len(_ORDER), -1) - np.int8(1)
    row = CellComparisons(**dict(zip(_ORDER, digits[:, :, None], strict=True)))
    column = CellComparisons(**dict(zip(_ORDER, digits[:, None, :], strict=True)))
    replies = row.reply_to_open, row.reply_to_defect, column.reply_to_open, column.reply_to_defect
    answers = np.empty((_PATTERNS, _PATTERNS), _ANSWER)
    pure = answers["pure"]
    pure[..., 0, 0] = (replies[0] >= 0) & (replies[2] >= 0)
    pure[..., 0, 1] = (replies[1] >= 0) & (replies[2] <= 0)
    pure[..., 1, 0] = (replies[0] <= 0) & (replies[3] >= 0)
    pure[..., 1, 1] = (replies[1] <= 0) & (replies[3] <= 0)
    answers["mixes"] = (replies[0] * replies[1] < 0) & (replies[2] * replies[3] < 0)
    answers["tied"] = replies[0] * replies[1] * replies[2] * replies[3] == 0
    conditions = [np.broadcast_to(holds(row, column), answers.shape) for _, holds in DEFINITIONS]
    answers["code"] = np.select(conditions, list(range(len(DEFINITIONS))), len(DEFINITIONS))
    bully = answers["code"] == CLASSES.index("bully")
    answers["player"] = np.where(bully, np.where(row.defects, 0, 1), -1)
    return answers.view(np.uint64).ravel()
