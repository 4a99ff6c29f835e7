from .analysis.archive import pack
from .analysis.baselines import beside
from .analysis.comparison import Comparison, compare, differences
from .analysis.dataset import Harvest, harvest
from .analysis.findings import Findings, study
from .analysis.robustness import Robustness, weigh
from .analysis.scenario_discovery import Discovery, discover
from .analysis.sensitivity import Sensitivity, drivers
from .analysis.summaries import enough
from .atlas.axes import Dial, dial
from .atlas.base_economy import Ground, ground
from .atlas.grid import Atlas, chart
from .atlas.measures import LAYERS
from .atlas.statistics import Survey, draw
from .design.cases import Case, Design, case, command
from .design.reader import plan, planned
from .runs.estimate import forecast
from .runs.replay import find, replay
from .runs.sweep import Orders, resume, sweep
from .runs.verify import verify
from .store.errors import StoreRefusal
from .store.results import compact, lookup, moves, results, status

__all__ = [
    "LAYERS",
    "Atlas",
    "Case",
    "Comparison",
    "Design",
    "Dial",
    "Discovery",
    "Findings",
    "Ground",
    "Harvest",
    "Orders",
    "Robustness",
    "Sensitivity",
    "StoreRefusal",
    "Survey",
    "beside",
    "case",
    "chart",
    "command",
    "compact",
    "compare",
    "dial",
    "differences",
    "discover",
    "draw",
    "drivers",
    "enough",
    "find",
    "forecast",
    "ground",
    "harvest",
    "lookup",
    "moves",
    "pack",
    "plan",
    "planned",
    "replay",
    "results",
    "resume",
    "status",
    "study",
    "sweep",
    "verify",
    "weigh",
]
