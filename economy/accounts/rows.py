"""The rows of the table of money accounts: one order, one sign and one set of labels wherever it is printed.

The column of totals adds up from top to bottom: the four accounts give the sum, the sum less the cost of moving gives
welfare. Below welfare stand two figures for memory, which are in no sum of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from economy.account_names import ACCOUNT_LABELS, ACCOUNTS, HOST_NATIVES, NEW_MIGRANTS, OLD_MIGRANTS, ORIGIN_NATIVES
from economy.accounts.documents import AccountDocument, AccountSumsDocument
from games.messages import message

ACCOUNTS_TITLE = message("Accounts in money")
"""Title of the table."""
ACCOUNT_HEADS = (message("Account"), message("private"), message("public"), message("total"))
"""Heads of the columns."""
ACCOUNT_UNIT = message("% of the two countries' GDP of the status quo")
"""Unit of every row."""
INCOME, COST_OF_MOVING, WELFARE = message("Sum: income"), message("Cost of moving"), message("Welfare")
SENT_HOME, GDP = message("Sent home by new migrants"), message("Gross gain of GDP")
"""Labels of the rows below the four accounts."""
ACCOUNTS_NOTE = message(
    "Income is what people get in money, after fees, taxes and levies; money that migrants send home counts for those "
    "who receive it. Welfare is income less what moving costs those who move. Private: pay, capital income, money sent "
    "and received. Public: taxes, public services, crowding, training, the public budget. The two figures below "
    "welfare are in no sum."
)
"""What the rows and columns mean."""

AccountRole = Literal["host", "origin", "migrants", ""]
ROLES_OF_ACCOUNTS: Mapping[str, AccountRole] = {
    HOST_NATIVES: "host",
    OLD_MIGRANTS: "migrants",
    ORIGIN_NATIVES: "origin",
    NEW_MIGRANTS: "migrants",
}
"""Role of each account, which decides its colour."""


class AccountRow(NamedTuple):
    """One row of the table of money accounts."""

    key: str
    """Name of the account, or of the field of `AccountSumsDocument` or `AccountDocument`."""
    label: str
    """Text at the head of the row."""
    private: float | None
    """Private part; None where only the total has a meaning."""
    public: float | None
    """Public part; None where only the total has a meaning."""
    total: float
    """The total, as it is added: the cost of moving is negative."""
    unit: str
    """Unit of the three figures."""
    kind: Literal["account", "sum", "memo"]
    """A population, a line of the sum, or a figure for memory."""
    role: AccountRole
    """Whose colour the row has; "" for none."""


def account_rows(accounts: Mapping[str, AccountDocument], sums: AccountSumsDocument) -> tuple[AccountRow, ...]:
    """The rows of the table of money accounts.

    Parameters
    ----------
    accounts
        The accounts of one cell by name, as `account_documents` returns them.
    sums
        The sums of the same cell, as `account_sums` returns them.

    Returns
    -------
    tuple[AccountRow, ...]
        The four accounts in the order of ACCOUNTS, income, the cost of moving (negative), welfare; then what the new
        migrants send home, and the gross gain of GDP.
    """
    own = [
        AccountRow(
            name,
            ACCOUNT_LABELS[name],
            accounts[name].private,
            accounts[name].public,
            accounts[name].total,
            ACCOUNT_UNIT,
            "account",
            ROLES_OF_ACCOUNTS[name],
        )
        for name in ACCOUNTS
    ]
    private, public = sum(each.private for each in accounts.values()), sum(each.public for each in accounts.values())
    return (
        *own,
        AccountRow("income", INCOME, private, public, sums.income, ACCOUNT_UNIT, "sum", ""),
        _single("cost_of_moving", COST_OF_MOVING, -sums.cost_of_moving, "sum"),
        _single("welfare", WELFARE, sums.welfare, "sum"),
        _single("of_which_sent_home", SENT_HOME, accounts[NEW_MIGRANTS].of_which_sent_home, "memo"),
        _single("gdp", GDP, sums.gdp, "memo"),
    )


def _single(key: str, label: str, total: float, kind: Literal["sum", "memo"]) -> AccountRow:
    """A row that has a total only."""
    return AccountRow(key, label, None, None, total, ACCOUNT_UNIT, kind, "")
