"""Solve fixed points x = T(x) for many columns at once, each independent of the others.

1. Newton's method solves nearly every column in three to five steps.
2. The other columns are solved by implicit Euler steps of dx/dt = T(x) − x, with a step size that grows as the
   error falls (pseudo-transient continuation).
3. A column is frozen at the step at which it has converged. So its result does not depend on the other columns.

T and its slopes are arguments; this module contains nothing about the economy.

References
----------
Kelley and Keyes (1998), "Convergence analysis of pseudo-transient continuation", SIAM Journal on Numerical Analysis
35(2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from economy.model.batching import take_columns
from economy.parameters import Array

TOLERANCE = 1e-12
"""A column has converged when its largest |T(x) − x| is at most this."""
ENOUGH = 1e-10
"""A column with a residual up to this is accepted even if rounding keeps it above TOLERANCE."""
COMPACTION_SHARE = 0.3
"""When this share of the columns has converged, they are removed from the working arrays. This changes memory only,
not results."""
FEW = 16
"""Up to this many equations, elimination in all columns at once is faster than LAPACK column by column."""
STEPS = 12
"""Newton steps before a column goes to pseudo-transient continuation."""
CONTINUATION_RUNS = ((0.5, 300), (0.02, 3000))
"""First step size and number of steps of each attempt of pseudo-transient continuation."""


class FixedPointState(Protocol):
    """Protocol of the result of a read function at some x; a dataclass with columns last."""

    @property
    def rest(self) -> Array:
        """(..., column) T(x) − x."""
        ...


class FixedPoint(NamedTuple):
    """Fixed point x, and the remaining error."""

    x: Array
    """(..., column)"""
    residual: Array
    """(column) largest |T(x) − x|."""


Place = TypeVar("Place")
Seen = TypeVar("Seen", bound=FixedPointState)
Read = Callable[[Array, Place], Seen]
Slopes = Callable[[Place, Seen], Array]


def solve_fixed_point(place: Place, begin: Array, read: Read[Place, Seen], slopes: Slopes[Place, Seen]) -> FixedPoint:
    """Solve x = T(x) in every column.

    Parameters
    ----------
    place
        Dataclass with columns last: everything that does not change with x.
    begin
        (..., column) x at which the solver starts.
    read
        `read(x, place)` returns a dataclass whose `rest` is T(x) − x, (..., column).
    slopes
        `slopes(place, reading)` returns the slopes of x − T(x), (n, n, column), n the number of unknowns of a column.

    Returns
    -------
    FixedPoint
        x, of the shape of `begin`, and the residual of each column.
    """
    with np.errstate(all="ignore"):
        x, residual = _descend(place, begin, read, slopes, (np.inf, STEPS))
        for walk in CONTINUATION_RUNS:
            stubborn = np.flatnonzero(~(residual <= ENOUGH))
            if not stubborn.size:
                break
            again = _descend(take_columns(place, stubborn), begin[..., stubborn], read, slopes, walk)
            x[..., stubborn], residual[stubborn] = again
    return FixedPoint(x, residual)


def _descend(
    place: Place, x: Array, read: Read[Place, Seen], slopes: Slopes[Place, Seen], walk: tuple[float, int]
) -> FixedPoint:
    """Take implicit Euler steps; `walk` is the first step size and the number of steps.

    With an infinite step size they are Newton steps.
    """
    pace, steps = walk
    settled, residual = x.copy(), np.zeros(x.shape[-1])
    live = np.arange(x.shape[-1], dtype=np.intp)
    stride = np.full(live.size, pace)
    reading = read(x, place)
    error = _largest(reading.rest)
    for _ in range(steps):
        done = error <= TOLERANCE
        if np.count_nonzero(done) >= COMPACTION_SHARE * done.size:
            settled[..., live], residual[live] = x, error
            left = np.flatnonzero(~done)
            if not left.size:
                return FixedPoint(settled, residual)
            place, reading, x = take_columns(place, left), take_columns(reading, left), x.take(left, axis=-1)
            live, done, stride, error = live[left], done[left], stride[left], error[left]
        x = np.where(done, x, x + _step(slopes(place, reading), reading.rest, stride, pace))
        reading = read(x, place)
        before, error = error, _largest(reading.rest)
        stride = np.clip(stride * np.clip(before / error, 0.3, 3), 1e-3, max(1e12, pace))
    settled[..., live], residual[live] = x, error
    return FixedPoint(settled, residual)


def _step(slopes: Array, rest: Array, stride: Array, pace: float) -> Array:
    """Next step, of the shape of `rest`; with a finite step size its length is at most 1."""
    size = len(slopes)
    if pace == np.inf:
        return solve_linear_systems(slopes, rest.reshape(size, -1)).reshape(rest.shape)
    slopes[range(size), range(size)] += 1 / stride
    step = solve_linear_systems(slopes, rest.reshape(size, -1)).reshape(rest.shape)
    return step * np.minimum(1, 1 / _largest(step))


def _largest(values: Array) -> Array:
    return np.abs(values).max(axis=tuple(range(values.ndim - 1)))


def solve_linear_systems(matrix: Array, right: Array) -> Array:
    """Solve the linear equations of every column; `matrix` is overwritten.

    Up to FEW equations are eliminated in all columns at once; more are solved by LAPACK column by column. The choice
    depends on n alone. A column without a solution gets NaN.

    Parameters
    ----------
    matrix
        (n, n, column)
    right
        (n, column)

    Returns
    -------
    Array
        (n, column)
    """
    if len(right) <= FEW:
        return eliminate(matrix, right)
    stack, sides = np.ascontiguousarray(np.moveaxis(matrix, -1, 0)), right.T[..., None]
    try:
        answer = _lapack(stack, sides)
    except np.linalg.LinAlgError:
        answer = np.stack([_alone(each, side) for each, side in zip(stack, sides, strict=True)])
    return np.ascontiguousarray(answer[..., 0].T)


def _lapack(matrix: Array, right: Array) -> Array:
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)


def _alone(matrix: Array, right: Array) -> Array:
    try:
        return _lapack(matrix, right)
    except np.linalg.LinAlgError:
        return np.full_like(right, np.nan)


def eliminate(matrix: Array, right: Array) -> Array:
    """Solve the linear equations of every column by Gaussian elimination without pivoting; `matrix` is overwritten.

    No pivoting is needed: in the equations of this package each log wage depends most on itself, so the diagonal
    dominates.

    Parameters
    ----------
    matrix
        (n, n, column)
    right
        (n, column)

    Returns
    -------
    Array
        (n, column)
    """
    answer = right.copy()
    for pivot in range(len(right)):
        below = slice(pivot + 1, None)
        factor = matrix[below, pivot] / matrix[pivot, pivot]
        matrix[below, below] -= factor[:, None] * matrix[pivot, below]
        answer[below] -= factor * answer[pivot]
    for pivot in reversed(range(len(right))):
        answer[pivot] /= matrix[pivot, pivot]
        answer[:pivot] -= matrix[:pivot, pivot] * answer[pivot]
    return answer
