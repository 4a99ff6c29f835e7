"""Gains and losses by group: the positions of Tables 6.A1 and 6.A3, and the four welfare accounts of Table 6.2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell, Stakes
from economy.parameters import Array
from games.documents import Keys
from games.errors import input_error
from games.messages import message

TABLE_GROUPS = (message("scarce labour"), message("abundant labour"), message("capital"), message("consumers"))
"""The four groups of Alonso's tables; "consumers" are residents and families together."""
LABELS = (
    message("opposed"),
    message("weakly opposed"),
    message("neutral"),
    message("weakly in favour"),
    message("in favour"),
)
"""Labels of a position, from the largest loss to the largest gain."""
NEUTRAL, WEAK = 0.05, 0.45
"""A group is neutral up to NEUTRAL of the largest change, and weakly in favour or opposed up to WEAK (fitted
values)."""
HOST_NATIVES, OLD_MIGRANTS = message("host natives"), message("old migrants")
ORIGIN_NATIVES, NEW_MIGRANTS = message("origin natives"), message("new migrants")
ACCOUNTS = (HOST_NATIVES, OLD_MIGRANTS, ORIGIN_NATIVES, NEW_MIGRANTS)
"""The populations of Alonso, Table 6.2."""
ACCOUNT_LABELS: Mapping[str, str] = {
    HOST_NATIVES: message("Host natives"),
    OLD_MIGRANTS: message("Old migrants"),
    ORIGIN_NATIVES: message("Origin natives"),
    NEW_MIGRANTS: message("New migrants"),
}
"""The accounts at the head of a line."""
AccountValues = Annotated[Mapping[str, float | None], Keys(ACCOUNTS)]
"""A value for every account, in documents; None where it is not known."""
FOREIGN = ("movers", "old_migrants")
"""Groups that are not natives of the country where they live."""


class Positions(NamedTuple):
    """Positions of the groups of TABLE_GROUPS; each array is (*B, 4)."""

    z: Array
    """Change of income over the largest absolute change among the four groups, −1 to 1."""
    labels: NDArray[np.str_]
    """One of LABELS."""
    change: Array
    """Change of income, % of the group's baseline income."""


def positions(stakes: Stakes | GameCell | Array, country: int = 0, *, reciprocity: bool = True) -> Positions:
    """Positions of a country's groups on the opening of that country, equation 10; a row of Table 6.A1 or 6.A3.

    U is called scarce labour and S abundant labour, as in the host.

    Parameters
    ----------
    stakes
        Results of `solve`, one cell of them, or an array (*B, 8) of income changes in the order of GROUPS, % of
        baseline income.
    country
        0 the host, 1 the origin. Not read when `stakes` is an array.
    reciprocity
        True: both countries open, cell (L,L). False: this country opens alone. Read only when `stakes` is a `Stakes`.

    Returns
    -------
    Positions
        z, labels and changes of the four groups, shape (*B, 4).

    References
    ----------
    Alonso, "Managing Labor Mobility", Tables 6.A1 and 6.A3.
    """
    four = _four(_relative(stakes, country, reciprocity=reciprocity))
    largest = np.abs(four).max(axis=-1, keepdims=True)
    z = four / np.where(largest > 0, largest, 1.0)
    rank = 2 + (z > NEUTRAL) + (z > WEAK) - (z < -NEUTRAL) - (z < -WEAK)
    return Positions(z, np.array(LABELS)[rank], four)


def _relative(stakes: Stakes | GameCell | Array, country: int, *, reciprocity: bool) -> Array:
    if isinstance(stakes, Stakes):
        alone = (0, 1) if country == 0 else (1, 0)
        stakes = stakes.cell(*((0, 0) if reciprocity else alone))
    return stakes.relative[..., country, :] if isinstance(stakes, GameCell) else stakes


