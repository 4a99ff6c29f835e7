"""Data of the corridors: sixteen pairs of countries whose fundamentals and numbers of migrants are public.

Gap, size and skills of a corridor are from the Penn World Table, migrants from UN DESA. See data/SOURCES.md.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from games.errors import InputError, input_error
from games.messages import message
from games.text.spelling import closest_words

if TYPE_CHECKING:
    import networkx as nx

FOLDER = Path(__file__).parents[1] / "data"
"""Folder of the data files."""
SOURCES = (
    message("Penn World Table 10.01 (2019): output per worker, employment, human capital"),
    message("UN DESA, International Migrant Stock 2020: migrants"),
    message(
        "UN DESA, International Migrant Stock 2024, for 2020: all migrants, share of the population (earlier migrants)"
    ),
)
"""Sources of the data."""
THETA, KAPPA = 0.65, 0.5
"""Weight of skilled labour and mobility of capital in a corridor of unlike countries; both are assumptions."""
TURNED = {"AUS-NZL": "NZL-AUS"}
"""Corridors of the data whose host is the poorer country, and their code with the richer one as host."""

ORIGIN_FIRST = "the origin comes first, then the host"
"""Hint when the name of a corridor is unknown: the wrong order of countries is the most common error."""


class CorridorCountry(NamedTuple):
    """ISO code and English name of a country."""

    iso3: str
    name: str


@cache
def network() -> nx.DiGraph:
    """The corridors as a directed graph: nodes are countries, edges run from origin to host. Read once and cached.

    Nodes have the figures of the Penn World Table and `migrants_pct`, the share of migrants in the population. Edges
    have `migrants`; edges listed in the graph attribute `corridors` also have `gap` and `size` (None where the
    fundamentals are unknown).
    """
    import networkx as nx  # slow to import (half as long as all other imports together)

    graph = nx.DiGraph(corridors=[])
    for row in _rows("countries_pwt1001_2019.csv"):
        figures = {key: _number(text) for key, text in row.items() if key not in {"iso3", "country"}}
        graph.add_node(row["iso3"], name=row["country"], **figures)
    for row in _rows("migrants_undesa_2020.csv"):
        graph.nodes[row["iso3"]]["migrants_pct"] = _number(row["migrants_pct_of_population"])
    for row in _rows("corridors_bilateral.csv"):
        graph.add_edge(row["origin"], row["host"], migrants=int(row["migrants_undesa_2020"]))
    for row in _rows("corridors_derived.csv"):
        origin, host = row["corridor"].split("-")
        graph.graph["corridors"].append((origin, host))
        edge = graph.edges[origin, host]
        edge["gap"], edge["size"] = _number(row["gap_gdp_per_worker"]), _number(row["size_emp_origin_over_host"])
    return graph


def corridor_names() -> tuple[str, ...]:
    """Codes of the corridors that can be solved.

    Returns
    -------
    tuple[str, ...]
        ISO codes of origin and host in the order of the data, the richer country last: "MEX-USA", "TUR-DEU", ...
    """
    edges = network().edges
    return tuple(TURNED.get(code, code) for code, sides in _codes().items() if edges[sides]["gap"] is not None)


def unknown_corridor_error(code: str, prefix: str = "") -> InputError:
    """The error for a code that is no solvable corridor: the reason, and codes to write after `prefix`."""
    names = [prefix + name for name in corridor_names()]
    if code in TURNED:
        reason = f"there is no corridor called {code!r}: the richer country is the host"
        return input_error("corridor", reason, f"write {prefix}{TURNED[code]}; {ORIGIN_FIRST}")
    sides = _codes().get(code)
    if sides is not None:
        reason = f"{network().nodes[sides[0]]['name']} is not in the Penn World Table: {code} has no fundamentals"
        return input_error("corridor", reason, f"write another corridor: {', '.join(names)}")
    near = [prefix + name for name in closest_words(code, corridor_names())]
    hint = f"write {' or '.join(near)}; {ORIGIN_FIRST}" if near else f"write one of: {', '.join(names)}"
    return input_error("corridor", f"there is no corridor called {code!r}", hint)


def others_share(graph: nx.DiGraph, home: str, partner: str) -> float:
    """Migrants in a country who are not from the partner, share of its population; at least 0.

    Parameters
    ----------
    graph
        The graph that `network` returns.
    home
        ISO code of the country.
    partner
        ISO code of the partner.

    Returns
    -------
    float
        Share of the population, 0 to 1.
    """
    node, edges = graph.nodes[home], graph.edges
    theirs = edges[partner, home]["migrants"] if graph.has_edge(partner, home) else 0
    return max(0.0, node["migrants_pct"] / 100 - theirs / (1e6 * node["pop_m"]))


def _codes() -> dict[str, tuple[str, str]]:
    """Origin and host of every corridor by its code; includes corridors without fundamentals."""
    return {f"{origin}-{host}": (origin, host) for origin, host in network().graph["corridors"]}


@cache
def shares_without_papers() -> Mapping[str, float]:
    """Share of a corridor's migrants who have no papers, by code; only corridors with a figure."""
    return {row["corridor"]: float(row["share_of_migrants"]) for row in _rows("without_papers.csv")}


def less_skilled_share(country: Mapping[str, Any]) -> float:
    """Share of U from the human capital index, which runs from 1 to about 4 (assumption)."""
    return 1 - min(max((country["hc_index"] - 1) / 3, 0.05), 0.95)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None
