from .corridors import Corridor, corridor, corridor_names
from .evidence.robustness import (
    GameRobustness,
    Identification,
    Paradox,
    agreement_at_inflow,
    game_robustness,
    identify_parameters,
    paradox,
)
from .model.accounts import Accounts, Positions, accounts, positions, region_accounts
from .model.group_gains import GROUPS
from .model.payoffs import GameCell, Stakes, agreement, game, solve_bilateral
from .parameters import Entry, Parameters, check, defaults, entries, preset
from .policy.largest_openness import Openness, largest_openness
from .policy.remedies import PLANS, REMEDIES, LeastAmount, Plan, Remedy, frontier, least_amount
from .policy.shocks import apply_economic_shocks
from .policy.terms import Terms, apply_terms
from .treaties.countries import region_of
from .treaties.diversion import Diversion, diversion
from .treaties.graph import club, graph_of, hub, openings_of
from .treaties.payoffs import region_wages, solve_region
from .treaties.region import Region, bilateral
from .treaties.stability import Path, TreatyStability, check_stability, closest_countries, improving_path, stable_graphs

__all__ = [
    "GROUPS",
    "PLANS",
    "REMEDIES",
    "Accounts",
    "Corridor",
    "Diversion",
    "Entry",
    "GameCell",
    "GameRobustness",
    "Identification",
    "LeastAmount",
    "Openness",
    "Paradox",
    "Parameters",
    "Path",
    "Plan",
    "Positions",
    "Region",
    "Remedy",
    "Stakes",
    "Terms",
    "TreatyStability",
    "accounts",
    "agreement",
    "agreement_at_inflow",
    "apply_economic_shocks",
    "apply_terms",
    "bilateral",
    "check",
    "check_stability",
    "closest_countries",
    "club",
    "corridor",
    "corridor_names",
    "defaults",
    "diversion",
    "entries",
    "frontier",
    "game",
    "game_robustness",
    "graph_of",
    "hub",
    "identify_parameters",
    "improving_path",
    "largest_openness",
    "least_amount",
    "openings_of",
    "paradox",
    "positions",
    "preset",
    "region_accounts",
    "region_of",
    "region_wages",
    "solve_bilateral",
    "solve_region",
    "stable_graphs",
]
