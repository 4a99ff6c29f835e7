"""Promised payments before play in a 2x2 game: which cells can they support (Jackson and Wilkie 2005)?

First both players announce, at the same time and with binding force, how much they will pay the other in each cell:
four amounts of at least 0. Then they play the changed game. The question is which cells can be the outcome of a
subgame-perfect equilibrium, and with what payment on the equilibrium path. The answer is exact for 2x2 games, pure
announcements and a pure cell on the path, with mixed play off the path. It is derived here from the definitions of the
paper by the arguments below. It is not a copy of the paper's theorems, and it does not cover mixed announcements, mixed
play on the path, and larger games.

**Alone.** Let the other promise nothing. The solo payoff of a player is the supremum, over its own promises, of its
payoff in the worst equilibrium of the changed game. With a pure equilibrium at (i, j) the row player gets at most
A[i][j] - max(0, B[i][j'] - B[i][j]), because it must pay the gain that the column player would have by leaving. It can
come as close to that as it likes, by promising enough at (i', j) to make that cell unattractive. If only mixed
equilibria exist, its payoff rises as each of its payments falls, so the smallest payments that keep the column player
switching are best.

**Together.** With two players each can hand back what the other promises. So no player accepts less than its solo
payoff. For a cell x and a division of its total, the only question is whether the promises that x needs help a player
who deviates. At x one player pays what the division requires, and each promises to give up its gain from leaving x, and
nothing else, since every further promise only gives the other more possibilities. Solving for the division gives a
least payoff for each player, `_least`. Moreover the total at x must not be below that of a cell that one player alone
can reach: otherwise the other would promise a part of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from games.bargaining.side_payments import ORDINAL
from games.bimatrix import Bimatrix, Cell, Matrix, Pair
from games.documents import Document
from games.errors import input_error
from games.messages import join_messages, message

NONE_HOLDS = message(
    "No cell can be supported by promises: whatever the two announce, one of them does better by another announcement."
)
OPEN = message("Promises support what is shown; they do not exclude that the talk ends in another equilibrium.")
ONE_MOVES = message("One player alone can move to a cell where the two have more together; the other would pay for it.")
TOO_LITTLE = message("The two together do not have enough here for what each could get by another announcement.")
FREE = message("Holds without payment on path.")
PAID = message("Holds only with a payment on path.")

_DIGITS = 30


@dataclass(frozen=True, slots=True)
class Support(Document):
    """Whether promises can support one cell."""

    cell: Cell
    holds: bool
    window: Pair | None
    """Least and greatest payment on the path from the column to the row player; None when the cell cannot be supported.
    Irrational ends are rounded inwards at the thirtieth decimal.
    """
    note: str


@dataclass(frozen=True, slots=True)
class Promises(Document):
    """What binding promises can support in a 2x2 game; amounts in the game's own payoff unit."""

    solo: Pair
    """The payoff that each player could guarantee if it alone could promise, as a supremum."""
    cells: tuple[Support, ...]
    """Every cell, row by row."""
    note: str


def promises(game: Bimatrix) -> Promises:
    """Return the solo payoffs, and for every cell whether promises support it and with what payment on the path.

    Payoffs are compared exactly, whatever the game's tolerance, because a payment can be arbitrarily small. Raises
    InputError for games that are not 2x2.
    """
    if game.shape != (2, 2):
        raise input_error("game", f"is {game.shape[0]} x {game.shape[1]}", "promises are worked out for 2x2 games only")
    supports = tuple(_support(game, cell) for cell in game.cells())
    sentences = [OPEN if any(one.holds for one in supports) else NONE_HOLDS]
    sentences += [ORDINAL] if game.scale == "ordinal" else []
    return Promises((_solo(game), _solo(game.transpose())), supports, join_messages(" ", sentences))


