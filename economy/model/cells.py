"""Solve a batch in the cells of the game: one column for each economy in each cell.

Each block of economies goes through market, accounts and politics. So memory use stays constant and the arrays of a
block fit in the processor's cache.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline, baseline, two_countries
from economy.model.batching import Index, column_blocks, flatten_batch, group_duplicates, take_columns, total
from economy.model.government import payoffs_and_welfare
from economy.model.group_gains import compute_group_gains, incomes
from economy.model.market import Clearing, clear_market, market
from economy.model.migration import Border, border
from economy.model.pairs import to_square
from economy.parameters import Array, Parameters, Real, check, touching

OPENS = np.array([[1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
"""(country, cell) 1 where the country liberalises; the cells are (L,L), (L,D), (D,L), (D,D)."""
EVERY, AGREED = (0, 1, 2, 3), (0,)
"""Cells to solve: all four, or (L,L) alone."""
CLOSED = 3
"""The cell (D,D), the status quo from which every change is measured."""
CELL_AXIS = {
    "payoffs": 2,
    "groups": 2,
    "flows": 1,
    "irregular": 1,
    "inflow": 2,
    "gdp_gain": 1,
    "welfare": 1,
    "residual": 1,
    "identity": 1,
}
"""Axis of each result that holds the cell; axis 0 holds the economies."""


class CellBatch(NamedTuple):
    """Columns of one block, ordered by slot. The slots are the requested cells, then (D,D)."""

    slots: int
    """Number of slots."""
    slot: Index
    """(column) slot of the column."""
    economy: Index
    """(column) index of the column's economy within the block."""
    p: Parameters
    """Parameters of the columns."""
    base: Baseline
    """Baseline of the columns."""
    border: Border
    """Border of the columns."""


def build_cell_batch(p: Parameters, base: Baseline, cells: tuple[int, ...]) -> CellBatch:
    """Build the columns of a block.

    (D,D) gets columns only for economies with `leak` > 0: without a leak nobody moves there and every change is 0.

    Parameters
    ----------
    p
        Flat parameters of the block.
    base
        Baseline of the block.
    cells
        Numbers of the requested cells, 0 to 3 in the order (L,L), (L,D), (D,L), (D,D).

    Returns
    -------
    CellBatch
        One column for each economy in each requested cell, then the columns of (D,D).
    """
    cells = tuple(cell for cell in cells if cell != CLOSED)
    count = base.product.shape[-1]
    leaky = np.flatnonzero(np.broadcast_to(p.leak, count) > 0)
    everyone = np.arange(count, dtype=np.intp)
    slot = np.repeat(np.arange(len(cells) + 1, dtype=np.intp), [*[count] * len(cells), leaky.size])
    economy = np.concatenate([*[everyone] * len(cells), leaky])
    columns, closed = take_columns(p, economy), take_columns(base, economy)
    opens = np.ascontiguousarray(OPENS[:, [*cells, CLOSED]][:, slot])[:, None]
    return CellBatch(len(cells) + 1, slot, economy, columns, closed, border(columns, closed, opens))


def spread(values: Array, board: CellBatch, count: int) -> Array:
    """Arrange columns by slot and economy.

    Parameters
    ----------
    values
        (..., column)
    board
        Columns of the block.
    count
        Number of economies in the block.

    Returns
    -------
    Array
        (..., slot, economy), exactly 0 where there is no column.
    """
    grid = np.zeros((*values.shape[:-1], board.slots, count))
    grid[..., board.slot, board.economy] = values
    return grid


def evaluate(parameters: Parameters, cells: tuple[int, ...], start: Real) -> tuple[tuple[int, ...], dict[str, Array]]:
    """Solve market, accounts and politics of a batch in the requested cells.

    Economies with equal market parameters share one fixed point.

    Parameters
    ----------
    parameters
        Parameters of shape B.
    cells
        Numbers of the requested cells, 0 to 3 in the order (L,L), (L,D), (D,L), (D,D).
    start
        Log wage changes at which the solver starts: a number, or any array that broadcasts to (country, skill, column).

    Returns
    -------
    tuple[tuple[int, ...], dict[str, Array]]
        The shape B, and every result by its field name in `Stakes`. Axis 0 of a result is the economy; CELL_AXIS names
        the axis of the cell.

    Raises
    ------
    InputError
        A parameter is outside its limits, or the shapes do not broadcast.
    """
    check(parameters)
    p, shape, count = flatten_batch(parameters)
    kinds = group_duplicates(p, touching("market"), count)
    known = _clearings(take_columns(p, kinds[0]), kinds[0].size, cells, start) if kinds else None
    results: dict[str, Array] = {}
    for block in column_blocks(count):
        part, size = take_columns(p, block), block.stop - block.start
        base = baseline(part, two_countries(part, size))
        board = build_cell_batch(part, base, cells)
        if known and kinds:
            kind = kinds[1][block][board.economy]
            clearing = Clearing(*(values[..., board.slot, kind] for values in known))
        else:
            clearing = clear_market(market(board.p, board.base, board.border), start)
        for name, values in _results(part, base, board, clearing, len(cells)).items():
            if name not in results:
                results[name] = np.zeros((count, *values.shape[:-1]))
            results[name][block] = np.moveaxis(values, -1, 0)
    nobody = np.broadcast_to(0.0, results["flows"].shape)  # a broadcast view takes no memory
    return shape, {"irregular": nobody, **results}


def _clearings(p: Parameters, count: int, cells: tuple[int, ...], start: Real) -> Clearing:
    """Fixed points of many markets: x and y (country, skill, slot, market), residual (slot, market)."""
    parts: list[Clearing] = []
    for block in column_blocks(count):
        part, size = take_columns(p, block), block.stop - block.start
        board = build_cell_batch(part, baseline(part, two_countries(part, size)), cells)
        clearing = clear_market(market(board.p, board.base, board.border), start)
        parts.append(Clearing(*(spread(values, board, size) for values in clearing)))
    return Clearing(*(np.concatenate(values, axis=-1) for values in zip(*parts, strict=True)))


def _results(p: Parameters, base: Baseline, board: CellBatch, clearing: Clearing, cells: int) -> dict[str, Array]:
    """Results of one block, economies on the last axis; `cells` is the number of requested cells.

    `irregular` is missing where no economy of the block has a leak.
    """
    account = compute_group_gains(board.p, board.base, board.border, clearing)
    count = base.product.shape[-1]
    money, guests, product = (
        _change(spread(values, board, count), cells) for values in (account.money, account.guests, account.product)
    )
    results = {
        **payoffs_and_welfare(p, base, money, guests, product),
        "flows": _paths(account.movers, board, count, cells),
        "inflow": spread(account.arrivals, board, count)[:, :cells] / total(base.labour, axis=1)[:, None],
        "residual": spread(clearing.residual, board, count)[:cells],
        "identity": spread(account.identity, board, count)[:cells],
        "gdp": base.product,
        "incomes": incomes(p, base),
    }
    results["groups"] = results["groups"].swapaxes(1, 2)
    if account.irregular is not None:
        results["irregular"] = _paths(account.irregular, board, count, cells)
    return results


def _change(values: Array, cells: int) -> Array:
    """From (..., slot, economy): change of the requested cells from (D,D), the last slot."""
    return values[..., :cells, :] - values[..., -1:, :]


def _paths(movers: Array, board: CellBatch, count: int, cells: int) -> Array:
    """From (origin, partner, skill, column) to (slot, origin, host, skill, economy)."""
    return np.moveaxis(to_square(spread(movers, board, count)[..., :cells, :]), 3, 0)
