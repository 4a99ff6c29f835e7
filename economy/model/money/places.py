"""Places as people: today's flows, and the openness at which a given number of people comes.

In the status quo each country admits today's share of the willing, unmanaged. Where the ceiling is people, a country
that does not liberalise keeps admitting today's number, and one that does admits today's number times 1 + expansion. A
number is a ceiling: min(places, willing) come. The number of willing people depends on wages, and wages on the number
who come, so the share is solved for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from economy.model.baseline import Baseline
from economy.model.batching import take_columns
from economy.model.market import clear_market, market
from economy.model.migration import Admission, border, choose
from economy.model.pairs import by_direction, opposite, sum_skills
from economy.parameters import Array, Parameters, Real

CLOSE = 1e-12
"""Relative tolerance of the number of people."""
TRIES = 100
"""Most iterations of the search."""
STEEP = (0.05, 2.0)
"""Limits of the elasticity of the number of people in the openness that the search uses."""
FARTHEST = 30.0
"""Longest step of the search, in logs of the share admitted."""


def share_today(p: Parameters, like: Array) -> Array:
    """(origin, partner, column) today's share of the willing, of the shape of `like`."""
    return by_direction(p.today, p.today_origin, like)


def status_quo_admission(p: Parameters, opens: Array) -> Admission:
    """Shares admitted where the ceiling is a share: `openness` by a country that liberalises, today's share otherwise.

    `opens` is (country, partner, column). The terms of a managed corridor reach everybody.
    """
    back = p.openness if np.ndim(p.openness) > 1 else np.minimum(p.openness * p.openness_origin, 1.0)
    level = by_direction(p.openness, back, opens)
    return Admission(np.where(opposite(opens) > 0, level, share_today(p, opens)), np.ones(opens.shape))


def people_are_the_ceiling(p: Parameters, count: int) -> NDArray[np.bool_]:
    """(column) whether people are the ceiling between two countries; `count` is the number of columns."""
    return ceilings_of_people(p, np.zeros((2, 1, count)))[0, 0]


def ceilings_of_people(p: Parameters, like: Array) -> NDArray[np.bool_]:
    """(origin, partner, column) whether people are the ceiling between two countries, in both directions alike.

    They are where the convention says so and somebody moves between the two today. `like` has the shape of the result.
    """
    today = share_today(p, like)
    moves = (today > 0) | (opposite(today) > 0)
    return moves & (p.conventions.ceiling == "people")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Columns in which people are the ceiling."""

    p: Parameters
    """Parameters of the columns."""
    base: Baseline
    """Baseline of the columns."""
    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    most: Array
    """(origin, partner, column) people who may come at most; infinite where the ceiling is a share."""
    reach: Array
    """(origin, partner, column) share of the movers whom the terms of a managed corridor reach."""


class PlacesFilled(NamedTuple):
    """Shares admitted at which the places are filled."""

    admission: Admission
    """The shares, and whom the terms of a treaty reach."""
    x: Array
    """(country, skill, column) log wage changes at these shares."""


def people_today(p: Parameters, base: Baseline, start: Real) -> tuple[Array, Array]:
    """People who move with papers in the status quo, and the log wage changes.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    start
        Log wage changes at which the solver starts.

    Returns
    -------
    tuple[Array, Array]
        (origin, partner, column) people, in the unit of the labour force; (country, skill, column) ln(w/w⁰).
    """
    count, columns = base.product.shape
    closed = np.zeros((count, count - 1, columns))
    return _movers(p, base, closed, status_quo_admission(p, closed), start)


def places_admission(p: Parameters, base: Baseline, opens: Array, people: Array, start: Real) -> PlacesFilled:
    """Solve the shares admitted where people are the ceiling; between other countries they follow from the openings.

    Parameters
    ----------
    p
        Flat parameters.
    base
        Baseline of the same columns.
    opens
        (country, partner, column) 1 where the country opens to the partner, else 0.
    people
        (origin, partner, column) people who move today with papers.
    start
        Log wage changes at which the solver starts.

    Returns
    -------
    PlacesFilled
        Shares admitted, and wages. With s = 1 − (1 − covered)/(1 + expansion), s of the movers have the terms of the
        treaty.
    """
    more = 1 + np.broadcast_to(np.asarray(p.expansion, dtype=float), opens.shape)
    most = people * np.where(opposite(opens) > 0, more, 1.0)
    first = np.where(most > 0, np.minimum(share_today(p, opens) * more, 1.0), 0.0)
    reach = 1 - (1 - p.covered) / more
    bound = ceilings_of_people(p, opens)
    if not bound.all():
        plain = status_quo_admission(p, opens)
        most, first, reach = (
            np.where(bound, values, others)
            for values, others in ((most, np.inf), (first, plain.level), (reach, plain.reach))
        )
    levels, x = solve_levels(Ceiling(p, base, opens, most, reach), first, start)
    return PlacesFilled(Admission(levels, reach), x)


def solve_levels(ceiling: Ceiling, levels: Array, start: Real) -> tuple[Array, Array]:
    """Search the shares of the willing at which min(places, willing) come, by secant steps in logs.

    A column is frozen when it has converged, so that its shares do not depend on the other columns. Each iteration
    starts at the wages of the one before.

    Parameters
    ----------
    ceiling
        The columns and the numbers of people.
    levels
        (origin, partner, column) shares at which the search starts; 0 where nobody may come.
    start
        Log wage changes at which the solver starts.

    Returns
    -------
    tuple[Array, Array]
        (origin, partner, column) shares of the willing U; 1 where there are more places than willing people. And
        (country, skill, column) the log wage changes at these shares.
    """
    levels, wages = levels.copy(), np.zeros_like(ceiling.base.wages)
    live = np.arange(levels.shape[-1], dtype=np.intp)
    before: tuple[Array, Array] | None = None
    begin = start
    slope = np.ones_like(levels)
    for _ in range(TRIES):
        level = levels[..., live]
        found, x = _movers(ceiling.p, ceiling.base, ceiling.opens, Admission(level, ceiling.reach), begin)
        wages[..., live] = x
        missed = np.where(level < 1, np.abs(found - ceiling.most), found - ceiling.most)
        off = (missed > CLOSE * ceiling.most).any(axis=(0, 1))
        if not off.any():
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log(level), np.log(found)
            if before is not None:
                steep = (logs[1] - before[1]) / (logs[0] - before[0])
                slope = np.where(np.isfinite(steep), np.clip(steep, *STEEP), slope)
            step = np.clip((np.log(ceiling.most) - logs[1]) / slope, -FARTHEST, FARTHEST)
        moved = np.minimum(1.0, np.where(ceiling.most > 0, level * np.exp(np.where(found > 0, step, 0.0)), 0.0))
        moved = np.where(ceiling.most < np.inf, moved, level)
        live, slope = live[off], slope[..., off]
        levels[..., live] = moved[..., off]
        before, begin = (logs[0][..., off], logs[1][..., off]), x[..., off]
        ceiling = take_columns(ceiling, np.flatnonzero(off))
    return levels, wages


def _movers(p: Parameters, base: Baseline, opens: Array, admission: Admission, start: Real) -> tuple[Array, Array]:
    """(origin, partner, column) people who move with papers, and the log wage changes at the fixed point."""
    edge = border(p, base, opens, admission=admission)
    clearing = clear_market(market(p, base, edge), start)
    return sum_skills(choose(clearing.x, clearing.y, edge)[0].movers), clearing.x
