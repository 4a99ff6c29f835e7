"""Market equilibrium: the fixed point of wages and the migration flows that depend on them.

The unknowns are x = ln(w/w⁰), two for each country. Equations 1 to 6 together give an equation without capital, output
and productivity:

    x_ik = A ln(h_i/h⁰_i) + B ln(Λ_i/Λ⁰_i) − (1/σ) ln(E_ik/E⁰_ik),
    A = (1 − α + ακ) η,     B = 1/σ − α (1 − κ).

With earlier migrants there are four for each country: natives (s = 0) and migrants (s = 1) of a skill have different
wages, x_iks = x_ik + (1/σ_M) [ln(E_ik/E⁰_ik) − ln(E_iks/E⁰_iks)]. Which of the two a column has depends on that column
alone, not on the batch.

The solver starts at the closed border and uses the exact slopes given here (economy.model.newton). With η above .03 two
fixed points can exist; the result is the one that is reached from the closed border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import take_columns, total
from economy.model.labour import MigrantSubstitution, aggregate, exponent, log_skill, migrant_substitution, mix_labour
from economy.model.migration import Border, Route, RouteChoice, choose, workforce
from economy.model.newton import FixedPoint, solve_fixed_point
from economy.model.pairs import at_host, from_square, hosts, opposite, sum_by_host, sum_by_origin, to_square
from economy.parameters import Array, Parameters, Real

SAME = np.eye(2)[:, :, None]
"""1 where the skill of the wage is the skill of the mover, else 0."""
NATIVES, MIGRANTS = 0, -1
"""Index of the side (whose wage): the first and the last side; both are the same where there is one side."""


@dataclass(frozen=True, slots=True)
class Market:
    """Quantities that do not change while wages change; columns last."""

    natives: Array
    """(country, skill, column) workers at the closed border who may move."""
    old: Array
    """(country, skill, column) earlier migrants."""
    skilled: Array
    """(country, column) share of S in the wage bill at the closed border."""
    log_skill: Array
    """(country, column) ln h⁰."""
    border: Border
    """Border of the columns."""
    nest: MigrantSubstitution | None
    """Substitution between natives and migrants; None where no column has earlier migrants."""
    rho: Real
    """ρ of equation 1."""
    sigma: Real
    """σ of equation 1."""
    learning: Real
    """A: effect of the log share of skilled people on log wages."""
    scale: Real
    """B: effect of the log labour aggregate on log wages at given E."""


@dataclass(frozen=True, slots=True)
class FlowSlopes:
    """Slopes of the flows on one route in log wages, (origin, partner, skill, column)."""

    home: Array
    """Fall of the flow to the host in the log wage at home."""
    own_skill: Array | None
    """(origin, partner, column) share of a U mover's expected pay that is earned as U; None without training."""
    choice: HostSlopes | None
    """What differs between several hosts; None with two countries, where all slopes are `home`."""


@dataclass(frozen=True, slots=True)
class HostSlopes:
    """Slopes that a choice among several hosts adds, (origin, partner, skill, column)."""

    abroad: Array
    """Rise of the flow to the host in the log wage of this host."""
    left: Array
    """Rise of all departures from the origin in the log wage of this host; over all hosts together, their fall in the
    log wage at home."""
    movers: Array
    """People who move to the host."""
    drawn: Array
    """Share of those who go to any other host that a log point more in this host draws away, p/ν."""


@dataclass(frozen=True, slots=True)
class MarketState:
    """Labour, people and flows at given wages; columns last."""

    rest: Array
    """(side, country, skill, column) T(x) − x: the log wages that result from the flows less the log wages x."""
    effective: Array
    """(side, country, skill, column) effective labour."""
    share: Array
    """(side, country, skill, column) share in the wage bill of the skill."""
    residents: Array
    """(country, skill, column) people."""
    skilled: Array
    """(country, column) share of S in the wage bill."""
    flows: tuple[FlowSlopes, ...]
    """Slopes of the flows on each route."""


