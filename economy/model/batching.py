"""Memory layout of a batch: flatten, select, split into blocks, find duplicates, add in a fixed order.

Inside the solver the last axis of every array is the *column*. A column is one economy, or one economy in one cell of
the game. A value that is the same in all columns stays a 0-d number. The other axes are short (2 countries, 2 skills, 8
groups). They are added term by term, never by a NumPy reduction, because the order of a reduction depends on the memory
layout. So the result of an economy is bit for bit the same in every batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from economy.conventions import Conventions
from economy.parameters import Array, Parameters, Real

Index = NDArray[np.intp]
Record = TypeVar("Record")

BLOCK = 2048
"""Number of economies solved at a time. Their arrays fit in the processor's cache, and memory use stays constant."""


def flatten_batch(parameters: Parameters) -> tuple[Parameters, tuple[int, ...], int]:
    """Flatten a batch of parameters to one axis.

    Parameters
    ----------
    parameters
        Parameters of shape B.

    Returns
    -------
    tuple[Parameters, tuple[int, ...], int]
        The parameters, each array broadcast to B and reshaped to (column), each single number a 0-d array; the shape
        B; the number of economies.
    """
    shape = parameters.shape
    rows: dict[str, Any] = {}
    for name, value in parameters.items().items():  # the loop is written out, because it takes 1 % of a single game
        number = np.asarray(value, dtype=float)
        rows[name] = np.broadcast_to(number, shape).reshape(-1) if number.ndim else number
    return Parameters(**rows, conventions=parameters.conventions), shape, int(np.prod(shape, dtype=int))


def take_columns(record: Record, index: Index | slice) -> Record:
    """Select columns of a record (a dataclass) of arrays.

    Parameters
    ----------
    record
        Dataclass instance. Its arrays have columns on the last axis. Fields that are dataclasses or tuples are handled
        in the same way. 0-d arrays and values that are no arrays are returned as they are.
    index
        Indices of the columns, shape (k), or a slice.

    Returns
    -------
    Record
        A new instance of the same class.
    """
    names = (field.name for field in fields(record))  # pyright: ignore[reportArgumentType]
    return type(record)(**{name: _taken(getattr(record, name), index) for name in names})


def _taken(value: Any, index: Index | slice) -> Any:
    if hasattr(value, "ndim"):
        return _cut(value, index) if value.ndim else value
    if isinstance(value, tuple):
        return tuple(_taken(each, index) for each in cast("tuple[Any, ...]", value))
    return take_columns(value, index) if is_dataclass(value) and not isinstance(value, Conventions) else value


def _cut(values: Array, index: Index | slice) -> Array:
    return values[..., index] if isinstance(index, slice) else values.take(index, axis=-1)


def column_blocks(count: int) -> Iterator[slice]:
    """Yield slices of at most BLOCK economies that cover `count` economies; one empty slice when `count` is 0."""
    for first in range(0, max(count, 1), BLOCK):
        yield slice(first, min(first + BLOCK, count))


def group_duplicates(parameters: Parameters, names: Iterable[str], count: int) -> tuple[Index, Index] | None:
    """Group the economies that are equal in the named parameters.

    Parameters
    ----------
    parameters
        Flat parameters: each field a 0-d array or an array (column).
    names
        Names of the parameters that are compared.
    count
        Number of columns.

    Returns
    -------
    tuple[Index, Index] | None
        (kind) the index of the first economy of every kind, and (column) the number of the kind of each economy. None
        when all economies differ; the search stops as soon as this is certain.
    """
    if count == 1:
        return None
    kind = np.zeros(count, dtype=np.intp)
    for value in (getattr(parameters, name) for name in names):
        if not np.ndim(value):
            continue
        levels, level = np.unique(value, return_inverse=True)
        kinds, kind = np.unique(kind * levels.size + level, return_inverse=True)
        if kinds.size == count:
            return None
    _, first, kind = np.unique(kind, return_index=True, return_inverse=True)
    return first, kind


def pair(host: Real, origin: Real, count: int) -> Array:
    """Stack the values of country 0 and country 1.

    Parameters
    ----------
    host
        Value of country 0, a number or (count).
    origin
        Value of country 1, a number or (count).
    count
        Number of columns.

    Returns
    -------
    Array
        (2, count)
    """
    both = np.empty((2, count))
    both[0], both[1] = host, origin
    return both


def total(values: Array, axis: int = 0) -> Array:
    """Sum over a short axis (0 or 1), term by term in order."""
    return sum_terms(values.swapaxes(0, axis))


def sum_terms(parts: Iterable[Array]) -> Array:
    """Sum of a few arrays of one shape, term by term in order; a single array is returned as it is."""
    first, *rest = parts
    for part in rest:
        first = first + part
    return first
