"""From the countries and treaties of a region to the payoffs of their governments.

Everything is measured from closed borders, whose payoffs are 0. For a batch, solve_region(region, many)[i] equals
solve_region(region, many[i]) bit for bit, whatever else is in the batch. With two countries the graphs [[0, a], [b, 0]]
are the four cells of the bilateral game.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from economy.model.baseline import Baseline
from economy.model.batching import total
from economy.model.government import government
from economy.model.group_gains import GROUPS
from economy.model.newton import FixedPoint
from economy.model.payoffs import GameCell
from economy.parameters import Array, Parameters
from economy.region.cells import RegionBatch, check_openings, region_batches
from economy.region.countries import Region, region_baseline
from economy.region.group_gains import compute_region_gains
from economy.region.market import clear_region_market, region_market
from economy.region.migration import RegionBorder, region_border


def solve_region(region: Region, opens: ArrayLike, start: ArrayLike = 0.0) -> GameCell:
    """Solve a region under given openings; all changes are from closed borders.

    Parameters
    ----------
    region
        Region of shape B.
    opens
        (*G, country, partner) 1 or True where the country opens to the partner: it admits the partner's workers and
        runs the apparatus for its own workers who go there. A treaty opens both ways and is managed. An opening in one
        direction alone is the cell (L,D) of the bilateral game.
    start
        Log wage changes at which the solver starts: (*batch, country, skill) or one number. The result of
        `region_wages` for a similar graph is a good start.

    Returns
    -------
    Cell
        Results of the shape to which G and B broadcast. The axes player, country, origin and host have the length of
        the region.

    Raises
    ------
    InputError
        The region is outside its limits, the openings are no graph on its countries, or G and B do not broadcast.
    """
    graph, shape = check_openings(region, opens)
    results: dict[str, Array] = {}
    for board in region_batches(region, graph, start, shape):
        for name, values in _results(board).items():
            if name not in results:
                results[name] = np.empty((int(np.prod(shape, dtype=int)), *values.shape[:-1]))
            results[name][board.columns] = np.moveaxis(values, -1, 0)
    found = {name: values.reshape((*shape, *values.shape[1:])) for name, values in results.items()}
    return GameCell(irregular=np.broadcast_to(0.0, found["flows"].shape), **found)


def region_wages(region: Region, opens: ArrayLike, start: ArrayLike = 0.0) -> Array:
    """Log wage changes ln(w/w⁰) at the fixed point of the market.

    Parameters
    ----------
    region
        Region of shape B.
    opens
        (*G, country, partner) 1 or True where the country opens to the partner.
    start
        Log wage changes at which the solver starts: (*batch, country, skill) or one number.

    Returns
    -------
    Array
        (*batch, country, skill)

    Raises
    ------
    InputError
        As in `solve_region`.
    """
    graph, shape = check_openings(region, opens)
    x = np.concatenate([_settled(board)[-1].x for board in region_batches(region, graph, start, shape)], axis=-1)
    return np.moveaxis(x, -1, 0).reshape((*shape, *x.shape[:2]))


def _settled(board: RegionBatch) -> tuple[Baseline, RegionBorder, FixedPoint]:
    base = region_baseline(board.p, board.gap, board.size, board.u)
    edge = region_border(board.p, base, board.opens)
    return base, edge, clear_region_market(region_market(board.p, base, edge), board.start)


def _results(board: RegionBatch) -> dict[str, Array]:
    """Results of one block by the names of the fields of `Cell`, columns last."""
    p, (base, edge, rest) = board.p, _settled(board)
    account = compute_region_gains(p, base, edge, rest.x, board.shared)
    world, per_gdp = total(base.product), 100 / base.product
    # The bilateral `government` counts the movers of the one other country as foreigners; here w_X is applied below.
    own = government(p.replace(w_X=np.zeros(())), account.money)
    return {
        "payoffs": (own + p.w_X * account.guests) * per_gdp,
        "groups": account.money * per_gdp[:, None],
        "flows": account.movers,
        "inflow": total(total(account.movers), axis=1) / total(base.labour, axis=1),
        "gdp_gain": total(account.product) / world,
        "welfare": total(total(account.money, axis=1)) / world,
        "residual": rest.residual,
        "identity": account.identity,
        "gdp": base.product,
        "incomes": _incomes(p, base),
    }


def _incomes(p: Parameters, base: Baseline) -> Array:
    """(country, group, column) baseline incomes, % of GDP.

    U and S: their wage bills. Capital: its rent. Earlier migrants: 0. All other groups: the whole GDP.
    """
    bills = 100 * base.labour * base.wages / base.product[:, None]
    everything = np.full_like(base.product, 100.0)
    own = {
        "scarce_U": bills[:, 0],
        "skilled_S": bills[:, 1],
        "capital": p.alpha * everything,
        "old_migrants": np.zeros_like(everything),
    }
    return np.stack([own.get(group, everything) for group in GROUPS], axis=1)
