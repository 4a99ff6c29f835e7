"""What a government makes of its groups' gains and losses: equation 9."""

from __future__ import annotations

import numpy as np

from economy.model.batching import swap, total
from economy.model.group_gains import GROUPS
from economy.parameters import Array, Parameters

MOVERS, FAMILIES = GROUPS.index("movers"), GROUPS.index("families")


def government(p: Parameters, money: Array) -> Array:
    """G = Σ_g ω_g ℓ(Δ_g), ℓ(x) = x for a gain and loss·x for a loss, plus ω_X times the foreign migrants' gain.

    Takes the money each group gains, (country, group, ..., column), and returns (country, ..., column).
    """
    weights = (p.w_U, p.w_S, p.w_K, p.w_R, p.w_M, p.w_F, p.w_T, p.w_O)
    felt = np.where(money >= 0, money, money * p.loss)
    own = total(np.stack([weight * felt[:, group] for group, weight in enumerate(weights)]))
    return own + p.w_X * swap(money[:, MOVERS] + money[:, FAMILIES])
