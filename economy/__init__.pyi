from .conventions import STANDARD, Conventions
from .corridors.data import corridor_names
from .corridors.fitting import Corridor, corridor, refit_corridor
from .corridors.limits import ExpansionLimits, ExpansionReport, limits_if_covered, report_expansion
from .evidence.robustness import (
    GameRobustness,
    Identification,
    agreement_at_inflow,
    game_robustness,
    identify_parameters,
)
from .evidence.unlikeness import Paradox, UnlikenessCurve, paradox, trace_unlikeness
from .model.accounts import Positions, positions
from .model.group_gains import GROUPS
from .model.money_accounts import MoneyAccounts
from .model.payoffs import (
    GameCell,
    Stakes,
    agreement,
    agreement_with_accounts,
    classify_games,
    game,
    reciprocity_index,
    solve_accounts,
    solve_bilateral,
    solve_with_accounts,
)
from .parameters import Entry, Parameters, check, defaults, entries, preset, unlike
from .policy.largest_openness import Openness, largest_openness
from .policy.net_gains import NetGains, net_gains
from .policy.remedies import PLANS, REMEDIES, LeastAmount, Plan, Remedy, frontier, least_amount
from .policy.shocks import apply_economic_shocks
from .policy.terms import Terms, apply_terms
from .policy.windows import Window, best_phasing, remedy_window
from .treaties.accounts import RegionAccounts
from .treaties.brain_gain import SkilledExit, trace_skilled_exit
from .treaties.countries import region_of
from .treaties.diversion import Diversion, diversion
from .treaties.graph import club, graph_of, hub, openings_of
from .treaties.payoffs import region_wages, solve_region, solve_region_accounts
from .treaties.region import Region, bilateral
from .treaties.stability import Path, TreatyStability, check_stability, closest_countries, improving_path, stable_graphs

__all__ = [
    "GROUPS",
    "PLANS",
    "REMEDIES",
    "STANDARD",
    "Conventions",
    "Corridor",
    "Diversion",
    "Entry",
    "ExpansionLimits",
    "ExpansionReport",
    "GameCell",
    "GameRobustness",
    "Identification",
    "LeastAmount",
    "MoneyAccounts",
    "NetGains",
    "Openness",
    "Paradox",
    "Parameters",
    "Path",
    "Plan",
    "Positions",
    "Region",
    "RegionAccounts",
    "Remedy",
    "SkilledExit",
    "Stakes",
    "Terms",
    "TreatyStability",
    "UnlikenessCurve",
    "Window",
    "agreement",
    "agreement_at_inflow",
    "agreement_with_accounts",
    "apply_economic_shocks",
    "apply_terms",
    "best_phasing",
    "bilateral",
    "check",
    "check_stability",
    "classify_games",
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
    "limits_if_covered",
    "net_gains",
    "openings_of",
    "paradox",
    "positions",
    "preset",
    "reciprocity_index",
    "refit_corridor",
    "region_of",
    "region_wages",
    "remedy_window",
    "report_expansion",
    "solve_accounts",
    "solve_bilateral",
    "solve_region",
    "solve_region_accounts",
    "solve_with_accounts",
    "stable_graphs",
    "trace_skilled_exit",
    "trace_unlikeness",
    "unlike",
]
