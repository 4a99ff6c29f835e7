"""Pieces of accessible HTML: answer, payoff matrix, facts.

Pure functions from data to text. Tables have a caption and scopes. A screen reader reads whole sentences; the digits
are hidden from it. Every text that a person may have typed goes through `to_html`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from games.messages import join_messages, message
from views.wording import screen
from views.wording.translation import to_html

Table = Sequence[Sequence[float]]
"""Payoffs of one player, of shape (rows, columns)."""

SIDES = ("host", "origin")
"""Roles of row and column player; they set the colour."""

DECIMALS = (1, 2, 3)
"""Numbers of decimals that a matrix may print, tried in this order."""


MATRIX_CAPTION = message(
    "Payoffs, {unit}: {host} lower left, {origin} upper right. Underline and * mark the best reply. {note}"
)
"""Caption of the payoff matrix; the placeholders take HTML."""


BAR, CHANGE = message("Bar"), message("Change")
"""Heads of the columns with a bar and with its number."""


class BarScale(NamedTuple):
    """The common scale of a table's bars: its lower end and its width, in the unit of the table."""

    low: float
    width: float

    def place(self, value: float) -> float:
        """Return the position of a value on the common scale of the bars, in % of the width of the bar's column."""
        return 100 * (value - self.low) / self.width


@dataclass(frozen=True, slots=True)
class MatrixView:
    """A game of two players with two actions each, with all that its payoff matrix shows."""

    payoffs: tuple[Table, Table]
    """Payoffs of the row player and of the column player."""
    best: tuple[Sequence[Sequence[bool]], Sequence[Sequence[bool]]]
    """Whether each payoff is a best reply to the other's action, by player."""
    stable: frozenset[tuple[int, int]]
    """The cells that are pure equilibria."""
    names: tuple[str, str]
    unit: str
    note: str = ""
    ordinal: bool = False
    """Whether the payoffs are ranks; ranks are printed without decimals."""

    @property
    def decimals(self) -> int:
        """Return the number of decimals with which the payoffs of the matrix are printed; 0 for ranks.

        It is the fewest at which a best reply prints differently from the reply that it beats. There are more decimals
        where a payoff of at least 1 % of its player's largest would print as zero.
        """
        if self.ordinal:
            return 0
        apart = next((digits for digits in DECIMALS if not self._blurred(digits)), DECIMALS[-1])
        return max(screen.column_decimals((value for row in side for value in row), apart) for side in self.payoffs)

    def _blurred(self, digits: int) -> bool:
        a, b = self.payoffs
        best_a, best_b = self.best
        rows = ((a[0][at], a[1][at], best_a[0][at], best_a[1][at]) for at in (0, 1))
        columns = ((b[at][0], b[at][1], best_b[at][0], best_b[at][1]) for at in (0, 1))
        return any(
            wins != also_wins and screen.number(one, digits) == screen.number(other, digits)
            for one, other, wins, also_wins in (*rows, *columns)
        )


def answer_html(answer: str, kind: str, news: str = "", *, beside: str = "") -> str:
    """Render the answer to the question of the page Explore or Negotiate as HTML, with a smaller note below it.

    Screen readers announce a change of it.

    Parameters
    ----------
    answer
        The answer, in one sentence.
    kind
        Text of the note, such as the class of the game and what its payoffs say.
    news
        What has just happened; shown under the answer. "" for nothing.
    beside
        Explanation of a difference between the answer and another figure of the page. "" for none.

    Returns
    -------
    str
        HTML.
    """
    event = f'<p class="w-news">{to_html(news)}</p>' if news else ""
    more = f'<p class="w-beside">{to_html(beside)}</p>' if beside else ""
    kinds = f'<p class="w-note w-kind">{to_html(kind)}</p>'
    return f'<div role="status"><p class="w-big">{to_html(answer)}</p>{event}{more}{kinds}</div>'


