"""The table of money accounts as text."""

from __future__ import annotations

from collections.abc import Sequence

from economy.accounts.rows import ACCOUNT_HEADS, AccountRow
from views.text.layout import Screen, render_table
from views.wording.screen import numbers
from views.wording.translation import translate

DECIMALS = 2
"""Fewest decimals of the figures."""


def account_lines(screen: Screen, rows: Sequence[AccountRow]) -> list[str]:
    """Return the table of money accounts as lines of text; where a row has a total only, the other columns are empty.

    All figures have the same number of decimals. `rows` is what `economy.accounts.rows` makes.
    """
    figures = iter(
        numbers([value for row in rows for value in (row.private, row.public, row.total)], DECIMALS, plus=True)
    )
    cells: list[tuple[str, ...]] = []
    for row in rows:
        private, public, total = (next(figures) for _ in range(3))
        label = screen.ink(f"{'  ' * (row.kind == 'memo')}{translate(row.label)}", row.role or _INKS[row.kind])
        cells.append((label, *("" if row.private is None else part for part in (private, public)), total))
    return render_table(screen, ACCOUNT_HEADS, cells, "<>>>")


_INKS = {"account": "strong", "sum": "strong", "memo": "quiet"}
"""Inks of rows that belong to no country."""
