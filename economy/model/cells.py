"""Solve a batch in the cells of the game: one column for each economy in each cell.

Each block of economies goes through market, accounts and politics. So memory use stays constant and the arrays of a
block fit in the processor's cache.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from economy.model.baseline import Baseline, baseline, two_countries
from economy.model.batching import Index, column_blocks, flatten_batch, group_duplicates, take_columns, total
from economy.model.government import delay_factor, payoffs_and_gain
from economy.model.group_gains import GROUPS, GroupGains, compute_group_gains, incomes, incomes_of_status_quo
from economy.model.market import Clearing, clear_market, market
from economy.model.migration import Admission, Border, border
from economy.model.money.migrant_accounts import MigrantMoney, migrant_money
from economy.model.money.places import people_are_the_ceiling, people_today, places_admission, status_quo_admission
from economy.model.money.status_quo import StatusQuo, TodayRoute, follow_routes
from economy.model.money_accounts import (
    CellChanges,
    ResourceUse,
    account_results,
    apparatus_cost,
    resource_use,
    welfare_change,
)
from economy.model.pairs import sum_by_origin, to_square
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
    "private": 1,
    "public": 1,
    "sent_home": 1,
    "cost_of_moving": 1,
    "gdp_change": 1,
    "rent": 1,
    "fees": 1,
    "crowding": 1,
    "administration": 1,
    "training": 1,
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
    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    admission: Admission | None
    """Shares admitted; None where they follow from the openings."""


def build_cell_batch(p: Parameters, base: Baseline, cells: tuple[int, ...]) -> CellBatch:
    """Build the columns of a block; where people are the ceiling, the shares admitted are yet to be solved.

    (D,D) gets columns only for economies with a leak or with migrants today: without both nobody moves there and every
    change is 0.

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
    by_direction = p.by_direction
    most = np.maximum(np.maximum(p.today, p.today_origin), p.leak) if by_direction else p.leak
    leaky = np.flatnonzero(np.broadcast_to(most, count) > 0)
    everyone = np.arange(count, dtype=np.intp)
    slot = np.repeat(np.arange(len(cells) + 1, dtype=np.intp), [*[count] * len(cells), leaky.size])
    economy = np.concatenate([*[everyone] * len(cells), leaky])
    columns, closed = take_columns(p, economy), take_columns(base, economy)
    opens = np.ascontiguousarray(OPENS[:, [*cells, CLOSED]][:, slot])[:, None]
    admission = status_quo_admission(columns, opens) if by_direction else None
    edge = border(columns, closed, opens, admission=admission)
    return CellBatch(len(cells) + 1, slot, economy, columns, closed, edge, opens, admission)


def fill_places(board: CellBatch, count: int, start: Real) -> tuple[CellBatch, Real]:
    """Solve the shares admitted in the columns where people are the ceiling.

    Parameters
    ----------
    board
        Columns of the block.
    count
        Number of economies in the block.
    start
        Log wage changes at which the solver starts.

    Returns
    -------
    tuple[CellBatch, Real]
        The block with new shares and borders, itself where no column has such a ceiling; and log wage changes near the
        fixed point.
    """
    if board.admission is None:
        return board, start
    ceiling = people_are_the_ceiling(board.p, board.slot.size) & (board.slot < board.slots - 1)
    if not ceiling.any():
        return board, start
    closed, some = np.flatnonzero(board.slot == board.slots - 1), np.flatnonzero(ceiling)
    people, x = np.zeros((2, 1, count)), np.zeros((2, 2, count))
    begin = np.broadcast_to(np.asarray(start, dtype=float), board.base.wages.shape).copy()
    here = board.economy[closed]
    people[..., here], x[..., here] = people_today(
        take_columns(board.p, closed), take_columns(board.base, closed), start
    )
    p, base, economy = take_columns(board.p, some), take_columns(board.base, some), board.economy[some]
    solved = places_admission(p, base, board.opens[..., some], people[..., economy], x[..., economy])
    level, reach = board.admission.level.copy(), board.admission.reach.copy()
    level[..., some], reach[..., some] = solved.admission
    begin[..., some] = solved.x
    return admit(board, Admission(level, reach)), begin


