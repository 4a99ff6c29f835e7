"""Migration: who is willing to move, who is admitted, who moves without papers, pay and labour. Equations 5 and 6.

A country that opens to another admits a share λ of the other's workers who choose it, by lot. Those who are not
admitted stay at home. Workers choose among home and the open hosts by a multinomial logit (McFadden 1974): a new treaty
attracts some who would have gone elsewhere. The tastes for two hosts are independent, even when the hosts are similar
(assumption). With two countries this is the share of the willing. Where both countries open, the corridor is managed:
skills are recognised, recruitment is cheap, and a levy and a skill partnership are possible.

The lot is drawn once for all hosts: a worker whom one country admits would also be admitted by every country that is at
least as open (assumption). Of the workers who are admitted nowhere, a share (the leak) may move without papers, to
any host that has a leak. They pay the fee of recruiters and smugglers, use less of their skill, bear a risk, pay no
levy and take no part in a partnership. So more places reduce irregular migration, and a closed border raises it. In a
managed corridor the leak is smaller, and joint control reduces it further.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.baseline import Baseline
from economy.model.batching import pair
from economy.model.pairs import at_host, opposite, sum_by_host, sum_by_origin, towards_later
from economy.parameters import Array, Parameters, Real

REACH = 60.0
"""Log odds of moving are clipped to ±60: beyond that, exp comes near the limits of a float. Flows do not change; the
mean gain of movers does at the smallest ν, where a gain above 60 ν log points counts as 60 ν."""


@dataclass(frozen=True, slots=True)
class Training:
    """Skill partnership on a route, (origin, partner, column)."""

    share: Array
    """Share of U movers who work as S after training."""
    lead: Array
    """Log pay of S over U abroad at closed-border wages."""


@dataclass(frozen=True, slots=True)
class Route:
    """One way to move, with papers or without; columns last."""

    open: Array
    """(origin, partner, column) 1 where the host can be chosen, else 0."""
    most: Array
    """(origin, skill, column) share of the natives to whom the route to some host is open."""
    spare: Array | None
    """(origin, partner, skill, column) share of the natives who may move, but not to this host, 0 for a host that
    cannot be chosen; None where it is 0 everywhere."""
    quota: Array
    """(origin, partner, skill, column) people who would move if everybody chose the host."""
    efficiency: Array
    """(origin, partner, skill, column) φ(1+match): work of a mover abroad in units of a local worker's."""
    fee: Array
    """(origin, partner, column) cost of recruitment, share of earnings abroad."""
    tax: Array
    """(origin, partner, column) levy, share of earnings after the fee."""
    access: Array
    """(origin, partner, column) public services that a mover uses, share of a resident's of the host."""
    reach: Array
    """(origin, partner, column) share of the movers whom the terms of a treaty reach."""
    training: Training | None
    """Movers who are trained; None where no column has any."""
    pull: Array
    """(origin, partner, skill, column) ν·v of equation 5 at closed-border wages."""


@dataclass(frozen=True, slots=True)
class Border:
    """All borders under given openings; columns last."""

    managed: Array
    """(origin, partner, column) 1 where both countries open, else 0."""
    apparatus: Array
    """(country, column) number of partners to whom the country opens, less what further partners share."""
    routes: tuple[Route, ...]
    """The route with papers; then the route without papers, where any column has a leak."""
    shut: Array
    """(origin, skill, column) share of the natives to whom no route is open."""
    keep: Real
    """1 − slack: work and pay of a mover at home in units of a local worker's."""
    nu: Real
    """Dispersion of the moving cost, log points."""


class Admission(NamedTuple):
    """Who is admitted, where that does not follow from the openings alone; (origin, partner, column)."""

    level: Array
    """Share of the willing U whom the host admits, whatever its move."""
    reach: Array
    """Share of the movers whom the terms of a managed corridor reach."""


