"""Real corridors: sixteen pairs of countries whose fundamentals and migrants are public.

A corridor takes its gap, its size and its skills from the Penn World Table and its openness from the number
of migrants that are really there. Everything else stays at its default. See data/SOURCES.md.

The migrants of all other origins who live in the two countries are left out, so that the figures are those of
the specification; with them openness and class change, and they are to be had as the variant "earlier migrants".
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
from games.errors import InputError, refuse
from games.short_repr import short_repr
from games.text.spelling import nearest

if TYPE_CHECKING:
    import networkx as nx

FOLDER = Path(__file__).with_name("data")
SOURCES = (
    "Penn World Table 10.01 (2019): output per worker, employment, human capital",
    "UN DESA, International Migrant Stock 2020: migrants",
    "UN DESA, International Migrant Stock 2024, for 2020: all migrants, share of the population (earlier migrants)",
)
THETA, KAPPA = 0.65, 0.5
"""Weight of skilled labour and mobility of capital in a corridor of unlike countries; both are assumptions."""
NARROWEST = 1e-4
"""The smallest openness a corridor is fitted with."""
ROUNDS, CUTS = 9, 33
"""The search for the openness: rounds, and levels tried in each."""

ORIGIN_FIRST = "the origin comes first, then the host"
"""Said where a corridor's name was not understood: names in the wrong order are the commonest slip."""


class Country(NamedTuple):
    """A country by its code and its English name."""

    iso3: str
    name: str


@dataclass(frozen=True, slots=True)
class Corridor:
    """One real pair of countries, ready to be solved."""

    __repr__ = short_repr

    code: str
    """Origin and host by ISO code, as in "MAR-ESP"."""
    host: Country
    """Country 0 of the model."""
    origin: Country
    """Country 1 of the model."""
    parameters: Parameters
    """With the openness at which the mutual opening brings about the migrants that are there."""
    migrants: int
    """People of the origin living in the host, UN DESA 2020."""
    inflow: float
    """The same as a share of the host's workers: what the openness is fitted to."""
    earlier: tuple[float, float]
    """Migrants of other origins in host and origin, share of the people there; of its workers, too (assumption)."""
    notes: tuple[str, ...]
    """What a reader of the results must know."""
    sources: tuple[str, ...]

    @property
    def variants(self) -> Mapping[str, Parameters]:
        """The corridor under other readings, by their names: the class of its game can change, so show them.

        With "earlier migrants" the openness is fitted anew, since newcomers then share a part of the market.
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
    """The corridors as a graph, fresh from the data: countries are nodes, an edge runs from origin to host.

    Nodes carry the Penn World Table's figures and `migrants_pct`, the share of migrants in the population, edges
    `migrants` and, where the pair is one of the graph's `corridors`, `gap` and `size` (None where the fundamentals
    are unknown).
    """
    import networkx as nx  # takes half as long to load as all the rest: whoever has no corridor does without

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
    """The corridors that can be solved, in the order of the data: "MEX-USA", "TUR-DEU", ..."""
    edges = network().edges
    return tuple(code for code, sides in _codes().items() if edges[sides]["gap"] is not None)


def refusal(code: str, prefix: str = "") -> InputError:
    """Why a code names no corridor that can be solved, and which one to write; `prefix` stands before each."""
    names = [prefix + name for name in corridor_names()]
    sides = _codes().get(code)
    if sides is not None:
        reason = f"{network().nodes[sides[0]]['name']} is not in the Penn World Table: {code} has no fundamentals"
        return refuse("corridor", reason, f"write another corridor: {', '.join(names)}")
    near = [prefix + name for name in nearest(code, corridor_names())]
    hint = f"write {' or '.join(near)}; {ORIGIN_FIRST}" if near else f"write one of: {', '.join(names)}"
    return refuse("corridor", f"there is no corridor called {code!r}", hint)


@cache
def corridor(code: str) -> Corridor:
    """The corridor of this code, origin first; upper or lower case.

    Raises InputError for a code without fundamentals (TON-NZL) and for one unknown, with the nearest names.
    """
    code, graph = code.upper(), network()
    if code not in corridor_names():
        raise refusal(code)
    sides = _codes()[code]
    edge = graph.edges[sides]
    origin, host = (Country(iso3, graph.nodes[iso3]["name"]) for iso3 in sides)
    migrants, inflow = edge["migrants"], edge["migrants"] / (1e6 * graph.nodes[host.iso3]["emp_m"])
    parameters, note = _fitted(
        defaults().replace(
            gap=edge["gap"],
            size=edge["size"],
            u0=_less_skilled(graph.nodes[host.iso3]),
            u1=_less_skilled(graph.nodes[origin.iso3]),
            theta=THETA,
            kappa=KAPPA,
        ),
        inflow,
    )
    story = f"{migrants:,} people of {origin.name} live in {host.name} (UN DESA 2020)"
    earlier = _earlier(graph, sides[1], sides[0]), _earlier(graph, *sides)
    notes = (
        f"{note}: {story}",
        "skills are read off the index of human capital, u = 1 - (hc - 1)/3: an assumption",
        f"migrants of other origins, {100 * earlier[0]:.1f} % of the people of {host.name}, are left out",
    )
    return Corridor(code, host, origin, parameters, migrants, inflow, earlier, notes, SOURCES)


def _earlier(graph: nx.DiGraph, home: str, partner: str) -> float:
    """Migrants in a country who are not the partner's, share of its population; none where the count says less."""
    node, edges = graph.nodes[home], graph.edges
    theirs = edges[partner, home]["migrants"] if graph.has_edge(partner, home) else 0
    return max(0.0, node["migrants_pct"] / 100 - theirs / (1e6 * node["pop_m"]))


def _codes() -> dict[str, tuple[str, str]]:
    """Origin and host of every corridor by its code, with those whose fundamentals are unknown."""
    return {f"{origin}-{host}": (origin, host) for origin, host in network().graph["corridors"]}


def _less_skilled(country: Mapping[str, Any]) -> float:
    """Share of U from the index of human capital, which runs from 1 to about 4 (assumption)."""
    return 1 - min(max((country["hc_index"] - 1) / 3, 0.05), 0.95)


def _fitted(parameters: Parameters, inflow: float) -> tuple[Parameters, str]:
    """The openness at which the host's inflow in (L,L) is `inflow` of its labour force, and a word about it.

    The inflow rises with openness, so the levels are narrowed down round by round.
    """
    levels: Array = np.linspace(NARROWEST, 1.0, CUTS)
    reached = agreement(parameters.replace(openness=levels)).inflow[:, 0]
    if reached[-1] < inflow:
        return parameters.replace(openness=1.0), "openness is 1, and still fewer are willing than there are"
    if reached[0] > inflow:
        return parameters.replace(openness=NARROWEST), f"openness is held at {NARROWEST}, more would be willing"
    for _ in range(ROUNDS):
        upper = int(np.clip(np.searchsorted(reached, inflow), 1, CUTS - 1))
        levels = np.linspace(float(levels[upper - 1]), float(levels[upper]), CUTS)
        reached = agreement(parameters.replace(openness=levels)).inflow[:, 0]
    openness = round(float(np.interp(inflow, reached, levels)), 9)
    return parameters.replace(openness=openness), f"openness {openness:.3f} is fitted"


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> float | None:
    return float(text) if text else None