def payoff_matrix_html(game: MatrixView) -> str:
    """Render the payoff matrix of a game of two players as an HTML table.

    Best replies are underlined and have an asterisk. Equilibria are outlined and have the word "stable".
    """
    host, origin = (to_html(name) for name in game.names)
    caption = to_html(MATRIX_CAPTION).format(
        unit=to_html(game.unit),
        host=f'<b class="w-host">{host}</b>',
        origin=f'<b class="w-origin">{origin}</b>',
        note=to_html(game.note),
    )
    heads = "".join(_head("col", "origin", origin, action) for action in screen.ACTIONS)
    rows = "".join(
        f"<tr>{_head('row', 'host', host, action)}{_cell(game, row, 0)}{_cell(game, row, 1)}</tr>"
        for row, action in enumerate(screen.ACTIONS)
    )
    return (
        f'<table class="w-m"><caption class="w-note">{caption}</caption>'
        '<colgroup><col class="w-first"><col><col></colgroup>'
        f'<thead><tr><td class="w-corner"></td>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _head(scope: str, role: str, name: str, action: str) -> str:
    return f'<th scope="{scope}"><span class="w-{role}"><b>{name}</b><br>{to_html(action)}</span></th>'


def _cell(game: MatrixView, row: int, column: int) -> str:
    stable = (row, column) in game.stable
    agreed = (row, column) == (0, 0)
    classes = ("w-nash" if agreed else "w-nash w-closed") if stable else ""
    colour = "agreement" if agreed else "muted"
    tag = f'<span class="w-tag w-{colour}" aria-hidden="true">{to_html(screen.STABLE)}</span>'
    upper, lower = (_payoff(game, side, row, column) for side in (1, 0))
    return (
        f'<td class="{classes}"><span class="w-sr">{to_html(_spoken(game, row, column))}</span>'
        f"{upper}{lower}{tag if stable else ''}</td>"
    )


def _payoff(game: MatrixView, side: int, row: int, column: int) -> str:
    best = " w-best" if game.best[side][row][column] else ""
    text = screen.number(game.payoffs[side][row][column], game.decimals)
    return f'<span class="w-p w-{SIDES[side]} w-side{side}{best}" aria-hidden="true">{text}</span>'


def _spoken(game: MatrixView, row: int, column: int) -> str:
    """Return the cell as a sentence: payoffs by player, which are best replies, whether it is an equilibrium."""
    digits = game.decimals
    parts = [
        _spoken_payoff(name, screen.number(payoffs[row][column], digits), best=best[row][column])
        for name, payoffs, best in zip(game.names, game.payoffs, game.best, strict=True)
    ]
    if (row, column) in game.stable:
        parts.append(message("equilibrium"))
    return join_messages("; ", parts)


def _spoken_payoff(player: str, payoff: str, *, best: bool) -> str:
    if best:
        return message("{player} {payoff}, best reply", player=player, payoff=payoff)
    return join_messages(" ", [player, payoff])


def facts_html(items: Sequence[tuple[str, str, str]]) -> str:
    """Render facts as an HTML list of terms with large values.

    A fact is (term, value, role); the role, or "" for none, sets the colour of the value.
    """
    pairs = "".join(
        f'<div><dt>{to_html(term)}</dt><dd class="{f"w-{role}" if role else ""}">{to_html(value)}</dd></div>'
        for term, value, role in items
    )
    return f'<dl class="w-facts">{pairs}</dl>'


def note_html(text: str) -> str:
    """Render a short text in small letters as HTML, such as the note under a chart. The text is escaped."""
    return f'<p class="w-note">{to_html(text)}</p>'


def heading_html(text: str, badge: str = "") -> str:
    """Render the heading of a figure as HTML. A `badge`, such as "order only", stands after it; "" for none."""
    pill = f' <span class="w-pill">{to_html(badge)}</span>' if badge else ""
    return f'<p class="w-h">{to_html(text)}{pill}</p>'
