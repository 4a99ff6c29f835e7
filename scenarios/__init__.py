"""A case: what a file says, read and checked once, and what theory makes of it before anyone talks.

    read(name, changes)  ->  Scenario  ->  analyse  ->  Analysis
                                       ->  preferences (what every package is worth to every seat and group)

Names resolve when they are first asked for, so that `import scenarios` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.analysis import Analysis, analyse
    from scenarios.catalogue import Entry, library
    from scenarios.reading import read, schema
    from scenarios.scenario import Country, Procedure, Scenario, Seat
    from scenarios.stakes import preferences

_HOMES = {
    "Analysis": "analysis",
    "Country": "scenario",
    "Entry": "catalogue",
    "Procedure": "scenario",
    "Scenario": "scenario",
    "Seat": "scenario",
    "analyse": "analysis",
    "library": "catalogue",
    "preferences": "stakes",
    "read": "reading",
    "schema": "reading",
}

__all__ = [
    "Analysis",
    "Country",
    "Entry",
    "Procedure",
    "Scenario",
    "Seat",
    "analyse",
    "library",
    "preferences",
    "read",
    "schema",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'scenarios' has no attribute {name!r}")
    return getattr(import_module(f"scenarios.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
