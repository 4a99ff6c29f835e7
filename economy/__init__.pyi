from .conventions import FIRST_VERSION, SECOND_VERSION, Conventions
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
from .evidence.unlikeness import NetParadox, UnlikenessCurve, net_paradox, trace_unlikeness
from .expansion.corridor_limits import ExpansionLimits, ExpansionReport, limits_if_covered, report_expansion
from .expansion.today_corridors import TodayCorridor, refit_corridor, today_corridor, today_corridor_names
from .model.accounts import Accounts, Positions, accounts, positions, region_accounts
from .model.group_gains import GROUPS
from .model.money_accounts import MoneyAccounts
from .model.payoffs import (
    GameCell,
    Stakes,
    agreement,
    classify_games,
    game,
    reciprocity_index,
    solve_accounts,
    solve_bilateral,
    solve_with_accounts,
)
from .parameters import Entry, Parameters, check, defaults, dial_entries, entries, preset, unlike
from .policy.largest_openness import Openness, largest_openness
from .policy.net_gains import NetGains, net_gains
from .policy.remedies import PLANS, REMEDIES, LeastAmount, Plan, Remedy, frontier, least_amount
from .policy.shocks import apply_economic_shocks
from .policy.terms import Terms, apply_terms
from .policy.windows import Window, best_phasing, remedy_window
from .treaties.countries import region_of
from .treaties.diversion import Diversion, diversion
from .treaties.graph import club, graph_of, hub, openings_of
from .treaties.payoffs import region_wages, solve_region
from .treaties.region import Region, bilateral
from .treaties.stability import Path, TreatyStability, check_stability, closest_countries, improving_path, stable_graphs

__all__ = [
    "FIRST_VERSION",
    "GROUPS",
    "PLANS",
    "REMEDIES",
    "SECOND_VERSION",
    "Accounts",
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
    "NetParadox",
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
    "TodayCorridor",
    "TreatyStability",
    "UnlikenessCurve",
    "Window",
    "accounts",
    "agreement",
    "agreement_at_inflow",
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
    "dial_entries",
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
    "net_paradox",
    "openings_of",
    "paradox",
    "positions",
    "preset",
    "reciprocity_index",
    "refit_corridor",
    "region_accounts",
    "region_of",
    "region_wages",
    "remedy_window",
    "report_expansion",
    "solve_accounts",
    "solve_bilateral",
    "solve_region",
    "solve_with_accounts",
    "stable_graphs",
    "today_corridor",
    "today_corridor_names",
    "trace_unlikeness",
    "unlike",
]
