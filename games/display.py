"""Text and HTML forms of games and answers: lines for a terminal, tables for a notebook.

The functions take strings and numbers only, so every module of this package can import this one. The HTML tables need
no script and no style sheet. Facts are given in words and signs; outlines and underlining only repeat them. Every text
is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from games.exact_numbers import format_rounded
from games.messages import Message, join_messages, message
from games.visible_text import escape, visible

Names: TypeAlias = tuple[str, str]
Actions: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

_OUTLINED = ' style="outline: 2px solid currentColor; outline-offset: -3px"'
_LEFT = ' style="text-align: left"'


class MatrixCell(NamedTuple):
    """One cell of a payoff table, ready to print."""

    payoffs: tuple[str, str]
    """The payoffs of the row player and of the column player, as text."""
    best: tuple[bool, bool]
    """For each player, whether the action is a best reply to the action of the other."""


def format_profile(players: Names | None, actions: Actions | None, mixtures: Sequence[Sequence[Fraction]]) -> str:
    """Return the strategies of both players, such as `Row: Left · Column: Up 1/3 or Down 2/3`.

    Parameters
    ----------
    players
        Names of the two players; None for `Row` and `Column`.
    actions
        Names of the rows and of the columns; None to number them from 1.
    mixtures
        Two mixed strategies, (m,) and (n,): a probability for every action.

    Returns
    -------
    str
        The actions in use; a probability follows each one unless it is the only one.
    """
    told: list[str] = []
    for side, mixture in enumerate(mixtures):
        names = actions[side] if actions else [str(index + 1) for index in range(len(mixture))]
        used = [(name, share) for name, share in zip(names, mixture, strict=True) if share]
        sure = len(used) == 1
        told.append(" or ".join(name if sure else f"{name} {format_probability(share)}" for name, share in used))
    first, second = players or ("Row", "Column")
    return visible(f"{first}: {told[0]} · {second}: {told[1]}")


def format_probability(share: Fraction) -> str:
    """Return a probability as a fraction of at most 7 characters, otherwise as a decimal."""
    return str(share) if len(str(share)) <= 7 else format_rounded(share)


def join_numbers(values: Iterable[Fraction]) -> str:
    """Return numbers joined by "and", such as `2 and 1/3`."""
    return " and ".join(map(format_rounded, values))


def join_with_and(texts: Iterable[str]) -> str:
    """Return texts as a list in a sentence, such as `1, 2 and 3`; messages among them can still be translated."""
    return _join(message("{first} and {last}"), texts)


def join_with_or(texts: Iterable[str]) -> str:
    """Return texts as a choice in a sentence, such as `1, 2 or 3`; messages among them can still be translated."""
    return _join(message("{first} or {last}"), texts)


def _join(pattern: Message, texts: Iterable[str]) -> str:
    *first, last = [*texts] or [""]
    return pattern.format(first=join_messages(", ", first), last=last) if first else last


def format_count(number: int, one: str, many: str) -> str:
    """Return a number with its noun, such as `1 equilibrium` or `3 equilibria`.

    Parameters
    ----------
    number
        How many there are.
    one
        The singular noun.
    many
        The plural noun, also used for 0.

    Returns
    -------
    str
        The number, a blank and the noun.
    """
    return f"{number} {one if number == 1 else many}"


def matrix_html(caption: str, players: Names, actions: Actions, cells: Sequence[Sequence[MatrixCell]]) -> str:
    """Return a payoff matrix as an HTML table.

    Best replies are underlined and have an asterisk. Cells in pure equilibrium have an outline and the word
    "equilibrium".

    Parameters
    ----------
    caption
        The caption of the table.
    players
        Names of the row player and the column player.
    actions
        Names of the m rows and of the n columns.
    cells
        (m, n): the cells, row by row.

    Returns
    -------
    str
        One `<table>` element.
    """
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in actions[1])
    over = f'<th scope="colgroup" colspan="{len(actions[1])}">{escape(players[1])}</th>'
    rows = "".join(
        f'<tr><th scope="row"{_LEFT}>{escape(name)}</th>{"".join(map(_cell, line))}</tr>'
        for name, line in zip(actions[0], cells, strict=True)
    )
    return (
        f"<table><caption>{escape(caption)} An asterisk marks a best reply.</caption>"
        f"<thead><tr><td></td>{over}</tr><tr><th{_LEFT}>{escape(players[0])}</th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(cell: MatrixCell) -> str:
    payoffs = ", ".join(f"<u>{escape(text)}</u>*" if best else escape(text) for text, best in zip(*cell, strict=True))
    return f"<td{_OUTLINED}>{payoffs}<br>equilibrium</td>" if all(cell.best) else f"<td>{payoffs}</td>"


def table_html(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table whose first column holds the row headers.

    Parameters
    ----------
    caption
        The caption of the table.
    heads
        The column headers.
    rows
        The rows; the first text of each row is its header.

    Returns
    -------
    str
        One `<table>` element.
    """
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row"{_LEFT}>{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in rest)}</tr>'
        for first, *rest in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def sentences_html(sentences: Iterable[str]) -> str:
    """Return each text as an HTML paragraph."""
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
