"""Nobody calculates, everybody learns: what happens when whatever does well spreads?

**Replicator dynamics** of two populations, one that plays the rows and one that plays the columns (Taylor 1979,
J. Applied Probability 16; Hofbauer and Sigmund 1998, chapter 10): the share of an action grows at the
rate at which its payoff exceeds the population's average,

    x_i' = x_i ((A y)_i - x.A y)        y_j' = y_j ((x B)_j - x.B y).

Time is measured in the unit in which the larger of the two payoff ranges is 1. Where the paths of a 2x2 game end is
told without following any, by `games.two_by_two.basins`.

**Fictitious play** (Brown 1951): everybody replies to what the other has done on average so far. Beliefs settle in
every zero-sum game (Robinson 1951) and, ties broken one way, in every 2x2 game (Miyasawa 1961), but not in every 3x3
game (Shapley 1964). Nashpy plays it.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.bimatrix import Bimatrix, Matrix
from games.equilibria.enumeration import TooLarge, whole
from games.equilibria.solve import counted_play
from games.errors import refuse

Floats: TypeAlias = NDArray[np.float64]

MOST_ROUNDS = 100_000
LEAST_NOISE = 0.005
"""Below this the logit chances would leave the range of floats."""

_EXACT = 2**53


class Field(NamedTuple):
    """The replicator's arrows on a grid of a 2x2 game, ready to be drawn."""

    x: Floats
    """(k,): shares of action 0 among the rows."""
    y: Floats
    """(k,): shares of action 0 among the columns."""
    dx: Floats
    """(k, k) x, y: how fast x grows."""
    dy: Floats
    """(k, k) x, y: how fast y grows."""


class Course(NamedTuple):
    """Mixtures over time: of the rows (steps + 1, m), of the columns (steps + 1, n)."""

    row: Floats
    column: Floats


# ------------------------------------------------------------------------------------------ replicator, any game


def velocity(game: Bimatrix, row: ArrayLike, column: ArrayLike) -> tuple[Floats, Floats]:
    """How fast every share grows. `row`: (..., m) and `column`: (..., n) mixtures; the answer has the same shapes.

    Raises InputError for what is no mixture.
    """
    A, B = _scaled(game)
    x, y = _mixtures(row, game.shape[0], "row"), _mixtures(column, game.shape[1], "column")
    return _growth(x, y @ A.T), _growth(y, x @ B)


def orbit(game: Bimatrix, row: ArrayLike, column: ArrayLike, duration: float = 50.0, steps: int = 1000) -> Course:
    """The path from one pair of mixtures, (m,) and (n,), by the fourth-order rule of Runge and Kutta.

    It is followed in logarithms of shares, so that shares stay above 0 and add up to 1 whatever the step, and an
    action that nobody plays stays unknown. Raises InputError for what is no mixture, for a duration that is not a
    number from 0 and for steps outside 1 to 100,000.
    """
    if not 0 <= duration < float("inf"):
        raise refuse("duration", f"{duration} is not a length of time", "write a number such as 50")
    A, B = _scaled(game)
    starts = _mixtures(row, game.shape[0], "row"), _mixtures(column, game.shape[1], "column")
    for start, place in zip(starts, ("row", "column"), strict=True):
        if start.ndim > 1:
            raise refuse(place, "holds more than one mixture", "follow one path at a time")
    step = duration / _counted(steps, "steps")
    with np.errstate(divide="ignore"):
        state = np.log(np.concatenate(starts))
    course = [state]
    for _ in range(steps):
        state = _stepped(state, step, A, B)
        course.append(state)
    row_logs, column_logs = np.split(np.array(course), [len(A)], axis=1)
    return Course(_shares(row_logs), _shares(column_logs))


def _scaled(game: Bimatrix) -> tuple[Floats, Floats]:
    """Payoffs from 0, in the unit of the larger range: only differences matter."""
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
        raise refuse(place, "is not a mixture of its actions", f"give {size} shares from 0 that add up to 1")
    return shares


def _counted(number: int, place: str) -> int:
    if not 1 <= number <= MOST_ROUNDS:
        raise refuse(place, f"{number} is outside 1 to {MOST_ROUNDS}", "write a whole number such as 1000")
    return number


# ----------------------------------------------------------------------------------------------- replicator, 2x2


def field(game: Bimatrix, points: int = 21) -> Field:
    """The arrows on a grid of `points` x `points` that includes the edges.

    Raises InputError for a game that is not 2x2 and for a grid that is not 2 to 1000 points wide.
    """
    if game.shape != (2, 2):
        rows, columns = game.shape
        raise refuse("game", f"is {rows} x {columns}; a square needs two actions each", "use velocity or orbit")
    if not 2 <= points <= 1000:
        raise refuse("points", f"{points} is outside 2 to 1000", "write a whole number such as 21")
    share = np.linspace(0.0, 1.0, points)
    x, y = np.meshgrid(share, share, indexing="ij")
    rows, columns = velocity(game, np.stack((x, 1 - x), axis=-1), np.stack((y, 1 - y), axis=-1))
    return Field(share, share, rows[..., 0], columns[..., 0])


# ------------------------------------------------------------------------------------------------ fictitious play


def fictitious_play(game: Bimatrix, generator: np.random.Generator, rounds: int = 1000, noise: float = 0.0) -> Course:
    """How often each action has been played so far, after 1, 2, ... `rounds` rounds of best replies to the past.

    The mixtures, (rounds, m) and (rounds, n), are what each player believes of the other. The first round and ties
    are drawn by lot from `generator`; `noise` above 0 makes every reply a logit choice, a payoff lower by that share
    of the player's range being e times less likely. Raises InputError for rounds outside 1 to 100,000 and noise
    that is neither 0 nor in [0.005, 1].
    """
    _counted(rounds, "rounds")
    if noise and not LEAST_NOISE <= noise <= 1:
        raise refuse("noise", f"{noise} is outside [{LEAST_NOISE}, 1]", "write 0 for none, or a share such as 0.1")
    A, B = (_compared(matrix, rounds, exactly=not noise) for matrix in game.payoffs)
    rows, columns = counted_play(A, B, rounds, generator, noise)
    so_far = np.arange(1, rounds + 1)[:, None]
    return Course(rows[1:] / so_far, columns[1:] / so_far)


def _compared(matrix: Matrix, rounds: int, *, exactly: bool) -> Floats:
    """The payoffs as whole numbers whose sums stay exact, so that ties stay ties; else as shares of their range."""
    lowest, highest = min(map(min, matrix)), max(map(max, matrix))
    with suppress(TooLarge):
        integers = whole(matrix)
        if exactly and max(map(max, integers)) * rounds < _EXACT:
            return np.array(integers, dtype=np.float64)
    span = highest - lowest or Fraction(1)
    return np.array([[float((x - lowest) / span) for x in row] for row in matrix])
