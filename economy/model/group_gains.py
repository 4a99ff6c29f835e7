"""From flows to money: the gain or loss of eight groups in each country, equations 7 and 8."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import sum_terms, total
from economy.model.labour import aggregate, exponent, log_skill, migrant_substitution, mix_labour
from economy.model.market import Clearing
from economy.model.migration import Border, Workforce, workforce
from economy.model.money.migrant_accounts import employers_fees, public_accounts
from economy.model.money.status_quo import RouteEarnings, StatusQuo, follow_routes
from economy.model.money.surplus import mean_equivalent, mean_part
from economy.model.pairs import at_host, sum_by_host, sum_by_origin, sum_skills, towards_later
from economy.model.spillovers import residents
from economy.parameters import Array, Parameters

GROUPS = ("scarce_U", "skilled_S", "capital", "residents", "movers", "families", "treasury", "old_migrants")
"""Groups of a country that gain or lose. In the host, U is the scarce labour that competes with the arrivals.

U and S are natives. Earlier migrants gain and lose through their wages only: crowding, taxes and public services are
counted with the residents (assumption).
"""

SPREAD = 3.0
"""Cap on the gain of a mover in the equivalent form, log points, without which its mean is infinite for ν of 1 and
more. The compensating form needs none."""


class Output(NamedTuple):
    """Changes of output and capital, in logs, (country, column)."""

    product: Array
    """ln(Y/Y⁰)."""
    capital: Array
    """ln(K/K⁰)."""


class GroupGains(NamedTuple):
    """Money accounts of the columns, in the unit of wages; no political weights are applied."""

    money: Array
    """(country, group, column) change from a world in which nobody moves; wages and pay from the status quo."""
    guests: Array
    """(country, column) gain of the foreigners who arrive, their families' part included."""
    movers: Array
    """(origin, partner, skill, column) people who move, on either route."""
    irregular: Array | None
    """(origin, partner, skill, column) those of them who move without papers; None where no column has a leak."""
    arrivals: Array
    """(country, column) people who arrive."""
    product: Array
    """(country, column) change of GDP."""
    gdp: Array
    """(country, column) GDP; not the baseline plus the change, which is 0 by rounding where nearly all have left."""
    identity: Array
    """(column) error of the accounting identity, absolute, share of world GDP; above rounding it is an error in the
    code."""
    rent: Array
    """(country, column) rent of the capital that follows labour."""
    own: Array
    """(country, skill, column) effective labour of natives."""
    public: Array
    """(country, column) public account of the movers of each country, at the access without a treaty."""
    wages: Array
    """(country, skill, column) wages of natives."""
    legs: tuple[RouteEarnings, ...]
    """Choices and pay on each route."""

    @property
    def bills(self) -> Array:
        """(country, skill, column) wage bills of natives."""
        return self.own * self.wages


def output(p: Parameters, base: Baseline, force: Workforce) -> Output:
    """Changes of output and capital after people have moved: equations 1, 3 and 4. Capital follows labour by κ.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    force
        Who works in each country after people have moved.

    Returns
    -------
    Output
        ln(Y/Y⁰) and ln(K/K⁰), each (country, column).
    """
    among = migrant_substitution(base.stock, p.old_sigma)
    growth = mix_labour(base.natives, base.old, force.own, force.migrants, among).growth
    index, _ = aggregate(growth[:, 0], growth[:, 1], base.skilled, exponent(p.sigma))
    able = p.eta * (log_skill(force.residents) - base.log_skill) + index
    capital = p.kappa * able
    return Output(p.alpha * capital + (1 - p.alpha) * able, capital)


