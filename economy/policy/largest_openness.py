"""How far two countries can open before one of them would rather not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from economy.model.batching import flat, take
from economy.model.payoffs import TIE, Stakes, solve
from economy.parameters import Array, Parameters
from games.two_by_two.batch import differences

LEVELS = np.linspace(0.01, 1.0, 100)
AT_ONCE = 20_000
"""Economies solved between two clean-ups: about 10 kB each."""
CONDITIONS = (("host", "gains"), ("origin", "gains"), ("host", "stays"), ("origin", "stays"))
"""What an opening of both must meet to hold by itself: neither side is below the status quo, and neither gains by
closing alone. The first two are enough where a treaty binds."""
BINDING = np.array([condition == "gains" for _, condition in CONDITIONS])
"""(condition) which of the conditions count where a treaty binds."""


@dataclass(frozen=True, slots=True)
class Openness:
    """How open a pair of countries can be, for a batch of shape B."""

    level: Array
    """(*B) largest openness that is self-enforcing and leaves neither below the status quo; 0 if none is."""
    gain: Array
    """(*B) gross gain of world GDP there, share of the baseline; 0 without an agreement."""
    rational: Array
    """(*B) largest openness at which neither is below the status quo, promises being kept; 0 if none is."""
    full: Array
    """(*B) gross gain of world GDP at the highest level of the grid."""
    feasible: NDArray[np.bool_]
    """(*B, level) where an agreement is self-enforcing and individually rational."""
    grid: Array
    """(level) the levels of openness that were tried, rising."""


def largest_openness(parameters: Parameters, grid: Array | None = None) -> Openness:
    """Search all levels of openness, rising in `grid`, for the largest agreement that holds by itself.

    All of them, never by halving: the feasible set is no interval. Tiny deals fail on their fixed cost, and
    with strong loss aversion and a weak externality only near-full opening passes.
    """
    levels = LEVELS if grid is None else np.asarray(grid, dtype=float)
    p, shape, count = flat(parameters)
    rational, feasible = (np.empty((count, levels.size), dtype=bool) for _ in range(2))
    gains = np.empty((count, levels.size))
    stride = max(1, AT_ONCE // levels.size)
    for first in range(0, count, stride):
        some = slice(first, min(first + stride, count))
        rational[some], feasible[some], gains[some] = _tried(take(p, some), some.stop - first, levels)
    level, reached = _largest(feasible, levels)
    at_level = np.take_along_axis(gains, reached[:, None], axis=-1)[:, 0]
    return Openness(
        level=level.reshape(shape),
        gain=np.where(level > 0, at_level, 0.0).reshape(shape),
        rational=_largest(rational, levels)[0].reshape(shape),
        full=gains[:, -1].reshape(shape),
        feasible=feasible.reshape((*shape, levels.size)),
        grid=levels,
    )


def upright(parameters: Parameters) -> Parameters:
    """The same economies with an axis after the batch, along which levels can be tried on each of them."""
    columns = {name: np.asarray(value) for name, value in parameters.items().items()}
    return Parameters(**{name: value[..., None] if value.ndim else value for name, value in columns.items()})


def _tried(p: Parameters, count: int, levels: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Array]:
    """(economy, level): neither loses, it enforces itself as well, and the world's gain."""
    stakes = solve(upright(p).replace(openness=np.broadcast_to(levels, (count, levels.size))))
    room = margins(stakes)
    return met(room[..., :2]), met(room), stakes.gdp_gain[..., 0, 0]


def margins(stakes: Stakes) -> Array:
    """(*B, condition) by how much each of `CONDITIONS` holds when both open, % of that country's GDP.

    0 for a tie: a difference below `economy.model.payoffs.TIE` of the player's payoff range, as in the derived game.
    """
    host, origin = np.moveaxis(stakes.payoffs, -3, 0)
    both, neither = (0, 0), (1, 1)
    against = ((host, neither), (origin, neither), (host, (1, 0)), (origin, (0, 1)))
    return np.stack([differences(payoffs, both, cell, TIE) for payoffs, cell in against], axis=-1)


def met(room: Array) -> NDArray[np.bool_]:
    """Whether all conditions on the last axis hold; a tie holds."""
    return np.asarray(room.min(axis=-1) >= 0)


def self_enforcing(stakes: Stakes) -> NDArray[np.bool_]:
    """(*B) whether neither country gains by closing alone when both are open: (L,L) is an equilibrium."""
    return met(margins(stakes)[..., ~BINDING])


def both_gain(stakes: Stakes) -> NDArray[np.bool_]:
    """(*B) whether both governments are better off when both are open than when neither is; a tie is no gain."""
    return np.asarray(margins(stakes)[..., BINDING].min(axis=-1) > 0)


def _largest(holds: NDArray[np.bool_], levels: Array) -> tuple[Array, NDArray[np.intp]]:
    """The highest level that holds, 0 where none does, and its number."""
    last = levels.size - 1 - np.argmax(holds[:, ::-1], axis=-1)
    return np.where(holds.any(axis=-1), levels[last], 0.0), last
