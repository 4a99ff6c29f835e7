"""Equilibrium selection: payoff dominance and risk dominance (Harsanyi and Selten 1988); a tie selects nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from games.bimatrix import Bimatrix, Cell
from games.equilibria.equilibrium import Equilibria, Equilibrium
from games.exact_numbers import format_rounded


class EquilibriumChoice(NamedTuple):
    """The index of the selected equilibrium, or None and a note with the reason."""

    equilibrium: int | None
    note: str | None = None


def payoff_dominant(game: Bimatrix, found: Equilibria) -> EquilibriumChoice:
    """Return the equilibrium that both players strictly prefer to every other extreme equilibrium."""
    if not found.complete:
        return EquilibriumChoice(None, "Payoff dominance: not told, the list of equilibria is not complete.")
    # Only the best equilibrium of the row player can be the best for both.
    index = max(range(len(found.equilibria)), key=lambda k: found.equilibria[k].payoffs)
    best = found.equilibria[index]
    others = [other for other in found.equilibria if other is not best]
    if all(_better(game, player, best, others) for player in (0, 1)):
        return EquilibriumChoice(index)
    return EquilibriumChoice(None, "Payoff dominance: no equilibrium is better for both players than every other.")


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
        return EquilibriumChoice(
            None, "Risk dominance: it compares the two strict pure equilibria of a 2x2 game; this is none."
        )
    first, second = (_losses(game, _cell(found.equilibria[index])) for index in strict)
    if abs(first - second) <= game.tolerance * max(first, second):
        tie = "an exact tie" if first == second else "a tie, within the tolerance,"
        return EquilibriumChoice(
            None, f"Risk dominance: {tie} of the deviation losses ({format_rounded(first)} each); nothing is selected."
        )
    return EquilibriumChoice(strict[0] if first > second else strict[1])


def _cell(equilibrium: Equilibrium) -> Cell:
    return equilibrium.row.index(Fraction(1)), equilibrium.column.index(Fraction(1))


def _losses(game: Bimatrix, cell: Cell) -> Fraction:
    (i, j), (A, B) = cell, game.payoffs
    return (A[i][j] - A[1 - i][j]) * (B[i][j] - B[i][1 - j])