def _four(relative: Array) -> Array:
    residents, families = relative[..., GROUPS.index("residents")], relative[..., GROUPS.index("families")]
    return np.concatenate([relative[..., :3], (residents + families)[..., None]], axis=-1)


class Accounts(NamedTuple):
    """The four welfare accounts by name, in the order of ACCOUNTS, % of the world's baseline GDP."""

    totals: dict[str, Array | None]
    """(*B) the whole account; None for old migrants where no economy has any."""
    by_country: dict[str, Array | None]
    """(*B, country) natives and old migrants by country of residence, new migrants by country of origin."""


def accounts(stakes: Stakes | GameCell) -> Accounts:
    """Welfare accounts of a mutual opening, cell (L,L), as in Table 6.2.

    The country that receives more people than it sends is the host, country 0 when the numbers are equal. Natives are
    all groups but the movers and the earlier (old) migrants; natives of the host are host natives, natives of the other
    country are origin natives. The movers of both countries are the new migrants. The totals add up to the gain in
    world welfare.

    Parameters
    ----------
    stakes
        Results of `solve`, or one cell of them.

    Returns
    -------
    Accounts
        Totals and values by country.

    Raises
    ------
    InputError
        The cell is of a region with more than two countries; use `region_accounts`.

    References
    ----------
    Alonso, "Managing Labor Mobility", Table 6.2.
    """
    cell = stakes.cell(0, 0) if isinstance(stakes, Stakes) else stakes
    if cell.gdp.shape[-1] != 2:
        raise input_error("stakes", f"there are {cell.gdp.shape[-1]} countries here", "ask region_accounts(cell)")
    world = cell.gdp[..., :1] + cell.gdp[..., 1:]
    money = cell.groups * (cell.gdp / world)[..., None]
    shares = (money[..., g] for g, group in enumerate(GROUPS) if group not in FOREIGN)
    natives = np.zeros_like(money[..., 0]) + sum(shares)
    people = cell.flows.sum(axis=-1)
    receiver = np.where(people[..., 1, 0] >= people[..., 0, 1], 0, 1)[..., None] == np.arange(2)
    return _by_population(cell, money, natives, receiver)


def region_accounts(cell: GameCell) -> Accounts:
    """Welfare accounts of the treaties of a region, % of the region's baseline GDP.

    Natives of a country are all its groups but the movers and the earlier (old) migrants. A country that sends more
    people than it receives has origin natives; every other country, also with equal numbers, has host natives. The
    movers are the new migrants. The totals add up to the gain in the region's welfare.

    Parameters
    ----------
    cell
        Result of `solve_region`, shape B.

    Returns
    -------
    Accounts
        Totals and values by country; None for old migrants where no region has any.

    References
    ----------
    Alonso, "Managing Labor Mobility", Table 6.2.
    """
    money = cell.groups * (cell.gdp / cell.gdp.sum(axis=-1, keepdims=True))[..., None]
    native = np.array([group not in FOREIGN for group in GROUPS])
    people = cell.flows.sum(axis=-1)
    sends = people.sum(axis=-1) > people.sum(axis=-2)
    return _by_population(cell, money, money[..., native].sum(axis=-1), ~sends)


def _by_population(cell: GameCell, money: Array, natives: Array, receiver: NDArray[np.bool_]) -> Accounts:
    """The accounts, where `receiver` (*B, country) says whose natives are host natives."""
    movers, old = money[..., GROUPS.index("movers")], money[..., GROUPS.index("old_migrants")]
    by_country: dict[str, Array | None] = {
        HOST_NATIVES: np.where(receiver, natives, 0.0),
        OLD_MIGRANTS: old if np.any(cell.incomes[..., GROUPS.index("old_migrants")] > 0) else None,
        ORIGIN_NATIVES: np.where(receiver, 0.0, natives),
        NEW_MIGRANTS: movers,
    }
    totals = {name: None if values is None else values.sum(axis=-1) for name, values in by_country.items()}
    return Accounts(totals, by_country)