def border(
    p: Parameters, base: Baseline, opens: Array, shared: Real = 0.0, admission: Admission | None = None
) -> Border:
    """Build the borders that result from the openings.

    Parameters
    ----------
    p
        Flat parameters. Those that concern a corridor may have a value for each pair, (origin, partner, column).
    base
        Baseline of the same columns.
    opens
        (country, partner, column) 1 where the country opens to the partner, else 0.
    shared
        (column) or one number: share of the apparatus that each further partner uses again, 0 to 1.
    admission
        Shares admitted; None where they are `openness` to the partners to whom the country opens, and 0 to others.

    Returns
    -------
    Border
        Routes, shares admitted and shares shut out.
    """
    admits = opposite(opens)
    managed = opens * admits
    level, reach, reached = p.openness, managed, admits
    if admission is not None:
        level, reach = admission.level, managed * admission.reach
        reached = np.where(level > 0, 1.0, admits)
    admitted = _by_skill(level, np.minimum(level * p.skilled_openness, 1.0), opens) * reached[:, :, None]
    leak = p.leak * (1 + (p.leak_managed * (1 - p.control) - 1) * managed)
    left = 1 - admitted.max(axis=1)
    routes = (_route(p, base, reached, admitted, _legal(p, managed, reach)),)
    if np.any(leak > 0):
        taken = left[:, None] * leak[:, :, None]
        routes = (*routes, _route(p, base, np.where(leak > 0, 1.0, 0.0), taken, _irregular(p, managed)))
    partners = sum_by_origin(opens)
    return Border(
        managed=managed,
        apparatus=partners - shared * np.maximum(partners - 1, 0),
        routes=routes,
        shut=left * (1 - leak.max(axis=1))[:, None],
        keep=1 - p.slack,
        nu=p.nu,
    )


def _by_skill(unskilled: Real, skilled: Real, like: Array) -> Array:
    """Stack values of U and S: (skill, column), or (origin, partner, skill, column) where one differs by pair."""
    if np.ndim(unskilled) < 2 and np.ndim(skilled) < 2:
        return pair(unskilled, skilled, like.shape[-1])
    return np.stack([np.broadcast_to(unskilled, like.shape), np.broadcast_to(skilled, like.shape)], axis=2)


class RouteConditions(NamedTuple):
    """Conditions of one route, (origin, partner, column); phi has the axis skill before the column."""

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
    access: Array
    """Public services that a mover uses, share of a resident's."""
    reach: Array
    """Share of the movers whom the terms of a treaty reach."""


def _legal(p: Parameters, managed: Array, reach: Array) -> RouteConditions:
    """Conditions of people who are admitted; better and cheaper where the corridor is managed.

    Where the terms reach a part of the movers only, recognition, fee, levy and access are the mean of all movers.
    """
    phi = _by_skill(p.phi_U, p.phi_S, managed)
    return RouteConditions(
        phi=phi + (_by_skill(p.phi_U_managed, p.phi_S_managed, managed) - phi) * reach[:, :, None],
        fee=p.fee + (p.fee_managed - p.fee) * reach,
        tax=p.tax * reach,
        trained=p.gsp * managed,
        cost=p.cost - towards_later(p.recip, len(managed)) * managed,
        access=p.access + (p.access_managed - p.access) * reach,
        reach=reach,
    )


def _irregular(p: Parameters, managed: Array) -> RouteConditions:
    """Conditions of people who are not admitted and move without papers."""
    nothing = np.zeros(managed.shape)
    phi = _by_skill(p.phi_U, p.phi_S, managed) + nothing[:, :, None]
    cost, access = p.cost + p.risk + nothing, p.access + nothing
    return RouteConditions(phi, p.fee + nothing, nothing, nothing, cost, access, nothing)


def _route(p: Parameters, base: Baseline, can: Array, taken: Array, passage: RouteConditions) -> Route:
    phi, fee, tax, trained, cost, access, reach = passage
    efficiency = phi * (1 + _before_skill(p.match))
    abroad = at_host(base.log_wages) + np.log(efficiency)
    with np.errstate(divide="ignore"):  # a fee or levy of 100 % gives log 0 = −inf, and nobody is willing
        net = np.log((1 - fee) * (1 - tax)) - np.log(1 - p.slack) - cost
    most = taken.max(axis=1)
    spare = None if taken.shape[1] == 1 else (most[:, None] - taken) * can[:, :, None]
    return Route(
        open=can,
        most=most,
        spare=spare if spare is not None and spare.any() else None,
        quota=taken * base.natives[:, None],
        efficiency=efficiency,
        fee=fee,
        tax=tax,
        access=access,
        reach=reach,
        training=Training(trained, abroad[:, :, 1] - abroad[:, :, 0]) if np.any(trained > 0) else None,
        pull=abroad + net[:, :, None] - base.log_wages[:, None],
    )


def _before_skill(value: Real) -> Real:
    """The value with an axis for the skill, where it differs by pair."""
    return value[:, :, None] if isinstance(value, np.ndarray) and value.ndim > 1 else value


