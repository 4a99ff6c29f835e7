"""From flows to money: what each of seven groups in each country gains, equations 7 and 8."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.columns import swap, total
from economy.country import Baseline
from economy.labour import aggregate, exponent, log_skill
from economy.market import Clearing
from economy.migration import Border, Choice, Workforce, choose, earnings, workforce
from economy.parameters import Array, Parameters
from economy.spillovers import residents

GROUPS = ("scarce_U", "skilled_S", "capital", "residents", "movers", "families", "treasury")
"""Who gains or loses in a country; in the host U is the scarce labour that competes with the arrivals."""

SPREAD = 3.0
"""Cap on a mover's surplus, log points: the model has no say on gains beyond e³."""


class Output(NamedTuple):
    """Output and capital, as logs of their change; (country, column)."""

    product: Array
    """ln(Y/Y⁰)."""
    capital: Array
    """ln(K/K⁰)."""


class Books(NamedTuple):
    """The money accounts of a column, in the unit of wages: nothing is weighed here."""

    money: Array
    """(country, group, column) change against the closed border."""
    movers: Array
    """(origin, skill, column) people who move."""
    arrivals: Array
    """(country, column) people who come in."""
    product: Array
    """(country, column) change of GDP."""
    identity: Array
    """(column) what the accounts fail to add up to, share of the world's GDP; rounding, or an error of ours."""


def output(p: Parameters, base: Baseline, force: Workforce) -> Output:
    """Equations 1, 3 and 4 once people have moved: capital follows labour by κ."""
    growth = np.log(force.effective / base.labour)
    index, _ = aggregate(growth[:, 0], growth[:, 1], base.skilled, exponent(p.sigma))
    able = p.eta * (log_skill(force.residents) - base.log_skill) + index
    capital = p.kappa * able
    return Output(p.alpha * capital + (1 - p.alpha) * able, capital)


def books(p: Parameters, base: Baseline, border: Border, clearing: Clearing) -> Books:
    """The accounts of every group at the cleared wages w = w⁰e^x."""
    x = clearing.x
    choice = choose(x, border)
    movers, force, wages = choice.movers, workforce(base.labour, border, choice), base.wages * np.exp(x)
    change, pay = output(p, base, force), earnings(wages, border)
    earned = swap(total(movers * pay, axis=1))
    labour = force.own * base.wages * np.expm1(x)
    capital = p.alpha * base.product * np.expm1(change.product - change.capital)
    surplus, sent = migrants(p, base, border, choice, wages, pay)
    groups = (
        labour[:, 0],
        labour[:, 1],
        capital,
        residents(p, base, border, movers, earned),
        surplus - sent,
        sent,
        treasury(p, base, border, movers, pay),
    )
    product = base.product * np.expm1(change.product)
    rent = p.alpha * base.product * np.exp(change.product) * -np.expm1(-change.capital)
    left = total(border.keep * movers * base.wages, axis=1)
    found = total(labour, axis=1) + capital + earned - left + rent - product
    world = total(base.product)
    return Books(np.stack(groups, axis=1), movers, swap(total(movers, axis=1)), product, np.abs(total(found)) / world)


def migrants(
    p: Parameters, base: Baseline, border: Border, choice: Choice, wages: Array, pay: Array
) -> tuple[Array, Array]:
    """Equations 5 and 8: the movers' surplus, families' part included, and that part; (country, column).

    A mover's surplus is home·(e^s − 1) with s = ν ln(1+e^v)/p, the mean gain of the willing in log points,
    and what the pay at home has changed by meanwhile.
    """
    v = choice.urge
    s = border.nu * (np.maximum(v, 0) + np.log1p(np.exp(-np.abs(v)))) / choice.willing
    before, now = border.keep * base.wages, border.keep * wages
    gain = now * np.expm1(np.minimum(s, SPREAD)) + now - before
    net = pay * ((1 - border.fee) * (1 - border.tax))
    surplus = total(gain * choice.movers, axis=1)
    return surplus, p.rho * total((net - before) * choice.movers, axis=1)


def treasury(p: Parameters, base: Baseline, border: Border, movers: Array, pay: Array) -> Array:
    """Equation 8: the apparatus, the levy's split, the partnership's school bill, the lump sum; (country, column)."""
    apparatus = p.c_fix * border.opens * base.product
    managing = p.c_var * border.managed * total(movers * base.wages, axis=1)
    levy = total(movers * pay, axis=1) * ((1 - border.fee) * border.tax)
    shared = p.tax_host * swap(levy) + (1 - p.tax_host) * levy
    training = swap(p.train * base.wages[:, 1] * border.trained * movers[:, 0])
    lump = p.side * border.managed * base.product[0]
    return shared - apparatus - managing - training + np.stack([lump, -lump])
