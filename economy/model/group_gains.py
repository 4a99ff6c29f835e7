"""From flows to money: what each of eight groups in each country gains, equations 7 and 8."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import added, swap, total
from economy.model.labour import aggregate, blend, exponent, log_skill, nest
from economy.model.market import Clearing
from economy.model.migration import Border, Choice, Route, Workforce, choose, earnings, workforce
from economy.model.spillovers import residents
from economy.parameters import Array, Parameters

GROUPS = ("scarce_U", "skilled_S", "capital", "residents", "movers", "families", "treasury", "old_migrants")
"""Who gains or loses in a country; in the host U is the scarce labour that competes with the arrivals.

U and S are natives. Earlier migrants gain and lose by their wages alone: crowding and the public purse are
counted with the residents (assumption).
"""

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
    """(origin, skill, column) people who move, on whatever route."""
    irregular: Array | None
    """(origin, skill, column) those of them who move without papers; None where no column leaks."""
    arrivals: Array
    """(country, column) people who come in."""
    product: Array
    """(country, column) change of GDP."""
    identity: Array
    """(column) what the accounts fail to add up to, share of the world's GDP; rounding, or an error of ours."""


class Journey(NamedTuple):
    """A route as it was taken at the cleared wages."""

    route: Route
    choice: Choice
    pay: Array
    """(origin, skill, column) earnings abroad before fee and levy."""


def output(p: Parameters, base: Baseline, force: Workforce) -> Output:
    """Equations 1, 3 and 4 once people have moved: capital follows labour by κ."""
    among = nest(base.stock, p.old_sigma)
    growth = blend(base.natives, base.old, force.own, force.migrants, among).growth
    index, _ = aggregate(growth[:, 0], growth[:, 1], base.skilled, exponent(p.sigma))
    able = p.eta * (log_skill(force.residents) - base.log_skill) + index
    capital = p.kappa * able
    return Output(p.alpha * capital + (1 - p.alpha) * able, capital)


def books(p: Parameters, base: Baseline, border: Border, clearing: Clearing) -> Books:
    """The accounts of every group at the cleared wages: natives' are w⁰e^x, migrants' w⁰e^y."""
    choices = choose(clearing.x, clearing.y, border)
    force = workforce(base.natives, base.old, border, choices)
    paid = base.wages * np.exp(clearing.y)
    legs = [Journey(*leg, earnings(paid, leg[0])) for leg in zip(border.routes, choices, strict=True)]
    movers, change = added([leg.choice.movers for leg in legs]), output(p, base, force)
    earned = swap(added([total(leg.choice.movers * leg.pay, axis=1) for leg in legs]))
    labour = force.own * base.wages * np.expm1(clearing.x)
    old = total(base.old * base.wages * np.expm1(clearing.y), axis=1)
    capital = p.alpha * base.product * np.expm1(change.product - change.capital)
    gains = [migrants(p, base, border, leg, clearing.x) for leg in legs]
    surplus, sent = (added([gain[part] for gain in gains]) for part in (0, 1))
    groups = (
        labour[:, 0],
        labour[:, 1],
        capital,
        residents(p, base, border, tuple(choice.movers for choice in choices), earned),
        surplus - sent,
        sent,
        treasury(p, base, border, legs[0]),
        old,
    )
    product = base.product * np.expm1(change.product)
    rent = p.alpha * base.product * np.exp(change.product) * -np.expm1(-change.capital)
    left = total(border.keep * movers * base.wages, axis=1)
    found = total(labour, axis=1) + old + capital + earned - left + rent - product
    return Books(
        money=np.stack(groups, axis=1),
        movers=movers,
        irregular=legs[1].choice.movers if len(legs) > 1 else None,
        arrivals=swap(total(movers, axis=1)),
        product=product,
        identity=np.abs(total(found)) / total(base.product),
    )


def migrants(p: Parameters, base: Baseline, border: Border, leg: Journey, x: Array) -> tuple[Array, Array]:
    """Equations 5 and 8: the movers' surplus, families' part included, and that part; (country, column).

    A mover's surplus is home·(e^s − 1) with s = ν ln(1+e^v)/p, the mean gain of the willing in log points,
    and what the pay at home has changed by meanwhile.
    """
    v, movers = leg.choice.urge, leg.choice.movers
    s = border.nu * (np.maximum(v, 0) + np.log1p(np.exp(-np.abs(v)))) / leg.choice.willing
    before, now = border.keep * base.wages, border.keep * (base.wages * np.exp(x))
    gain = now * np.expm1(np.minimum(s, SPREAD)) + now - before
    net = leg.pay * ((1 - leg.route.fee) * (1 - leg.route.tax))
    return total(gain * movers, axis=1), p.rho * total((net - before) * movers, axis=1)


def treasury(p: Parameters, base: Baseline, border: Border, legal: Journey) -> Array:
    """Equation 8: apparatus, joint control, the levy's split, the school bill, the lump sum; (country, column).

    Only those who move with papers are managed, trained and taxed.
    """
    movers, route = legal.choice.movers, legal.route
    apparatus = (p.c_fix * border.opens + p.c_control * p.control**2 * border.managed) * base.product
    managing = p.c_var * border.managed * total(movers * base.wages, axis=1)
    levy = total(movers * legal.pay, axis=1) * ((1 - route.fee) * route.tax)
    shared = p.tax_host * swap(levy) + (1 - p.tax_host) * levy
    training = swap(p.train * base.wages[:, 1] * route.trained * movers[:, 0])
    lump = p.side * border.managed * base.product[0]
    return shared - apparatus - managing - training + np.stack([lump, -lump])
