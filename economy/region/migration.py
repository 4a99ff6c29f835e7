"""Who wants to go where, who may, and who then works where: equations 5 and 6 with many hosts to choose from.

A country that opens to another admits a share λ of those of its workers who choose it, by lot; who draws a blank
stays at home. Where both open the corridor is managed. Workers choose among home and the hosts that are open to
them, by a multinomial logit (McFadden 1974): a new treaty draws some who would have gone elsewhere, and a border
that closes sends some there. That tastes for two hosts are independent, however alike the hosts, is an assumption.
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
class Border:
    """Every border of a region under its treaties; origins and hosts are countries, columns last."""

    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    open_hosts: Array
    """(origin, host, column) 1 where the host is open to the origin: `opens` seen from the other side."""
    managed: Array
    """(origin, host, column) 1 where both open, else 0."""
    admitted: Array
    """(skill, column) share of those who choose an open host that gets in."""
    efficiency: Array
    """(origin, host, skill, column) φ(1+match): a mover's work abroad in units of a local's."""
    fee: Array
    """(origin, host, column) cost of recruitment, share of earnings abroad."""
    tax: Array
    """(origin, host, column) levy, share of earnings after the fee."""
    trained: Array
    """(origin, host, column) share of U movers who work as S after training."""
    keep: Real
    """1 − slack: a mover's work and pay at home in units of a local's."""
    nu: Real
    """Dispersion of the moving cost, log points."""
    pull: Array
    """(origin, host, skill, column) ν·v of equation 5 at closed-border wages."""
    lead: Array
    """(origin, host, column) log pay of S over U abroad at closed-border wages."""


def border(p: Parameters, base: Baseline, opens: Array) -> Border:
    """The borders that these openings make; `opens` (country, partner, column) holds 0 and 1."""
    open_hosts = np.ascontiguousarray(opens.swapaxes(0, 1))
    managed = opens * open_hosts
    fee, tax = p.fee + (p.fee_managed - p.fee) * managed, p.tax * managed
    count = opens.shape[-1]
    phi = pair(p.phi_U, p.phi_S, count)
    gained = pair(p.phi_U_managed, p.phi_S_managed, count) - phi
    efficiency = (phi + gained * managed[:, :, None]) * (1 + p.match)
    abroad = base.log_wages + np.log(efficiency)
    with np.errstate(divide="ignore"):  # a fee or levy of everything leaves log 0, and nobody is willing
        net = np.log((1 - fee) * (1 - tax)) - np.log(1 - p.slack) - p.cost
    return Border(
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


class Choice(NamedTuple):
    """What workers choose at given wages."""

    odds: Array
    """(origin, skill, column) Σ_j e^v_j, odds of going anywhere over staying."""
    chosen: Array
    """(origin, host, skill, column) share that chooses the host, e^v / (1 + Σ e^v); 0 where it is closed."""
    unwilling: Array
    """(origin, skill, column) share that chooses home."""
    movers: Array
    """(origin, host, skill, column) people who move: those among them who get in."""
    own_skill: Array
    """(origin, host, column) share of a U mover's expected pay that is earned as U; 1 without a skill partnership."""
    capped: NDArray[np.bool_]
    """(origin, host, skill, column) whether the log odds of an open host are held at ±REACH: wages leave them cold."""


def choose(x: Array, labour: Array, border: Border) -> Choice:
    """Equation 5 at wages w⁰e^x; x and labour are (country, skill, column)."""
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
    return Choice(odds, chosen, unwilling, chosen * (border.admitted * labour)[:, None], own_skill, capped)


def working(movers: Array, border: Border) -> Array:
    """(origin, host, skill, column) the movers by the skill at which they work, trained ones as S."""
    if not np.any(border.trained > 0):
        return movers
    trained = border.trained * movers[:, :, 0]
    return np.stack([movers[:, :, 0] - trained, movers[:, :, 1] + trained], axis=2)


def workforce(labour: Array, border: Border, choice: Choice) -> Workforce:
    """Equation 6, E_i = E⁰ − (1−slack)·out + φ(1+match)·in, written without a difference.

    Where nobody moves it is E⁰ to the last bit.
    """
    stay = choice.unwilling + (1 - border.admitted) * total(choice.chosen, axis=1)
    own = labour * ((1 - border.keep) + border.keep * stay)
    at_work = working(choice.movers, border)
    return Workforce(own, total(at_work * border.efficiency), labour * stay + total(at_work))


def both(values: Array) -> Array:
    """(origin, host, column) from (origin, host, skill, column): U and S together."""
    return values[:, :, 0] + values[:, :, 1]


def earnings(wages: Array, border: Border) -> Array:
    """What a mover earns abroad before fee and levy, w_j φ (1+match): (origin, host, skill, column)."""
    pay = wages * border.efficiency
    if np.any(border.trained > 0):
        pay[:, :, 0] += border.trained * (pay[:, :, 1] - pay[:, :, 0])
    return pay
