"""Checks of the arguments about treaties: one region, and openings in both directions."""

from __future__ import annotations

import networkx as nx

from economy.treaties.graph import Mask, Treaties, openings_of
from economy.treaties.region import Region, openings
from games.errors import input_error


def require_single(region: Region) -> None:
    """Raise InputError when `region` is a batch."""
    if region.shape:
        raise input_error(
            "region", f"there are {region.shape} regions here", "give one region: one number for every dial"
        )


def treaty_array(region: Region, treaties: Treaties) -> Mask:
    """Convert treaties to a symmetric array, and check them.

    Parameters
    ----------
    region
        One region, shape ().
    treaties
        Undirected graph on the names of the countries, or a symmetric array (country, partner).

    Returns
    -------
    Mask
        (country, partner) True where both countries open to each other.

    Raises
    ------
    InputError
        A country is unknown, the array does not have the size of the region, or an opening is in one direction only.
    """
    given = openings_of(treaties, region.names) if isinstance(treaties, nx.Graph) else treaties
    graph = openings(region, given)
    if graph.ndim != 2 or (graph != graph.T).any():
        raise input_error("treaties", "these are no treaties of one region", "open both ways or not at all")
    return graph