def market(p: Parameters, base: Baseline, border: Border) -> Market:
    """Collect the constants of the market of these columns.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Borders of the same columns.

    Returns
    -------
    Market
        The constants that `clear_market` reads.
    """
    return Market(
        natives=base.natives,
        old=base.old,
        skilled=base.skilled,
        log_skill=base.log_skill,
        border=border,
        nest=migrant_substitution(base.stock, p.old_sigma),
        rho=exponent(p.sigma),
        sigma=p.sigma,
        learning=(1 - p.alpha + p.alpha * p.kappa) * p.eta,
        scale=1 / p.sigma - p.alpha * (1 - p.kappa),
    )


class Clearing(NamedTuple):
    """Log wage changes at the fixed point, and the remaining error."""

    x: Array
    """(country, skill, column) ln(w/w⁰) of natives."""
    y: Array
    """(country, skill, column) ln(w/w⁰) of migrants; equal to x where the two are perfect substitutes."""
    residual: Array
    """(column) largest change of a log wage in one more iteration, |T(x) − x|."""


def clear_market(market: Market, start: Real = 0.0) -> Clearing:
    """Find the fixed point of the market.

    Parameters
    ----------
    market
        Constants of the market.
    start
        Log wage changes at which the solver starts; a number, or an array that broadcasts to (country, skill, column).

    Returns
    -------
    Clearing
        Log wage changes of natives and migrants, and the residual of each column.
    """
    begin = np.broadcast_to(np.asarray(start, dtype=float), market.natives.shape)
    if market.nest is None:
        (x,), residual = _rest(market, begin)
        return Clearing(x, x, residual)
    x, y = np.empty_like(market.natives), np.empty_like(market.natives)
    residual = np.empty(market.natives.shape[-1])
    apart = np.any(market.nest.stock > 0, axis=0)
    for columns, part in ((np.flatnonzero(apart), market), (np.flatnonzero(~apart), replace(market, nest=None))):
        if columns.size:
            wages, residual[columns] = _rest(take_columns(part, columns), begin[..., columns])
            x[..., columns], y[..., columns] = wages[NATIVES], wages[MIGRANTS]
    return Clearing(x, y, residual)


def _rest(market: Market, begin: Array) -> FixedPoint:
    """Solve for the wages of one side or of two sides, x (side, country, skill, column)."""
    shape = (1 if market.nest is None else 2, *market.natives.shape)
    return solve_fixed_point(market, np.broadcast_to(begin, shape), _read, _slopes)


def _read(x: Array, market: Market) -> MarketState:
    choices = choose(x[NATIVES], x[MIGRANTS], market.border)
    force = workforce(market.natives, market.old, market.border, choices)
    mix = mix_labour(market.natives, market.old, force.own, force.migrants, market.nest)
    index, skilled = aggregate(mix.growth[:, 0], mix.growth[:, 1], market.skilled, market.rho)
    learned = market.learning * (log_skill(force.residents) - market.log_skill)
    rest = ((learned + market.scale * index)[:, None] - mix.growth / market.sigma) - x
    if market.nest is not None:
        rest += market.nest.stiffness[:, None] * (mix.growth - mix.sides)
    return MarketState(
        rest=rest,
        effective=mix.effective,
        share=mix.share,
        residents=force.residents,
        skilled=skilled,
        flows=tuple(_flow_slopes(*leg, market) for leg in zip(market.border.routes, choices, strict=True)),
    )


