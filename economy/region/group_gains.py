"""From flows to money among N countries: what each group in each country gains, equations 7 and 8."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import total
from economy.model.group_gains import GROUPS, SPREAD, output
from economy.parameters import Array, Parameters, Real
from economy.region.migration import Border, Choice, both, choose, earnings, workforce


class Books(NamedTuple):
    """The money accounts of a column, in the unit of wages: nothing is weighed here."""

    money: Array
    """(country, group, column) change against closed borders, groups in the order of GROUPS."""
    guests: Array
    """(country, column) gain of the foreigners who come in, their families' part included."""
    movers: Array
    """(origin, host, skill, column) people who move."""
    product: Array
    """(country, column) change of GDP."""
    identity: Array
    """(column) what the accounts fail to add up to, share of the world's GDP; rounding, or an error of ours."""


def books(p: Parameters, base: Baseline, border: Border, x: Array, shared: Real) -> Books:
    """The accounts of every group at the cleared wages w = w⁰e^x; `shared` is the region's."""
    choice = choose(x, base.labour, border)
    movers, force, wages = choice.movers, workforce(base.labour, border, choice), base.wages * np.exp(x)
    change, pay = output(p, base, force), earnings(wages, border)
    earned = total(total(movers * pay), axis=1)
    left = total(movers, axis=1)
    labour = force.own * base.wages * np.expm1(x)
    capital = p.alpha * base.product * np.expm1(change.product - change.capital)
    gain, sent = migrants(base, border, choice, wages), remittances(p, base, border, movers, pay)
    groups = {
        "scarce_U": labour[:, 0],
        "skilled_S": labour[:, 1],
        "capital": capital,
        "residents": residents(p, base, border, movers, earned),
        "movers": total(gain * left, axis=1) - sent,
        "families": sent,
        "treasury": treasury(p, base, border, movers, pay) - apparatus(p, base, border, shared),
    }
    product = base.product * np.expm1(change.product)
    rent = p.alpha * base.product * np.exp(change.product) * -np.expm1(-change.capital)
    before = total(border.keep * left * base.wages, axis=1)
    found = total(labour, axis=1) + capital + earned - before + rent - product
    nobody = np.zeros_like(product)
    return Books(
        money=np.stack([groups.get(group, nobody) for group in GROUPS], axis=1),
        guests=total(total(gain[:, None] * movers), axis=1),
        movers=movers,
        product=product,
        identity=np.abs(total(found)) / total(base.product),
    )


def migrants(base: Baseline, border: Border, choice: Choice, wages: Array) -> Array:
    """Equations 5 and 8: a mover's surplus, families' part included; (origin, skill, column).

    It is home·(e^s − 1) with s = ν ln(1+Σe^v)/p, p the share willing to go anywhere, and what the pay at home has
    changed by meanwhile. In a logit s is the same whichever host was chosen.
    """
    somewhere = choice.odds > 0
    odds = np.where(somewhere, choice.odds, 1.0)
    s = border.nu * np.log1p(odds) * (1 + odds) / odds
    before, now = border.keep * base.wages, border.keep * wages
    return now * np.expm1(np.minimum(s, SPREAD)) + now - before


def remittances(p: Parameters, base: Baseline, border: Border, movers: Array, pay: Array) -> Array:
    """Equation 8: what movers send home out of their gain in income; (origin, column)."""
    net = pay * ((1 - border.fee) * (1 - border.tax))[:, :, None]
    gained = (net - (border.keep * base.wages)[:, None]) * movers
    return p.rho * total(total(gained, axis=1), axis=1)


def externality(p: Parameters, base: Baseline, border: Border, movers: Array) -> Array:
    """Congestion and lost social capital, equation 7: X/Y⁰ = 1 − exp(−χ m̃^γ T^(1−γ)), (country, column).

    m̃ is the inflow over the labour force; a migrant from a corridor that is not managed counts 1 + u.
    """
    weight = 1 + p.unmanaged * (1 - border.managed)
    inflow = total(both(movers) * weight) / total(base.labour, axis=1)
    with np.errstate(divide="ignore"):
        burden = np.exp(p.gamma * np.log(inflow) + (1 - p.gamma) * np.log(p.years))
    return -np.expm1(-p.chi * burden)


def residents(p: Parameters, base: Baseline, border: Border, movers: Array, earned: Array) -> Array:
    """Equation 7: the change for residents as consumers and taxpayers, money, (country, column)."""
    left, came = total(movers, axis=1), total(total(movers), axis=1)
    service = p.services * base.product / total(base.labour, axis=1)
    forgone = p.tau * total(border.keep * left * base.wages, axis=1)
    fiscal = p.tau * earned - service * came - forgone + service * total(left, axis=1)
    crowding = externality(p, base, border, movers) * base.product
    return fiscal - crowding - p.train * base.wages[:, 1] * left[:, 1]


def treasury(p: Parameters, base: Baseline, border: Border, movers: Array, pay: Array) -> Array:
    """Equation 8: managing one's emigrants, the levy's split, the partnership's school bill; (country, column)."""
    managing = p.c_var * total(border.managed * both(movers * base.wages[:, None]), axis=1)
    levy = both(movers * pay) * ((1 - border.fee) * border.tax)
    shared = p.tax_host * total(levy) + (1 - p.tax_host) * total(levy, axis=1)
    training = total((p.train * base.wages[:, 1])[:, None] * border.trained * movers[:, :, 0])
    return shared - managing - training


def apparatus(p: Parameters, base: Baseline, border: Border, shared: Real) -> Array:
    """What it costs a country to run its openings, equation 8; (country, column).

    Every partner costs as much as the only one of a bilateral treaty, less the share of it that a further treaty
    uses again.
    """
    partners = total(border.opens, axis=1)
    return p.c_fix * base.product * (partners - shared * np.maximum(partners - 1, 0))
