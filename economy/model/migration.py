"""Migration: who is willing to move, who is admitted, who moves without papers, pay and labour. Equations 5 and 6.

A country that plays Liberalize admits a share λ of the other country's willing workers, by lot. Where both countries
play Liberalize the corridor is managed: skills are recognised, recruitment is cheap, and a levy and a skill partnership
are possible. Where neither does, nobody is admitted.

Of the willing who are not admitted, a share (the leak) moves without papers. They pay the fee of recruiters and
smugglers, use less of their skill, bear a risk, pay no levy and take no part in a partnership. So more places reduce
irregular migration, and a closed border raises it. In a managed corridor the leak is smaller, and joint control reduces
it further.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import pair, swap_countries
from economy.parameters import Array, Parameters, Real

REACH = 60.0
"""Log odds of moving are clipped to ±60: beyond that, exp comes near the limits of a float and results do not
change."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way to move in one cell of the game, with papers or without; columns last."""

    taken: Array
    """(origin, skill, column) share of the natives who move if they are willing."""
    quota: Array
    """(origin, skill, column) people who would move if everybody were willing."""
    efficiency: Array
    """(skill, column) φ(1+match): work of a mover abroad in units of a local worker's."""
    fee: Array
    """(column) cost of recruitment, share of earnings abroad."""
    tax: Array
    """(column) levy, share of earnings after the fee."""
    trained: Array
    """(column) share of U movers who work as S after training."""
    trains: bool
    """Whether any column has trained movers; if not, the computation for them is skipped."""
    pull: Array
    """(origin, skill, column) ν·v of equation 5 at closed-border wages."""
    lead: Array
    """(origin, column) log pay of S over U abroad at closed-border wages."""


@dataclass(frozen=True, slots=True)
class Border:
    """Border in one cell of the game; origins and hosts are countries, columns last."""

    opens: Array
    """(country, column) 1 where the country plays Liberalize, else 0."""
    managed: Array
    """(column) 1 where both countries play Liberalize, else 0."""
    routes: tuple[Route, ...]
    """The route with papers; then the route without papers, where any column has a leak."""
    shut: Array
    """(origin, skill, column) share of the natives to whom no route is open."""
    keep: Real
    """1 − slack: work and pay of a mover at home in units of a local worker's."""
    nu: Real
    """Dispersion of the moving cost, log points."""


def border(p: Parameters, base: Baseline, opens: Array) -> Border:
    """Build the border that results from the two moves.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    opens
        (country, column) 1 where the country plays Liberalize, else 0.

    Returns
    -------
    Border
        Routes, shares admitted and shares shut out.
    """
    managed = opens[0] * opens[1]
    admitted = (
        pair(p.openness, np.minimum(p.openness * p.skilled_openness, 1.0), managed.size)
        * swap_countries(opens)[:, None]
    )
    leak = p.leak * (1 + (p.leak_managed * (1 - p.control) - 1) * managed)
    left = 1 - admitted
    routes = (_route(p, base, admitted, _legal(p, managed)),)
    if np.any(leak > 0):
        routes = (*routes, _route(p, base, left * leak, _irregular(p, managed.size)))
    return Border(opens, managed, routes, left * (1 - leak), 1 - p.slack, p.nu)


class RouteConditions(NamedTuple):
    """Conditions of one route: phi (skill, column), cost (origin, column), fee, tax and trained (column)."""

    phi: Array
    """Share of their skill that movers can use."""
    fee: Array
    """Cost of recruitment, share of earnings abroad."""
    tax: Array
    """Levy, share of earnings after the fee."""
    trained: Array
    """Share of U movers who work as S after training."""
    cost: Array
    """Mean cost of moving, log points."""


def _legal(p: Parameters, managed: Array) -> RouteConditions:
    """Conditions of people who are admitted; better and cheaper where the corridor is managed."""
    count = managed.size
    phi = pair(p.phi_U, p.phi_S, count)
    return RouteConditions(
        phi=phi + (pair(p.phi_U_managed, p.phi_S_managed, count) - phi) * managed,
        fee=p.fee + (p.fee_managed - p.fee) * managed,
        tax=p.tax * managed,
        trained=p.gsp * managed,
        cost=pair(p.cost - p.recip * managed, p.cost, count),
    )


def _irregular(p: Parameters, count: int) -> RouteConditions:
    """Conditions of people who are not admitted and move without papers."""
    nothing, cost = np.zeros(count), p.cost + p.risk
    return RouteConditions(pair(p.phi_U, p.phi_S, count), p.fee + nothing, nothing, nothing, pair(cost, cost, count))


