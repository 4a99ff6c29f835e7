"""The four welfare accounts of Table 6.2 for a region of N countries."""

from __future__ import annotations

import numpy as np

from economy.model.accounts import FOREIGN, Accounts
from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell
from economy.parameters import Array


def region_accounts(cell: GameCell) -> Accounts:
    """Welfare accounts of the treaties of a region, % of the region's baseline GDP.

    Natives of a country are all its groups but the movers. A country that sends more people than it receives has origin
    natives; every other country, also with equal numbers, has host natives. The movers are the new migrants. Old
    migrants are not modelled among many countries. The totals add up to the gain in the region's welfare.

    Parameters
    ----------
    cell
        Result of `solve_region`, shape B.

    Returns
    -------
    Accounts
        Totals and values by country; None for old migrants.

    References
    ----------
    Alonso, "Managing Labor Mobility", Table 6.2.
    """
    money = cell.groups * (cell.gdp / cell.gdp.sum(axis=-1, keepdims=True))[..., None]
    native = np.array([group not in FOREIGN for group in GROUPS])
    natives, movers = money[..., native].sum(axis=-1), money[..., GROUPS.index("movers")]
    people = cell.flows.sum(axis=-1)
    sender = people.sum(axis=-1) > people.sum(axis=-2)
    by_country: dict[str, Array | None] = {
        "host natives": np.where(sender, 0.0, natives),
        "old migrants": None,
        "origin natives": np.where(sender, natives, 0.0),
        "new migrants": movers,
    }
    totals = {name: None if values is None else values.sum(axis=-1) for name, values in by_country.items()}
    return Accounts(totals, by_country)
