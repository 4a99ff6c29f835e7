"""Economies side by side: how a batch lies in memory.

Inside the solver the last axis of every array is the *column*: one economy, later one economy in one cell
of the game. What all columns share stays a single number. The axes before it are short (two countries, two
skills, eight groups) and are added up term by term, never by a reduction whose order would hang on the
layout: so an economy's figures do not depend, to the last bit, on the company it is computed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

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
    """The same record with these columns only; single numbers are left alone, records and tuples inside followed."""
    names = (field.name for field in fields(record))  # pyright: ignore[reportArgumentType]
    return type(record)(**{name: _taken(getattr(record, name), index) for name in names})


def _taken(value: Any, index: Index | slice) -> Any:
    if hasattr(value, "ndim"):
        return _cut(value, index) if value.ndim else value
    if isinstance(value, tuple):
        return tuple(_taken(each, index) for each in cast("tuple[Any, ...]", value))
    return take(value, index) if is_dataclass(value) else value


def _cut(values: Array, index: Index | slice) -> Array:
    return values[..., index] if isinstance(index, slice) else values.take(index, axis=-1)


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
    return added(values.swapaxes(0, axis))


def added(parts: Iterable[Array]) -> Array:
    """Sum of a few arrays of one shape, term by term in order; the array itself where there is one."""
    first, *rest = parts
    for part in rest:
        first = first + part
    return first
