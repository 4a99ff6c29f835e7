"""Payoffs of governments under a graph of openings: the market, accounts and politics of N countries.

Everything is measured from the status quo, in which no country opens to another: today's migrants come, unmanaged, and
people without papers. Its payoffs are 0. Between two countries with migrants today, places bind as a number of people.
For a batch, solve_region(region, many)[i] equals solve_region(region, many[i]) bit for bit, whatever else is in the
batch. With two countries the graphs [[0, a], [b, 0]] are the four cells of the bilateral game.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy.model.baseline import Baseline, Endowments, baseline
from economy.model.batching import BLOCK, take_columns, total
from economy.model.market import Clearing, clear_market, market
from economy.model.migration import Admission, Border, border
from economy.model.money.places import ceilings_of_people, places_admission, status_quo_admission
from economy.model.pairs import from_square, to_square
from economy.model.payoffs import FIELDS, GameCell
from economy.parameters import Array, Parameters, Real
from economy.treaties.accounts import RegionAccounts
from economy.treaties.money import RegionBefore, money_results, nobody_before, solve_before
from economy.treaties.region import Region, check_openings

PATHS = 2**16
"""Number of (origin, host, skill) values solved at a time; their arrays fit in the processor's cache."""
FEWEST = 8
"""Smallest number of columns solved at a time, for any number of countries."""


@dataclass(frozen=True, slots=True)
class RegionBatch:
    """One block of the batch: regions with one graph each; columns last."""

    columns: slice
    """Position of the block in the batch."""
    endowments: Endowments
    """Productivity, labour force, skills and earlier migrants."""
    opens: Array
    """(country, partner, column) 1 where the country opens to the partner, else 0."""
    shared: Array
    """(column) or one number: share of the apparatus that each further treaty uses again."""
    p: Parameters
    """All other parameters; terms of a pair are (origin, partner, column)."""
    start: Array
    """(country, skill, column) log wage changes at which the solver starts."""


def solve_region(region: Region, opens: ArrayLike, start: ArrayLike = 0.0) -> GameCell:
    """Solve a region under given openings; all changes are from the status quo, in which no country opens.

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
    GameCell
        Results of the shape to which G and B broadcast. The axes player, country, origin and host have the length of
        the region.

    Raises
    ------
    InputError
        The region is outside its limits, the openings are no graph on its countries, or G and B do not broadcast.
    """
    found = _solve(region, opens, start, accounts=False)
    return GameCell(**{name: found[name] for name in FIELDS})


def solve_region_accounts(region: Region, opens: ArrayLike, start: ArrayLike = 0.0) -> RegionAccounts:
    """Solve the money accounts of a region under given openings.

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
    RegionAccounts
        Results of the shape to which G and B broadcast.

    Raises
    ------
    InputError
        As in `solve_region`.

    References
    ----------
    Alonso, "Managing Labor Mobility", Table 6.2.
    """
    found = _solve(region, opens, start, accounts=True)
    found["gdp"] = found["gdp_change"]
    return RegionAccounts(**{field.name: found[field.name] for field in fields(RegionAccounts)})


def _solve(region: Region, opens: ArrayLike, start: ArrayLike, *, accounts: bool) -> dict[str, Array]:
    """Results by name, of the shape to which the openings and the region broadcast."""
    graph, shape = check_openings(region, opens)
    before = _before(region, shape)
    results: dict[str, Array] = {}
    for batch in region_batches(region, graph, start, shape):
        for name, values in _results(batch, before, accounts=accounts).items():
            if name not in results:
                results[name] = np.zeros((int(np.prod(shape, dtype=int)), *values.shape[:-1]))
            results[name][batch.columns] = np.moveaxis(values, -1, 0)
    nobody = np.broadcast_to(0.0, results["flows"].shape)
    found = {"irregular": nobody, **results}
    return {name: values.reshape((*shape, *values.shape[1:])) for name, values in found.items()}


