"""Diversion: the effect of one treaty on all countries, also on those that did not sign it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from economy.parameters import Array
from economy.treaties.graph import Pair, Treaties, openings_of
from economy.treaties.payoffs import solve_region
from economy.treaties.region import Region
from economy.treaties.validation import require_single, treaty_array
from games.json_values import to_json_value


@dataclass(frozen=True, slots=True)
class Diversion:
    """Effect of one treaty on all countries: the region with the treaty less the region without it."""

    names: tuple[str, ...]
    """Countries, in the order of the arrays."""
    pair: Pair
    """Countries of the treaty."""
    payoffs: Array
    """(country) change of the government's payoff, % of own GDP of the status quo."""
    inflow: Array
    """(country) change of arrivals, share of own labour force."""
    flows: Array
    """(origin, host) change of movers, in the unit of the countries' sizes."""

    @property
    def movers_attracted(self) -> float:
        """Change of movers between the two countries of the treaty, both directions together."""
        i, j = (self.names.index(country) for country in self.pair)
        return float(self.flows[i, j] + self.flows[j, i])

    @property
    def movers_diverted(self) -> float:
        """Decrease of the movers from the two countries to third hosts; negative for an increase."""
        i, j = (self.names.index(country) for country in self.pair)
        return self.movers_attracted - float(self.flows[i].sum() + self.flows[j].sum())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain JSON values; `diverted_share` is null unless the treaty raises its corridor's flow."""
        return {
            "schema": "winset/diversion/1",
            "countries": list(self.names),
            "pair": list(self.pair),
            "payoffs": to_json_value(self.payoffs),
            "inflow": to_json_value(self.inflow),
            "flows": to_json_value(self.flows),
            "drawn": to_json_value(self.movers_attracted),
            "diverted": to_json_value(self.movers_diverted),
            "diverted_share": to_json_value(self.movers_diverted / self.movers_attracted)
            if self.movers_attracted > 0
            else None,
        }


def diversion(region: Region, treaties: Treaties, pair: Pair) -> Diversion:
    """Effect of one treaty on all countries, with other treaties in force.

    Workers who would have gone elsewhere go to the new partner, and wages change in all countries. The nearest
    published model of effects between hosts is Giordani and Ruta (2011).

    Parameters
    ----------
    region
        One region, shape ().
    treaties
        Treaties in force, with or without that of the pair.
    pair
        Names of the two countries of the treaty.

    Returns
    -------
    Diversion
        Results with the pair's treaty less results without it.

    Raises
    ------
    InputError
        As in `stable`.
    """
    graph = treaty_array(region, treaties) | openings_of(nx.Graph([pair]), region.names)
    i, j = (region.names.index(country) for country in pair)
    without = graph.copy()
    without[i, j] = without[j, i] = False
    require_single(region)
    found = solve_region(region, np.stack([graph, without]))
    return Diversion(
        names=region.names,
        pair=pair,
        payoffs=found.payoffs[0] - found.payoffs[1],
        inflow=found.inflow[0] - found.inflow[1],
        flows=(found.flows[0] - found.flows[1]).sum(axis=-1),
    )
