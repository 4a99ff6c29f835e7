"""The class of a 2x2 game: names from the literature, assigned by comparisons of payoffs.

Cells are written row, column. Action 0 is the cooperative one (Liberalize in the paper's tables), action 1 is Defect. A
comparison is 1 (first cell better), 0 (a tie) or -1.

Six of the names depend on the payoffs only: a game keeps them when its actions or players are listed in another order.
Three (bully, harmony, deadlock) depend on *which* action is dominant, and so on the order of the actions.

    stag-hunt            two strict pure equilibria, one of them better for both (Rousseau 1755; Jervis 1978).
                         Alonso's "cooperation game", Table 6.A2
    bully                Defect is strictly dominant for exactly one side; the other strictly wants to match it:
                         Liberalize against Liberalize, Defect against Defect (Alonso, Table 6.A4)
    prisoners-dilemma    both have a strictly dominant action, and both would be better off in the opposite cell
                         (Tucker 1950)
    chicken              two strict pure equilibria, each side prefers a different one, and some other cell is
                         for each of them better than the equilibrium that it prefers less
                         (Rapoport and Chammah 1966)
    harmony              (0, 0) is an equilibrium and (1, 1) is not (Oye 1985; here ties and a single dominant
                         side are admitted)
    deadlock             Defect is strictly dominant for both, and (0, 0) is not better for both (Oye 1985)
    battle-of-the-sexes  as chicken, without such a cell (Luce and Raiffa 1957)
    coordination         two strict pure equilibria, and not both sides have a strict favourite (Schelling 1960)
    matching-pennies     one side strictly wants to match, the other strictly to differ (von Neumann 1928)
    unnamed              all others, most of them with ties, and every game that is not 2x2

"Bully" has other payoffs elsewhere: Snyder and Diesing (1977) use the word when the weaker side has the preferences of
chicken and yields. In international relations a game with one side's dominant defection and a dissatisfied partner is
also a *suasion game* (Martin 1992); `ALIASES` gives that word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from games.formats.game_argument import as_game
from games.messages import message

ClassName: TypeAlias = Literal[
    "stag-hunt",
    "bully",
    "prisoners-dilemma",
    "chicken",
    "harmony",
    "deadlock",
    "battle-of-the-sexes",
    "coordination",
    "matching-pennies",
    "unnamed",
]
CLASSES: tuple[ClassName, ...] = get_args(ClassName)
"""The names of the classes, in the order of the codes of `games.two_by_two.batch`."""
UNNAMED: ClassName = "unnamed"
ALIASES = {"stag-hunt": message("cooperation game"), "bully": message("suasion game")}
"""Other names of a class, from the paper or the field: Alonso; Martin 1992, International Organization 46."""


class GameClass(NamedTuple):
    """The class of a game, and for a bully the name of its dominant player."""

    name: ClassName
    player: str | None = None


class CellComparisons(NamedTuple):
    """The six comparisons of one player between the four cells, each written (own action, action of the other).

    Every field is 1 when the first cell is better, -1 when the second is, 0 for a tie; or an array of these.
    """

    reply_to_open: Any
    """(0, 0) against (1, 0): the better reply to the other's action 0."""
    reply_to_defect: Any
    """(0, 1) against (1, 1): the better reply to the other's action 1."""
    guest_when_open: Any
    """(0, 0) against (0, 1): the effect of the other's choice on a player who plays action 0."""
    guest_when_defect: Any
    """(1, 0) against (1, 1): the effect of the other's choice on a player who plays action 1."""
    straight: Any
    """(0, 0) against (1, 1)."""
    crossed: Any
    """(0, 1) against (1, 0)."""

    @property
    def matches(self) -> Any:
        """Whether the player strictly wants to choose the same action as the other."""
        return (self.reply_to_open > 0) & (self.reply_to_defect < 0)

    @property
    def differs(self) -> Any:
        """Whether the player strictly wants to choose the opposite action."""
        return (self.reply_to_open < 0) & (self.reply_to_defect > 0)

    @property
    def opens(self) -> Any:
        """Whether action 0 is strictly dominant."""
        return (self.reply_to_open > 0) & (self.reply_to_defect > 0)

    @property
    def defects(self) -> Any:
        """Whether action 1 is strictly dominant."""
        return (self.reply_to_open < 0) & (self.reply_to_defect < 0)

    @property
    def prefers_to_yield(self) -> Any:
        """Whether the player's less preferred equilibrium is worse for it than the cell in which it alone gives way."""
        among_matches = (self.straight < 0) & (self.guest_when_open < 0) | (self.straight > 0) & (
            self.guest_when_defect > 0
        )
        among_others = (self.crossed < 0) & (self.guest_when_open > 0) | (self.crossed > 0) & (
            self.guest_when_defect < 0
        )
        return self.matches & among_matches | self.differs & among_others


