"""Market equilibrium: the fixed point of wages and the migration flows that depend on them.

The unknowns are x = ln(w/w⁰), four for each column. Equations 1 to 6 together give an equation without capital, output
and productivity:

    x_ik = A ln(h_i/h⁰_i) + B ln(Λ_i/Λ⁰_i) − (1/σ) ln(E_ik/E⁰_ik),
    A = (1 − α + ακ) η,     B = 1/σ − α (1 − κ).

With earlier migrants there are eight unknowns: natives (s = 0) and migrants (s = 1) of a skill have different wages,
x_iks = x_ik + (1/σ_M) [ln(E_ik/E⁰_ik) − ln(E_iks/E⁰_iks)]. Whether a column has four or eight unknowns depends on that
column alone, not on the batch.

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
from economy.model.migration import REACH, Border, Route, RouteChoice, choose, workforce
from economy.model.newton import FixedPoint, solve_fixed_point
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


def market(p: Parameters, base: Baseline, border: Border) -> Market:
    """Collect the constants of the market of these columns.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    border
        Border of the same columns.

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
    supply: tuple[Array, ...]
    """(origin, skill, column), one for each route: slope of the flow in ln of the wage abroad over the wage at home."""
    own_skill: tuple[Array, ...]
    """(origin, column), one for each route: share of a U mover's expected pay that is earned as U."""


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
    if market.nest is None:
        (x,), residual = _rest(market, start)
        return Clearing(x, x, residual)
    x, y = np.empty_like(market.natives), np.empty_like(market.natives)
    residual = np.empty(market.natives.shape[-1])
    apart = np.any(market.nest.stock > 0, axis=0)
    for columns, part in ((np.flatnonzero(apart), market), (np.flatnonzero(~apart), replace(market, nest=None))):
        if columns.size:
            wages, residual[columns] = _rest(take_columns(part, columns), start)
            x[..., columns], y[..., columns] = wages[NATIVES], wages[MIGRANTS]
    return Clearing(x, y, residual)


def _rest(market: Market, start: Real) -> FixedPoint:
    """Solve for the wages of one side or of two sides, x (side, country, skill, column)."""
    shape = (1 if market.nest is None else 2, *market.natives.shape)
    return solve_fixed_point(market, np.broadcast_to(np.asarray(start, dtype=float), shape), _read, _slopes)


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
        supply=tuple(_supply(choice, market.border.nu) for choice in choices),
        own_skill=tuple(choice.own_skill for choice in choices),
    )


def _supply(choice: RouteChoice, nu: Real) -> Array:
    """Slope of a flow in ln of the wage abroad over the wage at home; 0 where the log odds are at the limit ±REACH."""
    supply = choice.movers * choice.unwilling / nu
    if choice.urge.max(initial=0.0) >= REACH or choice.urge.min(initial=0.0) <= -REACH:
        supply[np.abs(choice.urge) >= REACH] = 0.0
    return supply


def _slopes(market: Market, at: MarketState) -> Array:
    """Slopes of x − T(x), (n, n, column): rows are the wages that react, columns the wages that change.

    Both are in the order (side, country, skill). A person who leaves lowers the number of natives of a country, a
    person who arrives raises the number of its migrants. `leave` and `enter` are the effects of one such person on
    every wage of the country. A flow rises with the migrants' wages abroad and falls with the natives' wages at home.
    """
    border, sides = market.border, len(at.rest)
    here, there = np.zeros((2, sides, 2, 2, sides, *at.rest.shape[-2:]))
    crowd = 1 / total(at.residents, axis=1)
    bodies = market.learning * np.stack([-crowd, 1 / at.residents[:, 1] - crowd], axis=1)[:, None]
    react = [_react(market, at, side) for side in range(sides)]
    leave = -border.keep * react[NATIVES] - bodies
    for route, supply, own_skill in zip(border.routes, at.supply, at.own_skill, strict=True):
        enter = route.efficiency * react[MIGRANTS] + bodies
        if route.trains:
            enter[..., 0, :] = (1 - route.trained) * enter[..., 0, :] + route.trained * enter[..., 1, :]
        gone, come = leave * supply[:, None], enter * supply[::-1, None]
        here[:, :, :, NATIVES] += gone
        there[:, :, :, NATIVES] += come
        here[:, :, :, MIGRANTS] -= _minded(come, own_skill[::-1], route)
        there[:, :, :, MIGRANTS] -= _minded(gone, own_skill, route)
    return _square(here, there)


def _minded(flow: Array, own_skill: Array, route: Route) -> Array:
    """Effect of a flow on wages by the skill of the wage abroad on which the flow depends.

    Shape (side, country, wage, skill, column). A flow depends on the wage of its own skill; the flow of U movers under
    a skill partnership depends on the wage of S as well.
    """
    if not route.trains:
        return flow
    kept = own_skill[:, None]
    return np.stack([flow[..., 0, :] * kept, flow[..., 1, :] + flow[..., 0, :] * (1 - kept)], axis=-2)


def _square(here: Array, there: Array) -> Array:
    """Slopes of x − T(x) as square matrices; `here`: in a country's own wages, `there`: in the other's."""
    size = 4 * len(here)
    slopes = np.empty((*here.shape[:3], here.shape[3], 2, *here.shape[4:]))
    for country in (0, 1):
        slopes[:, country, :, :, country] = here[:, country]
        slopes[:, country, :, :, 1 - country] = there[:, country]
    square = slopes.reshape(size, size, -1)
    square[range(size), range(size)] += 1
    return square


def _react(market: Market, at: MarketState, side: int) -> Array:
    """Slopes of every log wage in the effective labour of one side, (side, country, wage, skill, column).

    The effects go through Λ, through the labour of the same skill and, where natives and migrants are imperfect
    substitutes, through the labour of the same side.
    """
    bill, effective = np.stack([1 - at.skilled, at.skilled], axis=1), at.effective[side]
    if market.nest is None:
        react = (market.scale * bill / effective)[:, None] - SAME * (1 / (market.sigma * effective))[:, None]
        return react[None]
    share, stiff = at.share[side] / effective, market.nest.stiffness[:, None]
    react = (market.scale * bill * share)[:, None] + SAME * ((stiff - 1 / market.sigma) * share)[:, None]
    every = np.stack([react, react])
    every[side] -= SAME * (stiff / effective)[:, None]
    return every
