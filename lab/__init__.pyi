from .analysis.archive import write_archive
from .analysis.baselines import play_baselines
from .analysis.comparison import Comparison, compare, compare_arms
from .analysis.dataset import SweepDataset, load_dataset
from .analysis.findings import Findings, analyse_sweep
from .analysis.robustness import Robustness, assess_robustness
from .analysis.scenario_discovery import Discovery, discover
from .analysis.sensitivity import Sensitivity, factor_sensitivity
from .analysis.summaries import replicates_needed
from .atlas.atlas_columns import ATLAS_MEASURES
from .atlas.axes import AtlasAxis, parse_axis
from .atlas.base_economy import AtlasEconomy, read_base_economy
from .atlas.grid import Atlas, define_atlas
from .atlas.statistics import AtlasSummary, solve_atlas
from .design.cases import Case, Design, case, rerun_command
from .design.reader import parse_design, plan
from .runs.estimate import forecast
from .runs.replay import find, replay
from .runs.sweep import ExecutionOptions, resume, sweep
from .runs.verify import verify
from .store.errors import StoreRefusal
from .store.results import compact, lookup, moves, results
from .store.sweep_status import status

__all__ = [
    "ATLAS_MEASURES",
    "Atlas",
    "AtlasAxis",
    "AtlasEconomy",
    "AtlasSummary",
    "Case",
    "Comparison",
    "Design",
    "Discovery",
    "ExecutionOptions",
    "Findings",
    "Robustness",
    "Sensitivity",
    "StoreRefusal",
    "SweepDataset",
    "analyse_sweep",
    "assess_robustness",
    "case",
    "compact",
    "compare",
    "compare_arms",
    "define_atlas",
    "discover",
    "factor_sensitivity",
    "find",
    "forecast",
    "load_dataset",
    "lookup",
    "moves",
    "parse_axis",
    "parse_design",
    "plan",
    "play_baselines",
    "read_base_economy",
    "replay",
    "replicates_needed",
    "rerun_command",
    "results",
    "resume",
    "solve_atlas",
    "status",
    "sweep",
    "verify",
    "write_archive",
]
