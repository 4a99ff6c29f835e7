"""Payoff of a government from the gains and losses of its groups: equation 9."""

from __future__ import annotations

import numpy as np

from economy.model.batching import swap_countries, total
from economy.model.group_gains import GROUPS
from economy.parameters import Array, Parameters

MOVERS, FAMILIES = GROUPS.index("movers"), GROUPS.index("families")


def government(p: Parameters, money: Array) -> Array:
    """G = Σ_g ω_g ℓ(Δ_g) + ω_X times the foreign migrants' gain; ℓ(x) = x for x ≥ 0, loss·x for x < 0.

    Parameters
    ----------
    p
        Parameters that broadcast with the last axes of `money`.
    money
        (country, group, ..., column) change of the money of each group, in the order of GROUPS.

    Returns
    -------
    Array
        (country, ..., column) payoff, in the unit of `money`.
    """
    weights = (p.w_U, p.w_S, p.w_K, p.w_R, p.w_M, p.w_F, p.w_T, p.w_O)
    felt = np.where(money >= 0, money, money * p.loss)
    own = total(np.stack([weight * felt[:, group] for group, weight in enumerate(weights)]))
    return own + p.w_X * swap_countries(money[:, MOVERS] + money[:, FAMILIES])
