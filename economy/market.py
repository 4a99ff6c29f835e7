"""The fixed point: wages at which the flows they cause bring about these very wages.

The unknowns are x = ln(w/w⁰), four a column. Put equations 1 to 6 together and capital, output and
productivity drop out:

    x_ik = A ln(h_i/h⁰_i) + B ln(Λ_i/Λ⁰_i) − (1/σ) ln(E_ik/E⁰_ik),
    A = (1 − α + ακ) η,     B = 1/σ − α (1 − κ).

Newton's method with the exact slopes settles nearly every column in three to five steps. The few stubborn
ones are walked there by small implicit time steps that lengthen as they come nearer (pseudo-transient
continuation). Every column starts at the closed border and is frozen at the very step at which *it* has
converged, so its result does not depend on its neighbours. With η above .03 two fixed points can exist; the
one reached from the closed border is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from economy.columns import take, total
from economy.country import Baseline
from economy.labour import aggregate, exponent, log_skill
from economy.migration import Border, choose, workforce
from economy.parameters import Array, Parameters, Real

TOLERANCE = 1e-12
"""Largest step in log wages at which a column counts as settled."""
ENOUGH = 1e-10
"""Where rounding keeps a column above TOLERANCE, this is near enough not to call it stubborn."""
CROWD = 0.3
"""Share of settled columns above which they are moved out of the way; this moves memory, not arithmetic."""
SAME = np.eye(2)[:, :, None]
"""1 where the wage's skill is the mover's."""


@dataclass(frozen=True, slots=True)
class Market:
    """All that stays the same while wages move; columns last."""

    labour: Array
    """(country, skill, column) workers at the closed border."""
    skilled: Array
    """(country, column) share of S in the wage bill at the closed border."""
    log_skill: Array
    """(country, column) ln h⁰."""
    border: Border
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
        labour=base.labour,
        skilled=base.skilled,
        log_skill=base.log_skill,
        border=border,
        rho=exponent(p.sigma),
        sigma=p.sigma,
        learning=(1 - p.alpha + p.alpha * p.kappa) * p.eta,
        scale=1 / p.sigma - p.alpha * (1 - p.kappa),
    )


class Clearing(NamedTuple):
    """Where wages came to rest, and how far from rest they still are."""

    x: Array
    """(country, skill, column) ln(w/w⁰)."""
    residual: Array
    """(column) largest step in x that the wages would still make."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The market read at some wages x; columns last."""

    rest: Array
    """(country, skill, column) T(x) − x: how far these wages are from those that they bring about."""
    effective: Array
    """(country, skill, column) effective labour."""
    residents: Array
    """(country, skill, column) people."""
    skilled: Array
    """(country, column) share of S in the wage bill."""
    supply: Array
    """(origin, skill, column) how the flow grows with ln of the wage abroad over that at home."""
    own_skill: Array
    """(origin, column) share of a U mover's expected pay that is earned as U."""


def clear(market: Market, start: Real = 0.0) -> Clearing:
    """Clear the market; `start` is where x begins, anything that broadcasts to (country, skill, column)."""
    begin = np.broadcast_to(np.asarray(start, dtype=float), market.labour.shape)
    with np.errstate(all="ignore"):
        x, residual = _descend(market, begin, np.inf, 12)
        for pace, steps in ((0.5, 300), (0.02, 3000)):
            stubborn = np.flatnonzero(~(residual <= ENOUGH))
            if not stubborn.size:
                break
            x[..., stubborn], residual[stubborn] = _descend(take(market, stubborn), begin[..., stubborn], pace, steps)
    return Clearing(x, residual)


def _descend(market: Market, x: Array, pace: float, steps: int) -> Clearing:
    """Implicit Euler steps of dx/dt = T(x) − x; with an infinite pace they are Newton's."""
    settled, residual = x.copy(), np.zeros(x.shape[-1])
    live = np.arange(x.shape[-1], dtype=np.intp)
    stride = np.full(live.size, pace)
    reading = _read(x, market)
    error = _largest(reading.rest)
    for _ in range(steps):
        done = error <= TOLERANCE
        if np.count_nonzero(done) >= CROWD * done.size:
            settled[..., live], residual[live] = x, error
            left = np.flatnonzero(~done)
            if not left.size:
                return Clearing(settled, residual)
            market, reading, x = take(market, left), take(reading, left), x.take(left, axis=-1)
            live, done, stride, error = live[left], done[left], stride[left], error[left]
        x = np.where(done, x, x + _step(market, reading, stride, pace))
        reading = _read(x, market)
        before, error = error, _largest(reading.rest)
        stride = np.clip(stride * np.clip(before / error, 0.3, 3), 1e-3, max(1e12, pace))
    settled[..., live], residual[live] = x, error
    return Clearing(settled, residual)