def _solo(game: Bimatrix) -> Fraction:
    """Return the row player's solo payoff: through a pure equilibrium, or through one of the two cycles."""
    pure = max(_bought(game, cell) for cell in game.cells())
    cycles = [_cycle(_from(game, cell)) for cell in ((0, 0), (1, 0))]
    return max([pure, *(value for value in cycles if value is not None)])


def _bought(game: Bimatrix, cell: Cell) -> Fraction:
    """Return the row player's payoff in a cell after it has paid the column player to stay there."""
    (i, j), (A, B) = cell, game.payoffs
    return A[i][j] - max(Fraction(0), B[i][1 - j] - B[i][j])


def _cycle(game: Bimatrix) -> Fraction | None:
    """Return the row player's payoff in a mixed equilibrium; None where there is no such cycle.

    The row player wants to match and pays the column player just enough to want to differ.
    """
    (a00, _), (_, a11) = game.payoffs[0]
    a01, a10 = _bought(game, (0, 1)), _bought(game, (1, 0))
    if max(a01, a10) >= min(a00, a11):
        return None
    return (a00 * a11 - a01 * a10) / (a00 - a10 + a11 - a01)


def _from(game: Bimatrix, cell: Cell) -> Bimatrix:
    """Return the same game with its actions listed so that the cell comes first."""
    i, j = cell
    A, B = (_listed(matrix, i, j) for matrix in game.payoffs)
    return Bimatrix((A, B))


def _listed(matrix: Matrix, i: int, j: int) -> Matrix:
    return (matrix[i][j], matrix[i][1 - j]), (matrix[1 - i][j], matrix[1 - i][1 - j])


def _support(game: Bimatrix, cell: Cell) -> Support:
    first = _from(game, cell)
    totals = [sum(first.at(other)) for other in ((0, 0), (0, 1), (1, 0))]
    if totals[0] < max(totals):
        return Support(cell, holds=False, window=None, note=ONE_MOVES)
    row, column = _least(first), _least(first.transpose())
    payoff = first.at((0, 0))[0]
    if row + column > totals[0]:
        return Support(cell, holds=False, window=None, note=TOO_LITTLE)
    window = row - payoff, totals[0] - column - payoff
    free = window[0] <= 0 <= window[1]
    return Support(cell, holds=True, window=window, note=FREE if free else PAID)


def _least(game: Bimatrix) -> Fraction:
    """Return the least payoff at (0, 0) at which the row player does not prefer another promise.

    Assumes that the total at (0, 0) is not below that of its neighbours. Row 1 can be bought as in the game itself. If
    the column player is tempted to leave, a promise must hold it, and the row player may be the payer; the binding
    constraint is then a cycle through that promise. If it is not tempted, the row player is not the payer, and the
    binding constraint is the cycle in the other direction.
    """
    (a00, a01), (a10, a11) = game.payoffs[0]
    (b00, b01), _ = game.payoffs[1]
    least = max(_bought(game, (1, 0)), _bought(game, (1, 1)))
    if b01 <= b00:
        return max(least, a00, min(a01, a10))
    total, other = a00 + b00, a01 + b01
    return max(least, total - b01, _turning(a00, a11, _bought(game, (1, 0)), total - other))


def _turning(a00: Fraction, a11: Fraction, a10: Fraction, spare: Fraction) -> Fraction:
    """Return the least u >= a10 with (a00 - u)(a11 - u) <= spare * (u - a10): the smaller root of a parabola."""
    lower = min(a00, a11)
    if a10 >= lower:
        return a10
    total = a00 + a11 + spare
    return (total - _root(total * total - 4 * (a00 * a11 + spare * a10))) / 2


def _root(square: Fraction) -> Fraction:
    """Return the square root, exact where it is a fraction, else rounded down at the thirtieth decimal."""
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if (top * top, bottom * bottom) == (square.numerator, square.denominator):
        return Fraction(top, bottom)
    scale = 10**_DIGITS
    return Fraction(isqrt(square.numerator * scale * scale // square.denominator), scale)
