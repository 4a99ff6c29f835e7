"""The four welfare accounts of Table 6.2 for a whole region."""

from __future__ import annotations

import numpy as np

from economy.model.accounts import FOREIGN, Accounts
from economy.model.group_gains import GROUPS
from economy.model.payoffs import Cell
from economy.parameters import Array


def region_accounts(cell: Cell) -> Accounts:
    """The welfare accounts of a region's treaties, % of the region's baseline GDP.

    The natives of a country are all its groups but the movers. Those of a country that sends more people than it
    receives are origin natives, all others host natives, so that a country where as many come as go is a host;
    the movers are the new migrants. Nobody is an old migrant among many countries yet. The totals add up to the
    gain in the region's welfare.
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
