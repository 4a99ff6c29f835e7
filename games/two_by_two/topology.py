"""The place of a 2x2 game among all others: the topology of Robinson and Goforth (2005).

Only the order of payoffs counts. Without ties there are 576 tables; 144 games are left when the names of actions do not
matter, 78 when the order of the players does not matter either (Rapoport and Guyer 1966). Two games are neighbours when
two adjacent ranks of one player are exchanged: six neighbours each. A game with ties lies between games: each way to
break its ties gives one of its neighbours.

Every strict game has a key such as `TRPS-RTPS`, the row player's order and the column player's. To read it, name the
actions so that each player's best cell is in the row or column in which the *other* plays C; there is exactly one way.
Then, with a player's own action first, R is (C, C), S is (C, D), T is (D, C), P is (D, D): reward, sucker's payoff,
temptation and punishment, as in the prisoner's dilemma (Rapoport and Chammah 1965). Each order runs from best to worst.
A best cell is R or T, so there are twelve orders, and 12 x 12 keys. A game in which both have the same order is
symmetric and gives the order its name.

In `ORDERS` the six orders that begin with T follow each other as rows and columns do in a layer of Robinson and
Goforth: each is one exchange away from the next, and the last from the first. The six that begin with R do the same.
The four pairs of first letters are their four layers. Their printed numbers (layer, row, column) are *not* given here:
our key is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from typing import NamedTuple, TypeAlias

from games.bimatrix import Bimatrix, Matrix
from games.messages import message
from games.two_by_two.taxonomy import ClassName, classify

Ranks: TypeAlias = tuple[tuple[int, ...], ...]
"""One player's payoffs as ranks from the worst, 1, upwards: rows of integers; ties share a rank."""

ORDERS = {
    "TRPS": message("prisoner's dilemma"),
    "TRSP": message("chicken"),
    "TSRP": message("leader"),
    "TSPR": message("hero"),
    "TPSR": message("compromise"),
    "TPRS": message("deadlock"),
    "RTSP": message("concord"),
    "RTPS": message("stag hunt"),
    "RPTS": message("assurance"),
    "RPST": message("coordination"),
    "RSPT": message("peace"),
    "RSTP": message("harmony"),
}
"""The twelve orders and the symmetric game of each; names as in Bruns (2015), Games 6, leader and hero as in Rapoport
(1967), Behavioral Science 12; both of these are also called battle of the sexes.
"""

_LETTERS = {(0, 0): "R", (0, 1): "S", (1, 0): "T", (1, 1): "P"}


class Place(NamedTuple):
    """The key of a strict game; `Place("TRPS", "RTPS")`: deadlock for the row player, stag hunt for the column."""

    row: str
    column: str

    @property
    def key(self) -> str:
        """Both orders joined by a hyphen, the row player's first."""
        return f"{self.row}-{self.column}"

    @property
    def mirror(self) -> Place:
        """The same game with the players listed in the other order."""
        return Place(self.column, self.row)

    @property
    def name(self) -> str:
        """The names of both orders; one name for a symmetric game."""
        row, column = ORDERS[self.row], ORDERS[self.column]
        return row if row == column else message("{row} against {column}", row=row, column=column)


class Neighbour(NamedTuple):
    """A neighbouring strict game: its key, and its class with the same order of actions."""

    key: str
    kind: ClassName


@dataclass(frozen=True, slots=True)
class Topology:
    """The place of a 2x2 game and its neighbours."""

    place: Place | None
    """None when a player has ties."""
    strict: bool
    """Whether no player is indifferent between any two cells."""
    neighbours: tuple[Neighbour, ...]
    """For a strict game: the six games that one exchange of adjacent ranks gives. For a game with ties: every strict
    game that breaks its ties. Sorted; a key appears once for each class that it has in the given order of actions.
    """


def topology(game: Bimatrix) -> Topology | None:
    """Return the place of a 2x2 game and its neighbouring strict games; None for other sizes."""
    return _around(*ranks(game)) if game.shape == (2, 2) else None


