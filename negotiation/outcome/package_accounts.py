"""What every population gets by one package: money accounts, or points.

No agreement leaves everybody at the status quo: every number is exactly 0.
"""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from economy.account_names import ACCOUNTS
from economy.model.money_accounts import MoneyAccounts
from negotiation.preferences.values import Preferences


def money_of_package(preferences: Preferences, package: int | None) -> MoneyAccounts | None:
    """The money accounts of one package.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    package
        Number of the package in the grid; None for no agreement.

    Returns
    -------
    MoneyAccounts or None
        Accounts of one cell of one economy; None where values are points.
    """
    if preferences.money is None:
        return None
    cell = preferences.money[0 if package is None else package]
    if package is not None:
        return cell
    return MoneyAccounts(**{field.name: np.zeros_like(getattr(cell, field.name)) for field in fields(cell)})


def points_of_package(preferences: Preferences, package: int | None) -> dict[str, float | None] | None:
    """The points of every population in one package.

    Parameters
    ----------
    preferences
        Preferences over the agenda.
    package
        Number of the package in the grid; None for no agreement.

    Returns
    -------
    dict or None
        In the order of ACCOUNTS; None for a population without points, and None as a whole where the accounts are
        money.
    """
    if preferences.money is not None:
        return None
    amounts = np.zeros(len(preferences.accounts_of)) if package is None else preferences.accounts[package]
    known: dict[str, float] = dict(zip(preferences.accounts_of, amounts.tolist(), strict=True))
    return {account: known.get(account) for account in ACCOUNTS}
