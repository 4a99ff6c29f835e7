from . import analysis, atlas, charts, durations, layout, outcome, scenario, sweep_results, sweep_status, timeline

__all__ = [
    "analysis",
    "atlas",
    "charts",
    "durations",
    "layout",
    "outcome",
    "scenario",
    "sweep_results",
    "sweep_status",
    "timeline",
]