def _route(p: Parameters, base: Baseline, taken: Array, passage: RouteConditions) -> Route:
    phi, fee, tax, trained, cost = passage
    efficiency = phi * (1 + p.match)
    abroad = swap_countries(base.log_wages) + np.log(efficiency)
    with np.errstate(divide="ignore"):  # a fee or levy of 100 % gives log 0 = −inf, and nobody is willing
        net = np.log((1 - fee) * (1 - tax)) - np.log(1 - p.slack) - cost
    pull = abroad + net[:, None] - base.log_wages
    return Route(
        taken=taken,
        quota=taken * base.natives,
        efficiency=efficiency,
        fee=fee,
        tax=tax,
        trained=trained,
        trains=bool(np.any(trained > 0)),
        pull=pull,
        lead=abroad[:, 1] - abroad[:, 0],
    )


class RouteChoice(NamedTuple):
    """Choices of workers on one route at given wages; arrays are (origin, skill, column)."""

    urge: Array
    """v, the log odds of being willing."""
    willing: Array
    """p = e^v / (1 + e^v)."""
    unwilling: Array
    """1 − p, computed without a difference."""
    movers: Array
    """M, people who move: the route's quota times the share of the willing."""
    own_skill: Array
    """(origin, column) share of a U mover's expected pay that is earned as U; 1 without a skill partnership."""


def choose(x: Array, y: Array, border: Border) -> tuple[RouteChoice, ...]:
    """Equation 5 on every route: v = [ln net_j − ln home_i − cost]/ν.

    A mover gives up the natives' wage at home and gets the migrants' wage abroad.

    Parameters
    ----------
    x
        (country, skill, column) ln(w/w⁰) of natives.
    y
        (country, skill, column) ln(w/w⁰) of migrants.
    border
        Border of the same columns.

    Returns
    -------
    tuple[Choice, ...]
        One for each route of the border.
    """
    return tuple(_choice(route, x, y, border.nu) for route in border.routes)


def _choice(route: Route, x: Array, y: Array, nu: Real) -> RouteChoice:
    """Choice on one route.

    Under a skill partnership a U mover expects the mean of U and S pay. Without one the expected pay is that of U, bit
    for bit.
    """
    drive = route.pull + y[::-1] - x
    own_skill = np.ones_like(drive[:, 0])
    if route.trains:
        pay = (1 - route.trained) + route.trained * np.exp(route.lead + y[::-1, 1] - y[::-1, 0])
        own_skill = (1 - route.trained) / pay
        drive[:, 0] += np.log(pay)
    urge = np.clip(drive / nu, -REACH, REACH)
    odds_against = np.exp(-urge)
    willing = 1 / (1 + odds_against)
    return RouteChoice(urge, willing, odds_against * willing, route.quota * willing, own_skill)


def earnings(wages: Array, route: Route) -> Array:
    """Earnings of a mover abroad before fee and levy, w_j φ (1+match), at migrants' wages: (origin, skill, column)."""
    pay = swap_countries(wages) * route.efficiency
    if not route.trains:
        return pay
    less = (1 - route.trained) * pay[:, 0] + route.trained * pay[:, 1]
    return np.stack([less, pay[:, 1]], axis=1)


class Workforce(NamedTuple):
    """Who works in each country; every array is (country, skill, column), and the host's labour force is 1."""

    own: Array
    """Effective labour of natives: equation 6 without the arrivals."""
    migrants: Array
    """Effective labour of migrants, earlier and new."""
    residents: Array
    """People, whatever their efficiency; h of equation 4 is the share of S among them."""

    @property
    def effective(self) -> Array:
        """Effective labour E of natives and migrants together."""
        return self.own + self.migrants


def workforce(natives: Array, old: Array, border: Border, choices: tuple[RouteChoice, ...]) -> Workforce:
    """Equation 6, E_i = E⁰ − (1−slack)·out + φ(1+match)·in, computed without a difference.

    At openness 1 with everybody willing, E⁰ − out would lose all precision; E⁰[(1−λ) + λ(1−p)] does not.

    Parameters
    ----------
    natives
        (country, skill, column) natives at the baseline.
    old
        (country, skill, column) earlier migrants, or a 0-d 0.
    border
        Border of the same columns.
    choices
        Choices on each route of the border.

    Returns
    -------
    Workforce
        Effective labour of natives and migrants, and people.
    """
    stay, people, migrants = border.shut, old, old
    for route, choice in zip(border.routes, choices, strict=True):
        stay = stay + route.taken * choice.unwilling
        arrived = _arrived(route, choice)
        people, migrants = people + arrived, migrants + arrived * route.efficiency
    remained = natives * stay
    return Workforce((1 - border.keep) * natives + border.keep * remained, migrants, remained + people)


def _arrived(route: Route, choice: RouteChoice) -> Array:
    """(country, skill, column) people who arrived, by the skill at which they work after training."""
    incoming = choice.movers[::-1]
    if not route.trains:
        return incoming
    trained = route.trained * incoming[:, 0]
    return np.stack([(1 - route.trained) * incoming[:, 0], incoming[:, 1] + trained], axis=1)
