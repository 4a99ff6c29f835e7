"""The table of money accounts as accessible HTML."""

from __future__ import annotations

from collections.abc import Sequence

from economy.accounts.rows import ACCOUNT_HEADS, ACCOUNT_UNIT, AccountRow
from games.messages import join_messages
from views.wording.screen import NONE, numbers
from views.wording.translation import to_html

DECIMALS = 2
"""Fewest decimals of the figures."""


def account_table_html(rows: Sequence[AccountRow], caption: str = "") -> str:
    """Render the table of money accounts as HTML: private, public and total of each row.

    Parameters
    ----------
    rows
        What `economy.accounts.rows` makes.
    caption
        Plain text before the unit in the caption; "" for the unit alone.

    Returns
    -------
    str
        One `<table>` element.
    """
    figures = iter(
        numbers([value for row in rows for value in (row.private, row.public, row.total)], DECIMALS, plus=True)
    )
    told = join_messages(" ", [caption, ACCOUNT_UNIT]) if caption else ACCOUNT_UNIT
    name, *columns = ACCOUNT_HEADS
    heads = "".join(f'<th scope="col" class="w-r">{to_html(head)}</th>' for head in columns)
    body = "".join(_row(row, [next(figures) for _ in columns]) for row in rows)
    return (
        f'<table class="w-t w-accounts"><caption class="w-note">{to_html(told)}</caption>'
        f'<thead><tr><th scope="col">{to_html(name)}</th>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(row: AccountRow, figures: Sequence[str]) -> str:
    """One row; parts that have no meaning are empty."""
    start = '<tr class="w-sum">' if row.kind == "sum" else "<tr>"
    inks = {"account": f"w-{row.role}", "sum": "", "memo": "w-muted"}
    cells = "".join(f'<td class="w-r">{"" if figure == NONE else figure}</td>' for figure in figures)
    return f'{start}<th scope="row"><span class="{inks[row.kind]}">{to_html(row.label)}</span></th>{cells}</tr>'
