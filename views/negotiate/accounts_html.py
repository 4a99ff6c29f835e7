"""HTML of what every population gets by what was signed: the table of money accounts, or bars of points."""

from __future__ import annotations

from economy.accounts.rows import ACCOUNTS_NOTE
from negotiation.outcome.outcome import Outcome
from views.negotiate import debrief
from views.negotiate.board_html import render_welfare_accounts
from views.style.html import note_html
from views.style.money_accounts import account_table_html
from views.wording import negotiate


def render_accounts(outcome: Outcome, unit: str, digits: int) -> str:
    """Render what every population gets by what was signed.

    Money is a table of the four accounts, their sum, the cost of moving and welfare; points are bars.

    Parameters
    ----------
    outcome
        The outcome of the talks.
    unit
        Unit of points.
    digits
        Fewest decimals of points.

    Returns
    -------
    str
        An HTML table; for money with notes below it.
    """
    rows = debrief.account_rows_of_deal(outcome)
    if not rows:
        caption = negotiate.WORTH_NOTE.format(unit=unit)
        return render_welfare_accounts(debrief.points_of_deal(outcome), caption, digits)
    return account_table_html(rows) + note_html(ACCOUNTS_NOTE) + note_html(negotiate.NOT_SEATED)
