"""Treaties as a graph and as an array: which countries of a region open to which.

A treaty is an edge between two countries; each opens to the other. In an array it is `opens[i, j] = opens[j, i] = 1`.
An opening in one direction only is an edge of a directed graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import ArrayLike, NDArray

from games.errors import input_error
from games.text.spelling import closest_words

Mask = NDArray[np.bool_]
"""Boolean array; axes (country, partner) unless stated."""

Treaties: TypeAlias = nx.Graph | ArrayLike
"""Treaties as a graph on the countries' names, or as a symmetric (country, partner) array."""
Pair: TypeAlias = tuple[str, str]
"""Names of two countries."""


def openings_of(graph: nx.Graph, names: Sequence[str]) -> Mask:
    """Convert a graph of treaties to an array.

    Parameters
    ----------
    graph
        Graph on the names of countries. An edge opens both ways; an edge (i, j) of a directed graph means that i opens
        to j.
    names
        Countries, in the order of the axes of the result.

    Returns
    -------
    Mask
        (country, partner) True where the country opens to the partner.

    Raises
    ------
    InputError
        A country of the graph is not in `names`.
    """
    opens = no_openings(names)
    for here, there in graph.edges:
        i, j = _places(names, (here, there))
        opens[i, j] = True
        opens[j, i] |= not isinstance(graph, nx.DiGraph)
    return opens


def graph_of(opens: ArrayLike, names: Sequence[str]) -> nx.Graph:
    """Convert an array of openings to a graph of treaties.

    Parameters
    ----------
    opens
        (country, partner) openings. Openings in one direction only are no treaties and are left out.
    names
        Countries, in the order of the axes of `opens`.

    Returns
    -------
    nx.Graph
        Undirected graph on all names.
    """
    graph = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((names[i], names[j]) for i, j in treaty_pairs(opens))
    return graph


def no_openings(names: Sequence[str]) -> Mask:
    """(country, partner) array without any opening."""
    return np.zeros((len(names), len(names)), dtype=bool)


def club(names: Sequence[str], members: Iterable[str]) -> Mask:
    """Array of treaties among all members of a club.

    Parameters
    ----------
    names
        Countries, in the order of the axes of the result.
    members
        Countries of the club.

    Returns
    -------
    Mask
        (country, partner) True between any two members.

    Raises
    ------
    InputError
        A member is not in `names`.
    """
    places = _places(names, members)
    opens = no_openings(names)
    opens[np.ix_(places, places)] = True
    opens[places, places] = False
    return opens


def hub(names: Sequence[str], centre: str, spokes: Iterable[str] | None = None) -> Mask:
    """Array of treaties of one country, the centre, with each of the spokes.

    Parameters
    ----------
    names
        Countries, in the order of the axes of the result.
    centre
        The country with all the treaties.
    spokes
        Its partners; None means all other countries.

    Returns
    -------
    Mask
        (country, partner) True between the centre and each spoke.

    Raises
    ------
    InputError
        The centre or a spoke is not in `names`.
    """
    (middle,) = _places(names, (centre,))
    ends = _places(names, names if spokes is None else spokes)
    opens = no_openings(names)
    opens[middle, ends] = opens[ends, middle] = True
    opens[middle, middle] = False
    return opens


def treaty_pairs(opens: ArrayLike) -> tuple[tuple[int, int], ...]:
    """Treaties in force: index pairs (i, j) with i < j that open to each other."""
    both = np.asarray(opens, dtype=bool)
    return tuple((int(i), int(j)) for i, j in np.argwhere(np.triu(both & both.T, 1)))


def pairs(count: int) -> tuple[tuple[int, int], ...]:
    """All index pairs (i, j), i < j, of `count` countries, in the order of `neighbours`."""
    return tuple((i, j) for i in range(count) for j in range(i + 1, count))


def neighbours(opens: ArrayLike) -> Mask:
    """(pair, country, partner) graphs that differ by one treaty: the pair's treaty is signed, or ended if it exists."""
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
            near = closest_words(country, names) or names
            raise input_error("treaties", f"there is no country {country!r}", f"write one of: {', '.join(near)}")
        found.append(names.index(country))
    return found
