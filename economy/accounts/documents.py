"""The money accounts of one cell as a document: the same names, order, sign and unit wherever they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from economy.account_names import ACCOUNTS, NEW_MIGRANTS
from games.documents import Document, Keys

if TYPE_CHECKING:
    from economy.model.money_accounts import MoneyAccounts


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDocument(Document):
    """What one population gets in money, in % of the pair's GDP of the status quo."""

    private: float
    """Pay, capital income, money sent and received."""
    public: float
    """Taxes, public services, crowding, training and the public budget."""
    total: float
    """Private and public."""
    of_which_sent_home: float
    """What its members send to their families; it stands in the account of those who receive it. 0 for all but new
    migrants."""


AccountDocuments = Annotated[Mapping[str, AccountDocument], Keys(ACCOUNTS)]
"""The accounts by name, in the order of ACCOUNTS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSumsDocument(Document):
    """The sum of the accounts, and what it leaves after the cost of moving, in % of the pair's GDP."""

    income: float
    """Sum of the four accounts."""
    cost_of_moving: float
    """What moving costs the movers; it is in no account."""
    welfare: float
    """Income less the cost of moving."""
    gdp: float
    """Gross gain of GDP."""


def account_documents(accounts: MoneyAccounts) -> dict[str, AccountDocument]:
    """The accounts of one cell of one economy by name.

    Parameters
    ----------
    accounts
        One cell of one economy, as `MoneyAccounts.cell` returns it.

    Returns
    -------
    dict[str, AccountDocument]
        In the order of ACCOUNTS.
    """
    return {
        name: AccountDocument(
            private=float(accounts.private[number]),
            public=float(accounts.public[number]),
            total=float(accounts.total[number]),
            of_which_sent_home=float(accounts.sent_home) if name == NEW_MIGRANTS else 0.0,
        )
        for number, name in enumerate(ACCOUNTS)
    }


def account_sums(accounts: MoneyAccounts) -> AccountSumsDocument:
    """The sums of one cell of one economy.

    Parameters
    ----------
    accounts
        One cell of one economy, as `MoneyAccounts.cell` returns it.

    Returns
    -------
    AccountSumsDocument
        Income, cost of moving, welfare and GDP.
    """
    return AccountSumsDocument(
        income=float(accounts.income),
        cost_of_moving=float(accounts.cost_of_moving),
        welfare=float(accounts.welfare),
        gdp=float(accounts.gdp),
    )
