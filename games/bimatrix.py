"""`Bimatrix`, a two-player game in a payoff table: the input type of every solver in this package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from games.display import MatrixCell as Shown
from games.display import matrix_html, sentences_html
from games.documents import Limits
from games.errors import input_error
from games.exact_numbers import exact, format_rounded, format_value, to_common_unit
from games.exact_numbers import parse_tolerance as share_of_range
from games.labels import LONGEST_NAME, is_name
from games.visible_text import visible

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matrix: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""Payoffs of one player: rows of exact numbers."""
Index: TypeAlias = Annotated[int, Limits(minimum=0)]
Cell: TypeAlias = tuple[Index, Index]
"""An action of each player as indices from 0: row, column."""
Pair: TypeAlias = tuple[Fraction, Fraction]
"""One number for each player: row player, column player."""
Comparison: TypeAlias = Callable[[Fraction, Fraction], int]
"""Returns 1 when the first payoff is better, -1 when the second is, 0 for a tie."""
Scale: TypeAlias = Literal["ordinal", "cardinal"]
"""`ordinal`: only the order of payoffs has a meaning; `cardinal`: their differences have one too."""

MOST_CELLS = 10_000
_SHOWN = 8
_SHOWN_IN_NOTEBOOKS = 30


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Bimatrix:
    """The payoffs of two players for every pair of actions, in exact numbers.

    `tolerance` is the share of a player's own payoff range below which two payoffs count as equal: 0 for printed games
    and files, 1e-6 for games that an economic model has computed.
    """

    payoffs: tuple[Matrix, Matrix]
    """Player, row, column; player 0 chooses the row."""
    players: tuple[str, str]
    actions: tuple[tuple[str, ...], tuple[str, ...]]
    """Names of the rows, names of the columns."""
    scale: Scale
    name: str | None
    tolerance: Fraction
    remarks: tuple[str, ...] = field(compare=False)
    """Notes for the reader on how the game was read, such as names that were changed."""

    def __init__(
        self,
        payoffs: Any,
        players: Sequence[str] = ("Row", "Column"),
        actions: Sequence[Sequence[str]] | None = None,
        scale: str = "cardinal",
        name: str | None = None,
        tolerance: Any = 0,
        remarks: Sequence[str] = (),
    ) -> None:
        """Read two matrices of the same shape, given as lists, tuples or arrays.

        Parameters
        ----------
        payoffs
            (2, m, n): player, row, column; numbers as `games.exact_numbers.exact` reads them. At most 10,000 cells.
        players
            Names of the row player and the column player.
        actions
            Names of the m rows and names of the n columns; numbered from 1 when None.
        scale
            `ordinal` or `cardinal`.
        name
            Name of the game; None for none.
        tolerance
            Share of a player's payoff range below which payoffs tie, in [0, 1).
        remarks
            Notes on how the game was read.

        Raises
        ------
        InputError
                For matrices that are ragged, empty or of different shapes, for values that are not finite numbers, and
            for names that are missing, equal, unprintable or longer than 200 characters.
        """
        matrices = _matrices(payoffs)
        shape = len(matrices[0]), len(matrices[0][0])
        numbered = [[str(index + 1) for index in range(size)] for size in shape]
        put = object.__setattr__
        put(self, "payoffs", matrices)
        put(self, "players", _names(players, 2, "players"))
        put(self, "actions", _actions(numbered if actions is None else actions, shape))
        put(self, "scale", _scale(scale))
        put(self, "name", None if name is None else _names([name], 1, "name")[0])
        put(self, "tolerance", share_of_range(tolerance))
        put(self, "remarks", tuple(remarks))

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows, number of columns."""
        return len(self.payoffs[0]), len(self.payoffs[0][0])

    def cells(self) -> list[Cell]:
        """Return every cell, row by row."""
        rows, columns = self.shape
        return [(i, j) for i in range(rows) for j in range(columns)]

    def at(self, cell: Cell) -> Pair:
        """Return the payoffs of both players in a cell."""
        (i, j), (A, B) = cell, self.payoffs
        return A[i][j], B[i][j]

    def cell_name(self, cell: Cell) -> str:
        """Return the action names of a cell, such as `(Liberalize, Defect)`."""
        return f"({self.actions[0][cell[0]]}, {self.actions[1][cell[1]]})"

    def array(self) -> NDArray[np.float64]:
        """Return the payoffs as floats of shape (2, m, n): player, row, column."""
        import numpy as np

        return np.array([[[float(x) for x in row] for row in matrix] for matrix in self.payoffs])

    def transpose(self) -> Bimatrix:
        """Return the same game with the players swapped: the column player becomes the row player.

        Remarks are dropped.
        """
        A, B = self.payoffs
        swapped = tuple(zip(*B, strict=True)), tuple(zip(*A, strict=True))
        return Bimatrix(swapped, self.players[::-1], self.actions[::-1], self.scale, self.name, self.tolerance)

    def threshold(self, player: int) -> Fraction:
        """Return the smallest payoff difference that is not a tie for the player.

        It is the tolerance times the range of the player's own payoffs; 0 when the tolerance is 0.
        """
        values = list(chain.from_iterable(self.payoffs[player]))
        return self.tolerance * (max(values) - min(values)) if self.tolerance else Fraction(0)

    def comparison(self, player: int) -> Comparison:
        """Return the function that compares two payoffs of the player with the tie rule of the game."""
        threshold = self.threshold(player)

        def compare(first: Fraction, second: Fraction) -> int:
            gap = first - second
            # Both comparisons are true only when gap and threshold are 0; the result is then 0, a tie.
            return (gap >= threshold) - (-gap >= threshold)

        return compare

    def with_exact_ties(self) -> Bimatrix:
        """Return the game with near ties among the replies to one action replaced by exact ties.

        Within each column of the row player and each row of the column player, payoffs are grouped from the highest
        down. All payoffs less than `threshold` below the highest of their group take its value. The result has
        tolerance 0.
        """
        if not self.tolerance:
            return self
        A, B = self.payoffs
        columns = _gathered(tuple(zip(*A, strict=True)), self.threshold(0))
        settled = tuple(zip(*columns, strict=True)), _gathered(B, self.threshold(1))
        return Bimatrix(settled, self.players, self.actions, self.scale, self.name)

    def __repr__(self) -> str:
        """Return the payoff table as text; only the size when a side has more than 8 actions."""
        title = _title(self)
        if max(self.shape) > _SHOWN:
            return f"{title}, {self.shape[0]} x {self.shape[1]}"
        return "\n".join([title, *_drawn(self)])

    def _repr_html_(self) -> str:
        if max(self.shape) > _SHOWN_IN_NOTEBOOKS:
            return sentences_html([repr(self)])
        return matrix_html(f"{_title(self)}.", self.players, self.actions, _marked(self))


def _title(game: Bimatrix) -> str:
    row, column = game.players
    return visible(f"{game.name or 'game'} ({game.scale}), {row} chooses the row, {column} the column")


def _marked(game: Bimatrix) -> list[list[Shown]]:
    """Return every cell with its best replies, by the tie rule of the game."""
    A, B = game.with_exact_ties().payoffs
    tops = [max(column) for column in zip(*A, strict=True)]
    rows, columns = game.shape
    return [
        [
            Shown((format_rounded(a), format_rounded(b)), (A[i][j] == tops[j], B[i][j] == max(B[i])))
            for j, (a, b) in ((j, game.at((i, j))) for j in range(columns))
        ]
        for i in range(rows)
    ]


def _drawn(game: Bimatrix) -> list[str]:
    body = [
        [f"{format_rounded(a)}, {format_rounded(b)}" for a, b in zip(*rows, strict=True)]
        for rows in zip(*game.payoffs, strict=True)
    ]
    rows, columns = (list(map(visible, side)) for side in game.actions)
    lines = [["", *columns], *([name, *row] for name, row in zip(rows, body, strict=True))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["   ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def _gathered(lines: Matrix, threshold: Fraction) -> Matrix:
    """Return every line with each payoff replaced by the highest of its group."""
    *sizes, least = to_common_unit([*chain.from_iterable(lines), threshold])
    found: list[list[Fraction]] = []
    for start, line in zip(range(0, len(sizes), len(lines[0])), lines, strict=True):
        order = sorted(range(len(line)), key=lambda place, start=start: sizes[start + place], reverse=True)
        head, gathered = order[0], list(line)
        for place in order:
            head = head if sizes[start + head] - sizes[start + place] < least else place
            gathered[place] = line[head]
        found.append(gathered)
    return tuple(map(tuple, found))


def _matrices(payoffs: Any) -> tuple[Matrix, Matrix]:
    pair = _listed(payoffs)
    if pair is None or len(pair) != 2:
        raise input_error("payoffs", "a game of two players needs two matrices", "write [A, B], the row player's first")
    first, second = _matrix(pair[0], "payoffs[0]"), _matrix(pair[1], "payoffs[1]")
    shapes = [(len(matrix), len(matrix[0])) for matrix in (first, second)]
    if shapes[0] != shapes[1]:
        sizes = " and ".join(f"{rows} x {columns}" for rows, columns in shapes)
        raise input_error("payoffs", f"the two matrices are {sizes}", "give both players a number in every cell")
    return first, second


def _matrix(value: Any, place: str) -> Matrix:
    rows = [_listed(row) for row in _listed(value) or ()]
    if not rows or not all(rows):
        raise input_error(place, "is not a matrix", "write a list of rows of numbers, such as [[5, 1], [3, 3]]")
    full = [row for row in rows if row]
    if len({len(row) for row in full}) > 1:
        raise input_error(
            place,
            f"has rows of {' and '.join(map(str, sorted({len(row) for row in full})))} numbers",
            "give every row the same length",
        )
    if sum(map(len, full)) > MOST_CELLS:
        raise input_error(place, f"has more than {MOST_CELLS} cells", "leave out actions that nobody would choose")
    return tuple(tuple(exact(x, f"{place}[{i}][{j}]") for j, x in enumerate(row)) for i, row in enumerate(full))


def _listed(value: Any) -> list[Any] | None:
    value = value.tolist() if hasattr(value, "tolist") else value
    return list(value) if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) else None  # pyright: ignore[reportUnknownArgumentType]


def _actions(actions: Any, shape: tuple[int, int]) -> tuple[tuple[str, ...], ...]:
    lists = _listed(actions)
    if lists is None or len(lists) != 2:
        raise input_error(
            "actions", "two lists of names are needed", 'write [["Liberalize", "Defect"], ["Liberalize", "Defect"]]'
        )
    return tuple(
        _names(names, size, f"actions[{side}]") for side, (names, size) in enumerate(zip(lists, shape, strict=True))
    )


def _names(names: Any, count: int, place: str) -> tuple[str, ...]:
    listed = _listed(names) or []
    if len(listed) != count:
        raise input_error(place, f"has {len(listed)} names where {count} are needed", "name each of them once")
    for name in listed:
        if not isinstance(name, str) or not is_name(name):
            text = name if isinstance(name, str) else format_value(name)
            hint = f"write plain text of 1 to {LONGEST_NAME} characters"
            raise input_error(place, f"{text[:40]!r} is not a name", hint)
    if len(set(listed)) != count:
        raise input_error(place, "two names are alike", "give each its own name")
    return tuple(listed)


def _scale(scale: Any) -> Scale:
    if scale == "ordinal" or scale == "cardinal":  # noqa: PLR1714 - the comparison narrows the type
        return scale
    raise input_error(
        "scale", f"{scale!r} is not a scale", 'write "ordinal" (order only) or "cardinal" (differences mean something)'
    )
