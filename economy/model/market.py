"""The fixed point: wages at which the flows they cause bring about these very wages.

The unknowns are x = ln(w/w⁰), four a column. Put equations 1 to 6 together and capital, output and
productivity drop out:

    x_ik = A ln(h_i/h⁰_i) + B ln(Λ_i/Λ⁰_i) − (1/σ) ln(E_ik/E⁰_ik),
    A = (1 − α + ακ) η,     B = 1/σ − α (1 − κ).

Where earlier migrants live there are eight: natives (s = 0) and migrants (s = 1) of a skill have wages of
their own, x_iks = x_ik + (1/σ_M) [ln(E_ik/E⁰_ik) − ln(E_iks/E⁰_iks)]. Four or eight is a matter of each column,
not of the batch.

Every column starts at the closed border and descends by the exact slopes given here (economy.model.newton). With η
above .03 two fixed points can exist; the one reached from the closed border is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline
from economy.model.batching import take, total
from economy.model.labour import Nest, aggregate, blend, exponent, log_skill, nest
from economy.model.migration import REACH, Border, Choice, Route, choose, workforce
from economy.model.newton import Rest, settle
from economy.parameters import Array, Parameters, Real

SAME = np.eye(2)[:, :, None]
"""1 where the wage's skill is the mover's."""
NATIVES, MIGRANTS = 0, -1
"""Whose wage: the first and the last side, which are one where natives and migrants are."""


@dataclass(frozen=True, slots=True)
class Market:
    """All that stays the same while wages move; columns last."""

    natives: Array
    """(country, skill, column) workers at the closed border who may move."""
    old: Array
    """(country, skill, column) those who moved earlier."""
    skilled: Array
    """(country, column) share of S in the wage bill at the closed border."""
    log_skill: Array
    """(country, column) ln h⁰."""
    border: Border
    nest: Nest | None
    """None where natives and migrants are one in every column."""
    rho: Real
    """ρ of equation 1."""
    sigma: Real
    """σ of equation 1."""
    learning: Real
    """A: what a larger share of skilled people does to wages."""
    scale: Real
    """B: what a larger labour aggregate does to wages at given E."""


def market(p: Parameters, base: Baseline, border: Border) -> Market:
    """The market of these columns."""
    return Market(
        natives=base.natives,
        old=base.old,
        skilled=base.skilled,
        log_skill=base.log_skill,
        border=border,
        nest=nest(base.stock, p.old_sigma),
        rho=exponent(p.sigma),
        sigma=p.sigma,
        learning=(1 - p.alpha + p.alpha * p.kappa) * p.eta,
        scale=1 / p.sigma - p.alpha * (1 - p.kappa),
    )


class Clearing(NamedTuple):
    """Where wages came to rest, and how far from rest they still are."""

    x: Array
    """(country, skill, column) ln(w/w⁰) of natives."""
    y: Array
    """(country, skill, column) the same of migrants; equal to x where they are one."""
    residual: Array
    """(column) largest step that a log wage would still make."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The market read at some wages; columns last."""

    rest: Array
    """(side, country, skill, column) how far these log wages are from those that they bring about."""
    effective: Array
    """(side, country, skill, column) effective labour."""
    share: Array
    """(side, country, skill, column) in the skill's wage bill."""
    residents: Array
    """(country, skill, column) people."""
    skilled: Array
    """(country, column) share of S in the wage bill."""
    supply: tuple[Array, ...]
    """(origin, skill, column), by route: how the flow grows with ln of the wage abroad over that at home."""
    own_skill: tuple[Array, ...]
    """(origin, column), by route: share of a U mover's expected pay that is earned as U."""


def clear(market: Market, start: Real = 0.0) -> Clearing:
    """Clear the market; `start` is where log wages begin, anything that broadcasts to (country, skill, column)."""
    if market.nest is None:
        (x,), residual = _rest(market, start)
        return Clearing(x, x, residual)
    x, y = np.empty_like(market.natives), np.empty_like(market.natives)
    residual = np.empty(market.natives.shape[-1])
    apart = np.any(market.nest.stock > 0, axis=0)
    for columns, part in ((np.flatnonzero(apart), market), (np.flatnonzero(~apart), replace(market, nest=None))):
        if columns.size:
            wages, residual[columns] = _rest(take(part, columns), start)
            x[..., columns], y[..., columns] = wages[NATIVES], wages[MIGRANTS]
    return Clearing(x, y, residual)


def _rest(market: Market, start: Real) -> Rest:
    """Where the wages of one side or of two come to rest, from (side, country, skill, column)."""
    shape = (1 if market.nest is None else 2, *market.natives.shape)
    return settle(market, np.broadcast_to(np.asarray(start, dtype=float), shape), _read, _slopes)


def _read(x: Array, market: Market) -> Reading:
    choices = choose(x[NATIVES], x[MIGRANTS], market.border)
    force = workforce(market.natives, market.old, market.border, choices)
    mix = blend(market.natives, market.old, force.own, force.migrants, market.nest)
    index, skilled = aggregate(mix.growth[:, 0], mix.growth[:, 1], market.skilled, market.rho)
    learned = market.learning * (log_skill(force.residents) - market.log_skill)
    rest = ((learned + market.scale * index)[:, None] - mix.growth / market.sigma) - x
    if market.nest is not None:
        rest += market.nest.stiffness[:, None] * (mix.growth - mix.sides)
    return Reading(
        rest=rest,
        effective=mix.effective,
        share=mix.share,
        residents=force.residents,
        skilled=skilled,
        supply=tuple(_supply(choice, market.border.nu) for choice in choices),
        own_skill=tuple(choice.own_skill for choice in choices),
    )


def _supply(choice: Choice, nu: Real) -> Array:
    """How a flow grows with ln of the wage abroad over that at home; not at all where the odds are held."""
    supply = choice.movers * choice.unwilling / nu
    if choice.urge.max(initial=0.0) >= REACH or choice.urge.min(initial=0.0) <= -REACH:
        supply[np.abs(choice.urge) >= REACH] = 0.0
    return supply


def _slopes(market: Market, at: Reading) -> Array:
    """Slopes of x − T(x), (n, n, column): rows are the wages that react, columns the wages that change.

    Both are in the order (side, country, skill). Whoever leaves makes the natives of a country scarcer, whoever
    enters its migrants more plentiful: `leave` and `enter` say what one of them does to every wage there. A flow
    swells with the migrants' wages abroad and shrinks with the natives' at home.
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
    """What a flow does to wages, by the skill of the wage abroad that it minds: (side, country, wage, skill, column).

    That is its own; U movers under a skill partnership mind that of S as well.
    """
    if not route.trains:
        return flow
    kept = own_skill[:, None]
    return np.stack([flow[..., 0, :] * kept, flow[..., 1, :] + flow[..., 0, :] * (1 - kept)], axis=-2)


def _square(here: Array, there: Array) -> Array:
    """The slopes of x − T(x) from those in a country's own wages and in the other's."""
    size = 4 * len(here)
    slopes = np.empty((*here.shape[:3], here.shape[3], 2, *here.shape[4:]))
    for country in (0, 1):
        slopes[:, country, :, :, country] = here[:, country]
        slopes[:, country, :, :, 1 - country] = there[:, country]
    square = slopes.reshape(size, size, -1)
    square[range(size), range(size)] += 1
    return square


def _react(market: Market, at: Reading, side: int) -> Array:
    """Slopes of every log wage in a side's effective labour: (side, country, wage, skill, column).

    Through Λ, through the skill's own labour, and, where natives and migrants differ, through the side's own.
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
