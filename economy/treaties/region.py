"""A region: countries that may open to each other by treaty, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from economy.parameters import Array, Parameters, Real, check, entries
from games.errors import InputError, Problem, input_error

PAIR_TERMS = (
    "openness", "skilled_openness", "today", "expansion", "covered", "leak", "leak_managed", "control", "risk",
    "match", "phi_U", "phi_U_managed", "phi_S", "phi_S_managed", "fee", "fee_managed", "cost", "recip", "tax",
    "tax_host", "gsp", "unmanaged", "c_var", "c_control", "side",
)  # fmt: skip
"""Parameters that may have a value for each pair of countries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Countries that may open to each other, or a batch of regions of shape B when the arrays have more axes.

    Only ratios of gaps and ratios of sizes matter; flows have the unit of `size`.
    """

    names: tuple[str, ...]
    """The countries, in the order of every axis called country, origin or host."""
    gap: Array
    """(*B, country) labour productivity; only ratios matter."""
    size: Array
    """(*B, country) labour force."""
    u: Array
    """(*B, country) share of U in the labour force."""
    parameters: Parameters
    """All other parameters, equal in all countries; the fields gap, size, u0, u1, old_stock and old_stock_origin are
    not read. Between two countries the earlier one is the host and the later one the origin, for `recip`, `side`,
    `today_origin` and `openness_origin` (a convention)."""
    stock: Array | None = None
    """(*B, country) share of earlier migrants in the labour force; None where there are none."""
    terms: Mapping[str, Array] = field(default_factory=dict[str, Array])
    """(*B, origin, host) values of some of PAIR_TERMS for the movers from each origin to each host, instead of those of
    `parameters`; the diagonal is not read. `side` is what the first country receives from the second. Where `today` or
    `openness` is given, `today_origin` or `openness_origin` is not read."""
    shared: Real = 0.0
    """Share of the apparatus of one treaty that each further treaty uses again, 0 to 1 (assumption: 0)."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape B of the batch, () for one region. Raises ValueError when the shapes do not broadcast."""
        countries = (np.shape(figures)[:-1] for figures in self.endowments.values())
        terms = (np.shape(values)[:-2] for values in self.terms.values())
        return np.broadcast_shapes(*countries, *terms, self.parameters.shape, np.shape(self.shared))

    @property
    def endowments(self) -> dict[str, Array]:
        """(*B, country) what each country has, by name; `stock` where there are earlier migrants."""
        given = {"gap": self.gap, "size": self.size, "u": self.u}
        return given if self.stock is None else {**given, "stock": self.stock}


def bilateral(parameters: Parameters) -> Region:
    """The region of the two countries of a bilateral economy, or a batch of them.

    Parameters
    ----------
    parameters
        Bilateral economy of shape B.

    Returns
    -------
    Region
        The countries "host" (country 0) and "origin" (country 1), shape B.
    """
    p = parameters
    came = np.any(np.asarray(p.old_stock) > 0) or np.any(np.asarray(p.old_stock_origin) > 0)
    return Region(
        names=("host", "origin"),
        gap=_stack(p.gap, 1.0),
        size=_stack(1.0, p.size),
        u=_stack(p.u0, p.u1),
        parameters=p,
        stock=_stack(p.old_stock, p.old_stock_origin) if came else None,
    )


def _stack(host: Real, origin: Real) -> Array:
    """(*B, country) values of both countries."""
    return np.stack(np.broadcast_arrays(np.asarray(host, dtype=float), np.asarray(origin, dtype=float)), axis=-1)


def check_region(region: Region) -> None:
    """Raise one InputError that lists everything wrong with the region, with what to write instead."""
    count = len(region.names)
    if count < 2 or len(set(region.names)) < count:
        raise input_error(
            "region.names", f"got {', '.join(region.names) or 'none'}", "give two countries or more, each once"
        )
    check(region.parameters, "region.parameters")
    if problems := [*_misshapen(region)] or [*_outside(region), *_terms_outside(region), *_unread(region)]:
        raise InputError(*problems)
    try:
        _ = region.shape
    except ValueError:
        raise input_error("region", "the shapes do not go together", "give arrays of one length") from None


def _misshapen(region: Region) -> Iterator[Problem]:
    count = len(region.names)
    for name, values in region.endowments.items():
        axes = np.shape(values)
        if not axes or axes[-1] != count:
            yield Problem(f"region.{name}", f"has the shape {axes}", f"give {count} figures, one a country")
    for name, values in region.terms.items():
        if name not in PAIR_TERMS:
            hint = f"give some of: {', '.join(PAIR_TERMS)}"
            yield Problem(f"region.terms.{name}", "has no value for each pair of countries", hint)
        elif np.shape(values)[-2:] != (count, count):
            hint = f"give {count} x {count} figures, from each origin to each host"
            yield Problem(f"region.terms.{name}", f"has the shape {np.shape(values)}", hint)


def _outside(region: Region) -> Iterator[Problem]:
    """Problems with values: ratios within the bilateral limits, shares within 0 to 1.

    The conditions are written so that NaN, which compares false with everything, is a problem.
    """
    for name in ("gap", "size"):
        most, figures = entries()[name].high, getattr(region, name)
        if not (np.min(figures) > 0 and (np.max(figures, axis=-1) <= most * np.min(figures, axis=-1)).all()):
            hint = f"give positive figures, the largest at most {most:g} times the smallest"
            yield Problem(f"region.{name}", "countries lie too far apart", hint)
    shares = {"u": (region.u, "u0"), "stock": (0.0 if region.stock is None else region.stock, "old_stock")}
    limits = {name: (values, entries()[entry].low, entries()[entry].high) for name, (values, entry) in shares.items()}
    for name, (values, low, high) in {**limits, "shared": (region.shared, 0.0, 1.0)}.items():
        if not (np.min(values) >= low and np.max(values) <= high):
            hint = f"write numbers from {low:g} to {high:g}"
            yield Problem(f"region.{name}", "lies outside its limits (a share)", hint)


def _terms_outside(region: Region) -> Iterator[Problem]:
    between = ~np.eye(len(region.names), dtype=bool)
    for name, values in region.terms.items():
        low, high, figures = entries()[name].low, entries()[name].high, np.asarray(values)[..., between]
        if not (np.min(figures) >= low and np.max(figures) <= high):
            reason = f"lies outside its limits (unit: {entries()[name].unit})"
            yield Problem(f"region.terms.{name}", reason, f"write numbers from {low:g} to {high:g}")


def _unread(region: Region) -> Iterator[Problem]:
    """Earlier migrants that were given for a pair, where the region says nothing about them."""
    if region.stock is None:
        for name in ("old_stock", "old_stock_origin"):
            if np.any(np.not_equal(getattr(region.parameters, name), 0)):
                hint = "write 0, and give one share for each country in `stock`"
                yield Problem(f"region.parameters.{name}", "is a share of one of two countries", hint)


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
