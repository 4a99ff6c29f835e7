"""Who wants to move, who may, who goes all the same, what they earn, and who then works where: equations 5 and 6.

A country that plays Liberalize admits a share λ of the other's willing workers, by lot. Where both play it
the corridor is managed: skills are recognised, recruiters are cheap, a levy and a skill partnership can be
had. Where neither plays it nobody is admitted.

Of those for whom there is no place a part, the leak, goes without papers: they pay what recruiters and
smugglers ask, use less of their skill, bear the risk, pay no levy and take part in no partnership. So more
places displace irregular movers, and a closed border makes them out of those it shuts out. Where the corridor
is managed the leak is smaller, and joint control makes it smaller still.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import pair, swap
from economy.parameters import Array, Parameters, Real

REACH = 60.0
"""Log odds of moving are kept within ±60: beyond, exp would leave the range of a float and nothing changes."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way abroad in one cell of the game, with papers or without; columns last."""

    taken: Array
    """(origin, skill, column) share of the natives who move if they are willing."""
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
    trains: bool
    """Whether there are any, in any of these columns; where there are none, nothing is worked out for them."""
    pull: Array
    """(origin, skill, column) ν·v of equation 5 at closed-border wages."""
    lead: Array
    """(origin, column) log pay of S over U abroad at closed-border wages."""


@dataclass(frozen=True, slots=True)
class Border:
    """The border in one cell of the game; origins and hosts are countries, columns last."""

    opens: Array
    """(country, column) 1 where the country plays Liberalize, else 0."""
    managed: Array
    """(column) 1 where both do, else 0."""
    routes: tuple[Route, ...]
    """With papers; then without, where any of these columns leaks."""
    shut: Array
    """(origin, skill, column) share of the natives to whom neither route is open."""
    keep: Real
    """1 − slack: a mover's work and pay at home in units of a local's."""
    nu: Real
    """Dispersion of the moving cost, log points."""


def border(p: Parameters, base: Baseline, opens: Array) -> Border:
    """The border that two moves make; `opens` (country, column) is 1 where the country plays Liberalize."""
    managed = opens[0] * opens[1]
    admitted = pair(p.openness, np.minimum(p.openness * p.skilled_openness, 1.0), managed.size) * swap(opens)[:, None]
    leak = p.leak * (1 + (p.leak_managed * (1 - p.control) - 1) * managed)
    left = 1 - admitted
    routes = (_route(p, base, admitted, _legal(p, managed)),)
    if np.any(leak > 0):
        routes = (*routes, _route(p, base, left * leak, _irregular(p, managed.size)))
    return Border(opens, managed, routes, left * (1 - leak), 1 - p.slack, p.nu)


class Passage(NamedTuple):
    """What a route offers and asks; (skill, column), cost (origin, column), the others (column)."""

    phi: Array
    fee: Array
    tax: Array
    trained: Array
    cost: Array


def _legal(p: Parameters, managed: Array) -> Passage:
    """For those who are admitted: better and cheaper where the corridor is managed."""
    count = managed.size
    phi = pair(p.phi_U, p.phi_S, count)
    return Passage(
        phi=phi + (pair(p.phi_U_managed, p.phi_S_managed, count) - phi) * managed,
        fee=p.fee + (p.fee_managed - p.fee) * managed,
        tax=p.tax * managed,
        trained=p.gsp * managed,
        cost=pair(p.cost - p.recip * managed, p.cost, count),
    )


def _irregular(p: Parameters, count: int) -> Passage:
    """For those who found no place and go all the same."""
    nothing, cost = np.zeros(count), p.cost + p.risk
    return Passage(pair(p.phi_U, p.phi_S, count), p.fee + nothing, nothing, nothing, pair(cost, cost, count))


def _route(p: Parameters, base: Baseline, taken: Array, passage: Passage) -> Route:
    phi, fee, tax, trained, cost = passage
    efficiency = phi * (1 + p.match)
    abroad = swap(base.log_wages) + np.log(efficiency)
    with np.errstate(divide="ignore"):  # a fee or levy of everything leaves log 0, and nobody is willing
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


class Choice(NamedTuple):
    """What workers choose on one route at given wages; (origin, skill, column)."""

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


def choose(x: Array, y: Array, border: Border) -> tuple[Choice, ...]:
    """Equation 5 on every route, v = [ln net_j − ln home_i − cost]/ν, at natives' wages w⁰e^x, migrants' w⁰e^y.

    Both are (country, skill, column): movers leave the natives' wage at home for the migrants' abroad.
    """
    return tuple(_choice(route, x, y, border.nu) for route in border.routes)


def _choice(route: Route, x: Array, y: Array, nu: Real) -> Choice:
    """A U mover under a skill partnership expects the mean of U and S pay, any other U pay to the last bit."""
    drive = route.pull + y[::-1] - x
    own_skill = np.ones_like(drive[:, 0])
    if route.trains:
        pay = (1 - route.trained) + route.trained * np.exp(route.lead + y[::-1, 1] - y[::-1, 0])
        own_skill = (1 - route.trained) / pay
        drive[:, 0] += np.log(pay)
    urge = np.clip(drive / nu, -REACH, REACH)
    odds_against = np.exp(-urge)
    willing = 1 / (1 + odds_against)
    return Choice(urge, willing, odds_against * willing, route.quota * willing, own_skill)


def earnings(wages: Array, route: Route) -> Array:
    """What a mover earns abroad before fee and levy, w_j φ (1+match), at migrants' wages: (origin, skill, column)."""
    pay = swap(wages) * route.efficiency
    if not route.trains:
        return pay
    less = (1 - route.trained) * pay[:, 0] + route.trained * pay[:, 1]
    return np.stack([less, pay[:, 1]], axis=1)


class Workforce(NamedTuple):
    """Who works in each country: every array is (country, skill, column), in host workers."""

    own: Array
    """Effective labour of a country's natives: equation 6 without the arrivals."""
    migrants: Array
    """Effective labour of migrants: those who came earlier and those who come now."""
    residents: Array
    """People, whatever their efficiency: the h of equation 4 is the S share of these."""

    @property
    def effective(self) -> Array:
        """Effective labour E, natives and migrants together."""
        return self.own + self.migrants


def workforce(natives: Array, old: Array, border: Border, choices: tuple[Choice, ...]) -> Workforce:
    """Equation 6, E_i = E⁰ − (1−slack)·out + φ(1+match)·in, written without a difference.

    At openness 1 with everyone willing, E⁰ − out would cancel to nothing; E⁰[(1−λ) + λ(1−p)] does not.
    """
    stay, people, migrants = border.shut, old, old
    for route, choice in zip(border.routes, choices, strict=True):
        stay = stay + route.taken * choice.unwilling
        arrived = _arrived(route, choice)
        people, migrants = people + arrived, migrants + arrived * route.efficiency
    remained = natives * stay
    return Workforce((1 - border.keep) * natives + border.keep * remained, migrants, remained + people)


def _arrived(route: Route, choice: Choice) -> Array:
    """(country, skill, column) people who came in, by the skill at which they work after training."""
    incoming = choice.movers[::-1]
    if not route.trains:
        return incoming
    trained = route.trained * incoming[:, 0]
    return np.stack([(1 - route.trained) * incoming[:, 0], incoming[:, 1] + trained], axis=1)