def all_places() -> tuple[Place, ...]:
    """Return all 144 strict games, in the order of a 12 x 12 table with the row player's order down the side."""
    return tuple(Place(row, column) for row, column in product(ORDERS, ORDERS))


def ranks(game: Bimatrix) -> tuple[Ranks, Ranks]:
    """Return the ranks of both players' payoffs, for a game of any size.

    Payoffs are grouped from the highest down; those less than the game's tolerance below the highest of their group
    share its rank.
    """
    return _ranked(game.payoffs[0], game.threshold(0)), _ranked(game.payoffs[1], game.threshold(1))


def rank_table(place: Place) -> tuple[Ranks, Ranks]:
    """Return ranks 1 to 4 of both players in a strict game, with C as the first row and the first column."""
    row, column = (
        tuple(tuple(4 - order.index(_LETTERS[own, other]) for other in (0, 1)) for own in (0, 1)) for order in place
    )
    return row, _turned(column)


def find_place(row: Ranks, column: Ranks) -> Place:
    """Return the place of the strict 2x2 game with these ranks; each player's ranks are 1, 2, 3 and 4."""
    column = _turned(column)
    best_for_row, best_for_column = _best(row), _best(column)
    # Each player's best cell determines which action of the other is C.
    return Place(_order(row, best_for_column[1], best_for_row[1]), _order(column, best_for_row[1], best_for_column[1]))


def _ranked(matrix: Matrix, threshold: Fraction) -> Ranks:
    heads: list[Fraction] = []
    from_best: dict[Fraction, int] = {}
    for value in sorted({x for row in matrix for x in row}, reverse=True):
        if not heads or heads[-1] - value >= threshold:
            heads.append(value)
        from_best[value] = len(heads)
    return tuple(tuple(len(heads) + 1 - from_best[value] for value in row) for row in matrix)


def _turned(ranks: Ranks) -> Ranks:
    return tuple(zip(*ranks, strict=True))


def _best(ranks: Ranks) -> tuple[int, int]:
    return max(product((0, 1), (0, 1)), key=lambda cell: ranks[cell[0]][cell[1]])


def _order(ranks: Ranks, own_c: int, other_c: int) -> str:
    """Return the letters from best to worst; `own_c` and `other_c` are the actions that are C."""
    cells = sorted(product((0, 1), (0, 1)), key=lambda cell: -ranks[cell[0]][cell[1]])
    return "".join(_LETTERS[own ^ own_c, other ^ other_c] for own, other in cells)


@cache
def _around(row: Ranks, column: Ranks) -> Topology:
    rows, columns = list(_broken(row)), list(_broken(column))
    strict = len(rows) == len(columns) == 1
    if strict:
        beside = [(other, column) for other in _swapped(row)] + [(row, other) for other in _swapped(column)]
    else:
        beside = list(product(rows, columns))
    found = {Neighbour(find_place(*pair).key, classify(Bimatrix(pair)).name) for pair in beside}
    return Topology(find_place(row, column) if strict else None, strict, tuple(sorted(found)))


def _broken(ranks: Ranks) -> Iterator[Ranks]:
    """Yield every strict order of four cells that agrees with the given one; a strict one gives only itself."""
    given = [rank for row in ranks for rank in row]
    for a, b, c, d in permutations(range(1, 5)):
        pairs = list(zip(given, (a, b, c, d), strict=True))
        if all(mine < theirs for (low, mine), (high, theirs) in product(pairs, pairs) if low < high):
            yield (a, b), (c, d)


def _swapped(ranks: Ranks) -> Iterator[Ranks]:
    """Yield the three orders in which two adjacent ranks are exchanged."""
    for low in (1, 2, 3):
        exchanged = {low: low + 1, low + 1: low}
        yield tuple(tuple(exchanged.get(rank, rank) for rank in row) for row in ranks)
