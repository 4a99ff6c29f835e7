"""The board on which regions are solved: every region under every graph, one column each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy.model.batching import BLOCK
from economy.parameters import Array, Parameters
from economy.region.countries import Region, inspect
from games.errors import refuse

PATHS = 2**17
"""Ways from country to country, by skill, that are solved at a time: their arrays stay in the processor's cache."""
FEWEST = 8
"""Columns solved at a time however many countries there are."""


@dataclass(frozen=True, slots=True)
class Board:
    """Some regions side by side under one graph each; columns last."""

    columns: slice
    """Which columns of the batch these are."""
    gap: Array
    """(country, column)"""
    size: Array
    """(country, column)"""
    u: Array
    """(country, column)"""
    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    shared: Array
    """(column) or one number."""
    p: Parameters
    start: Array
    """(country, skill, column) where the log wage changes begin."""


def openings(region: Region, opens: ArrayLike) -> NDArray[np.bool_]:
    """The openings as truth values, (*G, country, partner).

    Raises InputError where they are no square of the region's size, hold something else than yes and no, or open
    a country to itself.
    """
    given, count = np.asarray(opens), len(region.names)
    if given.ndim < 2 or given.shape[-2:] != (count, count):
        reason = f"has the shape {given.shape}"
        raise refuse("opens", reason, f"give (..., {count}, {count}): who opens to whom among {count} countries")
    graph = given.astype(bool)
    if not np.array_equal(graph, given):
        raise refuse("opens", "holds something else than yes and no", "write 1 where a country opens, else 0")
    if graph[..., range(count), range(count)].any():
        raise refuse("opens", "opens a country to itself", "leave the diagonal at 0")
    return graph


def arranged(region: Region, opens: ArrayLike) -> tuple[NDArray[np.bool_], tuple[int, ...]]:
    """The openings as truth values, and the shape of the batch that they make with the regions.

    Raises InputError for a region outside its limits, and for openings that are no graph on its countries.
    """
    inspect(region)
    graph = openings(region, opens)
    try:
        return graph, np.broadcast_shapes(region.shape, graph.shape[:-2])
    except ValueError:
        reason = f"{graph.shape[:-2]} graphs do not go together with {region.shape} regions"
        raise refuse("opens", reason, "give one graph, or shapes that broadcast") from None


def boards(region: Region, graph: NDArray[np.bool_], start: ArrayLike, shape: tuple[int, ...]) -> Iterator[Board]:
    """The batch of this shape, block by block; an empty batch has one empty block."""
    nations, count = len(region.names), int(np.prod(shape, dtype=int))
    begin = np.broadcast_to(np.asarray(start, dtype=float), (*shape, nations, 2))
    rows = [_rows(figures, shape, 1) for figures in (region.gap, region.size, region.u)]
    rows += [_rows(graph, shape, 2), _rows(begin, shape, 2)]
    dials = {name: _row(value, shape) for name, value in region.parameters.items().items()}
    shared = _row(region.shared, shape)
    stride = min(max(PATHS // (2 * nations**2), FEWEST), BLOCK)
    for first in range(0, max(count, 1), stride):
        some = slice(first, min(first + stride, count))
        gap, size, u, opens, x = (np.ascontiguousarray(row[..., some], dtype=float) for row in rows)
        p = Parameters(**{name: _some(row, some) for name, row in dials.items()})
        yield Board(some, gap, size, u, opens, _some(shared, some), p, x)


def _row(value: Any, shape: tuple[int, ...]) -> Array:
    """One number as it is, many as one row of columns."""
    number = np.asarray(value, dtype=float)
    return np.broadcast_to(number, shape).reshape(-1) if number.ndim else number


def _some(row: Array, columns: slice) -> Array:
    return row[columns] if row.ndim else row


def _rows(values: NDArray[Any], shape: tuple[int, ...], axes: int) -> NDArray[Any]:
    """From (*B, ...), with so many last axes of their own, to (..., column)."""
    own = values.shape[values.ndim - axes :]
    return np.moveaxis(np.broadcast_to(values, (*shape, *own)).reshape(-1, *own), 0, -1)
