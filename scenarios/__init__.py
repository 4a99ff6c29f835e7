"""A case: what a file says, read and checked once, and what theory makes of it before anyone talks.

    read(name, changes)  ->  Scenario  ->  analyse  ->  Analysis
                                       ->  review (a scored case counted, and its design held against four checks)
                                       ->  preferences (what every package is worth to every seat and group)

Names resolve when they are first asked for, so that `import scenarios` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.analysis import Analysis, analyse
    from scenarios.catalogue import Entry, library
    from scenarios.checks import Review, review
    from scenarios.reading import Draft, as_changes, as_scenario, draft, read, schema, template
    from scenarios.scenario import MODEL, Country, EntryIntoForce, Procedure, Scenario, Seat, Shock, Teaching
    from scenarios.stakes import at, preferences

_HOMES = {
    "MODEL": "scenario",
    "Analysis": "analysis",
    "Country": "scenario",
    "Draft": "reading",
    "Entry": "catalogue",
    "EntryIntoForce": "scenario",
    "Procedure": "scenario",
    "Review": "checks",
    "Scenario": "scenario",
    "Seat": "scenario",
    "Shock": "scenario",
    "Teaching": "scenario",
    "analyse": "analysis",
    "as_changes": "reading",
    "as_scenario": "reading",
    "at": "stakes",
    "draft": "reading",
    "library": "catalogue",
    "preferences": "stakes",
    "read": "reading",
    "review": "checks",
    "schema": "reading",
    "template": "reading",
}

__all__ = [
    "MODEL",
    "Analysis",
    "Country",
    "Draft",
    "Entry",
    "EntryIntoForce",
    "Procedure",
    "Review",
    "Scenario",
    "Seat",
    "Shock",
    "Teaching",
    "analyse",
    "as_changes",
    "as_scenario",
    "at",
    "draft",
    "library",
    "preferences",
    "read",
    "review",
    "schema",
    "template",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'scenarios' has no attribute {name!r}")
    return getattr(import_module(f"scenarios.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
