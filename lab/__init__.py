"""Many runs: maps of the model point by point, and sweeps over cases.

    ground + dials  ->  Atlas  ->  draw  ->  Survey; with a file, every point in Parquet
    plan  ->  Design  ->  case by case  ->  Bench  ->  Store  ->  results

An atlas solves economies in arrays and meets no delegation: Mesa is nowhere in its path. Names resolve when
they are first asked for, so that `import lab` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lab.atlas import Atlas, chart
    from lab.design import Case, Design, case, command
    from lab.dials import Dial, dial
    from lab.grounds import Ground, ground
    from lab.layers import LAYERS
    from lab.plans import plan, planned
    from lab.refusals import StoreRefusal
    from lab.rows import compact, lookup, moves, results, status, verify
    from lab.survey import Survey, draw

_HOME = {
    "LAYERS": "lab.layers",
    "Atlas": "lab.atlas",
    "Case": "lab.design",
    "Design": "lab.design",
    "Dial": "lab.dials",
    "Ground": "lab.grounds",
    "StoreRefusal": "lab.refusals",
    "Survey": "lab.survey",
    "case": "lab.design",
    "chart": "lab.atlas",
    "command": "lab.design",
    "compact": "lab.rows",
    "dial": "lab.dials",
    "draw": "lab.survey",
    "ground": "lab.grounds",
    "lookup": "lab.rows",
    "moves": "lab.rows",
    "plan": "lab.plans",
    "planned": "lab.plans",
    "results": "lab.rows",
    "status": "lab.rows",
    "verify": "lab.rows",
}

__all__ = [
    "LAYERS",
    "Atlas",
    "Case",
    "Design",
    "Dial",
    "Ground",
    "StoreRefusal",
    "Survey",
    "case",
    "chart",
    "command",
    "compact",
    "dial",
    "draw",
    "ground",
    "lookup",
    "moves",
    "plan",
    "planned",
    "results",
    "status",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
