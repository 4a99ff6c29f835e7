"""Conventions of the accounts: choices between two readings that no data decide.

The equations of markets and flows are the same under every convention. Each choice can be changed, and docs/model.md
gives what a change does to the results.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Real: TypeAlias = float | Array
"""One number, or an array with one number for each economy; shapes that broadcast together are a batch."""

Surplus: TypeAlias = Literal["compensating", "equivalent"]
Crowding: TypeAlias = Literal["beyond today", "everybody"]
Ceiling: TypeAlias = Literal["people", "share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """Conventions of a batch of economies; they are the same for all of them."""

    surplus: Surplus = "compensating"
    """Money that expresses the mean gain of a mover, S log points of income.

    "compensating": pay abroad times the mean of 1 − e^(−S), the part of it that a mover could lose and still go.
    "equivalent": pay at home times the mean of e^S − 1, S capped: what would make up for staying.
    """
    crowding: Crowding = "beyond today"
    """Whom the public cost counts: the people beyond today's number, or everybody who comes."""
    ceiling: Ceiling = "people"
    """What a liberalising country admits: today's number times 1 + `expansion`, or the share `openness` of the willing.

    Where nobody moves today, it is the share in both cases.
    """

    def replace(self, **changes: Any) -> Conventions:
        """Return a copy with some conventions changed; TypeError for an unknown name."""
        return dataclasses.replace(self, **changes)


STANDARD = Conventions()
"""The conventions of every result that names no other ones."""

SWITCHES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"surplus": get_args(Surplus), "crowding": get_args(Crowding)}
)
"""Conventions that a case may change, by field of `Conventions`, with the words to write; the first is the standard."""
