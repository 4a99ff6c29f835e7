"""Equilibrium selection: payoff dominance and risk dominance (Harsanyi and Selten 1988); a tie selects nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from games.bimatrix import Bimatrix, Cell
from games.equilibria.equilibrium import Equilibria, Equilibrium
from games.exact_numbers import format_rounded
from games.messages import message

NOT_COMPLETE = message("Payoff dominance: not told, the list of equilibria is not complete.")
NONE_BEST = message("Payoff dominance: no equilibrium is better for both players than every other.")
NOT_TWO_STRICT = message("Risk dominance: it compares the two strict pure equilibria of a 2x2 game; this is none.")
EXACT_TIE = message("Risk dominance: an exact tie of the deviation losses ({losses} each); nothing is selected.")
NEAR_TIE = message(
    "Risk dominance: a tie, within the tolerance, of the deviation losses ({losses} each); nothing is selected."
)


class EquilibriumChoice(NamedTuple):
    """The index of the selected equilibrium, or None and a note with the reason."""

    equilibrium: int | None
    note: str | None = None


def payoff_dominant(game: Bimatrix, found: Equilibria) -> EquilibriumChoice:
    """Return the equilibrium that both players strictly prefer to every other extreme equilibrium."""
    if not found.complete:
        return EquilibriumChoice(None, NOT_COMPLETE)
    # Only the best equilibrium of the row player can be the best for both.
    index = max(range(len(found.equilibria)), key=lambda k: found.equilibria[k].payoffs)
    best = found.equilibria[index]
    others = [other for other in found.equilibria if other is not best]
    if all(_better(game, player, best, others) for player in (0, 1)):
        return EquilibriumChoice(index)
    return EquilibriumChoice(None, NONE_BEST)


def _better(game: Bimatrix, player: int, best: Equilibrium, others: list[Equilibrium]) -> bool:
    compare = game.comparison(player)
    return all(compare(best.payoffs[player], other.payoffs[player]) > 0 for other in others)


def risk_dominant(game: Bimatrix, found: Equilibria) -> EquilibriumChoice:
    """Return the one of two strict pure equilibria in a 2x2 game with the larger product of deviation losses.

    If the game has one equilibrium only, that one is selected. An exact tie selects nothing, and neither does a larger
    game with several equilibria, for which no standard definition exists.
    """
    if found.complete and len(found.equilibria) == 1:
        return EquilibriumChoice(0)
    strict = [index for index, one in enumerate(found.equilibria) if one.strict]
    if game.shape != (2, 2) or len(strict) != 2:
        return EquilibriumChoice(None, NOT_TWO_STRICT)
    first, second = (_losses(game, _cell(found.equilibria[index])) for index in strict)
    if abs(first - second) <= game.tolerance * max(first, second):
        tie = EXACT_TIE if first == second else NEAR_TIE
        return EquilibriumChoice(None, tie.format(losses=format_rounded(first)))
    return EquilibriumChoice(strict[0] if first > second else strict[1])


def _cell(equilibrium: Equilibrium) -> Cell:
    return equilibrium.row.index(Fraction(1)), equilibrium.column.index(Fraction(1))


def _losses(game: Bimatrix, cell: Cell) -> Fraction:
    (i, j), (A, B) = cell, game.payoffs
    return (A[i][j] - A[1 - i][j]) * (B[i][j] - B[i][1 - j])
