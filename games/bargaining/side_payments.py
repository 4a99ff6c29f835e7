"""Side payments that make a cell an equilibrium, and the money from outside that would do the same.

A transfer t is paid from the column to the row player (t < 0: the other way) when the target cell is played, and only
then. The target is an equilibrium exactly for t in a window: the row player must not gain by leaving, max A[k][j] -
A[i][j] <= t, and the column player must not gain either, t <= B[i][j] - max B[i][k]. For (Liberalize, Liberalize) of a
2x2 game that is [aDL - aLL, bLL - bLD]. Such a transfer leaves every other equilibrium in place. A reliable third party
can remove those too, by promises for every profile of which only those at the target are paid: the sum of the gains
from deviating at the target (Monderer and Tennenholtz 2004, "k-implementation").
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from games.bargaining.solutions import surplus
from games.bimatrix import Bimatrix, Cell, Pair
from games.canon import canon
from games.documents import Document, Limits
from games.equilibria.solve import pure_cells
from games.errors import input_error
from games.exact_numbers import format_rounded, format_value
from games.messages import join_messages, message

BULLY_NOTE = message(
    "Read as numbers, liberalisation in this printed table only moves one unit from the developed to the developing "
    "country: there is nothing to share, and no side payment makes both better off. It takes money from outside the "
    "table, or a gain that the table leaves out: the migrants' own."
)
"""The warning for every side payment in the bully game of Table 6.A4."""
ORDINAL = message(
    "The payoffs are ordinal: whatever adds, subtracts or pays them reads them as if they were numbers in one unit."
)
"""The warning for every number that adds or subtracts ordinal payoffs."""

_LISTED = 4
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePayment(Document):
    """The transfer that makes the target cell an equilibrium; amounts in the game's own payoff unit."""

    target: Cell
    """The cell that is to become an equilibrium, as row and column from 0."""
    payer: str | None
    """The payer of the smallest sufficient transfer; None when none is needed, or when none is sufficient."""
    payee: str | None
    """The other player."""
    window: tuple[Fraction | None, Fraction | None] | None
    """Least and greatest transfer from the column to the row player, None for no limit; None when no transfer is
    sufficient.
    """
    weak: bool | None
    """Whether the window is a single point, so that the target is never a strict equilibrium; None without a window."""
    surplus: Fraction
    """The largest joint payoff minus the sum of the disagreement payoffs."""
    outside_money: Annotated[Fraction, Limits(minimum=0)]
    """The least amount that a third party must pay at the target."""
    note: str
    """What the transfer does, and how to read it."""


def side_payment(game: Bimatrix, target: Cell, disagreement: Pair) -> SidePayment:
    """Return the window of transfers, the payer, the surplus and the outside money for one target cell.

    Parameters
    ----------
    game
        A two-player game.
    target
        The cell (row, column), counted from 0, that is to become an equilibrium.
    disagreement
        Payoffs (row, column) if no agreement is reached; used for the surplus only.

    Returns
    -------
    SidePayment
        Amounts in the game's own payoff unit.

    Raises
    ------
    InputError
        When the game has no such cell.

    References
    ----------
    Monderer and Tennenholtz 2004.
    """
    if not all(0 <= action < size for action, size in zip(target, game.shape, strict=True)):
        raise input_error(
            "target",
            f"{format_value(target)} is not a cell of a {game.shape[0]} x {game.shape[1]} game",
            "count from 0: row,column",
        )
    low, high = window(game, target)
    empty = low is not None and high is not None and low > high
    smallest = None if empty else _nearest_zero(low, high)
    payer, payee = _direction(game, smallest)
    return SidePayment(
        target=target,
        payer=payer,
        payee=payee,
        window=None if empty else (low, high),
        weak=None if empty else low is not None and low == high,
        surplus=surplus(game, disagreement),
        outside_money=outside_money(game, target),
        note=_told(game, target, smallest),
    )


