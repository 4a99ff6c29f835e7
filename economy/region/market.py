"""Market equilibrium of N countries: the fixed point of wages and the migration flows that depend on them.

As in the bilateral model, capital, output and productivity are eliminated; 2N unknowns x = ln(w/w⁰) remain. In the
slopes home counts as one more host: of the workers from i, S_in is the share that chooses host n and S_ii the share
that stays. A higher wage in n takes workers from every other choice in proportion to S_in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.baseline import Baseline
from economy.model.batching import total
from economy.model.labour import aggregate, exponent, log_skill
from economy.model.newton import FixedPoint, solve_fixed_point
from economy.parameters import Array, Parameters, Real
from economy.region.migration import RegionBorder, choose_hosts, region_workforce, sum_skills


@dataclass(frozen=True, slots=True)
class RegionMarket:
    """Quantities that do not change while wages change; columns last."""

    labour: Array
    """(country, skill, column) workers at the closed border."""
    skilled: Array
    """(country, column) share of S in the wage bill at the closed border."""
    log_skill: Array
    """(country, column) ln h⁰."""
    border: RegionBorder
    """Borders of the columns."""
    rho: Real
    """ρ of equation 1."""
    sigma: Real
    """σ of equation 1."""
    learning: Real
    """A: effect of the log share of skilled people on log wages."""
    scale: Real
    """B: effect of the log labour aggregate on log wages at given E."""


@dataclass(frozen=True, slots=True)
class RegionMarketState:
    """Labour, people and flows at given wages x; columns last."""

    rest: Array
    """(country, skill, column) T(x) − x: the log wages that result from the flows less the log wages x."""
    effective: Array
    """(country, skill, column) effective labour."""
    residents: Array
    """(country, skill, column) people."""
    skilled: Array
    """(country, column) share of S in the wage bill."""
    chosen: Array
    """(origin, host, skill, column) share that chooses the host."""
    unwilling: Array
    """(origin, skill, column) share that chooses home."""
    movers: Array
    """(origin, host, skill, column) people who move."""
    own_skill: Array
    """(origin, host, column) share of a U mover's expected pay that is earned as U."""
    capped: NDArray[np.bool_]
    """(origin, host, skill, column) whether the log odds are at the limit ±REACH."""