def _step(market: Market, reading: Reading, stride: Array, pace: float) -> Array:
    """The next step (country, skill, column); a walked one is at most one log point long."""
    slopes, rest = _slopes(market, reading), reading.rest
    if pace == np.inf:
        return eliminate(slopes, rest.reshape(4, -1)).reshape(rest.shape)
    slopes[range(4), range(4)] += 1 / stride
    step = eliminate(slopes, rest.reshape(4, -1)).reshape(rest.shape)
    return step * np.minimum(1, 1 / _largest(step))


def _largest(values: Array) -> Array:
    return np.abs(values).max(axis=(0, 1))


def _read(x: Array, market: Market) -> Reading:
    choice = choose(x, market.border)
    force = workforce(market.labour, market.border, choice)
    growth = np.log(force.effective / market.labour)
    index, skilled = aggregate(growth[:, 0], growth[:, 1], market.skilled, market.rho)
    learned = market.learning * (log_skill(force.residents) - market.log_skill)
    rest = (learned + market.scale * index)[:, None] - growth / market.sigma - x
    supply = choice.movers * choice.unwilling / market.border.nu
    return Reading(rest, force.effective, force.residents, skilled, supply, choice.own_skill)


def _slopes(market: Market, at: Reading) -> Array:
    """Slopes of x − T(x), (4, 4, column): rows are the wages x_ik that react, columns the x_jl that change.

    `react` is the slope of ln w_ik in E_il, through Λ and through E_k itself; `bodies` its slope in people of
    skill l, through h. Together they say what one mover does who leaves a country or enters it.
    """
    border = market.border
    bill = np.stack([1 - at.skilled, at.skilled], axis=1)
    react = (market.scale * bill / at.effective)[:, None] - SAME * (1 / (market.sigma * at.effective))[:, None]
    crowd = 1 / total(at.residents, axis=1)
    bodies = market.learning * np.stack([-crowd, 1 / at.residents[:, 1] - crowd], axis=1)[:, None]
    leave = -border.keep * react - bodies
    enter = border.efficiency * react + bodies
    enter[:, :, 0] = (1 - border.trained) * enter[:, :, 0] + border.trained * enter[:, :, 1]
    return _chain(leave * at.supply[:, None], enter * at.supply[::-1, None], at.own_skill)


def _chain(leave: Array, enter: Array, own_skill: Array) -> Array:
    """The slopes in wages from those in flows (country, wage, skill of the mover, column).

    A flow swells with the wages abroad, for U movers those of the skill they expect to work at, and shrinks
    with the wage at home.
    """
    theirs, ours = own_skill[::-1, None], own_skill[:, None]
    slopes = np.empty((2, 2, 2, 2, leave.shape[-1]))
    for i, j in ((0, 1), (1, 0)):
        slopes[i, :, i, 0] = leave[i, :, 0] - enter[i, :, 0] * theirs[i]
        slopes[i, :, i, 1] = leave[i, :, 1] - enter[i, :, 1] - enter[i, :, 0] * (1 - theirs[i])
        slopes[i, :, j, 0] = enter[i, :, 0] - leave[i, :, 0] * ours[i]
        slopes[i, :, j, 1] = enter[i, :, 1] - leave[i, :, 1] - leave[i, :, 0] * (1 - ours[i])
    square = slopes.reshape(4, 4, -1)
    square[range(4), range(4)] += 1
    return square


def eliminate(matrix: Array, right: Array) -> Array:
    """Solve every column's equations: matrix (n, n, column), right side (n, column); the matrix is used up.

    Without pivoting: more labour lowers its own wage, so the diagonal rules.
    """
    answer, size = right.copy(), len(right)
    for pivot in range(size):
        for row in range(pivot + 1, size):
            factor = matrix[row, pivot] / matrix[pivot, pivot]
            matrix[row, pivot + 1 :] -= factor * matrix[pivot, pivot + 1 :]
            answer[row] -= factor * answer[pivot]
    for pivot in reversed(range(size)):
        for known in range(pivot + 1, size):
            answer[pivot] -= matrix[pivot, known] * answer[known]
        answer[pivot] /= matrix[pivot, pivot]
    return answer
