"""From flows to money among N countries: the gain or loss of each group in each country, equations 7 and 8."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import total
from economy.model.group_gains import GROUPS, SPREAD, output
from economy.parameters import Array, Parameters, Real
from economy.region.migration import (
    HostChoice,
    RegionBorder,
    choose_hosts,
    region_earnings,
    region_workforce,
    sum_skills,
)


class RegionGroupGains(NamedTuple):
    """Money accounts of the columns, in the unit of wages; no political weights are applied."""

    money: Array
    """(country, group, column) change from closed borders, in the order of GROUPS."""
    guests: Array
    """(country, column) gain of the foreigners who arrive, their families' part included."""
    movers: Array
    """(origin, host, skill, column) people who move."""
    product: Array
    """(country, column) change of GDP."""
    identity: Array
    """(column) error of the accounting identity, absolute, share of world GDP; above rounding it is an error in the
    code."""


def compute_region_gains(
    p: Parameters, base: Baseline, border: RegionBorder, x: Array, shared: Real
) -> RegionGroupGains:
    """Compute the money accounts of every group at the cleared wages w = w⁰e^x.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    x
        (country, skill, column) ln(w/w⁰) at the fixed point.
    shared
        (column) or one number: share of the apparatus that each further treaty uses again, 0 to 1.

    Returns
    -------
    Books
        Money, flows, GDP change and the error of the accounting identity.
    """
    choice = choose_hosts(x, base.labour, border)
    movers, force, wages = choice.movers, region_workforce(base.labour, border, choice), base.wages * np.exp(x)
    change, pay = output(p, base, force), region_earnings(wages, border)
    earned = total(total(movers * pay), axis=1)
    left = total(movers, axis=1)
    labour = force.own * base.wages * np.expm1(x)
    capital = p.alpha * base.product * np.expm1(change.product - change.capital)
    gain, sent = region_mover_surplus(base, border, choice, wages), remittances(p, base, border, movers, pay)
    groups = {
        "scarce_U": labour[:, 0],
        "skilled_S": labour[:, 1],
        "capital": capital,
        "residents": region_residents(p, base, border, movers, earned),
        "movers": total(gain * left, axis=1) - sent,
        "families": sent,
        "treasury": region_treasury(p, base, border, movers, pay) - apparatus(p, base, border, shared),
    }
    product = base.product * np.expm1(change.product)
    rent = p.alpha * base.product * np.exp(change.product) * -np.expm1(-change.capital)
    before = total(border.keep * left * base.wages, axis=1)
    found = total(labour, axis=1) + capital + earned - before + rent - product
    nobody = np.zeros_like(product)
    return RegionGroupGains(
        money=np.stack([groups.get(group, nobody) for group in GROUPS], axis=1),
        guests=total(total(gain[:, None] * movers), axis=1),
        movers=movers,
        product=product,
        identity=np.abs(total(found)) / total(base.product),
    )


def region_mover_surplus(base: Baseline, border: RegionBorder, choice: HostChoice, wages: Array) -> Array:
    """Surplus of one mover, the families' part included: equations 5 and 8.

    The surplus is home·(e^s − 1), with s = ν ln(1+Σe^v)/p and p the share willing to go anywhere, plus the change of
    the pay at home. s is capped at SPREAD. In a logit model s is the same for every host that is chosen.

    Parameters
    ----------
    base
        Baseline of the columns.
    border
        Borders of the same columns.
    choice
        Choices of the workers at the cleared wages.
    wages
        (country, skill, column) wages w.

    Returns
    -------
    Array
        (origin, skill, column) money for each mover.
    """
    somewhere = choice.odds > 0
    odds = np.where(somewhere, choice.odds, 1.0)
    s = border.nu * np.log1p(odds) * (1 + odds) / odds
    before, now = border.keep * base.wages, border.keep * wages
    return now * np.expm1(np.minimum(s, SPREAD)) + now - before


def remittances(p: Parameters, base: Baseline, border: RegionBorder, movers: Array, pay: Array) -> Array:
    """Money that movers send home, a share ρ of their gain in income: equation 8.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    movers
        (origin, host, skill, column) people who move.
    pay
        (origin, host, skill, column) earnings abroad before fee and levy.

    Returns
    -------
    Array
        (origin, column) money.
    """
    net = pay * ((1 - border.fee) * (1 - border.tax))[:, :, None]
    gained = (net - (border.keep * base.wages)[:, None]) * movers
    return p.rho * total(total(gained, axis=1), axis=1)


def region_externality(p: Parameters, base: Baseline, border: RegionBorder, movers: Array) -> Array:
    """Congestion and loss of social capital, equation 7: X/Y⁰ = 1 − exp(−χ m̃^γ T^(1−γ)).

    m̃ is the inflow over the labour force. A migrant in a corridor that is not managed counts 1 + u.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    movers
        (origin, host, skill, column) people who move.

    Returns
    -------
    Array
        (country, column) loss, share of GDP, 0 to 1.
    """
    weight = 1 + p.unmanaged * (1 - border.managed)
    inflow = total(sum_skills(movers) * weight) / total(base.labour, axis=1)
    with np.errstate(divide="ignore"):
        burden = np.exp(p.gamma * np.log(inflow) + (1 - p.gamma) * np.log(p.years))
    return -np.expm1(-p.chi * burden)


def region_residents(p: Parameters, base: Baseline, border: RegionBorder, movers: Array, earned: Array) -> Array:
    """Change for residents as consumers and taxpayers, equation 7: net taxes, congestion, training that leaves.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    movers
        (origin, host, skill, column) people who move.
    earned
        (country, column) earnings of the arrivals before fee and levy.

    Returns
    -------
    Array
        (country, column) money.
    """
    left, came = total(movers, axis=1), total(total(movers), axis=1)
    service = p.services * base.product / total(base.labour, axis=1)
    forgone = p.tau * total(border.keep * left * base.wages, axis=1)
    fiscal = p.tau * earned - service * came - forgone + service * total(left, axis=1)
    crowding = region_externality(p, base, border, movers) * base.product
    return fiscal - crowding - p.train * base.wages[:, 1] * left[:, 1]


def region_treasury(p: Parameters, base: Baseline, border: RegionBorder, movers: Array, pay: Array) -> Array:
    """Change of the public budget without the apparatus, equation 8.

    Terms: share of the levy, management of emigrants, training bill of the skill partnership.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    movers
        (origin, host, skill, column) people who move.
    pay
        (origin, host, skill, column) earnings abroad before fee and levy.

    Returns
    -------
    Array
        (country, column) money.
    """
    managing = p.c_var * total(border.managed * sum_skills(movers * base.wages[:, None]), axis=1)
    levy = sum_skills(movers * pay) * ((1 - border.fee) * border.tax)
    shared = p.tax_host * total(levy) + (1 - p.tax_host) * total(levy, axis=1)
    training = total((p.train * base.wages[:, 1])[:, None] * border.trained * movers[:, :, 0])
    return shared - managing - training


def apparatus(p: Parameters, base: Baseline, border: RegionBorder, shared: Real) -> Array:
    """Cost of the apparatus of a country's openings, equation 8.

    The first partner costs `c_fix` of GDP, as in a bilateral treaty; each further partner costs (1 − `shared`) of that.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    shared
        (column) or one number: share of the apparatus that each further treaty uses again, 0 to 1.

    Returns
    -------
    Array
        (country, column) money.
    """
    partners = total(border.opens, axis=1)
    return p.c_fix * base.product * (partners - shared * np.maximum(partners - 1, 0))
