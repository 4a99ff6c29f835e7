"""Values of ordered pairs of countries: from an origin to a host.

An array of pairs has the axes (origin, partner, ...). The partners of a country are the other countries, in their
order; so with two countries the axis `partner` has length 1. In a square array the axes are (origin, host, ...).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from economy.model.batching import Index, total
from economy.parameters import Array, Real


@cache
def hosts(count: int) -> Index:
    """(origin, partner) number of the host of every pair of `count` countries."""
    partner = np.arange(count - 1, dtype=np.intp)
    return partner + (partner >= np.arange(count, dtype=np.intp)[:, None])


@cache
def _mirror(count: int) -> Index:
    """(origin, partner) number of the origin among the partners of the host."""
    origin = np.arange(count, dtype=np.intp)[:, None]
    return origin - (origin > hosts(count))


def at_host(values: Array) -> Array:
    """Values of the host of every pair: from (country, ...) to (origin, partner, ...).

    Values of the origin are `values[:, None]`.
    """
    return values[::-1, None] if len(values) == 2 else values[hosts(len(values))]


def opposite(values: Array) -> Array:
    """Values of the pair in the opposite direction, (origin, partner, ...)."""
    return values[::-1] if len(values) == 2 else values[hosts(len(values)), _mirror(len(values))]


def sum_by_origin(values: Array) -> Array:
    """Sum over the partners: from (origin, partner, ...) to (origin, ...), term by term in order."""
    return values[:, 0] if values.shape[1] == 1 else total(values, axis=1)


def sum_by_host(values: Array) -> Array:
    """Sum over the origins: from (origin, partner, ...) to (host, ...), term by term in order."""
    return sum_by_origin(opposite(values))


def sum_skills(values: Array) -> Array:
    """Sum over the two skills: from (origin, partner, skill, ...) to (origin, partner, ...)."""
    return values[:, :, 0] + values[:, :, 1]


def to_square(values: Array) -> Array:
    """From (origin, partner, ...) to (origin, host, ...), 0 on the diagonal."""
    count = len(values)
    square = np.zeros((count, count, *values.shape[2:]))
    square[np.arange(count)[:, None], hosts(count)] = values
    return square


def from_square(values: Array) -> Array:
    """From (origin, host, ...) to (origin, partner, ...), without the diagonal."""
    count = len(values)
    return values[np.arange(count)[:, None], hosts(count)]


def by_direction(forth: Real, back: Real, like: Array) -> Array:
    """Values of every pair, of which those from a later to an earlier country differ from those in the other direction.

    Parameters
    ----------
    forth
        One number or (column): for the pairs from a later country, the origin, to an earlier one, its host; or
        (origin, partner, column), a value for every pair, and then `back` is not read.
    back
        One number or (column): for the other pairs.
    like
        (origin, partner, column) array of the shape of the result.

    Returns
    -------
    Array
        (origin, partner, column)
    """
    if np.ndim(forth) > 1:
        return np.broadcast_to(np.asarray(forth), like.shape)
    count = len(like)
    later = (np.arange(count)[:, None] > hosts(count))[..., None]
    return np.broadcast_to(np.where(later, forth, back), like.shape)


def towards_later(value: Real, count: int) -> Array:
    """A value for the pairs from an earlier to a later country, 0 for the others.

    By convention the earlier country of a treaty is its host and the later one its origin, as in a pair.

    Parameters
    ----------
    value
        One number, (column), or (origin, partner, column). The last has a value for every pair and is returned as it
        is.
    count
        Number of countries.

    Returns
    -------
    Array
        (origin, partner, column); the axis of columns has length 1 for one number.
    """
    if np.ndim(value) > 1:
        return np.asarray(value)
    return np.asarray(value) * (np.arange(count)[:, None] < hosts(count))[..., None]
