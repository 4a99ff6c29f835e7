"""Who replies best where: the comparisons on which pure equilibria rest, each taken once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from games.bimatrix import Bimatrix, Cell


class Replies(NamedTuple):
    """The best replies of both players; the game's tolerance is not applied."""

    rows: list[frozenset[int]]
    """To each column, the rows that pay the row player most."""
    columns: list[frozenset[int]]
    """To each row, the columns that pay the column player most."""

    def cells(self) -> list[Cell]:
        """The cells in which neither player gains by changing alone, row by row."""
        return [(i, j) for i, best in enumerate(self.columns) for j in sorted(best) if i in self.rows[j]]

    def strict(self, cell: Cell) -> bool:
        """Whether each player has no other best reply to what the other does in the cell."""
        i, j = cell
        return len(self.rows[j]) == 1 == len(self.columns[i])


def replies(game: Bimatrix) -> Replies:
    """The best replies to every action of both players."""
    A, B = game.payoffs
    return Replies([_best(column) for column in zip(*A, strict=True)], [_best(row) for row in B])


def _best(line: Iterable[Fraction]) -> frozenset[int]:
    pays = list(line)
    most = max(pays)
    return frozenset(action for action, pay in enumerate(pays) if pay == most)


def pure_cells(game: Bimatrix) -> list[Cell]:
    """The cells in which neither player gains by changing alone, row by row; the game's tolerance is not applied."""
    return replies(game).cells()