@dataclass(frozen=True, slots=True)
class RouteChoice:
    """Choices of workers on one route at given wages."""

    odds: Array
    """(origin, skill, column) Σ_j e^v_j, the odds of leaving for any host against staying."""
    unwilling: Array
    """(origin, skill, column) share that chooses home, 1 / (1 + Σ e^v)."""
    chosen: Array
    """(origin, partner, skill, column) p, share that chooses the host, e^v / (1 + Σ e^v)."""
    movers: Array
    """(origin, partner, skill, column) M, people who move: the route's quota times p."""
    own_skill: Array | None
    """(origin, partner, column) share of a U mover's expected pay that is earned as U; None without training."""
    capped: NDArray[np.bool_] | None
    """(origin, partner, skill, column) whether the log odds are at ±REACH, where wages have no effect; None where
    none are."""


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
        Borders of the same columns.

    Returns
    -------
    tuple[RouteChoice, ...]
        One for each route of the border.
    """
    return tuple(_choice(route, x, y, border.nu) for route in border.routes)


def _choice(route: Route, x: Array, y: Array, nu: Real) -> RouteChoice:
    """Choice on one route.

    Under a skill partnership a U mover expects the mean of U and S pay. Without one the expected pay is that of U, bit
    for bit.
    """
    v = route.pull + at_host(y) - x[:, None]
    own_skill = None
    if route.training is not None:
        trained = route.training.share
        pay = (1 - trained) + trained * np.exp(route.training.lead + at_host(y[:, 1] - y[:, 0]))
        own_skill = (1 - trained) / pay
        v[:, :, 0] += np.log(pay)
    v /= nu
    far = v.max(initial=0.0) >= REACH or v.min(initial=0.0) <= -REACH
    weight = np.exp(np.clip(v, -REACH, REACH) if far else v) * route.open[:, :, None]
    odds = sum_by_origin(weight)
    unwilling = 1 / (1 + odds)
    chosen = weight * unwilling[:, None]
    capped = np.abs(v) >= REACH if far else None
    return RouteChoice(odds, unwilling, chosen, route.quota * chosen, own_skill, capped)


def earnings(wages: Array, route: Route) -> Array:
    """Earnings of a mover abroad before fee and levy, w_j φ (1+match), (origin, partner, skill, column).

    `wages` are those of migrants, (country, skill, column).
    """
    pay = at_host(wages) * route.efficiency
    if route.training is None:
        return pay
    trained = route.training.share
    return np.stack([(1 - trained) * pay[:, :, 0] + trained * pay[:, :, 1], pay[:, :, 1]], axis=2)


class Workforce(NamedTuple):
    """Who works in each country; every array is (country, skill, column)."""

    own: Array
    """Effective labour of natives: equation 6 without the arrivals."""
    migrants: Array
    """Effective labour of migrants, earlier and new."""
    residents: Array
    """People, whatever their efficiency; h of equation 4 is the share of S among them."""


def workforce(natives: Array, old: Array, border: Border, choices: tuple[RouteChoice, ...]) -> Workforce:
    """Equation 6, E_i = E⁰ − (1−slack)·out + φ(1+match)·in, computed without a difference.

    At openness 1 with everybody willing, E⁰ − out would lose all precision; E⁰[(1−λ) + λ(1−p)] does not. Where nobody
    moves, E equals E⁰ bit for bit.

    Parameters
    ----------
    natives
        (country, skill, column) natives at the baseline.
    old
        (country, skill, column) earlier migrants, or a 0-d 0.
    border
        Borders of the same columns.
    choices
        Choices on each route of the border.

    Returns
    -------
    Workforce
        Effective labour of natives and migrants, and people.
    """
    stay, people, migrants = border.shut, old, old
    for route, choice in zip(border.routes, choices, strict=True):
        stay = stay + route.most * choice.unwilling
        if route.spare is not None:
            stay = stay + sum_by_origin(route.spare * choice.chosen)
        at_work = _at_work(route, choice.movers)
        people, migrants = people + sum_by_host(at_work), migrants + sum_by_host(at_work * route.efficiency)
    own = natives * ((1 - border.keep) + border.keep * stay)
    return Workforce(own, migrants, natives * stay + people)


def _at_work(route: Route, movers: Array) -> Array:
    """(origin, partner, skill, column) movers by the skill at which they work after training."""
    if route.training is None:
        return movers
    trained = route.training.share * movers[:, :, 0]
    return np.stack([(1 - route.training.share) * movers[:, :, 0], movers[:, :, 1] + trained], axis=2)
