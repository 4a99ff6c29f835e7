"""Facts about a 2x2 game: best replies, dominance, equilibria, and the cells that both players prefer.

Every fact is computed from comparisons of the payoffs with the game's own tie rule (`Bimatrix.comparison`). None
follows from the name of a class: games of one class differ in most of these facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, TypeAlias

from games.bimatrix import Bimatrix, Cell
from games.equilibria.best_replies import replies
from games.errors import input_error

Signs: TypeAlias = tuple[int, int]
"""For each player 1 when the first of two cells is better, -1 when the second is, 0 for a tie."""

OPEN: Cell = (0, 0)
"""Both players choose their first action."""
CLOSED: Cell = (1, 1)
"""Both players choose their second action."""


class Dominant(NamedTuple):
    """An action that is never worse than the other one, and better at least once."""

    action: int
    strict: bool
    """Whether it is better against both actions of the other player."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The facts of one 2x2 game; players and actions are numbers, cells are (row, column)."""

    best_replies: tuple[tuple[frozenset[int], frozenset[int]], ...]
    """By player and action of the other: the actions with the highest payoff, both where they tie."""
    dominant: tuple[Dominant | None, Dominant | None]
    """By player; None where neither action dominates."""
    equilibria: tuple[Cell, ...]
    """The cells in which neither player gains by changing alone, row by row."""
    both_prefer: tuple[tuple[Cell, Cell], ...]
    """Every pair of cells of which both players strictly prefer the first to the second."""
    choice: Signs | None
    """How the players compare the first equilibrium with the second; None unless there are exactly two."""
    opening: Signs
    """How the players compare (0, 0) with (1, 1): the gain or loss when both change to their first action."""

    def better_for_both(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the cells that both players prefer to this one."""
        return tuple(better for better, worse in self.both_prefer if worse == cell)


def explain(game: Bimatrix) -> Explanation:
    """Return the facts of a 2x2 game; InputError for another size."""
    if game.shape != (2, 2):
        rows, columns = game.shape
        raise input_error("game", f"is {rows} x {columns}", "give a game of two actions a player")
    found = replies(game.with_exact_ties())
    equilibria = tuple(found.cells())
    by_player = (_pair(found.rows), _pair(found.columns))
    signs = dict(_signs(game))
    return Explanation(
        best_replies=by_player,
        dominant=(_dominant(by_player[0]), _dominant(by_player[1])),
        equilibria=equilibria,
        both_prefer=tuple(pair for pair, both in signs.items() if both == (1, 1)),
        choice=signs[equilibria[0], equilibria[1]] if len(equilibria) == 2 else None,
        opening=signs[OPEN, CLOSED],
    )


def _pair(best: list[frozenset[int]]) -> tuple[frozenset[int], frozenset[int]]:
    first, second = best
    return first, second


def _dominant(best: tuple[frozenset[int], frozenset[int]]) -> Dominant | None:
    always = best[0] & best[1]
    if len(always) != 1:
        return None
    return Dominant(min(always), strict=best[0] == best[1])


def _signs(game: Bimatrix) -> Iterator[tuple[tuple[Cell, Cell], Signs]]:
    """Yield how the players compare each ordered pair of different cells."""
    row, column = game.comparison(0), game.comparison(1)
    for first, second in combinations(game.cells(), 2):
        (a, b), (c, d) = game.at(first), game.at(second)
        signs = row(a, c), column(b, d)
        yield (first, second), signs
        yield (second, first), (-signs[0], -signs[1])
