from .corridors import Corridor, corridor, corridor_names
from .evidence.robustness import Identified, Paradox, Robust, dose, identified, paradox, robust
from .model.accounts import Accounts, Positions, accounts, positions
from .model.group_gains import GROUPS
from .model.payoffs import Cell, Stakes, agreement, game, solve
from .parameters import Entry, Parameters, check, defaults, entries, preset
from .policy.largest_openness import Openness, largest_openness
from .policy.remedies import PLANS, REMEDIES, Least, Plan, Remedy, frontier, least
from .policy.shocks import shocked
from .policy.terms import Terms, applied
from .region.accounts import region_accounts
from .region.countries import Region, bilateral, region_of
from .region.payoffs import region_wages, solve_region
from .treaties.diversion import Diversion, diversion
from .treaties.graph import club, graph_of, hub, openings_of
from .treaties.stability import Path, Stability, alike, improving_path, stable, stable_graphs

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
