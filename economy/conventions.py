"""Conventions of the money accounts, and the two versions of the model that they make.

The equations of markets and flows are the same in both versions. The conventions say from which status quo a change is
measured, how a mover's gain is expressed in money, whom the public cost counts, and what limits the number who come.
`FIRST_VERSION` is the default of `Parameters`. `SECOND_VERSION` sets everything that the second version changes.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Array
"""One number, or an array with one number for each economy; shapes that broadcast together are a batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """Conventions of a batch of economies, and the dials that only they read.

    The conventions are the same for all economies of a batch. The dials may be arrays, as parameters; units, limits and
    sources are in conventions.toml.
    """

    surplus: Literal["equivalent", "compensating"]
    """Money that expresses the mean gain of a mover, S log points of income.

    "equivalent": pay at home times e^s − 1, with s the mean of S, capped. "compensating": pay abroad times the mean of
    1 − e^(−S), the part of it that a mover could lose and still go.
    """
    accounts: Literal["surplus", "money"]
    """What is added up.

    "surplus": the families' cash is a part of the movers' surplus, pay at home is that of the closed border, and
    welfare is the sum of all groups. "money": all is measured from the status quo with today's flows; movers have their
    surplus, families their cash, never negative; welfare is the sum of the money accounts less the cost of moving.
    """
    crowding: Literal["everybody", "beyond today"]
    """Whom the public cost counts: everybody who comes, or the people beyond today's number."""
    ceiling: Literal["share", "people"]
    """What a liberalising country admits: the share `openness` of the willing, or today's number times 1 + `expansion`.

    Where nobody moves today, it is the share in both cases.
    """
    xmax: Real = 1.0
    """Largest public cost, share of own GDP."""
    delta: Real = 1.0
    """Discount factor a period."""
    today: Real = 0.0
    """Today's openness of the host to the origin's workers, share of the willing."""
    today_origin: Real = 0.0
    """Today's openness of the origin to the host's workers, share of the willing."""
    openness_origin: Real = 1.0
    """Openness of the origin over that of the host, as far as everyone is admitted; read where it is a share."""
    expansion: Real = 0.0
    """People beyond today's number whom a liberalising country admits, share of that number."""
    covered: Real = 1.0
    """Share of today's migrants whom the terms of a treaty reach; read where people are the ceiling."""
    commitment: Real = 0.0
    """What a government loses by binding itself in a treaty, share of own GDP."""

    def dials(self) -> dict[str, Real]:
        """Values of the dials by name, in the order of conventions.toml."""
        return {name: getattr(self, name) for name in DIALS}

    def replace(self, **changes: Any) -> Conventions:
        """Return a copy with some conventions or dials changed; TypeError for an unknown name."""
        return dataclasses.replace(self, **changes)

    @property
    def has_migrants(self) -> bool:
        """Whether anybody moves in the status quo of some economy, apart from irregular migration."""
        return bool(np.any(np.asarray(self.today) > 0) or np.any(np.asarray(self.today_origin) > 0))

    @property
    def by_direction(self) -> bool:
        """Whether who is admitted may differ from `openness`; the same for every part of a batch."""
        return _differs(self.today, 0.0) or _differs(self.today_origin, 0.0) or _differs(self.openness_origin, 1.0)


def _differs(value: Real, plain: float) -> bool:
    return bool(np.ndim(value)) or value != plain


DIALS = ("xmax", "delta", "today", "today_origin", "openness_origin", "expansion", "covered", "commitment")
"""Names of the dials."""
MARKET_DIALS = ("today", "today_origin", "openness_origin", "expansion", "covered")
"""Dials that change the fixed point of wages and flows."""

FIRST_VERSION = Conventions(surplus="equivalent", accounts="surplus", crowding="everybody", ceiling="share")
"""The first version: closed borders are the status quo, and the surplus is money at home."""
SECOND_VERSION = Conventions(
    surplus="compensating", accounts="money", crowding="beyond today", ceiling="people", xmax=0.20, delta=0.96
)
"""The second version: today's flows are the status quo, and the accounts are money."""
VERSIONS = (FIRST_VERSION, SECOND_VERSION)
"""Both versions; no dial of theirs is an array."""