def compare_cells(compare: Callable[[Any, Any], Any], u: Any) -> CellComparisons:
    """Return the six comparisons of a player whose payoffs are u[own action][action of the other]."""
    (u00, u01), (u10, u11) = u
    pairs = (u00, u10), (u01, u11), (u00, u01), (u10, u11), (u00, u11), (u01, u10)
    return CellComparisons(*(compare(first, second) for first, second in pairs))


def _two_strict(row: CellComparisons, column: CellComparisons) -> Any:
    return row.matches & column.matches | row.differs & column.differs


def _shared_favourite(row: CellComparisons, column: CellComparisons) -> Any:
    straight, crossed = row.straight * column.straight, row.crossed * column.crossed
    return row.matches & column.matches & (straight > 0) | row.differs & column.differs & (crossed < 0)


def _rival_favourites(row: CellComparisons, column: CellComparisons) -> Any:
    straight, crossed = row.straight * column.straight, row.crossed * column.crossed
    return row.matches & column.matches & (straight < 0) | row.differs & column.differs & (crossed > 0)


def _bully(row: CellComparisons, column: CellComparisons) -> Any:
    return row.defects & column.matches | column.defects & row.matches


def _dilemma(row: CellComparisons, column: CellComparisons) -> Any:
    both_open = row.opens & column.opens & (row.straight < 0) & (column.straight < 0)
    both_defect = row.defects & column.defects & (row.straight > 0) & (column.straight > 0)
    row_opens = row.opens & column.defects & (row.crossed < 0) & (column.crossed > 0)
    column_opens = row.defects & column.opens & (row.crossed > 0) & (column.crossed < 0)
    return both_open | both_defect | row_opens | column_opens


def _chicken(row: CellComparisons, column: CellComparisons) -> Any:
    return _rival_favourites(row, column) & row.prefers_to_yield & column.prefers_to_yield


def _harmony(row: CellComparisons, column: CellComparisons) -> Any:
    opening_holds = (row.reply_to_open >= 0) & (column.reply_to_open >= 0)
    return opening_holds & ((row.reply_to_defect > 0) | (column.reply_to_defect > 0))


def _deadlock(row: CellComparisons, column: CellComparisons) -> Any:
    return row.defects & column.defects


def _pennies(row: CellComparisons, column: CellComparisons) -> Any:
    return row.matches & column.differs | row.differs & column.matches


DEFINITIONS: tuple[tuple[ClassName, Callable[[CellComparisons, CellComparisons], Any]], ...] = (
    ("stag-hunt", _shared_favourite),
    ("bully", _bully),
    ("prisoners-dilemma", _dilemma),
    ("chicken", _chicken),
    ("harmony", _harmony),
    ("deadlock", _deadlock),
    ("battle-of-the-sexes", _rival_favourites),
    ("coordination", _two_strict),
    ("matching-pennies", _pennies),
)
"""Each class and its condition on (row, column); a game has the first class whose condition is true."""


def classify(game: Any) -> GameClass:
    """Return the class of a game, compared exactly or with the game's own tolerance.

    Parameters
    ----------
    game
            As for `solve`: a `Bimatrix`, two matrices, the name of a printed game, the path of a game file, or an
        object with a game.

    Returns
    -------
    GameClass
        The name of the class; for a bully also the dominant player.

    Raises
    ------
    InputError
        When there is no game.
    """
    game = as_game(game)
    if game.shape != (2, 2):
        return GameClass(UNNAMED)
    A, B = game.payoffs
    row = compare_cells(game.comparison(0), A)
    column = compare_cells(game.comparison(1), tuple(zip(*B, strict=True)))
    held: list[ClassName] = [name for name, holds in DEFINITIONS if holds(row, column)]
    name = held[0] if held else UNNAMED
    dominant = game.players[0 if row.defects else 1] if name == "bully" else None
    return GameClass(name, dominant)
