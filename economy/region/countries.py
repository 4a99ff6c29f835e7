"""The countries of a region, and their baseline with closed borders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from economy.corridors import KAPPA, THETA, network
from economy.model.baseline import Baseline
from economy.model.labour import aggregate, exponent, log_skill, log_wages
from economy.parameters import Array, Parameters, Real, check, defaults, entries
from games.errors import InputError, Problem, input_error
from games.text.spelling import closest_words

BILATERAL_ONLY = {
    "leak": "who comes without papers to one of many hosts is not modelled",
    "control": "it stops those who come without papers, and they are not modelled among many hosts",
    "old_stock": "earlier migrants are not modelled among many countries",
    "old_stock_origin": "earlier migrants are not modelled among many countries",
    "recip": "it cuts the cost of moving from the host to the origin, and here everyone is both",
    "side": "it goes from the origin to the host, and here everyone is both",
}
"""Parameters that only the bilateral model has, and the reason."""


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
    """All other parameters, equal in all countries; the fields gap, size, u0 and u1 are not read."""
    shared: Real = 0.0
    """Share of the apparatus of one treaty that each further treaty uses again, 0 to 1 (assumption: 0)."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape B of the batch, () for one region. Raises ValueError when the shapes do not broadcast."""
        countries = (np.shape(figures)[:-1] for figures in (self.gap, self.size, self.u))
        return np.broadcast_shapes(*countries, self.parameters.shape, np.shape(self.shared))


def bilateral(parameters: Parameters) -> Region:
    """The region of the two countries of a bilateral economy, or a batch of them.

    Parameters
    ----------
    parameters
        Bilateral economy of shape B. `leak`, `control`, `old_stock`, `old_stock_origin`, `recip` and `side` must be 0
        when the region is solved.

    Returns
    -------
    Region
        The countries "host" (country 0) and "origin" (country 1), shape B.
    """
    gap, size, u0, u1 = (np.asarray(value, dtype=float) for value in _endowments(parameters))
    return Region(
        names=("host", "origin"),
        gap=np.stack([gap, np.ones_like(gap)], axis=-1),
        size=np.stack([np.ones_like(size), size], axis=-1),
        u=np.stack(np.broadcast_arrays(u0, u1), axis=-1),
        parameters=parameters,
    )


def _endowments(p: Parameters) -> tuple[Real, Real, Real, Real]:
    return p.gap, p.size, p.u0, p.u1


def region_of(codes: Sequence[str], parameters: Parameters | None = None) -> Region:
    """The region of real countries, from the Penn World Table 10.01 (2019).

    Gap is output per worker and size is employment, both relative to the first country. The share of U follows from the
    human capital index: u = 1 − (hc − 1)/3, within .05 to .95 (assumption).

    Parameters
    ----------
    codes
        ISO codes of three letters, upper or lower case; the first country sets the units.
    parameters
        All other parameters. None: θ .65, κ .5 and the defaults, as in a corridor (assumptions).

    Returns
    -------
    Region
        One region, shape ().

    Raises
    ------
    InputError
        A code is unknown, or a country has no data in the Penn World Table.

    References
    ----------
    Feenstra, Inklaar and Timmer (2015), "The Next Generation of the Penn World Table", American Economic Review
    105(10).
    """
    iso3 = [code.upper() for code in codes]
    if problems := [problem for code in iso3 for problem in _missing(code)]:
        raise InputError(*problems)
    nodes = [network().nodes[code] for code in iso3]
    output, workers, capital = (_figures(nodes, name) for name in ("gdp_per_worker_ppp", "emp_m", "hc_index"))
    return Region(
        names=tuple(iso3),
        gap=output / output[:1],
        size=workers / workers[:1],
        u=1 - np.clip((capital - 1) / 3, 0.05, 0.95),
        parameters=parameters or defaults().replace(theta=THETA, kappa=KAPPA),
    )


