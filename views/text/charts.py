"""Small charts in text: the payoff matrix, bars to both sides, and a spark line.

Each function takes a screen and plain values and returns lines. Every mark has a sign as well as an ink, so that the
charts can be read without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from views.text.layout import Screen, display_width, pad, shorten
from views.wording.screen import column_decimals as fewest
from views.wording.screen import number, numbers
from views.wording.translation import translate

if TYPE_CHECKING:
    from games.game_document import EquilibriumDocument, GameDocument


STROKES = " ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋"
"""Crossings. The index in base 3 has a digit for each arm, up, right, down, left: 0 absent, 1 light, 2 heavy."""

ROLES = ("host", "origin")
"""Inks of the row and the column player; the row player is the host."""

SPARKS = "▁▂▃▄▅▆▇█"

Payoffs = Sequence[Sequence[Sequence[float]]]
"""Payoffs by player, row, column."""


# -- the payoff matrix


def draw_matrix(screen: Screen, game: GameDocument, places: int | None = None) -> list[str]:
    """Return the payoff matrix of a game as lines of text.

    A star marks best replies, a heavy frame pure equilibria. A matrix that is wider than the screen continues below,
    some columns at a time. The name of the column player is above its actions; the name of the row player is in the
    corner above its own.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    game
        The game.
    places
        Decimals of every payoff; None for the result of `matrix_decimals`.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    digits = places if places is not None else matrix_decimals(game)
    cells = _cells(screen, game, digits)
    framed = {cell for cell in map(pure_cell, game.equilibria) if cell}
    rows, columns = game.actions
    wide = max(display_width(cell) for line in cells for cell in line) + 2
    wide = max(wide, min(18, max(map(len, columns)) + 2))
    margin = min(screen.width - wide - 3, max(map(len, [*rows, game.players[0]])) + 1)
    at_once = max(1, (screen.width - margin - 1) // (wide + 1))
    lines: list[str] = []
    for start in range(0, len(columns), at_once):
        shown = range(start, min(start + at_once, len(columns)))
        lines += _block(screen, game, cells, framed, shown, margin, wide)
    return lines


def matrix_decimals(game: GameDocument) -> int:
    """Return the number of decimals, 0 to 3, with which the payoffs of a game are printed in its matrix.

    It is the smallest at which no best reply prints the same as a reply that it beats. Whole payoffs need none, others
    at least one. Where three decimals allow it, no payoff that is noticeable beside the largest payoff of its player
    prints as zero.
    """
    payoffs: Payoffs = game.payoffs
    if all(float(value).is_integer() for side in payoffs for line in side for value in line):
        return 0
    choices = [(choice, tie) for tie, side in zip(_ties(game), _choices(payoffs), strict=True) for choice in side]
    least = min(3, max(fewest(value for line in side for value in line) for side in payoffs))
    for places in range(least, 3):
        if all(_told_apart(choice, tie, places) for choice, tie in choices):
            return places
    return 3


def pure_cell(equilibrium: EquilibriumDocument) -> tuple[int, int] | None:
    """Return the row and the column, from 0, of the cell of a pure equilibrium; None for a mixed equilibrium."""
    if equilibrium.kind != "pure":
        return None
    return equilibrium.row.index(1), equilibrium.column.index(1)


def _choices(payoffs: Payoffs) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """The payoffs among which each player chooses, for every action of the other."""
    row, column = payoffs
    return list(zip(*row, strict=True)), [tuple(line) for line in column]


def _ties(game: GameDocument) -> list[float]:
    """The difference up to which the payoffs of each player count as equal."""
    flat = [[value for line in side for value in line] for side in game.payoffs]
    return [game.tolerance * (max(side) - min(side)) for side in flat]


def _told_apart(choice: Sequence[float], tie: float, places: int) -> bool:
    best = max(choice)
    return all(number(value, places) != number(best, places) for value in choice if value < best - tie)


def _cells(screen: Screen, game: GameDocument, digits: int) -> list[list[str]]:
    """The text of every cell: the row player's payoff, the column player's payoff, a star after a best reply."""
    payoffs: Payoffs = game.payoffs
    ties = _ties(game)
    beaten = _choices(payoffs)
    widths = [max(len(number(value, digits)) for line in side for value in line) for side in payoffs]

    def entry(player: int, row: int, column: int) -> str:
        """One payoff as text.

        Parameters
        ----------
        player
            0 for the row player, 1 for the column player.
        row
            Row of the cell, from 0.
        column
            Column of the cell, from 0.

        Returns
        -------
        str
            The payoff, with a star if it is a best reply.
        """
        value = payoffs[player][row][column]
        star = "*" if value >= max(beaten[player][(column, row)[player]]) - ties[player] else " "
        return screen.ink(pad(number(value, digits), widths[player], ">") + star, ROLES[player])

    return [
        [f"{entry(0, row, column)} {entry(1, row, column)}" for column in range(len(payoffs[0][row]))]
        for row in range(len(payoffs[0]))
    ]


def _block(
    screen: Screen,
    game: GameDocument,
    cells: list[list[str]],
    framed: set[tuple[int, int]],
    shown: range,
    margin: int,
    wide: int,
) -> list[str]:
    """The matrix for some of its columns."""
    rows, columns = game.actions
    blank = " " * margin
    owner = pad(screen.ink(game.players[1], "origin"), len(shown) * (wide + 1) + 1, "^")
    titles = " ".join(pad(shorten(columns[column], wide), wide, "^") for column in shown)
    corner = screen.ink(pad(shorten(game.players[0], margin), margin), "host")
    lines = [f"{blank}{owner}".rstrip(), f"{corner} {titles}".rstrip()]
    for row, label in enumerate(rows):
        lines.append(blank + _rule(row, len(rows), shown, framed, wide))
        bars = [STROKES[30 * _upright(row, column, framed)] for column in range(shown.start, shown.stop + 1)]
        inside = [pad(cells[row][column], wide, "^") for column in shown]
        line = "".join(bar + cell for bar, cell in zip(bars, inside, strict=False)) + bars[-1]
        lines.append(pad(shorten(label, margin - 1), margin) + line)
    return [*lines, blank + _rule(len(rows), len(rows), shown, framed, wide)]


def _upright(row: int, column: int, framed: set[tuple[int, int]]) -> int:
    """Weight of the line to the left of a cell."""
    return 2 if framed & {(row, column - 1), (row, column)} else 1


def _level(row: int, column: int, framed: set[tuple[int, int]]) -> int:
    """Weight of the line above a cell."""
    return 2 if framed & {(row - 1, column), (row, column)} else 1


def _rule(row: int, rows: int, shown: range, framed: set[tuple[int, int]], wide: int) -> str:
    """The line above a row of cells, with its crossings; `row` may be one beyond the last."""
    text = ""
    for column in range(shown.start, shown.stop + 1):
        up = _upright(row - 1, column, framed) if row > 0 else 0
        right = _level(row, column, framed) if column < shown.stop else 0
        down = _upright(row, column, framed) if row < rows else 0
        left = _level(row, column - 1, framed) if column > shown.start else 0
        text += STROKES[27 * up + 9 * right + 3 * down + left]
        text += STROKES[10 * right] * wide if right else ""
    return text


# -- bars and sparks


class Bar(NamedTuple):
    """One bar of a bar chart in the terminal: its label, its length, a remark after it, and its colour."""

    label: str
    value: float
    remark: str = ""
    meaning: str = "strong"
    """Ink of the bar: a key of `INKS`."""


def bars(screen: Screen, rows: Sequence[Bar], places: int = 2, scale: float | None = None) -> list[str]:
    """Return a bar chart as lines of text, with bars from one axis: losses to the left, gains to the right.

    Parameters
    ----------
    screen
        Width of the output, and whether it may be coloured.
    rows
        Bars, from top to bottom; at least one.
    places
        Least number of decimals of the values.
    scale
        Value that fills half the chart, above 0; None for the largest absolute value.

    Returns
    -------
    list[str]
        Lines of text, from top to bottom.
    """
    rows = [row._replace(label=translate(row.label), remark=translate(row.remark)) for row in rows]
    reach = scale or max((abs(row.value) for row in rows), default=0.0) or 1.0
    labels = min(max(len(row.label) for row in rows), screen.width // 3)
    texts = numbers([row.value for row in rows], places, plus=True)
    figures = max(map(len, texts))
    remarks = max(len(row.remark) for row in rows)
    half = max(4, min(16, (screen.width - labels - figures - remarks - 7) // 2))
    room = screen.width - labels - 2 * half - figures - 5
    lines: list[str] = []
    for row, told in zip(rows, texts, strict=True):
        left, right = _halves(row.value, reach, half)
        drawn = screen.ink(left, row.meaning) + "│" + screen.ink(right, row.meaning)
        label = pad(shorten(row.label, labels), labels)
        figure = pad(told, figures, ">")
        lines.append(f"{label} {drawn} {figure}  {shorten(row.remark, room)}".rstrip())
    return lines


def _halves(value: float, reach: float, half: int) -> tuple[str, str]:
    """The two sides of the axis, in steps of half a column; a value other than 0 takes at least one step."""
    # The smallest values divided by `reach` are 0.
    steps = round(min(1.0, abs(value) / reach) * 2 * half) or (1 if value else 0)
    whole, rest = divmod(steps, 2)
    left, right = "", ""
    if value < 0:
        left = "▐" * rest + "█" * whole
    else:
        right = "█" * whole + "▌" * rest
    return pad(left, half, ">"), pad(right, half)


def gauge(share: float, width: int) -> str:
    """Return a bar as text that fills a share of `width` columns, from the left, in eighths of a column.

    A share below 0 counts as 0, one above 1 as 1. The text is filled with spaces to `width`.
    """
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    whole, rest = divmod(eighths, 8)
    return pad("█" * whole + " ▏▎▍▌▋▊▉"[rest].strip(), width)


def spark(values: Sequence[float]) -> str:
    """Return a text with one block sign for each value, in eight heights, as a small line chart.

    The lowest height stands for 0 (or the lowest value, if that is below 0), the highest for the largest value.
    """
    low, high = min(0.0, *values), max(values)
    span = (high - low) or 1.0
    return "".join(SPARKS[round((value - low) / span * (len(SPARKS) - 1))] for value in values)
