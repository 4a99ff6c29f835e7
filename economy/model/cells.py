"""The board on which a batch is solved: every economy in every cell of the game, one column each.

Blocks of economies go through market, accounts and politics one after the other, so that memory stays flat
and the arrays in the processor's cache.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline, baseline
from economy.model.batching import Index, blocks, distinct, flat, pair, take, total
from economy.model.government import government
from economy.model.group_gains import books
from economy.model.market import Clearing, clear, market
from economy.model.migration import Border, border
from economy.parameters import Array, Parameters, Real, check, touching

OPENS = np.array([[1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]])
"""(country, cell) 1 where the country liberalises; the cells are (L,L), (L,D), (D,L), (D,D)."""
EVERY, AGREED = (0, 1, 2, 3), (0,)
CLOSED = 3
"""The cell (D,D): the status quo that every change is measured from."""
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
"""Where the cell stands among the axes of a result, economies first."""


class Board(NamedTuple):
    """The columns of a block, slot by slot: the cells that were asked for, and (D,D) always the last."""

    slots: int
    """How many there are."""
    slot: Index
    """(column) whose cell this is."""
    economy: Index
    """(column) whose economy, counted within the block."""
    p: Parameters
    """By column."""
    base: Baseline
    """By column."""
    border: Border
    """By column."""


def lay(p: Parameters, base: Baseline, cells: tuple[int, ...]) -> Board:
    """The board of a block for these cells; (D,D) only where the border leaks: else nothing moves in it."""
    cells = tuple(cell for cell in cells if cell != CLOSED)
    count = base.product.shape[-1]
    leaky = np.flatnonzero(np.broadcast_to(p.leak, count) > 0)
    everyone = np.arange(count, dtype=np.intp)
    slot = np.repeat(np.arange(len(cells) + 1, dtype=np.intp), [*[count] * len(cells), leaky.size])
    economy = np.concatenate([*[everyone] * len(cells), leaky])
    columns, closed = take(p, economy), take(base, economy)
    opens = np.ascontiguousarray(OPENS[:, [*cells, CLOSED]][:, slot])
    return Board(len(cells) + 1, slot, economy, columns, closed, border(columns, closed, opens))


def spread(values: Array, board: Board, count: int) -> Array:
    """From (..., column) to (..., slot, economy), exact zeros where there is no column."""
    grid = np.zeros((*values.shape[:-1], board.slots, count))
    grid[..., board.slot, board.economy] = values
    return grid


def evaluate(parameters: Parameters, cells: tuple[int, ...], start: Real) -> tuple[tuple[int, ...], dict[str, Array]]:
    """The batch's shape, and by the names of `Stakes` every result for these cells, economies first."""
    check(parameters)
    p, shape, count = flat(parameters)
    kinds = distinct(p, touching("market"), count)
    known = _clearings(take(p, kinds[0]), kinds[0].size, cells, start) if kinds else None
    results: dict[str, Array] = {}
    for block in blocks(count):
        part, size = take(p, block), block.stop - block.start
        base = baseline(part, size)
        board = lay(part, base, cells)
        if known and kinds:
            kind = kinds[1][block][board.economy]
            clearing = Clearing(*(values[..., board.slot, kind] for values in known))
        else:
            clearing = clear(market(board.p, board.base, board.border), start)
        for name, values in _results(part, base, board, clearing, len(cells)).items():
            if name not in results:
                results[name] = np.zeros((count, *values.shape[:-1]))
            results[name][block] = np.moveaxis(values, -1, 0)
    nobody = np.broadcast_to(0.0, results["flows"].shape)  # where nothing leaks, without a byte for it
    return shape, {"irregular": nobody, **results}


def _clearings(p: Parameters, count: int, cells: tuple[int, ...], start: Real) -> Clearing:
    """The fixed points of many markets: x and y (country, skill, slot, market), residual (slot, market)."""
    parts: list[Clearing] = []
    for block in blocks(count):
        part, size = take(p, block), block.stop - block.start
        board = lay(part, baseline(part, size), cells)
        clearing = clear(market(board.p, board.base, board.border), start)
        parts.append(Clearing(*(spread(values, board, size) for values in clearing)))
    return Clearing(*(np.concatenate(values, axis=-1) for values in zip(*parts, strict=True)))


def _results(p: Parameters, base: Baseline, board: Board, clearing: Clearing, cells: int) -> dict[str, Array]:
    """One block's results, economies last; `cells` says how many slots were asked for.

    `irregular` is missing where no economy of the block leaks.
    """
    account = books(board.p, board.base, board.border, clearing)
    count, world = base.product.shape[-1], total(base.product)
    money, product = (_change(spread(values, board, count), cells) for values in (account.money, account.product))
    per_gdp = 100 / base.product[:, None]
    results = {
        "payoffs": government(p, money) * per_gdp,
        "groups": (money * per_gdp[:, None]).swapaxes(1, 2),
        "flows": _paths(spread(account.movers, board, count)[..., :cells, :]),
        "inflow": spread(account.arrivals, board, count)[:, :cells] / total(base.labour, axis=1)[:, None],
        "gdp_gain": total(product) / world,
        "welfare": total(total(money, axis=1)) / world,
        "residual": spread(clearing.residual, board, count)[:cells],
        "identity": spread(account.identity, board, count)[:cells],
        "gdp": base.product,
        "incomes": _incomes(p, base),
    }
    if account.irregular is not None:
        results["irregular"] = _paths(spread(account.irregular, board, count)[..., :cells, :])
    return results


def _change(values: Array, cells: int) -> Array:
    """From (..., slot, economy): the change of the cells asked for against (D,D), the last slot."""
    return values[..., :cells, :] - values[..., -1:, :]


def _paths(movers: Array) -> Array:
    """From (origin, skill, slot, economy) to (slot, origin, host, skill, economy): nobody moves to where they are."""
    paths = np.zeros((movers.shape[2], 2, 2, 2, movers.shape[3]))
    for origin in (0, 1):
        paths[:, origin, 1 - origin] = movers[origin].swapaxes(0, 1)
    return paths


def _incomes(p: Parameters, base: Baseline) -> Array:
    """(country, group, economy) baseline incomes: the wage bills of natives and of earlier migrants, capital's rent.

    For residents, movers, families and the treasury it is all of GDP.
    """
    wages, old = (100 * people * base.wages / base.product[:, None] for people in (base.natives, base.old))
    rent, everything = pair(100 * p.alpha, 100 * p.alpha, base.product.shape[-1]), np.full_like(base.product, 100.0)
    return np.stack([wages[:, 0], wages[:, 1], rent, *[everything] * 4, total(old, axis=1)], axis=1)
