"""Migration among N countries: choice of host, admission, pay and labour. Equations 5 and 6 with many hosts.

A country that opens to another admits a share λ of the other's workers who choose it, by lot; those who are not
admitted stay at home. Where both open, the corridor is managed. Workers choose among home and the open hosts by a
multinomial logit (McFadden 1974): a new treaty attracts some who would have gone elsewhere, and a border that closes
sends some elsewhere. The model assumes independence of irrelevant alternatives: the tastes for two hosts are
independent, even when the hosts are similar (assumption).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.baseline import Baseline
from economy.model.batching import pair, total
from economy.model.migration import REACH, Workforce
from economy.parameters import Array, Parameters, Real


@dataclass(frozen=True, slots=True)
class RegionBorder:
    """All borders of a region under its treaties; origins and hosts are countries, columns last."""

    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    open_hosts: Array
    """(origin, host, column) 1 where the host is open to the origin: `opens` with its axes exchanged."""
    managed: Array
    """(origin, host, column) 1 where both open, else 0."""
    admitted: Array
    """(skill, column) share of those who choose an open host that is admitted."""
    efficiency: Array
    """(origin, host, skill, column) φ(1+match): work of a mover abroad in units of a local worker's."""
    fee: Array
    """(origin, host, column) cost of recruitment, share of earnings abroad."""
    tax: Array
    """(origin, host, column) levy, share of earnings after the fee."""
    trained: Array
    """(origin, host, column) share of U movers who work as S after training."""
    keep: Real
    """1 − slack: work and pay of a mover at home in units of a local worker's."""
    nu: Real
    """Dispersion of the moving cost, log points."""
    pull: Array
    """(origin, host, skill, column) ν·v of equation 5 at closed-border wages."""
    lead: Array
    """(origin, host, column) log pay of S over U abroad at closed-border wages."""


def region_border(p: Parameters, base: Baseline, opens: Array) -> RegionBorder:
    """Build the borders that result from the openings.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    opens
        (country, partner, column) 1 where the country opens to the partner, else 0.

    Returns
    -------
    Border
        Conditions of every corridor.
    """
    open_hosts = np.ascontiguousarray(opens.swapaxes(0, 1))
    managed = opens * open_hosts
    fee, tax = p.fee + (p.fee_managed - p.fee) * managed, p.tax * managed
    count = opens.shape[-1]
    phi = pair(p.phi_U, p.phi_S, count)
    gained = pair(p.phi_U_managed, p.phi_S_managed, count) - phi
    efficiency = (phi + gained * managed[:, :, None]) * (1 + p.match)
    abroad = base.log_wages + np.log(efficiency)
    with np.errstate(divide="ignore"):  # a fee or levy of 100 % gives log 0 = −inf, and nobody is willing
        net = np.log((1 - fee) * (1 - tax)) - np.log(1 - p.slack) - p.cost
    return RegionBorder(
        opens=opens,
        open_hosts=open_hosts,
        managed=managed,
        admitted=pair(p.openness, np.minimum(1, p.openness * p.skilled_openness), count),
        efficiency=efficiency,
        fee=fee,
        tax=tax,
        trained=p.gsp * managed,
        keep=1 - p.slack,
        nu=p.nu,
        pull=abroad + net[:, :, None] - base.log_wages[:, None],
        lead=abroad[:, :, 1] - abroad[:, :, 0],
    )


class HostChoice(NamedTuple):
    """Choices of the workers at given wages."""

    odds: Array
    """(origin, skill, column) Σ_j e^v_j, the odds of leaving for any host against staying."""
    chosen: Array
    """(origin, host, skill, column) share that chooses the host, e^v / (1 + Σ e^v); 0 where it is closed."""
    unwilling: Array
    """(origin, skill, column) share that chooses home."""
    movers: Array
    """(origin, host, skill, column) people who move: those who choose the host and are admitted."""
    own_skill: Array
    """(origin, host, column) share of a U mover's expected pay that is earned as U; 1 without a skill partnership."""
    capped: NDArray[np.bool_]
    """(origin, host, skill, column) whether the log odds of an open host are at ±REACH, where wages have no effect."""


def choose_hosts(x: Array, labour: Array, border: RegionBorder) -> HostChoice:
    """Choices of the workers at wages w⁰e^x: equation 5 with many hosts.

    Parameters
    ----------
    x
        (country, skill, column) ln(w/w⁰).
    labour
        (country, skill, column) workers at the baseline.
    border
        Borders of the same columns.

    Returns
    -------
    Choice
        Odds, shares and numbers of movers.
    """
    drive = border.pull + x - x[:, None]
    own_skill = np.ones_like(border.lead)
    if np.any(border.trained > 0):
        pay = (1 - border.trained) + border.trained * np.exp(border.lead + x[:, 1] - x[:, 0])
        own_skill = (1 - border.trained) / pay
        drive[:, :, 0] += np.log(pay)
    drive /= border.nu
    weight = np.exp(np.clip(drive, -REACH, REACH)) * border.open_hosts[:, :, None]
    odds = total(weight, axis=1)
    unwilling = 1 / (1 + odds)
    chosen = weight * unwilling[:, None]
    capped = (np.abs(drive) >= REACH) & (chosen > 0)
    return HostChoice(odds, chosen, unwilling, chosen * (border.admitted * labour)[:, None], own_skill, capped)


def movers_at_work(movers: Array, border: RegionBorder) -> Array:
    """(origin, host, skill, column) movers by the skill at which they work; trained U movers work as S."""
    if not np.any(border.trained > 0):
        return movers
    trained = border.trained * movers[:, :, 0]
    return np.stack([movers[:, :, 0] - trained, movers[:, :, 1] + trained], axis=2)


def region_workforce(labour: Array, border: RegionBorder, choice: HostChoice) -> Workforce:
    """Equation 6, E_i = E⁰ − (1−slack)·out + φ(1+match)·in, computed without a difference.

    Where nobody moves, E equals E⁰ bit for bit.

    Parameters
    ----------
    labour
        (country, skill, column) workers at the baseline.
    border
        Borders of the same columns.
    choice
        Choices of the workers.

    Returns
    -------
    Workforce
        Effective labour of natives and migrants, and people.
    """
    stay = choice.unwilling + (1 - border.admitted) * total(choice.chosen, axis=1)
    own = labour * ((1 - border.keep) + border.keep * stay)
    at_work = movers_at_work(choice.movers, border)
    return Workforce(own, total(at_work * border.efficiency), labour * stay + total(at_work))


def sum_skills(values: Array) -> Array:
    """Sum over the two skills: from (origin, host, skill, column) to (origin, host, column)."""
    return values[:, :, 0] + values[:, :, 1]


def region_earnings(wages: Array, border: RegionBorder) -> Array:
    """Earnings of a mover abroad before fee and levy, w_j φ (1+match): (origin, host, skill, column)."""
    pay = wages * border.efficiency
    if np.any(border.trained > 0):
        pay[:, :, 0] += border.trained * (pay[:, :, 1] - pay[:, :, 0])
    return pay
