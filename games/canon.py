"""The printed games: two tables of the paper, and the reference games of the taxonomy.

Tables 6.A2 and 6.A4 are Alonso's (after Trachtman 2009), number by number. The source prints them without a grid. They
must be read column by column: the first pair of cells is "the developing country liberalises", the second pair is "it
defects". This is the only reading in which a country that liberalises alone loses. The numbers are ordinal and
illustrative: 5 in one table and 1 in the other stand for the same outcome of the same player.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from games.bimatrix import Bimatrix
from games.errors import input_error

_STATES = ("Developed", "Developing")
_OPENING = ("Liberalize", "Defect")


class PrintedGame(NamedTuple):
    """A game as its source prints it: payoffs, source, names of actions and players."""

    row: tuple[tuple[int, ...], ...]
    column: tuple[tuple[int, ...], ...]
    source: str
    actions: tuple[str, str] = ("Cooperate", "Defect")
    players: tuple[str, str] = ("Row", "Column")


CANON = {
    "cooperative": PrintedGame(
        ((5, 1), (3, 3)), ((5, 3), (1, 3)), "Alonso, Table 6.A2 (Trachtman 2009)", _OPENING, _STATES
    ),
    "bully": PrintedGame(((1, 0), (2, 2)), ((3, 2), (1, 2)), "Alonso, Table 6.A4 (Trachtman 2009)", _OPENING, _STATES),
    "stag-hunt": PrintedGame(((4, 1), (3, 2)), ((4, 3), (1, 2)), "Jervis 1978, World Politics 30", ("Stag", "Hare")),
    "prisoners-dilemma": PrintedGame(((3, 1), (4, 2)), ((3, 4), (1, 2)), "Rapoport and Guyer 1966, game 12"),
    "chicken": PrintedGame(
        ((3, 2), (4, 1)), ((3, 4), (2, 1)), "Rapoport and Guyer 1966, game 66", ("Swerve", "Straight")
    ),
    "harmony": PrintedGame(((4, 3), (2, 1)), ((4, 2), (3, 1)), "Oye 1985, World Politics 38"),
    "deadlock": PrintedGame(((2, 1), (4, 3)), ((2, 4), (1, 3)), "Oye 1985, World Politics 38"),
    "battle-of-the-sexes": PrintedGame(
        ((2, 0), (0, 1)), ((1, 0), (0, 2)), "Luce and Raiffa 1957, 5.3", ("Fight", "Ballet")
    ),
    "coordination": PrintedGame(((1, 0), (0, 1)), ((1, 0), (0, 1)), "Schelling 1960, chapter 4", ("Left", "Right")),
    "matching-pennies": PrintedGame(((1, -1), (-1, 1)), ((-1, 1), (1, -1)), "von Neumann 1928", ("Heads", "Tails")),
}
"""The printed games by name. The game `cooperative` belongs to the class `stag-hunt`."""


def canon_names() -> tuple[str, ...]:
    """Return the names of the printed games.

    Returns
    -------
    tuple of str
        The names that `canon` accepts, the two tables of the paper first.
    """
    return tuple(CANON)


@cache
def canon(name: str) -> Bimatrix:
    """Return a printed game, marked as ordinal; InputError for a name that is not in `canon_names()`."""
    if name not in CANON:
        raise input_error("game", f"{name!r} is not a printed game", f"write one of {', '.join(CANON)}")
    printed = CANON[name]
    return Bimatrix((printed.row, printed.column), printed.players, (printed.actions,) * 2, "ordinal", name)


def source(name: str) -> str:
    """Return the publication in which a printed game stands; InputError as for `canon`."""
    canon(name)
    return CANON[name].source