def admit(board: CellBatch, admission: Admission) -> CellBatch:
    """The columns with other shares admitted, and the borders that follow."""
    edge = border(board.p, board.base, board.opens, admission=admission)
    return board._replace(border=edge, admission=admission)


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


def evaluate(
    parameters: Parameters, cells: tuple[int, ...], start: Real, *, accounts: bool
) -> tuple[tuple[int, ...], dict[str, Array]]:
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
    accounts
        Whether the money accounts are computed; the other results are the same bits.

    Returns
    -------
    tuple[tuple[int, ...], dict[str, Array]]
        The shape B, and every result by its field name in `Stakes` or `MoneyAccounts`. Axis 0 of a result is the
        economy; CELL_AXIS names the axis of the cell.

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
            at = (..., board.slot, kinds[1][block][board.economy])
            clearing = Clearing(*(values[at] for values in known.clearing))
            if known.admission is not None:
                board = admit(board, Admission(*(values[at] for values in known.admission)))
        else:
            board, begin = fill_places(board, size, start)
            clearing = clear_market(market(board.p, board.base, board.border), begin)
        for name, values in _results(part, base, board, clearing, len(cells), accounts=accounts).items():
            if name not in results:
                results[name] = np.zeros((count, *values.shape[:-1]))
            results[name][block] = np.moveaxis(values, -1, 0)
    nobody = np.broadcast_to(0.0, results["flows"].shape)  # a broadcast view takes no memory
    return shape, {"irregular": nobody, **results}


class Solved(NamedTuple):
    """Fixed points of many markets; the last axes are (slot, market)."""

    clearing: Clearing
    """x and y (country, skill, slot, market), residual (slot, market)."""
    admission: Admission | None
    """Shares admitted, (origin, partner, slot, market); None where they follow from the openings."""


def _clearings(p: Parameters, count: int, cells: tuple[int, ...], start: Real) -> Solved:
    """Fixed points of many markets."""
    clearings: list[Clearing] = []
    admissions: list[Admission] = []
    for block in column_blocks(count):
        part, size = take_columns(p, block), block.stop - block.start
        board = build_cell_batch(part, baseline(part, two_countries(part, size)), cells)
        board, begin = fill_places(board, size, start)
        clearing = clear_market(market(board.p, board.base, board.border), begin)
        clearings.append(Clearing(*(spread(values, board, size) for values in clearing)))
        if board.admission is not None:
            admissions.append(Admission(*(spread(values, board, size) for values in board.admission)))
    clearing = Clearing(*(np.concatenate(values, axis=-1) for values in zip(*clearings, strict=True)))
    if not admissions:
        return Solved(clearing, None)
    return Solved(clearing, Admission(*(np.concatenate(each, axis=-1) for each in zip(*admissions, strict=True))))