def region_market(p: Parameters, base: Baseline, border: RegionBorder) -> RegionMarket:
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
        The constants that `clear_region_market` reads.
    """
    return RegionMarket(
        labour=base.labour,
        skilled=base.skilled,
        log_skill=base.log_skill,
        border=border,
        rho=exponent(p.sigma),
        sigma=p.sigma,
        learning=(1 - p.alpha + p.alpha * p.kappa) * p.eta,
        scale=1 / p.sigma - p.alpha * (1 - p.kappa),
    )


def clear_region_market(market: RegionMarket, start: Array) -> FixedPoint:
    """Find the fixed point of the market; the solver starts at x = `start`, (country, skill, column)."""
    return solve_fixed_point(market, start, _read, _slopes)


def _read(x: Array, market: RegionMarket) -> RegionMarketState:
    choice = choose_hosts(x, market.labour, market.border)
    force = region_workforce(market.labour, market.border, choice)
    effective = force.effective
    growth = np.log(effective / market.labour)
    index, skilled = aggregate(growth[:, 0], growth[:, 1], market.skilled, market.rho)
    learned = market.learning * (log_skill(force.residents) - market.log_skill)
    rest = (learned + market.scale * index)[:, None] - growth / market.sigma - x
    return RegionMarketState(
        rest=rest,
        effective=effective,
        residents=force.residents,
        skilled=skilled,
        chosen=choice.chosen,
        unwilling=choice.unwilling,
        movers=choice.movers,
        own_skill=choice.own_skill,
        capped=choice.capped,
    )


def _slopes(market: RegionMarket, at: RegionMarketState) -> Array:
    """Slopes of x − T(x), (2N, 2N, column): rows are the wages x_jk that react, columns the wages x_nm that change."""
    border, count = market.border, len(at.effective)
    work = _replies(at, border, border.efficiency, border.keep)
    bill = np.stack([1 - at.skilled, at.skilled], axis=1)
    slopes = np.empty((count, 2, count, 2, at.effective.shape[-1]))
    for wage in (0, 1):
        react = market.scale * bill / at.effective
        react[:, wage] -= 1 / (market.sigma * at.effective[:, wage])
        slopes[:, wage] = -sum_skills(react[:, None, :, None] * work)
    if np.any(market.learning > 0):
        people = _replies(at, border, 1.0, 1.0)
        crowd = 1 / total(at.residents, axis=1)
        bodies = market.learning * np.stack([-crowd, 1 / at.residents[:, 1] - crowd], axis=1)
        slopes -= sum_skills(bodies[:, None, :, None] * people)[:, None]
    square = slopes.reshape(2 * count, 2 * count, -1)
    square[range(2 * count), range(2 * count)] += 1
    return square


class MoverKind(NamedTuple):
    """Movers who left with one skill, work at one skill and react to the wage of one skill."""

    mover: int
    """Skill with which they leave: 0 for U, 1 for S."""
    worked: int
    """Skill at which they work abroad."""
    looked: int
    """Skill of the wage to which they react."""
    brought: Array
    """(origin, host, column) work or people that one mover brings to the host."""
    worth: Array
    """(origin, host, column) share of this wage in their expected pay; on the diagonal, of the wage at home."""


def _replies(at: RegionMarketState, border: RegionBorder, units: Real, lost: Real) -> Array:
    """Slopes of the work, or the number of people, in j in the log wage of n: (j, n, worked, looked, column).

    A mover brings `units` (origin, host, skill, column) to the host and takes `lost` from home.
    """
    count = len(at.effective)
    replies = np.zeros((count, count, 2, 2, at.effective.shape[-1]))
    for way in _ways(at, border, np.broadcast_to(units, at.movers.shape)):
        reply = replies[:, :, way.worked, way.looked]
        reply += _came(way, at)
        if way.worked == way.mover:
            reply -= lost * _left(way, at)
    return replies / border.nu


def _ways(at: RegionMarketState, border: RegionBorder, units: Array) -> Iterator[MoverKind]:
    """The kinds of movers. Without a skill partnership all work at their own skill and react to its wage alone."""
    moved = (~at.capped).astype(float)
    yield MoverKind(1, 1, 1, units[:, :, 1], moved[:, :, 1])
    if not np.any(border.trained > 0):
        yield MoverKind(0, 0, 0, units[:, :, 0], moved[:, :, 0])
        return
    for looked, share in enumerate((at.own_skill, 1 - at.own_skill)):
        worth = moved[:, :, 0] * share
        yield MoverKind(0, 0, looked, (1 - border.trained) * units[:, :, 0], worth)
        yield MoverKind(0, 1, looked, border.trained * units[:, :, 1], worth)


def _came(way: MoverKind, at: RegionMarketState) -> Array:
    """(j, n, column) slope of the arrivals in j in the log wage of n: δ_jn Σ_i b_ij − Σ_i b_ij S_in.

    Log odds at ±REACH do not change with wages: the flow to such a host has slope 0.
    """
    home, brought = range(len(at.movers)), at.movers[:, :, way.mover] * way.brought
    share, capped = at.chosen[:, :, way.mover], at.capped[:, :, way.mover]
    drawn = share * way.worth
    drawn[home, home] = way.worth[home, home] * (at.unwilling[:, way.mover] + total(share * capped, axis=1))
    reply = -_crossed(brought, drawn)
    reply[home, home] += total(brought * way.worth)
    if way.looked == way.mover:
        reply += (brought * capped).swapaxes(0, 1)
    return reply


def _crossed(brought: Array, drawn: Array) -> Array:
    """(j, n, column) Σ_i b_ij d_in: one matrix product for each column."""
    left, right = np.ascontiguousarray(brought.transpose(2, 1, 0)), np.ascontiguousarray(drawn.transpose(2, 0, 1))
    return np.ascontiguousarray(np.matmul(left, right).transpose(1, 2, 0))


def _left(way: MoverKind, at: RegionMarketState) -> Array:
    """(i, n, column) slope of the departures from i in the log wage of n: M_in − out_i S_in.

    On the diagonal this is written as M_in S_ii, without a difference.
    """
    home, movers = range(len(at.movers)), at.movers[:, :, way.mover]
    drawn = movers * way.worth
    drawn[home, home] = -way.worth[home, home] * total(movers * ~at.capped[:, :, way.mover], axis=1)
    return drawn * at.unwilling[:, None, way.mover]
