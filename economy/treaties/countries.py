"""Regions of real countries, from the Penn World Table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from economy.corridors.data import KAPPA, THETA, network
from economy.parameters import Array, Parameters, defaults
from economy.treaties.region import Region
from games.errors import InputError, Problem
from games.text.spelling import closest_words


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