def compute_group_gains(
    p: Parameters, base: Baseline, border: Border, clearing: Clearing, quo: StatusQuo
) -> GroupGains:
    """Compute the money accounts of every group at the cleared wages: natives earn w⁰e^x, migrants w⁰e^y.

    The accounts of a cell less those of the status quo are the change from it.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    clearing
        Log wage changes x and y at the fixed point.
    quo
        Status quo of the same columns.

    Returns
    -------
    GroupGains
        Money, flows, GDP change and the error of the accounting identity.
    """
    legs = follow_routes(base, border, clearing)
    choices = tuple(leg.choice for leg in legs)
    force = workforce(base.natives, base.old, border, choices)
    movers, change = sum_terms([leg.choice.movers for leg in legs]), output(p, base, force)
    earned = sum_by_host(sum_terms([sum_skills(leg.choice.movers * leg.pay) for leg in legs]))
    whole = force.own * base.wages * np.expm1(clearing.x)
    before = quo.wages(base)
    labour = force.own * before * np.expm1(clearing.x - quo.x)
    old = total(base.old * base.wages * np.expm1(clearing.y), axis=1)
    capital = p.alpha * base.product * np.expm1(change.product - change.capital)
    now = base.wages * np.exp(clearing.x)
    service = p.services * base.product / total(base.labour, axis=1)
    gains = [migrants(p, border, leg, (now, before), service) for leg in legs]
    surplus, sent = (sum_terms([gain[part] for gain in gains]) for part in (0, 1))
    groups = (
        labour[:, 0],
        labour[:, 1],
        capital - employers_fees(p, legs[0]) if np.any(p.fee_employer) else capital,
        residents(p, base, border, legs, earned, quo),
        sum_by_origin(surplus),
        sum_by_origin(sent),
        treasury(p, base, border, legs[0]),
        old,
    )
    product = base.product * np.expm1(change.product)
    rent = p.alpha * base.product * np.exp(change.product) * -np.expm1(-change.capital)
    left = total(border.keep * sum_by_origin(movers) * base.wages, axis=1)
    found = total(whole, axis=1) + old + capital + earned - left + rent - product
    return GroupGains(
        money=np.stack(groups, axis=1),
        guests=sum_by_host(surplus),
        movers=movers,
        irregular=legs[1].choice.movers if len(legs) > 1 else None,
        arrivals=sum_by_host(sum_skills(movers)),
        product=product,
        gdp=base.product * np.exp(change.product),
        identity=np.abs(total(found)) / total(base.product),
        rent=rent,
        own=force.own,
        public=public_accounts(p, base, border, legs, quo),
        wages=now,
        legs=legs,
    )


def migrants(
    p: Parameters, border: Border, leg: RouteEarnings, wages: tuple[Array, Array], service: Array
) -> tuple[Array, Array]:
    """Surplus of the movers, and the money that they send to their families: equations 5 and 8.

    In the equivalent form the surplus of one mover is home·E[e^S − 1 | S > 0], with S capped at SPREAD. In the
    compensating form it is net·g(v), net the pay abroad. To both are added the change of the pay at home and, for
    movers whom a treaty reaches, what length of stay and access to services are worth: net (1 − e^(−stay_worth)) and
    access_worth times the services of a resident. In a logit model the mean gain is the same for every host that is
    chosen.

    Parameters
    ----------
    p
        Flat parameters.
    border
        Borders of the columns.
    leg
        The route, with its choices and pay.
    wages
        (country, skill, column) wages at home, and before the change.
    service
        (country, column) public services of a resident.

    Returns
    -------
    tuple[Array, Array]
        The surplus, and the families' cash, which is never negative; both (origin, partner, column), money.
    """
    movers, net = leg.choice.movers, leg.net
    home, home_before = (border.keep * wage for wage in wages)
    if p.conventions.surplus == "compensating":
        gain = net * mean_part(leg.choice.odds, border.nu)[:, None] + (home - home_before)[:, None]
    else:
        odds = np.where(leg.choice.odds > 0, leg.choice.odds, 1.0)
        gain = (home * mean_equivalent(odds, border.nu, SPREAD) + home - home_before)[:, None]
    if np.any(p.stay_worth) or np.any(p.access_worth):
        worth = p.access_worth * at_host(service) * leg.route.reach
        gain = gain + net * (-np.expm1(-np.asarray(p.stay_worth)) * leg.route.reach)[:, :, None] + worth[:, :, None]
    cash = np.maximum(net - home_before[:, None], 0.0)
    return sum_skills(gain * movers), p.rho * sum_skills(cash * movers)


