"""Who gains and who loses: the positions of Tables 6.A1 and 6.A3, and the four welfare accounts of Table 6.2."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.group_gains import GROUPS
from economy.model.payoffs import Cell, Stakes
from economy.parameters import Array
from games.errors import refuse

TABLE_GROUPS = ("scarce labour", "abundant labour", "capital", "consumers")
"""The four groups of the source's tables; consumers are residents and families taken together."""
LABELS = ("opposed", "weakly opposed", "neutral", "weakly in favour", "in favour")
NEUTRAL, WEAK = 0.05, 0.45
"""Shares of the largest stake up to which a group is neutral, and up to which it is only weakly moved (a fit)."""
ACCOUNTS = ("host natives", "old migrants", "origin natives", "new migrants")
"""The populations of Alonso, Table 6.2."""
FOREIGN = ("movers", "old_migrants")
"""The groups who are no natives of where they live, or no longer live where they are natives."""


class Positions(NamedTuple):
    """Where the four groups of TABLE_GROUPS stand; each array is (*B, 4)."""

    z: Array
    """Change of income over the largest such change among the four, -1 to 1."""
    labels: NDArray[np.str_]
    """One of LABELS."""
    change: Array
    """Change, % of own baseline income."""


def positions(stakes: Stakes | Cell | Array, country: int = 0, *, reciprocity: bool = True) -> Positions:
    """Where a country's groups stand on its own opening, equation 10; a row of Table 6.A1 or 6.A3.

    With reciprocity the other opens too, cell (L,L); without it the country opens alone. Takes stakes, one
    cell of them, or (*B, 8) changes in the order of GROUPS, % of baseline income. Scarce labour is U and
    abundant labour S, as in the host.
    """
    four = _four(_relative(stakes, country, reciprocity=reciprocity))
    largest = np.abs(four).max(axis=-1, keepdims=True)
    z = four / np.where(largest > 0, largest, 1.0)
    rank = 2 + (z > NEUTRAL) + (z > WEAK) - (z < -NEUTRAL) - (z < -WEAK)
    return Positions(z, np.array(LABELS)[rank], four)


def _relative(stakes: Stakes | Cell | Array, country: int, *, reciprocity: bool) -> Array:
    if isinstance(stakes, Stakes):
        alone = (0, 1) if country == 0 else (1, 0)
        stakes = stakes.cell(*((0, 0) if reciprocity else alone))
    return stakes.relative[..., country, :] if isinstance(stakes, Cell) else stakes


def _four(relative: Array) -> Array:
    residents, families = relative[..., GROUPS.index("residents")], relative[..., GROUPS.index("families")]
    return np.concatenate([relative[..., :3], (residents + families)[..., None]], axis=-1)


class Accounts(NamedTuple):
    """The four welfare accounts by name, in the order of ACCOUNTS, % of the world's baseline GDP."""

    totals: dict[str, Array | None]
    """(*B) the whole account; None for old migrants where no economy has any."""
    by_country: dict[str, Array | None]
    """(*B, country) natives and old migrants by where they live, new migrants by where they come from."""


def accounts(stakes: Stakes | Cell) -> Accounts:
    """The welfare accounts of a mutual opening, cell (L,L), after Table 6.2.

    The natives of a country are all its groups but the movers and those who came earlier, the old migrants.
    Those of the country that receives more people than it sends (country 0 when it is a draw) are host natives,
    those of the other origin natives; the movers of both are the new migrants. The totals add up to the gain in
    world welfare. InputError for a region of more countries, whose accounts are `region_accounts`.
    """
    cell = stakes.cell(0, 0) if isinstance(stakes, Stakes) else stakes
    if cell.gdp.shape[-1] != 2:
        raise refuse("stakes", f"there are {cell.gdp.shape[-1]} countries here", "ask region_accounts(cell)")
    world = cell.gdp[..., :1] + cell.gdp[..., 1:]
    money = cell.groups * (cell.gdp / world)[..., None]
    movers, old = money[..., GROUPS.index("movers")], money[..., GROUPS.index("old_migrants")]
    natives = np.zeros_like(movers) + sum(money[..., g] for g, group in enumerate(GROUPS) if group not in FOREIGN)
    people = cell.flows.sum(axis=-1)
    receiver = np.where(people[..., 1, 0] >= people[..., 0, 1], 0, 1)[..., None] == np.arange(2)
    by_country: dict[str, Array | None] = {
        "host natives": np.where(receiver, natives, 0.0),
        "old migrants": old if np.any(cell.incomes[..., GROUPS.index("old_migrants")] > 0) else None,
        "origin natives": np.where(receiver, 0.0, natives),
        "new migrants": movers,
    }
    totals = {name: None if values is None else values.sum(axis=-1) for name, values in by_country.items()}
    return Accounts(totals, by_country)
