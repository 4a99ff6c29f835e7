"""One equilibrium after the other, for games whose complete list takes too long: paths of Lemke and Howson (1964).

Each player's best-reply inequalities form a tableau with slack variables. x[i] and the slack of row i have label i;
y[j] and the slack of column j have label m + j. The path starts at the empty profile, which has every label:

1. Drop one label; its variable enters the basis of its tableau.
2. The pivot removes another variable, which has a label too. If it is the label of step 1, stop: an equilibrium is
   found.
3. Otherwise let the other variable with that label enter the other tableau, and repeat step 2.

Integer pivots (Edmonds 1967; von Stengel 2002) keep it exact. The lexicographic rule prevents cycles on ties. Each of
the m + n labels leads to an equilibrium, but several may lead to the same one, and some equilibria lie on no path.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction

from games.bimatrix import Matrix
from games.equilibria.enumeration import Mixture, Whole, to_integers


def paths(A: Matrix, B: Matrix, deadline: float) -> Iterator[tuple[Mixture, Mixture]]:
    """Yield the equilibrium at the end of each label's path; stop when the deadline has passed.

    Parameters
    ----------
    A
        (m, n): payoffs of the row player.
    B
        (m, n): payoffs of the column player.
    deadline
        A reading of `time.perf_counter()`.

    Yields
    ------
    tuple of Mixture
        Row and column strategy; the same pair may come more than once.

    References
    ----------
    Lemke and Howson 1964; von Stengel 2002.
    """
    rows, columns = len(A), len(A[0])
    try:
        replies_to_rows, replies_to_columns = (
            to_integers(B, deadline),
            to_integers(tuple(zip(*A, strict=True)), deadline),
        )
        for label in range(rows + columns):
            row = _Tableau(replies_to_rows, 0, rows)
            column = _Tableau(replies_to_columns, rows, 0)
            _walk((row, column) if label < rows else (column, row), label, deadline)
            yield row.mixture(), column.mixture()
    except TimeoutError:
        return


def _walk(tableaux: tuple[_Tableau, _Tableau], label: int, deadline: float) -> None:
    turn, other = tableaux
    entering = turn.pivot(label, deadline)
    while entering != label:
        turn, other = other, turn
        entering = turn.pivot(entering, deadline)


class _Tableau:
    """The inequalities on one player's strategy: sum of x[i] * replies[i][j] + slack[j] = 1."""

    def __init__(self, replies: Whole, own: int, other: int) -> None:
        """Start with all slack variables in the basis.

        `own` and `other` are the first labels of the player and of the opponent.
        """
        size, count = len(replies), len(replies[0])
        self.labels = range(own, own + size)
        self.basis = list(range(other, other + count))
        self.slacks = list(self.basis)
        self.scale = 1
        self.bounds = [1] * count
        # One column per variable, whether it is in the basis or not.
        self.columns = {label: list(column) for label, column in zip(self.labels, replies, strict=True)}
        self.columns |= {label: [int(label == slack) for slack in self.slacks] for label in self.slacks}

    def pivot(self, entering: int, deadline: float) -> int:
        """Bring the variable into the basis; return the label of the variable that leaves."""
        head = self.columns[entering]
        r = self._leaving_row(head)
        for label, column in self.columns.items():
            if time.perf_counter() > deadline:
                raise TimeoutError
            if label != entering:
                self._clear(column, head, r)
        self._clear(self.bounds, head, r)
        leaving, self.basis[r] = self.basis[r], entering
        self.scale, pivot = head[r], head[r]
        self.columns[entering] = [pivot if row == r else 0 for row in range(len(head))]
        return leaving

    def _clear(self, column: list[int], head: list[int], r: int) -> None:
        pivot, top, scale = head[r], column[r], self.scale
        column[:] = [
            top if row == r else (x * pivot - factor * top) // scale
            for row, (x, factor) in enumerate(zip(column, head, strict=True))
        ]

    def _leaving_row(self, head: list[int]) -> int:
        """Return the row with the smallest ratio of bound to entering column; ties are broken by the slack columns.

        No two rows have the same slack columns, so the tie is always broken.
        """
        rows = [row for row, factor in enumerate(head) if factor > 0]
        columns = iter((self.bounds, *(self.columns[label] for label in self.slacks)))
        while len(rows) > 1:
            column, least = next(columns), rows[0]
            for row in rows:
                # Ratios, compared without division.
                if column[row] * head[least] < column[least] * head[row]:
                    least = row
            rows = [row for row in rows if column[row] * head[least] == column[least] * head[row]]
        return rows[0]

    def mixture(self) -> Mixture:
        """Return the mixed strategy of the current basis."""
        weights = dict(zip(self.basis, self.bounds, strict=True))
        total = sum(weights.get(label, 0) for label in self.labels)
        return tuple(Fraction(weights.get(label, 0), total) for label in self.labels)
