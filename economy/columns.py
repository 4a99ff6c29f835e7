"""Economies side by side: how a batch lies in memory.

Inside the solver the last axis of every array is the *column*: one economy, later one economy in one cell
of the game. What all columns share stays a single number. The axes before it are short (two countries, two
skills, seven groups) and are added up term by term, never by a reduction whose order would hang on the
layout: so an economy's figures do not depend, to the last bit, on the company it is computed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from economy.parameters import Array, Parameters, Real

Index = NDArray[np.intp]
Record = TypeVar("Record")

BLOCK = 2048
"""Economies solved at a time: their arrays stay in the processor's cache, and memory stays flat."""


def flat(parameters: Parameters) -> tuple[Parameters, tuple[int, ...], int]:
    """The parameters with every array as one row of columns; the batch's shape; the number of economies."""
    shape = parameters.shape
    rows: dict[str, Any] = {}
    for name, value in parameters.items().items():
        number = np.asarray(value, dtype=float)
        rows[name] = np.broadcast_to(number, shape).reshape(-1) if number.ndim else number
    return Parameters(**rows), shape, int(np.prod(shape, dtype=int))


def take(record: Record, index: Index | slice) -> Record:
    """The same record with these columns only; single numbers are left alone, records inside are followed."""
    kept: dict[str, Any] = {}
    for field in fields(record):  # pyright: ignore[reportArgumentType]
        value = getattr(record, field.name)
        if is_dataclass(value):
            kept[field.name] = take(value, index)
        elif not value.ndim:
            kept[field.name] = value
        else:
            kept[field.name] = value[..., index] if isinstance(index, slice) else value.take(index, axis=-1)
    return type(record)(**kept)


def blocks(count: int) -> Iterator[slice]:
    """Slices of at most BLOCK economies that cover them all; an empty batch has one empty slice."""
    for first in range(0, max(count, 1), BLOCK):
        yield slice(first, min(first + BLOCK, count))


def distinct(parameters: Parameters, names: Iterable[str], count: int) -> tuple[Index, Index] | None:
    """Which economies differ in the named parameters, and which of those each economy equals.

    Returns the index of a first economy of every kind, and for every economy the number of its kind; None
    when no two are alike, which is found out early.
    """
    if count == 1:
        return None
    kind = np.zeros(count, dtype=np.intp)
    for name in names:
        value = getattr(parameters, name)
        if not value.ndim:
            continue
        levels, level = np.unique(value, return_inverse=True)
        kinds, kind = np.unique(kind * levels.size + level, return_inverse=True)
        if kinds.size == count:
            return None
    _, first, kind = np.unique(kind, return_index=True, return_inverse=True)
    return first, kind


def pair(host: Real, origin: Real, count: int) -> Array:
    """(2, count): a figure of country 0 above the same figure of country 1."""
    both = np.empty((2, count))
    both[0], both[1] = host, origin
    return both


def swap(values: Array) -> Array:
    """The other country's values: the first axis turned round, in memory too."""
    return np.ascontiguousarray(values[::-1])


def total(values: Array, axis: int = 0) -> Array:
    """Sum over a short axis, 0 or 1, term by term in order."""
    first, *rest = values.swapaxes(0, axis)
    for term in rest:
        first = first + term
    return first