def _figures(nodes: list[dict[str, Any]], name: str) -> Array:
    return np.array([node[name] for node in nodes], dtype=float)


def _missing(code: str) -> Iterator[Problem]:
    nodes = network().nodes
    if code not in nodes:
        near = closest_words(code, nodes)
        hint = f"did you mean {' or '.join(near)}?" if near else f"write some of: {', '.join(sorted(nodes))}"
        yield Problem("countries", f"there is no country {code!r} in the data", hint)
    elif nodes[code]["emp_m"] is None:
        reason = f"{nodes[code]['name']} is not in the Penn World Table: it has no fundamentals"
        yield Problem("countries", reason, f"leave {code} out")


def check_region(region: Region) -> None:
    """Raise one InputError that lists everything wrong with the region, with what to write instead."""
    count = len(region.names)
    if count < 2 or len(set(region.names)) < count:
        raise input_error(
            "region.names", f"got {', '.join(region.names) or 'none'}", "give two countries or more, each once"
        )
    check(region.parameters, "region.parameters")
    if problems := [*_misshapen(region)] or [*_outside(region), *_untold(region.parameters)]:
        raise InputError(*problems)
    try:
        _ = region.shape
    except ValueError:
        raise input_error("region", "the shapes do not go together", "give arrays of one length") from None


def _misshapen(region: Region) -> Iterator[Problem]:
    count = len(region.names)
    for name in ("gap", "size", "u"):
        axes = np.shape(getattr(region, name))
        if not axes or axes[-1] != count:
            yield Problem(f"region.{name}", f"has the shape {axes}", f"give {count} figures, one a country")


def _outside(region: Region) -> Iterator[Problem]:
    """Problems with values: ratios within the bilateral limits, shares within 0 to 1.

    The conditions are written so that NaN, which compares false with everything, is a problem.
    """
    for name in ("gap", "size"):
        most, figures = entries()[name].high, getattr(region, name)
        if not (np.min(figures) > 0 and (np.max(figures, axis=-1) <= most * np.min(figures, axis=-1)).all()):
            hint = f"give positive figures, the largest at most {most:g} times the smallest"
            yield Problem(f"region.{name}", "countries lie too far apart", hint)
    low, high = entries()["u0"].low, entries()["u0"].high
    if not (np.min(region.u) >= low and np.max(region.u) <= high):
        yield Problem("region.u", "lies outside its limits (a share)", f"write numbers from {low:g} to {high:g}")
    if not (np.min(region.shared) >= 0 and np.max(region.shared) <= 1):
        yield Problem("region.shared", "lies outside its limits (a share)", "write a number from 0 to 1")


def _untold(p: Parameters) -> Iterator[Problem]:
    for name, reason in BILATERAL_ONLY.items():
        if np.any(np.not_equal(getattr(p, name), 0)):
            yield Problem(f"region.parameters.{name}", reason, "write 0, or solve the countries in pairs")


def region_baseline(p: Parameters, gap: Array, size: Array, u: Array) -> Baseline:
    """Baseline of every country with closed borders: equations 1 to 3 with a return on capital of 1 everywhere.

    Parameters
    ----------
    p
        Flat parameters.
    gap
        (country, column) labour productivity.
    size
        (country, column) labour force.
    u
        (country, column) share of U in the labour force.

    Returns
    -------
    Baseline
        Arrays of (country, column) and (country, skill, column), without earlier migrants.
    """
    labour = np.stack([size * u, size * (1 - u)], axis=1)
    log_labour = np.log(labour)
    index, skilled = aggregate(log_labour[:, 0], log_labour[:, 1], p.theta, exponent(p.sigma))
    able = np.log(gap) + index
    product = p.alpha * (np.log(p.alpha) / (1 - p.alpha) + able) + (1 - p.alpha) * able
    wages = log_wages(product, index, log_labour, p.theta, p.sigma, p.alpha)
    return Baseline(labour, np.exp(wages), wages, skilled, log_skill(labour), np.exp(product))
