"""Treaties as a graph and as an array: who opens to whom among the countries of a region.

A treaty is an edge between two countries, each of which opens to the other. In arrays it is a symmetric pair of
ones, `opens[i, j] = opens[j, i] = 1`. An opening that is not returned has an arrow instead of an edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.errors import refuse
from games.text.spelling import nearest

Mask = NDArray[np.bool_]


def openings_of(graph: nx.Graph, names: Sequence[str]) -> Mask:
    """(country, partner) who opens to whom, countries in the order of `names`.

    An edge of a graph opens both ways; in a directed graph an arrow from i to j says that i opens to j. Raises
    InputError for a country that is not among the names.
    """
    opens = none(names)
    for here, there in graph.edges:
        i, j = _places(names, (here, there))
        opens[i, j] = True
        opens[j, i] |= not isinstance(graph, nx.DiGraph)
    return opens


def graph_of(opens: ArrayLike, names: Sequence[str]) -> nx.Graph:
    """The treaties as a graph on the countries; openings that are not returned are no treaty and are left out."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((names[i], names[j]) for i, j in signed(opens))
    return graph


def none(names: Sequence[str]) -> Mask:
    """(country, partner) closed borders everywhere."""
    return np.zeros((len(names), len(names)), dtype=bool)


def club(names: Sequence[str], members: Iterable[str]) -> Mask:
    """(country, partner) every member open to every other; InputError for a country that is not among the names."""
    places = _places(names, members)
    opens = none(names)
    opens[np.ix_(places, places)] = True
    opens[places, places] = False
    return opens


def hub(names: Sequence[str], centre: str, spokes: Iterable[str] | None = None) -> Mask:
    """(country, partner) a treaty of the centre with each spoke, with everyone when none are named.

    Raises InputError for a country that is not among the names.
    """
    (middle,) = _places(names, (centre,))
    ends = _places(names, names if spokes is None else spokes)
    opens = none(names)
    opens[middle, ends] = opens[ends, middle] = True
    opens[middle, middle] = False
    return opens


def signed(opens: ArrayLike) -> tuple[tuple[int, int], ...]:
    """The treaties in force, each as the places of its two countries, the smaller first."""
    both = np.asarray(opens, dtype=bool)
    return tuple((int(i), int(j)) for i, j in np.argwhere(np.triu(both & both.T, 1)))


def pairs(count: int) -> tuple[tuple[int, int], ...]:
    """Every pair among so many countries, in the order in which `neighbours` changes them."""
    return tuple((i, j) for i in range(count) for j in range(i + 1, count))


def neighbours(opens: ArrayLike) -> Mask:
    """(pair, country, partner) the graphs one treaty away: each signs the pair's treaty, or ends it."""
    graph = np.asarray(opens, dtype=bool)
    i, j = np.triu_indices(len(graph), 1)
    near = np.repeat(graph[None], i.size, axis=0)
    each, ended = np.arange(i.size), graph[i, j] & graph[j, i]
    near[each, i, j] = near[each, j, i] = ~ended
    return near


def _places(names: Sequence[str], countries: Iterable[str]) -> list[int]:
    found: list[int] = []
    for country in countries:
        if country not in names:
            near = nearest(country, names) or names
            raise refuse("treaties", f"there is no country {country!r}", f"write one of: {', '.join(near)}")
        found.append(names.index(country))
    return found