def region_wages(region: Region, opens: ArrayLike, start: ArrayLike = 0.0) -> Array:
    """Log wage changes ln(w/w⁰) of natives at the fixed point of the market.

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
    before = _before(region, shape)
    batches = region_batches(region, graph, start, shape)
    x = np.concatenate([_clear(batch, _columns(before, batch))[-1].x for batch in batches], axis=-1)
    return np.moveaxis(x, -1, 0).reshape((*shape, *x.shape[:2]))


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
    RegionBatch
        At most BLOCK columns.
    """
    nations, count = len(region.names), int(np.prod(shape, dtype=int))
    begin = np.broadcast_to(np.asarray(start, dtype=float), (*shape, nations, 2))
    countries = {name: _rows(values, shape, 1) for name, values in region.endowments.items()}
    opens, x = _rows(graph, shape, 2), _rows(begin, shape, 2)
    dials = {name: _row(value, shape) for name, value in region.parameters.items().items()}
    terms = {name: _rows(np.asarray(values, dtype=float), shape, 2) for name, values in region.terms.items()}
    shared = _row(region.shared, shape)
    stride = min(max(PATHS // (2 * nations**2), FEWEST), BLOCK)
    for first in range(0, max(count, 1), stride):
        some = slice(first, min(first + stride, count))
        yield RegionBatch(
            columns=some,
            endowments=Endowments(**{name: _block(values, some) for name, values in countries.items()}),
            opens=from_square(_block(opens, some)),
            shared=_some(shared, some),
            p=region.parameters.replace(
                **{name: _some(row, some) for name, row in dials.items()}
                | {name: from_square(_block(values, some)) for name, values in terms.items()}
            ),
            start=_block(x, some),
        )


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


def _block(rows: NDArray[Any], columns: slice) -> Array:
    return np.ascontiguousarray(rows[..., columns], dtype=float)


def _clear(batch: RegionBatch, before: RegionBefore | None) -> tuple[Baseline, Border, Clearing]:
    """The market at its fixed point; `before` is the status quo of the batch, None where nobody moves in it."""
    base = baseline(batch.p, batch.endowments)
    admission, start = status_quo_admission(batch.p, batch.opens) if batch.p.by_direction else None, batch.start
    if admission is not None and before is not None:
        admission, start = _people_admission(batch, base, admission, before)
    edge = border(batch.p, base, batch.opens, batch.shared, admission)
    return base, edge, clear_market(market(batch.p, base, edge), start)


def _people_admission(
    batch: RegionBatch, base: Baseline, admission: Admission, before: RegionBefore
) -> tuple[Admission, Array]:
    """Shares admitted in the columns where people are the ceiling between some countries and somebody opens.

    With them the log wage changes at which the solver starts.
    """
    bound = ceilings_of_people(batch.p, batch.opens).any(axis=(0, 1)) & batch.opens.any(axis=(0, 1))
    some = np.flatnonzero(bound)
    if not some.size:
        return admission, batch.start
    p, part, opens = take_columns(batch.p, some), take_columns(base, some), batch.opens[..., some]
    solved = places_admission(p, part, opens, before.people[..., some], before.x[..., some])
    level, reach, start = admission.level.copy(), admission.reach.copy(), batch.start.copy()
    level[..., some], reach[..., some] = solved.admission
    start[..., some] = solved.x
    return Admission(level, reach), start


def _before(region: Region, shape: tuple[int, ...]) -> RegionBefore | None:
    """The status quo, columns in the batch of `shape`; None where nobody moves in it.

    The region is solved once for each element of its own batch, not for each graph.
    """
    given: list[Real] = [region.terms.get(name, getattr(region.parameters, name)) for name in ("leak", "today")]
    if "today" not in region.terms:
        given.append(region.parameters.today_origin)
    if not any(np.any(np.asarray(values) > 0) for values in given):
        return None
    nations = len(region.names)
    nobody = np.zeros((nations, nations), dtype=bool)
    batches = region_batches(region, nobody, 0.0, region.shape)
    blocks = [solve_before(batch.p, *_clear(batch, None)) for batch in batches]
    own = np.arange(int(np.prod(region.shape, dtype=int))).reshape(region.shape)
    number = np.broadcast_to(own, shape).reshape(-1)
    return RegionBefore(*(np.concatenate(values, axis=-1)[..., number] for values in zip(*blocks, strict=True)))


def _columns(before: RegionBefore | None, batch: RegionBatch) -> RegionBefore | None:
    """The status quo of a block."""
    return None if before is None else RegionBefore(*(values[..., batch.columns] for values in before))


def _results(batch: RegionBatch, before: RegionBefore | None, *, accounts: bool) -> dict[str, Array]:
    """Results of one block by the names of the fields of `GameCell` and `RegionAccounts`, columns last."""
    quo = _columns(before, batch)
    base, edge, clearing = _clear(batch, quo)
    start = nobody_before(base, edge) if quo is None else quo
    gains, results = money_results(batch.p, base, edge, clearing, start, accounts=accounts)
    results = {
        **results,
        "flows": to_square(gains.movers),
        "inflow": gains.arrivals / total(base.labour, axis=1),
        "residual": clearing.residual,
        "identity": gains.identity,
    }
    if gains.irregular is not None:
        results["irregular"] = to_square(gains.irregular)
    return results
