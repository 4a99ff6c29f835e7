"""Best replies of both players to every action of the other, and the pure equilibria that follow from them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from games.bimatrix import Bimatrix, Cell


class Replies(NamedTuple):
    """The best replies of both players; the game's tolerance is not applied."""

    rows: list[frozenset[int]]
    """For each column, the rows with the highest payoff of the row player."""
    columns: list[frozenset[int]]
    """For each row, the columns with the highest payoff of the column player."""

    def cells(self) -> list[Cell]:
        """Return the cells in which neither player gains by changing alone, row by row."""
        return [(i, j) for i, best in enumerate(self.columns) for j in sorted(best) if i in self.rows[j]]

    def strict(self, cell: Cell) -> bool:
        """Return whether each player has only one best reply to the action of the other in this cell."""
        i, j = cell
        return len(self.rows[j]) == 1 == len(self.columns[i])


def replies(game: Bimatrix) -> Replies:
    """Return the best replies to every action of both players."""
    A, B = game.payoffs
    return Replies([_best(column) for column in zip(*A, strict=True)], [_best(row) for row in B])


def _best(line: Iterable[Fraction]) -> frozenset[int]:
    pays = list(line)
    most = max(pays)
    return frozenset(action for action, pay in enumerate(pays) if pay == most)


def pure_cells(game: Bimatrix) -> list[Cell]:
    """Return the cells in which neither player gains by changing alone, row by row; the tolerance is not applied."""
    return replies(game).cells()
