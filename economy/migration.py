"""Who wants to move, who may, what they earn, and who then works where: equations 5 and 6.

A country that plays Liberalize admits a share λ of the other's willing workers, by lot. Where both play it
the corridor is managed: skills are recognised, recruiters are cheap, a levy and a skill partnership can be
had. Where neither plays it nobody moves, but for a leak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.columns import pair, swap
from economy.country import Baseline
from economy.parameters import Array, Parameters, Real

REACH = 60.0
"""Log odds of moving are kept within ±60: beyond, exp would leave the range of a float and nothing changes."""


@dataclass(frozen=True, slots=True)
class Border:
    """The border in one cell of the game; origins and hosts are countries, columns last."""

    opens: Array
    """(country, column) 1 where the country plays Liberalize, else 0."""
    managed: Array
    """(column) 1 where both do, else 0."""
    admitted: Array
    """(origin, column) share of the willing that gets in."""
    quota: Array
    """(origin, skill, column) people who would move if everyone were willing."""
    efficiency: Array
    """(skill, column) φ(1+match): a mover's work abroad in units of a local's."""
    fee: Array
    """(column) cost of recruitment, share of earnings abroad."""
    tax: Array
    """(column) levy, share of earnings after the fee."""
    trained: Array
    """(column) share of U movers who work as S after training."""
    keep: Real
    """1 − slack: a mover's work and pay at home in units of a local's."""
    nu: Real
    """Dispersion of the moving cost, log points."""
    pull: Array
    """(origin, skill, column) ν·v of equation 5 at closed-border wages."""
    lead: Array
    """(origin, column) log pay of S over U abroad at closed-border wages."""


def border(p: Parameters, base: Baseline, opens: Array) -> Border:
    """The border that two moves make; `opens` (country, column) is 1 where the country plays Liberalize."""
    host = swap(opens)
    managed = opens[0] * opens[1]
    fee = p.fee + (p.fee_managed - p.fee) * managed
    tax = p.tax * managed
    phi = pair(p.phi_U, p.phi_S, managed.size)
    efficiency = (phi + (pair(p.phi_U_managed, p.phi_S_managed, managed.size) - phi) * managed) * (1 + p.match)
    admitted = p.leak + (p.openness - p.leak) * host
    cost = pair(p.cost - p.recip * managed, p.cost, managed.size)
    abroad = swap(base.log_wages) + np.log(efficiency)
    with np.errstate(divide="ignore"):  # a fee or levy of everything leaves log 0, and nobody is willing
        net = np.log((1 - fee) * (1 - tax)) - np.log(1 - p.slack) - cost
    return Border(
        opens=opens,
        managed=managed,
        admitted=admitted,
        quota=admitted[:, None] * base.labour,
        efficiency=efficiency,
        fee=fee,
        tax=tax,
        trained=p.gsp * managed,
        keep=1 - p.slack,
        nu=p.nu,
        pull=abroad + net[:, None] - base.log_wages,
        lead=abroad[:, 1] - abroad[:, 0],
    )


class Choice(NamedTuple):
    """What workers choose at given wages; (origin, skill, column)."""

    urge: Array
    """v, log odds of being willing."""
    willing: Array
    """p = e^v / (1 + e^v)."""
    unwilling: Array
    """1 − p, computed by itself."""
    movers: Array
    """M, people who move: the quota's share of the willing."""
    own_skill: Array
    """(origin, column) share of a U mover's expected pay that is earned as U; 1 without a skill partnership."""


def choose(x: Array, border: Border) -> Choice:
    """Equation 5, v = [ln net_j − ln home_i − cost]/ν, at wages w⁰e^x; x is (country, skill, column).

    A U mover under a skill partnership expects the mean of U and S pay. Without one that mean is U pay to
    the last bit, so it is only worked out where some column has a partnership.
    """
    drive = border.pull + x[::-1] - x
    own_skill = np.ones_like(drive[:, 0])
    if np.any(border.trained > 0):
        pay = (1 - border.trained) + border.trained * np.exp(border.lead + x[::-1, 1] - x[::-1, 0])
        own_skill = (1 - border.trained) / pay
        drive[:, 0] += np.log(pay)
    urge = np.clip(drive / border.nu, -REACH, REACH)
    odds_against = np.exp(-urge)
    willing = 1 / (1 + odds_against)
    return Choice(urge, willing, odds_against * willing, border.quota * willing, own_skill)


def earnings(wages: Array, border: Border) -> Array:
    """What a mover earns abroad before fee and levy, w_j φ (1+match): (origin, skill, column)."""
    pay = swap(wages) * border.efficiency
    less = (1 - border.trained) * pay[:, 0] + border.trained * pay[:, 1]
    return np.stack([less, pay[:, 1]], axis=1)


class Workforce(NamedTuple):
    """Who works in each country: every array is (country, skill, column), in host workers."""

    remained: Array
    """Own people who did not leave."""
    arrived: Array
    """People who came in, by the skill at which they work after a skill partnership's training."""
    own: Array
    """Effective labour of a country's own people: equation 6 without the arrivals."""
    effective: Array
    """Effective labour E."""
    residents: Array
    """People, whatever their efficiency: the h of equation 4 is the S share of these."""


def workforce(labour: Array, border: Border, choice: Choice) -> Workforce:
    """Equation 6, E_i = E⁰ − (1−slack)·out + φ(1+match)·in, written without a difference.

    At openness 1 with everyone willing, E⁰ − out would cancel to nothing; E⁰[(1−λ) + λ(1−p)] does not.
    """
    shut = (1 - border.admitted)[:, None]
    remained = labour * (shut + border.admitted[:, None] * choice.unwilling)
    own = (1 - border.keep) * labour + border.keep * remained
    incoming = choice.movers[::-1]
    trained = border.trained * incoming[:, 0]
    arrived = np.stack([(1 - border.trained) * incoming[:, 0], incoming[:, 1] + trained], axis=1)
    return Workforce(remained, arrived, own, own + arrived * border.efficiency, remained + arrived)