def window(game: Bimatrix, target: Cell) -> tuple[Fraction | None, Fraction | None]:
    """Return the lower and upper bound of the transfer from the column to the row player.

    A bound is None where the player has no other action. A tie, by the game's tolerance, needs no transfer.
    """
    rows, columns = _tempted(game, target)
    return max(rows, default=None), min((-gain for gain in columns), default=None)


def _tempted(game: Bimatrix, target: Cell) -> tuple[list[Fraction], list[Fraction]]:
    """Return each player's gain from leaving the target, for each other action; 0 for a tie."""
    (i, j), (A, B) = target, game.payoffs
    rows = [row[j] - A[i][j] for k, row in enumerate(A) if k != i]
    columns = [value - B[i][j] for k, value in enumerate(B[i]) if k != j]
    return _noticed(game, 0, rows), _noticed(game, 1, columns)


def _noticed(game: Bimatrix, player: int, gains: list[Fraction]) -> list[Fraction]:
    compare = game.comparison(player)
    return [gain if compare(gain, _NOTHING) else _NOTHING for gain in gains]


def outside_money(game: Bimatrix, target: Cell) -> Fraction:
    """Return the least payment of a third party that makes the target the only profile of undominated actions."""
    return sum((max([_NOTHING, *gains]) for gains in _tempted(game, target)), _NOTHING)


def _nearest_zero(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is not None and low > 0:
        return low
    return high if high is not None and high < 0 else Fraction(0)


def _direction(game: Bimatrix, transfer: Fraction | None) -> tuple[str | None, str | None]:
    if not transfer:
        return None, None
    row, column = game.players
    return (column, row) if transfer > 0 else (row, column)


def _told(game: Bimatrix, target: Cell, transfer: Fraction | None) -> str:
    sentences: list[str] = [_effect(game, target, transfer)]
    if transfer is not None:
        sentences += _rest(game, target, transfer)
    sentences += [BULLY_NOTE] if _is_printed_bully(game) else []
    sentences += [ORDINAL] if game.scale == "ordinal" else []
    return join_messages(" ", sentences)


def _effect(game: Bimatrix, target: Cell, transfer: Fraction | None) -> str:
    """Return the sentence on what the transfer does at the target; None where no transfer is sufficient."""
    cell = game.cell_name(target)
    if transfer is None:
        return message(
            "No transfer makes {cell} an equilibrium: one side would have to get more than the other can give up.",
            cell=cell,
        )
    if transfer:
        return message(
            "A transfer of {amount} makes {cell} an equilibrium.", amount=format_rounded(abs(transfer)), cell=cell
        )
    return message("{cell} is an equilibrium without any transfer.", cell=cell)


def _rest(game: Bimatrix, target: Cell, transfer: Fraction) -> list[str]:
    """Return the sentence on the pure equilibria that the transfer leaves in place; [] where there are none."""
    others = [game.cell_name(cell) for cell in pure_cells(_paid(game, target, transfer)) if cell != target]
    listed = ", ".join(others[:_LISTED])
    if not others:
        return []
    if len(others) == 1:
        return [message("{cell} remains: coordination is still needed.", cell=listed)]
    if len(others) <= _LISTED:
        return [message("{cells} remain: coordination is still needed.", cells=listed)]
    more = len(others) - _LISTED
    return [message("{cells} and {number} more remain: coordination is still needed.", cells=listed, number=more)]


def _paid(game: Bimatrix, target: Cell, transfer: Fraction) -> Bimatrix:
    """Return the game with the transfer at the target; near ties of the original game stay ties."""
    (i, j), settled = target, game.with_exact_ties()
    A, B = ([list(row) for row in matrix] for matrix in settled.payoffs)
    A[i][j] = game.payoffs[0][i][j] + transfer
    B[i][j] = game.payoffs[1][i][j] - transfer
    return Bimatrix((A, B), game.players, game.actions)


def _is_printed_bully(game: Bimatrix) -> bool:
    return game.scale == "ordinal" and game.payoffs == canon("bully").payoffs
