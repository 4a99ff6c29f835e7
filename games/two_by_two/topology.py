"""Where a 2x2 game stands among all the others: the topology of Robinson and Goforth (2005).

Only the order of payoffs counts. Without ties there are 576 tables; 144 games are left when the names of actions
do not matter, 78 when it does not matter either who is listed first (Rapoport and Guyer 1966). Two games are
neighbours when one player's two adjacent ranks change places: six neighbours each. A tie is a frontier between
games: whoever breaks it comes out in one of the games beside it.

Every strict game has a key such as `TRPS-RTPS`, the row player's order and the column player's. To read it, name
the actions so that each player's best cell lies where the *other* plays C; there is exactly one way. Then, with a
player's own action first, R is (C, C), S is (C, D), T is (D, C), P is (D, D): reward, sucker's payoff, temptation
and punishment, as in the prisoner's dilemma (Rapoport and Chammah 1965); each order runs from best to worst. A best
cell is R or T, so there are twelve orders, and 12 x 12 keys. A game in which both have the same order is symmetric
and lends the order its name.

In `ORDERS` the six that begin with T follow each other as rows and columns do in a layer of Robinson and Goforth,
each one swap from the next and the last from the first; so do the six that begin with R. The four pairs of first
letters are their four layers. Their printed numbers (layer, row, column) are *not* given here: our key is our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from typing import NamedTuple, TypeAlias

from games.bimatrix import Bimatrix, Matrix
from games.two_by_two.taxonomy import classify

Ranks: TypeAlias = tuple[tuple[int, ...], ...]
"""One player's payoffs as places from the worst, 1, upwards: rows of whole numbers; ties share a place."""

ORDERS = {
    "TRPS": "prisoner's dilemma",
    "TRSP": "chicken",
    "TSRP": "leader",
    "TSPR": "hero",
    "TPSR": "compromise",
    "TPRS": "deadlock",
    "RTSP": "concord",
    "RTPS": "stag hunt",
    "RPTS": "assurance",
    "RPST": "coordination",
    "RSPT": "peace",
    "RSTP": "harmony",
}
"""The twelve orders and the symmetric game of each; names as in Bruns (2015), Games 6, leader and hero as in
Rapoport (1967), Behavioral Science 12; both of these are also called battle of the sexes."""

_LETTERS = {(0, 0): "R", (0, 1): "S", (1, 0): "T", (1, 1): "P"}


class Place(NamedTuple):
    """A strict game by what it is to each: `Place("TPRS", "RTPS")` is deadlock to the row, stag hunt to the column."""

    row: str
    column: str

    @property
    def key(self) -> str:
        """Both orders in one word, the row player's first."""
        return f"{self.row}-{self.column}"

    @property
    def mirrored(self) -> Place:
        """The same game with the players listed the other way round."""
        return Place(self.column, self.row)

    @property
    def name(self) -> str:
        """What the game is to the two: one name for a symmetric game, else the row player's and the column player's."""
        names = dict.fromkeys((ORDERS[self.row], ORDERS[self.column]))
        return " against ".join(names)


class Neighbour(NamedTuple):
    """A strict game beside a game: its key, and its class as the same actions are listed."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Topology:
    """The place of a 2x2 game and what lies beside it."""

    place: Place | None
    """None when a player has ties."""
    strict: bool
    """No player is indifferent between any two cells."""
    neighbours: tuple[Neighbour, ...]
    """Of a strict game: the six that one swap of adjacent ranks makes. Of a tied one: every strict game that
    breaks its ties. Sorted, each key once for every class that it has when its actions are so listed."""


def topology(game: Bimatrix) -> Topology | None:
    """The place of a game among the strict 2x2 games, or those between which it lies; None for other sizes."""
    return _around(*ranks(game)) if game.shape == (2, 2) else None


def places() -> tuple[Place, ...]:
    """All 144 strict games, in the order of a 12 x 12 table with the row player's order down the side."""
    return tuple(Place(row, column) for row, column in product(ORDERS, ORDERS))


def ranks(game: Bimatrix) -> tuple[Ranks, Ranks]:
    """The order of both players' payoffs, for a game of any size.

    From the highest down, payoffs that lie less than the game's tolerance below the head of their group share
    its place.
    """
    return _ranked(game.payoffs[0], game.threshold(0)), _ranked(game.payoffs[1], game.threshold(1))


def table(place: Place) -> tuple[Ranks, Ranks]:
    """Ranks 1 to 4 of both players in a strict game, with C as the first row and the first column."""
    row, column = (
        tuple(tuple(4 - order.index(_LETTERS[own, other]) for other in (0, 1)) for own in (0, 1)) for order in place
    )
    return row, _turned(column)


def place(row: Ranks, column: Ranks) -> Place:
    """Where the strict 2x2 game with these ranks stands; each player's are 1, 2, 3 and 4."""
    column = _turned(column)
    best_for_row, best_for_column = _best(row), _best(column)
    # Each player's best cell says which action of the other is C.
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
    """The letters from best to worst, given which own action and which of the other's is C."""
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
    found = {Neighbour(place(*pair).key, classify(Bimatrix(pair)).name) for pair in beside}
    return Topology(place(row, column) if strict else None, strict, tuple(sorted(found)))


def _broken(ranks: Ranks) -> Iterator[Ranks]:
    """Every strict order of four cells that agrees with the given one; a strict one agrees with itself alone."""
    given = [rank for row in ranks for rank in row]
    for a, b, c, d in permutations(range(1, 5)):
        pairs = list(zip(given, (a, b, c, d), strict=True))
        if all(mine < theirs for (low, mine), (high, theirs) in product(pairs, pairs) if low < high):
            yield (a, b), (c, d)


def _swapped(ranks: Ranks) -> Iterator[Ranks]:
    """The three orders in which two adjacent ranks have changed places."""
    for low in (1, 2, 3):
        exchanged = {low: low + 1, low + 1: low}
        yield tuple(tuple(exchanged.get(rank, rank) for rank in row) for row in ranks)
