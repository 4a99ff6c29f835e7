"""The largest openness at which an agreement between two countries holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from economy.model.batching import flatten_batch, take_columns
from economy.model.payoffs import TIE, Stakes, solve_bilateral
from economy.parameters import Array, Parameters
from games.two_by_two.batch import payoff_differences

LEVELS = np.linspace(0.01, 1.0, 100)
"""Levels of openness that are tried by default."""
AT_ONCE = 20_000
"""Number of economies solved at a time; each takes about 10 kB."""
CONDITIONS = (("host", "gains"), ("origin", "gains"), ("host", "stays"), ("origin", "stays"))
"""Conditions (country, kind) for a mutual opening to hold by itself.

"gains": the country is not below the status quo. "stays": the country does not gain by closing alone. In a binding
treaty the "gains" conditions are enough.
"""
BINDING = np.array([condition == "gains" for _, condition in CONDITIONS])
"""(condition) True for the conditions that count in a binding treaty."""


@dataclass(frozen=True, slots=True)
class Openness:
    """Result of `largest_openness`, for a batch of shape B."""

    level: Array
    """(*B) largest openness that is self-enforcing and leaves neither country below the status quo; 0 if there is
    none."""
    gain: Array
    """(*B) gross gain of world GDP at `level`, share of the baseline; 0 without an agreement."""
    rational: Array
    """(*B) largest openness at which neither country is below the status quo, with a binding treaty; 0 if there is
    none."""
    full: Array
    """(*B) gross gain of world GDP at the last level of the grid, share of the baseline."""
    feasible: NDArray[np.bool_]
    """(*B, level) whether an agreement is self-enforcing and individually rational."""
    grid: Array
    """(level) levels of openness that were tried, rising."""


def largest_openness(parameters: Parameters, grid: Array | None = None) -> Openness:
    """Search the largest openness at which a mutual opening holds by itself.

    Every level of the grid is tried; there is no bisection, because the feasible set is not an interval. Small
    agreements fail on their fixed cost. With strong loss aversion and a weak externality, only almost full opening
    holds.

    Parameters
    ----------
    parameters
        One economy, or a batch of shape B. `openness` is not read.
    grid
        (level) levels of openness from 0 to 1, rising. None: .01 to 1 in steps of .01.

    Returns
    -------
    Openness
        Largest levels, gains and feasible levels.

    Raises
    ------
    InputError
        A parameter or a level is outside its limits.
    """
    levels = LEVELS if grid is None else np.asarray(grid, dtype=float)
    p, shape, count = flatten_batch(parameters)
    rational, feasible = (np.empty((count, levels.size), dtype=bool) for _ in range(2))
    gains = np.empty((count, levels.size))
    stride = max(1, AT_ONCE // levels.size)
    for first in range(0, count, stride):
        some = slice(first, min(first + stride, count))
        rational[some], feasible[some], gains[some] = _tried(take_columns(p, some), some.stop - first, levels)
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


def add_level_axis(parameters: Parameters) -> Parameters:
    """Add a last axis of length 1 to all arrays, so that levels of a parameter can be tried on each economy."""
    arrays = {name: np.asarray(value) for name, value in parameters.items().items() if np.ndim(value)}
    return parameters.replace(**{name: value[..., None] for name, value in arrays.items()})


def _tried(p: Parameters, count: int, levels: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Array]:
    """(economy, level): neither country loses; self-enforcing as well; gross gain of world GDP."""
    stakes = solve_bilateral(add_level_axis(p).replace(openness=np.broadcast_to(levels, (count, levels.size))))
    room = agreement_margins(stakes)
    return conditions_hold(room[..., :2]), conditions_hold(room), stakes.gdp_gain[..., 0, 0]


def agreement_margins(stakes: Stakes) -> Array:
    """Margin of each condition of CONDITIONS when both countries open.

    Parameters
    ----------
    stakes
        Results of shape B.

    Returns
    -------
    Array
        (*B, condition) payoff of (L,L) less payoff of the alternative, % of the country's GDP; negative where the
        condition fails. 0 for a tie: a difference below `economy.model.payoffs.TIE` of the player's payoff range, as in
        the derived game.
    """
    host, origin = np.moveaxis(stakes.payoffs, -3, 0)
    both, neither = (0, 0), (1, 1)
    against = ((host, neither), (origin, neither), (host, (1, 0)), (origin, (0, 1)))
    return np.stack([payoff_differences(payoffs, both, cell, TIE) for payoffs, cell in against], axis=-1)


def conditions_hold(room: Array) -> NDArray[np.bool_]:
    """Whether all conditions on the last axis hold; a tie holds."""
    return np.asarray(room.min(axis=-1) >= 0)


def self_enforcing(stakes: Stakes) -> NDArray[np.bool_]:
    """(*B) whether neither country gains by closing alone when both are open, that is (L,L) is an equilibrium."""
    return conditions_hold(agreement_margins(stakes)[..., ~BINDING])


def both_gain(stakes: Stakes) -> NDArray[np.bool_]:
    """(*B) whether both governments gain when both countries open, against the status quo; a tie is no gain."""
    return np.asarray(agreement_margins(stakes)[..., BINDING].min(axis=-1) > 0)


def _largest(holds: NDArray[np.bool_], levels: Array) -> tuple[Array, NDArray[np.intp]]:
    """The highest level that holds, 0 where none does, and its index."""
    last = levels.size - 1 - np.argmax(holds[:, ::-1], axis=-1)
    return np.where(holds.any(axis=-1), levels[last], 0.0), last