def _flow_slopes(route: Route, choice: RouteChoice, market: Market) -> FlowSlopes:
    """Slopes of the flows: ∂M_j/∂v_n = M_j (δ_jn − p_n), where p_n is the share that chooses host n.

    Written as M (1 − Σp) plus what several hosts add, so that `left` keeps its precision where nearly everybody leaves.
    Log odds at ±REACH do not change with wages.
    """
    movers, chosen, nu = choice.movers, choice.chosen, market.border.nu
    home = movers * choice.unwilling[:, None] / nu
    left = home if choice.capped is None else np.where(choice.capped, 0.0, home)
    if movers.shape[1] == 1:
        return FlowSlopes(left, choice.own_skill, None)
    free = np.ones(()) if choice.capped is None else np.where(choice.capped, 0.0, 1.0)
    every, drawn = sum_by_origin(chosen)[:, None], chosen * free / nu
    abroad = left + movers * (every - chosen) * free / nu
    if choice.capped is not None:
        held, moved = (sum_by_origin(chosen * share)[:, None] for share in (1 - free, free))
        home = left + movers * (free * held - (1 - free) * moved) / nu
    if route.spare is not None:
        idle = sum_by_origin(route.spare * chosen)[:, None] - route.spare * every
        left = left + market.natives[:, None] * drawn * idle
    return FlowSlopes(home, choice.own_skill, HostSlopes(abroad, left, movers, drawn))


def _slopes(market: Market, at: MarketState) -> Array:
    """Slopes of x − T(x), (n, n, column): rows are the wages that react, columns the wages that change.

    Both are in the order (side, country, skill). A person who leaves lowers the number of natives of a country, a
    person who arrives raises the number of its migrants. `leave` and `enter` are the effects of one such person on
    every wage of the country. A flow rises with the migrants' wages abroad and falls with the natives' wages at home;
    it falls with the migrants' wages in other hosts.
    """
    border, sides, count = market.border, *at.rest.shape[:2]
    here = np.zeros((count, sides, 2, sides, 2, at.rest.shape[-1]))
    there = np.zeros((count, count - 1, *here.shape[1:]))
    crowd = 1 / total(at.residents, axis=1)
    bodies = market.learning * np.stack([-crowd, 1 / at.residents[:, 1] - crowd], axis=1)[:, None, None]
    react = [_react(market, at, side) for side in range(sides)]
    leave, learns = -border.keep * react[NATIVES] - bodies, np.any(market.learning > 0)
    for route, flow in zip(border.routes, at.flows, strict=True):
        several = flow.choice
        enter = _as_mover(route.efficiency[:, :, None, None] * at_host(react[MIGRANTS]) + at_host(bodies), route)
        come = enter * flow.home[:, :, None, None]
        drawn = come if several is None else enter * several.abroad[:, :, None, None]
        gone = leave[:, None] * (flow.home if several is None else several.left)[:, :, None, None]
        here[:, :, :, NATIVES] += sum_by_origin(gone)
        here[:, :, :, MIGRANTS] -= sum_by_host(_minded(drawn, flow.own_skill))
        there[:, :, :, :, NATIVES] += opposite(come)
        there[:, :, :, :, MIGRANTS] -= _minded(gone, flow.own_skill)
        _add_diversion(there[:, :, :, :, MIGRANTS], route, flow, react[MIGRANTS], bodies if learns else None)
    return _square(here, there)


def _as_mover(enter: Array, route: Route) -> Array:
    """From effects by skill at work, (..., skill, column), to mean effects by the skill of the mover."""
    if route.training is None:
        return enter
    trained = route.training.share[:, :, None, None]
    return np.stack([(1 - trained) * enter[..., 0, :] + trained * enter[..., 1, :], enter[..., 1, :]], axis=-2)


def _minded(flow: Array, own_skill: Array | None) -> Array:
    """Effect of a flow on wages by the skill of the wage abroad on which the flow depends.

    Shape (origin, partner, side, wage, skill, column). A flow depends on the wage of its own skill; the flow of U
    movers under a skill partnership depends on the wage of S as well.
    """
    if own_skill is None:
        return flow
    kept = own_skill[:, :, None, None]
    return np.stack([flow[..., 0, :] * kept, flow[..., 1, :] + flow[..., 0, :] * (1 - kept)], axis=-2)


