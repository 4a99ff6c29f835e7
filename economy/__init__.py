"""What is at stake: from the fundamentals of two countries to the payoffs of their governments.

    parameters -> market (wages and flows) -> accounts (money by group) -> politics (payoffs)

The bilateral model of the project's specification; the nearest published model is Alonso and Santos Arteaga
(2020), "International migratory agreements: the paradox of adverse interest". Its defaults are a fit to the
tables of Alonso, "Managing Labor Mobility"; it claims no prediction.

Names are loaded when they are first asked for, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from economy.bench import PLANS, REMEDIES, Least, Plan, Remedy, frontier, least
    from economy.corridors import Corridor, corridor, corridor_names
    from economy.evidence import Identified, Paradox, Robust, dose, identified, paradox, robust
    from economy.incidence import Accounts, Positions, accounts, positions
    from economy.ledger import GROUPS
    from economy.parameters import Entry, Parameters, check, defaults, entries, preset
    from economy.region.countries import Region, bilateral, region_of
    from economy.region.incidence import region_accounts
    from economy.region.stakes import region_wages, solve_region
    from economy.remedies import Openness, largest_openness
    from economy.shocks import shocked
    from economy.stability import Diversion, Path, Stability, alike, diversion, improving_path, stable, stable_graphs
    from economy.stakes import Cell, Stakes, agreement, game, solve
    from economy.terms import Terms, applied
    from economy.treaties import club, graph_of, hub, openings_of

__all__ = [
    "GROUPS",
    "PLANS",
    "REMEDIES",
    "Accounts",
    "Cell",
    "Corridor",
    "Diversion",
    "Entry",
    "Identified",
    "Least",
    "Openness",
    "Paradox",
    "Parameters",
    "Path",
    "Plan",
    "Positions",
    "Region",
    "Remedy",
    "Robust",
    "Stability",
    "Stakes",
    "Terms",
    "accounts",
    "agreement",
    "alike",
    "applied",
    "bilateral",
    "check",
    "club",
    "corridor",
    "corridor_names",
    "defaults",
    "diversion",
    "dose",
    "entries",
    "frontier",
    "game",
    "graph_of",
    "hub",
    "identified",
    "improving_path",
    "largest_openness",
    "least",
    "openings_of",
    "paradox",
    "positions",
    "preset",
    "region_accounts",
    "region_of",
    "region_wages",
    "robust",
    "shocked",
    "solve",
    "solve_region",
    "stable",
    "stable_graphs",
]

_ROOMS = {
    "Least": "economy.bench",
    "PLANS": "economy.bench",
    "Plan": "economy.bench",
    "REMEDIES": "economy.bench",
    "Remedy": "economy.bench",
    "frontier": "economy.bench",
    "least": "economy.bench",
    "Corridor": "economy.corridors",
    "corridor": "economy.corridors",
    "corridor_names": "economy.corridors",
    "Identified": "economy.evidence",
    "Paradox": "economy.evidence",
    "Robust": "economy.evidence",
    "dose": "economy.evidence",
    "identified": "economy.evidence",
    "paradox": "economy.evidence",
    "robust": "economy.evidence",
    "Accounts": "economy.incidence",
    "Positions": "economy.incidence",
    "accounts": "economy.incidence",
    "positions": "economy.incidence",
    "GROUPS": "economy.ledger",
    "Entry": "economy.parameters",
    "Parameters": "economy.parameters",
    "check": "economy.parameters",
    "defaults": "economy.parameters",
    "entries": "economy.parameters",
    "preset": "economy.parameters",
    "Region": "economy.region.countries",
    "bilateral": "economy.region.countries",
    "region_of": "economy.region.countries",
    "region_accounts": "economy.region.incidence",
    "region_wages": "economy.region.stakes",
    "solve_region": "economy.region.stakes",
    "Openness": "economy.remedies",
    "largest_openness": "economy.remedies",
    "Diversion": "economy.stability",
    "Path": "economy.stability",
    "Stability": "economy.stability",
    "alike": "economy.stability",
    "diversion": "economy.stability",
    "improving_path": "economy.stability",
    "stable": "economy.stability",
    "stable_graphs": "economy.stability",
    "shocked": "economy.shocks",
    "Cell": "economy.stakes",
    "Stakes": "economy.stakes",
    "agreement": "economy.stakes",
    "game": "economy.stakes",
    "solve": "economy.stakes",
    "Terms": "economy.terms",
    "applied": "economy.terms",
    "club": "economy.treaties",
    "graph_of": "economy.treaties",
    "hub": "economy.treaties",
    "openings_of": "economy.treaties",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
