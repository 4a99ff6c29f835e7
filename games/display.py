"""How games and answers show themselves: lines for a terminal, tables for a notebook.

Only texts come in, so that every module of this room may ask for it. Tables in HTML need no script and no style
sheet: what matters is said in words and signs, outlines and underlining repeat it, every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from games.exact_numbers import glance
from games.visible_text import escape, visible

Names: TypeAlias = tuple[str, str]
Actions: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

_OUTLINED = ' style="outline: 2px solid currentColor; outline-offset: -3px"'
_LEFT = ' style="text-align: left"'


class Cell(NamedTuple):
    """A cell of a matrix as it is shown."""

    payoffs: tuple[str, str]
    best: tuple[bool, bool]
    """For each player: a best reply to the other's action."""


def played(players: Names | None, actions: Actions | None, mixtures: Sequence[Sequence[Fraction]]) -> str:
    """Who plays what: `Row: Left · Column: Up 1/3 or Down 2/3`; unnamed players and actions are numbered."""
    told: list[str] = []
    for side, mixture in enumerate(mixtures):
        names = actions[side] if actions else [str(index + 1) for index in range(len(mixture))]
        used = [(name, share) for name, share in zip(names, mixture, strict=True) if share]
        sure = len(used) == 1
        told.append(" or ".join(name if sure else f"{name} {share_of(share)}" for name, share in used))
    first, second = players or ("Row", "Column")
    return visible(f"{first}: {told[0]} · {second}: {told[1]}")


def share_of(share: Fraction) -> str:
    """A probability: as a fraction while that is short, else as a decimal."""
    return str(share) if len(str(share)) <= 7 else glance(share)


def both(values: Iterable[Fraction]) -> str:
    """Two numbers: `2 and 1/3`."""
    return " and ".join(map(glance, values))


def listed(texts: Sequence[str]) -> str:
    """Several in a sentence: `1, 2 and 3`."""
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def counted(number: int, one: str, many: str) -> str:
    """How many there are: `1 equilibrium`, `3 equilibria`."""
    return f"{number} {one if number == 1 else many}"


def matrix_html(caption: str, players: Names, actions: Actions, cells: Sequence[Sequence[Cell]]) -> str:
    """A payoff matrix: best replies underlined with an asterisk, cells in pure equilibrium outlined and named."""
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


def _cell(cell: Cell) -> str:
    payoffs = ", ".join(f"<u>{escape(text)}</u>*" if best else escape(text) for text, best in zip(*cell, strict=True))
    return f"<td{_OUTLINED}>{payoffs}<br>equilibrium</td>" if all(cell.best) else f"<td>{payoffs}</td>"


def table_html(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column names its rows."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row"{_LEFT}>{escape(first)}</th>{"".join(f"<td>{escape(text)}</td>" for text in rest)}</tr>'
        for first, *rest in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def sentences_html(sentences: Iterable[str]) -> str:
    """Paragraphs of plain text."""
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
