"""One game as text: the payoff matrix and its units, and the equilibria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor, log10
from typing import TYPE_CHECKING

from games.display import join_with_and, join_with_or
from games.json_values import to_json_value
from games.messages import message, plural_message
from views.text.charts import draw_matrix
from views.text.layout import Screen, paragraph
from views.wording.phrases import format_short
from views.wording.screen import NARROW, per_cent
from views.wording.translation import translate

if TYPE_CHECKING:
    from games.game_document import EquilibriumDocument, GameDocument, Payoffs


KEY = message("* best reply   ┏━┓ equilibrium")
ORDINAL = message("ranks: only their order means something")
TOO_MANY_CELLS = message("{rows} × {columns} cells, too many to draw")
STRICT = message("{row_player}: {row} · {column_player}: {column} · strict, worth {payoffs}")
WEAK = message("{row_player}: {row} · {column_player}: {column} · weak, worth {payoffs}")
CONTINUUM = message("Every mixture of {numbers} is an equilibrium too.")
CONNECTED = message("All of these are connected.")
NONE_FOUND = message("none found")

MOST_CELLS = 200
"""Maximum number of cells in a matrix that is drawn."""
MOST_LINES = 20
"""Maximum number of equilibria, and of continua, that are listed."""


def render_payoff_matrix(screen: Screen, told: GameDocument, unit: str | None = None) -> list[str]:
    """Return the payoff matrix of a game as lines of text, with its key and its unit.

    A matrix with more than `MOST_CELLS` cells is not drawn; a line says its size.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    told
        The game.
    unit
        Unit of the payoffs; None for no unit. A game of ranks has a warning in its place.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    rows, columns = (len(names) for names in told.actions)
    if rows * columns > MOST_CELLS:
        return paragraph(screen, TOO_MANY_CELLS.format(rows=rows, columns=columns))
    game, units = _in_units(told)
    meaning = ORDINAL if told.scale == "ordinal" else unit
    lines = [""]
    for text in map(translate, filter(None, (KEY, meaning, *units))):
        fits = len(lines[-1]) + len(text) + 3 <= screen.width
        lines[-1:] = ["   ".join(filter(None, (lines[-1], text)))] if fits else [lines[-1], text]
    return [*draw_matrix(screen, game), *(screen.ink(line, "quiet") for line in lines)]


def _in_units(told: GameDocument) -> tuple[GameDocument, list[str]]:
    """The game with very small and very large payoffs in powers of a thousand, and the units that say so."""
    powers = [_thousands(max(abs(value) for line in side for value in line)) for side in told.payoffs]
    if not any(powers):
        return told, []
    first, second = (_scaled(side, power) for side, power in zip(told.payoffs, powers, strict=True))
    units = [f"{name} × 10^{power}" for name, power in zip(told.players, powers, strict=True) if power]
    return replace(told, payoffs=(first, second)), units


def _scaled(side: Payoffs, power: int) -> Payoffs:
    return tuple(tuple(float(f"{value / 10.0**power:.12g}") for value in line) for line in side)


def _thousands(largest: float) -> int:
    """The power of ten, a multiple of three, in which the largest payoff is easy to read; 0 for 0.01 to 1e7."""
    return 0 if not largest or 0.01 <= largest < 1e7 else max(-300, 3 * floor(log10(largest) / 3))


def format_amount(value: Fraction | float) -> str:
    """Return a payoff as text in few digits; very small and very large ones in powers of ten."""
    amount: float = to_json_value(value) if isinstance(value, Fraction) else value
    if not amount or 0.0005 <= abs(amount) < 1e7:
        return format_short(amount)
    digits, power = f"{amount:.3e}".split("e")
    return f"{format_short(float(digits))}{NARROW}×{NARROW}10^{int(power)}"


def equilibria(screen: Screen, told: GameDocument) -> list[str]:
    """Return the equilibria of a game as lines of text: every extreme equilibrium, and the sets that join them.

    A last line says so if several such sets (continua) are all connected.
    """
    points = told.equilibria
    continua = [subset.vertices for subset in told.subsets if subset.kind == "continuum"]
    lines: list[str] = []
    wide = len(str(min(len(points), MOST_LINES)))
    for index, found in enumerate(points[:MOST_LINES], start=1):
        lines += paragraph(screen, equilibrium(told, found), first=f"{index:>{wide}}  ")
    more = len(points) - MOST_LINES
    if more > 0:
        lines.append(
            plural_message(
                "and {number} more extreme equilibrium, which --json tells",
                "and {number} more extreme equilibria, which --json tells",
                more,
            )
        )
    lines += [line for vertices in continua[:MOST_LINES] for line in paragraph(screen, _continuum(vertices))]
    more = len(continua) - MOST_LINES
    if more > 0:
        lines.append(
            plural_message(
                "and {number} more such continuum, which --json tells",
                "and {number} more such continua, which --json tells",
                more,
            )
        )
    if len(continua) > 1 and len(told.components) == 1:
        lines += paragraph(screen, CONNECTED)
    return lines or [NONE_FOUND]


def _continuum(vertices: Sequence[int]) -> str:
    """The sentence on a continuum; indices count from 1, three or more in a row are a range: `1, 3 and 5 to 8`."""
    runs: list[list[int]] = []
    for vertex in vertices:
        if runs and vertex == runs[-1][-1] + 1:
            runs[-1].append(vertex)
        else:
            runs.append([vertex])
    return CONTINUUM.format(numbers=join_with_and([text for run in runs for text in _numbered(run)]))


def _numbered(run: Sequence[int]) -> list[str]:
    if len(run) > 2:
        return [message("{first} to {last}", first=run[0] + 1, last=run[-1] + 1)]
    return [str(one + 1) for one in run]


def equilibrium(told: GameDocument, found: EquilibriumDocument) -> str:
    """Return one equilibrium of a game in words: the action or the mixture of each player, and the payoffs."""
    (row_player, column_player), (rows, columns) = told.players, told.actions
    return (STRICT if found.strict else WEAK).format(
        row_player=row_player,
        row=_mixed(found.row, rows),
        column_player=column_player,
        column=_mixed(found.column, columns),
        payoffs=join_with_and([format_amount(value) for value in found.payoffs]),
    )


def _mixed(shares: Sequence[float], actions: Sequence[str]) -> str:
    used = [(action, share) for share, action in zip(shares, actions, strict=True) if share]
    if len(used) == 1:
        return used[0][0]
    return join_with_or([message("{action} ({share})", action=action, share=_share(share)) for action, share in used])


def _share(share: float) -> str:
    """A probability in per cent; values near 0 or 1 are not rounded to 0 or 100."""
    if share < 0.005:
        return message("under {share}", share=per_cent(1, 0))
    return message("over {share}", share=per_cent(99, 0)) if share >= 0.995 else per_cent(100 * share, 0)