def _results(
    p: Parameters, base: Baseline, board: CellBatch, clearing: Clearing, cells: int, *, accounts: bool
) -> dict[str, Array]:
    """Results of one block, economies on the last axis; `cells` is the number of requested cells.

    `irregular` is missing where no economy of the block has a leak.
    """
    count = base.product.shape[-1]
    quo = _status_quo(board, clearing, count)
    account = compute_group_gains(board.p, board.base, board.border, clearing, quo)
    money, guests, product = (
        _change(spread(values, board, count), cells) for values in (account.money, account.guests, account.product)
    )
    results: dict[str, Array] = {}
    public = _change(spread(account.public, board, count), cells)
    delay = delay_factor(p)
    if delay is not None:
        fixed = spread(apparatus_cost(board.p, board.base, board.border), board, count)[..., :cells, :]
        money, guests, product, public = (delay * values for values in (money, guests, product, public))
        money[:, GROUPS.index("treasury")] -= (1 - delay) * fixed
    gdp = base.product.copy()
    closed = board.slot == board.slots - 1
    gdp[:, board.economy[closed]] = account.gdp[:, closed]
    if accounts:
        change = _cell_changes(board, account, quo, (1.0 if delay is None else delay, cells))
        results = account_results(CellChanges(money, product, *change), gdp)
    results["incomes"] = _incomes_today(p, base, board, account, gdp)
    results["welfare"] = welfare_change(money, public) / total(gdp)
    political = payoffs_and_gain(p, gdp, money, guests, product)
    treaties = spread(sum_by_origin(board.border.managed), board, count)[..., :cells, :]
    political["payoffs"] = political["payoffs"] - 100 * p.commitment * treaties
    results = {
        **political,
        **results,
        "flows": _paths(account.movers, board, count, cells),
        "inflow": spread(account.arrivals, board, count)[:, :cells] / total(base.labour, axis=1)[:, None],
        "residual": spread(clearing.residual, board, count)[:cells],
        "identity": spread(account.identity, board, count)[:cells],
        "gdp": gdp,
    }
    results["groups"] = results["groups"].swapaxes(1, 2)
    if account.irregular is not None:
        results["irregular"] = _paths(account.irregular, board, count, cells)
    return results


def _status_quo(board: CellBatch, clearing: Clearing, count: int) -> StatusQuo:
    """The status quo of every column: that of its economy; nobody moves where (D,D) has no column."""
    closed = np.flatnonzero(board.slot == board.slots - 1)
    edge, base = take_columns(board.border, closed), take_columns(board.base, closed)
    wages = Clearing(*(values[..., closed] for values in clearing))

    def everywhere(values: Array) -> Array:
        grid = np.zeros((*values.shape[:-1], count))
        grid[..., board.economy[closed]] = values
        return grid[..., board.economy]

    routes = tuple(
        TodayRoute(*(everywhere(values) for values in (each.movers, each.pay, each.net, each.access)))
        for each in (leg.record() for leg in follow_routes(base, edge, wages))
    )
    return StatusQuo(everywhere(wages.x), routes)


def _incomes_today(p: Parameters, base: Baseline, board: CellBatch, account: GroupGains, gdp: Array) -> Array:
    """(country, group, economy) incomes in the status quo, % of its GDP, as in `incomes`."""
    count = base.product.shape[-1]
    at = board.economy[board.slot == board.slots - 1]
    if not at.size:
        return incomes(p, base)
    bills = base.natives * base.wages
    bills[..., at] = spread(account.bills, board, count)[..., -1, at]
    return incomes_of_status_quo(p, base, bills, spread(account.money, board, count)[..., -1, :], gdp)


def _cell_changes(
    board: CellBatch, account: GroupGains, quo: StatusQuo, scale: tuple[Real, int]
) -> tuple[MigrantMoney, ResourceUse]:
    """Migrants' money and the use of resources in the requested cells; `scale` is the delay and their number."""
    delay, cells = scale
    count = int(board.economy.max(initial=-1)) + 1
    cash = migrant_money(board.p, board.base, board.border, account.legs, quo)
    used = resource_use(board.p, board.base, board.border, account, quo)
    migrants = MigrantMoney(*(delay * spread(values, board, count)[..., :cells, :] for values in cash))
    spent = ResourceUse(*(delay * _change(spread(values, board, count), cells) for values in used))
    fixed = total(spread(apparatus_cost(board.p, board.base, board.border), board, count)[..., :cells, :])
    return migrants, spent._replace(administration=spent.administration + fixed)


def _change(values: Array, cells: int) -> Array:
    """From (..., slot, economy): change of the requested cells from (D,D), the last slot."""
    return values[..., :cells, :] - values[..., -1:, :]


def _paths(movers: Array, board: CellBatch, count: int, cells: int) -> Array:
    """From (origin, partner, skill, column) to (slot, origin, host, skill, economy)."""
    return np.moveaxis(to_square(spread(movers, board, count)[..., :cells, :]), 3, 0)
