"""Many runs: maps of the model point by point, and sweeps over cases.

    ground + dials  ->  Atlas  ->  draw  ->  Survey; with a file, every point in Parquet
    plan  ->  Design  ->  case by case  ->  Bench  ->  Store  ->  results
    folder  ->  Harvest  ->  drivers, discover, weigh, differences  ->  Findings  ->  report, archive

An atlas solves economies in arrays and meets no delegation: Mesa is nowhere in its path. Names resolve when
they are first asked for, so that `import lab` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lab.archive import pack
    from lab.atlas import Atlas, chart
    from lab.baselines import beside
    from lab.comparison import Comparison, compare, differences
    from lab.design import Case, Design, case, command
    from lab.dials import Dial, dial
    from lab.discovery import Discovery, discover
    from lab.findings import Findings, study
    from lab.forecasts import forecast
    from lab.grounds import Ground, ground
    from lab.harvests import Harvest, harvest
    from lab.layers import LAYERS
    from lab.plans import plan, planned
    from lab.refusals import StoreRefusal
    from lab.replaying import find, replay
    from lab.robustness import Robustness, weigh
    from lab.rows import compact, lookup, moves, results, status, verify
    from lab.running import Orders, resume, sweep
    from lab.sensitivity import Sensitivity, drivers
    from lab.summaries import enough
    from lab.survey import Survey, draw

_HOME = {
    "LAYERS": "lab.layers",
    "Atlas": "lab.atlas",
    "Case": "lab.design",
    "Comparison": "lab.comparison",
    "Design": "lab.design",
    "Dial": "lab.dials",
    "Discovery": "lab.discovery",
    "Findings": "lab.findings",
    "Ground": "lab.grounds",
    "Harvest": "lab.harvests",
    "Orders": "lab.running",
    "Robustness": "lab.robustness",
    "Sensitivity": "lab.sensitivity",
    "StoreRefusal": "lab.refusals",
    "Survey": "lab.survey",
    "beside": "lab.baselines",
    "case": "lab.design",
    "chart": "lab.atlas",
    "command": "lab.design",
    "compact": "lab.rows",
    "compare": "lab.comparison",
    "dial": "lab.dials",
    "differences": "lab.comparison",
    "discover": "lab.discovery",
    "draw": "lab.survey",
    "drivers": "lab.sensitivity",
    "enough": "lab.summaries",
    "find": "lab.replaying",
    "forecast": "lab.forecasts",
    "ground": "lab.grounds",
    "harvest": "lab.harvests",
    "lookup": "lab.rows",
    "moves": "lab.rows",
    "pack": "lab.archive",
    "plan": "lab.plans",
    "planned": "lab.plans",
    "replay": "lab.replaying",
    "results": "lab.rows",
    "resume": "lab.running",
    "status": "lab.rows",
    "study": "lab.findings",
    "sweep": "lab.running",
    "verify": "lab.rows",
    "weigh": "lab.robustness",
}

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


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
