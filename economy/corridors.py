"""Real corridors: sixteen pairs of countries whose fundamentals and numbers of migrants are public.

Gap, size and skills of a corridor are from the Penn World Table. Openness is fitted to the number of migrants who live
in the host. All other parameters have their defaults, apart from theta and kappa. See data/SOURCES.md.

Migrants from all other origins are left out, so that the figures equal those of the specification. With them openness
and class change; see the variant "earlier migrants".
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from economy.model.payoffs import agreement
from economy.parameters import Array, Parameters, defaults
from games.errors import InputError, input_error
from games.messages import join_messages, message
from games.short_repr import short_repr
from games.text.spelling import closest_words

if TYPE_CHECKING:
    import networkx as nx

FOLDER = Path(__file__).with_name("data")
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
NARROWEST = 1e-4
"""Smallest fitted openness."""
ROUNDS, CUTS = 9, 33
"""Search for the openness: number of rounds, and levels tried in each."""

ORIGIN_FIRST = "the origin comes first, then the host"
"""Hint when the name of a corridor is unknown: the wrong order of countries is the most common error."""


class CorridorCountry(NamedTuple):
    """ISO code and English name of a country."""

    iso3: str
    name: str


@dataclass(frozen=True, slots=True)
class Corridor:
    """A real pair of countries with its parameters."""

    __repr__ = short_repr

    code: str
    """ISO codes of origin and host, as in "MAR-ESP"."""
    host: CorridorCountry
    """Country 0 of the model."""
    origin: CorridorCountry
    """Country 1 of the model."""
    parameters: Parameters
    """Parameters of the pair, with the openness at which a mutual opening brings the observed number of migrants."""
    migrants: int
    """People from the origin who live in the host, UN DESA 2020."""
    inflow: float
    """Migrants as a share of the host's workers; the openness is fitted to it."""
    earlier: tuple[float, float]
    """Migrants from other origins in host and origin, share of the population; used as the share of workers
    (assumption)."""
    notes: tuple[str, ...]
    """Assumptions and remarks to show with the results."""
    sources: tuple[str, ...]
    """Sources of the data."""

    @property
    def variants(self) -> Mapping[str, Parameters]:
        """The corridor under other assumptions, by name; the class of the game can change, so the variants are shown.

        For "earlier migrants" the openness is fitted again, because new migrants then compete first with earlier ones.
        """
        host, origin = self.earlier
        peopled, _ = _fitted(self.parameters.replace(old_stock=host, old_stock_origin=origin), self.inflow)
        return MappingProxyType(
            {
                "openness .25": self.parameters.replace(openness=0.25),
                "kappa 0": self.parameters.replace(kappa=0.0),
                "kappa 1": self.parameters.replace(kappa=1.0),
                "earlier migrants": peopled,
            }
        )


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
        ISO codes of origin and host in the order of the data: "MEX-USA", "TUR-DEU", ...
    """
    edges = network().edges
    return tuple(code for code, sides in _codes().items() if edges[sides]["gap"] is not None)


def unknown_corridor_error(code: str, prefix: str = "") -> InputError:
    """The error for a code that is no solvable corridor: the reason, and codes to write after `prefix`."""
    names = [prefix + name for name in corridor_names()]
    sides = _codes().get(code)
    if sides is not None:
        reason = f"{network().nodes[sides[0]]['name']} is not in the Penn World Table: {code} has no fundamentals"
        return input_error("corridor", reason, f"write another corridor: {', '.join(names)}")
    near = [prefix + name for name in closest_words(code, corridor_names())]
    hint = f"write {' or '.join(near)}; {ORIGIN_FIRST}" if near else f"write one of: {', '.join(names)}"
    return input_error("corridor", f"there is no corridor called {code!r}", hint)


@cache
def corridor(code: str) -> Corridor:
    """Return the corridor of this code, with fitted openness.

    Parameters
    ----------
    code
        ISO codes of origin and host, as in "MAR-ESP", in upper or lower case.

    Returns
    -------
    Corridor
        Parameters, data, notes and sources.

    Raises
    ------
    InputError
        The corridor has no fundamentals (TON-NZL), or the code is unknown; the error names similar codes.
    """
    code, graph = code.upper(), network()
    if code not in corridor_names():
        raise unknown_corridor_error(code)
    sides = _codes()[code]
    edge = graph.edges[sides]
    origin, host = (CorridorCountry(iso3, graph.nodes[iso3]["name"]) for iso3 in sides)
    migrants, inflow = edge["migrants"], edge["migrants"] / (1e6 * graph.nodes[host.iso3]["emp_m"])
    parameters, note = _fitted(
        defaults().replace(
            gap=edge["gap"],
            size=edge["size"],
            u0=less_skilled_share(graph.nodes[host.iso3]),
            u1=less_skilled_share(graph.nodes[origin.iso3]),
            theta=THETA,
            kappa=KAPPA,
        ),
        inflow,
    )
    story = message(
        "{migrants} people of {origin} live in {host} (UN DESA 2020)",
        migrants=f"{migrants:,}",
        origin=origin.name,
        host=host.name,
    )
    earlier = others_share(graph, sides[1], sides[0]), others_share(graph, *sides)
    notes = (
        join_messages(": ", [note, story]),
        message("skills are read off the index of human capital, u = 1 - (hc - 1)/3: an assumption"),
        message(
            "migrants of other origins, {share} % of the people of {host}, are left out",
            share=f"{100 * earlier[0]:.1f}",
            host=host.name,
        ),
    )
    return Corridor(code, host, origin, parameters, migrants, inflow, earlier, notes, SOURCES)


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


def less_skilled_share(country: Mapping[str, Any]) -> float:
    """Share of U from the human capital index, which runs from 1 to about 4 (assumption)."""
    return 1 - min(max((country["hc_index"] - 1) / 3, 0.05), 0.95)


def _fitted(parameters: Parameters, inflow: float) -> tuple[Parameters, str]:
    """Fit the openness at which the host's inflow in (L,L) is `inflow`, a share of its labour force.

    Returns the parameters and a note. The inflow rises with openness, so each round narrows the interval of levels.
    """
    levels: Array = np.linspace(NARROWEST, 1.0, CUTS)
    reached = agreement(parameters.replace(openness=levels)).inflow[:, 0]
    if reached[-1] < inflow:
        note = message("openness is 1, and still fewer are willing than there are")
        return parameters.replace(openness=1.0), note
    if reached[0] > inflow:
        note = message("openness is held at {openness}, more would be willing", openness=NARROWEST)
        return parameters.replace(openness=NARROWEST), note
    for _ in range(ROUNDS):
        upper = int(np.clip(np.searchsorted(reached, inflow), 1, CUTS - 1))
        levels = np.linspace(float(levels[upper - 1]), float(levels[upper]), CUTS)
        reached = agreement(parameters.replace(openness=levels)).inflow[:, 0]
    openness = round(float(np.interp(inflow, reached, levels)), 9)
    return parameters.replace(openness=openness), message("openness {openness} is fitted", openness=f"{openness:.3f}")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None