def treasury(p: Parameters, base: Baseline, border: Border, legal: RouteEarnings) -> Array:
    """Change of the public budget, equation 8; (country, column), money.

    Terms: share of the levy, apparatus, joint control, management of emigrants, recognition of qualifications, training
    bill of the skill partnership, lump sum. Only people with papers are managed, trained and taxed. A lump sum goes
    from the later country of a treaty to the earlier one, unless `side` has a value for each pair: what the first
    country receives from the second, as a share of the first one's GDP.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    legal
        The route with papers, with its choices and pay.

    Returns
    -------
    Array
        (country, column)
    """
    movers, route = legal.choice.movers, legal.route
    costs = public_costs(p, base, border, legal)
    levy = sum_skills(movers * legal.pay) * ((1 - route.fee) * route.tax)
    shared = sum_by_host(p.tax_host * levy) + sum_by_origin((1 - p.tax_host) * levy)
    lump = towards_later(p.side, len(movers)) * border.managed * base.product[:, None]
    balance = shared - costs.apparatus - costs.managing - costs.training - costs.recognition
    return balance + sum_by_origin(lump) - sum_by_host(lump)


class PublicCosts(NamedTuple):
    """What governments spend on migration, (country, column) money."""

    apparatus: Array
    """Apparatus of a liberalising country, and joint control."""
    managing: Array
    """Management of own emigrants."""
    training: Array
    """Training bill of the skill partnership."""
    recognition: Array
    """Recognition of qualifications."""


def public_costs(p: Parameters, base: Baseline, border: Border, legal: RouteEarnings) -> PublicCosts:
    """What governments spend, equation 8.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.
    legal
        The route with papers, with its choices and pay.

    Returns
    -------
    PublicCosts
        Apparatus, management, training and recognition.
    """
    movers, route = legal.choice.movers, legal.route
    control = sum_by_origin(p.c_control * p.control**2 * border.managed)
    apparatus = (p.c_fix * border.apparatus + control) * base.product
    managing = sum_by_origin(p.c_var * border.managed * sum_skills(movers * base.wages[:, None]))
    trained = np.zeros_like(movers[:, :, 0]) if route.training is None else route.training.share * movers[:, :, 0]
    bill = p.train * p.gsp_cost * base.wages[:, None, 1] * trained
    training = sum_by_host(p.gsp_host * bill) + sum_by_origin((1 - p.gsp_host) * bill)
    return PublicCosts(apparatus, managing, training, sum_by_origin(p.c_recognition * border.managed) * base.product)


def incomes(p: Parameters, base: Baseline) -> Array:
    """(country, group, column) incomes with closed borders, % of GDP.

    U, S and earlier migrants: their wage bills. Capital: its rent. For residents, movers, families and the treasury the
    income is the whole GDP.
    """
    wages, old = (100 * (people * base.wages) / base.product[:, None] for people in (base.natives, base.old))
    everything = np.full_like(base.product, 100.0)
    rent = 100 * p.alpha + np.zeros_like(everything)
    return np.stack([wages[:, 0], wages[:, 1], rent, *[everything] * 4, total(old, axis=1)], axis=1)


def incomes_of_status_quo(p: Parameters, base: Baseline, bills: Array, money: Array, gdp: Array) -> Array:
    """(country, group, column) incomes in a status quo with migrants, % of its GDP.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    bills
        (country, skill, column) wage bills of natives in the status quo.
    money
        (country, group, column) money of each group in the status quo, over that with closed borders.
    gdp
        (country, column) GDP of the status quo.

    Returns
    -------
    Array
        (country, group, column)
    """
    found = incomes(p, base) * (base.product / gdp)[:, None]
    found[:, :2] = 100 * bills / gdp[:, None]
    for group in ("capital", "old_migrants"):
        number = GROUPS.index(group)
        found[:, number] += 100 * money[:, number] / gdp
    for group in ("residents", "movers", "families", "treasury"):
        found[:, GROUPS.index(group)] = 100.0
    return found
