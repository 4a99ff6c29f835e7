"""Replicator dynamics and fictitious play: what happens when players adapt or learn instead of calculating.

**Replicator dynamics** of two populations, one that plays the rows and one that plays the columns (Taylor 1979, J.
Applied Probability 16; Hofbauer and Sigmund 1998, chapter 10): the share of an action grows at the rate at which its
payoff exceeds the population's average,

    x_i' = x_i ((A y)_i - x.A y)        y_j' = y_j ((x B)_j - x.B y).

The unit of time is chosen so that the larger of the two payoff ranges is 1. `games.two_by_two.basins` computes the end
points of 2x2 games without simulating paths.

**Fictitious play** (Brown 1951): each player replies to the average past action of the other. Beliefs converge in every
zero-sum game (Robinson 1951) and, with a fixed rule for ties, in every 2x2 game (Miyasawa 1961), but not in every 3x3
game (Shapley 1964). Nashpy computes it.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.bimatrix import Bimatrix, Matrix
from games.equilibria.enumeration import GameTooLarge, to_integers
from games.equilibria.solve import fictitious_play_counts
from games.errors import input_error

Floats: TypeAlias = NDArray[np.float64]

MOST_ROUNDS = 100_000
"""Largest number of rounds or steps."""
LEAST_NOISE = 0.005
"""Smallest noise above 0; below this the logit probabilities leave the range of floats."""

_EXACT = 2**53
"""Integers up to this size are exact as floats."""


class VectorField(NamedTuple):
    """The vector field of the replicator dynamics on a grid, for a 2x2 game."""

    x: Floats
    """(k,): shares of action 0 among the rows."""
    y: Floats
    """(k,): shares of action 0 among the columns."""
    dx: Floats
    """(k, k) x, y: growth rate dx/dt."""
    dy: Floats
    """(k, k) x, y: growth rate dy/dt."""


class Trajectory(NamedTuple):
    """Mixtures over time: of the rows (steps + 1, m), of the columns (steps + 1, n)."""

    row: Floats
    column: Floats


# ------------------------------------------------------------------------------------------ replicator, any game


def velocity(game: Bimatrix, row: ArrayLike, column: ArrayLike) -> tuple[Floats, Floats]:
    """Return the time derivative of every share in the replicator dynamics.

    Parameters
    ----------
    game
        A game of shape (m, n).
    row
        (..., m): mixtures of the rows, shares from 0 that sum to 1.
    column
        (..., n): mixtures of the columns.

    Returns
    -------
    tuple of arrays
        Derivatives of the row shares (..., m) and of the column shares (..., n).

    Raises
    ------
    InputError
        For shares that are not a mixture.

    References
    ----------
    Taylor 1979, J. Applied Probability 16; Hofbauer and Sigmund 1998, chapter 10.
    """
    A, B = _scaled(game)
    x, y = _mixtures(row, game.shape[0], "row"), _mixtures(column, game.shape[1], "column")
    return _growth(x, y @ A.T), _growth(y, x @ B)


def orbit(game: Bimatrix, row: ArrayLike, column: ArrayLike, duration: float = 50.0, steps: int = 1000) -> Trajectory:
    """Return the path of the replicator dynamics from one pair of mixtures, by the fourth-order Runge-Kutta method.

    The state is the logarithm of the shares, so that shares stay positive and sum to 1 at any step size. An action with
    share 0 keeps share 0.

    Parameters
    ----------
    game
        A game of shape (m, n).
    row
        (m,): first mixture of the rows.
    column
        (n,): first mixture of the columns.
    duration
        Length of the path in the unit of time of this module; finite, at least 0.
    steps
        Number of steps, 1 to 100,000.

    Returns
    -------
    Trajectory
        Mixtures at the start and after each step: (steps + 1, m) and (steps + 1, n).

    Raises
    ------
    InputError
            For shares that are not a mixture, for more than one mixture, and for a duration or a number of steps out of
        range.

    References
    ----------
    Taylor 1979, J. Applied Probability 16; Hofbauer and Sigmund 1998, chapter 10.
    """
    if not 0 <= duration < float("inf"):
        raise input_error("duration", f"{duration} is not a length of time", "write a number such as 50")
    A, B = _scaled(game)
    starts = _mixtures(row, game.shape[0], "row"), _mixtures(column, game.shape[1], "column")
    for start, place in zip(starts, ("row", "column"), strict=True):
        if start.ndim > 1:
            raise input_error(place, "holds more than one mixture", "follow one path at a time")
    step = duration / _counted(steps, "steps")
    with np.errstate(divide="ignore"):
        state = np.log(np.concatenate(starts))
    course = [state]
    for _ in range(steps):
        state = _stepped(state, step, A, B)
        course.append(state)
    row_logs, column_logs = np.split(np.array(course), [len(A)], axis=1)
    return Trajectory(_shares(row_logs), _shares(column_logs))


def _scaled(game: Bimatrix) -> tuple[Floats, Floats]:
    """Return payoffs as floats from 0 in the unit of the larger range; only differences matter."""
    lowest = [min(map(min, matrix)) for matrix in game.payoffs]
    ranges = [max(map(max, matrix)) - low for matrix, low in zip(game.payoffs, lowest, strict=True)]
    unit = max(ranges) or Fraction(1)
    A, B = (
        np.array([[float((x - low) / unit) for x in line] for line in matrix])
        for matrix, low in zip(game.payoffs, lowest, strict=True)
    )
    return A, B


def _growth(shares: Floats, earned: Floats) -> Floats:
    average = (shares * earned).sum(axis=-1, keepdims=True)
    return shares * (earned - average)


def _stepped(state: Floats, step: float, A: Floats, B: Floats) -> Floats:
    def slope(logs: Floats) -> Floats:
        x, y = _shares(logs[: len(A)]), _shares(logs[len(A) :])
        return np.concatenate((A @ y, x @ B))

    first = slope(state)
    second = slope(state + step / 2 * first)
    third = slope(state + step / 2 * second)
    fourth = slope(state + step * third)
    return state + step / 6 * (first + 2 * second + 2 * third + fourth)


def _shares(logs: Floats) -> Floats:
    weights = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def _mixtures(values: ArrayLike, size: int, place: str) -> Floats:
    shares = np.asarray(values, dtype=np.float64)
    if shares.shape[-1:] != (size,) or not (shares >= 0).all() or not np.allclose(shares.sum(axis=-1), 1, atol=1e-9):
        raise input_error(place, "is not a mixture of its actions", f"give {size} shares from 0 that add up to 1")
    return shares


def _counted(number: int, place: str) -> int:
    if not 1 <= number <= MOST_ROUNDS:
        raise input_error(place, f"{number} is outside 1 to {MOST_ROUNDS}", "write a whole number such as 1000")
    return number


# ----------------------------------------------------------------------------------------------- replicator, 2x2


def vector_field(game: Bimatrix, points: int = 21) -> VectorField:
    """Return the vector field on a grid of `points` x `points` that includes the edges.

    Parameters
    ----------
    game
        A 2x2 game.
    points
        Grid points in each direction, 2 to 1000.

    Returns
    -------
    VectorField
        Grid and growth rates.

    Raises
    ------
    InputError
        For a game that is not 2x2, and for a number of points out of range.
    """
    if game.shape != (2, 2):
        rows, columns = game.shape
        raise input_error("game", f"is {rows} x {columns}; a square needs two actions each", "use velocity or orbit")
    if not 2 <= points <= 1000:
        raise input_error("points", f"{points} is outside 2 to 1000", "write a whole number such as 21")
    share = np.linspace(0.0, 1.0, points)
    x, y = np.meshgrid(share, share, indexing="ij")
    rows, columns = velocity(game, np.stack((x, 1 - x), axis=-1), np.stack((y, 1 - y), axis=-1))
    return VectorField(share, share, rows[..., 0], columns[..., 0])


# ------------------------------------------------------------------------------------------------ fictitious play


def fictitious_play(
    game: Bimatrix, generator: np.random.Generator, rounds: int = 1000, noise: float = 0.0
) -> Trajectory:
    """Return the average past play of both players after 1, 2, ... `rounds` rounds of replies to the past.

    The mixture of a player is the belief of the other player about it. The first round and ties are drawn at random.

    Parameters
    ----------
    game
        A game of shape (m, n).
    generator
        Source of all random draws.
    rounds
        Number of rounds, 1 to 100,000.
    noise
            0 for best replies; in [0.005, 1] for logit choices, in which a payoff lower by this share of the player's
        payoff range is e times less likely.

    Returns
    -------
    Trajectory
        Mixtures (rounds, m) and (rounds, n).

    Raises
    ------
    InputError
        For rounds or noise out of range.

    References
    ----------
    Brown 1951; Fudenberg and Levine 1998.
    """
    _counted(rounds, "rounds")
    if noise and not LEAST_NOISE <= noise <= 1:
        raise input_error("noise", f"{noise} is outside [{LEAST_NOISE}, 1]", "write 0 for none, or a share such as 0.1")
    A, B = (_compared(matrix, rounds, exactly=not noise) for matrix in game.payoffs)
    rows, columns = fictitious_play_counts(A, B, rounds, generator, noise)
    so_far = np.arange(1, rounds + 1)[:, None]
    return Trajectory(rows[1:] / so_far, columns[1:] / so_far)


def _compared(matrix: Matrix, rounds: int, *, exactly: bool) -> Floats:
    """Return the payoffs as integers whose sums stay exact, so that ties stay ties; else as shares of their range."""
    lowest, highest = min(map(min, matrix)), max(map(max, matrix))
    with suppress(GameTooLarge):
        integers = to_integers(matrix)
        if exactly and max(map(max, integers)) * rounds < _EXACT:
            return np.array(integers, dtype=np.float64)
    span = highest - lowest or Fraction(1)
    return np.array([[float((x - lowest) / span) for x in row] for row in matrix])
