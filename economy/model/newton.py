"""The way down to a fixed point x = T(x), for many economies side by side, each as if it were alone.

Newton's method settles nearly every column in three to five steps. The few stubborn ones are walked there by
small implicit time steps of dx/dt = T(x) − x that lengthen as they come nearer (pseudo-transient continuation).
A column is frozen at the very step at which *it* has arrived, so its result does not depend on its neighbours.
What is to come to rest, and how steep it is, the caller knows; nothing here is about labour.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from economy.model.batching import take
from economy.parameters import Array

TOLERANCE = 1e-12
"""Largest step at which a column counts as settled."""
ENOUGH = 1e-10
"""Where rounding keeps a column above TOLERANCE, this is near enough not to call it stubborn."""
CROWD = 0.3
"""Share of settled columns above which they are moved out of the way; this moves memory, not arithmetic."""
FEW = 16
"""Equations up to which it is quicker to eliminate them in all columns at once."""
STEPS = 12
"""Newton's steps before a column is called stubborn."""
WALKS = ((0.5, 300), (0.02, 3000))
"""First stride and number of steps of each attempt to walk a stubborn column down."""


class Reading(Protocol):
    """What is read off at some x; a dataclass with columns last."""

    @property
    def rest(self) -> Array:
        """(..., column) T(x) − x."""
        ...


class Rest(NamedTuple):
    """Where x came to rest, and how far from rest it still is."""

    x: Array
    """(..., column)"""
    residual: Array
    """(column) largest step that x would still make."""


Place = TypeVar("Place")
Seen = TypeVar("Seen", bound=Reading)
Read = Callable[[Array, Place], Seen]
Slopes = Callable[[Place, Seen], Array]


def settle(place: Place, begin: Array, read: Read[Place, Seen], slopes: Slopes[Place, Seen]) -> Rest:
    """Come to rest from `begin` (..., column).

    `place` is a dataclass with columns last: all that stays while x moves. `read(x, place)` reads T(x) − x,
    and `slopes(place, reading)` gives the slopes of x − T(x), (n, n, column) for the n numbers of a column's x.
    """
    with np.errstate(all="ignore"):
        x, residual = _descend(place, begin, read, slopes, (np.inf, STEPS))
        for walk in WALKS:
            stubborn = np.flatnonzero(~(residual <= ENOUGH))
            if not stubborn.size:
                break
            again = _descend(take(place, stubborn), begin[..., stubborn], read, slopes, walk)
            x[..., stubborn], residual[stubborn] = again
    return Rest(x, residual)


def _descend(
    place: Place, x: Array, read: Read[Place, Seen], slopes: Slopes[Place, Seen], walk: tuple[float, int]
) -> Rest:
    """Implicit Euler steps, `walk` the first stride and their number; with an infinite stride they are Newton's."""
    pace, steps = walk
    settled, residual = x.copy(), np.zeros(x.shape[-1])
    live = np.arange(x.shape[-1], dtype=np.intp)
    stride = np.full(live.size, pace)
    reading = read(x, place)
    error = _largest(reading.rest)
    for _ in range(steps):
        done = error <= TOLERANCE
        if np.count_nonzero(done) >= CROWD * done.size:
            settled[..., live], residual[live] = x, error
            left = np.flatnonzero(~done)
            if not left.size:
                return Rest(settled, residual)
            place, reading, x = take(place, left), take(reading, left), x.take(left, axis=-1)
            live, done, stride, error = live[left], done[left], stride[left], error[left]
        x = np.where(done, x, x + _step(slopes(place, reading), reading.rest, stride, pace))
        reading = read(x, place)
        before, error = error, _largest(reading.rest)
        stride = np.clip(stride * np.clip(before / error, 0.3, 3), 1e-3, max(1e12, pace))
    settled[..., live], residual[live] = x, error
    return Rest(settled, residual)


def _step(slopes: Array, rest: Array, stride: Array, pace: float) -> Array:
    """The next step, shaped as `rest`; a walked one is at most one long."""
    size = len(slopes)
    if pace == np.inf:
        return solved(slopes, rest.reshape(size, -1)).reshape(rest.shape)
    slopes[range(size), range(size)] += 1 / stride
    step = solved(slopes, rest.reshape(size, -1)).reshape(rest.shape)
    return step * np.minimum(1, 1 / _largest(step))


def _largest(values: Array) -> Array:
    return np.abs(values).max(axis=tuple(range(values.ndim - 1)))


def solved(matrix: Array, right: Array) -> Array:
    """Solve every column's equations: matrix (n, n, column), right side (n, column); the matrix is used up.

    Few equations are eliminated in all columns at once, many by LAPACK in one column after the other; which, hangs
    on n alone. A column without a solution gets NaN.
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
    """Solve every column's equations: matrix (n, n, column), right side (n, column); the matrix is used up.

    Without pivoting: what is raised resists most itself, so the diagonal rules.
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
