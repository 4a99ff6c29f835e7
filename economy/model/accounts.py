"""Positions of the groups: Tables 6.A1 and 6.A3."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.group_gains import GROUPS
from economy.model.payoffs import GameCell, Stakes
from economy.parameters import Array
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
