"""Payoff of a government from the gains and losses of its groups: equation 9."""

from __future__ import annotations

import numpy as np

from economy.model.batching import total
from economy.parameters import Array, Parameters


def government(p: Parameters, money: Array, guests: Array) -> Array:
    """G = Σ_g ω_g ℓ(Δ_g) + ω_X times the foreign migrants' gain; ℓ(x) = x for x ≥ 0, loss·x for x < 0.

    Parameters
    ----------
    p
        Parameters that broadcast with the last axes of `money`.
    money
        (country, group, ..., column) change of the money of each group, in the order of GROUPS.
    guests
        (country, ..., column) change of the gain of the foreigners who arrive, their families' part included.

    Returns
    -------
    Array
        (country, ..., column) payoff, in the unit of `money`.
    """
    weights = (p.w_U, p.w_S, p.w_K, p.w_R, p.w_M, p.w_F, p.w_T, p.w_O)
    felt = np.where(money >= 0, money, money * p.loss)
    own = total(np.stack([weight * felt[:, group] for group, weight in enumerate(weights)]))
    return own + p.w_X * guests


def delay_factor(p: Parameters) -> Array | None:
    """D(T) = (1 − δ^T) / [T (1 − δ)]: what phasing over T periods leaves of a gain; None where it is 1 everywhere.

    The power is computed with logs, so that a shared δ and one for each column give the same bits.
    """
    delta, years = np.asarray(p.delta), np.asarray(p.years)
    if not np.any(delta < 1) or not np.any(years > 1):
        return None
    lost = np.where(delta < 1, 1 - delta, 1.0)
    return np.where(delta < 1, -np.expm1(years * np.log(delta)) / (years * lost), 1.0)


def payoffs_and_gain(p: Parameters, gdp: Array, money: Array, guests: Array, product: Array) -> dict[str, Array]:
    """Results by name that follow from changes of money: payoffs, groups and gdp_gain.

    Parameters
    ----------
    p
        Parameters that broadcast with the last axes of `money`.
    gdp
        (country, column) GDP of the status quo.
    money
        (country, group, ..., column) change of the money of each group.
    guests
        (country, ..., column) change of the gain of the foreigners who arrive.
    product
        (country, ..., column) change of GDP.

    Returns
    -------
    dict[str, Array]
        Payoffs and groups in % of own GDP of the status quo, the others as shares of the world's.
    """
    per_gdp, world = 100 / gdp, total(gdp)
    for _ in range(guests.ndim - per_gdp.ndim):
        per_gdp = per_gdp[:, None]
    return {
        "payoffs": government(p, money, guests) * per_gdp,
        "groups": money * per_gdp[:, None],
        "gdp_gain": total(product) / world,
    }
