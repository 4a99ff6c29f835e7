"""Arrange a batch for the solver: every region under every graph of treaties, one column each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy.model.batching import BLOCK
from economy.parameters import Array, Parameters
from economy.region.countries import Region, check_region
from games.errors import input_error

PATHS = 2**17
"""Number of (origin, host, skill) values solved at a time; their arrays fit in the processor's cache."""
FEWEST = 8
"""Smallest number of columns solved at a time, for any number of countries."""


@dataclass(frozen=True, slots=True)
class RegionBatch:
    """One block of the batch: regions with one graph each; columns last."""

    columns: slice
    """Position of the block in the batch."""
    gap: Array
    """(country, column) labour productivity."""
    size: Array
    """(country, column) labour force."""
    u: Array
    """(country, column) share of U in the labour force."""
    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    shared: Array
    """(column) or one number: share of the apparatus that each further treaty uses again."""
    p: Parameters
    """All other parameters."""
    start: Array
    """(country, skill, column) log wage changes at which the solver starts."""


def openings(region: Region, opens: ArrayLike) -> NDArray[np.bool_]:
    """Convert openings to a Boolean array and check it.

    Parameters
    ----------
    region
        The region; only the number of its countries is read.
    opens
        (*G, country, partner) 1 or True where the country opens to the partner.

    Returns
    -------
    NDArray[np.bool_]
        (*G, country, partner)

    Raises
    ------
    InputError
        The last two axes do not have the size of the region, a value is neither 0 nor 1, or the diagonal is not 0.
    """
    given, count = np.asarray(opens), len(region.names)
    if given.ndim < 2 or given.shape[-2:] != (count, count):
        reason = f"has the shape {given.shape}"
        raise input_error("opens", reason, f"give (..., {count}, {count}): who opens to whom among {count} countries")
    graph = given.astype(bool)
    if not np.array_equal(graph, given):
        raise input_error("opens", "holds something else than yes and no", "write 1 where a country opens, else 0")
    if graph[..., range(count), range(count)].any():
        raise input_error("opens", "opens a country to itself", "leave the diagonal at 0")
    return graph


def check_openings(region: Region, opens: ArrayLike) -> tuple[NDArray[np.bool_], tuple[int, ...]]:
    """Check the region and the openings, and compute the shape of the batch.

    Parameters
    ----------
    region
        Region of shape B.
    opens
        (*G, country, partner) openings.

    Returns
    -------
    tuple[NDArray[np.bool_], tuple[int, ...]]
        The openings as a Boolean array, and the shape to which G and B broadcast.

    Raises
    ------
    InputError
        The region is outside its limits, `openings` refuses the openings, or G and B do not broadcast.
    """
    check_region(region)
    graph = openings(region, opens)
    try:
        return graph, np.broadcast_shapes(region.shape, graph.shape[:-2])
    except ValueError:
        reason = f"{graph.shape[:-2]} graphs do not go together with {region.shape} regions"
        raise input_error("opens", reason, "give one graph, or shapes that broadcast") from None


def region_batches(
    region: Region, graph: NDArray[np.bool_], start: ArrayLike, shape: tuple[int, ...]
) -> Iterator[RegionBatch]:
    """Yield the batch block by block; an empty batch has one empty block.

    Parameters
    ----------
    region
        Region of shape B.
    graph
        (*G, country, partner) openings.
    start
        Log wage changes at which the solver starts: (*batch, country, skill) or one number.
    shape
        Shape of the batch, to which B and G broadcast.

    Yields
    ------
    Board
        At most BLOCK columns.
    """
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
        yield RegionBatch(some, gap, size, u, opens, _some(shared, some), p, x)


def _row(value: Any, shape: tuple[int, ...]) -> Array:
    """A single number as a 0-d array; an array broadcast to `shape` and flattened to (column)."""
    number = np.asarray(value, dtype=float)
    return np.broadcast_to(number, shape).reshape(-1) if number.ndim else number


def _some(row: Array, columns: slice) -> Array:
    return row[columns] if row.ndim else row


def _rows(values: NDArray[Any], shape: tuple[int, ...], axes: int) -> NDArray[Any]:
    """From (*B, ...), whose last `axes` axes are not part of the batch, to (..., column)."""
    own = values.shape[values.ndim - axes :]
    return np.moveaxis(np.broadcast_to(values, (*shape, *own)).reshape(-1, *own), 0, -1)