def _add_diversion(there: Array, route: Route, flow: FlowSlopes, react: Array, bodies: Array | None) -> None:
    """Add the effect of a wage in one host on the arrivals in another: a loss of M_j p_n/ν for each origin.

    `there` is (country, partner, side, wage, skill, column): the wages of the country react to wages of the partner.
    `react` and `bodies` are the effects of labour and of people on the wages of a country; None where people have none.
    """
    if flow.choice is None:
        return
    for mover, worked, looked, share, worth in _kinds(route, flow.own_skill):
        movers, drawn = flow.choice.movers[:, :, mover] * share, flow.choice.drawn[:, :, mover] * worth
        work = _through_origins(movers * route.efficiency[:, :, worked], drawn)[:, :, None, None]
        there[:, :, :, :, looked] += react[:, None, :, :, worked] * work
        if bodies is not None:
            people = _through_origins(movers, drawn)[:, :, None, None]
            there[:, :, :, :, looked] += bodies[:, None, :, :, worked] * people


class MoverKind(NamedTuple):
    """Movers who left with one skill, work at one skill and depend on the wage of one skill: 0 for U, 1 for S."""

    mover: int
    """Skill with which they leave."""
    worked: int
    """Skill at which they work abroad."""
    looked: int
    """Skill of the wage on which they depend."""
    share: Real
    """(origin, partner, column) share of the movers who work at this skill."""
    worth: Real
    """(origin, partner, column) share of this wage in their expected pay."""


def _kinds(route: Route, own_skill: Array | None) -> tuple[MoverKind, ...]:
    skilled = MoverKind(1, 1, 1, 1.0, 1.0)
    if route.training is None or own_skill is None:
        return skilled, MoverKind(0, 0, 0, 1.0, 1.0)
    works, minds = (1 - route.training.share, route.training.share), (own_skill, 1 - own_skill)
    return skilled, *(MoverKind(0, k, m, works[k], minds[m]) for k in (0, 1) for m in (0, 1))


def _through_origins(left: Array, right: Array) -> Array:
    """(country, partner, column) Σ_i left_ij right_in over all origins i; one matrix product for each column."""
    here, there = to_square(left), to_square(right)
    here = np.ascontiguousarray(here.transpose(2, 1, 0))
    there = np.ascontiguousarray(there.transpose(2, 0, 1))
    return from_square(np.matmul(here, there).transpose(1, 2, 0))


def _square(here: Array, there: Array) -> Array:
    """Slopes of x − T(x) as square matrices; `here`: in a country's own wages, `there`: in those of each partner."""
    count, sides = here.shape[:2]
    size = 2 * sides * count
    slopes = np.empty((sides, count, 2, sides, count, 2, here.shape[-1]))
    for country, partners in enumerate(hosts(count)):
        slopes[:, country, :, :, country] = here[country]
        for partner, other in enumerate(partners):
            slopes[:, country, :, :, other] = there[country, partner]
    square = slopes.reshape(size, size, -1)
    square[range(size), range(size)] += 1
    return square


def _react(market: Market, at: MarketState, side: int) -> Array:
    """Slopes of every log wage in the effective labour of one side, (country, side, wage, skill, column).

    The effects go through Λ, through the labour of the same skill and, where natives and migrants are imperfect
    substitutes, through the labour of the same side.
    """
    bill, effective = np.stack([1 - at.skilled, at.skilled], axis=1), at.effective[side]
    if market.nest is None:
        react = (market.scale * bill / effective)[:, None] - SAME * (1 / (market.sigma * effective))[:, None]
        return react[:, None]
    share, stiff = at.share[side] / effective, market.nest.stiffness[:, None]
    react = (market.scale * bill * share)[:, None] + SAME * ((stiff - 1 / market.sigma) * share)[:, None]
    every = np.stack([react, react], axis=1)
    every[:, side] -= SAME * (stiff / effective)[:, None]
    return every
